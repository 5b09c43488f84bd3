"""Family and style → ascent and descent of the face Typst will draw with, read from the font's own tables.

Typst takes the height of a line from lengths it is given. CSS puts the baseline where ascent and descent of the face
say; the tables are those HarfBuzz asks, so that a line stands where WeasyPrint has it.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from letters.writers.fonts import family_list

_BOLD = 700
_USE_TYPOGRAPHIC = 1 << 7
"""Bit of `OS/2.fsSelection`: take the typographic metrics."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a face reaches above and below the baseline, in ems, both positive."""

    ascent: float
    descent: float


UNKNOWN = Extent(0.93, 0.25)
"""For a face that is not on this machine: what stands in for it is Typst's to choose."""


@lru_cache
def fonts() -> typst.Fonts:
    """Return the fonts of this machine's font folders. The wheel's own are left out: they are no letter's."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def drawn_family(families: Sequence[str]) -> str:
    """Return the first of `families` that this machine has; empty if it has none of them."""
    known = {family.casefold(): family for family in fonts().families()}
    return next((known[name.casefold()] for name in families if name.casefold() in known), "")


@lru_cache
def extent(family: str, bold: bool = False, italic: bool = False) -> Extent:
    """Return the extent of `family`, or of the twin that stands in for it on this machine."""
    face = _face(family_list(family), bold, italic)
    return UNKNOWN if face is None or face.path is None else read_extent(Path(face.path).read_bytes(), face.index)


def _face(families: Sequence[str], bold: bool, italic: bool) -> typst.FontInfo | None:
    """Return the first family's nearest face, as Typst picks it: style before weight."""
    for family in families:
        found = [face for face in fonts().fonts() if face.family.casefold() == family.casefold()]
        if found:
            weight = _BOLD if bold else 400
            return min(found, key=lambda face: ((face.style != "normal") != italic, abs(face.weight - weight)))
    return None


def read_extent(data: bytes, index: int = 0) -> Extent:
    """Return the extent of face `index` in the file of an OpenType font or collection."""
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
    tables = _tables(data, start)
    (units,) = struct.unpack_from(">H", data, tables["head"] + 18)
    ascent, descent = struct.unpack_from(">hh", data, tables["hhea"] + 4)
    if "OS/2" in tables:
        (selection,) = struct.unpack_from(">H", data, tables["OS/2"] + 62)
        if selection & _USE_TYPOGRAPHIC:
            ascent, descent = struct.unpack_from(">hh", data, tables["OS/2"] + 68)
    return Extent(ascent / units, -descent / units)


def _tables(data: bytes, start: int) -> dict[str, int]:
    """Return where each table of a face begins."""
    (count,) = struct.unpack_from(">H", data, start + 4)
    rows = (struct.unpack_from(">4sIII", data, start + 12 + 16 * row) for row in range(count))
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in rows}
