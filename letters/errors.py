"""What went wrong, where, and how to mend it → one tree of errors with exit codes.

A message is data: an English text with ``{named}`` fields and its parameters. It is put into the user's
language only when it is shown (``letters.messages``), so no room needs to know the language.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


def N_(text: str) -> str:
    """Return `text` unchanged; marks it for the message catalogue (gettext's usual name for this)."""
    return text


class Word(str):
    """A parameter of a message that is itself a message id, so that it is put into the user's language too."""

    __slots__ = ()


class Severity(StrEnum):
    """How much a problem matters: an error stops the batch, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the user's files a problem stands. Every part may be missing."""

    file: str = ""
    """Path as the user gave it."""
    sheet: str = ""
    """Worksheet of a workbook."""
    row: int = 0
    """Row of the table as Excel counts it (heading line = 1); 0 = none."""
    column: str = ""
    """Heading of the column."""
    line: int = 0
    """Line in a text file, from 1; 0 = none."""
    key: str = ""
    """`kode` of the recipient concerned."""
    page: int = 0
    """Page of a finished document, from 1; 0 = none."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words inside a message that are put into the user's language with it."""

    message: str
    """English text (message id) with `{named}` fields filled from `params`."""
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the English words, filled."""
        return self.message.format(**self.params)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Several phrases, one after the other."""

    parts: tuple[Phrase, ...]
    between: str = "; "

    def __str__(self) -> str:
        """Return the English words."""
        return self.between.join(map(str, self.parts))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, in words a secretary understands."""

    code: str
    """Stable id, `room.what`, for example `recipients.duplicate-key`."""
    message: str
    """English text (message id) with `{named}` fields filled from `params`; no full stop missing."""
    remedy: str = ""
    """English text (message id): what to do about it."""
    place: Place = Place()
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the English message, filled."""
        return self.message.format(**self.params)


class LettersError(Exception):
    """Base of all errors of this package: carries every problem found in one pass, and an exit code."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[LettersError], tuple[Problem, ...]]:
        """Let the error cross process borders with its problems."""
        return type(self), self.problems


class SettingsError(LettersError):
    """`letters.toml` (or another file of the workspace) cannot be used."""


class RecipientsError(LettersError):
    """The recipients table has something to mend."""


class TemplateError(LettersError):
    """A template cannot be found, read or merged."""


class MarkupError(LettersError):
    """The Markdown of a template cannot be read into a document."""


class LawError(LettersError):
    """A law, stage or election is not known or not usable on the date."""


class TextError(LettersError):
    """A finished letter from outside cannot be read."""


class WriteError(LettersError):
    """A letter cannot be written in the wanted format."""


class UsageError(LettersError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


class RegisterError(LettersError):
    """The register refuses: conflict, locked, damaged, or too new."""

    exit_code = 3


class MachineError(LettersError):
    """The machine lacks something: a library, a font, disk space, a right to write."""

    exit_code = 4


# -- what the operating system says -------------------------------------------------------------------

_REASONS = {
    errno.ENOENT: N_("it does not exist"),
    errno.ENOTDIR: N_("a part of its path is no folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it exists already"),
    errno.EACCES: N_("this user has no right to it"),
    errno.EPERM: N_("this user has no right to it"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("this user's share of the disk is full"),
    errno.EIO: N_("the disk fails"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ELOOP: N_("its links lead in a circle"),
    errno.EMFILE: N_("too many files are open"),
    errno.EFBIG: N_("the file would be too large"),
    errno.ENODEV: N_("the disk is not connected"),
    errno.ECONNREFUSED: N_("nothing answers there"),
    errno.ETIMEDOUT: N_("it took too long"),
}
"""Error number → the reason in a sentence's middle."""


def reason_of(error: OSError) -> str:
    """Return why the operating system refused, as a parameter of a message; its own words where we have none."""
    known = _REASONS.get(error.errno or 0)
    return Word(known) if known else error.strerror or type(error).__name__
