"""Calendar data → elections with their stages, and the groups of recipients.

Dates are facts or missing, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters.errors import N_, LawError, Place, Problem
from letters.law.layers import Change, near_names, read_layers, unknown_names
from letters.law.stage_records import CalendarFile, Election, Stage
from letters.law.timeline import Span, StageState, check_date, conflicts, stage_state, timeline
from letters.toml import Loc, TomlFile, line_of

FIRST_YEAR, LAST_YEAR = 1945, 2200
"""Years in which an election may have a stage."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Elections, their stages, and the groups letters go to."""

    by_id: Mapping[str, Election]
    addressees: Mapping[str, str]
    as_of: date | None
    """State of knowledge of the newest file that gives one."""
    changed: tuple[Change, ...] = ()

    @classmethod
    def load(cls, *paths: Path) -> Calendar:
        """Return the package's calendar, with the office's own files added or laid over it.

        Raises LawError with every problem of the first file that cannot be used.
        """
        elections: dict[str, Election] = {}
        addressees: dict[str, str] = {}
        as_of: date | None = None
        changed: tuple[Change, ...] = ()
        for layer in read_layers(CalendarFile, ("stages.toml",), paths):
            file = layer.file
            addressees |= file.addressees
            as_of = max(filter(None, (as_of, file.as_of)), default=None)
            _check_names(layer.source, file, addressees)
            for election in file.elections:
                elections[election.id] = _in_old_order(election, elections.get(election.id))
            changed += layer.changes
        return cls(elections, addressees, as_of, changed)

    def changes(self) -> tuple[Change, ...]:
        """Return what the office's own files say otherwise than the calendar of the package."""
        return self.changed

    @property
    def elections(self) -> tuple[Election, ...]:
        """Return every election, in the order of the files."""
        return tuple(self.by_id.values())

    def election(self, election_id: str) -> Election:
        """Return the election with this id; raises LawError with near ids when there is none."""
        if election_id in self.by_id:
            return self.by_id[election_id]
        params = {"election": election_id, "near": near_names(election_id, self.by_id), "known": ", ".join(self.by_id)}
        message = N_('The election "{election}" is not known.')
        remedy = N_("Did you mean {near}?") if params["near"] else N_("Known are: {known}.")
        raise LawError(Problem("law.unknown-election", message, remedy, params=params))

    def stages(self, election_id: str) -> tuple[Stage, ...]:
        """Return the stages of an election in the order of the calendar; raises LawError for an unknown election."""
        return self.election(election_id).stages

    def stage(self, election_id: str, stage_id: str) -> Stage:
        """Return a stage; its dates are None where they are open or not known.

        Raises LawError with near ids for an unknown election or stage.
        """
        stages = {stage.id: stage for stage in self.stages(election_id)}
        if stage_id in stages:
            return stages[stage_id]
        params = {"stage": stage_id, "election": election_id, "near": near_names(stage_id, stages)}
        params["known"] = ", ".join(stages)
        message = N_('The stage "{stage}" of "{election}" is not known.')
        remedy = N_("Did you mean {near}?") if params["near"] else N_("Known are: {known}.")
        raise LawError(Problem("law.unknown-stage", message, remedy, params=params))

    def timeline(self, election_id: str) -> tuple[Span, ...]:
        """Return the stages by their first day, parts below the stage around them, those without dates last.

        Raises LawError for an unknown election.
        """
        return timeline(self.election(election_id))

    def check_date(self, election_id: str, stage_id: str, day: date, *, prevents: bool = True) -> list[Problem]:
        """Return what is odd about a letter for this stage that is dated `day`: over, begun, far ahead, no date.

        `prevents` says whether the letter is to prevent something, so that it comes too late once the stage began.
        Raises LawError for an unknown election or stage.
        """
        closes = self.election(election_id).last_day
        return list(check_date(self.stage(election_id, stage_id), day, prevents=prevents, closes=closes))

    def state(self, election_id: str, stage_id: str, day: date) -> StageState:
        """Return how a stage lies to a day; raises LawError for an unknown election or stage."""
        return stage_state(self.stage(election_id, stage_id), day, self.election(election_id).last_day)

    def conflicts(self) -> list[Problem]:
        """Return warnings for elections that the office's files changed and whose main stages no longer fit."""
        changed = {name for change in self.changed for name in change.entry.split("/")[1:2]}
        return [problem for name, one in self.by_id.items() if name in changed for problem in conflicts(one)]

    def groups(self) -> Mapping[str, str]:
        """Return the groups of recipients (`kelompok`) with their Indonesian names."""
        return self.addressees


def _in_old_order(election: Election, before: Election | None) -> Election:
    """Return an election whose stages stand where they stood before it was changed; new ones come last."""
    places = {stage.id: place for place, stage in enumerate(before.stages)} if before else {}
    stages = sorted(election.stages, key=lambda stage: places.get(stage.id, len(places)))
    return election.model_copy(update={"stages": tuple(stages)})


def _check_names(source: TomlFile, file: CalendarFile, addressees: Mapping[str, str]) -> None:
    """Raise LawError when a stage names a group or a parent stage that is nowhere."""
    problems = [*unknown_names(source, _addressee_names(file), addressees), *_reversed_dates(source, file)]
    problems += _implausible_dates(source, file)
    for index, election in enumerate(file.elections):
        stages = {stage.id for stage in election.stages}
        problems += unknown_names(source, _parent_names(index, election), stages)
    if problems:
        raise LawError(*problems)


def _reversed_dates(source: TomlFile, file: CalendarFile) -> Iterator[Problem]:
    """Yield a problem for each stage that ends before it begins."""
    for index, election in enumerate(file.elections):
        for number, stage in enumerate(election.stages):
            if stage.start and stage.end and stage.end < stage.start:
                place = Place(file=source.file, line=line_of(("elections", index, "stages", number), source.lines()))
                message = N_('The stage "{stage}" ends on {end}, before it begins on {start}.')
                params = {"stage": stage.id, "start": stage.start, "end": stage.end}
                yield Problem("law.dates-reversed", message, N_("Correct start or end."), place, params)


def _implausible_dates(source: TomlFile, file: CalendarFile) -> Iterator[Problem]:
    """Yield a problem for each date of a year in which there is no election: a slip that no reckoning should meet."""
    for index, election in enumerate(file.elections):
        loc: Loc = ("elections", index)
        dated = [(loc, election.polling_day)]
        for number, stage in enumerate(election.stages):
            dated += [((*loc, "stages", number), stage.start), ((*loc, "stages", number), stage.end)]
        for where, day in dated:
            if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
                place = Place(file=source.file, line=line_of(where, source.lines()))
                message = N_("The date {day} lies outside the years {first} to {last}.")
                params = {"day": day, "first": FIRST_YEAR, "last": LAST_YEAR}
                yield Problem("law.date-implausible", message, N_("Correct the year."), place, params)


def _addressee_names(file: CalendarFile) -> Iterator[tuple[Loc, str]]:
    for index, election in enumerate(file.elections):
        for number, stage in enumerate(election.stages):
            for name in stage.addressees:
                yield ("elections", index, "stages", number, "addressees"), name


def _parent_names(index: int, election: Election) -> Iterator[tuple[Loc, str]]:
    for number, stage in enumerate(election.stages):
        yield ("elections", index, "stages", number, "parent"), stage.parent
        for name in stage.ends_with:
            yield ("elections", index, "stages", number, "ends_with"), name
