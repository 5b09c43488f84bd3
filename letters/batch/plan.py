"""Choice of templates and recipients → a plan of letters, every one merged and read, or every problem at once.

Nothing is written and no number is used here: the numbers in a plan are specimens.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path

from letters.batch.facts import Facts, Setting, letter_facts, shared_setting
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, LettersError, MarkupError, Place, Problem, Severity
from letters.merge import Template
from letters.model.document import Document
from letters.model.letter import Properties, Recipient
from letters.reader import read_markdown
from letters.recipients import Table, read_recipients
from letters.register.numbering import Pattern, period_of
from letters.settings import Series

PLACEHOLDERS = re.compile("[\U000f0000-\U000ffffd]")
GAP = "…"
"""What `letters init` leaves to be filled in."""

Progress = Callable[[str, int, int], None]
"""Called with a step's name, how many are done, and how many there are."""


class BatchError(LettersError):
    """The batch has something to mend; carries all problems of all files."""


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
    all_templates: bool = False
    """Whether the templates were not named but are all there are: those for nobody are then no error."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A document many letters share, with the digest it is known by."""

    digest: str
    document: Document


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the letters of one template are numbered."""

    series: str
    settings: Series
    pattern: Pattern
    parts: dict[str, str]
    """What the pattern prints besides order and date: `klasifikasi`, `kode`."""
    signatory: str
    """Key of the signatory in letters.toml, for series with a count for each."""

    def specimen(self, day: date) -> str:
        """Return a number that is none: the running part is zero."""
        return self.pattern.format(0, day, self.parts)

    def period(self, day: date) -> str:
        """Return what the count restarts by on `day`."""
        return period_of(self.settings.period, self.settings.per, day, self.parts | {"penandatangan": self.signatory})


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter of a plan, before it has a number."""

    setting: Setting
    recipient: Recipient
    numbering: Numbering | None
    batch: str

    @property
    def specimen_number(self) -> str:
        """Return the number this letter shows before it has one; empty for documents without number."""
        return self.numbering.specimen(self.setting.day) if self.numbering else ""


@dataclass(frozen=True, slots=True)
class Composed:
    """One letter under one number: its shape, what goes into it, and what its files say about themselves."""

    shape: Shape
    values: tuple[str, ...]
    properties: Properties
    facts: Facts


@dataclass(slots=True)
class Plan:
    """All letters of a choice, with the shapes they take and what the user should know."""

    drafts: list[Draft] = field(default_factory=list)
    samples: dict[str, tuple[Draft, Composed]] = field(default_factory=dict)
    """The first letter of each shape, by digest."""
    notices: list[Problem] = field(default_factory=list)


class Composer:
    """Drafts → composed letters; a text that many letters share is read into a document once."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._shapes: dict[str, Shape] = {}

    def compose(self, draft: Draft, number: str | None = None) -> Composed:
        """Return the letter of `draft` under `number`; without one, under a specimen."""
        number = draft.specimen_number if number is None else number
        facts = letter_facts(self.workspace, draft.setting, draft.recipient, number)
        merged = self.workspace.templates.merge(draft.setting.template, facts)
        properties = properties_of(self.workspace, draft, number, facts)
        return Composed(self._shape(merged.text, draft.setting.template), merged.values, properties, facts)

    def _shape(self, text: str, template: Template) -> Shape:
        if text not in self._shapes:
            digest = hashlib.sha256(text.encode()).hexdigest()
            try:
                self._shapes[text] = Shape(digest, read_markdown(text, str(template.path)))
            except MarkupError as error:
                raise MarkupError(*(in_template(problem, text, template) for problem in error.problems)) from error
        return self._shapes[text]


class Findings:
    """Problems of a whole pass, each kept once."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Problem] = {}

    def add(self, *problems: Problem) -> None:
        """Keep `problems`; the same message at the same line for another recipient counts as the same."""
        for problem in problems:
            place = replace(problem.place, key="", row=0) if problem.place.line else problem.place
            self._found.setdefault((problem.code, place, str(problem)), problem)

    @contextmanager
    def gather(self, recipient: Recipient | None = None) -> Iterator[None]:
        """Keep the problems of the user's files raised inside; let those of the machine or register pass."""
        try:
            yield
        except LettersError as error:
            if error.exit_code != BatchError.exit_code:
                raise
            self.add(*(locate(problem, recipient) for problem in error.problems))

    @property
    def errors(self) -> list[Problem]:
        """Return what stops the batch."""
        return [problem for problem in self._found.values() if problem.severity is Severity.ERROR]

    @property
    def notices(self) -> list[Problem]:
        """Return what the user should know but may go on with."""
        return [problem for problem in self._found.values() if problem.severity is not Severity.ERROR]


def locate(problem: Problem, recipient: Recipient | None) -> Problem:
    """Return `problem` with the recipient's row added to its place; faults of the markup are not one recipient's."""
    if recipient is None or problem.place.key or problem.code.startswith("reader."):
        return problem
    return replace(problem, place=replace(problem.place, key=recipient.key, row=recipient.place.row))


def make_plan(composer: Composer, choice: Choice, progress: Progress) -> Plan:
    """Return the plan of `choice`.

    Raises BatchError with every problem in table, templates, law and calendar; UsageError and MachineError pass.
    """
    workspace, findings, plan = composer.workspace, Findings(), Plan()
    findings.add(*_unfilled(workspace))
    table = _read_table(workspace, choice, findings)
    for name in choice.templates:
        with findings.gather():
            template = workspace.templates.load(name)
            for draft in _draft_letters(workspace, choice, template, table, findings):
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


def _draft_letters(
    workspace: Workspace, choice: Choice, template: Template, table: Table, findings: Findings
) -> list[Draft]:
    """Return the letters of `template`; none when something in it stands in the way of all of them."""
    chosen = choose_recipients(template, table, choice)
    if not chosen:
        if table.recipients and not choice.all_templates:
            findings.add(_nobody(template, choice))
        return []
    setting = shared_setting(workspace, template, choice.day)
    numbering = numbering_of(workspace, setting)
    found = [
        *_law_problems(workspace, setting, {recipient.group for recipient in chosen}),
        *_static_problems(workspace, setting, table),
    ]
    findings.add(*found)
    if any(problem.severity is Severity.ERROR for problem in found):
        return []
    return [Draft(setting, recipient, numbering, batch_name(template, choice)) for recipient in chosen]


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


def batch_name(template: Template, choice: Choice) -> str:
    """Return the name numbers are bound to: the same letter for the same stage is one batch, whenever it is run."""
    return "|".join((template.name, template.front.election, template.front.stage, choice.batch))


def numbering_of(workspace: Workspace, setting: Setting) -> Numbering | None:
    """Return how `setting`'s letters are numbered; None for documents without a number.

    Raises BatchError for an unknown series, a bad pattern, or a template that lacks what the pattern prints.
    """
    front = setting.template.front
    if not front.series:
        return None
    series = workspace.settings.series.get(front.series)
    if series is None:
        raise BatchError(
            Problem(
                "batch.unknown-series",
                N_('The number series "{series}" is not in letters.toml (there are: {known}).'),
                N_("Add [deret.{series}] with pola to letters.toml or correct deret in the template."),
                Place(file=str(setting.template.path)),
                {"series": front.series, "known": ", ".join(workspace.settings.series)},
            )
        )
    pattern = Pattern.parse(series.pattern)
    parts = {"klasifikasi": front.classification, "kode": setting.signatory.code}
    missing = [name for name, value in parts.items() if not value and f"{{{name}" in series.pattern]
    if missing:
        raise BatchError(*(_missing_part(name, setting) for name in missing))
    return Numbering(front.series, series, pattern, parts, front.signatory)


def _missing_part(name: str, setting: Setting) -> Problem:
    return Problem(
        "batch.number-part-missing",
        N_("The number needs {{{name}}}, which is empty for this letter."),
        N_("Fill klasifikasi in the template, or kode of the signatory in letters.toml."),
        Place(file=str(setting.template.path if name == "klasifikasi" else SETTINGS_FILE)),
        {"name": name},
    )


def _law_problems(workspace: Workspace, setting: Setting, groups: set[str]) -> Iterator[Problem]:
    front = setting.template.front
    bases = dict.fromkeys(base for group in sorted(groups) for base in front.bases_for(group))
    for base in bases:
        for problem in workspace.law.check(base, setting.day):
            yield replace(problem, place=Place(file=str(setting.template.path)))


def _static_problems(workspace: Workspace, setting: Setting, table: Table) -> list[Problem]:
    known: dict[str, object] = dict.fromkeys(table.columns, "")
    text = {"jenis", "judul", "hal", "sifat", "lampiran", "klasifikasi", "tembusan"}
    known |= dict(setting.shared) | {"nomor": "", "dasar": [], "surat": dict.fromkeys(text, "")}
    return workspace.templates.check(setting.template, known)


def in_template(problem: Problem, text: str, template: Template) -> Problem:
    """Return a problem in the merged `text` at the line of the template file that wrote it; line 0 when a frame did.

    Merged lines have other numbers than the template's, so the line is found by its longest run of literal text.
    """
    line = text.split("\n")[problem.place.line - 1] if problem.place.line else ""
    literal = max(PLACEHOLDERS.split(line), key=len).strip()
    written = template.path.read_text(encoding="utf-8").split("\n")
    found = [number for number, words in enumerate(written, 1) if literal and literal in words]
    return replace(problem, place=replace(problem.place, line=found[0] if len(found) == 1 else 0))


def properties_of(workspace: Workspace, draft: Draft, number: str, facts: Facts) -> Properties:
    """Return what the letter's files say about themselves."""
    title = " ".join(part for part in (facts["surat"]["hal"] or facts["surat"]["judul"], number) if part)
    return Properties(
        title=title,
        subject=recipient_name(draft.recipient),
        author=workspace.settings.office.name,
        identifier=f"{draft.batch}|{draft.recipient.key}|{number}",
        created=datetime.combine(draft.setting.day, time(12)),
    )


def recipient_name(recipient: Recipient) -> str:
    """Return how the register names a recipient: post, and agency where that says more."""
    post, agency = recipient.fields.get("jabatan", ""), recipient.fields.get("instansi", "")
    return post if not agency or agency in post else f"{post}, {agency}"
