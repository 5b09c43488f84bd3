"""A command loads what it needs and nothing else, so that help comes at once."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from letters.cli import COMMANDS
from tests.support.workspace import make_workspace

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 0.25
RUN = """
import sys
before = set(sys.modules)
from letters.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print(sorted(set(sys.modules) - before), code, sep="\\n", file=sys.stderr)
"""

OF_LETTERS = {
    "letters",
    "letters.__main__",
    "letters.errors",
    "letters.messages",
    "letters.model",
    "letters.model.document",
    "letters.model.letter",
    "letters.writers",
}
"""What help may load besides `letters.cli`; a module more is a decision to be taken here."""
FROM_OUTSIDE = {"click"}
HEAVY_OF_PYTHON = {
    "asyncio",
    "concurrent",
    "ctypes",
    "http",
    "logging",
    "multiprocessing",
    "sqlite3",
    "ssl",
    "tomllib",
    "unittest",
    "urllib.request",
    "xml",
    "zipfile",
}


def loaded_by(*arguments: str, folder: Path = ROOT) -> set[str]:
    """Return the modules a command loads besides those of Python's own start."""
    command = [sys.executable, "-c", RUN, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder, env=environment)
    *_, modules, code = done.stderr.splitlines()
    assert code == "0", done.stderr
    return set(ast.literal_eval(modules))


def roots(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def letters_of(modules: set[str]) -> set[str]:
    return {module for module in modules if module.partition(".")[0] == "letters"}


@pytest.mark.parametrize("command", [(), *((command,) for command in COMMANDS)], ids=" ".join)
def test_help_loads_what_is_listed_and_nothing_else(command: tuple[str, ...]) -> None:
    modules = loaded_by(*command, "--help")

    assert {module for module in letters_of(modules) if not module.startswith("letters.cli")} <= OF_LETTERS
    assert roots(modules) - sys.stdlib_module_names - {"letters"} <= FROM_OUTSIDE
    assert modules & HEAVY_OF_PYTHON == set()


def test_help_comes_at_once() -> None:
    assert min(seconds_of("--help") for _ in range(3)) < SECONDS


def seconds_of(*arguments: str) -> float:
    """Return the processor time of a command, which does not depend on what else the machine does."""
    before = os.times()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-m", "letters", *arguments], stdout=subprocess.DEVNULL, check=True, env=environment
    )
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def test_batch_of_docx_from_csv_loads_no_library_of_other_formats(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    loaded = roots(loaded_by("issue", "uji", "--date", "2024-09-24", "--formats", "docx", folder=office))

    assert {"docx", "sqlalchemy"} <= loaded
    assert (
        loaded & {"distributed", "fontTools", "openpyxl", "PIL", "pikepdf", "pypdf", "rich", "typst", "weasyprint"}
        == set()
    )
