"""Requests for letters → entries with numbers, kept for ever; the door of the room is `Register`.

``numbering`` (pure) knows how numbers look; ``book`` is the register itself, on SQLite or PostgreSQL.
"""

from letters.register.book import Register
from letters.register.entries import Actor, Entry, Event, Filter, Request
from letters.register.numbering import NumberParts, Pattern, main_code, period_of

__all__ = [
    "Actor",
    "Entry",
    "Event",
    "Filter",
    "NumberParts",
    "Pattern",
    "Register",
    "Request",
    "main_code",
    "period_of",
]
