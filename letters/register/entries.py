"""What goes into the register and what comes out of it, as plain frozen data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from letters.errors import Problem
from letters.model.letter import LetterFile, LetterNumber, State
from letters.register.numbering import Pattern


@dataclass(frozen=True, slots=True)
class Actor:
    """Who works on the register, and with what; stands in every event."""

    user: str
    host: str
    program: str
    """Name and version: `letters 0.1.0`."""


SuffixKind: TypeAlias = Literal["angka", "huruf"]
"""How an inserted number (sisipan) goes on: `045.1` or `045.A`."""
BOOKINGS = "#pesan"
"""Batch of numbers that are booked and not used yet; names with # are the register's own."""
OUTSIDE = "#luar"
"""Batch of letters that were made elsewhere."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """One of the recipients of a letter that goes to many under one number."""

    key: str
    """Recipient's `kode`."""
    name: str
    """Printed name."""


@dataclass(frozen=True, slots=True)
class Request:
    """One letter that needs an entry. (batch, key) is what makes repeating a command harmless."""

    batch: str
    """Stable id of the batch: the same command over the same letters has the same id; never begins with #."""
    key: str
    """Recipient's `kode`; empty for the one letter of a batch, be it to nobody or to many."""
    series: str
    """Name of the series in letters.toml; empty for a document without number."""
    pattern: Pattern | None
    """How the number is printed; None exactly when `series` is empty."""
    start: int
    """First number of a new count (`mulai`), from 1."""
    period: str
    """What `numbering.period_of` says."""
    day: date
    """Date of the letter."""
    parts: Mapping[str, str]
    """`klasifikasi` and `kode`, as the pattern prints them."""
    recipient: str
    """Printed name."""
    template: str
    kind: str
    """`jenis`: imbauan, edaran, …"""
    subject: str
    election: str = ""
    stage: str = ""
    signatory: str = ""
    """Key of the signatory in letters.toml."""
    snapshot: Mapping[str, object] | Callable[[], Mapping[str, object]] = field(default_factory=dict)
    """Everything needed to print the same letter again: str, int, float, bool, None, date, datetime, list, dict. A
    function is asked when the row is written: the snapshots of a large batch would fill the memory."""
    template_sha256: str = ""
    urgency: str = ""
    """`sifat`: Biasa, Segera, …"""
    attachment: str = ""
    """`lampiran`, as printed."""
    recipients: tuple[Addressee, ...] = ()
    """All recipients of a letter that goes to many under one number; empty for one that goes to `recipient` alone."""

    def __post_init__(self) -> None:
        """Refuse a series without pattern and a pattern without series."""
        if bool(self.series) != (self.pattern is not None):
            raise ValueError(f"series {self.series!r} with pattern {self.pattern!r}")

    def contents(self) -> dict[str, object]:
        """Return the snapshot."""
        return dict(self.snapshot() if callable(self.snapshot) else self.snapshot)


@dataclass(frozen=True, slots=True)
class Booking:
    """Numbers to set aside before there are letters for them (pesan)."""

    series: str
    pattern: Pattern
    start: int
    period: str
    day: date
    """Date printed in the numbers; the letters that use them later must print the same."""
    parts: Mapping[str, str]
    count: int
    for_whom: str
    """Who will write the letters."""
    purpose: str
    """What for."""


@dataclass(frozen=True, slots=True)
class Final:
    """The number a letter finally bears, where another system assigns it at signing."""

    old: str
    """Number the letter bears now, or its `#id`."""
    text: str
    """Number it is to bear, as printed."""
    day: date | None = None
    """Date of the letter, where signing changes that too."""
    pattern: Pattern | None = None
    """Pattern of the letter's series; with it `text` is compared with date and count where it follows the pattern."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the register."""

    id: int
    batch: str
    key: str
    number: LetterNumber | None
    """What the letter bears now; None for a document without number."""
    suffix: str
    """Of an inserted number: `1` of `045.1`; mostly empty."""
    day: date
    state: State
    recipient: str
    template: str
    template_sha256: str
    kind: str
    subject: str
    election: str
    stage: str
    signatory: str
    classification: str
    code: str
    """Signatory code as printed in the number."""
    urgency: str
    attachment: str
    version: int
    """Which version of the letter this is, from 1."""
    snapshot: Mapping[str, object]
    """As it was in the request. Empty in what `Register.list` returns: ask `show` or `find` for it."""
    files: tuple[LetterFile, ...]
    """Files of this version, by path."""
    recipients: tuple[Addressee, ...]
    """As in the request: empty for a letter to `recipient` alone."""
    former: tuple[str, ...]
    """Numbers the letter bore before it was renumbered, oldest first; the first one is that of its count."""
    created_at: datetime
    issued_at: datetime | None
    void_reason: str
    """Empty unless the state is void."""

    @property
    def label(self) -> str:
        """Return what to call the entry by: its number, or its `#id`."""
        return self.number.text if self.number else f"#{self.id}"

    @property
    def from_outside(self) -> bool:
        """Return whether the letter was made elsewhere and only recorded here."""
        return self.batch == OUTSIDE


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a letter, and what the user should know about it."""

    entry: Entry
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter left the house, as far as it is known."""

    day: date | None = None
    """When (`tanggal_kirim`)."""
    way: str = ""
    """How (`cara_kirim`): kurir, pos, surel, …"""
    handler: str = ""
    """Who saw to it (`pengolah`)."""


@dataclass(frozen=True, slots=True)
class Version:
    """One state of a letter's contents; the last one is the present one."""

    entry_id: int
    version: int
    """From 1."""
    template: str
    template_sha256: str
    snapshot: Mapping[str, object]
    reason: str
    """Why it replaced the one before; empty for the first."""
    recipients: tuple[Addressee, ...]
    files: tuple[LetterFile, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file as the register has it, to be compared with the disk."""

    entry_id: int
    label: str
    """The letter's number, or its `#id`."""
    state: State
    version: int
    is_present: bool
    """Whether it belongs to the present version of its letter."""
    file: LetterFile


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring a backup changed."""

    entries: int
    """How many letters the register has now."""
    lost: tuple[str, ...]
    """Numbers (or `#id`) that were given after the backup was made: letters with them may be out in the world."""
    aside: Path | None
    """Where the register as it was before is kept; None if it was empty."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries to list; what is empty does not matter, what is given must all hold."""

    year: int | None = None
    """Year of the letter's date."""
    since: date | None = None
    until: date | None = None
    """First and last date of the letter."""
    series: str | None = None
    """Name of the series; empty = only documents without number."""
    stage: str = ""
    kind: str = ""
    template: str = ""
    state: State | None = None
    batch: str = ""
    recipient: str = ""
    """Part of the printed name or of the key of one of the recipients, in any case."""
    text: str = ""
    """Words that stand in number, recipient, subject, kind, template, stage or reason, in any case and order."""
    limit: int | None = None
    """Only so many, the last registered ones."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; events are never changed and never deleted."""

    id: int
    at: datetime
    user: str
    host: str
    program: str
    entry_id: int | None
    what: str
    """`reserved`, `inserted`, `booked`, `filled`, `recorded`, `issued`, `files-added`, `new-version`, `renumbered`,
    `sent`, `void`; `restored` and `calendar-changed` of the whole register."""
    details: Mapping[str, object]
