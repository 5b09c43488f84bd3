"""Letters made elsewhere: recorded with the number they bear, without ever leaving a gap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from letters.errors import RegisterError
from letters.model.letter import State
from letters.register import Done, Final, Register, Request
from tests.register.making import EDARAN, assert_gapless, block, booking, codes, file, label, letter


def found(**changes: Any) -> Request:
    """A letter typed in Word, of which the paper book knows only the usual columns."""
    known = {"batch": "", "template": "", "snapshot": {}, "template_sha256": "", "parts": {}, "kind": "undangan"}
    return letter(**(known | {"key": "", "recipient": "Sekretaris Daerah", "subject": "Rapat"} | changes))


def record(register: Register, order: int, **changes: Any) -> Done:
    return register.outside(label(order), found(**changes))


def test_letter_from_outside_takes_the_next_number_and_is_out(register: Register, place: str) -> None:
    register.reserve(block(2))
    entry = record(register, 3).entry
    assert (entry.label, entry.state, entry.from_outside) == (label(3), State.ISSUED, True)
    assert (entry.classification, entry.code) == ("PM.00.02", "K.JI-08")
    assert (entry.recipient, entry.subject, entry.day, entry.files) == (
        *("Sekretaris Daerah", "Rapat", date(2024, 9, 24)),
        (),
    )
    (event,) = register.events(entry.id)
    assert (event.what, event.details) == ("recorded", {"number": label(3), "files": {}})
    assert register.preview_next("surat", "2024") == 4
    assert assert_gapless(place) == 3
    assert register.verify() == []


def test_letter_from_outside_may_begin_the_count(register: Register, place: str) -> None:
    assert record(register, 46, start=46).entry.label == label(46)
    assert register.preview_next("surat", "2024", 46) == 47
    assert assert_gapless(place) == 1


def test_scan_of_the_letter_is_kept_with_it(register: Register) -> None:
    entry = register.outside(label(1), found(), [file("scan/001.pdf")]).entry
    assert entry.files == (file("scan/001.pdf"),)
    register.issue_many({entry.id: [file("scan/002.pdf")]})
    assert len(register.show(label(1)).files) == 2
    assert register.verify() == []


def test_recording_the_same_letter_again_changes_nothing(register: Register) -> None:
    first = record(register, 1)
    assert record(register, 1) == first
    assert register.outside(" 1 / PM.00.02 / K.JI-08 /09/2024 ", found()).entry == first.entry
    assert len(register.events()) == 1


@pytest.mark.parametrize("begun", [True, False])
def test_number_further_on_is_refused_with_what_is_missing(register: Register, begun: bool) -> None:
    if begun:
        register.reserve(block(3))
    with pytest.raises(RegisterError) as caught:
        record(register, 7)
    assert codes(caught) == ["register.ahead" if begun else "register.ahead-of-start"]
    assert "(4-6)" in str(caught.value) if begun else "(1-6)" in str(caught.value)
    assert register.preview_next("surat", "2024") == (4 if begun else 1)
    if begun:
        register.book(booking(3))
        assert record(register, 7).entry.label == label(7)


def test_numbers_below_the_first_one_are_those_of_the_paper_book(register: Register, place: str) -> None:
    register.reserve([letter(start=46)])
    for order in (12, 3, 45):
        record(register, order, start=46)
    assert [entry.number.order for entry in register.list() if entry.number] == [3, 12, 45, 46]
    assert register.preview_next("surat", "2024", 46) == 47
    assert assert_gapless(place) == 1
    assert register.verify() == []
    with pytest.raises(RegisterError) as caught:
        record(register, 12, start=46, recipient="Lain")
    assert codes(caught) == ["register.outside-taken"]


def test_number_below_the_first_one_may_be_recorded_before_any_other(register: Register, place: str) -> None:
    record(register, 45, start=46)
    assert register.reserve([letter(start=46)])[0].label == label(46)
    assert assert_gapless(place) == 1
    assert register.verify() == []


@pytest.mark.parametrize("state", ["reserved", "issued", "void"])
def test_number_that_is_taken_is_refused_whoever_has_it(register: Register, state: str) -> None:
    (entry,) = register.reserve([letter()])
    if state == "issued":
        register.issue_many({entry.id: [file()]})
    if state == "void":
        register.void(entry.label, "salah")
    with pytest.raises(RegisterError) as caught:
        record(register, 1)
    assert codes(caught) == ["register.outside-taken"]
    assert "Camat Diwek" in str(caught.value)


def test_letter_recorded_again_with_other_words_is_refused(register: Register) -> None:
    record(register, 1)
    with pytest.raises(RegisterError) as caught:
        record(register, 1, subject="Lain")
    assert codes(caught) == ["register.outside-taken"]
    register.void(label(1), "salah")
    with pytest.raises(RegisterError) as caught:
        record(register, 1)
    assert codes(caught) == ["register.outside-taken"]


def test_booked_number_is_filled_by_the_letter_that_was_made_with_it_elsewhere(register: Register) -> None:
    (entry,) = register.book(booking(1))
    recorded = register.outside(label(1), found(day=date(2024, 9, 3)), [file()]).entry
    assert (recorded.id, recorded.state, recorded.day) == (entry.id, State.ISSUED, date(2024, 9, 3))
    assert recorded.recipient == "Sekretaris Daerah"
    assert [event.what for event in register.events(entry.id)] == ["booked", "recorded"]
    assert record(register, 1, day=date(2024, 9, 3)).entry == recorded
    assert register.verify() == []


def test_booked_number_with_other_codes_is_not_the_recorded_one(register: Register) -> None:
    register.book(booking(1))
    with pytest.raises(RegisterError) as caught:
        register.outside("001/KP.01/K.JI-08/09/2024", found())
    assert codes(caught) == ["register.outside-taken"]


def test_inserted_number_is_recorded_after_its_base(register: Register) -> None:
    register.reserve(block(1))
    assert register.outside(label(1, suffix="b"), found()).entry.suffix == "B"
    assert register.insert(label(1), "huruf", letter("s")).entry.suffix == "A"
    assert register.insert(label(1), "huruf", letter("t")).entry.suffix == "C"
    with pytest.raises(RegisterError) as caught:
        register.outside(label(1, suffix="B"), found(recipient="Lain"))
    assert codes(caught) == ["register.outside-taken"]
    with pytest.raises(RegisterError) as caught:
        register.outside(label(2, suffix="1"), found())
    assert codes(caught) == ["register.no-base"]
    assert register.verify() == []


@pytest.mark.parametrize(
    ("text", "changes", "code"),
    [
        (label(1, month=10), {}, "register.number-date"),
        (label(1, year=2023), {}, "register.number-date"),
        ("Nomor 1", {}, "register.outside-pattern"),
        ("", {}, "register.outside-pattern"),
        (label(1), {"parts": {"klasifikasi": "KP.01"}}, "register.outside-code"),
        (label(1), {"series": "", "pattern": None}, "register.outside-series"),
        ("001\x00", {}, "register.text"),
    ],
)
def test_number_that_cannot_be_that_of_the_letter_is_refused(
    register: Register, text: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(RegisterError) as caught:
        register.outside(text, found(**changes))
    assert codes(caught) == [code]
    assert register.list() == []


def test_number_written_with_blanks_is_kept_without_them(register: Register) -> None:
    assert register.outside("1 / PM.00.02 / K.JI-08 / 09 / 2024", found()).entry.label == "1/PM.00.02/K.JI-08/09/2024"
    circular_there = found(series="edaran", pattern=EDARAN)
    assert register.outside("NOMOR 1  TAHUN 2024", circular_there).entry.label == "NOMOR 1 TAHUN 2024"


def test_number_another_letter_bears_since_it_was_renumbered_is_not_recorded(register: Register) -> None:
    (other,) = register.reserve([letter(series="sementara")])
    register.renumber([Final(f"#{other.id}", "001/KP.01/K.JI-08/09/2024")])
    with pytest.raises(RegisterError) as caught:
        register.outside("001/KP.01/K.JI-08/09/2024", found())
    assert codes(caught) == ["register.number-borne"]


def test_date_out_of_order_is_warned_about(register: Register) -> None:
    record(register, 1)
    (problem,) = record(register, 2, day=date(2024, 9, 3)).warnings
    assert problem.code == "register.backdated"
    register.reserve(block(1))
    (problem,) = register.outside(label(1, suffix="1"), found(day=date(2024, 9, 30))).warnings
    assert problem.code == "register.insert-date"


def test_file_of_another_letter_is_refused(register: Register) -> None:
    (first,) = register.reserve([letter()])
    register.issue_many({first.id: [file("out/1.pdf")]})
    with pytest.raises(RegisterError) as caught:
        register.outside(label(2), letter("x"), [file("out/1.pdf")])
    assert codes(caught) == ["register.outside-file"]
    register.outside(label(2), letter("x"), [file("out/2.pdf")])
    assert register.verify() == []
