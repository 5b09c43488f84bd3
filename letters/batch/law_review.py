"""Laws and calendar of a folder + a finished letter from outside → what it cites, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from letters.batch.occasions import KINDS
from letters.batch.workspace import CALENDAR_FILE, LAW_FILE, existing
from letters.errors import N_, LawError, Place, Problem
from letters.extract import Extracted, extract
from letters.l10n import parse_date
from letters.law import (
    Calendar,
    Found,
    Law,
    LawBook,
    LetterContext,
    Role,
    articles_text,
    find_citations,
    lint_left_over,
    lint_text,
)

DATED = re.compile(r",\s+(?:tanggal\s+)?([0-9]{1,2}\s+[A-Za-z]+\s+[12][0-9]{3})(?![0-9])")
"""`Jombang, 24 September 2024`: the date of a letter."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known about the law in a folder, which need not be an office's workspace."""

    book: LawBook
    calendar: Calendar

    @classmethod
    def of(cls, folder: Path) -> Shelf:
        """Return the laws and the calendar in force in `folder`; raises LawError for a faulty file of the office."""
        return cls(LawBook.load(*existing(folder / LAW_FILE)), Calendar.load(*existing(folder / CALENDAR_FILE)))

    def context(self, day: date, election: str = "", stage: str = "", groups: tuple[str, ...] = ()) -> LetterContext:
        """Return what is known about a letter; `election` is one of the calendar, or `pemilu` or `pemilihan` alone.

        Raises LawError with every name that is not known.
        """
        if election in KINDS:
            if stage:
                raise LawError(_stage_of_no_election(election))
            found = LetterContext(day, regime=election, groups=groups)
        else:
            if stage:
                self.calendar.stage(election, stage)
            found = LetterContext(day, self.calendar.election(election) if election else None, "", stage, groups)
        for group in groups:
            self.book.group(group)
        return found

    def find(self, name: str, day: date) -> Law:
        """Return the law with this id, or the one that `name` calls as letters do: `UU 20/2023`, `SKB Netralitas`.

        Raises LawError with near ids when there is none.
        """
        if name not in self.book.laws:
            named = [found.law_id for found in find_citations(self.book, name, day) if found.law_id]
            if named:
                return self.book.law(named[0])
        return self.book.law(name)


def _stage_of_no_election(regime: str) -> Problem:
    message = N_('"{regime}" is a kind of election; its stages are only known for one election.')
    remedy = N_("Name the election: --election pemilihan-2024, for example.")
    return Problem("law.stage-of-no-election", message, remedy, params={"regime": regime})


@dataclass(frozen=True, slots=True)
class Cited:
    """One law that a finished letter cites, with the articles it cites of it."""

    law: Law | None
    """None for a law that the book does not have."""
    written: str
    """How the letter calls it first."""
    articles: str
    place: Place


@dataclass(frozen=True, slots=True)
class Review:
    """What a finished letter cites and what is wrong with it."""

    cited: tuple[Cited, ...]
    problems: tuple[Problem, ...]
    dates: tuple[date, ...]
    """Dates that look like the letter's own."""


def review(shelf: Shelf, path: Path, context: LetterContext) -> Review:
    """Return what the letter at `path` cites, and what is wrong with that for a letter as `context` says.

    Raises TextError and MachineError when the file cannot be read.
    """
    words = extract(path)
    found = find_citations(shelf.book, words.text, context.day)
    faults = (*lint_text(shelf.book, words.text, context), *lint_left_over(shelf.calendar, words.text, context))
    problems = [_placed(problem, words) for problem in faults]
    dates = [day for match in DATED.finditer(words.text) if (day := parse_date(match[1]))]
    return Review(tuple(_cited(shelf.book, words, found)), tuple(problems), tuple(dict.fromkeys(dates)))


def _placed(problem: Problem, words: Extracted) -> Problem:
    offset = problem.params.get("offset")
    return replace(problem, place=words.place_of(offset) if isinstance(offset, int) else words.place)


def _cited(book: LawBook, words: Extracted, found: list[Found]) -> Iterator[Cited]:
    """Yield each law once, in the order of the text, with all its articles."""
    named: dict[str, list[Found]] = {}
    for one in found:
        if one.role in (Role.MAIN, Role.HISTORY):
            named.setdefault(one.law_id or one.made_id, []).append(one)
    for law_id, mentions in named.items():
        first = mentions[0]
        articles = tuple(dict.fromkeys(place for one in mentions for place in one.articles))
        written = " ".join(words.text[first.start : first.end].split())
        yield Cited(book.laws.get(law_id), written, articles_text(articles), words.place_of(first.start))
