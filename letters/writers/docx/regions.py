"""Regions and tables → blocks: regions of a least height, blocks side by side, ruled tables, generated rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from letters.model import document as model
from letters.writers.css import SIDES
from letters.writers.docx.blocks import Cell, Grid, Paragraph, Picture, Row, Run, paragraphs, twips
from letters.writers.docx.boxes import Box
from letters.writers.docx.edges import bare, edge, rule_edges
from letters.writers.docx.roles import Place, cell_role
from letters.writers.style import Style

if TYPE_CHECKING:
    from letters.writers.docx.layout import Layout

_CELL_ALIGNS = {"middle": "center", "bottom": "bottom"}
_NO_PADDING = (0, 0, 0, 0)

# -- regions --------------------------------------------------------------------------------------------


def lay_out_contents(layout: Layout, node: model.Region, box: Box) -> None:
    """Lay out what is in a region, at least as high as its style wants it."""
    style = layout.source.style(node)
    inner = replace(box.inside(style), place=box.place.enter(node.names[0]))
    strut = _strut(layout, node)
    least = strut or style.points("min-height")
    if least > _natural_height(layout, node, inner, rule=not strut):
        _add_high_cell(layout, node, inner, least, rule=not strut)
    else:
        _fill(layout, node, inner, rule=not strut)
    if strut:
        _add_generated(layout, node, "after", inner)


def _strut(layout: Layout, node: model.Region) -> float:
    """Return the least height of what stands above a region's closing rule, in points; 0 = none is wanted.

    CSS says it with a floating `::before` of that height and no width that `::after` clears.
    """
    element = layout.source.element(node)
    before, after = (layout.source.styles.pseudo(element, name) for name in ("before", "after"))
    if before is None or before.content is None or before.word("float") == "none":
        return 0.0
    if after is None or after.content is None or after.word("clear") == "none":
        return 0.0
    return max(0.0, before.points("height") - after.points("margin-top"))


def _fill(layout: Layout, node: model.Region, box: Box, *, rule: bool) -> None:
    _add_generated(layout, node, "before", box)
    layout.blocks(node.blocks, box)
    if rule:
        _add_generated(layout, node, "after", box)


def _natural_height(layout: Layout, node: model.Region, box: Box, *, rule: bool) -> float:
    """Return the height of a region in points, if no line wraps."""
    trial = layout.trial()
    _fill(trial, node, replace(box, levels=()), rule=rule)
    return sum(_height(block) for block in trial.flow.finish() if isinstance(block, Paragraph)) / twips(1)


def _height(paragraph: Paragraph) -> int:
    lines = 1 + sum(piece.text.count("\n") for piece in paragraph.content if isinstance(piece, Run))
    return paragraph.shape.before + paragraph.shape.after + paragraph.shape.line * lines


def _add_high_cell(layout: Layout, node: model.Region, box: Box, least: float, *, rule: bool) -> None:
    """Put a region into a cell, the only thing in Word that has a least height."""
    inner = layout.nested()
    room = box.width - box.left - box.right
    _fill(inner, node, replace(box, width=room, left=0.0, right=0.0), rule=rule)
    cell = Cell(inner.flow.finish(), twips(room), _NO_PADDING)
    layout.floating += inner.floating + [picture for block in paragraphs(cell.blocks) for picture in _let_go(block)]
    layout.flow.add(Grid([Row([cell], whole=True, height=twips(least))], twips(box.left)))


def _let_go(paragraph: Paragraph) -> list[Picture]:
    """Take the pictures out of `paragraph` that float against the page: a cell would hold them."""
    loose = [
        piece for piece in paragraph.content if isinstance(piece, Picture) and piece.anchor and piece.anchor.on_page
    ]
    paragraph.content = [piece for piece in paragraph.content if piece not in loose]
    return loose


def _add_generated(layout: Layout, node: model.Region, name: str, box: Box) -> None:
    """Lay out `::before` or `::after`: an empty box, drawn as a ruled line."""
    style = layout.source.styles.pseudo(layout.source.element(node), name)
    if style is None or style.content is None or style.word("display") != "block":
        return
    top, bottom, line = rule_edges(style)
    shape = replace(layout.shape(style, box.inside(style)), first=0, top=top, bottom=bottom, line=twips(line))
    layout.flow.open(bare(style))
    layout.add(Paragraph(box.place.rule(), shape))
    layout.flow.close(bare(style))


# -- blocks side by side --------------------------------------------------------------------------------


def lay_out_columns(layout: Layout, node: model.Region, box: Box) -> None:
    """Lay out blocks side by side: every region in it is a cell, other blocks between them share one."""
    groups = layout.source.columns(node)
    width = (box.width - box.left - box.right) / max(1, len(groups))
    cells = [_column(layout, group, width, box.place) for group in groups]
    whole = layout.source.style(node).word("break-inside").startswith("avoid")
    if cells:
        layout.flow.add(Grid([Row(cells, whole=whole)], twips(box.left)))


def _column(layout: Layout, nodes: Sequence[model.Block], width: float, place: Place) -> Cell:
    node = nodes[0]
    inner = layout.nested()
    if not layout.source.is_cell(node):
        inner.blocks(nodes, Box(width, place=place))
        return Cell(inner.flow.finish(), twips(width), _NO_PADDING)
    style = layout.source.style(node)
    padding = _padding(style)
    room = width - (padding[1] + padding[3]) / twips(1)
    inner.blocks(node.blocks, Box(room, place=place.enter(node.names[0])))
    return Cell(inner.flow.finish(), twips(width), padding, _cell_align(style))


def _cell_align(style: Style) -> str:
    return _CELL_ALIGNS.get(style.word("vertical-align"), "top")


def _padding(style: Style) -> tuple[int, int, int, int]:
    """Return the padding of a cell: top, right, bottom, left."""
    top, right, bottom, left = (twips(style.points(f"padding-{side}")) for side in SIDES)
    return top, right, bottom, left


# -- tables ---------------------------------------------------------------------------------------------


def lay_out_table(layout: Layout, node: model.Table, box: Box) -> None:
    """Lay out a ruled table, its columns as wide as their shares say."""
    style = layout.source.style(node)
    room = box.width - box.left - box.right
    width = style.points("width", room) or room
    widths = [twips(width * share / sum(node.widths)) for share in node.widths]
    rows = [_row(layout, node.head, widths, head=True), *(_row(layout, row, widths) for row in node.rows)]
    left = twips(box.left + style.points("margin-left", box.width))
    layout.flow.open(style)
    layout.flow.add(Grid(rows, left, edge(layout.source.style(node.head[0]), "top")))
    layout.flow.close(style)


def _row(layout: Layout, cells: Sequence[model.Cell], widths: Sequence[int], *, head: bool = False) -> Row:
    found = [_cell(layout, cell, width, head=head) for cell, width in zip(cells, widths, strict=True)]
    return Row(found, header=head, whole=layout.source.style_around(cells[0]).word("break-inside").startswith("avoid"))


def _cell(layout: Layout, node: model.Cell, width: int, *, head: bool) -> Cell:
    style = layout.source.style(node)
    shape = layout.shape(style, Box(width / twips(1)))
    inner = layout.nested()
    inner.lines(node.children, shape, cell_role(shape.align, head=head))
    return Cell(inner.flow.finish(), width, _padding(style), _cell_align(style))
