"""``letters stages`` → the calendar of an election on the terminal, as a calendar file, or as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.cli.options import DateType, now, today
from letters.cli.output import Output
from letters.cli.register.shared import known_register
from letters.cli.translated import FilePath, command, option
from letters.errors import N_, Phrase, Phrases, Problem, UsageError

if TYPE_CHECKING:
    from letters.batch.stages import Line, TimeLine
    from letters.law import Calendar, Change, Election

STATES = {
    "past": N_("over"),
    "now": N_("running"),
    "ahead": N_("ahead"),
    "open": N_("no date"),
}
STATUSES = {
    "finished": N_("over"),
    "not_held": N_("not held"),
    "current": N_("running"),
    "not_regulated": N_("not regulated"),
}


@command(help=N_("Show the calendar of an election: what is over, running and next, and what the office moved."))
@option(
    "--election", default="", metavar="ID", help=N_("Election to show; without it, the one of letters.toml, or a list.")
)
@option(
    "--today",
    "day",
    type=DateType(),
    metavar="YYYY-MM-DD",
    help=N_("Look at the calendar as of this day; without it, today."),
)
@option(
    "--ics",
    "path",
    type=FilePath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("Write the stages as a calendar file too, for Outlook, Google Calendar or a telephone."),
)
@click.pass_obj
def stages(output: Output, election: str, day: date | None, path: Path | None) -> None:
    """Print the line of time."""
    from letters.batch.stages import kept_changes, time_line, write_stage_events
    from letters.batch.workspace import open_calendar
    from letters.l10n import format_date

    settings, calendar = open_calendar(output.folder)
    day = day or today(settings)
    election = election or settings.election
    if not election:
        if path is not None:
            raise UsageError(_which_election(calendar))
        _list_elections(output, calendar, day)
        return
    line = time_line(calendar, election, day)
    _tell(output, calendar, line, day)
    with known_register(output) as (register, faults):
        kept = kept_changes(register, election) if register else []
    for one in kept:
        output.say(
            N_("In the register since {day}, by {user}: {changes}."),
            day=format_date(one.at.date()),
            user=one.user,
            changes=Phrases(one.changes or (Phrase(N_("the usual calendar again")),)),
        )
    output.problems([*line.notices, *faults])
    if path is not None:
        count = write_stage_events(path, line.election, now())
        output.say(N_("{count} stages written to {path}."), count=count, path=path)
    output.result(
        today=day,
        as_of=calendar.as_of,
        election=_election_data(line.election),
        stages=[_line_data(one) for one in line.lines],
        moved=_changes_data(line.moved),
        kept=[
            {
                "at": one.at,
                "user": one.user,
                "changes": [output.text(part.message, **part.params) for part in one.changes],
            }
            for one in kept
        ],
        notices=output.problem_data([*line.notices, *faults]),
    )


def _which_election(calendar: Calendar) -> Problem:
    return Problem(
        "cli.ics-which-election",
        N_("A calendar file holds one election, and none is named."),
        N_('Name it with --election, or write [kalender] pemilihan = "…" in letters.toml; known are: {known}.'),
        params={"known": ", ".join(one.id for one in calendar.elections)},
    )


def _tell(output: Output, calendar: Calendar, line: TimeLine, day: date) -> None:
    from letters.l10n import format_date, format_day

    election = line.election
    output.say("{name} ({id})", name=election.name, id=election.id)
    if not line.is_regulated:
        output.say(N_("Its calendar is not regulated yet, so there are no dates to be shown or printed."))
        output.say(N_("Once the KPU has set them, write them into tahapan.toml."))
    if election.polling_day:
        output.say(N_("Polling day: {day}."), day=format_day(election.polling_day))
    for change in line.moved:
        output.say("{change}", change=_moved_text(output, change))
    if not output.as_json:
        headings = [N_("State"), N_("Stage"), N_("Id"), N_("Dates"), N_("Remark")]
        output.table(headings, [_row(output, one, day) for one in line.lines])
    if calendar.as_of:
        output.say(N_("State of knowledge: {day}."), day=format_date(calendar.as_of))
    output.say(N_("Today: {day}."), day=format_day(day))
    running = [one.span.stage.name for one in line.lines if one.state == "now"]
    if running:
        output.say(N_("Running: {stages}."), stages="; ".join(running))
    for one in line.following:
        output.say("{next}", next=_next_text(output, one, day))


def _next_text(output: Output, line: Line, day: date) -> str:
    from letters.l10n import format_date

    first = line.span.first
    assert first is not None
    return output.text(
        N_("Next: {stage}, {day} (days to go: {days})."),
        stage=line.span.stage.name,
        day=format_date(first),
        days=(first - day).days,
    )


def _row(output: Output, line: Line, day: date) -> list[str]:
    from letters.law import window_text

    stage = line.span.stage
    state = output.text(_state(line))
    name = "  " * line.span.depth + stage.name
    return [state, name, stage.id, window_text(stage) or "-", "; ".join(_remarks(output, line))]


def _state(line: Line) -> str:
    if line.state == "open" and line.span.last:
        return N_("start not known")
    return N_("next") if line.is_next else STATES[line.state]


def _remarks(output: Output, line: Line) -> list[str]:
    stage = line.span.stage
    remarks = [_moved_text(output, change) for change in line.moved]
    if stage.kind == "not_regulated":
        remarks.append(output.text(N_("not regulated")))
    elif stage.kind == "conditional" and line.span.first is None:
        remarks.append(output.text(N_("depends on what comes before it")))
    elif stage.kind == "recurring":
        remarks.append(output.text(N_("at any time")))
    if stage.until and not stage.end:
        remarks.append(output.text(N_("until {stages}"), stages=" / ".join(stage.ends_with)))
    if line.span.first and not stage.verified:
        remarks.append(output.text(N_("date not confirmed")))
    return remarks


def _moved_text(output: Output, change: Change) -> str:
    from letters.batch.stages import DATES
    from letters.l10n import format_date

    where = f"{Path(change.file).name}:{change.line}"
    if change.key in DATES and isinstance(change.old, date):
        return output.text(N_("moved by the office ({where}), was {day}"), where=where, day=format_date(change.old))
    return output.text(N_("set by the office ({where})"), where=where)


def _list_elections(output: Output, calendar: Calendar, day: date) -> None:
    """Print every election, for the user to choose from."""
    from letters.l10n import format_date

    if not output.as_json:
        headings = [N_("Election"), N_("Name"), N_("Polling day"), N_("State")]
        rows = [
            [one.id, one.name, format_date(one.polling_day) if one.polling_day else "-", _status(output, one)]
            for one in calendar.elections
        ]
        output.table(headings, rows)
    output.say(N_('For its stages: letters stages --election ID, or [kalender] pemilihan = "…" in letters.toml.'))
    output.result(today=day, as_of=calendar.as_of, elections=[_election_data(one) for one in calendar.elections])


def _status(output: Output, election: Election) -> str:
    return output.text(STATUSES[election.status])


# -- plain data ----------------------------------------------------------------------------------------


def _election_data(election: Election) -> dict[str, object]:
    return {
        "id": election.id,
        "name": election.name,
        "regime": election.regime,
        "status": election.status,
        "polling_day": election.polling_day,
    }


def _line_data(line: Line) -> dict[str, object]:
    stage = line.span.stage
    return {
        "id": stage.id,
        "name": stage.name,
        "kind": stage.kind,
        "parent": stage.parent,
        "start": stage.start,
        "end": stage.end,
        "until": stage.until,
        "state": line.state.value,
        "next": line.is_next,
        "verified": stage.verified,
        "date_rule": stage.date_rule,
        "moved": _changes_data(line.moved),
    }


def _changes_data(changes: tuple[Change, ...]) -> list[dict[str, object]]:
    from letters.batch.stages import change_data

    return [
        data | {"file": change.file, "line": change.line}
        for data, change in zip(change_data(changes), changes, strict=True)
    ]
