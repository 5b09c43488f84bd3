"""Calendar, letters that go out, and the table → groups that are usually written to before a stage, and by no template.

A template for another election, or a stage of the office's own calendar, would else leave them out unsaid.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from letters.law import Calendar, Election, Outgoing, Stage, StageState


@dataclass(frozen=True, slots=True)
class Unserved:
    """Groups of the table that no template of the office writes to before a stage."""

    election: Election
    stage: Stage
    groups: tuple[str, ...]


def unserved(
    calendar: Calendar,
    elections: Iterable[Election],
    plans: Iterable[Outgoing],
    groups: Collection[str],
    today: date,
    days: int,
) -> Iterator[Unserved]:
    """Yield what no template serves of the stages that run on `today` or begin within `days`."""
    served = {(plan.election, plan.stage, group) for plan in plans for group in plan.recipients}
    for election in elections:
        for stage in election.stages:
            if not _is_near(calendar, stage, today, days):
                continue
            usual = [group for group in usual_groups(calendar, election, stage) if group in groups]
            left = tuple(group for group in usual if (election.id, stage.id, group) not in served)
            if left:
                yield Unserved(election, stage, left)


def usual_groups(calendar: Calendar, election: Election, stage: Stage) -> tuple[str, ...]:
    """Return whom letters for `stage` usually go to; where its election says nothing, another one of its kind does."""
    alike = (one for other in calendar.elections if other.regime == election.regime for one in other.stages)
    known = (one.addressees for one in alike if one.id == stage.id and one.addressees)
    return stage.addressees or next(known, ())


def _is_near(calendar: Calendar, stage: Stage, today: date, days: int) -> bool:
    begins = stage.start or stage.end
    known = begins is not None and begins <= today + timedelta(days=days)
    return known and calendar.state(stage.election, stage.id, today) in (StageState.NOW, StageState.AHEAD)
