"""The whole book is checked: what was changed behind the register's back is found, and nothing else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from letters.errors import Problem, RegisterError
from letters.register import Final, Register
from letters.register.databases import begin_write, connect
from letters.register.opening import locate
from letters.register.verifying import verify
from tests.register.making import (
    EDARAN,
    SURAT,
    addressees,
    block,
    booking,
    circular,
    file,
    label,
    letter,
    opened,
    pledge,
)
from tests.register.tampering import tamper, tamper_within
from tests.register.test_outside import found

PATTERNS = {"surat": SURAT, "edaran": EDARAN}


@pytest.fixture(scope="module")
def shared(shared_place: str) -> Iterator[Engine]:
    """The database of a register in which everything has happened; every change to it is rolled back."""
    fill(shared_place)
    engine = connect(locate(shared_place).url, patience=5)
    yield engine
    engine.dispose()


@pytest.fixture
def full(place: str) -> str:
    """A register in which everything has happened that can."""
    fill(place)
    return place


def fill(place: str) -> None:
    """By id: 1 issued, 2 void, 3 reserved, 4 unnumbered, 5 booked, 6 inserted, 7 outside, 8 renumbered and issued in
    version 2, 9 to many in a booked number, 10 edaran."""
    with opened(place) as book:
        book.reserve([letter("a"), letter("b"), letter("c"), pledge("d")])
        book.issue_many({1: [file("out/1.pdf")]})
        book.issue_many({1: [file("out/1.docx")]})
        book.void(label(2), "salah alamat")
        book.book(booking(1))
        book.insert(label(1), "huruf", letter("e"))
        book.outside(label(5), found())
        book.reserve([letter("f")])
        book.issue_many({8: [file("out/8.pdf")]})
        book.renumber([Final(label(6), "2481/X")])
        book.issue_many({8: [file("out/8.pdf", "ee" * 32)]})
        book.book(booking(1))
        book.fill(label(7), letter("", recipients=addressees(2)))
        book.reserve([circular("g")])


def problems(place: str) -> list[Problem]:
    with opened(place) as book:
        return list(book.verify(PATTERNS))


def test_nothing_is_wrong_with_a_register_in_which_everything_happened(full: str) -> None:
    assert problems(full) == []


def test_nothing_is_wrong_with_an_empty_register(register: Register) -> None:
    assert register.verify() == []


VALID_AGAIN = "UPDATE letters SET state = 'issued', void_reason = '' WHERE id = 2"
OTHER_NUMBER = "UPDATE letters SET number = '009/PM.00.02/K.JI-08/09/2024' WHERE id = 3"
TAMPERED = [
    ("UPDATE letters SET state = 'reserved' WHERE id = 1", ["verify-state", "verify-early-files"]),
    (VALID_AGAIN, ["verify-state", "verify-reason", "verify-no-files"]),
    ("UPDATE letters SET void_reason = 'lain' WHERE id = 2", ["verify-reason"]),
    ("UPDATE letters SET state = 'issued' WHERE id = 3", ["verify-state", "verify-no-files"]),
    (OTHER_NUMBER, ["verify-number", "verify-keys", "verify-order"]),
    ("UPDATE letters SET order_no = 99 WHERE id = 3", ["verify-gap", "verify-beyond", "verify-order"]),
    ("UPDATE letters SET suffix = 'C' WHERE id = 6", ["verify-order"]),
    ("UPDATE letters SET order_no = 99, suffix = 'A' WHERE id = 6", ["verify-base", "verify-order"]),
    ("UPDATE letters SET day = '2024-10-24' WHERE id = 3", ["verify-date"]),
    ("UPDATE letters SET version = 2 WHERE id = 1", ["verify-version", "verify-versions", "verify-no-files"]),
    ("UPDATE letters SET final_number = '1/Y' WHERE id = 8", ["verify-number", "verify-keys"]),
    ("UPDATE letters SET final_key = 'nomor1tahun2024' WHERE id = 8", ["verify-alike"]),
    ("UPDATE letters SET period = '2023' WHERE id = 10", ["verify-gap", "verify-beyond"]),
    ("UPDATE counters SET last_no = 8 WHERE series = 'surat'", ["verify-gap"]),
    ("UPDATE counters SET last_no = 6 WHERE series = 'surat'", ["verify-beyond"]),
    ("UPDATE counters SET start_no = 3 WHERE series = 'surat'", []),
    ("DELETE FROM counters WHERE series = 'edaran'", ["verify-beyond"]),
    ("DELETE FROM files WHERE path = 'out/1.docx'", ["verify-files"]),
    ("DELETE FROM files WHERE letter_id = 1", ["verify-files", "verify-no-files"]),
    ("UPDATE files SET sha256 = 'x' WHERE path = 'out/1.pdf'", ["verify-files"]),
    ("DELETE FROM events WHERE letter_id = 3", ["verify-birth"]),
    ("DELETE FROM events WHERE what = 'issued' AND letter_id = 1", ["verify-state", "verify-files"]),
    ("DELETE FROM events WHERE what = 'void'", ["verify-state", "verify-reason"]),
    ("DELETE FROM events WHERE what = 'renumbered'", ["verify-number"]),
    ("DELETE FROM events WHERE what = 'new-version'", ["verify-version", "verify-files"]),
    ("DELETE FROM renumberings", ["verify-keys"]),
    ("UPDATE letters SET recipient = 'Lurah' WHERE id = 1", []),
]
"""What was done, and what is told of it, but for `register.`."""


@pytest.mark.parametrize(("statement", "told"), TAMPERED, ids=[statement for statement, _ in TAMPERED])
def test_change_behind_the_registers_back_is_found(shared: Engine, statement: str, told: list[str]) -> None:
    with shared.connect() as connection:
        begin_write(connection, patience=5)
        tamper_within(connection, statement)
        faults = verify(connection, "register.db", PATTERNS)
    assert {fault.code for fault in faults} == {f"register.{code}" for code in told}
    for fault in faults:
        assert str(fault)
        assert fault.remedy.format(**fault.params)
        assert fault.place.file == "register.db"


def test_problems_say_in_which_register_they_are(full: str) -> None:
    tamper(full, VALID_AGAIN)
    assert {problem.place.file for problem in problems(full)} == {locate(full).name}


def test_everything_that_is_wrong_is_told_at_once(full: str) -> None:
    tamper(full, "DELETE FROM events WHERE letter_id IN (1, 3)", "UPDATE counters SET last_no = 20")
    found_problems = problems(full)
    assert [problem.code for problem in found_problems].count("register.verify-birth") == 2
    gaps = [problem for problem in found_problems if problem.code == "register.verify-gap"]
    assert {problem.params["missing"] for problem in gaps} == {"2-20", "8-20"}


def test_letter_that_is_gone_is_told_as_a_gap(full: str) -> None:
    gone = [f"DELETE FROM {table} WHERE letter_id = 3" for table in ("events", "versions")]
    tamper(full, *gone, "DELETE FROM letters WHERE id = 3")
    (problem,) = problems(full)
    assert (problem.code, problem.params["missing"]) == ("register.verify-gap", "3")


def test_number_that_two_valid_letters_bear_is_told(full: str) -> None:
    twice = "UPDATE letters SET final_number = number, final_key = number_key, final_day = day WHERE id = 3"
    again = "UPDATE letters SET final_key = (SELECT number_key FROM letters WHERE id = 1) WHERE id = 8"
    tamper(full, twice, again)
    doubles = [problem for problem in problems(full) if problem.code == "register.verify-double"]
    assert [problem.params["ids"] for problem in doubles] == ["#1, #8"]


def test_guards_that_are_off_or_gone_are_told(full: str) -> None:
    engine = create_engine(locate(full).url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER letters_stay"))
        else:
            connection.execute(text("ALTER TABLE letters DISABLE TRIGGER letters_stay"))
    engine.dispose()
    (problem,) = problems(full)
    assert (problem.code, problem.params["names"]) == ("register.verify-guards", "letters_stay")


def test_reference_to_nothing_and_broken_pages_are_told(path: Path) -> None:
    with opened(path) as book:
        book.reserve(block(300))
    tamper(str(path), "PRAGMA foreign_keys = OFF", "DELETE FROM versions WHERE letter_id = 3")
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'letters_by_day'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("INSERT INTO files VALUES (999, 1, 'x', 'pdf', '', 1, '')")
        connection.commit()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size + 12 : page * size] = b"\xa5" * (size - 12)
    path.write_bytes(content)
    with opened(path) as book:
        try:
            told = {problem.code for problem in book.verify()}
        except RegisterError as error:
            told = {problem.code for problem in error.problems}
    assert told & {"register.verify-database", "register.damaged"}


def test_register_of_many_letters_is_looked_at_window_by_window(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("letters.register.histories.WINDOW", 4)
    entries = register.reserve(block(9))
    register.issue_many({entry.id: [file(f"out/{entry.id}.pdf")] for entry in entries[1:]})
    assert register.verify(PATTERNS) == []
    register.issue_many({entries[0].id: []})
    (problem,) = register.verify(PATTERNS)
    assert (problem.code, problem.severity) == ("register.verify-no-files", "warning")
