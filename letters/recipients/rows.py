"""What a reader (CSV or XLSX) hands to the table: rows of cells, and the problems it met on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from letters.errors import Place, Problem


class Nature(StrEnum):
    """What a workbook says a cell is, when it is not text."""

    NUMBER = "number"
    DATE = "date"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell that is not plain text: a number or a date as Excel shows it, or what makes it unusable."""

    text: str
    """As the user sees it in an Indonesian Excel."""
    nature: Nature
    number: float = 0.0
    """The stored number (a date's serial); 0 for faults."""
    fault: Problem | None = None
    """Why the cell cannot be used, without its place; None when it can."""


CellValue: TypeAlias = str | Typed


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not blank."""

    number: int
    """As Excel shows it, from 1; blank rows count."""
    cells: Mapping[int, CellValue]
    """By column from 0; cells without content are missing."""


@dataclass(frozen=True, slots=True)
class Range:
    """A block of cells, both ends included; rows from 1, columns from 0."""

    text: str
    """As Excel writes it: `B3:B7`."""
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def holds(self, row: int, column: int) -> bool:
        """Say whether the cell lies inside."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(slots=True)
class Source:
    """An opened table; `problems` and `merged` are complete only when `rows` has been read to its end."""

    place: Place
    """File and sheet."""
    rows: Iterator[Row]
    epoch: datetime | None = None
    """Day zero of a workbook's date serials; None for text files, which have no serials."""
    problems: list[Problem] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)


def column_letter(index: int) -> str:
    """Return Excel's name of the column `index` (from 0): `A`, `Z`, `AA`."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def row_list(numbers: list[int]) -> str:
    """Return row numbers for a message, runs joined: `3, 5-9, 12`; after ten runs only an ellipsis."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    words = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:10]]
    return ", ".join(words if len(runs) <= 10 else [*words, "…"])


def shown(text: str, limit: int = 60) -> str:
    """Return `text` for a message: one line, what cannot be printed as its code, long text cut."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in cut)
