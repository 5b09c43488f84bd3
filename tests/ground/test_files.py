"""Files are whole or not there, whatever fails; names are safe on every system."""

import errno
import os
import re
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import files
from letters.errors import MachineError
from letters.files import OPEN_AT_MOST, Writing, atomic_write, safe_name, sha256, sweep_temporary

OLD, NEW = b"old", b"new" * 1000
STRICT = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


# -- writing


def test_file_and_its_folders_appear_when_written(tmp_path):
    path = tmp_path / "out" / "2024" / "imbauan" / "a.pdf"
    atomic_write(path, NEW)
    assert path.read_bytes() == NEW
    assert [child.name for child in path.parent.iterdir()] == ["a.pdf"]


def test_file_is_replaced_when_it_exists(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(OLD)
    atomic_write(path, NEW)
    assert path.read_bytes() == NEW


def test_empty_file_can_be_written(tmp_path):
    atomic_write(tmp_path / "a", b"")
    assert (tmp_path / "a").read_bytes() == b""


def test_umask_decides_who_may_read(tmp_path):
    before = os.umask(0o027)
    try:
        atomic_write(tmp_path / "a", NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_data_is_written_whole_when_the_system_takes_it_in_pieces(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:7])))
    atomic_write(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW


@pytest.fixture
def steps(monkeypatch):
    """What happens to files on the disk, in order."""
    found = []
    fsync, replace = os.fsync, os.replace

    def note_sync(descriptor):
        found.append("sync folder" if Path(f"/proc/self/fd/{descriptor}").is_dir() else "sync file")
        fsync(descriptor)

    def note_move(temporary, path):
        found.append(f"name {path.name}")
        replace(temporary, path)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_move)
    return found


def test_file_then_folder_are_synced_around_the_move(tmp_path, steps):
    atomic_write(tmp_path / "a", NEW)
    assert steps == ["sync file", "name a", "sync folder"]


def test_files_written_together_are_all_on_disk_before_one_is_named(tmp_path, steps):
    (tmp_path / "x").mkdir()
    with Writing() as writing:
        for name in ("x/a", "x/b", "c"):
            writing.add(tmp_path / name, NEW)
        assert steps == []
        writing.finish()
        assert writing.count == 3
    assert steps == ["sync file"] * 3 + ["name a", "name b", "name c"] + ["sync folder"] * 2
    assert [(tmp_path / name).read_bytes() for name in ("x/a", "x/b", "c")] == [NEW] * 3


def test_files_taken_back_or_not_finished_leave_nothing(tmp_path):
    (tmp_path / "b").write_bytes(OLD)
    with Writing() as writing:
        writing.add(tmp_path / "a", NEW)
        before = writing.count
        writing.add(tmp_path / "b", NEW)
        writing.add(tmp_path / "c", NEW)
        writing.drop(before)
        writing.finish()
        writing.add(tmp_path / "d", NEW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": NEW, "b": OLD}


def test_file_that_could_not_be_written_whole_is_not_named_later(tmp_path, monkeypatch):
    write, sizes = os.write, []

    def fail_later(descriptor, data):
        if sizes:
            raise OSError(errno.ENOSPC, "No space left on device")
        sizes.append(write(descriptor, bytes(data[:1])))
        return sizes[0]

    with Writing() as writing:
        writing.add(tmp_path / "a", NEW)
        with monkeypatch.context() as patched:
            patched.setattr(os, "write", fail_later)
            with pytest.raises(MachineError):
                writing.add(tmp_path / "b", NEW)
        writing.finish()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_file_that_did_not_reach_the_disk_takes_those_beside_it_back(tmp_path, monkeypatch):
    fsync, synced = os.fsync, []

    def fail_second(descriptor):
        synced.append(1)
        if len(synced) == 2:
            raise OSError(errno.EIO, "Input/output error")
        fsync(descriptor)

    with Writing() as writing:
        writing.add(tmp_path / "a", NEW)
        writing.add(tmp_path / "b", NEW)
        monkeypatch.setattr(os, "fsync", fail_second)
        with pytest.raises(MachineError) as caught:
            writing.finish()
    assert caught.value.problems[0].place.file == str(tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


def test_many_files_are_named_some_at_a_time(tmp_path):
    with Writing() as writing:
        for number in range(2 * OPEN_AT_MOST + 1):
            writing.add(tmp_path / str(number), NEW)
            assert len(list(tmp_path.glob(".letters-*"))) <= OPEN_AT_MOST
        writing.finish()
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(2 * OPEN_AT_MOST + 1))


FAILURES = {
    errno.ENOSPC: "files.no-space",
    errno.EDQUOT: "files.no-space",
    errno.EROFS: "files.read-only",
    errno.EACCES: "files.no-permission",
    errno.EPERM: "files.no-permission",
    errno.EIO: "files.cannot-write",
}


@pytest.mark.parametrize("number", FAILURES, ids=errno.errorcode.get)
@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("exists", [True, False])
def test_nothing_is_left_when_a_call_fails(tmp_path, monkeypatch, call, number, exists):
    path = tmp_path / "a.pdf"
    if exists:
        path.write_bytes(OLD)

    def fail(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(MachineError) as caught:
        atomic_write(path, NEW)
    monkeypatch.undo()
    problem = caught.value.problems[0]
    assert problem.code == FAILURES[number]
    assert problem.place.file == str(path)
    assert str(path) in str(problem)
    assert problem.remedy
    assert [child.read_bytes() for child in tmp_path.iterdir()] == ([OLD] if exists else [])


def test_missing_right_to_make_a_folder_is_a_machine_error(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(MachineError) as caught:
        atomic_write(tmp_path / "new" / "a", NEW)
    assert caught.value.problems[0].code == "files.no-permission"


def test_folder_in_place_of_the_file_is_a_machine_error(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(MachineError) as caught:
        atomic_write(tmp_path / "a", NEW)
    assert caught.value.problems[0].code == "files.cannot-write"
    assert [child.name for child in tmp_path.iterdir()] == ["a"]


def test_file_system_without_folder_sync_is_accepted(tmp_path, monkeypatch):
    fsync = os.fsync

    def refuse_folders(descriptor):
        if Path(f"/proc/self/fd/{descriptor}").is_dir():
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    atomic_write(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW


def test_file_system_without_locks_is_accepted(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(files.fcntl, "flock", refuse)
    atomic_write(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == NEW


def test_system_without_fcntl_writes_and_sweeps(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "fcntl", None)
    (tmp_path / ".letters-0123456789abcdef.tmp").write_bytes(b"half")
    atomic_write(tmp_path / "a", NEW)
    assert len(sweep_temporary(tmp_path)) == 1
    assert [child.name for child in tmp_path.iterdir()] == ["a"]


def test_interruption_leaves_nothing(tmp_path, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic_write(tmp_path / "a", NEW)
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


LIMITED = """
import resource, sys
from pathlib import Path
from letters.errors import MachineError
from letters.files import atomic_write
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    atomic_write(Path(sys.argv[1]), b"x" * 5000)
except MachineError as error:
    print(error.problems[0].code, error.exit_code)
"""


def test_full_disk_leaves_the_old_file(tmp_path):
    """The system itself refuses the bytes beyond a limit, in a process of its own."""
    path = tmp_path / "a.pdf"
    path.write_bytes(OLD)
    command = [sys.executable, "-c", LIMITED, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["files.no-space", "4"]
    assert path.read_bytes() == OLD
    assert [child.name for child in tmp_path.iterdir()] == ["a.pdf"]


KILLED = """
import os, sys
from pathlib import Path
from letters.files import atomic_write
os.fsync = lambda descriptor: (print("writing", flush=True), sys.stdin.read())
atomic_write(Path(sys.argv[1]), b"x" * 5000)
"""


def test_killed_run_leaves_only_what_a_sweep_removes_and_a_living_one_is_left_alone(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path / "a.pdf")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        assert len(list(tmp_path.iterdir())) == 1
        assert sweep_temporary(tmp_path) == []
        process.send_signal(signal.SIGKILL)
    left = list(tmp_path.iterdir())
    assert len(left) == 1
    assert sweep_temporary(tmp_path) == left
    assert list(tmp_path.iterdir()) == []


def test_sweep_removes_only_our_leftovers(tmp_path):
    ours = [
        tmp_path / ".letters-0123456789abcdef.tmp",
        tmp_path / "2024" / "imbauan" / ".letters-fedcba9876543210.tmp",
    ]
    others = [
        tmp_path / "surat.tmp",
        tmp_path / ".letters-notes.tmp",
        tmp_path / ".letters-0123456789abcdef.tmp.bak",
        tmp_path / "a.pdf",
    ]
    for path in (*ours, *others):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    link = tmp_path / ".letters-1111111111111111.tmp"
    link.symlink_to(tmp_path / "a.pdf")
    (tmp_path / ".letters-2222222222222222.tmp").mkdir()
    assert sweep_temporary(tmp_path) == sorted(ours)
    assert all(path.exists() for path in (*others, link))
    assert not any(path.exists() for path in ours)


def test_sweep_of_a_missing_folder_finds_nothing(tmp_path):
    assert sweep_temporary(tmp_path / "none") == []


def test_sweeping_while_others_write_loses_no_file(tmp_path):
    """Writers go on while a sweep runs all the time: no writer may find its own file gone."""
    stop = threading.Event()

    def sweep():
        while not stop.is_set():
            sweep_temporary(tmp_path)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    end = time.monotonic() + 0.5
    number = 0
    try:
        while time.monotonic() < end:
            atomic_write(tmp_path / f"{number % 50}.pdf", NEW)
            number += 1
    finally:
        stop.set()
        sweeper.join()
    assert number > 10
    assert {child.read_bytes() for child in tmp_path.iterdir()} == {NEW}


def test_sha256_is_in_hexadecimal_digits():
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


# -- names


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("001/PM.00.02/K.JI-08/09/2024", "Camat Diwek"), "001-PM.00.02-K.JI-08-09-2024-Camat-Diwek"),
        (("001", "H. Ahmad, S.H., M.H."), "001-H-Ahmad-S.H-M.H"),
        (("CV Maju & Sejahtera",), "CV-Maju-Sejahtera"),
        (("Jl. Merdeka\nJombang",), "Jl-Merdeka-Jombang"),
        (("a_b",), "a_b"),
        (("Ca\u200bmat",), "Camat"),
        (("Café",), "Cafe"),
        (("", "Camat", ""), "Camat"),
        (("ﬁle №1 ½",), "file-No1-1-2"),
        (("CON",), "x-CON"),
        (("con.txt",), "x-con.txt"),
        (("COM¹",), "x-COM1"),
        (("lpt9.a.b",), "x-lpt9.a.b"),
        (("CONTROL",), "CONTROL"),
        (("a.CON",), "a.CON"),
    ],
)
def test_name_is_readable(parts, expected):
    assert safe_name(*parts) == expected


ODD = [
    "",
    " ",
    ".",
    "..",
    "...",
    "../",
    "../../etc/passwd",
    "..\\..\\windows",
    "/",
    "//",
    "\\",
    "/etc/passwd",
    "C:\\x",
    "C:x",
    "\\\\server\\share",
    "~",
    "~root",
    "-",
    "--help",
    "-rf",
    ".hidden",
    "name.",
    "name...",
    "name ",
    " name",
    "001/KET/XI/2026",
    "CON",
    "con",
    "CON.txt",
    "con .txt",
    "PRN",
    "AUX",
    "NUL",
    "nul.tar.gz",
    "COM1",
    "COM0",
    "COM¹",
    "LPT³.x",
    "CONIN$",
    "CONOUT$",
    "CLOCK$",
    "a\0b",
    "a\nb",
    "a\r\nb",
    "a\tb",
    "a\x1bb",
    "a\x7fb",
    "a:b",
    "a*b?c",
    'a"b<c>d|e',
    "a;b&c`d$e",
    "$(id)",
    "%00",
    "%2e%2e%2f",
    "x" * 300,
    "é" * 200,
    "ß" * 200,
    "ꦗ" * 100,
    "\u202egnp.exe",
    "\u2066a\u2069",
    "a\u200bb\u200dc\ufeff",
    "\u00ad",
    unicodedata.normalize("NFC", "Éko"),
    unicodedata.normalize("NFD", "Éko"),
    "a\u2215b",
    "\uff0e\uff0e\uff0f",
    "a\u2024\u2024b",
    "\ufe52",
    "👍",
    "\ud800",
    "\ufffe",
    "名前",
    "نتيجة",
    "🇮🇩 Jombang",
]


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_name_is_safe_when_the_text_is_odd(text):
    assert_safe(safe_name(text))
    assert_safe(safe_name("001/PM.00.02", text))


def assert_safe(name: str, limit: int = 120) -> None:
    assert STRICT.fullmatch(name)
    assert len(name.encode()) <= limit
    assert name.split(".")[0].casefold() not in DEVICES


@given(st.lists(st.text(), max_size=4), st.integers(min_value=24, max_value=200))
def test_name_is_always_safe_and_stays_as_it_is(parts, limit):
    name = safe_name(*parts, limit=limit)
    assert_safe(name, limit)
    assert safe_name(name, limit=limit) == name
    assert safe_name(*parts, limit=limit) == name


@given(st.from_regex(r"(con|aux|nul|com[0-9¹²³]|lpt[1-9])(\.[a-z]{0,200})?", fullmatch=True))
def test_name_is_never_a_device(text):
    assert_safe(safe_name(text))


def test_composed_and_decomposed_letters_give_one_name():
    forms = {unicodedata.normalize(form, "Éko Wìbowo") for form in ("NFC", "NFD")}
    assert len(forms) == 2
    assert {safe_name(text) for text in forms} == {"Eko-Wibowo"}


def test_long_names_that_differ_at_the_end_still_differ():
    names = {safe_name("x" * 300 + end) for end in "ab"}
    assert len(names) == 2
    assert {len(name) for name in names} == {120}


def test_names_without_any_usable_letter_still_differ():
    assert safe_name("名前") != safe_name("前名")
    assert safe_name("名前").startswith("tanpa-nama-")


def test_limit_too_small_for_a_name_is_refused():
    with pytest.raises(ValueError, match="limit"):
        safe_name("a", limit=10)
