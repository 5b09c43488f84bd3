"""Template, date and recipients → the letters to be written: who stands in each, and how it is numbered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from letters.batch.facts import Setting, classification_of, common_columns
from letters.batch.findings import BatchError
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem
from letters.model.letter import Recipient
from letters.register.numbering import Pattern, period_of
from letters.settings import Series

EACH, ONE, LIST = "per penerima", "satu", "daftar"
"""Ways to number (`nomor` in the front matter): each recipient's letter, all copies alike, one letter to all."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the letters of one template are numbered."""

    series: str
    settings: Series
    pattern: Pattern
    parts: dict[str, str]
    """What the pattern prints besides order and date: `klasifikasi`, `kode`."""
    signatory: str
    """Key of the signatory in letters.toml, for series with a count for each."""

    def specimen(self, day: date) -> str:
        """Return a number that is none: the running part is zero."""
        return self.pattern.format(0, day, self.parts)

    def period(self, day: date) -> str:
        """Return what the count restarts by on `day`."""
        return period_of(self.settings.period, self.settings.per, day, self.parts | {"penandatangan": self.signatory})


@dataclass(frozen=True, slots=True)
class Draft:
    """One copy of a letter, before it has a number. Most letters have one copy with one addressee."""

    setting: Setting
    recipient: Recipient
    """Whose copy it is; of a letter that lists several, what their rows have in common, without key."""
    addressees: tuple[Recipient, ...]
    """Who stands under Yth.: one, or several."""
    numbering: Numbering | None
    batch: str

    @property
    def specimen_number(self) -> str:
        """Return the number this letter shows before it has one; empty for documents without number."""
        return self.numbering.specimen(self.setting.day) if self.numbering else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One entry of the register: copies that share a number, mostly one."""

    key: str
    """What binds the number together with the batch: the recipient's `kode`; empty for a letter to all."""
    copies: tuple[Draft, ...]

    @property
    def first(self) -> Draft:
        """Return a copy that stands for all: setting, numbering and batch are the same."""
        return self.copies[0]

    @property
    def id(self) -> tuple[str, str]:
        """Return (batch, key)."""
        return self.first.batch, self.key

    @property
    def addressees(self) -> tuple[Recipient, ...]:
        """Return everyone who gets the letter, in the order of the table."""
        return tuple(person for copy in self.copies for person in copy.addressees)

    def on(self, setting: Setting) -> Letter:
        """Return the letter with another setting: under the date its number was taken on."""
        return replace(self, copies=tuple(replace(copy, setting=setting) for copy in self.copies))


@dataclass(frozen=True, slots=True)
class Batch:
    """The letters of one template for one stage; they are made from its recipients each time they are asked for."""

    name: str
    """What the numbers are bound to, together with the recipients' keys."""
    setting: Setting
    numbering: Numbering | None
    people: Sequence[Recipient]
    """Who gets them: at least one, in the order of the table."""

    @property
    def copies(self) -> int:
        """Return how many copies there are: one for each recipient, or one that lists them all."""
        return 1 if self.setting.template.front.numbering == LIST else len(self.people)

    def drafts(self) -> Iterator[Draft]:
        """Yield the copies of the letters, in the order of the table."""
        if self.setting.template.front.numbering == LIST:
            together = Recipient("", "", common_columns([person.fields for person in self.people]))
            yield Draft(self.setting, together, tuple(self.people), self.numbering, self.name)
            return
        for person in self.people:
            yield Draft(self.setting, person, (person,), self.numbering, self.name)

    def letters(self) -> Iterator[Letter]:
        """Yield the letters, in the order of the table: copies with one number are one letter."""
        if self.setting.template.front.numbering == EACH:
            for draft in self.drafts():
                yield Letter(draft.recipient.key, (draft,))
        else:
            yield Letter("", tuple(self.drafts()))


def numbering_of(workspace: Workspace, setting: Setting) -> Numbering | None:
    """Return how `setting`'s letters are numbered; None for documents without a number.

    Raises BatchError for an unknown series, a bad pattern, or a template that lacks what the pattern prints.
    """
    front = setting.template.front
    if not front.series:
        return None
    series = workspace.settings.series.get(front.series)
    if series is None:
        raise BatchError(
            Problem(
                "batch.unknown-series",
                N_('The number series "{series}" is not in letters.toml (there are: {known}).'),
                N_("Add [deret.{series}] with pola to letters.toml or correct deret in the template."),
                Place(file=str(setting.template.path)),
                {"series": front.series, "known": ", ".join(workspace.settings.series)},
            )
        )
    pattern = Pattern.parse(series.pattern)
    classification = classification_of(front.classification, workspace.settings.office.level)
    parts = {"klasifikasi": classification, "kode": setting.signatory.code}
    if problems := pattern.code_problems(parts):
        raise BatchError(*(replace(problem, place=_part_place(workspace, setting, problem)) for problem in problems))
    return Numbering(front.series, series, pattern, parts, front.signatory)


def _part_place(workspace: Workspace, setting: Setting, problem: Problem) -> Place:
    """Return where the part of a number stands: the template classifies the letter, letters.toml names signatories."""
    written = setting.template.path if problem.params["name"] == "klasifikasi" else workspace.folder / SETTINGS_FILE
    return Place(file=str(written))
