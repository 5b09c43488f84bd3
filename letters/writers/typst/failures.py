"""Typst's complaints → errors in the words of this package, and characters that it would not complain of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from letters.errors import N_, Problem, WriteError

_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Characters of nobody's meaning (old symbol fonts leave them), which PDF/A bars, and those that only steer devices:
Typst would take some for line breaks."""
_LACKING = re.compile(r"could not be displayed|disallowed codepoint")
_PLAIN = re.compile("[\\s!-~]")


def refuse_barred_characters(values: Sequence[str]) -> None:
    """Raise `WriteError` for characters in `values` that no letter can show."""
    found = dict.fromkeys(_BARRED.findall("".join(values)))
    if found:
        raise WriteError(*map(_no_glyph, found))


def explain(message: str, texts: Iterable[str], prints: Callable[[str], bool]) -> WriteError:
    """Return what is wrong with a letter that Typst refuses with `message`.

    Typst tells of the first character only; `prints` finds out which of the characters of `texts` lack a glyph.
    """
    if _LACKING.search(message):
        candidates = dict.fromkeys("".join(texts))
        lacking = [sign for sign in candidates if not _PLAIN.match(sign) and not prints(sign)]
        if lacking:
            return WriteError(*map(_no_glyph, lacking))
    return WriteError(
        Problem(
            "writers.typst-error",
            N_("Typst says: {message}"),
            N_("Mend the stylesheet, the template or the picture it speaks of."),
            params={"message": message},
        )
    )


def _no_glyph(character: str) -> Problem:
    return Problem(
        "writers.pdf-glyph",
        N_("No font of this machine can print the character “{character}” ({code})."),
        N_("Write it in other letters, or install a font that has it."),
        params={"character": character, "code": f"U+{ord(character):04X}"},
    )
