"""A register in use → a copy of it as of one moment, in a file of its own; rows of one database → another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    Row,
    Table,
    Text,
    bindparam,
    func,
    select,
)

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import schema
from letters.register.databases import begin_read, begin_write, connect, continue_ids, vacuum_into
from letters.register.migrations import upgrade
from letters.register.newfile import appearing

BLOCK = 1000
"""Rows copied together."""
COPIED = (
    *(schema.batches, schema.counters, schema.letters, schema.versions),
    *(schema.files, schema.recipients, schema.renumberings, schema.contents, schema.events),
)
"""In an order in which every row finds what it refers to."""


def backup(engine: Engine, path: Path, clock: Callable[[], datetime], program: str) -> None:
    """Write the register behind `engine` as an SQLite register to `path`, which must not exist.

    SQLite's VACUUM INTO copies a moment of the register while others write, its journal included (copying the file
    would miss that); PostgreSQL is read within one transaction. Raises RegisterError.
    """
    if path.exists():
        raise RegisterError(_exists(path))
    if not path.parent.is_dir():
        raise RegisterError(_no_folder(path))
    with appearing(path) as beside:
        beside.unlink(missing_ok=True)
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                vacuum_into(connection, beside)
        else:
            _export(engine, beside, clock, program)


def _export(engine: Engine, beside: Path, clock: Callable[[], datetime], program: str) -> None:
    target_engine = connect(URL.create("sqlite", database=str(beside)), patience=1, wal=False)
    try:
        with engine.connect() as source, target_engine.connect() as target:
            begin_read(source)
            begin_write(target, patience=1)
            upgrade(target, clock(), program)
            copy_rows(source, target)
            target.commit()
    finally:
        target_engine.dispose()


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of one register into another of the same schema that has none."""
    for table in COPIED:
        raw = _raw(table)
        rows = source.execution_options(yield_per=BLOCK).execute(select(raw).order_by(*raw.primary_key))
        for block in rows.partitions():
            _insert(target, raw, block)
    continue_ids(target)


def last_event(connection: Connection) -> int:
    """Return the id of the last event; 0 for a register in which nothing has happened."""
    return connection.execute(select(func.max(schema.events.c.id))).scalar() or 0


def _raw(table: Table) -> Table:
    """Return `table` with texts as they are stored, so that copying changes none."""
    columns = [
        Column(
            column.name,
            column.type if isinstance(column.type, Integer | Date) else Text,
            primary_key=column.primary_key,
        )
        for column in table.columns
    ]
    return Table(table.name, MetaData(), *columns)


def _insert(target: Connection, raw: Table, block: Sequence[Row[tuple[object, ...]]]) -> None:
    """Insert rows as they are; letters that are void are born like all others, then made void: the guards want it."""
    rows = [dict(row._mapping) for row in block]
    void = [row for row in rows if raw.name == "letters" and row["state"] == State.VOID.value]
    born = {"state": State.RESERVED.value, "void_reason": ""}
    target.execute(raw.insert(), [{**row, **born} if row in void else row for row in rows])
    if void:
        update = raw.update().where(raw.c.id == bindparam("this"))
        ends = update.values(state=bindparam("end_state"), void_reason=bindparam("reason"))
        values = [{"this": row["id"], "end_state": row["state"], "reason": row["void_reason"]} for row in void]
        target.execute(ends, values)


# -- problems ------------------------------------------------------------------------------------------


def _exists(path: Path) -> Problem:
    return Problem(
        "register.backup-exists",
        N_("The copy {path} exists already and is not replaced."),
        N_("Give the copy a new name, for example with the date."),
        params={"path": str(path)},
    )


def _no_folder(path: Path) -> Problem:
    return Problem(
        "register.backup-folder",
        N_("The folder of the copy {path} does not exist."),
        N_("Check the path, and that the disk is connected."),
        params={"path": str(path)},
    )
