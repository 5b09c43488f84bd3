"""Tree of nodes that want to stay together → what Typst is told so that they do.

CSS moves no more than it must: if what follows a paragraph must be on its page and does not fit, the paragraph's last
two lines go along (all of it, if it has no more than three); of a table, its last row. Typst can only move whole
blocks. So a paragraph that may be longer takes room for what follows at the end of its last line, which its last two
lines then cannot do without, and a table at the end of its last row; the room is given back below.
"""

from __future__ import annotations

from collections.abc import Iterator

from letters.writers.typst.nodes import Container, Group, Node, Paragraph, Root, Table

WIDE = 0.62
"""How wide a character is at most, on average, in ems."""
_WHOLE_LINES = 2.7
"""Lines that may be estimated of a paragraph that has three at most."""


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
    words = paragraph.words
    lines = words.literal * WIDE * paragraph.face.size / max(1.0, paragraph.room) + words.breaks
    return not words.values and lines <= _WHOLE_LINES


def may_be_empty(paragraph: Paragraph) -> bool:
    """Return whether a letter's values may leave nothing of a paragraph."""
    return bool(paragraph.words.values) and not paragraph.words.literal
