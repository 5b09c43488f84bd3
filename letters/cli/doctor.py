"""``letters doctor`` → what this machine and folder have and lack, with the line that installs it."""

from __future__ import annotations

import click

from letters.cli.output import Output
from letters.cli.translated import command
from letters.errors import N_, MachineError, SettingsError


@command(help=N_("Look at this machine and folder: what is missing, and the line that installs it."))
@click.pass_obj
def doctor(output: Output) -> int:
    """Print each finding; exit 4 when something is missing, 1 when only letters.toml is to be mended."""
    from letters.batch.doctor import examine

    findings = list(examine(output.folder))
    for finding in findings:
        mark = N_("missing") if finding.problems else N_("good")
        output.say(
            "{mark:8} {name}: {detail}", mark=output.text(mark), name=output.text(finding.name), detail=finding.detail
        )
    problems = [problem for finding in findings for problem in finding.problems]
    if problems:
        output.fail([problem for at, problem in enumerate(problems) if problem not in problems[:at]])
        only_settings = all(problem.code.startswith("settings.") for problem in problems)
        return SettingsError.exit_code if only_settings else MachineError.exit_code
    output.result(findings=[{"name": output.text(f.name), "detail": f.detail} for f in findings])
    return 0
