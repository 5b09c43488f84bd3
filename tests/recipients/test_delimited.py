"""Text files: quotation marks, line ends, row numbers; and that what csv writes comes back unchanged."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import Place, RecipientsError
from letters.recipients.delimited import open_delimited
from tests.recipients.tables import only_error

HEADING = "kode;kelompok;jabatan\n"


def cells(data: str | bytes) -> list[list[str]]:
    """Return the cells of all rows, gaps as empty text; no problem may have come up."""
    source = open_delimited(data.encode() if isinstance(data, str) else data, Place("x.csv"))
    rows = list(source.rows)
    assert source.problems == []
    width = max(max(row.cells) for row in rows) + 1
    return [[str(row.cells.get(index, "")) for index in range(width)] for row in rows]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('"a";b', ["a", "b"]),
        ('"a;b";c', ["a;b", "c"]),
        ('"a ""b"" c";d', ['a "b" c', "d"]),
        ('"";b', ["", "b"]),
        ('""""; b', ['"', " b"]),
        (' "a" ;b', ["a", "b"]),
        ('a "b" c;d', ['a "b" c', "d"]),
        ('5" pipa;d', ['5" pipa', "d"]),
        ('"a\nb";"c\n\nd"', ["a\nb", "c\n\nd"]),
        ('a;"b"', ["a", "b"]),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\r"])
def test_quotation_marks_are_read_as_excel_does(line, expected, end):
    assert cells("x;y\n" + line + end) == [["x", "y"], expected]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_known(end):
    assert cells(f"x;y{end}a;b{end}c;d{end}") == [["x", "y"], ["a", "b"], ["c", "d"]]


def test_a_value_after_a_closing_quotation_mark_is_refused(csv_file):
    error = only_error(csv_file(HEADING + 'K1;camat;"Camat" Diwek\n'))
    assert (error.code, error.place.line) == ("recipients.stray-quote", 2)


def test_titles_above_the_headings_are_refused_when_they_have_no_separator(csv_file):
    error = only_error(csv_file("DAFTAR PENERIMA\n" + HEADING + "K1;camat;Camat\n"))
    assert (error.code, error.place.line) == ("recipients.no-headings", 1)


def test_a_single_column_needs_no_separator():
    assert cells("kode\nK1\nK2\n") == [["kode"], ["K1"], ["K2"]]


def test_a_semicolon_wins_over_as_many_commas():
    assert cells("a,x;b\n1;2\n") == [["a,x", "b"], ["1", "2"]]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x00a\x00\x00\x00", b"\x00\x00\xfe\xff\x00\x00\x00a"])
def test_utf_32_is_refused(data):
    with pytest.raises(RecipientsError, match="encoding"):
        open_delimited(data, Place("x.csv"))


VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), min_size=1, max_size=12)
ROWS = st.lists(st.lists(VALUES, min_size=3, max_size=3).filter(lambda row: "".join(row).strip()), min_size=1)


@given(ROWS, st.sampled_from(";\t,"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_what_the_csv_module_writes_comes_back_unchanged(rows, separator, end, quote_all):
    written = io.StringIO()
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(written, delimiter=separator, lineterminator=end, quoting=quoting).writerows([["a", "b", "c"], *rows])
    assert cells("\ufeff" + written.getvalue()) == [["a", "b", "c"], *rows]


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reading_fail(data):
    try:
        source = open_delimited(data, Place("x.csv"))
    except RecipientsError:
        return
    for row in source.rows:
        assert row.number > 0
