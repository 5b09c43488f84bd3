"""Spoken texts of the package + an office's own → an `OathBook`: which texts there are, and which are verified."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize

from letters.errors import N_, LawError, Place, Problem, Severity
from letters.law.layers import Change, Layer, near_names, read_layers
from letters.law.oath_records import Choice, OathFile, Religion, SpokenText, Utterance

WORDING = ("judul", "pembuka", "butir", "penutup", "lembaga", "menurut_agama", "isian", "kata")
"""Keys that change what is spoken."""
WORDS_OR_STATUS = (*WORDING, "status_verifikasi")
CONFIRM = N_("Compare the words with the official copy, then write under [ikrar] in letters.toml: {line}")
FINGERPRINT = 8
"""Hexadecimal digits: short enough to be typed, and no two wordings of a text have the same by chance."""

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

        Words of class A or B that an office's file says count as unverified until they are confirmed.
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
        return sure or self.confirmation(text_id) in map(str.casefold, confirmed)

    def confirmation(self, text_id: str) -> str:
        """Return what confirms a text in letters.toml: its id and the fingerprint of its words, `sumpah-pns:ab12cd34`.

        Of an oath all openings and closings count too: what is confirmed is everything that may be spoken.
        """
        spoken = _words(self.text(text_id).model_dump(mode="json", by_alias=True))
        if self.text(text_id).kind == "sumpah":
            others: Mapping[str, Religion | Choice] = {**self.religions, **self.choices}
            spoken |= {name: _words(one.model_dump(mode="json", by_alias=True)) for name, one in others.items()}
        data = normalize("NFC", json.dumps(spoken, sort_keys=True, ensure_ascii=False))
        return f"{text_id}:{sha256(data.encode()).hexdigest()[:FINGERPRINT]}"

    def check_confirmed(self, confirmed: Sequence[str], place: Place) -> Iterator[Problem]:
        """Yield a problem for each confirmation of a text that is not there, of other words, or of no words at all."""
        for given in confirmed:
            text_id, _, words = given.partition(":")
            if text_id not in self.texts:
                yield self._unknown(text_id, place)
            elif given.casefold() != self.confirmation(text_id) and not self.is_verified(text_id, ()):
                message = N_('[ikrar] disahkan names "{text}" without the fingerprint of the words that were compared.')
                if words:
                    message = N_('The words of "{text}" have changed since the office confirmed them.')
                params = {"text": text_id, "line": self.line(text_id, confirmed)}
                yield Problem("law.not-these-words", message, CONFIRM, place, params, Severity.WARNING)

    def line(self, text_id: str, confirmed: Sequence[str]) -> str:
        """Return the line of letters.toml that confirms a text as it is now, beside those that are confirmed."""
        others = [one for one in confirmed if one.partition(":")[0] != text_id]
        names = ", ".join(f'"{name}"' for name in (*others, self.confirmation(text_id)))
        return f"disahkan = [{names}]"

    def _unknown(self, text_id: str, place: Place | None = None) -> Problem:
        params = {"text": text_id, "near": near_names(text_id, self.texts), "known": ", ".join(self.texts)}
        message = N_('The text "{text}" is not known.')
        remedy = N_("Did you mean {near}?") if params["near"] else N_("Known are: {known}.")
        return Problem("law.unknown-oath", message, remedy, place or Place(), params)

    def unverified(self, text_id: str, confirmed: Sequence[str], place: Place) -> Problem:
        """Return the notice that letters with this text carry a draft mark."""
        text = self.text(text_id)
        params = {"text": text_id, "article": text.article or text.name, "line": self.line(text_id, confirmed)}
        message = N_('The words of "{text}" were not yet compared with {article}: letters are marked DRAF.')
        return Problem("law.unverified-oath", message, CONFIRM, place, params, Severity.WARNING)

    def wordless(self, text_id: str, place: Place) -> Iterator[Problem]:
        """Yield a problem for a text whose words nobody has seen in their source: the office copies them."""
        text = self.text(text_id)
        if text.points:
            return
        message = N_('The words of "{text}" are not known here: {article} was not seen.')
        remedy = N_('Copy them from it into ikrar.toml: [[teks]] id = "{text}", butir = ["…"], a sentence each.')
        params = {"text": text_id, "article": text.article or text.name}
        yield Problem("law.no-oath-words", message, remedy, place, params)

    def facts(self, text_id: str, confirmed: Collection[str]) -> dict[str, Any]:
        """Return a text with all that is needed to speak it, as plain data that can be kept with a letter."""
        text = self.text(text_id)
        status = "bebas" if text.fixed == "C" else "sudah" if self.is_verified(text_id, confirmed) else "belum"
        facts = {**text.model_dump(mode="json", by_alias=True), "status_verifikasi": status}
        if text.kind == "sumpah":
            facts["agama"] = [_opened(religion, text) for religion in self.religions.values()]
            facts["pilihan"] = [choice.model_dump(mode="json", by_alias=True) for choice in self.choices.values()]
        return facts


def _opened(religion: Religion, text: SpokenText) -> dict[str, Any]:
    """Return how people of a religion open and close `text`."""
    own = text.by_religion.get(religion.id, Utterance()).model_dump(mode="json", by_alias=True)
    return {**religion.model_dump(mode="json", by_alias=True), **{key: value for key, value in own.items() if value}}


def _words(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in WORDING if key in entry}


def _taken_over(layer: Layer[OathFile], table: str, entries: Sequence[Spoken]) -> dict[str, Spoken]:
    """Return the entries of one file; fixed words that an office's file says are verified once it confirms them.

    What that file itself says of `status_verifikasi` does not count: it would go on counting for other words.
    """
    raw = layer.source.data.get(table, [])
    own = {change.file for change in layer.changes}
    found = {}
    for entry, written in zip(entries, raw, strict=True):
        changed = bool(own) and any(key in written for key in WORDS_OR_STATUS)
        found[entry.id] = entry.model_copy(update={"status": "belum"}) if changed and entry.status else entry
    return found
