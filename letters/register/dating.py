"""Dates of letters against their numbers: what a number prints must agree, what goes back in time is warned about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, select

from letters.errors import N_, Problem, Severity
from letters.model.letter import State
from letters.register.counting import Count
from letters.register.entries import Entry, Request
from letters.register.finding import DAY, NUMBER
from letters.register.numbering import NumberParts
from letters.register.schema import letters


def date_problems(text: str, parts: NumberParts, day: date) -> list[Problem]:
    """Return a refusal if the month or year that the number `text` prints is not that of `day`."""
    month, year = parts.get("month", day.month), parts.get("year", day.year)
    return [] if (month, year) == (day.month, day.year) else [_disagrees(text, day)]


def backdated(connection: Connection, requests: Sequence[Request]) -> list[Problem]:
    """Return a warning for each count in which a letter would be dated before one that is already out."""
    first: dict[Count, date] = {}
    for request in requests:
        if request.series:
            count = request.series, request.period
            first[count] = min(first.get(count, request.day), request.day)
    return [problem for count, day in sorted(first.items()) for problem in before_last(connection, count, day)]


def before_last(connection: Connection, count: Count, day: date, *, but: int | None = None) -> list[Problem]:
    """Return a warning if `day` lies before the date of a letter of `count` that is out, other than entry `but`."""
    series, period = count
    text = select(NUMBER, DAY).where(letters.c.series == series, letters.c.period == period)
    issued = text.where(letters.c.state == State.ISSUED.value, letters.c.suffix == "", letters.c.id != (but or 0))
    row = connection.execute(issued.order_by(DAY.desc(), letters.c.order_no.desc()).limit(1)).first()
    return [_backdated(day, row[0], row[1])] if row and day < row[1] else []


def out_of_place(connection: Connection, entry: Entry) -> list[Problem]:
    """Return a warning if an inserted letter is not dated between the letters whose numbers stand around its own."""
    assert entry.number is not None
    number = entry.number
    same = (letters.c.series == number.series, letters.c.period == number.period, letters.c.suffix == "")
    around = select(NUMBER, DAY).where(*same).order_by(letters.c.order_no)
    before = connection.execute(around.where(letters.c.order_no == number.order)).first()
    after = connection.execute(around.where(letters.c.order_no > number.order).limit(1)).first()
    if before and entry.day < before[1]:
        return [_misplaced(entry, before[0], before[1])]
    if after and entry.day > after[1]:
        return [_misplaced(entry, after[0], after[1])]
    return []


def _disagrees(text: str, day: date) -> Problem:
    return Problem(
        "register.number-date",
        N_("The number {number} says another month or year than the date of the letter, {day}."),
        N_("Correct the number or the date."),
        params={"number": text, "day": day},
    )


def _backdated(day: date, number: str, last: date) -> Problem:
    return Problem(
        "register.backdated",
        N_("A letter dated {day} would follow {number}, which is dated {last}."),
        N_("If the date is right, insert the letter after the last number of that day (sisipan)."),
        params={"day": day, "number": number, "last": last},
        severity=Severity.WARNING,
    )


def _misplaced(entry: Entry, number: str, day: date) -> Problem:
    return Problem(
        "register.insert-date",
        N_("{inserted} is dated {own}, but stands beside {number}, which is dated {day}."),
        N_("Check the date, and after which number the letter belongs."),
        params={"inserted": entry.label, "own": entry.day, "number": number, "day": day},
        severity=Severity.WARNING,
    )
