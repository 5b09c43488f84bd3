"""Requests for letters → entries with numbers, kept for ever; the door of the room is `Register`.

``numbering`` (pure) knows how numbers look; ``book`` is the register itself, on SQLite or PostgreSQL.
"""

from letters.register.book import Register
from letters.register.calendars import CalendarChanges
from letters.register.entries import (
    Actor,
    Addressee,
    Booking,
    Done,
    Entry,
    Event,
    Filter,
    Final,
    KeptFile,
    Request,
    Restored,
    Sending,
    SuffixKind,
    Version,
)
from letters.register.numbering import NumberParts, Pattern, main_code, period_of

__all__ = [
    "Actor",
    "Addressee",
    "Booking",
    "CalendarChanges",
    "Done",
    "Entry",
    "Event",
    "Filter",
    "Final",
    "KeptFile",
    "NumberParts",
    "Pattern",
    "Register",
    "Request",
    "Restored",
    "Sending",
    "SuffixKind",
    "Version",
    "main_code",
    "period_of",
]
