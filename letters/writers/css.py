"""Stylesheet text → rules with longhand declarations, page rules with their margin boxes, and what could not be read.

Only the grammar is known here; what a property means and how rules win over each other is in `letters.writers.style`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import cssselect2
import tinycss2

Token = Any
"""A component value of tinycss2, which carries no types."""

SIDES = ("top", "right", "bottom", "left")
MARGIN_BOXES = ("top-left", "top-center", "top-right", "bottom-left", "bottom-center", "bottom-right")
"""The margin boxes of a page that Word's header and footer can hold."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One longhand property with its value, white space taken out."""

    name: str
    value: tuple[Token, ...]
    important: bool
    line: int
    source: str
    """The declaration as its author wrote it: `margin: 0 1pt` for the `margin-top` it was taken apart into."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations for the elements one selector matches; a selector list becomes several rules."""

    selector: Any
    declarations: tuple[Declaration, ...]
    line: int


@dataclass(frozen=True, slots=True)
class PageRule:
    """An `@page` rule."""

    first: bool
    """True for `@page :first`."""
    declarations: tuple[Declaration, ...]
    boxes: dict[str, tuple[Declaration, ...]]
    """By name of the margin box, `top-center`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the stylesheet that is not understood."""

    line: int
    text: str
    """The rule, selector or declaration concerned, as short as it can be said."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A stylesheet taken apart."""

    rules: tuple[Rule, ...]
    pages: tuple[PageRule, ...]
    faults: tuple[Fault, ...]


def read_sheet(css: str) -> Sheet:
    """Return `css` taken apart; what cannot be read is listed, never raised."""
    reader = _Reader()
    for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        reader.node(node)
    return Sheet(tuple(reader.rules), tuple(reader.pages), tuple(reader.faults))


def class_names(css: str) -> set[str]:
    """Return every class that a selector of `css` names."""
    rules = (
        node
        for node in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        if node.type == "qualified-rule"
    )
    pairs = ((one, next_) for rule in rules for one, next_ in pairwise(rule.prelude))
    return {next_.value for one, next_ in pairs if one.type == "literal" and one.value == "." and next_.type == "ident"}


class _Reader:
    """Collects rules, page rules and faults."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []
        self.pages: list[PageRule] = []
        self.faults: list[Fault] = []

    def fault(self, node: Any, text: str) -> None:
        self.faults.append(Fault(node.source_line, text))

    def node(self, node: Any) -> None:
        if node.type == "qualified-rule":
            self.rule(node)
        elif node.type == "at-rule" and node.lower_at_keyword == "page":
            self.page(node)
        elif node.type == "at-rule":
            self.fault(node, f"@{node.at_keyword}")
        else:
            self.fault(node, node.message)

    def rule(self, node: Any) -> None:
        declarations = tuple(self.declarations(node.content))
        try:
            selectors = cssselect2.compile_selector_list(node.prelude)
        except cssselect2.SelectorError:
            self.fault(node, tinycss2.serialize(node.prelude).strip())
            return
        self.rules += (Rule(selector, declarations, node.source_line) for selector in selectors)

    def page(self, node: Any) -> None:
        selector = tinycss2.serialize(node.prelude).strip()
        if selector not in ("", ":first"):
            self.fault(node, f"@page {selector}")
            return
        contents = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
        boxes = {name: content for part in contents if part.type == "at-rule" for name, content in self.box(part)}
        plain = [part for part in contents if part.type != "at-rule"]
        self.pages.append(PageRule(selector == ":first", tuple(self.longhands(plain)), boxes))

    def box(self, node: Any) -> Iterator[tuple[str, tuple[Declaration, ...]]]:
        """Yield the margin box of `node` with its declarations, unless there is no such box in Word."""
        if node.lower_at_keyword in MARGIN_BOXES:
            yield node.lower_at_keyword, tuple(self.declarations(node.content))
        else:
            self.fault(node, f"@{node.at_keyword}")

    def declarations(self, content: Sequence[Token]) -> Iterator[Declaration]:
        return self.longhands(tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True))

    def longhands(self, nodes: Sequence[Any]) -> Iterator[Declaration]:
        for node in nodes:
            if node.type == "declaration":
                value = tuple(token for token in node.value if token.type not in ("whitespace", "comment"))
                source = f"{node.lower_name}: {tinycss2.serialize(node.value).strip()}"
                yield from expand(Declaration(node.lower_name, value, node.important, node.source_line, source))
            else:
                self.fault(node, node.message if node.type == "error" else tinycss2.serialize([node]).strip())


# -- shorthands -----------------------------------------------------------------------------------------


def expand(declaration: Declaration) -> Iterator[Declaration]:
    """Yield the longhands of `declaration`: itself, if it is no shorthand or its value fits none."""
    make = _SHORTHANDS.get(declaration.name)
    parts = make(declaration.name, declaration.value) if make else None
    if parts is None:
        yield replace(declaration, name=_ALIASES.get(declaration.name, declaration.name))
    else:
        for name, value in parts.items():
            yield replace(declaration, name=name, value=value)


Longhands = dict[str, tuple[Token, ...]]
_ALIASES = {
    "page-break-before": "break-before",
    "page-break-after": "break-after",
    "page-break-inside": "break-inside",
    "text-decoration": "text-decoration-line",
}


def _four_sides(name: str, value: Sequence[Token]) -> Longhands | None:
    """`margin: 1pt 2pt` → one longhand per side."""
    if not 1 <= len(value) <= 4:
        return None
    top = value[0]
    right = value[1] if len(value) > 1 else top
    bottom = value[2] if len(value) > 2 else top
    left = value[3] if len(value) > 3 else right
    stem, _, end = name.partition("-")
    names = (f"{stem}-{side}-{end}" if end else f"{stem}-{side}" for side in SIDES)
    return {longhand: (token,) for longhand, token in zip(names, (top, right, bottom, left), strict=True)}


_BORDER_STYLES = {"none", "hidden", "solid", "double", "dotted", "dashed", "groove", "ridge", "inset", "outset"}
_BORDER_WIDTHS = {"thin", "medium", "thick"}


def _border(name: str, value: Sequence[Token]) -> Longhands | None:
    """`border-top: 1pt solid` → width, style and colour; `border` → the same for all four sides."""
    kinds: Longhands = {"width": ident("medium"), "style": ident("none"), "color": ident("currentcolor")}
    for token in value:
        kinds[_border_part(token)] = (token,)
    if not value or len(value) > 3:
        return None
    sides = (name,) if name != "border" else tuple(f"border-{side}" for side in SIDES)
    return {f"{side}-{kind}": tokens for side in sides for kind, tokens in kinds.items()}


def _border_part(token: Token) -> str:
    if token.type in ("dimension", "number") or (token.type == "ident" and token.lower_value in _BORDER_WIDTHS):
        return "width"
    return "style" if token.type == "ident" and token.lower_value in _BORDER_STYLES else "color"


def _font(_name: str, value: Sequence[Token]) -> Longhands | None:
    """`font: bold 12pt/1.15 "Arial", serif` → its longhands; what is not named goes back to normal."""
    parts: Longhands = {name: ident("normal") for name in ("font-style", "font-weight", "font-variant", "line-height")}
    tokens = list(value)
    while tokens and tokens[0].type in ("ident", "number"):
        token = tokens.pop(0)
        parts[_font_part(token)] = (token,)
    if len(tokens) < 2 or tokens[0].type not in ("dimension", "percentage"):
        return None
    parts["font-size"] = (tokens.pop(0),)
    if tokens[0] == "/" and len(tokens) > 2:
        parts["line-height"] = (tokens[1],)
        tokens = tokens[2:]
    return {**parts, "font-family": tuple(tokens)}


def _font_part(token: Token) -> str:
    word = token.lower_value if token.type == "ident" else ""
    if word in ("italic", "oblique"):
        return "font-style"
    return "font-variant" if word == "small-caps" else "font-weight"


def ident(word: str) -> tuple[Token, ...]:
    """Return the tokens of one keyword."""
    return tuple(tinycss2.parse_component_value_list(word))


_SHORTHANDS: dict[str, Callable[[str, Sequence[Token]], Longhands | None]] = {
    **dict.fromkeys(("margin", "padding", "border-width", "border-style", "border-color"), _four_sides),
    **dict.fromkeys(("border", *(f"border-{side}" for side in SIDES)), _border),
    "font": _font,
}
