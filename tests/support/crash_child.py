"""Orders on standard input → the real command in a forked process, with faults planted; for the crash tests.

Everything the command imports is loaded once, here; each order forks a process that calls the command's own ``main``.
So a run takes a quarter of a second and still starts from nothing: no open register, no prepared letter. The product
knows nothing of this: a fault replaces a function by one that counts its calls and, at the n-th, does harm.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import functools
import gc
import importlib
import json
import os
import pickle
import resource
import signal
import sqlite3
import sys
import tempfile
import threading
import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.support.workspace import make_workspace

SQLITE_CODES = {errno.EIO: sqlite3.SQLITE_IOERR, errno.ENOSPC: sqlite3.SQLITE_FULL}
_inside: list[str] = []
"""The calls we are in, of those that some fault is bound to."""
_clock = timedelta()


# -- what is done at the n-th call -----------------------------------------------------------------------


def harm(fault: dict[str, Any]) -> None:
    """Do what the fault asks for; some of it does not return."""
    with open(fault["report"], "a", encoding="utf-8") as report:
        report.write(f"{fault['at']}\n")
    match fault["do"]:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "fail":
            raise failure(fault)
        case "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
        case "interrupt-all":
            os.killpg(os.getpgid(0), signal.SIGINT)
        case "fill":
            fill(Path(fault["path"]))
        case "move":
            os.rename(fault["path"], fault["to"])
        case "turn-back":
            global _clock
            _clock = timedelta(days=-1)
        case "tell":
            pass
        case other:
            raise ValueError(other)


def failure(fault: dict[str, Any]) -> Exception:
    number = fault["errno"]
    if fault["at"] not in ("sql", "commit"):
        return OSError(number, os.strerror(number))
    error = sqlite3.OperationalError(os.strerror(number))
    error.sqlite_errorcode = SQLITE_CODES[number]
    return error


def fill(path: Path) -> None:
    """Take all the space that is left on the disk of `path`, and then what is left of that."""
    with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
        for size in (65536, 512, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)


# -- planting --------------------------------------------------------------------------------------------


def plant(fault: dict[str, Any]) -> None:
    if fault["within"]:
        rewrap(fault["within"], lambda original: scoped(original, fault["within"]))
    if fault["at"] == "sql":
        once = counting(fault)
        for name in ("do_execute", "do_executemany"):
            rewrap(f"sqlalchemy.engine.default:DefaultDialect.{name}", once)
    elif fault["at"] == "commit":
        rewrap("sqlalchemy.engine.default:DefaultDialect.do_commit", counting(fault))
    else:
        rewrap(fault["at"], counting(fault))


def counting(fault: dict[str, Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what wraps a function; several functions wrapped by it are counted together."""
    calls = 0

    def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def replaced(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += not fault["within"] or fault["within"] in _inside
            if calls != fault["nth"] or fault.get("done"):
                return original(*args, **kwargs)
            fault["done"] = True
            if fault["when"] == "half":  # os.write(descriptor, data): only a part of it gets through
                original(args[0], args[1][: len(args[1]) // 2])
            elif fault["when"] == "after":
                result = original(*args, **kwargs)
                harm(fault)
                return result
            harm(fault)
            return original(*args, **kwargs)

        return replaced

    return wrap


def scoped(original: Callable[..., Any], name: str) -> Callable[..., Any]:
    @wraps(original)
    def replaced(*args: Any, **kwargs: Any) -> Any:
        _inside.append(name)
        try:
            return original(*args, **kwargs)
        finally:
            _inside.remove(name)

    return replaced


class Stand(ModuleType):
    """Stands for `os` in one module, so that nobody else's calls are counted."""

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)


def rewrap(target: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace `module:name`, `module:Class.method` or `module:os.function` by its wrapped self."""
    module_name, _, path = target.partition(":")
    owner: Any = importlib.import_module(module_name)
    *parents, name = path.split(".")
    for parent in parents:
        if parent == "os" and not isinstance(owner.os, Stand):
            owner.os = Stand("os")
        owner = getattr(owner, parent)
    setattr(owner, name, wrap(getattr(owner, name)))


# -- a broken product, to show that the tests see it ------------------------------------------------------


def mark_first() -> None:
    """Note a letter as issued before its files are written."""
    from letters.files import Writing
    from letters.register import Register

    late: list[Writing] = []
    finish, mark = Writing.finish, Register.issue_many

    def marked(*args: Any) -> None:
        mark(*args)
        while late:
            finish(late.pop(0))

    Writing.finish = lambda self: late.append(self)  # type: ignore[method-assign]
    Register.issue_many = marked  # type: ignore[method-assign]


def write_in_place() -> None:
    """Write under the final name at once."""
    from letters import files

    def write(self: files.Writing, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        files.os.write(descriptor, data)
        os.close(descriptor)

    files.Writing.add = write  # type: ignore[method-assign]


def forget_numbers() -> None:
    """Take new numbers with every run."""
    from letters.batch import plan

    name = plan.batch_name
    plan.batch_name = lambda *args: f"{name(*args)}{os.getpid()}"


def leave_temporary() -> None:
    """Never sweep up."""
    from letters.batch import issue

    issue.sweep_temporary = lambda _folder: []


BROKEN = {function.__name__: function for function in (mark_first, write_in_place, forget_numbers, leave_temporary)}


# -- one run -----------------------------------------------------------------------------------------------


def run(order: dict[str, Any]) -> int:
    """Do what the order says in this process and return the exit code."""
    os.setsid()
    for name, descriptor in (("out", 1), ("err", 2)):
        os.dup2(os.open(order[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), descriptor)
    for name in order["broken"]:
        BROKEN[name]()
    for fault in order["faults"]:
        plant(fault)
    if order["now"]:
        set_clock(datetime.fromisoformat(order["now"]))
    if order["file_size"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_size"], order["file_size"]))
    if order["user"]:
        os.setgroups([])
        os.setgid(order["user"])
        os.setuid(order["user"])
    return command(order["arguments"])


def command(arguments: list[str]) -> int:
    from letters.cli import main

    try:
        main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def set_clock(start: datetime) -> None:
    """Let the command's door to the clock show `start`, until a fault turns it back."""
    options = importlib.import_module("letters.cli.options")
    options.now = lambda: (start + _clock).astimezone()


def warm_up() -> None:
    """Import everything, fill every cache by making a batch elsewhere, and read each TOML text only once from now on.

    What is left for each run are its own files: a register of its own, opened by itself.
    """
    for name in ("cli.issue", "cli.register"):
        importlib.import_module(f"letters.{name}")
    loads = functools.cache(lambda text: pickle.dumps(tomllib.loads(text)))
    importlib.import_module("letters.toml").tomllib = Quick(loads)
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w", encoding="utf-8") as nowhere:
        office = make_workspace(Path(folder) / "kantor")
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            assert command(["-C", str(office), "issue", "uji", "--date", "2024-09-24"]) == 0
    gc.collect()
    gc.freeze()


class Quick(ModuleType):
    """Stands for `tomllib`: the same text is parsed once."""

    def __init__(self, loads: Callable[[str], bytes]) -> None:
        super().__init__("tomllib")
        self.loads = lambda text: pickle.loads(loads(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(tomllib, name)


def orders() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        yield json.loads(line)


def leave(code: int) -> None:
    """Do what the interpreter does at its end, but for giving back memory, which would copy all of the server's."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def serve() -> None:
    """Start a process for each order and answer its id; for an id, answer how the process ended."""
    warm_up()
    answer = os.fdopen(os.dup(1), "w", buffering=1)
    for order in orders():
        if "end_of" in order:
            answer.write(f"{os.waitstatus_to_exitcode(os.waitpid(order['end_of'], 0)[1])}\n")
            continue
        process = os.fork()
        if not process:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            leave(run(order))
        answer.write(f"{process}\n")


if __name__ == "__main__":
    serve()
