"""A letter that was made elsewhere, with its number → an issued entry, so that the book stays whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, func, select

from letters.errors import N_, Problem, RegisterError
from letters.model.letter import LetterFile, State
from letters.register import counting, queries
from letters.register.adding import add, at, happened, refuse
from letters.register.booking import use
from letters.register.checking import once
from letters.register.counting import Count, Standing
from letters.register.dating import before_last, date_problems, out_of_place
from letters.register.entries import OUTSIDE, Actor, Done, Entry, Request
from letters.register.kept import owners
from letters.register.numbering import NumberParts, Pattern
from letters.register.reserving import check_free
from letters.register.rows import Taken, keep_files
from letters.register.schema import letters, number_key, one_line


def record(
    connection: Connection,
    text: str,
    request: Request,
    written: Sequence[LetterFile],
    now: datetime,
    actor: Actor,
) -> Done:
    """Return the entry of a letter made elsewhere with the number `text`, which it has from now on.

    The number is the next one of its count, or fills a place that was left for it: booked, below the first number
    (`mulai`), or inserted. Batch and key of `request` do not matter. Recording the same letter again changes nothing.
    Raises RegisterError for a number that cannot be read, disagrees with the date, is taken, or lies further on.
    """
    text, request, parts = _understood(one_line(text), request)
    counting.hold_batches(connection, {OUTSIDE}, now, actor)
    count = request.series, request.period
    stand = counting.hold(connection, count) or Standing(request.start, request.start - 1)
    there = at(connection, count, parts["order"], parts["suffix"])
    if there and _is_same(there, request):
        return Done(there)
    _check_place(connection, there, text, request, parts, stand)
    check_free(connection, [text])
    refuse([_other_letters(path) for path in owners(connection, (file.path for file in written))])
    taken = Taken(parts["order"], parts["suffix"], text)
    letter_id = _enter(connection, there, request, taken, stand, now)
    keep_files(connection, letter_id, 1, written)
    details = {"number": text, "files": {file.path: file.sha256 for file in written}}
    happened(connection, now, actor, letter_id, "recorded", details)
    entry = queries.by_id(connection, letter_id)
    return Done(entry, tuple(_warnings(connection, count, entry)))


def _understood(text: str, request: Request) -> tuple[str, Request, NumberParts]:
    """Return the number as it is kept, `request` as the number says it, and what the number says."""
    if request.pattern is None:
        raise RegisterError(_without_series(text))
    compact = text.replace(" ", "")  # `045 / PM.00.02 / …`, as it stands in many a paper book
    text = text if request.pattern.read(text) else compact
    parts = request.pattern.read(text)
    if parts is None:
        raise RegisterError(_unreadable(text, request.pattern))
    codes = {"klasifikasi": parts.get("klasifikasi"), "kode": parts.get("kode")}
    said = {name: code for name, code in codes.items() if code}
    problems = date_problems(text, parts, request.day) + [
        _other_code(text, name, request.parts[name])
        for name, value in said.items()
        if request.parts.get(name, value) != value
    ]
    if problems:
        raise RegisterError(*once(problems))
    key = f"{request.series}|{request.period}|{number_key(text)}"
    parts["suffix"] = parts["suffix"].upper()  # 045.a and 045.A are one number
    return text, replace(request, batch=OUTSIDE, key=key, parts={**request.parts, **said}), parts


def _is_same(there: Entry, request: Request) -> bool:
    """Return whether the letter at this running number is the one of `request`; padding of the number may differ."""
    is_now = (there.day, there.recipient, there.subject, there.classification, there.code)
    codes = (request.parts.get("klasifikasi", ""), request.parts.get("kode", ""))
    return (
        there.from_outside
        and there.state is State.ISSUED
        and is_now == (request.day, request.recipient, request.subject, *codes)
    )


def _check_place(
    connection: Connection, there: Entry | None, text: str, request: Request, parts: NumberParts, stand: Standing
) -> None:
    """Refuse a number that is taken, printed differently where it was booked, or not next. Raises RegisterError."""
    order = parts["order"]
    if there:
        if there.state is not State.BOOKED or number_key(there.label) != number_key(text):
            raise RegisterError(_taken(text, there))
    elif parts["suffix"]:
        if order >= stand.start and not at(connection, (request.series, request.period), order):
            raise RegisterError(_no_base(text, order))
    elif order > stand.last + 1:
        raise RegisterError(_ahead(text, stand, order, request))


def _enter(
    connection: Connection, there: Entry | None, request: Request, taken: Taken, stand: Standing, now: datetime
) -> int:
    """Write the letter into its place and return its id; the count rises only if the number was its next."""
    if there:
        use(connection, there, request, State.ISSUED, now)
        return there.id
    count = request.series, request.period
    counting.begin(connection, count, stand.start)
    if not taken.suffix and taken.order == stand.last + 1:
        counting.raise_count(connection, count, 1, 1)
    return add(connection, request, taken, State.ISSUED, now)


def _warnings(connection: Connection, count: Count, entry: Entry) -> list[Problem]:
    """Warn about a date out of order: of the last number by the count, of others by their neighbours."""
    assert entry.number is not None
    highest = select(func.max(letters.c.order_no)).where(letters.c.series == count[0], letters.c.period == count[1])
    if entry.suffix or connection.execute(highest).scalar_one() != entry.number.order:
        return out_of_place(connection, entry)
    return before_last(connection, count, entry.day, but=entry.id)


# -- problems ------------------------------------------------------------------------------------------


def _without_series(text: str) -> Problem:
    return Problem(
        "register.outside-series",
        N_("To record the number {number}, its series must be known."),
        N_("Name the series of letters.toml it belongs to."),
        params={"number": text},
    )


def _unreadable(text: str, pattern: Pattern) -> Problem:
    return Problem(
        "register.outside-pattern",
        N_("The number {number} does not follow the pattern {pattern}."),
        N_("Type it as it is printed on the letter, or name the series it belongs to."),
        params={"number": text, "pattern": pattern.text},
    )


def _other_code(text: str, name: str, given: str) -> Problem:
    return Problem(
        "register.outside-code",
        N_("The number {number} has another {name} than {given}."),
        N_("Correct the number, or leave the {name} to be read from it."),
        params={"number": text, "name": name, "given": given},
    )


def _taken(text: str, there: Entry) -> Problem:
    return Problem(
        "register.outside-taken",
        N_("The number {number} is taken: {there} went to {recipient} on {day}."),
        N_("Look at both letters: one number can stand on one letter only."),
        params={"number": text, "there": there.label, "recipient": there.recipient, "day": there.day},
    )


def _other_letters(path: str) -> Problem:
    return Problem(
        "register.outside-file",
        N_("The file {path} belongs to another letter of the register."),
        N_("Name the file of this letter, or leave it out."),
        params={"path": path},
    )


def _no_base(text: str, order: int) -> Problem:
    return Problem(
        "register.no-base",
        N_("{number} is inserted after number {order}, which the register does not have yet."),
        N_("Record number {order} first."),
        params={"number": text, "order": order},
    )


def _ahead(text: str, stand: Standing, order: int, request: Request) -> Problem:
    begun = stand.last >= stand.start
    missing = counting.shown(range(stand.last + 1, order))
    params = {"number": text, "series": request.series, "last": stand.last, "missing": missing, "order": order}
    if begun:
        return Problem(
            "register.ahead",
            N_("The series {series} stands at {last}: recording {number} would leave a gap ({missing})."),
            N_("Record the letters {missing} first, or book these numbers if the letters are not at hand."),
            params=params,
        )
    return Problem(
        "register.ahead-of-start",
        N_("The series {series} has no number yet: recording {number} would leave a gap ({missing})."),
        N_("Set `mulai` of the series to {order} if the numbers before were used on paper, or record {missing} first."),
        params=params,
    )
