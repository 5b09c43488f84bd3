"""Choice of templates and recipients → a plan of letters, every one merged and read, or every problem at once.

Nothing is written and no number is used here: the numbers in a plan are specimens.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import chain

from letters.batch.addressee import FACTS_OF_ALL, addressee_problems, complete
from letters.batch.blanks import with_column
from letters.batch.choosing import Choice, batch_name, choose_recipients, is_misnamed, nobody, nobody_at_all, slips
from letters.batch.compose import Composed, Shapes
from letters.batch.copying import COLUMN, copy_problems, unknown_copy_problems, with_copies
from letters.batch.dates import day_problems, stage_problems
from letters.batch.drafts import LIST, Batch, Draft, Letter, Numbering, numbering_of
from letters.batch.facts import Copy, Facts, Setting, copy_of, law_facts, letter_facts, names_of, shared_setting
from letters.batch.findings import BatchError, Findings
from letters.batch.glyphs import Characters, missing_glyphs
from letters.batch.hijri import hijri_problems
from letters.batch.law_lint import LawLint
from letters.batch.oaths import confirmed_problems, oath_problems
from letters.batch.occasions import Occasion, Wanted, is_sent_by, occasions
from letters.batch.signing import signing_problems
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, Severity, TemplateError, UsageError
from letters.law import SPOKEN_KEYS
from letters.merge import SUFFIX, FrontMatter, Template, is_office_text
from letters.model.letter import Recipient
from letters.packed import Packed
from letters.recipients import Table, read_recipients
from letters.settings import unfilled
from letters.writers import region_names

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how many are done, and how many there are."""


@dataclass(slots=True)
class Plan:
    """All letters of a choice, with the shapes they take and what the user should know."""

    table: Table = field(default_factory=lambda: Table((), (), ()))
    """Everybody who could get a letter."""
    batches: list[Batch] = field(default_factory=list)
    samples: dict[str, tuple[Draft, Composed]] = field(default_factory=dict)
    """The first letter of each shape, by digest."""
    characters: Characters = field(default_factory=Characters)
    notices: list[Problem] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    """What has to be mended first."""
    unsound: set[str] = field(default_factory=set)
    """Templates with letters that cannot be made."""
    lacking_texts: set[str] = field(default_factory=set)
    """Templates left out, of all there are, since the office has no texts (`[isian]`) for them."""

    @property
    def copies(self) -> int:
        """Return how many copies the letters have together."""
        return sum(batch.copies for batch in self.batches)

    def drafts(self) -> Iterator[Draft]:
        """Yield the copies of all letters, by template and in the order of the table."""
        return chain.from_iterable(batch.drafts() for batch in self.batches)

    def letters(self) -> Iterator[Letter]:
        """Yield all letters, by template and in the order of the table."""
        return chain.from_iterable(batch.letters() for batch in self.batches)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What the steps of drawing one plan share."""

    composer: Composer
    choice: Choice
    plan: Plan
    findings: Findings
    lint: LawLint

    @property
    def workspace(self) -> Workspace:
        """Return the office's folder."""
        return self.composer.workspace


class Composer:
    """Drafts → composed letters, in a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._shapes = Shapes(workspace.templates, region_names(workspace.look))
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
        return copy_of(draft.setting, draft.recipient.key, draft.addressees)


def make_plan(composer: Composer, choice: Choice, progress: Progress) -> Plan:
    """Return the plan of `choice`.

    Raises BatchError with every problem in table, templates, law and calendar; UsageError and MachineError pass.
    """
    plan = draw_plan(composer, choice, progress)
    if plan.errors:
        raise BatchError(*plan.errors, *plan.notices)
    if not plan.batches:
        raise BatchError(_nothing(composer.workspace, choice, plan), *plan.notices)
    return plan


def _nothing(workspace: Workspace, choice: Choice, plan: Plan) -> Problem:
    """Return the error that a choice makes no letter: a run that did nothing must not look like one that is done."""
    fronts = [workspace.templates.load(name).front for name in choice.templates]
    return nobody_at_all(choice, plan.table, {group for front in fronts for group in front.audience})


def draw_plan(composer: Composer, choice: Choice, progress: Progress) -> Plan:
    """Return the plan of `choice` as far as it can be drawn, with what has to be mended. MachineError passes."""
    workspace, findings, lint = composer.workspace, Findings(), LawLint(composer.workspace)
    findings.add(*unfilled(workspace.folder / SETTINGS_FILE), *confirmed_problems(workspace))
    findings.add(*day_problems(choice.day, choice.made_on), *workspace.calendar.conflicts())
    plan = Plan(_read_table(workspace, choice, findings))
    drawing = _Drawing(composer, choice, plan, findings, lint)
    for name in dict.fromkeys(name.removesuffix(SUFFIX) for name in choice.templates):
        with findings.gather(name):
            template = workspace.templates.load(name)
            _refuse_other_sender(workspace, template)
            for occasion in _occasions(workspace, choice, template, findings):
                plan.batches.extend(_batches(drawing, template, occasion))
    copies = plan.copies
    for count, draft in enumerate(plan.drafts(), 1):
        with findings.gather(draft.setting.template.name, draft.recipient):
            _check_draft(drawing, draft)
        progress("check", count, copies)
    if "pdf" in choice.formats:
        findings.add(*missing_glyphs(workspace.look, plan.characters))
    findings.add(*lint.hint())
    plan.notices, plan.errors, plan.unsound = findings.notices, findings.errors, findings.gathered
    return plan


def _check_draft(drawing: _Drawing, draft: Draft) -> None:
    """Note the letter's shape and characters; raises LettersError with what is wrong with it."""
    composed = _composed(drawing.composer, draft)
    drawing.plan.samples.setdefault(composed.shape.digest, (draft, composed))
    drawing.plan.characters.note(composed.values, draft.addressees)
    drawing.findings.add(*copy_problems(draft.setting.template, composed.facts))
    drawing.findings.add_sound(drawing.lint.letter(draft, composed))


def _composed(composer: Composer, draft: Draft) -> Composed:
    """Return the letter; a value that is blank is told with its cell."""
    try:
        return composer.compose(draft)
    except TemplateError as error:
        templates, template = composer.workspace.templates, draft.setting.template
        found = [with_column(problem, templates, template, draft.addressees) for problem in error.problems]
        once = {(problem.code, problem.place): problem for problem in reversed(found)}  # the first for each cell
        raise TemplateError(*reversed(once.values())) from error


def _is_unwritten(problem: Problem) -> bool:
    """Return whether the office has yet to write what `problem` is about: a text of letters.toml, words of an oath."""
    return is_office_text(problem) or problem.code == "law.no-oath-words"


def _read_table(workspace: Workspace, choice: Choice, findings: Findings) -> Table:
    table = Table((), (), ())
    with findings.gather():
        path = workspace.recipients_file(choice.recipients)
        table = read_recipients(path, sheet=choice.sheet, blank=("jabatan",))
        findings.add(*table.warnings)
        slipped = list(slips(choice, table, partial(_knows_group, workspace), workspace.law.groups))
        strange = {str(one.params["group"]) for one in slipped if one.code == "batch.strange-group"}
        findings.add(*slipped)
        table = _complete(workspace, table, findings, strange)
    return table


def _complete(workspace: Workspace, table: Table, findings: Findings, strange: Collection[str]) -> Table:
    """Return `table` with the forms of address of its groups filled in; what does not fit them is told.

    An empty post needs no word where the group is `strange`: that is told, and is the reason.
    """
    people = Packed(complete(workspace, person) for person in table.recipients)
    named: Packed[Recipient] = Packed()
    for person, whole in zip(table.recipients, with_copies(workspace, people), strict=True):
        if whole.fields["jabatan"] or person.group not in strange:
            findings.add(*addressee_problems(workspace, person, whole))
        if whole.fields["jabatan"]:
            named.append(whole)
    return replace(table, recipients=named, columns=tuple(dict.fromkeys((*table.columns, *FACTS_OF_ALL, COLUMN))))


def _knows_group(workspace: Workspace, group: str) -> bool:
    """Return whether `group` is in a list of groups or some template is for it."""
    return (
        group in workspace.law.groups
        or group in workspace.settings.groups
        or any(group in front.audience for front in _fronts(workspace))
    )


def _fronts(workspace: Workspace) -> Iterator[FrontMatter]:
    """Yield what every sound template says of itself; a broken one is told when it is asked for."""
    for listing in workspace.templates.names():
        with suppress(TemplateError):
            yield workspace.templates.load(listing.name).front


def _refuse_other_sender(workspace: Workspace, template: Template) -> None:
    """Raise BatchError when `template` is a letter of another kind of office: it would speak in a foreign name."""
    if not is_sent_by(workspace.settings.office.level, template):
        raise BatchError(_other_sender(template, workspace.settings.office.level))


def _other_sender(template: Template, level: str) -> Problem:
    return Problem(
        "batch.other-sender",
        N_(
            "{name} is a letter of another kind of office: pengirim = {senders}, and this office has tingkat = {level}."
        ),
        N_('If this office does send it, copy it with letters templates copy {name} and add "{level}" to pengirim.'),
        Place(file=str(template.path)),
        {"name": template.name, "senders": ", ".join(template.front.senders), "level": level},
    )


def _occasions(workspace: Workspace, choice: Choice, template: Template, findings: Findings) -> tuple[Occasion, ...]:
    """Return the stages to make letters of `template` for; raises BatchError when it was named and serves none.

    Raises UsageError when it is not clear which are meant, together with the errors in `findings`.
    """
    try:
        found = occasions(workspace, template, choice.wanted, named=not choice.all_templates)
    except UsageError as error:
        raise UsageError(*error.problems, *findings.errors) from error
    if not found and not choice.all_templates:
        raise BatchError(_other_stage(template, choice.wanted))
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


def _batches(drawing: _Drawing, template: Template, occasion: Occasion) -> Iterator[Batch]:
    """Yield the letters of `template`, if anybody gets them and the office has their texts.

    Raises BatchError when something in it stands in the way of all of them.
    """
    workspace, choice, table = drawing.workspace, drawing.choice, drawing.plan.table
    chosen = choose_recipients(template, table, choice)
    if not chosen:
        if table.recipients and not choice.all_templates and not is_misnamed(choice, table):
            raise BatchError(nobody(template))
        return
    setting = drawing.composer.setting(template, choice.day, occasion)
    numbering = numbering_of(workspace, setting)
    found = [
        *_alike(workspace, numbering),
        *(stage_problems(workspace, setting) if choice.is_timed else ()),
        *_law_problems(drawing.lint, setting, chosen),
        *_static_problems(workspace, setting, table),
        *signing_problems(workspace, template.front.signatories),
        *hijri_problems(workspace, template, choice.day),
        *(problem for person in chosen for problem in unknown_copy_problems(workspace, template, person)),
        *oath_problems(workspace, template, chosen),
    ]
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    if errors and choice.all_templates and all(map(_is_unwritten, errors)):
        drawing.plan.lacking_texts.add(template.name)
        return
    if errors:
        raise BatchError(*found)
    drawing.findings.add(*found)
    yield Batch(batch_name(template, occasion, choice), setting, numbering, chosen)


def _alike(workspace: Workspace, numbering: Numbering | None) -> Iterator[Problem]:
    """Yield what the series counts by and its numbers do not show: next year's would look like this year's."""
    if numbering:
        for problem in numbering.pattern.unprinted(numbering.settings.period, numbering.settings.per):
            yield replace(problem, place=Place(file=str(workspace.folder / SETTINGS_FILE)))


def _law_problems(lint: LawLint, setting: Setting, people: Sequence[Recipient]) -> list[Problem]:
    """Return what is wrong with the legal bases of letters to `people`, those that cannot be chosen among it."""
    groups = tuple(dict.fromkeys(person.group for person in people))
    together = setting.template.front.numbering == LIST
    findings = Findings()
    for each in [groups] if together else [(group,) for group in groups]:
        with findings.gather():
            findings.add(*lint.references(setting, each))
    return [*findings.errors, *findings.notices]


def _static_problems(workspace: Workspace, setting: Setting, table: Table) -> list[Problem]:
    known: dict[str, object] = dict.fromkeys(table.columns, "")
    text = {"jenis", "judul", "hal", "sifat", "lampiran", "klasifikasi", "tembusan", "daftar_penerima"}
    known |= dict(setting.shared) | {"nomor": "", "penerima": [], "surat": dict.fromkeys(text, "")}
    known |= law_facts(Copy("", [], []))
    if "teks" in setting.shared:
        known["teks"] = dict.fromkeys(SPOKEN_KEYS)
    return workspace.templates.check(setting.template, known)
