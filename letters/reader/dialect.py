"""The Markdown parser of marks inside a paragraph: markdown-it with what letters need, and two rules of our own."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_FILL = re.compile(r"(?<![^ \t\n])>>(?=[ \t\n])")
_RULED = re.compile(r"_{4,}|\*{4,}")


def _fill(state: StateInline, silent: bool) -> bool:
    """`>>` as a word of its own, with something behind it."""
    if not _FILL.match(state.src, state.pos):
        return False
    if not silent:
        state.push("fill", "", 0)
    state.pos += 2
    return True


def _ruled_blank(state: StateInline, silent: bool) -> bool:
    """Four or more `_` or `*` are a line to write on: CommonMark would pair `(____) dan (____)` into a mark."""
    found = _RULED.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.append_pending(found[0])
    state.pos = found.end()
    return True


def _parser() -> MarkdownIt:
    """Return a parser of marks, line breaks, backslashes and entities; HTML tags are told apart to be refused."""
    parser = MarkdownIt("zero", {"html": True}).enable(["newline", "escape", "emphasis", "html_inline", "entity"])
    parser.inline.ruler.before("emphasis", "ruled_blank", _ruled_blank)
    parser.inline.ruler.before("emphasis", "fill", _fill)
    return parser


_PARSER = _parser()


def tokens(text: str) -> list[Token]:
    """Return the tokens of `text`, escapes and entities kept apart from the words (`text_special`)."""
    return _PARSER.inline.parse(text, _PARSER, {}, [])
