"""Several steps in one transaction: all of them, or none; a refused step leaves no trace and stops no other."""

from __future__ import annotations

import threading
from datetime import date

import pytest

from letters.errors import RegisterError
from letters.register import Filter, Register, Sending
from tests.register.making import LETTER, assert_gapless, block, booking, codes, label, letter, opened, texts


def test_steps_that_are_given_up_leave_nothing(place: str) -> None:
    with opened(place) as book:

        def give_up() -> None:
            with book.together():
                book.reserve(block(3))
                book.void(label(2), "salah")
                assert texts(book) == [label(1), label(2), label(3)]
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            give_up()
        assert texts(book) == []
        assert list(book.events()) == []
        book.reserve(block(2))
        assert book.verify() == []
    assert assert_gapless(place) == 2


def test_refused_step_leaves_no_trace_and_the_others_stay(register: Register) -> None:
    with register.together():
        register.reserve(block(2))
        with pytest.raises(RegisterError) as caught:
            register.outside(label(9), letter("x"))
        assert codes(caught) == ["register.ahead"]
        register.book(booking(1))
    assert texts(register) == [label(1), label(2), label(3)]
    assert register.verify() == []


def test_other_threads_see_nothing_of_it_before_its_end(register: Register) -> None:
    seen: list[int] = []
    with register.together():
        register.reserve(block(2))
        other = threading.Thread(target=lambda: seen.append(len(register.list())))
        other.start()
        other.join()
    assert seen == [0]
    assert len(register.list()) == 2


def test_last_word_on_how_a_letter_was_sent_counts_and_the_rest_stays(register: Register) -> None:
    first, second = register.reserve(block(2))
    register.sent(first.label, Sending(date(2024, 9, 25), "kurir"))
    register.sent(first.label, Sending(handler=" Subbag  Umum ", way="pos"))
    known = Sending(date(2024, 9, 25), "pos", "Subbag Umum")
    assert register.sendings() == {first.id: known}
    assert register.sendings(second.id) == {}
    assert [event.what for event in register.events(first.id)] == ["reserved", "sent", "sent"]
    assert register.verify() == []


def test_entries_of_some_keys_of_a_batch_are_found_with_what_they_are_made_of(register: Register) -> None:
    register.reserve([*block(3), LETTER])
    found = register.find("blok", ["k2", "k0", "k9"])
    assert set(found) == {"k0", "k2"}
    assert found["k2"].snapshot == LETTER.snapshot
    assert register.find("blok", []) == {}
    assert {entry.key for entry in register.list(Filter(batch="blok"))} == {"k0", "k1", "k2"}
