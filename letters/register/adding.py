"""One letter with a number that is known already → its row, its contents, its event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, select

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import queries
from letters.register.counting import Count
from letters.register.entries import Actor, Entry, Request
from letters.register.events import event_row
from letters.register.rows import Made, Taken, keep_contents, letter_row
from letters.register.schema import events, letters


def add(connection: Connection, request: Request, taken: Taken, state: State, now: datetime) -> int:
    """Enter a letter under `taken` and return its id."""
    made = connection.execute(letters.insert(), letter_row(request, taken, state, now)).inserted_primary_key
    assert made is not None
    letter_id: int = made[0]
    if state is not State.BOOKED:  # a booked number has no contents yet
        keep_contents(connection, [Made(letter_id, 1, request)], now)
    return letter_id


def happened(
    connection: Connection, now: datetime, actor: Actor, letter_id: int | None, what: str, details: Mapping[str, object]
) -> None:
    """Keep one event."""
    connection.execute(events.insert(), event_row(actor, now, letter_id, what, details))


def at(connection: Connection, count: Count, order: int, suffix: str = "") -> Entry | None:
    """Return the entry with this running number."""
    series, period = count
    this = and_(letters.c.series == series, letters.c.period == period, letters.c.order_no == order)
    found = queries.entries(connection, and_(this, letters.c.suffix == suffix))
    return found[0] if found else None


def suffixes(connection: Connection, count: Count, order: int) -> set[str]:
    """Return the suffixes that inserted letters after this running number bear, in capitals."""
    series, period = count
    this = and_(letters.c.series == series, letters.c.period == period, letters.c.order_no == order)
    return {suffix.upper() for suffix in connection.scalars(select(letters.c.suffix).where(this)) if suffix}


def refuse(problems: Sequence[Problem]) -> None:
    """Raise RegisterError with `problems` if there are any."""
    if problems:
        raise RegisterError(*problems)


def other_count(entry: Entry, request: Request) -> Problem:
    """Return the refusal of a letter that belongs to another count than the number it is to bear."""
    series = entry.number.series if entry.number else ""
    period = entry.number.period if entry.number else ""
    return Problem(
        "register.other-count",
        N_("{number} belongs to the series {series} (count {period}), the letter to {other} (count {other_period})."),
        N_("Check the number, and the date and classification of the letter."),
        params={
            "number": entry.label,
            "series": series or "-",
            "period": period or "-",
            "other": request.series or "-",
            "other_period": request.period or "-",
        },
    )
