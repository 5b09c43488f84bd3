"""A new file beside its place → under its name only when it is whole; a damaged register → out of the way."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

JOURNALS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a register."""


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Yield the path of a file to write beside `path`; it gets that name afterwards, if nothing has it by then.

    So an empty or half file can never be taken for a register: an empty one would count from the start again.
    Processes that do this at the same time share the file beside, and the first to finish wins.
    """
    beside = beside_of(path)
    try:
        yield beside
        _sync(beside)
        _give_name(beside, path)
    except Exception:
        if not path.exists():
            raise
    finally:
        remove(beside)
    _sync(path.parent)


def beside_of(path: Path) -> Path:
    """Return the path that a new file at `path` is written to first."""
    return path.with_name(f".{path.name}.new")


def remove(beside: Path) -> None:
    """Remove what a run that was killed left beside a register."""
    for leftover in (beside, beside.with_name(beside.name + "-journal")):
        with contextlib.suppress(OSError):
            leftover.unlink(missing_ok=True)


def _give_name(beside: Path, path: Path) -> None:
    """Name `beside` as `path` unless that exists; never replaces a file where the file system can promise it."""
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():  # a memory stick knows no links
            os.rename(beside, path)


def _sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power cut; Windows cannot do this for folders, nor needs it."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
