"""``letters register reprint`` → the files of issued letters again, from what the register holds."""

from __future__ import annotations

import click

from letters.cli.output import Output
from letters.cli.translated import argument, command, option
from letters.errors import N_, Problem, Severity, UsageError
from letters.writers import ENGINES


@command(
    "reprint",
    help=N_("Make the files of issued letters again, byte for byte, whatever became of template, settings and table."),
)
@argument("numbers", nargs=-1, metavar="[NOMOR]...")
@option("--all-missing", is_flag=True, help=N_("All issued letters of which a file is no longer on the disk."))
@option(
    "--ganti",
    "replace_changed",
    is_flag=True,
    help=N_("Also replace files that were changed by hand; the changed ones get another name."),
)
@option(
    "--engine",
    type=click.Choice(tuple(ENGINES)),
    help=N_("What makes the PDF of letters that wait for their files; what was issued is made again as it was made."),
)
@click.pass_obj
def reprint(
    output: Output, numbers: tuple[str, ...], all_missing: bool, replace_changed: bool, engine: str | None
) -> int:
    """Make files again and say which."""
    from letters.batch.reprint import entries_missing, entries_named
    from letters.batch.reprint import reprint as reprint_letters
    from letters.cli.register.shared import open_register

    if bool(numbers) == all_missing:
        raise UsageError(_which())
    with open_register(output) as register:
        entries = entries_missing(output.folder, register) if all_missing else entries_named(register, numbers)
        done = reprint_letters(output.folder, register, entries, replace_changed=replace_changed, engine=engine or "")
    output.problems(done.problems)
    for path in done.made:
        output.say(N_("Made again: {path}"), path=path)
    if done.untouched or not done.made:
        output.say(N_("{count} files are as they were issued."), count=done.untouched)
    failed = any(problem.severity is Severity.ERROR for problem in done.problems)
    problems = output.problem_data(done.problems)
    output.result(ok=not failed, made=done.made, untouched=done.untouched, problems=problems)
    return 1 if failed else 0


def _which() -> Problem:
    return Problem(
        "reprint.which",
        N_("It is not said which letters are to be made again."),
        N_("Give their numbers, or --all-missing."),
    )
