"""Letters of a plan and the register → numbers whose recipients left the table, posts that get a second letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from letters.batch.choosing import Choice
from letters.batch.drafts import Batch, Letter
from letters.batch.facts import names_of
from letters.batch.produce import chunks
from letters.batch.standing import LOOKED_UP
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
        named = (letter for letter in batch.letters() if letter.key and _name(letter) in by_name) if by_name else ()
        for some in chunks(named, LOOKED_UP):
            known = register.find(batch.name, [letter.key for letter in some])
            for letter in some:
                if letter.key not in known or known[letter.key].state is State.VOID:
                    yield _second(letter, by_name[_name(letter)])


def _others(register: Register, batch: Batch) -> list[Entry]:
    """Return the entries of `batch`, void ones aside, whose code no letter of it has any more."""
    entries = (entry for entry in register.of_batch(batch.name) if entry.state is not State.VOID)
    for first in entries:  # where there is none, nobody's code has to be known
        keys = {letter.key for letter in batch.letters()}
        return [entry for entry in chain((first,), entries) if entry.key not in keys]
    return []


def _name(letter: Letter) -> str:
    return names_of([person.fields for person in letter.addressees])


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
