"""What a letter is laid out as, before it is Typst code: paragraphs, boxes, lists, grids and what stands between them.

Lengths are points. A node knows the width it stands in, because Typst must be told when it measures something.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from letters.writers.style import Border
from letters.writers.typst.faces import Face
from letters.writers.typst.words import Words


@dataclass
class Before:
    """What stands between a node and what came before it."""

    room: float = 0.0
    page: bool = False
    """Whether the node begins a page."""
    keep: bool = False
    """Whether the node stays on the page of what came before."""


@dataclass(eq=False)
class Node:
    """Anything laid out."""

    width: float
    """Of the column or box it stands in."""
    before: Before = field(default_factory=Before, init=False)
    parent: Container | None = field(default=None, init=False)
    previous: Leaf | None = field(default=None, init=False)
    """The leaf that came before, if this node is what follows it directly."""
    following: Node | None = field(default=None, init=False)
    """Of a leaf: the node that must stay on its page."""
    sticky: bool = field(default=False, init=False)
    """Whether it moves to the next page as a whole if what follows does not fit on this one."""
    pulled: bool = field(default=False, init=False)
    """Whether what came before has taken room for this node at its end, which is given back here."""


@dataclass(eq=False)
class Paragraph(Node):
    """A paragraph or heading."""

    words: Words
    face: Face
    align: str
    """`start`, `center`, `right` or `justify`."""
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    """Further in (or out) of the first line."""
    level: int = 0
    """Of a heading, without gaps from 1; 0 = none."""
    control: bool = True
    """Whether a single line never stands alone on a page."""
    tail: Node | None = None
    """What must have room below the last line."""

    @property
    def hang(self) -> float:
        """Return how far the other lines stand in from the first."""
        return max(0.0, -self.first)

    @property
    def room(self) -> float:
        """Return the width of its box."""
        return self.width - self.left - self.right


@dataclass(eq=False)
class Piece(Node):
    """Ready code of one piece: a drawn rule, a line of pictures, blocks side by side."""

    code: str
    height: float | None = None
    """None if the letter decides it."""


@dataclass(eq=False)
class Cell:
    """A cell of a ruled table."""

    text: Paragraph
    width: float
    padding: tuple[float, float, float, float]
    """Top, right, bottom, left; half of each border is in it."""
    align: str
    """Upright: `top`, `horizon` or `bottom`."""
    whole: bool
    """Whether its row is in one piece."""


@dataclass(eq=False)
class Table(Node):
    """A ruled table with a repeated head."""

    head: list[Cell]
    rows: list[list[Cell]]
    borders: dict[str, Border]
    """Of each cell."""
    left: float
    tail: Node | None = None
    """What must have room below the last row."""


@dataclass(eq=False)
class Sealed(Node):
    """A box whose margins do not reach out: with lines, padding, a least height or pictures laid over it."""

    content: Root
    borders: dict[str, Border]
    padding: dict[str, float]
    left: float
    right: float
    whole: bool
    overlay: list[str]
    """Code of pictures placed in it."""
    least: float = 0.0
    rule: Node | None = None
    """Drawn below the content."""
    rule_room: float = 0.0
    """Room between content and rule."""
    rule_from: float = 0.0
    """Least distance of the rule from the top of the box."""

    def let_out_above(self) -> float:
        """Take the margin above the first thing inside away and return it, if nothing holds it in."""
        first = self.content.children[0].before if self.content.children else None
        if first is None or self.padding["top"]:
            return 0.0
        room, first.room = first.room, 0.0
        return room

    def let_out_below(self) -> float:
        """The same for the margin below the last thing."""
        if self.rule is None and self.padding["bottom"]:
            return 0.0
        room, self.content.trailing = self.content.trailing, 0.0
        return 0.0 if self.rule else room


@dataclass(eq=False)
class Container(Node):
    """Nodes one below the other; the margins of the first and last reach through it."""

    children: list[Node] = field(default_factory=list, init=False)


@dataclass(eq=False)
class Root(Container):
    """A page's column, or what is inside a cell or sealed box."""

    trailing: float = 0.0
    """Room after the last child."""
    overlay: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Group(Container):
    """Blocks set in from the sides, or kept in one piece."""

    left: float = 0.0
    right: float = 0.0
    whole: bool = False


@dataclass(eq=False, kw_only=True)
class Item(Container):
    """The blocks of a list item."""

    face: Face
    """Of the label."""
    label: str


@dataclass(eq=False)
class Listing(Container):
    """A list; its children are items."""

    left: float = 0.0
    """Where the labels begin."""
    hang: float = 0.0
    """From there to the text."""


Leaf: TypeAlias = Paragraph | Piece | Sealed | Table
