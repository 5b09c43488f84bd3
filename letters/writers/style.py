"""Stylesheet + element tree → computed values of every element, and the page set-up.

The part of CSS that letters need, with WeasyPrint's defaults for HTML. Lengths come out in points. Declarations that
are not understood do not count, as CSS wants it; `letters.writers.docx.limits` reports them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree.ElementTree import Element

import cssselect2

from letters.writers.css import MARGIN_BOXES, SIDES, Declaration, PageRule, Rule, Sheet, read_sheet
from letters.writers.properties import PROPERTIES, Em, Factor, Part, Percent, Value, understood, wide_keyword

# -- one element ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Border:
    """One side of a box."""

    width: float = 0.0
    """In points; 0 = no line."""
    style: str = "none"
    color: str = "000000"


@dataclass(frozen=True, slots=True)
class Style:
    """The computed values of one element, pseudo-element or margin box."""

    values: Mapping[str, Value]

    def word(self, name: str) -> str:
        """Return a keyword or name; empty if the value is of another kind."""
        value = self.values[name]
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """Return `font-weight` as bold, `font-style` as italic."""
        return self.values[name] is True

    def number(self, name: str) -> float:
        """Return a plain number."""
        value = self.values[name]
        return float(value) if isinstance(value, float | int) else 0.0

    def points(self, name: str, whole: float = 0.0) -> float:
        """Return a length in points, percentages taken of `whole`; keywords such as `auto` give 0."""
        value = self.values[name]
        return value.share * whole if isinstance(value, Percent) else self.number(name)

    @property
    def keeps_two_lines(self) -> bool:
        """Whether no page has a single line of a paragraph; Word and Typst know no finer `widows` and `orphans`."""
        return self.number("widows") >= 2 or self.number("orphans") >= 2

    @property
    def line_height(self) -> float:
        """Height of a line in points; 0 = `normal`, the font's own."""
        value = self.values["line-height"]
        return value.times * self.number("font-size") if isinstance(value, Factor) else self.number("line-height")

    @property
    def content(self) -> tuple[Part, ...] | None:
        """Generated content; None if there is none and the pseudo-element does not exist."""
        value = self.values["content"]
        return tuple(part for part in value if isinstance(part, Part)) if isinstance(value, tuple) else None

    def border(self, side: str) -> Border:
        """Return the line on `side` (`top`, `right`, `bottom`, `left`)."""
        style = self.word(f"border-{side}-style")
        if style in ("none", "hidden"):
            return Border()
        color = self.word(f"border-{side}-color")
        return Border(
            self.number(f"border-{side}-width"), style, self.word("color") if color == "currentcolor" else color
        )


INITIAL = Style({name: found.initial for name, found in PROPERTIES.items()})


def compute(declarations: Iterable[Declaration], parent: Style, root_size: float = 12.0) -> Style:
    """Return the style of a box from its `declarations`, weakest first, and its parent's style."""
    winners: dict[str, Declaration] = {}
    for declaration in declarations:
        winners[declaration.name] = declaration
    size_unit = Em(parent.number("font-size"), root_size)
    size = _value("font-size", winners.get("font-size"), parent, size_unit)
    unit = Em(size if isinstance(size, float) else size_unit.em, root_size)
    values = {name: _value(name, winners.get(name), parent, unit) for name in PROPERTIES}
    return Style({**values, "font-size": size})


def _value(name: str, declaration: Declaration | None, parent: Style, unit: Em) -> Value:
    rule = PROPERTIES[name]
    wide = wide_keyword(declaration.value) if declaration else "unset"
    if wide == "inherit" or (wide == "unset" and rule.inherited):
        return parent.values[name]
    value = rule.parse(declaration.value, unit) if declaration and not wide else None
    if value is None:
        return rule.initial
    return parent.values["color"] if name == "color" and value == "currentcolor" else value


# -- the tree -------------------------------------------------------------------------------------------

# WeasyPrint's defaults for the elements letters are made of.
_DEFAULTS = """
html, body, div, p, h1, h2, h3, h4, h5, h6, ol { display: block }
li { display: list-item }
table { display: table; text-indent: 0 }
tr { display: table-row }
td, th { display: table-cell; vertical-align: middle; padding: 1px }
head, col { display: none }
body { margin: 8px }
p, ol { margin: 1em 0 }
ol { padding-left: 40px; break-before: avoid }
ol ol { margin: 0 }
h1, h2, h3, h4, h5, h6 { font-weight: bold; break-after: avoid; break-inside: avoid }
h1 { font-size: 2em; margin: .67em 0 }
h2 { font-size: 1.5em; margin: .83em 0 }
h3 { font-size: 1.17em; margin: 1em 0 }
h4 { margin: 1.33em 0 }
h5 { font-size: .83em; margin: 1.67em 0 }
h6 { font-size: .67em; margin: 2.33em 0 }
th { font-weight: bold; text-align: center }
strong { font-weight: bold }
em { font-style: italic }
u { text-decoration: underline }
"""


@dataclass(frozen=True)
class Page:
    """The page set-up; lengths in points."""

    width: float
    height: float
    margins: Mapping[str, float]
    """By side."""
    first_margins: Mapping[str, float]
    """The same for page 1."""
    boxes: Mapping[str, Style]
    """Margin boxes with content, by name, on pages from 2."""
    first_boxes: Mapping[str, Style]
    """The same for page 1."""


@dataclass(frozen=True)
class Match:
    """A rule of the author's and an element it applies to."""

    rule: Rule
    element: Element
    pseudo: str


@dataclass
class Cascade:
    """The computed style of every element below a root."""

    sheet: Sheet
    page: Page
    matches: list[Match]
    """Every rule of the stylesheet that applies to some element, in reading order of the elements."""
    _styles: dict[tuple[int, str], Style] = field(default_factory=dict)

    def style(self, element: Element) -> Style:
        """Return the style of `element`."""
        return self._styles[id(element), ""]

    def pseudo(self, element: Element, name: str) -> Style | None:
        """Return the style of `element`'s `before`, `after` or `marker`; None if no rule speaks of it."""
        return self._styles.get((id(element), name))


def cascade(css: str, root: Element) -> Cascade:
    """Return the computed styles of `root` (an `<html>` element) and everything below it."""
    sheet = _sheet(css)
    matcher = _matcher(_sheet(_DEFAULTS), sheet)
    matches: list[Match] = []
    styles: dict[tuple[int, str], Style] = {}
    for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        element = wrapper.etree_element
        parent = INITIAL if wrapper.parent is None else styles[id(wrapper.parent.etree_element), ""]
        found = matcher.match(wrapper)
        for pseudo in sorted({pseudo or "" for _, _, pseudo, _ in found} | {""}):
            declared = [payload for _, _, name, payload in found if (name or "") == pseudo]
            matches += (Match(rule, element, pseudo) for author, rule in declared if author)
            above = styles[id(element), ""] if pseudo else parent
            styles[id(element), pseudo] = compute(_in_order(declared), above, _root_size(root, styles))
    return Cascade(sheet, _page(sheet.pages, styles[id(root), ""]), matches, styles)


@lru_cache(maxsize=16)
def _sheet(css: str) -> Sheet:
    return read_sheet(css)


def _matcher(defaults: Sheet, sheet: Sheet) -> cssselect2.Matcher:
    matcher = cssselect2.Matcher()
    for author, rules in ((False, defaults.rules), (True, sheet.rules)):
        for rule in rules:
            matcher.add_selector(rule.selector, (author, rule))
    return matcher


def _in_order(declared: Sequence[tuple[bool, Rule]]) -> list[Declaration]:
    """Return the declarations weakest first: defaults, author, author's `!important`; each by specificity and order."""
    found = [
        ((author, declaration.important), declaration)
        for author, rule in declared
        for declaration in rule.declarations
        if understood(declaration)
    ]
    return [declaration for _, declaration in sorted(found, key=lambda pair: pair[0])]


def _root_size(root: Element, styles: Mapping[tuple[int, str], Style]) -> float:
    return styles[id(root), ""].number("font-size") if (id(root), "") in styles else 12.0


# -- pages ----------------------------------------------------------------------------------------------


def _page(rules: Sequence[PageRule], root: Style) -> Page:
    usual = [rule for rule in rules if not rule.first]
    first = [*usual, *(rule for rule in rules if rule.first)]
    style, first_style = (_page_style(group, root) for group in (usual, first))
    width, height = _size(style)
    return Page(
        width,
        height,
        {side: style.points(f"margin-{side}", width) for side in SIDES},
        {side: first_style.points(f"margin-{side}", width) for side in SIDES},
        _boxes(usual, style),
        _boxes(first, first_style),
    )


def _page_style(rules: Sequence[PageRule], root: Style) -> Style:
    declarations = [declaration for rule in rules for declaration in rule.declarations if understood(declaration)]
    return compute(declarations, root, root.number("font-size"))


def _size(style: Style) -> tuple[float, float]:
    value = style.values["size"]
    numbers = [part for part in value if isinstance(part, float)] if isinstance(value, tuple) else []
    return numbers[0], numbers[1]


def _boxes(rules: Sequence[PageRule], page: Style) -> dict[str, Style]:
    """Return the style of every margin box that has content."""
    found = {}
    for name in MARGIN_BOXES:
        declarations = [
            declaration for rule in rules for declaration in rule.boxes.get(name, ()) if understood(declaration)
        ]
        style = compute(declarations, page, page.number("font-size"))
        if style.content:
            found[name] = style
    return found
