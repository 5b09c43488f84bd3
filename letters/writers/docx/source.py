"""Document + look → the document with its element tree, its computed styles and the size of its pictures."""

from __future__ import annotations

from docx.image.image import Image

from letters.model.document import Document
from letters.writers import Look
from letters.writers.docx.characters import check_words
from letters.writers.html import check_assets
from letters.writers.styled import PIXEL, Styled


class Source(Styled):
    """What is laid out."""

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
    return Source.of(document, look)
