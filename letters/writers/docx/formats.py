"""Shape and face → `w:pPr` and `w:rPr`, saying only what differs from the style beneath, in the schema's order."""

from __future__ import annotations

from collections.abc import Sequence

from letters.writers.docx.blocks import Edge, Face, Shape, Tab
from letters.writers.docx.xml import Node, make, switch, value

# -- paragraphs -----------------------------------------------------------------------------------------


def paragraph_properties(shape: Shape, base: Shape, *, style: str = "", number: tuple[int, int] | None = None) -> Node:
    """Return the `w:pPr` that makes `shape` of a paragraph whose style says `base`; None if there is nothing to say.

    `number` is the level and the id of the list a numbered paragraph counts in.
    """
    parts = [
        value("w:pStyle", style) if style else None,
        *_switches(shape, base),
        _numbering(number),
        _edges(shape, base),
        _tabs(shape.tabs, base.tabs),
        _spacing(shape, base),
        _indents(shape, base),
        value("w:jc", shape.align) if shape.align != base.align else None,
    ]
    return make("w:pPr", *parts) if any(part is not None for part in parts) else None


def _switches(shape: Shape, base: Shape) -> list[Node]:
    pairs = (
        ("w:keepNext", shape.keep_next, base.keep_next),
        ("w:keepLines", shape.keep_lines, base.keep_lines),
        ("w:pageBreakBefore", shape.page_break, base.page_break),
        ("w:widowControl", shape.widow_control, base.widow_control),
    )
    return [switch(tag, wanted) if wanted != given else None for tag, wanted, given in pairs]


def _numbering(number: tuple[int, int] | None) -> Node:
    if number is None:
        return None
    return make("w:numPr", value("w:ilvl", number[0]), value("w:numId", number[1]))


def _edges(shape: Shape, base: Shape) -> Node:
    if (shape.top, shape.bottom) == (base.top, base.bottom):
        return None
    return make("w:pBdr", edge_element("w:top", shape.top), edge_element("w:bottom", shape.bottom))


def edge_element(tag: str, edge: Edge | None) -> Node:
    """Return one line of a border; None if there is none."""
    if edge is None:
        return None
    return make(tag, val=edge.style, sz=edge.width, space=edge.space, color=color(edge.color))


def _tabs(tabs: Sequence[Tab], base: Sequence[Tab]) -> Node:
    if tuple(tabs) == tuple(base):
        return None
    kept = {tab.position for tab in tabs}
    cleared = [Tab(tab.position, "clear") for tab in base if tab.position not in kept]
    every = sorted((*cleared, *tabs), key=lambda tab: tab.position)
    return make("w:tabs", *(make("w:tab", val=tab.align, pos=tab.position) for tab in every))


def _spacing(shape: Shape, base: Shape) -> Node:
    attributes: dict[str, object] = {}
    if shape.before != base.before:
        attributes["before"] = shape.before
    if shape.after != base.after:
        attributes["after"] = shape.after
    if shape.line != base.line:
        attributes |= {"line": shape.line or 240, "lineRule": "exact" if shape.line else "auto"}
    return make("w:spacing", **attributes) if attributes else None


def _indents(shape: Shape, base: Shape) -> Node:
    attributes: dict[str, object] = {}
    if shape.left != base.left:
        attributes["left"] = shape.left
    if shape.right != base.right:
        attributes["right"] = shape.right
    if shape.first != base.first:
        attributes["hanging" if shape.first < 0 else "firstLine"] = abs(shape.first)
    return make("w:ind", **attributes) if attributes else None


# -- characters -----------------------------------------------------------------------------------------


def run_properties(face: Face, base: Face | None, *extra: Node) -> Node:
    """Return the `w:rPr` that makes `face` where the style says `base`; None if there is nothing to say.

    Without a base everything is said; `extra` elements such as `w:lang` come last.
    """
    parts = [*_family(face, base), *_toggles(face, base), *_measures(face, base), *extra]
    return make("w:rPr", *parts) if any(part is not None for part in parts) else None


def _family(face: Face, base: Face | None) -> list[Node]:
    if base is not None and face.family == base.family:
        return []
    family = face.family
    return [make("w:rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family)]


def _toggles(face: Face, base: Face | None) -> list[Node]:
    pairs = (
        ("w:b", "bold"),
        ("w:bCs", "bold"),
        ("w:i", "italic"),
        ("w:iCs", "italic"),
        ("w:caps", "caps"),
        ("w:smallCaps", "small_caps"),
        ("w:strike", "strike"),
    )
    return [
        switch(tag, getattr(face, name))
        for tag, name in pairs
        if getattr(face, name) != (base is not None and getattr(base, name))
    ]


def _measures(face: Face, base: Face | None) -> list[Node]:
    given = base or Face("", 0)
    size = face.size if face.size != given.size else None
    underline = None if face.underline == given.underline else "single" if face.underline else "none"
    return [
        value("w:color", color(face.color)) if face.color != given.color else None,
        value("w:spacing", face.spacing) if face.spacing != given.spacing else None,
        value("w:sz", size) if size else None,
        value("w:szCs", size) if size else None,
        value("w:u", underline) if underline else None,
    ]


def color(hexadecimal: str) -> str:
    """Return Word's name for a colour: black is `auto`, which stays readable on any background."""
    return "auto" if hexadecimal == "000000" else hexadecimal
