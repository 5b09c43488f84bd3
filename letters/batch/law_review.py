"""Laws and calendar of a folder + a finished letter from outside → what it cites, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from letters.batch.occasions import KINDS
from letters.batch.workspace import CALENDAR_FILE, LAW_FILE, SETTINGS_FILE, existing
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
    Stage,
    StageState,
    articles_text,
    as_written,
    find_citations,
    lint_left_over,
    lint_text,
    near_names,
    window_text,
)
from letters.settings import read_settings

DATED = re.compile(r",\s+(?:tanggal\s+)?([0-9]{1,2}\s+[A-Za-z]+\s+[12][0-9]{3})(?![0-9])")
"""`Jombang, 24 September 2024`: the date of a letter."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is known about the law in a folder, which need not be an office's workspace."""

    book: LawBook
    calendar: Calendar
    usual: str = ""
    """Election the office is busy with ([kalender] pemilihan); empty where there is no office or it does not say."""

    @classmethod
    def of(cls, folder: Path) -> Shelf:
        """Return the laws and the calendar in force in `folder`.

        Raises LawError or SettingsError for a faulty file of the office.
        """
        own = [read_settings(path).election for path in existing(folder / SETTINGS_FILE)]
        return cls(LawBook.load(*existing(folder / LAW_FILE)), Calendar.load(*existing(folder / CALENDAR_FILE)), *own)

    def context(self, day: date, election: str = "", stage: str = "", groups: tuple[str, ...] = ()) -> LetterContext:
        """Return what is known about a letter; `election` is one of the calendar, or `pemilu` or `pemilihan` alone.

        A stage without an election is that of the office's usual election, else of the only one it can be of. Raises
        LawError for names that are not known, and for a stage that may be of several elections.
        """
        if stage and not election:
            election = self._election_of(stage, day)
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

    def _election_of(self, stage: str, day: date) -> str:
        """Return the id of the election whose stage is meant: the usual one, else the only one it can be on `day`.

        A stage that runs on that day goes before one that is ahead.
        """
        having = {one.id: found for one in self.calendar.elections if (found := one.find_stage(stage))}
        if self.usual and (self.usual in having or not having):
            return self.usual
        for state in (StageState.NOW, StageState.AHEAD):
            meant = [name for name in having if self.calendar.state(name, stage, day) is state]
            if len(meant) == 1:
                return meant[0]
        if len(having) == 1:
            return next(iter(having))
        raise LawError(_which_election(stage, having) if having else self._no_such_stage(stage))

    def _no_such_stage(self, stage: str) -> Problem:
        known = {one.id for election in self.calendar.elections for one in election.stages}
        params = {"stage": stage, "near": near_names(stage, known)}
        message = N_('No election has a stage "{stage}".')
        remedy = N_("Did you mean {near}?") if params["near"] else N_("letters stages shows the stages of an election.")
        return Problem("law.unknown-stage", message, remedy, params=params)

    def find(self, name: str, day: date) -> Law:
        """Return the law with this id, or the one that `name` calls as letters do: `UU 20/2023`, `SKB Netralitas`.

        Raises LawError with near ids when there is none.
        """
        if name not in self.book.laws:
            named = [found.law_id for found in find_citations(self.book, name, day) if found.law_id]
            if named:
                return self.book.law(named[0])
        return self.book.law(name)


def _which_election(stage: str, having: Mapping[str, Stage]) -> Problem:
    dated = [(name, window_text(found)) for name, found in having.items()]
    params = {
        "stage": stage,
        "elections": "; ".join(f"{name} ({window})" if window else name for name, window in dated),
    }
    message = N_('Several elections have a stage "{stage}": {elections}.')
    remedy = N_("Name the one of the letter: --election pemilihan-2024, for example.")
    return Problem("law.which-election", message, remedy, params=params)


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
        written = as_written(words.text[first.start : first.end])
        yield Cited(book.laws.get(law_id), written, articles_text(articles), words.place_of(first.start))
