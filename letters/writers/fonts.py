"""Paper and font as an office names them → CSS with the font's free twins, and what this machine has of it.

Each PDF engine finds fonts its own way, so each is asked: WeasyPrint through fontconfig, Typst through its own list.
"""

from __future__ import annotations

from collections.abc import Sequence

from letters.settings import Paper
from letters.writers import TYPST, WEASYPRINT

# Free fonts with the same widths as Microsoft's: lines break alike where the latter are missing.
METRIC_TWINS = {
    "Arial": ("Liberation Sans", "Arimo"),
    "Bookman Old Style": ("TeX Gyre Bonum", "URW Bookman"),
    "Calibri": ("Carlito",),
    "Cambria": ("Caladea",),
    "Times New Roman": ("Liberation Serif", "Tinos"),
}
SANS_SERIF = {"Arial", "Calibri"}


def family_list(family: str) -> tuple[str, ...]:
    """Return `family` and the fonts of the same widths that may stand in for it."""
    return (family, *METRIC_TWINS.get(family, ()))


def paper_css(paper: Paper) -> str:
    """Return the CSS that sets paper size and font; it stands after the stylesheet and so wins."""
    families = ", ".join(f'"{name}"' for name in family_list(paper.font))
    generic = "sans-serif" if paper.font in SANS_SERIF else "serif"
    size = f"{paper.width_mm:g}mm {paper.height_mm:g}mm"
    return (
        f"\n@page {{ size: {size} }}\nhtml {{ font-family: {families}, {generic}; font-size: {paper.font_size:g}pt }}\n"
    )


def installed_family(families: Sequence[str], engine: str = WEASYPRINT) -> str:
    """Return the family this machine would draw for `families` with `engine`.

    A family that is none of `families` (or none at all: the engine will take some other) means that all of them are
    missing and that lines will break elsewhere than in Word. Raises MachineError when the engine is not there.
    """
    return _by_typst(families) if engine == TYPST else _by_fontconfig(families)


def _by_typst(families: Sequence[str]) -> str:
    from letters.writers import typst

    typst.load()
    from letters.writers.typst.fonts import fonts

    known = {family.casefold(): family for family in fonts().families()}
    return next((known[name.casefold()] for name in families if name.casefold() in known), "")


def _by_fontconfig(families: Sequence[str]) -> str:
    from letters.writers import pdf

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
