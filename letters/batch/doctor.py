"""Machine and folder → what is there, what is missing, and the line that mends it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from letters.batch.workspace import SETTINGS_FILE, built_in_templates, open_workspace
from letters.errors import N_, LettersError, MachineError, Problem, SettingsError
from letters.files import ensure_writable
from letters.settings import Paper, Pdf, read_settings, unfilled
from letters.writers import TYPST, pdf, typst
from letters.writers.fonts import family_list
from letters.writers.installed import installed_family, is_missing

LEAST_SPACE = 200_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    """What was looked at (message id)."""
    detail: str
    """What was found, as it is."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it, if anything."""


def examine(folder: Path) -> Iterator[Finding]:
    """Yield what was found on this machine and in `folder`, one thing after the other."""
    yield Finding(N_("Python"), sys.version.split()[0])
    yield _look(N_("PDF engine"), lambda: _engine(_settings(folder)))
    yield _look(N_("Font"), lambda: _font(_settings(folder)))
    yield _look(N_("Built-in templates"), lambda: str(built_in_templates()))
    if (folder / SETTINGS_FILE).exists():
        yield _look(N_("Office folder"), lambda: _office(folder))
    else:
        yield Finding(N_("Office folder"), "-", (_no_workspace(folder),))
    yield _look(N_("Room on the disk"), lambda: _space(folder))


def _look(name: str, work: Callable[[], str]) -> Finding:
    try:
        return Finding(name, work())
    except LettersError as error:
        return Finding(name, "-", error.problems)


def _settings(folder: Path) -> tuple[Paper, str]:
    """Return paper and PDF engine of the office, or the usual ones where there is no office yet."""
    path = folder / SETTINGS_FILE
    if not path.exists():
        return Paper(), Pdf().engine
    settings = read_settings(path)
    return settings.paper, settings.pdf.engine


def _office(folder: Path) -> str:
    """Return the office's name; raises SettingsError while letters.toml is not filled in."""
    name = open_workspace(folder).settings.office.name
    if gaps := unfilled(folder / SETTINGS_FILE):
        raise SettingsError(*gaps)
    return name


def _engine(settings: tuple[Paper, str]) -> str:
    """Return which engine makes the PDF, with its version; raises MachineError if it cannot."""
    _, engine = settings
    (typst if engine == TYPST else pdf).load()
    return f"{'Typst' if engine == TYPST else 'WeasyPrint'} {version(engine)}"


def font_problem(paper: Paper, engine: str) -> Problem | None:
    """Return the warning that the office's font is missing here, or None."""
    if not is_missing(paper.font, engine):
        return None
    found = installed_family(family_list(paper.font), engine) or "-"
    return Problem(
        "machine.font-missing",
        N_("The font {font} is missing here; the PDF uses {found}, and its lines may break otherwise than in Word."),
        N_("Install the font, or name another one in [kertas] huruf."),
        params={"font": paper.font, "found": found},
    )


def _font(settings: tuple[Paper, str]) -> str:
    paper, engine = settings
    problem = font_problem(paper, engine)
    if problem is not None:
        raise MachineError(problem)
    return f"{paper.font} ({installed_family(family_list(paper.font), engine)})"


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
