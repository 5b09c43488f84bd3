"""Real `kill -9` of the command at random times, hundreds of them → whether every promise held. Run by hand.

The suite does the same with fewer kills (tests/crash). A third of the offices is made by two worker processes.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.support.crash import Offices, kill_at_random, launcher  # noqa: E402 - the tests are no installed package

MANY = 14


def main() -> None:
    """Kill until there were enough kills; tell the figures, or the seed of the office that went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20240924)
    given = parser.parse_args()
    found: Counter[str] = Counter()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, launcher() as started:
        offices = Offices(started, Path(folder))
        seed = given.seed
        while found["kills"] < given.kills:
            dice = random.Random(seed)
            jobs = dice.choice((1, 1, 2))
            office = offices.make(MANY if jobs > 1 else dice.randint(3, 6), dice.choice(("docx", "docx,pdf")), jobs)
            try:
                kills = kill_at_random(office, dice)
            except AssertionError:
                sys.stderr.write(f"broken: --seed {seed} --kills 1\n")
                raise
            found.update(kills=kills, offices=1, letters=len(office.keys))
            seed += 1
    sys.stdout.write(
        f"{found['kills']} kills, {found['offices']} offices, {found['letters']} letters: no gap, no double, no half "
        f"file, none called issued without its files, nothing left over ({time.monotonic() - start:.0f} s)\n"
    )


if __name__ == "__main__":
    main()
