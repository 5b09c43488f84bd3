"""A launcher and offices for the crash tests; they need Linux's signals and process handles."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.crash import Launcher, Offices, launcher

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session", name="launcher")
def start_launcher() -> Iterator[Launcher]:
    with launcher() as started:
        yield started


@pytest.fixture(scope="session")
def offices(launcher: Launcher, tmp_path_factory: pytest.TempPathFactory) -> Offices:
    return Offices(launcher, tmp_path_factory.mktemp("kantor"))
