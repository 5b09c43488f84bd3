"""A reserved entry → issued with its files, or void with its reason; both with the event that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import LetterFile, State
from letters.register import queries
from letters.register.entries import Actor, Entry
from letters.register.events import event_row
from letters.register.reserving import CHUNK
from letters.register.schema import events, files, letters


def issue(connection: Connection, written: Mapping[int, Sequence[LetterFile]], now: datetime, actor: Actor) -> None:
    """Note for each entry id the files written for it, and that it is issued; what is already noted stays.

    Raises RegisterError with every entry that is unknown, void, or was issued with other contents in the same file.
    """
    found = _held(connection, sorted(written))
    problems = [
        problem for entry_id, made in written.items() if (problem := _refusal(found.get(entry_id), entry_id, made))
    ]
    if problems:
        raise RegisterError(*problems)
    changes = [(found[entry_id], _added(found[entry_id], made)) for entry_id, made in written.items()]
    changes = [(entry, added) for entry, added in changes if added or entry.state is State.RESERVED]
    if not changes:
        return
    rows = [_file_row(entry, file) for entry, added in changes for file in added]
    if rows:
        connection.execute(files.insert(), rows)
    _mark_issued(connection, [entry.id for entry, _ in changes if entry.state is State.RESERVED], now)
    connection.execute(events.insert(), [_issue_event(entry, added, now, actor) for entry, added in changes])


def void(connection: Connection, number: str, reason: str, now: datetime, actor: Actor) -> Entry:
    """Make the entry with this number (or `#id`) void; it stays with its `reason`, its number is never used again.

    Doing it again with the same reason changes nothing. Raises RegisterError for an unknown number, a blank reason,
    or an entry that is void for another reason.
    """
    reason = " ".join(reason.split())
    entry = _held(connection, [queries.one(connection, number).id]).popitem()[1]
    if not reason:
        raise RegisterError(_no_reason(number))
    if entry.state is State.VOID and entry.void_reason != reason:
        raise RegisterError(_already_void(number, entry.void_reason))
    if entry.state is not State.VOID:
        change = letters.update().where(letters.c.id == entry.id)
        connection.execute(change.values(state=State.VOID.value, void_reason=reason))
        details = {"reason": reason, "was": entry.state.value}
        connection.execute(events.insert(), event_row(actor, now, entry.id, "void", details))
    return queries.entries(connection, letters.c.id == entry.id)[0]


def _held(connection: Connection, ids: Sequence[int]) -> dict[int, Entry]:
    """Return the entries with these ids, locked so that nobody changes them before the transaction ends."""
    found: dict[int, Entry] = {}
    for start in range(0, len(ids), CHUNK):
        wanted = letters.c.id.in_(ids[start : start + CHUNK])
        connection.execute(select(letters.c.id).where(wanted).order_by(letters.c.id).with_for_update())
        found |= {entry.id: entry for entry in queries.entries(connection, wanted, snapshots=False)}
    return found


def _refusal(entry: Entry | None, entry_id: int, made: Sequence[LetterFile]) -> Problem | None:
    if entry is None:
        return _no_entry(entry_id)
    label = entry.number.text if entry.number else f"#{entry.id}"
    if entry.state is State.VOID:
        return _is_void(label, entry.void_reason)
    hashes = {file.path: file.sha256 for file in entry.files}
    other = [file.path for file in made if hashes.get(file.path, file.sha256) != file.sha256]
    return _differs(label, other) if other else None


def _added(entry: Entry, made: Sequence[LetterFile]) -> list[LetterFile]:
    known = {file.path for file in entry.files}
    return [file for file in {file.path: file for file in made}.values() if file.path not in known]


def _file_row(entry: Entry, file: LetterFile) -> dict[str, object]:
    return {
        "letter_id": entry.id,
        "version": entry.version,
        "path": file.path,
        "format": file.format,
        "sha256": file.sha256,
        "size": file.size,
    }


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


def _differs(label: str, paths: Sequence[str]) -> Problem:
    return Problem(
        "register.differs",
        N_("The letter {number} was already issued with other contents: {paths}."),
        N_("Keep what was issued; for a changed letter make a new one and this one void."),
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
