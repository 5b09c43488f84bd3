"""The register against a model a child could keep on paper, under every order of events hypothesis can think of."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from letters.errors import RegisterError
from letters.model.letter import State
from letters.register import Register, Request, reserving
from tests.register.making import ACTOR, assert_gapless, circular, file, letter, opened, pledge


class PowerCut(Exception):
    """Stands for whatever ends a program before it is done."""


@dataclass
class Line:
    """One line of the paper book."""

    series: str
    order: int | None
    state: State
    reason: str = ""


BATCHES = st.sampled_from(["a", "b"])
KEYS = st.lists(st.sampled_from("pqrstu"), min_size=1, max_size=4, unique=True)
KINDS = st.sampled_from(["surat", "edaran", ""])
STARTS = st.sampled_from([1, 1, 1, 3, 7])


class PaperBook(RuleBasedStateMachine):
    """Reserves, issues, voids, breaks off, opens again; the model does the same with a dict."""

    entries = Bundle("entries")

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.place = Path(self.folder.name) / "register.db"
        self.book: Register = opened(self.place)
        self.other: Register = opened(self.place)
        self.lines: dict[tuple[str, str], Line] = {}
        self.last: dict[str, int] = {}
        self.happened = 0

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.book.close()
            self.other.close()
            assert_gapless(self.place)
            self.folder.cleanup()

    @rule(target=entries, batch=BATCHES, keys=KEYS, series=KINDS, start=STARTS)
    def reserve(self, batch: str, keys: list[str], series: str, start: int) -> object:
        wanted = [self.request(batch, key, series, start) for key in keys]
        new = [request for request in wanted if (batch, request.key) not in self.lines]
        if series and new and start > self.last.get(series, start - 1) + 1:
            with pytest.raises(RegisterError, match="gap"):
                self.book.reserve(wanted)
            return multiple()
        got = self.book.reserve(wanted)
        for request in new:
            order = None
            if series:
                order = self.last[series] = self.last.get(series, start - 1) + 1
            self.lines[batch, request.key] = Line(series, order, State.RESERVED)
            self.happened += 1
        assert [entry.key for entry in got] == keys
        return multiple(*((batch, key) for key in keys))

    @rule(batch=BATCHES, keys=KEYS, series=KINDS)
    def break_off(self, batch: str, keys: list[str], series: str) -> None:
        """Everything was written, and then the power went before the commit."""
        wanted = [self.request(batch, key, series, 1) for key in keys]

        def run() -> None:
            with self.book._writing() as connection:
                reserving.reserve(connection, wanted, self.book._clock(), ACTOR)
                raise PowerCut

        with pytest.raises(PowerCut):
            run()

    @rule(entry=entries, paths=st.lists(st.sampled_from(["out/1.pdf", "out/1.docx"]), unique=True))
    def issue(self, entry: tuple[str, str], paths: list[str]) -> None:
        line, found = self.lines[entry], self.book.find(entry[0])[entry[1]]
        files = [file(path) for path in paths]
        if line.state is State.VOID:
            with pytest.raises(RegisterError, match="void"):
                self.book.issue(found.id, files)
            return
        added = set(paths) - {written.path for written in found.files}
        self.happened += bool(added) or line.state is State.RESERVED
        line.state = State.ISSUED
        self.book.issue(found.id, files)

    @rule(entry=entries, reason=st.sampled_from(["salah alamat", "ganda", " "]))
    def void(self, entry: tuple[str, str], reason: str) -> None:
        line, found = self.lines[entry], self.other.find(entry[0])[entry[1]]
        if not reason.strip() or (line.state is State.VOID and line.reason != reason):
            with pytest.raises(RegisterError):
                self.other.void(f"#{found.id}", reason)
            return
        self.happened += line.state is not State.VOID
        line.state, line.reason = State.VOID, reason
        self.other.void(found.number.text if found.number else f"#{found.id}", reason)

    @rule(entry=consumes(entries))
    def forget(self, entry: tuple[str, str]) -> None:
        """Let hypothesis turn to other letters."""

    @rule()
    def open_again(self) -> None:
        self.book.close()
        self.book, self.other = self.other, opened(self.place)

    @invariant()
    def book_and_model_say_the_same(self) -> None:
        if not hasattr(self, "book"):
            return
        found = {(entry.batch, entry.key): entry for entry in self.other.list()}
        said = {
            where: Line(
                entry.number.series if entry.number else "",
                entry.number.order if entry.number else None,
                entry.state,
                entry.void_reason,
            )
            for where, entry in found.items()
        }
        assert said == self.lines
        assert len(self.other.events()) == self.happened
        for series, last in self.last.items():
            assert self.book.preview_next(series, "2024") == last + 1

    @staticmethod
    def request(batch: str, key: str, series: str, start: int) -> Request:
        make = {"surat": letter, "edaran": circular, "": pledge}[series]
        return make(key, batch=batch, start=start)


TestPaperBook = PaperBook.TestCase
TestPaperBook.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # every example makes a register on the disk
)
