"""Bytes → a file that is whole or not there; words → a file name that is safe everywhere.

A file is written beside its final place, synced, and moved over it in one step; the folder is synced too, so a power
failure leaves the old state or the new one. What a killed run leaves behind has a name only this module gives.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import signal
import unicodedata
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Self

from letters.errors import N_, MachineError, Place, Problem, reason_of

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be removed there, which protects it as well as a lock
    fcntl = None  # type: ignore[assignment]

TEMPORARY_PREFIX = ".letters-"
OPEN_AT_MOST = 64
"""Files written together; a system may refuse to open a few hundred."""
TEMPORARY_NAME = re.compile(r"\.letters-[0-9a-f]{16}\.tmp")

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_PERMISSION = {errno.EACCES, errno.EPERM}

# Names that Windows gives to devices, whatever follows their first full stop.
RESERVED_STEMS = {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
SAFE_NAME = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
LEAST_LIMIT = 24


# -- writing ------------------------------------------------------------------------------------------


def atomic_write(path: Path, data: bytes) -> None:
    """Write `data` to `path`: afterwards the file is there, whole and on disk, or unchanged. Folders are made.

    Raises MachineError when the disk is full, read-only or not open to this user; then no part of the file and no
    temporary file is left.
    """
    with Writing() as writing:
        writing.add(path, data)
        writing.finish()


class Writing:
    """Files that are written together: all beside their places first, then all brought to disk, then all named.

    So the disk is waited for about once, not once for each: a third of the time for sixteen files. On any failure,
    Ctrl-C at any moment included, what was not finished is gone again. All raise MachineError as `atomic_write`.
    """

    def __init__(self) -> None:
        self._begun: list[tuple[int, FileIO, Path]] = []
        self._folders: dict[Path, None] = {}
        """Those with names that are still to be brought to disk."""
        self.count = 0
        """How many files were added so far."""
        self.is_sound = True
        """Whether every `finish` came to its end. If not, never ask again: a system that could not bring a file to disk
        may say the second time that it is there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()

    def add(self, path: Path, data: bytes) -> None:
        """Write `data` beside `path`; folders are made."""
        if len(self._begun) == OPEN_AT_MOST:
            self.finish()
        before = self.count
        try:
            with _explained(path):
                make_folder(path.parent)
                with interrupt_held():
                    file = _create_locked(path.parent)
                    self._begun.append((before, file, path))
                    self.count += 1
                _write_all(file, data)
        except BaseException:
            self.drop(before)
            raise
        self._folders[path.parent] = None

    def keep(self, path: Path) -> None:
        """Bring the name of the file that is at `path` already to disk too: its run may have ended before that."""
        self._folders[path.parent] = None

    def finish(self) -> None:
        """Give all files that were added their places; then they are on disk, with their names."""
        self.is_sound = False
        for _, file, path in self._begun:
            with _explained(path):
                os.fsync(file.fileno())
        while self._begun:
            _, file, path = self._begun[0]
            with _explained(path):
                if fcntl is None:
                    file.close()  # Windows does not move an open file
                os.replace(file.name, path)
            file.close()
            self._begun.pop(0)
        for folder in self._folders:
            with _explained(folder):
                _sync_folder(folder)
        self._folders.clear()
        self.is_sound = True

    def drop(self, since: int = 0) -> None:
        """Take back the files added after the first `since` that are not finished."""
        while self._begun and self._begun[-1][0] >= since:
            _, file, _ = self._begun[-1]
            file.close()
            with contextlib.suppress(OSError):
                os.unlink(file.name)
            self._begun.pop()


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise MachineError(write_problem(path, error)) from error


def ensure_writable(folder: Path) -> None:
    """Make `folder` if it is missing and try to write there, leaving nothing behind.

    Raises MachineError like `atomic_write`; called before a number is used.
    """
    try:
        make_folder(folder)
        file = _create_locked(folder)
        file.close()
        os.unlink(file.name)
    except OSError as error:
        raise MachineError(write_problem(folder, error)) from error


@contextlib.contextmanager
def interrupt_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment; a process started meanwhile never gets it."""
    if os.name == "nt":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _create_locked(folder: Path) -> FileIO:
    """Create a temporary file and lock it, so that `sweep_temporary` of another process leaves it alone."""
    while True:
        # Not tempfile: its files are open to this user alone, here the user's umask decides who may read the letter.
        file = FileIO(str(folder / f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}.tmp"), "x")
        _lock(file.fileno())
        # A sweep may have come between creating and locking: then the name is gone and a new one is needed.
        if os.fstat(file.fileno()).st_nlink > 0:
            return file
        file.close()


def _lock(descriptor: int) -> None:
    # Some network file systems know no locks; the letter matters more than the sweep.
    if fcntl is not None:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)


def _write_all(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:  # one call may take less than it was given
        view = view[os.write(file.fileno(), view) :]


def make_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, each synced into its parent."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    """Bring a folder's new names to disk; Windows and some network file systems have no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def write_problem(path: Path, error: OSError) -> Problem:
    """Return why `path` could not be written, in the user's terms."""
    place = Place(file=str(path))
    if error.errno in NO_SPACE:
        return Problem(
            "files.no-space",
            N_("There is no space left to write {path}."),
            N_("Make room on the disk (or ask for a larger quota) and run the command again."),
            place,
            {"path": path},
        )
    if error.errno == errno.EROFS:
        return Problem(
            "files.read-only",
            N_("{path} is on a read-only disk."),
            N_("Choose a folder on a disk that can be written to, or remove the write protection."),
            place,
            {"path": path},
        )
    if error.errno in NO_PERMISSION:
        return Problem(
            "files.no-permission",
            N_("This user may not write {path}, or another program holds it open."),
            N_("Close the file in Word or the PDF reader, or ask for the right to write in its folder."),
            place,
            {"path": path},
        )
    return Problem(
        "files.cannot-write",
        N_("{path} cannot be written: {reason}."),
        N_("Check the folder and the disk, then run the command again."),
        place,
        {"path": path, "reason": reason_of(error)},
    )


def sweep_temporary(folder: Path) -> list[Path]:
    """Remove what killed runs left in `folder` and below it, and return those paths, sorted.

    Only files named as `atomic_write` names them and not being written at this moment by another process are touched.
    """
    candidates = sorted(path for path in folder.rglob(f"{TEMPORARY_PREFIX}*.tmp"))
    return [path for path in candidates if TEMPORARY_NAME.fullmatch(path.name) and _remove_abandoned(path)]


def _remove_abandoned(path: Path) -> bool:
    """Remove `path` unless it is no plain file or a living process holds it; say whether it was removed."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        if fcntl is None:
            path.unlink()
            return True
        descriptor = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
        finally:
            os.close(descriptor)
    except OSError:
        return False
    return True


def sha256(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


# -- names --------------------------------------------------------------------------------------------


def safe_name(*parts: str, limit: int = 120) -> str:
    """Return one file name (without suffix) made of `parts`, safe on every system, at most `limit` bytes, never empty.

    Only ASCII letters, digits and single `.`, `_`, `-` between them: accents are dropped, whatever else is not a letter
    or digit becomes a hyphen. Never a path, a hidden file or a Windows device. What had to be shortened ends in a mark
    made of the whole text, so long names that differ late still differ. Same parts, same name; a safe name stays as it
    is. Names may still differ in case alone: compare with `casefold` where files must be distinct.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"limit below {LEAST_LIMIT}")
    whole = "-".join(parts)
    name = _tidy("-".join(_plain(part) for part in parts))
    if not name:
        name = f"tanpa-nama-{_mark(whole)}"
    if _is_reserved(name):
        name = f"x-{name}"
    return name if len(name) <= limit else _shorten(name, whole, limit)


def _plain(text: str) -> str:
    """Return `text` in compatibility form without accents, control and format characters."""
    letters = unicodedata.normalize("NFKD", re.sub(r"\s", " ", text))
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] not in "CM")


def _tidy(text: str) -> str:
    """Return `text` with only letters and digits, and one `.`, `_` or `-` between runs of them."""
    text = re.sub(r"[^A-Za-z0-9._]+", "-", text)
    text = re.sub(r"[._-]*-[._-]*", "-", text)
    return re.sub(r"([._])[._]+", r"\1", text).strip("._-")


def _is_reserved(name: str) -> bool:
    return name.split(".")[0].casefold() in RESERVED_STEMS


def _shorten(name: str, whole: str, limit: int) -> str:
    mark = _mark(whole)
    return f"{name[: limit - len(mark) - 1].rstrip('._-')}-{mark}"


def _mark(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass"))[:8]
