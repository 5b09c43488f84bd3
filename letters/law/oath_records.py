"""Tables of oaths.toml and an office's ikrar.toml → frozen records: spoken texts, openings by religion, choices.

Wording of class A (statute) and B (joint decree) is reproduced exactly; only the slots it declares may vary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, field_validator, model_validator

from letters.errors import N_
from letters.law.law_file import OfficeLevel
from letters.law.records import Day, Id, Record, Regime, Text
from letters.toml import Rejected

Kind = Literal["ikrar", "pakta", "pernyataan", "sumpah"]
Status = Literal["sudah", "belum"]
Word = Literal["bersumpah", "berjanji"]
SLOT = re.compile(r"\{(\w+)\}")
AREA = "{wilayah}"
BODY, WORD = "lembaga", "kata"
"""Slots filled from the person: the body they join; whether they swear or promise."""


def _with_word(opening: str) -> str:
    """Return an opening, which leaves open whether one swears or promises: that is the person's choice."""
    if SLOT.findall(opening) != [WORD]:
        raise Rejected(
            N_('"{key}" must hold {{kata}} once, and no other slot.'),
            N_('Write it like "Demi Allah, saya {{kata}}:"; kata says which word is usual.'),
        )
    return opening


class Slot(Record):
    """What stands for `{name}` in a text, unless the office fills it under `[isian]`."""

    value: str = Field(default="", alias="nilai")
    """May hold what something is called in the region: `{kepala_desa}`."""
    fact: Literal["", "pemilihan.nama", "kantor.nama", "kantor.wilayah"] = Field(default="", alias="dari")
    """Fact of the letter it is taken from."""
    by_regime: dict[Regime, Text] = Field(default={}, alias="menurut_rezim")
    in_title: dict[Text, Text] = Field(default={}, alias="di_judul")
    """Long forms of values where the slot is written in capitals."""
    optional: StrictBool = Field(default=False, alias="boleh_kosong")


class Utterance(Record):
    """How people of one religion open and close one oath; what is empty stays as in other oaths."""

    opening: str = Field(default="", alias="pembuka")
    word: Word | Literal[""] = Field(default="", alias="kata")
    closing: str = Field(default="", alias="penutup")

    @field_validator("opening")
    @classmethod
    def _check_word(cls, opening: str) -> str:
        return _with_word(opening) if opening else opening


class Swearer(Record):
    """Who takes the oath of the people of one group."""

    levels: Annotated[tuple[OfficeLevel, ...], Field(min_length=1, alias="tingkat")]
    """Levels of office whose chair may."""
    official: Text = Field(alias="pejabat")
    """The post as it is named to the user."""
    principals: Annotated[tuple[Text, ...], Field(min_length=1, alias="atas_nama")]
    """How `a.n.` names that post; `{wilayah}` at the end stands for the name of its area."""
    source: Annotated[tuple[Text, ...], Field(min_length=1, alias="sumber")]

    def may(self, level: str, principals: Iterable[str]) -> bool:
        """Return whether an office of `level` takes this oath by itself, or on behalf of one of `principals`."""
        return level in self.levels or any(self._is_named(post) for post in principals)

    def _is_named(self, post: str) -> bool:
        bare = " ".join(post.split()).casefold()
        return any(
            bare.startswith(named.removesuffix(AREA)) if named.endswith(AREA) else bare == named
            for named in map(str.casefold, self.principals)
        )


class SpokenText(Record):
    """A pledge, statement or oath: its words, where they come from, and how far they are fixed."""

    id: Id
    name: Text = Field(alias="nama")
    kind: Kind = Field(alias="jenis")
    fixed: Literal["A", "B", "C"] = Field(alias="kelas")
    """A = set by a statute, B = by a joint decree, C = free."""
    status: Status | Literal[""] = Field(default="", alias="status_verifikasi")
    """Whether the words were read in the source; empty for class C, which has no source."""
    source: tuple[Text, ...] = Field(default=(), alias="sumber")
    article: str = Field(default="", alias="pasal")
    note: str = Field(default="", alias="catatan")
    title: tuple[Text, ...] = Field(alias="judul", min_length=1)
    opening: str = Field(default="", alias="pembuka")
    points: tuple[Text, ...] = Field(default=(), alias="butir")
    """Empty for fixed words that were not seen in their source: the office copies them from there."""
    closing: str = Field(default="", alias="penutup")
    bodies: tuple[Text, ...] = Field(default=(), alias="lembaga")
    """Alternatives of `{lembaga}`, of which exactly one is spoken."""
    by_religion: dict[Id, Utterance] = Field(default={}, alias="menurut_agama")
    """Openings and closings that this oath has otherwise than others."""
    witnesses: Annotated[StrictInt, Field(ge=0, alias="saksi")] = 0
    """Witnesses its minutes need."""
    swearers: dict[Id, Swearer] = Field(default={}, alias="diambil_oleh", exclude=True)
    """By group, who takes the oath; a group that is not named may be sworn in by any office. It is not spoken."""
    slots: dict[Id, Slot] = Field(default={}, alias="isian")

    @model_validator(mode="after")
    def _check_evidence(self) -> SpokenText:
        """Fixed words have a source and say whether they were compared with it; free words have neither to show."""
        if self.fixed != "C" and not (self.source and self.status):
            raise Rejected(
                N_("The words of {text} are of class {fixed}, but sumber or status_verifikasi is missing."),
                N_('Name the source, and write status_verifikasi = "belum" until the words were compared with it.'),
                text=self.id,
                fixed=self.fixed,
            )
        if not self.points and self.status != "belum":
            raise Rejected(
                N_("The text {text} has no words."),
                N_('Write butir = ["…"], each sentence or point by itself.'),
                text=self.id,
            )
        if self.fixed == "C" and self.status:
            raise Rejected(
                N_("The words of {text} are free (class C), so there is nothing to verify."),
                N_("Delete status_verifikasi, or name the class and the source."),
                text=self.id,
            )
        return self

    @model_validator(mode="after")
    def _check_slots(self) -> SpokenText:
        """Refuse a slot that nothing fills, and one that no sentence has."""
        texts = (*self.title, self.opening, *self.points, self.closing)
        used = {name.lower() for text in texts for name in SLOT.findall(text)}
        known = {*self.slots, *([BODY] if self.bodies else [])}
        if odd := sorted(used ^ known):
            raise Rejected(
                N_("In {text} these slots stand either only in the sentences or only under isian: {slots}."),
                N_("Declare each {{slot}} of the sentences under [teks.isian.…], and no other."),
                text=self.id,
                slots=", ".join(odd),
            )
        return self


class Religion(Record):
    """How the people of one religion open and close their oath."""

    id: Id
    name: Text = Field(alias="nama")
    spellings: tuple[Text, ...] = Field(default=(), alias="sebutan")
    """Further names that the column `agama` may hold."""
    opening: Text = Field(alias="pembuka")
    word: Word = Field(alias="kata")
    closing: str = Field(default="", alias="penutup")
    status: Status = Field(alias="status_verifikasi")
    source: Annotated[tuple[Text, ...], Field(min_length=1, alias="sumber")]
    note: str = Field(default="", alias="catatan")

    @field_validator("opening")
    @classmethod
    def _check_word(cls, opening: str) -> str:
        return _with_word(opening)


class Choice(Record):
    """What a person may choose in the column `pilihan`: another word, or another opening."""

    id: Id
    word: Word | Literal[""] = Field(default="", alias="kata")
    opening: str = Field(default="", alias="pembuka")
    source: tuple[Text, ...] = Field(default=(), alias="sumber")


class OathFile(Record):
    """oaths.toml, or an office's ikrar.toml."""

    schema_version: Annotated[StrictInt, Field(le=1)] = 1
    as_of: Day | None = None
    texts: tuple[SpokenText, ...] = Field(default=(), alias="teks")
    religions: tuple[Religion, ...] = Field(default=(), alias="agama")
    choices: tuple[Choice, ...] = Field(default=(), alias="pilihan")
