"""The command is killed at every step of a batch: the next run of the same command completes it, without gap or double.

Each point is tried at its first call, its second, … until a run no longer comes that far.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.crash import KILLED, RESERVE, Fault, Offices, every_nth

MARK = "letters.register.book:Register.issue_many"
LETTERS = 3

# name → (where the process is killed, how many of them a batch of three letters has at least)
POINTS = {
    "register-being-made": (Fault("letters.register.newfile:os.link"), 1),
    "register-just-made": (Fault("letters.register.newfile:os.link", when="after"), 1),
    "before-reserve": (Fault(RESERVE), 1),
    "inside-the-reserve-transaction": (Fault("sql", within=RESERVE), 6),
    "before-the-reserve-commit": (Fault("commit", within=RESERVE), 1),
    "after-the-reserve-commit": (Fault("commit", within=RESERVE, when="after"), 1),
    "after-reserve": (Fault(RESERVE, when="after"), 1),
    "temporary-file-empty": (Fault("letters.files:os.write"), LETTERS),
    "temporary-file-half-written": (Fault("letters.files:os.write", when="half"), LETTERS),
    "temporary-file-whole-before-rename": (Fault("letters.files:os.replace"), LETTERS),
    "renamed-before-the-folder-is-synced": (Fault("letters.files:os.replace", when="after"), LETTERS),
    "between-file-and-mark": (Fault(MARK), LETTERS),
    "inside-the-mark-transaction": (Fault("sql", within=MARK), 3 * LETTERS),
    "before-the-mark-commit": (Fault("commit", within=MARK), LETTERS),
    "after-mark": (Fault(MARK, when="after"), LETTERS),
    "all-marked-register-still-open": (Fault("letters.register.book:Register.close"), 1),
}


@pytest.mark.parametrize("name", POINTS)
def test_next_run_completes_a_batch_killed_at(offices: Offices, name: str) -> None:
    fault, least = POINTS[name]

    assert every_nth(fault, lambda nth: killed_and_completed(offices, nth)) >= least


def test_next_run_completes_a_batch_killed_between_docx_and_pdf_of_one_letter(offices: Offices) -> None:
    after_docx = [Fault("letters.files:os.replace", when="after", nth=nth) for nth in (1, 3, 5)]

    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(lambda fault: killed_and_completed(offices, fault, "docx,pdf"), after_docx))


def killed_and_completed(offices: Offices, fault: Fault, formats: str = "docx") -> bool:
    """Return whether the command was killed; it is then run again, and every promise checked."""
    office = offices.make(LETTERS, formats)
    end = office.issue(fault)
    if not end.reached:
        assert end.code == 0, end
        return False
    assert end.code == KILLED, end
    office.recover()
    return True
