"""Document + look → the document with its element tree, its computed styles and the size of its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from docx.image.image import Image

from letters.model.document import Document
from letters.model.walk import Node
from letters.writers import Look
from letters.writers.docx.characters import check_words
from letters.writers.html import Tree, build_tree, check_assets, stylesheet
from letters.writers.style import Cascade, Style, cascade

PIXEL = 0.75
"""Points of a CSS pixel: the natural size of pictures, as WeasyPrint has it."""


@dataclass(frozen=True)
class Source:
    """What is laid out."""

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

    def natural_size(self, asset: str) -> tuple[float, float]:
        """Return width and height of a picture in points."""
        image = Image.from_blob(self.assets[asset])
        return image.px_width * PIXEL, image.px_height * PIXEL


def read_source(document: Document, look: Look) -> Source:
    """Return `document` with everything its layout needs.

    Raises `WriteError` for pictures that are missing or unusable, and for characters that XML cannot hold.
    """
    check_words(document)
    check_assets(document, look.assets)
    return styled(document, look)


def styled(document: Document, look: Look) -> Source:
    """Return `document` with its styles, whatever its pictures are worth."""
    tree = build_tree(document)
    parents = {id(child): parent for parent in tree.root.iter() for child in parent}
    return Source(document, tree, cascade(stylesheet(look), tree.root), look.assets, parents)
