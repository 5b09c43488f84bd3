"""Blocks as CSS stacks them → blocks as Word does: margins collapsed into the space after a paragraph, breaks into
keep-with-next and page breaks.

Space is put below paragraphs wherever possible: there it vanishes at the foot of a page in Word as in CSS. Never are
there both space after one paragraph and space before the next, because programs disagree on adding them.
"""

from __future__ import annotations

from dataclasses import replace

from letters.writers.boxes import collapse
from letters.writers.docx.blocks import Block, Face, Grid, Paragraph, Role, Shape, paragraphs, twips
from letters.writers.style import Style

SPACER = Role("Jarak")
"""Style of the empty lines Word needs beside tables."""
_LEAST = 1.0
"""Height of such a line where no room is wanted, in points."""


class Flow:
    """Takes boxes in reading order and keeps the blocks they come to."""

    def __init__(self, face: Face) -> None:
        self.blocks: list[Block] = []
        self.leading = 0.0
        """Room wanted above the first block, in points."""
        self._face = face
        self._closing: list[float] = []
        self._opening: list[float] = []
        self._fixed = 0.0
        self._page = False
        self._avoid = False

    # -- boxes --

    def open(self, style: Style) -> None:
        """Begin a box: its margin, border and padding above, its break before."""
        self._opening.append(style.points("margin-top"))
        self._fix(style.border("top").width + style.points("padding-top"))
        self._break(style.word("break-before"))

    def close(self, style: Style) -> None:
        """End a box: its padding, border and margin below, its break after."""
        self._fix(style.points("padding-bottom") + style.border("bottom").width)
        self._closing.append(style.points("margin-bottom"))
        self._break(style.word("break-after"))

    def below(self, margin: float) -> None:
        """Begin under a box that stands elsewhere, with its margin below."""
        self._opening.append(margin)

    def take_room(self) -> float:
        """Return the room wanted below the last block so far, which then no longer counts: it stands inside a line."""
        room, self._closing, self._opening, self._fixed = self._gap(), [], [], 0.0
        return room

    def hold(self, start: int) -> None:
        """Keep the blocks from index `start` on together on one page."""
        held = self.blocks[start:]
        for paragraph in paragraphs(held):
            paragraph.shape = replace(paragraph.shape, keep_lines=True)
        last = held[-1]
        rows = [Grid(last.rows[:-1])] if isinstance(last, Grid) else []
        for paragraph in paragraphs([*held[:-1], *rows]):
            paragraph.shape = replace(paragraph.shape, keep_next=True)

    def _fix(self, room: float) -> None:
        """Put room between margins that then no longer adjoin."""
        if room > 0:
            self._fixed += collapse([*self._closing, *self._opening]) + room
            self._closing, self._opening = [], []

    def _break(self, word: str) -> None:
        self._page = self._page or word in ("page", "always")
        self._avoid = self._avoid or word.startswith("avoid")

    # -- blocks --

    def add(self, block: Block) -> None:
        """Place a block after what has come so far."""
        if isinstance(block, Grid) and self.blocks and (isinstance(self.blocks[-1], Grid) or self._page):
            self._add_spacer()
        self._place(block)

    def _add_spacer(self) -> None:
        """Part two tables, which Word would make one, or carry a page break, which a table cannot."""
        room = collapse(self._opening) if self._page else self._gap()
        self._closing, self._opening, self._fixed = ([] if not self._page else self._closing), [], 0.0
        spacer = self._spacer(room)
        self._keep(spacer)
        self._place(spacer)

    def _place(self, block: Block) -> None:
        page, avoid, gap = self._page and bool(self.blocks), self._avoid, self._gap()
        below = self._fixed + collapse(self._closing)
        self._page = self._avoid = False
        if page:
            self._after_last(below)
            self._page_break(block, collapse(self._opening))
        elif not self.blocks:
            self.leading = gap
        else:
            if avoid:
                self._keep(self.blocks[-1])
            self._between(block, gap, below)
        self._closing, self._opening, self._fixed = [], [], 0.0
        self.blocks.append(block)

    def _gap(self) -> float:
        return max(0.0, self._fixed + collapse([*self._closing, *self._opening]))

    def _between(self, block: Block, gap: float, below: float) -> None:
        """Give the room between the last block and this one to one of the two."""
        last = self.blocks[-1]
        if isinstance(last, Grid) or (below <= 0 and isinstance(block, Paragraph)):
            self._after_last(0.0)
            if isinstance(block, Paragraph):
                block.shape = replace(block.shape, before=twips(gap))
        else:
            self._after_last(gap)

    def _after_last(self, room: float) -> None:
        last = self.blocks[-1]
        if isinstance(last, Paragraph):
            last.shape = replace(last.shape, after=twips(room))

    def _page_break(self, block: Block, room: float) -> None:
        if isinstance(block, Paragraph):
            block.shape = replace(block.shape, page_break=True, before=twips(room))

    def _keep(self, block: Block) -> None:
        """Keep `block`, or the last row of it, on the page of what follows; Word reads that from the paragraphs."""
        last = Grid(block.rows[-1:]) if isinstance(block, Grid) else block
        for paragraph in paragraphs([last]):
            paragraph.shape = replace(paragraph.shape, keep_next=True)

    def finish(self, *, under_header: bool = False) -> list[Block]:
        """Return the blocks; the first carries the room above it unless a header does, the last is a paragraph."""
        room = self._gap()
        if not self.blocks or isinstance(self.blocks[-1], Grid):
            self.blocks.append(self._spacer(room))
        else:
            self._after_last(room)
        if self.leading > 0 and not under_header:
            self._lead(self.blocks[0])
        return self.blocks

    def _lead(self, first: Block) -> None:
        if isinstance(first, Paragraph):
            first.shape = replace(first.shape, before=twips(self.leading))
        else:
            self.blocks.insert(0, self._spacer(self.leading))

    def _spacer(self, room: float) -> Paragraph:
        return Paragraph(SPACER, Shape(self._face, line=twips(max(room, _LEAST))))
