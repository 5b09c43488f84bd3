"""Register ⇄ agenda book of outgoing letters as the office hands it over: XLSX, CSV, PDF, DOCX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from letters.batch.agenda.columns import Line, line_of
from letters.batch.agenda.printed import agenda_css, printed
from letters.batch.agenda.sheets import comma_separated, workbook
from letters.batch.findings import BatchError
from letters.batch.workspace import Workspace
from letters.errors import N_, Place, Problem, UsageError
from letters.files import atomic_write
from letters.register import Entry, Sending
from letters.writers import FORMATS, WRITERS

SHEETS: dict[str, Callable[[Sequence[Line]], bytes]] = {"xlsx": workbook, "csv": comma_separated}


def export_agenda(
    workspace: Workspace,
    entries: Sequence[Entry],
    sendings: Mapping[int, Sending],
    path: Path,
    *,
    scope: str,
    day: date,
    overwrite: bool = False,
) -> None:
    """Write `entries` as an agenda book to `path`, in the format of its ending, whole or not at all.

    `sendings` tells by their ids how they were sent; `scope` says in Indonesian which letters they are (`Tahun 2024`);
    `day` is the date of the book. Raises UsageError for another ending, BatchError if the file exists and may not be
    overwritten, MachineError if it cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in (*SHEETS, *FORMATS):
        raise UsageError(_unknown_format(path))
    if path.exists() and not overwrite:
        raise BatchError(_exists(path))
    lines = [line_of(entry, sendings.get(entry.id, Sending())) for entry in entries]
    data = SHEETS[kind](lines) if kind in SHEETS else _print(workspace, lines, kind, scope, day)
    atomic_write(path, data)


def _print(workspace: Workspace, lines: Sequence[Line], kind: str, scope: str, day: date) -> bytes:
    book = printed(lines, workspace.settings.office.name, scope, day)
    look = replace(workspace.look, css=workspace.look.css + agenda_css())
    return WRITERS[kind].prepare(book.document, look).fill(book.values, book.properties)


def _unknown_format(path: Path) -> Problem:
    return Problem(
        "agenda.format",
        N_("An agenda book cannot be written as {name}."),
        N_("End the file's name in .xlsx, .csv, .pdf or .docx."),
        params={"name": path.name},
    )


def _exists(path: Path) -> Problem:
    return Problem(
        "agenda.exists",
        N_("The file {path} is there already; what was filled in by hand would be lost."),
        N_("Give another name, or add --overwrite."),
        Place(file=str(path)),
        {"path": str(path)},
    )
