"""Lines of an agenda book → entries of the register; all of them, in one transaction, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from letters.batch.agenda.reading import Item
from letters.batch.findings import BatchError
from letters.errors import N_, Problem, RegisterError
from letters.model.letter import State
from letters.register import Booking, Entry, Final, NumberParts, Register, Sending

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
    """Enter `items` in one transaction; those that are there already stay, but for how they were sent.

    Raises BatchError with every fault by its row, nothing being entered then: numbers that are doubled, taken by
    another letter, dated otherwise, would leave a gap, or that the register refuses for another reason.
    """
    with register.together():
        entering = Entering(register)
        problems = list(conflicts(register, items))
        new = [item for item in items if _key(item.number) not in entering.known]
        problems += _gaps(register, new)
        faulty = {problem.place.row for problem in problems}
        entering.failed |= {_count(item) for item in items if item.place.row in faulty}
        for done, item in enumerate(sorted(items, key=_place_in_book), 1):
            problems += entering.enter(item) if item.place.row not in faulty else []
            progress("import", done, len(items))
        if problems:
            raise BatchError(*sorted(problems, key=lambda problem: problem.place.row))
    return Entered(len(new), len(items) - len(new), tuple(entering.notices))


def conflicts(register: Register | None, items: Sequence[Item]) -> Iterator[Problem]:
    """Yield what stands against items by themselves, and against those that `register` has for other letters."""
    known = _by_number(register) if register else {}
    yield from _doubled(items)
    for item in items:
        entry = known.get(_key(item.number))
        if entry is not None and _is_other(item, entry):
            yield _taken(item, entry)
        yield from _disagreeing(item)


class Entering:
    """Lines on their way into the register, one after the other."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.known = _by_number(register)
        self.notices: list[Problem] = []
        self.failed: set[Count] = set()
        """Counts of which a line is faulty: that numbers after it cannot be entered is no fault of theirs."""

    def enter(self, item: Item) -> list[Problem]:
        """Enter one line, and return why the register refuses it."""
        entry = self.known.get(_key(item.number))
        try:
            if entry is None:
                entry = _enter_one(self._register, item, self.notices)
            _follow_life(self._register, item, entry, self.notices)
        except RegisterError as error:
            if error.__cause__ is not None:
                raise  # not the line: the register itself is locked, gone or damaged
            told = [problem for problem in error.problems if not self._follows(item, problem)]
            self.failed.add(_count(item))
            return [replace(problem, place=item.place) for problem in told]
        return []

    def _follows(self, item: Item, problem: Problem) -> bool:
        """Return whether `problem` only comes from a faulty line of the same count."""
        return problem.code in FOLLOWING and _count(item) in self.failed


FOLLOWING = {"register.ahead", "register.ahead-of-start", "register.no-base", "register.outside-taken"}


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


def _follow_life(register: Register, item: Item, entry: Entry, notices: list[Problem]) -> None:
    """Give a letter the numbers it got later, and make it void if it is."""
    for number in item.finals[len(entry.former) :]:
        register.renumber([Final(f"#{entry.id}", number)])
    if item.sending != Sending() and not item.is_booked:
        done = register.sent(f"#{entry.id}", item.sending)
        notices += (replace(warning, place=item.place) for warning in done.warnings)
    if item.void_reason and entry.state is not State.VOID:
        register.void(f"#{entry.id}", item.void_reason)


def _count(item: Item) -> Count:
    return item.request.series, item.request.period


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


def _is_other(item: Item, entry: Entry) -> bool:
    told = (item.request.day, item.request.recipient, item.request.subject)
    return (entry.day, entry.recipient, entry.subject) != told


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
        {"number": item.number, "recipient": entry.recipient, "day": entry.day, "subject": entry.subject},
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
            {"number": item.number, "day": day},
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
