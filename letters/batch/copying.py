"""Addressee + conventions + settings → who gets a copy of the letter; and what does not belong among the copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from letters.batch.addressee import DELEGATES
from letters.batch.conventions import Copies, area_of, bare_name, head_of
from letters.batch.workspace import Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.merge import Template
from letters.model.letter import Recipient

AUTOMATIC = "otomatis"
"""In `tembusan` of a template: those the conventions name for the recipient's group."""
EVERYBODY = "semua"
COLUMN = "tembusan_otomatis"
"""Column of a completed row that keeps them, one on a line."""
SLOT = re.compile(r"\{(\w+)\}")
UNUSUAL = re.compile(r"(arsip\b|yth\b|.*\bsebagai laporan\b)", re.IGNORECASE)
"""What the rules for official letters leave out among the copies, although many offices print it."""


def with_copies(workspace: Workspace, person: Recipient) -> Recipient:
    """Return `person` with the copies of letters to its group among its columns."""
    return replace(person, fields={**person.fields, COLUMN: "\n".join(automatic_copies(workspace, person.fields)[0])})


def automatic_copies(workspace: Workspace, row: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return who gets a copy of a letter to `row`, in order of rank, and the copies whose place is not known."""
    facts = _facts(workspace, row)
    found: list[str] = []
    unknown: list[str] = []
    for text in _wanted(workspace, row):
        missing = [name for name in SLOT.findall(text) if not facts.get(name)]
        if missing:
            unknown.append(text)
        else:
            found.append(SLOT.sub(lambda slot: facts[slot[1]], text).strip())
    return [copy for copy in dict.fromkeys(found) if copy != _post(row)], unknown


def _wanted(workspace: Workspace, row: Mapping[str, str]) -> Iterator[str]:
    """Yield the copies of the row's group: the row's own column and letters.toml go before the conventions."""
    own, group, level = workspace.settings.copies, row.get("kelompok", ""), workspace.settings.office.level
    yield from own.get(EVERYBODY, ())
    for entry in workspace.conventions.copies:
        if level in entry.levels and EVERYBODY not in own and not entry.groups:
            yield from entry.to
    if typed := row.get("tembusan", ""):
        yield from (part.strip() for part in re.split(r"[;\n]", typed) if part.strip())
    elif group in own:
        yield from own[group]
    else:
        yield from _of_group(workspace.conventions.copies, group, level)


def _of_group(entries: Sequence[Copies], group: str, level: str) -> Iterator[str]:
    for entry in entries:
        if level in entry.levels and group in entry.groups:
            yield from entry.to


def _facts(workspace: Workspace, row: Mapping[str, str]) -> dict[str, str]:
    office = workspace.settings.office
    area = office.region
    return {
        **workspace.conventions.terms_in(area_of(office)),
        **workspace.settings.terms,
        **row,
        **office.extra,
        "wilayah": area,
        "nama_wilayah": bare_name(area),
        "kepala_daerah": head_of(area),
    }


def _post(row: Mapping[str, str]) -> str:
    return DELEGATES.sub("", row.get("jabatan", ""), count=1)


def copies_of(texts: Sequence[str], rows: Sequence[Mapping[str, str]], merged: Callable[[str], str]) -> list[str]:
    """Return `surat.tembusan`: the template's copies, merged, and where it says so those of the recipients' groups."""
    found: list[str] = []
    for text in texts:
        if text == AUTOMATIC:
            found += [copy for row in rows for copy in row.get(COLUMN, "").splitlines()]
        else:
            found.append(merged(text))
    return [copy for copy in dict.fromkeys(found) if copy]


def copy_problems(template: Template, facts: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what does not belong among the copies of the letter made of `facts`."""
    place = Place(file=str(template.path))
    posts = {_post(row) for row in facts["penerima"]}
    for copy in facts["surat"]["tembusan"]:
        if UNUSUAL.match(copy):
            message = N_('Among the copies stands "{given}": the rules name office-holders alone.')
            remedy = N_("Leave out Yth., (sebagai laporan) and Arsip.")
            yield Problem("batch.copy-form", message, remedy, place, {"given": copy}, Severity.HINT)
        if DELEGATES.sub("", copy, count=1) in posts:
            message, remedy = N_('"{given}" gets both the letter and a copy of it.'), N_("Leave out the copy.")
            yield Problem("batch.copy-addressee", message, remedy, place, {"given": copy}, Severity.WARNING)


def unknown_copy_problems(workspace: Workspace, template: Template, row: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a hint for each copy of the recipient's group that is left out because its place is not known."""
    if AUTOMATIC not in template.front.copies:
        return
    for text in automatic_copies(workspace, row)[1]:
        message = N_('The copy "{given}" is left out: the name in braces is not known.')
        remedy = N_("Add that key to [kantor], that column to the recipients, or write [tembusan] in letters.toml.")
        place = Place(file=str(template.path))
        yield Problem("batch.copy-unknown", message, remedy, place, {"given": text}, Severity.HINT)
