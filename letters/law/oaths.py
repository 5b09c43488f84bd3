"""Spoken texts of the package + an office's own → an `OathBook`: which texts there are, and which are verified."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from letters.errors import N_, LawError, Place, Problem, Severity
from letters.law.layers import Change, Layer, near_names, read_layers
from letters.law.oath_records import Choice, OathFile, Religion, SpokenText

STATUS = "status_verifikasi"
WORDING = ("judul", "pembuka", "butir", "penutup", "lembaga", "isian", "kata")
"""Keys that change what is spoken."""

Spoken = TypeVar("Spoken", SpokenText, Religion)


@dataclass(frozen=True, slots=True)
class OathBook:
    """Pledges, statements and oaths, and how each religion opens and closes an oath."""

    texts: Mapping[str, SpokenText]
    religions: Mapping[str, Religion]
    choices: Mapping[str, Choice]
    changed: tuple[Change, ...] = ()

    @classmethod
    def load(cls, *paths: Path) -> OathBook:
        """Return the package's texts, with those of the office's own files added or laid over them.

        Words of class A or B that an office's file changes count as unverified, unless it says otherwise.
        Raises LawError with every problem of the first file that cannot be used.
        """
        texts: dict[str, SpokenText] = {}
        religions: dict[str, Religion] = {}
        choices: dict[str, Choice] = {}
        changed: tuple[Change, ...] = ()
        for layer in read_layers(OathFile, ("oaths.toml",), paths):
            texts |= _taken_over(layer, "teks", layer.file.texts)
            religions |= _taken_over(layer, "agama", layer.file.religions)
            choices |= {choice.id: choice for choice in layer.file.choices}
            changed += layer.changes
        return cls(texts, religions, choices, changed)

    def changes(self) -> tuple[Change, ...]:
        """Return what the office's own files say otherwise than the texts of the package."""
        return self.changed

    def text(self, text_id: str) -> SpokenText:
        """Return the text with this id; raises LawError with near ids when there is none."""
        if text_id in self.texts:
            return self.texts[text_id]
        raise LawError(self._unknown(text_id))

    def is_verified(self, text_id: str, confirmed: Collection[str]) -> bool:
        """Return whether a text may be used without a draft mark: free, compared with its source, or confirmed.

        An oath is as sure as its least sure opening: the statute gives only `Demi Allah (Tuhan)`.
        """
        text = self.text(text_id)
        openings = self.religions.values() if text.kind == "sumpah" else ()
        sure = text.status != "belum" and all(religion.status == "sudah" for religion in openings)
        return sure or text_id in confirmed

    def check_confirmed(self, confirmed: Sequence[str], place: Place) -> list[Problem]:
        """Return a problem for each confirmed id that no text has."""
        return [self._unknown(text_id, place) for text_id in confirmed if text_id not in self.texts]

    def _unknown(self, text_id: str, place: Place | None = None) -> Problem:
        params = {"text": text_id, "near": near_names(text_id, self.texts), "known": ", ".join(self.texts)}
        message = N_('The text "{text}" is not known.')
        remedy = N_("Did you mean {near}?") if params["near"] else N_("Known are: {known}.")
        return Problem("law.unknown-oath", message, remedy, place or Place(), params)

    def facts(self, text_id: str, confirmed: Collection[str]) -> dict[str, Any]:
        """Return a text with all that is needed to speak it, as plain data that can be kept with a letter."""
        text = self.text(text_id)
        status = "bebas" if text.fixed == "C" else "sudah" if self.is_verified(text_id, confirmed) else "belum"
        facts = {**text.model_dump(mode="json", by_alias=True), "status_verifikasi": status}
        if text.kind == "sumpah":
            facts["agama"] = [religion.model_dump(mode="json", by_alias=True) for religion in self.religions.values()]
            facts["pilihan"] = [choice.model_dump(mode="json", by_alias=True) for choice in self.choices.values()]
        return facts


def unverified(text: SpokenText, place: Place) -> Problem:
    """Return the notice that letters with this text carry a draft mark."""
    return Problem(
        "law.unverified-oath",
        N_('The words of "{text}" were not yet compared with {article}: letters are marked DRAF.'),
        N_('Compare them with the official copy, then write [ikrar] disahkan = ["{text}"] in letters.toml.'),
        place,
        {"text": text.id, "article": text.article or text.name},
        Severity.WARNING,
    )


def _taken_over(layer: Layer[OathFile], table: str, entries: Sequence[Spoken]) -> dict[str, Spoken]:
    """Return the entries of one file; fixed words that an office's file changed are no longer verified."""
    raw = layer.source.data.get(table, [])
    own = {change.file for change in layer.changes}
    found = {}
    for entry, written in zip(entries, raw, strict=True):
        changed = bool(own) and any(key in written for key in WORDING) and STATUS not in written
        found[entry.id] = entry.model_copy(update={"status": "belum"}) if changed and entry.status else entry
    return found
