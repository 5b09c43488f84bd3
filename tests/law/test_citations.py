"""Which laws a text names, and which articles belong to which."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law import Calendar, LawBook, LetterContext, join_citations, lint_references, lint_text, parse_reference
from letters.law.citations import find_citations
from letters.law.found import Role

BOOK = LawBook.load()
DAY = date(2024, 9, 24)


def found(text: str, on: date = DAY) -> list[tuple[str, list[str]]]:
    return [(one.law_id or one.made_id, [str(a) for a in one.articles]) for one in find_citations(BOOK, text, on)]


def roles(text: str, on: date = DAY) -> list[tuple[str, str]]:
    return [(one.law_id or one.made_id, one.role.value) for one in find_citations(BOOK, text, on)]


@pytest.mark.parametrize(
    "text",
    [
        "UU No. 5 Tahun 2014",
        "UU No 5 tahun 2014",
        "UU Nomor 5 Tahun 2014",
        "UU Nomor: 5 Tahun 2014",
        "UU RI No.5 Tahun 2014",
        "U.U. Nomor 5 Tahun 2014",
        "UU 5/2014",
        "UU5/2014",
        "UU No.5/2014",
        "UUNo5Tahun2014",
        "UUD Nomor 5 tahun 2014",
        "Undang-Undang Nomor 5 Tahun 2014",
        "Undang-undang No. 5 Thn. 2014",
        "undang undang nomor 5 th 2014",
        "Undang-Undang Republik Indonesia Nomor 5 Tahun 2014",
        "UNDANG-UNDANG NOMOR 5 TAHUN 2014",
        "Undang-\nUndang\nNomor 5\nTahun\n2014",
        "Undang‑Undang Nomor 5 Tahun 2014",
        "UndangUndang Nomor5 Tahun2014",
        "Undang.Undang Nomor 5 Tahun 2O14",
        "Undang-Undang Nomor 5 Tahun 2Ol4",
        "Undang-Undang Nomer 5 Tahun 2014",
    ],
)
def test_law_is_recognised_however_it_is_written(text):
    assert found(f"sesuai {text} tentang ASN.") == [("uu-5-2014", [])]


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("PP 42/2004", "pp-42-2004"),
        ("PP42/2004", "pp-42-2004"),
        ("PP Nomor 94 Tahun 2021", "pp-94-2021"),
        ("Peraturan Pemerintah RI Nomor 94 Tahun 2021", "pp-94-2021"),
        ("Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2022", "perppu-1-2022"),
        ("Perpu Nomor 1 Tahun 2022", "perppu-1-2022"),
        ("Peraturan Presiden Nomor 116 Tahun 2022", "perpres-116-2022"),
        ("PKPU 13 Tahun 2024", "pkpu-13-2024"),
        ("Peraturan KPU Nomor 13 Tahun 2024", "pkpu-13-2024"),
        ("Peraturan Komisi Pemilihan Umum Nomor 13 Tahun 2024", "pkpu-13-2024"),
        ("Perbawaslu Nomor 12 Tahun 2024", "perbawaslu-12-2024"),
        ("Peraturan Bawaslu Nomor 12 Tahun 2024", "perbawaslu-12-2024"),
        ("Peraturan Badan Pengawas Pemilihan Umum Nomor 12 Tahun 2024", "perbawaslu-12-2024"),
        ("Perpol 7 Tahun 2022", "perpol-7-2022"),
        ("SKB Netralitas ASN Tahun 2022", "skb-2022"),
        ("SKB tentang netralitas ASN", "skb-2022"),
        ("Surat Keputusan Bersama Nomor 800-5474 Tahun 2022", "skb-2022"),
        ("Keputusan Bersama tentang Netralitas Tahun 2020", "skb-2020"),
        ("SKB 2022", "skb-2022"),
        ("SKB Tahun 2022", "skb-2022"),
        ("SKB (2022)", "skb-2022"),
        ("SKB 2020", "skb-2020"),
        ("SKB 5 Menteri", "skb-2022"),
        ("SKB Lima Menteri", "skb-2022"),
        ("SKB 5 Menteri Tahun 2020", "skb-2020"),
        ("SKB tanggal 10 September 2020", "skb-2020"),
        ("Keputusan Bersama Nomor 05 Tahun 2020", "skb-2020"),
        ("Keputusan Bersama tanggal 22 September 2022", "skb-2022"),
        ("Surat Keputusan Bersama No. 2/2022", "skb-2022"),
        ("SKB Menteri PANRB, Mendagri, Kepala BKN, Ketua KASN, dan Ketua Bawaslu Nomor 2 Tahun 2022", "skb-2022"),
        ("Putusan MK Nomor 136/PUU-XXII/2024", "mk-136-2024"),
        ("SE Menteri PANRB Nomor 01 Tahun 2023", "se-menpan-1-2023"),
        ("Surat Edaran Menteri PANRB Nomor 1 Tahun 2023", "se-menpan-1-2023"),
        ("surat Nomor B/71/M.SM.00.00/2017", "surat-menpan-b71-2017"),
        ("UU ASN", "uu-20-2023"),
        ("UU Desa", "uu-6-2014"),
        ("UU Pemilu", "uu-7-2017"),
        ("Undang-Undang Desa", "uu-6-2014"),
        ("UU Pilkada", "uu-1-2015"),
        ("UUD 1945", "uud-1945"),
        ("UUD NRI Tahun 1945", "uud-1945"),
        ("UU Nomor 20 Tahun 2014", "uu-20-2014"),
    ],
)
def test_kinds_and_names_of_laws_are_recognised(text, law):
    assert found(f"Berdasarkan {text} ditegaskan") == [(law, [])]


@pytest.mark.parametrize(
    "text",
    [
        "SKB tiga menteri tentang seragam",
        "SKB 3 Menteri Tahun 2022 tentang Hari Libur Nasional",
        "SKB Nomor 2 Tahun 2022 tentang Hari Libur Nasional",
        "SKB Menteri Agama dan Menteri Dalam Negeri Nomor 2 Tahun 2022",
        "SKB 2022 tentang Cuti Bersama",
        "SKB 2023",
        "Surat Edaran ini mulai berlaku",
        "UU ini",
        "Undang-Undang Dasar Negara Republik Indonesia",
        "PP bunga",
        "Nomor 5 Tahun 2014",
        "016/PM.00.02/K.BT-03/12/2023",
        "Pemilihan Umum Tahun 2024",
    ],
)
def test_what_names_no_law_is_left_alone(text):
    assert found(text) == []


def test_short_name_means_the_law_of_the_day():
    assert found("UU ASN", date(2023, 10, 30)) == [("uu-5-2014", [])]
    assert found("UU ASN", date(2023, 10, 31)) == [("uu-20-2023", [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pasal 71 ayat (1) UU 10/2016", [("uu-10-2016", ["Pasal 71 ayat (1)"])]),
        ("Pasal 71 ayat (1) dari UU 10/2016", [("uu-10-2016", ["Pasal 71 ayat (1)"])]),
        ("UU 20/2023 Pasal 2 huruf f", [("uu-20-2023", ["Pasal 2 huruf f"])]),
        ("UU 20/2023, khususnya Pasal 2 huruf f", [("uu-20-2023", ["Pasal 2 huruf f"])]),
        (
            "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara Pasal 9 ayat (2)",
            [("uu-20-2023", ["Pasal 9 ayat (2)"])],
        ),
        (
            "Pasal 71 ayat (1) UU 10/2016 jo. Pasal 188 UU 1/2015",
            [("uu-10-2016", ["Pasal 71 ayat (1)"]), ("uu-1-2015", ["Pasal 188"])],
        ),
        (
            "UU 20/2023 Pasal 2 huruf f dan Pasal 9 ayat (2) PP 94/2021 Pasal 5 huruf n",
            [("uu-20-2023", ["Pasal 2 huruf f", "Pasal 9 ayat (2)"]), ("pp-94-2021", ["Pasal 5 huruf n"])],
        ),
        (
            "UU 20/2023; Pasal 5 huruf n PP 94/2021",
            [("uu-20-2023", []), ("pp-94-2021", ["Pasal 5 huruf n"])],
        ),
        ("UU 20/2023. Pasal 5 berlaku.", [("uu-20-2023", [])]),
        (
            "Pasal 71 ayat (1) UU 10/2016, Pasal 490 UU 7/2017, Pasal 2 huruf f UU 20/2023, dan Pasal 5 PP 94/2021",
            [
                ("uu-10-2016", ["Pasal 71 ayat (1)"]),
                ("uu-7-2017", ["Pasal 490"]),
                ("uu-20-2023", ["Pasal 2 huruf f"]),
                ("pp-94-2021", ["Pasal 5"]),
            ],
        ),
        (
            "Pasal 71, UU 10/2016, Pasal 490, UU 7/2017, Pasal 2, UU 20/2023",
            [("uu-10-2016", ["Pasal 71"]), ("uu-7-2017", ["Pasal 490"]), ("uu-20-2023", ["Pasal 2"])],
        ),
        (
            "UU 10/2016, Pasal 71, UU 7/2017, Pasal 490, UU 20/2023, Pasal 2",
            [("uu-10-2016", ["Pasal 71"]), ("uu-7-2017", ["Pasal 490"]), ("uu-20-2023", ["Pasal 2"])],
        ),
        (
            "UU 10/2016 Pasal 71, UU 7/2017 Pasal 490, UU 20/2023 Pasal 2",
            [("uu-10-2016", ["Pasal 71"]), ("uu-7-2017", ["Pasal 490"]), ("uu-20-2023", ["Pasal 2"])],
        ),
        (
            "Pasal 71 UU 10/2016 Pasal 490 UU 7/2017 Pasal 2 UU 20/2023",
            [("uu-10-2016", ["Pasal 71"]), ("uu-7-2017", ["Pasal 490"]), ("uu-20-2023", ["Pasal 2"])],
        ),
        ("UU 20/2023, Pasal 5 PP 94/2021", [("uu-20-2023", []), ("pp-94-2021", ["Pasal 5"])]),
        (
            "UU 7/2017, Pasal 2 UU 20/2023, Pasal 5 PP 94/2021",
            [("uu-7-2017", []), ("uu-20-2023", ["Pasal 2"]), ("pp-94-2021", ["Pasal 5"])],
        ),
        ("Dasar UU 7/2017. Kepala desa dipidana menurut Pasal 490.", [("uu-7-2017", ["Pasal 490"])]),
        (
            "Dasar UU 10/2016 dan UU 20/2023.\n\nMenurut Pasal 71 ayat (1), pejabat netral.",
            [("uu-10-2016", ["Pasal 71 ayat (1)"]), ("uu-20-2023", [])],
        ),
        (
            "Dasar UU 10/2016 dan UU Nomor 90 Tahun 2099.\n\nMenurut Pasal 71 ayat (1), pejabat netral.",
            [("uu-10-2016", []), ("uu-90-2099", [])],
        ),
        ("UU No. 5 dan 6 Tahun 2014", [("uu-5-2014", []), ("uu-6-2014", [])]),
        ("PP Nomor 42, 53 dan 94 Tahun 2004", [("pp-42-2004", []), ("pp-53-2004", []), ("pp-94-2004", [])]),
        ("Pasal 490 sebagaimana diatur dalam UU 7/2017", [("uu-7-2017", ["Pasal 490"])]),
        ("Pasal 39 UU 34/2004 ayat (2)", [("uu-34-2004", ["Pasal 39 ayat (2)"])]),
        (
            "Pasal 71 UU 10/2016 ayat (1) dan ayat (3) serta Pasal 2 UU 20/2023 huruf f",
            [("uu-10-2016", ["Pasal 71 ayat (1)", "Pasal 71 ayat (3)"]), ("uu-20-2023", ["Pasal 2 huruf f"])],
        ),
        ("Pasal 71 UU 10/2016 dan Pasal 2 UU 20/2023", [("uu-10-2016", ["Pasal 71"]), ("uu-20-2023", ["Pasal 2"])]),
        (
            "UU Nomor 5 Tahun 2014 dan Nomor 20 Tahun 2023",
            [("uu-5-2014", []), ("uu-20-2023", [])],
        ),
    ],
)
def test_articles_go_to_the_law_they_belong_to(text, expected):
    assert found(text) == expected


def test_amendments_are_told_from_what_is_cited():
    name = BOOK.formal_name("uu-1-2015", DAY)
    assert roles(name) == [("uu-1-2015", "main"), ("uu-6-2020", "chain")]
    assert roles("UU 7/2017 sebagaimana telah diubah dengan UU 7/2023") == [
        ("uu-7-2017", "main"),
        ("uu-7-2023", "chain"),
    ]
    assert roles(
        "UU 1/2015 sebagaimana telah beberapa kali diubah dengan UU 8/2015 dan UU 10/2016, terakhir dengan UU 6/2020"
    ) == [
        ("uu-1-2015", "main"),
        ("uu-8-2015", "chain"),
        ("uu-10-2016", "chain"),
        ("uu-6-2020", "chain"),
    ]


def test_laws_in_anothers_title_and_those_it_replaced_are_not_cited():
    assert roles("UU Nomor 9 Tahun 2030 tentang Perubahan Kedua atas UU 5/2014") == [
        ("uu-9-2030", "main"),
        ("uu-5-2014", "nested"),
    ]
    assert roles("UU 20/2023 yang menggantikan UU 5/2014") == [("uu-20-2023", "main"), ("uu-5-2014", "history")]


@given(st.sampled_from(sorted(BOOK.laws)), st.dates(date(2022, 10, 1), date(2026, 11, 21)))
def test_every_formal_name_is_read_as_the_law_it_names(law, day):
    """Laws that letters name by kind, number and year; the whole chain belongs to the one law."""
    if BOOK.law(law).kind in ("uud", "tap_mpr", "se", "instruksi") or law == "skb-2020":
        return
    text = f"1. Pasal 4 {BOOK.formal_name(law, day)};"
    citations = find_citations(BOOK, text, day)
    assert [(one.law_id, [str(a) for a in one.articles]) for one in citations if one.role is Role.MAIN] == [
        (law, ["Pasal 4"])
    ]


@given(
    st.sampled_from(
        [
            "uu-20-2023:2f,9(2),24(1)d",
            "pp-94-2021:5n5,5n6",
            "uu-7-2017:101a,102(1),280(2)",
            "skb-2022",
            "uu-34-2004:39.2",
        ]
    )
)
def test_what_the_book_prints_is_read_back(reference):
    citation = BOOK.cite(reference, DAY)
    [one] = [one for one in find_citations(BOOK, citation.text, DAY) if one.role is Role.MAIN]
    assert (one.law_id, tuple(map(str, one.articles))) == (citation.law_id, citation.articles)


@given(st.text(alphabet="UPDundag-KSB netralitas.,;()0123456789/NomrTahuPsl\n"))
def test_reading_never_fails(text):
    citations = find_citations(BOOK, text, DAY)
    assert all(one.end <= other.start for one, other in zip(citations, citations[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("UU ASN Nomor 5 Tahun 2014", "uu-5-2014"),
        ("UU ASN No. 5/2014", "uu-5-2014"),
        ("UU Pemilu Nomor 7 Tahun 2017", "uu-7-2017"),
        ("PP Disiplin PNS Nomor 94 Tahun 2021", "pp-94-2021"),
        ("sesuai UU ASN PP Nomor 42 Tahun 2004", "pp-42-2004"),
    ],
)
def test_name_between_kind_and_number_does_not_hide_the_number(text, law):
    assert [found.law_id for found in find_citations(BOOK, text, date(2024, 9, 24))][-1] == law


CALENDAR = Calendar.load()
CAMPAIGNS = [("pemilu-2024", date(2024, 1, 5)), ("pemilihan-2024", date(2024, 9, 26))]


@pytest.mark.parametrize(("election", "day"), CAMPAIGNS)
@pytest.mark.parametrize("group", sorted(BOOK.groups))
@pytest.mark.parametrize("form", ["text", "compact_text", "brief_text", "short_text"])
def test_bases_in_one_sentence_are_read_back_and_right(election, day, group, form):
    """As templates print them: `dasar_kalimat` and `dasar_singkat`."""
    stages = CALENDAR.election(election)
    references = BOOK.under_base(BOOK.bases_for(stages, "kampanye", group, day, "kabupaten").listed, day)
    citations = [BOOK.cite(reference, day) for reference in references]
    text = f"Berdasarkan {join_citations([getattr(one, form) for one in citations], form == 'short_text')}, diminta."
    named = [
        (one.law_id, sorted(map(str, one.articles))) for one in find_citations(BOOK, text, day) if one.role == "main"
    ]
    wanted = [(one.law, sorted(map(str, one.articles))) for one in map(parse_reference, references)]
    assert [one for one in named if one[0] != "se-menpan-1-2023"] == [
        one for one in wanted if one[0] not in ("se-menpan-1-2023", "se-mendagri-1575-2024")
    ]
    context = LetterContext(day, stages, stage="kampanye", groups=(group,), level="kabupaten")
    known = {one.code for one in lint_references(BOOK, references, context)} | {"law.missing-amendment"}
    assert {one.code for one in lint_text(BOOK, text, context)} <= known
