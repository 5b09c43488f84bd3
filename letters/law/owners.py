"""Laws that a text names + the runs of articles in it → which run belongs to which law, and which to none."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from letters.law.book import LawBook
from letters.law.found import FARTHEST, SENTENCE_END, Found, Role
from letters.law.passages import Passage, find_passages, narrowed
from letters.law.reference import ArticleRef

MOST_NAMES = 20
"""Names of laws between another's name and its articles."""
BEFORE_LAW = re.compile(r"[\s,]*(?:(?:dari|pada|dalam|menurut|ketentuan|dengan)\s+)*", re.IGNORECASE)
TIGHT = re.compile(r"[\s,(:]*")
"""What stands between a law and the articles right behind it."""
LEADING_TO = re.compile(r"[^.;]{0,120}")
"""What may stand between articles and the law that their sentence names after them, where it names none before."""


def with_articles(book: LawBook, text: str, found: Sequence[Found]) -> list[Found]:
    """Return the names with the articles that stand before or after each."""
    articles: dict[int, list[ArticleRef]] = {}
    for passage, owner in _Reading(book, text, found).owned():
        if owner is not None:
            follows = found[owner].start >= passage.end
            places = narrowed(text, found[owner].end, passage.articles) if follows else passage.articles
            articles.setdefault(owner, []).extend(places)
    return [replace(item, articles=tuple(dict.fromkeys(articles.get(order, ())))) for order, item in enumerate(found)]


def lone_passages(book: LawBook, text: str, found: Sequence[Found]) -> Iterator[Passage]:
    """Yield the runs of articles that belong to no law the text names; none where it names laws the book has not."""
    if all(item.law_id for item in found):
        yield from (passage for passage, owner in _Reading(book, text, found).owned() if owner is None)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text and the names in it, while their articles are being shared out."""

    book: LawBook
    text: str
    found: Sequence[Found]

    def owned(self) -> Iterator[tuple[Passage, int | None]]:
        """Yield each run of articles with the place in `found` of the law it belongs to."""
        passages = list(find_passages(self.text))
        starts = [item.start for item in self.found]
        breaks = [match.end() for match in SENTENCE_END.finditer(self.text)]
        for order, passage in enumerate(passages):
            after = bisect_left(starts, passage.end)
            begin = breaks[spot - 1] if (spot := bisect_right(breaks, passage.start)) else 0
            first = next((item.start for item in self.found[bisect_left(starts, begin) :]), len(self.text))
            opens = next(one.start for one in passages if one.start >= begin) < first
            following = passages[order + 1] if order + 1 < len(passages) else None
            yield passage, self._owner(passage, following, after, opens)

    def _owner(self, passage: Passage, following: Passage | None, after: int, opens: bool) -> int | None:
        """Return the law right after the run or the one before it in the sentence, whichever it stands closer to.

        `after` is where in `found` the names after the run begin; `opens`: whether articles open the sentence.
        """
        before = self._law_before(passage, after)
        if after == len(self.found) or not BEFORE_LAW.fullmatch(self.text[passage.end : self.found[after].start]):
            return before if before is not None else self._elsewhere(passage, after)
        if before is None:
            return after
        gap = self.text[self.found[before].end : passage.start]
        next_gap = self.text[passage.end : self.found[after].start]
        if not TIGHT.fullmatch(gap):
            return after
        if ("," in gap) != ("," in next_gap):
            return after if "," in gap else before
        # `UU 20/2023 Pasal 2 PP 94/2021 Pasal 5` names laws first, `Pasal 2 UU 20/2023 Pasal 5 PP 94/2021` articles.
        law_first = not opens and following is not None and self._is_right_behind(after, following)
        return before if law_first else after

    def _is_right_behind(self, law: int, passage: Passage) -> bool:
        return TIGHT.fullmatch(self.text[self.found[law].end : passage.start]) is not None

    def _law_before(self, passage: Passage, after: int) -> int | None:
        """Return the cited law that the sentence of `passage` has named last."""
        for order in range(after - 1, max(-1, after - 1 - MOST_NAMES), -1):
            item = self.found[order]
            between = self.text[item.end : passage.start]
            if item.end > passage.start:
                continue
            if SENTENCE_END.search(between) or len(between) > FARTHEST:
                return None
            if item.role is Role.MAIN:
                return order
        return None

    def _elsewhere(self, passage: Passage, after: int) -> int | None:
        """Return the law later in the sentence, else the last one of the letter that has such articles.

        `Lampiran I` in a sentence without a law is the letter's own attachment.
        """
        if after < len(self.found) and self.found[after].role is Role.MAIN:
            between = self.text[passage.end : self.found[after].start]
            if LEADING_TO.fullmatch(between) and not SENTENCE_END.search(between):
                return after
        if not any(article.number for article in passage.articles):
            return None
        for order in range(after - 1, -1, -1):
            item = self.found[order]
            if item.role is Role.MAIN and not item.law_id:
                return None  # it may be an article of that one
            if item.role is Role.MAIN and self._has(item.law_id, passage):
                return order
        return None

    def _has(self, law_id: str, passage: Passage) -> bool:
        """Return whether the book knows every one of the articles in this law."""
        places = [ref for ref, _ in self.book.articles_of(law_id)]
        return all(
            self.book.laws[law_id].is_penal(article.number)
            or any(article.is_within(place) or place.is_within(article) for place in places)
            for article in passage.articles
        )
