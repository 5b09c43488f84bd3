"""List labels and what is indented under them → lists of the author's schemes."""

from __future__ import annotations

from collections.abc import Sequence

from letters.model.document import Block, List, ListItem
from letters.reader.labels import Label, read_label, start_of
from letters.reader.source import BLANKS, Line, column_after
from letters.reader.starts import is_item
from letters.reader.state import OpenList, Scope, State

NESTED = 2
"""Columns right of a label from which a line is inside its item: generous, because staff indent by 2, 3, 4 or a tab."""


def list_block(state: State, scope: Scope) -> Sequence[Block] | None:
    """Read a list with all its items; another scheme or a lower number ends it."""
    line = state.line
    label = read_label(line.text) if line else None
    start = start_of(label, scope.ended) if label else None
    if not line or not start or not is_item(line, scope):
        return None
    scheme, number = start
    opened = scope.open = OpenList(scheme, typed=number, number=number)
    items = [_item(state, scope, number)]
    while (following := _next_number(state, scope, opened)) is not None:
        items.append(_item(state, scope, following))
    scope.open = None
    scope.ended[scheme] = opened.number
    return (List(scheme, tuple(items)),)


def _next_number(state: State, scope: Scope, opened: OpenList) -> int | None:
    """Return the number of the item on the next line, or None if the list ends there."""
    line = state.line
    label = read_label(line.text) if line and line.indent >= scope.indent else None
    number = opened.follow(label) if label else None
    if not line or not label or number is None:
        return None
    if label.first and number > opened.number + 1 and not _letters_follow(state, line, opened):
        return None
    opened.advance(label, number)
    return number


def _letters_follow(state: State, line: Line, opened: OpenList) -> bool:
    """Tell whether the `i.` on `line`, which skips letters of `opened`, is a letter: then later ones come next to it.

    Otherwise it is the first Roman number of another list.
    """
    for other in state.lines[state.position + 1 :]:
        label = read_label(other.text) if other.indent < line.indent + NESTED else None
        if label and any(scheme == opened.scheme for scheme, _ in label.readings):
            return label.readings[0][0] == opened.scheme
    return False


def _item(state: State, scope: Scope, number: int) -> ListItem:
    """Read one item: the label's line without the label becomes the first line of its blocks."""
    line = state.lines[state.position]
    label = read_label(line.text)
    assert label, "callers look at the label first"
    state.lines[state.position] = _behind(line, label)
    return ListItem(number, tuple(state.read_blocks(state, state.enter(line, scope, indent=line.indent + NESTED))))


def _behind(line: Line, label: Label) -> Line:
    """Return what follows the label on its line."""
    after = line.text[label.width :]
    rest = after.lstrip(BLANKS)
    column = column_after(after[: len(after) - len(rest)], line.indent + label.width)
    return Line(line.number, column, rest, after_label=True)
