"""Problems in the merged text of a letter → the same problems where its templates say it: file and line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from letters.errors import Problem
from letters.merge import Template, Templates

PLACEHOLDERS = re.compile("[\U000f0000-\U000ffffd]")
FENCE = re.compile(r"\s*:{3,}(.*)")
OPEN, CLOSED = "reader.region-open", "reader.region-closed"
MISNAMED = ("reader.region-unknown", "reader.region-name")
VALUE = "…"
"""What the name of a region has in a problem where the template prints a value."""


def in_templates(problems: Sequence[Problem], text: str, templates: Templates, template: Template) -> Iterator[Problem]:
    """Yield the problems of the merged `text` at the lines of the template they come from, else of files it uses.

    Of regions with one wrong name each is told at its own line.
    """
    lines = templates.texts(template)[f"{template.name}.md"].split("\n")
    told: Counter[str] = Counter()
    for problem in problems:
        name = str(problem.params.get("name", ""))
        found = [number for number, line in enumerate(lines, 1) if problem.code in MISNAMED and _opens(line, name)]
        if found:
            line = found[min(told[name], len(found) - 1)]
            told[name] += 1
            yield replace(problem, place=replace(problem.place, line=line))
        else:
            yield _in_template(problem, text, templates, template)


def _opens(line: str, name: str) -> bool:
    """Return whether a line of a template opens a region of this name."""
    found = FENCE.fullmatch(line)
    return found is not None and ("{{" in found[1] if VALUE in name else name in found[1].split())


def _in_template(problem: Problem, text: str, templates: Templates, template: Template) -> Problem:
    """Return a problem in the merged `text` at the line of the template it comes from, else of a frame it uses.

    Merged lines have other numbers than the template's, so the line is found by its longest run of literal text. Where
    a region lacks its end, or has one too many, what the frame has around it no longer fits: the template is looked at.
    """
    written = templates.texts(template)[f"{template.name}.md"]
    if problem.code in (OPEN, CLOSED):
        for number, name in unbalanced(written):
            if bool(name) == (problem.code == OPEN):
                params = {**problem.params, "name": name} if name else problem.params
                return replace(problem, place=replace(problem.place, line=number), params=params)
    line = text.split("\n")[problem.place.line - 1] if problem.place.line else ""
    literal = max(PLACEHOLDERS.split(line), key=len).strip()
    found = [number for number, words in enumerate(written.split("\n"), 1) if literal and literal in words]
    if found or not literal:
        return replace(problem, place=replace(problem.place, line=found[0] if len(found) == 1 else 0))
    return replace(problem, place=templates.place_of(template, literal))


def unbalanced(text: str) -> Iterator[tuple[int, str]]:
    """Yield line and names of each region of a template that stays open, and the line of each end that closes nothing.

    Alternatives of a template are read one after the other, so this is for a text in which something is known to lack.
    """
    opened: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = FENCE.fullmatch(line)
        if found and (names := found[1].strip()):
            opened.append((number, names))
        elif found and opened:
            opened.pop()
        elif found:
            yield number, ""
    yield from opened
