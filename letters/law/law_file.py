"""Everything a law data file may hold → one validated record per file.

The package keeps its data in several files (laws, quotations, matrix, groups, lint); an office's hukum.toml may hold
any of these tables.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt, model_validator

from letters.law.groups import Areas, Column, Group
from letters.law.records import Audience, Day, Id, Law, Period, Record, Regime, Text

OfficeLevel = Literal["ri", "provinsi", "kabupaten", "kota", "kecamatan", "desa", "pemda"]


class Basis(Period):
    """A legal basis of the matrix, with the days on which it may be cited."""

    ref: Text
    """Reference; alternatives with `|` between them, of which the first in force counts."""
    bans: StrictBool = True
    """Whether it forbids the addressee to take sides; what only bars from a party office does not."""

    @model_validator(mode="before")
    @classmethod
    def _accept_text(cls, data: Any) -> Any:
        """Take a bare reference for one without dates."""
        return {"ref": data} if isinstance(data, str) else data


class Row(Record):
    """A row of the matrix: a phase of an election, with the legal bases of every column."""

    id: Id
    name: Text
    regime: Regime
    for_stages: tuple[Id, ...] = ()
    """Ids of stages that use it."""
    default: StrictBool = False
    """Whether letters that name no stage use it."""
    cells: dict[Id, tuple[Text, ...]]
    """Codes and references by column; in round brackets those that bind only indirectly; an empty list: none found."""
    source: tuple[str, ...] = ()
    note: str = ""


class Body(Record):
    """A public body that came to an end."""

    id: Id
    names: tuple[Text, ...]
    """As letters write it."""
    ended_on: Day
    """First day on which it can no longer be written to."""
    successor: Text
    source: tuple[str, ...] = ()


class WordRule(Record):
    """Words that do not belong into letters of a regime."""

    id: Id
    pattern: Text
    """Regular expression, read without regard to case; a blank stands for any white space."""
    regime: Regime
    """Regime of the letters in which the words are out of place."""
    better: Text
    unless: str = ""
    """Regular expression: words inside what it finds are right, those elsewhere in the letter are not."""
    severity: Literal["error", "warning", "hint"] = "hint"
    note: str = ""


class OtherLaw(Record):
    """A law that letters may name although no letter rests on it: known by number and subject, nothing more."""

    id: Id
    subject: Text
    revoked_on: Day | None = None
    """First day on which it no longer stands."""
    replaced_by: str = ""
    """Id of the law on the same subject that came after it; without `revoked_on` nobody saw that it revokes it."""


class LawFile(Record):
    """A data file of laws."""

    schema_version: Annotated[StrictInt, Field(le=1)] = 1
    as_of: Day | None = None
    """State of knowledge."""
    audiences: dict[Id, Audience] = {}
    laws: tuple[Law, ...] = ()
    columns: dict[Id, Column] = {}
    groups: tuple[Group, ...] = ()
    areas: Areas = Areas()
    codes: dict[Text, tuple[Basis, ...]] = {}
    """Sets of references that the matrix names by a short code."""
    matrix: tuple[Row, ...] = ()
    authority: dict[Regime, dict[OfficeLevel, tuple[Text, ...]]] = {}
    """References that give an office of a level the power to write."""
    bodies: tuple[Body, ...] = ()
    words: tuple[WordRule, ...] = ()
    others: tuple[OtherLaw, ...] = ()
