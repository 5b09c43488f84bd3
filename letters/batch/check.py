"""Workspace and choice → what could be issued and what must be mended; nothing written, no number used."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace

from letters.batch.choosing import Choice
from letters.batch.dates import past_problems
from letters.batch.doctor import font_problem
from letters.batch.issue import try_samples
from letters.batch.occasions import is_sent_by, occasions, templates_left_out
from letters.batch.office_data import own_data
from letters.batch.plan import Composer, Progress, draw_plan
from letters.batch.strays import strays
from letters.batch.workspace import Workspace
from letters.errors import N_, LawError, Problem, UsageError
from letters.merge import SUFFIX
from letters.register import Register
from letters.writers import notes

NOT_THIS_LEVEL = N_("it is a letter of another kind of office.")
WHICH_ELECTION = N_("it is for several elections, and none is named with --election or in letters.toml.")
NO_AUDIENCE = N_("nobody in the table is in its audience.")
NOT_SENT = N_("letters.toml says that this office does not send it ([kalender] tidak_dikirim).")
NO_TEXTS = N_("texts it needs are not written yet; check it by its name to see which.")


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found."""

    letters: dict[str, int] = field(default_factory=dict)
    """Letters that can be made, by template."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Templates left out when all are checked, with the reason (message id)."""
    notices: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    """What has to be mended; letters of the other templates can be made."""


def check_letters(workspace: Workspace, choice: Choice, progress: Progress, register: Register | None = None) -> Report:
    """Return what `choice` would make; without templates named, all that this office could send are checked.

    With the `register` it is told too which numbers would be left over or whom a second letter would reach.

    Raises WriteError when letters that are sound in themselves cannot be laid out.
    """
    skipped = {}
    choice = replace(choice, wanted=replace(choice.wanted, every=True))
    if choice.templates:
        names = tuple(name.removesuffix(SUFFIX) for name in choice.templates)
        choice = replace(choice, templates=names)
    else:
        skipped = _not_clear(workspace, choice) | _not_for_this_office(workspace) | _not_sent(workspace)
        names = tuple(name for name in _names(workspace) if name not in skipped)
        choice = replace(choice, templates=names, all_templates=True)
    plan = draw_plan(Composer(workspace), choice, progress)
    letters: Counter[str] = Counter()
    for batch in plan.batches:
        if (name := batch.setting.template.name) not in plan.unsound:
            letters[name] += batch.copies
    skipped |= dict.fromkeys(sorted(plan.lacking_texts), NO_TEXTS)
    told = {*letters, *plan.unsound, *skipped}
    if plan.table.recipients:
        skipped |= {name: NO_AUDIENCE for name in choice.templates if name not in told}
    if not plan.errors:
        try_samples(plan, choice.formats)
    shapes = [note for draft, one in plan.samples.values() for note in notes(one.shape.document, draft.setting.look)]
    calendar, law, oaths = workspace.calendar.changes(), workspace.law.changes(), workspace.oaths.changes()
    moved = own_data([*calendar, *law, *workspace.conventions.changes, *oaths])
    font = font_problem(workspace.settings.paper, workspace.look.engine) if "pdf" in choice.formats else None
    astray = strays(register, plan.batches, choice) if register else ()
    past = () if choice.is_timed else past_problems(workspace, [batch.setting for batch in plan.batches])
    notices = [*plan.notices, *past, *moved, *astray, *_once(shapes), *([font] if font else [])]
    return Report(dict(letters), skipped, notices, plan.errors)


def _names(workspace: Workspace) -> list[str]:
    return [listing.name for listing in workspace.templates.names()]


def _not_for_this_office(workspace: Workspace) -> dict[str, str]:
    level = workspace.settings.office.level
    found = [name for name in _names(workspace) if not is_sent_by(level, workspace.templates.load(name))]
    return dict.fromkeys(found, NOT_THIS_LEVEL)


def _not_sent(workspace: Workspace) -> dict[str, str]:
    """Return the templates that letters.toml leaves out; raises SettingsError for one that is not there."""
    return dict.fromkeys(templates_left_out(workspace), NOT_SENT)


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
