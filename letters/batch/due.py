"""Templates, recipients, register and today → which letters must go out before which stage, and what is late."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from letters.batch.choosing import gets_own
from letters.batch.dates import PREVENTING
from letters.batch.occasions import Wanted, own_templates, served
from letters.batch.unserved import Unserved, unserved
from letters.batch.workspace import Workspace
from letters.law import SENDERS, Due, DueState, Election, Outgoing, Sent, due
from letters.merge import Template
from letters.model.letter import Recipient, State
from letters.recipients import read_recipients
from letters.register import Filter, Register

EXIT_DUE = 5
"""Exit code when something is due or late: apart from the codes of errors, so that a scheduled run can tell them."""
QUIET = (DueState.AHEAD, DueState.UNDATED, DueState.MISSED, DueState.NOBODY)
"""States that are only counted unless everything is asked for."""
AGAIN = "ulang"
"""Name of the second round that is proposed for letters that are void."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """How the letters of the office stand on a day."""

    dues: tuple[Due, ...]
    day: date
    void_numbers: Mapping[Sent, str] = field(default_factory=dict)
    """What each void letter is called."""
    unserved: tuple[Unserved, ...] = ()
    """Groups of the table that no template of the office writes to before a stage that is near."""

    @property
    def to_do(self) -> tuple[Due, ...]:
        """Return the letters somebody must send: due or late."""
        return tuple(one for one in self.dues if one.needs_action)

    @property
    def near(self) -> tuple[Due, ...]:
        """Return what is worth showing: to do, and what is done for stages that are not over."""
        return tuple(one for one in self.dues if one.needs_action or (one.state not in QUIET and self._is_open(one)))

    @property
    def exit_code(self) -> int:
        """Return 0 when there is nothing to do."""
        return EXIT_DUE if self.to_do else 0

    def without_recipients(self) -> list[str]:
        """Return the groups that letters for stages still to come are for, and of which the table has nobody."""
        return sorted({one.group for one in self.dues if one.state is DueState.NOBODY and self._is_open(one)})

    def count(self, state: DueState) -> int:
        """Return how many templates × groups are in that state."""
        return sum(one.state is state for one in self.dues)

    def commands(self) -> list[str]:
        """Return the commands that issue what is to do, the most urgent first; nothing void is made by them."""
        found = dict.fromkeys((one.stage.id, one.election) for one in self.to_do if one.missing)
        return [f"letters issue --stage {stage} --election {election}" for stage, election in found]

    def void(self, one: Due) -> dict[str, str]:
        """Return the number of the void letter of each recipient who has no other, by key."""
        return {key: self.void_numbers[Sent(one.template, one.election, one.stage.id, key)] for key in one.void}

    def command_again(self, one: Due) -> str:
        """Return the command that writes anew to those of `one` whose letters are void."""
        people = " ".join(f"--to {key}" for key in one.void)
        where = f"--stage {one.stage.id} --election {one.election}"
        return f"letters issue {one.template} {people} {where} --batch {AGAIN}"

    def _is_open(self, one: Due) -> bool:
        return one.stage.last_day is None or one.stage.last_day >= self.day


def due_letters(
    workspace: Workspace,
    wanted: Wanted,
    table: tuple[Path | None, str],
    register: Register | None,
    today: date,
    days: int,
) -> DueReport:
    """Return how the letters of this office's templates stand on `today`, looking `days` ahead.

    `table` is the recipients file and worksheet the user named; `register` is None before the first letter. Without
    an election wanted, those of letters.toml count, else all. Raises TemplateError, RecipientsError, LawError.
    """
    election = wanted.election or workspace.settings.election
    elections = [workspace.calendar.election(election)] if election else workspace.calendar.elections
    if wanted.stage and all(wanted.stage != stage.id for one in elections for stage in one.stages):
        workspace.calendar.stage(elections[0].id, wanted.stage)  # says that it is not known, and which name is near
    file, sheet = table
    people = read_recipients(workspace.recipients_file(file), sheet=sheet, blank=("jabatan",)).recipients
    plans = [
        plan
        for template in own_templates(workspace)
        for plan in _plans(workspace, template, people)
        if election in ("", plan.election) and wanted.stage in ("", plan.stage)
    ]
    sent = dict(_letters(register, State.ISSUED)) if register else {}
    void = dict(_letters(register, State.VOID)) if register else {}
    dues = due(workspace.calendar, plans, sent, today, days, void)
    return DueReport(dues, today, void, _unserved(workspace, wanted, elections, plans, people, (today, days)))


def _unserved(
    workspace: Workspace,
    wanted: Wanted,
    elections: Sequence[Election],
    plans: Sequence[Outgoing],
    people: Sequence[Recipient],
    when: tuple[date, int],
) -> tuple[Unserved, ...]:
    """Return what no template of this office serves; the government of a region writes no letters for stages."""
    if workspace.settings.office.level not in SENDERS:
        return ()
    groups = {person.group for person in people}
    found = unserved(workspace.calendar, elections, plans, groups, *when)
    return tuple(one for one in found if wanted.stage in ("", one.stage.id))


def _plans(workspace: Workspace, template: Template, people: Sequence[Recipient]) -> Iterator[Outgoing]:
    """Yield what goes out of `template` before each stage it serves, by group of recipients."""
    groups = template.front.audience or tuple(dict.fromkeys(person.group for person in people))
    keys: dict[str, Collection[str]] = {
        group: tuple(person.key for person in people if person.group == group and gets_own(template, person))
        for group in groups
    }
    for occasion in served(workspace.calendar, template):
        if occasion.stage:
            lead = workspace.settings.calendar.lead_days
            prevents = template.front.kind in PREVENTING
            yield Outgoing(template.name, occasion.election, occasion.stage, keys, lead, prevents)


def _letters(register: Register, state: State) -> Iterator[tuple[Sent, str]]:
    """Yield every letter in `state`, each of its recipients by itself, and what it is called."""
    for entry in register.list(Filter(state=state)):
        keys = [entry.key] if entry.key else [person.key for person in entry.recipients]
        for key in keys:
            yield Sent(entry.template, entry.election, entry.stage, key), entry.label
