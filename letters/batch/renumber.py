"""Provisional numbers → final ones, and the letters made anew with them, from what the register holds of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from letters.batch.archive import Archive
from letters.batch.issue import kept_job, make_letters
from letters.batch.out import OUT, check_room
from letters.batch.placing import patterns
from letters.batch.produce import Job, Task, make
from letters.batch.reprint import formats_of
from letters.batch.turn import turn
from letters.errors import RegisterError
from letters.files import ensure_writable, sweep_temporary
from letters.model.letter import LetterNumber, State
from letters.register import Entry, Final, Register
from letters.settings import Settings
from letters.writers import FORMATS


@dataclass(frozen=True, slots=True)
class Renumbered:
    """What became of one letter."""

    old: Entry
    """As it was, with the files that bear the provisional number."""
    new: Entry


def renumber(
    folder: Path, settings: Settings, register: Register, numbers: Sequence[tuple[str, str]], day: date | None = None
) -> list[Renumbered]:
    """Give letters their final numbers (provisional → final) and make the files of those made here anew.

    `day` is the final date, for all of them, where signing changes that too. What each letter says otherwise stays as
    the register has it, whatever became of template, table and settings. Every letter is made once before a number is
    changed, so what stands in the way is told first. Raises BatchError for a letter that cannot be made, RegisterError
    for a number that cannot be given, MachineError as it comes. Doing it again finishes what is missing.
    """
    with turn(folder / OUT, register.actor):
        return _renumber(folder, settings, register, numbers, day)


def _renumber(
    folder: Path, settings: Settings, register: Register, numbers: Sequence[tuple[str, str]], day: date | None
) -> list[Renumbered]:
    archive = Archive(register)
    olds = [register.show(old, whole=True) for old, _new in numbers]
    for _old, new in numbers:
        _refuse_running_number(register, new)
    finals = [_final(settings, entry, new, day) for entry, (_old, new) in zip(olds, numbers, strict=True)]
    again = [_job(register, archive, entry) for entry in map(_with_final, olds, finals) if entry.template]
    if again:
        ensure_writable(folder / OUT)
        sweep_temporary(folder / OUT)
        check_room(folder / OUT, len(again), max(map(_size, again)))
    news = register.renumber(finals)
    waiting = [entry for entry in news if entry.template and entry.state is State.RESERVED]
    work = [_job(register, archive, entry) for entry in waiting]
    for _issued in make_letters(folder, register, work, sum(len(job.keys) for job in work)):
        pass
    return [Renumbered(old, register.show(f"#{new.id}")) for old, new in zip(olds, news, strict=True)]


def _refuse_running_number(register: Register, new: str) -> None:
    """Raise RegisterError when `new` only names a letter of the register by its order: it would be printed as it is."""
    try:
        register.show(new, whole=True)
    except RegisterError as error:
        if error.problems[0].code != "register.unknown":
            raise


def _final(settings: Settings, entry: Entry, number: str, day: date | None) -> Final:
    pattern = patterns(settings).get(entry.number.series) if entry.number else None
    return Final(f"#{entry.id}", number, day, pattern)


def _with_final(entry: Entry, final: Final) -> Entry:
    """Return `entry` as it would be with its final number, as far as its files show it."""
    if entry.number is None:
        return entry  # the register will refuse it
    own = entry.number
    return replace(
        entry, number=LetterNumber(own.series, own.period, own.order, final.text), day=final.day or entry.day
    )


def _job(register: Register, archive: Archive, entry: Entry) -> Job:
    return kept_job(archive, entry, formats_of(register, entry) or FORMATS)


def _size(job: Job) -> int:
    """Make a letter, and return how many bytes it has in all formats."""
    made = make(Task(job.look, job.formats, job.copies))
    return sum(len(data) for copy in made for data in copy.values())
