"""Letters as the register keeps them → bytes, in this process or in many, always in the order of the table."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, count, groupby, islice
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import Any, TypeVar

from letters.batch.cluster import Cluster
from letters.batch.compose import Shape
from letters.batch.kept import Kept
from letters.errors import N_, MachineError, Problem
from letters.files import interrupt_held
from letters.register import Entry
from letters.writers import WRITERS, Form, Look

Item = TypeVar("Item")

CHUNK = 8
"""Letters per task: enough to make sending a task cheap, few enough to keep progress lively."""
RENEWED = 4000
"""Letters a process makes before another one takes its place; a multiple of CHUNK."""
SMALL = 12
"""Batches up to this size are made in this process: starting others would take longer."""


@dataclass(frozen=True, slots=True)
class Task:
    """Letters for one worker, in the order of the table."""

    look: Look
    formats: tuple[str, ...]
    copies: tuple[Kept, ...]


Made = list[dict[str, bytes]]
"""Per letter: bytes by format."""


@dataclass(frozen=True, slots=True)
class Job:
    """One entry's letter to be made: its copies, in which formats, with which look."""

    entry: Entry
    look: Look
    formats: tuple[str, ...]
    copies: tuple[Kept, ...]
    """Most letters have one."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the recipient's `kode` of each copy."""
        return tuple(copy.copy.key for copy in self.copies)


class SameProcess(Executor):
    """An executor that works at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run `fn` now and return its finished future; errors are raised here."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Workers(ProcessPoolExecutor):
    """Processes that make letters; they end with this one, whatever ends it, and leave Ctrl-C to it."""

    def __init__(self, count: int) -> None:
        super().__init__(count, mp_context=get_context("spawn"), initializer=_begin_work)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give `fn` to a process, which is started if needed and never gets Ctrl-C: only this one speaks of it."""
        with interrupt_held():
            return super().submit(fn, *args, **kwargs)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes; what nobody waits for any more is not begun.

        Where one was lost the others are killed: Python would wait for ever for one it started at that very moment,
        whose results nobody takes.
        """
        if error is not None and isinstance(error.__cause__, BrokenExecutor):
            for process in list((self._processes or {}).values()):
                process.kill()
        self.shutdown(cancel_futures=kind is not None)


def _begin_work() -> None:
    """Prepare a worker: a command that is killed cannot tell its workers, which would wait for orders for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_command, daemon=True).start()


def _end_with_command() -> None:
    command = parent_process()
    if command is not None:
        command.join()
        os._exit(1)


def cores() -> int:
    """Return how many processors this process may use: in a container or under taskset fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def make_executor(letters: int, jobs: int | None, cluster: Cluster | None = None) -> Executor:
    """Return an executor for so many letters: this process for few, else one process per core or `jobs`.

    With a `cluster` its workers.
    """
    if cluster:
        return cluster
    count = jobs or cores()
    if letters <= SMALL or (count == 1 and letters <= RENEWED):
        return SameProcess()
    return Workers(min(count, -(-letters // CHUNK)))


FORMS_KEPT = 64
_forms: dict[tuple[object, ...], Form] = {}
"""Prepared forms of this process, by shape, look and format; a batch has few shapes."""


def form_of(shape: Shape, look: Look, format_: str) -> Form:
    """Return the prepared form of `shape`, made once per process."""
    key = (shape.digest, look.css, look.mark, look.engine, frozenset(look.assets.items()), format_)
    if key not in _forms:
        if len(_forms) >= FORMS_KEPT:
            _forms.clear()
        _forms[key] = WRITERS[format_].prepare(shape.document, look)
    return _forms[key]


def make(task: Task) -> Made:
    """Return the bytes of every letter of `task`, by format. Runs in a worker."""
    letters = (copy.compose() for copy in task.copies)
    return [
        {name: form_of(one.shape, task.look, name).fill(one.values, one.properties) for name in task.formats}
        for one in letters
    ]


def run(executor: Executor, tasks: Iterable[Task], workers: int) -> Iterator[Made]:
    """Yield the result of each task in order, keeping only a few ahead so that memory stays flat.

    Raises MachineError when a worker was ended from outside.
    """
    waiting: deque[Future[Made]] = deque()
    try:
        for task in tasks:
            waiting.append(executor.submit(make, task))
            if len(waiting) > 2 * workers + 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenExecutor as error:
        raise MachineError(_worker_lost()) from error
    finally:
        for future in waiting:
            future.cancel()


def _worker_lost() -> Problem:
    return Problem(
        "batch.worker-lost",
        N_("A process that makes letters was ended by the system, perhaps for lack of memory."),
        N_("Run the same command again to go on; with --jobs 1 it needs less memory."),
    )


def produce(
    work: Iterable[Job], copies: int, jobs: int | None = None, cluster: Cluster | None = None
) -> Iterator[tuple[Job, Iterator[tuple[str, dict[str, bytes]]]]]:
    """Yield each job with its copies, key and bytes by format, as they are made; take them before the next job.

    `work` is asked for jobs only as they are needed; `copies` is how many there will be in all.
    """
    for _, group in groupby(work, key=lambda job: (id(job.look), job.formats)):
        begun: deque[Job] = deque()
        with closing(made_in_turns(_tasks(group, begun), copies, jobs, cluster)) as results:
            for first in results:
                job = begun.popleft()
                yield job, zip(job.keys, chain((first,), islice(results, len(job.copies) - 1)), strict=True)


def _tasks(group: Iterable[Job], begun: deque[Job]) -> Iterator[Task]:
    """Yield the tasks of jobs of one look and the same formats; `begun` gets each job when its turn comes."""
    jobs = iter(group)
    job = next(jobs)
    look, formats = job.look, job.formats

    def copies() -> Iterator[Kept]:
        for each in chain((job,), jobs):
            begun.append(each)
            yield from each.copies

    return (Task(look, formats, chunk) for chunk in chunks(copies(), CHUNK))


def made_in_turns(
    tasks: Iterator[Task], copies: int, jobs: int | None, cluster: Cluster | None
) -> Generator[dict[str, bytes], None, None]:
    """Yield the bytes of every letter of `tasks`, about `copies`, with new processes every so often.

    WeasyPrint's libraries keep some 70 kB of every letter for ever; ended with its process, it is given back.
    """
    workers = jobs or cores()
    turn = copies if cluster else workers * RENEWED  # a cluster looks after its workers itself
    for left in count(copies, -turn):
        some = list(islice(tasks, 1))
        if not some:
            return
        with make_executor(left, jobs, cluster) as executor:
            in_turn = tasks if cluster else islice(tasks, -(-turn // CHUNK) - 1)
            for made in run(executor, chain(some, in_turn), cluster.hands if cluster else workers):
                yield from made


def chunks(items: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    """Yield `items` in runs of `size`."""
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk
