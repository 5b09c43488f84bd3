"""Real `kill -9` at random times; the seed stands in the test's name and repeats the choices, if not the machine's."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.crash import ROOT, Launcher, Office, Offices, kill_at_random, processes_of

KILLS = 50
MANY = 14
"""Letters of a batch that is made by several processes."""


@pytest.mark.parametrize("seed", [20240924, 20240925])
def test_every_recipient_has_one_letter_after_kills_at_random_times(offices: Offices, seed: int) -> None:
    dice = random.Random(seed)
    kills = 0
    with ThreadPoolExecutor(2) as pool:
        while kills < KILLS // 2:
            rounds = [(offices.make(dice.randint(3, 6)), random.Random(dice.random())) for _ in range(4)]
            kills += sum(pool.map(lambda pair: kill_at_random(*pair), rounds))
            for office, _dice in rounds:
                assert {row.state for row in office.rows()} == {"issued"}


def test_every_recipient_has_one_letter_after_kills_of_a_command_with_two_workers(offices: Offices) -> None:
    dice = random.Random(20240926)
    office = offices.make(MANY, jobs=2)
    for _ in range(4):
        kill_with_workers(office, dice)
    office.recover()
    assert [row.state for row in office.rows()] == ["issued"] * MANY


def kill_with_workers(office: Office, dice: random.Random) -> None:
    """Kill the command at a random time; its workers must not stay behind."""
    running = office.start()
    time.sleep(dice.uniform(0.1, 1.2))
    running.kill()
    running.end()
    office.check_crashed()
    assert all_gone(running.process), "a worker outlives the command"


def all_gone(session: int) -> bool:
    """Wait a little for every process of the session to end; end them and return False if they do not."""
    end = time.monotonic() + 5
    while alive := processes_of(session):
        if time.monotonic() > end:
            for process in alive:
                os.kill(process, 9)
            return False
        time.sleep(0.01)
    return True


def test_command_started_from_a_shell_survives_kills_at_random_times(offices: Offices, launcher: Launcher) -> None:
    """The same without the launcher: nothing loaded beforehand."""
    dice = random.Random(20240927)
    office = offices.make(4)
    command = [sys.executable, "-m", "letters", *map(str, office.arguments())]
    for _ in range(3):
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        ) as process:
            time.sleep(dice.uniform(0.5, 1.2))
            process.kill()
        office.check_crashed()
    office.recover()
    assert [row.state for row in office.rows()] == ["issued"] * 4
