"""Document + look → a form to fill; form + a letter's values → the bytes of one file. Writers write no file.

A shape is prepared once and filled for every recipient. Each writer is imported when it is first used, so a
machine without Pango still makes DOCX, and asking for the list of formats costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast

from letters.errors import Problem
from letters.model.document import Document
from letters.model.letter import Properties

WEASYPRINT, TYPST = "weasyprint", "typst"
INSTALL_TYPST = "pip install 'letters[typst]'"
ENGINES: Mapping[str, str] = {WEASYPRINT: "letters.writers.pdf", TYPST: "letters.writers.typst"}
"""What can make PDF, by name, and its module; the first one is used where nothing else is said."""


@dataclass(frozen=True)
class Look:
    """How letters look: everything a writer needs besides the words."""

    css: str
    """The stylesheet: `surat.css` and what the office's paper adds to it."""
    assets: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures by name (`logo`): PNG or JPEG as stored in their file."""
    mark: str = ""
    """Draft mark printed on every page (`KONSEP`); empty = none."""
    engine: str = WEASYPRINT
    """What makes the PDF; the other formats come from this package alone."""


class Form(Protocol):
    """One shape, ready to be filled; the same values and properties always give the same bytes."""

    def fill(self, values: Sequence[str], properties: Properties) -> bytes:
        """Return the file of one letter; raises a `LettersError` if it cannot be made."""
        ...


@dataclass(frozen=True)
class Writer:
    """One format."""

    format: str
    """What users call it: `docx`."""
    suffix: str
    """Ending of its files, with the dot."""
    prepare: Callable[[Document, Look], Form]
    """Compiles a shape; done once per shape and look."""
    is_letter: bool = False
    """Whether offices send letters in it; the others are for looking at."""


def _later(module: str) -> Callable[[Document, Look], Form]:
    """Return the `prepare` of `module`, imported at its first call."""

    def prepare(document: Document, look: Look) -> Form:
        return cast(Form, import_module(module).prepare(document, look))

    return prepare


def _prepare_pdf(document: Document, look: Look) -> Form:
    return _later(ENGINES[look.engine])(document, look)


WRITERS: dict[str, Writer] = {
    writer.format: writer
    for writer in (
        Writer("docx", ".docx", _later("letters.writers.docx"), is_letter=True),
        Writer("pdf", ".pdf", _prepare_pdf, is_letter=True),
        Writer("html", ".html", _later("letters.writers.html")),
        Writer("text", ".txt", _later("letters.writers.text")),
    )
}
"""Every format by name; a new one is a row here and a module with `prepare(document, look)`."""
FORMATS = tuple(writer.format for writer in WRITERS.values() if writer.is_letter)
"""Formats letters are sent in; all of them are made where nothing else is said."""


SIDES = ("kiri", "kanan", "sel")
"""Regions inside `kolom`, which its own rule describes."""
PARTS = frozenset(
    {"isian", "label", "titik-dua", "lebar", "sangat-lebar", "akhir", "dua-sisi", "center", "right", "halaman-baru"}
)
"""Classes of rows, lists and cells, which the text of a letter makes by other means."""


def region_names(look: Look) -> frozenset[str]:
    """Return the names regions may have: what the stylesheet describes, so that an office can add its own there."""
    found: set[str] = import_module("letters.writers.css").class_names(look.css)
    return frozenset(found | {*SIDES}) - PARTS


def notes(document: Document, look: Look) -> list[Problem]:
    """Return what DOCX cannot express of the stylesheet on this document, as warnings."""
    return cast(list[Problem], import_module("letters.writers.docx").notes(document, look))
