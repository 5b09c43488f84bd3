"""Workspace and choice → what could be issued and what must be mended; nothing written, no number used."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace

from letters.batch.doctor import font_problem
from letters.batch.issue import try_samples
from letters.batch.occasions import occasions
from letters.batch.plan import Choice, Composer, Progress, make_plan
from letters.batch.stages import change_problems
from letters.batch.workspace import Workspace
from letters.errors import N_, LawError, Problem, UsageError
from letters.writers import notes

NOT_THIS_LEVEL = N_("it is a letter of another kind of office.")
WHICH_ELECTION = N_("it is for several elections, and none is named with --election or in letters.toml.")
NO_AUDIENCE = N_("nobody in the table is in its audience.")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, when nothing has to be mended."""

    letters: dict[str, int] = field(default_factory=dict)
    """Letters that can be made, by template."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Templates left out when all are checked, with the reason (message id)."""
    notices: list[Problem] = field(default_factory=list)


def check_letters(workspace: Workspace, choice: Choice, progress: Progress) -> Report:
    """Return what `choice` would make; without templates named, all that this office could send are checked.

    Raises BatchError with everything that has to be mended.
    """
    skipped = {}
    choice = replace(choice, wanted=replace(choice.wanted, every=True))
    if not choice.templates:
        skipped = _not_for_this_office(workspace) | _not_clear(workspace, choice)
        names = tuple(name for name in _names(workspace) if name not in skipped)
        choice = replace(choice, templates=names, all_templates=True)
    plan = make_plan(Composer(workspace), choice, progress)
    try_samples(workspace, plan, choice.formats)
    letters = Counter(draft.setting.template.name for draft in plan.drafts)
    skipped |= {name: NO_AUDIENCE for name in choice.templates if name not in letters}
    shapes = [note for _, letter in plan.samples.values() for note in notes(letter.shape.document, workspace.look)]
    moved = change_problems(workspace.calendar.changes())
    font = font_problem(workspace.settings.paper)
    return Report(dict(letters), skipped, [*plan.notices, *moved, *_once(shapes), *([font] if font else [])])


def _names(workspace: Workspace) -> list[str]:
    return [listing.name for listing in workspace.templates.names()]


def _not_for_this_office(workspace: Workspace) -> dict[str, str]:
    level = workspace.settings.office.level
    fronts = {name: workspace.templates.load(name).front for name in _names(workspace)}
    return {name: NOT_THIS_LEVEL for name, front in fronts.items() if front.senders and level not in front.senders}


def _not_clear(workspace: Workspace, choice: Choice) -> dict[str, str]:
    """Return the templates for several elections of which none is named."""
    found = {}
    for name in _names(workspace):
        with suppress(LawError):  # told when the letters are planned
            try:
                occasions(workspace, workspace.templates.load(name), choice.wanted)
            except UsageError:
                found[name] = WHICH_ELECTION
    return found


def _once(problems: list[Problem]) -> list[Problem]:
    return list({(problem.code, problem.place, str(problem)): problem for problem in problems}.values())
