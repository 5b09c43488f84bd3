"""Part of a letter and the facts it reads → its text, worked out anew only where no letter of late has read the same.

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
KEPT = 16
"""What a part came to that is remembered: letters to several groups may take turns."""


class Rendered(NamedTuple):
    """What a part came to in a letter."""

    facts: tuple[object, ...]
    """Those it read; holding them keeps their identity from passing to others."""
    text: str
    values: tuple[str, ...]
    steps: int
    characters: int


def remembering(root: Root, names: Iterable[str]) -> Root:
    """Return `root`, which reads no other facts than `names`, so that it remembers what it came to of late."""
    names = tuple(names)
    known: dict[tuple[object, ...], Rendered] = {}

    def remembered(context: Context) -> Iterator[str]:
        facts = tuple(map(context.resolve_or_missing, names))
        if not PLAIN.issuperset(map(type, facts)):
            yield from root(context)
            return
        rendering = CURRENT.get()
        key = (len(rendering.values), *map(_identity, facts))
        before = known.get(key)
        if before and rendering.has_room(before.steps, before.characters):
            rendering.tick(before.steps, before.characters)
            rendering.values += before.values
            yield before.text
            return
        refused = len(rendering.refused)
        found = _rendered(root, context, rendering, facts)
        if len(rendering.refused) == refused:
            if len(known) >= KEPT:
                known.clear()
            known[key] = found
        yield found.text

    return remembered


def _identity(fact: object) -> object:
    """Return what tells facts apart; a table is told by itself, as letters share those that say the same."""
    return id(fact) if type(fact) in TABLES else (type(fact), fact)


def _rendered(root: Root, context: Context, rendering: Rendering, facts: tuple[object, ...]) -> Rendered:
    first, steps, characters = len(rendering.values), rendering.steps, rendering.characters
    text = "".join(root(context))
    values = tuple(rendering.values[first:])
    return Rendered(facts, text, values, rendering.steps - steps, rendering.characters - characters)
