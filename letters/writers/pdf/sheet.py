"""Pieces of a shape → its elements with their styles computed once, and holes to put the values of each letter in.

Computing styles is a quarter of WeasyPrint's work and depends on the elements alone. Letters of one shape have the same
elements unless a value brings more lines than another's did, so one sheet serves all letters whose values have the
same counts of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element, fromstring

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.css import get_all_computed_styles
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetCollector
from weasyprint.text.fonts import FontConfiguration

from letters.writers.html import Pieces, kept_blanks
from letters.writers.pdf.fetcher import AssetFetcher
from letters.writers.words import unbroken

Key: TypeAlias = tuple[str, tuple[int, ...]]
"""What decides the elements of a letter besides its shape: language, and the count of lines of every printed value."""

_TOKEN = 0xF0000
_TOKENS = re.compile("([\U000f0000-\U000ffffd])")


def key_of(pieces: Pieces, values: Sequence[str], language: str) -> Key:
    """Return the key of the sheet that fits `values`."""
    return language, tuple(len(lines) for lines in _lines(pieces, values))


def _lines(pieces: Pieces, values: Sequence[str]) -> Iterator[list[str]]:
    """Yield for every slot the lines of its value; an attribute is one line whatever the value."""
    for index, in_attribute in pieces.slots:
        yield [values[index].replace("\n", " ")] if in_attribute else kept_blanks(values[index]).split("\n")


@dataclass(frozen=True)
class Hole:
    """A text of the tree that depends on the letter: set by `put`, made of constant parts and lines by turns."""

    put: Callable[[str], None]
    parts: tuple[str, ...]
    lines: tuple[int, ...]


class Sheet(HTML):  # type: ignore[misc]  # weasyprint has no types
    """The page WeasyPrint lays out, without the HTML parser: our HTML is XML too, and expat is many times faster."""

    def __init__(self, pieces: Pieces, key: Key, css: CSS, fonts: FontConfiguration) -> None:
        language, counts = key
        self.base_url = None
        self.media_type = "print"
        self.url_fetcher = AssetFetcher({})  # styles need no pictures; those are asked for when boxes are made
        self.pieces = pieces
        body = pieces.fill_html(["<br/>".join(map(chr, tokens)) for tokens in _token_runs(counts)])
        root = fromstring(f'<html lang="{escape(language)}">{body}</html>')
        for element in root.iter():
            _put_text(element, element.text or "")
            _put_tail(element, element.tail or "")
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element
        self.holes = tuple(_holes(self.etree_element))
        self.counter_style = CounterStyle()
        self.style_for: Any = get_all_computed_styles(
            self, [css], font_config=fonts, counter_style=self.counter_style, target_collector=TargetCollector()
        )

    def fill(self, values: Sequence[str]) -> None:
        """Put the values of one letter in; they must have the counts of lines this sheet was made for."""
        lines = [line for value in _lines(self.pieces, values) for line in value]
        for hole in self.holes:
            words = [hole.parts[0]]
            for number, part in zip(hole.lines, hole.parts[1:], strict=True):
                words += (lines[number], part)
            hole.put("".join(words))


def _token_runs(counts: Sequence[int]) -> Iterator[range]:
    """Yield for every slot as many token characters as its value has lines, numbered through."""
    start = _TOKEN
    for count in counts:
        yield range(start, start + count)
        start += count


def _holes(root: Element) -> Iterator[Hole]:
    """Yield every text, tail and attribute below `root` that holds tokens."""
    for element in root.iter():
        yield from _hole(element.text, partial(_put_text, element))
        yield from _hole(element.tail, partial(_put_tail, element))
        for name, value in element.items():
            yield from _hole(value, partial(element.set, name))


def _put_text(element: Element, text: str) -> None:
    element.text = unbroken(text)


def _put_tail(element: Element, text: str) -> None:
    element.tail = unbroken(text)


def _hole(text: str | None, put: Callable[[str], None]) -> Iterator[Hole]:
    found = _TOKENS.split(text or "")
    if len(found) > 1:
        yield Hole(put, tuple(found[::2]), tuple(ord(token) - _TOKEN for token in found[1::2]))
