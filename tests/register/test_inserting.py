"""Sisipan: letters between two numbers, and the warning about dates that go back."""

from __future__ import annotations

from datetime import date
from itertools import product
from string import ascii_uppercase

import pytest

from letters.errors import RegisterError, SettingsError
from letters.model.letter import State
from letters.register import Final, Register
from letters.register.entries import SuffixKind
from tests.register.making import LETTER, assert_gapless, block, circular, codes, file, label, letter, pledge

SECOND = label(2)


@pytest.fixture(autouse=True)
def three(register: Register) -> None:
    """Letters 001 to 003 of 24 September 2024."""
    register.reserve(block(3))


@pytest.mark.parametrize(
    ("kind", "suffixes"), [("angka", ["1", "2", "3"]), ("huruf", ["A", "B", "C"])], ids=["angka", "huruf"]
)
def test_inserted_letter_gets_the_next_free_suffix_and_the_count_stays(
    register: Register, place: str, kind: SuffixKind, suffixes: list[str]
) -> None:
    entries = [register.insert(SECOND, kind, letter(f"s{number}")).entry for number in range(3)]
    assert [entry.suffix for entry in entries] == suffixes
    assert [entry.label for entry in entries] == [label(2, suffix=suffix) for suffix in suffixes]
    assert {(entry.state, entry.number.order if entry.number else 0) for entry in entries} == {(State.RESERVED, 2)}
    assert register.preview_next("surat", "2024") == 4
    assert assert_gapless(place) == 3
    event = register.events(entries[0].id)[0]
    assert (event.what, event.details) == (
        "inserted",
        {"number": label(2, suffix=suffixes[0]), "after": SECOND, "batch": LETTER.batch, "key": "s0"},
    )
    assert register.verify() == []


def test_both_kinds_stand_side_by_side_after_one_number(register: Register) -> None:
    for number, kind in enumerate(("huruf", "angka", "huruf")):
        register.insert(SECOND, kind, letter(f"s{number}"))
    assert [entry.label for entry in register.list() if entry.suffix] == [
        label(2, suffix=suffix) for suffix in ("1", "A", "B")
    ]


def test_inserted_letter_has_its_own_date_and_lives_like_any_other(register: Register) -> None:
    done = register.insert(SECOND, "angka", letter("s", day=date(2024, 10, 2)))
    assert done.entry.label == "002.1/PM.00.02/K.JI-08/10/2024"
    register.issue_many({done.entry.id: [file()]})
    assert register.void(done.entry.label, "salah").state is State.VOID
    assert register.insert(SECOND, "angka", letter("t")).entry.suffix == "2"


def test_inserting_again_returns_the_same_letter(register: Register) -> None:
    first = register.insert(SECOND, "angka", letter("s")).entry
    assert register.insert(SECOND, "angka", letter("s")).entry == first
    assert register.reserve([letter("s")]) == [first]


def test_letter_may_follow_an_inserted_a_void_or_a_renumbered_number(register: Register) -> None:
    inserted = register.insert(SECOND, "huruf", letter("s")).entry
    assert register.insert(inserted.label, "huruf", letter("t")).entry.suffix == "B"
    register.void(label(1), "salah")
    assert register.insert(label(1), "huruf", letter("u")).entry.label == label(1, suffix="A")
    register.renumber([Final(label(3), "99/E-OFFICE/2024")])
    assert register.insert("99/E-OFFICE/2024", "angka", letter("v")).entry.label == label(3, suffix="1")


def test_inserting_after_a_number_that_is_not_there_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError) as caught:
        register.insert(label(9), "angka", letter("s"))
    assert codes(caught) == ["register.unknown"]


@pytest.mark.parametrize(
    "request_of_another_count",
    [circular("s"), letter("s", period="2025", day=date(2025, 1, 1)), letter("s", period="2024|PM"), pledge("s")],
    ids=["series", "year", "code", "unnumbered"],
)
def test_letter_of_another_count_is_not_inserted(register: Register, request_of_another_count: object) -> None:
    with pytest.raises(RegisterError) as caught:
        register.insert(SECOND, "angka", request_of_another_count)  # type: ignore[arg-type]
    assert codes(caught) == ["register.other-count"]


def test_nothing_is_inserted_after_a_document_without_number(register: Register) -> None:
    (entry,) = register.reserve([pledge()])
    with pytest.raises(RegisterError) as caught:
        register.insert(f"#{entry.id}", "angka", letter("s"))
    assert codes(caught) == ["register.other-count"]


def test_code_that_the_number_needs_is_asked_for_before_anything_is_written(register: Register) -> None:
    with pytest.raises(SettingsError):
        register.insert(SECOND, "angka", letter("s", parts={}))
    assert len(register.list()) == 3


def test_suffixes_that_are_all_used_are_told(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len([*ascii_uppercase, *product(ascii_uppercase, repeat=2)]) == 702
    monkeypatch.setattr("letters.register.inserting._suffixes", lambda kind: iter("AB"))
    for key in "st":
        register.insert(SECOND, "huruf", letter(key))
    with pytest.raises(RegisterError) as caught:
        register.insert(SECOND, "huruf", letter("u"))
    assert codes(caught) == ["register.suffixes-used"]


@pytest.mark.parametrize(
    ("day", "beside"),
    [
        (date(2024, 9, 23), label(3)),
        (date(2024, 9, 24), None),
        (date(2024, 10, 1), None),
        (date(2024, 10, 2), label(4, 10)),
    ],
)
def test_date_outside_those_of_the_neighbours_is_warned_about(
    register: Register, day: date, beside: str | None
) -> None:
    register.void(label(3), "salah")
    register.reserve([letter("later", day=date(2024, 10, 1))])
    done = register.insert(label(3), "angka", letter("s", day=day))
    assert [problem.params["number"] for problem in done.warnings] == ([beside] if beside else [])
    for problem in done.warnings:
        assert (problem.code, problem.severity) == ("register.insert-date", "warning")
        assert beside in str(problem)


# -- dates that go back --------------------------------------------------------------------------------


def test_letter_dated_before_the_last_issued_one_is_warned_about(register: Register) -> None:
    earlier = [letter("a", day=date(2024, 9, 20)), letter("b", day=date(2024, 9, 22)), circular("c"), pledge("d")]
    assert register.backdated(earlier) == []  # nothing is out yet
    entry = register.find("blok")["k1"]
    register.issue_many({entry.id: [file()]})
    (problem,) = register.backdated(earlier)
    assert (problem.code, problem.severity) == ("register.backdated", "warning")
    assert problem.params == {"day": date(2024, 9, 20), "number": SECOND, "last": date(2024, 9, 24)}
    assert "2024-09-24" in str(problem)
    assert register.backdated([letter("a"), letter("b", day=date(2024, 9, 25))]) == []


def test_only_letters_of_the_same_count_matter_for_the_warning(register: Register) -> None:
    register.issue_many({register.show(SECOND).id: [file()]})
    register.void(SECOND, "salah")
    assert register.backdated([letter("a", day=date(2024, 9, 1))]) == []
    register.issue_many({register.show(label(1)).id: [file()]})
    assert register.backdated([letter("a", day=date(2023, 9, 1), period="2023")]) == []
    assert len(register.backdated([letter("a", day=date(2024, 9, 1))])) == 1
