"""The book checked as a whole, copied while in use, and brought back."""

import sqlite3
from pathlib import Path

import pytest

from tests.support.cli import Run, run
from tests.support.postgres import PASSWORD, server_for_tests
from tests.support.workspace import SETTINGS, make_workspace, tree

DAY = ("--date", "2024-09-24")
FIRST = "001/PM.00.02/K.JI-08/09/2024"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path / "kantor")
    run("issue", "uji", *DAY, "--formats", "docx", folder=folder)
    return folder


def register(office: Path, *arguments: object) -> Run:
    return run("register", *arguments, folder=office)


def file_of(office: Path, start: str) -> Path:
    return next((office / "out/2024/uji").glob(f"{start}*"))


def test_sound_book_says_what_was_looked_at(office: Path) -> None:
    done = register(office, "verify")

    assert (done.code, done.out) == (0, "3 letters and 3 files are in order.\n")


def test_changed_and_missing_files_are_told_together(office: Path) -> None:
    file_of(office, "001").write_bytes(b"diubah")
    file_of(office, "002").unlink()

    done = run("--json", "register", "verify", folder=office)

    assert done.code == 1
    found = {(problem["code"], Path(problem["file"]).name[:3]) for problem in done.json["problems"]}
    assert found == {("verify.file-changed", "001"), ("verify.file-missing", "002")}


def test_missing_file_of_a_void_letter_is_only_a_warning(office: Path) -> None:
    register(office, "void", FIRST, "--reason", "salah alamat")
    file_of(office, "001").unlink()

    done = register(office, "verify")

    assert done.code == 0
    assert "Warning" in done.err


def test_row_changed_by_hand_makes_the_book_unsound(office: Path) -> None:
    with sqlite3.connect(office / "register.db") as database:
        guards = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in guards:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("DELETE FROM letters WHERE order_no = 2")
    database.close()
    file_of(office, "001").unlink()

    done = run("--json", "register", "verify", folder=office)

    codes = {problem["code"] for problem in done.json["problems"]}
    assert done.code == 3
    assert {"register.verify-guards", "register.verify-gap", "verify.file-missing"} <= codes


def test_backup_brings_the_register_back(office: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cadangan.db"
    before = register(office, "list").out
    assert register(office, "backup", copy).code == 0
    (office / "register.db").unlink()

    done = register(office, "restore", copy)

    assert (done.code, done.out) == (0, f"The register is as in {copy}: 3 letters.\n")
    assert register(office, "list").out == before
    assert register(office, "verify").code == 0


def test_restoring_over_newer_letters_needs_force_and_names_their_numbers(office: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cadangan.db"
    register(office, "backup", copy)
    run("issue", "uji", *DAY, "--batch", "kedua", "--to", "sekda", "--formats", "docx", folder=office)

    refused = register(office, "restore", copy)
    forced = run("--json", "register", "restore", copy, "--force", folder=office)

    assert refused.code == 3
    assert forced.json["lost"] == ["004/PM.00.02/K.JI-08/09/2024"]
    assert Path(forced.json["aside"]).exists()
    assert forced.json["letters"] == 3


def test_backup_never_replaces_a_file(office: Path) -> None:
    before = tree(office)["letters.toml"]

    assert register(office, "backup", office / "letters.toml").code == 3
    assert tree(office)["letters.toml"] == before


def test_backup_that_is_none_changes_nothing(office: Path) -> None:
    before = register(office, "list").out

    for path, said in ((office / "letters.toml", "a file of another kind"), (office / "tidak-ada.db", "no backup")):
        done = register(office, "restore", path, "--force")
        assert (done.code, said in done.err) == (3, True)
    assert register(office, "list").out == before


def test_shared_register_on_postgresql_takes_its_password_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server_for_tests() as server, server.schema() as schema:
        settings = f'{SETTINGS}\n[register]\nurl = "{server.url_with_password(schema)}"\n'
        office = make_workspace(tmp_path / "kantor", settings=settings)
        without = run("issue", "uji", *DAY, "--formats", "docx", folder=office)
        monkeypatch.setenv("LETTERS_DB_PASSWORD", PASSWORD)
        run("issue", "uji", *DAY, "--formats", "docx", folder=office)

        assert without.code == 3
        assert "password in the environment" in without.err
        assert register(office, "verify").out == "3 letters and 3 files are in order.\n"
        assert register(office, "backup", tmp_path / "salinan.db").code == 0
