"""Document + look → the document with its element tree and its computed styles, for formats that are laid out here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Self, TypeGuard
from xml.etree.ElementTree import Element

from letters.model.document import Block, Document, Region
from letters.model.walk import Node
from letters.writers import Look
from letters.writers.html import Tree, build_tree, stylesheet
from letters.writers.style import Cascade, Style, cascade

PIXEL = 0.75
"""Points of a CSS pixel: the natural size of pictures, as WeasyPrint has it."""


@dataclass(frozen=True)
class Styled:
    """What is laid out."""

    document: Document
    tree: Tree
    styles: Cascade
    assets: Mapping[str, bytes]
    parents: Mapping[int, Element]
    """Of every element, by its id."""

    @classmethod
    def of(cls, document: Document, look: Look) -> Self:
        """Return `document` with its styles, whatever its pictures are worth."""
        tree = build_tree(document)
        parents = {id(child): parent for parent in tree.root.iter() for child in parent}
        return cls(document, tree, cascade(stylesheet(look), tree.root), look.assets, parents)

    def element(self, node: Node) -> Element:
        """Return the element `node` became."""
        return self.tree.element_of[id(node)]

    def style(self, node: Node) -> Style:
        """Return the computed style of `node`; text has that of the element around it."""
        return self.styles.style(self.element(node))

    def style_around(self, node: Node) -> Style:
        """Return the computed style of the element `node`'s element stands in."""
        return self.styles.style(self.parents[id(self.element(node))])

    def is_cell(self, node: Block) -> TypeGuard[Region]:
        """Return whether `node` is one of several blocks side by side."""
        return isinstance(node, Region) and self.style(node).word("display") == "table-cell"

    def columns(self, node: Region) -> list[list[Block]]:
        """Return what stands side by side in `node`: every cell, and what stands between two of them together."""
        return [list(group) for _, group in groupby(node.blocks, lambda one: id(one) if self.is_cell(one) else 0)]
