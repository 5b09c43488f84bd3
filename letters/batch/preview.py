"""Plan → draft files marked KONSEP, without a number and without the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from letters.batch.facts import letter_facts
from letters.batch.plan import Choice, Draft, Plan, Progress, make_plan, merge_draft, properties_of, specimen_number
from letters.batch.produce import form_of
from letters.batch.workspace import Workspace
from letters.errors import Problem
from letters.files import atomic_write, ensure_writable, safe_name

MARK = "KONSEP"
FOLDER = "out/konsep"


def preview(workspace: Workspace, choice: Choice, progress: Progress) -> tuple[list[Path], list[Problem]]:
    """Write drafts and return their paths and the notices.

    Without codes named, one letter of every shape is made: so every wording of the template is seen once.
    """
    plan = make_plan(workspace, choice, progress)
    drafts = plan.drafts if choice.keys else [draft for draft, _ in plan.samples.values()]
    look = replace(workspace.look, mark=MARK)
    ensure_writable(workspace.folder / FOLDER)
    paths = []
    for count, draft in enumerate(drafts, 1):
        paths.extend(_write_draft(replace(workspace, look=look), plan, draft, choice.formats))
        progress("produce", count, len(drafts))
    return paths, plan.notices


def _write_draft(workspace: Workspace, plan: Plan, draft: Draft, formats: Iterable[str]) -> list[Path]:
    number = specimen_number(draft)
    merged = merge_draft(workspace, draft, number)
    facts = letter_facts(workspace, draft.setting, draft.recipient, number)
    properties = properties_of(workspace, draft, number, facts)
    folder = workspace.folder / FOLDER / draft.setting.template.name
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in formats:
        path = folder / f"{safe_name(draft.recipient.key)}.{name}"
        atomic_write(path, form_of(plan.shapes[merged.text], workspace.look, name).fill(merged.values, properties))
        paths.append(path)
    return paths
