"""Results and problems → text for a person, or one JSON object for a program; progress on standard error."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from letters.errors import N_, Problem, Severity
from letters.messages import filled, problem_text

STEPS = {
    "check": N_("Checking"),
    "wait": N_("Another run was waited for"),
    "reserve": N_("Numbers taken"),
    "produce": N_("Making letters"),
    "workers": N_("Waiting for the cluster, workers connected"),
    "import": N_("Lines entered"),
}
WAITING = "workers"
"""The step that is told as soon as it comes: it may last."""
LABELS = {Severity.ERROR: N_("Error"), Severity.WARNING: N_("Warning"), Severity.HINT: N_("Hint")}
LOG_INTERVAL = 10.0
"""Seconds between two lines about a step that takes long, in a log."""
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "blue"}


class Output:
    """The one voice of a command: what it says, in which language, and as text or JSON."""

    def __init__(self, language: str = "id", *, as_json: bool = False) -> None:
        self.language = language
        self.as_json = as_json
        self.folder = Path()
        self.interrupted = False
        """Whether the user has pressed Ctrl-C."""
        self._bar: Any = None
        self._bar_tasks: dict[str, Any] = {}
        self._log_step = ""
        self._log_start = (0.0, 0)
        self._log_last = 0.0

    # -- text -----------------------------------------------------------------------------------------

    def text(self, message: str, **params: object) -> str:
        """Return a message id in the user's language, filled."""
        return filled(message, self.language, params)

    def say(self, message: str, **params: object) -> None:
        """Tell a person something; a program gets it in the JSON object instead."""
        if not self.as_json:
            click.echo(self.text(message, **params))

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], **params: object) -> None:
        """Print a table: ruled on a terminal, tab-separated lines elsewhere, so that other programs can cut it.

        `params` fill the headings.
        """
        titles = [self.text(heading, **params) for heading in headings]
        if not sys.stdout.isatty():
            for row in [titles, *rows]:
                click.echo("\t".join(cell.replace("\n", " ").replace("\t", " ") for cell in row))
            return
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(*titles)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)

    # -- results --------------------------------------------------------------------------------------

    def result(self, **data: object) -> None:
        """Print the JSON object of a command that went well; a person has been told already.

        What a person needs no list of may be an iterator: it is asked only for JSON.
        """
        if self.as_json:
            self._print({"ok": True, **data})

    def problems(self, problems: Iterable[Problem]) -> None:
        """Tell a person each problem on standard error, errors first."""
        self.stop_progress()
        if self.as_json:
            return
        for problem in sorted(problems, key=lambda found: list(Severity).index(found.severity)):
            label = click.style(self.text(LABELS[problem.severity]) + ": ", fg=COLOURS[problem.severity], bold=True)
            click.echo(label + problem_text(problem, self.language), err=True)

    def fail(self, problems: Sequence[Problem]) -> None:
        """Tell the problems that ended a command."""
        self.problems(problems)
        if self.as_json:
            self._print({"ok": False, "problems": self.problem_data(problems)})

    def problem_data(self, problems: Iterable[Problem]) -> list[dict[str, object]]:
        """Return problems as plain data, texts in the user's language."""
        return [
            {
                "code": problem.code,
                "severity": problem.severity.value,
                "message": self.text(problem.message, **problem.params),
                "remedy": self.text(problem.remedy, **problem.params),
                **{name: value for name, value in asdict(problem.place).items() if value},
            }
            for problem in problems
        ]

    def _print(self, data: dict[str, object]) -> None:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_plain))

    # -- progress -------------------------------------------------------------------------------------

    def progress(self, step: str, done: int, total: int) -> None:
        """Show how far a step is: a bar on a terminal, a line at the end of each step in a log.

        Raises KeyboardInterrupt if one was noted that came to nothing.
        """
        if self.interrupted:
            raise KeyboardInterrupt
        if not sys.stderr.isatty():
            self._log_progress(step, done, total)
            return
        if self._bar is None:
            self._bar = _start_bar()
        if step not in self._bar_tasks:
            self._bar_tasks[step] = self._bar.add_task(self.text(STEPS[step]), total=total)
        self._bar.update(self._bar_tasks[step], completed=done, total=total)

    def _log_progress(self, step: str, done: int, total: int) -> None:
        """Print a line at the end of a step, and of a long one now and then, with its pace."""
        now = time.monotonic()
        if step != self._log_step:
            self._log_step, self._log_start, self._log_last = step, (now, done), now
        began, first = self._log_start
        if done == total or step == WAITING:
            click.echo(f"{self.text(STEPS[step])}: {done}/{total}", err=True)
        elif now - self._log_last >= LOG_INTERVAL and done > first:
            self._log_last = now
            pace = (done - first) / (now - began)
            message = N_("{step}: {done}/{total}, {pace} per second, {left} s left")
            params = {"step": self.text(STEPS[step]), "pace": f"{pace:.1f}", "left": round((total - done) / pace)}
            click.echo(self.text(message, done=done, total=total, **params), err=True)

    def stop_progress(self) -> None:
        """Take the bar off the screen before anything else is written."""
        if self._bar is not None:
            self._bar.stop()
            self._bar, self._bar_tasks = None, {}


def _start_bar() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Pace(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.1f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Pace(), TimeRemainingColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=False)
    bar.start()
    return bar


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, Iterator):
        return list(value)
    raise TypeError(f"not JSON: {value!r}")
