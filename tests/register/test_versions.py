"""New versions of a letter under its number, and one number for many recipients."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from letters.errors import RegisterError
from letters.model.letter import State
from letters.register import Addressee, Entry, Filter, Final, Register
from tests.register.making import (
    LETTER,
    addressees,
    assert_gapless,
    block,
    booking,
    codes,
    file,
    label,
    letter,
    pledge,
)
from tests.register.test_outside import found

CHANGED: dict[str, Any] = {
    "recipient": "Plt. Camat Diwek",
    "subject": "Imbauan Netralitas",
    "snapshot": {"isian": {"jabatan": "Plt. Camat Diwek"}},
    "template_sha256": "12" * 32,
}


@pytest.fixture
def out(register: Register) -> Entry:
    """A letter that is out."""
    (entry,) = register.reserve([LETTER])
    register.issue_many({entry.id: [file("out/1.pdf")]})
    return register.show(entry.label)


def test_changed_letter_keeps_its_number_and_is_to_be_made_anew(register: Register, out: Entry, place: str) -> None:
    again = register.new_version(out.id, letter(**CHANGED), " pejabat \n berganti ")
    assert (again.number, again.day, again.key) == (out.number, out.day, out.key)
    assert (again.state, again.version, again.files) == (State.RESERVED, 2, ())
    assert {name: getattr(again, name) for name in CHANGED} == CHANGED
    assert register.reserve([LETTER]) == [again]
    register.issue_many({out.id: [file("out/1.pdf", "99" * 32)]})
    assert register.find(LETTER.batch)[LETTER.key].state is State.ISSUED
    assert assert_gapless(place) == 1
    assert register.verify() == []


def test_old_version_stays_with_its_contents_and_files(register: Register, out: Entry) -> None:
    register.new_version(out.id, letter(**CHANGED), "pejabat berganti")
    register.issue_many({out.id: [file("out/1.pdf", "99" * 32)]})
    old, new = register.versions(out.id)
    assert (old.version, old.snapshot, old.files, old.reason) == (1, LETTER.snapshot, (file("out/1.pdf"),), "")
    assert (new.version, new.snapshot, new.reason) == (2, CHANGED["snapshot"], "pejabat berganti")
    assert new.files == (file("out/1.pdf", "99" * 32),)
    assert new.template_sha256 == "12" * 32
    assert new.created_at > old.created_at
    event = register.events(out.id)[2]
    assert event.what == "new-version"
    assert event.details == {
        "version": 2,
        "reason": "pejabat berganti",
        "state": "issued",
        "was": {"recipient": "Camat Diwek", "subject": "Imbauan Netralitas ASN", "template_sha256": "ab" * 32},
    }
    kept = [(one.version, one.is_present, one.file.sha256[:2], one.label) for one in register.files()]
    assert kept == [(1, False, "cd", label(1)), (2, True, "99", label(1))]


def test_same_contents_make_no_new_version(register: Register, out: Entry) -> None:
    snapshot = LETTER.snapshot | {"dasar": ("UU 10/2016", None, 3)}  # what was a tuple comes back as a list
    assert register.new_version(out.id, letter(snapshot=snapshot), "x") == out
    first = register.new_version(out.id, letter(**CHANGED), "x")
    assert register.new_version(out.id, letter(**CHANGED), "y") == first
    assert len(register.versions(out.id)) == 2


def test_letter_that_is_not_out_yet_may_change_too(register: Register) -> None:
    (entry,) = register.reserve([pledge()])
    again = register.new_version(entry.id, pledge(subject="Lain"), "salah ketik")
    assert (again.version, again.state, again.subject) == (2, State.RESERVED, "Lain")
    assert register.verify() == []


def test_version_may_follow_a_final_number(register: Register, out: Entry) -> None:
    register.renumber([Final(out.label, "2481/X", date(2024, 10, 3))])
    again = register.new_version(out.id, letter(day=date(2024, 10, 3), **CHANGED), "pejabat berganti")
    assert (again.label, again.version, again.former) == ("2481/X", 3, (label(1),))
    assert register.verify() == []


@pytest.mark.parametrize(
    ("changes", "reason", "code"),
    [
        ({}, " \n", "register.version-reason"),
        ({}, "\ud800", "register.text"),
        ({"day": date(2024, 9, 25)}, "x", "register.version-day"),
        ({"parts": {"klasifikasi": "KP.01", "kode": "K.JI-08"}}, "x", "register.version-number"),
        ({"period": "2023"}, "x", "register.other-count"),
        ({"series": "", "pattern": None}, "x", "register.other-count"),
    ],
)
def test_change_that_does_not_fit_the_number_is_refused(
    register: Register, out: Entry, changes: dict[str, Any], reason: str, code: str
) -> None:
    with pytest.raises(RegisterError) as caught:
        register.new_version(out.id, letter(**CHANGED, **changes), reason)
    assert codes(caught) == [code]
    assert register.show(out.label) == out


def test_void_booked_outside_and_unknown_letters_have_no_versions(register: Register, out: Entry) -> None:
    register.void(out.label, "salah")
    (booked,) = register.book(booking(1))
    outside = register.outside(label(3), found()).entry
    for entry_id in (out.id, booked.id, outside.id, 99):
        with pytest.raises(RegisterError) as caught:
            register.new_version(entry_id, LETTER, "x")
        assert codes(caught) == ["register.no-version"]


# -- one number, many recipients -----------------------------------------------------------------------

MANY = letter("", recipients=addressees(3), recipient="Camat se-Kabupaten Jombang")


def copies(recipients: tuple[Addressee, ...]) -> list[Any]:
    return [replace(file(f"out/001-{one.key}.pdf"), recipient=one.key) for one in recipients]


def test_one_number_goes_to_many_recipients(register: Register, place: str) -> None:
    many, single = register.reserve([MANY, letter("other")])
    assert (many.label, many.recipients, single.recipients) == (label(1), addressees(3), ())
    register.issue_many({many.id: copies(MANY.recipients)})
    shown = register.show(label(1))
    assert [(one.path, one.recipient) for one in shown.files] == [(f"out/001-k{n}.pdf", f"k{n}") for n in range(3)]
    assert register.find(MANY.batch)[""] == shown
    assert [entry.recipients for entry in register.list()] == [addressees(3), ()]
    assert [one.file.recipient for one in register.files()] == ["k0", "k1", "k2"]
    assert assert_gapless(place) == 2
    assert register.verify() == []


def test_letter_to_many_is_found_by_each_of_them(register: Register) -> None:
    many, _ = register.reserve([MANY, letter("other")])
    for wanted in (Filter(recipient="camat 2"), Filter(recipient="K1"), Filter(text="camat k2")):
        assert [entry.id for entry in register.list(wanted)] == [many.id]
    assert register.list(Filter(recipient="Camat 3")) == []


def test_recipients_belong_to_a_version(register: Register) -> None:
    (entry,) = register.reserve([MANY])
    register.issue_many({entry.id: copies(MANY.recipients)})
    more = replace(MANY, recipients=addressees(4)[1:])
    assert register.new_version(entry.id, more, "satu camat keliru").recipients == more.recipients
    old, new = register.versions(entry.id)
    assert (old.recipients, new.recipients) == (MANY.recipients, more.recipients)
    assert (len(old.files), new.files) == (3, ())
    assert [one.id for one in register.list(Filter(recipient="camat 3"))] == [entry.id]
    assert register.list(Filter(recipient="camat 0")) == []


def test_renumbered_letter_keeps_its_recipients(register: Register) -> None:
    (entry,) = register.reserve([MANY])
    register.issue_many({entry.id: copies(MANY.recipients)})
    assert register.renumber([Final(entry.label, "2481/X")])[0].recipients == MANY.recipients


def test_booked_and_inserted_numbers_may_go_to_many(register: Register) -> None:
    register.book(booking(1))
    assert register.fill(label(1), MANY).entry.recipients == MANY.recipients
    assert register.insert(label(1), "angka", replace(MANY, batch="lain")).entry.recipients == MANY.recipients


def test_recipient_twice_in_one_letter_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError) as caught:
        register.reserve([replace(MANY, recipients=(*addressees(1), *addressees(1), Addressee("x", "\x00")))])
    assert codes(caught) == ["register.asked-twice", "register.text"]


def test_batches_of_the_registers_own_cannot_be_asked_for(register: Register) -> None:
    for batch in ("#pesan", "#luar"):
        with pytest.raises(ValueError, match="own"):
            register.reserve([letter(batch=batch)])


def test_files_are_told_for_however_many_letters(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.register.kept.WINDOW", 4)
    assert list(register.files()) == []
    entries = register.reserve(block(10))
    register.issue_many({entry.id: [file(f"out/{entry.id}.pdf")] for entry in entries})
    assert [one.entry_id for one in register.files()] == [entry.id for entry in entries]
