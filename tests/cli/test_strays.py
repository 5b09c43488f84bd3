"""Codes that leave the table or change: what the register has of them is told before a second letter goes out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from letters.register import Register
from tests.support.cli import run
from tests.support.workspace import RECIPIENTS, make_workspace, tree

DAY = ("--date", "2024-09-24")
NUMBER = "002/PM.00.02/K.JI-08/09/2024"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor")


def told(office: Path, *command: str) -> dict[str, dict[str, Any]]:
    """Run a command, and return its notices about the register by code."""
    done = run("--json", *command, "uji", *DAY, "--formats", "docx", folder=office)
    assert done.code == 0, done.out
    codes = ("batch.left-the-table", "batch.second-letter")
    return {notice["code"]: notice for notice in done.json["notices"] if notice["code"] in codes}


def reserve_only(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the numbers and stop there."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("letters.batch.issue.make_letters", stopped)
        assert run("issue", "uji", *DAY, folder=office).code == 130


def table(office: Path, old: str, new: str) -> None:
    assert old in RECIPIENTS
    (office / "recipients.csv").write_text(RECIPIENTS.replace(old, new), encoding="utf-8")


GUDO = "camat-gudo;camat;Camat Gudo;;Kecamatan Gudo;;Gudo;Saudara\n"


@pytest.mark.parametrize("command", ["check", "issue"])
def test_number_of_a_recipient_who_left_the_table_is_named_with_what_to_do(
    office: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    reserve_only(office, monkeypatch)
    table(office, GUDO, "")

    notice = told(office, command)["batch.left-the-table"]

    assert f"{NUMBER} (camat-gudo: Camat Gudo, Kecamatan Gudo)" in notice["message"]
    assert f'letters register void "{NUMBER}"' in notice["remedy"]
    run("register", "void", NUMBER, "--reason", "penerima tidak ada lagi", folder=office)
    assert told(office, command) == {}


def test_recipients_left_out_on_purpose_are_not_said_to_have_left(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reserve_only(office, monkeypatch)

    assert told(office, "issue", "--to", "sekda") == {}


@pytest.mark.parametrize("command", ["check", "issue"])
def test_changed_code_that_makes_a_second_letter_to_the_same_post_is_told(office: Path, command: str) -> None:
    told(office, "issue")
    table(office, "camat-gudo;", "gudo;")

    notice = told(office, command)["batch.second-letter"]

    assert NUMBER in notice["message"]
    assert '"camat-gudo"' in notice["message"]
    assert '"gudo"' in notice["message"]
    assert notice["row"] == 3


def test_new_recipient_is_no_second_letter(office: Path) -> None:
    told(office, "issue")
    table(office, GUDO, GUDO + "camat-perak;camat;Camat Perak;;Kecamatan Perak;;Perak;Saudara\n")

    assert told(office, "check") == told(office, "issue") == {}


def test_check_of_an_office_without_register_makes_none(office: Path) -> None:
    before = tree(office)

    assert told(office, "check") == {}
    assert tree(office) == before


def test_check_tells_of_a_register_that_cannot_be_read_and_checks_all_else(office: Path) -> None:
    (office / "register.db").write_bytes(b"rusak" * 300)

    done = run("--json", "check", "uji", *DAY, folder=office)

    assert (done.code, done.json["letters"]) == (0, {"uji": 3})
    assert [notice["code"] for notice in done.json["notices"]] == ["register.damaged"]


def test_table_with_new_codes_is_looked_up_at_once(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("issue", "uji", *DAY, "--formats", "docx", folder=office).code == 0
    for code in ("camat-diwek", "camat-gudo"):
        text = (office / "recipients.csv").read_text(encoding="utf-8")
        (office / "recipients.csv").write_text(text.replace(f"{code};", f"x-{code};"), encoding="utf-8")
    asked = []
    find = Register.find
    monkeypatch.setattr(Register, "find", lambda *given: asked.append(given) or find(*given))

    done = run("--json", "check", "uji", *DAY, "--formats", "docx", folder=office)

    assert [one["code"] for one in done.json["notices"]].count("batch.second-letter") == 2
    assert len(asked) == 1
