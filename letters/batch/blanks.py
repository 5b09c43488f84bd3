"""Refusal of a blank value → which column of which row is to be filled, where the value is a column's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from letters.errors import N_, Problem
from letters.merge import Template, Templates
from letters.model.letter import Recipient

BLANK = "merge.blank-value"
PRINTED = re.compile(r"\{\{-?\s*([\w.]+)")
TESTED = re.compile(r"\{%-?\s*(?:el)?if\s([^%]*)%\}")
LOOP = re.compile(r"\{%-?\s*for\s+(\w+)\s+in\s+([\w.]+)")
EVERYBODY = "penerima"
"""What a loop over the recipients goes through."""


def with_column(problem: Problem, templates: Templates, template: Template, people: Sequence[Recipient]) -> Problem:
    """Return the problem of a blank value with the name of what is printed, and the cell to fill when it is a column.

    `people` are those the letter goes to; a column that differs among several is blank for all of them together.
    """
    if problem.code != BLANK:
        return problem
    before, line = _lines_to(problem, templates.texts(template))
    printed = _printed(line)
    looped = dict(LOOP.findall(f"{before}{line}"))
    own = [name for name in printed if name in people[0].fields]
    of_each = [part for name in printed if (part := _column_in_loop(name, looped)) in people[0].fields]
    everywhere = [name for name in own if all(_lacks(person, name) for person in people)]
    if len(people) > 1 and (differing := [name for name in own if len({_cell(one, name) for one in people}) > 1]):
        return _differs(problem, differing)
    for name in (*everywhere, *of_each):
        if lacking := next((person for person in people if _lacks(person, name)), None):
            return _empty_cell(problem, lacking, name)
    return _empty_key(problem, printed[0]) if len(printed) == 1 and not own else problem


def _printed(line: str) -> list[str]:
    """Return the names that a line prints, but not those printed only where they are filled in, if others are left."""
    names = PRINTED.findall(line)
    tested = {name for condition in TESTED.findall(line) for name in re.findall(r"[\w.]+", condition)}
    return [name for name in names if name not in tested] or names


def _column_in_loop(name: str, looped: Mapping[str, str]) -> str:
    """Return the column that `orang.instansi` prints of each recipient in turn; empty for another kind of fact.

    `looped` says what each variable of a loop goes through.
    """
    first, _, last = name.partition(".")
    return last if looped.get(first) == EVERYBODY else ""


def _cell(person: Recipient, column: str) -> str:
    return person.fields.get(column, "").strip()


def _lacks(person: Recipient, column: str) -> bool:
    return not _cell(person, column)


def _lines_to(problem: Problem, texts: Mapping[str, str]) -> tuple[str, str]:
    """Return the lines before the one that the problem names, in its template or frame, and that line."""
    file = f"/{PurePath(problem.place.file).as_posix()}"
    names = [name for name in texts if file.endswith(f"/{name}")]
    whole = texts[max(names, key=len)] if names else ""  # `naskah/surat.md` ends like a template `surat.md`
    *before, line = whole.split("\n")[: problem.place.line] or [""]
    return "\n".join(before), line


def _name(path: str) -> str:
    """Return folder and name of a template or frame, without the suffix: `naskah/alamat`."""
    return "/".join(PurePath(path).parts[-2:]).removesuffix(".md")


# -- problems ------------------------------------------------------------------------------------------


def _differs(problem: Problem, columns: Sequence[str]) -> Problem:
    return replace(
        problem,
        message=N_('"{column}" is printed here, and differs among the recipients of this letter.'),
        remedy=N_("Leave it out of a letter to several, or give each a letter of their own."),
        params={"column": ", ".join(columns)},
    )


def _empty_cell(problem: Problem, person: Recipient, column: str) -> Problem:
    return replace(
        problem,
        message=N_('The letter prints the column "{column}" ({file}, line {line}), which is empty in this row.'),
        remedy=N_("Fill in the cell; where the table lacks the column, add it."),
        place=replace(person.place, column=column, key=person.key),
        params={"column": column, "file": _name(problem.place.file), "line": problem.place.line},
    )


def _empty_key(problem: Problem, name: str) -> Problem:
    return replace(problem, message=N_('"{name}" is printed here and is empty.'), params={"name": name})
