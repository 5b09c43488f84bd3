"""The whole book → everything that is wrong with it: gaps, doubles, states, events against rows, missing guards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import ColumnElement, Connection, and_, func, select

from letters.errors import N_, Place, Problem, Severity
from letters.model.letter import State
from letters.register import queries
from letters.register.counting import shown
from letters.register.databases import database_faults, guards_there
from letters.register.histories import history_problems
from letters.register.migrations import expected_guards
from letters.register.numbering import Pattern
from letters.register.schema import counters, letters

SHOWN = 5
"""How many numbers a summary names."""


def verify(connection: Connection, register: str, patterns: Mapping[str, Pattern]) -> list[Problem]:
    """Return every problem of the register called `register`; none if all is well.

    What the events cannot tell apart from a change by hand is not seen: whoever can change rows and events together,
    with the guards taken off and put back, leaves no trace but in the backups.
    """
    place = Place(file=register)
    return [
        *(_damaged(place, fault) for fault in database_faults(connection)),
        *_guard_problems(connection, place),
        *_count_problems(connection, place),
        *_base_problems(connection, place),
        *_double_problems(connection, place),
        *history_problems(connection, register, patterns),
    ]


def _guard_problems(connection: Connection, place: Place) -> Iterator[Problem]:
    missing = expected_guards(connection.dialect.name) - guards_there(connection)
    if missing:
        yield _no_guards(place, ", ".join(sorted(missing)))


def _count_problems(connection: Connection, place: Place) -> Iterator[Problem]:
    """Yield gaps of every count, numbers beyond its last one, and numbers without a count."""
    same = and_(letters.c.series == counters.c.series, letters.c.period == counters.c.period, letters.c.suffix == "")
    inside = and_(same, letters.c.order_no.between(counters.c.start_no, counters.c.last_no))
    found = func.count(letters.c.id)
    query = select(counters, found).outerjoin(letters, inside)
    whole = counters.c.last_no - counters.c.start_no + 1
    for series, period, start, last, _ in connection.execute(query.group_by(*counters.c).having(found != whole)).all():
        these = and_(letters.c.series == series, letters.c.period == period, letters.c.suffix == "")
        there = set(connection.scalars(select(letters.c.order_no).where(these)))
        missing = [order for order in range(start, last + 1) if order not in there]
        yield _gap(place, series, period, shown(missing))
    beyond = select(letters.c.number).outerjoin(counters, _same_count()).where(letters.c.order_no.is_not(None))
    lost = func.coalesce(counters.c.last_no, 0) < letters.c.order_no
    for number in connection.scalars(beyond.where(lost, letters.c.suffix == "").order_by(letters.c.id)):
        yield _beyond(place, number)


def _same_count() -> ColumnElement[bool]:
    return and_(letters.c.series == counters.c.series, letters.c.period == counters.c.period)


def _base_problems(connection: Connection, place: Place) -> Iterator[Problem]:
    """Yield inserted numbers that follow no number of the register."""
    base = letters.alias()
    same = and_(
        base.c.series == letters.c.series,
        base.c.period == letters.c.period,
        base.c.order_no == letters.c.order_no,
        base.c.suffix == "",
    )
    query = select(letters.c.number).outerjoin(base, same).join(counters, _same_count())
    alone = query.where(letters.c.suffix != "", base.c.id.is_(None), letters.c.order_no >= counters.c.start_no)
    for number in connection.scalars(alone.order_by(letters.c.id)):
        yield _no_base(place, number)


def _double_problems(connection: Connection, place: Place) -> Iterator[Problem]:
    """Yield numbers that two valid letters bear: an error within a series, a warning between series."""
    key = func.coalesce(letters.c.final_key, letters.c.number_key)
    valid = select(key).where(letters.c.state != State.VOID.value, letters.c.number_key.is_not(None))
    keys = list(connection.scalars(valid.group_by(key).having(func.count() > 1).order_by(key)))
    between = []
    for this in keys:
        bearers = [one for one in queries.bearing(connection, [this]) if one.state is not State.VOID]
        counts = {(one.number.series, one.number.period) for one in bearers if one.number}
        if len(counts) < len(bearers):
            yield _double(place, bearers[0].label, ", ".join(f"#{one.id}" for one in bearers))
        else:
            between.append(bearers[0].label)
    if between:
        yield _alike(place, between)


# -- problems ------------------------------------------------------------------------------------------


def _damaged(place: Place, detail: str) -> Problem:
    return Problem(
        "register.verify-database",
        N_("The database of the register is damaged: {detail}."),
        N_("Make a copy of the register as it is, and restore the last backup."),
        place,
        {"detail": detail},
    )


def _no_guards(place: Place, names: str) -> Problem:
    return Problem(
        "register.verify-guards",
        N_("Guards of the register that refuse changes by hand are missing: {names}."),
        N_("Compare the register with the last backup; restoring a backup brings the guards back."),
        place,
        {"names": names},
    )


def _gap(place: Place, series: str, period: str, missing: str) -> Problem:
    return Problem(
        "register.verify-gap",
        N_("The series {series} (count {period}) lacks the numbers {missing}."),
        N_("Look for these letters in the last backup and in the files; record them as made outside."),
        place,
        {"series": series, "period": period or "-", "missing": missing},
    )


def _beyond(place: Place, number: str) -> Problem:
    return Problem(
        "register.verify-beyond",
        N_("The count has not come to {number}, which is in the register: it would be given again."),
        N_("Compare the register with the last backup before another letter is numbered."),
        place,
        {"number": number},
    )


def _no_base(place: Place, number: str) -> Problem:
    return Problem(
        "register.verify-base",
        N_("{number} is inserted after a number that is not in the register."),
        N_("Look for that letter in the last backup; record it as made outside."),
        place,
        {"number": number},
    )


def _double(place: Place, number: str, ids: str) -> Problem:
    return Problem(
        "register.verify-double",
        N_("Several letters bear the number {number}: {ids}."),
        N_("Keep the one that went out under it and make the other void."),
        place,
        {"number": number, "ids": ids},
    )


def _alike(place: Place, numbers: list[str]) -> Problem:
    return Problem(
        "register.verify-alike",
        N_("{count} numbers stand in more than one series or period, for example {numbers}."),
        N_("Let the patterns print what the counts restart by (year, month, code)."),
        place,
        {"count": len(numbers), "numbers": ", ".join(numbers[:SHOWN])},
        Severity.WARNING,
    )
