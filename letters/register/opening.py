"""Path or URL → engine on a register whose schema is the present one; a new register appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from letters.errors import N_, MachineError, Problem, RegisterError
from letters.register.databases import begin_read, begin_write, connect, encoding_of, one_at_a_time
from letters.register.failures import gone
from letters.register.filesystem import is_network
from letters.register.migrations import is_current, schema_version, upgrade
from letters.register.newfile import appearing, beside_of, remove


@dataclass(frozen=True, slots=True)
class Location:
    """Where a register is."""

    url: URL
    path: Path | None
    """The file, for SQLite."""

    @property
    def name(self) -> str:
        """What messages call it; never shows a password."""
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)

    def identity(self) -> tuple[int, int] | None:
        """Return what tells this file from another one of the same name; None for a database server.

        Raises RegisterError if there is no file any more: SQLite itself would go on writing into the deleted one.
        """
        if not self.path:
            return None
        try:
            found = self.path.stat()
        except OSError as error:
            raise gone(self.name) from error
        return found.st_dev, found.st_ino


def locate(url_or_path: str | Path, password: str = "") -> Location:
    """Return where `url_or_path` points: a file path, `sqlite:///…`, or `postgresql[+psycopg]://…`.

    `password` goes with a database server. Raises RegisterError for any other URL, and for one that holds a password.
    """
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return _file(Path(url_or_path))
    try:
        url = make_url(url_or_path)
    except (ArgumentError, ValueError) as error:
        raise RegisterError(_bad_url()) from error
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        return _file(Path(url.database))
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        if url.password is not None or "password" in url.query:
            raise RegisterError(_password_in_url())
        return Location(url.set(drivername="postgresql+psycopg", password=password or None), None)
    raise RegisterError(_bad_url())


def open_engine(
    location: Location,
    clock: Callable[[], datetime],
    program: str,
    patience: float,
    filesystem: Callable[[Path], str],
    create: bool,
) -> Engine:
    """Return an engine on the register at `location`, made if there is none and `create`, brought up to date.

    Raises RegisterError (network file system, newer schema, damaged, locked, no folder) and MachineError.
    """
    if location.path:
        _check_file(location.path, location.path.parent, filesystem)
        if location.path.exists():
            remove(beside_of(location.path))  # left by a run that was killed while it made the register
        else:
            _check_missing(location.path, create)
            _create_file(location.path, clock, program, patience)
    engine = connect(location.url, patience)
    try:
        if not create and not location.path:
            _check_begun(engine, location.name)
        _bring_up_to_date(engine, clock, program, patience)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _file(path: Path) -> Location:
    return Location(URL.create("sqlite", database=str(path)), path)


def _check_begun(engine: Engine, name: str) -> None:
    """Refuse a database in which no register was begun."""
    with engine.connect() as connection:
        begin_read(connection)
        if not schema_version(connection):
            raise RegisterError(_missing(name))


def _bring_up_to_date(engine: Engine, clock: Callable[[], datetime], program: str, patience: float) -> None:
    """Migrate if needed; the usual case asks for no lock at all."""
    with engine.connect() as connection:
        begin_read(connection)
        if encoding_of(connection) != "UTF8":
            raise RegisterError(_narrow(encoding_of(connection)))
        if is_current(connection):
            return
    with engine.connect() as connection:
        begin_write(connection, patience)
        one_at_a_time(connection)
        upgrade(connection, clock(), program)
        connection.commit()


def _create_file(path: Path, clock: Callable[[], datetime], program: str, patience: float) -> None:
    """Make an empty register, with a rollback journal: a WAL would have to move along with the file."""
    with appearing(path) as beside:
        engine = connect(_file(beside).url, patience, wal=False)
        try:
            _bring_up_to_date(engine, clock, program, patience)
        finally:
            engine.dispose()


# -- what is refused before SQLite is asked -----------------------------------------------------------


def _check_file(path: Path, folder: Path, filesystem: Callable[[Path], str]) -> None:
    if not folder.is_dir():
        raise RegisterError(_no_folder(path))
    if path.is_dir():
        raise RegisterError(_is_folder(path))
    kind = filesystem(folder)
    if is_network(kind):
        raise RegisterError(_network(path, kind))
    if path.exists() and path.stat().st_size == 0:
        raise RegisterError(_emptied(path))


def _check_missing(path: Path, create: bool) -> None:
    """Refuse to begin a new register where one has been: its numbers would be given again."""
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise RegisterError(_torn_apart(path, journal))
    if not create:
        raise RegisterError(_missing(path))
    if not os.access(path.parent, os.W_OK):
        raise MachineError(_folder_closed(path))


def _bad_url() -> Problem:
    return Problem(
        "register.url",
        N_("The address of the register is neither a file nor postgresql://user@host/database."),
        N_("Correct `url` under [register] in letters.toml, or leave it out to use the file register.db."),
    )


def _password_in_url() -> Problem:
    return Problem(
        "register.password-in-url",
        N_("The address of the register holds a password; letters.toml is no place for it."),
        N_("Take it out of `url`, give it in the environment variable {variable}, and have it changed."),
        params={"variable": "LETTERS_DB_PASSWORD"},
    )


def _narrow(encoding: str) -> Problem:
    return Problem(
        "register.encoding",
        N_("The database of the register has the encoding {encoding}, which does not hold every letter."),
        N_("Ask whoever keeps the database server for a database with the encoding UTF8."),
        params={"encoding": encoding},
    )


def _no_folder(path: Path) -> Problem:
    return Problem(
        "register.no-folder",
        N_("The folder of the register {register} does not exist."),
        N_("Check the path, and that the disk is connected."),
        params={"register": str(path)},
    )


def _is_folder(path: Path) -> Problem:
    return Problem(
        "register.is-folder",
        N_("{register} should be the register, but it is a folder."),
        N_("Give the path of the register's file."),
        params={"register": str(path)},
    )


def _network(path: Path, kind: str) -> Problem:
    return Problem(
        "register.network",
        N_("The register {register} lies on a network file system ({kind}), where two people could get one number."),
        N_("Keep the register on a disk of this machine, or share one through PostgreSQL (`url` under [register])."),
        params={"register": str(path), "kind": kind},
    )


def _emptied(path: Path) -> Problem:
    return Problem(
        "register.emptied",
        N_("The register {register} is an empty file: its content was lost."),
        N_("Delete the file, then restore the last backup, unless no letter was ever numbered with it."),
        params={"register": str(path)},
    )


def _torn_apart(path: Path, journal: Path) -> Problem:
    return Problem(
        "register.torn-apart",
        N_("The register {register} is gone, but its journal {journal} is still there."),
        N_("Put the register's file back beside its journal; both belong together."),
        params={"register": str(path), "journal": str(journal)},
    )


def _missing(path: Path | str) -> Problem:
    return Problem(
        "register.missing",
        N_("There is no register {register}."),
        N_("It is made with the first letter. If letters were numbered before: put it back or restore the backup."),
        params={"register": str(path)},
    )


def _folder_closed(path: Path) -> Problem:
    return Problem(
        "register.folder-closed",
        N_("The register {register} cannot be made: this user may not write in its folder."),
        N_("Allow writing there, or move the workspace to a folder of your own."),
        params={"register": str(path)},
    )
