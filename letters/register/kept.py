"""Every file the register knows of, version by version, to be compared with the disk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from letters.model.letter import LetterFile, State
from letters.register.entries import KeptFile
from letters.register.finding import NUMBER
from letters.register.queries import FILE_COLUMNS
from letters.register.schema import CHUNK, files, letters

WINDOW = 2000
"""Letters asked for together."""


def kept_files(connection: Connection, after: int) -> tuple[list[KeptFile], int | None]:
    """Return the files of the next letters with an id above `after`, and the last of these ids; None at the end."""
    next_ids = select(letters.c.id).where(letters.c.id > after).order_by(letters.c.id).limit(WINDOW)
    ids = list(connection.scalars(next_ids))
    if not ids:
        return [], None
    query = select(letters.c.id, NUMBER, letters.c.state, letters.c.version, files.c.version, *FILE_COLUMNS)
    joined = query.join(files, files.c.letter_id == letters.c.id).where(letters.c.id.between(ids[0], ids[-1]))
    rows = connection.execute(joined.order_by(letters.c.id, files.c.version, files.c.path))
    found = [
        KeptFile(entry_id, number or f"#{entry_id}", State(state), version, version == present, LetterFile(*parts))
        for entry_id, number, state, present, version, *parts in rows
    ]
    return found, ids[-1]


def owners(connection: Connection, paths: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return the ids of the letters that have a file at each of `paths`, in any version."""
    wanted = list(dict.fromkeys(paths))
    found: dict[str, set[int]] = defaultdict(set)
    for start in range(0, len(wanted), CHUNK):
        query = select(files.c.path, files.c.letter_id).where(files.c.path.in_(wanted[start : start + CHUNK]))
        for path, letter_id in connection.execute(query):
            found[path].add(letter_id)
    return {path: frozenset(ids) for path, ids in found.items()}
