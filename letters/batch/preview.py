"""Plan → draft files marked KONSEP, without a number and without the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from letters.batch.choosing import Choice
from letters.batch.drafts import Draft
from letters.batch.plan import Composer, Progress, make_plan
from letters.batch.produce import form_of
from letters.batch.workspace import Workspace
from letters.errors import Problem
from letters.files import atomic_write, ensure_writable, safe_name
from letters.writers import WRITERS

MARK = "KONSEP"
FOLDER = "out/konsep"


def preview(workspace: Workspace, choice: Choice, progress: Progress) -> tuple[list[Path], list[Problem]]:
    """Write drafts and return their paths and the notices.

    Without codes named, one letter of every shape is made: so every wording of the template is seen once.
    """
    look = replace(workspace.look, mark=MARK)
    composer = Composer(replace(workspace, look=look))
    plan = make_plan(composer, choice, progress)
    drafts = list(plan.drafts()) if choice.keys else [draft for draft, _ in plan.samples.values()]
    ensure_writable(workspace.folder / FOLDER)
    paths = []
    for count, draft in enumerate(drafts, 1):
        paths.extend(_write_draft(composer, draft, choice.formats))
        progress("produce", count, len(drafts))
    return paths, plan.notices


def _write_draft(composer: Composer, draft: Draft, formats: Iterable[str]) -> list[Path]:
    letter = composer.compose(draft)
    folder = composer.workspace.folder / FOLDER / draft.setting.template.name
    paths = []
    for name in formats:
        path = folder / f"{safe_name(draft.recipient.key)}{WRITERS[name].suffix}"
        form = form_of(letter.shape, draft.setting.look, name)
        atomic_write(path, form.fill(letter.values, letter.properties))
        paths.append(path)
    return paths
