"""Questions to the register → entries, in the order of their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, select, true

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import LetterFile, LetterNumber, State
from letters.register.databases import fold, folded
from letters.register.entries import Entry, Filter
from letters.register.schema import counters, files, letters, number_key, versions

NEAR_CANDIDATES = 300
"""How many numbers are looked at for a suggestion."""
_SEARCHED = (
    *(letters.c.number, letters.c.recipient, letters.c.subject, letters.c.kind, letters.c.template),
    *(letters.c.election, letters.c.stage, letters.c.void_reason, letters.c.recipient_key),
)


def entries(connection: Connection, wanted: ColumnElement[bool], snapshots: bool = True) -> list[Entry]:
    """Return the entries for which `wanted` holds, in the order of their numbers, those without number last."""
    ids = select(letters.c.id).where(wanted)
    rows = connection.execute(select(letters).where(wanted)).all()
    if not rows:
        return []
    written = _files(connection, ids)
    kept = _snapshots(connection, ids) if snapshots else {}
    found = [_entry(row, kept.get(row.id, {}), written.get(row.id, ())) for row in rows]
    return sorted(found, key=_by_number)


def listed(connection: Connection, wanted: Filter) -> list[Entry]:
    """Return the entries `wanted` describes, without snapshots."""
    condition = _condition(connection, wanted)
    if wanted.limit is not None:
        last = select(letters.c.id).where(condition).order_by(letters.c.id.desc()).limit(max(wanted.limit, 0))
        condition = letters.c.id.in_(last.subquery().select())
    return entries(connection, condition, snapshots=False)


def one(connection: Connection, number: str) -> Entry:
    """Return the one entry with this number, in any case and with any blanks, or with this id (`#17`).

    Raises RegisterError if there is none (naming near ones) or more than one.
    """
    found = entries(connection, letters.c.number_key == number_key(number))
    if not found and re.fullmatch(r"#[0-9]{1,15}", number.strip()):
        found = entries(connection, letters.c.id == int(number.strip()[1:]))
    if not found:
        raise RegisterError(_unknown(number, _near(connection, number)))
    if len(found) > 1:
        raise RegisterError(_ambiguous(number, found))
    return found[0]


def last_number(connection: Connection, series: str, period: str) -> int | None:
    """Return the last number taken of a count; None if the count has not begun."""
    this = and_(counters.c.series == series, counters.c.period == period)
    return connection.execute(select(counters.c.last_no).where(this)).scalar_one_or_none()


# -- rows to entries -----------------------------------------------------------------------------------


def _files(connection: Connection, ids: Select[tuple[int]]) -> dict[int, tuple[LetterFile, ...]]:
    """Return the files of each letter's present version, by path."""
    present = and_(letters.c.id == files.c.letter_id, letters.c.version == files.c.version)
    columns = select(files.c.letter_id, files.c.format, files.c.path, files.c.sha256, files.c.size)
    query = columns.join(letters, present).where(files.c.letter_id.in_(ids)).order_by(files.c.path)
    found: dict[int, tuple[LetterFile, ...]] = defaultdict(tuple)
    for letter_id, *parts in connection.execute(query):
        found[letter_id] += (LetterFile(*parts),)
    return found


def _snapshots(connection: Connection, ids: Select[tuple[int]]) -> dict[int, dict[str, object]]:
    """Return what each letter's present version is made of."""
    present = and_(letters.c.id == versions.c.letter_id, letters.c.version == versions.c.version)
    query = select(versions.c.letter_id, versions.c.snapshot).join(letters, present)
    return {row.letter_id: row.snapshot for row in connection.execute(query.where(versions.c.letter_id.in_(ids)))}


def _entry(row: Row[Any], snapshot: dict[str, object], written: tuple[LetterFile, ...]) -> Entry:
    numbered = row.number is not None
    return Entry(
        id=row.id,
        batch=row.batch,
        key=row.recipient_key,
        number=LetterNumber(row.series, row.period, row.order_no, row.number) if numbered else None,
        suffix=row.suffix,
        day=row.day,
        state=State(row.state),
        recipient=row.recipient,
        template=row.template,
        template_sha256=row.template_sha256,
        kind=row.kind,
        subject=row.subject,
        election=row.election,
        stage=row.stage,
        signatory=row.signatory,
        classification=row.classification,
        code=row.code,
        urgency=row.urgency,
        attachment=row.attachment,
        version=row.version,
        snapshot=snapshot,
        files=written,
        created_at=row.created_at,
        issued_at=row.issued_at,
        void_reason=row.void_reason,
    )


def _by_number(entry: Entry) -> tuple[bool, str, str, int, int, str, int]:
    """Return a sort key: `.2` stands before `.10`, digits before letters, in any database's collation."""
    if not entry.number:
        return True, "", "", 0, 0, "", entry.id
    number = entry.number
    return False, number.series, number.period, number.order, len(entry.suffix), entry.suffix, entry.id


# -- filters -------------------------------------------------------------------------------------------


def _condition(connection: Connection, wanted: Filter) -> ColumnElement[bool]:
    given: Iterable[tuple[ColumnElement[str], str | None]] = (
        (letters.c.series, wanted.series),
        (letters.c.stage, wanted.stage or None),
        (letters.c.kind, wanted.kind or None),
        (letters.c.template, wanted.template or None),
        (letters.c.state, State(wanted.state).value if wanted.state else None),
        (letters.c.batch, wanted.batch or None),
    )
    conditions = [column == value for column, value in given if value is not None]
    if wanted.year is not None:
        conditions.append(letters.c.day.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.recipient.strip():
        conditions.append(_holds(connection, (letters.c.recipient, letters.c.recipient_key), wanted.recipient.strip()))
    conditions += [_holds(connection, _SEARCHED, word) for word in wanted.text.split()]
    return and_(true(), *conditions)


def _holds(connection: Connection, columns: Iterable[ColumnElement[Any]], text: str) -> ColumnElement[bool]:
    """Return the condition that one of `columns` holds `text` in any case."""
    parts: list[ColumnElement[Any]] = [func.coalesce(column, "") for column in columns]
    together = reduce(lambda left, right: left + "\n" + right, parts)
    return folded(connection, together).contains(fold(connection, text), autoescape=True)


# -- one number ----------------------------------------------------------------------------------------


def _near(connection: Connection, number: str) -> list[str]:
    """Return up to three numbers of the register that look like `number`."""
    running = [int(digits) for digits in re.findall(r"[0-9]{1,9}", number)]
    same = select(letters.c.number).where(letters.c.order_no.in_(running)).order_by(letters.c.id.desc())
    last = select(letters.c.number).where(letters.c.number.is_not(None)).order_by(letters.c.id.desc())
    rows = [*connection.scalars(same.limit(NEAR_CANDIDATES)), *connection.scalars(last.limit(NEAR_CANDIDATES))]
    by_key = {number_key(text): text for text in rows if text}
    return [by_key[key] for key in get_close_matches(number_key(number), by_key, n=3, cutoff=0.6)]


def _unknown(number: str, near: list[str]) -> Problem:
    message = N_("The register has no letter with the number “{number}”.")
    params = {"number": number, "near": ", ".join(near)}
    if near:
        return Problem("register.unknown", message, N_("Near it: {near}."), params=params)
    return Problem("register.unknown", message, N_("Look it up in the list of the register."), params=params)


def _ambiguous(number: str, found: list[Entry]) -> Problem:
    ids = ", ".join(f"#{entry.id} ({entry.day.isoformat()}, {entry.recipient})" for entry in found)
    return Problem(
        "register.ambiguous",
        N_("Several letters have the number “{number}”: {ids}."),
        N_("Give the number of the entry with its #."),
        params={"number": number, "ids": ids},
    )
