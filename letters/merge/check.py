"""What templates read × which facts there are → every name and attribute nobody can fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from letters.errors import N_, Place, Problem
from letters.merge.reports import unique
from letters.merge.usage import Use

TEXTS = "isian"
OFFICE_TABLES = (TEXTS, "kantor")
"""Facts to which the office may add texts of its own, in the tables of these names in letters.toml."""
OFFICE_TEXT = N_("The template prints {owner}.{name}, which letters.toml does not have.")
OFFICE_TEXT_REMEDY = N_("Write it in letters.toml: {name} = … under [{owner}], or a table [{owner}.{name}].")
OFFICE_TABLE_REMEDY = N_("Write in letters.toml, with your own values: {example}")
DEFAULTED = re.compile(r"\s*(\|\s*default\b|is defined\b)")
DATED = re.compile(r"\s*\|\s*(hari_)?tanggal")
TIMED = re.compile(r"\s*\|\s*jam\b|\s*,\s*kantor\.zona_waktu")
"""What follows a part that is optional, a date, a time of day."""


def is_office_text(problem: Problem) -> bool:
    """Return whether `problem` is a text that the office has not written in letters.toml."""
    return problem.code == "merge.office-text"


def unknown_facts(uses: Iterable[Use], known: Mapping[str, object], texts: Iterable[str] = ()) -> list[Problem]:
    """Return a problem for each of `uses` that `known` (name → sample value, or None) has nothing for, once a line.

    A text the office has not written is one problem, however often it is read; `texts` are what the template is made
    of: they show what a table of such texts must hold.
    """
    found = unique(problem for use in uses for problem in _problems(use, known))
    found.sort(key=lambda problem: (problem.place.file, problem.place.line))
    first = {_office_part(problem): problem for problem in reversed(found)}
    written = "\n".join(texts)
    return [
        _with_example(problem, written) if is_office_text(problem) else problem
        for problem in found
        if not _office_part(problem) or first[_office_part(problem)] is problem
    ]


def _office_part(problem: Problem) -> str:
    """Return what the office would have to write, `isian.rapat`; empty where something else is wrong."""
    owner = problem.params.get("owner", "")
    return f"{owner}.{problem.params['name']}" if owner == TEXTS or is_office_text(problem) else ""


def _with_example(problem: Problem, written: str) -> Problem:
    """Return the problem of a lacking text with the table to write, where the template reads parts of it."""
    table = f"{problem.params['owner']}.{problem.params['name']}"
    parts = re.findall(rf"\b{re.escape(table)}\.(\w+)(?=([^%}}]*))", written)
    optional = {name for name, after in parts if DEFAULTED.match(after)}
    needed = {name: after for name, after in reversed(parts) if name not in optional}
    if not needed:
        return problem
    lines = [f"[{table}]", *(f"{name} = {_sample(after)}" for name, after in reversed(needed.items()))]
    return replace(problem, remedy=OFFICE_TABLE_REMEDY, params={**problem.params, "example": "\n" + "\n".join(lines)})


def _sample(after: str) -> str:
    """Return a value for a part of a table, by the filter that prints it."""
    if DATED.match(after):
        return "2024-10-08"
    return '"09.00"' if TIMED.match(after) else '"…"'


def _problems(use: Use, known: Mapping[str, object]) -> Iterator[Problem]:
    place = Place(file=use.file, line=use.line)
    if use.sealed:
        if not use.name_guarded:
            yield _sealed(use, place)
    elif use.name not in known:
        if not use.name_guarded:
            yield _unknown_name(use.name, known, place)
    elif use.attribute and not use.attribute_guarded and (known[use.name] or not use.name_holds):
        yield from _unknown_attribute(use, known[use.name], place)


def _sealed(use: Use, place: Place) -> Problem:
    return Problem(
        "merge.fact-in-sealed-file",
        N_('"{name}" cannot be read here: this file is imported without the facts.'),
        N_("Give it to the macro as an argument, or import the file “with context”."),
        place,
        {"name": use.name},
    )


def _unknown_name(name: str, known: Mapping[str, object], place: Place) -> Problem:
    near = get_close_matches(name, known, 3)
    remedy = (
        N_("Did you mean: {near}? If not, add a column with this name or write it under [isian].")
        if near
        else N_("Add a column with this name to the table, or write it under [isian] and use isian.{name}.")
    )
    message = N_('The template uses "{name}", which no column of the table and no fact has.')
    return Problem("merge.unknown-name", message, remedy, place, {"name": name, "near": ", ".join(near)})


def _unknown_attribute(use: Use, sample: object, place: Place) -> Iterator[Problem]:
    if sample is None:
        return
    if not isinstance(sample, Mapping):
        message = N_('"{owner}" is a single value and has no part "{name}".')
        remedy = N_("Use {owner} alone.")
        yield Problem("merge.unknown-attribute", message, remedy, place, {"owner": use.name, "name": use.attribute})
    elif use.attribute not in sample:
        keys = sorted(map(str, sample))
        near = get_close_matches(use.attribute, keys, 3)
        params = {"owner": use.name, "name": use.attribute, "keys": ", ".join(near or keys)}
        if use.name in OFFICE_TABLES and not near:
            yield Problem("merge.office-text", OFFICE_TEXT, OFFICE_TEXT_REMEDY, place, params)
            return
        message = N_('There is no "{name}" in "{owner}".')
        remedy = N_("There is: {keys}.") if keys else N_("It is empty; fill it in, or ask first whether it is there.")
        yield Problem("merge.unknown-attribute", message, remedy, place, params)
