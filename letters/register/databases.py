"""Everything SQLite and PostgreSQL do differently: connection settings, beginning to write, a few expressions."""

from __future__ import annotations

import random
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Engine, Insert, Table, create_engine, event, func, literal_column
from sqlalchemy.dialects import postgresql, sqlite

from letters.register.failures import is_locked

LONGEST_NAP = 0.002
"""Seconds between two tries for SQLite's lock. SQLite's own waiting starves some of many writers (9.5 s measured with
eight); short random naps brought the longest wait down to about 0.1 s."""


def connect(url: URL, patience: float, wal: bool = True) -> Engine:
    """Return an engine for `url` whose connections wait up to `patience` seconds for a lock and lose nothing.

    `wal` False leaves an SQLite file with its rollback journal.
    """
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": patience})
        event.listen(engine, "connect", lambda dbapi, _record: _prepare_sqlite(dbapi, patience, wal))
    else:
        engine = create_engine(url, hide_parameters=True, isolation_level="READ COMMITTED", pool_pre_ping=True)
        event.listen(engine, "connect", lambda dbapi, _record: _prepare_postgresql(dbapi, patience))
    return engine


def begin_write(connection: Connection, patience: float) -> None:
    """Begin a transaction that may write. SQLite takes its lock now: at the first INSERT it may be too late."""
    if connection.dialect.name == "sqlite":
        dbapi: Any = connection.connection.driver_connection
        _insist(lambda: _without_waiting(dbapi, "BEGIN IMMEDIATE", patience), patience)


def begin_read(connection: Connection) -> None:
    """Begin a transaction in which every query sees the register as of one moment."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")
    else:
        connection.execution_options(isolation_level="REPEATABLE READ")


def encoding_of(connection: Connection) -> str:
    """Return the encoding of the texts in the database, as PostgreSQL names it."""
    if connection.dialect.name == "sqlite":
        return "UTF8"
    return str(connection.exec_driver_sql("SHOW server_encoding").scalar_one())


def one_at_a_time(connection: Connection) -> None:
    """Let only one process at a time go on from here to the end of its transaction (for schema changes)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7235913418802)")


def database_faults(connection: Connection) -> list[str]:
    """Return what the database itself finds wrong with its pages, indexes and references (SQLite only)."""
    if connection.dialect.name != "sqlite":
        return []  # PostgreSQL checks as it reads, and keeps references by itself
    faults = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)") if row[0] != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return faults + [f"{table} {row} -> {parent}" for table, row, parent, _ in broken[:20]]


def guards_there(connection: Connection) -> set[str]:
    """Return the names of the triggers that are there and switched on."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = current_schema()::regnamespace"
        )
    return {row[0] for row in connection.exec_driver_sql(query)}


def vacuum_into(connection: Connection, path: Path) -> None:
    """Write the SQLite database as of now, journal included, to the new file `path`, while others may write."""
    connection.exec_driver_sql("VACUUM INTO ?", (str(path),))


def drop_everything(connection: Connection, tables: Sequence[str]) -> None:
    """Drop the register's tables, in this order, with their guards; nobody else reads a half-empty register."""
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        connection.exec_driver_sql(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
    for table in tables:
        connection.exec_driver_sql(f"DROP TABLE {table}")
    if postgresql:
        connection.exec_driver_sql("DROP FUNCTION register_refuse()")


def continue_ids(connection: Connection) -> None:
    """Let PostgreSQL give the next ids after those that were copied; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        for table in ("letters", "events"):
            highest = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"
            connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest}, false)")


def insert_if_absent(connection: Connection, table: Table) -> Insert:
    """Return an INSERT into `table` that leaves a row of the same key alone."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def folded(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[str]:
    """Return `column` in one case, as `fold` does it for the text to compare with.

    PostgreSQL's own `lower` knows only the letters of the server's locale, in a C locale A to Z; ICU knows all.
    """
    if connection.dialect.name == "sqlite":
        return func.letters_fold(column)
    return func.lower(func.normalize(column, literal_column("NFKC")).collate("und-x-icu"))


def fold(connection: Connection, text: str) -> str:
    """Return `text` in one case, to be compared with `folded` columns of the same database."""
    return _fold(text) if connection.dialect.name == "sqlite" else unicodedata.normalize("NFKC", text).lower()


def _fold(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").casefold()


def _prepare_sqlite(dbapi: sqlite3.Connection, patience: float, wal: bool) -> None:
    """Set what SQLite forgets with each connection. WAL with less than FULL loses numbers when the power fails."""
    dbapi.isolation_level = None  # the driver would begin late and by itself
    dbapi.execute("PRAGMA foreign_keys = ON")
    dbapi.execute("PRAGMA synchronous = FULL")
    dbapi.create_function("letters_fold", 1, _fold, deterministic=True)
    if wal and dbapi.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        _insist(lambda: dbapi.execute("PRAGMA journal_mode = WAL"), patience)


def _prepare_postgresql(dbapi: Any, patience: float) -> None:
    """Bound every wait for a lock, and let COMMIT mean "on the disk", whatever the server's default is."""
    with dbapi.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", (f"{int(patience * 1000)}ms",))
        cursor.execute("SET synchronous_commit = on")
    dbapi.commit()


def _without_waiting(dbapi: sqlite3.Connection, statement: str, patience: float) -> None:
    """Run `statement`, failing at once if the lock is taken, and give the connection its patience back."""
    dbapi.execute("PRAGMA busy_timeout = 0")
    try:
        dbapi.execute(statement)
    finally:
        dbapi.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")


def _insist(attempt: Callable[[], object], patience: float) -> None:
    """Try until the lock is free; raise the last error once `patience` seconds are over."""
    end = time.monotonic() + patience
    while True:
        try:
            attempt()
            return
        except sqlite3.OperationalError as error:
            if not is_locked(error) or time.monotonic() > end:
                raise
        time.sleep(random.uniform(0, LONGEST_NAP))
