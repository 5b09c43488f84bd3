"""Which articles a text names, however it names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law import parse_article
from letters.law.passages import find_passages


def passages(text: str) -> list[list[str]]:
    return [[str(article) for article in passage.articles] for passage in find_passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pasal 71 ayat (1)", ["Pasal 71 ayat (1)"]),
        ("Pasal 71 (1)", ["Pasal 71 ayat (1)"]),
        ("pasal 71 ayat 1", ["Pasal 71 ayat (1)"]),
        ("Ps. 71 ayat(1)", ["Pasal 71 ayat (1)"]),
        ("Psl 71", ["Pasal 71"]),
        ("PASAL 187a", ["Pasal 187A"]),
        ("Pasal 71\nayat\n(1)", ["Pasal 71 ayat (1)"]),
        ("Pasal 9 ayat (21 Pegawai", ["Pasal 9 ayat (2)"]),
        ("Pasal 5 huruf n angka 5", ["Pasal 5 huruf n angka 5"]),
        ("Pasal 29 huruf (j) UU", ["Pasal 29 huruf j"]),
        ("Pasal 24 ayat (1) huruf d.", ["Pasal 24 ayat (1) huruf d"]),
        ("Pasal 2 huruf f dan Pasal 9 ayat (2)", ["Pasal 2 huruf f", "Pasal 9 ayat (2)"]),
        (
            "Pasal 71 ayat (1), ayat (3), dan ayat (4)",
            ["Pasal 71 ayat (1)", "Pasal 71 ayat (3)", "Pasal 71 ayat (4)"],
        ),
        ("Pasal 280 ayat (2) dan (3)", ["Pasal 280 ayat (2)", "Pasal 280 ayat (3)"]),
        ("Pasal 280, 282, dan 339 jo. Pasal 548", ["Pasal 280", "Pasal 282", "Pasal 339", "Pasal 548"]),
        ("Pasal 5 huruf n angka 1, 2, dan 5", [f"Pasal 5 huruf n angka {item}" for item in (1, 2, 5)]),
        ("Pasal 101 huruf a, c, dan d", [f"Pasal 101 huruf {letter}" for letter in "acd"]),
        ("Pasal 490 s.d. 494", [f"Pasal {number}" for number in range(490, 495)]),
        ("Pasal 490 sampai dengan Pasal 492", [f"Pasal {number}" for number in range(490, 493)]),
        ("Pasal 71 ayat (1) sampai dengan ayat (3)", [f"Pasal 71 ayat ({number})" for number in (1, 2, 3)]),
        ("Pasal 5 huruf a hingga huruf c", [f"Pasal 5 huruf {letter}" for letter in "abc"]),
        (
            "Pasal 5 huruf n angka 5 dan angka 6, Pasal 13 huruf g",
            ["Pasal 5 huruf n angka 5", "Pasal 5 huruf n angka 6", "Pasal 13 huruf g"],
        ),
        ("Lampiran II", ["Lampiran II"]),
        ("Pasal 188 dan 3 hari kemudian", ["Pasal 188"]),
        ("Pasal 71 ayat (1) dan Bupati", ["Pasal 71 ayat (1)"]),
        ("Pasal 30, 21 Kecamatan", ["Pasal 30", "Pasal 21"]),
        ("Pasal 39 ayat (2)", ["Pasal 39 ayat (2)"]),
    ],
)
def test_articles_are_read_as_they_are_written(text, expected):
    assert passages(text) == [expected]


@pytest.mark.parametrize(
    "text", ["pasal karet", "Lampiran : 1 (satu) berkas", "Lampiran foto", "pasal-pasal", "ayat (1)"]
)
def test_what_names_no_article_is_left_alone(text):
    assert passages(text) == []


def test_each_run_is_found_by_itself():
    assert passages("Pasal 1 UU A; Pasal 2 UU B. Pasal 3") == [["Pasal 1"], ["Pasal 2"], ["Pasal 3"]]


def test_place_of_a_run_is_where_it_stands():
    text = "sesuai Pasal 71 ayat (1) dan ayat (3) UU"
    [passage] = find_passages(text)
    assert text[passage.start : passage.end] == "Pasal 71 ayat (1) dan ayat (3)"


@given(st.text(alphabet="Pasl yt()0123456789hurf gkdn,.-sIVXLmpi\n"))
def test_reading_never_fails_and_goes_forward(text):
    found = list(find_passages(text))
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))
    for passage in found:
        assert passage.start < passage.end <= len(text)
        for article in passage.articles:
            assert parse_article(str(article)) == article


ARTICLES = st.builds(
    lambda number, paragraph, letter: (
        f"Pasal {number}" + (f" ayat ({paragraph})" if paragraph else "") + (f" huruf {letter}" if letter else "")
    ),
    st.integers(1, 600),
    st.integers(0, 9),
    st.sampled_from(["", "a", "n"]),
)


@given(st.lists(ARTICLES, min_size=1, max_size=4, unique=True))
def test_written_out_articles_come_back_as_they_are(articles):
    assert passages(" dan ".join(articles) + " Undang-Undang") == [articles]
