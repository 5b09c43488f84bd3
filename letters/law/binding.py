"""Law book + groups a letter goes to → whom its citations bind, and what would bind those groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from letters.errors import LawError
from letters.law.book import LawBook
from letters.law.cited import Cited, LetterContext, known_articles
from letters.law.law_file import Row
from letters.law.records import Article

EVERYBODY = frozenset({"semua", "setiap_orang"})


def audiences_of(book: LawBook, context: LetterContext) -> set[str]:
    """Return the audiences that the letter's groups are or answer for; empty when a group is not known."""
    if not all_known(book, context):
        return set()
    staff = (one for name in context.groups for one in _of_columns(book, book.groups[name].staff))
    return {*staff, *(one for name in context.groups for one in own_audiences(book, name))}


def all_known(book: LawBook, context: LetterContext) -> bool:
    """Return whether the book knows every group of the letter."""
    return all(name in book.groups for name in context.groups)


def own_audiences(book: LawBook, group: str) -> set[str]:
    """Return the audiences that people of a known group are themselves; empty when the book knows none."""
    return {*book.groups[group].audience, *_of_columns(book, book.groups[group].columns)}


def _of_columns(book: LawBook, columns: Iterable[str]) -> Iterator[str]:
    for column in columns:
        yield from book.matrix.columns[column].audience


def bound_places(book: LawBook, cited: Cited, context: LetterContext) -> Iterator[tuple[str, set[str]]]:
    """Yield the cited places with the audiences that they bind on the letter's day; powers of the sender bind none."""
    if not cited.articles:
        yield cited.law.designation, set(cited.law.audiences_bound)
        return
    places: dict[str, set[str]] = {}
    for place, article in known_articles(book, cited):
        if article.phase == "authority":
            continue
        text = f"{place} {cited.law.designation}"
        places.setdefault(text, set()).update(_bound_on(article, context))
    yield from places.items()


def _bound_on(article: Article, context: LetterContext) -> Iterator[str]:
    for name in article.audience:
        since = article.audience_since.get(name)
        if since is None or since <= context.day:
            yield name


def better_bases(book: LawBook, context: LetterContext, groups: Iterable[str]) -> str:
    """Return what binds people of `groups` themselves in such a letter, as one phrase; empty when nothing is known.

    For a letter whose kind of election is not known: what binds them in either kind.
    """
    rows = _rows(book, context)
    found: dict[str, None] = {}
    for group in groups:
        direct = [book.matrix.bases_for(book.laws, row, book.group(group), context.day).direct for row in rows]
        found |= dict.fromkeys(_common(direct))
    together = book.in_order(book.under_base(tuple(found), context.day), context.day)
    return "; ".join(book.cite(reference, context.day).brief_text for reference in together)


def _rows(book: LawBook, context: LetterContext) -> list[Row]:
    matrix = book.matrix
    if context.election:
        with suppress(LawError):  # a stage without a row of its own
            return [matrix.row_for(context.election, context.stage)]
        return [matrix.row_for(context.election, "")]
    kinds = (context.kind,) if context.kind else ("pemilu", "pemilihan")
    return [row for row in matrix.rows.values() if row.default and row.regime in kinds]


def _common(each: list[tuple[str, ...]]) -> list[str]:
    """Return the references that stand in every list, by the order of the first."""
    return [reference for reference in each[0] if all(reference in other for other in each[1:])] if each else []
