"""Citations as letters really have them: each is read as the law and the articles that are meant, or left alone."""

from __future__ import annotations

from datetime import date

import pytest

from letters.law import LawBook, LetterContext, Role, find_citations, lint_text

BOOK = LawBook.load()
DAY = date(2024, 10, 1)

OLD, NEW = "uu-5-2014", "uu-20-2023"
NAMES = [
    (OLD, "UU No.5 Th. 2014"),
    (OLD, "UU. No. 5 thn. 2014"),
    (OLD, "UU Nomor: 5 Tahun 2014"),
    (OLD, "UU Nomor 05 Tahun 2014"),
    (OLD, "UU Nomor 5 (lima) Tahun 2014"),
    (OLD, "UU No.5/Tahun 2014"),
    (OLD, "UU No. 5-2014"),
    (OLD, "UU 5 2014"),
    (OLD, "UU/5/2014"),
    (OLD, "Undang Undang nomor 5 tahun 2014"),
    (OLD, "Undang-\nUndang Nomor 5 Tahun\n2014"),
    (OLD, "Undang‑Undang Nomor 5 Tahun 2014"),
    (OLD, "Undang\u00adUndang Nomor 5 Tahun 2014"),
    (OLD, "Undang-Undang\u200bNomor 5 Tahun 2014"),
    (OLD, "UU\u00a0No.\u00a05\u00a0Tahun\u00a02014"),
    (OLD, "UU  No.   5\tTahun\t2014"),
    (OLD, "**Undang-Undang** Nomor **5** Tahun **2014**"),
    (OLD, "*UU* No. 5/2014"),
    (OLD, "| UU | No. 5 | Tahun 2014 |"),
    (OLD, "UU ASN (No. 5/2014)"),
    (OLD, "UU ASN 5/2014"),
    (OLD, "UU ASN 2014"),
    (OLD, "UU ASN (tahun 2014)"),
    (OLD, "Undang-Undang Dasar Nomor 5 Tahun 2014"),
    (NEW, "UU ASN"),
    (NEW, "UU ASN 2023"),
    (NEW, "UU No. 2O Tahun 2O23"),
    ("uu-10-2016", "UU No. l0 Tahun 2016"),
    ("pp-53-2010", "PP.53/2010"),
    ("pp-53-2010", "P.P. No. 53 Tahun 2010"),
    ("pp-53-2010", "peraturan\npemerintah nomor 53 tahun 2010"),
    ("pp-42-2004", "PP Nomor 42 Tahun 2004"),
    ("perppu-1-2022", "Perpu 1/2022"),
    ("pkpu-13-2024", "PKPU No.13 Thn 2024"),
    ("perbawaslu-6-2018", "Peraturan Bawaslu RI No 6 Tahun 2018"),
    ("perpres-91-2024", "Perpres No 91 Th 2024"),
    ("skb-2022", "SKB 5 Menteri"),
    ("skb-2022", "Keputusan Bersama Nomor 2 Tahun 2022"),
    ("skb-2022", "Keputusan Bersama tentang netralitas 22 September 2022"),
    ("se-menpan-1-2023", "SE MENPANRB 01/2023"),
]


@pytest.mark.parametrize(("law", "written"), NAMES, ids=[written for _, written in NAMES])
def test_law_is_read_however_it_is_written(law, written):
    found = find_citations(BOOK, f"Berdasarkan {written}, ASN wajib netral.", DAY)
    assert [one.law_id for one in found] == [law]


@pytest.mark.parametrize("written", [written for law, written in NAMES if law == OLD])
def test_revoked_law_is_found_however_it_is_written(written):
    text = f"Berdasarkan {written}, ASN wajib netral."
    assert "law.revoked" in [problem.code for problem in lint_text(BOOK, text, LetterContext(DAY))]


@pytest.mark.parametrize(
    ("written", "law", "articles"),
    [
        ("pasal 9 ayat 2 UU 20/2023", NEW, ["Pasal 9 ayat (2)"]),
        ("Ps 9 (2) UU 20/2023", NEW, ["Pasal 9 ayat (2)"]),
        ("Pasal 2 huruf f jo. Pasal 9 ayat (2) UU 20/2023", NEW, ["Pasal 2 huruf f", "Pasal 9 ayat (2)"]),
        ("Pasal 2 huruf f juncto Pasal 9 ayat (2) UU 20/2023", NEW, ["Pasal 2 huruf f", "Pasal 9 ayat (2)"]),
        ("UU 20/2023: Pasal 2 huruf f; Pasal 9 ayat (2)", NEW, ["Pasal 2 huruf f", "Pasal 9 ayat (2)"]),
        ("UU 20/2023 (Pasal 2 huruf f)", NEW, ["Pasal 2 huruf f"]),
        ("Pasal 5 hrf n angka 5 PP 94/2021", "pp-94-2021", ["Pasal 5 huruf n angka 5"]),
        ("Pasal 71 ayat 1 s/d 3 UU 10/2016", "uu-10-2016", [f"Pasal 71 ayat ({n})" for n in (1, 2, 3)]),
        ("Pasal 71 ayat (1)-(3) UU 10/2016", "uu-10-2016", [f"Pasal 71 ayat ({n})" for n in (1, 2, 3)]),
        ("Pasal 71 ayat (1) – (3) UU 10/2016", "uu-10-2016", [f"Pasal 71 ayat ({n})" for n in (1, 2, 3)]),
        ("Pasal 187 A UU 10/2016", "uu-10-2016", ["Pasal 187A"]),
        ("**Pasal 71** ayat **(1)** UU 10/2016", "uu-10-2016", ["Pasal 71 ayat (1)"]),
        ("| Pasal 71 ayat (1) | UU Nomor 10 Tahun 2016 |", "uu-10-2016", ["Pasal 71 ayat (1)"]),
        ("pasal 71\nayat (1) Undang-\nUndang Nomor 10\nTahun 2016", "uu-10-2016", ["Pasal 71 ayat (1)"]),
    ],
)
def test_articles_are_read_however_they_are_written(written, law, articles):
    (found,) = find_citations(BOOK, f"Berdasarkan {written}, ASN wajib netral.", DAY)
    assert (found.law_id, [str(article) for article in found.articles]) == (law, articles)


@pytest.mark.parametrize(
    ("written", "roles"),
    [
        ("UU 6/2014 sebagaimana diubah oleh UU 3/2024", [Role.MAIN, Role.CHAIN]),
        ("UU 6/2014 jo. UU 3/2024", [Role.MAIN, Role.CHAIN]),
        ("UU 7/2017 juncto UU 7/2023", [Role.MAIN, Role.CHAIN]),
        (
            "UU 1/2015 sebagaimana telah diubah dengan UU 8/2015 dan UU 10/2016 dan terakhir UU 6/2020",
            [Role.MAIN, Role.CHAIN, Role.CHAIN, Role.CHAIN],
        ),
        ("UU 20/2023 jo. UU 5/2014", [Role.MAIN, Role.MAIN]),
        ("UU 5/2014 yang telah dicabut dengan UU 20/2023", [Role.HISTORY, Role.MAIN]),
        ("UU 5/2014 tidak berlaku lagi sejak UU 20/2023", [Role.HISTORY, Role.MAIN]),
        ("UU 5/2014 sebagaimana telah diganti dengan UU 20/2023", [Role.MAIN, Role.MAIN]),
        ("UU 20/2023 (pengganti UU 5/2014)", [Role.MAIN, Role.HISTORY]),
    ],
)
def test_laws_named_together_are_told_apart(written, roles):
    assert [one.role for one in find_citations(BOOK, f"Berdasarkan {written}.", DAY)] == roles


def test_whole_chain_in_ones_own_words_lacks_no_amendment():
    text = "UU No. 1 Tahun 2015 sebagaimana telah diubah dengan UU No. 10 Tahun 2016 dan terakhir UU No. 6 Tahun 2020"
    assert lint_text(BOOK, text, LetterContext(DAY)) == []


@pytest.mark.parametrize(
    "written",
    ["RUU No. 5 Tahun 2014", "SUUK 5/2014", "PPPK 5/2014", "APP 42/2004", "PPKn 5/2014", "tanggal 5/2014", "SP 5/2014"],
)
def test_what_only_looks_like_a_law_is_left_alone(written):
    assert find_citations(BOOK, f"Berdasarkan {written}, ASN wajib netral.", DAY) == []


@pytest.mark.parametrize(
    "written",
    ["Perda Nomor 5 Tahun 2014", "Permendagri Nomor 73 Tahun 2016", "Keputusan Bupati Nomor 188/5/2014", "Qanun No. 6"],
)
def test_rule_of_a_kind_the_book_does_not_hold_is_no_law_unnamed(written):
    text = f"Berdasarkan {written}, ASN wajib netral dan dilarang berkampanye."
    assert lint_text(BOOK, text, LetterContext(DAY)) == []
