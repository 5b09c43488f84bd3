"""The register against a model a child could keep on paper, under every order of events hypothesis can think of."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from letters.errors import LettersError, RegisterError
from letters.model.letter import State
from letters.register import Done, Final, Register, Request, reserving
from letters.register.entries import OUTSIDE, SuffixKind
from letters.register.inserting import _suffixes
from tests.register.breaking import breaking
from tests.register.making import (
    ACTOR,
    EDARAN,
    LETTER,
    SURAT,
    assert_gapless,
    booking,
    circular,
    file,
    letter,
    opened,
    pledge,
)
from tests.register.test_outside import found


class PowerCut(Exception):
    """Stands for whatever ends a program before it is done."""


@dataclass
class Line:
    """One line of the paper book."""

    batch: str
    key: str
    series: str
    order: int | None
    suffix: str = ""
    label: str = ""
    state: State = State.RESERVED
    reason: str = ""
    version: int = 1
    subject: str = LETTER.subject
    files: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.order is not None and not self.label:
            pattern = SURAT if self.series == "surat" else EDARAN
            self.label = pattern.format(self.order, LETTER.day, LETTER.parts, self.suffix)

    @property
    def is_live(self) -> bool:
        return self.state not in (State.VOID, State.BOOKED)


BATCHES = st.sampled_from(["a", "b"])
KEYS = st.sampled_from("pqrstu")
KINDS = st.sampled_from(["surat", "surat", "edaran", ""])
STARTS = st.sampled_from([1, 1, 1, 3, 7])
PICK = st.integers(0, 99)
FINALS = st.sampled_from(["X-1", "X-2", ""])
"""Numbers of an e-office; empty = the number of another letter."""


class PaperBook(RuleBasedStateMachine):
    """Does to the register what offices do, and the same to a list of lines; breaks off, opens again."""

    new_place: Callable[[], AbstractContextManager[str]]

    @initialize()
    def begin(self) -> None:
        self.kept = self.new_place()
        self.place = self.kept.__enter__()
        self.book: Register = opened(self.place)
        self.other: Register = opened(self.place)
        self.lines: dict[int, Line] = {}
        self.start: dict[str, int] = {}
        self.last: dict[str, int] = {}
        self.happened = 0

    def teardown(self) -> None:
        if hasattr(self, "kept"):
            patterns = {"surat": SURAT, "edaran": EDARAN}
            assert [problem for problem in self.book.verify(patterns) if problem.severity == "error"] == []
            self.book.close()
            self.other.close()
            assert_gapless(self.place)
            self.kept.__exit__(None, None, None)

    # -- numbers ---------------------------------------------------------------------------------------

    @rule(batch=BATCHES, keys=st.lists(KEYS, min_size=1, max_size=4, unique=True), series=KINDS, start=STARTS)
    def reserve(self, batch: str, keys: list[str], series: str, start: int) -> None:
        wanted = [asked(batch, key, series, start) for key in keys]
        new = [key for key in keys if not self.line_of(batch, key)]
        if series and new and start > self.last.get(series, start - 1) + 1:
            with pytest.raises(RegisterError, match="gap"):
                self.book.reserve(wanted)
            return
        for entry in self.book.reserve(wanted):
            if entry.key in new:
                self.enter(entry.id, Line(batch, entry.key, series, self.next(series, start) if series else None))

    @rule(count=st.integers(1, 3), start=STARTS)
    def book_ahead(self, count: int, start: int) -> None:
        if start > self.last.get("surat", start - 1) + 1:
            with pytest.raises(RegisterError, match="gap"):
                self.book.book(booking(count, start=start))
            return
        for entry in self.book.book(booking(count, start=start)):
            order = self.next("surat", start)
            line = Line("#pesan", entry.key, "surat", order, state=State.BOOKED, subject=booking().purpose)
            self.enter(entry.id, line)

    @rule(pick=PICK, batch=BATCHES, key=KEYS)
    def fill(self, pick: int, batch: str, key: str) -> None:
        entry_id, line = self.pick(pick)
        there = self.line_of(batch, key)
        action = lambda: self.book.fill(f"#{entry_id}", asked(batch, key, "surat", 1))  # noqa: E731
        if not line:
            return
        if there and there is not line:
            self.refused(action)
        elif there:
            action()
        elif line.state is not State.BOOKED:
            self.refused(action)
        else:
            action()
            line.batch, line.key, line.state, line.subject = batch, key, State.RESERVED, LETTER.subject
            self.happened += 1

    @rule(pick=PICK, kind=st.sampled_from(["angka", "huruf"]), batch=BATCHES, key=KEYS)
    def insert(self, pick: int, kind: SuffixKind, batch: str, key: str) -> None:
        entry_id, base = self.pick(pick)
        if not base:
            return
        action = lambda: self.book.insert(f"#{entry_id}", kind, asked(batch, key, "surat", 1))  # noqa: E731
        if there := self.line_of(batch, key):
            assert self.lines[done(action()).entry.id] is there
        elif base.series != "surat":
            self.refused(action)
        else:
            used = {line.suffix for line in self.lines.values() if (line.series, line.order) == ("surat", base.order)}
            suffix = next(one for one in _suffixes(kind) if one not in used)
            self.enter(done(action()).entry.id, Line(batch, key, "surat", base.order, suffix))

    @rule(ahead=st.integers(-3, 2), start=STARTS)
    def outside(self, ahead: int, start: int) -> None:
        last = self.last.get("surat", start - 1)
        order = max(last + ahead, 1)
        there = [line for line in self.lines.values() if (line.series, line.order, line.suffix) == ("surat", order, "")]
        action = lambda: self.book.outside(SURAT.format(order, LETTER.day, LETTER.parts), found(start=start))  # noqa: E731
        same = bool(there) and there[0].batch == OUTSIDE and there[0].state is State.ISSUED
        if (there and not same and there[0].state is not State.BOOKED) or order > last + 1:
            self.refused(action)
            return
        entry = done(action()).entry
        if there and not same:
            self.happened += 1
            there[0].batch, there[0].key, there[0].state, there[0].subject = OUTSIDE, entry.key, State.ISSUED, "Rapat"
        elif not there:
            self.start.setdefault("surat", start)
            self.last["surat"] = max(last, order)
            self.enter(entry.id, Line(OUTSIDE, entry.key, "surat", order, state=State.ISSUED, subject="Rapat"))

    @rule(pick=PICK, text=FINALS, of=PICK)
    def renumber(self, pick: int, text: str, of: int) -> None:
        entry_id, line = self.pick(pick)
        text = text or (self.pick(of)[1] or Line("", "", "", None)).label
        bearer = next((one for one in self.lines.values() if one.label == text and one is not line), None)
        if not line or not text:
            return
        action = lambda: self.book.renumber([Final(f"#{entry_id}", text)])  # noqa: E731
        if not line.is_live or line.order is None or (bearer and bearer.state is not State.BOOKED):
            self.refused(action)
            return
        action()
        if line.label == text:
            return
        if bearer:
            bearer.state, bearer.reason = State.VOID, f"nomor akhir surat yang semula {line.label}"
        anew = line.batch != OUTSIDE and (line.files or line.state is State.ISSUED)
        self.happened += 1 + bool(bearer) + bool(anew)
        line.label = text
        if anew:
            line.version, line.state, line.files = line.version + 1, State.RESERVED, set()

    # -- life ------------------------------------------------------------------------------------------

    @rule(pick=PICK, paths=st.lists(st.sampled_from(["out/1.pdf", "out/1.docx"]), min_size=1, unique=True))
    def issue(self, pick: int, paths: list[str]) -> None:
        entry_id, line = self.pick(pick)
        if not line:
            return
        files = [file(path) for path in paths]
        if not line.is_live:
            self.refused(lambda: self.book.issue_many({entry_id: files}))
            return
        self.book.issue_many({entry_id: files})
        self.happened += bool(set(paths) - line.files) or line.state is State.RESERVED
        line.state = State.ISSUED
        line.files |= set(paths)

    @rule(pick=PICK, reason=st.sampled_from(["salah alamat", "ganda", " "]))
    def void(self, pick: int, reason: str) -> None:
        entry_id, line = self.pick(pick)
        if not line:
            return
        if not reason.strip() or (line.state is State.VOID and line.reason != reason):
            self.refused(lambda: self.other.void(f"#{entry_id}", reason))
            return
        self.other.void(f"#{entry_id}", reason)
        self.happened += line.state is not State.VOID
        line.state, line.reason = State.VOID, reason

    @rule(pick=PICK, subject=st.sampled_from(["Imbauan", LETTER.subject]))
    def new_version(self, pick: int, subject: str) -> None:
        entry_id, line = self.pick(pick)
        if not line:
            return
        request = asked(line.batch.replace("#", ""), line.key, line.series, 1, subject=subject)
        if not line.is_live or line.batch == OUTSIDE:
            self.refused(lambda: self.book.new_version(entry_id, request, "salah ketik"))
            return
        self.book.new_version(entry_id, request, "salah ketik")
        if line.subject != subject:
            line.subject, line.version, line.state, line.files = subject, line.version + 1, State.RESERVED, set()
            self.happened += 1

    # -- breaking off ----------------------------------------------------------------------------------

    @rule(batch=BATCHES, key=KEYS, series=KINDS)
    def break_off(self, batch: str, key: str, series: str) -> None:
        """Everything was written, and then the power went before the commit."""
        wanted = [asked(batch, key, series, 1)]

        def run() -> None:
            with self.book._writing() as connection:
                reserving.reserve(connection, wanted, wanted, self.book._clock(), ACTOR)
                raise PowerCut

        with pytest.raises(PowerCut):
            run()

    @rule(pick=PICK, at=st.integers(1, 12))
    def lose_the_line(self, pick: int, at: int) -> None:
        """The connection breaks amid a change; whether or not it came so far, doing it again would be harmless."""
        with breaking(self.book, at) as line:
            try:
                self.book.reserve([asked("putus", "x", "", 1)])
            except LettersError:
                return
        assert line.left > 0
        if not self.line_of("putus", "x"):
            self.enter(self.book.find("putus")["x"].id, Line("putus", "x", "", None))

    @rule()
    def open_again(self) -> None:
        self.book.close()
        self.book, self.other = self.other, opened(self.place)

    # -- the paper book --------------------------------------------------------------------------------

    @invariant()
    def book_and_model_say_the_same(self) -> None:
        if not hasattr(self, "kept"):
            return
        said = {
            entry.id: Line(
                entry.batch,
                entry.key,
                entry.number.series if entry.number else "",
                entry.number.order if entry.number else None,
                entry.suffix,
                entry.number.text if entry.number else "",
                entry.state,
                entry.void_reason,
                entry.version,
                entry.subject,
                {written.path for written in entry.files},
            )
            for entry in self.other.list()
        }
        assert said == self.lines
        assert len(self.other.events()) == self.happened
        for series, last in self.last.items():
            assert self.book.preview_next(series, "2024") == last + 1

    def enter(self, entry_id: int, line: Line) -> None:
        self.lines[entry_id] = line
        self.happened += 1

    def next(self, series: str, start: int) -> int:
        self.start.setdefault(series, start)
        self.last[series] = self.last.get(series, start - 1) + 1
        return self.last[series]

    def line_of(self, batch: str, key: str) -> Line | None:
        return next((line for line in self.lines.values() if (line.batch, line.key) == (batch, key)), None)

    def pick(self, number: int) -> tuple[int, Line | None]:
        ids = sorted(self.lines)
        return (ids[number % len(ids)], self.lines[ids[number % len(ids)]]) if ids else (0, None)

    def refused(self, action: Callable[[], object]) -> None:
        with pytest.raises(RegisterError):
            action()


def asked(batch: str, key: str, series: str, start: int, subject: str = LETTER.subject) -> Request:
    make = {"surat": letter, "edaran": circular, "": pledge}[series]
    return make(key, batch=batch, start=start, subject=subject)


def done(outcome: object) -> Done:
    assert isinstance(outcome, Done)
    return outcome


@contextmanager
def in_a_folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield str(Path(folder) / "register.db")


@contextmanager
def in_a_schema(request: pytest.FixtureRequest) -> Iterator[str]:
    server = request.getfixturevalue("postgresql")
    with server.schema() as schema:
        yield server.url(schema)


@pytest.mark.parametrize(("database", "examples"), [("sqlite", 20), ("postgresql", 10)])
def test_register_does_what_the_paper_book_does(request: pytest.FixtureRequest, database: str, examples: int) -> None:
    found: list[int] = []

    class OnThisDatabase(PaperBook):
        new_place = staticmethod(in_a_folder if database == "sqlite" else lambda: in_a_schema(request))

        def teardown(self) -> None:
            found.append(len(self.lines) if hasattr(self, "kept") else 0)
            super().teardown()

    if database == "postgresql":
        request.getfixturevalue("postgresql")
    given = settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],  # every example makes a register on the disk
    )
    run_state_machine_as_test(OnThisDatabase, settings=given)
    assert len(found) >= examples, "each example was looked at to its end"
    assert max(found) >= 3, "letters were entered in them"
