"""Letters → files in the folder out/, whole or not there; nothing that is already there is lost."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path

from letters.errors import N_, MachineError, Problem
from letters.files import atomic_write, safe_name, sha256
from letters.model.letter import LetterFile
from letters.register import Entry

OUT = "out"
LISTED = "daftar"
"""Stands for the recipient in the file name of a letter that lists several."""


def file_path(entry: Entry, key: str, format_: str) -> str:
    """Return where the copy to `key` goes, relative to the workspace: out/<year>/<template>/<number>-<recipient>.

    A document without number has the name of its round there, so that a second round does not take the first one's.
    """
    number = entry.number.text if entry.number else entry.batch.rpartition("|")[2]
    name = safe_name(*([number] if number else []), key or LISTED)
    return f"{OUT}/{entry.day.year}/{entry.template}/{name}.{format_}"


def write_letter(folder: Path, entry: Entry, key: str, format_: str, data: bytes) -> LetterFile:
    """Write one file of a letter and return it as the register notes it.

    A file that is there with these bytes is not written again; one with others (of an earlier version, or changed by
    hand) keeps its content under a name with the version, `…-v1.docx`.
    """
    path = file_path(entry, key, format_)
    if content(folder / path) != data:
        set_aside(folder / path, f"v{max(entry.version - 1, 1)}")
        atomic_write(folder / path, data)
    recipient = key if entry.recipients and key else ""
    return LetterFile(format_, path, sha256(data), len(data), recipient)


def content(path: Path) -> bytes | None:
    """Return the bytes of a file; None if it is not there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def set_aside(path: Path, mark: str) -> Path | None:
    """Give the file at `path` a name with `mark`; return the new path, or None if there is no file.

    Whatever has that name already stays: the next free one is taken.
    """
    if not path.exists():
        return None
    aside = next(name for number in count(1) if not (name := _marked(path, mark, number)).exists())
    os.replace(path, aside)
    return aside


def _marked(path: Path, mark: str, number: int) -> Path:
    again = f"-{number}" if number > 1 else ""
    return path.with_name(f"{path.stem}-{mark}{again}{path.suffix}")


def missing_files(folder: Path, entry: Entry) -> list[LetterFile]:
    """Return the entry's files that are no longer on the disk."""
    return [file for file in entry.files if not (folder / file.path).exists()]


def check_room(out: Path, letters: int, size: int) -> None:
    """Refuse a batch of so many letters of `size` bytes that does not fit on the disk. Raises MachineError."""
    needed, free = letters * size * 11 // 10, shutil.disk_usage(out).free
    if needed > free:
        raise MachineError(
            Problem(
                "batch.disk-full",
                N_("The letters need about {needed} MB, but only {free} MB are free on the disk of {folder}."),
                N_("Free some space; no number has been used."),
                params={"needed": needed // 1_000_000 + 1, "free": free // 1_000_000, "folder": str(out)},
            )
        )
