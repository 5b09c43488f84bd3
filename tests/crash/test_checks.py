"""The crash tests are tested: a product broken on purpose does not get through them."""

from __future__ import annotations

import random

import pytest

from tests.support.crash import KILLED, RESERVE, Fault, Offices, kill_at_random

MARK = "letters.register.book:Register.issue_many"


@pytest.mark.parametrize(
    ("broken", "fault", "complaint"),
    [
        ("mark_first", Fault("commit", when="after", within=MARK), "is called issued, but is not there"),
        ("write_in_place", Fault("letters.files:os.write", when="half"), "is half"),
    ],
)
def test_promise_broken_by_a_crash_is_seen_before_recovery(
    offices: Offices, broken: str, fault: Fault, complaint: str
) -> None:
    office = offices.make()
    assert office.issue(fault, broken=[broken]).code == KILLED

    with pytest.raises(AssertionError, match=complaint):
        office.check_crashed()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [("forget_numbers", Fault(RESERVE, when="after")), ("leave_temporary", Fault("letters.files:os.replace", nth=2))],
)
def test_next_run_that_does_not_mend_everything_is_seen(offices: Offices, broken: str, fault: Fault) -> None:
    office = offices.make()
    assert office.issue(fault, broken=[broken]).code == KILLED
    office.check_crashed()
    assert office.issue(broken=[broken]).code == 0

    with pytest.raises(AssertionError):
        office.check_done()


def test_kills_at_random_times_find_letters_marked_before_they_are_written(offices: Offices) -> None:
    dice = random.Random(20241001)

    def kill_many() -> None:
        for _ in range(120):
            kill_at_random(offices.make(6), dice, broken=["mark_first"])

    with pytest.raises(AssertionError, match="is called issued, but is not there"):
        kill_many()
