"""What a person looks for, by filter or by number → entries; what is not found is told with what is near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true

from letters.errors import N_, Phrase, Phrases, Problem, RegisterError
from letters.model.letter import State
from letters.register.databases import fold, folded
from letters.register.entries import Entry, Filter
from letters.register.queries import entries
from letters.register.schema import letters, number_key, recipients, renumberings

ORDER = re.compile(r"(?P<order>[0-9]{1,9})(?:\.(?P<suffix>[0-9]{1,3}|[A-Za-z]))?", re.ASCII)
"""The running part of a number by itself: `45`, `045`, `045.1`, `045.A`."""
NEAR_CANDIDATES = 300
"""How many numbers are looked at for a suggestion."""
DAY = func.coalesce(letters.c.final_day, letters.c.day)
"""Date a letter bears now."""
NUMBER = func.coalesce(letters.c.final_number, letters.c.number)
"""Number a letter bears now."""
_SEARCHED = (
    *(letters.c.number, letters.c.recipient, letters.c.subject, letters.c.kind, letters.c.template),
    *(letters.c.election, letters.c.stage, letters.c.void_reason, letters.c.recipient_key),
)


def listed(connection: Connection, wanted: Filter) -> list[Entry]:
    """Return the entries `wanted` describes, without snapshots."""
    condition = _condition(connection, wanted)
    if wanted.limit is not None:
        last = select(letters.c.id).where(condition).order_by(letters.c.id.desc()).limit(max(wanted.limit, 0))
        condition = letters.c.id.in_(last.subquery().select())
    return entries(connection, condition, snapshots=False)


def one(connection: Connection, number: str, *, whole: bool = False) -> Entry:
    """Return the one entry with this number, in any case and with any blanks, this id (`#17`), or order (`45`, `45.1`).

    Who bears the number now comes before who bore it until it was renumbered. `whole` bars the order alone, for changes
    that cannot be undone: `45` might be last year's. Raises RegisterError if there is none (naming near ones) or more
    than one.
    """
    found = _bearers(connection, number_key(number))
    if not found and re.fullmatch(r"#[0-9]{1,15}", number.strip()):
        found = entries(connection, letters.c.id == int(number.strip()[1:]))
    if not found and (order := ORDER.fullmatch(number.strip())):
        same = and_(letters.c.order_no == int(order["order"]), letters.c.suffix == (order["suffix"] or "").upper())
        found = entries(connection, same)
        if found and whole:
            raise RegisterError(_not_whole(number, found))
    if not found:
        raise RegisterError(_unknown(number, _near(connection, number)))
    if len(found) > 1:
        raise RegisterError(ambiguous(number, found))
    return found[0]


def _not_whole(number: str, found: Sequence[Entry]) -> Problem:
    return Problem(
        "register.not-whole",
        N_("{number} is a running number alone, which comes again in each period and series."),
        N_("For this, write the whole number: {near}."),
        params={"number": number.strip(), "near": ", ".join(entry.label for entry in found[:3])},
    )


# -- filters -------------------------------------------------------------------------------------------


def _condition(connection: Connection, wanted: Filter) -> ColumnElement[bool]:
    equal: Iterable[tuple[ColumnElement[str], str | None]] = (
        (letters.c.series, wanted.series),
        (letters.c.stage, wanted.stage or None),
        (letters.c.kind, wanted.kind or None),
        (letters.c.template, wanted.template or None),
        (letters.c.state, State(wanted.state).value if wanted.state else None),
        (letters.c.batch, wanted.batch or None),
    )
    conditions = [column == value for column, value in equal if value is not None]
    if wanted.year is not None:
        conditions.append(DAY.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.since is not None:
        conditions.append(wanted.since <= DAY)
    if wanted.until is not None:
        conditions.append(wanted.until >= DAY)
    if wanted.recipient.strip():
        conditions.append(_receives(connection, wanted.recipient.strip()))
    conditions += [_says(connection, word) for word in wanted.text.split()]
    return and_(true(), *conditions)


def _receives(connection: Connection, text: str) -> ColumnElement[bool]:
    """Return the condition that a letter goes to somebody with `text` in name or key."""
    own = _holds(connection, (letters.c.recipient, letters.c.recipient_key), text)
    return or_(own, letters.c.id.in_(_among_many(connection, text)))


def _says(connection: Connection, word: str) -> ColumnElement[bool]:
    """Return the condition that a letter's row, its other recipients or its other numbers hold `word`."""
    numbers = select(renumberings.c.letter_id).where(_holds(connection, (renumberings.c.number,), word))
    many = _among_many(connection, word)
    return or_(_holds(connection, _SEARCHED, word), letters.c.id.in_(many), letters.c.id.in_(numbers))


def _among_many(connection: Connection, text: str) -> Select[tuple[int]]:
    present = and_(letters.c.id == recipients.c.letter_id, letters.c.version == recipients.c.version)
    found = _holds(connection, (recipients.c.name, recipients.c.recipient_key), text)
    return select(recipients.c.letter_id).join(letters, present).where(found)


def _holds(connection: Connection, columns: Iterable[ColumnElement[Any]], text: str) -> ColumnElement[bool]:
    """Return the condition that one of `columns` holds `text` in any case."""
    parts: list[ColumnElement[Any]] = [func.coalesce(column, "") for column in columns]
    together = reduce(lambda left, right: left + "\n" + right, parts)
    return folded(connection, together).contains(fold(connection, text), autoescape=True)


# -- one number ----------------------------------------------------------------------------------------


def _bearers(connection: Connection, key: str) -> list[Entry]:
    """Return who bears the number now; if nobody does, who bore it."""
    since = list(connection.scalars(select(renumberings.c.letter_id).where(renumberings.c.number_key == key)))
    found = entries(connection, or_(letters.c.number_key == key, letters.c.id.in_(since)))
    now = [entry for entry in found if entry.number and number_key(entry.number.text) == key]
    return now or found


def _near(connection: Connection, number: str) -> list[str]:
    """Return up to three numbers of the register that look like `number`."""
    running = [int(digits) for digits in re.findall(r"[0-9]{1,9}", number)]
    same = select(letters.c.number).where(letters.c.order_no.in_(running)).order_by(letters.c.id.desc())
    last = select(letters.c.number).where(letters.c.number.is_not(None)).order_by(letters.c.id.desc())
    other = select(renumberings.c.number).order_by(renumberings.c.letter_id.desc())
    texts = [text for query in (same, last, other) for text in connection.scalars(query.limit(NEAR_CANDIDATES))]
    by_key = {number_key(text): text for text in texts if text}
    return [by_key[key] for key in get_close_matches(number_key(number), by_key, n=3, cutoff=0.6)]


def _unknown(number: str, near: Sequence[str]) -> Problem:
    message = N_("The register has no letter with the number “{number}”.")
    params = {"number": number, "near": ", ".join(near)}
    if near:
        return Problem("register.unknown", message, N_("Near it: {near}."), params=params)
    return Problem("register.unknown", message, N_("Look it up in the list of the register."), params=params)


def ambiguous(number: str, found: Sequence[Entry]) -> Problem:
    """Return the question which of several letters is meant."""
    ids = Phrases(tuple(Phrase("{label} (#{id}, {day}, {recipient})", _named(entry)) for entry in found))
    return Problem(
        "register.ambiguous",
        N_("Several letters have the number “{number}”: {ids}."),
        N_("Write the whole number, or where that is the same, the # before the date."),
        params={"number": number, "ids": ids},
    )


def _named(entry: Entry) -> dict[str, object]:
    return {"label": entry.label, "id": entry.id, "day": entry.day, "recipient": entry.recipient}
