"""Borders → strokes and lines. Typst knows no double line and draws strokes on the edge of a box, not inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from letters.writers.style import Border
from letters.writers.typst.code import call, points

_DASHES = {"dotted": "dotted", "dashed": "dashed"}
DOUBLE = "double"


def stroke(border: Border) -> str:
    """Return how a line is drawn."""
    dash = _DASHES.get(border.style, "")
    named = {"paint": f'rgb("{border.color}")', "thickness": points(border.width), "dash": f'"{dash}"' if dash else ""}
    return "(" + ", ".join(f"{name}: {value}" for name, value in named.items() if value) + ")"


def strokes(borders: Mapping[str, Border]) -> str:
    """Return the strokes of a box by side; nothing if there are none."""
    found = [f"{side}: {stroke(border)}" for side, border in borders.items() if border.width]
    return f"({', '.join(found)})" if found else ""


def single(borders: Mapping[str, Border]) -> dict[str, Border]:
    """Return the borders of a box without the double ones at its top and foot, which `across` draws."""
    return {side: Border() if _is_drawn(side, border) else border for side, border in borders.items()}


def _is_drawn(side: str, border: Border) -> bool:
    return border.style == DOUBLE and side in ("top", "bottom")


def across(border: Border, edge: str, length: float, *, dx: float, dy: float) -> Iterator[str]:
    """Yield code for the lines of a border along the `edge` (`top`, `bottom`) of the box around.

    It begins `dx` from the left and `dy` further out than the edge; of two lines each is a third of its width.
    """
    lines = [border]
    if border.style == DOUBLE:
        lines = [replace(border, width=border.width / 3, style="solid")] * 2
    for number, line in enumerate(lines):
        middle = line.width / 2 + number * 2 * line.width - dy
        drawn = call("line", length=points(length), stroke=stroke(line))
        yield call("place", f"{edge} + left", drawn, dx=points(dx), dy=points(middle if edge == "top" else -middle))


def doubles(borders: Mapping[str, Border], padding: Mapping[str, float], width: float) -> list[str]:
    """Return code for the double lines of a box whose content is `width` wide."""
    full = padding["left"] + width + padding["right"]
    return [
        code
        for side, border in borders.items()
        if _is_drawn(side, border)
        for code in across(border, side, full, dx=-padding["left"], dy=padding[side])
    ]
