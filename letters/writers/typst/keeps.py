"""Tree of nodes that want to stay together → what Typst is told so that they do.

CSS moves no more than it must: if what follows a paragraph must be on its page and does not fit, the paragraph's last
two lines go along (all of it, if it has no more than three); of a table, its last row. Typst can only move whole
blocks. So a paragraph that may be longer takes room for what follows at the end of its last line, which its last two
lines then cannot do without, and a table at the end of its last row; the room is given back below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from letters.writers.typst.nodes import Container, Group, Node, Paragraph, Piece, Root, Sealed, Table

WIDE = 0.62
"""How wide a character is at most, on average, in ems."""
_WHOLE_LINES = 2.7
"""Lines that may be estimated of a paragraph that has three at most."""
_AMPLY = 2
"""How many times its usual height a line is taken to have where a bound must hold for any value."""
_HIGH_LINES = 20
"""Lines of a table cell that had better be divided: one higher than a page would lose what does not fit."""


def keep_together(root: Root, *, measured: bool = False) -> Root:
    """Mark the nodes below `root`; without `measured`, nothing is moved but whole blocks."""
    for node in _below(root):
        if node.before.keep and node.previous is not None and not _is_held(node):
            _keep(node, measured=measured)
    return root


def _below(container: Container) -> Iterator[Node]:
    for child in container.children:
        yield child
        if isinstance(child, Container):
            yield from _below(child)


def _is_held(node: Node) -> bool:
    """Return whether `node` and what came before are in one piece anyway."""
    above = node.parent
    while above is not None:
        if isinstance(above, Group) and above.whole:
            return True
        above = above.parent
    return False


def _keep(node: Node, *, measured: bool) -> None:
    last = node.previous
    assert last is not None
    assert node.parent is not None
    last.following = node
    siblings = node.parent.children
    before = siblings[siblings.index(node) - 1]
    whole = isinstance(before, Group) and before.whole
    if measured and not whole and _takes_room(last, alone=before is last):
        assert isinstance(last, Paragraph | Table)
        last.tail = node
        node.pulled = True
    else:
        before.sticky = True


def _takes_room(last: Node, *, alone: bool) -> bool:
    """Return whether `last` takes room for what follows; `alone` it could also move as a whole."""
    if isinstance(last, Paragraph):
        return not last.level and not may_be_empty(last) and not (alone and is_short(last))
    return isinstance(last, Table) and bool(last.rows)


def is_short(paragraph: Paragraph) -> bool:
    """Return whether a paragraph surely has three lines at most."""
    return not paragraph.words.values and _lines(paragraph) <= _WHOLE_LINES


def may_be_high(paragraph: Paragraph) -> bool:
    """Return whether the template's own words may fill a good part of a page."""
    return _lines(paragraph) > _HIGH_LINES


def _lines(paragraph: Paragraph) -> float:
    """Return about how many lines the template's words take, rather too many."""
    words = paragraph.words
    return words.literal * WIDE * paragraph.face.size / max(1.0, paragraph.room) + words.breaks


def may_be_empty(paragraph: Paragraph) -> bool:
    """Return whether a letter's values may leave nothing of a paragraph."""
    return bool(paragraph.words.values) and not paragraph.words.literal


@dataclass(frozen=True)
class Bound:
    """How high something is at most: `height`, and `each` for every character of its values, in points."""

    height: float
    each: float = 0.0
    values: tuple[int, ...] = ()


def bound(node: Node) -> Bound | None:
    """Return how high `node` is at most, amply; None if that cannot be said before there are values."""
    match node:
        case Paragraph():
            line = _AMPLY * node.face.height
            each = line * WIDE * node.face.size / max(1.0, node.room)
            return Bound(node.before.room + line * (1 + _lines(node)), each, node.words.values)
        case Piece(height=float(height)):
            return Bound(node.before.room + height)
        case Sealed():
            room = node.least + node.rule_from + node.rule_room + sum(node.padding.values())
            return _together(node.before.room + room, [node.content, *([node.rule] if node.rule else [])])
        case Container():
            return _together(node.before.room + (node.trailing if isinstance(node, Root) else 0.0), node.children)
    return None


def _together(room: float, nodes: Sequence[Node]) -> Bound | None:
    """Return how high `nodes` are at most, one below the other, with so much `room` between them."""
    found = [each for each in map(bound, nodes) if each is not None]
    if len(found) < len(nodes):
        return None
    return Bound(
        room + sum(each.height for each in found),
        max((each.each for each in found), default=0.0),
        tuple(index for each in found for index in each.values),
    )
