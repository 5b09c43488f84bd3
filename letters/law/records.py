"""Tables of laws.toml and stages.toml → frozen, typed records. What the files may say, and nothing else.

A missing date, gazette or successor is not known or does not apply; nothing here ever fills one in.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict, StrictBool, StrictInt, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Day = Annotated[date, Strict()]
"""A TOML date; text or a number is not taken for one."""

LawStatus = Literal[
    "in_force", "in_force_amended", "partly_revoked", "revoked", "superseded", "spent", "uncertain", "not_verified"
]
LetterUse = Literal["cite", "cite_with_care", "background", "do_not_cite"]
Regime = Literal["pemilu", "pemilihan", "both"]
Phase = Literal[
    "always",
    "before_during_after",
    "campaign",
    "outside_campaign",
    "campaign_to_polling",
    "masa_tenang",
    "pemungutan",
    "data_pemilih",
    "pencalonan",
    "mutasi",
    "mutasi_pascapelantikan",
    "six_months_before_penetapan",
    "dana_kampanye",
    "penetapan_hasil",
    "pelantikan",
    "nontahapan",
    "authority",
]
ElectionStatus = Literal["finished", "not_held", "current", "not_regulated"]
StageKind = Literal["stage", "substage", "window", "parallel", "deadline", "conditional", "recurring", "not_regulated"]


class Record(BaseModel):
    """A table of a data file: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Period(Record):
    """Days from and to which something holds, both included; a missing end is open."""

    since: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(default=None, alias="to")

    def holds(self, on: date) -> bool:
        """Return whether `on` lies inside."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


# -- laws ---------------------------------------------------------------------------------------------


class Audience(Record):
    """A kind of people or bodies that a law binds."""

    id: Text
    """Indonesian name."""
    en: str = ""


class Amendment(Record):
    """One law changed by another."""

    by: Id
    """Id of the changing law."""
    on: Day | None = None
    note: str = ""


class FormalName(Period):
    """The name to print for a letter dated inside the period."""

    text: Text


class Article(Record):
    """One article (or part of one, or an annex) and what it is about."""

    ref: Text
    """As printed: `Pasal 2 huruf f`, `Lampiran II disiplin`; `(umum)` stands for the law as a whole."""
    audience: tuple[str, ...] = ()
    """Ids of the audiences it binds."""
    phase: Phase = "always"
    """When it bites."""
    gist_id: str = ""
    gist_en: str = ""
    sanction: str = ""
    verified: StrictBool = False
    note: str = ""


class Law(Record):
    """A law or regulation, what became of it, and the articles letters cite."""

    id: Id
    kind: Text = "lainnya"
    """`uu`, `pp`, `perbawaslu` …"""
    title: Text
    """Full title as first made, without amendments."""
    title_verified: StrictBool = True
    """False: the exact title was not seen in a source."""
    short_title: str = ""
    number: str = ""
    year: StrictInt
    gazette: str = ""
    enacted: Day | None = None
    in_force: Day | None = None
    status: LawStatus = "in_force"
    """State of knowledge of the file's `as_of`; for a letter's date look at the dates."""
    revoked_by: str = ""
    revoked_on: Day | None = None
    """First day on which it no longer stands."""
    surviving: tuple[str, ...] = ()
    """Articles of a partly revoked law that still stand."""
    replaces: str = ""
    amended_by: tuple[Amendment, ...] = ()
    cite: tuple[FormalName, ...] = ()
    """Formal names by period, for laws whose chain of amendments must be named."""
    applies_to: Regime = "both"
    letter_use: LetterUse = "cite"
    source: tuple[str, ...] = ()
    verified: StrictBool = False
    """Identity and status were seen in a source."""
    unverified: str = ""
    """What was not seen."""
    note: str = ""
    audiences_bound: tuple[str, ...] = ()
    articles: tuple[Article, ...] = ()

    @property
    def designation(self) -> str:
        """Return kind, number and year without the subject: `Undang-Undang Nomor 20 Tahun 2023`."""
        return self.title.split(" tentang ")[0]

    @property
    def earliest(self) -> date:
        """Return the first day on which a letter may cite it, as far as the file tells."""
        return self.in_force or self.enacted or date(self.year, 1, 1)


class LawFile(Record):
    """laws.toml, or an office's own file of laws."""

    schema_version: Annotated[StrictInt, Field(le=1)] = 1
    as_of: Day | None = None
    """State of knowledge."""
    audiences: dict[Id, Audience] = {}
    laws: tuple[Law, ...] = ()


# -- stages -------------------------------------------------------------------------------------------


class Base(Period):
    """A legal basis of a stage, with the part of the stage in which the law was in force."""

    law: Id
    ref: Text

    @property
    def reference(self) -> str:
        """Return the reference a law book understands: `uu-7-2017:"Pasal 281"`."""
        return f'{self.law}:"{self.ref}"'


class Stage(Record):
    """A stage of an election, or a window set by a law. A missing start or end is open or not known."""

    id: Id
    election: Id
    """Id of its election."""
    name: Text
    kind: StageKind = "stage"
    parent: str = ""
    """Stage it is a part of."""
    start: Day | None = None
    end: Day | None = None
    """Last day."""
    date_rule: str = ""
    """How the dates are found where they are missing."""
    actual: str = ""
    """What really happened, where that is known."""
    legal_source: str = ""
    source: tuple[str, ...] = ()
    verified: StrictBool = False
    """The dates were seen in a source."""
    letter_subject_id: str = ""
    """Usual subject of a prevention letter."""
    letter_subject_en: str = ""
    addressees: tuple[str, ...] = ()
    """Groups of recipients such a letter usually goes to."""
    bases: tuple[Base, ...] = ()
    """Pool of legal bases; choose by audience, phase and date."""
    examples: tuple[str, ...] = ()
    note: str = ""


class Election(Record):
    """An election (or the time outside elections) with its stages, in the order of the calendar."""

    id: Id
    name: Text
    regime: Regime
    legal_basis: tuple[str, ...] = ()
    """Ids of laws."""
    polling_day: Day | None = None
    status: ElectionStatus = "current"
    verified: StrictBool = False
    source: tuple[str, ...] = ()
    note: str = ""
    stages: tuple[Stage, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _name_election(cls, data: Any) -> Any:
        """Tell every stage which election it belongs to; the file says it by its place."""
        stages = data.get("stages") if isinstance(data, dict) else None
        if not isinstance(stages, list):
            return data
        known = [{**stage, "election": data.get("id", "")} if isinstance(stage, dict) else stage for stage in stages]
        return {**data, "stages": known}


class CalendarFile(Record):
    """stages.toml, or an office's own file of stages."""

    schema_version: Annotated[StrictInt, Field(le=1)] = 1
    as_of: Day | None = None
    addressees: dict[Id, Text] = {}
    """Groups of recipients and their Indonesian names."""
    elections: tuple[Election, ...] = ()
