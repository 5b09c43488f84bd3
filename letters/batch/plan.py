"""Choice of templates and recipients → a plan of letters, every one merged and read, or every problem at once.

Nothing is written and no number is used here: the numbers in a plan are specimens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from letters.batch.compose import Composed, Shapes
from letters.batch.dates import day_problems, stage_problems
from letters.batch.drafts import Draft, drafts_of, numbering_of
from letters.batch.facts import Copy, Facts, Setting, copy_of, letter_facts, names_of, shared_setting
from letters.batch.findings import BatchError, Findings
from letters.batch.occasions import Occasion, Wanted, is_alone, occasions
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.merge import Template
from letters.model.letter import Recipient
from letters.recipients import Table, read_recipients

GAP = "…"
"""What `letters init` leaves to be filled in."""

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user asked for."""

    templates: tuple[str, ...]
    day: date
    """Date of the letters."""
    recipients: Path | None = None
    sheet: str = ""
    keys: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("docx", "pdf")
    batch: str = ""
    """Name that sets a deliberate second round of the same letter apart from the first."""
    made_on: date | None = None
    """The day it is; None where that does not matter."""
    wanted: Wanted = Wanted()
    """Election and stage the letters are for."""
    all_templates: bool = False
    """Whether the templates were not named but are all there are: those for nobody are then no error."""


@dataclass(slots=True)
class Plan:
    """All letters of a choice, with the shapes they take and what the user should know."""

    drafts: list[Draft] = field(default_factory=list)
    samples: dict[str, tuple[Draft, Composed]] = field(default_factory=dict)
    """The first letter of each shape, by digest."""
    notices: list[Problem] = field(default_factory=list)


class Composer:
    """Drafts → composed letters, in a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._shapes = Shapes(workspace.templates)
        self._settings: dict[tuple[str, date, Occasion], Setting] = {}

    def setting(self, template: Template, day: date, occasion: Occasion) -> Setting:
        """Return what the letters of `template` for `occasion` dated `day` share, worked out once."""
        key = (template.name, day, occasion)
        if key not in self._settings:
            self._settings[key] = shared_setting(self.workspace, template, day, occasion)
        return self._settings[key]

    def dated(self, setting: Setting, day: date) -> Setting:
        """Return what the letters of `setting` would share if they were dated `day`."""
        return self.setting(setting.template, day, setting.occasion)

    def compose(self, draft: Draft, number: str | None = None) -> Composed:
        """Return the copy `draft` under `number`; without one, under a specimen."""
        facts = self.facts(draft, draft.specimen_number if number is None else number)
        name = names_of([person.fields for person in draft.addressees])
        return self._shapes.compose(draft.setting.template, facts, (draft.batch, draft.recipient.key), name)

    def facts(self, draft: Draft, number: str) -> Facts:
        """Return every fact of the copy `draft` under `number`."""
        setting = draft.setting
        return letter_facts(self.workspace.templates, setting.template, setting.shared, self.copy(draft), number)

    def copy(self, draft: Draft) -> Copy:
        """Return what `draft` has of its own."""
        return copy_of(self.workspace, draft.setting, draft.recipient.key, draft.addressees)


def make_plan(composer: Composer, choice: Choice, progress: Progress) -> Plan:
    """Return the plan of `choice`.

    Raises BatchError with every problem in table, templates, law and calendar; UsageError and MachineError pass.
    """
    workspace, findings, plan = composer.workspace, Findings(), Plan()
    findings.add(*_unfilled(workspace), *day_problems(choice.day, choice.made_on), *workspace.calendar.conflicts())
    table = _read_table(workspace, choice, findings)
    for name in choice.templates:
        with findings.gather():
            template = workspace.templates.load(name)
            for occasion in _occasions(workspace, choice, template, findings):
                for draft in _draft_letters(composer, choice, template, occasion, table, findings):
                    with findings.gather(draft.recipient):
                        _add_draft(composer, plan, draft)
                    progress("check", len(plan.drafts), len(table.recipients))
    if findings.errors:
        raise BatchError(*findings.errors, *findings.notices)
    plan.notices = findings.notices
    return plan


def _read_table(workspace: Workspace, choice: Choice, findings: Findings) -> Table:
    table = Table((), (), ())
    with findings.gather():
        table = read_recipients(workspace.recipients_file(choice.recipients), sheet=choice.sheet)
        findings.add(*table.warnings)
        findings.add(*_unknown_keys(choice, table))
    return table


def _unfilled(workspace: Workspace) -> Iterator[Problem]:
    """Yield what still stands in letters.toml as `letters init` wrote it."""
    office = workspace.settings.office
    texts = {"nama": [office.name], "kop": office.letterhead, "alamat": office.address, "kota": [office.city]}
    for key, lines in texts.items():
        if any(GAP in line for line in lines):
            yield Problem(
                "batch.unfilled",
                N_('"{key}" in [kantor] still holds "{gap}".'),
                N_("Fill it in: it is printed on every letter."),
                Place(file=str(workspace.folder / SETTINGS_FILE)),
                {"key": key, "gap": GAP},
            )


def _unknown_keys(choice: Choice, table: Table) -> Iterator[Problem]:
    known = {recipient.key for recipient in table.recipients}
    for key in choice.keys:
        if key not in known:
            yield Problem(
                "batch.unknown-key",
                N_('No recipient has the code "{key}".'),
                N_("Look at the column kode of the recipients table."),
                params={"key": key},
            )


def _occasions(workspace: Workspace, choice: Choice, template: Template, findings: Findings) -> tuple[Occasion, ...]:
    """Return the stages to make letters of `template` for; that it was named and serves none is an error."""
    found = occasions(workspace, template, choice.wanted)
    if not found and not choice.all_templates:
        findings.add(_other_stage(template, choice.wanted))
    return found


def _other_stage(template: Template, wanted: Wanted) -> Problem:
    front = template.front
    return Problem(
        "batch.other-stage",
        N_('{name} is not for "{wanted}": pemilihan = {elections}, tahapan = {stages}.'),
        N_("Name another template, or another --stage and --election."),
        Place(file=str(template.path)),
        {
            "name": template.name,
            "wanted": " ".join(filter(None, (wanted.election, wanted.stage))),
            "elections": ", ".join(front.elections) or "-",
            "stages": ", ".join(front.stages) or "-",
        },
    )


def _draft_letters(
    composer: Composer, choice: Choice, template: Template, occasion: Occasion, table: Table, findings: Findings
) -> list[Draft]:
    """Return the letters of `template`; none when something in it stands in the way of all of them."""
    workspace = composer.workspace
    chosen = choose_recipients(template, table, choice)
    if not chosen:
        if table.recipients and not choice.all_templates:
            findings.add(_nobody(template, choice))
        return []
    setting = composer.setting(template, choice.day, occasion)
    numbering = numbering_of(workspace, setting)
    found = [
        *stage_problems(workspace, setting),
        *_law_problems(workspace, setting, {recipient.group for recipient in chosen}),
        *_static_problems(workspace, setting, table),
    ]
    findings.add(*found)
    if any(problem.severity is Severity.ERROR for problem in found):
        return []
    return drafts_of(setting, chosen, numbering, batch_name(workspace, setting, choice))


def _add_draft(composer: Composer, plan: Plan, draft: Draft) -> None:
    composed = composer.compose(draft)
    plan.samples.setdefault(composed.shape.digest, (draft, composed))
    plan.drafts.append(draft)


def choose_recipients(template: Template, table: Table, choice: Choice) -> list[Recipient]:
    """Return the recipients `template` is for, narrowed by the codes and groups the user named."""
    audience = set(template.front.audience)
    return [
        recipient
        for recipient in table.recipients
        if (not audience or recipient.group in audience)
        and (not choice.keys or recipient.key in choice.keys)
        and (not choice.groups or recipient.group in choice.groups)
    ]


def _nobody(template: Template, choice: Choice) -> Problem:
    return Problem(
        "batch.nobody",
        N_("Nobody in the recipients table gets this letter: it is for {audience}."),
        N_("Compare the column kelompok with untuk in the template, and with --to and --group."),
        Place(file=str(template.path)),
        {"audience": ", ".join(template.front.audience) or "*"},
    )


def batch_name(workspace: Workspace, setting: Setting, choice: Choice) -> str:
    """Return the name numbers are bound to: the same letter for the same stage is one batch, whenever it is run.

    Its last part also names the files of documents without number, so it tells the stages of a template apart.
    """
    occasion = setting.occasion
    apart = [] if is_alone(workspace.calendar, setting.template) else [occasion.election, occasion.stage]
    round_ = "-".join(filter(None, (*apart, choice.batch)))
    return "|".join((setting.template.name, occasion.election, occasion.stage, round_))


def _law_problems(workspace: Workspace, setting: Setting, groups: set[str]) -> Iterator[Problem]:
    front = setting.template.front
    bases = dict.fromkeys(base for group in sorted(groups) for base in front.bases_for(group))
    for base in bases:
        for problem in workspace.law.check(base, setting.day):
            yield replace(problem, place=Place(file=str(setting.template.path)))


def _static_problems(workspace: Workspace, setting: Setting, table: Table) -> list[Problem]:
    known: dict[str, object] = dict.fromkeys(table.columns, "")
    text = {"jenis", "judul", "hal", "sifat", "lampiran", "klasifikasi", "tembusan", "daftar_penerima"}
    known |= dict(setting.shared) | {"nomor": "", "dasar": [], "penerima": [], "surat": dict.fromkeys(text, "")}
    return workspace.templates.check(setting.template, known)
