"""An election's stages → one readable line of time, and what is odd about a letter's date or a moved stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from letters.errors import N_, Problem, Severity
from letters.l10n import format_date
from letters.law.stage_records import Election, Stage

FAR = 90
"""Days before a stage from which on a letter for it is early."""
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

    @property
    def first(self) -> date | None:
        """Return the day to be ready by: the first day, or that of a deadline."""
        return self.stage.start or self.stage.end

    @property
    def last(self) -> date | None:
        """Return the last day; None where the stage is open at the end or its dates are not known."""
        return self.stage.end

    def state(self, on: date) -> StageState:
        """Return how the stage lies to that day."""
        start, end = self.stage.start, self.stage.end
        if end is not None and end < on:
            return StageState.PAST
        if start is not None:
            return StageState.AHEAD if on < start else StageState.NOW
        return StageState.AHEAD if end is not None and self.stage.kind == "deadline" else StageState.OPEN


def timeline(election: Election) -> tuple[Span, ...]:
    """Return the stages by their first day, parts below the stage around them, those without dates last."""
    tops = sorted((stage for stage in election.stages if not stage.parent), key=_first_day)
    return tuple(span for top in tops for span in _with_parts(election, top))


def _with_parts(election: Election, top: Stage) -> Iterator[Span]:
    yield Span(top, 0)
    for part in sorted((stage for stage in election.stages if stage.parent == top.id), key=_first_day):
        yield Span(part, 1)


def _first_day(stage: Stage) -> date:
    return stage.start or stage.end or date.max


# -- dates of letters ---------------------------------------------------------------------------------


def check_date(stage: Stage, day: date) -> Iterator[Problem]:
    """Yield what is odd about a letter for `stage` that is dated `day`.

    Warnings: the stage is over, or no rule gives it a date. Hints: it has begun, or it is far ahead.
    """
    params: dict[str, object] = {"stage": stage.name, "letter_day": format_date(day)}
    if stage.kind == "not_regulated":
        message = N_('No rule gives the stage "{stage}" a date yet.')
        remedy = N_("Print no date; write its dates into tahapan.toml once the KPU has set them.")
        yield Problem("law.stage-not-regulated", message, remedy, params=params, severity=Severity.WARNING)
    elif stage.end and stage.end < day:
        params["day"] = format_date(stage.end)
        message = N_('The stage "{stage}" ended on {day}; the letter is dated {letter_day}.')
        remedy = N_("Name the stage that the letter is for.")
        yield Problem("law.stage-over", message, remedy, params=params, severity=Severity.WARNING)
    elif stage.start and stage.start <= day:
        params["day"] = format_date(stage.start)
        message = N_('The stage "{stage}" began on {day}; the letter is dated {letter_day}.')
        remedy = N_("A letter that is to prevent something goes out before the stage begins.")
        yield Problem("law.stage-begun", message, remedy, params=params, severity=Severity.HINT)
    elif stage.start and (stage.start - day).days > FAR:
        params |= {"day": format_date(stage.start), "days": (stage.start - day).days}
        message = N_('The stage "{stage}" begins only on {day}, {days} days after the date of the letter.')
        remedy = N_("Check the stage and the date of the letter.")
        yield Problem("law.stage-far", message, remedy, params=params, severity=Severity.HINT)


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
