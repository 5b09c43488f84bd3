"""Cell text: what is folded, what is refused, what stays."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.l10n import format_number
from letters.recipients import parse_number
from letters.recipients.cells import clean


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  Camat  Diwek ", "Camat  Diwek"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a_x000D_\nb", "a\nb"),
        ("a_x000D_b", "a\nb"),
        ("a\tb", "a b"),
        ("\u00a0\u2007\u3000a\u2009b", "a b"),
        ("\n\n Camat \n", "Camat"),
        ("'0812", "0812"),
        ("'=1+1", "=1+1"),
        ("''0812", "''0812"),
        ("'Aisyiyah", "'Aisyiyah"),
        ("M. Ma'ruf", "M. Ma'ruf"),
        ("K3", "K3"),
        ("#1", "#1"),
        ("e\u0301", "e\u0301"),
        ("", ""),
    ],
)
def test_a_cell_gives_the_text_that_is_printed(raw, text):
    assert clean(raw)[0] == text
    assert not [problem for problem in clean(raw)[1] if problem.code != "recipients.formula-text"]


@pytest.mark.parametrize("text", ["12E3", "1E5", "K1E+5", "1,5", "1.5E", "3E", "10.000", "+62 812"])
def test_codes_that_only_resemble_shortened_numbers_stay(text):
    assert clean(text) == (text, ())


@given(st.text(st.characters(codec="utf-8")))
def test_cleaning_twice_changes_nothing_more(raw):
    text, problems = clean(raw)
    if not text.startswith("'"):
        assert clean(text) == (text, problems)


@given(st.text(st.characters(codec="utf-8")))
def test_no_visible_character_is_ever_lost(raw):
    """Blanks, line ends and one text mark apart, every character of the cell comes out in order."""
    text, problems = clean(raw)
    expected = "".join(raw.replace("_x000D_", "").split())
    shown = "".join(text.split())
    if not {problem.code for problem in problems} & {"recipients.unprintable"}:
        assert shown in (expected, expected.removeprefix("'"))


@given(st.characters(categories=["Cc", "Cs"], exclude_characters="\t\n\r"))
def test_every_control_character_and_lone_surrogate_is_refused(char):
    assert [problem.code for problem in clean(f"a{char}b")[1]] == ["recipients.unprintable"]


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_number_written_the_indonesian_way_is_read_back(number):
    assert parse_number(format_number(number)) == number
    assert parse_number(f"{number:f}".replace(".", ",")) == Decimal(number)
