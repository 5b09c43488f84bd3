"""Front matter, stage, groups of recipients and date → the legal bases of a letter, named as on that day, and quotes.

The word `otomatis` among the bases stands for what the matrix lays down for this stage and group and for the sender's
own power; one template then gives each recipient their own law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from letters.errors import N_, LawError, Problem
from letters.law import Bases, Election, LawBook, Quotation, parse_alternatives
from letters.merge import AUTOMATIC, Template


@dataclass(frozen=True, slots=True)
class LegalBases:
    """What a letter cites to its recipients."""

    references: tuple[str, ...] = ()
    """In the order in which they are printed; each law once."""
    direct: bool = True
    """Whether something binds the recipients themselves; else the letter asks and does not threaten."""
    named: tuple[dict[str, Any], ...] = ()
    """`dasar`: the same as facts for templates."""
    quotes: tuple[dict[str, Any], ...] = ()
    """`kutipan`: the words of statutes."""


@dataclass(frozen=True, slots=True)
class LawSetting:
    """What decides about the law of a letter besides its recipients."""

    book: LawBook
    template: Template
    day: date
    election: Election | None
    """None for a letter outside elections."""
    stage: str
    level: str
    """`tingkat` of the sending office."""

    def bases(self, groups: Sequence[str]) -> LegalBases:
        """Return the bases of a letter to recipients of `groups`.

        Raises LawError, placed at the key of the front matter: a law, group or stage that the book does not know, words
        that it has not, or `otomatis` without an election.
        """
        front = self.template.front
        with_group = {f"dasar_kelompok.{group}" for group in groups if front.group_bases.get(group)}
        key = "dasar" if front.bases or not with_group else min(with_group)
        with self._placed(key):
            found = self._bases(groups)
        with self._placed("kutipan"):
            return replace(found, quotes=tuple(self._quotes(groups)))

    @contextmanager
    def _placed(self, key: str) -> Iterator[None]:
        """Place the problems raised inside at a key of the front matter."""
        try:
            yield
        except LawError as error:
            place = self.template.place(key)
            raise LawError(*(replace(problem, place=place) for problem in error.problems)) from error

    def _bases(self, groups: Sequence[str]) -> LegalBases:
        front = self.template.front
        written = tuple(dict.fromkeys(base for group in groups for base in front.bases_for(group)))
        own = tuple(base for base in written if base != AUTOMATIC)
        matrix = self._matrix(groups) if AUTOMATIC in written else []
        power = tuple(ref for bases in matrix for ref in bases.authority)
        others = tuple(ref for bases in matrix for ref in (*bases.direct, *bases.staff))
        found = self.book.list_together(self._gathered(power, own), (*self._gathered(others, own), *own), self.day)
        direct = all(bases.binds for bases in matrix) if matrix else bool(own)
        return LegalBases(found, direct, tuple(_named(self.book, ref, self.day) for ref in found))

    def _gathered(self, automatic: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
        """Return automatic bases with an amended law as one entry, as they are where the template cites its changes."""
        amending = {law for reference in own for law in _laws(reference) if self.book.base_of(law) != law}
        return tuple(
            reference if _laws(reference) & amending else self.book.under_base((reference,), self.day)[0]
            for reference in automatic
        )

    def _matrix(self, groups: Sequence[str]) -> list[Bases]:
        if self.election is None:
            raise LawError(_no_election())
        each = dict.fromkeys(groups)
        return [self.book.bases_for(self.election, self.stage, group, self.day, self.level) for group in each]

    def _quotes(self, groups: Sequence[str]) -> Iterator[dict[str, Any]]:
        for reference in self.template.front.quotes:
            if reference == AUTOMATIC:
                yield from self._direct_quotes(groups)
            else:
                chosen = self.book.in_order((reference,), self.day)
                yield from (_quoted(self.book, one) for ref in chosen for one in self.book.quote(ref))

    def _direct_quotes(self, groups: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield the words of what binds the recipients, as far as the book has them."""
        direct = [ref for bases in self._matrix(groups) for ref in bases.direct]
        for reference in self.book.in_order(self.book.under_base(direct, self.day), self.day):
            yield from (_quoted(self.book, one) for one in self.book.known_words(reference))


def _laws(reference: str) -> set[str]:
    return {one.law for one in parse_alternatives(reference) or ()}


def _no_election() -> Problem:
    return Problem(
        "batch.bases-without-election",
        N_('"otomatis" chooses the legal bases by election and stage, and the template names no election.'),
        N_('Write pemilihan = "…" and tahapan = "…"; outside the stages pemilihan = "nontahapan".'),
    )


def _named(book: LawBook, reference: str, day: date) -> dict[str, Any]:
    citation = book.cite(reference, day)
    return {
        "nama": citation.name,
        "nama_padat": citation.compact_name,
        "nama_ringkas": citation.designation,
        "nama_singkat": citation.short_name,
        "pasal": citation.articles_text,
        "teks": citation.text,
        "teks_padat": citation.compact_text,
        "teks_ringkas": citation.brief_text,
        "teks_singkat": citation.short_text,
    }


def _quoted(book: LawBook, words: Quotation) -> dict[str, Any]:
    law = book.law(words.law_id)
    return {
        "nama_ringkas": law.designation,
        "nama_singkat": law.brief,
        "pasal": words.article,
        "baris": list(words.lines),
    }
