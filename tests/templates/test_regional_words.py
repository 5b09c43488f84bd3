"""Every built-in template × region with own names: no letter uses the ordinary word where the region has its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from letters.batch.choosing import Choice
from letters.batch.conventions import Conventions
from letters.batch.facts import letter_facts
from letters.batch.occasions import Occasion, Wanted, served
from letters.batch.plan import Composer, Draft, make_plan
from letters.batch.workspace import Workspace, open_workspace
from letters.law import LawBook
from tools.specimens import ELECTIONS, OFFICES, letter_day, make_office

BOOK = LawBook.load()
REGIONS = {
    "Kabupaten Aceh Utara": "Aceh",
    "Provinsi Aceh": "Aceh",
    "Kabupaten Aceh Tamiang": "Aceh",
    "Kabupaten Aceh Tenggara": "Aceh",
    "Kabupaten Aceh Tengah": "Aceh",
    "Kabupaten Bener Meriah": "Aceh",
    "Kabupaten Pringsewu": "Lampung",
    "Kabupaten Lampung Barat": "Lampung",
    "Kabupaten Pesisir Barat": "Lampung",
    "Kabupaten Tulang Bawang": "Lampung",
    "Kabupaten Agam": "Sumatera Barat",
    "Kabupaten Sleman": "Daerah Istimewa Yogyakarta",
    "Kota Yogyakarta": "Daerah Istimewa Yogyakarta",
    "Kabupaten Tabanan": "Bali",
    "Kabupaten Banjar": "Kalimantan Selatan",
    "Kabupaten Toraja Utara": "Sulawesi Selatan",
    "Kabupaten Cirebon": "Jawa Barat",
    "Kabupaten Minahasa": "Sulawesi Utara",
    "Kabupaten Jayapura": "Papua",
}
"""Areas of offices, one for every region the data know, with their provinces."""
CITY = "Kota Yogyakarta"
"""Has no villages, only kelurahan."""
VILLAGE = ("kepala_desa", "perangkat_desa", "bpd")
GROUPS = (*VILLAGE, "camat", "lurah", "bupati_walikota", "sekda", "kpu", "parpol", "bakal_calon", "edaran", "pengawas")
"""Groups whose letters speak of villages, districts or agencies."""
OATH = "sumpah-pengawas"
"""Words of a statute, spoken as they are."""
MAY_STAND = (
    r"tentang (Perubahan \w+ atas .*?)?(Desa|Peraturan Jabatan)",  # names of laws
    r"jadwal yang ditetapkan oleh Komisi Pemilihan Umum",  # the national body
    r"(laman informasi partai politik|yang bersangkutan dan) Komisi Pemilihan Umum",
    r"Panwaslu Kelurahan/Desa",  # name of a body
)
"""Where the ordinary word is part of a name."""
UNSAID = dict.fromkeys(("tujuan", "jabatan", "instansi", "tembusan", "tembusan_otomatis"), "-")
"""Columns of the recipients: what they say is the address, not the letter."""
CITED = re.compile(
    r"(1\. |\s+a\. )?(Pasal|Undang-Undang|Peraturan|Keputusan|Surat Edaran) |.*Dasar hukum \w+ ini adalah "
)


def area_named(area: str) -> str:
    return f"{area}, {REGIONS[area]}"


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> list[Workspace]:
    """Return a supervising and a regional office where everything has its ordinary name."""
    plain = replace(OFFICES["pemda"], level="kabupaten", name="Pengawas Uji")
    return [
        open_workspace(make_office(tmp_path_factory.mktemp(office.level), office))
        for office in (plain, OFFICES["pemda"])
    ]


@pytest.fixture(scope="module")
def conventions(offices: list[Workspace]) -> Conventions:
    return offices[0].conventions


@pytest.fixture(scope="module")
def drafts(offices: list[Workspace]) -> list[tuple[Composer, Draft]]:
    """Return a letter of every template to each group, for one stage of every election."""
    return [(composer, draft) for office in offices for composer in [Composer(office)] for draft in planned(composer)]


def planned(composer: Composer) -> Iterator[Draft]:
    workspace = composer.workspace
    for listing in workspace.templates.names():
        template = workspace.templates.load(listing.name)
        wanted = [group for group in GROUPS if not template.front.audience or group in template.front.audience]
        sends = not template.front.senders or workspace.settings.office.level in template.front.senders
        if wanted and sends and template.front.oath != OATH:
            found = served(workspace.calendar, template)
            for occasion in {one.election: one for one in found if one.election in ("", *ELECTIONS)}.values():
                yield from make_plan(
                    composer, choice(workspace, listing.name, occasion, wanted), lambda *_: None
                ).drafts()


def choice(workspace: Workspace, name: str, occasion: Occasion, groups: list[str]) -> Choice:
    day = letter_day(workspace.calendar, occasion.election, occasion.stage)
    return Choice((name,), day, groups=tuple(groups), wanted=Wanted(occasion.election, occasion.stage))


@pytest.fixture(scope="module")
def letters(drafts: list[tuple[Composer, Draft]], conventions: Conventions) -> list[tuple[str, str, str]]:
    """Return template, group and text of each letter, with `‹1›` for what the region calls something."""
    marks = {name: f"‹{number}›" for number, name in enumerate(conventions.terms)}
    return [
        (draft.setting.template.name, draft.addressees[0].group, said_by(composer, draft, marks))
        for composer, draft in drafts
    ]


def said_by(composer: Composer, draft: Draft, words: dict[str, str]) -> str:
    """Return what the letter says where things are called by `words`; address and legal bases are left out."""
    copy, setting = composer.copy(draft), draft.setting
    rows = [{**row, **UNSAID} for row in copy.addressees]
    own, templates = replace(copy, addressees=rows, terms=words), composer.workspace.templates
    merged = templates.merge(setting.template, letter_facts(templates, setting.template, setting.shared, own, "1"))
    text = re.sub("[\U000f0000-\U000fffff]", lambda found: merged.values[ord(found[0]) - 0xF0000], merged.text)
    return re.sub("|".join(MAY_STAND), "", "\n".join(line for line in text.split("\n") if not CITED.match(line)))


def ordinary(conventions: Conventions, words: dict[str, str]) -> list[str]:
    """Return the ordinary words for which `words` has others; a word that also means another thing there may stand."""
    usual = conventions.terms
    return sorted({usual[name] for name in usual if words[name] != usual[name]} - set(words.values()))


@pytest.mark.parametrize("area", REGIONS)
def test_no_letter_uses_the_ordinary_word_where_the_region_has_its_own(letters, conventions, area):
    words = conventions.terms_in(area_named(area))
    unwanted = [re.compile(rf"\b{re.escape(word)}\b.*", re.IGNORECASE) for word in ordinary(conventions, words)]
    found = {
        (name, group, text[max(0, hit.start() - 60) : hit.end()])
        for name, group, text in letters
        for hit in (word.search(text) for word in unwanted)
        if hit
    }
    assert sorted(found) == []


def test_a_lurah_who_heads_a_village_is_named_once(drafts, conventions):
    words = conventions.terms_in(area_named("Kabupaten Sleman"))
    texts = [said_by(composer, draft, words) for composer, draft in drafts]
    assert [text for text in texts if "lurah, lurah" in text or "lurah dan lurah" in text] == []
    assert any("lurah dan pamong kalurahan" in text for text in texts)


def test_every_village_group_is_written_to(drafts):
    assert {person.group for _, draft in drafts for person in draft.addressees} >= set(VILLAGE)


def test_every_region_of_the_data_is_tried(conventions):
    areas = [area_named(area) for area in REGIONS]
    assert [region.id for region in conventions.regions if not any(region.region in area for area in areas)] == []


@pytest.mark.parametrize("area", [area for area in REGIONS if area != CITY])
def test_letters_call_village_head_officers_and_council_as_their_address_does(conventions, area):
    words, place = conventions.terms_in(area_named(area)), area_named(area)
    head, council, officers = (BOOK.forms(group, place) for group in ("kepala_desa", "bpd", "perangkat_desa"))
    assert head.title == f"{words['kepala_desa'].title()} {{wilayah}}"
    assert head.agency == officers.agency == f"{words['desa'].title()} {{wilayah}}"
    assert council.agency == f"{words['bpd']} {{wilayah}}"
    assert officers.title == f"{words['perangkat_desa'].title()} {{wilayah}}"


def test_a_region_is_found_by_whole_words(conventions):
    assert conventions.terms_in("Kota Balikpapan, Kalimantan Timur") == conventions.terms
    assert BOOK.forms("kepala_desa", "Kota Balikpapan").title == "Kepala Desa {wilayah}"
