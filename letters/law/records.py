"""Tables of laws.toml and an office's hukum.toml → frozen, typed records. What the files may say, and nothing else.

A missing date, gazette or successor is not known or does not apply; nothing here ever fills one in.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Strict, StrictBool, StrictInt, StringConstraints

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

RANKS = (
    ("uud",),
    ("tap_mpr",),
    ("uu", "perppu"),
    ("pp",),
    ("perpres",),
    ("perbawaslu", "pkpu", "perpol"),
    ("permen",),
    ("perda",),
    ("perkada",),
    ("putusan_mk", "keputusan", "skb"),
    ("instruksi",),
    ("se",),
)
"""Kinds of law in the order in which a letter lists them: UU 12/2011 Pasal 7 and 8, then decisions and circulars."""
DISTINCT = re.compile(r"[0-9A-Z.]+(?:[/-][0-9A-Z.]+)+")
"""A number that names one law by itself: `800-5474`, `136/PUU-XXII/2024`."""


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
    text: str = ""
    """The statute's own words with its own labels; empty where the book has none."""
    text_source: str = ""
    """Where the words were read."""
    addressed_to: tuple[str, ...] = ()
    """Ids of those it speaks to, where others in `audience` are only hit through them."""
    audience_since: dict[str, Day] = {}
    """Audiences that it binds only from a day on."""


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
    short_name: str = ""
    """Short name to print, where `short_title` is none: `UU Pemilihan`."""
    called: str = ""
    """Name for later mentions, where kind, number and year are too long for one."""
    aliases: tuple[Text, ...] = ()
    """Further names by which letters call it."""
    number: str = ""
    year: StrictInt
    gazette: str = ""
    enacted: Day | None = None
    in_force: Day | None = None
    seen_in_force: Day | None = None
    """Where the first day is not known: a day on which it is known to stand."""
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
    penal: tuple[Annotated[str, StringConstraints(pattern=r"^[0-9]+-[0-9]+$")], ...] = ()
    """Ranges of articles that threaten prison, detention or a fine: `488-554`."""
    no_penalties: StrictBool = False
    """Whether nothing in it threatens prison, detention or a fine."""
    stronger: tuple[Text, ...] = ()
    """References that say the same with more weight."""
    cycle: tuple[Id, ...] = ()
    """Ids of the elections it was made for; empty: for any."""
    cycle_until: Day | None = None
    """Last day of that cycle."""

    @property
    def designation(self) -> str:
        """Return kind, number and year without the subject: `Undang-Undang Nomor 20 Tahun 2023`."""
        return self.called or self.title.split(" tentang ")[0]

    @property
    def subject(self) -> str:
        """Return what it is about: `Aparatur Sipil Negara`; empty where the title does not say."""
        return self.title.partition(" tentang ")[2]

    @property
    def brief(self) -> str:
        """Return the short name for running text: `UU ASN`, `PKPU Nomor 13 Tahun 2024`."""
        name = self.short_name or self.short_title or self.designation
        return re.sub(r"^(.*) 0*([0-9]+)/([0-9]{4})$", r"\1 Nomor \2 Tahun \3", name)

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Return the key that sorts laws as a letter lists them: by rank, then year and number."""
        rank = next((place for place, kinds in enumerate(RANKS) if self.kind in kinds), len(RANKS))
        first = re.match(r"[0-9]+", self.number)
        return rank, self.year, int(first[0]) if first else 0, self.id

    @property
    def distinct_numbers(self) -> tuple[str, ...]:
        """Return those of its numbers that belong to no other law."""
        return tuple(DISTINCT.findall(self.number)) if self.kind in ("skb", "se", "putusan_mk") else ()

    def is_penal(self, article: int) -> bool:
        """Return whether the article with this number threatens a penalty."""
        return any(int(first) <= article <= int(last) for first, last in (span.split("-") for span in self.penal))

    @property
    def first_day_unknown(self) -> bool:
        """Return whether no more than the year is known of when it came into force."""
        return not (self.in_force or self.enacted)

    @property
    def earliest(self) -> date:
        """Return the first day on which a letter may cite it, as far as the file tells."""
        return self.in_force or self.enacted or date(self.year, 1, 1)
