from __future__ import annotations

import errno
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from letters.errors import LettersError, MachineError, RegisterError
from letters.register import Register, failures, newfile, opening
from letters.register.filesystem import filesystem_of, is_network, kind_by_mounts
from tests.register.making import LETTER, assert_gapless, block, letter, opened, texts
from tests.support.postgres import PASSWORD, Server


def refusal(action: Callable[[], object], kind: type[LettersError] = RegisterError) -> str:
    with pytest.raises(kind) as caught:
        action()
    (problem,) = caught.value.problems
    assert problem.message.format(**problem.params)
    assert problem.remedy.format(**problem.params)
    return problem.code


@pytest.fixture
def used(path: Path) -> Path:
    """A closed register with three letters."""
    with opened(path) as book:
        book.reserve(block(3))
    return path


# -- where a register may be ---------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{}", "sqlite:///{}", "sqlite+pysqlite:///{}"])
def test_register_is_made_at_a_path_or_sqlite_url(tmp_path: Path, form: str) -> None:
    with opened(form.format(tmp_path / "buku surat.db")) as book:
        book.reserve([LETTER])
    assert [found.name for found in tmp_path.iterdir()] == ["buku surat.db"]


@pytest.mark.parametrize(
    "url", ["mysql://u@h/d", "sqlite://", "sqlite:///:memory:", "://", "http://x", "postgresql+asyncpg://h/d"]
)
def test_other_address_is_refused(url: str) -> None:
    assert refusal(lambda: opened(url)) == "register.url"


def test_password_is_never_shown() -> None:
    assert opening.locate("postgresql://bawaslu@db.example/surat", "rahasia").name == (
        "postgresql+psycopg://bawaslu:***@db.example/surat"
    )


@pytest.mark.parametrize("url", ["postgresql://u:rahasia@h/d", "postgresql://u:@h/d", "postgresql://u@h/d?password=x"])
def test_password_in_the_address_is_refused_with_the_place_it_belongs_to(url: str) -> None:
    assert refusal(lambda: opened(url)) == "register.password-in-url"


def test_password_opens_a_register_on_a_server_that_asks_for_it(postgresql: Server) -> None:
    with postgresql.schema() as schema:
        url = postgresql.url_with_password(schema)
        with opened(url, password=PASSWORD) as book:
            assert len(book.reserve(block(2))) == 2
        assert refusal(lambda: opened(url, password="salah")) == "register.password"
        assert refusal(lambda: opened(url)) == "register.password"


def test_database_server_that_is_not_there_is_told(postgresql: Server) -> None:
    assert refusal(lambda: opened("postgresql://letters@127.0.0.1:1/letters")) == "register.unreachable"
    missing = postgresql.url().replace("@/letters?", "@/tidak_ada?")
    assert refusal(lambda: opened(missing)) == "register.no-database"


def test_database_that_keeps_not_every_letter_is_refused(postgresql: Server) -> None:
    postgresql.run("CREATE DATABASE sempit ENCODING 'LATIN1' TEMPLATE template0")
    assert refusal(lambda: opened(postgresql.url().replace("@/letters?", "@/sempit?"))) == "register.encoding"


def test_missing_driver_of_the_database_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert refusal(lambda: opened("postgresql://u@localhost:1/d"), MachineError) == "register.driver"


def test_missing_folder_is_told(tmp_path: Path) -> None:
    assert refusal(lambda: opened(tmp_path / "tidak ada" / "register.db")) == "register.no-folder"
    assert list(tmp_path.iterdir()) == []


def test_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    assert refusal(lambda: opened(tmp_path)) == "register.is-folder"


def test_missing_register_is_not_made_anew_when_the_caller_knows_there_was_one(place: str) -> None:
    for _ in range(2):
        assert refusal(lambda: opened(place, create=False)) == "register.missing"
    with opened(place):
        pass
    opened(place, create=False).close()


@pytest.mark.parametrize(
    "kind", ["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "vboxsf", "davfs"]
)
def test_register_on_a_network_file_system_is_refused(path: Path, kind: str) -> None:
    assert refusal(lambda: opened(path, filesystem=lambda folder: kind)) == "register.network"
    assert not path.exists()


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "vfat", "ntfs3", "zfs", ""])
def test_register_on_a_local_file_system_is_taken(kind: str) -> None:
    assert not is_network(kind)


MOUNTS = r"""
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
//server/surat /mnt/surat cifs rw 0 0
server:/a /mnt/surat\040keluar nfs4 rw 0 0
/dev/sdb1 /mnt/surat/lokal xfs rw 0 0
tmpfs /mnt/ganti tmpfs rw 0 0
server:/b /mnt/ganti nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/a", "ext4"),
        ("/mnt/surat", "cifs"),
        ("/mnt/surat/2024", "cifs"),
        ("/mnt/surat/lokal/x", "xfs"),
        ("/mnt/suratku", "ext4"),
        ("/mnt/surat keluar/2024", "nfs4"),
        ("/mnt/ganti/x", "nfs"),
    ],
)
def test_file_system_is_that_of_the_longest_and_last_mount_point(path: str, kind: str) -> None:
    assert kind_by_mounts(path, MOUNTS) == kind


def test_file_system_of_this_folder_is_known_on_linux(tmp_path: Path) -> None:
    assert filesystem_of(tmp_path)


# -- damaged, foreign, vanished ------------------------------------------------------------------------


def test_file_that_is_no_database_is_told_as_damaged(path: Path) -> None:
    path.write_text("Nomor;Tanggal;Hal\n" * 100)
    assert refusal(lambda: opened(path)) == "register.damaged"


def test_emptied_file_is_not_taken_for_a_new_register(used: Path) -> None:
    used.write_bytes(b"")
    assert refusal(lambda: opened(used)) == "register.emptied"


def test_truncated_register_is_told_as_damaged(used: Path) -> None:
    used.write_bytes(used.read_bytes()[: used.stat().st_size // 2])
    assert refusal(lambda: opened(used)) == "register.damaged"


def test_register_with_a_broken_page_is_told_as_damaged_where_it_is_met(used: Path) -> None:
    content = bytearray(used.read_bytes())
    with closing(sqlite3.connect(used)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'letters'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content[(page - 1) * size : page * size] = b"\xa5" * size
    used.write_bytes(content)
    with opened(used) as book:
        assert refusal(lambda: book.list()) == "register.damaged"
        assert refusal(lambda: book.reserve([letter("baru")])) == "register.damaged"


def test_database_of_another_program_is_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE kontak (nama TEXT)")
    assert refusal(lambda: opened(path)) == "register.foreign"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("kontak",)]


def test_journal_without_its_register_is_not_joined_to_a_new_one(path: Path) -> None:
    path.with_name("register.db-wal").write_bytes(b"left")
    assert refusal(lambda: opened(path)) == "register.torn-apart"
    assert not path.exists()


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced"])
def test_register_that_goes_away_while_in_use_takes_no_number(used: Path, how: str) -> None:
    aside = used.with_name("aside.db")
    with opened(used) as book:
        if how == "deleted":
            used.unlink()
        else:
            used.rename(aside)
        if how == "replaced":
            used.write_bytes(aside.read_bytes())
        assert refusal(lambda: book.reserve([letter("baru")])) == "register.gone"
        assert refusal(lambda: book.list()) == "register.gone"


def test_register_that_goes_away_before_the_commit_takes_no_number(used: Path) -> None:
    with opened(used) as book, pytest.raises(RegisterError) as caught, book._writing():
        used.rename(used.with_name("aside.db"))
    assert caught.value.problems[0].code == "register.gone"


# -- locked, read-only, full ---------------------------------------------------------------------------


@contextmanager
def held(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of writing."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_register_that_stays_locked_is_told_after_the_patience_is_over(used: Path) -> None:
    with held(used), opened(used, patience=0.3) as book:
        begun = time.monotonic()
        assert refusal(lambda: book.reserve([letter("baru")])) == "register.locked"
        assert 0.3 <= time.monotonic() - begun < 2
        assert len(book.list()) == 3
    assert assert_gapless(used) == 3


def test_register_that_is_locked_for_a_moment_is_waited_for(used: Path) -> None:
    with held(used) as other, opened(used) as book:
        freeing = threading.Timer(0.2, lambda: other.execute("ROLLBACK"))
        freeing.start()
        book.reserve([letter("baru")])
        freeing.join()
    assert assert_gapless(used) == 4


def test_new_register_that_somebody_holds_is_waited_for(path: Path) -> None:
    with closing(sqlite3.connect(path.with_name(".register.db.new"), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert refusal(lambda: opened(path, patience=0.2)) == "register.locked"
    assert not path.exists()


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk on which no file can grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_full_disk_is_told_and_loses_nothing(used: Path) -> None:
    with opened(used) as book:
        with files_of_at_most(200_000):
            assert refusal(lambda: fill(book), MachineError) in ("register.full", "register.disk")
        taken = len(book.list())
        assert 3 < taken < 1000
        book.reserve([letter("sesudah")])
    assert assert_gapless(used) == taken + 1


def fill(book: Register) -> None:
    for number in range(1000):
        book.reserve([letter(str(number), snapshot={"text": "x" * 2000})])


def test_full_disk_leaves_no_half_of_a_new_register(path: Path) -> None:
    with files_of_at_most(20_000):
        assert refusal(lambda: opened(path), MachineError) in ("register.full", "register.disk")
    assert list(path.parent.iterdir()) == []
    with opened(path) as book:
        assert texts(book) == []


AS_NOBODY = """
import os, sys
from letters.errors import LettersError
from tests.register.making import LETTER, opened
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with opened(sys.argv[1]) as book:
        book.reserve([LETTER])
except LettersError as error:
    print(type(error).__name__, error.problems[0].code)
"""


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "answer"),
    [
        (0o555, 0, "MachineError register.folder-closed"),
        (0o755, 0o444, "MachineError register.read-only"),
        (0o555, 0o444, "MachineError register.read-only"),
        (0o755, 0o000, "RegisterError register.cannot-open"),
    ],
)
def test_folder_or_file_that_may_not_be_written_is_told(folder_mode: int, file_mode: int, answer: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if file_mode or answer.endswith("cannot-open"):
            with opened(folder / "register.db") as book:
                book.reserve(block(3))
            (folder / "register.db").chmod(file_mode)
        folder.chmod(folder_mode)
        command = [sys.executable, "-c", AS_NOBODY, str(folder / "register.db")]
        run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        folder.chmod(0o755)
        assert run.stdout.strip() == answer


# -- making a new one ----------------------------------------------------------------------------------


def test_register_is_made_on_a_disk_that_knows_no_links(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with opened(path) as book:
        book.reserve([LETTER])
    assert [found.name for found in path.parent.iterdir()] == ["register.db"]


def test_register_that_another_process_makes_meanwhile_is_not_replaced(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_name = newfile._give_name

    def overtaken(beside: Path, target: Path) -> None:
        monkeypatch.setattr(newfile, "_give_name", give_name)
        empty = beside.read_bytes()
        with opened(target) as other:
            other.reserve([LETTER])
        beside.write_bytes(empty)
        give_name(beside, target)

    monkeypatch.setattr(newfile, "_give_name", overtaken)
    with opened(path) as book:
        assert len(book.list()) == 1


def test_leftover_of_a_killed_start_is_swept(used: Path) -> None:
    leftover = used.with_name(".register.db.new")
    os.link(used, leftover)
    with opened(used) as book:
        assert len(book.list()) == 3
    assert not leftover.exists()


class OfPostgresql(Exception):
    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("server says no")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("failure", "kind", "code"),
    [
        (sqlite3.OperationalError("no such table: letters"), RegisterError, "register.failed"),
        (OSError(errno.ENOSPC, "No space left"), MachineError, "register.full"),
        (OSError(errno.EROFS, "Read-only file system"), MachineError, "register.read-only"),
        (OSError(errno.EIO, "Input/output error"), MachineError, "register.disk"),
        (OSError(errno.ENOENT, "No such file"), RegisterError, "register.gone"),
        (OfPostgresql(None), RegisterError, "register.unreachable"),
        (OfPostgresql("55P03"), RegisterError, "register.locked"),
        (OfPostgresql("28P01"), RegisterError, "register.password"),
        (OfPostgresql("3D000"), RegisterError, "register.no-database"),
        (OfPostgresql("53100"), MachineError, "register.full"),
        (OfPostgresql("42P01"), RegisterError, "register.failed"),
    ],
)
def test_failure_below_becomes_an_error_with_a_remedy(failure: Exception, kind: type[LettersError], code: str) -> None:
    error = failures.explain(failure, "register.db")
    assert type(error) is kind
    (problem,) = error.problems
    assert problem.code == code
    assert "register.db" in str(problem)
    assert problem.remedy.format(**problem.params)


def test_clock_that_jumps_back_disturbs_nothing(used: Path) -> None:
    with opened(used) as book:  # its clock starts again where that of the first three letters did
        entries = book.reserve([letter("baru")])
        assert [event.entry_id for event in book.events()][-1] == entries[0].id
        assert book.preview_next("surat", "2024") == 5


def test_register_can_be_used_by_threads(used: Path) -> None:
    with opened(used) as book:
        threads = [threading.Thread(target=write, args=(book, name)) for name in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert assert_gapless(used) == 3 + 4 * 10


def write(book: Register, name: str) -> None:
    for number in range(10):
        book.reserve([letter(str(number), batch=name)])
