"""``letters register void`` → the life of a number, each change with the event that says so."""

from __future__ import annotations

import click

from letters.cli.output import Output
from letters.cli.register.shared import entry_data, label, open_register
from letters.cli.translated import command, option
from letters.errors import N_


@command("void", help=N_("Make a letter void (batal): its number stays in the book and is never used again."))
@click.argument("number", metavar="NOMOR")
@option("--reason", required=True, metavar="TEXT", help=N_("Why; it stays in the register."))
@click.pass_obj
def void(output: Output, number: str, reason: str) -> None:
    """Make a letter void and say so."""
    with open_register(output) as book:
        entry = book.void(number, reason)
    output.say(
        N_("{number} to {recipient} is void: {reason}."),
        number=label(entry),
        recipient=entry.recipient,
        reason=entry.void_reason,
    )
    for file in entry.files:
        output.say(N_("Take back or mark the copies of {path}."), path=file.path)
    output.result(letter=entry_data(entry))
