"""Font families → what this machine has of them.

Each PDF engine finds fonts its own way, so each is asked: WeasyPrint through fontconfig, Typst through its own list.
"""

from __future__ import annotations

from collections.abc import Sequence

from letters.writers import TYPST, WEASYPRINT, pdf, typst
from letters.writers.fonts import family_list


def installed_family(families: Sequence[str], engine: str = WEASYPRINT) -> str:
    """Return the family this machine would draw for `families` with `engine`.

    A family that is none of `families` (or none at all: the engine will take some other) means that all of them are
    missing and that lines will break elsewhere than in Word. Raises MachineError when the engine is not there.
    """
    return _by_typst(families) if engine == TYPST else _by_fontconfig(families)


def _by_typst(families: Sequence[str]) -> str:
    typst.load()
    from letters.writers.typst.fonts import fonts

    known = {family.casefold(): family for family in fonts().families()}
    return next((known[name.casefold()] for name in families if name.casefold() in known), "")


def _by_fontconfig(families: Sequence[str]) -> str:
    pdf.load()
    from weasyprint.text.ffi import ffi, fontconfig

    config = fontconfig.FcInitLoadConfigAndFonts()
    pattern = fontconfig.FcPatternCreate()
    texts = [ffi.new("FcChar8[]", family.encode() + b"\0") for family in families]
    for text in texts:
        fontconfig.FcPatternAddString(pattern, b"family", text)
    fontconfig.FcConfigSubstitute(config, pattern, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(pattern)
    result, name = ffi.new("FcResult *"), ffi.new("FcChar8 **")
    match = fontconfig.FcFontMatch(config, pattern, result)
    fontconfig.FcPatternGetString(match, b"family", 0, name)
    found = ffi.string(name[0]).decode()
    fontconfig.FcPatternDestroy(match)
    fontconfig.FcPatternDestroy(pattern)
    fontconfig.FcConfigDestroy(config)
    return str(found)


def is_missing(family: str, engine: str = WEASYPRINT) -> bool:
    """Return whether `engine` finds neither `family` nor a font of the same widths on this machine."""
    wanted = family_list(family)
    return installed_family(wanted, engine).casefold() not in {name.casefold() for name in wanted}
