"""Schema 3: what letters are made of (templates, looks), each text once."""

from __future__ import annotations

from collections.abc import Sequence

from letters.register.migrations.guards import Guard, triggers

_TABLE = """
    CREATE TABLE contents (
        sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
        content TEXT NOT NULL,
        created_at TEXT NOT NULL
    )"""
_GUARDS = [
    Guard("contents_stay", "DELETE", "contents", "", "contents: no row is ever deleted"),
    Guard("contents_append_only", "UPDATE", "contents", "", "contents: no row is ever changed"),
]


def statements(dialect: str) -> Sequence[str]:
    """Return the statements of this step in `dialect` (sqlite or postgresql)."""
    return (_TABLE, *triggers(dialect, _GUARDS, whole=("contents",)))
