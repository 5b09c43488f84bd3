"""Lines → blocks: the driver and the table of rules, in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from letters.model.document import Block
from letters.reader import fields, leaves, lists, refused, regions, tables
from letters.reader.starts import is_closer
from letters.reader.state import Scope, State

Rule: TypeAlias = Callable[[State, Scope], Sequence[Block] | None]
"""Takes the lines it understands and returns their blocks; None, and nothing taken, if another rule should try."""

RULES: tuple[Rule, ...] = (
    regions.region,
    leaves.page_break,
    leaves.heading,
    leaves.image,
    lists.list_block,
    tables.table,
    refused.code_fence,
    refused.quotation,
    refused.loose_row,
    refused.loose_value,
    fields.fields,
    leaves.paragraph,  # takes anything
)


def read_blocks(state: State, scope: Scope) -> list[Block]:
    """Return the blocks up to the end of `scope`: a line further left, the end of a region, or of the text."""
    blocks: list[Block] = []
    while True:
        state.skip_blank()
        line = state.line
        if line is None or line.indent < scope.indent or (scope.in_region and is_closer(line)):
            return blocks
        blocks.extend(next(found for rule in RULES if (found := rule(state, scope)) is not None))
