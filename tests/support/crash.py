"""Command, faults → what is left of an office after a crash, and whether every promise still holds."""

from __future__ import annotations

import hashlib
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from letters.batch.turn import LOCK
from letters.files import TEMPORARY_NAME
from letters.register import Actor, Register
from tests.support.workspace import RECIPIENTS, SETTINGS, TEMPLATE, make_workspace, tree

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "2024-09-24"
ACTOR = Actor("tester", "pc-1", "letters")
KILLED = -signal.SIGKILL
LONGEST_RUN = 60.0
"""Seconds after which a command counts as hanging."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong at the n-th call of something."""

    at: str
    """`sql`, `commit`, or a function: `module:name`, `module:Class.method`, `module:os.function`."""
    do: str = "kill"
    when: str = "before"
    """before, after, or half (of an os.write)."""
    nth: int = 1
    within: str = ""
    """Count only calls made inside this function."""
    errno: int = 0
    path: str = ""
    to: str = ""


@dataclass(frozen=True)
class End:
    """How a command ended."""

    code: int
    out: str
    err: str
    reached: tuple[str, ...]
    """The faults that happened, by their `at`."""

    def __str__(self) -> str:
        return f"exit {self.code}, reached {self.reached}\n{self.out}{self.err}"


class Running:
    """A command at work, in a session of its own."""

    def __init__(self, launcher: Launcher, process: int, notes: Path) -> None:
        self.process = process
        self._launcher = launcher
        self._notes = notes
        self._handle = os.pidfd_open(process)

    def reached(self) -> tuple[str, ...]:
        """Return the faults that happened so far."""
        report = self._notes / "report"
        return tuple(report.read_text(encoding="utf-8").split()) if report.exists() else ()

    def until_reached(self) -> bool:
        """Wait for a fault to happen; return whether one did before the command ended."""
        while not self.reached():
            if self.ended(0.0005):
                return bool(self.reached())
        return True

    def ended(self, seconds: float) -> bool:
        """Wait up to `seconds` for the end; return whether it came."""
        ready = select.poll()
        ready.register(self._handle, select.POLLIN)
        return bool(ready.poll(seconds * 1000))

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the command alone."""
        os.kill(self.process, number)  # it stays a zombie until `end` is asked for: never another's id

    def end(self) -> End:
        """Return how the command ended, waiting for it; hanging is a failure, its workers included."""
        in_time = self.ended(LONGEST_RUN)
        if not in_time:
            self.kill()
            self.ended(LONGEST_RUN)
        os.close(self._handle)
        code = self._launcher.end_of(self.process)
        said = [self._notes / name for name in ("out", "err")]  # not there yet when it was killed at its very start
        texts = [path.read_text(encoding="utf-8") if path.exists() else "" for path in said]
        end = End(code, *texts, self.reached())
        shutil.rmtree(self._notes)
        assert in_time, f"the command hangs: {end}"
        return end


class Launcher:
    """Starts the real command, quickly: see `crash_child`."""

    def __init__(self) -> None:
        self._notes = Path(tempfile.mkdtemp(prefix="letters-crash-"))
        self._lock = threading.Lock()
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.support.crash_child"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the server; commands still at work go on."""
        self._server.communicate()
        shutil.rmtree(self._notes)

    def start(
        self,
        *arguments: object,
        faults: Sequence[Fault] = (),
        broken: Sequence[str] = (),
        now: str = "",
        file_size: int = 0,
        user: int = 0,
    ) -> Running:
        """Start `letters` with `arguments`; messages in English."""
        notes = Path(tempfile.mkdtemp(dir=self._notes))
        if user:
            notes.parent.chmod(0o755)
            notes.chmod(0o777)
        order = {
            "arguments": ["--lang", "en", *map(str, arguments)],
            "faults": [asdict(fault) | {"report": str(notes / "report")} for fault in faults],
            "broken": list(broken),
            "now": now,
            "file_size": file_size,
            "user": user,
            "out": str(notes / "out"),
            "err": str(notes / "err"),
        }
        return Running(self, self._ask(order), notes)

    def end_of(self, process: int) -> int:
        """Return the exit code of a process that has ended; negative for a signal."""
        return self._ask({"end_of": process})

    def _ask(self, order: dict[str, Any]) -> int:
        assert self._server.stdin
        assert self._server.stdout
        with self._lock:
            self._server.stdin.write(json.dumps(order) + "\n")
            self._server.stdin.flush()
            return int(self._server.stdout.readline())


@contextmanager
def launcher() -> Iterator[Launcher]:
    """Give a launcher and end it."""
    started = Launcher()
    try:
        yield started
    finally:
        started.close()


# -- an office and its promises ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A letter as the register has it, read without the product's code."""

    order: int
    key: str
    template: str
    state: str
    files: dict[str, str]
    events: list[str]


@dataclass
class Office:
    """A small office's folder, and what its letters must be in the end."""

    launcher: Launcher
    folder: Path
    keys: list[str]
    formats: str = "docx"
    jobs: int = 1
    expected: dict[str, bytes] = field(default_factory=dict)
    """Path below out/ → bytes, as a run without crash makes them."""

    place: Path | None = None
    """The folder of the register, if it is not the office's own."""

    @property
    def register(self) -> Path:
        """The register's file."""
        return (self.place or self.folder) / "register.db"

    def arguments(self, template: str = "uji", day: str = DAY) -> list[object]:
        """Return the command that issues every letter of `template`."""
        choice = [template, *(["--date", day] if day else []), "--formats", self.formats, "--jobs", self.jobs]
        return ["-C", self.folder, "issue", *choice]

    def start(self, *faults: Fault, **options: Any) -> Running:
        """Start the command that issues every letter."""
        return self.launcher.start(*self.arguments(day="" if "now" in options else DAY), faults=faults, **options)

    def issue(self, *faults: Fault, **options: Any) -> End:
        """Run the command that issues every letter to its end."""
        return self.start(*faults, **options).end()

    def rows(self) -> list[Row]:
        """Return the register's letters by number, after looking at the database and its counts."""
        if not self.register.exists():
            return []
        with self._register_copy() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'letters'").fetchone():
                return []
            columns = "order_no, recipient_key, template, state, id FROM letters ORDER BY order_no"
            found = connection.execute(f"SELECT {columns}").fetchall()
            counts = connection.execute("SELECT start_no, last_no FROM counters").fetchall()
            assert [row[0] for row in found] == list(range(1, len(found) + 1)), "a gap or a double"
            assert counts in ([], [(1, len(found))]), "the count is not where the letters are"
            return [Row(*row, _files(connection, number), _events(connection, number)) for *row, number in found]

    @contextmanager
    def _register_copy(self) -> Iterator[sqlite3.Connection]:
        """Read a copy: the first to open the register itself after a crash must be the product."""
        with tempfile.TemporaryDirectory() as place:
            for name in (self.register.name, f"{self.register.name}-wal"):
                if (self.register.parent / name).exists():
                    shutil.copyfile(self.register.parent / name, Path(place) / name)
            with closing(sqlite3.connect(Path(place) / self.register.name)) as connection:
                yield connection

    def check_crashed(self) -> None:
        """Hold what a crash left to the promises, before anything is mended."""
        out = tree(self.folder / "out") if (self.folder / "out").exists() else {}
        letters = {path: data for path, data in out.items() if not is_left_over(Path(path).name)}
        for path, data in letters.items():
            assert data == self.expected.get(path), f"{path} is half, or no letter"
        rows = self.rows()
        assert [row.key for row in rows] in ([], self.keys), "numbers of a part of the batch"
        for row in rows:
            if row.state == "issued":
                self._check_files(row, letters)
        assert rows or not letters, "letters without numbers"

    def _check_files(self, row: Row, letters: dict[str, bytes]) -> None:
        assert sorted(path.rpartition(".")[2] for path in row.files) == sorted(self.formats.split(",")), row
        for path, digest in row.files.items():
            data = letters.get(path.removeprefix("out/"))
            assert data is not None, f"{path} is called issued, but is not there"
            assert hashlib.sha256(data).hexdigest() == digest, f"{path} is not what was noted"

    def check_done(self) -> None:
        """Hold a finished office to the promises: each recipient one letter, no gap, no double, nothing left over."""
        self.check_crashed()
        assert tree(self.folder / "out") == self.expected
        rows = self.rows()
        assert [(row.key, row.state, row.events) for row in rows] == [
            (key, "issued", ["reserved", "issued"]) for key in self.keys
        ]
        self.check_tidy()

    def check_tidy(self) -> None:
        """Check that the office's folder holds nothing besides what belongs there, and the register finds no fault."""
        found = sorted(path.name for folder in {self.folder, self.register.parent} for path in folder.iterdir())
        assert found == ["letters.toml", "out", "recipients.csv", "register.db", "templates"]
        with Register.open(self.register, ACTOR, datetime.now, create=False) as register:
            assert list(register.verify()) == []

    def recover(self) -> None:
        """Check what the crash left, run the same command again, and check that all is well."""
        self.check_crashed()
        again = self.issue()
        assert again.code == 0, again
        self.check_done()


def is_left_over(name: str) -> bool:
    """Return whether a run that was killed may leave a file with this name, for the next one to remove."""
    return name == LOCK or TEMPORARY_NAME.fullmatch(name) is not None


def _files(connection: sqlite3.Connection, letter: int) -> dict[str, str]:
    return dict(connection.execute("SELECT path, sha256 FROM files WHERE letter_id = ?", [letter]).fetchall())


def _events(connection: sqlite3.Connection, letter: int) -> list[str]:
    found = connection.execute("SELECT what FROM events WHERE letter_id = ? ORDER BY id", [letter])
    return [what for (what,) in found.fetchall()]


class Offices:
    """Makes offices whose letters are known, because the same ones were once made without a crash."""

    def __init__(self, launcher: Launcher, folder: Path) -> None:
        self.launcher = launcher
        self.folder = folder
        self._expected: dict[tuple[int, str], dict[str, bytes]] = {}
        self._lock = threading.Lock()
        self._count = 0

    def make(self, letters: int = 3, formats: str = "docx", jobs: int = 1, folder: Path | None = None) -> Office:
        """Return a new office with so many recipients that has issued nothing yet."""
        with self._lock:
            key = (letters, formats)
            if key not in self._expected:
                clean = self._write(letters, formats, 1, self.folder / f"clean-{letters}-{formats}")
                done = clean.issue()
                assert done.code == 0, done
                self._expected[key] = tree(clean.folder / "out")
            self._count += 1
            office = self._write(letters, formats, jobs, folder or self.folder / f"office-{self._count}")
            return replace(office, expected=self._expected[key])

    def _write(self, letters: int, formats: str, jobs: int, folder: Path) -> Office:
        keys = [f"camat-{number:02}" for number in range(letters, 0, -1)]  # the table's order is not the alphabet's
        rows = [f"{key};camat;Camat {key};;Kecamatan {key};;Kota {key};Saudara\n" for key in keys]
        header = RECIPIENTS.splitlines(keepends=True)[0]
        make_workspace(folder, settings=SETTINGS, recipients=header + "".join(rows), template=TEMPLATE)
        return Office(self.launcher, folder, keys, formats, jobs)


# -- many crashes ------------------------------------------------------------------------------------------


def every_nth(fault: Fault, attempt: Callable[[Fault], bool]) -> int:
    """Let `attempt` run with the fault at call 1, 2, 3 … until it says the fault was not reached; return how often."""
    reached = 0
    with ThreadPoolExecutor(2) as pool:
        for nth in count(1, 2):
            pair = list(pool.map(attempt, [replace(fault, nth=nth), replace(fault, nth=nth + 1)]))
            reached += sum(pair)
            if not all(pair):
                break
    assert reached, f"never reached: {fault}"
    return reached


RESERVE = "letters.register.book:Register.enter"
MOST_KILLS = 6


def kill_at_random(office: Office, dice: random.Random, broken: Sequence[str] = ()) -> int:
    """Run the command again and again, killed at random times, then to its end; return the number of kills."""
    kills = 0
    for _ in range(MOST_KILLS):
        late = dice.random() < 0.7  # most time goes by before the first number is taken, most danger comes after
        running = office.start(*([Fault(RESERVE, "tell")] if late else []), broken=broken)
        delay = dice.uniform(0, 0.08) if late and running.until_reached() else dice.uniform(0, 0.35)
        time.sleep(delay)
        running.kill()
        if running.end().code != KILLED:
            break
        kills += 1
        office.check_crashed()
    office.recover()
    return kills


def processes_of(session: int) -> list[int]:
    """Return the living processes of a session."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            state, _parent, _group, theirs = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
        except (OSError, ValueError):
            continue
        if int(theirs) == session and state not in "ZX":
            found.append(int(entry.name))
    return found
