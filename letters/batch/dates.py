"""Date of a letter against its stage and against today → what the user should know before a number is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from letters.batch.facts import Setting
from letters.batch.workspace import Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.l10n import format_date
from letters.law import StageState

PREVENTING = ("imbauan", "edaran")
"""Kinds of letters (`jenis`) that are to prevent something; others, such as invitations, go out while a stage runs."""
SOON, ABSURD, LONG_AGO = 31, 366, 5 * 366
"""Days from today: a letter is dated ahead by more than the first, or by so much that it is a slip; or long before."""


def stage_problems(workspace: Workspace, setting: Setting) -> Iterator[Problem]:
    """Yield what is odd about the letter's date for its stage: over, begun, far ahead, not regulated."""
    occasion, front = setting.occasion, setting.template.front
    if occasion.stage:
        prevents = front.kind in PREVENTING
        found = workspace.calendar.check_date(occasion.election, occasion.stage, setting.day, prevents=prevents)
        yield from (replace(problem, place=Place(file=str(setting.template.path))) for problem in found)


def is_over(workspace: Workspace, setting: Setting) -> bool:
    """Return whether the stage of the letter had ended by its date."""
    occasion = setting.occasion
    if not occasion.stage:
        return False
    return workspace.calendar.state(occasion.election, occasion.stage, setting.day) is StageState.PAST


def past_problems(workspace: Workspace, settings: Iterable[Setting]) -> Iterator[Problem]:
    """Yield one hint that names the templates whose stage is over on the day all templates are checked for."""
    past = {setting.template.name: setting.day for setting in settings if is_over(workspace, setting)}
    if past:
        params = {"names": ", ".join(past), "day": format_date(next(iter(past.values())))}
        message = N_("Their stages are over on {day}: {names}.")
        remedy = N_("Check the letters of a stage with --stage, on the day they will bear (--date).")
        yield Problem("batch.stages-over", message, remedy, params=params, severity=Severity.HINT)


def day_problems(day: date, today: date | None) -> Iterator[Problem]:
    """Yield what is odd about letters dated `day` that are made on `today`: a slip of the year takes wrong numbers."""
    ahead = (day - today).days if today else 0
    params = {"day": format_date(day), "today": format_date(today) if today else "", "days": abs(ahead)}
    if ahead > SOON:
        severity = Severity.ERROR if ahead > ABSURD else Severity.WARNING
        message = N_("The letters are dated {day}, {days} days after today, {today}.")
        remedy = N_("Correct --date; where today is wrong, set the clock of this computer.")
        yield Problem("batch.date-ahead", message, remedy, params=params, severity=severity)
    elif -ahead > LONG_AGO:
        message = N_("The letters are dated {day}, {days} days before today, {today}.")
        remedy = N_(
            "Correct --date, if that is a slip; letters of that time can be entered with letters register outside."
        )
        yield Problem("batch.date-long-ago", message, remedy, params=params, severity=Severity.WARNING)


def stage_is_over(name: str, stage: str, day: date) -> Problem:
    """Return the error for new letters of a whole stage that is over."""
    return Problem(
        "batch.stage-over",
        N_('{name}: no new letters for the stage "{stage}", which is over on {day}.'),
        N_("To make them nevertheless, name the template: letters issue {name} --stage {stage}"),
        params={"name": name, "stage": stage, "day": format_date(day)},
    )
