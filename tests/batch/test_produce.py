"""Tasks → bytes in order, by processes that are renewed; letters marked together, whatever ends the run."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any

import pytest

from letters import files
from letters.batch import produce
from letters.batch.archive import Archive
from letters.batch.findings import BatchError
from letters.batch.issue import _marked, kept_job, make_letters
from letters.batch.out import write_letter
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


def states(office: Path) -> list[str]:
    return [letter["state"] for letter in run("--json", "register", "list", folder=office).json["letters"]]


def assert_whole(office: Path) -> None:
    """Check that every letter that is marked has its files, and that nothing else is left."""
    verified = run("--json", "register", "verify", folder=office)
    assert (verified.code, verified.json.get("notices")) == (0, [])
    assert not list(office.rglob(".letters-*"))


@pytest.mark.parametrize("at_most", [3, 64], ids=["within-a-letter", "between-letters"])
def test_letters_whose_files_did_not_reach_the_disk_are_not_marked_though_it_works_again(
    office: Path, monkeypatch: pytest.MonkeyPatch, at_most: int
) -> None:
    """A system that could not bring a file to disk may say at the next try that it is there."""
    sync, synced = files.os.fsync, []

    def fails_once(descriptor: int) -> None:
        if not Path(f"/proc/self/fd/{descriptor}").is_dir():
            synced.append(descriptor)
            if len(synced) == CHUNK + 5:
                raise OSError(errno.EIO, "Input/output error")
        sync(descriptor)

    monkeypatch.setattr(files, "OPEN_AT_MOST", at_most)
    with monkeypatch.context() as patched:
        patched.setattr(files.os, "fsync", fails_once)
        assert issue(office, "--jobs", "1").code == 4

    assert states(office) == ["issued"] * CHUNK + ["reserved"] * (MANY - CHUNK)
    assert_whole(office)
    assert len(issue(office, "--jobs", "1").json["made"]) == MANY - CHUNK
    assert_whole(office)


def test_folder_of_files_that_were_there_already_is_synced_before_they_are_marked(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(files, "_sync_folder", fails)
        (office / "out/2024/uji").mkdir(parents=True)
        assert issue(office, "--to", "c000").code == 4
    assert (len(list((office / "out").rglob("*.docx"))), states(office)) == (1, ["reserved"])
    synced: list[Path] = []
    monkeypatch.setattr(files, "_sync_folder", synced.append)

    assert len(issue(office, "--to", "c000").json["made"]) == 1
    assert office / "out/2024/uji" in synced


def test_ctrl_c_at_any_line_marks_no_letter_without_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When each line is reached for the first time."""
    monkeypatch.setattr(produce, "SMALL", 0)
    watched = {make_letters.__code__, _marked.__code__, write_letter.__code__}
    watched |= {one.__code__ for one in vars(files.Writing).values() if callable(one)}
    reached: list[tuple[str, int]] = []

    def trace(stop_at: int) -> Any:
        def look(frame: FrameType, event: str, _: Any) -> Any:
            if event == "line" and frame.f_code in watched:
                held = signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
                reached.append((frame.f_code.co_name, frame.f_lineno))
                if not held and 0 < stop_at <= len(reached):
                    sys.settrace(None)
                    raise KeyboardInterrupt
            return look if frame.f_code in watched else None

        return look

    def interrupted(folder: Path, stop_at: int) -> int:
        reached.clear()
        sys.settrace(trace(stop_at))
        try:
            return issue(folder, "--jobs", "1", "--to", "c000", "--to", "c001").code
        finally:
            sys.settrace(None)

    assert interrupted(office_in(tmp_path / "semua"), 0) == 0
    lines = list(reached)
    moments = sorted({lines.index(line) + 1 for line in lines})
    assert len(moments) > 40
    for number in moments:
        office = office_in(tmp_path / str(number))
        code = interrupted(office, number)
        assert code in (0, 130), lines[number - 1]
        assert_whole(office)
        assert issue(office, "--jobs", "1", "--to", "c000", "--to", "c001").code == 0
        assert states(office) == ["issued"] * 2


def test_letter_the_register_holds_nothing_of_is_told(office: Path) -> None:
    from letters.cli.options import actor, now

    assert issue(office, "--to", "c000").code == 0
    with Register.open(office / "register.db", actor(), now) as register:
        (entry,) = register.find("uji|||").values()
        with pytest.raises(BatchError) as caught:
            kept_job(Archive(register), replace(entry, snapshot={}), ("docx",))
    assert [problem.code for problem in caught.value.problems] == ["batch.no-snapshot"]


def test_template_that_is_named_twice_makes_its_letters_once(office: Path) -> None:
    done = run("--json", "issue", "uji", "uji.md", *DAY, "--to", "c000", "--formats", "docx", folder=office)

    assert ([letter["key"] for letter in done.json["made"]], states(office)) == (["c000"], ["issued"])
