"""Document → PDF/A-3a and PDF/UA-1 bytes through WeasyPrint, the only place that knows it.

WeasyPrint needs Pango, a system library. It is loaded at the first `prepare`, so that a machine without it can do
everything else; what is missing then is said in one line that mends it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from letters.errors import N_, MachineError, Problem
from letters.model.document import Document
from letters.model.letter import Properties
from letters.writers import INSTALL_TYPST, Look
from letters.writers.html import build_tree, check_assets, pieces, stylesheet

if TYPE_CHECKING:
    from letters.writers.pdf.engine import Engine

USE_TYPST = f'{INSTALL_TYPST} ; letters.toml: [pdf] engine = "typst"'
"""What to type, and what to write into the office's settings."""
SYSTEM_LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""Debian packages WeasyPrint needs; without the last one the same letter would not give the same bytes."""


def prepare(document: Document, look: Look) -> PdfForm:
    """Compile `document`; raises `MachineError` without Pango, `WriteError` for bad pictures or a bad stylesheet."""
    check_assets(document, look.assets)
    load()
    from letters.writers.pdf.engine import Engine

    return PdfForm(Engine(pieces(build_tree(document).root[1]), stylesheet(look), look.assets))


@dataclass(frozen=True)
class PdfForm:
    """A shape with its stylesheet parsed and its styles computed."""

    engine: Engine

    def fill(self, values: Sequence[str], properties: Properties) -> bytes:
        """Return the PDF of one letter; raises `WriteError` if WeasyPrint warns of anything."""
        return self.engine.render(values, properties)


def load() -> None:
    """Import WeasyPrint; raises `MachineError` with the line that installs what the machine lacks."""
    if reason := missing_library():
        raise MachineError(missing_libraries(reason))


@lru_cache
def missing_library() -> str:
    """Return why WeasyPrint cannot be loaded, empty if it can. Asked once: a second import fails in other ways."""
    try:
        # WeasyPrint prints advice to standard output when a library is missing; that is ours to give.
        with redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            from weasyprint.text.ffi import harfbuzz_subset
    except (OSError, ImportError) as error:
        return str(error).splitlines()[0]
    return "" if harfbuzz_subset else "libharfbuzz-subset"


def missing_libraries(reason: str) -> Problem:
    """Return the problem that tells which system packages to install."""
    return Problem(
        "writers.pdf-machine",
        N_("PDF files cannot be made: a system library is missing ({reason})."),
        N_("Install it with: apt-get install {packages} – or use Typst, which needs no system library: {typst}"),
        params={"reason": reason, "packages": " ".join(SYSTEM_LIBRARIES), "typst": USE_TYPST},
    )
