"""Items → a sequence of them in little memory: some hundred are there at a time, the others packed.

A table of a hundred thousand rows that took 90 MB as objects takes 2 MB packed, as the rows of a table are much alike.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

Item = TypeVar("Item")

TOGETHER = 500
"""Items in one block; a sequence of up to so many is not packed at all."""
FASTEST = 1
"""Level of zlib: higher ones take longer to save hardly more."""


class Packed(Sequence[Item]):
    """A sequence of plain data that can be pickled, to be read in order; it grows at its end.

    What comes out equals what went in, but is another object each time: no item may be told by its identity.
    """

    def __init__(self, items: Iterable[Item] = ()) -> None:
        """Hold `items`."""
        self._blocks: list[bytes] = []
        self._last: list[Item] = []
        for item in items:
            self.append(item)

    def append(self, item: Item) -> None:
        """Add `item` at the end."""
        if len(self._last) == TOGETHER:
            self._blocks.append(zlib.compress(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL), FASTEST))
            self._last = []
        self._last.append(item)

    def __len__(self) -> int:
        return len(self._blocks) * TOGETHER + len(self._last)

    def __iter__(self) -> Iterator[Item]:
        for block in range(len(self._blocks)):
            yield from self._unpacked(block)
        yield from self._last

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | list[Item]:
        """Return an item, or some; to read them all, go through the sequence."""
        if isinstance(index, slice):
            return list(self)[index]
        block, place = divmod(range(len(self))[index], TOGETHER)
        return self._last[place] if block == len(self._blocks) else self._unpacked(block)[place]

    def __eq__(self, other: object) -> bool:
        """Return whether `other` is a sequence of equal items; sequences that grow have no hash."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == twin for one, twin in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def _unpacked(self, block: int) -> list[Item]:
        items: list[Item] = pickle.loads(zlib.decompress(self._blocks[block]))  # noqa: S301  # never from outside
        return items
