"""Machine and folder → what is there, what is missing, and the line that mends it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from letters.batch.workspace import SETTINGS_FILE, built_in_templates, open_workspace
from letters.errors import N_, LettersError, MachineError, Problem
from letters.files import ensure_writable
from letters.settings import Paper, read_settings
from letters.writers.fonts import family_list, installed_family, is_missing
from letters.writers.pdf import load

LEAST_SPACE = 200_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    """What was looked at (message id)."""
    detail: str
    """What was found, as it is."""
    problem: Problem | None = None
    """What is wrong with it, if anything."""


def examine(folder: Path) -> Iterator[Finding]:
    """Yield what was found on this machine and in `folder`, one thing after the other."""
    yield Finding(N_("Python"), sys.version.split()[0])
    yield _look(N_("PDF libraries (Pango, HarfBuzz)"), _pdf_libraries)
    yield _look(N_("Font"), lambda: _font(folder))
    yield _look(N_("Built-in templates"), lambda: str(built_in_templates()))
    if (folder / SETTINGS_FILE).exists():
        yield _look(N_("Office folder"), lambda: open_workspace(folder).settings.office.name)
    else:
        yield Finding(N_("Office folder"), "-", _no_workspace(folder))
    yield _look(N_("Room on the disk"), lambda: _space(folder))


def _look(name: str, work: Callable[[], str]) -> Finding:
    try:
        return Finding(name, work())
    except LettersError as error:
        return Finding(name, "-", error.problems[0])


def _pdf_libraries() -> str:
    load()
    return f"WeasyPrint {version('weasyprint')}"


def font_problem(paper: Paper) -> Problem | None:
    """Return the warning that the office's font is missing here, or None."""
    if not is_missing(paper.font):
        return None
    found = installed_family(family_list(paper.font))
    return Problem(
        "machine.font-missing",
        N_("The font {font} is missing here; the PDF uses {found}, and its lines may break otherwise than in Word."),
        N_("Install the font, or name another one in [kertas] huruf."),
        params={"font": paper.font, "found": found},
    )


def _font(folder: Path) -> str:
    path = folder / SETTINGS_FILE
    paper = read_settings(path).paper if path.exists() else Paper()
    problem = font_problem(paper)
    if problem is not None:
        raise MachineError(problem)
    return f"{paper.font} ({installed_family(family_list(paper.font))})"


def _no_workspace(folder: Path) -> Problem:
    return Problem(
        "doctor.no-workspace",
        N_("There is no letters.toml in {folder}."),
        N_("Go to your office's folder, name it with -C, or make one with letters init."),
        params={"folder": str(folder.resolve())},
    )


def _space(folder: Path) -> str:
    ensure_writable(folder)
    free = shutil.disk_usage(folder).free
    if free < LEAST_SPACE:
        raise MachineError(
            Problem(
                "doctor.little-space",
                N_("Only {free} MB are free on the disk."),
                N_("Free some space before a large batch."),
                params={"free": free // 1_000_000},
            )
        )
    return f"{free // 1_000_000} MB"
