"""Which letters go out before which stage + what is issued + today → what is done, due, late or missed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from letters.law.calendar import Calendar
from letters.law.stage_records import Stage


class DueState(StrEnum):
    """How far the letters of one template to one group have come."""

    DONE = "done"
    """Every recipient has the letter."""
    AHEAD = "ahead"
    """Not yet within the days asked for."""
    DUE = "due"
    """The last day to send it lies within the days asked for."""
    LATE = "late"
    """The last day to send it has passed, the stage has not ended."""
    MISSED = "missed"
    """The stage has ended, or the whole election where the stage has no end; sending it would prevent nothing."""
    UNDATED = "undated"
    """The stage has no date, so the letter has none either."""
    NOBODY = "nobody"
    """The table has no recipient of this group."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Letters of one template that must go out before a stage."""

    template: str
    election: str
    stage: str
    recipients: Mapping[str, Collection[str]]
    """Keys of the recipients by group."""
    lead_days: int = 1
    """Days before the stage begins by which they must have gone out."""
    prevents: bool = True
    """Whether they are to prevent something; what is not, such as an invitation, is in time until the stage ends."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that has been issued, or was before it was made void."""

    template: str
    election: str
    stage: str
    key: str
    """`kode` of the recipient."""


@dataclass(frozen=True, slots=True)
class Due:
    """The letters of one template to one group, and when they must go out."""

    template: str
    election: str
    stage: Stage
    group: str
    state: DueState
    send_by: date | None
    """Last day on which they are in time."""
    missing: tuple[str, ...]
    """Keys of the recipients that have no letter yet."""
    void: tuple[str, ...]
    """Keys of the recipients whose letter is void and who have no other: none is made for them unasked."""
    issued: int

    @property
    def needs_action(self) -> bool:
        """Return whether somebody must act: what a scheduled run reports and exits with."""
        return self.state in (DueState.DUE, DueState.LATE)


def due(
    calendar: Calendar,
    plans: Iterable[Outgoing],
    sent: Collection[Sent],
    today: date,
    within_days: int,
    void: Collection[Sent] = (),
) -> tuple[Due, ...]:
    """Return how the letters of `plans` stand on the day `today`, those to be sent first at the head.

    `void` are letters that were made void; somebody who got another one since is also among `sent`.

    Raises LawError for an unknown election or stage.
    """
    days = today, within_days
    found = [_due(calendar, plan, group, (sent, void), days) for plan in plans for group in plan.recipients]
    return tuple(sorted(found, key=lambda one: (one.send_by or date.max, one.template, one.group)))


def _due(
    calendar: Calendar,
    plan: Outgoing,
    group: str,
    letters: tuple[Collection[Sent], Collection[Sent]],
    days: tuple[date, int],
) -> Due:
    """Return how the letters of `plan` to `group` stand; `letters` are those issued and those void."""
    stage = calendar.stage(plan.election, plan.stage)
    keys = sorted(plan.recipients[group])
    sent, void = ({k for k in keys if Sent(plan.template, plan.election, plan.stage, k) in some} for some in letters)
    missing = tuple(key for key in keys if key not in sent | void)
    gone = tuple(sorted(void - sent))
    send_by = _send_by(stage, plan)
    state = _state(stage.last_day or calendar.election(plan.election).last_day, send_by, *days)
    if not keys:
        state = DueState.NOBODY
    elif not missing and not gone:
        state = DueState.DONE
    return Due(plan.template, plan.election, stage, group, state, send_by, missing, gone, len(sent))


def _send_by(stage: Stage, plan: Outgoing) -> date | None:
    begins = stage.start or stage.end
    if begins and stage.start and stage.end and not plan.prevents:
        return stage.end
    return begins - timedelta(days=plan.lead_days) if begins else None


def _state(end: date | None, send_by: date | None, today: date, within_days: int) -> DueState:
    if send_by is None:
        return DueState.UNDATED
    if end is not None and end < today:
        return DueState.MISSED
    if send_by < today:
        return DueState.LATE
    return DueState.DUE if send_by <= today + timedelta(days=within_days) else DueState.AHEAD
