"""CSS property name + tokens → value in points, keyword or None: the part of CSS that letters need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import tinycss2.color4

from letters.writers.css import SIDES, Declaration, Token


@dataclass(frozen=True, slots=True)
class Percent:
    """A share of something only the layout knows."""

    share: float
    """1.0 = all of it."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A line height as a multiple of the font size, inherited as such."""

    times: float


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of generated content: words, or the counter `page` or `pages`."""

    text: str = ""
    counter: str = ""


Value: TypeAlias = str | float | bool | Percent | Factor | tuple[Part, ...] | tuple[float, float]
POINTS = {"pt": 1.0, "px": 0.75, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "q": 1.8 / 2.54}
_PAPERS = {"a3": (297, 420), "a4": (210, 297), "a5": (148, 210), "letter": (215.9, 279.4), "legal": (215.9, 355.6)}


@dataclass(frozen=True, slots=True)
class Em:
    """What relative lengths are measured against, in points."""

    em: float
    rem: float


Parse: TypeAlias = Callable[[Sequence[Token], Em], Value | None]


@dataclass(frozen=True, slots=True)
class Property:
    parse: Parse
    initial: Value
    inherited: bool = False


def _length(token: Token, unit: Em) -> float | Percent | None:
    """Return a length in points or a percentage; None if `token` is neither."""
    if token.type == "number" and token.value == 0:
        return 0.0
    if token.type == "percentage":
        return Percent(token.value / 100)
    if token.type != "dimension":
        return None
    relative = {"em": unit.em, "rem": unit.rem}
    size = POINTS.get(token.lower_unit) or relative.get(token.lower_unit)
    return token.value * size if size else None


def _one_length(*keywords: str) -> Parse:
    def parse(value: Sequence[Token], unit: Em) -> Value | None:
        if len(value) != 1:
            return None
        word = value[0].lower_value if value[0].type == "ident" else ""
        return word if word in keywords else _length(value[0], unit)

    return parse


def _keyword(*keywords: str) -> Parse:
    def parse(value: Sequence[Token], _unit: Em) -> Value | None:
        word = value[0].lower_value if len(value) == 1 and value[0].type == "ident" else ""
        return word if word in keywords else None

    return parse


def _number(value: Sequence[Token], _unit: Em) -> Value | None:
    return value[0].value if len(value) == 1 and value[0].type == "number" else None


def _font_family(value: Sequence[Token], _unit: Em) -> Value | None:
    """Return the first family as it is written: Word has no list of stand-ins."""
    names: list[list[str]] = [[]]
    for token in value:
        if token == ",":
            names.append([])
        elif token.type in ("string", "ident"):
            names[-1].append(token.value)
        else:
            return None
    return " ".join(names[0]) or None


def _font_size(value: Sequence[Token], unit: Em) -> Value | None:
    found = _length(value[0], unit) if len(value) == 1 else None
    return found.share * unit.em if isinstance(found, Percent) else found


def _font_weight(value: Sequence[Token], unit: Em) -> Value | None:
    """Return whether letters are bold."""
    number, word = _number(value, unit), _keyword("normal", "bold", "bolder")(value, unit)
    if isinstance(number, int | float):
        return number >= 600
    return None if word is None else word != "normal"


def _font_style(value: Sequence[Token], unit: Em) -> Value | None:
    word = _keyword("normal", "italic", "oblique")(value, unit)
    return None if word is None else word != "normal"


def _line_height(value: Sequence[Token], unit: Em) -> Value | None:
    number = _number(value, unit)
    if isinstance(number, float | int):
        return Factor(float(number))
    found = _one_length("normal")(value, unit)
    return found.share * unit.em if isinstance(found, Percent) else found


def _color(value: Sequence[Token], _unit: Em) -> Value | None:
    found = tinycss2.color4.parse_color(value[0]) if len(value) == 1 else None
    if found is None:
        return None
    if found == "currentcolor":
        return "currentcolor"
    red, green, blue = (round(255 * max(0.0, min(1.0, part))) for part in found.to("srgb").coordinates)
    return f"{red:02X}{green:02X}{blue:02X}"


def _border_width(value: Sequence[Token], unit: Em) -> Value | None:
    word = value[0].lower_value if len(value) == 1 and value[0].type == "ident" else ""
    return {"thin": 0.75, "medium": 2.25, "thick": 3.75}.get(word) or _one_length()(value, unit)


def _content(value: Sequence[Token], _unit: Em) -> Value | None:
    """Return generated content; none at all for the keywords `none` and `normal`."""
    if len(value) == 1 and value[0].type == "ident" and value[0].lower_value in ("none", "normal"):
        return "none"
    parts = []
    for token in value:
        if token.type == "string":
            parts.append(Part(token.value))
        elif token.type == "function" and token.lower_name == "counter" and _counter(token) in ("page", "pages"):
            parts.append(Part(counter=_counter(token)))
        else:
            return None
    return tuple(parts) or None


def _counter(token: Token) -> str:
    words = [argument.lower_value for argument in token.arguments if argument.type == "ident"]
    return words[0] if len(words) == 1 else ""


def _page_size(value: Sequence[Token], unit: Em) -> Value | None:
    """Return width and height in points."""
    words = [token.lower_value for token in value if token.type == "ident"]
    lengths = [found for token in value if isinstance(found := _length(token, unit), float)]
    if len(lengths) in (1, 2) and not words:
        return lengths[0], lengths[-1]
    papers = [_PAPERS[word] for word in words if word in _PAPERS]
    if len(papers) != 1 or any(word not in (*_PAPERS, "portrait", "landscape") for word in words):
        return None
    width, height = (side * POINTS["mm"] for side in papers[0])
    return (height, width) if "landscape" in words else (width, height)


_BREAKS = _keyword("auto", "avoid", "page", "always", "avoid-page")
_LINE_STYLES = _keyword("none", "hidden", "solid", "double", "dotted", "dashed")
PROPERTIES: Mapping[str, Property] = {
    "font-family": Property(_font_family, "Times New Roman", True),
    "font-size": Property(_font_size, 12.0, True),
    "font-weight": Property(_font_weight, False, True),
    "font-style": Property(_font_style, False, True),
    "font-variant": Property(_keyword("normal", "small-caps"), "normal", True),
    "line-height": Property(_line_height, "normal", True),
    "text-align": Property(_keyword("left", "right", "center", "justify", "start", "end"), "start", True),
    "text-indent": Property(_one_length(), 0.0, True),
    "text-transform": Property(_keyword("none", "uppercase"), "none", True),
    "text-decoration-line": Property(_keyword("none", "underline", "line-through"), "none", True),
    "letter-spacing": Property(_one_length("normal"), "normal", True),
    "color": Property(_color, "000000", True),
    "white-space": Property(_keyword("normal", "nowrap"), "normal", True),
    "tab-size": Property(_one_length(), 0.0, True),
    "orphans": Property(_number, 2, True),
    "widows": Property(_number, 2, True),
    "border-collapse": Property(_keyword("separate", "collapse"), "separate", True),
    "table-layout": Property(_keyword("auto", "fixed"), "auto"),
    "vertical-align": Property(_keyword("baseline", "top", "middle", "bottom"), "baseline"),
    "display": Property(
        _keyword("inline", "block", "inline-block", "list-item", "table", "table-row", "table-cell", "none"), "inline"
    ),
    "position": Property(_keyword("static", "relative", "absolute"), "static"),
    "float": Property(_keyword("none", "right"), "none"),
    "clear": Property(_keyword("none", "both", "right"), "none"),
    "left": Property(_one_length("auto"), "auto"),
    "top": Property(_one_length("auto"), "auto"),
    "width": Property(_one_length("auto"), "auto"),
    "height": Property(_one_length("auto"), "auto"),
    "min-height": Property(_one_length("auto"), 0.0),
    "break-before": Property(_BREAKS, "auto"),
    "break-after": Property(_BREAKS, "auto"),
    "break-inside": Property(_keyword("auto", "avoid", "avoid-page"), "auto"),
    "content": Property(_content, "none"),
    "size": Property(_page_size, (595.3, 841.9)),
    **{f"margin-{side}": Property(_one_length("auto"), 0.0) for side in SIDES},
    **{f"padding-{side}": Property(_one_length(), 0.0) for side in SIDES},
    **{f"border-{side}-width": Property(_border_width, 2.25) for side in SIDES},
    **{f"border-{side}-style": Property(_LINE_STYLES, "none") for side in SIDES},
    **{f"border-{side}-color": Property(_color, "currentcolor") for side in SIDES},
}
"""Every property that is understood. The initial value of `text-align` depends on nothing here: letters run left to
right."""


def understood(declaration: Declaration) -> bool:
    """Return whether `declaration` counts: its property is known and its value fits."""
    found = PROPERTIES.get(declaration.name)
    if found is None:
        return False
    return wide_keyword(declaration.value) != "" or found.parse(declaration.value, Em(1, 1)) is not None


def wide_keyword(value: Sequence[Token]) -> str:
    """Return the keyword every property takes, if `value` is one."""
    word = value[0].lower_value if len(value) == 1 and value[0].type == "ident" else ""
    return word if word in ("inherit", "initial", "unset") else ""
