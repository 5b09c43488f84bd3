"""``letters laws`` → the laws of the book on a day, one law whole, and what a finished letter cites."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from letters.cli.options import DateType, now, today
from letters.cli.output import Output
from letters.cli.translated import FilePath, TranslatedGroup, argument, command, option
from letters.errors import N_, Severity

if TYPE_CHECKING:
    from letters.batch.law_review import Cited, Review, Shelf
    from letters.law import Article, Law, LawBook

STATES = {
    "in-force": N_("in force"),
    "not-yet-in-force": N_("from {day}"),
    "revoked": N_("revoked {end}"),
    "partly-revoked": N_("revoked {end}, in part"),
    "absorbed": N_("absorbed by a later law"),
    "unknown": N_("not in the book"),
}
WRITTEN_SHOWN = 90
"""Characters of a citation that a table shows."""
on_option = option("--on", "day", type=DateType(), metavar="YYYY-MM-DD", help=N_("Law of this day; without it, today."))


@click.group(cls=TranslatedGroup, help=N_("The laws that letters cite, and what a finished letter cites."))
def laws() -> None:
    """Hold the commands about laws."""


def _shelf(output: Output) -> Shelf:
    from letters.batch.law_review import Shelf

    return Shelf.of(output.folder)


def _today(output: Output) -> date:
    """Return the office's day; where there is no office, the machine's."""
    from letters.batch.workspace import SETTINGS_FILE
    from letters.settings import read_settings

    path = output.folder / SETTINGS_FILE
    return today(read_settings(path)) if path.exists() else now().date()


def _state(book: LawBook, law: Law | None, day: date) -> str:
    """Return how a law stands on a day, as a key of STATES."""
    if law is None:
        return "unknown"
    found = [problem for problem in book.check(law.id, day) if problem.severity is not Severity.HINT]
    codes = [problem.code.removeprefix("law.") for problem in found]
    return next((code for code in codes if code in STATES), "in-force")


def _state_text(output: Output, book: LawBook, law: Law | None, day: date) -> str:
    from letters.l10n import format_date

    begin = (str(law.year) if law.first_day_unknown else format_date(law.earliest)) if law else ""
    end = format_date(law.revoked_on) if law and law.revoked_on else ""
    return output.text(STATES[_state(book, law, day)], day=begin, end=end)


# -- list ---------------------------------------------------------------------------------------------


@command("list", help=N_("List the laws in force on a day, in the order in which letters list them."))
@on_option
@option("--all", "all_laws", is_flag=True, help=N_("Those no longer or not yet in force as well."))
@click.pass_obj
def list_laws(output: Output, day: date | None, all_laws: bool) -> None:
    """Print id, state and formal name of each law."""
    book, on = _shelf(output).book, day or _today(output)
    found = sorted(book.laws.values(), key=lambda law: law.order)
    shown = [law for law in found if all_laws or _state(book, law, on) == "in-force"]
    if not output.as_json:
        rows = [[law.id, _state_text(output, book, law, on), book.formal_name(law.id, on)] for law in shown]
        output.table([N_("Law"), N_("State"), N_("Name")], rows)
    output.result(on=on, as_of=book.as_of, laws=[_law_data(book, law, on) for law in shown])


def _law_data(book: LawBook, law: Law, on: date) -> dict[str, Any]:
    return {
        "id": law.id,
        "kind": law.kind,
        "number": law.number,
        "year": law.year,
        "name": book.formal_name(law.id, on),
        "brief": law.designation,
        "short": law.brief,
        "state": _state(book, law, on),
        "in_force": law.in_force,
        "revoked_on": law.revoked_on,
        "revoked_by": law.revoked_by,
        "verified": law.verified,
        "office": _is_offices(book, law),
    }


def _is_offices(book: LawBook, law: Law) -> bool:
    """Return whether the office's own file has anything to say about the law."""
    return any(change.entry.split("/")[:2] == ["laws", law.id] for change in book.changes())


# -- show ---------------------------------------------------------------------------------------------


@command("show", help=N_("Show one law: its name on a day, what became of it, its articles and whom they bind."))
@argument("name", metavar="ID")
@on_option
@click.pass_obj
def show(output: Output, name: str, day: date | None) -> None:
    """Print everything the book has about a law; ID may be written as letters do (UU 20/2023)."""
    shelf, on = _shelf(output), day or _today(output)
    law = shelf.find(name, on)
    for label, value in _law_lines(output, shelf.book, law, on):
        if value:
            output.say("{label}: {value}", label=output.text(label), value=value)
    for article in law.articles:
        output.say("")
        for line in _article_lines(output, shelf.book, article):
            output.say("{line}", line=line)
    data = _law_data(shelf.book, law, on) | {"gazette": law.gazette, "source": list(law.source), "note": law.note}
    output.result(on=on, law=data | {"articles": [article.model_dump(mode="json") for article in law.articles]})


def _law_lines(output: Output, book: LawBook, law: Law, on: date) -> Iterator[tuple[str, str]]:
    from letters.l10n import format_date

    yield N_("Law"), law.id
    yield N_("Name"), book.formal_name(law.id, on)
    yield N_("Short name"), law.brief
    yield N_("State"), _state_text(output, book, law, on)
    yield N_("In force from"), format_date(law.in_force) if law.in_force else ""
    yield N_("Revoked by"), law.revoked_by
    yield N_("Amended by"), ", ".join(change.by for change in law.amended_by)
    yield N_("Gazette"), law.gazette
    yield N_("Source"), "; ".join(law.source)
    yield (
        N_("Verified"),
        output.text(N_("yes") if law.verified else N_("no")) + (law.unverified and f" ({law.unverified})"),
    )
    yield N_("Note"), law.note


def _article_lines(output: Output, book: LawBook, article: Article) -> Iterator[str]:
    bound = ", ".join(book.audiences[name].id for name in article.audience if name in book.audiences)
    yield article.ref + (f" ({bound})" if bound else "")
    yield from (f"  {line}" for line in (article.text.splitlines() or [article.gist_id]) if line)
    if article.sanction:
        yield "  " + output.text(N_("Sanction: {sanction}"), sanction=article.sanction)


# -- check --------------------------------------------------------------------------------------------


@command("check", help=N_("Say what a finished letter (DOCX, PDF, Markdown, text) cites and whether it still may."))
@argument("path", metavar="FILE", type=FilePath(path_type=Path))
@on_option
@option("--election", default="", metavar="PEMILIHAN", help=N_("Election it is for, or pemilu or pemilihan alone."))
@option("--stage", default="", metavar="TAHAPAN", help=N_("Stage of that election."))
@option("--group", "groups", multiple=True, metavar="KELOMPOK", help=N_("Group of recipients it goes to (repeatable)."))
@option("--strict", is_flag=True, help=N_("End with exit code 1 for warnings too."))
@click.pass_obj
def check(
    output: Output, path: Path, day: date | None, election: str, stage: str, groups: tuple[str, ...], strict: bool
) -> int:
    """Print the citations and every fault; exit 1 when a citation is wrong."""
    from letters.batch.law_review import review

    shelf, on = _shelf(output), day or _today(output)
    context = shelf.context(on, election, stage, groups)
    found = review(shelf, path, context)
    if not output.as_json:
        if stage and not election and context.election:
            output.say(N_("Judged as a letter for {stage} of {election}."), stage=stage, election=context.election.id)
        _tell_citations(output, shelf, found, on)
    output.problems(found.problems)
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    good = all(problem.severity not in bad for problem in found.problems)
    cited = [_cited_data(shelf.book, one, on) for one in found.cited]
    meant = context.election.id if context.election else ""
    output.result(
        good=good, on=on, election=meant, dates=found.dates, cited=cited, problems=output.problem_data(found.problems)
    )
    return 0 if good else 1


def _tell_citations(output: Output, shelf: Shelf, found: Review, on: date) -> None:
    from letters.l10n import format_date

    rows = [
        [
            shorten(one.written, WRITTEN_SHOWN, placeholder=" …"),
            one.articles or "-",
            one.law.id if one.law else "-",
            _state_text(output, shelf.book, one.law, on),
        ]
        for one in found.cited
    ]
    if rows:
        output.table([N_("Cited"), N_("Articles"), N_("Law"), N_("State on {day}")], rows, day=format_date(on))
    else:
        output.say(N_("The letter names no law."))
    if found.dates and on not in found.dates:
        days = ", ".join(map(format_date, found.dates))
        output.say(N_("The letter names this date: {days}. With --on it is judged by the law of that day."), days=days)
    if not found.problems:
        output.say(N_("Nothing is wrong with its citations on {day}."), day=format_date(on))


def _cited_data(book: LawBook, one: Cited, on: date) -> dict[str, Any]:
    place = {name: value for name, value in (("page", one.place.page), ("line", one.place.line)) if value}
    law_id = one.law.id if one.law else ""
    return {
        "written": one.written,
        "law": law_id,
        "articles": one.articles,
        "state": _state(book, one.law, on),
        **place,
    }


for each in (list_laws, show, check):
    laws.add_command(each)
