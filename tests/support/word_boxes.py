"""PDF files → their words with places, and what differs between two settings of one letter.

Programs write different ascents for one font, and poppler takes a word's box from them. So the fonts' ascents are made
equal in a copy first: then a box is as high as the letters are large and its baseline is known exactly.
"""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import unescape
from itertools import groupby, pairwise
from pathlib import Path

import pikepdf

ASCENT = 0.8
"""Part of a box above the baseline."""
SAME_LINE = 3.0
"""Baselines at most so far apart, in pt, are one line."""
SAME_SIZE = 0.3
_PAGE = re.compile(r'<page width="[\d.]+" height="[\d.]+">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True)
class Box:
    """One word and where it stands, in pt from the top left corner of its page."""

    page: int
    """From 1."""
    x: float
    """Left edge."""
    y: float
    """Baseline."""
    text: str
    size: float = 12.0
    """Of its letters."""
    line: int = 0
    """From 1 on each page; what stands side by side is one line."""

    @property
    def place(self) -> str:
        return f"page {self.page}, line {self.line}"


@dataclass(frozen=True)
class Pair:
    """The same word in both."""

    first: Box
    second: Box
    breaks: tuple[bool, bool]
    """Whether it begins a line, in each."""

    @property
    def shift(self) -> tuple[float, float]:
        """How far it stands to the right and lower in the second."""
        return self.second.x - self.first.x, self.second.y - self.first.y


def word_boxes(pdf: Path) -> list[Box]:
    """Return the words of `pdf` in reading order: page by page, line by line, from left to right."""
    command = ["pdftotext", "-bbox", "-enc", "UTF-8", "-", "-"]
    text = subprocess.run(command, input=_even_fonts(pdf), capture_output=True, check=True).stdout.decode()
    found = []
    for number, content in enumerate(_PAGE.findall(text), 1):
        for x, top, bottom, word in _WORD.findall(content):
            size = float(bottom) - float(top)
            word = unicodedata.normalize("NFKC", unescape(word)).strip()
            found.append(Box(number, float(x), float(top) + ASCENT * size, word, size))
    return in_lines(found)


def _even_fonts(path: Path) -> bytes:
    """Return the PDF with the same ascent and descent, together one em, in all its fonts."""
    data = io.BytesIO()
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                item.Ascent, item.Descent = round(1000 * ASCENT), round(1000 * (ASCENT - 1))
        pdf.save(data)
    return data.getvalue()


def in_lines(boxes: Iterable[Box]) -> list[Box]:
    """Return `boxes` in reading order, with the number of the line each stands in."""
    found: list[Box] = []
    for page, words in groupby(sorted(boxes, key=lambda box: (box.page, box.y)), key=lambda box: box.page):
        lines: list[list[Box]] = []
        for box in words:
            if not lines or box.y - lines[-1][-1].y > SAME_LINE:
                lines.append([])
            lines[-1].append(box)
        for number, line in enumerate(lines, 1):
            found += [replace(box, page=page, line=number) for box in sorted(line, key=lambda box: box.x)]
    return found


def differences(first: Sequence[Box], second: Sequence[Box], tolerance: float = 1.5) -> list[str]:
    """Return what differs: words, pages, line breaks, sizes, and places by more than `tolerance` pt.

    Words of a line that is not the same in both are not measured: their break says enough.
    """
    matcher = SequenceMatcher(None, [box.text for box in first], [box.text for box in second], autojunk=False)
    pairs, found = list(_pairs(matcher, first, second)), list(_other_words(matcher, first, second))
    for shifted in _runs(pairs, [pair.first.page != pair.second.page for pair in pairs]):
        found.append(f"{_words(shifted)} on page {shifted[0].first.page}, in the second {shifted[0].second.page}")
    for pair in pairs:
        if pair.breaks[0] != pair.breaks[1]:
            which = "first" if pair.breaks[0] else "second"
            found.append(f"{pair.first.place}: {pair.first.text!r} begins a line in the {which} only")
    for pair in pairs:
        if abs(pair.first.size - pair.second.size) > SAME_SIZE:
            sizes = f"{pair.first.size:.1f} pt, in the second {pair.second.size:.1f} pt"
            found.append(f"{pair.first.place}: {pair.first.text!r} is {sizes}")
    return found + list(_shifts(pairs, tolerance))


def _pairs(matcher: SequenceMatcher[str], first: Sequence[Box], second: Sequence[Box]) -> Iterator[Pair]:
    begins = [_begins(boxes) for boxes in (first, second)]
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            one, other = block.a + step, block.b + step
            yield Pair(first[one], second[other], (begins[0][one], begins[1][other]))


def _begins(boxes: Sequence[Box]) -> list[bool]:
    """Return for each word whether it begins a line."""
    places = [(0, 0), *((box.page, box.line) for box in boxes)]
    return [before != here for before, here in pairwise(places)]


def _other_words(matcher: SequenceMatcher[str], first: Sequence[Box], second: Sequence[Box]) -> Iterator[str]:
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        ours = " ".join(box.text for box in first[start:end])
        theirs = " ".join(box.text for box in second[other_start:other_end])
        if kind == "delete":
            yield f"{first[start].place}: {ours!r} is missing in the second"
        elif kind == "insert":
            yield f"{second[other_start].place}: {theirs!r} is only in the second"
        elif kind == "replace":
            yield f"{first[start].place}: {ours!r}, in the second {theirs!r}"


def _shifts(pairs: Sequence[Pair], tolerance: float) -> Iterator[str]:
    unlike = _unlike_lines(pairs)
    measured = [pair for pair in pairs if pair.first.page == pair.second.page and _line(pair) not in unlike]
    for run in _runs(measured, [max(map(abs, pair.shift)) > tolerance for pair in measured]):
        right, down = max(run, key=lambda pair: max(map(abs, pair.shift))).shift
        ways = [f"{abs(right):.1f} pt to the {'right' if right > 0 else 'left'}"] if abs(right) > tolerance else []
        ways += [f"{abs(down):.1f} pt {'lower' if down > 0 else 'higher'}"] if abs(down) > tolerance else []
        yield f"{_words(run)} {' and '.join(ways)} in the second"


def _unlike_lines(pairs: Sequence[Pair]) -> set[tuple[int, int]]:
    """Return the first one's lines that have other words, or another break, in the second."""
    partners: dict[tuple[int, int], set[tuple[int, int]]] = {}
    origins: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for pair in pairs:
        here, there = _line(pair), (pair.second.page, pair.second.line)
        partners.setdefault(here, set()).add(there)
        origins.setdefault(there, set()).add(here)
    torn = {line for line, others in partners.items() if len(others) > 1}
    return torn.union(*(lines for lines in origins.values() if len(lines) > 1))


def _line(pair: Pair) -> tuple[int, int]:
    return pair.first.page, pair.first.line


def _runs(pairs: Sequence[Pair], marked: Sequence[bool]) -> Iterator[list[Pair]]:
    """Yield the marked pairs, those together that follow each other on one page and are shifted alike."""
    run: list[Pair] = []
    for pair, mark in zip(pairs, marked, strict=True):
        if run and not (mark and _alike(run[0], pair)):
            yield run
            run = []
        if mark:
            run.append(pair)
    if run:
        yield run


def _alike(one: Pair, other: Pair) -> bool:
    """Return whether two words keep their pages and are shifted by the same, give or take a point."""
    same_pages = (one.first.page, one.second.page) == (other.first.page, other.second.page)
    moved = one.first.page != one.second.page
    return same_pages and (moved or all(abs(a - b) < 1 for a, b in zip(one.shift, other.shift, strict=True)))


def _words(run: Sequence[Pair]) -> str:
    """Return place and words of a run, shortened."""
    first, last = run[0].first, run[-1].first
    if len(run) == 1:
        return f"{first.place}: {first.text!r}"
    return f"{first.place}: {len(run)} words from {first.text!r} to {last.text!r}"
