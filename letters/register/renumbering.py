"""Provisional numbers → the final ones another system assigned; both stay findable, the letters are to be made anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import counting, finding, queries
from letters.register.adding import happened, refuse
from letters.register.checking import check_text
from letters.register.dating import date_problems
from letters.register.entries import Actor, Entry, Final
from letters.register.numbering import LONGEST
from letters.register.schema import letters, number_key, one_line, renumberings
from letters.register.versions import begin_version, repeated

FINALS = "#nomor"
"""Batch that programs which renumber hold, one after the other."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One letter and the number it is to bear."""

    entry: Entry
    final: Final
    text: str
    day: date

    @property
    def is_new(self) -> bool:
        return (self.text, self.day) != (self.entry.label, self.entry.day)


def renumber(connection: Connection, finals: Sequence[Final], now: datetime, actor: Actor) -> list[Entry]:
    """Return the entries of `finals`, in their order, under their final numbers.

    The numbers of the count stay taken, so numbers may be exchanged among letters. A final number that is booked
    takes the place of the booking, which becomes void. A letter with files begins a new version and is to be issued
    anew. Doing it again changes nothing. Raises RegisterError with everything that stands against it: unknown, void
    or booked letters, a number that is taken, that disagrees with the date, or that the count would reach later.
    """
    counting.hold_batches(connection, {FINALS}, now, actor)
    changes = _changes(connection, finals)
    counting.hold_all(connection, [counting.count_of(change.entry) for change in changes if change.entry.number])
    bearers = _bearers(connection, changes)
    refuse(_problems(connection, changes, bearers))
    for entry in bearers:
        _give_way(connection, entry, changes, now, actor)
    for change in changes:
        if change.is_new:
            _change(connection, change, now, actor)
    return [queries.by_id(connection, change.entry.id) for change in changes]


def _changes(connection: Connection, finals: Sequence[Final]) -> list[_Change]:
    for final in finals:
        check_text("number", final.text)
    ids = [_meant(connection, final).id for final in finals]
    found = queries.held(connection, ids)
    return [
        _Change(found[entry_id], final, one_line(final.text), final.day or found[entry_id].day)
        for entry_id, final in zip(ids, finals, strict=True)
    ]


def _meant(connection: Connection, final: Final) -> Entry:
    """Return the letter that `final` is about: the one that bears the old number.

    Where letters exchanged numbers, the same command means the letter that was first called so: it would change them
    back otherwise. Raises RegisterError if it cannot be told which is meant.
    """
    bearer = finding.one(connection, final.old, whole=True)
    first = queries.entries(connection, letters.c.number_key == number_key(final.old), snapshots=False)
    if not first or bearer.id in [entry.id for entry in first]:
        return bearer
    done = [entry for entry in first if entry.label == one_line(final.text)]
    if len(done) != 1:
        raise RegisterError(finding.ambiguous(final.old, [bearer, *first]))
    return done[0]


def _bearers(connection: Connection, changes: Sequence[_Change]) -> list[Entry]:
    """Return the entries that bear one of the new numbers and do not give it up in the same go."""
    moving = {change.entry.id for change in changes}
    keys = [number_key(change.text) for change in changes]
    return [entry for entry in queries.bearing(connection, keys) if entry.id not in moving]


def _problems(connection: Connection, changes: Sequence[_Change], bearers: Sequence[Entry]) -> list[Problem]:
    problems = [problem for change in changes for problem in _own_problems(connection, change)]
    problems += [_taken(entry) for entry in bearers if entry.state is not State.BOOKED]
    asked = Counter(number_key(change.text) for change in changes)
    problems += [_twice(change.text) for change in changes if asked[number_key(change.text)] > 1]
    moved = Counter(change.entry.id for change in changes)
    return problems + [_moved_twice(change.entry.label) for change in changes if moved[change.entry.id] > 1]


def _own_problems(connection: Connection, change: _Change) -> list[Problem]:
    """Return what stands against one change by itself."""
    entry, text = change.entry, change.text
    if entry.state in (State.VOID, State.BOOKED) or not entry.number:
        return [_has_no_number(entry)]
    if not number_key(text) or not text.isprintable() or len(text) > LONGEST:
        return [_odd_text(entry, text)]
    parts = change.final.pattern.read(text) if change.final.pattern else None
    if parts is None or not change.is_new:
        return []
    stand = counting.standing(connection, counting.count_of(entry))
    ahead = stand is not None and not parts["suffix"] and parts["order"] > stand.last
    return date_problems(text, parts, change.day) + ([_ahead(text)] if ahead else [])


def _give_way(connection: Connection, booked: Entry, changes: Sequence[_Change], now: datetime, actor: Actor) -> None:
    """Make a booking void whose number a letter bears now."""
    (change,) = [change for change in changes if number_key(change.text) == number_key(booked.label)]
    reason = f"nomor akhir surat yang semula {change.entry.label}"
    update = letters.update().where(letters.c.id == booked.id)
    connection.execute(update.values(state=State.VOID.value, void_reason=reason))
    happened(connection, now, actor, booked.id, "void", {"reason": reason, "was": booked.state.value})


def _change(connection: Connection, change: _Change, now: datetime, actor: Actor) -> None:
    """Give one letter its final number, and begin a new version if files with the old one exist."""
    entry = change.entry
    last = select(func.max(renumberings.c.position)).where(renumberings.c.letter_id == entry.id)
    final = {"final_number": change.text, "final_key": number_key(change.text), "final_day": change.day}
    row = {
        "letter_id": entry.id,
        "position": (connection.execute(last).scalar() or 0) + 1,
        "number": change.text,
        "number_key": number_key(change.text),
        "day": change.day,
        "created_at": now,
    }
    connection.execute(renumberings.insert(), row)
    connection.execute(letters.update().where(letters.c.id == entry.id).values(**final))
    details = {"from": entry.label, "to": change.text, "day": change.day, "was": entry.day}
    happened(connection, now, actor, entry.id, "renumbered", details)
    if not entry.from_outside and (entry.files or entry.state is State.ISSUED):
        begin_version(connection, entry, repeated(connection, entry), f"nomor akhir {change.text}", now, actor)


# -- problems ------------------------------------------------------------------------------------------


def _has_no_number(entry: Entry) -> Problem:
    remedy = N_("Only letters with a number that are reserved or issued can be renumbered.")
    if not entry.number:
        message = N_("{number} cannot get a final number: it is a document without number.")
        return Problem("register.not-renumbered", message, remedy, params={"number": entry.label})
    message = N_("{number} cannot get a final number: it is {state}.")
    return Problem("register.not-renumbered", message, remedy, params={"number": entry.label, "state": entry.state})


def _odd_text(entry: Entry, text: str) -> Problem:
    return Problem(
        "register.final-text",
        N_("“{text}” cannot be the final number of {number}."),
        N_("Type the number as it is printed on the letter, on one line."),
        params={"text": text, "number": entry.label},
    )


def _taken(entry: Entry) -> Problem:
    return Problem(
        "register.final-taken",
        N_("The number {number} is taken by the letter #{id} to {recipient} ({day})."),
        N_("Renumber both letters in one go if they exchange numbers; otherwise correct the number."),
        params={"number": entry.label, "id": entry.id, "recipient": entry.recipient, "day": entry.day},
    )


def _twice(number: str) -> Problem:
    message = N_("The number {number} would be given to two letters.")
    return _about(number, "register.final-twice", message, N_("Give each letter a number of its own."))


def _moved_twice(number: str) -> Problem:
    message = N_("{number} would get two final numbers.")
    return _about(number, "register.renumbered-twice", message, N_("Name each letter once."))


def _ahead(number: str) -> Problem:
    message = N_("The register would give the number {number} to another letter later: its count has not come so far.")
    remedy = N_("Book the numbers up to {number} first, or give provisional numbers a pattern of their own.")
    return _about(number, "register.final-ahead", message, remedy)


def _about(number: str, code: str, message: str, remedy: str) -> Problem:
    return Problem(code, message, remedy, params={"number": number})
