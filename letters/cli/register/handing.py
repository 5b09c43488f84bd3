"""``letters register export/import/verify/backup/restore`` → the book handed over, checked, and kept safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from letters.cli.options import clock, today
from letters.cli.output import Output
from letters.cli.register.looking import filter_options, wanted_filter
from letters.cli.register.shared import known_register, office_settings, open_register
from letters.cli.translated import FilePath, argument, command, option
from letters.errors import N_, RegisterError, Severity

SCOPES = {"stage": "Tahapan", "kind": "Jenis", "recipient": "Tujuan", "template": "Templat", "series": "Deret"}
"""How a printed book in Indonesian names what it is narrowed to."""


@command("export", help=N_("Write the agenda book (buku agenda surat keluar) as XLSX, CSV, PDF or DOCX."))
@argument("path", metavar="FILE", type=FilePath(path_type=Path, dir_okay=False))
@filter_options
@option("--overwrite", is_flag=True, help=N_("Replace the file if it is there already."))
@click.pass_obj
def export(output: Output, /, path: Path, overwrite: bool, **wanted: Any) -> None:
    """Write the letters that match to a file."""
    from letters.batch.agenda import export_agenda
    from letters.batch.workspace import open_workspace

    with open_register(output) as book:
        entries, sendings = book.list(wanted_filter(wanted)), book.sendings()
    workspace = open_workspace(output.folder)
    narrowed, day = _scope(wanted), today(workspace.settings)
    export_agenda(workspace, entries, sendings, path, scope=narrowed, day=day, overwrite=overwrite)
    output.say(N_("{count} letters written to {path}."), count=len(entries), path=path)
    output.result(file=path, letters=len(entries))


def _scope(wanted: dict[str, Any]) -> str:
    parts = [f"Tahun {wanted['year']}"] if wanted["year"] else []
    parts += [f"{name}: {wanted[key]}" for key, name in SCOPES.items() if wanted[key]]
    return " · ".join(parts)


@command("verify", help=N_("Check the whole book: gaps, doubles, states, events, and every file by its hash."))
@click.pass_obj
def verify(output: Output) -> None:
    """Tell everything that is wrong; 3 when the book itself is, 1 when only files are."""
    from letters.batch.findings import BatchError
    from letters.batch.verify import verify as verify_all

    with open_register(output) as book:
        found = verify_all(output.folder, office_settings(output), book)
        entries = len(book.list())
    if not found.is_book_sound:
        raise RegisterError(*found.problems)
    if any(problem.severity is Severity.ERROR for problem in found.files):
        raise BatchError(*found.problems)
    output.problems(found.problems)
    output.say(N_("{count} letters and {files} files are in order."), count=entries, files=found.files_seen)
    output.result(letters=entries, files=found.files_seen, notices=output.problem_data(found.problems))


@command("backup", help=N_("Write a copy of the register as of one moment, while it is in use."))
@argument("path", metavar="FILE", type=FilePath(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(output: Output, path: Path) -> None:
    """Write the copy and say how to bring it back."""
    with open_register(output) as book:
        book.backup(path)
        entries = len(book.list())
    output.say(N_("The register with {count} letters is copied to {path}."), count=entries, path=path)
    output.result(file=path, letters=entries)


@command("restore", help=N_("Put a backup in the place of the register; what was there is kept beside it."))
@argument("path", metavar="FILE", type=FilePath(path_type=Path, dir_okay=False))
@option(
    "--force",
    is_flag=True,
    help=N_("Also when the register has letters that the backup lacks: their numbers will be given again."),
)
@click.pass_obj
def restore(output: Output, path: Path, force: bool) -> None:
    """Restore the backup and name the numbers that were given since."""
    with open_register(output, create=True) as book:
        moment = clock(office_settings(output))()
        done = book.restore(path, output.folder / f"register-{moment:%Y%m%d-%H%M%S}.db", force=force)
    output.say(N_("The register is as in {path}: {count} letters."), path=path, count=done.entries)
    if done.aside:
        output.say(N_("What it was before is kept in {path}."), path=done.aside)
    for number in done.lost:
        output.say(N_("No longer in the register, though it was given: {number}"), number=number)
    output.result(letters=done.entries, aside=done.aside, lost=list(done.lost))


@command("import", help=N_("Enter an existing agenda book (XLSX or CSV); lines that are there already stay."))
@argument("path", metavar="FILE", type=FilePath(path_type=Path, dir_okay=False))
@option("--sheet", default="", metavar="NAME", help=N_("Worksheet to read, when the workbook has several."))
@click.pass_obj
def import_agenda(output: Output, path: Path, sheet: str) -> None:
    """Enter the lines of a book, all faults told before the first is entered."""
    from letters.batch.agenda.entering import conflicts, enter
    from letters.batch.agenda.reading import read_agenda
    from letters.batch.findings import BatchError

    lines = read_agenda(path, sheet, office_settings(output))
    if lines.problems:
        with known_register(output) as (known, _):
            raise BatchError(*lines.problems, *conflicts(known, lines.items))
    with open_register(output, create=True) as book:
        done = enter(book, lines.items, output.progress)
    notices = lines.warnings
    output.problems([*notices, *done.notices])
    output.say(
        N_("{count} lines entered; {already} were in the register before."), count=done.entered, already=done.already
    )
    output.result(entered=done.entered, already=done.already, notices=output.problem_data([*notices, *done.notices]))
