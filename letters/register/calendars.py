"""What an office's calendar says otherwise than the usual one → an event of the register when that has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, select

from letters.register.entries import Actor, Event
from letters.register.events import event_row
from letters.register.schema import as_stored, events

CalendarChanges: TypeAlias = Sequence[Mapping[str, object]]
CHANGED = "calendar-changed"


def keep_changes(connection: Connection, changes: CalendarChanges, now: datetime, actor: Actor) -> None:
    """Enter an event with `changes`, unless they are those of the last such event; none at first need no event."""
    details = as_stored({"changes": [dict(change) for change in changes]})
    before = read_changes(connection)
    if details["changes"] != (before[-1].details["changes"] if before else []):
        connection.execute(events.insert(), event_row(actor, now, None, CHANGED, details))


def read_changes(connection: Connection) -> list[Event]:
    """Return the events of changed calendars, oldest first."""
    of_the_whole = events.c.letter_id.is_(None)  # few, and found by their index
    query = select(events).where(of_the_whole, events.c.what == CHANGED).order_by(events.c.id)
    return [Event(*row) for row in connection.execute(query)]
