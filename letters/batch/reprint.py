"""Entries of the register → their files again, byte for byte as issued; what differs is told, not replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from letters.batch.archive import Archive
from letters.batch.compose import Composed
from letters.batch.findings import BatchError
from letters.batch.issue import kept_job, make_letters
from letters.batch.out import OUT, content, file_path, set_aside
from letters.batch.produce import form_of
from letters.batch.snapshot import engine_of
from letters.batch.turn import turn
from letters.errors import N_, LettersError, MachineError, Place, Problem, Severity
from letters.files import atomic_write, sha256
from letters.model.letter import LetterFile, State
from letters.register import Entry, Register
from letters.writers import ENGINES

CHANGED = "diubah"
"""Mark in the name of a file that was changed by hand and replaced by what was issued."""


@dataclass(slots=True)
class Reprinted:
    """What a run of `reprint` did."""

    made: list[str] = field(default_factory=list)
    """Paths of the files that were written."""
    untouched: int = 0
    """Files that were there as they were issued."""
    problems: list[Problem] = field(default_factory=list)


def reprint(
    folder: Path, register: Register, entries: Iterable[Entry], *, replace_changed: bool = False, engine: str = ""
) -> Reprinted:
    """Make the files of `entries` again where they are missing; with `replace_changed` also where they were changed.

    A letter that waits for its files under a new number or in a new version gets them, and is issued; `engine` makes
    its PDF instead of the one that is noted. What cannot be made as it was is told among the problems; RegisterError
    and MachineError as they come.
    """
    with turn(folder / OUT, register.actor):
        return _reprint(folder, register, entries, replace_changed, engine)


def _reprint(
    folder: Path, register: Register, entries: Iterable[Entry], replace_changed: bool, engine: str
) -> Reprinted:
    done, archive = Reprinted(), Archive(register)
    for named in entries:
        entry = register.show(f"#{named.id}")  # a run that was waited for may have issued it, or made a new version
        try:
            if entry.state in (State.BOOKED, State.RESERVED):
                done.made += [file.path for file in _finish(folder, register, archive, entry, engine)]
            else:
                _restore(folder, archive, entry, done, replace_changed)
        except LettersError as error:
            if error.exit_code != BatchError.exit_code:
                raise
            done.problems += error.problems
    return done


def entries_named(register: Register, numbers: Sequence[str]) -> list[Entry]:
    """Return the entries with these numbers (or `#id`), each once; raises RegisterError for an unknown one."""
    return list({entry.id: entry for entry in map(register.show, numbers)}.values())


def entries_missing(folder: Path, register: Register) -> Iterator[Entry]:
    """Yield the issued letters that lack a file on the disk, with their snapshots."""
    for entry_id in _ids_missing(folder, register):
        yield register.show(f"#{entry_id}")


def _ids_missing(folder: Path, register: Register) -> list[int]:
    kept = (kept for kept in register.files() if kept.is_present and kept.state is State.ISSUED)
    return list(dict.fromkeys(one.entry_id for one in kept if not (folder / one.file.path).exists()))


def _finish(folder: Path, register: Register, archive: Archive, entry: Entry, engine: str) -> Sequence[LetterFile]:
    """Issue a letter that was issued before and got a new version or number; return its files."""
    formats = formats_of(register, entry)
    if not formats:
        raise BatchError(_not_issued(entry))
    job = kept_job(archive, entry, formats, engine)
    return [file for issued in make_letters(folder, register, [job], len(job.keys), jobs=1) for file in issued.files]


def formats_of(register: Register, entry: Entry) -> tuple[str, ...]:
    """Return the formats that any version of the letter was made in."""
    return tuple(sorted({file.format for version in register.versions(entry.id) for file in version.files}))


def _restore(folder: Path, archive: Archive, entry: Entry, done: Reprinted, replace_changed: bool) -> None:
    wanted = []
    for file in entry.files:
        there = content(folder / file.path)
        if there is not None and sha256(there) == file.sha256:
            done.untouched += 1
        elif there is None or replace_changed:
            wanted.append(file)
        else:
            done.problems.append(_changed(entry, file))
    for file, data in _bytes_of(archive, entry, wanted) if wanted else ():
        if sha256(data) != file.sha256:
            done.problems.append(_other_bytes(entry, file))
        else:
            set_aside(folder / file.path, CHANGED)
            atomic_write(folder / file.path, data)
            done.made.append(file.path)


def _bytes_of(archive: Archive, entry: Entry, files: Sequence[LetterFile]) -> Iterator[tuple[LetterFile, bytes]]:
    """Yield each of `files` with the bytes that the register's snapshot gives."""
    copies = {kept.copy.key: kept.compose() for kept in archive.copies(entry)}
    keys = list(copies)
    for file in files:
        key = file.recipient or next((key for key in keys if file_path(entry, key, file.format) == file.path), keys[0])
        yield file, _as_issued(archive, entry, copies[key], file)


def _as_issued(archive: Archive, entry: Entry, letter: Composed, file: LetterFile) -> bytes:
    """Return the bytes of `file`; a PDF that was made later than the rest may come from another engine."""

    def made(engine: str) -> bytes | MachineError:
        try:
            form = form_of(letter.shape, archive.look(entry, engine), file.format)
            return form.fill(letter.values, letter.properties)
        except MachineError as error:  # this engine is not on this machine
            return error

    noted = engine_of(entry.snapshot)
    first = made(noted)
    others = (made(engine) for engine in ENGINES if file.format == "pdf" and engine != noted)
    for data in chain([first], others):
        if isinstance(data, bytes) and sha256(data) == file.sha256:
            return data
    if isinstance(first, MachineError):
        raise first
    return first


def _not_issued(entry: Entry) -> Problem:
    return Problem(
        "reprint.not-issued",
        N_("The letter {number} was never issued, so there is nothing to make again."),
        N_("Finish it with letters issue."),
        params={"number": entry.label},
    )


def _changed(entry: Entry, file: LetterFile) -> Problem:
    return Problem(
        "reprint.changed",
        N_("{path} is no longer as it was issued under {number}; it was left as it is."),
        N_("To have the issued letter back, add --ganti; the changed file gets another name."),
        Place(file=file.path),
        {"path": file.path, "number": entry.label},
        Severity.WARNING,
    )


def _other_bytes(entry: Entry, file: LetterFile) -> Problem:
    return Problem(
        "reprint.other-bytes",
        N_("{path} cannot be made as it was issued under {number}: this program or its fonts are other ones."),
        N_("Use the version of the program that made it; letters register show names it. Nothing was written."),
        Place(file=file.path),
        {"path": file.path, "number": entry.label},
    )
