"""A folder → one run at a time writes letters there; the second waits, and who was killed stands in nobody's way."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from letters.errors import N_, MachineError, Place, Problem, RegisterError
from letters.files import make_folder, write_problem
from letters.register import Actor

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be removed there, which serves as the lock
    fcntl = None  # type: ignore[assignment]

LOCK = ".letters.lock"
PATIENCE = 900.0
"""Seconds to wait for the other run; ten thousand letters take about as long on a slow computer."""
NAP = 0.05
NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def silent(_step: str, _done: int, _total: int) -> None:
    """Tell nobody how far a step is."""


@contextmanager
def turn(
    folder: Path, actor: Actor, progress: Callable[[str, int, int], None] = silent, patience: float = PATIENCE
) -> Iterator[None]:
    """Keep every other run from writing into `folder` until this one is done; wait for one that is at work there.

    A lock left by a run that was killed is none: what holds is the living process, not the file. The register keeps
    numbers single without this; here files are kept from being written twice at once.
    Raises RegisterError, naming the other run, after `patience` seconds; MachineError if `folder` cannot be written.
    """
    path = folder / LOCK
    try:
        make_folder(folder)
        descriptor = _wait(path, progress, patience)
    except OSError as error:
        raise MachineError(write_problem(path, error)) from error
    try:
        with suppress(OSError):  # who it is matters less than that it is locked
            os.truncate(path, 0)
            os.write(descriptor, f"{actor.user}@{actor.host}, {os.getpid()}".encode())
        yield
    finally:
        _give_up(path, descriptor)


def _wait(path: Path, progress: Callable[[str, int, int], None], patience: float) -> int:
    """Return the lock's descriptor as soon as it is ours."""
    end, waited = time.monotonic() + patience, False
    while (descriptor := _try(path)) is None:
        if time.monotonic() > end:
            raise RegisterError(_busy(path))
        if not waited:
            progress("wait", 0, 1)
        waited = True
        time.sleep(NAP)
    if waited:
        progress("wait", 1, 1)
    return descriptor


def _try(path: Path) -> int | None:
    """Return the lock's descriptor, or None if another process has it."""
    if fcntl is None:
        try:
            path.unlink(missing_ok=True)
            return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL)
        except (PermissionError, FileExistsError):
            return None
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in NO_LOCKS:
            os.close(descriptor)
            return None
    if os.fstat(descriptor).st_nlink == 0:  # the one before removed it between opening and locking
        os.close(descriptor)
        return None
    return descriptor


def _give_up(path: Path, descriptor: int) -> None:
    """Remove the lock: on POSIX before it is open to others, on Windows after, which permits it only then."""
    with suppress(OSError):
        if fcntl is not None:
            path.unlink()
    os.close(descriptor)
    with suppress(OSError):
        if fcntl is None:
            path.unlink()


def _busy(path: Path) -> Problem:
    who = ""
    with suppress(OSError):
        who = path.read_text(encoding="utf-8", errors="replace")
    return Problem(
        "batch.busy",
        N_("Another run is still writing letters into this folder: {who}."),
        N_("Wait until it is done, or end it; what it leaves is finished by the next run."),
        Place(file=str(path.parent)),
        {"who": who or "-"},
    )
