"""Document → its nodes in reading order, and its plain text once values are filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from letters.model.document import (
    Block,
    Cell,
    Document,
    Emphasis,
    Field,
    Fields,
    Heading,
    Image,
    Inline,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Region,
    Strong,
    Table,
    Text,
    Underline,
    Value,
)

Node: TypeAlias = Document | Block | Inline | ListItem | Cell | Field


def children(node: Node) -> tuple[Node, ...]:
    """Return the direct children of `node` in reading order."""
    match node:
        case Document() | Region() | ListItem():
            return node.blocks
        case Paragraph() | Heading() | Strong() | Emphasis() | Underline() | Cell():
            return node.children
        case List():
            return node.items
        case Table():
            return (*node.head, *(cell for row in node.rows for cell in row))
        case Fields():
            return node.rows
        case Field():
            return (*node.label, *node.value)
        case Image():
            return node.alt
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and everything below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def inline_text(inlines: Sequence[Inline], values: Sequence[str]) -> str:
    """Return the words of `inlines` with `values` filled in; line breaks become line feeds."""
    parts = []
    for inline in inlines:
        match inline:
            case Text():
                parts.append(inline.text)
            case Value():
                parts.append(values[inline.index])
            case LineBreak():
                parts.append("\n")
            case Strong() | Emphasis() | Underline():
                parts.append(inline_text(inline.children, values))
            case _:
                parts.append(" ")
    return "".join(parts)
