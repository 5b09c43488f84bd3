"""What no program may do to the register, not even one that speaks SQL to it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from letters.errors import RegisterError
from letters.register import Final, Register, reserving
from letters.register.opening import locate
from letters.register.schema import letters
from tests.register.making import (
    ACTOR,
    LETTER,
    addressees,
    assert_gapless,
    block,
    booking,
    file,
    letter,
    opened,
    pledge,
)

_COLUMNS = [column.name for column in letters.columns if not column.name.startswith("final_")]
NAMES = ", ".join(_COLUMNS)
AGAIN = ", ".join({"id": "99", "recipient_key": "'x'", "number": "'other'"}.get(name, name) for name in _COLUMNS)
"""What a copy of a letter would hold that tries to get past the unique columns."""
FORBIDDEN = [
    *(
        f"DELETE FROM {table}"
        for table in ("letters", "counters", "batches", "versions", "files", "events", "register_schema")
    ),
    "UPDATE letters SET number = '9/X' WHERE id = 1",
    "UPDATE letters SET number = NULL, number_key = NULL, order_no = NULL, series = '' WHERE id = 1",
    "UPDATE letters SET order_no = 99 WHERE id = 1",
    "UPDATE letters SET suffix = 'A' WHERE id = 1",
    "UPDATE letters SET series = 'lain' WHERE id = 1",
    "UPDATE letters SET period = '2023' WHERE id = 1",
    "UPDATE letters SET batch = 'lain' WHERE id = 1",
    "UPDATE letters SET recipient_key = 'lain' WHERE id = 1",
    "UPDATE letters SET day = '2023-01-01' WHERE id = 1",
    "UPDATE letters SET created_at = '' WHERE id = 1",
    "UPDATE letters SET id = 77 WHERE id = 1",
    "UPDATE letters SET version = 0 WHERE id = 1",
    "UPDATE letters SET state = 'reserved', void_reason = '' WHERE id = 2",
    "UPDATE letters SET state = 'issued', void_reason = '' WHERE id = 2",
    "UPDATE letters SET void_reason = 'lain' WHERE id = 2",
    "UPDATE letters SET state = 'reserved' WHERE id = 1",
    "UPDATE letters SET state = 'void' WHERE id = 1",
    "UPDATE letters SET state = 'lost' WHERE id = 3",
    "UPDATE counters SET last_no = last_no - 1",
    "UPDATE counters SET start_no = 2",
    "UPDATE counters SET period = '2023'",
    "UPDATE events SET user_name = 'lain'",
    "UPDATE files SET sha256 = ''",
    "UPDATE versions SET snapshot = '{}'",
    "UPDATE batches SET host = 'lain'",
    "UPDATE register_schema SET version = 0",
    f"INSERT INTO letters ({NAMES}) SELECT {AGAIN} FROM letters WHERE id = 1",
    f"INSERT INTO letters ({NAMES}) SELECT {AGAIN.replace('order_no', '99')} FROM letters WHERE id = 2",
    "UPDATE letters SET state = 'booked' WHERE id = 3",
    "UPDATE letters SET day = '2024-09-25' WHERE id = 3",
    "UPDATE letters SET number = '9/X' WHERE id = 5",
    "UPDATE letters SET final_number = NULL, final_key = NULL, final_day = NULL WHERE id = 6",
    "UPDATE letters SET final_number = 'x' WHERE id = 1",
    "DELETE FROM recipients",
    "DELETE FROM renumberings",
    "UPDATE recipients SET name = 'lain'",
    "UPDATE renumberings SET number = 'lain'",
    "TRUNCATE events",  # no SQL to SQLite
    "TRUNCATE recipients",
    "TRUNCATE renumberings",
    "INSERT INTO files VALUES (1, 2, 'x', 'pdf', '', 1, '')",
    "INSERT INTO recipients VALUES (1, 2, 1, 'x', 'X')",
    "INSERT INTO recipients VALUES (6, 1, 3, 'k0', 'X')",
    "INSERT INTO renumberings VALUES (6, 1, 'x', 'x', '2024-09-24', '')",
    "INSERT INTO counters VALUES ('surat', '2024', 1, 1)",
]
REASON = (
    "no row is ever|stay|never back|keeps|never back|only rise|born|unique|check constraint|foreign key|near .TRUNCATE"
)


@pytest.fixture(scope="module")
def engine(shared_place: str) -> Iterator[Engine]:
    """A register with a letter of each kind, as another program sees it.

    By id: issued, void, reserved, unnumbered, booked, renumbered with two recipients.
    """
    with opened(shared_place) as book:
        entries = book.reserve([letter("a"), letter("b"), letter("c"), pledge("d")])
        entries += book.book(booking(1))
        entries += book.reserve([letter("f", recipients=addressees(2))])
        assert [entry.id for entry in entries] == [1, 2, 3, 4, 5, 6]
        book.issue_many({1: [file()]})
        book.void("#2", "salah alamat")
        book.renumber([Final("#6", "17/A/2024")])
    engine = create_engine(locate(shared_place).url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_database_refuses_to_lose_or_change_what_is_registered(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        with pytest.raises(DBAPIError, match=re.compile(REASON, re.IGNORECASE)):
            connection.execute(text(statement))


def test_description_of_a_letter_and_its_life_may_go_on(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("UPDATE letters SET recipient = 'Lurah', version = 2 WHERE id = 1"))
        connection.execute(text("UPDATE letters SET state = 'void', void_reason = 'x' WHERE id IN (1, 3)"))
        connection.execute(text("UPDATE letters SET state = 'reserved', version = 2 WHERE id = 6"))
        connection.execute(
            text("UPDATE letters SET batch = batch, day = '2024-09-25', state = 'reserved' WHERE id = 5")
        )
        connection.execute(text("UPDATE counters SET last_no = last_no + 1"))
        states = {row.id: row.state for row in connection.execute(text("SELECT id, state FROM letters"))}
        assert (states[1], states[3], states[5], states[6]) == ("void", "void", "reserved", "reserved")


def test_refusal_of_the_database_reaches_the_user_as_a_problem(register: Register) -> None:
    register.reserve([LETTER])
    with pytest.raises(RegisterError) as caught, register._writing() as connection:
        connection.execute(letters.delete())
    assert caught.value.problems[0].code == "register.protected"
    assert "no row is ever deleted" in str(caught.value)


def test_nothing_remains_of_a_transaction_that_breaks_off(register: Register, place: str) -> None:
    register.reserve(block(3))
    moment = register._clock()

    def interrupted() -> None:
        with register._writing() as connection:
            reserving.reserve(connection, block(5, "lain"), block(5, "lain"), moment, ACTOR)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert assert_gapless(place) == 3
    assert register.find("lain") == {}
    assert len(register.events()) == 3
    register.reserve(block(2, "lain"))
    assert assert_gapless(place) == 5


def test_connection_writes_to_the_disk_before_it_says_so(path: Path) -> None:
    """WAL with synchronous=NORMAL loses acknowledged numbers when the power fails."""
    with opened(path) as book, book._engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60_000}


def test_closing_leaves_one_whole_file(path: Path) -> None:
    with opened(path) as book:
        book.reserve(block(3))
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
