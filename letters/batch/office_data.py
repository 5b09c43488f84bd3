"""What an office's own data files say otherwise than the package's → one hint for each file, in words of the user.

Laws (hukum.toml), calendar (tahapan.toml), conventions (naskah.toml) and spoken texts (ikrar.toml) are told in one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from letters.errors import N_, Phrase, Phrases, Place, Problem, Severity
from letters.l10n import format_date
from letters.law import Change

LONGEST_SHOWN = 80
"""Characters of a value that are shown."""
ENTRIES = {
    "groups": N_("group of recipients {name}"),
    "areas": N_("names of areas"),
    "matrix": N_("legal bases of {name}"),
    "bodies": N_("body {name}"),
    "words": N_("words {name}"),
    "others": N_("law {name}"),
    "regions": N_("region {name}"),
    "copies": N_("copies {name}"),
    "posts": N_("posts {name}"),
    "teks": N_("text {name}"),
    "agama": N_("religion {name}"),
    "pilihan": N_("choice {name}"),
    "codes": N_("legal bases"),
    "columns": N_("columns of the matrix"),
    "authority": N_("power of the sender {name}"),
    "audiences": N_("people whom laws bind {name}"),
    "addressees": N_("groups of the calendar"),
    "terms": N_("terms"),
    "hijri": N_("Hijri months"),
}
"""What a user calls the tables; laws and elections go by their names alone."""
NAMED_BY_OFFICE = (
    *("areas", "codes", "columns", "authority", "audiences"),
    *("addressees", "terms", "teks", "agama", "pilihan"),
)
"""Tables whose keys are the office's own words, or Indonesian."""
KEYS = {
    "start": N_("start"),
    "end": N_("end"),
    "polling_day": N_("polling day"),
    "name": N_("name"),
    "title": N_("title"),
    "number": N_("number"),
    "year": N_("year"),
    "in_force": N_("in force from"),
    "seen_in_force": N_("seen in force on"),
    "enacted": N_("enacted on"),
    "revoked_on": N_("revoked on"),
    "revoked_by": N_("revoked by"),
    "replaced_by": N_("replaced by"),
    "amended_by": N_("amended by"),
    "status": N_("status"),
    "cite": N_("formal name"),
    "aliases": N_("other names"),
    "columns": N_("whom the law binds"),
    "staff": N_("for whom they answer"),
    "cells": N_("legal bases"),
    "sapaan": N_("form of address"),
    "agency": N_("agency"),
    "text": N_("words"),
    "audience": N_("whom it binds"),
    "addressees": N_("recipients"),
    "row": N_("legal bases"),
    "legal_source": N_("legal source"),
    "to": N_("recipients of the copy"),
    "groups": N_("groups of recipients"),
    "levels": N_("offices"),
    "pattern": N_("pattern"),
    "terms": N_("terms"),
    "months": N_("months"),
    "region": N_("region"),
    "source": N_("source"),
    "note": N_("note"),
}
"""What a user calls the keys that offices change."""


def own_data(changes: Iterable[Change]) -> Iterator[Problem]:
    """Yield a hint for each file of the office that names all it adds and changes; nothing when it has none."""
    by_file: dict[str, list[Change]] = {}
    for change in changes:
        by_file.setdefault(change.file, []).append(change)
    for file, own in by_file.items():
        message = N_("The office's own data count: {changes}.")
        remedy = N_("Where this file is silent, the data of the program count.")
        place = Place(file=file, line=min(change.line for change in own))
        yield Problem("batch.own-data", message, remedy, place, {"changes": _entries(own)}, Severity.HINT)


def _entries(changes: Sequence[Change]) -> Phrases:
    """Return each entry once with all that changed in it."""
    by_entry: dict[str, list[Change]] = {}
    for change in changes:
        by_entry.setdefault(change.entry if change.key else f"{change.entry}/{change.new}", []).append(change)
    return Phrases(
        tuple(
            changed_entry(entry, [(one.key, one.old, one.new) for one in own if one.key])
            for entry, own in by_entry.items()
        )
    )


def changed_entry(entry: str, changed: Sequence[tuple[str, object, object]]) -> Phrase:
    """Return what changed in an entry: key, what the package says and what the office does; nothing: it is new."""
    parts = list(dict.fromkeys(entry.split("/")))
    name = _entry_name(parts[0], ", ".join(parts[1:]))
    if not changed:
        return Phrase(N_("{entry} (new)"), {"entry": name})
    keys = Phrases(tuple(_changed_key(parts[0], *one) for one in changed), ", ")
    return Phrase(N_("{entry}: {changes}"), {"entry": name, "changes": keys}) if name else Phrase("{k}", {"k": keys})


def _entry_name(table: str, name: str) -> object:
    return Phrase(ENTRIES[table], {"name": name}) if table in ENTRIES else name


def _changed_key(table: str, key: str, old: object, new: object) -> Phrase:
    if key in KEYS and table not in NAMED_BY_OFFICE:
        called: object = Phrase(KEYS[key])
    else:
        called = key if table in NAMED_BY_OFFICE else Phrase(N_("other details"))
    values = {"key": called, "old": _shown(old), "new": _shown(new)}
    if not values["new"]:
        return Phrase(N_("{key} otherwise"), values)
    return Phrase(N_("{key} {new} instead of {old}") if values["old"] else N_("{key} {new}"), values)


def _shown(value: object) -> str:
    """Return a value as a user reads it; empty for one that is none, or has parts of its own."""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
