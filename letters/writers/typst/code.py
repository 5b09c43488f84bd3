"""Python values → pieces of Typst code: strings, lengths, calls, blocks. Nothing here knows what a letter is.

Words become string literals and nothing else, so that no text can be read as markup or code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_ESCAPES = {"\\": "\\\\", '"': '\\"'}


def string(text: str) -> str:
    """Return `text` as a string literal."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character == " " or character.isprintable() else f"\\u{{{ord(character):x}}}"


def points(length: float) -> str:
    """Return a length given in points."""
    text = f"{length:.4f}".rstrip("0").rstrip(".")
    return "0pt" if text == "-0" else f"{text}pt"


def truth(flag: bool) -> str:
    """Return a truth value."""
    return "true" if flag else "false"


def array(items: Sequence[str]) -> str:
    """Return an array; one of a single item needs its comma."""
    return f"({', '.join(items)},)" if items else "()"


def sides(top: float, right: float, bottom: float, left: float) -> str:
    """Return lengths for the four sides of a box, those of nothing left out; empty if all are."""
    found = {"top": top, "right": right, "bottom": bottom, "left": left}
    named = ", ".join(f"{side}: {points(length)}" for side, length in found.items() if length)
    return f"({named})" if named else ""


def call(function: str, *arguments: str, **named: str) -> str:
    """Return a call; arguments of no text are left out, `_` in names stands for Typst's hyphen."""
    given = [f"{name.replace('_', '-')}: {value}" for name, value in named.items() if value]
    return f"{function}({', '.join([*given, *filter(None, arguments)])})"


def block(parts: Iterable[str]) -> str:
    """Return a code block, whose value is all its parts one after the other; nothing is empty content."""
    found = [part for part in parts if part]
    if not found:
        return "[]"
    return found[0] if len(found) == 1 else "{" + "; ".join(found) + "}"
