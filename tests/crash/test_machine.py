"""The machine fails the office: full disk, closed folders, a register that vanishes, a clock that jumps back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from tests.crash.test_failing_operations import assert_told
from tests.support.crash import KILLED, RESERVE, Fault, Office, Offices, every_nth, is_left_over
from tests.support.workspace import SETTINGS, tree

MARK = "letters.register.book:Register.issue_many"
NOBODY = 65534
LETTERS = 3


def mount(folder: Path, *options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


@cache
def may_mount() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() == 0 and mount(Path(folder), "size=64k"):
            unmount(Path(folder))
            return True
    return False


needs_mount = pytest.mark.skipif(not may_mount(), reason="mounting is not permitted here")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Give a disk of its own in `folder`, so small that it is soon full."""
    folder.mkdir(exist_ok=True)
    assert mount(folder, f"size={size}", "mode=0755")
    try:
        yield folder
    finally:
        unmount(folder)


# -- full disk -------------------------------------------------------------------------------------------


@needs_mount
@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(Fault("letters.files:Writing.add", "fill"), id="before-a-file"),
        pytest.param(Fault(RESERVE, "fill"), id="before-reserve"),
        pytest.param(Fault("sql", "fill", within=RESERVE), id="inside-the-reserve-transaction"),
        pytest.param(Fault(MARK, "fill"), id="before-mark"),
    ],
)
def test_batch_is_completed_once_there_is_room_on_a_tmpfs_that_was_full(
    offices: Offices, tmp_path: Path, moment: Fault
) -> None:
    attempts = iter(range(100))

    def filled_and_completed(fault: Fault) -> bool:
        with small_disk(tmp_path / f"disk-{next(attempts)}", "1m") as disk:
            office = offices.make(1 if fault.at == "sql" else LETTERS, folder=disk / "kantor")
            end = office.issue(Fault(fault.at, fault.do, nth=fault.nth, within=fault.within, path=str(disk / "film")))
            if not end.reached:
                assert end.code == 0, end
                return False
            assert end.code == 4, end
            assert_told(end.err, str(office.folder))
            assert not list(office.folder.rglob(".letters-*")), "a temporary file stays behind"
            (disk / "film").unlink()
            office.recover()
            return True

    every_nth(moment, filled_and_completed)


@needs_mount
def test_no_number_is_taken_when_a_tmpfs_is_too_small_for_the_batch(offices: Offices, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "208k") as disk:
        office = offices.make(14, folder=disk / "kantor")
        end = office.issue()

        assert end.code == 4, end
        assert_told(end.err, str(office.folder))
        assert office.rows() == []


@pytest.mark.parametrize("size", [4000, 5000, 40_000], ids=lambda size: f"file-size-limit-{size}")
def test_batch_is_completed_once_larger_files_are_allowed(offices: Offices, size: int) -> None:
    """Below one letter's size; below the register's size."""
    office = offices.make(LETTERS)
    office.issue(Fault(RESERVE))  # the register is there, and of its usual size
    end = office.issue(file_size=size)

    assert end.code in (3, 4), end
    assert_told(end.err, str(office.folder))
    office.recover()


# -- closed folders --------------------------------------------------------------------------------------


@contextmanager
def open_to_others() -> Iterator[Path]:
    """Give a folder whose parents another user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="letters-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def give_away(folder: Path) -> None:
    """Make `folder` another user's, if we are the one user whom no folder is closed to."""
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def letters_of(office: Office) -> dict[str, bytes]:
    """Return the files below out/ without what a killed run may leave for the next one to remove."""
    return {path: data for path, data in tree(office.folder / "out").items() if not is_left_over(Path(path).name)}


def as_anybody(office: Office) -> dict[str, int]:
    give_away(office.folder)
    return {"user": NOBODY} if os.geteuid() == 0 else {}


@pytest.mark.parametrize("part", ["out", "out/2024/uji"])
def test_no_number_is_lost_when_the_output_folder_is_closed(offices: Offices, part: str) -> None:
    with open_to_others() as place:
        office = offices.make(LETTERS, folder=place / "kantor")
        closed = office.folder / part
        closed.mkdir(parents=True)
        options = as_anybody(office)
        closed.chmod(0o555)
        end = office.issue(**options)

        assert end.code == 4, end
        assert_told(end.err, str(closed))
        closed.chmod(0o755)
        office.recover()


def test_nothing_is_lost_when_the_register_is_closed(offices: Offices) -> None:
    with open_to_others() as place:
        office = offices.make(LETTERS, folder=place / "kantor")
        office.issue(Fault(MARK))
        options = as_anybody(office)
        office.folder.chmod(0o555)
        office.register.chmod(0o444)
        before = letters_of(office)
        end = office.issue(**options)

        assert end.code in (3, 4), end
        assert_told(end.err, str(office.register))
        assert before.items() <= letters_of(office).items()
        office.folder.chmod(0o755)
        office.register.chmod(0o644)
        office.recover()


def test_no_letter_is_written_when_no_register_can_be_made(offices: Offices) -> None:
    with open_to_others() as place:
        office = offices.make(LETTERS, folder=place / "kantor")
        options = as_anybody(office)
        office.folder.chmod(0o555)
        end = office.issue(**options)

        assert end.code == 4, end
        assert_told(end.err, str(office.register))
        office.folder.chmod(0o755)
        office.recover()


@needs_mount
def test_batch_is_completed_once_a_disk_made_read_only_is_writable(offices: Offices, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        office = offices.make(LETTERS, folder=disk / "kantor")
        office.issue(Fault(MARK, nth=2))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        end = office.issue()

        assert end.code in (3, 4), end
        assert_told(end.err, str(office.folder))
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        office.recover()


# -- a register that vanishes ----------------------------------------------------------------------------


def register_elsewhere(office: Office) -> Path:
    """Put the register into a folder of its own, as on a disk that can be pulled out, and return that folder."""
    agenda = office.folder.parent / f"{office.folder.name}-agenda"
    agenda.mkdir()
    address = f'\n[register]\nurl = "{agenda / "register.db"}"\n'
    (office.folder / "letters.toml").write_text(SETTINGS + address, encoding="utf-8")
    office.place = agenda
    return agenda


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(Fault(RESERVE, "move"), id="before-reserve"),
        pytest.param(Fault("sql", "move", within=RESERVE, nth=3), id="inside-the-reserve-transaction"),
        pytest.param(Fault(RESERVE, "move", "after"), id="after-reserve"),
        pytest.param(Fault(MARK, "move", nth=2), id="before-the-second-mark"),
        pytest.param(Fault("sql", "move", within=MARK, nth=5), id="inside-a-mark-transaction"),
    ],
)
def test_nothing_is_lost_when_the_register_vanishes_during_a_run(offices: Offices, moment: Fault) -> None:
    office = offices.make(LETTERS)
    agenda = register_elsewhere(office)
    away = agenda.with_name(f"{agenda.name}-away")
    end = office.issue(Fault(moment.at, "move", moment.when, moment.nth, moment.within, path=str(agenda), to=str(away)))

    assert (end.code, len(end.reached)) == (3, 1), end
    assert_told(end.err, str(agenda))
    assert not agenda.exists(), "a second register was begun"
    away.rename(agenda)
    office.recover()


@pytest.mark.parametrize("what", ["folder", "file"])
@pytest.mark.parametrize("crash", [Fault(MARK, nth=2), None], ids=["after-a-crash", "after-a-whole-batch"])
def test_no_second_register_is_begun_when_it_vanished_between_runs(
    offices: Offices, what: str, crash: Fault | None
) -> None:
    """A disk that is not plugged in must not look like an office that never wrote a letter."""
    office = offices.make(LETTERS)
    agenda = register_elsewhere(office)
    office.issue(*([crash] if crash else []))
    gone = agenda if what == "folder" else agenda / "register.db"
    away = gone.with_name(f"{gone.name}-away")
    gone.rename(away)
    before = tree(office.folder / "out")
    end = office.issue()

    assert end.code == 3, end
    assert_told(end.err, str(agenda))
    assert not gone.exists()
    assert tree(office.folder / "out") == before
    away.rename(gone)
    office.recover()


# -- a clock that jumps ----------------------------------------------------------------------------------

NOON = "2024-09-24T12:00:00"
DAY_BEFORE = "2024-09-23T12:00:00"


def test_letters_keep_their_date_when_the_clock_jumps_back_a_day_after_reserve(offices: Offices) -> None:
    office = offices.make(LETTERS)
    end = office.issue(Fault(RESERVE, "turn-back", "after"), now=NOON)

    assert (end.code, len(end.reached)) == (0, 1), end
    office.check_done()


@pytest.mark.parametrize("crash", [Fault(RESERVE, when="after"), Fault(MARK), Fault(MARK, nth=3)])
def test_next_run_a_day_earlier_by_the_clock_completes_the_batch_under_its_own_date(
    offices: Offices, crash: Fault
) -> None:
    office = offices.make(LETTERS)
    assert office.issue(crash, now=NOON).code == KILLED
    office.check_crashed()
    again = office.issue(now=DAY_BEFORE)

    assert again.code == 0, again
    office.check_done()
