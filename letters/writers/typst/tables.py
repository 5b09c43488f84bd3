"""Ruled tables → code: columns as wide as their shares say, a head that is repeated, rows in one piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.model import document as model
from letters.writers.css import SIDES
from letters.writers.style import Style
from letters.writers.typst.borders import strokes
from letters.writers.typst.code import array, call, points, sides, truth
from letters.writers.typst.emit import Emitter
from letters.writers.typst.flow import inset
from letters.writers.typst.nodes import Piece
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
    rows = [_cell(layout, cell, size) for row in node.rows for cell, size in zip(row, widths, strict=True)]
    code = call(
        "table",
        call("table.header", *head),
        *rows,
        columns=array([points(size) for size in widths]),
        stroke=strokes({side: first.border(side) for side in SIDES}) or "none",
        inset="0pt",
    )
    layout.flow.open(style)
    layout.flow.add(Piece(width, call("pad", code, left=points(left + half["left"])), _height(first)))
    layout.flow.close(style)


def _height(style: Style) -> float:
    """Return the height of head and first row, if no line wraps."""
    return 2 * (style.line_height + style.points("padding-top") + style.points("padding-bottom"))


def _cell(layout: Layout, node: model.Cell, width: float, *, above: float = 0.0) -> str:
    style = layout.source.style(node)
    padding = [style.points(f"padding-{side}", width) + style.border(side).width / 2 for side in SIDES]
    padding[0] += above
    room = width - padding[1] - padding[3]
    words = words_of(layout.source, layout.faces, node, node.children, room)
    text = layout.paragraph(_unboxed(style), words, room)
    whole = layout.source.style_around(node).word("break-inside").startswith("avoid")
    return call(
        "table.cell",
        Emitter(layout.faces).paragraph(text),
        inset=sides(*padding),
        align=f"{VERTICAL.get(style.word('vertical-align'), 'top')} + left",
        breakable="" if not whole else truth(False),
    )


def _unboxed(style: Style) -> Style:
    """Return the style of a cell's text: the cell's own padding is not its."""
    return Style({**style.values, **{f"padding-{side}": 0.0 for side in SIDES}})
