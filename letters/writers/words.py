"""Text → the same text with lines breaking only where Word breaks them."""

from __future__ import annotations

import re

_INSIDE = re.compile(r"(?<=\w)[./](?=\w)")


def unbroken(text: str) -> str:
    """Return `text` with nothing to break a line at inside `1447.1/PM.01/K.1/09/2022`: Word breaks there nowhere.

    Pango and Typst would break after a full stop or slash amid a word. A word joiner (U+2060) bars that; it has no
    width, and neither shows nor comes out again when the text of the page is copied.
    """
    return _INSIDE.sub("\\g<0>\u2060", text)
