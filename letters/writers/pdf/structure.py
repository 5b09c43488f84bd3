"""WeasyPrint's structure tree → one that PDF/UA readers understand: list bodies, list numbering, heading levels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from letters.model.document import Numeral

_NUMBERING = {
    Numeral.DECIMAL: "/Decimal",
    Numeral.LOWER_ALPHA: "/LowerAlpha",
    Numeral.UPPER_ALPHA: "/UpperAlpha",
    Numeral.LOWER_ROMAN: "/LowerRoman",
    Numeral.UPPER_ROMAN: "/UpperRoman",
    Numeral.BULLET: "/Disc",
}
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}


def tidy_structure(document: Any, pdf: Any) -> None:
    """Mend the structure elements of `pdf` in place."""
    elements: list[Any] = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"]
    by_reference = {element.reference: element for element in elements}
    for element in elements:
        parent = by_reference.get(element["P"])
        if element["S"] == "/Div" and parent is not None and parent["S"] == "/LI":
            element["S"] = "/LBody"
    _number_lists(document, [element for element in elements if element["S"] == "/L"])
    _close_heading_gaps([element for element in elements if element["S"] in _HEADINGS])


def _number_lists(document: Any, lists: list[Any]) -> None:
    """Say of every list how it counts; WeasyPrint made `lists` in the order in which the boxes stand."""
    found = [box for page in document.pages for box in _list_boxes(page._page_box)]
    for element, box in zip(lists, found, strict=True):
        numeral = Numeral(box.element.get("class").split()[0])
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": _NUMBERING[numeral]})


def _list_boxes(box: Any) -> Iterator[Any]:
    """Yield the boxes of `<ol>` at or below `box`, parents first; a list over two pages has two boxes."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if box.element_tag == "ol":
        yield box
    if isinstance(box, boxes.ParentBox):
        for child in box.children:
            yield from _list_boxes(child)


def _close_heading_gaps(headings: list[Any]) -> None:
    """Number headings so that the first is H1 and none goes more than one level deeper than the one before.

    The template's levels say how a heading looks; PDF/UA wants them without holes.
    """
    above: list[int] = []
    for element in headings:
        level = _HEADINGS[element["S"]]
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        element["S"] = f"/H{len(above)}"
