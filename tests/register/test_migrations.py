from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from letters.errors import RegisterError
from letters.model.letter import State
from letters.register import Final, migrations
from letters.register.opening import locate
from letters.register.schema import METADATA
from tests.register.making import ACTOR, EDARAN, SURAT, assert_gapless, block, letter, opened, texts

VERSION_1 = Path(__file__).parent / "data" / "version-1.sql"
"""A register as the first released schema had it, with letters in every state. Never edited."""


@pytest.fixture
def first(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    return path


def test_register_of_the_first_schema_is_read_and_goes_on(first: Path) -> None:
    with opened(first) as book:
        assert [(entry.number.text if entry.number else "", entry.state) for entry in book.list()] == [
            ("NOMOR 1064 TAHUN 2024", State.RESERVED),
            ("001/PM.00.02/K.JI-08/09/2024", State.ISSUED),
            ("002/PM.00.02/K.JI-08/09/2024", State.VOID),
            ("", State.RESERVED),
        ]
        issued = book.show("001/PM.00.02/K.JI-08/09/2024")
        assert issued.snapshot["tanggal"] == date(2024, 9, 24)
        assert [written.format for written in issued.files] == ["docx", "pdf"]
        assert [event.what for event in book.events(issued.id)] == ["reserved", "issued"]
        assert book.reserve([letter()]) == [issued]
        assert book.verify({"surat": SURAT, "edaran": EDARAN}) == []
        book.reserve(block(2))
        assert book.renumber([Final(issued.label, "17/A/2024")])[0].former == (issued.label,)
        assert book.verify() == []
    assert assert_gapless(first) == 5


def test_first_schema_is_still_made_as_it_was_released(first: Path, tmp_path: Path) -> None:
    made = tmp_path / "made.db"
    with closing(sqlite3.connect(made)) as connection:
        for statement in migrations.STEPS[0]("sqlite"):
            connection.execute(statement)
    assert schema_text(made) == schema_text(first)


def schema_text(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [(name, " ".join(sql.split())) for name, sql in rows]


def test_queries_know_the_same_tables_and_columns_as_the_database(place: str) -> None:
    with opened(place):
        pass
    engine = create_engine(locate(place).url)
    found = inspect(engine)
    tables = {name: [column["name"] for column in found.get_columns(name)] for name in found.get_table_names()}
    engine.dispose()
    assert tables == {name: [column.name for column in table.columns] for name, table in METADATA.tables.items()}


def add_note(dialect: str) -> Sequence[str]:
    return ["ALTER TABLE letters ADD COLUMN note TEXT NOT NULL DEFAULT '-'", f"CREATE TABLE of_{dialect} (id INTEGER)"]


def break_off(dialect: str) -> Sequence[str]:
    return ["ALTER TABLE letters ADD COLUMN further TEXT", "INSERT INTO nowhere VALUES (1)"]


def test_older_register_is_brought_up_to_date_when_it_is_opened(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(place) as book:
        before = book.reserve(block(3))
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, add_note))
    for _ in range(2):
        with opened(place) as book:
            assert book.reserve(block(3)) == before
    rows = select(place, "SELECT version, program FROM register_schema ORDER BY version")
    assert rows == [(version, ACTOR.program) for version in range(1, len(migrations.STEPS) + 1)]
    assert select(place, "SELECT DISTINCT note FROM letters") == [("-",)]


def test_step_that_fails_changes_nothing_at_all(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(place) as book:
        book.reserve(block(3))
    with monkeypatch.context() as newer:
        newer.setattr(migrations, "STEPS", (*migrations.STEPS, add_note, break_off))
        with pytest.raises(RegisterError):
            opened(place)
    with opened(place) as book:
        assert len(texts(book)) == 3
    assert select(place, "SELECT max(version) FROM register_schema") == [(len(migrations.STEPS),)]


def test_register_of_a_newer_program_is_refused_and_left_alone(place: str) -> None:
    with opened(place) as book:
        book.reserve(block(3))
    engine = create_engine(locate(place).url)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO register_schema VALUES (99, '2030-01-01T00:00:00', 'letters 9')"))
    engine.dispose()
    with pytest.raises(RegisterError) as caught:
        opened(place)
    (problem,) = caught.value.problems
    assert (problem.code, problem.params) == ("register.newer", {"version": 99, "known": len(migrations.STEPS)})
    assert "99" in str(problem)


def select(place: str, query: str) -> list[tuple[object, ...]]:
    engine = create_engine(locate(place).url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows
