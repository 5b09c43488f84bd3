"""The document tree: what a letter says and how it is built, owned by neither reader nor writer.

A tree is a *shape*: the text of the template with a `Value` node wherever a recipient's value goes. Many
letters share one shape; their values travel beside it as a sequence of strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

# -- inlines ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the template, without line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """The place of a value: printed exactly as it stands; a line feed in it is a line break."""

    index: int
    """Position in the letter's sequence of values, from 0."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold: `**…**`."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Italic: `*…*` or `_…_`."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Underline:
    """Underlined: `__…__` (CommonMark would make it bold; letters need the underline)."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced new line inside a paragraph: a backslash or two spaces at the end of a line."""


@dataclass(frozen=True, slots=True)
class Fill:
    """`>>` between blanks: what follows stands at the right margin of the same line (place and date)."""


Inline: TypeAlias = Text | Value | Strong | Emphasis | Underline | LineBreak | Fill

# -- blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; how it looks follows from the regions around it."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is the title of the document (SURAT EDARAN), 2 its sections (A., B.)."""

    level: int
    """1 to 6."""
    children: tuple[Inline, ...]


class Numeral(StrEnum):
    """How the running part of a list label is counted; the values are CSS counter style names."""

    DECIMAL = "decimal"
    LOWER_ALPHA = "lower-alpha"
    UPPER_ALPHA = "upper-alpha"
    LOWER_ROMAN = "lower-roman"
    UPPER_ROMAN = "upper-roman"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Scheme:
    """The author's way of labelling a list: `1.`, `a)`, `(1)`, `A.`, `I.` …"""

    numeral: Numeral
    prefix: str = ""
    """`(` or nothing."""
    suffix: str = "."
    """`.` or `)`; nothing for bullets."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item with the number its author gave it; numbers rise but may skip (b, c, g, j)."""

    number: int
    """1 for `1`, `a`, `A`, `I`; 0 for bullets."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A list of one scheme. A list that continues an earlier one simply starts at a higher number."""

    scheme: Scheme
    items: tuple[ListItem, ...]


class Align(StrEnum):
    """Horizontal place of a table cell's text; the values are CSS `text-align` names."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; its head row repeats on every page."""

    head: tuple[Cell, ...]
    """Cells of the heading row."""
    rows: tuple[tuple[Cell, ...], ...]
    """Every row has as many cells as the head."""
    aligns: tuple[Align, ...]
    """One per column."""
    widths: tuple[int, ...]
    """Relative widths, one per column: the count of dashes in the author's separator line."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a field block: label, colon, value (`Hal : Imbauan …`)."""

    label: tuple[Inline, ...]
    value: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines with aligned colons; a long value hangs under itself."""

    rows: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, by the name of an asset (`logo`), never by a path."""

    source: str
    """Name of the asset."""
    alt: tuple[Inline, ...]
    """Words for those who cannot see it: `Text` and `Value` only."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """`---`: what follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Region:
    """A named part of the letter (`::: kop`); its names are the classes the stylesheet speaks of."""

    names: tuple[str, ...]
    """One or more names, first the main one."""
    blocks: tuple[Block, ...]


Block: TypeAlias = Paragraph | Heading | List | Table | Fields | Image | PageBreak | Region


@dataclass(frozen=True, slots=True)
class Document:
    """A whole letter as a shape."""

    blocks: tuple[Block, ...]
