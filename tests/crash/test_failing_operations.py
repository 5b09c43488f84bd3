"""The n-th write, sync, rename or commit fails, for every n of a batch of three: a clear message, and nothing half."""

from __future__ import annotations

import errno
from dataclasses import replace

import pytest

from tests.support.crash import Fault, Offices, every_nth

LETTERS = 3
FILES = "letters.files:os"

# name → (what fails, how many of them a batch of three letters has at least)
OPERATIONS = {
    "write": (Fault(f"{FILES}.write", "fail"), LETTERS),
    "write-that-got-half-through": (Fault(f"{FILES}.write", "fail", "half"), LETTERS),
    "sync-of-file-or-folder": (Fault(f"{FILES}.fsync", "fail"), 2 * LETTERS),
    "rename": (Fault(f"{FILES}.replace", "fail"), LETTERS),
    "commit": (Fault("commit", "fail"), LETTERS + 2),
    "commit-that-went-through": (Fault("commit", "fail", "after"), LETTERS + 2),
    "sync-of-the-register's-folder": (Fault("letters.register.newfile:os.fsync", "fail"), 1),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_command_ends_clearly_and_the_next_run_completes_it_when_it_fails(offices: Offices, name: str) -> None:
    """The disk breaks at every odd n and is full at every even one; then the other way round for the first three."""
    fault, least = OPERATIONS[name]
    numbers = (errno.ENOSPC, errno.EIO)

    def failed(nth: Fault) -> bool:
        return failed_and_completed(offices, replace(nth, errno=numbers[nth.nth % 2]))

    assert every_nth(fault, failed) >= least
    for nth in range(1, min(least, LETTERS) + 1):
        assert failed_and_completed(offices, replace(fault, nth=nth, errno=numbers[(nth + 1) % 2]))


@pytest.mark.parametrize("within", ["enter", "issue_many"])
def test_no_number_is_lost_or_doubled_when_any_statement_fails(offices: Offices, within: str) -> None:
    """Every SQL statement of the two transactions in turn."""
    fault = Fault("sql", "fail", within=f"letters.register.book:Register.{within}", errno=errno.EIO)

    assert every_nth(fault, lambda nth: failed_and_completed(offices, nth, letters=1)) >= 5


def failed_and_completed(offices: Offices, fault: Fault, letters: int = LETTERS) -> bool:
    """Return whether the operation was reached; the command is then run again, and every promise checked."""
    office = offices.make(letters)
    end = office.issue(fault)
    if not end.reached:
        assert end.code == 0, end
        return False
    assert end.code == 4, end
    assert_told(end.err, str(office.folder))
    assert not list(office.folder.rglob(".letters-*")), "a temporary file stays behind"
    office.recover()
    return True


def assert_told(message: str, place: str) -> None:
    """Check that a person is told what is wrong, where, and what to do."""
    assert "Error: " in message
    assert place in message
    assert "Traceback" not in message
