"""Letters → files in the folder out/, whole or not there; nothing that is already there is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, takewhile
from pathlib import Path

from letters.batch.drafts import Draft, Letter
from letters.batch.findings import BatchError
from letters.errors import N_, MachineError, Problem
from letters.files import Writing, safe_name, sha256
from letters.model.letter import LetterFile
from letters.register import Entry, Register
from letters.writers import WRITERS

OUT = "out"
LISTED = "daftar"
"""Stands for the recipient in the file name of a letter that lists several."""


Copy = tuple[Entry, str, str]
"""One file to be: the letter's entry, whose copy it is (`kode`), its format."""


def file_path(entry: Entry, key: str, format_: str) -> str:
    """Return where the copy to `key` goes, relative to the workspace: out/<year>/<template>/<number>-<recipient>.

    A document without number has its entry's running `#id` at the end, so that no two of them share a name.
    """
    name = safe_name(entry.number.text, key or LISTED) if entry.number else safe_name(key or LISTED, str(entry.id))
    return _path(entry, name, format_)


def _path(entry: Entry, name: str, format_: str) -> str:
    return f"{OUT}/{entry.day.year}/{entry.template}/{name}{WRITERS[format_].suffix}"


class Places:
    """Where copies go; a path that is another letter's, in the register or in this run, stays that letter's."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._given: set[int] = set()
        """Hashes of the paths of this run, in any case of letters: the paths of a large batch would fill the memory."""

    def of(self, copies: Sequence[Copy]) -> dict[tuple[int, str, str], str]:
        """Return the path of each copy, by id, key and format."""
        usual = {(entry.id, key, format_): file_path(entry, key, format_) for entry, key, format_ in copies}
        owners = self._register.owners(usual.values())
        found: dict[tuple[int, str, str], str] = {}
        for entry, key, format_ in copies:
            path = usual[entry.id, key, format_]
            if owners.get(path, frozenset()) - {entry.id} or hash(path.casefold()) in self._given:
                path = _path(entry, safe_name(Path(path).stem, str(entry.id)), format_)
            self._given.add(hash(path.casefold()))
            found[entry.id, key, format_] = path
        return found


def check_names(letters: Iterable[Letter]) -> None:
    """Refuse letters of which two copies would have one file name. Raises BatchError with all of them."""
    clashes = []
    for letter in letters:
        seen: dict[str, Draft] = {}
        for copy in letter.copies:
            first = seen.setdefault(safe_name(copy.recipient.key).casefold(), copy)
            if first is not copy:
                clashes.append(_clash(first, copy))
    if clashes:
        raise BatchError(*clashes)


def write_letter(writing: Writing, folder: Path, entry: Entry, key: str, path: str, data: bytes) -> LetterFile:
    """Add one file of a letter to those written, to stand at `path`, and return it as the register notes it.

    A file that is there with these bytes is not written again; one with others (of an earlier version, or changed by
    hand) keeps its content under a name with the version, `…-v1.docx`.
    """
    if content(folder / path) == data:
        writing.keep(folder / path)
    else:
        set_aside(folder / path, version_mark(entry.version - 1))
        writing.add(folder / path, data)
    recipient = key if entry.recipients and key else ""
    return LetterFile(path.rpartition(".")[2], path, sha256(data), len(data), recipient)


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


def set_aside_as(path: Path, mark: str) -> Iterator[Path]:
    """Yield the files that were at `path` until `set_aside` gave them a name with `mark`."""
    names = (_marked(path, mark, number) for number in count(1))
    return takewhile(Path.exists, names)


def version_mark(version: int) -> str:
    """Return the mark of a file that belongs to an earlier version."""
    return f"v{max(version, 1)}"


def _marked(path: Path, mark: str, number: int) -> Path:
    again = f"-{number}" if number > 1 else ""
    return path.with_name(f"{path.stem}-{mark}{again}{path.suffix}")


def _clash(first: Draft, second: Draft) -> Problem:
    return Problem(
        "batch.same-file-name",
        N_('The codes "{first}" and "{second}" give the same file name.'),
        N_("Change one of the codes in the column kode."),
        second.recipient.place,
        {"first": first.recipient.key, "second": second.recipient.key},
    )


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
