"""Text such as ``uu-20-2023:2f,9(2)`` ↔ law id and articles; articles → the words of a citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

LAW_ID = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
ITEM = re.compile(r'\s*("[^"]+"|[^",]+)\s*(?:,|$)')
SHORT = re.compile(r"([0-9]+[A-Z]{0,2})(?:\(([0-9]+[a-z]?)\))?([a-z]{1,2})?(?:\.?([0-9]+))?")
LONG = re.compile(
    r"Pasal ([0-9]+[A-Z]{0,2})(?: ayat \(([0-9]+[a-z]?)\))?(?: huruf ([a-z]{1,2}))?(?: angka ([0-9]+(?:-[0-9]+)?))?"
)
ANNEX = re.compile(r"(Lampiran [IVX]+) (.+)")
NATURAL = re.compile(r"[0-9]+|[^0-9]+")
WHOLE_LAW = "(umum)"
"""What the data file writes for a law as a whole."""


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """One place in a law, as its units from the outside in: `("Pasal 24", "ayat (1)", "huruf d")`.

    An annex has two (`("Lampiran II", "disiplin")`); any other place that is no article is one unit.
    """

    units: tuple[str, ...]

    def __str__(self) -> str:
        """Return the place as printed: `Pasal 24 ayat (1) huruf d`."""
        return " ".join(self.units)

    @property
    def number(self) -> int:
        """Return the number of the article without its capital; 0 for a place that is no article."""
        match = re.match(r"Pasal ([0-9]+)", self.units[0])
        return int(match[1]) if match else 0

    @property
    def order(self) -> tuple[tuple[bool, int, str], ...]:
        """Return the key that sorts places as a law has them: by number, not by letter."""
        parts = NATURAL.findall(str(self))
        return tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)

    def is_within(self, other: ArticleRef) -> bool:
        """Return whether this place is `other` or a part of it."""
        return self.units[: len(other.units)] == other.units


@dataclass(frozen=True, slots=True)
class Reference:
    """A law and the places in it that a letter names; without places the law as a whole."""

    law: str
    articles: tuple[ArticleRef, ...]


def parse_reference(text: str) -> Reference | None:
    """Return what `text` refers to, or None when it cannot be read.

    `uu-20-2023` is the law as a whole. After a colon come articles, with commas between them: `2f` = Pasal 2 huruf f,
    `9(2)` = Pasal 9 ayat (2), `24(1)d`, `5n5` = Pasal 5 huruf n angka 5, `39.2` = Pasal 39 angka 2, `187A` = Pasal 187A
    (a capital belongs to the number). Written out (`Pasal 9 ayat (2)`) works as well; what is no article stands in
    quotes: `skb-2022:"Lampiran II disiplin"`.
    """
    law, colon, rest = text.strip().partition(":")
    law = law.strip().casefold()
    if not LAW_ID.fullmatch(law) or (colon and not rest.strip()):
        return None
    items = _items(rest)
    articles = [_item(item) for item in items or ()]
    if items is None or None in articles:
        return None
    return Reference(law, tuple(article for article in articles if article and str(article) != WHOLE_LAW))


def parse_alternatives(text: str) -> tuple[Reference, ...] | None:
    """Return the references that stand with `|` between them, or None when one of them cannot be read."""
    references = [parse_reference(part) for part in text.split("|")]
    known = tuple(reference for reference in references if reference)
    return known if len(known) == len(references) else None


def format_reference(reference: Reference) -> str:
    """Return the text that `parse_reference` reads as `reference`, in short form where there is one."""
    if not reference.articles:
        return reference.law
    return f"{reference.law}:{','.join(map(_short, reference.articles))}"


def _short(article: ArticleRef) -> str:
    """Return `24(1)d` for Pasal 24 ayat (1) huruf d; what has no short form in quotes."""
    match = LONG.fullmatch(str(article))
    if not match or "-" in (match[4] or ""):
        return f'"{article}"'
    number, paragraph, letter, item = match.groups()
    dot = "." if item and not letter else ""
    return number + (f"({paragraph})" if paragraph else "") + (letter or "") + (f"{dot}{item}" if item else "")


def merge_articles(articles: Iterable[ArticleRef]) -> tuple[ArticleRef, ...]:
    """Return the places in the order of the law, each once, without those that lie in another of them."""
    places = sorted(set(articles), key=lambda article: article.order)
    return tuple(place for place in places if not any(place != other and place.is_within(other) for other in places))


def _items(text: str) -> list[str] | None:
    """Return what stands between the commas outside quotes; None when something is left over."""
    items, position = [], 0
    while position < len(text):
        match = ITEM.match(text, position)
        if not match or not match[1].strip():
            return None
        items.append(match[1].strip())
        position = match.end()
    return None if text.rstrip().endswith(",") else items


def _item(text: str) -> ArticleRef | None:
    if text.startswith('"'):
        return parse_article(text.strip('"'))
    match = SHORT.fullmatch(text) or LONG.fullmatch(" ".join(text.split()))
    return _article(match) if match else None


def parse_article(text: str) -> ArticleRef:
    """Return a place written out, as data files and quotes have it; what is no `Pasal` is one unit."""
    text = " ".join(text.split())
    if match := LONG.fullmatch(text):
        return _article(match)
    annex = ANNEX.fullmatch(text)
    return ArticleRef(annex.groups() if annex else (text,))


def _article(match: re.Match[str]) -> ArticleRef:
    article, paragraph, letter, item = match.groups()
    units = [f"Pasal {article}"]
    units += [f"ayat ({paragraph})"] if paragraph else []
    units += [f"huruf {letter}"] if letter else []
    units += [f"angka {item}"] if item else []
    return ArticleRef(tuple(units))


# -- words --------------------------------------------------------------------------------------------


def articles_text(articles: Sequence[ArticleRef]) -> str:
    """Return the places as one phrase: `Pasal 71 ayat (1) dan ayat (3) serta Pasal 188`.

    What two neighbours share is said once; *serta* parts articles where *dan* already joins parts of one.
    """
    groups = [list(group) for _, group in groupby(articles, key=lambda article: article.units[0])]
    phrases = [_join(_shared_once(group), "dan") for group in groups]
    return _join(phrases, "serta" if any(len(group) > 1 for group in groups) else "dan")


def _shared_once(group: Sequence[ArticleRef]) -> list[str]:
    """Return places of one article, each without the units it shares with the one before."""
    phrases = [str(group[0])]
    for before, article in zip(group, group[1:], strict=False):
        nested = article.is_within(before) or before.is_within(article)
        shared = 0 if nested else _shared(before.units, article.units)
        phrases.append(" ".join(article.units[shared:]))
    return phrases


def _shared(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many units two places have in common from the outside."""
    pairs = zip(first, second, strict=False)
    return next((count for count, (one, other) in enumerate(pairs) if one != other), min(len(first), len(second)))


def join_citations(texts: Sequence[str], short: bool = False) -> str:
    """Return several citations as one phrase; long ones have commas of their own and are parted by semicolons."""
    if len(texts) < 3:
        return " dan ".join(texts) if all(" dan " not in text for text in texts) else " serta ".join(texts)
    return f"{', '.join(texts[:-1])}, dan {texts[-1]}" if short else f"{'; '.join(texts[:-1])}; dan {texts[-1]}"


def _join(phrases: Sequence[str], last: str) -> str:
    """Return `a`, `a dan b`, `a, b, dan c`."""
    if len(phrases) < 3:
        return f" {last} ".join(phrases)
    return f"{', '.join(phrases[:-1])}, {last} {phrases[-1]}"
