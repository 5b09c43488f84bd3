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
_LEAST_LINE = 1.0
"""Height in points Word gives a line at the least."""


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
    """Return the lines above and below an empty box, and the height in points left between or under them.

    Two lines stay two: Word's compound lines (`thickThinSmallGap`) have a gap of their own and are drawn the other way
    round by LibreOffice.
    """
    height = style.points("height") + style.points("padding-top") + style.points("padding-bottom")
    return edge(style, "top"), edge(style, "bottom"), max(height, _LEAST_LINE)
