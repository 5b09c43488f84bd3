"""Refusal of a blank value → which column of which row is to be filled, where the value is a column's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from letters.errors import N_, Problem
from letters.merge import Template, Templates
from letters.model.letter import Recipient

BLANK = "merge.blank-value"
PRINTED = re.compile(r"\{\{-?\s*([\w.]+)")


def with_column(problem: Problem, templates: Templates, template: Template, people: Sequence[Recipient]) -> Problem:
    """Return the problem of a blank value with the name of what is printed, and the cell to fill when it is a column.

    `people` are those the letter goes to; a column that differs among several is blank for all of them together.
    """
    if problem.code != BLANK:
        return problem
    printed = PRINTED.findall(_line_of(problem, templates, template))
    columns = [name for name in printed if name in people[0].fields]
    if len(people) > 1 and columns:
        return replace(
            problem,
            message=N_('"{column}" is printed here, and differs among the recipients of this letter.'),
            remedy=N_("Leave it out of a letter to several, or give each a letter of their own."),
            params={"column": ", ".join(columns)},
        )
    empty = [name for name in columns if not people[0].fields[name].strip()]
    if len(people) > 1 or not empty:
        return problem
    where = people[0].place
    return replace(
        problem,
        message=N_('The letter prints the column "{column}" ({file}, line {line}), which is empty in this row.'),
        remedy=N_("Fill in the cell; where the table lacks the column, add it."),
        place=replace(where, column=empty[0], key=people[0].key),
        params={"column": empty[0], "file": _name(problem.place.file), "line": problem.place.line},
    )


def _line_of(problem: Problem, templates: Templates, template: Template) -> str:
    """Return the line of template or frame that the problem names."""
    for name, text in templates.texts(template).items():
        if problem.place.file.endswith(name):
            return dict(enumerate(text.split("\n"), 1)).get(problem.place.line, "")
    return ""


def _name(path: str) -> str:
    """Return folder and name of a template or frame, without the suffix: `naskah/alamat`."""
    return "/".join(PurePath(path).parts[-2:]).removesuffix(".md")
