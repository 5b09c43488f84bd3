"""Labels of paragraphs → Word's own numbering: `word/numbering.xml` and, per label, the list it counts in.

Every list of the letter is a `w:num` of its own that starts at its first number, so it restarts, continues an earlier
one or skips labels exactly as its author numbered it, and Word goes on counting when an item is added.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from letters.model.document import Numeral, Scheme
from letters.model.labels import BULLET
from letters.writers.docx.blocks import Label, Level
from letters.writers.docx.xml import Node, make, value

_FORMATS = {
    Numeral.DECIMAL: "decimal",
    Numeral.LOWER_ALPHA: "lowerLetter",
    Numeral.UPPER_ALPHA: "upperLetter",
    Numeral.LOWER_ROMAN: "lowerRoman",
    Numeral.UPPER_ROMAN: "upperRoman",
    Numeral.BULLET: "bullet",
}
_DEEPEST = 8
"""Word's deepest level; lists deeper than that share it."""

Levels = tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class _Num:
    """One `w:num`: a list, or the part of it after skipped labels."""

    abstract: int
    level: int
    start: int


@dataclass
class Numbering:
    """Gives out list ids in reading order and remembers what they mean."""

    _abstracts: dict[Levels, int] = field(default_factory=dict)
    _nums: list[_Num] = field(default_factory=list)
    _running: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By series: the list id in use and the last number counted."""

    def place(self, label: Label) -> tuple[int, int]:
        """Return level and list id for the paragraph that bears `label`; labels come in reading order."""
        level = min(len(label.levels) - 1, _DEEPEST)
        number, last = self._running.get(label.series, (0, 0))
        if number == 0 or label.number not in (last + 1, 0):
            abstract = self._abstracts.setdefault(label.levels[-_DEEPEST - 1 :], len(self._abstracts) + 1)
            self._nums.append(_Num(abstract, level, max(label.number, 1)))
            number = len(self._nums)
        self._running[label.series] = number, label.number
        return level, number

    @property
    def used(self) -> bool:
        """Return whether any list was placed."""
        return bool(self._nums)

    def element(self) -> Node:
        """Return the root of `word/numbering.xml`."""
        abstracts = [_abstract(number, levels) for levels, number in self._abstracts.items()]
        return make("w:numbering", *abstracts, *(_num(number, num) for number, num in enumerate(self._nums, 1)))


def _abstract(number: int, levels: Levels) -> Node:
    kind = "singleLevel" if len(levels) == 1 else "multilevel"
    parts = [_level(depth, level) for depth, level in enumerate(levels)]
    return make("w:abstractNum", value("w:multiLevelType", kind), *parts, abstractNumId=number)


def _level(depth: int, level: Level) -> Node:
    """Return a level; the tab after its label ends at the text, even past a stop Word sets by default."""
    return make(
        "w:lvl",
        value("w:start", 1),
        value("w:numFmt", _FORMATS[level.scheme.numeral]),
        value("w:suff", "tab"),
        value("w:lvlText", level_text(depth, level.scheme)),
        value("w:lvlJc", "left"),
        make(
            "w:pPr",
            make("w:tabs", make("w:tab", val="num", pos=level.left)),
            make("w:ind", left=level.left, hanging=level.hanging),
        ),
        ilvl=depth,
    )


def level_text(depth: int, scheme: Scheme) -> str:
    """Return the label of a level with Word's sign for its number: `%1.`, `(%2)`."""
    return BULLET if scheme.numeral is Numeral.BULLET else f"{scheme.prefix}%{depth + 1}{scheme.suffix}"


def _num(number: int, num: _Num) -> Node:
    start = make("w:lvlOverride", value("w:startOverride", num.start), ilvl=num.level)
    return make("w:num", value("w:abstractNumId", num.abstract), start, numId=number)
