"""``letters init`` → a folder for an office, ready to be filled in."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from letters.cli.output import Output
from letters.cli.translated import FilePath, argument, command
from letters.errors import N_


@command(help=N_("Make a new folder for an office: letters.toml, recipients.csv and templates."))
@argument("target", type=FilePath(path_type=Path, file_okay=False), default=Path(), metavar="[DIR]")
@click.pass_obj
def init(output: Output, target: Path) -> None:
    """Write the starting files; nothing that exists is overwritten."""
    from letters.batch.init import make_workspace

    written = make_workspace(output.folder / target)
    for path in written:
        output.say(N_("Made: {path}"), path=path)
    where = "" if target == Path() and output.folder == Path() else f"-C {shlex.quote(str(output.folder / target))} "
    output.say(N_("Next: fill in letters.toml and recipients.csv, then run: letters {where}check"), where=where)
    output.result(files=written)
