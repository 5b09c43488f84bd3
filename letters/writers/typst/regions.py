"""Regions → boxes: set in or kept together, with lines around or a rule below, of a least height, or side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from letters.model import document as model
from letters.writers.css import SIDES
from letters.writers.style import Style
from letters.writers.typst.borders import DOUBLE, across
from letters.writers.typst.code import array, block, call, points, sides
from letters.writers.typst.emit import Emitter
from letters.writers.typst.flow import inset
from letters.writers.typst.keeps import keep_together
from letters.writers.typst.nodes import Piece, Sealed
from letters.writers.typst.pictures import overlay

if TYPE_CHECKING:
    from letters.writers.typst.layout import Layout

VERTICAL = {"middle": "horizon", "bottom": "bottom"}


def lay_out_region(layout: Layout, node: model.Region, width: float) -> None:
    """Lay out a region the way its style asks for."""
    style = layout.source.style(node)
    if style.word("display") == "table":
        _lay_out_columns(layout, node, style, width)
    elif _is_sealed(layout, node, style):
        box = _sealed(layout, node, style, width)
        layout.flow.open(style)
        layout.flow.above(box.let_out_above())
        layout.flow.add(box)
        layout.flow.below(box.let_out_below())
        layout.flow.close(style)
    else:
        with layout.boxed(style, width) as inner:
            layout.blocks(node.blocks, inner)


# -- boxes whose margins do not reach out -----------------------------------------------------------------


def _is_sealed(layout: Layout, node: model.Region, style: Style) -> bool:
    lines = any(style.border(side).width for side in SIDES)
    padded = style.points("padding-top") or style.points("padding-bottom") or style.points("min-height")
    drawn = any(_generated(layout, node, name) for name in ("before", "after"))
    return bool(lines or padded or drawn or _overlaid(layout, node))


def _overlaid(layout: Layout, node: model.Region) -> list[model.Image]:
    """Return the pictures laid over a region."""
    images = [block for block in node.blocks if isinstance(block, model.Image)]
    return [image for image in images if layout.source.style(image).word("position") == "absolute"]


def _sealed(layout: Layout, node: model.Region, style: Style, width: float) -> Sealed:
    left, right = (style.points(f"margin-{side}", width) for side in ("left", "right"))
    borders = {side: style.border(side) for side in SIDES}
    padding = {side: style.points(f"padding-{side}", width) + borders[side].width for side in SIDES}
    inner = layout.nested(width - left - right - padding["left"] - padding["right"])
    images, strut = _overlaid(layout, node), _strut(layout, node)
    if strut == 0:
        _add_rule(inner, node, "before")
    inner.blocks([block for block in node.blocks if block not in images], inner.width)
    rule, room = _rule_below(inner, node)
    return Sealed(
        width,
        keep_together(inner.finish()),
        borders,
        padding,
        left,
        right,
        whole=bool(images or rule or any(border.style == DOUBLE for border in borders.values()))
        or style.word("break-inside").startswith("avoid"),
        overlay=[overlay(layout.source, image, inner.width) for image in images],
        least=style.points("min-height"),
        rule=rule,
        rule_room=room,
        rule_from=strut,
    )


def _generated(layout: Layout, node: model.Region, name: str) -> Style | None:
    """Return the style of `::before` or `::after`, if it is there."""
    style = layout.source.styles.pseudo(layout.source.element(node), name)
    return style if style is not None and style.content is not None else None


def _strut(layout: Layout, node: model.Region) -> float:
    """Return the least distance of a region's closing rule from its top; 0 = none is wanted.

    CSS says it with a floating `::before` of that height and no width that `::after` clears.
    """
    before, after = _generated(layout, node, "before"), _generated(layout, node, "after")
    if before is None or after is None or before.word("float") == "none" or after.word("clear") == "none":
        return 0.0
    return before.points("height")


def _add_rule(layout: Layout, node: model.Region, name: str) -> None:
    style = _generated(layout, node, name)
    if style is not None and style.word("display") == "block":
        layout.flow.open(style)
        layout.flow.add(_rule(style, layout.width))
        layout.flow.close(style)


def _rule_below(layout: Layout, node: model.Region) -> tuple[Piece | None, float]:
    """Return the rule a region closes with, and the room above it."""
    style = _generated(layout, node, "after")
    if style is None or style.word("display") != "block":
        return None, 0.0
    layout.flow.open(style)
    return _rule(style, layout.width), layout.flow.margin_below


def _rule(style: Style, width: float) -> Piece:
    """Return an empty box, drawn by the lines at its top and bottom."""
    left, right = inset(style, width)
    top, bottom = style.border("top"), style.border("bottom")
    inner = style.points("height") + style.points("padding-top") + style.points("padding-bottom")
    height = top.width + inner + bottom.width
    lines = [
        line
        for edge, border in (("top", top), ("bottom", bottom))
        if border.width
        for line in across(border, edge, width - left - right, dx=left, dy=0)
    ]
    return Piece(width, call("block", block(lines), width="100%", height=points(height)), height)


# -- blocks side by side ----------------------------------------------------------------------------------


def _lay_out_columns(layout: Layout, node: model.Region, style: Style, width: float) -> None:
    """Lay out blocks side by side: every region in it is a cell, other blocks between them share one."""
    with layout.boxed(style, width) as inner:
        groups = layout.source.columns(node)
        if not groups:
            return
        column = inner / len(groups)
        cells = [_cell(layout, group, column) for group in groups]
        layout.flow.add(Piece(inner, call("grid", *cells, columns=array([points(column)] * len(groups)))))


def _cell(layout: Layout, nodes: Sequence[model.Block], width: float) -> str:
    node = nodes[0]
    if not layout.source.is_cell(node):
        inner = layout.nested(width)
        inner.blocks(nodes, width)
        return call("grid.cell", Emitter(layout.faces).root(keep_together(inner.finish())), align="top + left")
    style = layout.source.style(node)
    top, right, bottom, left = (style.points(f"padding-{side}", width) for side in SIDES)
    inner = layout.nested(width - left - right)
    inner.blocks(node.blocks, inner.width)
    align = f"{VERTICAL.get(style.word('vertical-align'), 'top')} + left"
    code = Emitter(layout.faces).root(keep_together(inner.finish()))
    return call("grid.cell", code, inset=sides(top, right, bottom, left), align=align)
