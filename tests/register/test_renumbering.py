"""Provisional numbers and the final ones an e-office assigns at signing."""

from __future__ import annotations

from datetime import date

import pytest

from letters.errors import RegisterError
from letters.model.letter import LetterNumber, State
from letters.register import Filter, Final, Register
from tests.register.making import (
    LETTER,
    SURAT,
    assert_gapless,
    block,
    booking,
    circular,
    codes,
    file,
    label,
    letter,
    pledge,
)
from tests.register.test_outside import found

FINAL = "2481/PM.00.02/JI/09/2024"


def issued(register: Register, count: int = 1) -> list[str]:
    entries = register.reserve(block(count))
    register.issue_many({entry.id: [file(f"out/{entry.id}.pdf")] for entry in entries})
    return [entry.label for entry in entries]


def test_letter_bears_its_final_number_and_is_found_by_both(register: Register, place: str) -> None:
    register.reserve(block(2))
    (entry,) = register.renumber([Final(label(1), f"  {FINAL} ")])
    assert entry.number == LetterNumber("surat", "2024", 1, FINAL)
    assert entry.former == (label(1),)
    for typed in (FINAL, FINAL.lower(), label(1), f"#{entry.id}"):
        assert register.show(typed).id == entry.id
    assert [one.label for one in register.list()] == [FINAL, label(2)]
    for text in ("2481", label(1)):
        assert [one.id for one in register.list(Filter(text=text))] == [entry.id]
    assert register.preview_next("surat", "2024") == 3
    assert assert_gapless(place) == 2
    assert register.verify({"surat": SURAT}) == []


def test_letter_with_files_is_to_be_made_anew_and_the_old_files_stay_known(register: Register) -> None:
    issued(register)
    (entry,) = register.renumber([Final(label(1), FINAL)])
    assert (entry.state, entry.version, entry.files) == (State.RESERVED, 2, ())
    assert entry.snapshot == LETTER.snapshot
    register.issue_many({entry.id: [file("out/2481.pdf")]})
    old, new = register.versions(entry.id)
    assert ([one.path for one in old.files], [one.path for one in new.files]) == (["out/1.pdf"], ["out/2481.pdf"])
    assert (old.reason, new.reason, new.snapshot) == ("", f"nomor akhir {FINAL}", old.snapshot)
    assert [event.what for event in register.events(entry.id)] == [
        *("reserved", "issued", "renumbered", "new-version", "issued"),
    ]
    assert register.verify() == []


def test_letter_without_files_keeps_its_version(register: Register) -> None:
    register.reserve([letter()])
    (entry,) = register.renumber([Final(label(1), FINAL)])
    assert (entry.state, entry.version) == (State.RESERVED, 1)


def test_letter_from_outside_keeps_its_state(register: Register) -> None:
    register.outside(label(1), found())
    (entry,) = register.renumber([Final(label(1), FINAL)])
    assert (entry.state, entry.version) == (State.ISSUED, 1)
    assert register.verify() == []


def test_renumbering_again_changes_nothing_and_further_ones_are_all_kept(register: Register) -> None:
    issued(register)
    first = register.renumber([Final(label(1), FINAL)])
    happened = len(register.events())
    assert register.renumber([Final(label(1), FINAL)]) == first
    assert len(register.events()) == happened
    (entry,) = register.renumber([Final(FINAL, "2482/X")])
    assert (entry.label, entry.former) == ("2482/X", (label(1), FINAL))
    assert register.show(FINAL).id == entry.id
    (back,) = register.renumber([Final("2482/X", label(1))])
    assert (back.label, back.former) == (label(1), (label(1), FINAL, "2482/X"))
    assert register.verify() == []


def test_date_of_signing_takes_the_place_of_the_date(register: Register) -> None:
    issued(register)
    (entry,) = register.renumber([Final(label(1), label(1, month=10), date(2024, 10, 2), SURAT)])
    assert (entry.day, entry.label) == (date(2024, 10, 2), label(1, month=10))
    assert register.list(Filter(since=date(2024, 10, 1))) == register.list(Filter(year=2024)) != []
    assert register.list(Filter(until=date(2024, 9, 30))) == []
    assert register.verify({"surat": SURAT}) == []


def test_letters_exchange_their_numbers_in_one_go(register: Register) -> None:
    texts = issued(register, 3)
    moved = [Final(old, new, None, SURAT) for old, new in zip(texts, texts[1:] + texts[:1], strict=True)]
    entries = register.renumber(moved)
    assert [entry.label for entry in entries] == [label(2), label(3), label(1)]
    assert register.renumber(moved) == entries  # not changed back
    with pytest.raises(RegisterError) as caught:
        register.renumber([Final(label(1), FINAL)])
    assert codes(caught) == ["register.ambiguous"]
    assert register.show(label(2)).id == entries[0].id
    assert register.verify({"surat": SURAT}) == []


def test_final_number_that_is_booked_takes_the_place_of_the_booking(register: Register, place: str) -> None:
    issued(register)
    register.book(booking(4))
    (entry,) = register.renumber([Final(label(1), label(4), None, SURAT)])
    assert entry.label == label(4)
    with pytest.raises(RegisterError, match="Several"):
        register.show(label(4))
    assert register.show(f"#{entry.id + 3}").void_reason == f"nomor akhir surat yang semula {label(1)}"
    assert assert_gapless(place) == 5
    assert register.verify({"surat": SURAT}) == []


@pytest.mark.parametrize(
    ("final", "code"),
    [
        (Final(label(2), "x"), "register.not-renumbered"),
        (Final(label(3), "x"), "register.not-renumbered"),
        (Final("#4", "x"), "register.not-renumbered"),
        (Final(label(9), "x"), "register.unknown"),
        (Final(label(1), ""), "register.final-text"),
        (Final(label(1), " \n "), "register.final-text"),
        (Final(label(1), "a\u200eb"), "register.final-text"),
        (Final(label(1), "x" * 201), "register.final-text"),
        (Final(label(1), "a\x00"), "register.text"),
        (Final(label(1), label(2)), "register.final-taken"),
        (Final(label(1), "NOMOR 1 TAHUN 2024"), "register.final-taken"),
        (Final(label(1), label(1, month=8), None, SURAT), "register.number-date"),
        (Final(label(1), FINAL.replace("JI", "K.JI-08"), date(2024, 10, 1), SURAT), "register.number-date"),
        (Final(label(1), label(4), None, SURAT), "register.final-ahead"),
    ],
)
def test_number_that_cannot_be_the_final_one_is_refused(register: Register, final: Final, code: str) -> None:
    register.reserve(block(2))
    register.book(booking(1))
    register.reserve([pledge(), circular("e")])
    register.void(label(2), "salah")
    before = register.list()
    with pytest.raises(RegisterError) as caught:
        register.renumber([final])
    assert code in codes(caught)
    assert register.list() == before


def test_everything_that_stands_against_a_list_of_numbers_is_told_at_once(register: Register) -> None:
    register.reserve(block(3))
    finals = [Final(label(1), FINAL), Final(label(2), FINAL), Final(label(1), "x"), Final(label(3), "")]
    with pytest.raises(RegisterError) as caught:
        register.renumber(finals)
    assert set(codes(caught)) == {"register.final-twice", "register.renumbered-twice", "register.final-text"}
    assert [entry.label for entry in register.list()] == [label(1), label(2), label(3)]
    assert register.renumber([]) == []


def test_count_does_not_give_a_number_that_was_given_as_a_final_one(register: Register, place: str) -> None:
    """The series here has no pattern at hand when the letter is renumbered, so only the count can notice."""
    register.reserve([circular("e")])
    register.renumber([Final("NOMOR 1 TAHUN 2024", label(2))])
    with pytest.raises(RegisterError) as caught:
        register.reserve(block(3))
    assert codes(caught) == ["register.number-borne"]
    assert register.preview_next("surat", "2024") == 1
    register.reserve(block(1))
    (booked,) = register.book(booking(1))
    register.void(f"#{booked.id}", "nomor dipakai edaran")
    assert [entry.label for entry in register.reserve(block(3))] == [label(1), label(3), label(4)]
    assert assert_gapless(place) == 5
    assert register.verify() == []


def test_inserted_number_is_renumbered_too(register: Register) -> None:
    register.reserve(block(1))
    entry = register.insert(label(1), "angka", letter("s")).entry
    assert register.renumber([Final(entry.label, FINAL)])[0].suffix == "1"
    assert register.insert(label(1), "angka", letter("t")).entry.suffix == "2"
    assert register.verify() == []
