"""Tables of stages.toml and an office's tahapan.toml → frozen, typed records.

A missing date is not known or does not apply; nothing here ever fills one in.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StrictInt, model_validator

from letters.law.records import Day, Id, Period, Record, Regime, Text

ElectionStatus = Literal["finished", "not_held", "current", "not_regulated"]
StageKind = Literal["stage", "substage", "window", "parallel", "deadline", "conditional", "recurring", "not_regulated"]


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
    ends_with: tuple[Id, ...] = ()
    """Stages of the election of which the first that has a date ends this one, where it has no last day of its own."""
    until: Day | None = None
    """That date: worked out from `ends_with` when the calendar is read, never written in a file."""
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
    row: str = ""
    """Id of the matrix row whose legal bases it uses, where the matrix itself does not name the stage."""
    note: str = ""

    @property
    def last_day(self) -> date | None:
        """Return the last day, its own or the one another stage brings; None where it is open or not known."""
        return self.end or self.until


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

    @property
    def last_day(self) -> date | None:
        """Return its last day, as far as its days are known: then its stages without an end are over too."""
        return max((day for stage in self.stages if (day := stage.end or stage.start)), default=None)

    def find_stage(self, stage_id: str) -> Stage | None:
        """Return its stage with this id; None when it has none."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    @model_validator(mode="before")
    @classmethod
    def _name_election(cls, data: Any) -> Any:
        """Tell every stage which election it belongs to; the file says it by its place."""
        stages = data.get("stages") if isinstance(data, dict) else None
        if not isinstance(stages, list):
            return data
        own = {"election": data.get("id", "")}
        known = [{**stage, **own, **_until(stage, stages)} if isinstance(stage, dict) else stage for stage in stages]
        return {**data, "stages": known}


def _until(stage: dict[str, Any], stages: list[Any]) -> dict[str, date]:
    """Return the day on which the first stage of `ends_with` that has a date ends `stage`, as it stands in the file."""
    names = stage.get("ends_with")
    begins = {one.get("id"): one.get("start") or one.get("end") for one in stages if isinstance(one, dict)}
    days = [begins.get(name) for name in names] if isinstance(names, list) else []
    return next(({"until": day} for day in days if isinstance(day, date)), {})


class CalendarFile(Record):
    """stages.toml, or an office's own file of stages."""

    schema_version: Annotated[StrictInt, Field(le=1)] = 1
    as_of: Day | None = None
    addressees: dict[Id, Text] = {}
    """Groups of recipients and their Indonesian names."""
    elections: tuple[Election, ...] = ()
