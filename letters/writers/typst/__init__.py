"""Document → PDF/A-3a and PDF/UA-1 bytes through Typst, the only place that knows it.

The steps: `source` (element tree and computed styles) → `layout`, `regions`, `tables` (nodes, still without code) →
`keeps` (what stays together) → `emit`, `page`, `shape` (Typst code, once per shape) → `compiler` (one letter). Typst
is a wheel without system libraries, an extra of this package; it is loaded at the first `prepare`.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from letters.errors import N_, MachineError, Problem
from letters.model.document import Document
from letters.writers import INSTALL_TYPST, Look

if TYPE_CHECKING:
    from letters.writers.typst.form import TypstForm


def prepare(document: Document, look: Look) -> TypstForm:
    """Compile `document`; raises `MachineError` without Typst, `WriteError` for pictures missing or unusable."""
    load()
    from letters.writers.typst.form import TypstForm

    return TypstForm.of(document, look)


def load() -> None:
    """Find Typst; raises `MachineError` with the line that installs it."""
    if find_spec("typst") is None:
        raise MachineError(missing_package())


def missing_package() -> Problem:
    """Return the problem that tells how to install Typst."""
    return Problem(
        "writers.typst-machine",
        N_("PDF files cannot be made with Typst: it is not installed."),
        N_("Install it with: {command}"),
        params={"command": INSTALL_TYPST},
    )
