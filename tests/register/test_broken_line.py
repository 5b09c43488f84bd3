"""The connection breaks at any statement, or at the commit: all of a change is there, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from letters.errors import LettersError
from letters.register import Final, Register
from tests.register.breaking import breaking
from tests.register.making import addressees, assert_gapless, block, booking, file, label, letter, opened, pledge
from tests.register.test_outside import found

Step = Callable[[Register], object]
STEPS: dict[str, Step] = {
    "reserve": lambda book: book.reserve([*block(3, "b"), pledge(batch="b"), letter("m", recipients=addressees(2))]),
    "issue": lambda book: book.issue_many({1: [file("out/1.pdf")], 2: [file("out/2.pdf")]}),
    "void": lambda book: book.void(label(3), "salah"),
    "insert": lambda book: book.insert(label(1), "angka", letter("s")),
    "fill": lambda book: book.fill(label(4), letter("f")),
    "outside": lambda book: book.outside(label(5), found()),
    "renumber": lambda book: book.renumber([Final(label(1), label(2)), Final(label(2), label(1))]),
    "version": lambda book: book.new_version(1, letter("k0", subject="Lain"), "salah ketik"),
}
"""Changes that say nothing new when they are done again."""


def begin(book: Register) -> None:
    """Three letters, the second one out, and a booked number."""
    entries = book.reserve(block(3))
    book.issue_many({entries[1].id: [file("out/2.pdf")]})
    book.book(booking(1))


@pytest.mark.parametrize("name", STEPS)
def test_change_that_breaks_off_anywhere_is_done_wholly_when_it_is_done_again(place: str, name: str) -> None:
    with opened(place) as book:
        begin(book)
        before = state(book)
        for at in count(1):
            with breaking(book, at) as line:
                outcome = attempt(book, STEPS[name])
            if line.left > 0:
                break
            assert outcome is not None, at
            assert state(book) == before, at
            assert book.verify() == []
        assert outcome is None
        after = state(book)
        assert after != before
        STEPS[name](book)
        assert state(book) == after
        assert book.verify() == []
    assert assert_gapless(place) >= 4
    assert at > 4


def attempt(book: Register, step: Step) -> LettersError | None:
    try:
        step(book)
    except LettersError as error:
        (problem,) = error.problems
        assert problem.message.format(**problem.params)
        assert "locked" not in str(problem)
        return error
    return None


def state(book: Register) -> object:
    return book.list(), len(book.events()), [book.versions(entry.id) for entry in book.list()]


def test_booking_that_breaks_off_books_nothing(place: str) -> None:
    with opened(place) as book:
        for at in count(1):
            with breaking(book, at) as line:
                outcome = attempt(book, lambda book: book.book(booking(2)))
            if line.left > 0:
                break
            assert book.list() == []
        assert outcome is None
        assert [entry.label for entry in book.list()] == [label(1), label(2)]
