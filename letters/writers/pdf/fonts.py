"""Font families → the one fontconfig would draw for them, as WeasyPrint asks it."""

from __future__ import annotations

from collections.abc import Sequence

from weasyprint.text.ffi import ffi, fontconfig


def drawn_family(families: Sequence[str]) -> str:
    """Return the family of this machine that stands for `families`; some other one if it has none of them."""
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
