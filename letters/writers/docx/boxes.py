"""The room blocks stand in while they are laid out, and what counts through the whole document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from letters.writers.docx.blocks import Level
from letters.writers.docx.roles import Place
from letters.writers.style import Style


@dataclass(frozen=True, slots=True)
class Box:
    """The room blocks stand in; lengths in points."""

    width: float
    """Of the column or cell."""
    left: float = 0.0
    """Taken from it at the left by the boxes around."""
    right: float = 0.0
    place: Place = Place()
    levels: tuple[Level, ...] = ()
    """The lists around."""
    page_top: float | None = None
    """Distance from the top of the page, where pictures float against the page; None = against their paragraph."""

    def inside(self, style: Style) -> Box:
        """Return the room inside a box of `style`."""
        left = style.points("margin-left", self.width) + style.points("padding-left", self.width)
        right = style.points("margin-right", self.width) + style.points("padding-right", self.width)
        return replace(self, left=self.left + left, right=self.right + right)


@dataclass
class Series:
    """Counts the lists of a document."""

    last: int = 0

    def next(self) -> int:
        """Return the number of the next list."""
        self.last += 1
        return self.last
