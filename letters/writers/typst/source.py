"""Document + look → the document with its element tree, its computed styles and the size of its pictures."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from letters.model.document import Document
from letters.writers import Look
from letters.writers.html import check_assets, media_type
from letters.writers.styled import PIXEL, Styled

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG segment that tells the size."""


class Source(Styled):
    """What is laid out."""

    def natural_size(self, asset: str) -> tuple[float, float]:
        """Return width and height of a picture in points."""
        width, height = pixels(self.assets[asset])
        return width * PIXEL, height * PIXEL


def read_source(document: Document, look: Look) -> Source:
    """Return `document` with everything its layout needs; raises `WriteError` for unusable pictures."""
    check_assets(document, look.assets)
    return Source.of(document, look)


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
