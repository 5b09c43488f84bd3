"""Template folders + name → the text of a template or frame, safe to parse; first folder wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path, PurePosixPath

from letters.errors import N_, Place, Problem, TemplateError
from letters.merge.front_matter import FENCE, Header, split_header

SUFFIX = ".md"
FRAMES = "naskah"
"""Folder of frames and partials: files that are no letters by themselves."""
MAX_BYTES = 500_000
"""A letter of two pages has some 5,000; the limit bounds what parsing can cost."""
FIRST_PLACEHOLDER = 0xF0000
NAME = re.compile(r"[\w][\w. -]*(/[\w][\w. -]*)*")
"""Names of files in the folders: no leading slash or dot, no `..`, no drive, no backslash."""
NOWHERE = Place()
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\U000f0000-\U0010ffff]")
"""What no template may contain: control characters, and the private-use characters that stand for values."""


@dataclass(frozen=True)
class Source:
    """One file of the template folders."""

    name: str
    """As templates call it, with suffix: `naskah/surat.md`."""
    path: Path
    folder: Path
    text: str
    """Content with line feeds only."""

    @cached_property
    def header(self) -> Header | None:
        """Its front matter; None for a frame. Raises TemplateError when it is not closed."""
        return split_header(self.text, str(self.path))

    @cached_property
    def body(self) -> str:
        """Its text for Jinja: a comment as long as the front matter keeps the line numbers of the file."""
        if self.header is None:
            return self.text
        rest = self.text.split("\n", self.header.lines)[self.header.lines :]
        return "{#" + "\n" * (self.header.lines - 1) + "#}\n" + "".join(rest)


class Sources:
    """The template folders, as one."""

    def __init__(self, folders: Sequence[Path], texts: Mapping[str, str] | None = None) -> None:
        """Look for files in `folders`; `texts` are files given by name and content, which win."""
        self.folders = tuple(folders)
        given = (texts or {}).items()
        self._read = {name: Source(name, Path(name), Path(), text) for name, text in given}

    def read(self, name: str, asked: Place = NOWHERE) -> Source:
        """Return the file `name` of the first folder that has it; `asked` is where it was asked for.

        Raises TemplateError when there is none, or when it cannot be read as text.
        """
        if name not in self._read:
            folder = self._folder_of(name)
            if folder is None:
                raise TemplateError(self._unknown(name, asked))
            self._read[name] = _read(name, folder)
        return self._read[name]

    def exists(self, name: str) -> bool:
        """Return whether some folder has the file `name`."""
        return name in self._read or self._folder_of(name) is not None

    def names(self) -> Iterator[tuple[str, Path]]:
        """Yield the templates (files with front matter outside `naskah`), sorted, each with its folder."""
        for name in sorted(self._files()):
            folder = self._folder_of(name)
            if folder and not name.startswith(f"{FRAMES}/") and _has_front_matter(folder / name):
                yield name.removesuffix(SUFFIX), folder

    def _folder_of(self, name: str) -> Path | None:
        if not NAME.fullmatch(name):
            return None
        for folder in self.folders:
            path = folder / name
            # A link that leads out of the folder is not of the folder.
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                return folder
        return None

    def _files(self) -> set[str]:
        return {
            PurePosixPath(path.relative_to(folder)).as_posix()
            for folder in self.folders
            for path in folder.rglob(f"*{SUFFIX}")
        }

    def _unknown(self, name: str, asked: Place) -> Problem:
        # One template uses another by its file name; a user names templates, without suffix.
        known = sorted(self._files()) if asked.file else [f"{found}{SUFFIX}" for found, _ in self.names()]
        near = _near(name, known)
        shown = [text if asked.file else text.removesuffix(SUFFIX) for text in near]
        message = N_('There is no template "{name}".') if not asked.file else N_('There is no template file "{name}".')
        remedy = N_("Did you mean: {near}?") if near else N_("Look for it in: {folders}.")
        folders = ", ".join(str(folder) for folder in self.folders)
        params = {
            "name": name if asked.file else name.removesuffix(SUFFIX),
            "near": ", ".join(shown),
            "folders": folders,
        }
        return Problem("merge.unknown-template", message, remedy, asked, params)


def _near(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three of `known` close to `name`, compared whole and by the last part, without suffix."""
    whole = {text.removesuffix(SUFFIX): text for text in known}
    last = {text.rpartition("/")[2]: full for text, full in whole.items()}
    wanted = name.removesuffix(SUFFIX)
    near = [whole[text] for text in get_close_matches(wanted, whole, 3)]
    near += [last[text] for text in get_close_matches(wanted.rpartition("/")[2], last, 3)]
    return list(dict.fromkeys(near))[:3]


def _has_front_matter(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline(100).decode("utf-8-sig", "replace").rstrip() == FENCE


def _read(name: str, folder: Path) -> Source:
    path = folder / name
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise TemplateError(_too_large(path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TemplateError(_not_utf8(path, raw.count(b"\n", 0, error.start) + 1)) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if problems := list(unprintable(text, str(path))):
        raise TemplateError(*problems)
    return Source(name, path, folder, text)


def unprintable(text: str, file: str, first_line: int = 1) -> Iterator[Problem]:
    """Yield a problem for each line of `text` with a character no template may contain."""
    for number, line in enumerate(text.split("\n"), first_line):
        if found := UNPRINTABLE.search(line):
            yield Problem(
                "merge.unprintable",
                N_("The template contains the character {character}, which cannot be printed."),
                N_("Delete it; it is invisible in most editors and often comes with text copied from elsewhere."),
                Place(file=file, line=number),
                {"character": f"U+{ord(found[0]):04X}"},
            )


def _too_large(path: Path) -> Problem:
    return Problem(
        "merge.template-too-large",
        N_("The template is larger than {limit} bytes."),
        N_("A template is plain text; long lists belong into the recipients table or an attachment of their own."),
        Place(file=str(path)),
        {"limit": MAX_BYTES},
    )


def _not_utf8(path: Path, line: int) -> Problem:
    return Problem(
        "merge.not-utf8",
        N_("The template is not saved as UTF-8 text."),
        N_("Save it with the encoding UTF-8 (in Notepad: Save as, Encoding: UTF-8)."),
        Place(file=str(path), line=line),
    )
