"""Where the reader stands: lines, position, the open containers and lists around it, and the problems so far."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import NoReturn

from letters.errors import N_, MarkupError, Place, Problem
from letters.model.document import Block, Numeral, Scheme
from letters.reader.labels import Label, number_of
from letters.reader.source import PLACEHOLDER, Line, unreadable

MAX_DEPTH = 30
"""Containers (items, regions) or marks inside one another; nobody writes that deep, and recursion needs an end."""


@dataclass(slots=True)
class OpenList:
    """A list whose next item may still come."""

    scheme: Scheme
    typed: int
    """Number of the label typed last."""
    number: int
    """Number the last item got: more than `typed` when a label was repeated."""

    def owns(self, label: Label) -> bool:
        """Tell whether the label is one of this list's scheme, going on or starting again."""
        return number_of(label, self.scheme, self.number) is not None

    def follow(self, label: Label) -> int | None:
        """Return the number of an item with this label, or None if it does not go on with this list."""
        typed = number_of(label, self.scheme, self.number)
        if typed is None or typed < self.typed:
            return None
        return 0 if self.scheme.numeral is Numeral.BULLET else max(typed, self.number + 1)

    def advance(self, label: Label, number: int) -> None:
        """Note that the item with this label got `number`."""
        self.typed = number_of(label, self.scheme, self.number) or 0
        self.number = number


@dataclass(slots=True)
class Scope:
    """One container: the document, a region, or a list item."""

    indent: int = 0
    """Lines further left than this column are outside."""
    parent: Scope | None = None
    """Container of the list this one is an item of; none for document and region, which indentation cannot leave."""
    in_region: bool = False
    """A `:::` would close something."""
    depth: int = 0
    open: OpenList | None = None
    """The list among whose items we are."""
    ended: dict[Scheme, int] = field(default_factory=dict)
    """Last number of the lists before, by scheme: `i.` goes on after `h.`."""

    def level(self, indent: int) -> Scope:
        """Return the innermost container that a line with this indentation is in."""
        scope = self
        while scope.indent > indent and scope.parent:
            scope = scope.parent
        return scope


@dataclass
class State:
    """One reading of one text."""

    lines: list[Line]
    read_blocks: Callable[[State, Scope], list[Block]]
    """The driver, for containers: they hold blocks again."""
    file: str = ""
    regions: Collection[str] | None = None
    """Names a region may have; None = any."""
    position: int = 0
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Report characters that cannot be printed, wherever they stand."""
        for line in self.lines:
            for sign in unreadable(line.text):
                self.report_character(line.number, sign)

    @property
    def line(self) -> Line | None:
        """The line to be read next; None at the end."""
        return self.ahead(0)

    def ahead(self, count: int) -> Line | None:
        """Return the line `count` lines further on."""
        index = self.position + count
        return self.lines[index] if index < len(self.lines) else None

    def take(self) -> Line:
        """Return the line to be read next, and step over it."""
        line = self.lines[self.position]
        self.position += 1
        return line

    def skip_blank(self) -> None:
        """Step over blank lines."""
        while (line := self.line) and line.blank:
            self.position += 1

    def enter(self, line: Line, scope: Scope, *, indent: int = 0, region: bool = False) -> Scope:
        """Return the container that opens on `line` inside `scope`; gives up when they are too deep."""
        if scope.depth == MAX_DEPTH:
            self.give_up_nesting(line.number)
        return Scope(indent, None if region else scope, region or scope.in_region, scope.depth + 1)

    def report(self, number: int, code: str, message: str, remedy: str, **params: object) -> None:
        """Note a problem on line `number` and go on; `params` quote the text, with `…` where a value stands."""
        quoted = {name: PLACEHOLDER.sub("…", text) if isinstance(text, str) else text for name, text in params.items()}
        self.problems.append(Problem(code, message, remedy, Place(file=self.file, line=number), quoted))

    def report_character(self, number: int, sign: str) -> None:
        """Note that `sign` (as `U+0007` or `&#7;`) stands on line `number` and cannot be printed."""
        self.report(
            number,
            "reader.character",
            N_("The line contains the invisible character {sign}."),
            N_("Delete it: retype the words around it, or paste the text without formatting."),
            sign=sign,
        )

    def give_up_nesting(self, number: int) -> NoReturn:
        """Raise: what follows cannot be read any more."""
        self.report(
            number,
            "reader.nesting",
            N_("More than {depth} lists, regions or marks stand inside one another."),
            N_("Close some of them before you open the next."),
            depth=MAX_DEPTH,
        )
        raise self.error()

    def raise_problems(self) -> None:
        """Raise `MarkupError` if there are problems."""
        if self.problems:
            raise self.error()

    def error(self) -> MarkupError:
        """Return all problems so far in the order of their lines."""
        return MarkupError(*sorted(self.problems, key=lambda problem: problem.place.line))
