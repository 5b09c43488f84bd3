"""Texts that many letters are made of are kept once and never change."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from letters.errors import RegisterError
from letters.register import Register
from letters.register.opening import locate
from tests.register.making import opened


def test_text_that_was_kept_is_found_again_as_it_was(register: Register) -> None:
    texts = ["Surat — “imbauan”\n\t😀", "", "Surat — “imbauan”\n\t😀"]

    names = register.keep(texts)

    assert [register.kept(name) for name in names] == texts
    assert list(register.keep(texts)) == list(names)
    assert names[0] == names[2] != names[1]


def test_text_that_is_not_there_is_told(register: Register) -> None:
    with pytest.raises(RegisterError) as caught:
        register.kept("0" * 64)
    assert [problem.code for problem in caught.value.problems] == ["register.content"]


@pytest.mark.parametrize("change", ["UPDATE contents SET content = 'lain'", "DELETE FROM contents"])
def test_kept_text_cannot_be_changed_or_deleted(place: str, change: str) -> None:
    with opened(place) as book:
        (name,) = book.keep(["asli"])
    engine = create_engine(locate(place).url)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    with opened(place) as book:
        assert book.kept(name) == "asli"


def test_kept_text_is_in_a_backup(place: str, tmp_path) -> None:
    with opened(place) as book:
        (name,) = book.keep(["asli"])
        book.backup(tmp_path / "cadangan.db")
    with opened(tmp_path / "cadangan.db") as copy:
        assert copy.kept(name) == "asli"
