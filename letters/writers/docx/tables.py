"""Grid → `w:tbl`: ruled tables with a repeated head, and blocks side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from letters.writers.docx.blocks import Cell, Grid, Row
from letters.writers.docx.styles import Styles, cell_padding, margins
from letters.writers.docx.xml import Node, make, value

Write = Callable[[Cell], Sequence[Node]]


def table(grid: Grid, styles: Styles, write: Write) -> Node:
    """Return the table of `grid`; `write` makes the content of a cell."""
    padding = cell_padding(grid)
    widths = [cell.width for cell in grid.rows[0].cells]
    columns = make("w:tblGrid", *(make("w:gridCol", w=width) for width in widths))
    rows = (_row(row, padding, write) for row in grid.rows)
    return make("w:tbl", _properties(grid, styles, sum(widths), padding), columns, *rows)


def _properties(grid: Grid, styles: Styles, width: int, padding: tuple[int, int, int, int]) -> Node:
    """Return what the table says of itself; lines and padding of ruled ones are in their style."""
    name = styles.grids[grid.edge, padding] if grid.edge else ""
    return make(
        "w:tblPr",
        value("w:tblStyle", name) if name else None,
        make("w:tblW", w=width, type="dxa"),
        make("w:tblInd", w=grid.left, type="dxa"),
        make("w:tblLayout", type="fixed"),
        None if name else margins(padding),
        make("w:tblLook", val="0000"),
    )


def _row(row: Row, padding: tuple[int, int, int, int], write: Write) -> Node:
    properties = [
        make("w:cantSplit") if row.whole else None,
        make("w:trHeight", val=row.height, hRule="atLeast") if row.height else None,
        make("w:tblHeader") if row.header else None,
    ]
    said = make("w:trPr", *properties) if any(part is not None for part in properties) else None
    return make("w:tr", said, *(_cell(cell, padding, write) for cell in row.cells))


def _cell(cell: Cell, padding: tuple[int, int, int, int], write: Write) -> Node:
    properties = make(
        "w:tcPr",
        make("w:tcW", w=cell.width, type="dxa"),
        margins(cell.padding, "w:tcMar") if cell.padding != padding else None,
        value("w:vAlign", cell.align) if cell.align != "top" else None,
    )
    return make("w:tc", properties, *write(cell))
