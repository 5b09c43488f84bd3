"""A cell and its column's rule → the text to print, with what is wrong with it as a date, NIP, NIK or code."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TypeAlias

from letters.errors import N_, Problem, Severity
from letters.l10n import format_date, month_number, parse_date
from letters.recipients.cells import clean
from letters.recipients.columns import Rule
from letters.recipients.formats import UnshowableError, serial_moment
from letters.recipients.rows import CellValue, Nature, Typed, shown

NIP_DIGITS, NIK_DIGITS = 18, 16
NUMBER_IN_GROUPS = re.compile(r"(?:(?:NIP|NIK)\b[.:]* ?)?([0-9][0-9 .-]*)", re.IGNORECASE)
FIRST_DAY, LAST_DAY = date(1930, 1, 1), date(2100, 1, 1)
"""A bare number outside these days is no date serial, but a year or a count typed into the wrong column."""
LIKE_A_DATE = re.compile(
    r"[0-9]{1,4} ?[-/.] ?[0-9]{1,2} ?[-/.] ?[0-9]{1,4}"
    r"|(?:[^\W\d_]+['’]?[^\W\d_]*,? )?[0-9]{1,2}[ -][^\W\d_]+[ -][0-9]{2,4}"
)
DAY_AND_MONTH = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})|[0-9]{1,2} ([^\W\d_]+)")
LEAP_YEAR = 2024
"""Stands in where a date has no year: 29 February is possible then."""

Read: TypeAlias = tuple[str, Sequence[Problem]]


def read_cell(value: CellValue, rule: Rule, epoch: datetime | None) -> Read:
    """Return the text of the cell and its problems, without place; `epoch` is day zero of the workbook's serials."""
    if isinstance(value, Typed):
        if value.fault:
            return "", (value.fault,)
        return CHECKS[rule](value.text, value, epoch) if rule is not Rule.TEXT else (value.text, ())
    text, problems = clean(value)
    if rule is Rule.TEXT or not text or problems:
        return text, problems
    return CHECKS[rule](text, None, epoch)


def digits_of(text: str) -> str:
    """Return the digits of a NIP or NIK written in groups (`19850101 201001 2 010`); empty when it is none."""
    match = NUMBER_IN_GROUPS.fullmatch(text)
    return re.sub("[ .-]", "", match[1]) if match else ""


# -- rules --------------------------------------------------------------------------------------------


def _check_code(text: str, typed: Typed | None, _: datetime | None) -> Read:
    return text, (_became_date(text),) if typed and typed.nature is Nature.DATE else ()


def _check_nip(text: str, typed: Typed | None, epoch: datetime | None) -> Read:
    text, problems = _check_digits(text, typed, ("NIP", NIP_DIGITS), epoch)
    if not problems and digits_of(text).endswith("000"):  # the last three count the officials of one day, from 001
        return text, (_nip_rounded(text),)
    return text, problems


def _check_nik(text: str, typed: Typed | None, epoch: datetime | None) -> Read:
    return _check_digits(text, typed, ("NIK", NIK_DIGITS), epoch)


def _check_digits(text: str, typed: Typed | None, kind: tuple[str, int], epoch: datetime | None) -> Read:
    """`kind` is the name of the number and how many digits it has; a lone dash stands for none."""
    name, expected = kind
    if typed and typed.nature is Nature.DATE:
        return _check_code(text, typed, epoch)
    if not text.strip("-–— "):
        return text, ()
    digits = digits_of(text)
    if not digits:
        return text, (_no_digits(name, text, expected),)
    return text, (_wrong_length(name, digits, expected),) if len(digits) != expected else ()


def _check_phone(text: str, typed: Typed | None, epoch: datetime | None) -> Read:
    if typed and typed.nature is Nature.NUMBER and not text.startswith(("0", "62")):
        return text, (_no_leading_zero(text),)
    return _check_code(text, typed, epoch)


def _check_date(text: str, typed: Typed | None, epoch: datetime | None) -> Read:
    """A bare serial is a date here, because the column says so; text that looks like a date must be one."""
    if typed and typed.nature is Nature.NUMBER and epoch:
        day = _serial_day(typed.number, epoch)
        return (format_date(day), ()) if day else (text, (_no_date(text),))
    if typed is None and re.fullmatch("[0-9]{5}([.,][0-9]+)?", text):  # a text file does not say its date system
        return text, (_serial_in_text(text),)
    if typed is None and _is_impossible(" ".join(text.split())):
        return text, (_no_date(text),)
    return text, ()


def _is_impossible(text: str) -> bool:
    """Say whether `text` looks like a date that the calendar does not have."""
    if LIKE_A_DATE.fullmatch(text):
        return parse_date(text) is None
    match = DAY_AND_MONTH.fullmatch(text)
    if match is None:
        return False
    day, month, name = match.groups()
    if name:
        return month_number(name) > 0 and parse_date(f"{text} {LEAP_YEAR}") is None
    return parse_date(f"{day}/{month}/{LEAP_YEAR}") is None


def _serial_day(number: float, epoch: datetime) -> date | None:
    try:
        day = serial_moment(number, epoch).date()
    except UnshowableError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


CHECKS: dict[Rule, Callable[[str, Typed | None, datetime | None], Read]] = {
    Rule.CODE: _check_code,
    Rule.DATE: _check_date,
    Rule.NIP: _check_nip,
    Rule.NIK: _check_nik,
    Rule.PHONE: _check_phone,
}


# -- problems, still without their place --------------------------------------------------------------


def _became_date(text: str) -> Problem:
    return Problem(
        "recipients.became-date",
        N_("Excel has turned what was typed here into a date ({value})."),
        N_("Choose Format Cells > Text for the column, then type the value again."),
        params={"value": text},
    )


def _wrong_length(name: str, digits: str, expected: int) -> Problem:
    return Problem(
        "recipients.wrong-length",
        N_("{value} has {count} digits; a {name} has {expected}."),
        N_("Compare it with the document it was copied from; digits are never added or left out here."),
        params={"value": digits, "count": len(digits), "name": name, "expected": expected},
    )


def _no_digits(name: str, text: str, expected: int) -> Problem:
    return Problem(
        "recipients.not-digits",
        N_("{value} is no {name}: a {name} has {expected} digits and nothing else; blanks between them may stand."),
        N_("Compare it with the document it was copied from, and type the digits alone."),
        params={"value": shown(text), "name": name, "expected": expected},
    )


def _nip_rounded(text: str) -> Problem:
    return Problem(
        "recipients.digits-lost",
        N_("The NIP {value} ends in 000: Excel has replaced its last digits by zeros; they are gone."),
        N_("Choose Format Cells > Text for the column, then type the number again."),
        params={"value": text},
    )


def _no_leading_zero(text: str) -> Problem:
    return Problem(
        "recipients.no-leading-zero",
        N_("The telephone number {value} was typed as a number; Excel drops a zero at its beginning."),
        N_("If the zero is missing, choose Format Cells > Text for the column and type the number again."),
        params={"value": text},
        severity=Severity.WARNING,
    )


def _no_date(text: str) -> Problem:
    return Problem(
        "recipients.no-date",
        N_("{value} is not a date of the calendar; the day comes first, then the month, then the year in four digits."),
        N_("Write it like 1 Februari 2026 or 01/02/2026 (that is 1 Februari); a weekday before it must fit."),
        params={"value": shown(text)},
    )


def _serial_in_text(text: str) -> Problem:
    return Problem(
        "recipients.bare-serial",
        N_("{value} is Excel's count of days, not a date one can read."),
        N_("Choose Format Cells > Date for the column before saving as CSV, or use the Excel workbook (.xlsx)."),
        params={"value": text},
    )
