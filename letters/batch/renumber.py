"""Provisional numbers → final ones, and the letters made anew with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters.batch.choosing import Choice
from letters.batch.findings import BatchError
from letters.batch.issue import issue
from letters.batch.placing import patterns
from letters.batch.plan import Composer, Progress, make_plan
from letters.batch.workspace import Workspace
from letters.errors import N_, Place, Problem
from letters.model.letter import State
from letters.register import Entry, Final, Register


@dataclass(frozen=True, slots=True)
class Renumbered:
    """What became of one letter."""

    old: Entry
    """As it was, with the files that bear the provisional number."""
    new: Entry


def renumber(
    workspace: Workspace,
    register: Register,
    numbers: Sequence[tuple[str, str]],
    progress: Progress,
    *,
    day: date | None = None,
    recipients: Path | None = None,
) -> list[Renumbered]:
    """Give letters their final numbers (provisional → final) and make the files of those made here anew.

    `day` is the final date, for all of them, where signing changes that too. Every letter is composed before a number
    is changed, so what stands in the way is told first. Raises BatchError when a letter can no longer be made as it
    was, RegisterError for a number that cannot be given. Doing it again finishes what is missing.
    """
    olds = [register.show(old) for old, _new in numbers]
    again = [_choice(entry, day, recipients) for entry in olds]
    for entry, choice in zip(olds, again, strict=True):
        if choice:
            _check_same(workspace, entry, choice, progress)
    series = patterns(workspace.settings)
    finals = [
        Final(f"#{entry.id}", new, day, series.get(entry.number.series) if entry.number else None)
        for entry, (_old, new) in zip(olds, numbers, strict=True)
    ]
    news = register.renumber(finals)
    for entry, choice in zip(news, again, strict=True):
        if choice and entry.state is State.RESERVED:
            issue(workspace, choice, register, progress)
    return [Renumbered(old, register.show(f"#{new.id}")) for old, new in zip(olds, news, strict=True)]


def _choice(entry: Entry, day: date | None, recipients: Path | None) -> Choice | None:
    """Return the choice that makes the files of `entry`; None for a letter that is not made here."""
    if not entry.template:
        return None
    keys = tuple(person.key for person in entry.recipients) or ((entry.key,) if entry.key else ())
    formats = tuple(dict.fromkeys(file.format for file in entry.files)) or ("docx", "pdf")
    second = entry.batch.rpartition("|")[2]
    return Choice((entry.template,), day or entry.day, recipients, keys=keys, formats=formats, batch=second)


def _check_same(workspace: Workspace, entry: Entry, choice: Choice, progress: Progress) -> None:
    """Refuse to make a letter anew that would say something else than it said. Raises BatchError."""
    plan = make_plan(Composer(workspace), choice, progress)
    if workspace.templates.load(entry.template).sha256 != entry.template_sha256:
        raise BatchError(_template_changed(entry))
    kept = entry.snapshot.get("recipient")
    for draft in plan.drafts:
        if isinstance(kept, dict) and draft.recipient.key == entry.key and dict(draft.recipient.fields) != kept:
            changed = [name for name, value in draft.recipient.fields.items() if kept.get(name) != value]
            raise BatchError(_recipient_changed(entry, changed, draft.recipient.place))


def _template_changed(entry: Entry) -> Problem:
    return Problem(
        "batch.renumber-template",
        N_("The template {template} has changed since {number} was made: with its final number it would be another."),
        N_("Put the template back as it was, or first make a new version of the letter."),
        params={"template": entry.template, "number": entry.label},
    )


def _recipient_changed(entry: Entry, columns: Sequence[str], place: Place) -> Problem:
    return Problem(
        "batch.renumber-recipient",
        N_("The recipient's row has changed since {number} was made ({columns}): it would be another letter."),
        N_("Put the row back as it was, or first make a new version of the letter."),
        place,
        {"number": entry.label, "columns": ", ".join(columns) or "-"},
    )
