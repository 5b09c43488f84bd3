"""What tests of the table share: rows, broken workbooks, and what a refusal says."""

from __future__ import annotations

import re
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


INLINE = re.compile(rb'<c r="(\w+)"([^>]*?) t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)
SHARED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def share_strings(path: Path) -> Path:
    """Move the texts of the first sheet into the part where Excel keeps them; openpyxl leaves them in the cells."""
    texts: list[bytes] = []

    def move(match: re.Match[bytes]) -> bytes:
        texts.append(match[4])
        return b'<c r="%s"%s t="s"%s><v>%d</v></c>' % (match[1], match[2], match[3], len(texts) - 1)

    edit_part(path, "xl/worksheets/sheet1.xml", lambda xml: INLINE.sub(move, xml))
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    edit_part(path, "xl/sharedStrings.xml", lambda _: b'<?xml version="1.0"?><sst>%s</sst>' % items)
    relation = f'<Relationship Id="rIdS" Type="{SHARED}" Target="sharedStrings.xml"/></Relationships>'.encode()
    return edit_part(path, "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"</Relationships>", relation))


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
