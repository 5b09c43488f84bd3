"""An open database of a register → transactions: one for each step, or one for several."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self, TypeAlias

from sqlalchemy import Connection, Engine

from letters.errors import LettersError
from letters.register.databases import begin_read, begin_write
from letters.register.entries import Actor
from letters.register.failures import explained, gone
from letters.register.opening import Location

Clock: TypeAlias = Callable[[], datetime]


class Transactions:
    """What every step on a register goes through."""

    def __init__(self, engine: Engine, location: Location, actor: Actor, clock: Clock, patience: float) -> None:
        self._engine = engine
        self._location = location
        self._actor = actor
        self._clock = clock
        self._patience = patience
        self._identity = location.identity()
        self._shared = threading.local()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database back; the last one to close an SQLite register folds its journal into the file."""
        self._engine.dispose()

    @property
    def actor(self) -> Actor:
        """Return who works on it."""
        return self._actor

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that this thread does inside: done wholly at the end, or not at all.

        A step that is refused leaves no trace, and others may follow it; raise to give all of it up.
        """
        with self._writing() as connection:
            self._shared.connection = connection
            try:
                yield
            finally:
                self._shared.connection = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if shared := self._within():
            yield shared
            return
        with explained(self._location.name), self._engine.connect() as connection:
            self._check_in_place()
            begin_read(connection)
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if shared := self._within():
            with explained(self._location.name), shared.begin_nested():
                yield shared
            return
        with explained(self._location.name), self._engine.connect() as connection:
            try:
                begin_write(connection, self._patience)
                yield connection
                self._check_in_place()
                connection.commit()
            except LettersError:
                raise  # nothing is wrong with the connection: leaving it rolls back
            except BaseException:
                connection.invalidate()  # a failed commit may have left its transaction open, and others locked out
                raise

    def _within(self) -> Connection | None:
        """Return the connection of the transaction this thread is `together` in."""
        return getattr(self._shared, "connection", None)

    def _check_in_place(self) -> None:
        """Refuse to go on with a file that was moved, replaced or deleted: what is written there would be lost."""
        if self._location.identity() != self._identity:
            raise gone(self._location.name)
