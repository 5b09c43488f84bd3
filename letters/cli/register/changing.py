"""``letters register void/book/fill/sent/outside/insert/renumber`` → the life of a number, all of it kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from letters.cli.options import DateType, FormatsType, actor, clock, occasion_options, today
from letters.cli.output import Output
from letters.cli.register.shared import (
    entry_data,
    label,
    office_settings,
    open_register,
    password,
    register_place,
    tell_numbered,
)
from letters.cli.translated import FilePath, WholeNumber, argument, command, option
from letters.errors import N_, Problem, UsageError
from letters.writers import FORMATS

if TYPE_CHECKING:
    from letters.register import Entry


def letter_options(function: Any) -> Any:
    """Give a command the options that describe a letter that is not made here."""
    for decorate in reversed(_LETTER):
        function = decorate(function)
    return function


_LETTER = (
    option("--kind", default="", metavar="JENIS", help=N_("Kind of document: imbauan, undangan, …")),
    option("--classification", default="", metavar="KODE", help=N_("Classification, where the number does not say.")),
    option("--signatory", default="", metavar="NAME", help=N_("Signatory's name in letters.toml.")),
    option("--urgency", default="", metavar="SIFAT", help=N_("As printed: Biasa, Segera, …")),
    option("--attachment", default="", metavar="TEXT", help=N_("As printed: 1 (satu) berkas.")),
)


@command("void", help=N_("Make a letter void (batal): its number stays in the book and is never used again."))
@argument("number", metavar="NOMOR")
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


@command("book", help=N_("Set numbers aside (pesan) before there are letters for them."))
@option("--series", default="surat", metavar="DERET", help=N_("Number series; without it, surat."))
@option("--count", type=WholeNumber(1, 999), default=1, metavar="N", help=N_("How many; without it, one."))
@option("--for", "who", required=True, metavar="TEXT", help=N_("Who will write the letters."))
@option("--purpose", required=True, metavar="TEXT", help=N_("What the numbers are for."))
@option("--date", "day", type=DateType(), metavar="YYYY-MM-DD", help=N_("Date the letters will bear; else today."))
@option("--classification", default="", metavar="KODE", help=N_("Classification the numbers will print."))
@option("--signatory", default="ketua", metavar="NAME", help=N_("Signatory's name in letters.toml; without it, ketua."))
@click.pass_obj
def book_numbers(
    output: Output,
    series: str,
    count: int,
    who: str,
    purpose: str,
    day: date | None,
    classification: str,
    signatory: str,
) -> None:
    """Book numbers and name them."""
    from letters.batch.placing import booking

    settings = office_settings(output)
    wanted = booking(settings, series, day or today(settings), classification, signatory, count, who, purpose)
    with open_register(output, create=True) as book:
        entries = book.book(wanted)
    for entry in entries:
        output.say(N_("{number} is booked for {who}: {purpose}."), number=label(entry), who=who, purpose=purpose)
    output.result(letters=[entry_data(entry) for entry in entries])


@command("sent", help=N_("Note when and how letters were sent, and who saw to it; the agenda book shows it."))
@argument("numbers", nargs=-1, required=True, metavar="NOMOR...")
@option("--date", "day", type=DateType(), metavar="YYYY-MM-DD", help=N_("Day they were sent."))
@option("--by", "way", default="", metavar="TEXT", help=N_("How: kurir, pos, surel, …"))
@option("--handler", default="", metavar="TEXT", help=N_("Who saw to it (pengolah)."))
@click.pass_obj
def sent(output: Output, numbers: tuple[str, ...], day: date | None, way: str, handler: str) -> None:
    """Note it for all of the letters, or for none."""
    from letters.register import Sending

    how = Sending(day, way, handler)
    if how == Sending():
        raise UsageError(_says_nothing())
    with open_register(output) as book, book.together():
        done = [book.sent(number, how) for number in numbers]
    warnings = [warning for one in done for warning in one.warnings]
    output.problems(warnings)
    for entry in (one.entry for one in done):
        output.say(N_("{number} to {recipient}: noted as sent."), number=label(entry), recipient=entry.recipient)
    output.result(letters=[entry_data(one.entry) for one in done], notices=output.problem_data(warnings))


@command("outside", help=N_("Enter a letter that was made elsewhere, for example in Word, with the number it bears."))
@argument("number", metavar="NOMOR")
@option("--date", "day", type=DateType(), required=True, metavar="YYYY-MM-DD", help=N_("Date of the letter."))
@option("--to", "recipient", required=True, metavar="TEXT", help=N_("To whom it went."))
@option("--subject", required=True, metavar="TEXT", help=N_("What it is about (hal)."))
@option("--series", default="", metavar="DERET", help=N_("Number series, where the number could belong to several."))
@letter_options
@option(
    "--file",
    "paths",
    multiple=True,
    type=FilePath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("File of the letter in the workspace, to be watched by verify (repeatable)."),
)
@click.pass_obj
def outside(output: Output, /, number: str, paths: tuple[Path, ...], **told: Any) -> None:
    """Enter a letter made elsewhere."""
    from letters.batch.placing import Letter, attached_file, outside_request

    request = outside_request(office_settings(output), number, Letter(**told))
    files = [attached_file(output.folder, path) for path in paths]
    with open_register(output, create=True) as book:
        done = book.outside(number, request, files)
    tell_numbered(output, N_("{number} to {recipient} is entered."), done.entry, done.warnings)


@command("insert", help=N_("Insert a letter between two numbers (sisipan): 045.1 or 045.A after 045."))
@option("--after", required=True, metavar="NOMOR", help=N_("Number after which it belongs."))
@option("--letter", "template", default="", metavar="TEMPLATE", help=N_("Make it from this template; else only enter."))
@option("--to", "recipient", required=True, metavar="KODE|TEXT", help=N_("Recipient's code; without --letter, name."))
@option("--subject", default="", metavar="TEXT", help=N_("What it is about (hal), where no template says."))
@option("--date", "day", type=DateType(), required=True, metavar="YYYY-MM-DD", help=N_("Date of the letter."))
@option("--letters", "suffix", flag_value="huruf", help=N_("Number it 045.A."))
@option("--digits", "suffix", flag_value="angka", default="angka", help=N_("Number it 045.1 (which is the default)."))
@option("--formats", type=FormatsType(), default=FORMATS, metavar="LIST", help=N_("Formats: docx, pdf, or both."))
@option("--batch", default="", metavar="NAME", help=N_("Name of a second round to a recipient who has this letter."))
@occasion_options
@option("--recipients", type=FilePath(path_type=Path), metavar="FILE", help=N_("Recipients table to use."))
@letter_options
@click.pass_obj
def insert(output: Output, /, after: str, template: str, suffix: Any, **told: Any) -> None:
    """Insert a letter made from a template, or only its entry."""
    from letters.batch.placing import Letter, enter_inserted, is_beside

    if template:
        with open_register(output) as book:
            base = book.show(after)

        def inserted(entry: Entry) -> bool:
            return base.number is not None and is_beside(entry, base.number)

        make_in_place(output, template, told, lambda book, request: book.insert(after, suffix, request), inserted)
        return
    if not told["subject"]:
        raise UsageError(_needs_subject())
    letter = Letter(**{name: told[name] for name in ("day", "recipient", "subject", *_DESCRIBED)})
    with open_register(output) as book:
        done = enter_inserted(book, office_settings(output), after, suffix, letter)
    tell_numbered(output, N_("{number} to {recipient} is entered."), done.entry, done.warnings)


_DESCRIBED = ("kind", "classification", "signatory", "urgency", "attachment")


@command("fill", help=N_("Make a letter from a template under a number that was booked."))
@argument("number", metavar="NOMOR")
@option("--letter", "template", required=True, metavar="TEMPLATE", help=N_("The letter's template."))
@option("--to", "recipient", required=True, metavar="KODE", help=N_("Recipient's code."))
@option("--date", "day", type=DateType(), metavar="YYYY-MM-DD", help=N_("Date of the letter; else the one booked."))
@option("--formats", type=FormatsType(), default=FORMATS, metavar="LIST", help=N_("Formats: docx, pdf, or both."))
@option("--batch", default="", metavar="NAME", help=N_("Name of a second round to a recipient who has this letter."))
@occasion_options
@option("--recipients", type=FilePath(path_type=Path), metavar="FILE", help=N_("Recipients table to use."))
@click.pass_obj
def fill(output: Output, /, number: str, template: str, **told: Any) -> None:
    """Give a booked number to a letter made now."""
    with open_register(output) as book:
        booked = book.show(number, whole=True)
    told["day"] = told["day"] or booked.day
    make_in_place(
        output, template, told, lambda book, request: book.fill(number, request), lambda entry: entry.id == booked.id
    )


def make_in_place(
    output: Output, template: str, told: dict[str, Any], placing: Any, is_here: Callable[[Entry], bool]
) -> None:
    """Make one letter from `template` under the number that `placing` gives it, and say so.

    `is_here` tells of its entry, if the recipient has the letter already, whether that stands in this very place.
    """
    from letters.batch.choosing import Choice
    from letters.batch.findings import BatchError
    from letters.batch.issue import issue
    from letters.batch.occasions import Wanted
    from letters.batch.placing import PlacingRegister
    from letters.batch.standing import is_void
    from letters.batch.workspace import open_workspace

    choice = Choice(
        (template,),
        told["day"],
        told["recipients"],
        keys=(told["recipient"],),
        formats=told["formats"],
        batch=told["batch"],
        wanted=Wanted(told["election"], told["stage"]),
    )
    wall_clock = clock(office_settings(output))
    with PlacingRegister.open(register_place(output), actor(), wall_clock, create=False, password=password()) as book:
        assert isinstance(book, PlacingRegister)
        book.placing, book.is_here = placing, is_here
        outcome = issue(open_workspace(output.folder), choice, book, output.progress)
    for entry in outcome.made:
        tell_numbered(output, N_("{number} to {recipient} is issued."), entry, [*outcome.notices, *book.warnings])
    if outcome.void:
        raise BatchError(*(is_void(entry) for entry in outcome.void))
    if not outcome.made:
        output.problems(outcome.notices)
        output.say(N_("This letter is issued already; nothing was changed."))
        output.result(letter=None)


@command("renumber", help=N_("Give letters their final numbers (provisional, then final) and make them anew."))
@argument("numbers", nargs=-1, required=True, metavar="NOMOR NOMOR_BARU...")
@option("--date", "day", type=DateType(), metavar="YYYY-MM-DD", help=N_("Final date, if signing changed it."))
@click.pass_obj
def renumber(output: Output, numbers: tuple[str, ...], day: date | None) -> None:
    """Give final numbers and say which files are new and which are old."""
    from letters.batch.renumber import renumber as give_final

    if len(numbers) % 2:
        raise UsageError(_odd_count(numbers[-1]))
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    with open_register(output) as book:
        done = give_final(output.folder, office_settings(output), book, pairs, day)
    for one in done:
        output.say(N_("{old} is now {new}."), old=label(one.old), new=label(one.new))
        present = {file.path for file in one.new.files}
        for path in sorted(present):
            output.say(N_("File: {path}"), path=path)
        for path in sorted({file.path for file in one.old.files} - present):
            output.say(N_("File with the former number, kept: {path}"), path=path)
    output.result(letters=[entry_data(one.new) for one in done])


def _says_nothing() -> Problem:
    return Problem(
        "cli.sent-nothing",
        N_("It is not said when, how, or through whom the letters were sent."),
        N_("Add --date, --by, or --handler."),
    )


def _needs_subject() -> Problem:
    return Problem(
        "cli.insert-subject",
        N_("Without a template the letter needs a subject."),
        N_("Add --subject, or make the letter with --letter TEMPLATE."),
    )


def _odd_count(number: str) -> Problem:
    return Problem(
        "cli.renumber-pairs",
        N_("The number {number} has no final number beside it."),
        N_("Give numbers in pairs: the present one, then the final one, each in quotation marks."),
        params={"number": number},
    )
