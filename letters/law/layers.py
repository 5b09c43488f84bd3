"""Data file of the package + files of the office laid over it, entry by entry → validated records.

An office's file may add entries or change some keys of known ones: `[[laws]]`, `[[elections]]` and `[[stages]]` meet by
`id`, `[[articles]]` by `ref`; what it does not say stays. Every other key is replaced as a whole.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from letters.errors import N_, LawError, Place, Problem
from letters.toml import Loc, Model, TomlFile, build, key_text, line_of, read_toml

DATA_FOLDER = Path(__file__).parents[1] / "data"
KEYS = {"laws": "id", "articles": "ref", "elections": "id", "stages": "id"}

Entry = dict[str, Any]


def read_layers(model: type[Model], name: str, table: str, paths: Sequence[Path]) -> Iterator[tuple[TomlFile, Model]]:
    """Yield the package's data file `name` and then each of `paths`, its entries of `table` completed from before.

    Raises LawError with every problem of the first file that has one.
    """
    known: dict[str, Entry] = {}
    for path in (DATA_FOLDER / name, *paths):
        source = read_toml(path, "law", LawError)
        entries = source.data.get(table, [])
        if isinstance(entries, list):
            _refuse_doubles(source, table, entries)
            entries = [_overlay(known.get(_key(entry, "id"), {}), entry) for entry in entries]
            known |= {_key(entry, "id"): entry for entry in entries}
        yield source, build(model, replace(source, data={**source.data, table: entries}))


def _overlay(base: Entry, entry: Any) -> Any:
    """Return `entry` completed from `base`. Its own nested entries stay first, so that their lines are found."""
    if not isinstance(entry, dict):
        return entry
    merged = {**base, **entry}
    for table in KEYS.keys() & base.keys() & entry.keys():
        if isinstance(entry[table], list):
            merged[table] = _overlay_list(base[table], entry[table], KEYS[table])
    return merged


def _overlay_list(base: list[Entry], entries: list[Any], key: str) -> list[Any]:
    before = {_key(entry, key): entry for entry in base}
    names = {_key(entry, key) for entry in entries}
    changed = [_overlay(before.get(_key(entry, key), {}), entry) for entry in entries]
    return changed + [entry for entry in base if _key(entry, key) not in names]


def _key(entry: Any, key: str) -> str:
    """Return what identifies an entry; nothing for one that the model will refuse anyway."""
    name = entry.get(key, "") if isinstance(entry, dict) else ""
    return name if isinstance(name, str) else ""


def _refuse_doubles(source: TomlFile, table: str, entries: list[Any]) -> None:
    """Raise LawError when two entries of one file have the same name: only one of them could count."""
    problems = list(_doubles(source, (table,), entries, KEYS[table]))
    if problems:
        raise LawError(*problems)


def _doubles(source: TomlFile, loc: Loc, entries: list[Any], key: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        name = _key(entry, key)
        if name and name in seen:
            place = Place(file=source.file, line=line_of((*loc, index, key), source.lines()))
            message, remedy = N_('"{name}" stands twice in {key}.'), N_("Keep one of the two.")
            yield Problem("law.duplicate-id", message, remedy, place, {"name": name, "key": key_text(loc)})
        seen.add(name)
        for table in KEYS.keys() & (entry.keys() if isinstance(entry, dict) else set()):
            if isinstance(entry[table], list):
                yield from _doubles(source, (*loc, index, table), entry[table], KEYS[table])


def unknown_names(source: TomlFile, named: Iterable[tuple[Loc, str]], known: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each place in the file that names something not in `known`; an empty name names nothing."""
    names = set(known)
    for loc, name in named:
        if name and name not in names:
            place = Place(file=source.file, line=line_of(loc, source.lines()))
            params = {"key": key_text(loc), "name": name, "near": near_names(name, names)}
            message = N_('"{key}" names "{name}", which is not known.')
            remedy = N_("Did you mean {near}?") if params["near"] else N_("Correct it or add what it names.")
            yield Problem("law.unknown-name", message, remedy, place, params)


def near_names(name: str, known: Iterable[str]) -> str:
    """Return up to three known names like `name`, with commas between them."""
    return ", ".join(difflib.get_close_matches(name, sorted(known), 3, 0.6))
