"""Requests → entries with numbers, inside one transaction: a count rises together with its rows, or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, and_, select

from letters.errors import N_, Place, Problem, RegisterError, SettingsError
from letters.model.letter import State
from letters.register import queries
from letters.register.databases import insert_if_absent
from letters.register.entries import Actor, Entry, Request
from letters.register.events import event_row
from letters.register.schema import batches, counters, events, letters, number_key, versions

Key: TypeAlias = tuple[str, str]
"""(batch, recipient key), or (series, period)."""
CHUNK = 500
"""Values in one IN (…); SQLite before 3.32 takes no more than 999."""

_UNSTORABLE = re.compile("[\\x00\ud800-\udfff]")


def check(requests: Sequence[Request]) -> None:
    """Look at `requests` by themselves, before the register is asked.

    Raises SettingsError for codes the patterns cannot print, RegisterError for what the register could not hold.
    """
    codes = [problem for request in requests if request.pattern for problem in _code_problems(request)]
    if codes:
        raise SettingsError(*_once(codes))
    problems = [_asked_twice(key) for key, count in Counter(map(_key, requests)).items() if count > 1]
    problems += [_bad_start(request) for request in requests if request.start < 1]
    problems += [_bad_text(request, name) for request in requests for name in _unstorable(request)]
    if problems:
        raise RegisterError(*_once(problems))


def reserve(connection: Connection, requests: Sequence[Request], now: datetime, actor: Actor) -> list[Entry]:
    """Return the entry of each request, in order; those whose (batch, key) is not there yet get the next numbers."""
    _hold_batches(connection, {request.batch for request in requests}, now, actor)
    existing = _entries(connection, requests)
    new = [request for request in requests if _key(request) not in existing]
    if new:
        orders = _take(connection, new)
        rows = [_row(request, order, now) for request, order in zip(new, orders, strict=True)]
        connection.execute(letters.insert(), rows)
        _describe(connection, new, now, actor)
        existing |= _entries(connection, new)
    return [existing[_key(request)] for request in requests]


def _key(request: Request) -> Key:
    return request.batch, request.key


def _code_problems(request: Request) -> list[Problem]:
    return request.pattern.code_problems(request.parts) if request.pattern else []


def _unstorable(request: Request) -> list[str]:
    """Return the names of texts that no database keeps as they are: NUL and halves of characters."""
    texts = {field.name: getattr(request, field.name) for field in fields(request)}
    return [name for name, text in texts.items() if isinstance(text, str) and _UNSTORABLE.search(text)]


def _once(problems: Iterable[Problem]) -> list[Problem]:
    return list({(problem.code, str(problem)): problem for problem in problems}.values())


def _wanted(requests: Sequence[Request]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that together hold for the letters of `requests`, none of them too long for SQLite."""
    for batch in dict.fromkeys(request.batch for request in requests):
        keys = [request.key for request in requests if request.batch == batch]
        for start in range(0, len(keys), CHUNK):
            yield and_(letters.c.batch == batch, letters.c.recipient_key.in_(keys[start : start + CHUNK]))


def _hold_batches(connection: Connection, names: Iterable[str], now: datetime, actor: Actor) -> None:
    """Note each batch once and hold it to the end: a second run of the same command waits here, then finds the rows."""
    for name in sorted(names):
        row = {"id": name, "created_at": now, **_who(actor)}
        connection.execute(insert_if_absent(connection, batches), row)
        connection.execute(select(batches.c.id).where(batches.c.id == name).with_for_update())


def _entries(connection: Connection, requests: Sequence[Request]) -> dict[Key, Entry]:
    """Return the entries that `requests` already have, by (batch, key)."""
    found = (entry for wanted in _wanted(requests) for entry in queries.entries(connection, wanted))
    return {(entry.batch, entry.key): entry for entry in found}


# -- counts --------------------------------------------------------------------------------------------


def _take(connection: Connection, requests: Sequence[Request]) -> list[int | None]:
    """Return the running number of each request, raising the counts; None for documents without number."""
    wanted = Counter((request.series, request.period) for request in requests if request.series)
    starts = {(request.series, request.period): request.start for request in requests}
    # always in the same order, or two batches on one PostgreSQL could wait for each other for ever
    following = {count: _raise_count(connection, count, starts[count], wanted[count]) for count in sorted(wanted)}
    orders: list[int | None] = []
    for request in requests:
        count = request.series, request.period
        orders.append(following.get(count))
        if request.series:
            following[count] += 1
    return orders


def _raise_count(connection: Connection, count: Key, start: int, by: int) -> int:
    """Take `by` numbers of a count and return the first of them; its row stays locked until the transaction ends."""
    series, period = count
    this = and_(counters.c.series == series, counters.c.period == period)
    fresh = {"series": series, "period": period, "start_no": start, "last_no": start - 1}
    connection.execute(insert_if_absent(connection, counters), fresh)
    last: int = connection.execute(select(counters.c.last_no).where(this).with_for_update()).scalar_one()
    if start > last + 1:
        raise RegisterError(late_start(series, period, start, last))
    connection.execute(counters.update().where(this).values(last_no=last + by))
    return last + 1


# -- rows ----------------------------------------------------------------------------------------------


def _row(request: Request, order: int | None, now: datetime) -> dict[str, object]:
    number = request.pattern.format(order, request.day, request.parts) if request.pattern and order else None
    return {
        "batch": request.batch,
        "recipient_key": request.key,
        "series": request.series,
        "period": request.period if request.series else "",
        "order_no": order,
        "suffix": "",
        "number": number,
        "number_key": number and number_key(number),
        "state": State.RESERVED.value,
        "day": request.day,
        "kind": request.kind,
        "template": request.template,
        "template_sha256": request.template_sha256,
        "subject": request.subject,
        "recipient": request.recipient,
        "election": request.election,
        "stage": request.stage,
        "signatory": request.signatory,
        "classification": request.parts.get("klasifikasi", ""),
        "code": request.parts.get("kode", ""),
        "urgency": request.urgency,
        "attachment": request.attachment,
        "version": 1,
        "created_at": now,
        "issued_at": None,
        "void_reason": "",
    }


def _describe(connection: Connection, requests: Sequence[Request], now: datetime, actor: Actor) -> None:
    """Keep what each new letter is made of, and the event that it was reserved."""
    ids = _ids(connection, requests)
    snapshots = [
        {
            "letter_id": ids[_key(request)][0],
            "version": 1,
            "template": request.template,
            "template_sha256": request.template_sha256,
            "snapshot": dict(request.snapshot),
            "created_at": now,
        }
        for request in requests
    ]
    connection.execute(versions.insert(), snapshots)
    happened = [
        event_row(actor, now, letter_id, "reserved", {"number": number, "batch": batch, "key": key})
        for (batch, key), (letter_id, number) in ids.items()
    ]
    connection.execute(events.insert(), happened)


def _ids(connection: Connection, requests: Sequence[Request]) -> dict[Key, tuple[int, str | None]]:
    """Return (id, number) of the rows of `requests`, in their order."""
    columns = select(letters.c.batch, letters.c.recipient_key, letters.c.id, letters.c.number)
    rows = (row for wanted in _wanted(requests) for row in connection.execute(columns.where(wanted)))
    found = {(row.batch, row.recipient_key): (row.id, row.number) for row in rows}
    return {_key(request): found[_key(request)] for request in requests}


def _who(actor: Actor) -> dict[str, str]:
    return {"user_name": actor.user, "host": actor.host, "program": actor.program}


# -- problems ------------------------------------------------------------------------------------------


def _asked_twice(key: Key) -> Problem:
    return Problem(
        "register.asked-twice",
        N_("The recipient code “{key}” stands twice in the batch {batch}."),
        N_("Give each row of the recipients table a code of its own."),
        params={"batch": key[0], "key": key[1]},
    )


def _bad_start(request: Request) -> Problem:
    return Problem(
        "register.start",
        N_("The series {series} cannot start at {start}."),
        N_("Set `mulai` to 1 or to the first number not yet used on paper."),
        params={"series": request.series, "start": request.start},
    )


def _bad_text(request: Request, name: str) -> Problem:
    return Problem(
        "register.text",
        N_("The {name} of a letter holds a character that cannot be stored."),
        N_("Type it anew; such characters come from a file read with the wrong encoding."),
        Place(key=ascii(request.key)[1:-1]),
        {"name": name},
    )


def late_start(series: str, period: str, start: int, last: int) -> Problem:
    """Return the refusal to jump over numbers because `mulai` was raised after the count had begun."""
    return Problem(
        "register.late-start",
        N_("The series {series} (count {period}) already stands at {last}; starting at {start} would leave a gap."),
        N_("Set `mulai` back: it only matters before the first number of a count is taken."),
        params={"series": series, "period": period or "-", "start": start, "last": last},
    )
