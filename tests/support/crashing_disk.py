"""A disk that loses its power, or fails once: what was not synced by then survives by chance, sector by sector.

After SQLite's own crash tests (sqlite.org/testing.html, 3.2): what was written to a 512-byte sector since the last sync
is kept, dropped or, in one of twenty cases, garbage. Bytes that were not written stay, as SQLite takes for granted
(sqlite.org/psow.html); names of files are taken to be durable at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import apsw

SECTOR = 512
GARBAGE = 0.05


@dataclass
class Shadow:
    """What is surely on the disk of one file, and which parts of its sectors are in the air."""

    durable: bytes
    dirty: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Sector → first and last byte written (the latter excluded), counted in the file."""

    def touch(self, start: int, end: int) -> None:
        """Note that the bytes from `start` to `end` were written."""
        for sector in range(start // SECTOR, -(-end // SECTOR)):
            low, high = max(start, sector * SECTOR), min(end, (sector + 1) * SECTOR)
            known = self.dirty.get(sector, (low, high))
            self.dirty[sector] = min(low, known[0]), max(high, known[1])


class Disk(apsw.VFS):
    """A VFS over real files in one folder; `on_operation` is asked before each write, sync and truncation takes place.

    It may raise: then the operation has not happened, and SQLite hears of an I/O error.
    """

    def __init__(self, name: str, on_operation: Callable[[str, Path], None]) -> None:
        self.shadows: dict[Path, Shadow] = {}
        self.on_operation = on_operation
        super().__init__(name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        """Open a file, following what happens to it from now on."""
        path = Path(name.filename() if isinstance(name, apsw.URIFilename) else name or "")
        if name and path not in self.shadows:
            self.shadows[path] = Shadow(path.read_bytes() if path.exists() else b"")
        return _File(self, path, name, flags)

    def xDelete(self, path: str, sync_folder: bool) -> None:  # noqa: N802
        """Delete a file, for good."""
        self.on_operation("delete", Path(path))
        self.shadows.pop(Path(path), None)
        super().xDelete(path, sync_folder)

    def survivors(self, dice: random.Random) -> dict[str, bytes]:
        """Return what the files would hold after a power cut now, by name."""
        return {path.name: _survivor(path, shadow, dice) for path, shadow in self.shadows.items() if path.exists()}


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, path: Path, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk, self._path = disk, path
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write; it stays in the air until the next sync."""
        self._disk.on_operation("write", self._path)
        self._touch(offset, offset + len(data))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        """Cut; it stays in the air, too."""
        self._disk.on_operation("truncate", self._path)
        self._touch(size, max(size, self.xFileSize()))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Make all that was written durable. The real files need no sync: only this process looks at them."""
        self._disk.on_operation("sync", self._path)
        if self._path in self._disk.shadows:
            self._disk.shadows[self._path] = Shadow(self._path.read_bytes())

    def _touch(self, start: int, end: int) -> None:
        if self._path in self._disk.shadows:
            self._disk.shadows[self._path].touch(start, end)


def _survivor(path: Path, shadow: Shadow, dice: random.Random) -> bytes:
    """Return one content the file may have after the cut: for each sector in the air the old, the new, or garbage."""
    new, kept = path.read_bytes(), bytearray(shadow.durable)
    if len(new) < len(kept) and dice.random() < 0.5:
        del kept[len(new) :]
    for _, (start, end) in sorted(shadow.dirty.items()):
        written, chance = new[start:end], dice.random()
        if not written or chance < 0.5:
            continue
        if len(kept) < start:
            kept.extend(bytes(start - len(kept)))
        kept[start : start + len(written)] = dice.randbytes(len(written)) if chance > 1 - GARBAGE else written
    return bytes(kept)
