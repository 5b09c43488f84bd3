"""Something that happens to the register → a row that stays: who, when, with what program, what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from letters.register.entries import Actor, Event
from letters.register.schema import events


def event_row(
    actor: Actor, now: datetime, letter_id: int | None, what: str, details: Mapping[str, object]
) -> dict[str, object]:
    """Return the row of one event, to be inserted in the transaction of the change itself."""
    return {
        "at": now,
        "user_name": actor.user,
        "host": actor.host,
        "program": actor.program,
        "letter_id": letter_id,
        "what": what,
        "details": dict(details),
    }


def read_events(connection: Connection, entry_id: int | None) -> list[Event]:
    """Return the events of one entry, or all, oldest first."""
    query = select(events).order_by(events.c.id)
    if entry_id is not None:
        query = query.where(events.c.letter_id == entry_id)
    return [Event(*row) for row in connection.execute(query)]
