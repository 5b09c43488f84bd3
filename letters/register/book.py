"""The register of letters: requests → entries with numbers that are never lost, doubled or hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from sqlalchemy import Connection, Engine

from letters.errors import RegisterError
from letters.model.letter import LetterFile
from letters.register import life, queries, reserving
from letters.register.databases import begin_read, begin_write
from letters.register.entries import Actor, Entry, Event, Filter, Request
from letters.register.events import read_events
from letters.register.failures import explained, gone
from letters.register.filesystem import filesystem_of
from letters.register.opening import Location, locate, open_engine
from letters.register.schema import letters

Clock: TypeAlias = Callable[[], datetime]
Entries: TypeAlias = list[Entry]
PATIENCE = 60.0
"""Seconds to wait for others who write; with eight writers the longest wait measured is far below one second."""


class Register:
    """An open register. Every method is one transaction: done wholly, and on the disk, or not at all.

    All methods raise RegisterError (locked, damaged, gone, unreachable) and MachineError (full, read-only) besides
    what they say. One object may be used by several threads.
    """

    def __init__(self, engine: Engine, location: Location, actor: Actor, clock: Clock, patience: float) -> None:
        self._engine = engine
        self._location = location
        self._actor = actor
        self._clock = clock
        self._patience = patience
        self._identity = location.identity()

    @classmethod
    def open(
        cls,
        url_or_path: str | Path,
        actor: Actor,
        clock: Clock,
        *,
        create: bool = True,
        patience: float = PATIENCE,
        filesystem: Callable[[Path], str] = filesystem_of,
    ) -> Register:
        """Return the register at a file path, `sqlite:///path` or `postgresql://user:password@host/database`.

        A file that is missing is made, unless `create` is false (say so to read, and once letters were numbered: an
        empty register would count from the start). `patience` is in seconds; `filesystem` tells on what kind of file
        system a folder lies.
        Raises RegisterError: damaged, newer schema, network file system, locked, missing, not a register.
        """
        location = locate(url_or_path)
        with explained(location.name):
            engine = open_engine(location, clock, actor.program, patience, filesystem, create)
            return cls(engine, location, actor, clock, patience)

    def __enter__(self) -> Register:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back; the last one to close an SQLite register folds its journal into the file."""
        self._engine.dispose()

    def find(self, batch: str) -> dict[str, Entry]:
        """Return what the batch already has, by recipient key, snapshots included."""
        with self._reading() as connection:
            return {entry.key: entry for entry in queries.entries(connection, letters.c.batch == batch)}

    def preview_next(self, series: str, period: str, start: int = 1) -> int:
        """Return the number the next letter would get now; takes nothing, so another one may get it first.

        Raises RegisterError where `reserve` would: `start` lies beyond what the count has reached.
        """
        with self._reading() as connection:
            last = queries.last_number(connection, series, period)
        if last is not None and start > last + 1:
            raise RegisterError(reserving.late_start(series, period, start, last))
        return start if last is None else last + 1

    def reserve(self, requests: Sequence[Request]) -> Entries:
        """Return one entry per request, in order, taking the next numbers for those that have none yet.

        An entry is found again by (batch, key) and returned as it is, whatever else the request says: compare its
        snapshot to see what changed. Raises RegisterError (start beyond the count, number already there, key twice)
        and SettingsError (a code the pattern prints is missing); then no number was taken.
        """
        reserving.check(requests)
        if not requests:
            return []
        with self._writing() as connection:
            return reserving.reserve(connection, requests, self._clock(), self._actor)

    def issue(self, entry_id: int, files: Sequence[LetterFile]) -> None:
        """Note that a letter is out, with its files. See `issue_many`."""
        self.issue_many({entry_id: files})

    def issue_many(self, written: Mapping[int, Sequence[LetterFile]]) -> None:
        """Note that letters are out: entry id → its files. Files noted before stay, further ones are added.

        Call it when the files are safely on the disk. Repeating it changes nothing. Raises RegisterError with every
        entry that is unknown, void, or issued with other contents in the same path; then none is noted.
        """
        if written:
            with self._writing() as connection:
                life.issue(connection, written, self._clock(), self._actor)

    def void(self, number_text: str, reason: str) -> Entry:
        """Make a letter void (batal) by its number or `#id`, and return it; row, number and reason stay for ever."""
        with self._writing() as connection:
            return life.void(connection, number_text, reason, self._clock(), self._actor)

    def show(self, number_text: str) -> Entry:
        """Return the letter with this number, in any case and with any blanks, or with this `#id`.

        Raises RegisterError if there is none (naming near ones) or several.
        """
        with self._reading() as connection:
            return queries.one(connection, number_text)

    def list(self, wanted: Filter | None = None) -> Entries:
        """Return the entries that `wanted` describes, in the order of their numbers, without their snapshots."""
        with self._reading() as connection:
            return queries.listed(connection, wanted or Filter())

    def events(self, entry_id: int | None = None) -> Sequence[Event]:
        """Return what happened to one entry, or to the whole register, oldest first."""
        with self._reading() as connection:
            return read_events(connection, entry_id)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self._location.name), self._engine.connect() as connection:
            self._check_in_place()
            begin_read(connection)
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with explained(self._location.name), self._engine.connect() as connection:
            begin_write(connection, self._patience)
            yield connection
            self._check_in_place()
            connection.commit()

    def _check_in_place(self) -> None:
        """Refuse to go on with a file that was moved, replaced or deleted: what is written there would be lost."""
        if self._location.identity() != self._identity:
            raise gone(self._location.name)
