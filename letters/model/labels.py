"""List scheme + number → the label as printed: `3` → `c.`, `(3)`, `III.`."""

from __future__ import annotations

from letters.model.document import Numeral, Scheme

BULLET = "-"
"""Label of an unnumbered item, as typed in official letters."""
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def label(scheme: Scheme, number: int) -> str:
    """Return the label of item `number` (from 1; any number for bullets) with its brackets and full stop."""
    return f"{scheme.prefix}{numeral(scheme.numeral, number)}{scheme.suffix}"


def numeral(kind: Numeral, number: int) -> str:
    """Return `number` (from 1) counted the way of `kind`, without punctuation."""
    match kind:
        case Numeral.BULLET:
            return BULLET
        case Numeral.DECIMAL:
            return str(number)
        case Numeral.LOWER_ALPHA | Numeral.UPPER_ALPHA:
            text = alpha(number)
        case _:
            text = roman(number)
    return text.upper() if kind in (Numeral.UPPER_ALPHA, Numeral.UPPER_ROMAN) else text


def alpha(number: int) -> str:
    """Return 1 → `a`, 26 → `z`, 27 → `aa`, 28 → `bb`: the way Indonesian statutes and Word go on after z."""
    rounds, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (rounds + 1)


def roman(number: int) -> str:
    """Return `number` (from 1) in small Roman numerals."""
    parts = []
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        parts.append(sign * count)
    return "".join(parts)
