"""Pledges, pacts, statements, minutes, oaths: built for every group they are for, in the very words of the data."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from letters.batch.choosing import Choice
from letters.batch.oaths import DRAFT
from letters.batch.occasions import Wanted
from letters.batch.plan import Composer, make_plan
from letters.batch.produce import form_of
from letters.batch.workspace import built_in_templates, open_workspace
from letters.errors import LettersError
from letters.law import OathBook
from letters.merge import Templates
from letters.model.document import Region
from letters.model.walk import walk
from tests.cases.test_cases import NEVER, words
from tests.support.cli import run
from tests.support.pdf_facts import page_texts

DAY = date(2024, 9, 24)
TEMPLATES = Templates([built_in_templates()])
FOLDERS = ("ikrar/", "pakta/", "pernyataan/", "berita-acara/", "sumpah/")
NAMES = [listing.name for listing in TEMPLATES.names() if listing.name.startswith(FOLDERS)]
BOOK = OathBook.load()

SETTINGS = """\
[kantor]
nama = "{name}"
tingkat = "{level}"
kop = ["KOP KANTOR"]
alamat = ["Jombang"]
kota = "Jombang"
wilayah = "Kabupaten Jombang"
zona_waktu = "WIB"

[penandatangan.{signatory}]
jabatan = "{title}"
nama = ""
kode = "K.JI-08"

[kalender]
pemilihan = "pemilihan-2024"

[deret.berita-acara]
pola = "{{urut:03}}/BA/{{klasifikasi}}/{{kode}}/{{bulan:02}}/{{tahun}}"

[isian]
nama_pemilihan = "pemilihan kepala daerah dan wakil kepala daerah tahun 2024"
subjek = "ASN dan Non ASN"
perkara = "Laporan Nomor 001/LP/PL/Kab/16.17/IX/2024"
saksi = [{{ jabatan = "Anggota Bawaslu Kabupaten Jombang" }}, {{ jabatan = "Kepala Sekretariat", nama = "Nama Saksi" }}]
rohaniwan = [{{ agama = "Islam", jabatan = "Penyuluh Agama Islam" }}, {{ agama = "Hindu", jabatan = "Pemangku" }}]
"""
POSTS = {
    "bawaslu_provinsi": "Anggota Bawaslu Provinsi Jawa Timur",
    "bawaslu_kabkota": "Anggota Bawaslu Kabupaten Jombang Utara",
    "panwaslu_kecamatan": "Anggota Panwaslu Kecamatan Diwek",
    "panwaslu_kelurahan_desa": "Panwaslu Desa Ceweng",
    "pengawas_tps": "Pengawas TPS 003 Desa Ceweng",
    "panwaslu_ln": "Anggota Panwaslu LN Kuala Lumpur",
}
"""What supervisors are called; people of other groups are called by their group."""
SWORN = Choice(("berita-acara/sumpah-pengawas",), DAY, formats=("docx",))
NOWHERE = [*NEVER, "{", "(Tuhan)", "bersumpah/berjanji"]
CONFIRMED = f'\n[ikrar]\ndisahkan = ["{BOOK.confirmation("sumpah-pengawas")}"]\n'
HEAD = "kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan;agama;hadir"


def office(folder: Path, level: str, rows: list[str], more: str = "") -> Path:
    """Write an office of `level` with these rows into `folder`."""
    pemda = level == "pemda"
    settings = SETTINGS.format(
        name="Pemerintah Kabupaten Jombang" if pemda else "Bawaslu Kabupaten Jombang",
        level=level,
        signatory="sekda" if pemda else "ketua",
        title="Sekretaris Daerah" if pemda else "Ketua",
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "letters.toml").write_text(settings + more, "utf-8")
    (folder / "recipients.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return folder


def row(key: str, group: str, religion: str = "Islam", present: str = "") -> str:
    post = POSTS.get(group, f"Jabatan {group} {key}")
    return f"{key};{group};{post};Nama {key};Kecamatan Diwek;;Diwek;Saudara;{religion};{present}"


WORDLESS = [text.id for text in BOOK.texts.values() if not text.points]
COPIED = "".join(f'[[teks]]\nid = "{name}"\nbutir = ["Kalimat yang disalin kantor."]\n' for name in WORDLESS)
"""What an office writes into ikrar.toml for oaths whose words only their form has."""


@dataclass(frozen=True)
class Built:
    """One document."""

    text: str
    mark: str
    facts: dict[str, Any]
    docx: bytes = b""
    pdf: bytes = b""


def build(folder: Path, name: str, formats: tuple[str, ...] = ()) -> list[Built]:
    return list(documents(Composer(open_workspace(folder)), Choice((name,), DAY, formats=("docx",)), formats))


def documents(composer: Composer, choice: Choice, formats: tuple[str, ...] = ()) -> Iterator[Built]:
    for draft in make_plan(composer, choice, lambda *_: None).drafts():
        letter = composer.compose(draft)
        files = {
            kind: form_of(letter.shape, draft.setting.look, kind).fill(letter.values, letter.properties)
            for kind in formats
        }
        text = "\n".join(words(letter.shape.document, letter.values))
        yield Built(text, draft.setting.look.mark, letter.facts, **files)


def spoken_words(naskah: dict[str, Any]) -> list[str]:
    """Return the fixed sentences a document must hold, each in the words of the data."""
    return [*naskah["butir"], *(line for group in naskah["golongan"] for line in (group["pembuka"], *group["butir"]))]


@pytest.mark.parametrize(
    ("name", "election"), [(name, f"{kind}-2024") for name in NAMES for kind in TEMPLATES.load(name).front.elections]
)
def test_every_document_is_whole_for_every_group(tmp_path, name, election):
    front = TEMPLATES.load(name).front
    rows = [row(f"{group}-{religion}", group, religion) for group in front.audience for religion in ("Islam", "Hindu")]
    folder = office(tmp_path, front.senders[0], rows)
    (folder / "ikrar.toml").write_text(COPIED, "utf-8")
    composer = Composer(open_workspace(folder))
    for group in front.audience:
        made = list(
            documents(composer, Choice((name,), DAY, groups=(group,), formats=("docx",), wanted=Wanted(election)))
        )
        assert made
        for one in made:
            assert [text for text in NOWHERE if text in one.text] == [], one.text
            wanted = spoken_words(one.facts["teks"])
            assert wanted
            assert [line for line in wanted if line not in one.text] == []


def test_every_text_of_the_data_is_used_by_a_template():
    used = {TEMPLATES.load(name).front.oath for name in NAMES}
    assert used == set(BOOK.texts)


@pytest.mark.parametrize("text", WORDLESS)
def test_oath_whose_words_were_not_seen_is_made_of_no_invented_words(tmp_path, text):
    (name,) = [name for name in NAMES if TEMPLATES.load(name).front.oath == text]
    front = TEMPLATES.load(name).front
    election = ("--election", f"{front.elections[0]}-2024")
    folder = office(tmp_path, "kabupaten", [row("satu", front.audience[0])])
    day = ("--date", str(DAY))

    told = run("check", name, *day, *election, folder=folder)
    assert told.code == 1
    assert f'[[teks]] id = "{text}", butir = ["…"]' in told.err
    assert BOOK.text(text).article in told.err

    (folder / "ikrar.toml").write_text(COPIED, "utf-8")
    (made,) = documents(Composer(open_workspace(folder)), Choice((name,), DAY, wanted=Wanted(election[1])), ("docx",))
    assert "Demi Allah, saya bersumpah:\nKalimat yang disalin kantor." in made.text
    assert "Laporan Nomor 001/LP/PL/Kab/16.17/IX/2024" in made.text
    assert made.mark == DRAFT


def test_oaths_without_words_do_not_stop_a_check_of_everything(tmp_path):
    series = "".join(f'[deret.{name}]\npola = "{{urut}}"\n' for name in ("surat", "edaran"))
    folder = office(tmp_path, "kabupaten", [row("satu", "saksi")], series)
    done = run("check", "--date", str(DAY), "--json", folder=folder)
    assert done.code == 0, done.out
    assert "berita-acara/sumpah-saksi-sengketa" in done.json["skipped"]


@pytest.mark.parametrize("name", [name for name in NAMES if TEMPLATES.load(name).front.oath == "ikrar-asn"])
def test_four_points_are_the_datas_with_the_slots_filled(tmp_path, name):
    (one, *_) = build(office(tmp_path, "pemda", [row("satu", "camat")]), name)
    election = "pemilihan kepala daerah dan wakil kepala daerah tahun 2024"
    filled = {"{nama_pemilihan}": election, "{subjek}": "ASN dan Non ASN", "{lokus}": "di instansi masing-masing"}
    for point in BOOK.text("ikrar-asn").points:
        for slot, value in filled.items():
            point = point.replace(slot, value)
        assert point in one.text.split("\n")


# -- words on paper ---------------------------------------------------------------------------------------


def paper(text: str) -> str:
    """Return `text` without what a line break changes."""
    return re.sub(r"\s+", "", text)


def docx_text(data: bytes) -> str:
    """Return the text of the body, cells included, in the order of the document."""
    return "".join(
        node.text or "" for node in Document(io.BytesIO(data)).element.body.iter() if node.tag.endswith("}t")
    )


@pytest.mark.parametrize("name", ["ikrar/netralitas-asn", "berita-acara/sumpah-pengawas-bersama"])
def test_docx_and_pdf_hold_the_words_of_the_data(tmp_path, name):
    level, group = ("pemda", "camat") if name.startswith("ikrar") else ("kabupaten", "panwaslu_kecamatan")
    folder = office(tmp_path, level, [row("satu", group), row("dua", group, "Hindu")])
    (one, *_) = build(folder, name, ("docx", "pdf"))
    pages = [re.sub(r"(?m)^(- \d+ -|DRAF .*)$", "", page) for page in page_texts(one.pdf)]
    for line in spoken_words(one.facts["teks"]):
        assert paper(line) in paper(docx_text(one.docx))
        assert paper(line) in paper("".join(pages))


def test_draft_mark_stands_on_every_page_until_the_office_confirms(tmp_path):
    rows = [row("satu", "panwaslu_kecamatan"), row("dua", "panwaslu_kecamatan", "Hindu")]
    (draft,) = build(office(tmp_path / "a", "kabupaten", rows), "sumpah/pengawas", ("docx", "pdf"))
    confirmed = office(tmp_path / "b", "kabupaten", rows, CONFIRMED)
    (sure,) = build(confirmed, "sumpah/pengawas", ("docx", "pdf"))

    assert [paper(DRAFT) in paper(page) for page in page_texts(draft.pdf)] == [True, True]
    assert footers(draft.docx) == {DRAFT}
    assert not any("DRAF" in page for page in page_texts(sure.pdf))
    assert footers(sure.docx) == {""}
    assert sure.text == draft.text


def footers(data: bytes) -> set[str]:
    section = Document(io.BytesIO(data)).sections[0]
    return {"".join(p.text for p in footer.paragraphs) for footer in (section.first_page_footer, section.footer)}


def test_verified_and_free_texts_carry_no_mark(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "kepala_desa")])
    assert build(folder, "ikrar/netralitas-kepala-desa")[0].mark == ""
    assert build(office(tmp_path / "b", "pemda", [row("satu", "camat")]), "ikrar/netralitas-asn")[0].mark == ""


def test_preview_keeps_both_marks(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "panwaslu_kecamatan")])
    done = run("preview", "sumpah/pengawas", "--date", str(DAY), "--formats", "docx", folder=folder)
    assert done.code == 0, done.err
    (path,) = (folder / "out/konsep").rglob("*.docx")
    assert footers(path.read_bytes()) == {f"KONSEP · {DRAFT}"}


# -- people ------------------------------------------------------------------------------------------------


def test_minutes_count_the_people_who_were_there_and_list_the_others(tmp_path):
    rows = [row("satu", "camat"), row("dua", "non_asn"), row("tiga", "pppk", present="tidak")]
    (one,) = build(office(tmp_path, "pemda", rows), "berita-acara/ikrar-asn")
    assert "Peserta yang hadir berjumlah 2 (dua) orang" in one.text
    assert "Yang berhalangan hadir berjumlah 1 (satu) orang" in one.text
    before, after = one.text.split("YANG BERHALANGAN HADIR")
    assert ("Nama satu" in before, "Nama dua" in before, "Nama tiga" in before) == (True, True, False)
    assert "Nama tiga" in after
    assert "Selasa, tanggal Dua Puluh Empat, bulan September, tahun Dua Ribu Dua Puluh Empat" in one.text


def test_sentences_of_minutes_go_on_below_rows_without_a_new_paragraph(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "panwaslu_kecamatan")])
    (draft,) = make_plan(composer := Composer(open_workspace(folder)), SWORN, lambda *_: None).drafts()
    letter = composer.compose(draft)
    regions = [node for node in walk(letter.shape.document) if isinstance(node, Region) and "lanjutan" in node.names]
    assert [" ".join(words(region, letter.values)) for region in regions] == [
        "telah mengambil sumpah/janji:",
        "dengan disaksikan oleh:",
    ]


def test_one_companion_of_the_faith_is_named_in_a_sentence_and_several_are_numbered(tmp_path):
    rows = [row("satu", "pengawas_tps"), row("dua", "pengawas_tps", "Hindu")]
    (one, _) = build(office(tmp_path / "a", "kabupaten", rows), "berita-acara/sumpah-pengawas")
    (all_,) = build(office(tmp_path / "b", "kabupaten", rows), "berita-acara/sumpah-pengawas-bersama")
    assert "didampingi oleh rohaniwan agama Islam, yaitu Penyuluh Agama Islam." in one.text
    assert "1. Penyuluh Agama Islam" not in one.text
    assert "Penyuluh Agama Islam (agama Islam); dan" in all_.text


def test_a_witness_without_a_name_keeps_the_service_number(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "pengawas_tps")])
    text = (folder / "letters.toml").read_text("utf-8").replace('nama = "Nama Saksi"', 'nip = "197201031995031001"')
    (folder / "letters.toml").write_text(text, "utf-8")
    (one,) = build(folder, "berita-acara/sumpah-pengawas")
    assert "NIP 197201031995031001" in one.text


def test_lists_name_people_alike_whether_they_came_or_not(tmp_path):
    folder = office(tmp_path, "kabupaten", [])
    people = [
        "satu;danramil;Danramil;Satu;Mayor Inf.;;123",
        "dua;camat;Camat;Dua;;19720103199503100{};",
        "tiga;kapolsek;Kapolsek;;;;",
    ]
    rows = [f"{one};{present}" for one in people for present in ("", "tidak")]
    rows = [one.replace(";", f"-{number};", 1).format(number) for number, one in enumerate(rows)]
    table = "\n".join(["kode;kelompok;jabatan;nama;pangkat;nip;nrp;hadir", *rows])
    (folder / "recipients.csv").write_text(table + "\n", "utf-8")
    (one,) = build(folder, "berita-acara/ikrar-bersama")
    there, absent = one.text.split("YANG BERHALANGAN HADIR")
    for listed in (there.split("DAFTAR HADIR")[1], absent):
        assert "Mayor Inf. Satu\nNRP 123" in listed
        assert "Dua\nNIP 19720103 199503 1 00" in listed


def attendance(folder: Path, rows: list[str]) -> list[list[list[str]]]:
    """Return the tables below DAFTAR HADIR of the minutes of civil servants with `rows`, cell by cell."""
    head = "kode;kelompok;jabatan;nama;instansi;unit_kerja;nip;nik;hadir"
    (office(folder, "pemda", []) / "recipients.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    (one,) = build(folder, "berita-acara/ikrar-asn", ("docx",))
    tables = Document(io.BytesIO(one.docx)).tables
    lists = [[[cell.text for cell in line.cells] for line in table.rows] for table in tables]
    return [rows for rows in lists if rows[0][0] == "No."]


def test_attendance_list_of_civil_servants_has_number_and_unit_in_columns_of_their_own(tmp_path):
    there, absent = attendance(
        tmp_path,
        [
            "satu;pns;Analis;Nama Satu;Dinas Kesehatan;Bidang Mutu;197201031995031001;;",
            "dua;non_asn;Pramubakti;Nama Dua;Dinas Kesehatan;;;3517010101900001;",
            "tiga;pns;Camat;;;;;;",
            "empat;pppk;Guru Dinas Pendidikan;Nama Empat;Dinas Pendidikan;;;;tidak",
        ],
    )
    assert there == [
        ["No.", "Nama", "NIP/NIK", "Jabatan", "Unit Kerja", "Tanda Tangan"],
        ["1.", "Nama Satu", "19720103 199503 1 001", "Analis", "Bidang Mutu, Dinas Kesehatan", "1."],
        ["2.", "Nama Dua", "3517010101900001", "Pramubakti", "Dinas Kesehatan", "\u2003\u2003\u20032."],
        ["3.", "", "", "Camat", "", "3."],
    ]
    assert absent == [
        ["No.", "Nama", "NIP/NIK", "Jabatan", "Unit Kerja"],
        ["1.", "Nama Empat", "", "Guru Dinas Pendidikan", ""],
    ]


def test_columns_that_nobody_fills_are_not_printed(tmp_path):
    (bare,) = attendance(tmp_path / "a", ["satu;pns;Camat Diwek;;;;;;", "dua;pns;Camat Gudo;;;;;;"])
    (numbers,) = attendance(
        tmp_path / "b", ["satu;pns;Camat Diwek;;;;197201031995031001;;", "dua;pns;Camat Gudo;;;;;;"]
    )
    (units,) = attendance(tmp_path / "c", ["satu;pns;Camat;;;Kecamatan Diwek;;;"])
    assert [rows[0][2:-1] for rows in (bare, numbers, units)] == [
        ["Jabatan"],
        ["NIP/NIK", "Jabatan"],
        ["Jabatan", "Unit Kerja"],
    ]


def test_absent_people_get_no_document_of_their_own(tmp_path):
    rows = [row("satu", "pns"), row("dua", "pns", present="tidak")]
    made = build(office(tmp_path, "pemda", rows), "pakta/netralitas-asn")
    assert len(made) == 1
    assert "Nama satu" in made[0].text


def test_attendance_list_names_everybody_once_and_leaves_religion_out(tmp_path):
    rows = [row(key, "kepala_desa") for key in ("satu", "dua", "tiga")]
    (one,) = build(office(tmp_path, "kabupaten", rows), "ikrar/netralitas-kepala-desa")
    assert [one.text.count(f"Nama {key}\n") for key in ("satu", "dua", "tiga")] == [1, 1, 1]
    assert "Islam" not in one.text


def test_representatives_sign_for_all_and_the_list_is_annexed(tmp_path):
    deputies = '[isian]\nperwakilan = [{ jabatan = "Kepala Desa A" }, { jabatan = "Kepala Desa B", nama = "Nama B" }]\n'
    folder = office(tmp_path, "kabupaten", [row("satu", "kepala_desa"), row("dua", "kepala_desa")])
    text = (folder / "letters.toml").read_text("utf-8").replace("[isian]\n", deputies)
    (folder / "letters.toml").write_text(text, "utf-8")
    (one,) = build(folder, "ikrar/netralitas-kepala-desa")
    signed, annexed = one.text.split("DAFTAR YANG BERIKRAR")
    assert "Kepala Desa A," in signed
    assert "Nama B" in signed
    assert "Nama satu" not in signed
    assert "Nama satu" in annexed


# -- what is told ------------------------------------------------------------------------------------------


def codes(folder: Path, name: str) -> list[tuple[str, str, str]]:
    """Return code, severity and key of everything `check` tells."""
    done = run("--json", "check", name, "--date", str(DAY), folder=folder)
    told = done.json.get("problems", []) + done.json.get("notices", [])
    return [(one["code"], one["severity"], one.get("key", "")) for one in told]


def test_check_names_unverified_words_once(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "pengawas_tps"), row("dua", "pengawas_tps")])
    told = [one for one in codes(folder, "sumpah/pengawas") if one[0].startswith("law.")]
    assert told == [("law.unverified-oath", "warning", "")]


def test_confirmed_words_tell_the_issued_letters_that_the_draft_mark_is_gone(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "panwaslu_kecamatan")])
    again = ("issue", "sumpah/pengawas", "--date", DAY.isoformat(), "--formats", "docx")
    assert run(*again, folder=folder).code == 0
    settings = (folder / "letters.toml").read_text("utf-8")
    (folder / "letters.toml").write_text(settings + CONFIRMED, "utf-8")
    told = run(*again, folder=folder)
    assert 'rupa.tanda: "DRAF – naskah belum diverifikasi" is no longer printed' in " ".join(
        (told.out + told.err).split()
    )


def test_check_gives_the_line_that_confirms_the_words_seen(tmp_path):
    rows = [row("satu", "pengawas_tps")]
    folder = office(tmp_path, "kabupaten", rows, '\n[ikrar]\ndisahkan = ["sumpah-pengawas:00000000"]\n')
    check = ("check", "sumpah/pengawas", "--date", str(DAY))
    told = run(*check, folder=folder).err
    assert "have changed since the office confirmed them" in told

    line = re.search(r"disahkan = \[.*\]", told)[0]
    settings = (folder / "letters.toml").read_text("utf-8")
    (folder / "letters.toml").write_text(re.sub(r"disahkan = .*", line, settings), "utf-8")
    assert "DRAF" not in run(*check, folder=folder).err


def test_check_names_every_row_the_oath_has_no_words_for(tmp_path):
    rows = [row("satu", "pengawas_tps", ""), row("dua", "pengawas_tps", "Islan"), row("tiga", "pengawas_tps")]
    told = [one for one in codes(office(tmp_path, "kabupaten", rows), "sumpah/pengawas") if one[1] == "error"]
    assert told == [("law.unknown-religion", "error", "satu"), ("law.unknown-religion", "error", "dua")]


@pytest.mark.parametrize(
    ("written", "instead", "code"),
    [
        ("saksi = [{ jabatan", "saksi = [{ jabatan = 'Camat' }, { jabatan", "batch.witnesses"),
        ('jabatan = "Kepala Sekretariat", nama = "Nama Saksi"', 'jabatan = "Ketua"', "batch.witness-takes-part"),
        ('agama = "Hindu"', 'agama = "Katolik"', "batch.no-clergy"),
        (
            'nama = ""',
            'nama = ""\n[ikrar]\ndisahkan = ["sumpah"]\n[penandatangan.x]\njabatan = "X"',
            "law.unknown-oath",
        ),
        ("saksi = [", "hadirin = [", "merge.office-text"),
    ],
)
def test_what_an_oath_needs_besides_its_words_is_told(tmp_path, written, instead, code):
    folder = office(tmp_path, "kabupaten", [row("satu", "pengawas_tps"), row("dua", "pengawas_tps", "Hindu")])
    settings = (folder / "letters.toml").read_text("utf-8")
    assert written in settings
    assert code not in {one[0] for one in codes(folder, "berita-acara/sumpah-pengawas")}
    (folder / "letters.toml").write_text(settings.replace(written, instead), "utf-8")
    assert code in {one[0] for one in codes(folder, "berita-acara/sumpah-pengawas")}


def test_non_asn_staff_under_a_pledge_of_civil_servants_are_told(tmp_path):
    folder = office(tmp_path, "pemda", [row("satu", "non_asn")])
    assert codes(folder, "pakta/netralitas-asn") == []
    settings = (folder / "letters.toml").read_text("utf-8").replace('subjek = "ASN dan Non ASN"\n', "")
    (folder / "letters.toml").write_text(settings, "utf-8")
    assert [one[0] for one in codes(folder, "pakta/netralitas-asn")] == ["batch.non-asn-left-out"]


NOT_HERE = "batch.not-sworn-in-here"
SWEARERS = {
    "bawaslu_provinsi": ("ri",),
    "bawaslu_kabkota": ("ri",),
    "panwaslu_kecamatan": ("kabupaten", "kota"),
    "panwaslu_kelurahan_desa": ("kecamatan",),
    "pengawas_tps": ("kecamatan",),
    "panwaslu_ln": ("ri", "provinsi", "kabupaten", "kota", "kecamatan"),
}
"""Levels of office that swear in a group; of Panwaslu LN nothing is known, so nothing is said."""


def sworn_elsewhere(folder: Path, name: str = "berita-acara/sumpah-pengawas") -> set[str]:
    """Return the keys of those whom `check` says another office swears in."""
    return {key for code, severity, key in codes(folder, name) if (code, severity) == (NOT_HERE, "warning")}


@pytest.mark.parametrize("level", ["ri", "provinsi", "kabupaten", "kota", "kecamatan"])
def test_an_office_is_told_whom_another_office_swears_in(tmp_path, level):
    folder = office(tmp_path, level, [row(group, group) for group in POSTS])
    others = {group for group, levels in SWEARERS.items() if level not in levels}
    assert sworn_elsewhere(folder) == others
    assert sworn_elsewhere(folder, "sumpah/pengawas") == others


def test_who_swears_in_is_named_and_the_letters_are_made_all_the_same(tmp_path):
    folder = office(
        tmp_path, "kabupaten", [row("satu", "panwaslu_kelurahan_desa"), row("dua", "pengawas_tps", "", "tidak")]
    )
    done = run("issue", "berita-acara/sumpah-pengawas", "--date", str(DAY), "--formats", "docx", folder=folder)
    assert done.code == 0, done.err
    told = 'The oath of "Panwaslu Desa Ceweng" is taken by Ketua Panwaslu Kecamatan, not by Bawaslu Kabupaten Jombang.'
    assert told in " ".join(done.err.split())
    assert "Pengawas TPS 003" not in done.err


@pytest.mark.parametrize(
    ("principal", "told"),
    [
        ("Ketua Bawaslu", {"panwaslu_kecamatan"}),
        ("a.n. Ketua Badan Pengawas Pemilihan Umum", {"panwaslu_kecamatan"}),
        ("a.n. Ketua Bawaslu Provinsi Jawa Timur", {"panwaslu_kecamatan", "bawaslu_kabkota"}),
        ("a.n. Ketua Bawaslu Kabupaten Jombang", {"bawaslu_kabkota"}),
    ],
)
def test_whoever_swears_in_on_behalf_of_the_right_office_is_not_told(tmp_path, principal, told):
    folder = office(tmp_path, "provinsi", [row(group, group) for group in ("bawaslu_kabkota", "panwaslu_kecamatan")])
    settings = (
        (folder / "letters.toml").read_text("utf-8").replace('nama = ""', f'nama = ""\natas_nama = "{principal}"', 1)
    )
    (folder / "letters.toml").write_text(settings, "utf-8")
    assert sworn_elsewhere(folder) == told


def test_an_office_may_know_better_who_swears_in(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "pengawas_tps")])
    assert sworn_elsewhere(folder) == {"satu"}
    (folder / "ikrar.toml").write_text(
        '[[teks]]\nid = "sumpah-pengawas"\n[teks.diambil_oleh.pengawas_tps]\ntingkat = ["kabupaten"]\n'
        'pejabat = "Ketua"\natas_nama = ["Ketua"]\nsumber = ["Keputusan"]\n'
    )
    assert sworn_elsewhere(folder) == set()


def test_check_names_what_the_office_words_itself(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "kepala_desa")])
    (folder / "ikrar.toml").write_text('[[teks]]\nid = "ikrar-kepala-desa"\npembuka = "Kami, {yang_berikrar}:"\n')
    assert codes(folder, "ikrar/netralitas-kepala-desa") == [("batch.own-data", "hint", "")]
    assert "Kami, kepala desa dan perangkat desa:" in build(folder, "ikrar/netralitas-kepala-desa")[0].text


def test_unknown_text_of_a_template_is_told(tmp_path):
    folder = office(tmp_path, "pemda", [row("satu", "camat")])
    (folder / "templates").mkdir()
    text = '+++\njenis = "ikrar"\njudul = "Uji"\nderet = ""\nteks = "ikrar-asm"\npenandatangan = "sekda"\n+++\nX\n'
    (folder / "templates/uji.md").write_text(text, "utf-8")
    with pytest.raises(LettersError) as failed:
        build(folder, "uji")
    assert [problem.code for problem in failed.value.problems] == ["law.unknown-oath"]


# -- the register ------------------------------------------------------------------------------------------


def test_issued_drafts_are_reprinted_as_they_were_and_replaced_once_confirmed(tmp_path):
    folder = office(tmp_path, "kabupaten", [row("satu", "panwaslu_kecamatan")])
    name, day = "berita-acara/sumpah-pengawas", ("--date", str(DAY))
    issue = ("issue", name, *day, "--formats", "docx")
    assert run(*issue, folder=folder).code == 0
    (path,) = (folder / "out/2024").rglob("*.docx")
    before = path.read_bytes()
    assert footers(before) == {DRAFT}

    settings = (folder / "letters.toml").read_text("utf-8")
    (folder / "letters.toml").write_text(settings + CONFIRMED, "utf-8")
    path.unlink()
    assert run("register", "reprint", "--all-missing", folder=folder).code == 0
    assert path.read_bytes() == before

    assert run(*issue, "--ganti", folder=folder).code == 0
    newest = max((folder / "out/2024").rglob("*.docx"), key=lambda found: found.stat().st_mtime_ns)
    assert footers(newest.read_bytes()) == {""}


def test_post_follows_group_and_region_also_in_the_oath(tmp_path):
    folder = office(tmp_path, "kabupaten", [])
    settings = (folder / "letters.toml").read_text("utf-8").replace("Kabupaten Jombang", "Kabupaten Aceh Utara")
    (folder / "letters.toml").write_text(settings, "utf-8")
    rows = f"{HEAD};wilayah\nsatu;panwaslu_kecamatan;;;;;Lhoksukon;;Islam;;Lhoksukon\n"
    (folder / "recipients.csv").write_text(rows, "utf-8")
    (one,) = build(folder, "sumpah/pengawas")
    assert "sebagai anggota Panwaslih Kecamatan Lhoksukon dengan" in one.text


def test_minutes_of_a_pledge_name_the_subject_and_count_the_statuses_apart(tmp_path):
    rows = [
        f"{kind}{n};{kind};Staf {n};Nama {n};Dinas;;;;;" for n, kind in enumerate(("pns", "pns", "pppk", "non_asn"))
    ]
    (made,) = build(office(tmp_path, "pemda", rows), "berita-acara/ikrar-asn")

    assert "PEMBACAAN IKRAR NETRALITAS ASN DAN NON ASN" in made.text
    assert (
        "berjumlah 4 (empat) orang, terdiri atas 2 (dua) orang PNS, 1 (satu) orang PPPK, "
        "dan 1 (satu) orang pegawai non-ASN, sebagaimana daftar hadir"
    ) in made.text


def test_attachment_of_the_minutes_is_not_taken_for_that_of_the_joint_decision(tmp_path):
    rows = [f"{kind};{kind};Staf;Nama {kind};Dinas;;;;;" for kind in ("pns", "pppk", "non_asn")]
    workspace = open_workspace(office(tmp_path, "pemda", rows))
    plan = make_plan(Composer(workspace), Choice(("berita-acara/ikrar-asn",), DAY, formats=("docx",)), lambda *_: None)

    assert [str(problem) for problem in plan.notices if problem.code.startswith("law.")] == []
