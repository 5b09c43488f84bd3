"""The program is killed (kill -9) in the middle of its work: what it had promised is there, what it had not is not."""

from __future__ import annotations

import json
import random
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

from letters.model.letter import State
from tests.register import workers
from tests.register.making import assert_gapless, block, opened

ROUNDS = 12
TOGETHER = 3


def test_killed_processes_leave_no_gap_no_double_and_no_broken_promise(place: str, tmp_path: Path) -> None:
    dice = random.Random(20241127)
    context = workers.context()
    promises = []
    for number in range(ROUNDS):
        notes = [tmp_path / f"{number}-{worker}.txt" for worker in range(TOGETHER)]
        processes = [context.Process(target=workers.work_until_killed, args=(place, note.stem, note)) for note in notes]
        workers.start(processes)
        kill_when_busy(processes, notes, dice)
        promises += [line for note in notes for line in whole_lines(note)]
        assert_gapless(place)
    promised = {int(entry_id): text for line in promises for entry_id, text in json.loads(line).items()}
    with opened(place) as book:
        kept = {entry.id: entry.number.text if entry.number else f"#{entry.id}" for entry in book.list()}
        assert {entry_id: kept.get(entry_id) for entry_id in promised} == promised
        assert len(promised) > ROUNDS
        finish_what_was_begun(book)
    assert_gapless(place)


def kill_when_busy(processes: list[BaseProcess], notes: list[Path], dice: random.Random) -> None:
    end = time.monotonic() + 30
    while not any(whole_lines(note) for note in notes):
        assert time.monotonic() < end, "the processes do not get to work"
        time.sleep(0.002)
    for process in processes:
        time.sleep(dice.uniform(0, 0.03))
        process.kill()
    workers.finish(processes)


def whole_lines(note: Path) -> list[str]:
    return [line for line in note.read_text().splitlines(keepends=True) if line.endswith("\n")] if note.exists() else []


def finish_what_was_begun(book: workers.Register) -> None:
    """The next run of the same commands: the same numbers, and everything issued in the end."""
    begun = [entry for entry in book.list() if entry.state is State.RESERVED]
    for entry in begun:
        (again,) = [found for found in book.find(entry.batch).values() if found.key == entry.key]
        assert again.number == entry.number
    book.issue_many({entry.id: [] for entry in begun})
    assert not [entry for entry in book.list() if entry.state is State.RESERVED]


def test_process_killed_while_it_makes_the_register_does_not_stand_in_the_way(tmp_path: Path) -> None:
    dice = random.Random(20241128)
    context = workers.context()
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        together = context.Barrier(2)
        process = context.Process(target=workers.open_only, args=(str(folder / "register.db"), together))
        process.start()
        together.wait(60)
        time.sleep(dice.uniform(0, 0.03))
        process.kill()
        workers.finish([process])
        with opened(folder / "register.db") as book:
            book.reserve(block(2))
        assert assert_gapless(folder / "register.db") in (2, 3)
        assert [found.name for found in folder.iterdir()] == ["register.db"]
