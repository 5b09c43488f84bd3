"""The next line (and the one after it) → whether a block starts here, and whether it may break into a paragraph."""

from __future__ import annotations

import re

from letters.reader.labels import read_label, start_of
from letters.reader.source import BLANKS, Line
from letters.reader.state import Scope, State

FENCE = re.compile(r":{3,}(.*)")
HEADING = re.compile(r"(#{1,6})[ \t]+(?=[^ \t])(.*)")
IMAGE = re.compile(r"!\[((?:\\.|[^\[\]\\])*)\]\(((?:\\.|[^()\\])*)\)[ \t]*")
"""A picture alone on its line."""
CODE_FENCE = re.compile(r"```|~~~")
QUOTATION = re.compile(r">[ \t]+(?=[^ \t])")
VALUE = re.compile(r":(?:[ \t]+(.*))?")
"""The value line of a field."""
_SEPARATOR = re.compile(r"(?=.*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
"""A table's line of dashes."""


def is_closer(line: Line) -> bool:
    """Tell whether the line ends a region: colons and nothing else."""
    fence = FENCE.fullmatch(line.text)
    return fence is not None and not fence[1].strip(BLANKS)


def is_page_break(line: Line) -> bool:
    """Tell whether the line is `---`; longer lines of dashes stay as typed."""
    return line.text.rstrip(BLANKS) == "---"


def is_heading(line: Line) -> bool:
    """Tell whether the line is a heading with words in it."""
    return HEADING.fullmatch(line.text) is not None


def is_image(line: Line) -> bool:
    """Tell whether the line holds one picture and nothing else."""
    return IMAGE.fullmatch(line.text) is not None


def is_value(line: Line | None) -> bool:
    """Tell whether the line holds the value of a field: a colon, then a blank or nothing."""
    return line is not None and VALUE.fullmatch(line.text) is not None


def is_separator(line: Line | None) -> bool:
    """Tell whether the line is a table's line of dashes; it has a `|` at least."""
    return line is not None and _SEPARATOR.fullmatch(line.text) is not None


def is_table_row(line: Line) -> bool:
    """Tell whether the line has cells: an unescaped `|`."""
    return "|" in re.sub(r"\\.", "", line.text)


def at_table(state: State) -> bool:
    """Tell whether a table starts here: a row and its line of dashes."""
    line = state.line
    return line is not None and is_table_row(line) and is_separator(state.ahead(1))


def at_field(state: State) -> bool:
    """Tell whether a field starts here: words, and under them a value line."""
    line = state.line
    return line is not None and not line.blank and is_value(state.ahead(1)) and not is_value(line)


def is_item(line: Line, scope: Scope) -> bool:
    """Tell whether the line is a list item where a block may start."""
    label = read_label(line.text)
    if label is None or start_of(label, scope.ended) is None:
        return False
    return label.first or not line.after_label


def interrupts(state: State, scope: Scope, before: str) -> bool:
    """Tell whether the next line, not blank, starts something new although a paragraph is open.

    `before` is the line above it.
    """
    line = state.line
    return line is not None and (
        is_marked(line) or is_value(line) or _item_interrupts(line, scope, before) or at_table(state) or at_field(state)
    )


def is_marked(line: Line) -> bool:
    """Tell whether the line starts a block by a mark of its own, wherever it stands."""
    return (
        FENCE.match(line.text) is not None
        or CODE_FENCE.match(line.text) is not None
        or is_page_break(line)
        or is_heading(line)
        or is_image(line)
    )


def _item_interrupts(line: Line, scope: Scope, before: str) -> bool:
    """Tell whether the line is an item: wrapped text may start like one (`… Nomor` / `5. Tahun …`)."""
    label = read_label(line.text)
    if label is None:
        return False
    level = scope.level(line.indent)
    if level.open and level.open.owns(label):
        return True
    empty = not line.text[label.width :].strip(BLANKS)
    if empty or start_of(label, level.ended) is None:
        return False
    return label.first or before.rstrip(BLANKS).endswith(":")
