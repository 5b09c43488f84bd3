"""Part of a letter and the facts it reads → its text, worked out anew only where they differ from the letter before.

Most of what a template includes says nothing of the recipient: the letterhead, the legal bases, the opening.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from letters.merge.rendering import CURRENT, Rendering

Root = Callable[[Context], Iterator[str]]
"""Renders a file of the template folders, piece by piece."""
TABLES = (dict, list)
PLAIN = {*TABLES, str, Markup, int, bool, date, type(None), type(missing)}
"""Kinds of facts that stay as they are; a loop, its counter and a macro are others."""


class Rendered(NamedTuple):
    """What a part came to in a letter."""

    first: int
    """How many values the letter had before it."""
    facts: tuple[object, ...]
    text: str
    values: tuple[str, ...]
    steps: int
    characters: int


def remembering(root: Root, names: Iterable[str]) -> Root:
    """Return `root`, which reads no other facts than `names`, so that it remembers what it came to the last time."""
    names = tuple(names)
    last: Rendered | None = None

    def remembered(context: Context) -> Iterator[str]:
        nonlocal last
        rendering, before = CURRENT.get(), last
        facts = tuple(map(context.resolve_or_missing, names))
        if before and _comes_to_the_same(before, rendering, facts):
            rendering.tick(before.steps, before.characters)
            rendering.values += before.values
            yield before.text
            return
        first, refused, begun = len(rendering.values), len(rendering.refused), (rendering.steps, rendering.characters)
        text = "".join(root(context))
        if len(rendering.refused) == refused and all(type(fact) in PLAIN for fact in facts):
            steps, characters = rendering.steps - begun[0], rendering.characters - begun[1]
            last = Rendered(first, facts, text, tuple(rendering.values[first:]), steps, characters)
        yield text

    return remembered


def _comes_to_the_same(before: Rendered, rendering: Rendering, facts: tuple[object, ...]) -> bool:
    return (
        before.first == len(rendering.values)
        and all(map(_is_same, before.facts, facts))
        and rendering.has_room(before.steps, before.characters)
    )


def _is_same(one: object, other: object) -> bool:
    """Return whether two facts are the same; a table is, where it is one object, as all that letters share are."""
    return one is other or (type(one) is type(other) and type(one) not in TABLES and one == other)
