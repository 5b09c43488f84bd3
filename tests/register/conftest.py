"""Registers to test on: SQLite always, and PostgreSQL too where LETTERS_TEST_POSTGRESQL names a database for tests."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from letters.register import Register
from tests.register.making import opened

POSTGRESQL = os.environ.get("LETTERS_TEST_POSTGRESQL", "")
DATABASES = ["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"]


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a register can be made: a path, or the URL of a schema of its own."""
    if request.param == "sqlite":
        yield str(tmp_path / "register.db")
    else:
        yield from postgresql_schema()


def postgresql_schema() -> Iterator[str]:
    name = f"letters_{uuid.uuid4().hex}"
    url = make_url(POSTGRESQL).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
        own = url.update_query_dict({"options": f"-csearch_path={name}"})
        yield own.render_as_string(hide_password=False)
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    with opened(place) as book:
        yield book


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an SQLite register can be made, for what only files can suffer."""
    return tmp_path / "register.db"
