"""Blocks without blocks inside: paragraph, heading, page break, picture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from letters.errors import N_
from letters.model.document import Block, Heading, Image, PageBreak, Paragraph
from letters.reader.inlines import plain, read_inlines
from letters.reader.source import BLANKS, Line, Source
from letters.reader.starts import HEADING, IMAGE, interrupts, is_page_break
from letters.reader.state import Scope, State

_LAST_BREAK = re.compile(r"(?<!\\)(?:\\\\)*(\\)\Z")
"""A backslash that ends the text and is not escaped itself."""
_ASSET = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def gather(state: State, scope: Scope, first: Line) -> Source:
    """Return `first`, already taken, with the lines that continue it; how far they are indented does not matter.

    A forced line end behind the last line is left out: there is no next line.
    """
    parts = [first.text]
    while (line := state.line) and not line.blank and not interrupts(state, scope, parts[-1]):
        parts.append(state.take().text)
    text = "\n".join(parts).rstrip(BLANKS)
    found = _LAST_BREAK.search(text)
    return Source(text[: found.start(1)].rstrip(BLANKS) if found else text, first.number)


def paragraph(state: State, scope: Scope) -> Sequence[Block]:
    """Read one paragraph; whatever no other rule wants is one."""
    return (Paragraph(read_inlines(state, gather(state, scope, state.take()))),)


def heading(state: State, scope: Scope) -> Sequence[Block] | None:
    """Read `## Words`; a closing row of `#` is left out. No list goes on across a heading."""
    line = state.line
    found = HEADING.fullmatch(line.text) if line else None
    if not found:
        return None
    scope.ended.clear()
    source = Source(_without_closing(found[2].rstrip(BLANKS)), state.take().number)
    return (Heading(len(found[1]), read_inlines(state, source)),)


def _without_closing(text: str) -> str:
    """Return heading text without a closing row of `#` that stands by itself."""
    rest = text.rstrip("#")
    return rest.rstrip(BLANKS) if rest != text and rest.endswith((" ", "\t")) else text


def page_break(state: State, scope: Scope) -> Sequence[Block] | None:
    """Read `---` alone on its line, also right under a paragraph: there is no underlined heading."""
    line = state.line
    if not line or not is_page_break(line):
        return None
    state.take()
    return (PageBreak(),)


def image(state: State, scope: Scope) -> Sequence[Block] | None:
    """Read `![words](name)` alone on its line."""
    line = state.line
    found = IMAGE.fullmatch(line.text) if line else None
    if not line or not found:
        return None
    state.take()
    alt, name = found[1], found[2].strip(BLANKS)
    if not _ASSET.fullmatch(name):
        _report_name(state, line, name)
    return (Image(name, plain(read_inlines(state, Source(alt, line.number)))),)


def _report_name(state: State, line: Line, name: str) -> None:
    state.report(
        line.number,
        "reader.image-name",
        N_("“{name}” is no name of a picture: it may have letters, digits, - and _, and no value of a recipient."),
        N_("Name the picture as an asset, for example ![Lambang](logo), without folder and ending."),
        name=name,
    )
