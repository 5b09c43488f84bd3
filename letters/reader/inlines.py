"""Text of one block → inlines: marks from markdown-it's tokens, values from placeholder characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from letters.errors import N_
from letters.model.document import Emphasis, Fill, Inline, LineBreak, Strong, Text, Underline, Value
from letters.reader.dialect import tokens
from letters.reader.source import FIRST_VALUE, PLACEHOLDER, Source
from letters.reader.state import MAX_DEPTH, State

_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_ADDRESS = re.compile(r"\\.|(!?)\[(?:\\.|[^\[\]\\])*\]\((?:\\.|[^()\\])*\)", re.DOTALL)
"""A link or picture; escapes are matched first, so that an escaped bracket starts none."""
_MARKS: dict[str, type[Strong | Emphasis | Underline]] = {
    "**": Strong,
    "__": Underline,
    "*": Emphasis,
    "_": Emphasis,
}


def read_inlines(state: State, source: Source) -> tuple[Inline, ...]:
    """Return the inlines of `source`; links, pictures, HTML tags and a second ` >> ` in a line are problems."""
    _check_addresses(state, source)
    inlines = _Builder(state, source.number).build(tokens(source.text))
    _check_fills(state, source, inlines)
    return inlines


class _Builder:
    """Puts the flat tokens back into the tree they stand for."""

    def __init__(self, state: State, line: int) -> None:
        self.state = state
        self.line = line
        """Line of the token in hand."""
        self.stack: list[list[Inline]] = [[]]
        """Children of the marks that are open, the block itself first."""

    def build(self, found: Sequence[Token]) -> tuple[Inline, ...]:
        for token in found:
            if token.nesting:
                self.mark(token)
            else:
                self.stack[-1].extend(self.leaf(token))
        return join(self.stack[0])

    def mark(self, token: Token) -> None:
        if token.nesting < 0:
            children = join(self.stack.pop(), trim=False)
            self.stack[-1].append(_MARKS[token.markup](children))
        elif len(self.stack) > MAX_DEPTH:
            self.state.give_up_nesting(self.line)
        else:
            self.stack.append([])

    def leaf(self, token: Token) -> Sequence[Inline]:
        match token.type:
            case "text":
                return split_values(token.content)
            case "text_special":
                return self.special(token)
            case "softbreak" | "hardbreak":
                self.line += 1
                return [LineBreak()] if token.type == "hardbreak" else [Text(" ")]
            case "fill" if len(self.stack) == 1:
                return [Fill()]
            case "fill":
                return [Text(">>")]
            case _:
                return self.tag(token)

    def special(self, token: Token) -> Sequence[Inline]:
        """An escape or an entity; an entity must not pretend to be a value, a value may stand behind a backslash."""
        if token.info == "escape":
            return split_values(token.content)
        if _PRIVATE.search(token.content):
            self.state.report_character(self.line, token.markup)
            return []
        return [Text(token.content)]

    def tag(self, token: Token) -> Sequence[Inline]:
        """An HTML tag, or what looks like one (`<nama>`)."""
        self.state.report(
            self.line,
            "reader.html",
            N_("“{tag}” looks like an HTML tag; tags are not read."),
            N_("For a new line end the line with a backslash; to print the sign write \\<."),
            tag=token.content,
        )
        self.line += token.content.count("\n")
        return []


def split_values(text: str) -> list[Inline]:
    """Return `text` as words and values in turn."""
    parts = PLACEHOLDER.split(text)
    return [Value(ord(part) - FIRST_VALUE) if odd % 2 else Text(part) for odd, part in enumerate(parts)]


def join(inlines: Sequence[Inline], *, trim: bool = True) -> tuple[Inline, ...]:
    """Return `inlines` with neighbouring words in one `Text`, runs of blanks as one, and no empty words.

    Blanks where a line starts or ends (there with `trim` only) and around a `Fill` go.
    """
    joined: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + inline.text)
        elif inline != Text(""):
            joined.append(inline)
    return tuple(_tidy(joined, trim))


def _tidy(inlines: Sequence[Inline], trim: bool) -> list[Inline]:
    """Return `inlines` with the blanks in their words put right."""
    edge: Inline | None = Fill() if trim else None
    tidy: list[Inline] = []
    for before, inline, after in zip([edge, *inlines], inlines, [*inlines[1:], edge], strict=False):
        if isinstance(inline, Text):
            words = _BLANKS.sub(" ", inline.text)
            words = words.lstrip(" ") if isinstance(before, Fill | LineBreak) else words
            words = words.rstrip(" ") if isinstance(after, Fill | LineBreak) else words
            if words:
                tidy.append(Text(words))
        else:
            tidy.append(inline)
    return tidy


def plain(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return `inlines` as words and values alone, as a picture's description must be."""
    flat: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text() | Value():
                flat.append(inline)
            case Strong() | Emphasis() | Underline():
                flat.extend(plain(inline.children))
            case _:
                flat.append(Text(" "))
    return join(flat)


def _check_addresses(state: State, source: Source) -> None:
    """Report links, and pictures among words."""
    for found in _ADDRESS.finditer(source.text):
        if found[1] is None:
            continue
        line = source.line_at(found.start())
        if found[1]:
            state.report(
                line,
                "reader.image-place",
                N_("A picture cannot stand among words."),
                N_("Put it on a line of its own."),
            )
        else:
            state.report(
                line,
                "reader.link",
                N_("“{link}” is a link; letters are printed, so links are not read."),
                N_("Write the address as words, or \\[ to print the bracket."),
                link=found[0],
            )


def _check_fills(state: State, source: Source, inlines: Sequence[Inline]) -> None:
    """Report a line with more than one right side."""
    fills = 0
    for inline in inlines:
        fills = 0 if isinstance(inline, LineBreak) else fills + isinstance(inline, Fill)
        if fills == 2 and isinstance(inline, Fill):
            state.report(
                source.number,
                "reader.fill",
                N_("A line has more than one >>: only one part of it can stand at the right margin."),
                N_("Leave one, or write \\>> to print the signs."),
            )
