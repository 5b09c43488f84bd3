"""Where a line must not break: numbers with full stops and slashes, in a value or across the edge of one."""

import pytest

from letters.model.document import Document, Region, Value
from letters.writers import WRITERS
from letters.writers.typst.breaks import goes_on, stretches
from tests.writers.paper import words
from tests.writers.sample import PROPERTIES, look, p
from tests.writers.test_typst import with_typst

LAW = "Keputusan Bersama Nomor 1447.1/PM.01/K.1/09/2022, UU 5/2014; a-b/c-12 x."


def test_numbers_are_found_with_what_stands_close_to_them():
    assert [part for part, whole in stretches(LAW) if whole] == ["1447.1/PM.01/K.1/09/2022,", "5/2014;", "b/c-12"]
    assert "".join(part for part, _ in stretches(LAW)) == LAW
    assert stretches("") == [("", False)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("000/", "0"), ("0", "/2024"), ("0", ".1"), ("0", "0"), ("0", "-12"), ("K.", "0")],
)
def test_a_number_may_go_on_in_a_value(before, after):
    assert goes_on(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [("Nomor ", "0"), ("0", " dan"), ("0", ". Demikian"), ("0", "."), ("0", ";"), ("(", "0"), ("0", ")"), ("a-", " b")],
)
def test_words_that_are_no_number_together_may_be_parted(before, after):
    assert not goes_on(before, after)


def test_no_line_ends_inside_a_number_made_of_a_value_and_words_beside_it():
    paragraphs = [p("x" * count, " Surat Nomor ", Value(0), "/PM.00.02/{1} tanggal" * 3) for count in range(1, 40, 3)]
    document = Document((Region(("isi",), tuple(paragraphs)),))

    found = words(WRITERS["pdf"].prepare(document, with_typst(look())).fill(("1447.1", "09/2022"), PROPERTIES))

    numbers = [word.text for word in found if "PM.00.02" in word.text]
    assert len(numbers) == 3 * len(paragraphs)
    assert set(numbers) == {"1447.1/PM.00.02/09/2022", "tanggal/PM.00.02/09/2022"}
    assert len({word.top for word in found}) > len(paragraphs), "too short to break anywhere"
