"""Blocks + styles → paragraphs and tables of a part (`w:p`, `w:tbl`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Protocol

from letters.writers.docx.blocks import Block, Grid, Paragraph, Picture, Run
from letters.writers.docx.formats import paragraph_properties, run_properties
from letters.writers.docx.images import drawing
from letters.writers.docx.numbering import Numbering
from letters.writers.docx.roles import BODY
from letters.writers.docx.styles import Styles, style_id
from letters.writers.docx.tables import table
from letters.writers.docx.xml import Node, make

_BREAKS = re.compile("([\n\t])")


class Pictures(Protocol):
    """A part that pictures can belong to."""

    def relation(self, source: str) -> str:
        """Return the id of the part's relationship to a picture's file."""
        ...


@dataclass
class Scribe:
    """Writes the blocks of all parts of one document; list and picture numbers run through it."""

    styles: Styles
    numbering: Numbering
    drawings: Iterator[int]

    @classmethod
    def begin(cls, styles: Styles) -> Scribe:
        """Return a scribe for a new document."""
        return cls(styles, Numbering(), count(1))

    def blocks(self, blocks: Iterable[Block], pictures: Pictures) -> list[Node]:
        """Return the elements of `blocks`."""
        return [
            self.grid(block, pictures) if isinstance(block, Grid) else self.paragraph(block, pictures)
            for block in blocks
        ]

    def grid(self, grid: Grid, pictures: Pictures) -> Node:
        """Return a `w:tbl`."""
        return table(grid, self.styles, lambda cell: self.blocks(cell.blocks, pictures))

    def paragraph(self, paragraph: Paragraph, pictures: Pictures) -> Node:
        """Return a `w:p`."""
        base = self.styles.shape(paragraph.role)
        style = "" if paragraph.role == BODY else style_id(paragraph.role)
        number = self.numbering.place(paragraph.label) if paragraph.label else None
        properties = paragraph_properties(paragraph.shape, base, style=style, number=number)
        mark = run_properties(paragraph.shape.face, base.face)
        if mark is not None:
            properties = make("w:pPr") if properties is None else properties
            properties.append(mark)
        pieces = _joined(paragraph.content)
        content = [node for piece in pieces for node in self._piece(piece, paragraph, pictures)]
        return make("w:p", properties, *content)

    def _piece(self, piece: Run | Picture, paragraph: Paragraph, pictures: Pictures) -> Iterator[Node]:
        if isinstance(piece, Picture):
            yield make("w:r", drawing(piece, pictures.relation(piece.source), next(self.drawings)))
        elif piece.field:
            yield make("w:fldSimple", self._run(piece, paragraph), instr=f" {piece.field} ")
        else:
            yield self._run(piece, paragraph)

    def _run(self, run: Run, paragraph: Paragraph) -> Node:
        properties = run_properties(run.face, self.styles.shape(paragraph.role).face)
        return make("w:r", properties, *_text(run.text))


def _joined(content: Sequence[Run | Picture]) -> list[Run | Picture]:
    """Return `content` with neighbouring runs of one face as one."""
    joined: list[Run | Picture] = []
    for piece in content:
        last = joined[-1] if joined else None
        if isinstance(piece, Run) and isinstance(last, Run) and replace(piece, text="") == replace(last, text=""):
            joined[-1] = replace(last, text=last.text + piece.text)
        else:
            joined.append(piece)
    return joined


def _text(text: str) -> Iterator[Node]:
    """Yield the pieces of a run: words, line breaks and tabs."""
    for piece in _BREAKS.split(text):
        if piece == "\n":
            yield make("w:br")
        elif piece == "\t":
            yield make("w:tab")
        elif piece:
            yield make("w:t", piece, xml_space="preserve")
