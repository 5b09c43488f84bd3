"""Copies of a register in use, and what is put back from them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from letters.errors import LettersError, MachineError, RegisterError
from letters.register import Event, Register, Restored, backup, restoring
from letters.register.opening import locate
from tests.register.making import LETTER, assert_gapless, block, booking, codes, file, label, letter, opened, texts
from tests.register.tampering import tamper
from tests.register.test_migrations import VERSION_1
from tests.register.test_opening import files_of_at_most
from tests.register.test_verify import PATTERNS, full

__all__ = ["full"]


def content(book: Register) -> tuple[object, ...]:
    """Everything a register says, but for the event that it was restored."""
    kept: list[Event] = [event for event in book.events() if event.what != "restored"]
    versions = [book.versions(entry.id) for entry in book.list()]
    return book.list(), kept, versions, list(book.files()), book.preview_next("surat", "2024")


def refused(action: Callable[[], object]) -> list[str]:
    with pytest.raises(LettersError) as caught:
        action()
    return codes(caught)


def test_copy_is_a_register_that_says_the_same(full: str, tmp_path: Path) -> None:
    copy = tmp_path / "salinan.db"
    with opened(full) as book:
        before = content(book)
        book.backup(copy)
        assert content(book) == before
    assert not [found for found in tmp_path.iterdir() if "salinan" in found.name and found != copy]
    with opened(copy) as book:
        assert content(book) == before
        assert book.verify(PATTERNS) == []
        assert book.reserve([letter("baru")])[0].label == label(8)


def test_copy_is_made_while_others_write(place: str, tmp_path: Path) -> None:
    copy = tmp_path / "salinan.db"
    with opened(place) as book, opened(place) as other:
        book.reserve(block(50))
        with other._writing() as connection:
            connection.execute(text("UPDATE counters SET last_no = 51"))
            book.backup(copy)
    with opened(copy) as book:
        assert len(book.list()) == 50
        assert book.verify(PATTERNS) == []


def test_copied_file_alone_would_miss_what_the_journal_holds(path: Path, tmp_path: Path) -> None:
    """Why there is a command for it: the usual copy in a file manager has less."""
    with opened(path) as book:
        book.reserve(block(50))
        shutil.copyfile(path, tmp_path / "disalin.db")
        book.backup(tmp_path / "salinan.db")
    with opened(tmp_path / "disalin.db") as copied, opened(tmp_path / "salinan.db") as saved:
        assert (len(copied.list()), len(saved.list())) == (0, 50)


def test_copy_replaces_nothing_and_needs_its_folder(register: Register, tmp_path: Path) -> None:
    (tmp_path / "ada.db").write_text("penting")
    assert refused(lambda: register.backup(tmp_path / "ada.db")) == ["register.backup-exists"]
    assert (tmp_path / "ada.db").read_text() == "penting"
    assert refused(lambda: register.backup(tmp_path / "tidak ada" / "x.db")) == ["register.backup-folder"]


def test_copy_that_does_not_fit_on_the_disk_leaves_nothing(register: Register, tmp_path: Path) -> None:
    copy = tmp_path / "salinan" / "salinan.db"
    copy.parent.mkdir()
    register.reserve(block(20))
    with files_of_at_most(30_000), pytest.raises(MachineError):
        register.backup(copy)
    assert list(copy.parent.iterdir()) == []
    register.backup(copy)


# -- restoring -----------------------------------------------------------------------------------------


@pytest.fixture
def saved(full: str, tmp_path: Path) -> Path:
    """A backup of the register in which everything has happened."""
    with opened(full) as book:
        book.backup(tmp_path / "salinan.db")
    return tmp_path / "salinan.db"


def test_backup_fills_a_new_register_in_either_database(full: str, saved: Path, tmp_path: Path) -> None:
    with opened(full) as book:
        before = content(book)
    with opened(tmp_path / "baru.db") as book:
        done = book.restore(saved, tmp_path / "sebelum.db")
        assert done == Restored(10, (), None)
        assert content(book) == before
        assert book.verify(PATTERNS) == []
        assert book.reserve([letter("baru")])[0].label == label(8)
    assert not (tmp_path / "sebelum.db").exists()


def test_backup_of_a_file_fills_a_register_on_a_server(place: str, tmp_path: Path) -> None:
    """Also how an office that grows moves from a file to a server."""
    with opened(tmp_path / "berkas.db") as book:
        book.reserve(block(5))
        book.void(label(2), "salah")
        book.book(booking(2))
        book.backup(tmp_path / "salinan.db")
        before = content(book)
    with opened(place) as book:
        book.restore(tmp_path / "salinan.db", tmp_path / "sebelum.db")
        assert content(book) == before
        assert book.verify(PATTERNS) == []
        assert book.reserve([letter("baru")])[0].label == label(8)
    assert assert_gapless(place) == 8


def test_register_that_was_changed_by_hand_is_put_right_and_kept_aside(full: str, saved: Path, tmp_path: Path) -> None:
    with opened(full) as book:
        before = content(book)
    tamper(full, "UPDATE letters SET void_reason = 'lain' WHERE id = 2")
    with opened(full) as book:
        done = book.restore(saved, tmp_path / "sebelum.db")
        assert done == Restored(10, (), tmp_path / "sebelum.db")
        assert content(book) == before
        event = book.events()[-1]
        assert (event.what, event.entry_id, event.details["from"]) == ("restored", None, "salinan.db")
        assert book.verify(PATTERNS) == []
    with opened(tmp_path / "sebelum.db") as book:
        assert [problem.code for problem in book.verify()] == ["register.verify-reason"]


def test_newer_register_is_not_replaced_by_an_older_backup(full: str, saved: Path, tmp_path: Path) -> None:
    with opened(full) as book:
        book.reserve([letter("baru", batch="b"), letter("lagi", batch="b")])
        before = content(book)
        with pytest.raises(RegisterError) as caught:
            book.restore(saved, tmp_path / "sebelum.db")
        assert codes(caught) == ["register.newer-than-backup"]
        assert caught.value.problems[0].params["numbers"] == f"{label(8)}, {label(9)}"
        assert content(book) == before
    assert not (tmp_path / "sebelum.db").exists()


def test_newer_register_is_replaced_by_force_and_the_lost_numbers_are_told(
    full: str, saved: Path, tmp_path: Path
) -> None:
    with opened(full) as book:
        entries = book.reserve([letter("baru", batch="b"), letter("lagi", batch="b")])
        book.issue_many({entries[0].id: [file("out/baru.pdf")]})
        done = book.restore(saved, tmp_path / "sebelum.db", force=True)
        assert done == Restored(10, (label(8), label(9)), tmp_path / "sebelum.db")
        assert book.preview_next("surat", "2024") == 8
        assert book.events()[-1].details["lost"] == [label(8), label(9)]
        assert book.verify(PATTERNS) == []
    with opened(tmp_path / "sebelum.db") as book:
        assert texts(book)[-3:] == [label(8), label(9), ""]


def test_register_with_events_the_backup_lacks_is_not_replaced(full: str, saved: Path, tmp_path: Path) -> None:
    with opened(full) as book:
        book.void(label(3), "salah")
        assert refused(lambda: book.restore(saved, tmp_path / "x.db")) == ["register.newer-than-backup"]


def test_register_that_went_another_way_than_the_backup_is_not_replaced(
    place: str, saved: Path, tmp_path: Path
) -> None:
    """The same number of letters and events, but others."""
    with opened(tmp_path / "lain.db") as book:
        book.reserve([letter("lain")])
        assert refused(lambda: book.restore(saved, tmp_path / "x.db")) == ["register.newer-than-backup"]


def test_backup_of_the_first_schema_is_restored_and_not_touched(register: Register, tmp_path: Path) -> None:
    old = tmp_path / "lama.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    before = old.read_bytes()
    register.restore(old, tmp_path / "x.db")
    assert old.read_bytes() == before
    assert [entry.label for entry in register.list()][:2] == ["NOMOR 1064 TAHUN 2024", label(1)]
    assert register.verify() == []


def test_backup_with_its_journal_is_restored_whole(path: Path, tmp_path: Path) -> None:
    with opened(path) as book:
        book.reserve(block(50))
        for name in ("register.db", "register.db-wal"):
            shutil.copyfile(path.with_name(name), tmp_path / f"disalin-{name}")
    with opened(tmp_path / "baru.db") as book:
        assert book.restore(tmp_path / "disalin-register.db", tmp_path / "x.db").entries == 50


def test_backup_that_is_no_sound_register_is_refused(register: Register, saved: Path, tmp_path: Path) -> None:
    assert refused(lambda: register.restore(tmp_path / "tiada.db", tmp_path / "x.db")) == ["register.no-backup"]
    tamper(str(saved), "UPDATE counters SET last_no = 20 WHERE series = 'surat'")
    assert refused(lambda: register.restore(saved, tmp_path / "x.db")) == ["register.verify-gap"]
    newer = create_engine(locate(saved).url)
    with newer.begin() as connection:
        connection.execute(text("INSERT INTO register_schema VALUES (99, '2030-01-01T00:00:00', 'letters 9')"))
    newer.dispose()
    assert refused(lambda: register.restore(saved, tmp_path / "x.db")) == ["register.newer"]


def other_files(folder: Path, saved: Path) -> dict[str, tuple[str, str]]:
    """Write files that are no backups of use; return code and a word of the message for each."""
    (folder / "agenda.csv").write_text("Nomor;Tanggal\n" * 99)
    (folder / "kosong.db").write_bytes(b"")
    (folder / "pendek.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 20)
    (folder / "separuh.db").write_bytes(saved.read_bytes()[: len(saved.read_bytes()) // 2])
    for name, statement in {"lain.db": "CREATE TABLE barang (x)", "tanpa.db": "PRAGMA user_version = 3"}.items():
        with closing(sqlite3.connect(folder / name)) as connection:
            connection.execute(statement)
    shutil.copyfile(saved, folder / "lepas.db")
    tamper(str(folder / "lepas.db"), "INSERT INTO files VALUES (999, 1, 'x', 'pdf', '', 1, '')")
    shutil.copyfile(saved, folder / "baru.db")
    with closing(sqlite3.connect(folder / "baru.db")) as connection, connection:
        connection.execute("INSERT INTO register_schema VALUES (99, '2030-01-01T00:00:00', 'letters 9')")
    return {
        "agenda.csv": ("register.not-a-backup", "a file of another kind"),
        "kosong.db": ("register.backup-empty", "is empty"),
        "pendek.db": ("register.damaged", "is damaged"),
        "separuh.db": ("register.damaged", "is damaged"),
        "lepas.db": ("register.verify-database", "is damaged: files"),
        "lain.db": ("register.foreign", "other tables (barang)"),
        "tanpa.db": ("register.not-a-backup", "without a register"),
        "baru.db": ("register.newer", "its schema is 99"),
    }


@pytest.mark.parametrize("force", [False, True])
def test_file_that_is_no_backup_is_told_for_what_it_is_and_changes_nothing(
    full: str, saved: Path, tmp_path: Path, force: bool
) -> None:
    expected = other_files(tmp_path, saved)
    with opened(full) as book:
        before = book.list(), book.events()
        for name, (code, said) in expected.items():
            with pytest.raises(RegisterError) as caught:
                book.restore(tmp_path / name, tmp_path / "x.db", force=force)
            [problem] = caught.value.problems
            assert (problem.code, said in str(problem), str(tmp_path / name) in str(problem)) == (code, True, True)
            assert "backup" in problem.remedy or "newer version" in problem.remedy
        assert (book.list(), book.events()) == before
    assert not (tmp_path / "x.db").exists()


def test_empty_register_is_not_filled_from_a_database_without_a_register(register: Register, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "tanpa.db")) as connection:
        connection.execute("PRAGMA user_version = 3")
    assert refused(lambda: register.restore(tmp_path / "tanpa.db", tmp_path / "x.db")) == ["register.not-a-backup"]
    assert register.events() == []


def test_restoring_that_breaks_off_changes_nothing(
    full: str, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with opened(full) as book:
        book.void(label(3), "salah")
        before = content(book)
        monkeypatch.setattr(restoring, "happened", broken)
        with pytest.raises(KeyboardInterrupt):
            book.restore(saved, tmp_path / "sebelum.db", force=True)
        monkeypatch.undo()
        assert content(book) == before
        assert book.verify(PATTERNS) == []
        assert refused(lambda: book.restore(saved, tmp_path / "sebelum.db", force=True)) == ["register.backup-exists"]


def test_register_that_somebody_writes_to_meanwhile_is_not_replaced(
    full: str, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        with opened(full) as other:
            other.reserve([letter("sela", batch="sela")])

    real = backup.backup
    tamper(full, "UPDATE letters SET void_reason = 'lain' WHERE id = 2")
    with opened(full) as book:
        monkeypatch.setattr(backup, "backup", slow)
        assert refused(lambda: book.restore(saved, tmp_path / "sebelum.db")) == ["register.restore-busy"]
        assert book.show(label(8)).key == "sela"


def test_others_go_on_with_the_restored_register(full: str, saved: Path, tmp_path: Path) -> None:
    with opened(full) as book, opened(full) as other:
        other.reserve([LETTER])
        book.restore(saved, tmp_path / "sebelum.db", force=True)
        assert other.reserve([letter("lain", batch="lain")])[0].label == label(8)
        assert len(other.list()) == 11
