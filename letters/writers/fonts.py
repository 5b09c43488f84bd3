"""Paper and font as an office names them → CSS with the font's free twins, and what this machine has of it."""

from __future__ import annotations

from collections.abc import Sequence

from letters.settings import Paper

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


def installed_family(families: Sequence[str]) -> str:
    """Return the family this machine would draw for `families`, as fontconfig chooses it.

    A family that is none of `families` means that all of them are missing and that lines will break elsewhere than
    in Word. Raises OSError when Pango's libraries are not there.
    """
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


def is_missing(family: str) -> bool:
    """Return whether neither `family` nor a font of the same widths is on this machine."""
    wanted = family_list(family)
    return installed_family(wanted).casefold() not in {name.casefold() for name in wanted}
