"""A real Dask scheduler with its workers: the same files, and whatever dies costs no letter and no number."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from letters.batch import cluster, scheduler
from letters.errors import MachineError
from tests.support.cli import Run, run
from tests.support.dask import ROOT, Machines, free_port, running_machines
from tests.support.postgres import server_for_tests
from tests.support.workspace import SETTINGS, make_workspace, tree

pytest.importorskip("distributed", reason="letters[cluster] is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, of ports and clean-up; ours are seen elsewhere

DAY = ("--date", "2024-09-24")
TYPST = ("--engine", "typst")
DOCX = ("--formats", "docx")
HEAD = "kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan\n"
MANY = 32
SOON = 30
"""Seconds within which everything that goes wrong has to be told."""


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two workers that nobody kills."""
    with running_machines(tmp_path_factory.mktemp("machines"), 2) as started:
        yield started


SLOWLY = (
    "import time; from letters.batch import produce; make = produce.make; "
    "produce.make = lambda task: (time.sleep(0.2), make(task))[1]"
)


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Machines]:
    """Two workers of the test's own, so slow that letters are still to be made when something happens to them."""
    with running_machines(tmp_path, 0) as started:
        for _ in range(2):
            started.add_worker(SLOWLY)
        started.until_there(2)
        yield started


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of an office whose batch nothing happened to."""
    office = office_in(tmp_path_factory.mktemp("undisturbed") / "kantor")
    assert run("issue", "uji", *DAY, *DOCX, "--jobs", "1", folder=office).code == 0
    return tree(office / "out")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return office_in(tmp_path / "kantor")


def office_in(folder: Path, count: int = MANY, *, prefix: str = "c", settings: str = SETTINGS) -> Path:
    rows = "".join(f"{prefix}{n:03};camat;Camat {n};;Kecamatan {n};;Kota {n};Saudara\n" for n in range(count))
    return make_workspace(folder, recipients=HEAD + rows, settings=settings)


def issue(office: Path, address: str, *more: str) -> Run:
    return run("--json", "issue", "uji", *DAY, "--cluster", address, *more, folder=office)


def issue_beside(office: Path, address: str, *more: str) -> subprocess.Popen[str]:
    """Start the command as a process with its own group, as a terminal does."""
    command = [sys.executable, "-m", "letters", "--lang", "en", "-C", str(office), "issue", "uji", *DAY]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*command, "--cluster", address, *more], cwd=ROOT, env=environment, start_new_session=True, **pipes
    )


def codes(done: Run) -> list[str]:
    return [problem["code"] for problem in done.json["problems"]]


def after_the_first_letter(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> None:
    """Have something happen when the first file of a batch is written."""
    from letters.batch import issue as issuing

    write, called = issuing.write_letter, []

    def written(*arguments: Any) -> Any:
        if not called:
            happens()
        called.append(1)
        return write(*arguments)

    monkeypatch.setattr(issuing, "write_letter", written)


def assert_numbers_are_the_tables(office: Path, count: int = MANY) -> None:
    """Check that every row has its number, in the order of the table, and that files and register agree."""
    letters = run("--json", "register", "list", folder=office).json["letters"]
    numbers = {letter["key"]: letter["number"][:3] for letter in letters}
    assert numbers == {f"c{n:03}": f"{n + 1:03}" for n in range(count)}
    assert not list(office.rglob(".letters-*")), "a temporary file stays behind"


def assert_finished(office: Path, files: dict[str, bytes]) -> None:
    """Check that no number is lost, and that the next run, without a cluster, completes `files`."""
    assert_numbers_are_the_tables(office)
    assert run("issue", "uji", *DAY, *DOCX, "--jobs", "1", folder=office).code == 0
    assert_numbers_are_the_tables(office)
    assert tree(office / "out") == files
    assert run("--json", "register", "verify", folder=office).code == 0


# -- the same files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("engine", "count"), [("typst", MANY), ("weasyprint", 16)])
def test_cluster_makes_the_same_files_in_the_same_order(
    machines: Machines, tmp_path: Path, engine: str, count: int
) -> None:
    one, other = office_in(tmp_path / "satu", count), office_in(tmp_path / "lain", count)
    assert run("issue", "uji", *DAY, "--jobs", "1", "--engine", engine, folder=one).code == 0

    done = issue(other, machines.address, "--engine", engine)

    assert done.code == 0, done.out
    assert [letter["key"] for letter in done.json["made"]] == [f"c{n:03}" for n in range(count)]
    assert len(tree(other / "out")) == 2 * count
    assert tree(other / "out") == tree(one / "out")


# -- several offices ---------------------------------------------------------------------------------------


def test_two_offices_work_side_by_side(machines: Machines, tmp_path: Path) -> None:
    offices = [
        office_in(tmp_path / code, settings=SETTINGS.replace("K.JI-08", code)) for code in ("K.JI-08", "K.JI-17")
    ]
    running = [issue_beside(office, machines.address, *TYPST) for office in offices]

    for office, process in zip(offices, running, strict=True):
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, out + err
        assert_numbers_are_the_tables(office)
        letters = run("--json", "register", "list", folder=office).json["letters"]
        assert all(f"/{office.name}/" in letter["number"] for letter in letters)
        assert run("--json", "register", "verify", folder=office).code == 0


def test_two_folders_share_the_numbers_of_one_register(machines: Machines, tmp_path: Path) -> None:
    with server_for_tests() as server, server.schema() as schema:
        settings = f'{SETTINGS}\n[register]\nurl = "{server.url(schema)}"\n'
        offices = [office_in(tmp_path / prefix, prefix=prefix, settings=settings) for prefix in "cd"]
        running = [issue_beside(office, machines.address, *TYPST) for office in offices]
        for process in running:
            out, err = process.communicate(timeout=60)
            assert process.returncode == 0, out + err

        letters = run("--json", "register", "list", folder=offices[0]).json["letters"]

    assert sorted(letter["number"][:3] for letter in letters) == [f"{n:03}" for n in range(1, 2 * MANY + 1)]
    for office in offices:
        own = [letter for letter in letters if letter["key"].startswith(office.name)]
        order = [letter["number"] for letter in sorted(own, key=lambda letter: letter["key"])]
        assert order == sorted(order)
        names = {f"{letter['number'].replace('/', '-')}-{letter['key']}" for letter in own}
        assert {Path(path).stem for path in tree(office / "out")} == names


# -- what dies in the middle ---------------------------------------------------------------------------------


def test_worker_that_is_killed_costs_no_letter(
    mortal: Machines, office: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    after_the_first_letter(monkeypatch, lambda: mortal.workers[0].send_signal(signal.SIGKILL))

    done = issue(office, mortal.address, *DOCX)

    assert done.code == 0, done.out
    assert mortal.workers[0].poll() == -signal.SIGKILL
    assert len(done.json["made"]) == MANY
    assert_finished(office, undisturbed)


def test_scheduler_that_is_killed_ends_the_batch_and_the_next_run_goes_on(
    mortal: Machines, office: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        after_the_first_letter(patched, mortal.scheduler.kill)
        done = issue(office, mortal.address, *DOCX)

    assert (done.code, codes(done)) == (4, ["batch.cluster-lost"])
    assert "with the cluster when it is back or without it" in done.json["problems"][0]["remedy"]
    assert 0 < len(tree(office / "out")) < MANY
    assert_finished(office, undisturbed)


def test_frozen_scheduler_ends_the_batch(
    mortal: Machines, office: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:

        def freeze() -> None:
            mortal.scheduler.send_signal(signal.SIGSTOP)
            patched.setattr(scheduler, "PATIENCE", 1)

        for module, name, seconds in ((cluster, "LOOK", 0.1), (cluster, "QUIET", 0.2), (scheduler, "CLOSING", 0.5)):
            patched.setattr(module, name, seconds)
        after_the_first_letter(patched, freeze)
        done = issue(office, mortal.address, *DOCX)

    assert (done.code, codes(done)) == (4, ["batch.cluster-lost"])
    assert_finished(office, undisturbed)


def test_batch_without_workers_says_so_and_ends_after_a_while(
    mortal: Machines, office: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        for name, seconds in {"LOOK": 0.1, "QUIET": 0.5, "DESERTED": 1.0}.items():
            patched.setattr(cluster, name, seconds)
        after_the_first_letter(patched, mortal.kill_workers)
        done = issue(office, mortal.address, *DOCX)

    assert (done.code, codes(done)) == (4, ["batch.cluster-deserted"])
    assert "Waiting for the cluster, workers connected: 0/2" in done.err
    assert_finished(office, undisturbed)


def test_batch_goes_on_when_a_worker_comes_back(
    mortal: Machines, office: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def kill_and_start() -> None:
        mortal.kill_workers()
        mortal.add_worker()

    after_the_first_letter(monkeypatch, kill_and_start)

    assert issue(office, mortal.address, *DOCX).code == 0
    assert_finished(office, undisturbed)


def test_ctrl_c_ends_a_batch_that_waits_for_workers(
    mortal: Machines, office: Path, undisturbed: dict[str, bytes]
) -> None:
    process = issue_beside(office, mortal.address, *DOCX)
    end = time.monotonic() + SOON
    while not list((office / "out/2024").rglob("*.*")) and time.monotonic() < end:
        time.sleep(0.01)
    mortal.kill_workers()
    time.sleep(0.3)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=SOON)

    assert (process.returncode, out) == (130, "")
    assert "Error: Interrupted." in err
    assert "Traceback" not in err
    assert_finished(office, undisturbed)


# -- what is told before a number is used ----------------------------------------------------------------------


def refused(office: Path, address: str) -> Run:
    """Issue in vain; check that it is told soon and costs no number."""
    began = time.monotonic()
    done = issue(office, address, *DOCX)
    assert time.monotonic() - began < SOON
    assert run("--json", "register", "list", folder=office).json["letters"] == []
    return done


@pytest.mark.parametrize(
    "address",
    ["klaster", "tcp://10.0.0.1", "tcp://10.0.0.1:x", "tcp://10.0.0.1:99999", "http://10.0.0.1:8787", "a b:1"],
)
def test_what_is_no_address_is_told(office: Path, address: str) -> None:
    done = refused(office, address)

    assert (done.code, codes(done)) == (2, ["batch.cluster-address"])
    assert address in done.json["problems"][0]["message"]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "127.0.0.1:{port}", "tcp://no-such-host.invalid:{port}"])
def test_port_without_a_scheduler_is_told(office: Path, address: str) -> None:
    done = refused(office, address.format(port=free_port()))

    assert (done.code, codes(done)) == (4, ["batch.cluster-unreachable"])
    assert re.search(r"\(\[Errno -?\d+\] .+\)", done.json["problems"][0]["message"])


def test_program_that_is_no_scheduler_is_told(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        done = refused(office, f"tcp://127.0.0.1:{silent.getsockname()[1]}")

    assert (done.code, codes(done)) == (4, ["batch.cluster-unreachable"])


def test_encrypted_connection_without_a_certificate_is_told(machines: Machines, office: Path) -> None:
    done = refused(office, machines.address.replace("tcp://", "tls://"))

    assert (done.code, codes(done)) == (4, ["batch.cluster-certificate"])
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in done.json["problems"][0]["remedy"]


def test_scheduler_without_workers_is_told(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "PATIENCE", 1)
    with running_machines(tmp_path, 0) as empty:
        done = refused(office, empty.address)

    assert (done.code, codes(done)) == (4, ["batch.cluster-empty"])
    assert f"dask worker {empty.address}" in done.json["problems"][0]["remedy"]


SPOILT = {
    "another Python": (
        "import platform; platform.python_version_tuple = lambda: ('3', '99', '0')",
        "batch.cluster-versions",
        "Python 3.99",
    ),
    "another version of this package": (
        "from letters.batch import cluster; cluster._version = lambda name: '9.9'",
        "batch.cluster-versions",
        "letters 9.9",
    ),
    "other fonts": (
        "from letters.batch import produce; produce.make = lambda task: [{'docx': b''}]",
        "batch.cluster-files",
        "fonts or system libraries",
    ),
    "a part missing": (
        "from letters.batch import produce; produce.make = lambda task: open('/no/such/file')",
        "batch.cluster-worker",
        "No such file",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_worker_that_would_make_other_files_is_told(office: Path, tmp_path: Path, what: str) -> None:
    first, code, words = SPOILT[what]
    with running_machines(tmp_path, 0) as mixed:
        mixed.add_worker(first)
        done = refused(office, mixed.address)

    assert (done.code, codes(done)) == (4, [code])
    assert words in done.json["problems"][0]["message"]


def test_worker_that_joins_later_with_other_programs_makes_no_letter() -> None:
    with pytest.raises(MachineError, match="letters 0.0"):
        cluster.alone(cluster.installed() | {"letters": "0.0"}, lambda: pytest.fail("it was made"))


def test_missing_dask_is_told_with_the_line_that_installs_it(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "find_spec", lambda name: None)

    done = refused(office, "tcp://127.0.0.1:9")

    assert done.code == 4
    assert "letters[cluster]" in done.json["problems"][0]["remedy"]
