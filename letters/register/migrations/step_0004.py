"""Schema 4: files found by their paths, so that no letter is written over another's."""

from __future__ import annotations

from collections.abc import Sequence


def statements(dialect: str) -> Sequence[str]:
    """Return the statements of this step; they are the same in each `dialect`."""
    return ("CREATE INDEX files_by_path ON files (path)",)
