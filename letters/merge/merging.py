"""Compiled template + facts → text, values on the way into the rendering; errors with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from jinja2 import Template as Compiled
from jinja2 import TemplateError as JinjaError

from letters.errors import N_, Place, Problem, TemplateError, Word
from letters.merge.rendering import CURRENT, Address, Refusal, Rendering, address_of_error
from letters.merge.reports import unique
from letters.merge.sources import FIRST_PLACEHOLDER

REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
"""A numeric character reference of Markdown."""


def render(compiled: Compiled, rendering: Rendering, facts: dict[str, object], place: Place) -> str:
    """Return the text of `compiled` with `facts`, plain ones; what it prints goes into `rendering`.

    Raises TemplateError: everything that could not be printed, and what stopped the merge, if anything did. `place` is
    said where the template has no file of its own.
    """
    fatal: list[Problem] = []
    with _current(rendering), _stopped(fatal, place):
        text = str("".join(compiled.root_render_func(compiled.new_context(facts))))
    problems = [*(_placed(problem, address, place) for address, problem in rendering.refused), *fatal]
    if problems:
        raise TemplateError(*unique(problems))
    return text


@contextmanager
def _current(rendering: Rendering) -> Iterator[None]:
    token = CURRENT.set(rendering)
    try:
        yield
    finally:
        CURRENT.reset(token)


@contextmanager
def _stopped(fatal: list[Problem], place: Place) -> Iterator[None]:
    """Turn what stops a merge into a problem with the line of the template it happened at."""
    try:
        yield
    except Refusal as refusal:
        fatal.append(_placed(refusal.problem, address_of_error(refusal.__traceback__), place))
    except (JinjaError, TypeError, ValueError, RecursionError) as error:
        fatal.append(_placed(_expression_problem(error), address_of_error(error.__traceback__), place))


def _placed(problem: Problem, address: Address, place: Place) -> Problem:
    file, line = address
    return replace(problem, place=Place(file=file, line=line) if file else place)


KINDS = {
    "str": Word(N_("text")),
    "int": Word(N_("a number")),
    "date": Word(N_("a date")),
    "NoneType": Word(N_("nothing")),
    "list": Word(N_("a list")),
    "dict": Word(N_("a table")),
    "bool": Word(N_("yes or no")),
}
"""Python's name of a kind of value → ours."""
COMPARED = re.compile(r"'(.+)' not supported between instances of '(\w+)' and '(\w+)'")


def _expression_problem(error: Exception) -> Problem:
    if found := COMPARED.fullmatch(str(error)):
        return Problem(
            "merge.expression",
            N_("Here {one} is compared ({sign}) with {other}."),
            N_("Compare text with text and numbers with numbers."),
            params={"sign": found[1], "one": KINDS.get(found[2], found[2]), "other": KINDS.get(found[3], found[3])},
        )
    return Problem(
        "merge.expression",
        N_("This cannot be worked out with these facts ({detail})."),
        N_("Compare text with text and numbers with numbers."),
        params={"detail": str(error)},
    )


def written_placeholders(text: str, place: Place) -> Iterator[Problem]:
    """Yield a problem when the words of a merged text spell a placeholder as a character reference (`&#xF0000;`).

    Looked for after the merge, because only then the pieces of a text stand together.
    """
    for found in REFERENCE.finditer(text) if "&#" in text else ():
        code = int(found[1], 16) if found[1] else int(found[2])
        if code >= FIRST_PLACEHOLDER:
            yield Problem(
                "merge.placeholder-written",
                N_("The template contains {reference}, a character that is reserved."),
                N_("Delete it."),
                place,
                {"reference": found[0]},
            )
