"""Letters of a plan and the register → numbers whose recipients left the table, posts that get a second letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from letters.batch.choosing import Choice
from letters.batch.drafts import Batch, Letter
from letters.batch.facts import names_of
from letters.errors import N_, Problem, Severity
from letters.model.letter import State
from letters.register import Entry, Register


def strays(register: Register, batches: Iterable[Batch], choice: Choice) -> Iterator[Problem]:
    """Yield a warning for each code that `batches` no longer have, if it holds a number or its post has a new code.

    Nothing is told of a choice narrowed to some recipients: the others are still in the table, only not looked at.
    """
    if choice.keys or choice.groups:
        return
    for batch in batches:
        others = _others(register, batch)
        unfinished = [entry for entry in others if entry.state is State.RESERVED]
        if unfinished:
            yield _left(unfinished)
        by_name = {entry.recipient: entry for entry in others}
        for letter in batch.letters() if by_name else ():
            name = names_of([person.fields for person in letter.addressees])
            if letter.key and name in by_name and not _is_known(register, letter):
                yield _second(letter, by_name[name])


def _others(register: Register, batch: Batch) -> list[Entry]:
    """Return the entries of `batch`, void ones aside, whose code no letter of it has any more."""
    entries = (entry for entry in register.of_batch(batch.name) if entry.state is not State.VOID)
    for first in entries:  # where there is none, nobody's code has to be known
        keys = {letter.key for letter in batch.letters()}
        return [entry for entry in chain((first,), entries) if entry.key not in keys]
    return []


def _is_known(register: Register, letter: Letter) -> bool:
    """Return whether the letter has an entry by its own code."""
    found = register.find(letter.first.batch, [letter.key]).values()
    return any(entry.state is not State.VOID for entry in found)


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
