"""Registers to test on: every test that asks for `place` or `register` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.register import Register
from tests.register.making import opened
from tests.support.postgres import Server, server_for_tests

DATABASES = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server, started for the first test that needs one."""
    with server_for_tests() as server:
        yield server


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Name of the database a test runs on."""
    name: str = request.param
    if name == "postgresql":
        request.getfixturevalue("postgresql")
    return name


@pytest.fixture
def place(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where a register can be made: a path, or the URL of a schema of its own."""
    if database == "sqlite":
        yield str(tmp_path / "register.db")
        return
    server: Server = request.getfixturevalue("postgresql")
    with server.schema() as schema:
        yield server.url(schema)


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    with opened(place) as book:
        yield book


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an SQLite register can be made, for what only files can suffer."""
    return tmp_path / "register.db"
