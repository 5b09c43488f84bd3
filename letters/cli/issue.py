"""``letters issue`` → numbered letters on the disk and in the register; safe to repeat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from letters.cli.options import actor, choice_options, clock, named_templates
from letters.cli.output import Output
from letters.cli.register.shared import entry_data, password
from letters.cli.translated import WholeNumber, command, option
from letters.errors import N_

if TYPE_CHECKING:
    from letters.batch.choosing import Choice
    from letters.batch.workspace import Workspace
    from letters.register import Entry


@command(
    help=N_(
        "Issue the letters: take numbers, write DOCX and PDF, enter them in the register. "
        "Safe to repeat: what is issued stays, what is missing is made."
    )
)
@choice_options
@option("--jobs", type=WholeNumber(1), metavar="N", help=N_("Processes to use; without it, one per core."))
@option(
    "--batch",
    default="",
    metavar="NAME",
    help=N_("Name of a deliberate second round of the same letter to the same recipients."),
)
@option(
    "--ganti",
    "replace_changed",
    is_flag=True,
    help=N_("Replace letters whose template or data changed by a new version under the same number; files are kept."),
)
@option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help=N_("Have the letters made by the workers of a Dask scheduler (tcp://host:8786) instead of this machine."),
)
def issue(
    output: Output, workspace: Workspace, choice: Choice, jobs: int | None, replace_changed: bool, cluster: str
) -> None:
    """Run the batch and say what was made."""
    from letters.batch.issue import has_letters
    from letters.batch.issue import issue as issue_letters
    from letters.register import Register

    choice = named_templates(workspace, choice)
    create = not has_letters(workspace)
    place, wall_clock = workspace.register_path, clock(workspace.settings)
    with Register.open(place, actor(), wall_clock, create=create, password=password()) as register:
        outcome = issue_letters(
            workspace, choice, register, output.progress, jobs, replace_changed=replace_changed, cluster=cluster
        )
    output.problems(outcome.notices)
    if outcome.completed:
        output.say(N_("{count} letters issued before got files in a further format."), count=len(outcome.completed))
    if outcome.made:
        _tell(output, workspace, outcome.made, outcome.already)
    elif outcome.void and outcome.already:
        output.say(N_("{count} were issued before and stay as they are."), count=outcome.already)
    elif not outcome.completed and outcome.already:
        output.say(N_("All {count} letters are issued already; nothing was changed."), count=outcome.already)
    if outcome.void:
        output.say(
            N_("Void, and not made anew: {numbers}. To write to these recipients again, add --batch NAME."),
            numbers=", ".join(entry.label for entry in outcome.void),
        )
    output.result(
        made=map(entry_data, outcome.made),
        already=outcome.already,
        void=map(entry_data, outcome.void),
        completed=map(entry_data, outcome.completed),
        notices=output.problem_data(outcome.notices),
    )


def _tell(output: Output, workspace: Workspace, made: Iterable[Entry], already: int) -> None:
    count: Counter[str] = Counter()
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    folders: dict[str, None] = {}
    for entry in made:
        series = entry.number.series if entry.number else ""
        count[series] += 1
        first.setdefault(series, entry.label)
        last[series] = entry.label
        folders |= dict.fromkeys(file.path.rpartition("/")[0] for file in entry.files)
    for series in count:
        _tell_numbers(output, series, count[series], first[series], last[series])
    if already:
        output.say(N_("{count} were issued before and stay as they are."), count=already)
    for folder in folders:
        output.say(N_("Files: {folder}"), folder=workspace.folder / folder)


def _tell_numbers(output: Output, series: str, count: int, first: str, last: str) -> None:
    """Say which numbers of one series were used, in the order of the table."""
    if not series:
        output.say(N_("{count} documents issued."), count=count)
    elif count == 1:
        output.say(N_("One letter issued: {number}."), number=first)
    else:
        output.say(N_("{count} letters issued: {first} to {last}."), count=count, first=first, last=last)
