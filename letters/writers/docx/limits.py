"""Document with computed styles → what Word cannot do of the stylesheet, said with the line it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from xml.etree.ElementTree import Element

import tinycss2

from letters.errors import N_, Place, Problem, Severity
from letters.writers.css import SIDES, Declaration
from letters.writers.properties import PROPERTIES, understood
from letters.writers.source import Source
from letters.writers.style import Cascade, Match, Page

STYLESHEET = "surat.css"

_HARMLESS: Mapping[str, frozenset[str]] = {
    "font-kerning": frozenset({"none"}),
    "font-variant-ligatures": frozenset({"none"}),
    "hyphens": frozenset({"none", "manual"}),
    "overflow-wrap": frozenset({"normal", "break-word", "anywhere"}),
    "image-rendering": frozenset({"auto", "crisp-edges", "pixelated"}),
    "box-sizing": frozenset({"border-box", "content-box"}),
}
"""Properties Word needs no word about, with the values that say what it does anyway, or that only matter elsewhere."""

Test = Callable[[Match, str], bool]
"""Whether Word can follow a property with this value on the matched element."""


def limits(source: Source) -> list[Problem]:
    """Return a warning for every line of the stylesheet that DOCX does not show on this document."""
    styles = source.styles
    found = [(fault.line, fault.text, "") for fault in styles.sheet.faults]
    found += [(line, text, _selector(match)) for match in styles.matches for line, text in _declined(match, styles)]
    found += [(line, text, "@page") for line, text in _declined_page(styles)]
    return [_problem(*parts) for parts in sorted(set(found))]


def _problem(line: int, text: str, element: str) -> Problem:
    place = Place(file=STYLESHEET, line=line)
    remedy = N_("Take it out of the stylesheet, or accept that DOCX and PDF differ there.")
    if element:
        message = N_("Word cannot follow “{text}” on “{element}”; the DOCX will look different there.")
        params = {"text": text, "element": element}
        return Problem("writers.docx-style", message, remedy, place, params, Severity.WARNING)
    message = N_("The DOCX writer does not understand “{text}” and leaves it out.")
    return Problem("writers.docx-style-unknown", message, remedy, place, {"text": text}, Severity.WARNING)


def _selector(match: Match) -> str:
    """Return the matched element in CSS words: `p.isian`, `li::marker`."""
    classes = "".join(f".{name}" for name in match.element.get("class", "").split())
    return f"{match.element.tag}{classes}" + (f"::{match.pseudo}" if match.pseudo else "")


def _declined(match: Match, styles: Cascade) -> Iterator[tuple[int, str]]:
    for declaration in match.rule.declarations:
        if not _followed(declaration, match, styles):
            yield declaration.line, declaration.source


def _value(declaration: Declaration) -> str:
    return " ".join(tinycss2.serialize([token]) for token in declaration.value)


def _followed(declaration: Declaration, match: Match, styles: Cascade) -> bool:
    name, value = declaration.name, _value(declaration)
    if name in _HARMLESS:
        return value in _HARMLESS[name]
    if not understood(declaration):
        return False
    initial = PROPERTIES[name].initial
    style = styles.style(match.element) if not match.pseudo else styles.pseudo(match.element, match.pseudo)
    if style is not None and style.values[name] == initial:
        return True
    if match.pseudo not in ("", "before", "after"):
        return match.pseudo == "marker" and name == "tab-size"
    test = _TESTS.get(name)
    return test is None or test(match, value)


# -- where Word can follow what -------------------------------------------------------------------------

_BLOCKS = frozenset({"html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "li", "table"})
_CELLS = frozenset({"td", "th"})
_FIELD_PARTS = frozenset({"label", "titik-dua"})


_USUAL_DISPLAYS = {
    "div": ("block", "table", "table-cell"),
    "li": ("list-item",),
    "table": ("table",),
    "tr": ("table-row",),
    "td": ("table-cell",),
    "th": ("table-cell",),
    "strong": ("inline",),
    "em": ("inline",),
    "u": ("inline",),
    "img": ("inline", "block"),
}


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())


def _is_block(match: Match, _value: str) -> bool:
    return match.element.tag in _BLOCKS and match.pseudo in ("", "before", "after")


def _is_box(match: Match, value: str) -> bool:
    """Room around: blocks, cells (inside), and the parts of lines that stand at tab stops anyway."""
    inline = match.element.tag == "span" and bool(_classes(match.element) & {*_FIELD_PARTS, "kanan"})
    return (_is_block(match, value) or match.element.tag in _CELLS or inline) and value != "auto"


def _is_ruled(match: Match, value: str) -> bool:
    return _is_block(match, value) or match.element.tag in _CELLS


def _is_cell(match: Match, _value: str) -> bool:
    return match.element.tag in (*_CELLS, "div") and not match.pseudo


def _is_picture(match: Match, _value: str) -> bool:
    return match.element.tag == "img" and not match.pseudo


def _has_width(match: Match, value: str) -> bool:
    if match.element.tag == "div":
        return value == ("0" if match.pseudo == "before" else "100%")
    return match.element.tag in ("img", "table") or bool(_classes(match.element) & _FIELD_PARTS)


def _has_height(match: Match, value: str) -> bool:
    return _is_picture(match, value) or match.pseudo in ("before", "after")


def _displayed(match: Match, value: str) -> bool:
    if match.pseudo:
        return value == "block" and match.element.tag == "div"
    if match.element.tag in _USUAL_DISPLAYS:
        return value in _USUAL_DISPLAYS[match.element.tag]
    if match.element.tag == "span":
        return value == "inline-block" and bool(_classes(match.element) & _FIELD_PARTS)
    return value == "block"


def _positioned(match: Match, value: str) -> bool:
    return value == "relative" or (value == "absolute" and _is_picture(match, value))


def _floated(match: Match, value: str) -> bool:
    """The right side of a line, and the strut above a closing rule (see `regions`)."""
    return match.pseudo == "before" or _on_right_side(match, value)


def _closes(match: Match, _value: str) -> bool:
    return match.pseudo == "after"


def _on_right_side(match: Match, _value: str) -> bool:
    return match.element.tag == "span" and "kanan" in _classes(match.element)


def _empty_content(match: Match, value: str) -> bool:
    return match.element.tag == "div" and match.pseudo in ("before", "after") and value in ('""', "''")


def _nowhere(_match: Match, _value: str) -> bool:
    """The step of a label's tab; elsewhere tabs are those of the letter."""
    return False


def _on_region(match: Match, _value: str) -> bool:
    return match.element.tag == "div" and not match.pseudo


def _above(match: Match, value: str) -> bool:
    """Blocks cannot overlap in Word; only the letterhead reaches into the margin, being a header."""
    return _is_box(match, value) and (not value.startswith("-") or "kop" in _classes(match.element))


_TESTS: Mapping[str, Test] = {
    **{f"margin-{side}": _is_box for side in ("right", "left", "bottom")},
    "margin-top": _above,
    **{f"padding-{side}": _is_box for side in SIDES},
    **{f"border-{side}-{part}": _is_ruled for side in ("top", "bottom") for part in ("width", "style", "color")},
    **{
        f"border-{side}-{part}": (lambda match, _value: match.element.tag in _CELLS)
        for side in ("left", "right")
        for part in ("width", "style", "color")
    },
    "vertical-align": _is_cell,
    "left": _is_picture,
    "top": _is_picture,
    "width": _has_width,
    "height": _has_height,
    "min-height": _on_region,
    "display": _displayed,
    "position": _positioned,
    "float": _floated,
    "clear": _closes,
    "white-space": _on_right_side,
    "content": _empty_content,
    "tab-size": _nowhere,
}


# -- pages ----------------------------------------------------------------------------------------------


def _declined_page(styles: Cascade) -> Iterator[tuple[int, str]]:
    for rule in styles.sheet.pages:
        declarations = [*rule.declarations, *(one for box in rule.boxes.values() for one in box)]
        for declaration in declarations:
            first_margin = rule.first and declaration.name.startswith("margin-") and declaration in rule.declarations
            if not _followed_on_page(declaration) or (first_margin and _other_margin(declaration.name, styles.page)):
                yield declaration.line, declaration.source


def _followed_on_page(declaration: Declaration) -> bool:
    if declaration.name in _HARMLESS:
        return _value(declaration) in _HARMLESS[declaration.name]
    return understood(declaration)


def _other_margin(name: str, page: Page) -> bool:
    """Return whether page 1 has a margin Word cannot give it: it has one set for all, a letterhead may begin higher."""
    side = name.removeprefix("margin-")
    return side != "top" and page.first_margins[side] != page.margins[side]
