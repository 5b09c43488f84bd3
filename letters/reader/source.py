"""Text as it was typed → numbered lines with their indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

BLANKS = " \t"
_TAB = 4
"""Columns from one tab stop to the next, as in CommonMark."""
FIRST_VALUE = 0xF0000
"""Placeholder character of value 0; private use, plane 15."""
PLACEHOLDER = re.compile("([\U000f0000-\U000ffffd])")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\U000ffffe-\U0010ffff]")
"""Control characters, halves of characters, and private characters that are no placeholders: no file can show them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or what follows a list label on it."""

    number: int
    """From 1."""
    indent: int
    """Columns before the text; tabs stop every four."""
    text: str
    """Without the blanks before it; the blanks after it may mean a new line."""
    after_label: bool = False
    """The text stands behind a list label on its line."""

    @property
    def blank(self) -> bool:
        """Tell whether there is nothing on the line."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Source:
    """Text of one block whose marks are still to be read; its line feeds are those of the file."""

    text: str
    number: int
    """Line of its first character."""

    def line_at(self, offset: int) -> int:
        """Return the line of the character at `offset`."""
        return self.number + self.text.count("\n", 0, offset)


def read_lines(text: str) -> list[Line]:
    """Return the lines of `text`; any kind of line end and a byte order mark are taken."""
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [_line(number, row) for number, row in enumerate(rows, start=1)]


def _line(number: int, row: str) -> Line:
    rest = row.lstrip(BLANKS)
    return Line(number, column_after(row[: len(row) - len(rest)]), rest)


def column_after(blanks: str, start: int = 0) -> int:
    """Return the column reached by `blanks` when they begin at column `start`."""
    column = start
    for character in blanks:
        column += _TAB - column % _TAB if character == "\t" else 1
    return column


def unreadable(text: str) -> Iterator[str]:
    """Yield every character of `text` that no letter can print, as `U+0007`."""
    for found in _UNREADABLE.finditer(text):
        yield f"U+{ord(found[0]):04X}"
