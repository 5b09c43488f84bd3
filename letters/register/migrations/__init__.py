"""A database of any earlier schema → the present schema, by numbered forward steps; a newer one is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection, func, inspect, select

from letters.errors import N_, Problem, RegisterError
from letters.register.migrations import step_0001, step_0002, step_0003, step_0004
from letters.register.migrations.guards import names_made
from letters.register.schema import METADATA, versions_of_schema

Step: TypeAlias = Callable[[str], Sequence[str]]
"""Name of the SQL dialect → the statements of one step. A step that was released is never edited."""

STEPS: tuple[Step, ...] = (step_0001.statements, step_0002.statements, step_0003.statements, step_0004.statements)


def schema_version(connection: Connection) -> int:
    """Return the schema the database has; 0 for one without any table of ours.

    Raises RegisterError if tables of the same names stand there that are not ours.
    """
    tables = set(inspect(connection).get_table_names())
    if versions_of_schema.name in tables:
        return connection.execute(select(func.max(versions_of_schema.c.version))).scalar_one() or 0
    foreign = sorted(tables & set(METADATA.tables))
    if foreign or (tables and connection.dialect.name == "sqlite"):
        raise RegisterError(_not_ours(foreign or sorted(tables)))
    return 0


def is_current(connection: Connection) -> bool:
    """Return whether nothing is to be done; raise RegisterError if the schema is newer than this program."""
    version = schema_version(connection)
    if version > len(STEPS):
        raise RegisterError(_too_new(version))
    return version == len(STEPS)


def expected_guards(dialect: str) -> set[str]:
    """Return the names of the triggers that a register of the present schema has."""
    return names_made(statement for step in STEPS for statement in step(dialect))


def upgrade(connection: Connection, now: datetime, program: str) -> None:
    """Bring the schema up to date inside the caller's transaction: wholly or not at all."""
    if is_current(connection):
        return
    found = schema_version(connection)
    for version, step in enumerate(STEPS[found:], start=found + 1):
        for statement in step(connection.dialect.name):
            connection.exec_driver_sql(statement)
        row = {"version": version, "applied_at": now, "program": program}
        connection.execute(versions_of_schema.insert(), row)


def _too_new(version: int) -> Problem:
    return Problem(
        "register.newer",
        N_("A newer version of this program wrote the register: its schema is {version}, known here is {known}."),
        N_("Install the newer version on this machine too. Nothing was changed."),
        params={"version": version, "known": len(STEPS)},
    )


def _not_ours(tables: Sequence[str]) -> Problem:
    return Problem(
        "register.foreign",
        N_("This database is not a register of letters: it holds other tables ({tables})."),
        N_("Give the register a file or database of its own."),
        params={"tables": ", ".join(tables[:5])},
    )
