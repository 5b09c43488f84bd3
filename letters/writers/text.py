"""Document → readable text: the tree with every node and attribute (`native`), and the words alone (`plain_text`).

The tree is for people and for goldens: one block per line, what is inside it indented. Words stand in double quotes,
a value as `{0}` or, once filled, `{0 "Camat Diwek"}`::

    document
      region tanda-tangan
        paragraph "Jombang, " {0} break strong["Ketua"]
      list lower-alpha "#."
        item 2 b.
          paragraph "ikut serta"
      table
        columns left 3, right 8
        head "No" | "Nama"
        row "1" | ()

`()` means nothing at all, in a cell for example; `#` stands for the number in a list's labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from letters.model.document import (
    Block,
    Cell,
    Document,
    Emphasis,
    Field,
    Fields,
    Fill,
    Heading,
    Image,
    Inline,
    LineBreak,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Region,
    Strong,
    Table,
    Text,
    Underline,
    Value,
)
from letters.model.labels import label
from letters.model.letter import Properties
from letters.model.walk import inline_text
from letters.writers import Look

_STEP = "  "
_NOTHING = "()"


def prepare(document: Document, look: Look) -> TextForm:
    """Return the form of `document`; text has no look, so `look` changes nothing."""
    return TextForm(document)


@dataclass(frozen=True)
class TextForm:
    """A shape as readable text."""

    document: Document

    def fill(self, values: Sequence[str], properties: Properties) -> bytes:
        """Return properties and tree of one letter in UTF-8; raises `IndexError` if a value is missing."""
        lines = ["properties"]
        for each in fields(properties):
            lines.append(f"{_STEP}{each.name} {quoted(str(getattr(properties, each.name)))}")
        return ("\n".join(lines) + "\n" + native(self.document, values)).encode()


# -- the tree -----------------------------------------------------------------------------------------


def native(document: Document, values: Sequence[str] | None = None) -> str:
    """Return the tree of `document`, with `values` shown in their places if they are given."""
    lines = ["document", *_indented(_write_blocks(document.blocks, values))]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    r"""Return `text` in double quotes, what cannot be seen as `\u00a0`: different texts look different."""
    return '"' + "".join(map(_visible, text)) + '"'


def _visible(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character == "\n":
        return "\\n"
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (_STEP + line for line in lines)


def _write_blocks(blocks: Sequence[Block], values: Sequence[str] | None) -> Iterator[str]:
    for block in blocks:
        yield from _write_block(block, values)


def _write_block(block: Block, values: Sequence[str] | None) -> Iterator[str]:
    """Yield the line of `block`, then the lines of what is inside it."""
    match block:
        case Paragraph():
            yield f"paragraph {_write_inlines(block.children, values)}"
        case Heading():
            yield f"heading {block.level} {_write_inlines(block.children, values)}"
        case Image():
            yield f"image {quoted(block.source)} {_write_inlines(block.alt, values)}"
        case PageBreak():
            yield "page-break"
        case Region():
            yield f"region {' '.join(block.names)}"
            yield from _indented(_write_blocks(block.blocks, values))
        case List():
            yield f"list {block.scheme.numeral} {quoted(f'{block.scheme.prefix}#{block.scheme.suffix}')}"
            for item in block.items:
                yield from _indented(_write_item(block, item, values))
        case Fields():
            yield "fields"
            yield from _indented(_write_field(row, values) for row in block.rows)
        case Table():
            yield "table"
            yield from _indented(_write_table(block, values))


def _write_item(parent: List, item: ListItem, values: Sequence[str] | None) -> Iterator[str]:
    yield f"item {item.number} {label(parent.scheme, item.number)}"
    yield from _indented(_write_blocks(item.blocks, values))


def _write_field(row: Field, values: Sequence[str] | None) -> str:
    return f"field {_write_inlines(row.label, values)} : {_write_inlines(row.value, values)}"


def _write_table(table: Table, values: Sequence[str] | None) -> Iterator[str]:
    columns = zip(table.aligns, table.widths, strict=True)
    yield "columns " + ", ".join(f"{align} {width}" for align, width in columns)
    yield f"head {_write_cells(table.head, values)}"
    for row in table.rows:
        yield f"row {_write_cells(row, values)}"


def _write_cells(cells: Sequence[Cell], values: Sequence[str] | None) -> str:
    return " | ".join(_write_inlines(cell.children, values) for cell in cells)


def _write_inlines(inlines: Sequence[Inline], values: Sequence[str] | None) -> str:
    return " ".join(_write_inline(inline, values) for inline in inlines) or _NOTHING


def _write_inline(inline: Inline, values: Sequence[str] | None) -> str:
    match inline:
        case Text():
            return quoted(inline.text)
        case Value():
            return f"{{{inline.index}}}" if values is None else f"{{{inline.index} {quoted(values[inline.index])}}}"
        case LineBreak():
            return "break"
        case Fill():
            return "fill"
        case Strong() | Emphasis() | Underline():
            return f"{type(inline).__name__.lower()}[{_write_inlines(inline.children, values)}]"


# -- the words ----------------------------------------------------------------------------------------


def plain_text(document: Document, values: Sequence[str]) -> str:
    """Return the words of a letter in reading order, one paragraph, field or table row per line.

    List labels and the colons of fields are words too; the description of a picture is not, for no page shows it.
    Cells of a row stand apart by tabs. Raises `IndexError` if a value is missing.
    """
    return "".join(line + "\n" for line in _words(document.blocks, values))


def _words(blocks: Sequence[Block], values: Sequence[str]) -> Iterator[str]:
    """Yield the lines of `blocks`."""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                yield inline_text(block.children, values)
            case Region():
                yield from _words(block.blocks, values)
            case List():
                for item in block.items:
                    yield from _item_words(block, item, values)
            case Fields():
                for row in block.rows:
                    yield f"{inline_text(row.label, values)} : {inline_text(row.value, values)}"
            case Table():
                for cells in (block.head, *block.rows):
                    yield "\t".join(inline_text(cell.children, values) for cell in cells)


def _item_words(parent: List, item: ListItem, values: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an item, its label before the first, or alone if there are none."""
    lines = _words(item.blocks, values)
    text, first = label(parent.scheme, item.number), next(lines, "")
    yield f"{text} {first}" if first else text
    yield from lines
