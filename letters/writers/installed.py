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
    if engine == TYPST:
        typst.load()
        from letters.writers.typst import fonts as typst_fonts

        return typst_fonts.drawn_family(families)
    pdf.load()
    from letters.writers.pdf import fonts as pdf_fonts

    return pdf_fonts.drawn_family(families)


def is_missing(family: str, engine: str = WEASYPRINT) -> bool:
    """Return whether `engine` finds neither `family` nor a font of the same widths on this machine."""
    wanted = family_list(family)
    return installed_family(wanted, engine).casefold() not in {name.casefold() for name in wanted}
