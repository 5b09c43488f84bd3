"""A real Dask scheduler and its workers as processes of the tests' own, each of which can be stopped or spoilt."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = "import sys; {first}\nfrom distributed.cli.dask_{role} import main\nmain(sys.argv[1:])"
QUIETLY = ("--no-dashboard",)


@dataclass
class Machines:
    """A scheduler and its workers."""

    address: str
    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self, first: str = "pass") -> None:
        """Start a worker that does `first` before anything else."""
        options = ("--nthreads", "1", "--no-nanny", "--local-directory", str(self.folder))
        self.workers.append(start("worker", self.address, *QUIETLY, *options, folder=self.folder, first=first))

    def until_there(self, count: int) -> None:
        """Wait until the scheduler knows so many workers."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def kill_workers(self) -> None:
        """End all workers as a lost machine does."""
        for worker in self.workers:
            worker.send_signal(signal.SIGKILL)


def start(role: str, *words: str, folder: Path, first: str = "pass") -> subprocess.Popen[bytes]:
    """Start `dask scheduler` or `dask worker`."""
    command = [sys.executable, "-W", "ignore", "-c", RUN.format(role=role, first=first), *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def running_machines(folder: Path, workers: int) -> Iterator[Machines]:
    """Start a scheduler with so many workers, and end what is left of them."""
    port = free_port()
    options = ("--host", "127.0.0.1", "--port", str(port))
    machines = Machines(f"tcp://127.0.0.1:{port}", folder, start("scheduler", *options, *QUIETLY, folder=folder))
    try:
        until_open(port)
        for _ in range(workers):
            machines.add_worker()
        yield machines
    finally:
        for process in (*machines.workers, machines.scheduler):
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until_open(port: int) -> None:
    """Wait until somebody listens on `port`."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}")
