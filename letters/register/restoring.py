"""A backup → the content of a register, in one transaction; what the register had is kept aside first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from letters.errors import N_, Problem, RegisterError
from letters.register import backup, schema
from letters.register.adding import happened
from letters.register.backup_copy import opened_copy
from letters.register.databases import begin_read, begin_write, drop_everything, one_at_a_time
from letters.register.entries import Actor, Restored
from letters.register.finding import NUMBER
from letters.register.migrations import upgrade

SHOWN = 10
"""How many lost numbers a message names; the caller gets them all."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The register that is restored, and what is needed to work on it."""

    engine: Engine
    patience: float
    clock: Callable[[], datetime]
    actor: Actor
    aside: Path
    """Where its content is kept."""


def restore(kept: Keeping, path: Path, force: bool) -> Restored:
    """Put the content of the backup at `path` in the place of the register's own.

    Raises RegisterError if the backup is missing or unsound, if the register is ahead of it and not `force`, or if
    somebody wrote to the register meanwhile.
    """
    with opened_copy(path, kept.clock, kept.actor.program, kept.patience) as source:
        with kept.engine.connect() as target:
            begin_read(target)
            present, lost = backup.last_event(target), _lost(target, source)
            ahead = lost or _differs(target, source)
            empty = not present and not _letters(target)
        if ahead and not force:
            raise RegisterError(_ahead(path, lost))
        if not empty:
            backup.backup(kept.engine, kept.aside, kept.clock, kept.actor.program)
        entries = _replace(kept, source, path, present, lost)
    return Restored(entries, tuple(lost), None if empty else kept.aside)


def _replace(kept: Keeping, source: Connection, path: Path, present: int, lost: list[str]) -> int:
    """Empty the register and fill it from `source`; return how many letters it has."""
    now = kept.clock()
    with kept.engine.connect() as target:
        begin_write(target, kept.patience)
        one_at_a_time(target)
        if backup.last_event(target) != present:
            raise RegisterError(_busy())
        drop_everything(target, [table.name for table in (*backup.COPIED, schema.versions_of_schema)][::-1])
        upgrade(target, now, kept.actor.program)
        backup.copy_rows(source, target)
        details = {"from": path.name, "events": backup.last_event(source), "lost": lost, "aside": kept.aside.name}
        happened(target, now, kept.actor, None, "restored", details)
        entries = _letters(target)
        target.commit()
    return entries


# -- comparing -----------------------------------------------------------------------------------------


def _lost(target: Connection, source: Connection) -> list[str]:
    """Return the labels of the letters that the register has and the backup lacks, or numbers differently."""
    query = select(schema.letters.c.id, NUMBER).order_by(schema.letters.c.id)
    known = {row[0]: row[1] for row in source.execute(query)}
    return [
        number or f"#{letter_id}"
        for letter_id, number in target.execute(query)
        if letter_id not in known or known[letter_id] != number
    ]


def _differs(target: Connection, source: Connection) -> bool:
    """Return whether the register tells events that the backup does not."""
    known = schema.events.c
    query = select(known.id, known.at, known.letter_id, known.what, known.details).order_by(known.id)
    for own, other in zip_longest(target.execute(query), source.execute(query)):
        if own is None:
            return False
        if other is None or tuple(own) != tuple(other):
            return True
    return False


def _letters(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(schema.letters)).scalar_one()


# -- problems ------------------------------------------------------------------------------------------


def _ahead(path: Path, lost: list[str]) -> Problem:
    message = N_("The register holds changes that the backup {path} does not have.")
    params = {"path": str(path), "count": len(lost), "numbers": ", ".join(lost[:SHOWN])}
    if not lost:
        return Problem(
            "register.newer-than-backup",
            message,
            N_("Take a newer backup, or restore this one by force: what is there now is kept in a file aside."),
            params=params,
        )
    return Problem(
        "register.newer-than-backup",
        N_("The register holds {count} letters that the backup {path} does not have: {numbers}."),
        N_("Take a newer backup. By force, their numbers are given again: record those that went out as made outside."),
        params=params,
    )


def _busy() -> Problem:
    return Problem(
        "register.restore-busy",
        N_("Somebody changed the register while it was being restored. Nothing was changed."),
        N_("Let everybody else stop, and run the command again with another name for the file aside."),
    )
