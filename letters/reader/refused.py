"""Lines whose marks mean something elsewhere but nothing here → problems, for as typed they would surely be wrong."""

from __future__ import annotations

from collections.abc import Sequence

from letters.errors import N_
from letters.model.document import Block
from letters.reader.starts import CODE_FENCE, QUOTATION, is_value
from letters.reader.state import Scope, State


def code_fence(state: State, scope: Scope) -> Sequence[Block] | None:
    """Refuse a fenced block of code, up to its end if it has one."""
    line = state.line
    found = CODE_FENCE.match(line.text) if line else None
    if not line or not found:
        return None
    state.take()
    while (inside := state.line) and not inside.text.startswith(found[0]):
        state.take()
    if state.line:
        state.take()
    state.report(
        line.number,
        "reader.code",
        N_("Blocks of code have no place in a letter."),
        N_("Delete the line of {mark} here and the one where the block ends."),
        mark=found[0],
    )
    return ()


def quotation(state: State, scope: Scope) -> Sequence[Block] | None:
    """Refuse `> quoted`."""
    line = state.line
    if not line or not QUOTATION.match(line.text):
        return None
    state.take()
    state.report(
        line.number,
        "reader.quotation",
        N_("A line cannot start with >: quotations are not supported."),
        N_("Use a region such as ::: kutipan, or write \\> to print the sign."),
    )
    return ()


def loose_row(state: State, scope: Scope) -> Sequence[Block] | None:
    """Refuse table rows without a line of dashes under the first."""
    line = state.line
    if not line or not line.text.startswith("|"):
        return None
    while (row := state.line) and row.text.startswith("|"):
        state.take()
    state.report(
        line.number,
        "reader.table-dashes",
        N_("This row of a table has no line of dashes under it."),
        N_("Put a line such as | --- | --- | under the heading row, or write \\| to print the bar."),
    )
    return ()


def loose_value(state: State, scope: Scope) -> Sequence[Block] | None:
    """Refuse the value of a field without a label above."""
    line = state.line
    if not is_value(line) or not line:
        return None
    state.take()
    state.report(
        line.number,
        "reader.field-label",
        N_("This line starts with a colon, but there is no label on the line above."),
        N_("Put the label (Nomor, Hal, …) right above it, or write \\: to print the colon."),
    )
    return ()
