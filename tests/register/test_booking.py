"""Pesan: numbers set aside for a person or a purpose, and the letters that use them later."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from letters.errors import LettersError, RegisterError, SettingsError
from letters.model.letter import State
from letters.register import Filter, Final, Register
from tests.register.making import LETTER, assert_gapless, block, booking, circular, codes, file, label, letter, pledge


def booked(register: Register) -> list[str]:
    return [entry.label for entry in register.list(Filter(state=State.BOOKED))]


def test_booked_numbers_are_the_next_ones_and_are_listed_with_whom_and_what_for(register: Register, place: str) -> None:
    register.reserve(block(2))
    entries = register.book(booking(3))
    assert [entry.label for entry in entries] == [label(3), label(4), label(5)] == booked(register)
    assert {(entry.recipient, entry.subject) for entry in entries} == {
        ("Kepala Sekretariat", "undangan rapat koordinasi")
    }
    assert {(entry.state, entry.day, entry.files) for entry in entries} == {(State.BOOKED, LETTER.day, ())}
    (event,) = register.events(entries[0].id)
    assert event.what == "booked"
    assert event.details == {"number": label(3), "for": "Kepala Sekretariat", "purpose": "undangan rapat koordinasi"}
    assert register.reserve([letter()])[0].label == label(6)
    assert assert_gapless(place) == 6
    assert register.verify() == []
    assert [entry.label for entry in register.list(Filter(text="rapat sekretariat"))] == [label(3), label(4), label(5)]


def test_booking_again_books_further_numbers(register: Register) -> None:
    assert [register.book(booking())[0].label for _ in range(3)] == [label(1), label(2), label(3)]


def test_booking_may_begin_a_count(register: Register, place: str) -> None:
    (entry,) = register.book(booking(start=46))
    assert entry.label == label(46)
    assert assert_gapless(place) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"count": 0}, "register.book-count"),
        ({"count": -1}, "register.book-count"),
        ({"for_whom": " "}, "register.book-purpose"),
        ({"purpose": ""}, "register.book-purpose"),
        ({"purpose": "x\x00"}, "register.text"),
        ({"start": 0}, "register.start"),
        ({"start": 9}, "register.late-start"),
        ({"parts": {}}, "register.code-missing"),
    ],
)
def test_booking_that_says_too_little_takes_no_number(register: Register, changes: dict[str, Any], code: str) -> None:
    register.reserve([letter()])
    with pytest.raises((RegisterError, SettingsError)) as caught:
        register.book(booking(**{"count": 1, **changes}))
    assert set(codes(caught)) == {code}
    assert register.preview_next("surat", "2024") == 2


def test_letter_takes_the_number_that_was_booked_for_it(register: Register) -> None:
    _, entry = register.book(booking(2))
    filled = register.fill(label(2), LETTER).entry
    assert filled.id == entry.id
    assert (filled.state, filled.label, filled.batch, filled.key) == (
        State.RESERVED,
        label(2),
        LETTER.batch,
        LETTER.key,
    )
    assert (filled.recipient, filled.subject, filled.snapshot) == (LETTER.recipient, LETTER.subject, LETTER.snapshot)
    assert register.reserve([LETTER]) == [filled]
    register.issue_many({filled.id: [file()]})
    assert booked(register) == [label(1)]
    assert [event.what for event in register.events(entry.id)] == ["booked", "filled", "issued"]
    assert register.verify() == []


def test_filling_again_changes_nothing(register: Register) -> None:
    register.book(booking(1))
    first = register.fill(label(1), LETTER)
    assert register.fill(label(1), LETTER).entry == first.entry
    assert len(register.events()) == 2


def test_letter_dated_on_another_day_of_the_booked_month_keeps_its_date(register: Register) -> None:
    register.book(booking(1))
    assert register.fill(label(1), letter(day=date(2024, 9, 2))).entry.day == date(2024, 9, 2)
    assert register.verify() == []


def test_letter_dated_before_one_that_is_out_is_warned_about_when_it_is_filled(register: Register) -> None:
    register.book(booking(1))
    (out,) = register.reserve([letter("out")])
    register.issue_many({out.id: [file()]})
    done = register.fill(label(1), letter(day=date(2024, 9, 2)))
    assert [problem.code for problem in done.warnings] == ["register.backdated"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"day": date(2024, 10, 1)}, "register.prints-another"),
        ({"parts": {"klasifikasi": "KP.01", "kode": "K.JI-08"}}, "register.prints-another"),
        ({"period": "2025"}, "register.other-count"),
        ({"series": "edaran"}, "register.other-count"),
        ({"series": "", "pattern": None}, "register.other-count"),
    ],
)
def test_letter_that_would_print_another_number_does_not_fill(
    register: Register, changes: dict[str, Any], code: str
) -> None:
    register.book(booking(1))
    with pytest.raises(RegisterError) as caught:
        register.fill(label(1), letter(**changes))
    assert codes(caught) == [code]
    assert booked(register) == [label(1)]


def test_only_booked_numbers_are_filled(register: Register) -> None:
    reserved, voided = register.reserve(block(2))
    register.void(voided.label, "salah")
    unnumbered = register.reserve([pledge()])[0]
    for entry in (reserved, voided, unnumbered):
        with pytest.raises(RegisterError) as caught:
            register.fill(f"#{entry.id}", letter("x"))
        assert codes(caught) == ["register.not-booked"]


def test_letter_that_has_a_number_gets_no_second_one(register: Register) -> None:
    register.reserve([LETTER])
    register.book(booking(1))
    with pytest.raises(RegisterError) as caught:
        register.fill(label(2), LETTER)
    assert codes(caught) == ["register.has-another"]


def test_booked_number_cannot_be_issued_but_can_be_made_void(register: Register) -> None:
    (entry,) = register.book(booking(1))
    with pytest.raises(RegisterError) as caught:
        register.issue_many({entry.id: [file()]})
    assert codes(caught) == ["register.is-booked"]
    voided = register.void(label(1), "tidak jadi")
    assert (voided.state, register.preview_next("surat", "2024")) == (State.VOID, 2)
    assert register.verify() == []


def test_booked_number_that_another_letter_bears_meanwhile_is_not_filled(register: Register) -> None:
    (other,) = register.reserve([circular("x")])
    register.renumber([Final(other.label, label(1))])
    register.book(booking(1))  # the way out that the message names: the count goes past it
    with pytest.raises(LettersError) as caught:
        register.fill(f"#{other.id + 1}", LETTER)
    assert codes(caught) == ["register.number-borne"]
    register.void(f"#{other.id + 1}", "dipakai surat lain")
    assert register.reserve([LETTER])[0].label == label(2)
