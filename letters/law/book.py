"""Law data + a letter's date → formal names, citations, and what is wrong with a legal basis on that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters.errors import N_, LawError, Problem, Severity
from letters.l10n import format_date
from letters.law.layers import near_names, read_layers, unknown_names
from letters.law.records import Amendment, Article, Audience, Law, LawFile
from letters.law.reference import ArticleRef, Reference, articles_text, parse_article, parse_reference
from letters.toml import Loc, TomlFile


@dataclass(frozen=True, slots=True)
class Citation:
    """A legal basis as a letter of a certain date says it."""

    law_id: str
    name: str
    """Formal name on that date, with the amendments to be named."""
    short_name: str
    """Kind, number and year, for later mentions: `Undang-Undang Nomor 20 Tahun 2023`."""
    articles: tuple[str, ...]
    """Each article by itself: `Pasal 2 huruf f`."""
    articles_text: str
    """The articles as one phrase: `Pasal 71 ayat (1) dan ayat (3)`; empty for the law as a whole."""
    text: str
    """Articles and name: `Pasal 2 huruf f dan Pasal 9 ayat (2) Undang-Undang Nomor 20 Tahun 2023 tentang …`."""


@dataclass(frozen=True, slots=True)
class LawBook:
    """The laws that letters cite, and the audiences they bind."""

    laws: Mapping[str, Law]
    """By id, in the order of the files."""
    audiences: Mapping[str, Audience]
    as_of: date | None
    """State of knowledge of the newest file that gives one."""

    @classmethod
    def load(cls, *paths: Path) -> LawBook:
        """Return the package's laws, with those of the office's own files added or laid over them.

        Raises LawError with every problem of the first file that cannot be used.
        """
        laws: dict[str, Law] = {}
        audiences: dict[str, Audience] = {}
        as_of: date | None = None
        for source, file in read_layers(LawFile, "laws.toml", "laws", paths):
            laws |= {law.id: law for law in file.laws}
            audiences |= file.audiences
            as_of = max(filter(None, (as_of, file.as_of)), default=None)
            _check_names(source, file, laws, audiences)
        return cls(laws, audiences, as_of)

    def law(self, law_id: str) -> Law:
        """Return the law with this id; raises LawError with near ids when there is none."""
        if law_id in self.laws:
            return self.laws[law_id]
        raise LawError(self._unknown_law(law_id))

    def article(self, law_id: str, ref: str) -> Article | None:
        """Return what is known about an article, by its printed form; None when nothing is."""
        return next((article for article in self.law(law_id).articles if article.ref == ref), None)

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

    def _amended_title(self, law: Law, on: date) -> str:
        """Return the title with the last amendment; only laws whose own title says *atas* this title in full count.

        Court rulings and laws that change many others are not part of a law's name.
        """
        changes = (self.laws[change.by] for change in law.amended_by if self._changed_on(change) <= on)
        amending = [change for change in changes if f"atas {law.title}" in change.title]
        if law.cite or not amending:
            return law.title
        how = "telah diubah dengan" if len(amending) == 1 else "telah beberapa kali diubah terakhir dengan"
        last = max(amending, key=lambda change: change.earliest)
        return f"{law.title} sebagaimana {how} {last.title}"

    def _changed_on(self, change: Amendment) -> date:
        return change.on or self.laws[change.by].in_force or date.max

    def cite(self, reference: str, on: date) -> Citation:
        """Return `reference` (see `parse_reference`) as a letter dated `on` says it, in force or not.

        Raises LawError for a reference that cannot be read or an unknown law.
        """
        parsed = self._parse(reference)
        name = self.formal_name(parsed.law, on)
        phrase = articles_text(parsed.articles)
        return Citation(
            parsed.law,
            name,
            self.formal_name(parsed.law, on, long=False),
            tuple(str(article) for article in parsed.articles),
            phrase,
            f"{phrase} {name}".strip(),
        )

    def _parse(self, reference: str) -> Reference:
        parsed = parse_reference(reference)
        if parsed is None:
            raise LawError(_unreadable(reference))
        return parsed

    # -- checks ---------------------------------------------------------------------------------------

    def check(self, reference: str, on: date) -> list[Problem]:
        """Return what is wrong with `reference` in a letter dated `on`; nothing when it may be cited.

        Errors: it cannot be read, the law is unknown, revoked, absorbed by another or not yet in force. Warnings: an
        article or the exact title that the book does not know.
        """
        parsed = parse_reference(reference)
        if parsed is None:
            return [_unreadable(reference)]
        if parsed.law not in self.laws:
            return [self._unknown_law(parsed.law)]
        law = self.laws[parsed.law]
        return [*self._dates(law, parsed, on), *_title(law), *_unknown_articles(law, parsed.articles)]

    def _dates(self, law: Law, parsed: Reference, on: date) -> Iterator[Problem]:
        """Yield what is wrong with citing the law on that day."""
        params: dict[str, object] = {"law": law.designation, "letter_day": format_date(on)}
        if on < law.earliest:
            params |= {"day": format_date(law.earliest), "before": ", ".join(self._before(law, on))}
            message = N_("{law} is not yet in force on {letter_day}, only from {day}.")
            remedy = N_("Cite {before} instead.") if params["before"] else N_("Cite the law of that day.")
            yield Problem("law.not-yet-in-force", message, remedy, params=params)
        elif law.revoked_on and law.revoked_on <= on:
            params |= {"day": format_date(law.revoked_on), "by": self._named(law.revoked_by)}
            yield from _revoked(law, parsed, params)
        elif law.status == "superseded":
            yield from self._absorbed(law, on, params)

    def _absorbed(self, law: Law, on: date, params: dict[str, object]) -> Iterator[Problem]:
        """Yield a problem when a later law has taken over what this one says."""
        for change in law.amended_by:
            if self._changed_on(change) <= on:
                params |= {"day": format_date(self._changed_on(change)), "by": self._named(change.by)}
                message = N_("{law} was absorbed on {day} by {by}; the letter is dated {letter_day}.")
                yield Problem("law.absorbed", message, N_("Cite {by} instead."), params=params)

    def _before(self, law: Law, on: date) -> Iterator[str]:
        """Yield the laws that this one replaces and that were in force on that day."""
        for old in self.laws.values():
            if (old.revoked_by == law.id or law.replaces == old.id) and old.earliest <= on:
                yield self._named(old.id)

    def _named(self, law_id: str) -> str:
        """Return a law's designation with its id, as a user needs it in a template."""
        return f"{self.laws[law_id].designation} ({law_id})" if law_id in self.laws else law_id

    def _unknown_law(self, law_id: str) -> Problem:
        params = {"law": law_id, "near": near_names(law_id, self.laws)}
        message = N_('The law "{law}" is not known.')
        remedy = (
            N_("Did you mean {near}?") if params["near"] else N_("Add it to the office's own file of laws, hukum.toml.")
        )
        return Problem("law.unknown-law", message, remedy, params=params)


def _unreadable(reference: str) -> Problem:
    return Problem(
        "law.bad-reference",
        N_('"{reference}" cannot be read as a legal basis.'),
        N_("Write the id of the law, a colon and its articles: uu-20-2023:2f,9(2). What is no article is in quotes."),
        params={"reference": reference},
    )


def _revoked(law: Law, parsed: Reference, params: dict[str, object]) -> Iterator[Problem]:
    """Yield the problem of a revoked law, unless just what survives of it is cited."""
    if parsed.articles and all(str(article) in law.surviving for article in parsed.articles):
        return
    remedy = N_("Cite {by} instead.") if params["by"] else N_("Cite the law that replaced it.")
    if law.surviving:
        params = params | {"surviving": ", ".join(law.surviving)}
        message = N_("{law} was revoked on {day} except {surviving}; the letter is dated {letter_day}.")
    else:
        message = N_("{law} was revoked on {day}; the letter is dated {letter_day}.")
    yield Problem("law.revoked", message, remedy, params=params)


def _title(law: Law) -> Iterator[Problem]:
    """Yield a warning when nobody has seen the law's exact title."""
    if not law.title_verified:
        yield Problem(
            "law.title-not-verified",
            N_("The exact title of {law} was not seen in a reliable source."),
            N_("Compare it with the gazette before the letter goes out."),
            params={"law": law.designation},
            severity=Severity.WARNING,
        )


def _unknown_articles(law: Law, articles: tuple[ArticleRef, ...]) -> Iterator[Problem]:
    """Yield a warning for each article the book does not know; for a law without any known article, none."""
    known = [parse_article(article.ref) for article in law.articles if article.ref.startswith(("Pasal", "Lampiran"))]
    for article in articles:
        if known and not _is_known(article, known):
            params = {"article": article, "law": law.designation, "near": near_names(str(article), map(str, known))}
            message = N_("{article} of {law} is not in the book of laws.")
            remedy = N_("Compare it with the text of the law.")
            if params["near"]:
                remedy = N_("Compare it with the text of the law; like it and known are: {near}.")
            yield Problem("law.unknown-article", message, remedy, params=params, severity=Severity.WARNING)


def _is_known(article: ArticleRef, known: list[ArticleRef]) -> bool:
    """Return whether the place is known, holds a known one, or lies in one of which no parts are listed."""
    holds_known = any(other.is_within(article) for other in known)
    around = [other for other in known if article.is_within(other)]
    has_parts = any(other != outer and other.is_within(outer) for outer in around for other in known)
    return holds_known or (bool(around) and not has_parts)


def _check_names(source: TomlFile, file: LawFile, laws: Mapping[str, Law], audiences: Mapping[str, Audience]) -> None:
    """Raise LawError when an entry of the file names a law or an audience that is nowhere."""
    problems = [
        *unknown_names(source, _law_names(file), laws),
        *unknown_names(source, _audience_names(file), audiences),
    ]
    if problems:
        raise LawError(*problems)


def _law_names(file: LawFile) -> Iterator[tuple[Loc, str]]:
    for index, law in enumerate(file.laws):
        yield ("laws", index, "revoked_by"), law.revoked_by
        yield ("laws", index, "replaces"), law.replaces
        for change in law.amended_by:
            yield ("laws", index, "amended_by"), change.by


def _audience_names(file: LawFile) -> Iterator[tuple[Loc, str]]:
    for index, law in enumerate(file.laws):
        for name in law.audiences_bound:
            yield ("laws", index, "audiences_bound"), name
        for number, article in enumerate(law.articles):
            for name in article.audience:
                yield ("laws", index, "articles", number, "audience"), name
