"""Short references become articles, and articles become the words of a citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law import ArticleRef, Reference, articles_text, parse_article, parse_reference


@pytest.mark.parametrize(
    ("text", "law", "articles"),
    [
        ("uu-20-2023", "uu-20-2023", []),
        ("uu-20-2023:2f,9(2)", "uu-20-2023", ["Pasal 2 huruf f", "Pasal 9 ayat (2)"]),
        ("uu-20-2023: 24(1)d", "uu-20-2023", ["Pasal 24 ayat (1) huruf d"]),
        ("pp-94-2021:5n,5n5", "pp-94-2021", ["Pasal 5 huruf n", "Pasal 5 huruf n angka 5"]),
        ("uu-34-2004:39.2", "uu-34-2004", ["Pasal 39 angka 2"]),
        ("uu-10-2016:187A,22B", "uu-10-2016", ["Pasal 187A", "Pasal 22B"]),
        ("uud-1945:22E(1)", "uud-1945", ["Pasal 22E ayat (1)"]),
        ("uu-1-2015:187a", "uu-1-2015", ["Pasal 187 huruf a"]),
        ("uu-1-2020:3(1a)aa", "uu-1-2020", ["Pasal 3 ayat (1a) huruf aa"]),
        ("uu-7-2017:Pasal 101 huruf a, Pasal 102 ayat (1)", "uu-7-2017", ["Pasal 101 huruf a", "Pasal 102 ayat (1)"]),
        ('uu-34-2004:"Pasal 39 angka 2"', "uu-34-2004", ["Pasal 39 angka 2"]),
        ('skb-2022:"Lampiran I", "Lampiran II, kode etik"', "skb-2022", ["Lampiran I", "Lampiran II, kode etik"]),
        ('perbawaslu-11-2023:"(umum)"', "perbawaslu-11-2023", []),
        (" UU-20-2023:2f ", "uu-20-2023", ["Pasal 2 huruf f"]),
    ],
)
def test_reference_is_read(text, law, articles):
    reference = parse_reference(text)
    assert reference is not None
    assert reference.law == law
    assert [str(article) for article in reference.articles] == articles


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":2f",
        "uu-20-2023:",
        "uu-20-2023: ",
        "uu-20-2023:2f,",
        "uu-20-2023:,2f",
        "uu-20-2023:2f,,9(2)",
        "uu-20-2023:f2",
        "uu-20-2023:9(2",
        "uu-20-2023:9()",
        "uu-20-2023:Lampiran I",
        'uu-20-2023:"Lampiran I',
        'uu-20-2023:""',
        "UU Nomor 20 Tahun 2023",
        "uu-20-2023 2f",
        "uu--20",
        "uu-20-2023:٢f",
    ],
)
def test_reference_that_cannot_be_read_is_none(text):
    assert parse_reference(text) is None


@given(st.text(alphabet='uup-20:239fn(),."A Pasl\n'))
def test_reading_a_reference_never_fails(text):
    reference = parse_reference(text)
    assert reference is None or isinstance(reference, Reference)


ARTICLES = st.builds(
    lambda article, capital, paragraph, letter, item: (
        f"{article}{capital}" + (f"({paragraph})" if paragraph else "") + letter + (f".{item}" if item else "")
    ),
    st.integers(1, 600),
    st.sampled_from(["", "A", "E"]),
    st.integers(0, 9),
    st.sampled_from(["", "a", "n", "z"]),
    st.integers(0, 20),
)


@given(ARTICLES)
def test_short_and_written_out_form_say_the_same(short):
    [article] = parse_reference(f"uu-7-2017:{short}").articles
    assert parse_article(str(article)) == article
    assert parse_reference(f"uu-7-2017:{article}").articles == (article,)


def refs(*texts: str) -> list[ArticleRef]:
    return [parse_article(text) for text in texts]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([], ""),
        (["Pasal 2 huruf f"], "Pasal 2 huruf f"),
        (["Pasal 2 huruf f", "Pasal 9 ayat (2)"], "Pasal 2 huruf f dan Pasal 9 ayat (2)"),
        (
            ["Pasal 2 huruf f", "Pasal 9 ayat (2)", "Pasal 24 ayat (1) huruf d"],
            "Pasal 2 huruf f, Pasal 9 ayat (2), dan Pasal 24 ayat (1) huruf d",
        ),
        (["Pasal 280 ayat (2)", "Pasal 280 ayat (3)"], "Pasal 280 ayat (2) dan ayat (3)"),
        (["Pasal 101 huruf a", "Pasal 101 huruf c", "Pasal 101 huruf d"], "Pasal 101 huruf a, huruf c, dan huruf d"),
        (["Pasal 5 huruf n angka 5", "Pasal 5 huruf n angka 6"], "Pasal 5 huruf n angka 5 dan angka 6"),
        (
            ["Pasal 71 ayat (1)", "Pasal 71 ayat (3)", "Pasal 188"],
            "Pasal 71 ayat (1) dan ayat (3) serta Pasal 188",
        ),
        (
            ["Pasal 30", "Pasal 71 ayat (1)", "Pasal 71 ayat (3)", "Pasal 188"],
            "Pasal 30, Pasal 71 ayat (1) dan ayat (3), serta Pasal 188",
        ),
        (["Pasal 24 ayat (1) huruf d", "Pasal 24 ayat (2)"], "Pasal 24 ayat (1) huruf d dan ayat (2)"),
        (["Pasal 5 huruf n", "Pasal 5 huruf n angka 5"], "Pasal 5 huruf n dan Pasal 5 huruf n angka 5"),
        (["Lampiran I", "Lampiran II disiplin"], "Lampiran I dan Lampiran II disiplin"),
    ],
)
def test_articles_are_joined_as_a_letter_says_them(articles, expected):
    assert articles_text(refs(*articles)) == expected
