"""A reserved entry → issued with its files, or void with its reason; both with the event that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import LetterFile, State
from letters.register import finding, queries
from letters.register.checking import check_text
from letters.register.entries import Actor, Entry
from letters.register.events import event_row
from letters.register.rows import file_row
from letters.register.schema import CHUNK, events, files, letters, one_line


def issue(connection: Connection, written: Mapping[int, Sequence[LetterFile]], now: datetime, actor: Actor) -> None:
    """Note for each entry id the files written for it, and that it is issued; what is already noted stays.

    Raises RegisterError with every entry that is unknown, void, or was issued with other contents in the same file.
    """
    found = queries.held(connection, written)
    problems = [
        problem for entry_id, made in written.items() if (problem := _refusal(found.get(entry_id), entry_id, made))
    ]
    if problems:
        raise RegisterError(*problems)
    changes = [(found[entry_id], _added(found[entry_id], made)) for entry_id, made in written.items()]
    changes = [(entry, added) for entry, added in changes if added or entry.state is State.RESERVED]
    if not changes:
        return
    rows = [file_row(entry.id, entry.version, file) for entry, added in changes for file in added]
    if rows:
        connection.execute(files.insert(), rows)
    _mark_issued(connection, [entry.id for entry, _ in changes if entry.state is State.RESERVED], now)
    connection.execute(events.insert(), [_issue_event(entry, added, now, actor) for entry, added in changes])


def void(connection: Connection, number: str, reason: str, now: datetime, actor: Actor) -> Entry:
    """Make the entry with this number (or `#id`) void; it stays with its `reason`, its number is never used again.

    Doing it again with the same reason changes nothing. Raises RegisterError for an unknown number, a blank reason,
    or an entry that is void for another reason.
    """
    reason = one_line(reason)
    check_text("reason", reason)
    entry = queries.held(connection, [finding.one(connection, number, whole=True).id]).popitem()[1]
    if not reason:
        raise RegisterError(_no_reason(number))
    if entry.state is State.VOID and entry.void_reason != reason:
        raise RegisterError(_already_void(number, entry.void_reason))
    if entry.state is not State.VOID:
        change = letters.update().where(letters.c.id == entry.id)
        connection.execute(change.values(state=State.VOID.value, void_reason=reason))
        details = {"reason": reason, "was": entry.state.value}
        connection.execute(events.insert(), event_row(actor, now, entry.id, "void", details))
    return queries.by_id(connection, entry.id)


def _refusal(entry: Entry | None, entry_id: int, made: Sequence[LetterFile]) -> Problem | None:
    if entry is None:
        return _no_entry(entry_id)
    if entry.state is State.VOID:
        return _is_void(entry.label, entry.void_reason)
    if entry.state is State.BOOKED:
        return _is_booked(entry)
    hashes = {file.path: file.sha256 for file in entry.files}
    other = [file.path for file in made if hashes.get(file.path, file.sha256) != file.sha256]
    return _differs(entry.label, other) if other else None


def _added(entry: Entry, made: Sequence[LetterFile]) -> list[LetterFile]:
    known = {file.path for file in entry.files}
    return [file for file in {file.path: file for file in made}.values() if file.path not in known]


def _mark_issued(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    for start in range(0, len(ids), CHUNK):
        change = letters.update().where(letters.c.id.in_(ids[start : start + CHUNK]))
        connection.execute(change.values(state=State.ISSUED.value, issued_at=now))


def _issue_event(entry: Entry, added: Sequence[LetterFile], now: datetime, actor: Actor) -> dict[str, object]:
    what = "issued" if entry.state is State.RESERVED else "files-added"
    return event_row(actor, now, entry.id, what, {"files": {file.path: file.sha256 for file in added}})


# -- problems ------------------------------------------------------------------------------------------


def _no_entry(entry_id: int) -> Problem:
    return Problem(
        "register.no-entry",
        N_("The register has no entry #{id}."),
        N_("Reserve the letter first; is this the right register?"),
        params={"id": entry_id},
    )


def _is_void(label: str, reason: str) -> Problem:
    return Problem(
        "register.is-void",
        N_("The letter {number} is void ({reason}) and cannot be issued."),
        N_("Write a new letter; it gets a number of its own."),
        params={"number": label, "reason": reason},
    )


def _is_booked(entry: Entry) -> Problem:
    return Problem(
        "register.is-booked",
        N_("The number {number} is only booked (for {who}); there is no letter to issue."),
        N_("Write the letter with this number first."),
        params={"number": entry.label, "who": entry.recipient},
    )


def _differs(label: str, paths: Sequence[str]) -> Problem:
    return Problem(
        "register.differs",
        N_("The letter {number} was already issued with other contents: {paths}."),
        N_("Keep what was issued, or make a new version of the letter with a reason; the old one stays known."),
        params={"number": label, "paths": ", ".join(paths)},
    )


def _no_reason(number: str) -> Problem:
    return Problem(
        "register.no-reason",
        N_("Making the letter {number} void needs a reason."),
        N_("Say in a few words why; it stays in the register."),
        params={"number": number},
    )


def _already_void(number: str, reason: str) -> Problem:
    return Problem(
        "register.already-void",
        N_("The letter {number} is already void, for another reason: {reason}."),
        N_("Nothing needs to be done; the first reason stays."),
        params={"number": number, "reason": reason},
    )
