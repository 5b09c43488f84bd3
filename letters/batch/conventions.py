"""naskah.toml of package and office → what things are called where, who gets copies, which posts have no NIP."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from letters.law.groups import lies_in
from letters.law.law_file import OfficeLevel
from letters.law.layers import Change, read_layers
from letters.law.records import Day, Id, Record, Text
from letters.settings import Office

FILES = ("naskah.toml",)
KINDS = re.compile(r"(Kabupaten|Kota|Provinsi|Kecamatan|Kelurahan|Desa) ", re.IGNORECASE)
"""Words before the name of an area that say of what kind it is."""
AREAS_KEPT = 1024
"""More than there are regencies and cities."""


class Region(Record):
    """What things are called in one region."""

    id: Id
    region: Text
    """Name looked for in the area and province of the office."""
    terms: dict[Id, Text]
    source: tuple[str, ...] = ()
    verified: StrictBool = False
    note: str = ""


class Copies(Record):
    """Who gets a copy of letters to some groups."""

    id: Id
    levels: tuple[OfficeLevel, ...]
    """Offices that send them."""
    groups: tuple[Id, ...] = ()
    """Empty = all."""
    to: tuple[Text, ...]
    """Posts, with the names of facts in braces."""


class Post(Record):
    """Posts whose holders are no civil servants."""

    id: Id
    pattern: Text
    """Regular expression for the whole post."""
    levels: tuple[OfficeLevel, ...] = ()
    """Offices it is true of; empty = all."""
    source: tuple[str, ...] = ()


class Hijri(Record):
    """How Hijri dates are written."""

    months: Annotated[tuple[Text, ...], Field(min_length=12, max_length=12)] = ("",) * 12
    also: dict[Text, Annotated[StrictInt, Field(ge=1, le=12)]] = {}
    """Other ways to write a month, with its number."""


class ConventionsFile(Record):
    """A file of conventions."""

    schema_version: Annotated[StrictInt, Field(le=1)] = 1
    as_of: Day | None = None
    terms: dict[Id, Text] = {}
    regions: tuple[Region, ...] = ()
    copies: tuple[Copies, ...] = ()
    posts: tuple[Post, ...] = ()
    hijri: Hijri = Hijri()


@dataclass(frozen=True, slots=True)
class Conventions:
    """All conventions, those of the office laid over those of the package."""

    terms: Mapping[str, str]
    regions: Sequence[Region]
    copies: Sequence[Copies]
    posts: Sequence[Post]
    hijri: Hijri
    changes: Sequence[Change] = ()
    """What the office's file says otherwise."""
    _found: dict[str, Mapping[str, str]] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Words by area: a batch goes to few regencies."""

    def terms_in(self, area: str) -> Mapping[str, str]:
        """Return what things are called in `area`: the words of a region with a longer name lie over the others."""
        if area not in self._found:
            if len(self._found) >= AREAS_KEPT:
                self._found.clear()
            self._found[area] = self._terms_in(area)
        return self._found[area]

    def _terms_in(self, area: str) -> Mapping[str, str]:
        here = [region for region in self.regions if lies_in(area, region.region)]
        words = dict(self.terms)
        for region in sorted(here, key=lambda region: len(region.region)):
            words |= region.terms
        return words

    def is_civil_servant(self, post: str, level: str) -> bool:
        """Return whether holders of `post` may be civil servants, as far as the data know."""
        there = (found for found in self.posts if not found.levels or level in found.levels)
        return not any(re.fullmatch(found.pattern, post.strip(), re.IGNORECASE) for found in there)


def load_conventions(paths: Sequence[Path]) -> Conventions:
    """Return the conventions of the package with the office's files at `paths` laid over them.

    Raises LawError with every problem of the first file that cannot be used.
    """
    terms: dict[str, str] = {}
    regions: dict[str, Region] = {}
    copies: dict[str, Copies] = {}
    posts: dict[str, Post] = {}
    hijri = Hijri()
    changes: list[Change] = []
    for layer in read_layers(ConventionsFile, FILES, paths):
        file = layer.file
        terms |= file.terms
        regions |= {region.id: region for region in file.regions}
        copies |= {entry.id: entry for entry in file.copies}
        posts |= {post.id: post for post in file.posts}
        hijri = file.hijri if "hijri" in file.model_fields_set else hijri
        changes += layer.changes
    return Conventions(terms, tuple(regions.values()), tuple(copies.values()), tuple(posts.values()), hijri, changes)


def area_of(office: Office, row: Mapping[str, str] | None = None) -> str:
    """Return all that is known of where the office, or a recipient, is: regional names are looked for in it."""
    row, extra = row or {}, office.extra
    own = (row.get("kabupaten", ""), row.get("provinsi", ""))
    parts = (*own, office.region, extra.get("kabupaten", ""), extra.get("provinsi", ""))
    return ", ".join(part for part in parts if part)


def bare_name(area: str) -> str:
    """Return the name of an area without its kind: `Jombang` for `Kabupaten Jombang`."""
    return KINDS.sub("", area, count=1) if KINDS.match(area) else area


def head_of(area: str) -> str:
    """Return the post of the head of a regency or city; empty for another area."""
    if area.casefold().startswith("kota "):
        return f"Wali Kota {bare_name(area)}"
    return f"Bupati {bare_name(area)}" if area.casefold().startswith("kabupaten ") else ""
