"""What SQLite or PostgreSQL says when something fails → our errors, in words that say what to do."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from letters.errors import N_, LettersError, MachineError, Problem, RegisterError, reason_of

_LOCKED = "locked"
_SQLITE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_CANTOPEN: "cannot-open",
}
"""Primary result code (sqlite.org/rescode.html) → kind of failure."""
_SQLITE_EXTENDED = {
    sqlite3.SQLITE_READONLY_DBMOVED: "gone",
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: "taken",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: "taken",
    sqlite3.SQLITE_CONSTRAINT_TRIGGER: "protected",
}
_POSTGRESQL = {
    "55P03": _LOCKED,
    "57014": _LOCKED,
    "40P01": _LOCKED,
    "XX001": "damaged",
    "XX002": "damaged",
    "25006": "read-only",
    "42501": "read-only",
    "53100": "full",
    "58030": "disk",
    "28P01": "password",
    "28000": "password",
    "3D000": "no-database",
    "23505": "taken",
    "P0001": "protected",
}
"""SQLSTATE (PostgreSQL manual, appendix A) → kind of failure."""
_REFUSALS = (
    ("password authentication failed|no password supplied|no pg_hba.conf entry", "password"),
    ("role .* does not exist", "password"),
    ("database .* does not exist", "no-database"),
)
"""What PostgreSQL answers to whom it does not let in → kind of failure."""
_ERRNO = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "read-only",
    errno.EPERM: "read-only",
    errno.EROFS: "read-only",
    errno.ENOENT: "gone",
}
"""What the operating system says of the register's file → kind of failure."""


@contextmanager
def explained(register: str) -> Iterator[None]:
    """Let no database error out: raise RegisterError or MachineError about the register named `register` instead."""
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig or error, register) from error
    except sqlite3.Error as error:
        raise explain(error, register) from error
    except OSError as error:
        raise explain(error, register) from error
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise MachineError(_no_driver(str(error))) from error


def is_locked(error: sqlite3.Error) -> bool:
    """Return whether somebody else holds the database just now, so that trying again makes sense."""
    return _kind(error) == _LOCKED


def explain(error: BaseException, register: str) -> LettersError:
    """Return the error of ours that says what `error` means for the user."""
    problem = _PROBLEMS.get(_kind(error), _OTHER)
    child = MachineError if problem in _OF_THE_MACHINE else RegisterError
    params = {"register": register, "detail": _detail(error)}
    return child(Problem(problem.code, problem.message, problem.remedy, params=params))


def _detail(error: BaseException) -> str:
    """Return what the database or the machine says, for those messages that leave something to say."""
    return reason_of(error) if isinstance(error, OSError) else str(error).strip() or type(error).__name__


def _kind(error: BaseException) -> str:
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0, "disk")
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0)
        return _SQLITE_EXTENDED.get(code, _SQLITE.get(code & 0xFF, ""))
    state = getattr(error, "sqlstate", "")
    return _unconnected(str(error)) if state is None else _POSTGRESQL.get(state, "")


def _unconnected(text: str) -> str:
    """Return why there is no connection: the driver has no code for that, so the text must do, where it is English."""
    return next((kind for pattern, kind in _REFUSALS if re.search(pattern, text)), "unreachable")


def _no_driver(detail: str) -> Problem:
    return Problem(
        "register.driver",
        N_("This installation cannot speak to the database of the register ({detail})."),
        N_("Install the driver: pip install 'psycopg[binary]'."),
        params={"detail": detail},
    )


_OTHER = Problem(
    "register.failed",
    N_("The register {register} failed ({detail}). Nothing was changed."),
    N_("Run the command again; if it fails again, restore the register from a backup or ask for help."),
)
_READ_ONLY = Problem(
    "register.read-only",
    N_("The register {register} cannot be written. No number was taken."),
    N_("Allow this user to write the file and its folder, or move the register to where it can be written."),
)
_FULL = Problem(
    "register.full",
    N_("The disk of the register {register} is full. No number was taken."),
    N_("Free some space and run the command again."),
)
_DISK = Problem(
    "register.disk",
    N_("The disk of the register {register} fails ({detail}). No number was taken."),
    N_("Check the disk and the space on it, make a copy of the register, and run the command again."),
)
_OF_THE_MACHINE = (_READ_ONLY, _FULL, _DISK)
_PROBLEMS = {
    _LOCKED: Problem(
        "register.locked",
        N_("Another program has held the register {register} for too long. No number was taken."),
        N_("Close programs that have it open (a database viewer, another batch) and run the command again."),
    ),
    "damaged": Problem(
        "register.damaged",
        N_("The register {register} is damaged, or is no register."),
        N_("Keep it under another name, then restore the last backup and compare it with the letters issued since."),
    ),
    "read-only": _READ_ONLY,
    "full": _FULL,
    "disk": _DISK,
    "cannot-open": Problem(
        "register.cannot-open",
        N_("The register {register} cannot be opened."),
        N_("Check that its folder exists, that this user may write there, and that its disk is connected."),
    ),
    "gone": Problem(
        "register.gone",
        N_("The register {register} was moved, replaced or deleted while it was in use. Nothing was changed."),
        N_("Put the file back, or correct its path, and run the command again."),
    ),
    "taken": Problem(
        "register.number-taken",
        N_("The register {register} already has a letter with this number. No number was taken."),
        N_("Two patterns of one series print the same text, or the count was changed by hand: correct it first."),
    ),
    "protected": Problem(
        "register.protected",
        N_("The register {register} refuses the change ({detail})."),
        N_("What is in the register stays: make a letter void and write a new one instead."),
    ),
    "password": Problem(
        "register.password",
        N_("The database of the register {register} refuses this user or password."),
        N_("Check the user in the address of the register, and the password in the environment."),
    ),
    "no-database": Problem(
        "register.no-database",
        N_("The database of the register {register} does not exist."),
        N_("Ask whoever keeps the database server to create it, or correct the address."),
    ),
    "unreachable": Problem(
        "register.unreachable",
        N_("The database of the register {register} cannot be reached, or the connection broke ({detail})."),
        N_("Check network and server, and run the command again: what was not finished is finished then."),
    ),
}


def gone(register: str) -> RegisterError:
    """Return the error that the register's file is no longer the one that was opened."""
    problem = _PROBLEMS["gone"]
    return RegisterError(Problem(problem.code, problem.message, problem.remedy, params={"register": register}))
