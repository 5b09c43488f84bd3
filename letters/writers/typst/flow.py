"""Boxes as CSS stacks them → a tree of nodes, with margins collapsed into the room before each node.

Room and page breaks stand where the two neighbours part: at the outermost node that begins there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from letters.writers.boxes import collapse
from letters.writers.style import Style
from letters.writers.typst.nodes import Before, Container, Group, Leaf, Node, Root


def inset(style: Style, width: float) -> tuple[float, float]:
    """Return what a box takes from its column at the left and at the right: margin and padding."""
    left = style.points("margin-left", width) + style.points("padding-left", width)
    return left, style.points("margin-right", width) + style.points("padding-right", width)


class Flow:
    """Takes boxes in reading order and hangs the nodes they come to below `root`."""

    def __init__(self, width: float) -> None:
        self.root = Root(width)
        self._open: list[Container] = [self.root]
        self._last: Leaf | None = None
        self._closing: list[float] = []
        self._opening: list[float] = []
        self._page = False
        self._keep = False

    # -- boxes --

    def open(self, style: Style) -> None:
        """Begin a box: its margin above, its break before."""
        self._opening.append(style.points("margin-top"))
        self._break(style.word("break-before"))

    def close(self, style: Style) -> None:
        """End a box: its margin below, its break after."""
        (self._opening or self._closing).append(style.points("margin-bottom"))
        self._break(style.word("break-after"))

    def above(self, margin: float) -> None:
        """Let a margin from inside the next leaf adjoin those above it."""
        self._opening.append(margin)

    def below(self, margin: float) -> None:
        """Let a margin from inside the last leaf adjoin those below it."""
        self._closing.append(margin)

    def _break(self, word: str) -> None:
        self._page = self._page or word in ("page", "always")
        self._keep = self._keep or word.startswith("avoid")

    # -- nodes --

    @contextmanager
    def inside(self, container: Container) -> Iterator[None]:
        """Hang what comes below `container`, which itself is hung with the first of it."""
        self._open.append(container)
        yield
        self._open.pop()

    @contextmanager
    def set_in(self, width: float, left: float, right: float, *, whole: bool = False) -> Iterator[float]:
        """Set what comes in from both sides, or keep it in one piece; gives the width that is left."""
        if left or right or whole:
            with self.inside(Group(width, left=left, right=right, whole=whole)):
                yield width - left - right
        else:
            yield width

    def add(self, leaf: Leaf) -> None:
        """Place a leaf after what has come so far."""
        depth = next(at for at in range(len(self._open), 0, -1) if at == 1 or self._open[at - 1].parent is not None)
        newcomers: list[Node] = [*self._open[depth:], leaf]
        newcomers[0].before = self._before()
        newcomers[0].previous = self._last
        for parent, node in zip(self._open[depth - 1 :], newcomers, strict=True):
            node.parent = parent
            parent.children.append(node)
        self._last = leaf
        self._closing, self._opening, self._page, self._keep = [], [], False, False

    def _before(self) -> Before:
        if self._last is None:
            return Before(collapse(self._opening))
        if self._page:
            return Before(collapse(self._opening), page=True)
        return Before(collapse([*self._closing, *self._opening]), keep=self._keep)

    @property
    def margin_below(self) -> float:
        """Return the margin below the last leaf, as far as its boxes are closed."""
        return collapse([*self._closing, *self._opening])

    def finish(self) -> Root:
        """Return the tree."""
        self.root.trailing = self.margin_below
        return self.root
