"""Letters of a plan and the register → numbers whose recipients left the table, posts that get a second letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from letters.batch.choosing import Choice
from letters.batch.drafts import Letter
from letters.batch.facts import names_of
from letters.errors import N_, Problem, Severity
from letters.model.letter import State
from letters.register import Entry, Filter, Register


def strays(register: Register, letters: Sequence[Letter], choice: Choice) -> Iterator[Problem]:
    """Yield a warning for each code that `letters` no longer have, if it holds a number or its post has a new code.

    Nothing is told of a choice narrowed to some recipients: the others are still in the table, only not looked at.
    """
    if choice.keys or choice.groups:
        return
    batches: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        batches[letter.first.batch].append(letter)
    for batch, own in batches.items():
        entries = [entry for entry in register.list(Filter(batch=batch)) if entry.state is not State.VOID]
        keys = {letter.key for letter in own}
        others = [entry for entry in entries if entry.key not in keys]
        unfinished = [entry for entry in others if entry.state is State.RESERVED]
        if unfinished:
            yield _left(unfinished)
        known = {entry.key for entry in entries}
        by_name = {entry.recipient: entry for entry in others}
        for letter in own:
            name = names_of([person.fields for person in letter.addressees])
            if letter.key and letter.key not in known and name in by_name:
                yield _second(letter, by_name[name])


def _left(entries: Sequence[Entry]) -> Problem:
    told = ", ".join(f"{entry.label} ({entry.key}: {entry.recipient})" for entry in entries)
    return Problem(
        "batch.left-the-table",
        N_("Numbers are taken for recipients who no longer get this letter, so it is not made: {numbers}."),
        N_('Put their rows back and run again; or give each number up: letters register void "{first}" --reason …'),
        params={"numbers": told, "first": entries[0].label},
        severity=Severity.WARNING,
    )


def _second(letter: Letter, entry: Entry) -> Problem:
    return Problem(
        "batch.second-letter",
        N_('{recipient} has this letter already, {number} under the code "{old}"; "{new}" makes a second one.'),
        N_("If it is the same recipient, give the row its former code back; the code binds the number to it."),
        letter.addressees[0].place,
        {"recipient": entry.recipient, "number": entry.label, "old": entry.key, "new": letter.key},
        Severity.WARNING,
    )
