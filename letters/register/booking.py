"""Numbers set aside before there are letters for them (pesan) → booked entries; later each is filled by a letter."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import counting, finding, queries
from letters.register.adding import add, happened, other_count
from letters.register.dating import before_last
from letters.register.entries import BOOKINGS, Actor, Booking, Done, Entry, Request
from letters.register.reserving import check_free, existing
from letters.register.rows import Made, Taken, bound, description, keep_contents
from letters.register.schema import letters, number_key, one_line


def book(connection: Connection, booking: Booking, now: datetime, actor: Actor) -> list[Entry]:
    """Return `booking.count` booked entries with the next numbers; they belong to no batch until they are filled.

    Their recipient is for whom they are booked, their subject the purpose.
    """
    counting.hold_batches(connection, {BOOKINGS}, now, actor)
    count = booking.series, booking.period
    first = counting.raise_count(connection, count, booking.start, booking.count)
    ids = [_book_one(connection, booking, order, now, actor) for order in range(first, first + booking.count)]
    return [queries.by_id(connection, letter_id) for letter_id in ids]


def fill(connection: Connection, number: str, request: Request, now: datetime, actor: Actor) -> Done:
    """Give a booked number to the letter of `request`, which must print just that number; return its entry.

    Doing it again for the same (batch, key) changes nothing. Raises RegisterError when the number is unknown, is not
    booked, belongs to another count or would be printed differently, or when the letter has another number.
    """
    counting.hold_batches(connection, {request.batch}, now, actor)
    entry = queries.held(connection, [finding.one(connection, number, whole=True).id]).popitem()[1]
    if found := existing(connection, [request]):
        if found.popitem()[1].id != entry.id:
            raise RegisterError(_has_another(request, entry))
        return Done(queries.by_id(connection, entry.id))
    _check_fits(entry, request)
    check_free(connection, [entry.label])
    use(connection, entry, request, State.RESERVED, now)
    details = {"number": entry.label, "batch": request.batch, "key": request.key}
    happened(connection, now, actor, entry.id, "filled", details)
    warnings = before_last(connection, counting.count_of(entry), request.day, but=entry.id)
    return Done(queries.by_id(connection, entry.id), tuple(warnings))


def use(connection: Connection, entry: Entry, request: Request, state: State, now: datetime) -> None:
    """Write the letter of `request` into the row of a booked number."""
    values = {**bound(request), **description(request), "state": state.value}
    values["issued_at"] = now if state is State.ISSUED else None
    connection.execute(letters.update().where(letters.c.id == entry.id).values(**values))
    keep_contents(connection, [Made(entry.id, 1, request)], now)


def _book_one(connection: Connection, booking: Booking, order: int, now: datetime, actor: Actor) -> int:
    text = booking.pattern.format(order, booking.day, booking.parts)
    request = Request(
        batch=BOOKINGS,
        key=f"{booking.series}|{booking.period}|{order}",
        series=booking.series,
        pattern=booking.pattern,
        start=booking.start,
        period=booking.period,
        day=booking.day,
        parts=booking.parts,
        recipient=one_line(booking.for_whom),
        template="",
        kind="",
        subject=one_line(booking.purpose),
    )
    letter_id = add(connection, request, Taken(order, "", text), State.BOOKED, now)
    details = {"number": text, "for": request.recipient, "purpose": request.subject}
    happened(connection, now, actor, letter_id, "booked", details)
    return letter_id


def _check_fits(entry: Entry, request: Request) -> None:
    if entry.state is not State.BOOKED or not entry.number:
        raise RegisterError(_not_booked(entry))
    if counting.count_of(entry) != (request.series, request.period) or request.pattern is None:
        raise RegisterError(other_count(entry, request))
    text = request.pattern.format(entry.number.order, request.day, request.parts, entry.suffix)
    if number_key(text) != number_key(entry.label):
        raise RegisterError(_prints_another(entry, text))


# -- problems ------------------------------------------------------------------------------------------


def _not_booked(entry: Entry) -> Problem:
    return Problem(
        "register.not-booked",
        N_("The number {number} is not booked: it belongs to {recipient} and is {state}."),
        N_("Choose a booked number, or let the letter take the next one."),
        params={"number": entry.label, "recipient": entry.recipient, "state": entry.state},
    )


def _prints_another(entry: Entry, text: str) -> Problem:
    return Problem(
        "register.prints-another",
        N_("The number is booked as {number}, but this letter would print {text}."),
        N_("Give the letter the date and classification the number was booked for, or make the booking void."),
        params={"number": entry.label, "text": text},
    )


def _has_another(request: Request, entry: Entry) -> Problem:
    return Problem(
        "register.has-another",
        N_("The letter to {recipient} already has a number of its own and cannot take {number}."),
        N_("Keep the number it has; to write to this recipient anew, name a second round."),
        params={"recipient": request.recipient, "number": entry.label},
    )
