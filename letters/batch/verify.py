"""Register and workspace → everything that is wrong with the book, and with the files it knows of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from letters.batch.out import set_aside_as, version_mark
from letters.batch.placing import patterns
from letters.errors import N_, Place, Problem, Severity, reason_of
from letters.files import sha256
from letters.model.letter import State
from letters.register import KeptFile, Register
from letters.settings import Settings


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found."""

    book: tuple[Problem, ...]
    """Of the register itself."""
    files: tuple[Problem, ...]
    """Of the files on the disk."""
    files_seen: int

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return all of it."""
        return *self.book, *self.files

    @property
    def is_book_sound(self) -> bool:
        """Return whether the register itself has nothing but warnings."""
        return all(problem.severity is not Severity.ERROR for problem in self.book)


def verify(folder: Path, settings: Settings, register: Register) -> Verified:
    """Look at the whole book, and compare every file it knows of with the disk by its hash."""
    book = tuple(register.verify(patterns(settings)))
    kept = list(register.files())
    return Verified(book, tuple(_file_problems(folder, kept)), len(kept))


def _file_problems(folder: Path, kept: list[KeptFile]) -> Iterator[Problem]:
    """Yield what is wrong with the files: an error where it is a letter in force, else a warning."""
    for one in kept:
        in_force = one.is_present and one.state is State.ISSUED
        severity = Severity.ERROR if in_force else Severity.WARNING
        path = folder / one.file.path
        try:
            data = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            yield _missing(one, severity)
        except OSError as error:
            yield _unreadable(one, error, severity)
        else:
            if sha256(data) != one.file.sha256 and not _is_aside(path, one):
                yield _changed(one, severity)


def _is_aside(path: Path, one: KeptFile) -> bool:
    """Return whether the file of an earlier version is kept under the name it got when a later one was written."""
    aside = () if one.is_present else set_aside_as(path, version_mark(one.version))
    return any(sha256(kept.read_bytes()) == one.file.sha256 for kept in aside)


def _missing(one: KeptFile, severity: Severity) -> Problem:
    return Problem(
        "verify.file-missing",
        N_("The file of {number} is gone: version {version}."),
        N_('Make it again as it was: letters register reprint "{number}", or --all-missing for all.'),
        Place(file=one.file.path),
        _params(one),
        severity,
    )


def _changed(one: KeptFile, severity: Severity) -> Problem:
    return Problem(
        "verify.file-changed",
        N_("The file of {number} is not as it was issued: version {version}."),
        N_('Compare it with what was sent; make the original again with letters register reprint "{number}" --ganti.'),
        Place(file=one.file.path),
        _params(one),
        severity,
    )


def _unreadable(one: KeptFile, error: OSError, severity: Severity) -> Problem:
    return Problem(
        "verify.file-unreadable",
        N_("The file of {number} cannot be read: {reason}."),
        N_("Ask for the right to read it, and verify again."),
        Place(file=one.file.path),
        {**_params(one), "reason": reason_of(error)},
        severity,
    )


def _params(one: KeptFile) -> dict[str, object]:
    return {"number": one.label, "version": one.version}
