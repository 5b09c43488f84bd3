"""Text → its pieces between which a line may break, beside the places Typst knows of.

A word longer than a line is divided anywhere, as in CSS; Typst would let it run out of its column.

Typst and Pango read the same rules (Unicode Standard Annex 14) in other versions: Pango keeps `" (` on one line.
Letters follow Pango, because DOCX and the other PDF writer were measured against it.
"""

from __future__ import annotations

import re

_BEFORE_BRACKET = re.compile("(?<=[\"'“”‘’«»]) +(?=[(\\[{])")


LONGEST = 40
"""Characters of a word that may be longer than a line."""
_WHOLE = 24
"""So many characters at the start of such a word stay together: it rather begins a line than fills one up."""
_UNBROKEN = re.compile(r"((?<![^\s-])[^\s-]*\w[./]\w(?:[^\s-]|-[0-9])*-?)")
"""A number such as `1447.1/PM.01/K.1/09/2022`, at whose full stops and slashes no line breaks: Word breaks there
nowhere."""
_ENDS, _BEGINS = re.compile(r"[\w./]$"), re.compile(r"[\w/]|\.\w|-[0-9]")
"""Words after which, and before which, such a number may go on."""


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """Return `text` in pieces, at least one, words of more than `longest` characters divided; blanks at which it must
    not break are hard ones.
    """
    kept = _BEFORE_BRACKET.sub(lambda blanks: "\u00a0" * len(blanks[0]), text)
    ends: set[int] = set()
    for word in re.finditer(f"(?<![^ -])[^ -]{{{longest + 1},}}", kept):
        ends.update(range(word.start() + min(_WHOLE, longest), word.end()))
    places = sorted(ends)
    return [kept[start:end] for start, end in zip([0, *places], [*places, len(kept)], strict=True)]


def stretches(text: str) -> list[tuple[str, bool]]:
    """Return `text` in parts, each with whether no line may break in it; at least one."""
    parts = _UNBROKEN.split(text)
    return [(part, bool(place % 2)) for place, part in enumerate(parts) if part] or [("", False)]


def goes_on(before: str, after: str) -> bool:
    """Return whether a number may go on from the words `before` to those `after`, as in `{{ kode }}/2024`."""
    return bool(_ENDS.search(before) and _BEGINS.match(after))
