"""Rows of `|` with a line of dashes under the first → tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.errors import N_
from letters.model.document import Align, Block, Cell, Table
from letters.reader.inlines import read_inlines
from letters.reader.source import BLANKS, Line, Source
from letters.reader.starts import FENCE, at_table, is_table_row
from letters.reader.state import Scope, State

_BAR = re.compile(r"\\.|\|")


def table(state: State, scope: Scope) -> Sequence[Block] | None:
    """Read a table up to a line without `|`; the heading row says how many columns there are."""
    if not at_table(state):
        return None
    head, separator = state.take(), state.take()
    dashes = split_row(separator.text)
    names = _fit(state, head, len(dashes))
    rows = []
    while (line := state.line) and is_table_row(line) and not FENCE.match(line.text):
        rows.append(_fit(state, state.take(), len(dashes)))
    aligns, widths = tuple(_align(cell) for cell in dashes), tuple(len(cell) for cell in dashes)
    return (Table(names, tuple(rows), aligns, widths),)


def split_row(text: str) -> list[str]:
    r"""Return the cells of a row as typed, without blanks around them; `\|` does not divide."""
    cells, start = [], 0
    for bar in _BAR.finditer(text):
        if bar[0] == "|":
            cells.append(text[start : bar.start()].strip(BLANKS))
            start = bar.end()
    last = text[start:].strip(BLANKS)
    if text.startswith("|"):
        cells = cells[1:]
    return [*cells, last] if last or not cells else cells


def _align(dashes: str) -> Align:
    """Return `:--` left, `:-:` centre, `--:` right."""
    if not dashes.endswith(":"):
        return Align.LEFT
    return Align.CENTER if dashes.startswith(":") else Align.RIGHT


def _fit(state: State, line: Line, columns: int) -> tuple[Cell, ...]:
    """Return the cells of a row: missing ones are empty, too many would be words lost."""
    texts = split_row(line.text)
    if len(texts) > columns:
        state.report(
            line.number,
            "reader.table-row",
            N_("This row has {cells} cells, the line of dashes has {columns}."),
            N_("Take out a cell, add dashes for another column, or write \\| for a bar that is text."),
            cells=len(texts),
            columns=columns,
        )
    texts = [*texts, *[""] * (columns - len(texts))][:columns]
    return tuple(Cell(read_inlines(state, Source(text, line.number))) for text in texts)
