"""``letters register list`` and ``show`` → what the book says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from letters.cli.output import Output
from letters.cli.register.shared import (
    entry_data,
    event_data,
    event_text,
    label,
    open_register,
    sending_data,
    state_text,
)
from letters.cli.translated import WholeNumber, WordChoice, argument, command, option
from letters.errors import N_
from letters.messages import STATES

if TYPE_CHECKING:
    from letters.register import Entry, Filter, Sending


def filter_options(function: Any) -> Any:
    """Give a command the options that choose entries; `wanted_filter` makes a filter of them."""
    for decorate in reversed(_FILTERS):
        function = decorate(function)
    return function


_FILTERS = (
    option("--year", type=WholeNumber(1, 9999), metavar="YYYY", help=N_("Only letters of this year.")),
    option("--stage", default="", metavar="TAHAPAN", help=N_("Only letters of this election stage.")),
    option("--kind", default="", metavar="JENIS", help=N_("Only documents of this kind (imbauan, edaran, ikrar).")),
    option(
        "--recipient", default="", metavar="TEXT", help=N_("Only letters to recipients with this text in name or code.")
    ),
    option(
        "--state",
        type=WordChoice({state.value: text for state, text in STATES.items()}),
        help=N_("Only letters in this state."),
    ),
    option("--template", default="", metavar="TEMPLATE", help=N_("Only letters made from this template.")),
    option("--series", metavar="DERET", help=N_('Only numbers of this series; "" = documents without number.')),
    option("--text", default="", metavar="TEXT", help=N_("Only letters with these words, in any order and case.")),
)


def wanted_filter(wanted: dict[str, Any]) -> Filter:
    """Return the filter that the options of `filter_options` (and a limit) stand for."""
    from letters.register import Filter

    return Filter(**wanted)


@command("list", help=N_("List letters in the order of their numbers."))
@filter_options
@option("--limit", type=WholeNumber(1), metavar="N", help=N_("At most so many: the last ones entered."))
@click.pass_obj
def list_letters(output: Output, /, **wanted: Any) -> None:
    """Print the letters that match."""
    with open_register(output) as book:
        entries = book.list(wanted_filter(wanted))
    if not output.as_json:
        headings = [N_("Number"), N_("Date"), N_("State"), N_("Recipient"), N_("Subject")]
        output.table(headings, [_row(output, entry) for entry in entries])
    output.result(letters=[entry_data(entry) for entry in entries])


@command("show", help=N_("Show one letter: recipient, files, and everything that happened to it."))
@argument("number", metavar="NOMOR")
@click.pass_obj
def show(output: Output, number: str) -> None:
    """Print everything the register knows of a letter."""
    from letters.register import Sending

    with open_register(output) as book:
        entry = book.show(number)
        events = book.events(entry.id)
        sending = book.sendings(entry.id).get(entry.id, Sending())
    for heading, value in [*_lines(output, entry), *_sent_lines(sending)]:
        output.say("{label}: {value}", label=output.text(heading), value=value)
    for event in events:
        output.say(
            "{at}  {what}  {user}@{host}  {program}",
            at=event.at.isoformat(" ", "seconds"),
            what=event_text(output, event),
            user=event.user,
            host=event.host,
            program=event.program,
        )
    told = {**entry_data(entry), "sent": sending_data(sending)}
    output.result(letter=told, events=[event_data(event) for event in events])


def _row(output: Output, entry: Entry) -> list[str]:
    from letters.l10n import format_date

    return [label(entry), format_date(entry.day), state_text(output, entry), entry.recipient, entry.subject]


def _lines(output: Output, entry: Entry) -> list[tuple[str, str]]:
    number, day, state, recipient, subject = _row(output, entry)
    return [
        (N_("Number"), number),
        *([(N_("Former numbers"), ", ".join(entry.former))] if entry.former else []),
        (N_("Date"), day),
        (N_("State"), state),
        *([(N_("Reason"), entry.void_reason)] if entry.void_reason else []),
        (N_("Recipient"), recipient),
        *((N_("Recipient"), f"{person.name} ({person.key})") for person in entry.recipients),
        (N_("Subject"), subject),
        (N_("Template"), entry.template or "-"),
        *((N_("File"), f"{file.path} ({file.sha256[:12]})") for file in entry.files),
    ]


def _sent_lines(sending: Sending) -> list[tuple[str, str]]:
    from letters.l10n import format_date

    day = format_date(sending.day) if sending.day else ""
    said = [(N_("Sent on"), day), (N_("Sent by"), sending.way), (N_("Handled by"), sending.handler)]
    return [(heading, value) for heading, value in said if value]
