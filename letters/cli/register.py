"""``letters register`` → the agenda book: list and show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from letters.cli.options import actor, now
from letters.cli.output import Output
from letters.cli.reprint import reprint
from letters.cli.translated import TranslatedGroup, command, option
from letters.errors import N_

if TYPE_CHECKING:
    from letters.register import Entry, Register

STATES = {"reserved": N_("reserved"), "issued": N_("issued"), "void": N_("void")}


@click.group(cls=TranslatedGroup, help=N_("The register of outgoing letters (buku agenda)."))
def register() -> None:
    """Hold the register's commands."""


@command("list", help=N_("List letters in the order of their numbers."))
@option("--year", type=int, metavar="YYYY", help=N_("Only letters of this year."))
@option("--state", type=click.Choice(list(STATES)), help=N_("Only letters in this state."))
@option("--stage", default="", metavar="TAHAPAN", help=N_("Only letters of this election stage."))
@option("--kind", default="", metavar="JENIS", help=N_("Only documents of this kind (imbauan, edaran, ikrar)."))
@option("--text", default="", metavar="TEXT", help=N_("Only letters with this text in number, subject or recipient."))
@option("--limit", type=click.IntRange(1), metavar="N", help=N_("At most so many."))
@click.pass_obj
def list_letters(output: Output, /, **wanted: Any) -> None:
    """Print the letters that match."""
    from letters.register import Filter

    with open_register(output) as book:
        entries = book.list(Filter(**{name: value for name, value in wanted.items() if value}))
    if not output.as_json:
        headings = [N_("Number"), N_("Date"), N_("State"), N_("Recipient"), N_("Subject")]
        output.table(headings, [_row(output, entry) for entry in entries])
    output.result(letters=[entry_data(entry) for entry in entries])


@command("show", help=N_("Show one letter: recipient, files, and everything that happened to it."))
@click.argument("number", metavar="NOMOR")
@click.pass_obj
def show(output: Output, number: str) -> None:
    """Print everything the register knows of a letter."""
    with open_register(output) as book:
        entry = book.show(number)
        events = book.events(entry.id)
    for label, value in _lines(output, entry):
        output.say("{label}: {value}", label=output.text(label), value=value)
    for event in events:
        output.say(
            "{at}  {what}  {user}@{host}  {program}",
            at=event.at.isoformat(" ", "seconds"),
            what=event.what,
            user=event.user,
            host=event.host,
            program=event.program,
        )
    output.result(letter=entry_data(entry), events=[event_data(event) for event in events])


register.add_command(list_letters)
register.add_command(show)
register.add_command(reprint)


def open_register(output: Output) -> Register:
    """Return the register of the workspace the user stands in."""
    from letters.batch.workspace import SETTINGS_FILE, register_path
    from letters.register import Register
    from letters.settings import read_settings

    where = register_path(output.folder, read_settings(output.folder / SETTINGS_FILE))
    return Register.open(where, actor(), now, create=False)


def entry_data(entry: Entry) -> dict[str, object]:
    """Return a register entry as plain data for the JSON object."""
    return {
        "number": entry.number.text if entry.number else None,
        "date": entry.day,
        "state": entry.state.value,
        "kind": entry.kind,
        "template": entry.template,
        "key": entry.key,
        "recipient": entry.recipient,
        "subject": entry.subject,
        "election": entry.election,
        "stage": entry.stage,
        "files": [{"format": f.format, "path": f.path, "sha256": f.sha256, "size": f.size} for f in entry.files],
    }


def event_data(event: Any) -> dict[str, object]:
    """Return an event as plain data for the JSON object."""
    return {
        "at": event.at,
        "what": event.what,
        "user": event.user,
        "host": event.host,
        "program": event.program,
    }


def _number(entry: Entry) -> str:
    return entry.number.text if entry.number else "-"


def _row(output: Output, entry: Entry) -> list[str]:
    from letters.l10n import format_date

    return [_number(entry), format_date(entry.day), output.text(STATES[entry.state]), entry.recipient, entry.subject]


def _lines(output: Output, entry: Entry) -> list[tuple[str, str]]:
    number, day, state, recipient, subject = _row(output, entry)
    return [
        (N_("Number"), number),
        (N_("Date"), day),
        (N_("State"), state),
        (N_("Recipient"), recipient),
        (N_("Subject"), subject),
        (N_("Template"), entry.template),
        *((N_("File"), f"{file.path} ({file.sha256[:12]})") for file in entry.files),
    ]
