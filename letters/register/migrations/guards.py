"""Rules about rows → the triggers that hold them, in either dialect of SQL; and which triggers a register must have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Guard(NamedTuple):
    """A trigger that refuses a change."""

    name: str
    event: str
    """INSERT, UPDATE or DELETE."""
    table: str
    condition: str
    """SQL over NEW and OLD that holds for what is refused; empty = everything is."""
    message: str


def triggers(dialect: str, guards: Sequence[Guard], whole: Sequence[str] = ()) -> list[str]:
    """Return the statements that make `guards`; the tables of `whole` cannot be truncated either."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
            f" {'WHEN ' + guard.condition if guard.condition else ''}"
            f" BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
            for guard in guards
        ]
    rows = [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} FOR EACH ROW"
        f" {'WHEN (' + guard.condition + ')' if guard.condition else ''}"
        f" EXECUTE FUNCTION register_refuse('{guard.message}')"
        for guard in guards
    ]
    truncations = [
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION register_refuse('{table}: no row is ever deleted')"
        for table in whole
    ]
    return rows + truncations


def names_made(statements: Iterable[str]) -> set[str]:
    """Return the names of the triggers that stand after these statements, in any dialect."""
    names: set[str] = set()
    for statement in statements:
        if made := re.match(r"\s*CREATE TRIGGER (\w+)", statement):
            names.add(made[1])
        elif dropped := re.match(r"\s*DROP TRIGGER (\w+)", statement):
            names.discard(dropped[1])
    return names
