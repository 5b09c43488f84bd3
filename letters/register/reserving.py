"""Requests → entries with numbers, inside one transaction: a count rises together with its rows, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, select

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import queries
from letters.register.counting import hold_batches, raise_count
from letters.register.entries import Actor, Entry, Request
from letters.register.events import event_row
from letters.register.rows import Made, Taken, insert, keep_contents, letter_row
from letters.register.schema import CHUNK, events, letters, number_key

Key: TypeAlias = tuple[str, str]
"""(batch, recipient key)."""


def reserve(
    connection: Connection, requests: Sequence[Request], now: datetime, actor: Actor, *, snapshots: bool
) -> list[Entry]:
    """Return the entry of each request, in order; those whose (batch, key) is not there yet get the next numbers."""
    hold_batches(connection, {request.batch for request in requests}, now, actor)
    found = existing(connection, requests, snapshots=snapshots)
    new = [request for request in requests if _key(request) not in found]
    if new:
        taken = _take(connection, new)
        check_free(connection, [number.text for number in taken if number])
        pairs = zip(new, taken, strict=True)
        insert(connection, letters, (letter_row(request, number, State.RESERVED, now) for request, number in pairs))
        _describe(connection, new, now, actor)
        found |= existing(connection, new, snapshots=snapshots)
    return [found[_key(request)] for request in requests]


def existing(connection: Connection, requests: Sequence[Request], *, snapshots: bool = True) -> dict[Key, Entry]:
    """Return the entries that `requests` already have, by (batch, key)."""
    found = (entry for wanted in _wanted(requests) for entry in queries.entries(connection, wanted, snapshots))
    return {(entry.batch, entry.key): entry for entry in found}


def check_free(connection: Connection, texts: Sequence[str]) -> None:
    """Refuse numbers that other letters bear since they were renumbered. Raises RegisterError."""
    keys = [number_key(text) for text in texts]
    borne = [
        entry
        for start in range(0, len(keys), CHUNK)
        for entry in queries.entries(connection, letters.c.final_key.in_(keys[start : start + CHUNK]), snapshots=False)
    ]
    if borne:
        raise RegisterError(*(_borne(entry) for entry in borne))


def _key(request: Request) -> Key:
    return request.batch, request.key


def _wanted(requests: Sequence[Request]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that together hold for the letters of `requests`, none of them too long for SQLite."""
    for batch in dict.fromkeys(request.batch for request in requests):
        keys = [request.key for request in requests if request.batch == batch]
        for start in range(0, len(keys), CHUNK):
            yield and_(letters.c.batch == batch, letters.c.recipient_key.in_(keys[start : start + CHUNK]))


def _take(connection: Connection, requests: Sequence[Request]) -> list[Taken | None]:
    """Return the number of each request, raising the counts; None for documents without number."""
    wanted = Counter((request.series, request.period) for request in requests if request.series)
    starts = {(request.series, request.period): request.start for request in requests}
    # always in the same order, or two batches on one PostgreSQL could wait for each other for ever
    following = {count: raise_count(connection, count, starts[count], wanted[count]) for count in sorted(wanted)}
    taken: list[Taken | None] = []
    for request in requests:
        if request.pattern is None:
            taken.append(None)
            continue
        count = request.series, request.period
        taken.append(Taken(following[count], "", request.pattern.format(following[count], request.day, request.parts)))
        following[count] += 1
    return taken


def _describe(connection: Connection, requests: Sequence[Request], now: datetime, actor: Actor) -> None:
    """Keep what each new letter is made of, and the event that it was reserved."""
    ids = _ids(connection, requests)
    keep_contents(connection, [Made(ids[_key(request)][0], 1, request) for request in requests], now)
    happened = (
        event_row(actor, now, letter_id, "reserved", {"number": number, "batch": batch, "key": key})
        for (batch, key), (letter_id, number) in ids.items()
    )
    insert(connection, events, happened)


def _ids(connection: Connection, requests: Sequence[Request]) -> dict[Key, tuple[int, str | None]]:
    """Return (id, number) of the rows of `requests`, in their order."""
    columns = select(letters.c.batch, letters.c.recipient_key, letters.c.id, letters.c.number)
    rows = (row for wanted in _wanted(requests) for row in connection.execute(columns.where(wanted)))
    found = {(row.batch, row.recipient_key): (row.id, row.number) for row in rows}
    return {_key(request): found[_key(request)] for request in requests}


def _borne(entry: Entry) -> Problem:
    return Problem(
        "register.number-borne",
        N_("The next number would be {number}, which the letter #{id} to {recipient} bears since it was renumbered."),
        N_("Book the numbers up to {number}, make that one void, and run the command again."),
        params={"number": entry.label, "id": entry.id, "recipient": entry.recipient},
    )
