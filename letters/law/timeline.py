"""An election's stages → one readable line of time, and what is odd about a letter's date or a moved stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from letters.errors import N_, Problem, Severity
from letters.l10n import format_date, format_period
from letters.law.stage_records import Election, Stage

LONG = 92
"""Days: while a stage as long as this runs, letters for it are usual; in a shorter one they come late."""
FAR = 90
"""Days before a stage from which on a letter for it is early."""
ABSURD = 366
"""Days before a stage from which on the date of its letter is most likely a slip."""
POLLING, CAMPAIGN, QUIET, GAP = "pemungutan", "kampanye", "masa-tenang", "jeda-pra-kampanye"
"""Ids of stages that every election has under the same name."""


class StageState(StrEnum):
    """How a stage lies to a day."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"
    OPEN = "open"
    """Its dates are not known, so nothing can be said."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stage on the line of time."""

    stage: Stage
    depth: int
    """0 for a stage of its own, 1 for a part of another."""
    closes: date | None = None
    """Last day of its election."""

    @property
    def first(self) -> date | None:
        """Return the day to be ready by: the first day, or that of a deadline."""
        return self.stage.start or self.stage.end

    @property
    def last(self) -> date | None:
        """Return the last day; None where the stage is open at the end or its dates are not known."""
        return self.stage.last_day

    def state(self, on: date) -> StageState:
        """Return how the stage lies to that day."""
        return stage_state(self.stage, on, self.closes)


def stage_state(stage: Stage, on: date, closes: date | None = None) -> StageState:
    """Return how `stage` lies to that day; one without an end is over with its election, which `closes` on a day."""
    if is_over(stage, on, closes):
        return StageState.PAST
    if stage.start is not None:
        return StageState.AHEAD if on < stage.start else StageState.NOW
    return StageState.AHEAD if stage.end is not None and stage.kind == "deadline" else StageState.OPEN


def is_over(stage: Stage, on: date, closes: date | None) -> bool:
    """Return whether `stage` has ended before that day; one that begins without an end ends with its election."""
    last = stage.last_day or (closes if stage.start else None)
    return last is not None and last < on


def timeline(election: Election) -> tuple[Span, ...]:
    """Return the stages by their first day, parts below the stage around them, those without dates last."""
    tops = sorted((stage for stage in election.stages if not stage.parent), key=_first_day)
    return tuple(span for top in tops for span in _with_parts(election, top))


def _with_parts(election: Election, top: Stage) -> Iterator[Span]:
    yield Span(top, 0, election.last_day)
    for part in sorted((stage for stage in election.stages if stage.parent == top.id), key=_first_day):
        yield Span(part, 1, election.last_day)


def _first_day(stage: Stage) -> date:
    return stage.start or stage.end or date.max


# -- dates of letters ---------------------------------------------------------------------------------


def check_date(stage: Stage, day: date, *, prevents: bool = True, closes: date | None = None) -> Iterator[Problem]:
    """Yield what is odd about a letter for `stage` of an election that `closes` on a day, if it is dated `day`.

    Warnings: the stage is over, no rule gives it a date, it lies more than a year ahead, or it has begun and the letter
    `prevents` (other kinds, such as invitations and pledges, are written while a stage runs). Hints: a window set by a
    law has begun, or the stage is far ahead.
    """
    params: dict[str, object] = {"stage": stage.name, "window": window_text(stage), "letter_day": format_date(day)}
    begins = stage.start or stage.end
    days = (begins - day).days if begins else 0
    if stage.kind == "not_regulated":
        message = N_('No rule gives the stage "{stage}" a date yet.')
        remedy = N_("Print no date; write its dates into tahapan.toml once the KPU has set them.")
        yield Problem("law.stage-not-regulated", message, remedy, params=params, severity=Severity.WARNING)
    elif is_over(stage, day, closes):
        message = N_('The stage "{stage}" ({window}) is over; the letter is dated {letter_day}.')
        remedy = N_("Name the stage that the letter is for, or correct the date of the letter (--date).")
        yield Problem("law.stage-over", message, remedy, params=params, severity=Severity.WARNING)
    elif stage.start and stage.start <= day and prevents:
        message = N_('The stage "{stage}" ({window}) has begun when the letter is dated, {letter_day}.')
        remedy = N_("A letter that is to prevent something goes out before the stage begins.")
        long = stage.end is None or (stage.end - stage.start).days > LONG
        severity = Severity.HINT if long or stage.kind == "window" else Severity.WARNING
        yield Problem("law.stage-begun", message, remedy, params=params, severity=severity)
    elif days > FAR:
        message = N_(
            'The stage "{stage}" ({window}) begins only {days} days after the date of the letter, {letter_day}.'
        )
        remedy = N_("Check the stage and the date of the letter (--date).")
        severity = Severity.WARNING if days > ABSURD else Severity.HINT
        yield Problem("law.stage-far", message, remedy, params=params | {"days": days}, severity=severity)


def window_text(stage: Stage) -> str:
    """Return when a stage is, as a letter would say it; empty where no date is known."""
    if stage.start and stage.last_day:
        return format_period(stage.start, stage.last_day)
    if stage.start:
        return f"sejak {format_date(stage.start)}"
    return f"s.d. {format_date(stage.end)}" if stage.end else ""


# -- moved stages -------------------------------------------------------------------------------------


def conflicts(election: Election) -> Iterator[Problem]:
    """Yield warnings where the main stages no longer follow one another, as after a stage was moved."""
    stages = {stage.id: stage for stage in election.stages}
    polling = stages.get(POLLING)
    if polling and polling.start and election.polling_day and polling.start != election.polling_day:
        yield Problem(
            "law.polling-day",
            N_("{election}: polling day is {polling_day}, but the stage of polling begins on {day}."),
            N_("Change both polling_day and the stage {stage} in tahapan.toml."),
            params={
                "election": election.name,
                "polling_day": format_date(election.polling_day),
                "day": format_date(polling.start),
                "stage": POLLING,
            },
            severity=Severity.WARNING,
        )
    for before, after in ((GAP, CAMPAIGN), (CAMPAIGN, QUIET), (QUIET, POLLING)):
        yield from _gap(election, stages.get(before), stages.get(after))


def _gap(election: Election, before: Stage | None, after: Stage | None) -> Iterator[Problem]:
    if not (before and after and before.end and after.start):
        return
    if before.end + timedelta(days=1) != after.start:
        yield Problem(
            "law.stages-apart",
            N_('{election}: "{before}" ends on {end}, but "{after}" begins on {start}.'),
            N_("Where one stage is moved, the next follows: change both in tahapan.toml."),
            params={
                "election": election.name,
                "before": before.name,
                "end": format_date(before.end),
                "after": after.name,
                "start": format_date(after.start),
            },
            severity=Severity.WARNING,
        )
