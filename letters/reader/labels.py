"""Start of a line → the list label typed there, and what it can mean. Pure functions.

A label may have two readings: `i.` is the first Roman number and the ninth letter. Which one holds depends on the
list it goes on with; a list that starts takes the first plausible one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from letters.model.document import Numeral, Scheme
from letters.model.labels import alpha, roman

Reading: TypeAlias = tuple[Scheme, int]
"""A scheme and the number that the label has in it."""

BULLET = Scheme(Numeral.BULLET, "", "")
_LABEL = re.compile(r"(?:(\()?([1-9][0-9]{0,2}|[a-z]{1,15}|[A-Z]{1,15})([.)])|-)(?=[ \t]|$)")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_LETTERS = 26
_MOST_ROMAN = 39
"""Up to here numbers need only i, v, x: beyond are words (`CV.`, `di.`, `mm.`), unless the list has come near them."""
_MOST_SKIPPED = 10


@dataclass(frozen=True, slots=True)
class Label:
    """A list label as typed."""

    readings: tuple[Reading, ...]
    """What it can mean, the likelier first."""
    width: int
    """Characters it takes."""

    @property
    def first(self) -> bool:
        """Tell whether it is the first label of its scheme; bullets always are."""
        return self.readings[0][1] <= 1


def read_label(text: str) -> Label | None:
    """Return the label that `text` starts with, or None."""
    found = _LABEL.match(text)
    if not found:
        return None
    prefix, count, suffix = found.groups(default="")
    if prefix and suffix == ".":
        return None
    readings = tuple((Scheme(numeral, prefix, suffix), number) for numeral, number in _counts(count))
    if count and not readings:
        return None
    return Label(readings or ((BULLET, 0),), found.end())


def _counts(count: str) -> list[tuple[Numeral, int]]:
    """Return what `count` counts, the likelier first: `i` and `ii` are Roman, `v` and `x` letters."""
    if count.isdigit():
        return [(Numeral.DECIMAL, int(count))]
    upper, small = count.isupper(), count.lower()
    letters = (Numeral.UPPER_ALPHA if upper else Numeral.LOWER_ALPHA, _letters_number(small))
    romans = (Numeral.UPPER_ROMAN if upper else Numeral.LOWER_ROMAN, _roman_number(small))
    likelier = [romans, letters] if small == "i" or len(small) > 1 else [letters, romans]
    return [(numeral, number) for numeral, number in likelier if number]


def _letters_number(text: str) -> int:
    """Return `a` → 1, `z` → 26, `bb` → 28; 0 if it counts nothing."""
    number = (len(text) - 1) * _LETTERS + ord(text[:1] or "a") - ord("a") + 1
    return number if text and alpha(number) == text else 0


def _roman_number(text: str) -> int:
    """Return the value of a Roman number in small letters; 0 if it is none."""
    if not text or not set(text) <= _ROMAN_DIGITS.keys():
        return 0
    digits = [_ROMAN_DIGITS[character] for character in text]
    following = [*digits[1:], 0]
    number = sum(-digit if digit < after else digit for digit, after in zip(digits, following, strict=True))
    return number if number > 0 and roman(number) == text else 0


def start_of(label: Label, ended: Mapping[Scheme, int]) -> Reading | None:
    """Return what `label` means where a list starts, or None if it is no label there.

    `ended` holds the last number of the lists before: a label that is next to one of them goes on with it.
    """
    for scheme, number in label.readings:
        if number and ended.get(scheme) == number - 1:
            return scheme, number
    return next((reading for reading in label.readings if _plausible(*reading, last=0)), None)


def number_of(label: Label, scheme: Scheme, last: int) -> int | None:
    """Return the number of `label` in a list of `scheme` that has come to `last`, or None if it is not of it."""
    for own, number in label.readings:
        if own == scheme and _plausible(own, number, last):
            return number
    return None


def _plausible(scheme: Scheme, number: int, last: int) -> bool:
    """Tell whether somebody would write this number in a list that has come to `last`."""
    match scheme.numeral:
        case Numeral.LOWER_ALPHA | Numeral.UPPER_ALPHA:
            return number <= last + _LETTERS
        case Numeral.LOWER_ROMAN | Numeral.UPPER_ROMAN:
            return number <= max(_MOST_ROMAN, last + _MOST_SKIPPED)
        case _:
            return True
