"""The worked example's letter, made by us and by the peers side by side → benchmarks/RESULTS.md. Run by ``make bench``.

Each contestant is measured in a process of its own, one after the other and round after round: a ratio compares two
measurements of one round, so what else the machine was doing fell on both. The median of the rounds counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

from material import write_material
from office import ROOT, make_office

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "RESULTS.md"
Found = dict[str, dict[str, float]]
"""What one round measured, by contestant."""


@dataclass(frozen=True)
class Contest:
    """Contestants that make the same files."""

    title: str
    ours: str
    others: Mapping[str, tuple[str, ...]]
    """By what they are called: the measurements whose times add up."""


CONTESTS = (
    Contest("DOCX", "ours-docx", {"docxtpl": ("docxtpl",), "docx-mailmerge2": ("docx-mailmerge2",)}),
    Contest(
        "PDF, engine WeasyPrint",
        "ours-weasyprint",
        {
            "plain WeasyPrint, a call for each letter": ("weasyprint",),
            "LibreOffice, all in one call": ("libreoffice",),
            "LibreOffice, a call for each letter": ("libreoffice-each",),
        },
    ),
    Contest(
        "PDF, engine Typst",
        "ours-typst",
        {
            "plain typst, a call for each letter": ("typst",),
            "plain WeasyPrint, a call for each letter": ("weasyprint",),
            "ours, engine WeasyPrint": ("ours-weasyprint",),
            "LibreOffice, all in one call": ("libreoffice",),
            "LibreOffice, a call for each letter": ("libreoffice-each",),
        },
    ),
    Contest(
        "DOCX and PDF, engine WeasyPrint",
        "ours-both-weasyprint",
        {"docxtpl, then LibreOffice": ("docxtpl", "libreoffice")},
    ),
    Contest("DOCX and PDF, engine Typst", "ours-both-typst", {"docxtpl, then LibreOffice": ("docxtpl", "libreoffice")}),
)
SLOW = {"libreoffice", "libreoffice-each", "weasyprint", "ours-weasyprint", "ours-both-weasyprint", "docxtpl"}
"""Contestants for which a fifth of the letters says as much."""


def run(python: str, script: str, *arguments: object) -> dict[str, float]:
    """Return what a script prints, run in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": f"{HERE}:{ROOT}"}
    command = [python, str(HERE / script), *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def one_round(material: Path, letters: int, peers: str) -> Found:
    """Return one measurement of each contestant."""
    names = dict.fromkeys(
        name
        for contest in CONTESTS
        for name in (contest.ours, *(one for many in contest.others.values() for one in many))
    )
    found = {}
    for name in names:
        python = sys.executable if name.startswith("ours") else peers
        count = max(letters // 5, 4) if name in SLOW else letters
        found[name] = run(python, "contestants.py", name, material, count, time.time())
        sys.stderr.write(f"{name}: {found[name]['each'] * 1000:.2f} ms\n")
    return found


# -- the page ------------------------------------------------------------------------------------------------


def contest_table(contest: Contest, rounds: Sequence[Found]) -> str:
    """Return a table of one contest: our row first, then each other with its ratios to ours."""
    head = "| | letters per second | time per letter, ours = 1 | first letter, s | peak memory, MB | file, kB |\n"
    lines = [
        head,
        "| --- | --- | --- | --- | --- | --- |\n",
        _row("**letters**", (contest.ours,), contest.ours, rounds),
    ]
    lines += [_row(name, parts, contest.ours, rounds) for name, parts in contest.others.items()]
    return "".join(lines)


def _row(name: str, parts: Sequence[str], ours: str, rounds: Sequence[Found]) -> str:
    each = [sum(found[part]["each"] for part in parts) for found in rounds]
    ratios = [time_ / found[ours]["each"] for time_, found in zip(each, rounds, strict=True)]
    first = median(sum(found[part]["first"] for part in parts) for found in rounds)
    memory = median(max(found[part]["megabytes"] for part in parts) for found in rounds)
    size = rounds[0][parts[-1]]["size"] / 1000
    shown = (
        "1" if parts == (ours,) else f"**{_short(median(ratios))}** ({_short(min(ratios))} to {_short(max(ratios))})"
    )
    return f"| {name} | {_short(1 / median(each))} | {shown} | {first:.2f} | {memory:.0f} | {size:.0f} |\n"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 20 else f"{number:.1f}" if number >= 3 else f"{number:.2f}"


SLOW_MOST = 1000
"""Letters of the largest batch whose growth is measured with the slower engine."""


def growth_table(sizes: Sequence[int], rounds: int) -> str:
    """Return how time per letter and memory of `letters issue` grow with the number of recipients."""
    lines = [
        "| formats | letters | time per letter, of the smallest batch's | peak memory, MB |\n",
        "| --- " * 4 + "|\n",
    ]
    for formats, engine in (("docx", "typst"), ("docx,pdf", "typst"), ("docx,pdf", "weasyprint")):
        some = [size for size in sizes if engine != "weasyprint" or size <= SLOW_MOST]
        found = [{size: run(sys.executable, "batch.py", size, formats, engine) for size in some} for _ in range(rounds)]
        for size in some:
            grown = median((one[size]["seconds"] / size) / (one[sizes[0]]["seconds"] / sizes[0]) for one in found)
            memory = median(one[size]["megabytes"] for one in found)
            lines.append(f"| {formats} ({engine}) | {size:,} | {grown:.2f} | {memory:.0f} |\n")
            sys.stderr.write(lines[-1])
    return "".join(lines)


def machine() -> str:
    """Return what the measurements were made on."""
    names = {line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")}
    memory = next((int(line.split()[1]) // 1_000_000 for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {', '.join(names) or '?'}, {cores} cores, {memory} GB"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


VERSIONS = (
    "import sys; from importlib.metadata import version as v; print(*(f'{n} {v(n)}' for n in sys.argv[1:]), sep=', ')"
)


def versions(peers: str) -> str:
    """Return the version of every contestant."""
    command = [peers, "-c", VERSIONS, "docxtpl", "docx-mailmerge2", "weasyprint", "typst"]
    theirs = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    office = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True).stdout.split()[:2]
    ours = f"letters {version('letters')} (weasyprint {version('weasyprint')}, typst {version('typst')})"
    return f"{ours}; {theirs}, {' '.join(office)}; Python {platform.python_version()}"


HEAD = """\
# Results

Written by `make bench`; not edited by hand. The same two-page letter (`imbauan/kampanye`) with the same values for the
same recipients, made by each contestant from its own ready template. Only ratios mean anything elsewhere: each is the
median of comparisons within one round, with the lowest and highest in brackets.

"""
NOTES = """\
First letter: from the start of the process. Peak memory: of the largest process. docxtpl, then LibreOffice: times
added, file of the latter.

## Growth of a whole batch

`letters issue` with check, register and files, one process per core.

"""


def page(rounds: Sequence[Found], growth: str, given: argparse.Namespace, load: float) -> str:
    """Return the results as a page."""
    few = f"{given.letters} letters ({max(given.letters // 5, 4)} of the slow ones)"
    facts = (
        f"Date: {time.strftime('%Y-%m-%d')}",
        f"Machine: {machine()}; load when the run began: {load:.1f}",
        f"Versions: {versions(given.peers)}",
        f"Run: {few}, {given.rounds} rounds, each contestant on one core{'; ' + given.note if given.note else ''}",
    )
    tables = (f"\n## {contest.title}\n\n{contest_table(contest, rounds)}" for contest in CONTESTS)
    return "".join([HEAD, *(f"- {fact}\n" for fact in facts), *tables, "\n", NOTES, growth])


def main() -> None:
    """Measure everything and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=400, help="letters of one measurement")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", default="100,1000,10000", help="sizes of the batches whose growth is measured")
    parser.add_argument("--peers", default=sys.executable, help="Python of the environment with the peers")
    parser.add_argument("--note", default="", help="what else is to be said of how it was run")
    given = parser.parse_args()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with tempfile.TemporaryDirectory() as temporary:
        material = Path(temporary) / "material"
        write_material(make_office(Path(temporary) / "office", given.letters), material)
        rounds = [one_round(material, given.letters, given.peers) for _ in range(given.rounds)]
    growth = growth_table([int(size) for size in given.growth.split(",")], min(given.rounds, 3))
    text = page(rounds, growth, given, load)
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
