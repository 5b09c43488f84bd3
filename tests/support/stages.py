"""A workspace and one of its letters → what each stage made of it, as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from letters.batch.choosing import Choice
from letters.batch.plan import Composer, Draft, make_plan
from letters.batch.workspace import Workspace, open_workspace
from letters.merge import Merged
from letters.model.document import Document
from letters.model.letter import Properties
from letters.writers import WRITERS, Look
from letters.writers.text import native
from tests.support import docx_parts, pdf_facts

FIRST_PLACEHOLDER = 0xF0000


@dataclass(frozen=True)
class Stages:
    """One letter at every stage of the line."""

    merged: Merged
    document: Document
    look: Look
    properties: Properties

    def bytes_of(self, format_: str) -> bytes:
        return WRITERS[format_].prepare(self.document, self.look).fill(self.merged.values, self.properties)

    def files(self) -> dict[str, str]:
        """Return the golden files of this letter: name → text."""
        return {
            "merged.md": merged_text(self.merged),
            "document.txt": native(self.document),
            "letter.html": body_of(self.bytes_of("html").decode()),
            "letter.docx.txt": docx_parts.dump(self.bytes_of("docx")),
            "letter.pdf.txt": pdf_facts.dump(self.bytes_of("pdf")),
        }


def merged_text(merged: Merged) -> str:
    """Return the merged Markdown with `⟦0⟧` for placeholders, and the values below it."""
    shown = "".join(
        f"⟦{ord(letter) - FIRST_PLACEHOLDER}⟧" if ord(letter) >= FIRST_PLACEHOLDER else letter for letter in merged.text
    )
    values = "".join(f"{index} {value!r}\n" for index, value in enumerate(merged.values))
    return f"{shown.rstrip()}\n\n==== values\n{values}"


def body_of(html: str) -> str:
    """Return the body of a page, one block on a line; its stylesheet has tests of its own."""
    body = html[html.index("<body") :]
    for tag in ("<div", "</div", "<p", "<h1", "<h2", "<h3", "<ol", "</ol", "<li", "<table", "<tr", "<img"):
        body = body.replace(tag, "\n" + tag)
    return body.strip() + "\n"


def stages(folder: Path, template: str, day: date, key: str = "") -> Stages:
    """Return the letter of `template` to the recipient `key` (default: the first one) in the workspace `folder`."""
    workspace = open_workspace(folder)
    composer = Composer(workspace)
    plan = make_plan(composer, Choice((template,), day, keys=(key,) if key else ()), lambda *_: None)
    return stages_of(workspace, composer, next(plan.drafts()))


def stages_of(workspace: Workspace, composer: Composer, draft: Draft) -> Stages:
    """Return the stages of one draft."""
    letter = composer.compose(draft)
    facts = composer.facts(draft, draft.specimen_number)
    merged = workspace.templates.merge(draft.setting.template, facts)
    return Stages(merged, letter.shape.document, workspace.look, letter.properties)
