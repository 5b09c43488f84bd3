"""What goes into the register and what comes out of it, as plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from letters.model.letter import LetterFile, LetterNumber, State
from letters.register.numbering import Pattern


@dataclass(frozen=True, slots=True)
class Actor:
    """Who works on the register, and with what; stands in every event."""

    user: str
    host: str
    program: str
    """Name and version: `letters 0.1.0`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One letter that needs an entry. (batch, key) is what makes repeating a command harmless."""

    batch: str
    """Stable id of the batch: the same command over the same letters has the same id."""
    key: str
    """Recipient's `kode`; empty for the one letter of a batch without recipients."""
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
    snapshot: Mapping[str, object] = field(default_factory=dict)
    """Everything needed to print the same letter again: str, int, float, bool, None, date, datetime, list, dict."""
    template_sha256: str = ""
    urgency: str = ""
    """`sifat`: Biasa, Segera, …"""
    attachment: str = ""
    """`lampiran`, as printed."""

    def __post_init__(self) -> None:
        """Refuse a series without pattern and a pattern without series."""
        if bool(self.series) != (self.pattern is not None):
            raise ValueError(f"series {self.series!r} with pattern {self.pattern!r}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the register."""

    id: int
    batch: str
    key: str
    number: LetterNumber | None
    """None for a document without number."""
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
    created_at: datetime
    issued_at: datetime | None
    void_reason: str
    """Empty unless the state is void."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries to list; what is empty does not matter, what is given must all hold."""

    year: int | None = None
    """Year of the letter's date."""
    series: str | None = None
    """Name of the series; empty = only documents without number."""
    stage: str = ""
    kind: str = ""
    template: str = ""
    state: State | None = None
    batch: str = ""
    recipient: str = ""
    """Part of the printed name or of the key, in any case."""
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
    """`reserved`, `issued`, `files-added`, `void`."""
    details: Mapping[str, object]
