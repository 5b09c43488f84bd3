"""Name of a contestant and a folder of material → how quickly it makes the letters, on standard output as JSON.

Run by `bench.py` in a process of its own, ours in the project's environment, peers in theirs. Every function imports
what it needs and returns a function from a letter's place in the table to the bytes of its files.
"""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from memory import Watch

Make = Callable[[int], int]
"""Makes one letter and returns its size in bytes."""


def ours(folder: Path, *kinds: tuple[str, str]) -> Make:
    """Return what makes the letters in each of `kinds`, (format, engine)."""
    from dataclasses import replace

    from letters.writers import WRITERS

    document, look, orders = pickle.loads((folder / "letters.pickle").read_bytes())  # noqa: S301 - made by ourselves
    forms = [WRITERS[name].prepare(document, replace(look, engine=engine)) for name, engine in kinds]
    return lambda place: sum(len(form.fill(*orders[place])) for form in forms)


def docxtpl(folder: Path) -> Make:
    """Return docxtpl: the template opened and rendered for each letter, as its documents show."""
    from docxtpl import DocxTemplate

    template, values = (folder / "docxtpl.docx").read_bytes(), _values(folder)

    def make(place: int) -> int:
        document, made = DocxTemplate(io.BytesIO(template)), io.BytesIO()
        document.render({f"v{index}": value for index, value in enumerate(values[place])}, autoescape=True)
        document.save(made)
        return len(made.getvalue())

    return make


def mailmerge(folder: Path) -> Make:
    """Return docx-mailmerge2: the template opened and merged for each letter."""
    from mailmerge import MailMerge

    template, values = (folder / "mailmerge.docx").read_bytes(), _values(folder)

    def make(place: int) -> int:
        made = io.BytesIO()
        with MailMerge(io.BytesIO(template)) as document:
            document.merge(**{f"v{index}": value for index, value in enumerate(values[place])})
            document.write(made)
        return len(made.getvalue())

    return make


def weasyprint(folder: Path) -> Make:
    """Return plain WeasyPrint: a call for each letter, PDF/A and tags as ours."""
    from weasyprint import HTML

    pages = json.loads((folder / "pages.json").read_text())
    return lambda place: len(HTML(string=pages[place]).write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True))


def typst(folder: Path) -> Make:
    """Return plain typst: a call for each letter, the values handed over as data."""
    import typst as compiler

    sources = folder / "typst"
    data = json.loads((sources / "data.json").read_text())

    def make(place: int) -> int:
        inputs = {"data": data[place]}
        made: Any = compiler.compile(
            sources / "main.typ", root=sources, sys_inputs=inputs, format="pdf", pdf_standards=["a-3a", "ua-1"]
        )
        return len(made)

    return make


def _values(folder: Path) -> list[list[str]]:
    values: list[list[str]] = json.loads((folder / "values.json").read_text())
    return values


MAKERS: dict[str, Callable[[Path], Make]] = {
    "ours-docx": lambda folder: ours(folder, ("docx", "")),
    "ours-weasyprint": lambda folder: ours(folder, ("pdf", "weasyprint")),
    "ours-typst": lambda folder: ours(folder, ("pdf", "typst")),
    "ours-both-weasyprint": lambda folder: ours(folder, ("docx", ""), ("pdf", "weasyprint")),
    "ours-both-typst": lambda folder: ours(folder, ("docx", ""), ("pdf", "typst")),
    "docxtpl": docxtpl,
    "docx-mailmerge2": mailmerge,
    "weasyprint": weasyprint,
    "typst": typst,
}


def libreoffice(folder: Path, letters: int) -> int:
    """Convert filled DOCX files to PDF in one call, which is the quickest way it has; return their size."""
    with tempfile.TemporaryDirectory() as work:
        template = (folder / "docxtpl.docx").read_bytes()
        files = [Path(work) / f"{place}.docx" for place in range(letters)]
        for file in files:
            file.write_bytes(template)
        profile = (Path(work) / "profile").as_uri()
        command = ["soffice", "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", "pdf:writer_pdf_Export", "--outdir", work, *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HOME": work})
        return sum(file.with_suffix(".pdf").stat().st_size for file in files)


def measure(name: str, folder: Path, letters: int, started: float) -> dict[str, float]:
    """Return seconds to the first letter since `started` (a time of the clock), seconds and bytes for a further one."""
    if name.startswith("libreoffice"):
        libreoffice(folder, 1)
        first, begin = time.time() - started, time.perf_counter()
        if name == "libreoffice-each":
            letters = max(letters // 10, 2)
            size = sum(libreoffice(folder, 1) for _ in range(letters))
        else:
            size = libreoffice(folder, letters)
        return {"first": first, "each": (time.perf_counter() - begin) / letters, "size": size / letters}
    make = MAKERS[name](folder)
    make(0)
    first = time.time() - started
    make(0)  # what is done once more for the second letter is no part of the pace
    begin = time.perf_counter()
    size = sum(make(place) for place in range(letters))
    return {"first": first, "each": (time.perf_counter() - begin) / letters, "size": size / letters}


if __name__ == "__main__":
    wanted, material, count, clock = sys.argv[1:]
    watch = Watch()
    found = measure(wanted, Path(material), int(count), float(clock))
    sys.stdout.write(json.dumps({**found, "megabytes": watch.peak()}))
