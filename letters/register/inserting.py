"""A letter that belongs between two numbers → the next free `045.1` or `045.A` after its base (sisipan)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import product
from string import ascii_uppercase

from sqlalchemy import Connection

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import counting, finding, queries
from letters.register.adding import add, happened, other_count, suffixes
from letters.register.dating import out_of_place
from letters.register.entries import Actor, Done, Entry, Request, SuffixKind
from letters.register.reserving import check_free, existing
from letters.register.rows import Taken


def insert(connection: Connection, after: str, kind: SuffixKind, request: Request, now: datetime, actor: Actor) -> Done:
    """Return the entry of `request` under the next free suffix after the number `after`.

    A letter that is there already, by (batch, key), is returned as it is. Raises RegisterError when there is no such
    number, when the letter belongs to another count, or when all suffixes are used.
    """
    counting.hold_batches(connection, {request.batch}, now, actor)
    if found := existing(connection, [request]):
        return Done(found.popitem()[1])
    base = finding.one(connection, after)
    if not base.number or counting.count_of(base) != (request.series, request.period):
        raise RegisterError(other_count(base, request))
    counting.hold(connection, counting.count_of(base))
    taken = _next(connection, base, kind, request)
    check_free(connection, [taken.text])
    letter_id = add(connection, request, taken, State.RESERVED, now)
    details = {"number": taken.text, "after": base.label, "batch": request.batch, "key": request.key}
    happened(connection, now, actor, letter_id, "inserted", details)
    entry = queries.by_id(connection, letter_id)
    return Done(entry, tuple(out_of_place(connection, entry)))


def _next(connection: Connection, base: Entry, kind: SuffixKind, request: Request) -> Taken:
    assert base.number is not None
    assert request.pattern is not None
    order = base.number.order
    used = suffixes(connection, counting.count_of(base), order)
    free = next((suffix for suffix in _suffixes(kind) if suffix not in used), None)
    if free is None:
        raise RegisterError(_all_used(base))
    return Taken(order, free, request.pattern.format(order, request.day, request.parts, free))


def _suffixes(kind: SuffixKind) -> Iterator[str]:
    """Yield 1 to 999, or A to Z and AA to ZZ: what `Pattern` reads back."""
    if kind == "angka":
        yield from map(str, range(1, 1000))
    else:
        yield from ascii_uppercase
        yield from map("".join, product(ascii_uppercase, repeat=2))


def _all_used(base: Entry) -> Problem:
    return Problem(
        "register.suffixes-used",
        N_("Every number that can be inserted after {number} is used."),
        N_("Insert with the other kind of suffix (angka, huruf), or after another number of the same day."),
        params={"number": base.label},
    )
