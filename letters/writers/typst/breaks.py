"""Text → its pieces between which a line may break, beside the places Typst knows of.

Typst and Pango read the same rules (Unicode Standard Annex 14) in other versions. Two differences matter in letters:
Pango breaks numbers such as `PM.01` before the digits, and keeps `" (` on one line. Letters follow Pango, because DOCX
and the other PDF writer were measured against it. Addresses on the web are left to Typst, which breaks them better.
"""

from __future__ import annotations

import re

_BEFORE_DIGIT = re.compile("(?<=[^0-9/.,:;])[/.,:;]+(?=[0-9])")
_BEFORE_BRACKET = re.compile("(?<=[\"'“”‘’«»]) +(?=[(\\[{])")


def pieces(text: str) -> list[str]:
    """Return `text` in pieces, at least one; blanks at which it must not break are hard ones."""
    kept = _BEFORE_BRACKET.sub(lambda blanks: "\u00a0" * len(blanks[0]), text)
    ends = [found.end() for found in _BEFORE_DIGIT.finditer(kept)]
    return [kept[start:end] for start, end in zip([0, *ends], [*ends, len(kept)], strict=True)]
