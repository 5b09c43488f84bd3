"""A letter whose contents changed → a new version under the same number; what was before stays with its files."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import LetterFile, State
from letters.register import queries
from letters.register.adding import happened, other_count
from letters.register.checking import check_text
from letters.register.counting import count_of
from letters.register.entries import Actor, Addressee, Entry, Request, Version
from letters.register.numbering import Pattern
from letters.register.rows import Made, description, keep_contents
from letters.register.schema import as_stored, files, letters, number_key, one_line, recipients, versions

Contents = dict[str, object]
"""Columns of `letters` that describe a letter."""


def new_version(
    connection: Connection, entry_id: int, request: Request, reason: str, now: datetime, actor: Actor
) -> Entry:
    """Return the entry with the contents of `request` as its next version, reserved again until it is issued anew.

    Batch and key of `request` do not matter; its date must be the letter's. Nothing changes if it says what the
    letter says already. Raises RegisterError for an unknown, void or booked entry, one from outside, a blank reason,
    or contents that would print another number.
    """
    reason = one_line(reason)
    check_text("reason", reason)
    found = queries.held(connection, [entry_id])
    entry = queries.by_id(connection, entry_id) if found else None
    if entry is None or entry.state in (State.VOID, State.BOOKED) or entry.from_outside:
        raise RegisterError(_not_here(entry_id, entry))
    if not reason:
        raise RegisterError(_no_reason(entry))
    _check_number(entry, request)
    if not _differs(entry, request):
        return entry
    begin_version(connection, entry, request, reason, now, actor)
    return queries.by_id(connection, entry_id)


def begin_version(
    connection: Connection, entry: Entry, request: Request, reason: str, now: datetime, actor: Actor
) -> None:
    """Enter the contents of `request` as the next version of `entry`, which is to be issued anew."""
    number = entry.version + 1
    new = description(request)
    old = _described(entry)
    keep_contents(connection, [Made(entry.id, number, request, reason)], now)
    values = {**new, "version": number, "state": State.RESERVED.value}
    connection.execute(letters.update().where(letters.c.id == entry.id).values(**values))
    was = {name: value for name, value in old.items() if value != new[name]}
    details = {"version": number, "reason": reason, "state": entry.state.value, "was": was}
    happened(connection, now, actor, entry.id, "new-version", details)


def repeated(connection: Connection, entry: Entry) -> Request:
    """Return a request with the contents that `entry` has already."""
    whole = queries.by_id(connection, entry.id)
    numbered = entry.number
    return Request(
        batch=entry.batch,
        key=entry.key,
        series=numbered.series if numbered else "",
        pattern=_UNUSED if numbered else None,
        start=1,
        period=numbered.period if numbered else "",
        day=entry.day,
        parts={"klasifikasi": entry.classification, "kode": entry.code},
        recipient=entry.recipient,
        template=entry.template,
        kind=entry.kind,
        subject=entry.subject,
        election=entry.election,
        stage=entry.stage,
        signatory=entry.signatory,
        snapshot=whole.snapshot,
        template_sha256=entry.template_sha256,
        urgency=entry.urgency,
        attachment=entry.attachment,
        recipients=entry.recipients,
    )


_UNUSED = Pattern.parse("{urut}")
"""Pattern of a request that is never numbered again."""


def read_versions(connection: Connection, entry_id: int) -> list[Version]:
    """Return every version of a letter, the first one first, with its files."""
    of_files = _by_version(connection, select(files.c.version, *queries.FILE_COLUMNS), files.c, entry_id, "path")
    columns = select(recipients.c.version, recipients.c.recipient_key, recipients.c.name)
    of_many = _by_version(connection, columns, recipients.c, entry_id, "position")
    query = select(versions).where(versions.c.letter_id == entry_id).order_by(versions.c.version)
    return [
        Version(
            entry_id=entry_id,
            version=row.version,
            template=row.template,
            template_sha256=row.template_sha256,
            snapshot=row.snapshot,
            reason=row.reason,
            recipients=tuple(Addressee(*parts) for parts in of_many.get(row.version, ())),
            files=tuple(LetterFile(*parts) for parts in of_files.get(row.version, ())),
            created_at=row.created_at,
        )
        for row in connection.execute(query)
    ]


def _by_version(connection: Connection, query: Any, columns: Any, entry_id: int, order: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for version, *parts in connection.execute(query.where(columns.letter_id == entry_id).order_by(columns[order])):
        found[version].append(parts)
    return found


def _described(entry: Entry) -> Contents:
    """Return what `description` would say of the entry as it is."""
    names = ("kind", "template", "template_sha256", "subject", "recipient", "election", "stage", "signatory")
    more = ("classification", "code", "urgency", "attachment")
    return {name: getattr(entry, name) for name in (*names, *more)}


def _differs(entry: Entry, request: Request) -> bool:
    same = (_described(entry), entry.snapshot, entry.recipients)
    return same != (description(request), as_stored(request.contents()), request.recipients)


def _check_number(entry: Entry, request: Request) -> None:
    """Refuse contents that belong to another date or number than the one that stays."""
    if request.day != entry.day:
        raise RegisterError(_other_day(entry, request))
    if entry.former or (not entry.number and not request.series):
        return  # a final number is not printed by the pattern
    if not entry.number or request.pattern is None or count_of(entry) != (request.series, request.period):
        raise RegisterError(other_count(entry, request))
    text = request.pattern.format(entry.number.order, request.day, request.parts, entry.suffix)
    if number_key(text) != number_key(entry.label):
        raise RegisterError(_other_number(entry, text))


# -- problems ------------------------------------------------------------------------------------------


def _not_here(entry_id: int, entry: Entry | None) -> Problem:
    return Problem(
        "register.no-version",
        N_("There is no letter {number} of which a new version could be made."),
        N_("A letter that is void, only booked or made elsewhere has no versions; write a new letter."),
        params={"number": entry.label if entry else f"#{entry_id}"},
    )


def _no_reason(entry: Entry) -> Problem:
    return Problem(
        "register.version-reason",
        N_("A new version of the letter {number} needs a reason."),
        N_("Say in a few words what changed; it stays in the register."),
        params={"number": entry.label},
    )


def _other_day(entry: Entry, request: Request) -> Problem:
    return Problem(
        "register.version-day",
        N_("The letter {number} is dated {day}; a new version cannot be dated {other}."),
        N_("Make it with the date the letter has, or make the letter void and write a new one."),
        params={"number": entry.label, "day": entry.day, "other": request.day},
    )


def _other_number(entry: Entry, text: str) -> Problem:
    return Problem(
        "register.version-number",
        N_("The new version of {number} would print the number {text}."),
        N_("Classification and signatory code belong to the number: keep them, or make the letter void."),
        params={"number": entry.label, "text": text},
    )
