"""Document + look → a Word document, built with python-docx once per shape and filled for every recipient.

The steps: `source` (element tree and computed styles) → `layout`, `headers` (blocks of Word, still without XML) →
`package` (parts, by way of `styles`, `numbering`, `body`, `tables`, `images`) → `fill` (the bytes of one letter).
What Word cannot do of the stylesheet is said by `limits`.
"""

from __future__ import annotations

from dataclasses import replace

from letters.errors import Problem
from letters.model.document import Document
from letters.writers import Look
from letters.writers.boxes import text_width
from letters.writers.docx.blocks import Paragraph, Run, Shape, paragraphs, twips
from letters.writers.docx.boxes import Box, Series
from letters.writers.docx.characters import check_words
from letters.writers.docx.fill import DocxForm, compile_form
from letters.writers.docx.headers import lay_out_margins, letterhead_of, set_room_below
from letters.writers.docx.layout import Layout
from letters.writers.docx.limits import limits
from letters.writers.docx.package import Letter, build
from letters.writers.docx.roles import BODY
from letters.writers.fonts import METRIC_TWINS
from letters.writers.source import Source, read_source, styled

__all__ = ["DocxForm", "notes", "prepare"]


def prepare(document: Document, look: Look) -> DocxForm:
    """Compile `document`; raises `WriteError` for unusable pictures and for characters that XML cannot hold."""
    check_words(document)
    return compile_form(build(lay_out(read_source(document, look))))


def notes(document: Document, look: Look) -> list[Problem]:
    """Return what DOCX cannot express of the stylesheet on `document`, as warnings with the line in the stylesheet."""
    return limits(styled(document, look))


def lay_out(source: Source) -> Letter:
    """Return the letter as Word will have it, without any XML."""
    series, page = Series(), source.styles.page
    margins = lay_out_margins(source, series)
    head = letterhead_of(source.document)
    body = Layout(source, series)
    outer = source.style(source.document)
    body.flow.open(outer)
    if head is not None:
        body.flow.below(source.style(head).points("margin-bottom"))
    blocks = source.document.blocks[0 if head is None else 1 :]
    body.blocks(blocks, Box(text_width(page)).inside(outer))
    found = body.flow.finish(under_header=head is not None)
    if head is not None:
        set_room_below(margins.first_header, body.flow.leading, body.body_face)
    shape = Shape(body.body_face, line=twips(outer.line_height))
    letter = Letter(found, Paragraph(BODY, shape), margins, page, source.assets, {})
    return replace(letter, fonts=_fonts(letter))


def _fonts(letter: Letter) -> dict[str, tuple[str, ...]]:
    """Return the type faces of a letter, each with the free fonts of the same widths."""
    every = [*letter.body, *(block for blocks in letter.margins.all for block in blocks)]
    found = [letter.plain, *paragraphs(every)]
    names = {paragraph.shape.face.family for paragraph in found}
    names |= {piece.face.family for paragraph in found for piece in paragraph.content if isinstance(piece, Run)}
    return {name: METRIC_TWINS.get(name, ()) for name in names}
