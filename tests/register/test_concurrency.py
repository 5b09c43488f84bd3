"""Many processes, one register: no number twice, none missing, nobody waits long, nobody reads "database is locked"."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from letters.model.letter import State
from tests.register import workers
from tests.register.making import assert_gapless, block, opened

PROCESSES = 8
ROUNDS = 15
LONGEST_WAIT = 5.0
"""Seconds; measured are about 0.2 on two cores."""


def test_eight_processes_get_mixed_blocks_without_gap_or_double(place: str, tmp_path: Path) -> None:
    """The register does not exist when they begin: they make it together, too."""
    context = workers.context()
    together = context.Barrier(PROCESSES)
    answers = [tmp_path / f"answer-{number}.json" for number in range(PROCESSES)]
    processes = [
        context.Process(target=workers.ask, args=(place, str(number), ROUNDS, together, answer))
        for number, answer in enumerate(answers)
    ]
    workers.start(processes)
    assert workers.finish(processes) == [0] * PROCESSES
    told = [json.loads(answer.read_text()) for answer in answers]
    with opened(place) as book:
        entries = book.list()
        assert book.verify() == []
    assert Counter(number for answer in told for number in answer["got"]) == Counter(
        entry.number.text for entry in entries if entry.number
    )
    assert assert_gapless(place) == len([entry for entry in entries if entry.number and not entry.suffix])
    assert any(entry.suffix for entry in entries)
    assert max(answer["longest"] for answer in told) < LONGEST_WAIT


def test_one_batch_run_twice_at_once_gives_each_recipient_one_number(place: str) -> None:
    with opened(place):
        pass
    context = workers.context()
    together = context.Barrier(4)
    processes = [context.Process(target=same_batch, args=(place, together)) for _ in range(4)]
    workers.start(processes)
    assert workers.finish(processes) == [0] * 4
    assert assert_gapless(place) == 60
    with opened(place) as book:
        assert {entry.state for entry in book.list()} == {State.ISSUED}
        assert Counter(event.what for event in book.events()) == {"reserved": 60, "issued": 60}


def same_batch(place: str, together: workers.Barrier) -> None:
    together.wait(60)
    with opened(place) as book:
        for size in (20, 40, 60):
            book.issue_many({entry.id: [] for entry in book.reserve(block(size))})
