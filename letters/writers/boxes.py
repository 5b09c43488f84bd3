"""Margins and margin boxes as CSS measures them → points, the same for every format that is laid out here."""

from __future__ import annotations

from collections.abc import Sequence

from letters.writers.style import Page, Style


def collapse(margins: Sequence[float]) -> float:
    """Return what adjoining vertical margins come to: the largest positive and the most negative one, added."""
    return max((margin for margin in margins if margin > 0), default=0.0) + min(
        (margin for margin in margins if margin < 0), default=0.0
    )


def text_width(page: Page) -> float:
    """Return the width of the text in points."""
    return page.width - page.margins["left"] - page.margins["right"]


def line_offset(style: Style, margin: float, height: float) -> float:
    """Return how far below the top of its margin box a line stands; in the middle, as CSS has it, unless said."""
    above, below = style.points("padding-top"), style.points("padding-bottom")
    room = margin - above - below - height
    return above + {"top": 0.0, "bottom": room}.get(style.word("vertical-align"), room / 2)
