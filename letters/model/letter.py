"""A letter's own data: its recipient, its number, its properties, and the files made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from letters.errors import Place


@dataclass(frozen=True, slots=True)
class Recipient:
    """One row of the recipients table."""

    key: str
    """`kode`: stable and unique in the table; binds the letter number to the row."""
    group: str
    """`kelompok`: audience group, an id such as `camat`."""
    fields: Mapping[str, str]
    """Every column of the table as text, by identifier (`jabatan`, `instansi`, …), `kode` and `kelompok` included."""
    place: Place = field(default_factory=Place, compare=False)
    """Where the row stands: file, sheet, row."""


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """A number of a series, both as parts and as printed."""

    series: str
    """Name of the series in letters.toml (`surat`)."""
    period: str
    """What the count restarts by, with what it is kept apart by: `2024`, `2024|PM`; empty = never restarts."""
    order: int
    """Running number in series and period, from 1."""
    text: str
    """As printed: `001/PM.00.02/K.JI-08/09/2024`."""


class State(StrEnum):
    """Where a letter stands in its life; the values are what the register stores and shows."""

    BOOKED = "booked"
    """Set aside for a person or a purpose (pesan); no letter has the number yet."""
    RESERVED = "reserved"
    """Taken by a letter whose files are still to be written, for the first time or anew."""
    ISSUED = "issued"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says about itself (DOCX core properties, PDF metadata)."""

    title: str
    subject: str = ""
    author: str = ""
    identifier: str = ""
    """Unique and stable text of this letter; the PDF identifier is made from it."""
    created: datetime = datetime(1980, 1, 1)
    """Date of the letter at noon without zone, never the clock: the same letter gives the same bytes."""
    language: str = "id-ID"


@dataclass(frozen=True, slots=True)
class LetterFile:
    """One file of a letter, as bytes or as written."""

    format: str
    """`docx` or `pdf`."""
    path: str
    """Relative to the workspace, with `/`."""
    sha256: str
    size: int
    """In bytes."""
    recipient: str = ""
    """`kode` of the recipient whose copy this is, where one letter has many; mostly empty."""
