"""Requests by themselves → refused before the register is asked, with everything that is wrong with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from letters.errors import N_, Place, Problem, RegisterError, SettingsError
from letters.register.entries import Addressee, Booking, Request

_UNSTORABLE = re.compile("[\\x00\ud800-\udfff]")


def check(requests: Sequence[Request], *, codes: bool = True) -> None:
    """Look at `requests` before the register is asked; `codes` is false where the number brings its own.

    Raises SettingsError for codes the patterns cannot print, RegisterError for what the register could not hold,
    ValueError for a batch named like the register's own.
    """
    unprintable = [problem for request in requests if codes for problem in _code_problems(request)]
    if unprintable:
        raise SettingsError(*once(unprintable))
    if any(request.batch.startswith("#") for request in requests):
        raise ValueError("names of batches that begin with # are the register's own")
    keys = Counter((request.batch, request.key) for request in requests)
    problems = [asked_twice(*key) for key, count in keys.items() if count > 1]
    for request in requests:
        problems += [*_start_problems(request), *_text_problems(request), *_recipient_problems(request)]
    if problems:
        raise RegisterError(*once(problems))


def check_booking(booking: Booking) -> None:
    """Look at `booking` before the register is asked; raises as `check` does."""
    codes = booking.pattern.code_problems(booking.parts)
    if codes:
        raise SettingsError(*codes)
    problems = [*_start_problems(booking), *_text_problems(booking)]
    if booking.count < 1:
        problems.append(_no_count(booking.count))
    if not booking.for_whom.strip() or not booking.purpose.strip():
        problems.append(_no_purpose())
    if problems:
        raise RegisterError(*problems)


def check_text(name: str, text: str) -> None:
    """Refuse a `text` called `name` that no database keeps as it is. Raises RegisterError."""
    if _UNSTORABLE.search(text):
        raise RegisterError(_bad_text(name, ""))


def once(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` without those that say the same again."""
    return list({(problem.code, str(problem)): problem for problem in problems}.values())


def _code_problems(request: Request) -> list[Problem]:
    return request.pattern.code_problems(request.parts) if request.pattern else []


def _start_problems(asked: Request | Booking) -> list[Problem]:
    return [_bad_start(asked.series, asked.start)] if asked.start < 1 else []


def _text_problems(asked: Request | Booking) -> list[Problem]:
    key = asked.key if isinstance(asked, Request) else ""
    return [_bad_text(name, key) for name, text in _texts(asked) if _UNSTORABLE.search(text)]


def _texts(asked: Request | Booking | Addressee) -> Iterator[tuple[str, str]]:
    """Yield the name of every text with the text: NUL and halves of characters are kept by no database."""
    for field in fields(asked):
        value = getattr(asked, field.name)
        if isinstance(value, str):
            yield field.name, value
        elif field.name == "parts" and isinstance(value, Mapping):
            yield from value.items()


def _recipient_problems(request: Request) -> list[Problem]:
    keys = Counter(addressee.key for addressee in request.recipients)
    doubled = [asked_twice(request.batch, key) for key, count in keys.items() if count > 1]
    return doubled + [
        _bad_text(name, addressee.key)
        for addressee in request.recipients
        for name, text in _texts(addressee)
        if _UNSTORABLE.search(text)
    ]


# -- problems ------------------------------------------------------------------------------------------


def asked_twice(batch: str, key: str) -> Problem:
    """Return the refusal to give one recipient of a batch two numbers."""
    return Problem(
        "register.asked-twice",
        N_("The recipient code “{key}” stands twice in the batch {batch}."),
        N_("Give each row of the recipients table a code of its own."),
        params={"batch": batch, "key": key},
    )


def _bad_start(series: str, start: int) -> Problem:
    return Problem(
        "register.start",
        N_("The series {series} cannot start at {start}."),
        N_("Set `mulai` to 1 or to the first number not yet used on paper."),
        params={"series": series, "start": start},
    )


def _bad_text(name: str, key: str) -> Problem:
    return Problem(
        "register.text",
        N_("The {name} of a letter holds a character that cannot be stored."),
        N_("Type it anew; such characters come from a file read with the wrong encoding."),
        Place(key=ascii(key)[1:-1]),
        {"name": name},
    )


def _no_count(count: int) -> Problem:
    return Problem(
        "register.book-count",
        N_("{count} numbers cannot be booked."),
        N_("Say how many numbers are needed: 1 or more."),
        params={"count": count},
    )


def _no_purpose() -> Problem:
    return Problem(
        "register.book-purpose",
        N_("A booked number needs to say for whom and what for."),
        N_("Name the person or section that will use the number, and the purpose."),
    )
