"""``letters register export`` → the agenda book as a file to hand over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from letters.cli.options import today
from letters.cli.output import Output
from letters.cli.register.looking import filter_options, wanted_filter
from letters.cli.register.shared import open_register
from letters.cli.translated import command, option
from letters.errors import N_

SCOPES = {"stage": "Tahapan", "kind": "Jenis", "recipient": "Tujuan", "template": "Templat", "series": "Deret"}
"""How a printed book in Indonesian names what it is narrowed to."""


@command("export", help=N_("Write the agenda book (buku agenda surat keluar) as XLSX, CSV, PDF or DOCX."))
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@filter_options
@option("--overwrite", is_flag=True, help=N_("Replace the file if it is there already."))
@click.pass_obj
def export(output: Output, /, path: Path, overwrite: bool, **wanted: Any) -> None:
    """Write the letters that match to a file."""
    from letters.batch.agenda import export_agenda
    from letters.batch.workspace import open_workspace

    with open_register(output) as book:
        entries = book.list(wanted_filter(wanted))
    workspace = open_workspace(output.folder)
    export_agenda(workspace, entries, path, scope=_scope(wanted), day=today(), overwrite=overwrite)
    output.say(N_("{count} letters written to {path}."), count=len(entries), path=path)
    output.result(file=path, letters=len(entries))


def _scope(wanted: dict[str, Any]) -> str:
    parts = [f"Tahun {wanted['year']}"] if wanted["year"] else []
    parts += [f"{name}: {wanted[key]}" for key, name in SCOPES.items() if wanted[key]]
    return " · ".join(parts)
