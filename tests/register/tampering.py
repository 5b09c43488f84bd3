"""What somebody with a database viewer might do to a register, guards off and on again."""

from __future__ import annotations

from sqlalchemy import Connection, create_engine, text

from letters.register.opening import locate
from letters.register.schema import METADATA


def tamper(place: str, *statements: str) -> None:
    """Run `statements` on a register without its guards, which are back afterwards."""
    engine = create_engine(locate(place).url)
    with engine.begin() as connection:
        tamper_within(connection, *statements)
    engine.dispose()


def tamper_within(connection: Connection, *statements: str) -> None:
    """Run `statements` in the transaction of `connection`, without the guards while they run."""
    change = _without_triggers if connection.dialect.name == "sqlite" else _with_triggers_off
    change(connection, statements)


def _without_triggers(connection: Connection, statements: tuple[str, ...]) -> None:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = connection.execute(query).all()
    for name, _ in triggers:
        connection.execute(text(f"DROP TRIGGER {name}"))
    for statement in statements:
        connection.execute(text(statement))
    for _, sql in triggers:
        connection.exec_driver_sql(sql)


def _with_triggers_off(connection: Connection, statements: tuple[str, ...]) -> None:
    for switch in ("DISABLE", None, "ENABLE"):
        for statement in statements if switch is None else ():
            connection.execute(text(statement))
        for table in METADATA.tables if switch else ():
            connection.execute(text(f"ALTER TABLE {table} {switch} TRIGGER USER"))
