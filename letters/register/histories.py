"""What the events of a letter tell of it, against what the register says it is now → everything that disagrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Row, Select, func, select

from letters.errors import N_, Place, Problem, Severity
from letters.model.letter import State
from letters.register.entries import OUTSIDE
from letters.register.numbering import Pattern
from letters.register.schema import events, files, letters, number_key, renumberings, versions

WINDOW = 2000
"""Letters looked at together."""


@dataclass(slots=True)
class Told:
    """A letter as its events tell it."""

    births: int = 0
    state: str = ""
    version: int = 1
    number: str | None = None
    reason: str = ""
    files: dict[int, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Version → path → SHA-256."""


@dataclass(frozen=True, slots=True)
class History:
    """What the register keeps about one letter beside its row."""

    events: Sequence[Row[Any]]
    files: Sequence[Row[Any]]
    versions: Sequence[int]
    renumberings: Sequence[str]


def history_problems(connection: Connection, register: str, patterns: Mapping[str, Pattern]) -> Iterator[Problem]:
    """Yield what is wrong with each letter by itself; `patterns` are those of the series, where they are known."""
    highest = connection.execute(select(func.max(letters.c.id))).scalar() or 0
    for first in range(0, highest + 1, WINDOW):
        rows = connection.execute(select(letters).where(_in_window(letters.c.id, first)).order_by(letters.c.id)).all()
        histories = _histories(connection, first)
        for row in rows:
            pattern = patterns.get(row.series)
            place = Place(file=register, key=row.recipient_key if not row.batch.startswith("#") else "")
            yield from _row_problems(row, histories(row.id), pattern, place)


def _in_window(column: ColumnElement[Any], first: int) -> ColumnElement[bool]:
    return column.between(first, first + WINDOW - 1)


def _histories(connection: Connection, first: int) -> Any:
    """Return a function from a letter's id to its history, for the letters of one window."""

    def grouped(query: Select[Any], *order: Column[Any]) -> dict[int, list[Row[Any]]]:
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        column = query.selected_columns[0]
        for row in connection.execute(query.where(_in_window(column, first)).order_by(column, *order)):
            found[row[0]].append(row)
        return found

    happened = grouped(select(events.c.letter_id, events.c.what, events.c.details), events.c.id)
    written = grouped(select(files.c.letter_id, files.c.version, files.c.path, files.c.sha256))
    made = grouped(select(versions.c.letter_id, versions.c.version), versions.c.version)
    numbers = grouped(select(renumberings.c.letter_id, renumberings.c.number), renumberings.c.position)
    return lambda letter_id: History(
        happened.get(letter_id, []),
        written.get(letter_id, []),
        [row.version for row in made.get(letter_id, [])],
        [row.number for row in numbers.get(letter_id, [])],
    )


# -- telling -------------------------------------------------------------------------------------------


def told(happened: Sequence[Row[Any]]) -> Told:
    """Return the letter that these events, oldest first, tell of."""
    letter = Told()
    for row in happened:
        _tell(letter, row.what, row.details)
    return letter


def _tell(letter: Told, what: str, details: Mapping[str, Any]) -> None:
    """Let one event happen to `letter`."""
    match what:
        case "reserved" | "inserted" | "booked":
            letter.births += 1
            letter.number = details.get("number")
            letter.state = State.BOOKED.value if what == "booked" else State.RESERVED.value
        case "filled":
            letter.state = State.RESERVED.value
        case "recorded":
            letter.births += letter.state != State.BOOKED.value
            letter.number, letter.state = details.get("number"), State.ISSUED.value
        case "issued":
            letter.state = State.ISSUED.value
        case "new-version":
            letter.version, letter.state = details.get("version", 0), State.RESERVED.value
        case "renumbered":
            letter.number = details.get("to")
        case "void":
            letter.state, letter.reason = State.VOID.value, details.get("reason", "")
    letter.files[letter.version] |= details.get("files", {})


# -- comparing -----------------------------------------------------------------------------------------


def _row_problems(row: Row[Any], kept: History, pattern: Pattern | None, place: Place) -> Iterator[Problem]:
    said = told(kept.events)
    number = row.number if row.final_number is None else row.final_number
    label = number or f"#{row.id}"
    if said.births != 1:
        yield _problem(_BIRTH, place, label, count=said.births)
        return
    for template, told_value, value in (
        (_STATE, said.state, row.state),
        (_NUMBER, said.number, number),
        (_VERSION, said.version, row.version),
        (_REASON, said.reason, row.void_reason),
    ):
        if told_value != value:
            yield _problem(template, place, label, row=_word(value), events=_word(told_value))
    yield from _file_problems(row, kept, said, place, label)
    lost_key = row.number is not None and number_key(row.number) != row.number_key
    if lost_key or _last(kept.renumberings) != row.final_number:
        yield _problem(_KEYS, place, label)
    yield from _pattern_problems(row, pattern, place, label)


def _word(value: object) -> object:
    """Return the name of a state as the state, so that it is told in the user's language; all else as it is."""
    return next((state for state in State if state.value == value), value)


def _last(numbers: Sequence[str]) -> str | None:
    return numbers[-1] if numbers else None


def _file_problems(row: Row[Any], kept: History, said: Told, place: Place, label: str) -> Iterator[Problem]:
    """Yield what disagrees between files, versions and state."""
    written: dict[int, dict[str, str]] = defaultdict(dict)
    for file in kept.files:
        written[file.version][file.path] = file.sha256
    if {version: paths for version, paths in said.files.items() if paths} != written:
        yield _problem(_FILES, place, label)
    filled = not (row.batch.startswith("#") and row.batch != OUTSIDE)
    if list(kept.versions) != (list(range(1, row.version + 1)) if filled else []):
        yield _problem(_VERSIONS, place, label, version=row.version)
    present = written.get(row.version)
    if row.state == State.ISSUED.value and not present and row.batch != OUTSIDE:
        yield _problem(_NO_FILES, place, label, Severity.WARNING)
    if row.state in (State.RESERVED.value, State.BOOKED.value) and present:
        yield _problem(_EARLY_FILES, place, label, state=_word(row.state))


def _pattern_problems(row: Row[Any], pattern: Pattern | None, place: Place, label: str) -> Iterator[Problem]:
    """Yield a disagreement of the number's text with its order or date; a text of another pattern says nothing."""
    parts = pattern.read(row.number) if pattern and row.number else None
    if parts is None:
        return
    if (parts["order"], parts["suffix"].upper()) != (row.order_no, row.suffix.upper()):
        yield _problem(_ORDER, place, label, order=row.order_no)
    if (parts.get("month", row.day.month), parts.get("year", row.day.year)) != (row.day.month, row.day.year):
        yield _problem(_DATE, place, label, day=row.day)


# -- problems ------------------------------------------------------------------------------------------


def _problem(
    template: Problem, place: Place, label: str, severity: Severity = Severity.ERROR, **params: object
) -> Problem:
    params = {"number": label, **{name: "-" if value in ("", None) else value for name, value in params.items()}}
    return Problem(template.code, template.message, template.remedy, place, params, severity)


_TAMPERED = N_("Somebody changed the register other than with this program: compare it with the last backup.")
_BIRTH = Problem(
    "register.verify-birth", N_("{number} has {count} events that tell where it comes from, not one."), _TAMPERED
)
_STATE = Problem(
    "register.verify-state", N_("{number} is {row} in the register, but {events} by its events."), _TAMPERED
)
_NUMBER = Problem(
    "register.verify-number", N_("The register says the number {row}, its events say {events}."), _TAMPERED
)
_VERSION = Problem(
    "register.verify-version", N_("{number} has version {row} in the register, but {events} by its events."), _TAMPERED
)
_REASON = Problem(
    "register.verify-reason", N_("{number} is void for “{row}”, but for “{events}” by its events."), _TAMPERED
)
_FILES = Problem("register.verify-files", N_("The files of {number} are other ones than its events tell."), _TAMPERED)
_VERSIONS = Problem(
    "register.verify-versions",
    N_("{number} has version {version}, but its versions are not kept one by one."),
    _TAMPERED,
)
_KEYS = Problem(
    "register.verify-keys", N_("{number} cannot be found by its number, or lacks a number it bore."), _TAMPERED
)
_EARLY_FILES = Problem("register.verify-early-files", N_("{number} has files, but is only {state}."), _TAMPERED)
_NO_FILES = Problem(
    "register.verify-no-files",
    N_("{number} is issued, but the register knows no file of it."),
    N_("Was the letter made elsewhere? Nothing is wrong then; otherwise make it anew from the register."),
)
_ORDER = Problem("register.verify-order", N_("{number} is entered as number {order} of its series."), _TAMPERED)
_DATE = Problem(
    "register.verify-date",
    N_("{number} prints another month or year than its date, {day}."),
    N_("Look at the letter; if it went out so, leave a note with it."),
)
