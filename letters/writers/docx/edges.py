"""Borders of a CSS box → the lines Word draws above and below a paragraph."""

from __future__ import annotations

from dataclasses import replace

from letters.writers.docx.blocks import Edge
from letters.writers.properties import Value
from letters.writers.style import Style

_STYLES = {"solid": "single", "double": "double", "dotted": "dotted", "dashed": "dashed"}
_EIGHTHS = 8
"""Word measures the width of a line in eighths of a point."""
_FARTHEST = 31
"""Word's greatest distance between line and text, in points."""
_SMALL_GAP = 1.5
"""What `thickThinSmallGap` takes besides its thick line: a gap and a thin line of 0.75 pt each."""
_ONE_LINE = 3.0
"""Two lines so close, in points, are one compound line in Word."""


def edge(style: Style, side: str, room: float = 0.0) -> Edge | None:
    """Return the line on one side of a box, with its padding and more room (in points); None if there is none."""
    border = style.border(side)
    if not border.width:
        return None
    space = min(_FARTHEST, round(style.points(f"padding-{side}") + room))
    width = border.width / 3 if border.style == "double" else border.width  # CSS counts both lines and the gap
    return Edge(_STYLES[border.style], max(2, round(width * _EIGHTHS)), space, border.color)


def bare(style: Style) -> Style:
    """Return `style` without its lines and the padding inside them: Word keeps both with the paragraph."""
    lines = [side for side in ("top", "bottom") if style.border(side).width]
    without: dict[str, Value] = {f"border-{side}-style": "none" for side in lines}
    return replace(style, values={**style.values, **without, **{f"padding-{side}": 0.0 for side in lines}})


def rule_edges(style: Style) -> tuple[Edge | None, Edge | None, float]:
    """Return the lines above and below an empty box, and the height in points left between or under them."""
    top, bottom = style.border("top"), style.border("bottom")
    height = style.points("height") + style.points("padding-top") + style.points("padding-bottom")
    if not (top.width and bottom.width and height <= _ONE_LINE):
        return edge(style, "top"), edge(style, "bottom"), max(height, 1.0)
    thick = max(top.width, bottom.width)
    name = "thickThinSmallGap" if top.width >= bottom.width else "thinThickSmallGap"
    rest = top.width + height + bottom.width - thick - _SMALL_GAP
    return Edge(name, round(thick * _EIGHTHS), 0, top.color), None, max(rest, 0.05)
