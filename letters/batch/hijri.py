"""Date of a letter + settings → its Hijri date as printed; and whether a person has to confirm it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.l10n import hijri_date
from letters.merge import Template

HijriDate = tuple[int, int, int]
"""Day, month, year."""
LAST_DAY = 30


def typed_for(workspace: Workspace, day: date, text: str) -> Workspace:
    """Return the workspace of one run whose letters dated `day` bear this Hijri date; empty `text`: as it is.

    It stands for the line that letters.toml would have under `[hijriah]`, and turns the Hijri date on.
    """
    if not text.strip():
        return workspace
    settings = workspace.settings
    changed = {
        "hijri_dates": {**settings.hijri_dates, day.isoformat(): text.strip()},
        "style": settings.style.model_copy(update={"hijri": True}),
    }
    return replace(workspace, settings=settings.model_copy(update=changed))


def _is_wanted(workspace: Workspace, template: Template) -> bool:
    """Return whether letters of `template` bear a Hijri date: it says so itself, else letters.toml does for all."""
    return workspace.settings.style.hijri if template.front.hijri is None else template.front.hijri


def hijri_text(workspace: Workspace, template: Template, day: date) -> str:
    """Return `hijriah`: the Hijri date below the date, `20 Rabiulawal 1446 H`; empty where none is printed.

    What the office wrote into `[hijriah]` goes before what is computed: the official calendar follows the sighting.
    """
    if not _is_wanted(workspace, template):
        return ""
    typed = workspace.settings.hijri_dates.get(day.isoformat(), "")
    if typed:
        return f"{typed.removesuffix('H').rstrip()} H"
    found = hijri_date(day)
    return _printed(workspace, found) if found else ""


def _printed(workspace: Workspace, found: HijriDate) -> str:
    day, month, year = found
    return f"{day} {workspace.conventions.hijri.months[month - 1]} {year} H"


def hijri_problems(workspace: Workspace, template: Template, day: date) -> Iterator[Problem]:
    """Yield what a person has to look at: a computed date, or a typed one that cannot be that of the day."""
    text = hijri_text(workspace, template, day)
    if not _is_wanted(workspace, template):
        return
    place = Place(file=str(workspace.folder / SETTINGS_FILE))
    params = {"given": text.removesuffix(" H"), "day": day, "key": day.isoformat()}
    if day.isoformat() in workspace.settings.hijri_dates:
        if not _is_likely(workspace, text, day):
            computed = hijri_date(day)
            params["computed"] = _printed(workspace, computed) if computed else "-"
            message = N_("The Hijri date {given} of {day} is more than a day away from the computed one, {computed}.")
            remedy = N_("Correct it in [hijriah] of letters.toml, or in --hijri.")
            yield Problem("batch.hijri-far", message, remedy, place, params, Severity.WARNING)
    elif text:
        message = N_("The Hijri date {given} of {day} is computed; the official one may differ by a day.")
        remedy = N_(
            'Confirm it, then write under [hijriah] in letters.toml: {key} = "{given}"; for this run alone: --hijri.'
        )
        yield Problem("batch.hijri-computed", message, remedy, place, params, Severity.WARNING)
    else:
        message = N_("No Hijri date can be computed for {day}; none is printed.")
        remedy = N_("Write it under [hijriah] in letters.toml, or for this run with --hijri.")
        yield Problem("batch.hijri-none", message, remedy, place, params, Severity.WARNING)


def _is_likely(workspace: Workspace, text: str, day: date) -> bool:
    """Return whether `text` is within a day of the computed date; a month may have had a thirtieth day."""
    typed = read_hijri(workspace, text)
    near = {hijri_date(day + timedelta(days)) for days in (-1, 0, 1)}
    if typed is None:
        return False
    return typed in near or (typed[0] == LAST_DAY and (LAST_DAY - 1, *typed[1:]) in near)


def read_hijri(workspace: Workspace, text: str) -> HijriDate | None:
    """Return the date that `text` says, in any known spelling of the month; None when it says none."""
    found = re.fullmatch(r"(\d{1,2}) (.+) (\d{4})(?: ?H)?", text.strip())
    if found is None:
        return None
    hijri = workspace.conventions.hijri
    names = {name.casefold(): number for number, name in enumerate(hijri.months, 1)}
    names |= {name.casefold(): number for name, number in hijri.also.items()}
    month = names.get(found[2].casefold())
    return (int(found[1]), month, int(found[3])) if month else None
