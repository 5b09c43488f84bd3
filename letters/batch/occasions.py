"""Templates and what the user asked for → for which stage of which election each template's letters are made.

A template may serve several stages and several elections; a letter is always for one stage of one election.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, SettingsError, UsageError
from letters.law import Calendar, Election
from letters.merge import Template
from letters.toml import near_name

KINDS = ("pemilu", "pemilihan")
"""Kinds of election that `pemilihan` of a front matter may name instead of one election."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The stage of an election that a letter is for; both empty for a letter outside elections."""

    election: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for: an election and a stage, each empty if any will do."""

    election: str = ""
    stage: str = ""
    every: bool = False
    """Whether a template that serves several stages is wanted for all of them."""


def served(calendar: Calendar, template: Template) -> tuple[Occasion, ...]:
    """Return every stage of every election that `template` is for, in the order of the calendar.

    Raises LawError for an election that is not known, or a stage that none of its elections has.
    """
    front = template.front
    if not (front.elections or front.stages):
        return (Occasion(),)
    elections = list(_elections(calendar, front.elections or [election.id for election in calendar.elections]))
    if not front.stages:
        return tuple(Occasion(election.id) for election in elections)
    for stage in front.stages:
        if not any(stage == known.id for election in elections for known in election.stages):
            calendar.stage(elections[0].id, stage)  # says that it is not known, and which name is near
    return tuple(
        Occasion(election.id, stage.id)
        for election in elections
        for stage in election.stages
        if stage.id in front.stages
    )


def _elections(calendar: Calendar, names: Iterable[str]) -> Iterator[Election]:
    """Yield the elections called by `names`, each once; raises LawError for an unknown one."""
    found: dict[str, Election] = {}
    for name in names:
        of_kind = [election for election in calendar.elections if election.regime == name and name in KINDS]
        found |= {election.id: election for election in (of_kind or [calendar.election(name)])}
    yield from found.values()


def occasions(workspace: Workspace, template: Template, wanted: Wanted, *, named: bool = False) -> tuple[Occasion, ...]:
    """Return what letters of `template` are made for; none when it does not serve what is wanted.

    One that the user `named` and that is for a whole election is made for any stage of it that is wanted.

    Without an election wanted, it is the template's only one, else that of letters.toml. Raises LawError as `served`,
    and UsageError when the template serves several and nothing says which.
    """
    found = [one for one in served(workspace.calendar, template) if wanted.stage in ("", one.stage)]
    if named and wanted.stage and template.front.elections and not template.front.stages:
        found = list(_any_stage(workspace.calendar, template, wanted.stage))
    election = wanted.election or _usual_election(workspace, template, found)
    found = [one for one in found if one.election == election]
    if len(found) > 1 and not wanted.every:
        raise UsageError(_several_stages(template, found))
    return tuple(found)


def _any_stage(calendar: Calendar, template: Template, stage: str) -> Iterator[Occasion]:
    """Yield the stage in each election that has it, for a template that is for whole elections."""
    for whole in served(calendar, template):
        if any(stage == one.id for one in calendar.stages(whole.election)):
            yield Occasion(whole.election, stage)


def _usual_election(workspace: Workspace, template: Template, found: Iterable[Occasion]) -> str:
    names = list(dict.fromkeys(one.election for one in found))
    if len(names) < 2:
        return names[0] if names else ""
    if workspace.settings.election in names:
        return workspace.settings.election
    raise UsageError(_several_elections(template.name, names))


# -- the letters of a stage ---------------------------------------------------------------------------


def own_templates(workspace: Workspace) -> Iterator[Template]:
    """Yield the templates that this office sends, by its level and letters.toml.

    Raises TemplateError for one that cannot be used, SettingsError when letters.toml leaves out one that is not there.
    """
    level, not_sent = workspace.settings.office.level, templates_left_out(workspace)
    for name in (listing.name for listing in workspace.templates.names()):
        template = workspace.templates.load(name)
        if name not in not_sent and is_sent_by(level, template):
            yield template


def is_sent_by(level: str, template: Template) -> bool:
    """Return whether offices of `level` send letters of `template`."""
    return not template.front.senders or level in template.front.senders


def templates_left_out(workspace: Workspace) -> tuple[str, ...]:
    """Return the templates that this office does not send; raises SettingsError when one is not there."""
    not_sent = workspace.settings.calendar.not_sent
    names = [listing.name for listing in workspace.templates.names()]
    if unknown := [name for name in not_sent if name not in names]:
        raise SettingsError(*(_not_there(workspace, name, names) for name in unknown))
    return not_sent


def templates_of_stage(workspace: Workspace, wanted: Wanted) -> tuple[tuple[str, ...], Wanted]:
    """Return the names of all templates of this office for the stage wanted, and what is wanted with its election.

    Without an election wanted, it is that of letters.toml, else the only one for which there are templates. Raises
    UsageError when it is not clear or there are none, LawError for an election or stage that is not known.
    """
    serving = {template.name: _at_stage(workspace.calendar, template, wanted) for template in own_templates(workspace)}
    elections = list(dict.fromkeys(one.election for found in serving.values() for one in found))
    election = wanted.election or workspace.settings.election or (elections[0] if len(elections) == 1 else "")
    if not election and elections:
        raise UsageError(_several_elections(wanted.stage, elections))
    if election:
        workspace.calendar.stage(election, wanted.stage)
    names = tuple(name for name, found in serving.items() if Occasion(election, wanted.stage) in found)
    if not names:
        raise UsageError(_no_templates(wanted.stage, election or "-"))
    return names, replace(wanted, election=election)


def _at_stage(calendar: Calendar, template: Template, wanted: Wanted) -> list[Occasion]:
    return [one for one in served(calendar, template) if one.stage == wanted.stage]


def _no_templates(stage: str, election: str) -> Problem:
    return Problem(
        "batch.no-templates",
        N_('There is no template of this office for the stage "{stage}" of {election}.'),
        N_("letters templates list shows for which stages there are templates."),
        params={"stage": stage, "election": election},
    )


def _not_there(workspace: Workspace, name: str, names: list[str]) -> Problem:
    near = near_name(name, names)
    return Problem(
        "batch.not-sent-unknown",
        N_('[kalender] tidak_dikirim names the template "{name}", which is not there.'),
        N_('Did you mean "{near}"?') if near else N_("letters templates list shows which there are."),
        Place(file=str(workspace.folder / SETTINGS_FILE)),
        {"name": name, "near": near},
    )


# -- what is not clear ---------------------------------------------------------------------------------


def _several_elections(name: str, elections: Iterable[str]) -> Problem:
    return Problem(
        "batch.which-election",
        N_("{name} is for several elections: {elections}."),
        N_('Name one with --election, or write [kalender] pemilihan = "…" in {file}.'),
        params={"name": name, "elections": ", ".join(elections), "file": SETTINGS_FILE},
    )


def _several_stages(template: Template, found: Iterable[Occasion]) -> Problem:
    return Problem(
        "batch.which-stage",
        N_("{name} is for several stages: {stages}."),
        N_("Name one with --stage."),
        Place(file=str(template.path)),
        {"name": template.name, "stages": ", ".join(one.stage for one in found)},
    )
