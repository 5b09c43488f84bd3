"""Tables on disk for the tests: text files, and workbooks made with openpyxl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file and return its path; text goes out as UTF-8."""

    def write(content: str | bytes, name: str = "recipients.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def xlsx_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook with one sheet of `rows` and return its path; `change` may alter it before it is saved."""

    def write(
        rows: Iterable[Sequence[object]], change: Callable[[Workbook, Any], None] | None = None, name: str = "r.xlsx"
    ) -> Path:
        book = Workbook()
        sheet = book.active
        for row in rows:
            sheet.append(list(row))
        if change:
            change(book, sheet)
        book.save(tmp_path / name)
        return tmp_path / name

    return write
