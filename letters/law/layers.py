"""Data files of the package + files of the office laid over them, entry by entry → validated records, and what changed.

An office's file may add entries or change some keys of known ones: entries of `[[laws]]`, `[[elections]]`,
`[[stages]]` and the other tables of KEYS meet by their key; what the file does not say stays. Every other key is
replaced as a whole.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic

from letters.errors import N_, LawError, Place, Problem
from letters.toml import Loc, Model, TomlFile, build, key_text, line_of, read_toml

DATA_FOLDER = Path(__file__).parents[1] / "data"
KEYS = {
    "laws": "id",
    "articles": "ref",
    "elections": "id",
    "stages": "id",
    "groups": "id",
    "matrix": "id",
    "bodies": "id",
    "words": "id",
    "others": "id",
    "regions": "id",
    "copies": "id",
    "posts": "id",
    "teks": "id",
    "agama": "id",
    "pilihan": "id",
}
MERGED = (
    "terms",
    "areas",
    "same",
    "audiences",
    "addressees",
    "columns",
    "codes",
    "authority",
    "pemilu",
    "pemilihan",
    "both",
    "cells",
    "isian",
    "menurut_agama",
)
"""Tables whose keys are replaced one by one."""

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an office's own file says otherwise than the data that come with the package."""

    file: str
    line: int
    entry: str
    """Where: `elections/pemilihan-2024/kampanye`, `laws/uu-20-2023`."""
    key: str
    """Which key of it; empty when the whole entry is new."""
    old: object
    """What the package says; None when it says nothing."""
    new: object


@dataclass(frozen=True, slots=True)
class Layer(Generic[Model]):
    """One data file, its entries completed from the files before it."""

    source: TomlFile
    file: Model
    changes: tuple[Change, ...]
    """What it changes; none for files of the package."""


def read_layers(model: type[Model], names: Sequence[str], paths: Sequence[Path]) -> Iterator[Layer[Model]]:
    """Yield the package's data files `names` and then each of `paths`.

    Raises LawError with every problem of the first file that has one.
    """
    known: Entry = {}
    own = [DATA_FOLDER / name for name in names]
    for path in (*own, *paths):
        source = read_toml(path, "law", LawError)
        _refuse_doubles(source)
        merging = _Merging(source if path not in own else None)
        data = merging.overlay(known, source.data, ())
        layer = {key: _named_first(data[key], value, key) for key, value in source.data.items()}
        yield Layer(source, build(model, replace(source, data=layer)), tuple(merging.changes))
        known = data


def _named_first(merged: Any, entries: Any, table: str) -> Any:
    """Return the merged table of a file, cut to the entries that the file itself names, in its order."""
    return merged[: len(entries)] if table in KEYS and isinstance(entries, list) else merged


@dataclass(slots=True)
class _Merging:
    """One file laid over what was known; changed keys of an office's file are kept."""

    source: TomlFile | None
    """None for files of the package, whose changes are not of interest."""
    changes: list[Change] = field(default_factory=list)

    def overlay(self, base: Entry, entry: Any, loc: Loc) -> Any:
        """Return `entry` completed from `base`."""
        if not isinstance(entry, dict):
            return entry
        merged = {**base, **entry}
        for key, value in entry.items():
            if key in KEYS and isinstance(value, list):
                merged[key] = self._overlay_list(base.get(key, []), value, (*loc, key))
            elif key in MERGED and isinstance(value, dict):
                before = base.get(key, {})
                merged[key] = self.overlay(before if isinstance(before, dict) else {}, value, (*loc, key))
            elif self.source and value != base.get(key):
                self._note((*loc, key), base.get(key), value)
        return merged

    def _overlay_list(self, base: Any, entries: list[Any], loc: Loc) -> list[Any]:
        """Return the entries completed from `base`. A file's own entries stay first, so that their lines are found."""
        key = KEYS[str(loc[-1])]
        before = {_key(entry, key): entry for entry in base} if isinstance(base, list) else {}
        names = [_key(entry, key) for entry in entries]
        changed = []
        for index, (name, entry) in enumerate(zip(names, entries, strict=True)):
            if name in before:
                changed.append(self.overlay(before[name], entry, (*loc, index)))
            else:
                self._note((*loc, index), None, name)
                changed.append(entry)
        return changed + [entry for name, entry in before.items() if name not in names]

    def _note(self, loc: Loc, old: object, new: object) -> None:
        if self.source is None or loc[-1] in ("schema_version", "as_of"):
            return
        whole = isinstance(loc[-1], int)
        place = _entry_name(self.source.data, loc if whole else loc[:-1])
        key = "" if whole else str(loc[-1])
        line = line_of(loc, self.source.lines())
        self.changes.append(Change(self.source.file, line, place, key, old, new))


def _entry_name(data: Any, loc: Loc) -> str:
    """Return the place of an entry by names instead of numbers: `elections/pemilihan-2024/kampanye`."""
    names: list[str] = []
    for depth, part in enumerate(loc):
        data = data[part]
        if isinstance(part, int):
            names.append(_key(data, KEYS[str(loc[depth - 1])]))
        elif depth == 0 or part not in KEYS:
            names.append(part)
    return "/".join(names)


def _key(entry: Any, key: str) -> str:
    """Return what identifies an entry; nothing for one that the model will refuse anyway."""
    name = entry.get(key, "") if isinstance(entry, dict) else ""
    return name if isinstance(name, str) else ""


def _refuse_doubles(source: TomlFile) -> None:
    """Raise LawError when two entries of one file have the same name: only one of them could count."""
    tables = [table for table in KEYS if isinstance(source.data.get(table), list)]
    problems = [problem for table in tables for problem in _doubles(source, (table,), source.data[table], KEYS[table])]
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
