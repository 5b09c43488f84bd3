"""What an office's calendar says otherwise is kept with the numbers, in their transaction, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from letters.errors import RegisterError
from letters.register import Register
from tests.register.making import letter

MOVED = ({"entry": "elections/pemilihan-2024/kampanye", "key": "start", "old": date(2024, 9, 25), "new": None},)


def kept(register: Register) -> list[object]:
    return [event.details["changes"] for event in register.calendar_changes()]


def test_changes_are_kept_once_and_again_when_they_change(register: Register) -> None:
    register.reserve([letter("a")])
    register.reserve([letter("b")], MOVED)
    register.reserve([letter("c")], MOVED)
    register.reserve([letter("d")])
    assert kept(register) == [[dict(MOVED[0])], []]
    assert register.verify() == []


def test_numbers_that_are_refused_keep_no_changes(register: Register) -> None:
    register.reserve([letter("a")])
    with pytest.raises(RegisterError):
        register.reserve([letter("b", start=99)], MOVED)
    assert kept(register) == []


def test_no_letters_keep_no_changes(register: Register) -> None:
    register.reserve([], MOVED)
    assert kept(register) == []


def test_two_writers_with_one_calendar_keep_it_once(register: Register, place: str) -> None:
    from tests.register.making import opened

    with opened(place) as other:
        register.reserve([letter("a")], MOVED)
        other.reserve([letter("b")], MOVED)
    assert len(kept(register)) == 1
