"""Places of values in the parts while they are built: one private-use character each, in text or in an attribute."""

from __future__ import annotations

from collections.abc import Sequence

from letters.model.document import Inline, Text, Value

_TEXT = 0xF0000
"""Plane 15: a value in text; a line feed in it becomes a line break."""
_ATTRIBUTE = 0x100000
"""Plane 16: a value in an attribute; a line feed in it becomes a blank."""
PATTERN = "([\U000f0000-\U000ffffd\U00100000-\U0010fffd])"
"""Regular expression of one such character."""


def text_slot(index: int) -> str:
    """Return the character that stands for value `index` in text."""
    return chr(_TEXT + index)


def attribute_text(inlines: Sequence[Inline]) -> str:
    """Return plain words with values, for an attribute."""
    words = []
    for inline in inlines:
        match inline:
            case Text():
                words.append(inline.text)
            case Value():
                words.append(chr(_ATTRIBUTE + inline.index))
            case _:
                words.append(" ")
    return "".join(words)


def read_slot(character: str) -> tuple[int, bool]:
    """Return the index of the value `character` stands for, and whether it stands in an attribute."""
    code = ord(character)
    return (code - _ATTRIBUTE, True) if code >= _ATTRIBUTE else (code - _TEXT, False)
