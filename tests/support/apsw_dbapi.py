"""APSW dressed as Python's sqlite3 module, so that SQLAlchemy runs on an SQLite whose disk the tests command."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw


@contextmanager
def as_sqlite3() -> Iterator[None]:
    """Raise what sqlite3 would raise."""
    try:
        yield
    except apsw.Error as error:
        constraint = isinstance(error, apsw.ConstraintError)
        raised = (sqlite3.IntegrityError if constraint else sqlite3.OperationalError)(str(error))
        raised.sqlite_errorcode = getattr(error, "extendedresult", apsw.SQLITE_ERROR)
        raise raised from error


class Cursor:
    """One statement and its rows, all fetched at once."""

    arraysize = 1

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[tuple[Any, ...]] = []
        self.description: Sequence[Any] | None = None
        self.lastrowid: int | None = None
        self.rowcount = -1

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Cursor:
        self.description = None
        with as_sqlite3():
            cursor = self._connection.real.cursor()
            cursor.exec_trace = self._note
            self._rows = list(cursor.execute(statement, tuple(parameters)))
        self.lastrowid = self._connection.real.last_insert_rowid()
        self.rowcount = self._connection.real.changes()
        return self

    def executemany(self, statement: str, many: Sequence[Sequence[Any]]) -> Cursor:
        for parameters in many:
            self.execute(statement, parameters)
        return self

    def _note(self, cursor: apsw.Cursor, statement: str, parameters: Any) -> bool:
        described = cursor.get_description()
        self.description = [(name, None, None, None, None, None, None) for name, _ in described] or None
        return True

    def fetchone(self) -> tuple[Any, ...] | None:
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        found, self._rows = self._rows[:size], self._rows[size:]
        return found

    def fetchall(self) -> list[tuple[Any, ...]]:
        found, self._rows = self._rows, []
        return found

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.fetchall())

    def close(self) -> None:
        self._rows = []


class Connection:
    """A connection; transactions are the caller's business, as with `isolation_level = None`."""

    isolation_level: str | None = None

    def __init__(self, path: str, vfs: str, prepare: Sequence[str], swap: dict[str, str]) -> None:
        with as_sqlite3():
            self.real = apsw.Connection(path, vfs=vfs)
            for statement in prepare:
                self.real.execute(statement)
        self._swap = swap

    def cursor(self) -> Cursor:
        return Cursor(self)

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Cursor:
        return self.cursor().execute(self._swap.get(statement, statement), parameters)

    def create_function(self, name: str, count: int, function: Callable[..., Any], *, deterministic: bool) -> None:
        self.real.create_scalar_function(name, function, count, deterministic=deterministic)

    def commit(self) -> None:
        self._end("COMMIT")

    def rollback(self) -> None:
        self._end("ROLLBACK")

    def _end(self, statement: str) -> None:
        if not self.real.get_autocommit():
            self.execute(statement)

    def close(self) -> None:
        with as_sqlite3():
            self.real.close()


class Module:
    """What SQLAlchemy takes for the sqlite3 module: connections through one VFS.

    `prepare` runs on each new connection; `swap` replaces statements, to try settings the product does not use.
    """

    paramstyle = "qmark"
    threadsafety = 1
    sqlite_version = apsw.sqlite_lib_version()
    sqlite_version_info = tuple(int(part) for part in sqlite_version.split("."))
    Error, Warning = sqlite3.Error, sqlite3.Warning
    DatabaseError, OperationalError, InternalError = (
        sqlite3.DatabaseError,
        sqlite3.OperationalError,
        sqlite3.InternalError,
    )
    InterfaceError, ProgrammingError, DataError = sqlite3.InterfaceError, sqlite3.ProgrammingError, sqlite3.DataError
    NotSupportedError, IntegrityError = sqlite3.NotSupportedError, sqlite3.IntegrityError
    Binary, PARSE_COLNAMES, PARSE_DECLTYPES = bytes, sqlite3.PARSE_COLNAMES, sqlite3.PARSE_DECLTYPES

    def __init__(self, vfs: str, prepare: Sequence[str] = (), swap: dict[str, str] | None = None) -> None:
        self._vfs, self._prepare, self._swap = vfs, prepare, swap or {}

    def connect(self, path: str, **_options: Any) -> Connection:
        return Connection(path, self._vfs, self._prepare, self._swap)
