"""Text → the articles it names: `Pasal 71 ayat (1), ayat (3), dan ayat (4)`, `Pasal 280, 282, dan 490 s.d. 494`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from letters.law.reference import ArticleRef

ARTICLE = re.compile(
    r"\b(?:Pasal|Psl\.?|Ps\.?)\s*(?P<value>[0-9]{1,3}(?:[A-Z]{0,2}(?![0-9/A-Za-z])(?-i:\s[A-Z]\b)?))", re.IGNORECASE
)
ANNEX = re.compile(r"\bLampiran\s+(?P<value>[IVX]{1,4})\b")
# A scanner reads `(2)` as `(21`.
PARAGRAPH = re.compile(
    r"ayat\s*(?:\(\s*(?P<value>[0-9]{1,2}[a-z]?)\s*\)|\((?P<slip>[0-9])1\b|(?P<bare>[0-9]{1,2}[a-z]?)\b)", re.IGNORECASE
)
IN_BRACKETS = re.compile(r"\(\s*(?P<value>[0-9]{1,2}[a-z]?)\s*\)")
LETTER = re.compile(r"(?:huruf|hrf\.?)\s*\(?(?P<value>[a-z]{1,2})\b[).]?", re.IGNORECASE)
ITEM = re.compile(r"(?:angka|butir)\s*\(?(?P<value>[0-9]{1,2})\b\)?", re.IGNORECASE)
BARE_LETTER = re.compile(r"(?P<value>[a-z])\b(?![.)])")
BARE_NUMBER = re.compile(r"(?P<value>[0-9]{1,3}[A-Z]?)\b(?!\s*(?:\(|/|[.,][0-9]|hari|bulan|tahun|orang|kali|persen|%))")
CONNECTOR = re.compile(
    r"\s*(?:,\s*)?(?:(?P<range>s\.?\s*[./]?\s*d\.?|sampai(?:\s+dengan)?|hingga|[-–])|dan/atau|dan|serta|atau|jo\.?|juncto|&|,)\s+"
    r"|(?P<dash>\s*[-–]\s*)(?=\(|[0-9])|\s*,\s*",
    re.IGNORECASE,
)
BLANK = re.compile(r"\s*")
LEVELS = ("ayat", "huruf", "angka")
LONGEST_RANGE = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of articles as the text names them."""

    start: int
    end: int
    articles: tuple[ArticleRef, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """One place while it is being read: article, paragraph, letter, item."""

    article: str
    parts: tuple[tuple[str, str], ...] = ()

    @property
    def level(self) -> str:
        return self.parts[-1][0] if self.parts else "article"

    def deeper(self, level: str, value: str) -> _Place:
        """Return the place with `value` at `level`, and nothing below it."""
        kept = tuple(part for part in self.parts if LEVELS.index(part[0]) < LEVELS.index(level))
        return _Place(self.article, (*kept, (level, value)))

    def with_value(self, level: str, value: str) -> _Place:
        return _Place(value) if level == "article" else self.deeper(level, value)

    def ref(self) -> ArticleRef:
        if self.article.startswith("Lampiran"):
            return ArticleRef((self.article,))
        units = [f"Pasal {self.article}"]
        units += [f"ayat ({value})" if level == "ayat" else f"{level} {value}" for level, value in self.parts]
        return ArticleRef(tuple(units))


def find_passages(text: str) -> Iterator[Passage]:
    """Yield every run of articles in `text`, from left to right."""
    position = 0
    while match := _next_start(text, position):
        end, places = _read_run(text, match)
        refs = tuple(dict.fromkeys(place.ref() for place in places))
        yield Passage(match.start(), end, refs)
        position = end


def narrowed(text: str, position: int, articles: tuple[ArticleRef, ...]) -> tuple[ArticleRef, ...]:
    """Return the articles with what follows at `position` added to the last: `Pasal 39` UU 34/2004 `ayat (2)`."""
    last = articles[-1].units
    if not last[0].startswith("Pasal ") or not _step_down(text, position, _Place(last[0].removeprefix("Pasal "))):
        return articles
    parts = tuple((level, value.strip("()")) for level, value in (unit.split(" ", 1) for unit in last[1:]))
    first = _Place(last[0].removeprefix("Pasal "), parts)
    _, places = _read_on(text, position, [first])
    added = dict.fromkeys(place.ref() for place in places if place.article == first.article)
    return (*articles[:-1], *added)


def _next_start(text: str, position: int) -> re.Match[str] | None:
    found = [match for match in (ARTICLE.search(text, position), ANNEX.search(text, position)) if match]
    return min(found, key=lambda match: match.start(), default=None)


def _first(match: re.Match[str]) -> _Place:
    value = match["value"]
    return _Place(f"Lampiran {value}" if match.re is ANNEX else "".join(value.split()).upper())


def _read_run(text: str, start: re.Match[str]) -> tuple[int, list[_Place]]:
    """Return where the run that begins at `start` ends, and its places."""
    return _read_on(text, start.end(), [_first(start)])


def _read_on(text: str, position: int, places: list[_Place]) -> tuple[int, list[_Place]]:
    """Return where the run goes on to from `position`, and its places with those added."""
    while True:
        if step := _step_down(text, position, places[-1]):
            position, places[-1] = step
        elif step_on := _step_on(text, position, places[-1]):
            position, added = step_on
            places += added
        else:
            return position, places


def _step_down(text: str, position: int, place: _Place) -> tuple[int, _Place] | None:
    """Return the place made narrower by the unit that follows without a connector."""
    after = BLANK.match(text, position)
    begin = after.end() if after else position
    found = _unit(text, begin) or (None if place.parts else _bracketed(text, begin))
    if not found or place.article.startswith("Lampiran"):
        return None
    level, value, end = found
    deeper = not place.parts or LEVELS.index(level) > LEVELS.index(place.level)
    return (end, place.deeper(level, value)) if deeper else None


def _step_on(text: str, position: int, place: _Place) -> tuple[int, list[_Place]] | None:
    """Return the further places that a connector and a unit add; none when what follows is no unit."""
    connector = CONNECTOR.match(text, position)
    if not connector:
        return None
    begin = connector.end()
    if match := ARTICLE.match(text, begin) or ANNEX.match(text, begin):
        end, level, value = match.end(), "article", _first(match).article
    elif found := _unit(text, begin) or _bare_unit(text, begin, place):
        level, value, end = found
    else:
        return None
    if (connector["range"] or connector["dash"]) and place.level == level:
        return end, _range(place, level, value)
    return end, [place.with_value(level, value)]


def _unit(text: str, begin: int) -> tuple[str, str, int] | None:
    if match := PARAGRAPH.match(text, begin):
        return "ayat", match["value"] or match["slip"] or match["bare"], match.end()
    if match := LETTER.match(text, begin):
        return "huruf", match["value"].lower(), match.end()
    if match := ITEM.match(text, begin):
        return "angka", match["value"], match.end()
    return None


def _bracketed(text: str, begin: int) -> tuple[str, str, int] | None:
    """Return the paragraph of `Pasal 71 (1)`, as it is written for short."""
    match = IN_BRACKETS.match(text, begin)
    return ("ayat", match["value"], match.end()) if match else None


def _bare_unit(text: str, begin: int, place: _Place) -> tuple[str, str, int] | None:
    """Return a number or letter without its word, which is of the same level as the place before."""
    if place.parts and (found := _bracketed(text, begin)):
        return found
    pattern = BARE_LETTER if place.level == "huruf" else BARE_NUMBER
    match = pattern.match(text, begin)
    return (place.level, match["value"], match.end()) if match else None


def _range(place: _Place, level: str, last: str) -> list[_Place]:
    """Return the places from after `place` up to and with `last`; only `last` where they cannot be counted."""
    first = place.article if level == "article" else place.parts[-1][1]
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= LONGEST_RANGE:
        return [place.with_value(level, str(number)) for number in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return [place.with_value(level, chr(code)) for code in range(ord(first) + 1, ord(last) + 1)]
    return [place.with_value(level, last)]
