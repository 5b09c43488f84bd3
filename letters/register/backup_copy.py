"""Path of a backup → a sound copy of it, open and of the present schema; what is none is told for what it is."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from letters.errors import N_, Problem, RegisterError, Severity
from letters.register.databases import begin_read, connect
from letters.register.failures import explained
from letters.register.migrations import schema_version
from letters.register.opening import Location, locate, open_engine
from letters.register.verifying import verify

SQLITE_FILE = b"SQLite format 3\0"
"""What every file of a database begins with (sqlite.org/fileformat.html §1.3)."""
SAID_OF_A_BACKUP = {
    "register.damaged": (
        N_("The backup {path} is damaged. Nothing was changed."),
        N_("Take another backup, and copy it again if it comes from another disk."),
    ),
    "register.verify-database": (
        N_("The backup {path} is damaged: {detail}. Nothing was changed."),
        N_("Take another backup, and copy it again if it comes from another disk."),
    ),
    "register.foreign": (
        N_("{path} is no backup of a register: it is a database with other tables ({tables}). Nothing was changed."),
        N_("Give the file that letters register backup wrote."),
    ),
    "register.newer": (
        N_("A newer version of this program wrote the backup {path}: its schema is {version}, known here is {known}."),
        N_("Install the newer version on this machine, then restore. Nothing was changed."),
    ),
}
"""Code of a problem of registers → message and remedy where it is that of a backup."""


@contextmanager
def opened_copy(path: Path, clock: Callable[[], datetime], program: str, patience: float) -> Iterator[Connection]:
    """Yield a sound copy of the backup, with its journal if it has one, brought up to the present schema.

    The backup itself is not touched: it may be older, or on a disk that cannot be written. Raises RegisterError for
    what is no backup, or none of use.
    """
    if not path.is_file():
        raise RegisterError(_no_backup(path))
    with ExitStack() as stack:
        with _told_of(path):
            _check_kind(path)
            place = locate(_copied(path, Path(stack.enter_context(tempfile.TemporaryDirectory()))))
            _check_begun(place, path, patience)
            engine = open_engine(place, clock, program, patience, lambda _: "", create=False)
            stack.callback(engine.dispose)
            connection = stack.enter_context(engine.connect())
            begin_read(connection)
            _check_sound(connection, path)
        yield connection


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """Let no error out that speaks of a register where the backup is meant."""
    try:
        with explained(str(path)):
            yield
    except RegisterError as error:
        raise RegisterError(*(_of_backup(problem, path) for problem in error.problems)) from error


def _of_backup(problem: Problem, path: Path) -> Problem:
    if problem.code not in SAID_OF_A_BACKUP:
        return problem
    message, remedy = SAID_OF_A_BACKUP[problem.code]
    return replace(problem, message=message, remedy=remedy, params={**problem.params, "path": str(path)})


def _check_kind(path: Path) -> None:
    """Refuse a file that is no database."""
    with path.open("rb") as file:
        start = file.read(len(SQLITE_FILE))
    if not start:
        raise RegisterError(_empty(path))
    if start != SQLITE_FILE:
        raise RegisterError(_no_database(path))


def _copied(path: Path, folder: Path) -> Path:
    copy = folder / "register.db"
    shutil.copyfile(path, copy)
    journal = path.with_name(path.name + "-wal")
    if journal.exists():
        shutil.copyfile(journal, copy.with_name("register.db-wal"))
    return copy


def _check_begun(place: Location, path: Path, patience: float) -> None:
    """Refuse a database without a register, in which opening would begin one."""
    engine: Engine = connect(place.url, patience)
    try:
        with engine.connect() as connection:
            begin_read(connection)
            if not schema_version(connection):
                raise RegisterError(_no_register(path))
    finally:
        engine.dispose()


def _check_sound(connection: Connection, path: Path) -> None:
    faults = [fault for fault in verify(connection, str(path), {}) if fault.severity is Severity.ERROR]
    if faults:
        raise RegisterError(*faults)


# -- problems ------------------------------------------------------------------------------------------


def _no_backup(path: Path) -> Problem:
    return Problem(
        "register.no-backup",
        N_("There is no backup {path}."),
        N_("Check the path, and that the disk is connected."),
        params={"path": str(path)},
    )


def _empty(path: Path) -> Problem:
    return Problem(
        "register.backup-empty",
        N_("The file {path} is empty: there is nothing to restore. Nothing was changed."),
        N_("Take another backup; the disk may have been full or disconnected when this one was copied."),
        params={"path": str(path)},
    )


def _no_database(path: Path) -> Problem:
    return Problem(
        "register.not-a-backup",
        N_("{path} is no backup of a register, but a file of another kind. Nothing was changed."),
        N_("Give the file that letters register backup wrote; letters register import enters a table of letters."),
        params={"path": str(path)},
    )


def _no_register(path: Path) -> Problem:
    return Problem(
        "register.not-a-backup",
        N_("{path} is a database without a register in it. Nothing was changed."),
        N_("Give the file that letters register backup wrote."),
        params={"path": str(path)},
    )
