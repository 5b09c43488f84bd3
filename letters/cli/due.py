"""``letters due`` → which letters must go out before which stage, what is issued, what is late; a code for cron."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.cli.options import DateType, actor, clock, now, today
from letters.cli.output import Output
from letters.cli.register.shared import password
from letters.cli.translated import FilePath, command, option
from letters.errors import N_, Problem, UsageError

if TYPE_CHECKING:
    from letters.batch.due import DueReport
    from letters.batch.workspace import Workspace
    from letters.law import Due
    from letters.register import Register

STATES = {
    "done": N_("issued"),
    "ahead": N_("ahead"),
    "due": N_("due"),
    "late": N_("LATE"),
    "missed": N_("stage over"),
    "undated": N_("no date"),
    "nobody": N_("no recipient"),
}
MOST_DAYS = 3660


class DaysType(click.ParamType[int]):
    """`30d`, `30`, `30 hari`, `4w`, `4 minggu` → days."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return `value` as a number of days, or refuse it as wrong usage."""
        match = re.fullmatch(r"(\d{1,4}) ?(|d|hari|w|minggu)", str(value).strip().casefold())
        days = int(match[1]) * (7 if match[2] in ("w", "minggu") else 1) if match else -1
        if not 0 <= days <= MOST_DAYS:
            raise UsageError(
                Problem(
                    "cli.no-days",
                    N_('"{value}" is no number of days.'),
                    N_("Write it as 30d (days) or 4w (weeks)."),
                    params={"value": value},
                )
            )
        return days


@command(
    help=N_(
        "Tell which letters must go out before which stage, what is issued and what is late. "
        "Exit code 0: nothing to do; 5: something is due or late; others as everywhere."
    )
)
@option("--within", "days", type=DaysType(), default="30d", metavar="30d", help=N_("How far to look ahead: 30d, 4w."))
@option(
    "--today",
    "day",
    type=DateType(),
    metavar="YYYY-MM-DD",
    help=N_("Look at the calendar as of this day; without it, today."),
)
@option("--stage", default="", metavar="TAHAPAN", help=N_("Only letters for this stage."))
@option(
    "--election", default="", metavar="ID", help=N_("Only this election; without it, the one of letters.toml, or all.")
)
@option(
    "--recipients",
    "file",
    type=FilePath(path_type=Path),
    metavar="FILE",
    help=N_("Recipients table (CSV or XLSX) instead of the one of the folder."),
)
@option("--sheet", default="", metavar="NAME", help=N_("Worksheet to read, when the workbook has several."))
@option("--all", "everything", is_flag=True, help=N_("Also show what is further ahead, without date, or over."))
@option(
    "--ics",
    "path",
    type=FilePath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("Write the days by which letters go out as a calendar file too."),
)
@click.pass_obj
def due(output: Output, /, days: int, day: date | None, everything: bool, path: Path | None, **wanted: Any) -> int:
    """Print what is due and return the exit code."""
    from letters.batch.due import due_letters
    from letters.batch.occasions import Wanted
    from letters.batch.workspace import open_workspace

    workspace = open_workspace(output.folder)
    day = day or today(workspace.settings)
    with ExitStack() as stack:
        register = _register(workspace, stack)
        asked = Wanted(wanted["election"], wanted["stage"])
        report = due_letters(workspace, asked, (wanted["file"], wanted["sheet"]), register, day, days)
    _tell(output, report, days, everything=everything)
    if path is not None:
        _write(output, path, report)
    dues = report.dues if everything else report.near
    output.result(
        today=day,
        within=days,
        dues=[_data(report, one) for one in dues],
        unserved=[
            {"election": one.election.id, "stage": one.stage.id, "groups": list(one.groups)} for one in report.unserved
        ],
        commands=report.commands(),
        exit_code=report.exit_code,
    )
    return report.exit_code


def _register(workspace: Workspace, stack: ExitStack) -> Register | None:
    """Return the register, opened; None before the first letter, when there is none yet."""
    from letters.batch.issue import has_letters
    from letters.register import Register

    place = workspace.register_path
    if "://" not in place and not Path(place).exists() and not has_letters(workspace):
        return None
    wall_clock = clock(workspace.settings)
    return stack.enter_context(Register.open(place, actor(), wall_clock, create=False, password=password()))


def _tell(output: Output, report: DueReport, days: int, *, everything: bool) -> None:
    from letters.l10n import format_day
    from letters.law import DueState

    dues = report.dues if everything else report.near
    if dues and not output.as_json:
        headings = [N_("State"), N_("Send by"), N_("Stage"), N_("Template"), N_("Group"), N_("Issued"), N_("Missing")]
        output.table(headings, [_row(output, one, report.day) for one in dues])
    output.say(N_("Today: {day}. Looking {days} days ahead."), day=format_day(report.day), days=days)
    counts = {state: report.count(state) for state in DueState}
    output.say(
        N_(
            "Late: {late}. Due: {due}. Issued: {done}. Further ahead: {ahead}. Without date: {undated}. Over: {missed}."
        ),
        **{state.value: count for state, count in counts.items()},
    )
    if groups := report.without_recipients():
        output.say(N_("No recipients in the table: {groups}."), groups=", ".join(groups))
    for missing in report.unserved:
        output.say(
            N_('No template of this office writes to {groups} before the stage "{stage}" of {election}.'),
            groups=", ".join(missing.groups),
            stage=missing.stage.id,
            election=missing.election.id,
        )
    if not report.to_do:
        output.say(N_("Nothing to do."))
    for one in dues:
        for key, number in report.void(one).items():
            output.say(N_("{number} to {key} is void, and issue makes no new one by itself."), number=number, key=key)
        if one.void and one.needs_action:
            output.say(N_("To write to them anew: {command}"), command=report.command_again(one))
    for line in report.commands():
        output.say(N_("To issue them: {command}"), command=line)


def _row(output: Output, one: Due, day: date) -> list[str]:
    from letters.l10n import format_date

    last = "-"
    if one.send_by:
        last = f"{format_date(one.send_by)} ({(one.send_by - day).days:+d})"
    total = one.issued + len(one.missing) + len(one.void)
    return [
        output.text(STATES[one.state]),
        last,
        one.stage.id,
        one.template,
        one.group,
        f"{one.issued}/{total}",
        _some(one.missing),
    ]


def _some(keys: tuple[str, ...], most: int = 3) -> str:
    rest = f" +{len(keys) - most}" if len(keys) > most else ""
    return ", ".join(keys[:most]) + rest


def _write(output: Output, path: Path, report: DueReport) -> None:
    from letters.batch.stages import write_events
    from letters.law import due_events

    count = write_events(path, "Surat sebelum tahapan", tuple(due_events(report.dues)), now())
    output.say(N_("{count} days written to {path}."), count=count, path=path)


def _data(report: DueReport, one: Due) -> dict[str, object]:
    return {
        "state": one.state.value,
        "send_by": one.send_by,
        "days": (one.send_by - report.day).days if one.send_by else None,
        "election": one.election,
        "stage": {"id": one.stage.id, "name": one.stage.name, "start": one.stage.start, "end": one.stage.end},
        "template": one.template,
        "group": one.group,
        "issued": one.issued,
        "missing": list(one.missing),
        "void": [{"key": key, "number": number} for key, number in report.void(one).items()],
    }
