"""Document + look → the Typst source of a shape: a function from a letter's data to its pages."""

from __future__ import annotations

from collections.abc import Sequence

from letters.model.document import Document
from letters.writers import Look
from letters.writers.boxes import text_width
from letters.writers.source import Source, read_source
from letters.writers.style import Page
from letters.writers.typst.code import call, points
from letters.writers.typst.emit import Emitter
from letters.writers.typst.faces import Faces, face_of, settings
from letters.writers.typst.flow import inset
from letters.writers.typst.keeps import keep_together
from letters.writers.typst.layout import Layout, Shared, heading_levels
from letters.writers.typst.page import page_settings, text_height

_LEAST_LINES = 2
"""Lines of a paragraph that stay with what must follow it."""


def shape_source(document: Document, look: Look, library: str) -> str:
    """Return the source of a shape; `library` is the name of the file with its functions.

    Raises `WriteError` for pictures that are missing or unusable.
    """
    source = read_source(document, look)
    faces = Faces(face_of(source.style(document)))
    emitter = Emitter(faces, limit=_limit(source.styles.page, faces))
    body = emitter.root(keep_together(_lay_out(source, faces).finish(), measured=True))
    page = source.styles.page
    paper = page_settings(page, faces)
    words = [*_values(), *emitter.definitions, *_above_first_page(page), body]
    whole = [*_settings(faces), paper, "context body(data)", *_particulars()]
    parts = [*_constants(page, faces), *faces.definitions(), _function("body", words), _function("letter", whole)]
    return f'#import "/{library}": *\n' + "".join(f"#{part}\n" for part in parts)


def _function(name: str, lines: Sequence[str]) -> str:
    """Return the definition of a function of a letter's data."""
    indented = "".join(f"  {line}\n" for line in lines)
    return f"let {name}(data) = {{\n{indented}}}"


def _lay_out(source: Source, faces: Faces) -> Layout:
    page = source.styles.page
    shared = Shared(source, faces, heading_levels(source.document))
    layout = Layout(shared, text_width(page))
    outer = source.style(source.document)
    layout.flow.open(outer)
    with layout.flow.set_in(layout.width, *inset(outer, layout.width)) as width:
        layout.blocks(source.document.blocks, width)
    layout.flow.close(outer)
    return layout


def _constants(page: Page, faces: Faces) -> list[str]:
    """Return the definitions of what is the same in all letters."""
    return [f"let limit = {points(_limit(page, faces))}", "let whole = in-one-piece.with(limit)"]


def _values() -> list[str]:
    """Return the lines that make words of the values."""
    return ["let value = data.values", "for index in data.parted { value.at(index) = shown(value.at(index)) }"]


def _settings(faces: Faces) -> list[str]:
    """Return the rules for all of the letter."""
    return [
        "set text(lang: data.language, region: data.region)",
        "show: settled",
        "set " + call("text", **settings(faces.own)),
    ]


def _particulars() -> list[str]:
    """Return what the file says about itself.

    It must stand last: all below such a rule would differ from the letter before, and be laid out anew.
    """
    return ["set document(title: data.title, author: data.author, description: data.subject)"]


def _limit(page: Page, faces: Faces) -> float:
    """Return how high a box in one piece may be."""
    return text_height(page) - _LEAST_LINES * faces.own.height


def _above_first_page(page: Page) -> list[str]:
    """Return the room by which the text of page 1 begins lower (or higher) than that of the others."""
    further = page.first_margins["top"] - page.margins["top"]
    return [call("v", points(further))] if further else []
