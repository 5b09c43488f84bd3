"""Inlines + their elements' styles → lines of runs, with white space collapsed as CSS does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from letters.model import document as model
from letters.writers.docx.blocks import Face, Run, twips
from letters.writers.docx.slots import text_slot
from letters.writers.source import Source
from letters.writers.style import Style

Line = list[Run]
_BLANKS = re.compile("[ \t\n\r\f]+")


def face_of(style: Style) -> Face:
    """Return how the characters of a box look."""
    return Face(
        family=style.word("font-family"),
        size=round(2 * style.number("font-size")),
        bold=style.flag("font-weight"),
        italic=style.flag("font-style"),
        underline=style.word("text-decoration-line") == "underline",
        strike=style.word("text-decoration-line") == "line-through",
        caps=style.word("text-transform") == "uppercase",
        small_caps=style.word("font-variant") == "small-caps",
        color=style.word("color"),
        spacing=twips(style.points("letter-spacing")),
    )


def lines_of(source: Source, inlines: Sequence[model.Inline]) -> list[tuple[Line, float]]:
    """Return the lines of `inlines` with their height in points (0 = the font's own).

    A line is what stands between forced line breaks; how it wraps is up to Word.
    """
    lines: list[Line] = [[]]
    heights: list[list[float]] = [[]]
    for run, height in _runs(source, inlines):
        if run.text == "\n":
            lines.append([])
            heights.append([])
        else:
            lines[-1].append(run)
            heights[-1].append(height)
    if len(lines) > 1 and not lines[-1]:
        lines.pop()
    return [(_collapsed(line), max(sizes, default=0.0)) for line, sizes in zip(lines, heights, strict=False)]


def _runs(source: Source, inlines: Sequence[model.Inline]) -> Iterator[tuple[Run, float]]:
    """Yield a run per piece of text; a lone line feed is a line break, a lone tab a jump to the right side."""
    for inline in inlines:
        style = source.style(inline)
        match inline:
            case model.Text():
                yield Run(inline.text, face_of(style)), style.line_height
            case model.Value():
                yield Run(text_slot(inline.index), face_of(style)), style.line_height
            case model.LineBreak():
                yield Run("\n", face_of(style)), 0.0
            case model.Fill():
                yield Run("\t", face_of(style)), style.line_height
            case _:
                yield from _runs(source, inline.children)


def _collapsed(line: Line) -> Line:
    """Return `line` with runs of blanks as one, none at its ends or beside a tab, and neighbours of one face joined."""
    done: Line = []
    after_blank = True
    for run in line:
        text = "\t" if run.text == "\t" else _BLANKS.sub(" ", run.text)
        if text == "\t":
            done = _stripped(done)
        elif after_blank:
            text = text.removeprefix(" ")
        if not text:
            continue
        after_blank = text[-1] in " \t"
        if done and done[-1].face == run.face:
            done[-1] = replace(done[-1], text=done[-1].text + text)
        else:
            done.append(replace(run, text=text))
    return _stripped(done)


def _stripped(line: Line) -> Line:
    """Return `line` without a blank at its end."""
    if not line or not line[-1].text.endswith(" "):
        return line
    last = replace(line[-1], text=line[-1].text.removesuffix(" "))
    return [*line[:-1], last] if last.text else line[:-1]
