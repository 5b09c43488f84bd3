"""Names and contents of files → PDF bytes: the one Typst compiler of a process, kept for all its letters.

The compiler keeps what it has worked out of files that have not changed, but only of files in a folder: those handed
over in memory are read anew each time, and can hold no pictures. So sources of shapes and pictures are put into a
folder of the process, under names made from their content; the letters' values never are. The folder is also all that
the compiler may read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import typst

from letters.errors import N_, MachineError, Problem, reason_of
from letters.writers.typst.code import string
from letters.writers.typst.fonts import fonts

STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]


class Compiler:
    """Compiles letters, one at a time."""

    def __init__(self) -> None:
        if not fonts().families():
            raise MachineError(no_fonts())
        try:
            self._folder = TemporaryDirectory(prefix="letters-typst-")
        except OSError as error:
            raise _no_folder(error) from error
        self._path = Path(self._folder.name)
        self._compiler = typst.Compiler(root=self._path, font_paths=fonts())
        self._lock = Lock()

    def compile(self, shape: str, files: Mapping[str, bytes], data: Mapping[str, object], created: datetime) -> bytes:
        """Return the PDF that the function `letter` of the file `shape` makes of `data`.

        `files` are the shape's own, itself included. Raises `typst.TypstError`, and `MachineError` if the folder of
        the process cannot be written to.
        """
        with self._lock:
            self._store(files)
            return self._run(f'#import "/{shape}": letter\n#letter(json("/letter.json"))', data, created)

    def prints(self, character: str) -> bool:
        """Return whether some font of this machine has `character`."""
        family = string(min(fonts().families()))
        main = f'#set document(title: "-")\n#set text(font: {family})\n#json("/letter.json")'
        try:
            with self._lock:
                self._run(main, character, datetime(1980, 1, 1))
        except typst.TypstError:
            return False
        return True

    def _run(self, main: str, data: object, created: datetime) -> bytes:
        given: Any = {"main.typ": main.encode(), "letter.json": json.dumps(data).encode()}
        moment = created.replace(tzinfo=UTC)
        made = self._compiler.compile(given, format="pdf", pdf_standards=STANDARDS, timestamp=moment)
        assert isinstance(made, bytes)
        return made

    def _store(self, files: Mapping[str, bytes]) -> None:
        """Put files into the folder that are not there yet, or no longer: some systems tidy up after a while."""
        try:
            for name, content in files.items():
                path = self._path / name
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
        except OSError as error:
            raise _no_folder(error) from error


@lru_cache
def compiler() -> Compiler:
    """Return this process's compiler; reading the fonts again for every shape would cost more than the letter."""
    return Compiler()


def no_fonts() -> Problem:
    """Return the problem of a machine without any font, on which Typst would leave all words out."""
    return Problem(
        "writers.typst-fonts",
        N_("PDF files cannot be made: no font is installed on this machine."),
        N_("Install the font of the letters, or TeX Gyre Bonum and Liberation Sans."),
    )


def _no_folder(error: OSError) -> MachineError:
    return MachineError(
        Problem(
            "writers.typst-folder",
            N_("Typst cannot work: the folder for temporary files cannot be written to ({reason})."),
            N_("Make room on that disk, or set TMPDIR to a folder that can be written to."),
            params={"reason": reason_of(error)},
        )
    )
