"""Breaks the line to the database at a chosen statement or commit, as a dropped network or a dying server does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, event, text

from letters.register import Register


@dataclass
class Line:
    """Counts what goes to the database; the n-th thing breaks it."""

    left: int

    def step(self, connection: Connection) -> None:
        self.left -= 1
        if self.left == 0:
            drop(connection)


def drop(connection: Connection) -> None:
    """Let the connection die under its transaction."""
    if connection.dialect.name == "sqlite":
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error
    dbapi: Any = connection.connection.driver_connection
    with connection.engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": dbapi.info.backend_pid})


@contextmanager
def breaking(book: Register, at: int) -> Iterator[Line]:
    """Break the line of `book` at its `at`-th statement or commit."""
    line, engine = Line(at), book._engine

    def before_statement(connection: Connection, *_: object) -> None:
        line.step(connection)

    event.listen(engine, "before_cursor_execute", before_statement)
    event.listen(engine, "commit", line.step)
    try:
        yield line
    finally:
        event.remove(engine, "before_cursor_execute", before_statement)
        event.remove(engine, "commit", line.step)
