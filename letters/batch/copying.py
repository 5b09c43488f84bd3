"""Addressee + conventions + settings → who gets a copy of the letter; and what does not belong among the copies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from letters.batch.addressee import DELEGATES
from letters.batch.conventions import bare_name, head_of
from letters.batch.terms import Terms
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.merge import AUTOMATIC, Template
from letters.model.letter import Recipient

EVERYBODY = "semua"
COLUMN = "tembusan_otomatis"
"""Column of a completed row that keeps them, one on a line, each with its rank before it: several rows are one list."""
Ranked = tuple[int, str]
DISTRICT = "kecamatan"
"""What differs from row to row: an office's own is where its house stands."""
SENDERS = ("kabupaten", "provinsi")
"""What says which supervisors stand above the sender, wherever the recipient is."""
LAST = 999
"""Rank of those of whom no rank is known."""
SLOT = re.compile(r"\{(\w+)\}")
UNUSUAL = re.compile(r"(arsip\b|yth\b|.*\bsebagai laporan\b)", re.IGNORECASE)
"""What the rules for official letters leave out among the copies, although many offices print it."""


def with_copies(workspace: Workspace, people: Sequence[Recipient]) -> Iterator[Recipient]:
    """Yield `people` with the copies of letters to their groups among their columns.

    A post in the table gets its copy as the table has it: `Pj. Bupati Jombang` where its row says so.
    """
    held: dict[str, str] = {}
    for person in people:
        post, written = _post(person.fields), person.fields["jabatan"]
        if written != post:
            held[post] = written
        elif held:
            held.pop(post, None)
    return (_with_copies(workspace, person, held) for person in people)


def _with_copies(workspace: Workspace, person: Recipient, held: Mapping[str, str]) -> Recipient:
    lines = (f"{rank:03} {held.get(copy, copy)}" for rank, copy in automatic_copies(workspace, person.fields)[0])
    return replace(person, fields={**person.fields, COLUMN: "\n".join(lines)})


def automatic_copies(workspace: Workspace, row: Mapping[str, str]) -> tuple[list[Ranked], list[str]]:
    """Return who gets a copy of a letter to `row`, in order of rank, and the copies whose place is not known."""
    facts = _facts(workspace, row)
    found: dict[str, int] = {}
    unknown: list[str] = []
    for rank, text in sorted(_wanted(workspace, row), key=itemgetter(0)):
        if all(facts.get(name.lower()) for name in SLOT.findall(text)):
            found.setdefault(SLOT.sub(lambda slot: _filled(slot[1], facts), text).strip(), rank)
        else:
            unknown.append(text)
    has_it = (_post(row), row.get("melalui", "").strip())  # whoever passes the letter on sees it
    return [(rank, copy) for copy, rank in found.items() if copy not in has_it], unknown


def _wanted(workspace: Workspace, row: Mapping[str, str]) -> Iterator[Ranked]:
    """Yield the copies of the row's group: the row's own column and letters.toml go before the conventions."""
    own, group, level = workspace.settings.copies, row.get("kelompok", ""), workspace.settings.office.level
    entries = [one for one in enumerate(workspace.conventions.copies, 1) if level in one[1].levels]
    of_group = [(rank, text) for rank, entry in entries if group in entry.groups for text in entry.to]
    yield from ((0, text) for text in own.get(EVERYBODY, ()))
    if EVERYBODY not in own:
        yield from ((rank, text) for rank, entry in entries if not entry.groups for text in entry.to)
    typed = [part.strip() for part in re.split(r"[;\n]", row.get("tembusan", "")) if part.strip()] or own.get(group, ())
    usual = of_group[0][0] if of_group else LAST
    yield from ((usual, text) for text in typed) if typed or group in own else of_group


def _facts(workspace: Workspace, row: Mapping[str, str]) -> dict[str, str]:
    office = workspace.settings.office
    area, extra, words = office.region, office.extra, Terms.of(workspace.conventions, workspace.settings).at(row)
    return {
        **words,
        **extra,
        **{name: value for name, value in row.items() if value},
        **{name: extra[name] for name in SENDERS if extra.get(name)},
        DISTRICT: row.get(DISTRICT) or _district(row, words["camat"].title()),
        "camat": words["camat"],
        "wilayah": area,
        "nama_wilayah": bare_name(area),
        "kepala_daerah": head_of(area),
    }


def _filled(name: str, facts: Mapping[str, str]) -> str:
    """Return what stands for `{name}`; `{Camat}` is the word with capitals: Camat, Panewu, Kepala Distrik."""
    return facts[name.lower()].title() if name[0].isupper() else facts[name]


def _district(row: Mapping[str, str], head: str) -> str:
    """Return the district of a village as its letter goes through the camat; what a region calls districts is none."""
    through = row.get("melalui", "")
    return through.removeprefix(f"{head} ") if through.startswith(f"{head} ") else ""


def _post(row: Mapping[str, str]) -> str:
    return DELEGATES.sub("", row.get("jabatan", ""), count=1)


def copies_of(texts: Sequence[str], rows: Sequence[Mapping[str, str]], merged: Callable[[str], str]) -> list[str]:
    """Return `surat.tembusan`: the template's copies, merged, and where it says so those of the recipients' groups."""
    found: list[str] = []
    for text in texts:
        if text == AUTOMATIC:
            ranked = sorted(line for row in rows for line in row.get(COLUMN, "").splitlines())
            found += _unranked(ranked)
        else:
            found.append(merged(text))
    return [copy for copy in dict.fromkeys(found) if copy]


def copy_names(column: str) -> str:
    """Return the copies in a row's automatic column in one line: their ranks follow from a list that may grow."""
    return "; ".join(_unranked(column.splitlines()))


def _unranked(lines: Sequence[str]) -> list[str]:
    return [line.partition(" ")[2] for line in lines]


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


def unknown_copy_problems(workspace: Workspace, template: Template, person: Recipient) -> Iterator[Problem]:
    """Yield a hint for each copy of the recipient's group that is left out because its place is not known.

    It names the row or letters.toml and not the template, so that it is told once.
    """
    if AUTOMATIC not in template.front.copies:
        return
    unknown = automatic_copies(workspace, person.fields)[1]
    known = _facts(workspace, person.fields) if unknown else {}
    for text in unknown:
        lacking = [name for name in SLOT.findall(text) if not known.get(name.lower())]
        yield _unknown_district(person, text) if DISTRICT in lacking else _unknown_name(workspace, text, lacking)


def _unknown_district(person: Recipient, text: str) -> Problem:
    message = N_('The copy "{given}" is left out for this recipient: the district is not known.')
    remedy = N_("Fill the column kecamatan of this row, adding it to the table if it is not there.")
    place = replace(person.place, column=DISTRICT, key=person.key)
    return Problem("batch.copy-unknown", message, remedy, place, {"given": text}, Severity.HINT)


def _unknown_name(workspace: Workspace, text: str, lacking: Sequence[str]) -> Problem:
    message = N_('The copy "{given}" is left out: the name in braces is not known.')
    remedy = N_("Write {name} under [kantor], add that column to the table, or write [tembusan] in letters.toml.")
    place = Place(file=str(workspace.folder / SETTINGS_FILE))
    names = ", ".join(f'{name} = "…"' for name in lacking)
    return Problem("batch.copy-unknown", message, remedy, place, {"given": text, "name": names}, Severity.HINT)
