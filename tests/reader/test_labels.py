"""List labels: what is one, what it can mean, what it means in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.model.document import Numeral, Scheme
from letters.model.labels import label
from letters.reader.labels import BULLET, number_of, read_label, start_of

PUNCTUATION = [("", "."), ("", ")"), ("(", ")")]
NUMERALS = [numeral for numeral in Numeral if numeral is not Numeral.BULLET]


@given(st.sampled_from(NUMERALS), st.sampled_from(PUNCTUATION), st.integers(1, 390))
def test_a_printed_label_reads_back_as_its_number_where_its_list_has_come_that_far(numeral, around, number):
    scheme = Scheme(numeral, *around)

    found = read_label(label(scheme, number) + " teks")

    assert found is not None
    assert number_of(found, scheme, last=number - 1) == number


@given(st.sampled_from(NUMERALS), st.sampled_from(PUNCTUATION), st.integers(1, 26))
def test_a_list_that_starts_prints_the_label_that_was_typed(numeral, around, number):
    typed = label(Scheme(numeral, *around), number)
    found = read_label(typed)

    assert found is not None
    start = start_of(found, {})

    assert start is not None
    assert label(*start) == typed


@pytest.mark.parametrize(
    "text",
    ["", "1", "1.x", "0. x", "01. x", "1234. x", "(1. x", "(1 x", "1: x", "-x", "--- x", "aB. x", "Yth. x", "ab. x",
     "iiv. x", "vx. x", "é. x", "\U000f0000. x", "١. x", "1.\u00a0x"],
)  # fmt: skip
def test_what_is_no_label_is_text(text):
    assert read_label(text) is None


@pytest.mark.parametrize("word", ["di.", "CV.", "mm.", "MI.", "DI.", "cc.", "aa."])
def test_words_that_could_count_start_no_list(word):
    found = read_label(word + " x")

    assert found is not None
    assert start_of(found, {}) is None


def test_a_dash_is_a_bullet_without_number():
    found = read_label("- x")

    assert found is not None
    assert found.first
    assert start_of(found, {}) == (BULLET, 0)


def test_a_label_next_to_an_earlier_list_goes_on_with_it():
    letters, romans = Scheme(Numeral.LOWER_ALPHA), Scheme(Numeral.LOWER_ROMAN)
    found = read_label("i. x")

    assert found is not None
    assert start_of(found, {}) == (romans, 1)
    assert start_of(found, {letters: 8}) == (letters, 9)
    assert start_of(found, {letters: 7}) == (romans, 1)


def test_big_roman_numbers_belong_only_to_lists_that_have_come_there():
    found = read_label("CV. x")

    assert found is not None
    assert number_of(found, Scheme(Numeral.UPPER_ROMAN), last=2) is None
    assert number_of(found, Scheme(Numeral.UPPER_ROMAN), last=104) == 105
