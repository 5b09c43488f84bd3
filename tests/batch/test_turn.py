"""One run at a time in a folder: the second waits, a lock left by a killed run holds nobody up."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from letters.batch.turn import LOCK, turn
from letters.errors import MachineError, RegisterError
from letters.register import Actor

ACTOR = Actor("sekretariat", "pc-1", "letters")
HOLD = """
import sys, time
from pathlib import Path
from letters.batch.turn import turn
from letters.register import Actor
with turn(Path(sys.argv[1]), Actor("lain", "pc-2", "letters")):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(folder: Path, seconds: float) -> subprocess.Popen[str]:
    """Start a process that has its turn in `folder` for so long."""
    command = [sys.executable, "-c", HOLD, str(folder), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_second_run_waits_for_the_first_and_says_so(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with holder(tmp_path, 0.3) as other, turn(tmp_path, ACTOR, lambda *step: told.append(step)):
        assert other.wait(5) == 0

    assert told == [("wait", 0, 1), ("wait", 1, 1)]
    assert list(tmp_path.iterdir()) == []


def test_run_that_waits_too_long_names_who_is_at_work(tmp_path: Path) -> None:
    with holder(tmp_path, 30) as other:
        with pytest.raises(RegisterError) as error, turn(tmp_path, ACTOR, patience=0.1):
            pass
        other.kill()

    assert error.value.problems[0].params["who"] == f"lain@pc-2, {other.pid}"


def test_lock_of_a_killed_run_is_taken_at_once(tmp_path: Path) -> None:
    with holder(tmp_path, 30) as other:
        other.kill()
    assert (tmp_path / LOCK).exists()
    start = time.monotonic()

    with turn(tmp_path, ACTOR):
        assert (tmp_path / LOCK).read_text() == f"sekretariat@pc-1, {os.getpid()}"

    assert time.monotonic() - start < 1
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"a file")

    with pytest.raises(MachineError), turn(tmp_path / "out", ACTOR):
        pass
