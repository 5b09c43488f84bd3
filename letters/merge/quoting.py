"""Lines of a statute → list items with the statute's own labels, nested as they stand; the words stay values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from letters.merge.rendering import CURRENT

LABELLED = re.compile(r"(\([1-9]\d{0,2}\)|[1-9]\d{0,2}[.)]|([a-z])\2?[.)])\s+(\S.*)", re.DOTALL)
"""Label of ayat, huruf or angka, and the words after it. All else is words, so no line can make other structure."""
STEP = 6
"""Columns that a level stands further right: more than any label is wide."""


def quote(lines: Sequence[str]) -> Markup:
    """Return the lines of a quoted article as Markdown: each labelled line an item that hangs, in its level.

    Only a label of a statute goes into the text itself; the words are values like any other.
    """
    place = CURRENT.get().place
    parts = [Markup("{}{}{}").format(" " * STEP * level, label, place(words)) for level, label, words in levels(lines)]
    return Markup("\n\n").join(parts)


def levels(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield level, label with a blank after it (or nothing), and words of each line.

    A kind of label not met yet stands below the one before: `(1)`, then `a.`, then `1.`; one met before goes on there.
    """
    open_kinds: list[str] = []
    for line in lines:
        found = LABELLED.fullmatch(line.strip())
        if not found:
            open_kinds.clear()
            yield 0, "", line.strip()
            continue
        kind = re.sub(r"\d+|[a-z]+", lambda part: "1" if part[0].isdigit() else "a", found[1])
        if kind in open_kinds:
            del open_kinds[open_kinds.index(kind) + 1 :]
        else:
            open_kinds.append(kind)
        yield len(open_kinds) - 1, f"{found[1]} ", found[3]
