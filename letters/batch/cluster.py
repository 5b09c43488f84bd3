"""Address of a Dask scheduler → an executor whose letters are made by its workers, on other machines too.

The workers need nothing but this package: what a letter is made of comes with each task, bytes go back. Numbers, files
and register stay with the process that asks. A worker that dies costs time: Dask gives its tasks to another one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from types import TracebackType
from typing import Any

from letters.errors import N_, MachineError, Problem

PATIENCE = 20
"""Seconds to wait for the scheduler, and for its first worker."""
PACKAGES = ("letters", "weasyprint", "typst")
"""What decides on the bytes of a letter."""
_one_at_a_time = threading.Lock()


class Cluster(Executor):
    """The workers of a Dask scheduler. Raises MachineError when it cannot be reached or its workers differ."""

    def __init__(self, address: str) -> None:
        if find_spec("distributed") is None:
            raise MachineError(_missing_package())
        from distributed import Client

        connect: Any = Client  # Dask carries few types
        try:
            self._client = connect(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:  # a TimeoutError is an OSError
            raise MachineError(_unreachable(address, error)) from error
        try:
            self.hands = self._count(address)
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def _count(self, address: str) -> int:
        """Return how many tasks the workers do at once; raises MachineError unless they would give our bytes."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise MachineError(_unreachable(address, error)) from error
        ours = installed()
        try:
            theirs: dict[str, dict[str, str]] = self._client.run(installed)
        except ImportError as error:
            raise MachineError(_other_versions(address, "-", ours)) from error
        for found in theirs.values():
            if found != ours:
                raise MachineError(_other_versions(address, _shown(found), ours))
        return sum(self._client.nthreads().values())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give `fn` to a worker; a future that will never be done raises BrokenExecutor."""
        made: Future[Any] = Future()
        asked = self._executor.submit(alone, fn, *args, **kwargs)
        asked.add_done_callback(lambda done: _hand_over(done, made))
        return made

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the cluster; what nobody waits for any more is not begun."""
        self._client.close()


def alone(fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Do `fn` while nothing else is made in this worker: a shape that is being filled cannot be filled twice."""
    with _one_at_a_time:
        return fn(*args, **kwargs)


def installed() -> dict[str, str]:
    """Return the versions that decide on the bytes of a letter; empty for what is not there. Runs in workers too."""
    return {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _hand_over(done: Future[Any], made: Future[Any]) -> None:
    if not made.set_running_or_notify_cancel():
        return
    if done.cancelled():
        made.set_exception(BrokenExecutor("the cluster was lost"))
    elif (error := done.exception()) is None:
        made.set_result(done.result())
    elif type(error).__module__.startswith("distributed"):
        made.set_exception(BrokenExecutor(str(error)))
    else:
        made.set_exception(error)


def _missing_package() -> Problem:
    return Problem(
        "batch.cluster-package",
        N_("The cluster cannot be used: Dask is not installed here."),
        N_("Install it with: {command}"),
        params={"command": "pip install 'letters[cluster]'"},
    )


def _unreachable(address: str, error: Exception) -> Problem:
    return Problem(
        "batch.cluster-unreachable",
        N_("No scheduler with a worker answers at {address} ({reason})."),
        N_("Start them (dask scheduler, dask worker), or leave --cluster out; no number has been used."),
        params={"address": address, "reason": str(error) or type(error).__name__},
    )


def _other_versions(address: str, found: str, ours: dict[str, str]) -> Problem:
    return Problem(
        "batch.cluster-versions",
        N_("A worker of {address} has other programs ({found}) than this machine ({ours}); its files would differ."),
        N_("Install the same versions everywhere."),
        params={"address": address, "found": found, "ours": _shown(ours)},
    )


def _shown(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {number or '-'}" for name, number in versions.items())
