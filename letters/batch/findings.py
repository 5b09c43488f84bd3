"""Problems of a whole pass → each kept once, errors apart from what one may go on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from letters.errors import LettersError, Problem, Severity
from letters.model.letter import Recipient


class BatchError(LettersError):
    """The batch has something to mend; carries all problems of all files."""


class Findings:
    """Problems of a whole pass, each kept once."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Problem] = {}
        self.gathered: set[str] = set()
        """Names under which problems were gathered."""

    def add(self, *problems: Problem) -> None:
        """Keep `problems`; the same message at the same line for another recipient counts as the same."""
        for problem in problems:
            place = replace(problem.place, key="", row=0) if problem.place.line else problem.place
            self._found.setdefault((problem.code, place, str(problem)), problem)

    def add_sound(self, problems: Sequence[Problem]) -> None:
        """Keep `problems` of a letter; raises BatchError with them when one of them stops it."""
        if any(problem.severity is Severity.ERROR for problem in problems):
            raise BatchError(*problems)
        self.add(*problems)

    @contextmanager
    def gather(self, name: str = "", recipient: Recipient | None = None) -> Iterator[None]:
        """Keep the problems of the user's files raised inside, under `name`; let those of machine or register pass."""
        try:
            yield
        except LettersError as error:
            if error.exit_code != BatchError.exit_code:
                raise
            self.gathered.add(name)
            self.add(*(locate(problem, recipient) for problem in error.problems))

    @property
    def errors(self) -> list[Problem]:
        """Return what stops the batch."""
        return [problem for problem in self._found.values() if problem.severity is Severity.ERROR]

    @property
    def notices(self) -> list[Problem]:
        """Return what the user should know but may go on with."""
        return [problem for problem in self._found.values() if problem.severity is not Severity.ERROR]


def locate(problem: Problem, recipient: Recipient | None) -> Problem:
    """Return `problem` with the recipient's row added to its place; faults of the markup are not one recipient's."""
    if recipient is None or problem.place.key or problem.code.startswith("reader."):
        return problem
    return replace(problem, place=replace(problem.place, key=recipient.key, row=recipient.place.row))
