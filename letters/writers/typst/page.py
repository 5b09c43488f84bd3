"""Page set-up with its margin boxes → Typst code for the paper and for what stands in its margins."""

from __future__ import annotations

from collections.abc import Mapping

from letters.writers.boxes import line_offset, text_width
from letters.writers.css import SIDES
from letters.writers.style import Page, Style
from letters.writers.typst.code import block, call, points, string
from letters.writers.typst.faces import Faces, face_of

_SIDES = {"left": "left", "center": "center", "right": "right"}
_COUNTERS = {"page": "str(here().page())", "pages": "str(counter(std.page).final().first())"}


def text_height(page: Page) -> float:
    """Return the height of the text on a page from 2, in points."""
    return page.height - page.margins["top"] - page.margins["bottom"]


def page_settings(page: Page, faces: Faces) -> str:
    """Return the rule that sets the paper up."""
    margins = ", ".join(f"{side}: {points(page.margins[side])}" for side in SIDES)
    return "set " + call(
        "page",
        width=points(page.width),
        height=points(page.height),
        margin=f"({margins})",
        background=_margins(page, faces),
    )


def _margins(page: Page, faces: Faces) -> str:
    """Return what stands in the margins: on page 1, and on those that follow."""
    first, others = (_lines(page, boxes, faces) for boxes in (page.first_boxes, page.boxes))
    if first == others:
        return f"context {others}" if page.boxes else ""
    return f"context if here().page() == 1 {{{first}}} else {{{others}}}"


def _lines(page: Page, boxes: Mapping[str, Style], faces: Faces) -> str:
    return block(_line(page, name, style, faces) for name, style in boxes.items())


def _line(page: Page, name: str, style: Style, faces: Faces) -> str:
    edge, _, side = name.partition("-")
    face = face_of(style)
    parts = (_COUNTERS[part.counter] if part.counter else string(part.text) for part in style.content or ())
    words = faces.dress(block(parts), face, faces.own)
    offset = line_offset(style, page.margins[edge], face.height)
    top = offset if edge == "top" else page.height - page.margins["bottom"] + offset
    return call("marginal", words, _SIDES[side], points(page.margins["left"]), points(top), points(text_width(page)))
