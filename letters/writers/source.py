"""Document + look → the document with its element tree, its computed styles and the size of its pictures."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TypeGuard
from xml.etree.ElementTree import Element

from letters.model.document import Block, Document, Field, Image, ListItem, Region
from letters.model.walk import Node
from letters.writers import Look
from letters.writers.html import Tree, build_tree, check_assets, media_type, stylesheet
from letters.writers.style import Cascade, Style, cascade

PIXEL = 0.75
"""Points of a CSS pixel: the natural size of pictures, as WeasyPrint has it."""
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG segment that tells the size."""


@dataclass(frozen=True)
class Source:
    """What is laid out by a writer that has no browser's layout of its own."""

    document: Document
    tree: Tree
    styles: Cascade
    assets: Mapping[str, bytes]
    parents: Mapping[int, Element]
    """Of every element, by its id."""

    def element(self, node: Node) -> Element:
        """Return the element `node` became."""
        return self.tree.element_of[id(node)]

    def style(self, node: Node) -> Style:
        """Return the computed style of `node`; text has that of the element around it."""
        return self.styles.style(self.element(node))

    def style_around(self, node: Node) -> Style:
        """Return the computed style of the element `node`'s element stands in."""
        return self.styles.style(self.parents[id(self.element(node))])

    def picture_size(self, node: Image, room: float) -> tuple[float, float]:
        """Return width and height of a picture in points; a measure left open follows the picture's own shape."""
        style = self.style(node)
        width, height = (pixel * PIXEL for pixel in pixels(self.assets[node.source]))
        wide, high = style.points("width", room), style.points("height")
        scale = wide / width if wide else high / height if high else 1.0
        return wide or width * scale, high or height * scale

    def is_inline_picture(self, node: Block) -> bool:
        """Return whether `node` is a picture that stands in a line, not at a place of its own."""
        return isinstance(node, Image) and self.style(node).word("position") != "absolute"

    def is_cell(self, node: Block) -> TypeGuard[Region]:
        """Return whether `node` is one of several blocks side by side."""
        return isinstance(node, Region) and self.style(node).word("display") == "table-cell"

    def columns(self, node: Region) -> list[list[Block]]:
        """Return what stands side by side in `node`: every cell, and what stands between two of them together."""
        return [list(group) for _, group in groupby(node.blocks, lambda one: id(one) if self.is_cell(one) else 0)]

    def label_tab(self, item: ListItem) -> float:
        """Return the width in points of the tab that ends the label of `item`; 0 if the stylesheet says none."""
        marker = self.styles.pseudo(self.element(item), "marker")
        return marker.points("tab-size") if marker else 0.0

    def field_widths(self, node: Field, width: float) -> list[float]:
        """Return how wide label and colon of a row are, in points, in a column of `width`."""
        return [self.styles.style(span).points("width", width) for span in list(self.element(node))[:2]]


def read_source(document: Document, look: Look) -> Source:
    """Return `document` with everything its layout needs; raises `WriteError` for unusable pictures."""
    check_assets(document, look.assets)
    return styled(document, look)


def styled(document: Document, look: Look) -> Source:
    """Return `document` with its styles, whatever its pictures are worth."""
    tree = build_tree(document)
    parents = {id(child): parent for parent in tree.root.iter() for child in parent}
    return Source(document, tree, cascade(stylesheet(look), tree.root), look.assets, parents)


def pixels(picture: bytes) -> tuple[int, int]:
    """Return width and height of a PNG or JPEG in pixels; one each for a picture that ends too early."""
    try:
        if media_type(picture) == "image/png":
            width, height = struct.unpack_from(">II", picture, 16)
            return width, height
        return next(_frame_sizes(picture), (1, 1))
    except struct.error:
        return 1, 1


def _frame_sizes(jpeg: bytes) -> Iterator[tuple[int, int]]:
    """Yield the size of every frame of a JPEG, which is a row of segments: marker, length, content."""
    place = 2
    while place + 4 <= len(jpeg):
        marker, length = struct.unpack_from(">xBH", jpeg, place)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", jpeg, place + 5)
            yield width, height
        place += 2 + length
