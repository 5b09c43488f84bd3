"""Requests → entries with numbers, inside one transaction: a count rises together with its rows, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, func, select

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import queries
from letters.register.checking import asked_twice, check
from letters.register.counting import Count, begin, hold, hold_batches, late_start, raise_to
from letters.register.entries import Actor, Entry, Request
from letters.register.events import event_row
from letters.register.rows import Made, Taken, insert, keep_contents, letter_row
from letters.register.schema import CHUNK, events, letters, number_key

Key: TypeAlias = tuple[str, str]
"""(batch, recipient key)."""


def reserve(
    connection: Connection, requests: Iterable[Request], heads: Sequence[Request], now: datetime, actor: Actor
) -> None:
    """Enter those of `requests` whose (batch, key) is not there yet, with the next numbers, in order.

    `heads` name the batches and the counts, which are held before the first number is taken: always in the same order,
    or two programs on one PostgreSQL could wait for each other for ever.
    """
    hold_batches(connection, {head.batch for head in heads}, now, actor)
    counts = _Counts(connection, heads, _there(connection, heads))
    newest = connection.execute(select(func.max(letters.c.id))).scalar() or 0
    rest = iter(requests)
    while some := list(islice(rest, CHUNK)):
        check(some)
        there = _there(connection, some)
        _refuse_twice(key for key, entry_id in there.items() if entry_id > newest)
        _enter(connection, [request for request in some if _key(request) not in there], counts, now, actor)
    counts.keep()


def _enter(connection: Connection, new: Sequence[Request], counts: _Counts, now: datetime, actor: Actor) -> None:
    """Enter `new` requests, none of them too long for one question to SQLite."""
    taken = [counts.take(request) for request in new]
    check_free(connection, [number.text for number in taken if number])
    pairs = zip(new, taken, strict=True)
    insert(connection, letters, (letter_row(request, number, State.RESERVED, now) for request, number in pairs))
    _describe(connection, new, now, actor)


class _Counts:
    """The counts of a transaction, held from its beginning; they are raised once, at its end."""

    def __init__(self, connection: Connection, heads: Sequence[Request], there: Container[Key]) -> None:
        """Hold the counts of `heads`, and begin those of heads that are not `there` yet."""
        self._connection = connection
        self._last: dict[Count, int] = {}
        """The last number that was taken before."""
        self._taken: Counter[Count] = Counter()
        starts = {_count(head): head.start for head in heads if head.series and _key(head) not in there}
        for count in sorted({_count(head) for head in heads if head.series}):
            if count in starts:
                self._last[count] = begin(connection, count, starts[count]).last
            elif begun := hold(connection, count):
                self._last[count] = begun.last

    def take(self, request: Request) -> Taken | None:
        """Return the next number for `request`; None for a document without number.

        Raises RegisterError if its count would have to jump to `start`.
        """
        if request.pattern is None:
            return None
        count = _count(request)
        if count not in self._last:  # its head was entered under another count, by another program
            self._last[count] = begin(self._connection, count, request.start).last
        last = self._last[count] + self._taken[count]
        if request.start > last + 1:
            raise RegisterError(late_start(count, request.start, last))
        self._taken[count] += 1
        order = last + 1
        return Taken(order, "", request.pattern.format(order, request.day, request.parts))

    def keep(self) -> None:
        """Raise the counts to the last numbers taken."""
        for count, taken in self._taken.items():
            raise_to(self._connection, count, self._last[count] + taken)


def existing(connection: Connection, requests: Sequence[Request]) -> dict[Key, Entry]:
    """Return the entries that `requests` already have, by (batch, key)."""
    found = (entry for wanted in _wanted(requests) for entry in queries.entries(connection, wanted))
    return {(entry.batch, entry.key): entry for entry in found}


def _there(connection: Connection, requests: Sequence[Request]) -> dict[Key, int]:
    """Return the ids of the entries that `requests` already have, by (batch, key)."""
    columns = select(letters.c.batch, letters.c.recipient_key, letters.c.id)
    return {
        (row.batch, row.recipient_key): row.id
        for wanted in _wanted(requests)
        for row in connection.execute(columns.where(wanted))
    }


def _refuse_twice(keys: Iterable[Key]) -> None:
    """Raise RegisterError for `keys` that were entered a moment ago, in the same transaction."""
    if problems := [asked_twice(*key) for key in keys]:
        raise RegisterError(*problems)


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


def _count(request: Request) -> Count:
    return request.series, request.period


def _wanted(requests: Sequence[Request]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that together hold for the letters of `requests`, none of them too long for SQLite."""
    for batch in dict.fromkeys(request.batch for request in requests):
        keys = [request.key for request in requests if request.batch == batch]
        for start in range(0, len(keys), CHUNK):
            yield and_(letters.c.batch == batch, letters.c.recipient_key.in_(keys[start : start + CHUNK]))


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
