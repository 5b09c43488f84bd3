"""The register of letters: requests → entries with numbers that are never lost, doubled or hidden."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection

from letters.errors import Problem, RegisterError
from letters.model.letter import LetterFile
from letters.register import (
    backup,
    booking,
    calendars,
    checking,
    contents,
    counting,
    dating,
    finding,
    inserting,
    life,
    outside,
    queries,
    renumbering,
    reserving,
    restoring,
    sending,
    verifying,
    versions,
)
from letters.register.calendars import CalendarChanges
from letters.register.entries import (
    Actor,
    Booking,
    Done,
    Entry,
    Event,
    Filter,
    Final,
    KeptFile,
    Request,
    Restored,
    Sending,
    SuffixKind,
    Version,
)
from letters.register.events import read_events
from letters.register.failures import explained
from letters.register.filesystem import filesystem_of
from letters.register.kept import kept_files, owners
from letters.register.numbering import Pattern
from letters.register.opening import locate, open_engine
from letters.register.transactions import Clock, Transactions

Entries: TypeAlias = list[Entry]
PATIENCE = 60.0
"""Seconds to wait for others who write; with eight writers the longest wait measured is far below one second."""


class Register(Transactions):
    """An open register. Every method is one transaction: done wholly, and on the disk, or not at all.

    All methods raise RegisterError (locked, damaged, gone, unreachable) and MachineError (full, read-only) besides
    what they say. One object may be used by several threads.
    """

    @classmethod
    def open(
        cls,
        url_or_path: str | Path,
        actor: Actor,
        clock: Clock,
        *,
        create: bool = True,
        password: str = "",
        patience: float = PATIENCE,
        filesystem: Callable[[Path], str] = filesystem_of,
    ) -> Register:
        """Return the register at a file path, `sqlite:///path` or `postgresql://user@host/database`.

        A file that is missing is made, unless `create` is false (say so to read, and once letters were numbered: an
        empty register would count from the start). `password` is that of the database server; an address that holds
        one is refused, as letters.toml is read by many. `patience` is in seconds; `filesystem` tells on what kind of
        file system a folder lies.
        Raises RegisterError: damaged, newer schema, network file system, locked, missing, not a register.
        """
        location = locate(url_or_path, password)
        with explained(location.name):
            engine = open_engine(location, clock, actor.program, patience, filesystem, create)
            return cls(engine, location, actor, clock, patience)

    # -- numbers ---------------------------------------------------------------------------------------

    def preview_next(self, series: str, period: str, start: int = 1) -> int:
        """Return the number the next letter would get now; takes nothing, so another one may get it first.

        Raises RegisterError where `reserve` would: `start` lies beyond what the count has reached.
        """
        with self._reading() as connection:
            stand = counting.standing(connection, (series, period))
        if stand is not None and start > stand.last + 1:
            raise RegisterError(counting.late_start((series, period), start, stand.last))
        return start if stand is None else stand.last + 1

    def backdated(self, requests: Sequence[Request]) -> list[Problem]:
        """Return a warning for each count in which a letter would be dated before one that is already issued.

        Ask before `reserve`; the other doors that number a letter return their warnings with it.
        """
        with self._reading() as connection:
            return dating.backdated(connection, requests)

    def reserve(self, requests: Sequence[Request], calendar: CalendarChanges = ()) -> Entries:
        """Return one entry per request, in order, taking the next numbers for those that have none yet.

        An entry is found again by (batch, key) and returned as it is, whatever else the request says: compare its
        snapshot to see what changed. `calendar` is what the office's calendar says otherwise than the usual one; an
        event keeps it where it changed since the last letters. Raises RegisterError (start beyond the count, number
        already there, key twice) and SettingsError (a code the pattern prints is missing); then no number was taken.
        """
        checking.check(requests)
        if not requests:
            return []
        with self._writing() as connection:
            self._enter(connection, requests, requests, calendar)
            found = reserving.existing(connection, requests)
        return [found[request.batch, request.key] for request in requests]

    def enter(self, requests: Iterable[Request], heads: Sequence[Request], calendar: CalendarChanges = ()) -> None:
        """Do what `reserve` does for requests that are asked for one by one, and return nothing.

        A large batch would fill the memory. `heads` are one request for each batch and count among `requests`, of
        letters that have no entry yet: what they name is held before the first number is taken. Of what is wrong with
        the requests, what some hundred of them show is told together.
        """
        checking.check(heads)
        if heads:
            with self._writing() as connection:
                self._enter(connection, requests, heads, calendar)

    def _enter(
        self,
        connection: Connection,
        requests: Iterable[Request],
        heads: Sequence[Request],
        calendar: CalendarChanges,
    ) -> None:
        calendars.keep_changes(connection, calendar, self._clock(), self._actor)
        reserving.reserve(connection, requests, heads, self._clock(), self._actor)

    def insert(self, after: str, kind: SuffixKind, request: Request) -> Done:
        """Return a letter under the next free `045.1` (angka) or `045.A` (huruf) after the number `after` (sisipan).

        Its date is its own; a warning tells if that does not lie between its neighbours'. The letter is found again
        by (batch, key). Raises RegisterError when there is no such number, the letter belongs to another count, or
        all suffixes are used; SettingsError as `reserve`.
        """
        checking.check([request])
        with self._writing() as connection:
            return inserting.insert(connection, after, kind, request, self._clock(), self._actor)

    def book(self, wanted: Booking) -> Entries:
        """Set numbers aside before there are letters for them (pesan), and return them; `Filter(state=…)` lists them.

        Recipient and subject of a booked entry are for whom and what for. Doing it again books further numbers.
        Raises RegisterError (start beyond the count, nobody named) and SettingsError as `reserve`.
        """
        checking.check_booking(wanted)
        with self._writing() as connection:
            return booking.book(connection, wanted, self._clock(), self._actor)

    def fill(self, number_text: str, request: Request) -> Done:
        """Give a booked number to the letter of `request`, and return it as reserved.

        Doing it again for the same (batch, key) changes nothing. Raises RegisterError when the number is unknown or
        not booked, when the letter would print another one, or already has a number; SettingsError as `reserve`.
        """
        checking.check([request])
        with self._writing() as connection:
            return booking.fill(connection, number_text, request, self._clock(), self._actor)

    def outside(self, number_text: str, request: Request, files: Sequence[LetterFile] = ()) -> Done:
        """Enter a letter that was made elsewhere with the number it bears, as issued.

        `request` names series, pattern, count, date, recipient and subject; batch, key and snapshot do not matter,
        and codes are read from the number. The number must be the next one of its count, or fill a place that was
        left: booked, below the first number (`mulai`), inserted. Doing it again changes nothing. Raises RegisterError
        for a number that cannot be read, disagrees with the date, is taken, or would leave a gap.
        """
        checking.check([request], codes=False)
        checking.check_text("number", number_text)
        with self._writing() as connection:
            return outside.record(connection, number_text, request, files, self._clock(), self._actor)

    def renumber(self, finals: Sequence[Final]) -> Entries:
        """Give letters the final numbers (and dates) that another system assigned, in one go; return them, in order.

        Both numbers stay findable, and the provisional one stays taken. A letter with files becomes reserved again,
        in a new version with the same contents: make its files anew and issue it. Numbers may be exchanged. Doing it
        again changes nothing. Raises RegisterError for a letter that is void, booked or unnumbered, and for a number
        that is taken, disagrees with the date, or would be reached by the count later.
        """
        if not finals:
            return []
        with self._writing() as connection:
            return renumbering.renumber(connection, finals, self._clock(), self._actor)

    # -- life ------------------------------------------------------------------------------------------

    def issue_many(self, written: Mapping[int, Sequence[LetterFile]]) -> None:
        """Note that letters are out: entry id → its files. Files noted before stay, further ones are added.

        Call it when the files are safely on the disk. Repeating it changes nothing. Raises RegisterError with every
        entry that is unknown, void, only booked, or issued with other contents in the same path; then none is noted.
        """
        if written:
            with self._writing() as connection:
                life.issue(connection, written, self._clock(), self._actor)

    def void(self, number_text: str, reason: str) -> Entry:
        """Make a letter or a booking void (batal) by its number or `#id`; row, number and reason stay for ever."""
        with self._writing() as connection:
            return life.void(connection, number_text, reason, self._clock(), self._actor)

    def sent(self, number_text: str, how: Sending) -> Done:
        """Note when, how and through whom a letter was sent; what `how` leaves open stays as it was known.

        Saying it again changes nothing. A warning tells of a day before the letter's own. Raises
        RegisterError for an unknown number, or one that is only booked.
        """
        with self._writing() as connection:
            return sending.note(connection, number_text, how, self._clock(), self._actor)

    def new_version(self, entry_id: int, request: Request, reason: str) -> Entry:
        """Give a letter other contents under its number, and return it as reserved, to be made and issued anew.

        The version before stays with its snapshot and its files. `request` must have the letter's date; its batch
        and key do not matter. Nothing changes if it says what the letter says already. Raises RegisterError for an
        unknown, void, booked or outside letter, a blank reason, or contents that would print another number.
        """
        checking.check([request])
        with self._writing() as connection:
            return versions.new_version(connection, entry_id, request, reason, self._clock(), self._actor)

    def keep(self, texts: Iterable[str]) -> Sequence[str]:
        """Keep texts that letters are made of, each once, and return the SHA-256 that a snapshot names them by."""
        with self._writing() as connection:
            return contents.keep(connection, texts, self._clock())

    # -- looking ---------------------------------------------------------------------------------------

    def find(self, batch: str, keys: Collection[str] | None = None) -> dict[str, Entry]:
        """Return what the batch already has, by recipient key, snapshots included; with `keys` only of these."""
        with self._reading() as connection:
            return {entry.key: entry for entry in queries.of_batch(connection, batch, keys)}

    def of_batch(self, batch: str) -> Iterator[Entry]:
        """Yield what the batch already has, without snapshots, in the order it was entered.

        No transaction is held between some hundred of them, so the caller may take its time.
        """
        last: int | None = 0
        while last is not None:
            with self._reading() as connection:
                found = queries.following(connection, batch, last)
            yield from found
            last = found[-1].id if found else None

    def show(self, number_text: str, *, whole: bool = False) -> Entry:
        """Return the letter with this number, present or former, in any case and with any blanks, or with this `#id`.

        `whole` refuses a running number alone. Raises RegisterError if there is none (naming near ones) or several.
        """
        with self._reading() as connection:
            return finding.one(connection, number_text, whole=whole)

    def kept(self, sha256: str) -> str:
        """Return a text that was kept; raises RegisterError if the register does not hold it."""
        with self._reading() as connection:
            return contents.kept(connection, sha256)

    def list(self, wanted: Filter | None = None) -> Entries:
        """Return the entries that `wanted` describes, in the order of their numbers, without their snapshots."""
        with self._reading() as connection:
            return finding.listed(connection, wanted or Filter())

    def events(self, entry_id: int | None = None) -> Sequence[Event]:
        """Return what happened to one entry, or to the whole register, oldest first."""
        with self._reading() as connection:
            return read_events(connection, entry_id)

    def calendar_changes(self) -> Sequence[Event]:
        """Return the events that keep what offices' calendars said otherwise, oldest first."""
        with self._reading() as connection:
            return calendars.read_changes(connection)

    def sendings(self, entry_id: int | None = None) -> dict[int, Sending]:
        """Return what is known of the sending of one letter, or of every letter of which something is, by id."""
        with self._reading() as connection:
            return sending.read(connection, entry_id)

    def versions(self, entry_id: int) -> Sequence[Version]:
        """Return every version of a letter, the first one first, each with its snapshot, recipients and files."""
        with self._reading() as connection:
            return versions.read_versions(connection, entry_id)

    def owners(self, paths: Iterable[str]) -> dict[str, frozenset[int]]:
        """Return the ids of the entries that have a file at each of `paths`, in any version."""
        with self._reading() as connection:
            return owners(connection, paths)

    def files(self) -> Iterator[KeptFile]:
        """Yield every file the register knows of, of all versions, to be compared with the disk.

        No transaction is held between the answers, so the caller may take its time.
        """
        last: int | None = 0
        while last is not None:
            with self._reading() as connection:
                found, last = kept_files(connection, last)
            yield from found

    def verify(self, patterns: Mapping[str, Pattern] | None = None) -> Sequence[Problem]:
        """Return what is wrong with the whole book: gaps, doubles, states, events against rows, missing guards.

        With the `patterns` of the series, what the numbers print is compared too. Files on the disk are not looked
        at: see `files`.
        """
        with self._reading() as connection:
            return verifying.verify(connection, self._location.name, patterns or {})

    # -- copies ----------------------------------------------------------------------------------------

    def backup(self, path: Path) -> None:
        """Write a copy of the register as of one moment to the new file `path`, while it is in use.

        The copy is an SQLite register by itself, whichever database this one is in. Raises RegisterError if `path`
        exists, or the register is damaged.
        """
        with explained(str(path)):
            self._check_in_place()
            backup.backup(self._engine, path, self._clock, self._actor.program)

    def restore(self, path: Path, aside: Path, *, force: bool = False) -> Restored:
        """Put the backup `path` in the place of this register's content, in one transaction.

        What was there is kept in the new file `aside`, unless there was nothing. Raises RegisterError if `path` is no
        sound register, and, without `force`, if this register holds letters or events that the backup lacks: their
        numbers would be given again.
        """
        with explained(self._location.name):
            self._check_in_place()
            kept = restoring.Keeping(self._engine, self._patience, self._clock, self._actor, aside)
            return restoring.restore(kept, path, force)
