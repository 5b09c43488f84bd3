"""DOCX and XLSX files → what Microsoft's Open XML SDK finds wrong in them.

The SDK comes as one native program in an npm package that package-lock.json pins; `make test` installs it. The program
ends with 0 even for a broken file, so only its JSON counts.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PROGRAM = (
    Path(__file__).resolve().parents[2] / "node_modules" / "@xarsh" / "ooxml-validator-linux-x64" / "ooxml-validator"
)
AT_ONCE = 2
TIMEOUT = 120
"""Seconds for one file; a letter takes about half a second."""


def sdk_errors(files: Sequence[Path], program: Path = PROGRAM) -> dict[Path, list[str]]:
    """Return for each file one line `id: part: path in it: what is wrong` per finding.

    Raises RuntimeError if the validator is not installed or does not answer.
    """
    if not program.is_file():
        raise RuntimeError(f"the Open XML SDK validator is missing ({program.name}): `make test` installs it with npm")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(files, pool.map(lambda file: _errors(file, program), files), strict=True))


def _errors(file: Path, program: Path) -> list[str]:
    done = subprocess.run([program, file.resolve()], capture_output=True, text=True, timeout=TIMEOUT)
    try:
        report = json.loads(done.stdout)
    except ValueError as error:
        raise RuntimeError(f"the Open XML SDK validator failed on {file}: {done.stdout}{done.stderr}") from error
    found = [_line(item) for item in _counting(report["errors"])]
    if not report["ok"] and not report["errors"]:
        found.append(f"refused: {file.name}: no reason given")
    return found


def _counting(errors: Sequence[Mapping[str, str | None]]) -> Iterator[Mapping[str, str | None]]:
    """Yield what counts: a workbook's font may have its properties in any order (CT_Font is a choice in ISO 29500)."""
    for item in errors:
        order = item["id"] == "Sch_UnexpectedElementContentExpectingComplex"
        font = item["path"] == "/xl/styles.xml" and "/x:fonts[1]/x:font[" in (item["xPath"] or "")
        if not (order and font):
            yield item


def _line(item: Mapping[str, str | None]) -> str:
    kind = item["id"] or item["errorType"] or "-"
    return ": ".join([kind, *(item[key] or "-" for key in ("path", "xPath", "description"))])
