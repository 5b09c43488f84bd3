"""What a Word document is made of here: paragraphs and grids with everything said about them, before any XML.

Lengths are whole twips (1/20 pt), the unit of WordprocessingML; a size of type is in half-points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from letters.model.document import Scheme

TWIPS = 20
"""Twips in a point."""


def twips(points: float) -> int:
    """Return `points` in whole twips."""
    return round(points * TWIPS)


@dataclass(frozen=True, slots=True)
class Face:
    """How characters look."""

    family: str
    size: int
    """In half-points."""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    caps: bool = False
    small_caps: bool = False
    color: str = "000000"
    spacing: int = 0
    """Extra room after each character, in twips."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line above or below a paragraph, or around a grid."""

    style: str
    """Word's name: `single`, `double`, `thickThinSmallGap` …"""
    width: int
    """In eighths of a point."""
    space: int = 0
    """Room between line and text, in points (Word's own unit here)."""
    color: str = "000000"


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop, measured from the left edge of the column or cell."""

    position: int
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything a paragraph style can say. Lengths from the edges of the column or cell, in twips."""

    face: Face
    align: str = "left"
    """Word's name: `left`, `center`, `right`, `both`."""
    left: int = 0
    right: int = 0
    first: int = 0
    """First line against the others; negative = hanging."""
    before: int = 0
    after: int = 0
    line: int = 0
    """Exact height of a line; 0 = the font's own."""
    tabs: tuple[Tab, ...] = ()
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    widow_control: bool = True
    top: Edge | None = None
    bottom: Edge | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is in the letter; one role becomes one named style."""

    name: str
    """Shown in Word's list of styles: `Tanda Tangan`; a built-in name such as `heading 1` where Word has one."""
    heading: int = 0
    """Level in the navigation pane, from 1; 0 = no heading."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face. A line feed is a line break, a tab a tab, a placeholder character a value."""

    text: str
    face: Face
    field: str = ""
    """`PAGE` or `NUMPAGES`: a number Word counts; the text then is what stands there until it does."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; lengths in points."""

    source: str
    """Name of the asset."""
    alt: str
    """Its words, with attribute placeholders."""
    width: float
    height: float
    anchor: Anchor | None = None
    """Where it floats; None = it stands in the line."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place of a floating picture, in points."""

    left: float
    """From the left edge of the text."""
    top: float
    """From the top of the page if `on_page`, else from its paragraph."""
    on_page: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as Word numbers it."""

    scheme: Scheme
    left: int
    hanging: int


@dataclass(frozen=True, slots=True)
class Label:
    """The number of a list item."""

    series: int
    """Which list of the document, from 1: every list counts for itself."""
    number: int
    levels: tuple[Level, ...]
    """From the outermost list to this one."""


@dataclass(slots=True)
class Paragraph:
    """One paragraph."""

    role: Role
    shape: Shape
    content: list[Run | Picture] = field(default_factory=list)
    label: Label | None = None


@dataclass(slots=True)
class Cell:
    """One cell of a grid."""

    blocks: list[Block]
    width: int
    padding: tuple[int, int, int, int]
    """Top, right, bottom, left."""
    align: str = "top"
    """`top`, `center` or `bottom`."""


@dataclass(slots=True)
class Row:
    """One row of a grid."""

    cells: list[Cell]
    header: bool = False
    """Repeated on every page."""
    whole: bool = False
    """Never broken over pages."""
    height: int = 0
    """At least so high."""


@dataclass(slots=True)
class Grid:
    """A ruled table, or blocks side by side when it has no edge."""

    rows: list[Row]
    left: int = 0
    edge: Edge | None = None


Block: TypeAlias = Paragraph | Grid


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield every paragraph of `blocks`, those in cells included, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs(cell.blocks)
