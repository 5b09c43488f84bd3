"""The power goes at any moment: what the register had promised by then is on the disk, and the book is whole."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy

from letters.errors import LettersError
from letters.register import Entry, Register, databases
from tests.register.making import block, booking, file, label, letter, opened, pledge
from tests.support.apsw_dbapi import Module
from tests.support.crashing_disk import Disk

CRASHES = 400
CONTROLS = 100
ROUNDS = 12
SMALL_JOURNAL = ("PRAGMA wal_autocheckpoint = 30",)
"""Folds the journal into the file often, so that the power also goes during that."""
UNSAFE = {"PRAGMA synchronous = FULL": "PRAGMA synchronous = NORMAL"}
"""What most guides advise for WAL; it does not sync the journal at a commit."""
ORDERS = "SELECT order_no FROM letters WHERE series = 'surat' AND suffix = '' ORDER BY order_no"
Promises = dict[int, str]


@dataclass
class Crash:
    """What a power cut at one moment would have left, and what had been promised by then."""

    at: int
    survivors: dict[str, bytes]
    promised: Promises


class Watch:
    """Takes down, at chosen operations of the disk, what would be left if the power went just then."""

    def __init__(self, points: Sequence[int] = ()) -> None:
        self.wanted = Counter(points)
        self.operations = 0
        self.promised: Promises = {}
        self.crashes: list[Crash] = []
        self.disk: Disk | None = None

    def __call__(self, operation: str, path: Path) -> None:
        self.operations += 1
        for number in range(self.wanted[self.operations]):
            assert self.disk
            survivors = self.disk.survivors(random.Random(f"{self.operations} {number}"))
            self.crashes.append(Crash(self.operations, survivors, dict(self.promised)))


NAMES = count()


@pytest.fixture
def base(tmp_path: Path) -> bytes:
    """A register with a few letters."""
    with opened(tmp_path / "register.db") as book:
        book.reserve(block(3))
    return (tmp_path / "register.db").read_bytes()


def on_disk(
    monkeypatch: pytest.MonkeyPatch, folder: Path, base: bytes, asked: Watch | Fault, swap: dict[str, str] | None = None
) -> Register:
    """Return the product's own register on a disk that asks `asked` before it does anything."""
    folder.mkdir()
    (folder / "register.db").write_bytes(base)
    name = f"disk-{next(NAMES)}"
    asked.disk = Disk(name, asked)
    module = Module(name, SMALL_JOURNAL, swap)
    monkeypatch.setattr(databases, "create_engine", lambda url, **options: engine_on(module, url, options))
    return opened(folder / "register.db")


def engine_on(module: Module, url: sqlalchemy.URL, options: dict[str, object]) -> sqlalchemy.Engine:
    return sqlalchemy.create_engine(url, module=module, **options)


def work(book: Register, promised: Promises) -> None:
    """Number, issue, book, void and insert; note what was promised when it was."""
    for number in range(ROUNDS):
        entries = book.reserve([*block(3, f"b{number}"), pledge(batch=f"b{number}")])
        promised |= {entry.id: "reserved" for entry in entries}
        book.issue_many({entry.id: [file(f"out/{entry.id}.pdf")] for entry in entries[:2]})
        promised |= {entry.id: "issued" for entry in entries[:2]}
        (booked,) = book.book(booking(1))
        promised[booked.id] = "booked"
        inserted = book.insert(label(2), "angka", letter(f"s{number}")).entry
        promised[inserted.id] = "reserved"
        book.void(f"#{entries[2].id}", "salah")
        promised[entries[2].id] = "void"


def faults(path: Path, promised: Promises) -> list[str]:
    """Return what is wrong with the surviving register, seen with plain SQL."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
            states = dict(connection.execute("SELECT id, state FROM letters"))
            orders = [row[0] for row in connection.execute(ORDERS)]
            last = connection.execute("SELECT last_no FROM counters").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    found = [] if whole == "ok" else [whole]
    found += [] if orders == list(range(1, last + 1)) else [f"numbers {orders} up to {last}"]
    later = {"booked": {"booked"}, "reserved": {"reserved", "issued", "void"}, "issued": {"issued"}, "void": {"void"}}
    return found + [f"#{one}: {state}" for one, state in promised.items() if states.get(one) not in later[state]]


def crashes(
    monkeypatch: pytest.MonkeyPatch, folder: Path, base: bytes, wanted: int, swap: dict[str, str] | None = None
) -> list[Crash]:
    """Work on such a disk, and return what each of `wanted` power cuts, at any moment, would have left."""
    folder.mkdir()
    whole = watched(monkeypatch, folder / "first", base, Watch(), swap)
    points = random.Random(20241127).choices(range(1, whole.operations), k=wanted)
    return watched(monkeypatch, folder / "second", base, Watch(points), swap).crashes


def watched(
    monkeypatch: pytest.MonkeyPatch, folder: Path, base: bytes, watch: Watch, swap: dict[str, str] | None
) -> Watch:
    with on_disk(monkeypatch, folder, base, watch, swap) as book:
        work(book, watch.promised)
    monkeypatch.undo()
    return watch


def put_back(crash: Crash, folder: Path) -> Path:
    """Write what was left into `folder`, as the next start of the machine finds it."""
    folder.mkdir()
    for name, content in crash.survivors.items():
        (folder / name).write_bytes(content)
    return folder / "register.db"


def test_power_cut_loses_no_promise_and_breaks_nothing(
    base: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = crashes(monkeypatch, tmp_path / "disk", base, CRASHES)
    assert len(found) == CRASHES
    for number, crash in enumerate(found):
        left = put_back(crash, tmp_path / str(number))
        assert faults(left, crash.promised) == [], crash.at
        if not number % 40:
            with opened(left) as book:
                three_letters(book)
                assert book.verify() == []


def test_unsafe_setting_is_found_out_by_the_same_test(
    base: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = crashes(monkeypatch, tmp_path / "disk", base, CONTROLS, UNSAFE)
    bad = [
        crash.at
        for number, crash in enumerate(found)
        if faults(put_back(crash, tmp_path / str(number)), crash.promised)
    ]
    assert len(bad) > CONTROLS // 4


# -- one operation fails -------------------------------------------------------------------------------


class Fault:
    """Lets the n-th operation fail, once."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.disk: Disk | None = None

    def __call__(self, operation: str, path: Path) -> None:
        self.left -= 1
        if self.left == 0:
            raise OSError(f"{operation} failed")


def test_whichever_write_or_sync_fails_the_same_command_finishes_the_batch(
    base: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in count(1):
        fault, folder = Fault(at), tmp_path / str(at)
        with suppress(LettersError), on_disk(monkeypatch, folder, base, fault) as book:
            three_letters(book)
        monkeypatch.undo()
        with opened(folder / "register.db") as again:
            entries = three_letters(again)
            assert [entry.label for entry in entries] == [label(4), label(5), label(6)]
            assert again.verify() == []
            assert again.preview_next("surat", "2024") == 7
        if fault.left > 0:
            break  # nothing is left that could fail
    assert at > 30


def three_letters(book: Register) -> list[Entry]:
    entries = book.reserve(block(3, "tiga"))
    for entry in entries:
        book.issue_many({entry.id: [file(f"out/{entry.id}.pdf")]})
    return entries
