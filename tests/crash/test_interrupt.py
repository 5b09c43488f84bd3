"""Ctrl-C in the middle of a batch: one sentence, exit code 130, nobody left behind, and the next run goes on."""

from __future__ import annotations

import fcntl
import os
import pty
import random
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from contextlib import suppress
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


@pytest.mark.parametrize("moment", [b"Checking", b"Numbers taken", b"Making letters"])
def test_ctrl_c_typed_on_a_terminal_leaves_nothing_behind(offices: Offices, tmp_path: Path, moment: bytes) -> None:
    office = offices.make(MANY, jobs=2)
    words = [*office.arguments(), "--formats", "docx,pdf", "--engine", "typst"]
    temporary = tmp_path / "tmp"
    temporary.mkdir()

    code, said, process = typed_ctrl_c(words, moment, temporary)

    assert code == 130, said
    assert "Interrupted." in said
    assert "Traceback" not in said
    assert all_gone(process)
    assert list(temporary.iterdir()) == []
    assert not list(office.folder.rglob(".letters-*"))
    again = subprocess.run([sys.executable, "-m", "letters", *map(str, words)], cwd=ROOT, capture_output=True)
    assert again.returncode == 0, again.stderr
    assert len(list((office.folder / "out").rglob("*.pdf"))) == MANY


def typed_ctrl_c(words: Sequence[object], moment: bytes, temporary: Path) -> tuple[int, str, int]:
    """Run a command on a terminal of its own, type Ctrl-C when it shows `moment`; return code, screen, process."""
    keyboard, terminal = pty.openpty()
    environment = {**os.environ, "TMPDIR": str(temporary), "TERM": "xterm"}
    command = [sys.executable, "-m", "letters", "--lang", "en", *map(str, words)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as process:
        os.close(terminal)
        said, typed = b"", False
        with suppress(OSError):  # what a terminal says when nobody is left on it
            while piece := os.read(keyboard, 65536):
                said += piece
                if moment in said and not typed:
                    typed = bool(os.write(keyboard, b"\x03"))
    os.close(keyboard)
    return process.returncode, said.decode(errors="replace"), process.pid


def test_ctrl_c_while_the_command_loads_is_quiet() -> None:
    done = python(
        """
import sys
class Interrupting:
    def find_spec(name, *rest):
        if name == "letters.cli.output":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting)
from letters.__main__ import main
main()
"""
    )
    assert (done.returncode, done.stderr) == (130, "")


def test_ctrl_c_inside_code_made_of_text_ends_with_our_code_too(tmp_path: Path) -> None:
    """Python would end by the signal once Ctrl-C has met it inside an `exec`, however well it was dealt with."""
    (tmp_path / "sitecustomize.py").write_text(
        "import click\nclick.Group.main = lambda *_, **__: exec('raise KeyboardInterrupt')", encoding="utf-8"
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-m", "letters", "--lang", "en", "doctor"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    assert done.returncode == 130
    assert done.stderr.splitlines()[-2] == "Error: Interrupted."


def python(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)


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
