"""Options several commands share → one decorator each, and the `Choice` they add up to."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.cli.translated import FilePath, argument, option
from letters.errors import N_, Problem, UsageError
from letters.writers import ENGINES, FORMATS

if TYPE_CHECKING:
    from letters.batch.choosing import Choice
    from letters.batch.workspace import Workspace
    from letters.settings import Settings

UTC_OFFSETS = {"WIB": 7, "WITA": 8, "WIT": 9}
"""Hours ahead of UTC; Indonesia has no summer time."""


class DateType(click.ParamType[date]):
    """`2024-09-24`, `24-09-2024` or `24 September 2024` → a date."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return `value` as a date, or refuse it as wrong usage."""
        from letters.l10n import parse_date

        day = value if isinstance(value, date) else parse_date(value)
        if day is None:
            raise UsageError(
                Problem(
                    "cli.no-date",
                    N_('"{value}" is no date.'),
                    N_("Write it as 2024-09-24 or 24-09-2024."),
                    params={"value": value},
                )
            )
        return day


class FormatsType(click.ParamType[tuple[str, ...]]):
    """`docx,pdf` → the formats, in that order."""

    name = "formats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the formats named, each once; refuse an unknown one."""
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
        unknown = [name for name in names if name not in FORMATS]
        if unknown or not names:
            raise UsageError(
                Problem(
                    "cli.unknown-format",
                    N_('"{value}" is no list of formats.'),
                    N_("Write one or more of {known}, with commas between them."),
                    params={"value": value, "known": ", ".join(FORMATS)},
                )
            )
        return names


ELECTION_HELP = N_("Stage of this election, where several have it.")


def occasion_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command that makes one letter the options that say for which stage of which election it is."""
    stage = option("--stage", default="", metavar="TAHAPAN", help=N_("For this stage, where the template has several."))
    return stage(option("--election", default="", metavar="ID", help=ELECTION_HELP)(function))


_WHO = (
    argument("names", nargs=-1, metavar="[TEMPLATE]..."),
    option(
        "--recipients",
        type=FilePath(path_type=Path),
        metavar="FILE",
        help=N_("Recipients table (CSV or XLSX) instead of the one of the folder."),
    ),
    option("--sheet", default="", metavar="NAME", help=N_("Worksheet to read, when the workbook has several.")),
    option("--to", "keys", multiple=True, metavar="KODE", help=N_("Only the recipient with this code (repeatable).")),
    option(
        "--group", "groups", multiple=True, metavar="KELOMPOK", help=N_("Only recipients of this group (repeatable).")
    ),
    option("--stage", default="", metavar="TAHAPAN", help=N_("For this stage; without TEMPLATE, all its templates.")),
    option("--election", default="", metavar="ID", help=ELECTION_HELP),
    option(
        "--date",
        "day",
        type=DateType(),
        metavar="YYYY-MM-DD",
        help=N_("Date of the letters; without it, today."),
    ),
    option(
        "--hijri",
        default="",
        metavar="TEXT",
        help=N_('Hijri date of the letters of this run: "20 Rabiulawal 1446"; without it, as letters.toml says.'),
    ),
    option(
        "--formats",
        type=FormatsType(),
        default=FORMATS,
        metavar="LIST",
        help=N_("Formats to make: docx, pdf, or docx,pdf (which is the default)."),
    ),
)

engine_option = option(
    "--engine",
    type=click.Choice(tuple(ENGINES)),
    help=N_("What makes the PDF, instead of what letters.toml says in [pdf]."),
)
"""Which PDF engine; None where nothing is said."""


def choice_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose letters; `function` gets (output, workspace, choice, …its own options)."""

    @wraps(function)
    def run(
        names: tuple[str, ...],
        recipients: Path | None,
        sheet: str,
        keys: tuple[str, ...],
        groups: tuple[str, ...],
        stage: str,
        election: str,
        day: date | None,
        hijri: str,
        formats: tuple[str, ...],
        engine: str | None,
        **own: Any,
    ) -> Any:
        from letters.batch.choosing import Choice
        from letters.batch.hijri import typed_for
        from letters.batch.occasions import Wanted
        from letters.batch.workspace import open_workspace
        from letters.recipients import group_id

        output = click.get_current_context().obj
        workspace = open_workspace(output.folder, engine)
        its_day = today(workspace.settings)
        if election:
            workspace.calendar.election(election)  # says that it is not known, and which name is near
        choice = Choice(
            templates=names,
            day=day or its_day,
            recipients=recipients,
            sheet=sheet,
            keys=keys,
            groups=tuple(map(group_id, groups)),
            formats=formats,
            batch=own.pop("batch", ""),
            made_on=its_day,
            wanted=Wanted(election, stage),
        )
        return function(output, typed_for(workspace, choice.day, hijri), choice, **own)

    for decorate in reversed((*_WHO, engine_option)):
        run = decorate(run)
    return run


def now() -> datetime:
    """Return the time with its zone; the only reading of the clock."""
    return datetime.now().astimezone()


def clock(settings: Settings) -> Callable[[], datetime]:
    """Return the clock on the office's wall, for the register's events: it goes by the zone in letters.toml."""
    zone = timezone(timedelta(hours=UTC_OFFSETS[settings.office.time_zone]))
    return lambda: now().astimezone(zone)


def today(settings: Settings) -> date:
    """Return the day it is where the office is, whatever zone the machine is set to."""
    return clock(settings)().date()


def actor() -> Any:
    """Return who is at work, for the register's events."""
    import socket  # here, as help does without all of them
    from importlib.metadata import version

    from letters.register import Actor

    return Actor(_user(), socket.gethostname(), f"letters {version('letters')}")


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no login name: a bare container
        return os.environ.get("USERNAME", "?")


def named_templates(workspace: Workspace, choice: Choice) -> Choice:
    """Return `choice` with the templates of its stage, where none is named.

    Drafts and numbers are never made for all templates at once: a choice without template and stage is refused.
    """
    from letters.batch.occasions import templates_of_stage

    if choice.templates:
        return choice
    if choice.wanted.stage:
        names, wanted = templates_of_stage(workspace, choice.wanted)
        return replace(choice, templates=names, wanted=wanted, all_templates=True)
    raise UsageError(
        Problem(
            "cli.no-template",
            N_("No template is named."),
            N_("Name one or more, or a stage with --stage; letters templates list shows which there are."),
        )
    )
