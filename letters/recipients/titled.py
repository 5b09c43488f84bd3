"""Rows of a book as offices keep it → its heading and its lines, without titles above and column numbers below."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, islice

from letters.errors import Place
from letters.recipients.columns import read_headings
from letters.recipients.rows import Row, Typed

LOOK_AHEAD = 15
"""Rows among which the heading is looked for: the name of the office, of the book, of the year, and blanks."""


IsHeading = Callable[[Collection[str]], bool]
"""Tells from the identifiers in a row whether it is the heading of a book."""


def below_titles(rows: Iterator[Row], is_heading: IsHeading) -> Iterator[Row]:
    """Yield the heading and what stands below it; all rows as they are when none of the first is the heading."""
    first = list(islice(rows, LOOK_AHEAD))
    start = next((index for index, row in enumerate(first) if is_heading(_names(row))), 0)
    below = first[start + 1 :]
    if below and _counts_columns(below[0]):
        del below[0]
    yield from chain(first[start : start + 1], below, rows)


def _names(row: Row) -> set[str]:
    return {column.name for column in read_headings(row, Place())[0]}


def _counts_columns(row: Row) -> bool:
    """Return whether a row only numbers the columns: 1, 2, 3 …, as printed books have it."""
    values = [_text(row, index) for index in sorted(row.cells)]
    return len(values) > 1 and [value for value in values if value] == _figures(values)


def _text(row: Row, index: int) -> str:
    value = row.cells[index]
    return (value.text if isinstance(value, Typed) else value).strip(" ()")


def _figures(values: Sequence[str]) -> list[str]:
    return [str(number) for number in range(1, 1 + sum(map(bool, values)))]
