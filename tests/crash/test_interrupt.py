"""Ctrl-C in the middle of a batch: one sentence, exit code 130, nobody left behind, and the next run goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crash.test_kill_at_random import MANY, all_gone
from tests.support.crash import RESERVE, ROOT, End, Fault, Offices, every_nth, processes_of

MARK = "letters.register.book:Register.issue_many"
POINTS = {
    "before-reserve": Fault(RESERVE, "interrupt"),
    "inside-the-reserve-transaction": Fault("sql", "interrupt", within=RESERVE),
    "after-the-reserve-commit": Fault("commit", "interrupt", "after", within=RESERVE),
    "file-half-written": Fault("letters.files:os.write", "interrupt", "half"),
    "file-renamed": Fault("letters.files:os.replace", "interrupt", "after"),
    "before-mark": Fault(MARK, "interrupt"),
    "after-the-mark-commit": Fault("commit", "interrupt", "after", within=MARK),
}


@pytest.mark.parametrize("name", POINTS)
def test_next_run_goes_on_after_ctrl_c(offices: Offices, name: str) -> None:
    def interrupted_and_completed(fault: Fault) -> bool:
        office = offices.make()
        end = office.issue(fault)
        if not end.reached:
            assert end.code == 0, end
            return False
        assert_interrupted(end)
        assert not list(office.folder.rglob(".letters-*")), "a temporary file stays behind"
        office.recover()
        return True

    every_nth(POINTS[name], interrupted_and_completed)


@pytest.mark.parametrize("point", [Fault(MARK, "interrupt-all"), Fault(RESERVE, "interrupt-all", "after")])
def test_workers_end_without_a_word_after_ctrl_c(offices: Offices, point: Fault) -> None:
    """A terminal sends Ctrl-C to the command and to its workers alike."""
    office = offices.make(MANY, jobs=2)
    running = office.start(point)
    end = running.end()

    assert_interrupted(end)
    assert all_gone(running.process), "a worker outlives the command"
    office.recover()


def test_workers_end_without_a_word_after_ctrl_c_at_random_times(offices: Offices) -> None:
    dice = random.Random(20240929)
    office = offices.make(MANY, jobs=2)
    for _ in range(3):
        running = office.start(Fault(RESERVE, "tell"))
        if not running.until_reached():
            break
        time.sleep(dice.uniform(0, 0.9))  # workers that are being started, that load, that work
        os.killpg(running.process, signal.SIGINT)
        end = running.end()
        assert end.code in (0, 130), end
        if end.code:
            assert_interrupted(end)
        assert all_gone(running.process), "a worker outlives the command"
        office.check_crashed()
    office.recover()


def test_command_started_from_a_shell_ends_with_130_on_ctrl_c(offices: Offices, tmp_path: Path) -> None:
    """The same without the launcher, interrupted once its workers begin: some library may swallow it while it loads."""
    office = offices.make(MANY, jobs=2)
    command = [sys.executable, "-m", "letters", "--lang", "en", *map(str, office.arguments())]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as process:
        while process.poll() is None and len(processes_of(process.pid)) < 2:
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert_interrupted(End(process.returncode, out, err, ()))
    assert all_gone(process.pid)
    office.recover()


def test_command_says_so_when_a_worker_is_killed(offices: Offices) -> None:
    """As a system does that runs out of memory."""
    office = offices.make(MANY, jobs=2)
    running = office.start(Fault(RESERVE, "tell", "after"))
    assert running.until_reached()
    workers: list[int] = []
    while len(workers) < 2:
        workers = [process for process in processes_of(running.process) if is_worker(process)]
    os.kill(workers[0], signal.SIGKILL)
    end = running.end()

    assert end.code == 4, end
    assert "A process that makes letters was ended by the system" in end.err
    assert "Traceback" not in end.err
    assert all_gone(running.process)
    office.recover()


def is_worker(process: int) -> bool:
    return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()


def assert_interrupted(end: End) -> None:
    """Check that the end was one sentence and the right code, without any noise."""
    assert end.code == 130, end
    *progress, said, remedy = (line.strip() for line in end.err.splitlines() if line)
    assert (said, remedy) == ("Error: Interrupted.", "→ Run the same command again to go on.")
    assert all(line.partition(":")[0] in ("Checking", "Numbers taken", "Making letters") for line in progress), end.err
    assert end.out == ""
