"""Office, recipients and conventions → `sebutan`: what a letter calls villages, their heads and other bodies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from letters.batch.conventions import Conventions, area_of
from letters.settings import Form, Office, Settings

HEADS = "kepala_desa"
"""Group of recipients whose own form of address under `[kelompok]` also says what letters call them."""
AREA = "{wilayah}"
BOTH_KINDS = "kabupaten/kota"
"""What a word of the conventions says where it depends on the kind of region."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Where the words come from; later ones win: conventions, `[kelompok.kepala_desa]`, `[sebutan]`."""

    conventions: Conventions
    office: Office
    heads: Form | None
    own: Mapping[str, str]

    @classmethod
    def of(cls, conventions: Conventions, settings: Settings) -> Terms:
        """Return the words of an office with these settings."""
        return cls(conventions, settings.office, settings.groups.get(HEADS), settings.terms)

    def at(self, row: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the words where the office is, or where the recipient of `row` is (columns kabupaten, provinsi)."""
        here = self.conventions.terms_in(area_of(self.office, row))
        kind = _kind_of_region(((row or {}).get("wilayah", ""), (row or {}).get("kabupaten", ""), self.office.region))
        here = {name: word.replace(BOTH_KINDS, kind) for name, word in here.items()}
        return {**here, **village_words(self.heads), **self.own}

    def for_rows(self, rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
        """Return the words for those a letter goes to: their own where all have the same, else the office's."""
        first, *others = [self.at(row) for row in rows] or [self.at()]
        return first if all(words == first for words in others) else self.at()


def _kind_of_region(areas: Iterable[str]) -> str:
    """Return the kind of the first of `areas` that names one: `kabupaten` or `kota`; both where none does."""
    kinds = (area.split(" ")[0].lower() for area in areas)
    return next((kind for kind in kinds if kind in BOTH_KINDS.split("/")), BOTH_KINDS)


def village_words(heads: Form | None) -> dict[str, str]:
    """Return what an office's own form of address for village heads says of village and head."""
    post, village = (_word(form) for form in ((heads.title, heads.agency) if heads else ("", "")))
    words = {"kepala_desa": post, "desa": village, "perangkat_desa": village and f"perangkat {village}"}
    return {name: word for name, word in words.items() if word}


def _word(form: str) -> str:
    return form.replace(AREA, "").strip().lower() if AREA in form else ""
