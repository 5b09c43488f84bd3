"""Document with computed styles → tree of nodes: text, lists and rows here, regions and tables elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby

from letters.model import document as model
from letters.model.labels import label as label_text
from letters.model.walk import Node as ModelNode
from letters.model.walk import walk
from letters.writers.source import Source
from letters.writers.style import Style
from letters.writers.typst.code import block, call, points, string
from letters.writers.typst.faces import Faces, face_of
from letters.writers.typst.flow import Flow, inset
from letters.writers.typst.nodes import Container, Item, Listing, Paragraph, Root
from letters.writers.typst.pictures import overlay, picture_line
from letters.writers.typst.regions import lay_out_region
from letters.writers.typst.tables import lay_out_table
from letters.writers.typst.words import Words, words_of

_ALIGNS = {"left": "start", "end": "right"}
_NARROW, _USUAL, _WIDE = 0.34, 0.65, 0.95
"""About how wide the characters of list labels are, in ems."""


@dataclass(frozen=True)
class Shared:
    """What all parts of a letter's layout share."""

    source: Source
    faces: Faces
    levels: Mapping[int, int]
    """By id of a heading: its level, from 1 without gaps, as PDF/UA wants it."""


@dataclass
class Layout:
    """Lays out blocks of the document one below the other."""

    shared: Shared
    width: float
    flow: Flow = field(init=False)

    def __post_init__(self) -> None:
        self.flow = Flow(self.width)

    @property
    def source(self) -> Source:
        """Return what is laid out."""
        return self.shared.source

    @property
    def faces(self) -> Faces:
        """Return the faces of the shape."""
        return self.shared.faces

    def nested(self, width: float) -> Layout:
        """Return a layout of its own, for what is inside a cell or sealed box."""
        return Layout(self.shared, width)

    def finish(self) -> Root:
        """Return the tree."""
        return self.flow.finish()

    # -- blocks --

    def blocks(self, nodes: Sequence[model.Block], width: float) -> None:
        """Lay out `nodes` in a column of `width`; pictures side by side share a line."""
        for inline, group in groupby(nodes, self.source.is_inline_picture):
            if inline:
                self.flow.add(picture_line(self.shared, [n for n in group if isinstance(n, model.Image)], width))
            else:
                for node in group:
                    self.block(node, width)

    def block(self, node: model.Block, width: float) -> None:
        """Lay out one block."""
        match node:
            case model.Paragraph() | model.Heading():
                words = words_of(self.source, self.faces, node, node.children, width)
                self._text(node, words, width, self.shared.levels.get(id(node), 0))
            case model.Region():
                lay_out_region(self, node, width)
            case model.List():
                self._list(node, width)
            case model.Fields():
                for row in node.rows:
                    self._text(row, self._field(row, width), width)
            case model.Table():
                lay_out_table(self, node, width)
            case model.Image():
                self.flow.root.overlay.append(overlay(self.source, node, width))
            case model.PageBreak():
                style = self.source.style(node)
                self.flow.open(style)
                self.flow.close(style)

    @contextmanager
    def boxed(self, style: Style, width: float) -> Iterator[float]:
        """Lay out what happens inside in a box of `style`; gives the width inside."""
        whole = style.word("break-inside").startswith("avoid")
        self.flow.open(style)
        with self.flow.set_in(width, *inset(style, width), whole=whole) as inner:
            yield inner
        self.flow.close(style)

    # -- text --

    def paragraph(self, style: Style, words: Words, width: float, level: int = 0) -> Paragraph:
        """Return a paragraph of `style`."""
        left, right = inset(style, width)
        first = style.points("text-indent", width)
        align = style.word("text-align")
        return Paragraph(
            width,
            words,
            face_of(style),
            _ALIGNS.get(align, align),
            left + min(0.0, first),
            right,
            first,
            level,
            style.keeps_two_lines,
        )

    def _text(self, node: ModelNode, words: Words, width: float, level: int = 0) -> None:
        style = self.source.style(node)
        self.flow.open(style)
        self.flow.add(self.paragraph(style, words, width, level))
        self.flow.close(style)

    def _field(self, node: model.Field, width: float) -> Words:
        """Return the words of a row: label and colon, each in a box as wide as the stylesheet says, then the value."""
        widths = self.source.field_widths(node, width)
        start = words_of(self.source, self.faces, node, node.label, width)
        value = words_of(self.source, self.faces, node, node.value, width)
        if all(widths):
            boxes = [
                call("box", code, width=points(size)) for code, size in zip((start.code, '":"'), widths, strict=True)
            ]
        else:
            boxes = [start.code, '" : "']
        return replace(value, code=block([*boxes, value.code]), literal=start.literal + value.literal + 1)

    # -- lists --

    def _list(self, node: model.List, width: float) -> None:
        style = self.source.style(node)
        left, right = inset(style, width)
        item_left, item_right = inset(self.source.style(node.items[0]), width) if node.items else (0.0, 0.0)
        hang = self._hang(node, item_left)
        listing = Listing(width - right - item_right, left=left + item_left - hang, hang=hang)
        self.flow.open(style)
        with self.flow.inside(listing):
            for item in node.items:
                self._item(node, item, listing)
        self.flow.close(style)

    def _item(self, node: model.List, item: model.ListItem, listing: Listing) -> None:
        style = self.source.style(item)
        face = face_of(style)
        label = self.faces.dress(string(label_text(node.scheme, item.number)), face, self.faces.own)
        width = listing.width - listing.left - listing.hang
        place = Item(width, face=face, label=label)
        self.flow.open(style)
        with self.flow.inside(place):
            self.blocks(item.blocks, width)
            if is_empty(place):
                self.flow.add(self.paragraph(style, Words("sym.zws"), width))
        self.flow.close(style)

    def _hang(self, node: model.List, step: float) -> float:
        """Return how far the labels stand out: the width of the tab that ends them, or the whole step.

        A label that is longer ends at the next stop of that tab, as in CSS; then the whole list stands so far in.
        """
        style = self.source.style(node)
        tab = (self.source.label_tab(node.items[0]) if node.items else 0.0) or step
        labels = [label_text(node.scheme, item.number) for item in node.items]
        longest = max(map(_ems, labels), default=0.0) * style.number("font-size")
        return tab * (1 + int(longest / tab)) if tab > 0 else 0.0


def _ems(label: str) -> float:
    """Return about how wide a label is, in ems."""
    return sum(_NARROW if sign in "ijl.()-" else _WIDE if sign in "mwMW" else _USUAL for sign in label)


def is_empty(container: Container) -> bool:
    """Return whether nothing was laid out in `container`."""
    return not container.children


def heading_levels(document: model.Document) -> dict[int, int]:
    """Return the level of every heading by its id, such that the first is 1 and none goes more than one deeper."""
    levels: dict[int, int] = {}
    above: list[int] = []
    for node in walk(document):
        if isinstance(node, model.Heading):
            while above and above[-1] >= node.level:
                above.pop()
            above.append(node.level)
            levels[id(node)] = len(above)
    return levels
