"""Letterhead and margin boxes of the page → Word's headers and footers, and their distance from the paper's edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from letters.model import document as model
from letters.writers.boxes import line_offset, text_width
from letters.writers.docx.blocks import Block, Edge, Face, Paragraph, Picture, Role, Run, Shape, Tab, twips
from letters.writers.docx.boxes import Box, Series
from letters.writers.docx.edges import bare
from letters.writers.docx.flow import SPACER
from letters.writers.docx.inline import face_of
from letters.writers.docx.layout import Layout
from letters.writers.docx.regions import lay_out_contents
from letters.writers.source import Source
from letters.writers.style import Page, Style

_FIELDS = {"page": ("PAGE", "2"), "pages": ("NUMPAGES", "2")}
_USUAL = 36.0
"""Distance of headers and footers from the paper's edge where there are none, in points: Word's own."""
_ACROSS = ("left", "center", "right")


@dataclass
class Margins:
    """What stands in the margins of the pages."""

    first_header: list[Block]
    header: list[Block]
    first_footer: list[Block]
    footer: list[Block]
    header_distance: float
    """From the top of the paper, in points; Word has one for all pages."""
    footer_distance: float
    """From the foot of the paper."""

    @property
    def first_differs(self) -> bool:
        """Return whether page 1 has a header or footer of its own."""
        return self.first_header != self.header or self.first_footer != self.footer

    @property
    def all(self) -> Sequence[list[Block]]:
        """Return headers and footers, in the order their pages come."""
        return self.first_header, self.header, self.first_footer, self.footer


def letterhead_of(document: model.Document) -> model.Region | None:
    """Return the letterhead: the region `kop` a letter begins with. Elsewhere it is a region as any other."""
    first = document.blocks[0] if document.blocks else None
    return first if isinstance(first, model.Region) and "kop" in first.names else None


def lay_out_margins(source: Source, series: Series) -> Margins:
    """Return the headers and footers of `source`; the room below the letterhead is added with `set_room_below`."""
    page = source.styles.page
    heads = [_boxes(boxes, "top", page) for boxes in (page.first_boxes, page.boxes)]
    feet = [_boxes(boxes, "bottom", page) for boxes in (page.first_boxes, page.boxes)]
    node = letterhead_of(source.document)
    if node is not None:
        heads[0] = letterhead(source, node, series)
    return Margins(
        first_header=heads[0][0],
        header=heads[1][0],
        first_footer=feet[0][0],
        footer=feet[1][0],
        header_distance=_settle(heads),
        footer_distance=_settle(feet),
    )


def _settle(pages: Sequence[tuple[list[Block], float]]) -> float:
    """Return the distance both pages share; what stands further in gets room above it."""
    distance = min((top for blocks, top in pages if blocks), default=_USUAL)
    for blocks, top in pages:
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph) and twips(top - distance) > 0:
            first.shape = replace(first.shape, before=first.shape.before + twips(top - distance))
    return max(0.0, distance)


# -- letterhead -----------------------------------------------------------------------------------------


def letterhead(source: Source, node: model.Region, series: Series) -> tuple[list[Block], float]:
    """Return the blocks of the letterhead and its distance from the top of the page, in points."""
    style = source.style(node)
    page = source.styles.page
    top = page.first_margins["top"] + style.points("margin-top")
    inside = replace(style, values={**style.values, "margin-top": 0.0, "margin-bottom": 0.0})
    layout = Layout(source, series)
    box = Box(text_width(page), page_top=top)
    layout.flow.open(bare(inside))
    lay_out_contents(layout, node, box)
    layout.edges(0, inside, box.inside(inside))
    layout.flow.close(bare(inside))
    blocks = layout.flow.finish()
    last = blocks[-1]
    if isinstance(last, Paragraph):
        last.content[:0] = layout.floating
    return blocks, top


def set_room_below(blocks: list[Block], room: float, face: Face) -> None:
    """End the letterhead with so much room (in points) before the text: the foot of a header, which Word keeps."""
    last = blocks[-1]
    if isinstance(last, Paragraph) and last.role == SPACER:
        last.shape = replace(last.shape, line=max(twips(room), last.shape.line))
    elif isinstance(last, Paragraph) and _is_line(last):
        last.shape = replace(last.shape, line=last.shape.line + twips(room))
    elif twips(room) > 0:
        blocks.append(Paragraph(SPACER, Shape(face, line=twips(room))))


def _is_line(paragraph: Paragraph) -> bool:
    """Return whether `paragraph` is an empty one with a line above it: what is below the line may be room."""
    shape = paragraph.shape
    return isinstance(shape.top, Edge) and shape.bottom is None and not _words(paragraph)


def _words(paragraph: Paragraph) -> bool:
    return any(isinstance(piece, Run) for piece in paragraph.content)


# -- margin boxes ---------------------------------------------------------------------------------------


def _boxes(boxes: Mapping[str, Style], edge: str, page: Page) -> tuple[list[Block], float]:
    """Return the line that the margin boxes at `edge` (`top`, `bottom`) make, and its distance from that edge."""
    found = [(side, boxes[f"{edge}-{side}"]) for side in _ACROSS if f"{edge}-{side}" in boxes]
    if not found:
        return [], 0.0
    style = found[0][1]
    height = style.line_height or 1.2 * style.number("font-size")
    margin = page.margins[edge]
    offset = line_offset(style, margin, height)
    shape = Shape(face_of(style), line=twips(style.line_height))
    role = Role("header" if edge == "top" else "footer")
    distance = offset if edge == "top" else margin - offset - height
    return [Paragraph(role, *_line(found, shape, text_width(page)))], distance


def _line(found: Sequence[tuple[str, Style]], shape: Shape, width: float) -> tuple[Shape, list[Run | Picture]]:
    """Return shape and content of a line of margin boxes: aligned if it is one, else parted by tabs."""
    if len(found) == 1:
        side, style = found[0]
        return replace(shape, align=side), list(_content(style))
    tabs = (Tab(twips(width / 2), "center"), Tab(twips(width), "right"))
    by_side = dict(found)
    content: list[Run] = []
    for side in _ACROSS:
        content += [Run("\t", shape.face)] if side != "left" else []
        content += _content(by_side[side]) if side in by_side else []
    return replace(shape, tabs=tabs), list(content)


def _content(style: Style) -> list[Run]:
    face = face_of(style)
    runs = []
    for part in style.content or ():
        name, text = _FIELDS.get(part.counter, ("", part.text))
        runs.append(Run(text, face, name))
    return runs
