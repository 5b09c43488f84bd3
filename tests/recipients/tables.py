"""What tests of the table share: rows, broken workbooks, and what a refusal says."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from letters.errors import Problem, RecipientsError, Severity
from letters.recipients import Table, read_recipients

HEADINGS = ("kode", "kelompok", "jabatan")


def column(values: Sequence[object], heading: str = "nilai") -> list[list[object]]:
    """Return a good table with one more column, which holds `values`."""
    rows: list[list[object]] = [[*HEADINGS, heading]]
    return rows + [[f"K{index}", "camat", f"Camat {index}", value] for index, value in enumerate(values, start=1)]


def edit_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Rewrite one part of a workbook as raw bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def refusal(path: Path, **options: Any) -> list[Problem]:
    """Return the errors of a table that must be refused; every text must fill from its own parameters."""
    with pytest.raises(RecipientsError) as caught:
        read_recipients(path, **options)
    for problem in caught.value.problems:
        said(problem)
    return [problem for problem in caught.value.problems if problem.severity is Severity.ERROR]


def only_error(path: Path, **options: Any) -> Problem:
    """Return the one error of a table."""
    errors = refusal(path, **options)
    assert len(errors) == 1, [(error.code, str(error)) for error in errors]
    return errors[0]


def said(problem: Problem) -> str:
    """Return message and remedy, filled."""
    return f"{problem} {problem.remedy.format(**problem.params)}"


def values_of(table: Table, name: str = "nilai") -> list[str]:
    """Return a column of the table."""
    return [recipient.fields[name] for recipient in table.recipients]
