"""``letters preview`` → drafts marked KONSEP, without a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli.options import choice_options, named_templates
from letters.cli.output import Output
from letters.cli.translated import command
from letters.errors import N_

if TYPE_CHECKING:
    from letters.batch.choosing import Choice
    from letters.batch.workspace import Workspace


@command(
    help=N_("Make drafts marked KONSEP; uses no number. Without --to, one letter of every different wording is made.")
)
@choice_options
def preview(output: Output, workspace: Workspace, choice: Choice) -> None:
    """Write the drafts and say where they are."""
    from letters.batch.preview import preview as write_drafts

    choice = named_templates(workspace, choice)
    paths, notices = write_drafts(workspace, choice, output.progress)
    output.problems(notices)
    for path in paths:
        output.say("{path}", path=path)
    output.result(files=paths, notices=output.problem_data(notices))
