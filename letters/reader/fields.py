"""`Nomor` over `: value` → rows of label and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from letters.errors import N_
from letters.model.document import Block, Field, Fields
from letters.reader.inlines import read_inlines
from letters.reader.leaves import gather
from letters.reader.source import BLANKS, Line, Source
from letters.reader.starts import VALUE, at_field, is_item, is_marked, is_value
from letters.reader.state import Scope, State


def fields(state: State, scope: Scope) -> Sequence[Block] | None:
    """Read rows as long as a label with a value under it follows, blank lines between them or not."""
    if not at_field(state):
        return None
    rows = [_row(state, scope)]
    while _at_next(state, scope):
        rows.append(_row(state, scope))
    return (Fields(tuple(rows)),)


def _at_next(state: State, scope: Scope) -> bool:
    """Tell whether another row follows; blank lines before it are stepped over."""
    state.skip_blank()
    line = state.line
    return (
        line is not None
        and line.indent >= scope.indent
        and not is_marked(line)
        and not is_item(line, scope)
        and at_field(state)
    )


def _row(state: State, scope: Scope) -> Field:
    """Read a label, its value and the lines that continue the value."""
    label = state.take()
    value = gather(state, scope, _behind_colon(state.take()))
    _refuse_more(state, scope)
    return Field(read_inlines(state, Source(label.text.rstrip(BLANKS), label.number)), read_inlines(state, value))


def _behind_colon(line: Line) -> Line:
    found = VALUE.fullmatch(line.text)
    return replace(line, text=(found[1] or "") if found else line.text)


def _refuse_more(state: State, scope: Scope) -> None:
    """Report value lines beyond the first: a row has one value."""
    while (line := state.line) and is_value(line):
        gather(state, scope, state.take())
        state.report(
            line.number,
            "reader.field-value",
            N_("This line starts with a colon, but the label above already has its value."),
            N_("End the value's first line with a backslash and leave out the second colon, or write \\: to print it."),
        )
