"""Words of a file and the numbers of its lines or pages → places in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from letters.errors import Place


@dataclass(frozen=True, slots=True)
class Extracted:
    """The words of a file."""

    text: str
    place: Place
    """The file."""
    pages: tuple[int, ...] = ()
    """Where in `text` each page begins; empty for a file without fixed pages, whose lines count instead."""

    def place_of(self, offset: int) -> Place:
        """Return the page, or else the line, of a character of `text` (counted from 0); of a DOCX the paragraph."""
        if self.pages:
            return Place(file=self.place.file, page=bisect_right(self.pages, offset))
        return Place(file=self.place.file, line=self.text.count("\n", 0, offset) + 1)


def from_pages(pages: Iterable[str], place: Place) -> Extracted:
    """Return the words of several pages."""
    text, starts = "", []
    for page in pages:
        starts.append(len(text))
        text += page + "\n"
    return Extracted(text, place, tuple(starts))
