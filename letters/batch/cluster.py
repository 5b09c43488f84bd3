"""Address of a Dask scheduler → an executor whose letters are made by its workers, on other machines too.

Scheduler and workers need nothing but this package: what a letter is made of comes with each task, bytes go back.
Numbers, files and register stay with the process that asks. A worker that dies costs time: Dask gives its tasks to
another one. Without any worker the batch waits, says so, and gives up in the end; without scheduler it ends at once.
"""

from __future__ import annotations

import platform
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Any

from letters.batch import scheduler
from letters.errors import N_, LettersError, MachineError, Problem

PACKAGES = (
    *("letters", "jinja2", "markupsafe", "babel", "num2words", "markdown-it-py"),
    *("python-docx", "lxml", "weasyprint", "pikepdf", "typst"),
)
"""What decides on the words and bytes of a letter, besides Python and zlib."""
LOOK = 1.0
"""Seconds between two looks at a future that is waited for."""
QUIET = 10.0
"""Seconds without a letter after which the workers are counted, and the user is told."""
DESERTED = 300.0
"""Seconds without any worker after which the batch ends."""
FIRST = 10
"""Priority of what has to be known before numbers are taken: other offices' letters wait for it."""
_one_at_a_time = threading.Lock()


class Cluster(Executor):
    """The workers of a Dask scheduler, while it is entered; it may be entered again.

    Raises UsageError for what is no address; entering it MachineError when nothing usable answers or workers differ.
    `progress` is told "workers" when letters are waited for: how many there are now, and were at most.
    """

    def __init__(self, address: str, progress: Callable[[str, int, int], None]) -> None:
        scheduler.read_address(address)
        self.address = address
        self.hands = 0
        """How many tasks the workers do at once."""
        self._progress = progress
        self._most = 0
        self._told = -1
        self._heard = self._deserted = time.monotonic()

    def __enter__(self) -> Cluster:
        """Connect, and find out whether the workers have our programs."""
        self._client = scheduler.connect(self.address)
        try:
            self._wait_for_worker()
            ours = installed()
            for theirs in self._everywhere(installed).values():
                if theirs != ours:
                    raise MachineError(_other_versions(theirs, ours))
            threads = self._client.nthreads()
            self.hands, self._most = sum(threads.values()), len(threads)
        except BaseException:
            scheduler.close(self._client)
            raise
        self._executor = self._client.get_executor(pure=False)
        self._heard = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the cluster; what nobody waits for any more is not begun."""
        scheduler.close(self._client)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give `fn` to a worker; a future that can no longer be done raises MachineError."""
        made = Awaited(self._look)
        try:
            asked = self._executor.submit(alone, installed(), fn, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - Dask raises what its parts raise
            raise MachineError(self._lost(error)) from error
        asked.add_done_callback(lambda done: self._hand_over(done, made))
        return made

    def compare(self, fn: Callable[..., Any], /, *args: Any) -> None:
        """Raise MachineError unless `fn` gives on every worker what it gives here.

        Programs of the same version still make other files where fonts or system libraries are others.
        """
        ours = fn(*args)
        for worker, theirs in self._everywhere(fn, *args).items():
            if theirs != ours:
                raise MachineError(_other_files(worker))

    def _wait_for_worker(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=scheduler.PATIENCE)
        except TimeoutError as error:
            raise MachineError(_empty(self.address)) from error
        except Exception as error:  # noqa: BLE001
            raise MachineError(scheduler.unreachable(self.address, error)) from error

    def _everywhere(self, fn: Callable[..., Any], *args: Any) -> dict[str, Any]:
        """Return what `fn` gives on each worker; raises MachineError for a worker that cannot do it."""
        ours = None if fn is installed else installed()
        asked = {
            worker: self._client.submit(
                alone, ours, fn, *args, workers=[worker], allow_other_workers=False, pure=False, priority=FIRST
            )
            for worker in self._client.nthreads()
        }
        return {worker: _answer(worker, future) for worker, future in asked.items()}

    def _hand_over(self, done: Future[Any], made: Future[Any]) -> None:
        self._heard = time.monotonic()
        if not made.set_running_or_notify_cancel():
            return
        if done.cancelled():
            made.set_exception(MachineError(self._lost(None)))
        elif (error := done.exception()) is None:
            made.set_result(done.result())
        elif isinstance(error, LettersError):
            made.set_exception(error)
        else:
            made.set_exception(MachineError(self._lost(error)))

    def _look(self) -> None:
        """Find out why no letter comes; raises MachineError when none will."""
        now = time.monotonic()
        if now - self._heard < QUIET:
            return
        try:
            there = len(self._client.sync(self._client.scheduler.ncores, callback_timeout=scheduler.PATIENCE))
        except Exception as error:  # noqa: BLE001
            raise MachineError(self._lost(error)) from error
        self._most = max(self._most, there)
        if there:
            self._deserted = now
        elif now - max(self._deserted, self._heard) > DESERTED:
            raise MachineError(_deserted(self.address))
        if there != self._told:
            self._told = there
            self._progress("workers", there, self._most)

    def _lost(self, error: BaseException | None) -> Problem:
        reason = _reason(error) if error else "connection lost"
        return Problem(
            "batch.cluster-lost",
            N_("The cluster at {address} was lost while letters were made ({reason})."),
            N_("Run the same command again, with the cluster when it is back or without it: numbers taken are kept."),
            params={"address": self.address, "reason": reason},
        )


class Awaited(Future[Any]):
    """A future that looks after its cluster while it is waited for."""

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__()
        self._look = look

    def result(self, timeout: float | None = None) -> Any:
        """Return what was made; raises MachineError when it never will be."""
        while timeout is None and not self.done():
            try:
                return super().result(LOOK)
            except TimeoutError:
                if not self.done():
                    self._look()
        return super().result(timeout)


# -- in a worker ---------------------------------------------------------------------------------------


def alone(ours: dict[str, str] | None, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Do `fn` while nothing else is made in this worker: a shape that is being filled cannot be filled twice.

    Raises MachineError unless this worker has the programs `ours`: it may have joined after the others were asked.
    """
    if ours is not None and ours != installed():
        raise MachineError(_other_versions(installed(), ours))
    with _one_at_a_time:
        return fn(*args, **kwargs)


@lru_cache
def installed() -> dict[str, str]:
    """Return the versions that decide on the bytes of a letter; empty for what is not there. Runs in workers too."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {name: _version(name) for name in PACKAGES} | {"Python": python, "zlib": zlib.ZLIB_RUNTIME_VERSION}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _answer(worker: str, future: Any) -> Any:
    """Return the result of a Dask future; raises MachineError if it has none in time."""
    try:
        return future.result(timeout=scheduler.PATIENCE)
    except LettersError as error:
        raise MachineError(_unfit(worker, ""), *error.problems) from error
    except Exception as error:  # noqa: BLE001 - a worker without the package, or a frozen one
        raise MachineError(_unfit(worker, _reason(error))) from error


# -- what there is to mend -----------------------------------------------------------------------------


def _other_versions(found: dict[str, str], ours: dict[str, str]) -> Problem:
    return Problem(
        "batch.cluster-versions",
        N_("A worker of the cluster has other programs ({found}) than this machine ({ours}); its files would differ."),
        N_("Install the same versions everywhere."),
        params={"found": _shown(found, ours), "ours": _shown(ours, found)},
    )


def _other_files(worker: str) -> Problem:
    return Problem(
        "batch.cluster-files",
        N_("The worker {worker} makes other files than this machine: its fonts or system libraries differ."),
        N_("Install the same ones there (letters doctor shows them), or stop this worker; no number has been used."),
        params={"worker": worker},
    )


def _unfit(worker: str, reason: str) -> Problem:
    return Problem(
        "batch.cluster-worker",
        N_("The cluster cannot make the letters at its worker {worker} ({reason})."),
        N_("Install the same versions of everything there and at the scheduler, or stop it; no number has been used."),
        params={"worker": worker, "reason": reason},
    )


def _empty(address: str) -> Problem:
    return Problem(
        "batch.cluster-empty",
        N_("The scheduler at {address} has no worker."),
        N_("Start one with: {command} – or leave --cluster out; no number has been used."),
        params={"address": address, "command": f"dask worker {address}"},
    )


def _deserted(address: str) -> Problem:
    return Problem(
        "batch.cluster-deserted",
        N_("The cluster at {address} has had no worker for {minutes} minutes."),
        N_("Start workers and run the same command again, or run it without --cluster: numbers taken are kept."),
        params={"address": address, "minutes": round(DESERTED / 60)},
    )


def _reason(error: BaseException) -> str:
    """Return the first sentence of what Dask says."""
    return " ".join(str(error).split()).partition(". ")[0] or type(error).__name__


def _shown(versions: dict[str, str], others: dict[str, str]) -> str:
    """Return those of `versions` that are not like the others."""
    return ", ".join(f"{name} {number or '-'}" for name, number in versions.items() if others.get(name) != number)
