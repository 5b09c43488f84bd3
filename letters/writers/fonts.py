"""Paper and font as an office names them → CSS with the font's free twins."""

from __future__ import annotations

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
