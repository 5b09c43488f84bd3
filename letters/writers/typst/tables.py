"""Ruled tables → nodes: columns as wide as their shares say, lines between the cells as CSS collapses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.model import document as model
from letters.writers.css import SIDES
from letters.writers.style import Style
from letters.writers.typst.flow import inset
from letters.writers.typst.nodes import Cell, Table
from letters.writers.typst.regions import VERTICAL
from letters.writers.typst.words import words_of

if TYPE_CHECKING:
    from letters.writers.typst.layout import Layout


def lay_out_table(layout: Layout, node: model.Table, width: float) -> None:
    """Lay out a table; one without columns is nothing."""
    if not node.head:
        return
    style = layout.source.style(node)
    first = layout.source.style(node.head[0])
    left, right = inset(style, width)
    # Where borders collapse, half of each belongs to the cell and, at the edge, half to the table.
    half = {side: first.border(side).width / 2 for side in SIDES}
    whole = style.points("width", width - left - right) or width - left - right
    widths = [(whole - half["left"] - half["right"]) * share / sum(node.widths) for share in node.widths]
    head = [_cell(layout, cell, size, above=half["top"]) for cell, size in zip(node.head, widths, strict=True)]
    rows = [[_cell(layout, cell, size) for cell, size in zip(row, widths, strict=True)] for row in node.rows]
    borders = {side: first.border(side) for side in SIDES}
    layout.flow.open(style)
    layout.flow.add(Table(width, head, rows, borders, left + half["left"]))
    layout.flow.close(style)


def _cell(layout: Layout, node: model.Cell, width: float, *, above: float = 0.0) -> Cell:
    style = layout.source.style(node)
    top, right, bottom, left = (style.points(f"padding-{side}", width) + style.border(side).width / 2 for side in SIDES)
    room = width - left - right
    words = words_of(layout.source, layout.faces, node, node.children, room)
    return Cell(
        layout.paragraph(_unboxed(style), words, room),
        width,
        (top + above, right, bottom, left),
        VERTICAL.get(style.word("vertical-align"), "top"),
        layout.source.style_around(node).word("break-inside").startswith("avoid"),
    )


def _unboxed(style: Style) -> Style:
    """Return the style of a cell's text: the cell's own padding is not its."""
    return Style({**style.values, **{f"padding-{side}": 0.0 for side in SIDES}})
