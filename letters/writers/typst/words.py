"""Inlines with computed styles → Typst code for a paragraph's words, white space collapsed as CSS does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from letters.model import document as model
from letters.model.walk import Node
from letters.writers.source import Source
from letters.writers.typst.breaks import LONGEST, goes_on, pieces, stretches
from letters.writers.typst.code import block, call, string
from letters.writers.typst.faces import Face, Faces, face_of

_BLANKS = re.compile("[ \t\n\r\f]+")
_CHARACTER = 0.6
"""How wide a character of a long word is, about, in ems."""
BREAK, FILL, VALUE, BLANK = "break", "fill", "value", "blank"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face, or what stands between them."""

    text: str
    face: Face
    kind: str = ""
    """`value`, `blank`, `break` or `fill`; nothing for words of the template."""
    values: tuple[int, ...] = ()
    """Index of a value; of a blank: the values after which it stands, unless they are all empty."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a paragraph says, as code."""

    code: str
    right: str = ""
    """What stands at the right margin of the last line."""
    literal: int = 0
    """How many characters of the template are in it."""
    breaks: int = 0
    """How many line breaks of the template are in it."""
    values: tuple[int, ...] = ()
    """Indices of the values in it."""
    depth: float = 0.0
    """From the baseline to the lower edge of a line, in points."""


def words_of(source: Source, faces: Faces, node: Node, inlines: Sequence[model.Inline], width: float) -> Words:
    """Return the words of `inlines` as they stand in the box of `node`, in a column of `width`."""
    around = face_of(source.style(node))
    writer = _Writer(faces, around, int(width / (_CHARACTER * around.size)))
    runs = _collapsed(list(_runs(source, inlines, around)))
    lines = _lines(runs)
    left, right = _sides(lines[-1] if lines else [])
    parts = [part for line in lines[:-1] for part in (*writer.line(line), "linebreak()")]
    return Words(
        code=block([*parts, *writer.pieces(left)]),
        right=writer.boxed(right) if right else "",
        literal=sum(len(run.text) for run in runs),
        breaks=sum(run.kind == BREAK for run in runs),
        values=tuple(index for run in runs if run.kind == VALUE for index in run.values),
        depth=max([around.bottom, *(run.face.bottom for run in runs)]),
    )


def _runs(source: Source, inlines: Sequence[model.Inline], around: Face) -> Iterator[Run]:
    for inline in inlines:
        style = source.style(inline)
        face = face_of(style).in_line_of(around)
        match inline:
            case model.Text():
                yield Run(inline.text, face)
            case model.Value():
                yield Run("", face, VALUE, (inline.index,))
            case model.LineBreak():
                yield Run("", face, BREAK)
            case model.Fill():
                yield Run("", face, FILL)
            case _:
                yield from _runs(source, inline.children, around)


def _collapsed(runs: Sequence[Run]) -> list[Run]:
    """Return `runs` with blanks as CSS keeps them: one of many, none at the ends of a line or of a side."""
    done: list[Run] = []
    after_blank, between = True, ()  # type: tuple[bool, tuple[int, ...]]
    for run in runs:
        if run.kind == VALUE:
            # A blank before and one after a value that may be empty: the second stands only if it is not.
            between, after_blank = ((*between, *run.values) if after_blank or between else ()), False
            done.append(run)
        elif run.kind:
            _strip_end(done)
            after_blank, between = True, ()
            done.append(run)
        elif text := _BLANKS.sub(" ", run.text):
            starts = text.startswith(" ")
            if starts and between:
                done.append(Run("", run.face, BLANK, between))
            rest = text.removeprefix(" ") if after_blank or between else text
            if rest:
                done.append(replace(run, text=rest))
            after_blank, between = (rest or text).endswith(" ") or (starts and not rest), ()
    _strip_end(done)
    if done and done[-1].kind == BREAK:
        done.pop()
    return done


def _united(runs: Iterable[Run]) -> list[list[Run]]:
    """Return `runs` in groups; a number may go on from one run of a group to the next, a value among them."""
    groups: list[list[Run]] = []
    for run in runs:
        before = groups[-1][-1] if groups else run
        if VALUE in (before.kind, run.kind) and groups and goes_on(_as_words(before), _as_words(run)):
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _as_words(run: Run) -> str:
    """Return the words of a run; a value might be any."""
    return "0" if run.kind == VALUE else run.text


def _strip_end(runs: list[Run]) -> None:
    """Take the blank at the end of the last run away."""
    if runs and runs[-1].kind == BLANK:
        runs.pop()
    elif runs and runs[-1].text.endswith(" "):
        last = runs.pop()
        if text := last.text.removesuffix(" "):
            runs.append(replace(last, text=text))


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]] if runs else []
    for run in runs:
        if run.kind == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


def _sides(line: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """Return what stands left and right of the fill of a line; the fill itself begins the right side."""
    at = next((number for number, run in enumerate(line) if run.kind == FILL), len(line))
    return list(line[:at]), list(line[at:])


@dataclass(frozen=True)
class _Writer:
    """Writes runs that stand in text of the face `around`."""

    faces: Faces
    around: Face
    longest: int
    """Characters of a word that have room in a line."""

    def line(self, line: Sequence[Run]) -> list[str]:
        left, right = _sides(line)
        return [*self.pieces(left), *(["h(1fr)", self.boxed(right)] if right else [])]

    def boxed(self, right: Sequence[Run]) -> str:
        """Return the right side of a line in one piece; in WeasyPrint and Word, too, its padding does not move it."""
        return call("box", block(self.pieces(right[1:])))

    def pieces(self, runs: Sequence[Run]) -> list[str]:
        found = []
        for face, group in groupby((run for run in runs if run.kind != FILL), lambda run: run.face):
            found.append(self.faces.dress(block(map(self.group, _united(group))), face, self.around))
        return found

    def group(self, runs: Sequence[Run]) -> str:
        """Return runs of which several may make one number: what does is looked for in the letter."""
        if len(runs) == 1 or self.longest <= LONGEST:
            return block(map(self.piece, runs))
        loose = [call("loose", f"data.values.at({run.values[0]})") if run.values else string(run.text) for run in runs]
        return call("united", block(loose))

    def piece(self, run: Run) -> str:
        if run.kind == BLANK:
            return f'if {filled(run.values)} {{ " " }} else {{ "" }}'
        if run.kind == VALUE:
            (index,) = run.values
            return (
                f"value.at({index})" if self.longest > LONGEST else f"narrow({self.longest}, data.values.at({index}))"
            )
        first, *others = map(_piece, pieces(run.text, min(LONGEST, self.longest)))
        return block([*first, *(part for other in others for part in ("rift", *other))])


def _piece(text: str) -> list[str]:
    return [call("box", string(part)) if whole else string(part) for part, whole in stretches(text)]


def filled(values: Iterable[int]) -> str:
    """Return code for whether any of `values` has words."""
    return " or ".join(f"data.filled.at({index})" for index in values)


def alt_text(inlines: Sequence[model.Inline]) -> str:
    """Return the words for those who cannot see a picture, as code for one string; nothing if there are none."""
    found = []
    for inline in inlines:
        match inline:
            case model.Text():
                found.append(string(inline.text))
            case model.Value():
                found.append(f"joined(data.values.at({inline.index}))")
            case _:
                found.append('" "')
    return " + ".join(found)
