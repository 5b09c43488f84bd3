import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from letters.writers import WRITERS
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, look

ROOT = Path(__file__).parents[2]
PRINT_HASHES = """
import hashlib
from letters.writers import WRITERS
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, look
for make in (imbauan, everything):
    data = WRITERS["pdf"].prepare(make(), look(mark="KONSEP")).fill(VALUES, PROPERTIES)
    print(hashlib.sha256(data).hexdigest())
"""


def hashes(seed):
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "TZ": f"Etc/GMT+{seed}"}
    command = [sys.executable, "-c", PRINT_HASHES]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_same_letter_gives_the_same_bytes_in_other_processes_and_hash_seeds():
    here = [
        hashlib.sha256(WRITERS["pdf"].prepare(make(), look(mark="KONSEP")).fill(VALUES, PROPERTIES)).hexdigest()
        for make in (imbauan, everything)
    ]
    assert hashes(1) == hashes(2) == here


@pytest.mark.parametrize("make", [imbauan, everything])
def test_letters_filled_before_leave_no_trace(make):
    form = WRITERS["pdf"].prepare(make(), look())
    alone = form.fill(VALUES, PROPERTIES)
    for others in (
        ["lain"] * len(VALUES),
        ["baris\nbaris"] * len(VALUES),
        ["kata " * 90] * len(VALUES),
        [""] * len(VALUES),
    ):
        form.fill(others, PROPERTIES)
    assert form.fill(VALUES, PROPERTIES) == alone
    assert WRITERS["pdf"].prepare(make(), look()).fill(VALUES, PROPERTIES) == alone


def test_more_patterns_of_lines_than_are_kept_change_nothing():
    form = WRITERS["pdf"].prepare(imbauan(), look())
    alone = form.fill(VALUES, PROPERTIES)
    for lines in range(2, 19):
        form.fill([*VALUES[:3], "\n".join("x" * lines), *VALUES[4:]], PROPERTIES)
    assert form.fill(VALUES, PROPERTIES) == alone


def test_html_gives_the_same_bytes_each_time():
    form = WRITERS["html"].prepare(imbauan(), look())
    assert form.fill(VALUES, PROPERTIES) == form.fill(VALUES, PROPERTIES)
