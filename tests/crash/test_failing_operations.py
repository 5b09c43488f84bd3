"""The n-th write, sync, rename or commit fails, for every n of a batch of three: a clear message, and nothing half."""

from __future__ import annotations

import errno

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
    "sync-of-the-register's-folder": (Fault("letters.register.opening:os.fsync", "fail"), 1),
}


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_command_ends_clearly_and_the_next_run_completes_it_when_it_fails(
    offices: Offices, name: str, number: int
) -> None:
    fault, least = OPERATIONS[name]
    failing = Fault(fault.at, fault.do, fault.when, errno=number)

    assert every_nth(failing, lambda nth: failed_and_completed(offices, nth)) >= least


@pytest.mark.parametrize("within", ["reserve", "issue"])
def test_no_number_is_lost_or_doubled_when_any_statement_fails(offices: Offices, within: str) -> None:
    """Every SQL statement of the two transactions in turn."""
    fault = Fault("sql", "fail", within=f"letters.register.book:Register.{within}", errno=errno.EIO)

    assert every_nth(fault, lambda nth: failed_and_completed(offices, nth)) > LETTERS


def failed_and_completed(offices: Offices, fault: Fault) -> bool:
    """Return whether the operation was reached; the command is then run again, and every promise checked."""
    office = offices.make(LETTERS)
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
