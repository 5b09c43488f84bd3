"""A real Dask scheduler with two workers: the same files, and a worker that dies costs no letter."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from letters.batch import cluster
from tests.support.cli import run
from tests.support.workspace import make_workspace, tree

pytest.importorskip("distributed", reason="letters[cluster] is not installed")
ROOT = Path(__file__).resolve().parents[2]
DAY = ("--date", "2024-09-24")
HEAD = "kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan\n"
MANY = 60


@dataclass
class Machines:
    """A scheduler and its workers, each a process."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def start(*words: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__COMM__RETRY__COUNT": "0"}
    command = [sys.executable, "-W", "ignore", "-m", "distributed.cli.dask_" + words[0], *words[1:]]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    began = [start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", folder=tmp_path)]
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    options = ("--nthreads", "2", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path))
    workers = [start("worker", address, *options, folder=tmp_path) for _ in range(2)]
    began += workers
    try:
        yield Machines(address, workers)
    finally:
        for process in reversed(began):
            process.kill()
            process.wait()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return office_in(tmp_path / "kantor")


def office_in(folder: Path, count: int = MANY) -> Path:
    rows = "".join(f"c{n:03};camat;Camat {n};;Kecamatan {n};;Kota {n};Saudara\n" for n in range(count))
    return make_workspace(folder, recipients=HEAD + rows)


pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, of ports and clean-up; ours are seen elsewhere


def test_cluster_makes_the_same_files_in_the_same_order(machines: Machines, office: Path, tmp_path: Path) -> None:
    alone = office_in(tmp_path / "lain")
    assert run("issue", "uji", *DAY, "--jobs", "1", "--engine", "typst", folder=alone).code == 0

    done = run("--json", "issue", "uji", *DAY, "--engine", "typst", "--cluster", machines.address, folder=office)

    assert done.code == 0, done.out
    assert [letter["key"] for letter in done.json["made"]] == [f"c{n:03}" for n in range(MANY)]
    assert tree(office / "out") == tree(alone / "out")


def test_worker_that_is_killed_costs_no_letter(
    machines: Machines, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill_one(*_: object) -> None:
        machines.workers[0].send_signal(signal.SIGKILL)

    monkeypatch.setattr("letters.batch.issue.write_letter", killing(kill_one))

    done = run("--json", "issue", "uji", *DAY, "--cluster", machines.address, folder=office)

    assert done.code == 0, done.out
    assert machines.workers[0].poll() == -signal.SIGKILL
    assert len(done.json["made"]) == MANY
    assert [letter["number"][:3] for letter in done.json["made"]] == [f"{n:03}" for n in range(1, MANY + 1)]
    assert run("--json", "register", "verify", folder=office).code == 0


def killing(kill):
    """Return `write_letter` that kills after the first letter."""
    from letters.batch import issue

    write, called = issue.write_letter, []

    def written(*arguments):
        if not called:
            kill()
        called.append(1)
        return write(*arguments)

    return written


def test_no_scheduler_is_told_before_a_number_is_used(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)

    done = run("--json", "issue", "uji", *DAY, "--cluster", "tcp://127.0.0.1:9", folder=office)

    assert done.code == 4
    assert [problem["code"] for problem in done.json["problems"]] == ["batch.cluster-unreachable"]
    assert run("--json", "register", "list", folder=office).json["letters"] == []


def test_workers_with_other_programs_are_refused(
    machines: Machines, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PACKAGES", ("letters",))

    done = run("--json", "issue", "uji", *DAY, "--cluster", machines.address, folder=office)

    assert [problem["code"] for problem in done.json["problems"]] == ["batch.cluster-versions"]
    assert run("--json", "register", "list", folder=office).json["letters"] == []


def test_missing_dask_is_told_with_the_line_that_installs_it(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)

    done = run("--json", "issue", "uji", *DAY, "--cluster", "tcp://127.0.0.1:9", folder=office)

    assert done.code == 4
    assert "letters[cluster]" in done.json["problems"][0]["remedy"]
