"""Calendar + today → an election's line of time as the office has it: past, running, next, and what it moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from letters.batch.office_data import changed_entry
from letters.errors import N_, Phrase, Problem, UsageError
from letters.files import atomic_write
from letters.law import Calendar, Change, Election, Event, Span, StageState, ics, stage_events
from letters.register import Register

HEAD = b"BEGIN:VCALENDAR"
DATES = ("start", "end", "polling_day")
"""Keys of a stage or an election that are days."""


@dataclass(frozen=True, slots=True)
class Line:
    """A stage on the line of time."""

    span: Span
    state: StageState
    is_next: bool
    """Whether it is the first to begin after today."""
    moved: tuple[Change, ...]
    """What the office's file says otherwise about it."""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """An election's line of time on a day."""

    election: Election
    lines: tuple[Line, ...]
    moved: tuple[Change, ...]
    """What the office's file says otherwise about the election itself: its polling day."""
    notices: tuple[Problem, ...]

    @property
    def is_regulated(self) -> bool:
        """Return whether any rule gives this election a calendar."""
        return self.election.status != "not_regulated"

    @property
    def following(self) -> tuple[Line, ...]:
        """Return the stages that begin next, all on the same day."""
        return tuple(line for line in self.lines if line.is_next)


def time_line(calendar: Calendar, election_id: str, today: date) -> TimeLine:
    """Return the line of time of an election; raises LawError for one that is not known."""
    election = calendar.election(election_id)
    spans = calendar.timeline(election_id)
    ahead = [span.first for span in spans if span.state(today) is StageState.AHEAD and span.first]
    following = min(ahead, default=None)
    lines = tuple(
        Line(
            span,
            span.state(today),
            span.first is not None and span.first == following and span.state(today) is StageState.AHEAD,
            changes_of(calendar, f"elections/{election_id}/{span.stage.id}"),
        )
        for span in spans
    )
    own = tuple(problem for problem in calendar.conflicts() if problem.params.get("election") == election.name)
    return TimeLine(election, lines, changes_of(calendar, f"elections/{election_id}"), own)


def changes_of(calendar: Calendar, entry: str) -> tuple[Change, ...]:
    """Return what the office's file says otherwise about the entry `elections/pemilihan-2024/kampanye`."""
    return tuple(change for change in calendar.changes() if change.entry == entry)


def change_data(changes: Iterable[Change]) -> list[dict[str, object]]:
    """Return changes as plain data, for the register and for programs: without file and line, which say nothing new."""
    return [{"entry": one.entry, "key": one.key, "old": _plain(one.old), "new": _plain(one.new)} for one in changes]


@dataclass(frozen=True, slots=True)
class Kept:
    """Changes of the calendar that the register keeps since letters were first issued under them."""

    at: datetime
    user: str
    changes: tuple[Phrase, ...]
    """`kampanye: start 28 September 2024 instead of 25 September 2024`; none once the usual calendar counts again."""


def kept_changes(register: Register, election_id: str) -> list[Kept]:
    """Return what the register keeps of the office's changes to an election, oldest first, each state once."""
    found: list[Kept] = []
    for event in register.calendar_changes():
        told = event.details["changes"]
        own = [one for one in told if _is_of(one, election_id)] if isinstance(told, list) else []
        changes = tuple(_kept(one, election_id) for one in own)
        if changes != (found[-1].changes if found else ()):
            found.append(Kept(event.at, event.user, changes))
    return found


def _is_of(change: Mapping[str, object], election_id: str) -> bool:
    return str(change["entry"]).split("/")[1:2] == [election_id]


def _kept(change: Mapping[str, object], election_id: str) -> Phrase:
    entry, key = str(change["entry"]).removeprefix(f"elections/{election_id}").strip("/"), str(change["key"])
    return changed_entry(f"elections/{entry}", [(key, change["old"], change["new"])] if key else [])


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str | int | date) else str(value)


def write_stage_events(path: Path, election: Election, stamp: datetime) -> int:
    """Write the dated stages of `election` as a calendar file, as of `stamp`; return how many. See `write_events`."""
    return write_events(path, election.name, tuple(stage_events(election)), stamp)


def write_events(path: Path, name: str, events: tuple[Event, ...], stamp: datetime) -> int:
    """Write `events` as the calendar file `path` (RFC 5545), whole or not at all; return how many.

    A calendar that is there is replaced, so that a scheduled run can keep it up to date. Raises UsageError for a file
    that is none, MachineError when it cannot be written.
    """
    if path.exists() and not path.read_bytes().startswith(HEAD):
        raise UsageError(
            Problem(
                "batch.no-calendar-file",
                N_("{path} is there already and is no calendar file."),
                N_("Choose another name, for example tahapan.ics."),
                params={"path": str(path)},
            )
        )
    atomic_write(path, ics(events, name, stamp).encode())
    return len(events)
