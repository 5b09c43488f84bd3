"""Printed values → placeholders in the text and a list beside it; bounded steps, characters and values.

One `Rendering` exists per merge, found through a context variable, so merges in several threads do not see each
other, and macros, includes and blocks all write into the list of their own letter.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from types import FrameType, TracebackType
from typing import NoReturn

from jinja2 import Template as Compiled
from jinja2 import Undefined
from jinja2.runtime import Macro
from markupsafe import Markup

from letters.errors import N_, Problem
from letters.l10n import format_date
from letters.merge.sources import FIRST_PLACEHOLDER

MAX_STEPS = 100_000
"""Loop rounds, macro calls, blocks and includes of one letter; an annex of 1,000 rows takes some 10,000."""
MAX_CHARACTERS = 2_000_000
"""Characters one letter may produce, template text and joined values together."""
MAX_VALUES = 60_000
"""Values one letter may print; plane 15 has room for 65,534 placeholders."""

Address = tuple[str, int]
"""Where in the templates something happened: file (empty for a front-matter text) and line."""


class Counter(int):
    """A number `loop` gives. It follows from the shape alone and is printed into the text itself, so that
    `{{ loop.index }}.` is the label of a list item like any other.
    """


class Refusal(Exception):
    """A template asks for what cannot be done; the place is added where the exception is caught."""

    def __init__(self, code: str, message: str, remedy: str, **params: object) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, remedy, params=params)


@dataclass(slots=True)
class Rendering:
    """What one merge has produced so far."""

    in_place: bool = False
    """Print values into the text itself: for front-matter texts, which are plain text."""
    values: list[str] = field(default_factory=list)
    refused: list[tuple[Address, Problem]] = field(default_factory=list)
    """Values that could not be printed; the merge goes on, so that all are found in one pass."""
    steps: int = 0
    characters: int = 0

    def tick(self, steps: int, characters: int = 0) -> None:
        """Count work; raises Refusal beyond the limits."""
        self.steps += steps
        self.characters += characters
        if self.steps > MAX_STEPS:
            _refuse_size(N_("The template repeats too much: more than {limit} rounds in one letter."), MAX_STEPS)
        if self.characters > MAX_CHARACTERS:
            _refuse_size(N_("The letter becomes too long: more than {limit} characters."), MAX_CHARACTERS)

    def has_room(self, steps: int, characters: int) -> bool:
        """Return whether so much more work is within the limits."""
        return self.steps + steps <= MAX_STEPS and self.characters + characters <= MAX_CHARACTERS

    def place(self, value: object) -> Markup:
        """Return what stands for `value` in the text; a value that cannot be printed is noted as a problem."""
        try:
            text = text_of(value)
            if (not text or text.isspace()) and not self.in_place:
                raise _blank()
        except Refusal as refusal:
            self.refused.append((address_of_frame(), refusal.problem))
            text = ""
        self.tick(0, len(text))
        if self.in_place or isinstance(value, Counter):
            return Markup(text)
        if len(self.values) >= MAX_VALUES:
            _refuse_size(N_("The letter prints more than {limit} values."), MAX_VALUES)
        self.values.append(text)
        return _placeholder(len(self.values) - 1)


@lru_cache(maxsize=1024)  # a letter of two pages has some 50 values
def _placeholder(index: int) -> Markup:
    return Markup(chr(FIRST_PLACEHOLDER + index))


CURRENT: ContextVar[Rendering] = ContextVar("letters.merge")
"""The merge that runs in this thread or task."""


def _refuse_size(message: str, limit: int) -> NoReturn:
    remedy = N_("Look for a loop inside a loop, or for a list that is far longer than a letter can hold.")
    raise Refusal("merge.too-large", message, remedy, limit=limit)


# -- values to text -----------------------------------------------------------------------------------


def text_of(value: object) -> str:
    """Return `value` as it is printed: text as it stands, a whole number in figures, a date as `24 September 2024`.

    Raises Refusal for everything else, also for a name that is not there.
    """
    if type(value) is str:  # nearly all are
        return value
    match value:
        case Markup():
            raise Refusal(
                "merge.laid-out-text",
                N_("A macro, a block or a {{% set %}} block stands where only a single value can be worked on."),
                N_("Apply the filter to the value inside it."),
            )
        case str():
            return str(value)
        case bool() | datetime():
            pass
        case int():
            return _figures(value)
        case date():
            return format_date(value)
        case Undefined():
            return str(value)
    raise _unprintable(value)


def _figures(value: int) -> str:
    try:
        return str(value)
    except ValueError as error:  # Python refuses to write out more than 4,300 figures
        raise Refusal(
            "merge.number-too-long", N_("A number is too long to print."), N_("Write it as text in quotation marks.")
        ) from error


def _blank() -> Refusal:
    """Return the refusal of a blank value: a letter with a hole in it must not go out unnoticed."""
    return Refusal(
        "merge.blank-value",
        N_("What is printed here is empty for this recipient."),
        N_("Fill in the cell or the key, or print it only where it is there: {{% if … %}} … {{% endif %}}."),
    )


def _unprintable(value: object) -> Refusal:
    match value:
        case None:
            return Refusal(
                "merge.empty-value",
                N_("What is printed here has no value (for example a date that is not set)."),
                N_("Fill it in, or print it only where it is there: {{% if … %}}, or |default(…)."),
            )
        case dict():
            return Refusal(
                "merge.table-printed",
                N_("A whole table of facts is printed here (it has: {keys})."),
                N_("Name one of them: name.key."),
                keys=", ".join(str(key) for key in value),
            )
        case list() | tuple():
            return Refusal(
                "merge.list-printed",
                N_("A whole list is printed here."),
                N_('Join it with |join(", ") or go through it with {{% for %}}.'),
            )
        case Macro():
            return Refusal(
                "merge.macro-printed", N_("A macro is printed here instead of called."), N_("Add brackets: name(…).")
            )
        case _:
            return Refusal(
                "merge.value-type",
                N_("What is printed here is neither text, whole number nor date ({type})."),
                N_("Write it as text in quotation marks."),
                type=type(value).__name__,
            )


def join_parts(parts: Iterable[object], separator: object = "") -> str:
    """Return `parts` joined as one value; beside laid-out text (a macro, a block) values become placeholders."""
    items = list(parts)
    CURRENT.get().tick(len(items))
    if any(isinstance(item, Markup) for item in items):
        placed = [
            item if isinstance(item, Markup) else CURRENT.get().place(item) for item in _between(items, separator)
        ]
        CURRENT.get().tick(0, sum(map(len, placed)))
        return Markup("".join(placed))
    texts = [text_of(item) for item in items]
    between = text_of(separator)
    CURRENT.get().tick(0, sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


def _between(items: Sequence[object], separator: object) -> Iterable[object]:
    for index, item in enumerate(items):
        if index and separator:
            yield separator
        yield item


# -- where in the templates ---------------------------------------------------------------------------


def address_of_frame() -> Address:
    """Return the line of the template that is being rendered right now."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if address := _address(frame, frame.f_lineno):
            return address
        frame = frame.f_back
    return ("", 0)


def address_of_error(traceback: TracebackType | None) -> Address:
    """Return the innermost line of a template in `traceback`: jinja2's own errors carry none."""
    address: Address = ("", 0)
    while traceback is not None:
        address = _address(traceback.tb_frame, traceback.tb_lineno) or address
        traceback = traceback.tb_next
    return address


def _address(frame: FrameType, line: int) -> Address | None:
    compiled = frame.f_globals.get("__jinja_template__")
    if not isinstance(compiled, Compiled):
        return None
    file = str(compiled.filename) if compiled.name else ""
    return (file, compiled.get_corresponding_lineno(line))
