"""``letters check`` → everything wrong in table, templates and law; nothing written, no number used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli.options import choice_options, named_templates
from letters.cli.output import Output
from letters.cli.register.shared import known_register
from letters.cli.translated import command
from letters.errors import N_

if TYPE_CHECKING:
    from letters.batch.choosing import Choice
    from letters.batch.workspace import Workspace


@command(help=N_("Check everything for every recipient; uses no number and writes nothing."))
@choice_options
def check(output: Output, workspace: Workspace, choice: Choice) -> None:
    """Plan the letters and try one of every shape."""
    from letters.batch.check import check_letters
    from letters.batch.findings import BatchError

    if choice.wanted.stage:
        choice = named_templates(workspace, choice)
    with known_register(output) as (register, unknown):
        report = check_letters(workspace, choice, output.progress, register)
    report.notices.extend(unknown)
    for template, count in report.letters.items():
        output.say(N_("{template}: {count} letters can be made."), template=template, count=count)
    for reason in dict.fromkeys(report.skipped.values()):
        names = [template for template, why in report.skipped.items() if why == reason]
        message = N_("Skipped ({count}), {reason} {templates}")
        output.say(message, count=len(names), reason=output.text(reason), templates=", ".join(names))
    if report.errors:
        raise BatchError(*report.errors, *report.notices)
    output.problems(report.notices)
    output.result(letters=report.letters, skipped=report.skipped, notices=output.problem_data(report.notices))
