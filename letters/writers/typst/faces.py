"""Computed style → how characters look, as Typst settings; each look is named once in the source of a shape."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from letters.writers.fonts import family_list
from letters.writers.style import Style
from letters.writers.typst.code import array, call, points, string
from letters.writers.typst.fonts import extent


@dataclass(frozen=True, slots=True)
class Face:
    """How characters look and how much of a line they take; lengths in points."""

    family: str
    size: float
    bold: bool
    italic: bool
    color: str
    spacing: float
    case: str
    """`upper`, `smallcaps` or nothing."""
    line: str
    """`underline`, `strike` or nothing."""
    top: float
    """From the baseline to the upper edge of the line."""
    bottom: float
    """From the baseline to its lower edge."""

    @property
    def height(self) -> float:
        """Return the height of a line of these characters."""
        return self.top + self.bottom

    def in_line_of(self, other: Face) -> Face:
        """Return this face in a line that is at least as high as `other` wants it (CSS: the strut)."""
        return replace(self, top=max(self.top, other.top), bottom=max(self.bottom, other.bottom))


_CASES = {"text-transform": {"uppercase": "upper"}, "font-variant": {"small-caps": "smallcaps"}}
_LINES = {"underline": "underline", "line-through": "strike"}


def face_of(style: Style) -> Face:
    """Return how the characters of a box look. The baseline stands as in CSS, with half the leading on each side."""
    family, size = style.word("font-family"), style.number("font-size")
    bold, italic = style.flag("font-weight"), style.flag("font-style")
    found = extent(family, bold, italic)
    ascent, descent = found.ascent * size, found.descent * size
    half = (style.line_height - ascent - descent) / 2 if style.line_height else 0.0
    return Face(
        family=family,
        size=size,
        bold=bold,
        italic=italic,
        color=style.word("color"),
        spacing=style.points("letter-spacing"),
        case="".join(names.get(style.word(name), "") for name, names in _CASES.items()),
        line=_LINES.get(style.word("text-decoration-line"), ""),
        top=ascent + half,
        bottom=descent + half,
    )


def settings(face: Face) -> dict[str, str]:
    """Return the named arguments of `text` for a face, all of them, so that nothing is left from the text around."""
    return {
        "font": array([string(family) for family in family_list(face.family)]),
        "size": points(face.size),
        "weight": string("bold" if face.bold else "regular"),
        "style": string("italic" if face.italic else "normal"),
        "fill": f'rgb("{face.color}")',
        "tracking": points(face.spacing),
        "top-edge": points(face.top),
        "bottom-edge": points(-face.bottom),
    }


@dataclass
class Faces:
    """The faces of a shape; each but the letter's own gets a function that sets it."""

    own: Face
    names: dict[Face, str] = field(default_factory=dict)

    def dress(self, code: str, face: Face, around: Face | None) -> str:
        """Return `code` in `face` where the text around it is in `around`, or in something unknown."""
        if not code or face == around:
            return code
        return call(self.names.setdefault(face, f"face{len(self.names)}"), code)

    def definitions(self) -> list[str]:
        """Return the lines that define the functions used."""
        return [f"let {name}(words) = {_dressed(face)}" for face, name in self.names.items()]


def _dressed(face: Face) -> str:
    words = call(face.case, "words") if face.case else "words"
    if face.line == "underline":
        words = call("underline", words, evade="false")
    elif face.line:
        words = call(face.line, words)
    return call("text", words, **settings(face))
