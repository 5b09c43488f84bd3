"""The house rules that a machine can hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "letters").rglob("*.py"))
LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
CLOCK_READERS = {"now", "today", "utcnow", "getenv", "getlocale"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    too_long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in functions(path)
        if node.end_lineno is not None and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]

    assert too_long == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_door_reads_clock_locale_and_environment(path: Path) -> None:
    if path.is_relative_to(ROOT / "letters" / "cli"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    read = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in CLOCK_READERS]

    assert read == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_inside_imports_the_package_root(path: Path) -> None:
    imported = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {
        node.module
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    }

    assert "letters" not in imported


def test_map_names_every_room() -> None:
    """The picture in the package's docstring is the folder list."""
    rooms = {path.name for path in (ROOT / "letters").iterdir() if (path / "__init__.py").exists()}
    docstring = ast.get_docstring(ast.parse((ROOT / "letters" / "__init__.py").read_text(encoding="utf-8"))) or ""

    assert {room for room in rooms if room not in docstring} == set()
