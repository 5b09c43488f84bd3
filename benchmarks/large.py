"""100,000 recipients through check and DOCX, 10,000 through DOCX and PDF → memory over time, in benchmarks/LARGE.md.

Run by hand: it takes the better part of an hour, and says nothing on a machine that is busy with other things.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from bisect import bisect
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from bench import machine
from memory import Watch
from office import DAY, TEMPLATE, make_office

from letters.batch.choosing import Choice
from letters.batch.issue import issue
from letters.batch.workspace import open_workspace
from letters.cli.options import actor, now
from letters.register import Register

PAGE = Path(__file__).resolve().parent / "LARGE.md"
MOMENTS = 12
"""Lines of a table: moments of a run, evenly spread."""


@dataclass(frozen=True)
class Measured:
    """One run."""

    samples: list[tuple[float, float]]
    """Seconds since the start, and MB of all its processes together."""
    steps: list[tuple[float, str]]
    """When each step began."""
    peak: float
    """The most memory one process held, in MB."""


def run(letters: int, formats: tuple[str, ...], engine: str) -> Measured:
    """Issue the letters of a new office, and return what was seen meanwhile."""
    steps: list[tuple[float, str]] = [(0.0, "table")]
    with tempfile.TemporaryDirectory() as temporary:
        office = make_office(Path(temporary) / "office", letters)
        watch, begin = Watch(1.0), time.monotonic()

        def progress(step: str, done: int, total: int) -> None:
            if step != steps[-1][1]:
                steps.append((time.monotonic() - begin, step))
            if done % 5000 == 0:
                sys.stderr.write(f"{step} {done}/{total}\n")

        workspace = open_workspace(office, engine)
        with Register.open(workspace.register_path, actor(), now) as register:
            issue(workspace, Choice((TEMPLATE,), DAY, formats=formats), register, progress)
        peak = watch.peak()
    return Measured(watch.samples, steps, peak)


def section(letters: int, formats: tuple[str, ...], engine: str, found: Measured) -> str:
    """Return what was measured of one run as a section of the page."""
    seconds = found.samples[-1][0]
    moments = [found.samples[round(part * (len(found.samples) - 1) / MOMENTS)] for part in range(MOMENTS + 1)]
    rows = [f"| {at:.0f} | {step_at(found.steps, at)} | {megabytes:.0f} |\n" for at, megabytes in moments]
    return (
        f"\n## {letters:,} letters, {' and '.join(map(str.upper, formats))} ({engine})\n\n"
        f"{seconds:.0f} s, {letters / seconds:.0f} letters a second with check, numbers, files and register; the\n"
        f"largest process held {found.peak:.0f} MB.\n\n"
        f"| second | step | MB, all processes |\n| --- | --- | --- |\n{''.join(rows)}"
    )


def step_at(steps: list[tuple[float, str]], moment: float) -> str:
    """Return the step that was under way."""
    return steps[max(bisect([began for began, _ in steps], moment) - 1, 0)][1]


def main() -> None:
    """Run both, or one of one's own, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docx", type=int, default=100_000, help="letters as DOCX alone; 0 = none")
    parser.add_argument("--both", type=int, default=10_000, help="letters as DOCX and PDF; 0 = none")
    parser.add_argument("--engine", default="typst")
    parser.add_argument("--note", default="", help="what else is to be said of how it was run")
    given = parser.parse_args()
    parts = ["# Large batches\n\nWritten by `benchmarks/large.py`; not edited by hand.\n\n"]
    facts = (f"Date: {time.strftime('%Y-%m-%d')}", f"Machine: {machine()}", f"Run: {given.note}")
    parts += [f"- {fact}\n" for fact in facts if not fact.endswith(": ")]
    for letters, formats in ((given.docx, ("docx",)), (given.both, ("docx", "pdf"))):
        if letters:
            with ProcessPoolExecutor(
                1, get_context("spawn")
            ) as apart:  # what one run leaves behind is not the next one's
                found = apart.submit(run, letters, formats, given.engine).result()
            parts.append(section(letters, formats, given.engine, found))
            PAGE.write_text("".join(parts), encoding="utf-8")
    sys.stdout.write("".join(parts))


if __name__ == "__main__":
    main()
