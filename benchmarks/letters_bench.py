"""The worked example, many times over → ratios to docxtpl, and how time and memory grow. Run by hand: ``make bench``.

Every figure is measured in this run, side by side on this machine; only ratios mean anything elsewhere. Each
measurement runs in a process of its own, so that one does not warm or fill the memory of another.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
"""Times that growth is measured; the quickest round counts."""
TEMPLATE, DAY = "imbauan/kampanye", date(2024, 9, 24)


def make_office(folder: Path, letters: int) -> Path:
    """Write a workspace with `letters` camat, all of one shape, into `folder`."""
    folder.mkdir(parents=True)
    for name in ("letters.toml", "logo.png"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    with (ROOT / "recipients.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    camat = next(row for row in rows if row["kelompok"] == "camat")
    with (folder / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, camat.keys(), delimiter=";")
        writer.writeheader()
        for number in range(letters):
            place = f"Kecamatan {number:05}"
            own = {"kode": f"camat-{number:05}", "jabatan": f"Camat {number:05}", "instansi": place, "kota": place}
            writer.writerow(camat | own)
    return folder


# -- what is measured, each in its own process --------------------------------------------------------------


def compose(folder: Path):  # type: ignore[no-untyped-def]
    """Return the workspace's look and all its letters, composed."""
    from letters.batch.choosing import Choice
    from letters.batch.plan import Composer, make_plan
    from letters.batch.workspace import open_workspace

    workspace = open_workspace(folder)
    composer = Composer(workspace)
    plan = make_plan(composer, Choice((TEMPLATE,), DAY), lambda *_: None)
    return workspace.look, [composer.compose(draft) for draft in plan.drafts]


def fill(folder: Path, format_: str) -> float:
    """Return seconds to make every letter's `format_` from composed letters, the shape's preparation included."""
    from letters.writers import WRITERS

    look, composed = compose(folder)
    start = time.perf_counter()
    form = WRITERS[format_].prepare(composed[0].shape.document, look)
    for letter in composed:
        form.fill(letter.values, letter.properties)
    return time.perf_counter() - start


def filled(folder: Path) -> float:
    """Return seconds to fill every letter's DOCX, the shape's preparation not counted."""
    from letters.writers import WRITERS

    look, composed = compose(folder)
    form = WRITERS["docx"].prepare(composed[0].shape.document, look)
    start = time.perf_counter()
    for letter in composed:
        form.fill(letter.values, letter.properties)
    return time.perf_counter() - start


def docxtpl(folder: Path) -> float:
    """Return seconds docxtpl needs for the same letters: our own DOCX with a tag for each value is its template."""
    from docxtpl import DocxTemplate

    from letters.writers import WRITERS

    look, composed = compose(folder)
    form = WRITERS["docx"].prepare(composed[0].shape.document, look)
    tags = [f"{{{{ v{index} }}}}" for index in range(len(composed[0].values))]
    template = form.fill(tags, composed[0].properties)
    start = time.perf_counter()
    for letter in composed:
        document = DocxTemplate(io.BytesIO(template))
        document.render({f"v{index}": value for index, value in enumerate(letter.values)}, autoescape=True)
        document.save(io.BytesIO())
    return time.perf_counter() - start


def weasyprint(folder: Path) -> float:
    """Return seconds plain WeasyPrint needs for the same letters, one call each, PDF/A and tags as ours."""
    from weasyprint import HTML

    from letters.writers import WRITERS

    look, composed = compose(folder)
    form = WRITERS["html"].prepare(composed[0].shape.document, look)
    pages = [form.fill(letter.values, letter.properties).decode() for letter in composed]
    start = time.perf_counter()
    for page in pages:
        HTML(string=page).write_pdf(pdf_variant="pdf/a-3a", pdf_tags=True)
    return time.perf_counter() - start


def batch(folder: Path, formats: tuple[str, ...]) -> float:
    """Return seconds of the whole of `letters issue`: check, numbers, files, register."""
    from letters.batch.choosing import Choice
    from letters.batch.issue import issue
    from letters.batch.workspace import open_workspace
    from letters.cli.options import actor, now
    from letters.register import Register

    start = time.perf_counter()
    workspace = open_workspace(folder)
    with Register.open(workspace.register_path, actor(), now) as register:
        issue(workspace, Choice((TEMPLATE,), DAY, formats=formats), register, lambda *_: None)
    return time.perf_counter() - start


MEASURES: dict[str, Callable[[Path], float]] = {
    "docx": lambda folder: fill(folder, "docx"),
    "docx-filled": filled,
    "pdf": lambda folder: fill(folder, "pdf"),
    "docxtpl": docxtpl,
    "weasyprint": weasyprint,
    "issue-docx": lambda folder: batch(folder, ("docx",)),
    "issue-both": lambda folder: batch(folder, ("docx", "pdf")),
}


def measure(what: str, letters: int) -> tuple[float, float]:
    """Return seconds and peak memory in MB of one measurement in a process of its own."""
    with tempfile.TemporaryDirectory() as temporary:
        office = make_office(Path(temporary) / "office", letters)
        command = [sys.executable, __file__, "--measure", what, "--folder", str(office)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    return result["seconds"], result["megabytes"]


def peak() -> float:
    """Return the most memory this process and its children held, in MB."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


def report(letters: int) -> None:
    """Measure everything and print the table."""
    say = sys.stdout.write
    say(f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}\n\n")
    few = max(letters // 10, 20)
    ours, _ = measure("docx", letters)
    filled, _ = measure("docx-filled", letters)
    theirs, _ = measure("docxtpl", few)
    say(f"DOCX, batch of {letters}: docxtpl needs {theirs / few / (ours / letters):.0f} times our time per letter, ")
    say(f"{theirs / few / (filled / letters):.0f} times once the shape is prepared\n")
    pdf, _ = measure("pdf", few)
    plain, _ = measure("weasyprint", few)
    say(f"PDF: ours needs {pdf / plain:.2f} of plain WeasyPrint's time on one core\n")
    sizes = (letters, 2 * letters)
    for what in ("issue-docx", "issue-both"):
        rounds = [[measure(what, size) for size in sizes] for _ in range(ROUNDS)]  # by turns, so that noise hits both
        (time_1, memory_1), (time_2, memory_2) = (min(column) for column in zip(*rounds, strict=True))
        say(f"{what}: twice the recipients take {time_2 / time_1:.2f} times as long, ")
        say(f"memory {memory_2 / memory_1:.2f} times ({memory_1:.0f} → {memory_2:.0f} MB)\n")
    (_, few_memory), (_, many_memory) = measure("issue-docx", 100), measure("issue-docx", 1000)
    say(f"memory from 100 to 1,000 letters (DOCX): {few_memory:.0f} → {many_memory:.0f} MB\n")


def main() -> None:
    """Run one measurement, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=400)
    parser.add_argument("--measure", choices=MEASURES)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    if given.measure:
        seconds = MEASURES[given.measure](given.folder)
        sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": peak()}))
    else:
        report(given.letters)


if __name__ == "__main__":
    main()
