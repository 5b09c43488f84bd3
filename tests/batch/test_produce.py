"""Tasks → bytes in order, by processes that are renewed; letters marked together, whatever ends the run."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from letters.batch import produce
from letters.batch.produce import CHUNK, RENEWED, SMALL, SameProcess, Workers, cores, made_in_turns, make_executor
from letters.cli.output import Output
from letters.register import Register
from tests.support.cli import Run, run
from tests.support.workspace import make_workspace, tree

DAY = ("--date", "2024-09-24")
HEAD = "kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan\n"
MANY = SMALL + CHUNK + 3


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return office_in(tmp_path / "kantor")


def office_in(folder: Path) -> Path:
    rows = "".join(f"c{n:03};camat;Camat {n};;Kecamatan {n};;Kota {n};Saudara\n" for n in range(MANY))
    return make_workspace(folder, recipients=HEAD + rows)


def issue(office: Path, *more: str) -> Run:
    return run("--json", "issue", "uji", *DAY, "--formats", "docx", *more, folder=office)


@pytest.fixture
def marks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many letters were marked in each transaction."""
    found: list[int] = []
    mark = Register.issue_many

    def marked(self: Register, written: Any) -> None:
        found.append(len(written))
        mark(self, written)

    monkeypatch.setattr(Register, "issue_many", marked)
    return found


def test_letters_of_a_large_batch_are_marked_together(office: Path, marks: list[int]) -> None:
    assert issue(office, "--jobs", "1").code == 0
    assert marks == [CHUNK, CHUNK, MANY - 2 * CHUNK]


def test_letters_of_a_small_batch_are_marked_one_by_one(office: Path, marks: list[int]) -> None:
    assert issue(office, "--jobs", "1", "--to", "c000", "--to", "c001").code == 0
    assert marks == [1, 1]


def test_letters_written_whole_are_marked_whatever_ends_the_run(
    office: Path, marks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.batch import issue as module

    write, written = module.write_letter, []

    def fails(*arguments: Any) -> Any:
        if len(written) == CHUNK + 2:
            raise KeyboardInterrupt
        written.append(1)
        return write(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(module, "write_letter", fails)
        assert issue(office, "--jobs", "1").code == 130

    assert marks == [CHUNK, 2]
    states = [one["state"] for one in run("--json", "register", "list", folder=office).json["letters"]]
    assert states == ["issued"] * (CHUNK + 2) + ["reserved"] * (MANY - CHUNK - 2)
    assert len(issue(office).json["made"]) == MANY - CHUNK - 2


def test_processes_are_renewed_and_the_order_stays(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Counted(Workers):
        def __init__(self, count: int) -> None:
            started.append(count)
            super().__init__(count)

    monkeypatch.setattr(produce, "Workers", Counted)
    monkeypatch.setattr(produce, "RENEWED", CHUNK)
    monkeypatch.setattr(produce, "SMALL", 0)
    alone = office_in(tmp_path / "lain")

    assert [letter["key"] for letter in issue(office, "--jobs", "2").json["made"]] == [f"c{n:03}" for n in range(MANY)]

    assert started == [2, 1]
    monkeypatch.undo()
    assert issue(alone, "--jobs", "1").code == 0
    assert tree(office / "out") == tree(alone / "out")


def test_work_of_a_large_batch_is_asked_for_only_as_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(produce, "make", lambda task: [{"docx": b""} for _ in task.copies])

    def work() -> Iterator[Any]:
        for number in range(1000):
            asked.append(number)
            yield SimpleNamespace(look="rupa", formats=("docx",), keys=(str(number),), copies=(None,))

    ahead = []
    for done, (job, copies) in enumerate(produce.produce(work(), 1000, jobs=1)):
        assert [key for key, _ in copies] == [str(done)] == list(job.keys)
        ahead.append(len(asked) - done)

    assert len(ahead) == 1000
    assert max(ahead) <= 6 * CHUNK


def test_nothing_is_begun_for_no_letters() -> None:
    assert list(made_in_turns(iter(()), 0, 2, "")) == []


def test_large_batch_of_one_process_gives_memory_back_too() -> None:
    assert isinstance(make_executor(RENEWED, 1), SameProcess)
    with make_executor(RENEWED + 1, 1) as executor:
        assert isinstance(executor, Workers)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system has no affinity")
def test_processes_are_counted_by_what_this_one_may_use() -> None:
    code = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    code += "from letters.batch.produce import cores; print(cores())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
    assert cores() == len(os.sched_getaffinity(0))


def test_log_tells_pace_and_time_left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 5.0, 11.0, 12.0, 30.0])
    monkeypatch.setattr("letters.cli.output.time.monotonic", lambda: next(clock))
    output = Output("en")
    for done in (0, 50, 110, 120, 300):
        output.progress("produce", done, 300)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["Making letters: 110/300, 10.0 per second, 19 s left", "Making letters: 300/300"]


def test_ctrl_c_that_python_drops_still_ends_the_run(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raised in the call-back of a weak reference, it is only printed: the next step of the run notices."""
    from letters.batch import issue as module

    ensure = module.ensure_writable

    def dropped(folder: Path) -> None:
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        ensure(folder)

    monkeypatch.setattr(module, "ensure_writable", dropped)

    assert issue(office, "--jobs", "1").code == 130
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
