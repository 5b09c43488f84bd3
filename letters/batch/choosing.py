"""What the user asked for, and the table → who gets which letter; slips in codes and groups are told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from letters.batch.drafts import LIST
from letters.batch.meant import meant_group
from letters.batch.oaths import takes_part
from letters.batch.occasions import Occasion, Wanted
from letters.errors import N_, Place, Problem, Severity
from letters.law import Group
from letters.merge import Template
from letters.model.letter import Recipient
from letters.packed import Packed
from letters.recipients import Table
from letters.writers import FORMATS


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
    formats: tuple[str, ...] = FORMATS
    batch: str = ""
    """Name that sets a deliberate second round of the same letter apart from the first."""
    made_on: date | None = None
    """The day it is; None where that does not matter."""
    wanted: Wanted = Wanted()
    """Election and stage the letters are for."""
    all_templates: bool = False
    """Whether the templates were not named but are all there are: those for nobody are then no error."""

    @property
    def is_timed(self) -> bool:
        """Return whether the date is meant for just these letters; no one day suits the letters of all stages."""
        return not self.all_templates or bool(self.wanted.stage)

    def of(self, table: Table) -> Iterator[Recipient]:
        """Yield the recipients of `table` that the codes and groups the user named leave."""
        for recipient in table.recipients:
            if (not self.keys or recipient.key in self.keys) and (not self.groups or recipient.group in self.groups):
                yield recipient


def slips(
    choice: Choice, table: Table, is_known: Callable[[str], bool], known: Mapping[str, Group]
) -> Iterator[Problem]:
    """Yield codes and groups the user named that nobody has, and groups of the table no letter is for.

    `is_known` says of a group whether there is such a one; `known` are those that may have been meant.
    """
    yield from _unknown_keys(choice, table)
    yield from _unknown_groups(choice, table)
    yield from _strange_groups(table, is_known, known)


def _unknown_keys(choice: Choice, table: Table) -> Iterator[Problem]:
    wanted = set(choice.keys)
    known = {recipient.key for recipient in table.recipients if recipient.key in wanted} if wanted else wanted
    for key in choice.keys:
        if key not in known:
            yield Problem(
                "batch.unknown-key",
                N_('No recipient has the code "{key}".'),
                N_("Look at the column kode of the recipients table."),
                params={"key": key},
            )


def _unknown_groups(choice: Choice, table: Table) -> Iterator[Problem]:
    known = sorted({recipient.group for recipient in table.recipients})
    for group in choice.groups:
        if group not in known:
            yield Problem(
                "batch.unknown-group",
                N_('No recipient is in the group "{group}" (there are: {known}).'),
                N_("Look at the column kelompok of the recipients table."),
                params={"group": group, "known": ", ".join(known)},
            )


def _strange_groups(table: Table, is_known: Callable[[str], bool], known: Mapping[str, Group]) -> Iterator[Problem]:
    """Yield every group of the table that no letter is for: its recipients would get none, unsaid.

    It is an error where a post is left to be made from it, else a warning.
    """
    first: dict[str, Recipient] = {}
    without_post: set[str] = set()
    for recipient in table.recipients:
        first.setdefault(recipient.group, recipient)
        if not recipient.fields.get("jabatan"):
            without_post.add(recipient.group)
    for group in (group for group in first if not is_known(group)):
        near = meant_group(group, known)
        yield Problem(
            "batch.strange-group",
            N_('The group "{group}" is in no list of groups and no letter is for it.'),
            N_('Did you mean "{near}"?') if near else N_("Correct it, or name it in untuk of one of your templates."),
            replace(first[group].place, column="kelompok"),
            {"group": group, "near": near},
            Severity.ERROR if group in without_post else Severity.WARNING,
        )


def choose_recipients(template: Template, table: Table, choice: Choice) -> Sequence[Recipient]:
    """Return the recipients `template` is for, narrowed by the codes and groups the user named."""
    audience = set(template.front.audience)
    return Packed(
        recipient
        for recipient in choice.of(table)
        if (not audience or recipient.group in audience) and gets_own(template, recipient)
    )


def is_misnamed(choice: Choice, table: Table) -> bool:
    """Return whether a code or group the user named is nobody's: that is told, and is why a letter is for nobody."""
    return any(True for _ in (*_unknown_keys(choice, table), *_unknown_groups(choice, table)))


def gets_own(template: Template, recipient: Recipient) -> bool:
    """Return whether `template` makes a letter for `recipient`: of one to all, those who are absent are named too."""
    return template.front.numbering == LIST or takes_part(template, recipient)


def nobody(template: Template) -> Problem:
    """Return the error that a template the user named is for nobody in the table."""
    return Problem(
        "batch.nobody",
        N_("Nobody in the recipients table gets this letter: it is for {audience}."),
        N_("Compare the column kelompok with untuk in the template, and with --to and --group."),
        Place(file=str(template.path)),
        {"audience": ", ".join(template.front.audience) or "*"},
    )


def nobody_at_all(choice: Choice, table: Table, audience: Collection[str]) -> Problem:
    """Return the error that no letter comes of a choice: nobody of the table is among those its templates write to."""
    params = {
        "stage": " ".join(filter(None, (choice.wanted.election, choice.wanted.stage))) or ", ".join(choice.templates),
        "audience": ", ".join(sorted(audience)) or "*",
        "groups": ", ".join(sorted({one.group for one in choice.of(table)})) or "-",
    }
    return Problem(
        "batch.nobody-at-all",
        N_("No letter is made for {stage}: its templates write to {audience}; chosen are recipients of {groups}."),
        N_("Compare the column kelompok with untuk in the templates; letters check says why each is left out."),
        params=params,
    )


def batch_name(template: Template, occasion: Occasion, choice: Choice) -> str:
    """Return the name numbers are bound to: the same letter for the same stage is one batch, whenever it is run."""
    return "|".join((template.name, occasion.election, occasion.stage, choice.batch))
