"""A count of a series → its next numbers; its row stays locked, and rises together with the letters or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, and_, select

from letters.errors import N_, Problem, RegisterError
from letters.register.databases import insert_if_absent
from letters.register.entries import Actor, Entry
from letters.register.schema import batches, counters

Count: TypeAlias = tuple[str, str]
"""(series, period)."""


class Standing(NamedTuple):
    """Where a count stands."""

    start: int
    """Its first number; what lies below was used before the register began."""
    last: int
    """Its last number taken; `start - 1` if none."""


def count_of(entry: Entry) -> Count:
    """Return the count a numbered entry belongs to."""
    assert entry.number is not None
    return entry.number.series, entry.number.period


def hold_batches(connection: Connection, names: Iterable[str], now: datetime, actor: Actor) -> None:
    """Note each batch once and hold it to the end: a second run of the same command waits here, then finds the rows."""
    for name in sorted(names):
        who = {"user_name": actor.user, "host": actor.host, "program": actor.program}
        connection.execute(insert_if_absent(connection, batches), {"id": name, "created_at": now, **who})
        connection.execute(select(batches.c.id).where(batches.c.id == name).with_for_update())


def standing(connection: Connection, count: Count) -> Standing | None:
    """Return where a count stands; None if it has not begun."""
    row = connection.execute(_wanted(count)).one_or_none()
    return Standing(row.start_no, row.last_no) if row else None


def hold(connection: Connection, count: Count) -> Standing | None:
    """Return where a count stands, and keep everybody else from changing it until the transaction ends."""
    row = connection.execute(_wanted(count).with_for_update()).one_or_none()
    return Standing(row.start_no, row.last_no) if row else None


def begin(connection: Connection, count: Count, start: int) -> Standing:
    """Begin a count at `start` unless it has begun, hold it, and return where it stands."""
    series, period = count
    fresh = {"series": series, "period": period, "start_no": start, "last_no": start - 1}
    connection.execute(insert_if_absent(connection, counters), fresh)
    row = connection.execute(_wanted(count).with_for_update()).one()
    return Standing(row.start_no, row.last_no)


def raise_count(connection: Connection, count: Count, start: int, by: int) -> int:
    """Take `by` numbers of a count and return the first of them.

    Raises RegisterError if `start` lies beyond the next number.
    """
    last = begin(connection, count, start).last
    if start > last + 1:
        raise RegisterError(late_start(count, start, last))
    raise_to(connection, count, last + by)
    return last + 1


def raise_to(connection: Connection, count: Count, last: int) -> None:
    """Note that the numbers of a count are taken up to `last`."""
    connection.execute(counters.update().where(_this(count)).values(last_no=last))


def hold_all(connection: Connection, counts: Iterable[Count]) -> None:
    """Hold several counts, always in the same order, or two programs could wait for each other for ever."""
    for count in sorted(set(counts)):
        hold(connection, count)


def _this(count: Count) -> ColumnElement[bool]:
    series, period = count
    return and_(counters.c.series == series, counters.c.period == period)


def _wanted(count: Count) -> Select[tuple[int, int]]:
    return select(counters.c.start_no, counters.c.last_no).where(_this(count))


def late_start(count: Count, start: int, last: int) -> Problem:
    """Return the refusal to jump over numbers because `mulai` was raised after the count had begun."""
    series, period = count
    return Problem(
        "register.late-start",
        N_("The series {series} (count {period}) already stands at {last}; starting at {start} would leave a gap."),
        N_("Set `mulai` back: it only matters before the first number of a count is taken."),
        params={"series": series, "period": period or "-", "start": start, "last": last},
    )


def shown(orders: Sequence[int]) -> str:
    """Return running numbers as a person writes them: `4-6, 9`."""
    runs: list[tuple[int, int]] = []
    for order in orders:
        if runs and order == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], order
        else:
            runs.append((order, order))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
