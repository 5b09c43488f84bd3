"""Law data + a letter's date → formal names, citations, bases, and what is wrong with a legal basis on that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters.errors import N_, LawError, Problem
from letters.law.checks import (
    check_articles,
    check_dates,
    check_title,
    first_in_force,
    in_force,
    unknown_law,
    unreadable,
)
from letters.law.groups import Areas, Forms, Group, forms_in
from letters.law.law_file import Body, OtherLaw, WordRule
from letters.law.layers import Change, near_names
from letters.law.loading import LawData, load_laws
from letters.law.matrix import Bases, Matrix, Places, listed
from letters.law.records import Amendment, Article, Audience, Law
from letters.law.reference import (
    ArticleRef,
    Reference,
    articles_text,
    format_reference,
    parse_alternatives,
    parse_article,
)
from letters.law.stage_records import Election


@dataclass(frozen=True, slots=True)
class Citation:
    """A legal basis as a letter of a certain date says it."""

    law_id: str
    name: str
    """Formal name on that date, with the amendments to be named."""
    compact_name: str
    """The same, the last amendment by kind, number and year alone."""
    designation: str
    """Kind, number and year, for later mentions: `Undang-Undang Nomor 20 Tahun 2023`."""
    short_name: str
    """Defined short name: `UU ASN`, `PKPU Nomor 13 Tahun 2024`."""
    articles: tuple[str, ...]
    """Each article by itself: `Pasal 2 huruf f`."""
    articles_text: str
    """The articles as one phrase: `Pasal 71 ayat (1) dan ayat (3)`; empty for the law as a whole."""
    text: str
    """Articles and name: `Pasal 2 huruf f dan Pasal 9 ayat (2) Undang-Undang Nomor 20 Tahun 2023 tentang …`."""

    @property
    def compact_text(self) -> str:
        """Return articles and name, the last amendment without its subject; shorter, and no less exact."""
        return f"{self.articles_text} {self.compact_name}".strip()

    @property
    def brief_text(self) -> str:
        """Return articles and kind, number, year: `Pasal 2 huruf f Undang-Undang Nomor 20 Tahun 2023`."""
        return f"{self.articles_text} {self.designation}".strip()

    @property
    def short_text(self) -> str:
        """Return articles and short name: `Pasal 71 ayat (1) UU Pemilihan`."""
        return f"{self.articles_text} {self.short_name}".strip()


@dataclass(frozen=True, slots=True)
class Quotation:
    """The statute's own words."""

    law_id: str
    article: str
    """`Pasal 71 ayat (1)`."""
    lines: tuple[str, ...]
    """Each line with the statute's own label: `(1) Pejabat negara, …`."""
    source: str
    """Where the words were read."""


@dataclass(frozen=True, slots=True)
class LawBook:
    """The laws that letters cite, whom they bind, and which of them a letter cites to whom."""

    data: LawData

    @classmethod
    def load(cls, *paths: Path) -> LawBook:
        """Return the package's laws, with those of the office's own files added or laid over them.

        Raises LawError with every problem of the first file that cannot be used.
        """
        return cls(load_laws(paths))

    @property
    def laws(self) -> Mapping[str, Law]:
        """Return the laws by id, in the order of the files."""
        return self.data.laws

    @property
    def audiences(self) -> Mapping[str, Audience]:
        """Return the people and bodies that laws bind, by id."""
        return self.data.audiences

    @property
    def groups(self) -> Mapping[str, Group]:
        """Return the groups of recipients (`kelompok`), by id."""
        return self.data.groups

    @property
    def areas(self) -> Areas:
        """Return how tables write the names of areas."""
        return self.data.areas

    @property
    def matrix(self) -> Matrix:
        """Return the matrix of legal bases."""
        return self.data.matrix

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Return the public bodies that came to an end."""
        return self.data.bodies

    @property
    def words(self) -> tuple[WordRule, ...]:
        """Return the words that are out of place in letters of a regime."""
        return self.data.words

    @property
    def others(self) -> Mapping[str, OtherLaw]:
        """Return laws known by number and subject alone, by id."""
        return self.data.others

    @property
    def as_of(self) -> date | None:
        """Return the state of knowledge of the newest file that gives one."""
        return self.data.as_of

    def changes(self) -> tuple[Change, ...]:
        """Return what the office's own files say otherwise than the data of the package."""
        return self.data.changes

    def law(self, law_id: str) -> Law:
        """Return the law with this id; raises LawError with near ids when there is none."""
        if law_id in self.laws:
            return self.laws[law_id]
        raise LawError(unknown_law(self.laws, law_id))

    def group(self, group_id: str) -> Group:
        """Return the group of recipients with this id; raises LawError with near ids when there is none."""
        if group_id in self.groups:
            return self.groups[group_id]
        params = {"group": group_id, "near": near_names(group_id, self.groups)}
        message = N_('Nothing is known about the group of recipients "{group}".')
        remedy = (
            N_("Did you mean {near}?")
            if params["near"]
            else N_("Add [[groups]] with its id, name and columns to hukum.toml.")
        )
        raise LawError(Problem("law.unknown-group", message, remedy, params=params))

    def forms(self, group_id: str, region: str = "") -> Forms:
        """Return post, agency and form of address of a group in a region; raises LawError for an unknown group."""
        return forms_in(self.group(group_id), region)

    # -- articles -------------------------------------------------------------------------------------

    def article(self, law_id: str, ref: str) -> Article | None:
        """Return what is known about an article, by its printed form; None when nothing is."""
        return next((article for article in self.law(law_id).articles if article.ref == ref), None)

    def articles_of(self, law_id: str) -> tuple[tuple[ArticleRef, Article], ...]:
        """Return the known places of a law as amended: its own, then those of the laws it is one with."""
        if law_id not in self.data.articles:
            known = (article for member in self.family(law_id) for article in self.laws[member].articles)
            self.data.articles[law_id] = tuple((parse_article(article.ref), article) for article in known)
        return self.data.articles[law_id]

    def family(self, law_id: str) -> tuple[str, ...]:
        """Return the law itself, the law it amends, and the laws that amend that one: they share their articles."""
        root = self.base_of(law_id)
        members = (root, *self._amending(self.laws[root]))
        return (law_id, *(member for member in members if member != law_id))

    def under_base(self, references: Sequence[str], on: date) -> tuple[str, ...]:
        """Return references whose places of an amending law are cited as places of the law that it amends.

        So an amended law stands once in a letter, with its chain and all its places: a place that UU 10/2016 changed
        belongs to UU 1/2015 as amended (note of that law in laws.toml). An amending law cited as a whole stays.
        """
        return tuple(self._under_base(reference, on) for reference in references)

    def _under_base(self, reference: str, on: date) -> str:
        chosen = self._choose(self._parse(reference), on)
        base = self.base_of(chosen.law)
        standing = base != chosen.law and chosen.articles and in_force(self.law(base), on)
        return format_reference(Reference(base, chosen.articles)) if standing else reference

    def base_of(self, law_id: str) -> str:
        """Return the law that this one amends by its title; the law itself when it amends none."""
        return next((law.id for law in self.laws.values() if law_id in self._amending(law)), law_id)

    def _amending(self, law: Law) -> tuple[str, ...]:
        """Return the laws whose own title says *atas* this title in full.

        Court rulings and laws that change many others are not part of a law's name.
        """
        return tuple(change.by for change in law.amended_by if f"atas {law.title}" in self.laws[change.by].title)

    def quote(self, reference: str) -> tuple[Quotation, ...]:
        """Return the statute's own words for each place of `reference`.

        Raises LawError for a reference that cannot be read, an unknown law, or places whose words the book has not:
        it never paraphrases.
        """
        parsed = self._parse(reference)[0]
        law = self.law(parsed.law)
        texts = {article.ref: article for _, article in self.articles_of(law.id) if article.text}
        missing = [str(place) for place in parsed.articles if str(place) not in texts] or (
            [] if parsed.articles else [law.designation]
        )
        if missing:
            raise LawError(*(_no_words(place, law) for place in missing))
        return self.known_words(reference)

    def known_words(self, reference: str) -> tuple[Quotation, ...]:
        """Return the statute's own words for the places of `reference` whose words the book has.

        Raises LawError for a reference that cannot be read or an unknown law.
        """
        parsed = self._parse(reference)[0]
        law = self.law(parsed.law)
        texts = {article.ref: article for _, article in self.articles_of(law.id) if article.text}
        found = (texts[str(place)] for place in parsed.articles if str(place) in texts)
        return tuple(Quotation(law.id, a.ref, tuple(a.text.splitlines()), a.text_source) for a in found)

    # -- names ----------------------------------------------------------------------------------------

    def formal_name(self, law_id: str, on: date, long: bool = True) -> str:
        """Return the name a letter dated `on` gives the law, with its amendments up to that day.

        Without `long` kind, number and year alone, as in later mentions. Raises LawError for an unknown law.
        """
        law = self.law(law_id)
        if not long:
            return law.designation
        by_period = (name.text for name in law.cite if name.holds(on))
        return next(by_period, "") or self._amended_title(law, on)

    def last_amendment(self, law_id: str, on: date) -> str:
        """Return the id of the law that the chain in the formal name ends with; empty when it has no chain."""
        changes = [by for by in self._amending(self.law(law_id)) if self._changed_on(law_id, by) <= on]
        return max(changes, key=lambda by: self._changed_on(law_id, by), default="")

    def _compact(self, law_id: str, name: str, on: date) -> str:
        """Return a formal name without the subject of the amendment that it ends with."""
        last = self.last_amendment(law_id, on)
        if not last:
            return name
        known, found, _subject = name.rpartition(f"dengan {self.laws[last].designation} tentang ")
        return f"{known}dengan {self.laws[last].designation}" if found else name

    def _amended_title(self, law: Law, on: date) -> str:
        amending = [by for by in self._amending(law) if self._changed_on(law.id, by) <= on]
        if law.cite or not amending:
            return law.title
        how = "telah diubah dengan" if len(amending) == 1 else "telah beberapa kali diubah terakhir dengan"
        return f"{law.title} sebagaimana {how} {self.laws[self.last_amendment(law.id, on)].title}"

    def _changed_on(self, law_id: str, by: str) -> date:
        change: Amendment = next(change for change in self.laws[law_id].amended_by if change.by == by)
        return change.on or self.laws[by].in_force or date.max

    def cite(self, reference: str, on: date) -> Citation:
        """Return `reference` (see `parse_reference`) as a letter dated `on` says it, in force or not.

        Of alternatives with `|` between them the first in force counts, else the last. Raises LawError for a reference
        that cannot be read or an unknown law.
        """
        parsed = self._choose(self._parse(reference), on)
        name = self.formal_name(parsed.law, on)
        phrase = articles_text(parsed.articles)
        law = self.law(parsed.law)
        return Citation(
            parsed.law,
            name,
            self._compact(parsed.law, name, on),
            law.designation,
            law.brief,
            tuple(str(article) for article in parsed.articles),
            phrase,
            f"{phrase} {name}".strip(),
        )

    def _parse(self, reference: str) -> tuple[Reference, ...]:
        parsed = parse_alternatives(reference)
        if parsed is None:
            raise LawError(unreadable(reference))
        return parsed

    def _choose(self, alternatives: tuple[Reference, ...], on: date) -> Reference:
        return first_in_force(self.laws, alternatives, on) or alternatives[-1]

    # -- bases ----------------------------------------------------------------------------------------

    def authority_for(self, level: str, regime: str) -> tuple[str, ...]:
        """Return the references that give an office of this level (`tingkat`) the power to write.

        Empty for an office without one of its own, such as a regional government.
        """
        return self.matrix.authority.get(regime, {}).get(level, ())

    def bases_for(self, election: Election, stage: str, group: str, on: date, level: str = "") -> Bases:
        """Return what a letter dated `on` for a stage of `election` cites to a group of recipients.

        Without a stage: what binds at any time. With the sender's `level` its power to write comes first. Raises
        LawError for a group or a stage that the matrix does not know.
        """
        row = self.matrix.row_for(election, stage)
        authority = self.authority_for(level, election.regime)
        return self.matrix.bases_for(self.laws, row, self.group(group), on, authority)

    def in_order(self, references: Sequence[str], on: date) -> tuple[str, ...]:
        """Return references by rank of law, then year and number, each law once; LawError for an unknown one."""
        return self.list_together((), references, on)

    def list_together(self, authority: Sequence[str], others: Sequence[str], on: date) -> tuple[str, ...]:
        """Return references as one list: the laws of the sender's power first, then the others by rank.

        Each law stands once, of alternatives the one of that day. Raises LawError for an unknown law.
        """
        return listed(self.laws, self._places(authority, on), self._places(others, on))

    def _places(self, references: Sequence[str], on: date) -> Places:
        places: Places = {}
        for reference in references:
            chosen = self._choose(self._parse(reference), on)
            places.setdefault(self.law(chosen.law).id, []).extend(chosen.articles)
        return places

    # -- checks ---------------------------------------------------------------------------------------

    def check(self, reference: str, on: date) -> list[Problem]:
        """Return what is wrong with `reference` in a letter dated `on`; nothing when it may be cited.

        Errors: it cannot be read, the law is unknown, revoked, absorbed by another or not yet in force. Warnings: an
        article or the exact title that the book does not know.
        """
        parsed = parse_alternatives(reference)
        if parsed is None:
            return [unreadable(reference)]
        unknown = [unknown_law(self.laws, other.law) for other in parsed if other.law not in self.laws]
        return unknown or list(self._check(self._choose(parsed, on), on))

    def _check(self, parsed: Reference, on: date) -> Iterator[Problem]:
        law = self.laws[parsed.law]
        yield from check_dates(self.laws, law, parsed.articles, on)
        yield from check_title(law)
        yield from check_articles(law, parsed.articles, [ref for ref, _ in self.articles_of(law.id)])


def _no_words(place: str, law: Law) -> Problem:
    return Problem(
        "law.no-wording",
        N_("The words of {place} ({law}) are not in the book of laws."),
        N_("Cite the article without quoting it, or add its text to hukum.toml."),
        params={"place": place, "law": law.designation},
    )
