"""Lines of an agenda book → entries of the register; all are compared with it before the first is entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from letters.batch.agenda.reading import Item
from letters.batch.findings import BatchError
from letters.errors import N_, Problem
from letters.model.letter import State
from letters.register import Booking, Entry, Final, NumberParts, Register

Count = tuple[str, str]
"""Series and period."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What an import did."""

    entered: int
    already: int
    """Lines that were in the register before."""
    notices: tuple[Problem, ...]


def enter(register: Register, items: Sequence[Item], progress: Callable[[str, int, int], None]) -> Entered:
    """Enter `items`; those that are there already stay as they are.

    Raises BatchError, with nothing entered, for numbers that are doubled, taken by another letter, dated otherwise, or
    would leave a gap. Each line is entered by itself: run again, an import that was interrupted finishes.
    """
    known = _by_number(register)
    new = [item for item in items if _key(item.number) not in known]
    problems = [
        *_doubled(items),
        *(_taken(item, known[_key(item.number)]) for item in items if _is_other(item, known.get(_key(item.number)))),
        *(problem for item in items for problem in _disagreeing(item)),
        *_gaps(register, new),
    ]
    if problems:
        raise BatchError(*problems)
    notices: list[Problem] = []
    for done, item in enumerate(sorted(items, key=_place_in_book), 1):
        entry = known.get(_key(item.number))
        if entry is None:
            entry = _enter_one(register, item, notices)
        _follow_life(register, item, entry)
        progress("import", done, len(items))
    return Entered(len(new), len(items) - len(new), tuple(notices))


def _enter_one(register: Register, item: Item, notices: list[Problem]) -> Entry:
    request = item.request
    assert request.pattern is not None
    following = register.preview_next(request.series, request.period, request.start)
    if item.is_booked and _read(item)["order"] == following:  # below `mulai` and between numbers nothing can be booked
        booking = Booking(
            *(request.series, request.pattern, request.start, request.period, request.day, request.parts),
            count=1,
            for_whom=request.recipient,
            purpose=request.subject,
        )
        return register.book(booking)[0]
    done = register.outside(item.number, request)
    notices += done.warnings
    return done.entry


def _follow_life(register: Register, item: Item, entry: Entry) -> None:
    """Give a letter the numbers it got later, and make it void if it is."""
    for number in item.finals[len(entry.former) :]:
        register.renumber([Final(f"#{entry.id}", number)])
    if item.void_reason and entry.state is not State.VOID:
        register.void(f"#{entry.id}", item.void_reason)


def _by_number(register: Register) -> dict[str, Entry]:
    """Return the register's entries by the number of their count."""
    entries = [entry for entry in register.list() if entry.number]
    return {_key((*entry.former, entry.label)[0]): entry for entry in entries}


def _key(number: str) -> str:
    return "".join(number.casefold().split())


def _read(item: Item) -> NumberParts:
    assert item.request.pattern is not None
    parts = item.request.pattern.read(item.number)
    assert parts is not None  # its series was found by reading it
    return parts


def _place_in_book(item: Item) -> tuple[str, str, int, int, str]:
    parts = _read(item)
    return item.request.series, item.request.period, parts["order"], len(parts["suffix"]), parts["suffix"]


def _is_other(item: Item, entry: Entry | None) -> bool:
    told = (item.request.day, item.request.recipient, item.request.subject)
    return entry is not None and (entry.day, entry.recipient, entry.subject) != told


# -- what stands against an import ---------------------------------------------------------------------


def _doubled(items: Sequence[Item]) -> Iterator[Problem]:
    first: dict[str, Item] = {}
    for item in items:
        other = first.setdefault(_key(item.number), item)
        if other is not item:
            yield Problem(
                "agenda.doubled",
                N_("The number {number} stands in row {other} too."),
                N_("Look at both letters, and correct one of the rows."),
                item.place,
                {"number": item.number, "other": other.place.row},
            )


def _taken(item: Item, entry: Entry) -> Problem:
    return Problem(
        "agenda.taken",
        N_("The register has {number} already, to {recipient} on {day}: {subject}."),
        N_("Compare both; if it is the same letter, write the row as the register has it."),
        item.place,
        {"number": item.number, "recipient": entry.recipient, "day": entry.day.isoformat(), "subject": entry.subject},
    )


def _disagreeing(item: Item) -> Iterator[Problem]:
    """Yield a problem if a number prints another month or year than the letter's date."""
    parts, day = _read(item), item.request.day
    if not item.finals and (parts.get("month", day.month), parts.get("year", day.year)) != (day.month, day.year):
        yield Problem(
            "agenda.number-date",
            N_("The number {number} says another month or year than the date of the letter, {day}."),
            N_("Correct the number or the date."),
            item.place,
            {"number": item.number, "day": day.isoformat()},
        )


def _gaps(register: Register, items: Sequence[Item]) -> Iterator[Problem]:
    """Yield for each count the numbers that neither register nor book have."""
    counts: dict[Count, list[Item]] = defaultdict(list)
    for item in items:
        counts[item.request.series, item.request.period].append(item)
    for (series, period), some in sorted(counts.items()):
        following = register.preview_next(series, period, some[0].request.start)
        orders = {_read(item)["order"]: item for item in some if not _read(item)["suffix"]}
        for order in sorted(orders):
            if order > following:
                yield _gap(orders[order], following, order - 1)
            following = max(following, order + 1)


def _gap(item: Item, first: int, last: int) -> Problem:
    return Problem(
        "agenda.gap",
        N_("Before {number} the numbers {first} to {last} are missing."),
        N_("Add a row for each, with Batal in keterangan if it went to nobody; or set `mulai` in letters.toml."),
        item.place,
        {"number": item.number, "first": first, "last": last},
    )
