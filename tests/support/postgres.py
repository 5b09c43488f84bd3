"""A PostgreSQL server of the tests' own: private, started on demand, gone without a trace when they are done."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

USER = "letters"
DATABASE = "letters"
PASSWORD = "rahasia sekali"
UNPRIVILEGED = ("postgres", "nobody")
"""Accounts that may run the server where the tests run as root, whom PostgreSQL refuses."""
MISSING = "NO POSTGRESQL: its server programs are not installed (Debian: apt-get install postgresql)"
SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "60", "log_min_messages": "fatal"}
"""Quick, as nobody pulls this server's plug; `synchronous_commit` stays what the register asks for."""


@dataclass(frozen=True)
class Server:
    """A running server: trusting on its socket, asking for the password on the loopback address."""

    folder: Path
    port: int

    def url(self, schema: str = "public") -> str:
        """Return the address through the socket, which needs no password."""
        return f"postgresql+psycopg://{USER}@/{DATABASE}?host={self.folder}&port={self.port}&options=-csearch_path={schema}"

    def url_with_password(self, schema: str = "public") -> str:
        """Return the address through the network, without the password that it needs."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{DATABASE}?options=-csearch_path={schema}"

    @contextmanager
    def schema(self) -> Iterator[str]:
        """Make a name space of its own for one register; yield its name."""
        name = f"s_{uuid.uuid4().hex}"
        self.run(f"CREATE SCHEMA {name}")
        try:
            yield name
        finally:
            self.run(f"DROP SCHEMA {name} CASCADE")

    def run(self, statement: str) -> None:
        """Execute one statement as the owner."""
        with psycopg.connect(self.dsn, autocommit=True) as connection:
            connection.execute(statement.encode())

    @property
    def dsn(self) -> str:
        """Where psycopg finds the server."""
        return f"host={self.folder} port={self.port} user={USER} dbname={DATABASE}"


def programs() -> Path | None:
    """Return the folder of initdb and pg_ctl; Debian keeps them out of PATH, one folder for each version."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    return versions[-1].parent if versions else None


@contextmanager
def server_for_tests() -> Iterator[Server]:
    """Yield a server; without programs skip the tests that need it, aloud, or fail them where CI=true."""
    found = programs()
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="letters-pg-"))
    try:
        yield from running(found, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def running(bin_folder: Path, folder: Path) -> Iterator[Server]:
    """Make a cluster in `folder`, start it, and stop it at the end."""
    account = unprivileged()
    data, secret = folder / "data", folder / "password"
    secret.write_text(PASSWORD)
    if account:
        for owned in (folder, secret):
            shutil.chown(owned, account)
    who = [f"--username={USER}", f"--pwfile={secret}", "--auth-local=trust", "--auth-host=scram-sha-256"]
    call(account, bin_folder / "initdb", f"--pgdata={data}", "--no-sync", "--encoding=UTF8", "--locale=C", *who)
    server = Server(folder, free_port())
    options = {**SETTINGS, "port": server.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder}
    given = " ".join(f"-c {name}={value}" for name, value in options.items())
    control = (bin_folder / "pg_ctl", f"--pgdata={data}")
    call(account, *control, "--wait", "--silent", f"--log={folder / 'log'}", f"--options={given}", "start")
    try:
        with psycopg.connect(f"host={folder} port={server.port} user={USER} dbname=postgres", autocommit=True) as first:
            first.execute(f"CREATE DATABASE {DATABASE}".encode())
        yield server
    finally:
        call(account, *control, "--mode=immediate", "--silent", "stop")


def unprivileged() -> str | None:
    """Return the account that runs the server; None where the tests do not run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED if name in known)


def call(account: str | None, *command: object) -> None:
    """Run a program of PostgreSQL; it answers on a pipe that the server must not inherit, so into nothing."""
    words = [str(word) for word in command]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment["LC_ALL"] = "C"
    subprocess.run(words, check=True, user=account, env=environment, cwd="/", stdout=subprocess.DEVNULL, timeout=120)


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
