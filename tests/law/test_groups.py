"""Groups of recipients, how they are addressed, and the statutes' own words."""

from datetime import date

import pytest

from letters.errors import LawError
from letters.law import Calendar, LawBook, join_citations
from letters.messages import problem_text

BOOK = LawBook.load()
CALENDAR = Calendar.load()
DAY = date(2024, 9, 24)


def test_every_group_of_the_calendar_is_known_under_the_same_name():
    for name, title in CALENDAR.groups().items():
        assert BOOK.group(name).name == title


def test_groups_for_pledges_are_known_besides():
    assert {"asn", "pns", "pppk", "non_asn", "perangkat_desa", "tni", "polri"} <= set(BOOK.groups)


def test_forms_of_address_follow_the_rules_for_letters():
    for group in BOOK.groups.values():
        assert "Kepada" not in group.title
        assert not group.title.startswith(("Yth", "Bapak", "Ibu"))
        assert group.sapaan in ("Saudara", "Bapak/Ibu")
        for entry in group.regional:
            assert entry.source
            assert entry.title or entry.agency


@pytest.mark.parametrize(
    ("group", "region", "title", "agency", "verified"),
    [
        ("kepala_desa", "Kabupaten Jombang", "Kepala Desa {wilayah}", "Desa {wilayah}", True),
        ("kepala_desa", "Kabupaten Aceh Utara", "Keuchik {wilayah}", "Gampong {wilayah}", True),
        ("kepala_desa", "Kabupaten Aceh Tamiang", "Datok Penghulu {wilayah}", "Kampung {wilayah}", True),
        ("kepala_desa", "Kabupaten Agam, Sumatera Barat", "Wali Nagari {wilayah}", "Nagari {wilayah}", True),
        ("kepala_desa", "Kabupaten Pringsewu, Lampung", "Kepala Pekon {wilayah}", "Pekon {wilayah}", False),
        ("kepala_desa", "KABUPATEN LAMPUNG BARAT", "Peratin {wilayah}", "Pekon {wilayah}", False),
        ("kepala_desa", "Kabupaten Sleman, DI Yogyakarta", "Lurah {wilayah}", "Kalurahan {wilayah}", False),
        ("kepala_opd", "Aceh", "Kepala {wilayah}", "{wilayah}", True),
        ("kepala_opd", "Kabupaten Aceh Utara", "Kepala {wilayah}", "{wilayah}", True),
        ("camat", "Kota Yogyakarta", "Mantri Pamong Praja {wilayah}", "Kemantren {wilayah}", False),
        ("kpu", "Kabupaten Pidie, Aceh", "Ketua KIP {wilayah}", "Komisi Independen Pemilihan {wilayah}", False),
        ("camat", "", "Camat {wilayah}", "Kecamatan {wilayah}", True),
    ],
)
def test_posts_have_the_name_of_their_region(group, region, title, agency, verified):
    forms = BOOK.forms(group, region)
    assert (forms.title, forms.agency, forms.verified) == (title, agency, verified)


def test_rank_stands_before_names_of_soldiers_and_police_alone():
    assert {name for name, group in BOOK.groups.items() if group.ranked} == {
        "dandim",
        "danramil",
        "kapolres",
        "kapolsek",
        "tni",
        "polri",
    }


def test_lurah_of_yogyakarta_is_told_from_the_civil_servant():
    assert "kepala_desa" in BOOK.group("lurah").note


def test_office_gives_a_group_its_own_regional_name(tmp_path):
    path = tmp_path / "hukum.toml"
    path.write_text(
        """
        [[groups]]
        id = "kepala_desa"
        regional = [{ region = "Ogan Komering Ilir", title = "Kepala Marga {wilayah}", agency = "Marga {wilayah}" }]
        """,
        encoding="utf-8",
    )
    book = LawBook.load(path)
    assert book.forms("kepala_desa", "Kabupaten Ogan Komering Ilir").title == "Kepala Marga {wilayah}"
    assert book.group("kepala_desa").columns == BOOK.group("kepala_desa").columns


def test_office_adds_words_of_an_area_and_keeps_those_of_the_package(tmp_path):
    path = tmp_path / "hukum.toml"
    path.write_text('[areas.same]\nKampung = { Kp = "" }\nKecamatan = { Kcm = "" }\n', encoding="utf-8")
    areas = LawBook.load(path).areas
    assert areas.same["Kampung"] == {"Kp": ""}
    assert areas.same["Kecamatan"] == {"Kcm": ""}
    assert areas.same["Kepolisian Resor"] == BOOK.areas.same["Kepolisian Resor"]
    assert areas.kinds == BOOK.areas.kinds != ()
    assert [change.line for change in LawBook.load(path).changes()] == [2, 3]


def test_words_of_an_area_that_cannot_be_used_are_refused_with_their_line(tmp_path):
    path = tmp_path / "hukum.toml"
    path.write_text("[areas]\nsort = []\n[areas.same]\nKampung = { Kp = 1 }\n", encoding="utf-8")
    with pytest.raises(LawError) as caught:
        LawBook.load(path)
    assert [problem.place.line for problem in caught.value.problems] == [2, 4]
    assert {problem.place.file for problem in caught.value.problems} == {str(path)}


# -- quotations


def test_statute_is_quoted_with_its_own_labels():
    [quotation] = BOOK.quote("pp-94-2021:5n")
    assert quotation.article == "Pasal 5 huruf n"
    assert [line.split(" ")[0] for line in quotation.lines] == ["n.", "1.", "2.", "3.", "4.", "5.", "6.", "7."]
    assert quotation.source


def test_several_places_are_quoted_in_the_order_asked_for():
    quotations = BOOK.quote("uu-20-2023:24(1)d,9(2)")
    assert [one.article for one in quotations] == ["Pasal 24 ayat (1) huruf d", "Pasal 9 ayat (2)"]
    assert quotations[0].lines == ("(1) Pegawai ASN wajib:", "d. menjaga netralitas; dan")


def test_article_of_an_amending_law_is_quoted_under_the_law_it_amends():
    assert BOOK.quote("uu-1-2015:71(1)")[0].lines == BOOK.quote("uu-10-2016:71(1)")[0].lines


@pytest.mark.parametrize("reference", ["uu-7-2017:280(2)", "uu-20-2023:2f,59(3)", "uu-20-2023", "skb-2022"])
def test_words_that_the_book_has_not_are_never_made_up(reference):
    with pytest.raises(LawError) as caught:
        BOOK.quote(reference)
    assert {problem.code for problem in caught.value.problems} == {"law.no-wording"}
    assert problem_text(caught.value.problems[0], "en")


@pytest.mark.parametrize("reference", ["uu-20-2014:2f", "UU 5"])
def test_quotation_of_what_is_unknown_is_refused(reference):
    with pytest.raises(LawError):
        BOOK.quote(reference)


def test_every_quotation_has_its_source_and_clean_lines():
    texts = [(law.id, article) for law in BOOK.laws.values() for article in law.articles if article.text]
    assert len(texts) > 35
    for law, article in texts:
        assert article.text_source, (law, article.ref)
        for line in article.text.splitlines():
            assert line == " ".join(line.split()), (law, article.ref)


def test_office_adds_the_words_of_an_article(tmp_path):
    path = tmp_path / "hukum.toml"
    article = '[[laws.articles]]\nref = "Pasal 283 ayat (1)"\ntext = "(1) …"\ntext_source = "LN"\n'
    path.write_text(f'[[laws]]\nid = "uu-7-2017"\n{article}', encoding="utf-8")
    assert LawBook.load(path).quote("uu-7-2017:283(1)")[0].lines == ("(1) …",)


# -- names


def test_joint_decision_is_printed_with_its_five_numbers():
    text = BOOK.cite("skb-2022", date(2024, 9, 24)).text
    numbers = BOOK.law("skb-2022").number.split("; ")
    assert len(numbers) == 5
    assert [number for number in numbers if f"Nomor {number}" not in text] == []
    assert BOOK.law("skb-2022").designation == "Keputusan Bersama tanggal 22 September 2022"


@pytest.mark.parametrize(
    ("law", "brief"),
    [
        ("uu-20-2023", "UU ASN"),
        ("uu-10-2016", "UU Pemilihan"),
        ("uu-1-2015", "UU Pemilihan"),
        ("pp-94-2021", "PP Disiplin PNS"),
        ("pkpu-13-2024", "PKPU Nomor 13 Tahun 2024"),
        ("skb-2022", "SKB Netralitas ASN"),
        ("mk-136-2024", "Putusan MK 136/PUU-XXII/2024"),
        ("se-menpan-1-2023", "SE MenPANRB Nomor 1 Tahun 2023"),
    ],
)
def test_short_name_can_be_printed(law, brief):
    assert BOOK.law(law).brief == brief


def test_no_short_name_holds_a_remark():
    assert not [law.id for law in BOOK.laws.values() if "(" in law.brief or "lama" in law.brief]


def test_citations_are_joined_inline():
    def inline(*references: str) -> str:
        return join_citations([BOOK.cite(reference, DAY).short_text for reference in references], short=True)

    assert inline("uu-20-2023:2f", "uu-1-2015:71(1)") == "Pasal 2 huruf f UU ASN dan Pasal 71 ayat (1) UU Pemilihan"
    assert inline("uu-20-2023:2f,9(2)", "uu-1-2015:71(1)") == (
        "Pasal 2 huruf f dan Pasal 9 ayat (2) UU ASN serta Pasal 71 ayat (1) UU Pemilihan"
    )
    assert inline("uu-20-2023", "uu-6-2014", "uu-2-2002") == "UU ASN, UU Desa, dan UU Polri"
    assert inline() == ""


def test_first_alternative_in_force_is_cited():
    reference = "uu-5-2014:2f | uu-20-2023:2f"
    assert BOOK.cite(reference, date(2023, 10, 30)).law_id == "uu-5-2014"
    assert BOOK.cite(reference, date(2023, 10, 31)).law_id == "uu-20-2023"
    assert BOOK.check(reference, date(2023, 2, 6)) == BOOK.check(reference, date(2024, 2, 6)) == []
    assert [problem.code for problem in BOOK.check(reference, date(2010, 1, 1))] == ["law.not-yet-in-force"]
    assert [problem.code for problem in BOOK.check("uu-5-2014:2f | uu 6", date(2024, 1, 1))] == ["law.bad-reference"]
    assert [problem.code for problem in BOOK.check("uu-5-2014 | uu-6", date(2024, 1, 1))] == ["law.unknown-law"]
