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
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a register can be made: a path, or the URL of a schema of its own."""
    yield from new_place(request, tmp_path)


@pytest.fixture(scope="module", params=DATABASES)
def shared_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One place for all tests of a module, which leave nothing behind."""
    yield from new_place(request, tmp_path_factory.mktemp("shared"))


def new_place(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(folder / "register.db")
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
