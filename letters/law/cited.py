"""What a letter is and what it cites, as the lint rules look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from letters.errors import Place, Problem, Severity
from letters.law.book import LawBook
from letters.law.records import Article, Law
from letters.law.reference import ArticleRef
from letters.law.stage_records import Election, Stage

SENDERS = {
    "ri": "bawaslu",
    "provinsi": "bawaslu_provinsi",
    "kabupaten": "bawaslu_kabkota",
    "kota": "bawaslu_kabkota",
    "kecamatan": "panwascam",
    "desa": "pkd",
}
"""Audience that an office is itself, by its level (`tingkat`)."""


@dataclass(frozen=True, slots=True)
class LetterContext:
    """What is known about a letter besides its words; what is not known keeps its rules silent."""

    day: date
    election: Election | None = None
    regime: str = ""
    """Regime of a letter whose election is not known."""
    stage: str = ""
    groups: tuple[str, ...] = ()
    """Groups of recipients it goes to."""
    level: str = ""
    """Level of the sending office (`tingkat`)."""

    @property
    def kind(self) -> str:
        """Return the regime: `pemilu`, `pemilihan`, `both`, or nothing where it is not known."""
        return self.election.regime if self.election else self.regime

    def find_stage(self, stage_id: str) -> Stage | None:
        """Return a stage of the letter's election; None when it has none of this id."""
        return self.election.find_stage(stage_id) if self.election else None


@dataclass(frozen=True, slots=True)
class Cited:
    """One law that a letter cites, with its articles."""

    law: Law
    articles: tuple[ArticleRef, ...]
    written: str
    """As the letter says it: a reference or words of its text."""
    place: Place = Place()
    offset: int = -1
    """Character in the text, from 0; -1 for a reference."""

    @property
    def name(self) -> str:
        """Return articles and designation, for messages."""
        return " ".join((*(", ".join(map(str, self.articles)),), self.law.designation)).strip()

    def problem(
        self,
        code: str,
        message: str,
        remedy: str,
        params: Mapping[str, object],
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """Return a problem of this citation, with what the letter says and where."""
        shared = {"written": self.written, "offset": self.offset, "length": len(self.written), "law_id": self.law.id}
        return Problem(code, message, remedy, self.place, {**shared, **params}, severity)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem of the law book with the place of this citation."""
        return replace(self.problem(problem.code, problem.message, problem.remedy, problem.params, problem.severity))


def known_articles(book: LawBook, cited: Cited) -> Iterator[tuple[ArticleRef, Article]]:
    """Yield each cited place with what the book says about it, about what it lies in or about its parts."""
    known = book.articles_of(cited.law.id)
    for place in cited.articles:
        exact = [article for ref, article in known if ref == place]
        around = [article for ref, article in known if place.is_within(ref)]
        parts = [article for ref, article in known if ref.is_within(place)]
        for article in exact[:1] or around or parts:
            yield place, article
