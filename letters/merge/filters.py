"""The filters and tests a template may use: value → value. Nothing of jinja2's own lists is taken over.

Every filter takes only what it is made for; anything else is refused with the line of the template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from jinja2 import Environment, Undefined, pass_environment
from markupsafe import Markup

from letters.errors import N_
from letters.l10n import (
    format_count,
    format_date,
    format_date_opening,
    format_date_short,
    format_date_words,
    format_day,
    format_day_short,
    format_number,
    format_period,
    format_rupiah,
    format_time,
    number_words,
    parse_date,
    roman,
    roman_month,
)
from letters.merge.quoting import quote
from letters.merge.rendering import CURRENT, Refusal, join_parts, text_of

ZONES = ("WIB", "WITA", "WIT")
TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")

# -- what a value must be -----------------------------------------------------------------------------


def as_text(value: object) -> str:
    """Return `value` as printed, counted against the limits of the letter."""
    text = text_of(value)
    CURRENT.get().tick(0, len(text))
    return text


def as_date(value: object) -> date:
    """Return `value` as a day; a text may write it (`24 September 2024`, `2024-09-24`)."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = text_of(value)
    if day := parse_date(text):
        return day
    raise Refusal(
        "merge.no-date",
        N_('"{value}" is no date.'),
        N_("Write it like 24 September 2024 or 2024-09-24."),
        value=text[:60],
    )


def as_number(value: object) -> int:
    """Return `value` as a whole number; a text may write it in figures, with full stops for thousands."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = text_of(value).strip()
    if re.fullmatch(r"\d{1,36}|\d{1,3}(\.\d{3}){1,11}", text, re.ASCII):
        return int(text.replace(".", ""))
    raise Refusal(
        "merge.no-number",
        N_('"{value}" is no whole number.'),
        N_("Write it in figures, without unit: 1500 or 1.500."),
        value=text[:60],
    )


def as_time(value: object) -> time:
    """Return `value` as a time of day, written `09.00` or `9:00`."""
    text = text_of(value).strip()
    if match := TIME.fullmatch(text):
        return time(int(match[1]), int(match[2]))
    raise Refusal("merge.no-time", N_('"{value}" is no time of day.'), N_("Write it like 09.00."), value=text[:60])


def as_list(value: object) -> list[object]:
    """Return `value` if it is a list; texts and tables are not gone through letter by letter or key by key."""
    if isinstance(value, Undefined):
        str(value)  # says which name is not there
    if isinstance(value, list):
        CURRENT.get().tick(len(value))
        return value
    raise Refusal(
        "merge.no-list",
        N_("This is no list, so it cannot be gone through or joined."),
        N_(
            "Lists are for example kantor.kop, surat.tembusan and dasar; a text of several lines becomes one by |baris."
        ),
    )


# -- dates, times, numbers ----------------------------------------------------------------------------


def _day(write: Callable[[date], str]) -> Callable[[object], str]:
    return lambda value: write(as_date(value))


def _number(write: Callable[[int], str]) -> Callable[[object], str]:
    def filtered(value: object) -> str:
        number = as_number(value)
        try:
            return write(number)
        except ValueError as error:
            raise Refusal(
                "merge.number-range",
                N_("{value} cannot be written this way."),
                N_("Roman numerals go from 1 to 3999, words up to 36 figures."),
                value=text_of(number)[:60],
            ) from error

    return filtered


def period(start: object, end: object = None) -> str:
    """Return `25 September s.d. 23 November 2024`, from two days or from a table with `mulai` and `selesai`."""
    if isinstance(start, dict):
        start, end = (start.get(name) for name in ("mulai", "selesai"))
    first = as_date(start)
    last = first if end is None else as_date(end)
    if last < first:
        raise Refusal(
            "merge.period-order",
            N_("The period ends ({end}) before it begins ({start})."),
            N_("Correct one of the two dates."),
            start=format_date(first),
            end=format_date(last),
        )
    return format_period(first, last)


def hour(start: object, *more: object) -> str:
    """Return `pukul 09.00 WIB s.d. selesai`; `more` in any order: the zone, and an end (`12.00`, or empty for none)."""
    zone, end, until_end = "", None, True
    for part in map(text_of, more):
        if part in ZONES:
            zone = part
        elif part not in ("", "selesai"):
            end = as_time(part)
        until_end = until_end and part != ""
    return format_time(as_time(start), end, zone, until_end=until_end)


def count(number: object, unit: object) -> str:
    """Return `1 (satu) berkas`."""
    return _number(lambda figures: format_count(figures, text_of(unit)))(number)


# -- texts --------------------------------------------------------------------------------------------


def title(value: object) -> str:
    """Return every word with a capital and the rest small: `KABUPATEN JOMBANG` becomes `Kabupaten Jombang`."""
    return re.sub(r"[^\W_]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), as_text(value))


def trim(value: object) -> str:
    """Return `value` without blanks around it; the text of a block may be trimmed too, its values stay."""
    return value.strip() if isinstance(value, Markup) else as_text(value).strip()


def lines(value: object) -> list[str]:
    """Return the lines of a text that are not blank, as a list."""
    return [line.strip() for line in as_text(value).splitlines() if line.strip()]


# -- lists --------------------------------------------------------------------------------------------


@pass_environment
def join(environment: Environment, value: object, separator: object = "", attribute: str = "") -> str:
    """Return the items of a list, or the `attribute` of each, joined by `separator`."""
    items = as_list(value)
    if attribute:
        items = [environment.getitem(item, attribute) for item in items]
    return join_parts(items, separator)


def length(value: object) -> int:
    """Return the number of items of a list or table, or of characters of a text."""
    return len(value) if isinstance(value, (list, dict)) else len(as_text(value))


@pass_environment
def first(environment: Environment, value: object) -> object:
    """Return the first item of a list."""
    return environment.getitem(as_list(value), 0)


@pass_environment
def last(environment: Environment, value: object) -> object:
    """Return the last item of a list."""
    return environment.getitem(as_list(value), -1)


def default(value: object, other: object = "", empty: object = False) -> object:
    """Return `other` where `value` is not there or has no value; with `empty` true also where it is empty."""
    if isinstance(value, Undefined) or value is None or (empty and not value):
        return other
    return value


FILTERS: Mapping[str, Callable[..., Any]] = {
    "tanggal": _day(format_date),
    "hari_tanggal": _day(format_day),
    "hari_tanggal_singkat": _day(format_day_short),
    "tanggal_angka": _day(format_date_short),
    "tanggal_terbilang": _day(format_date_words),
    "tanggal_pembuka": _day(format_date_opening),
    "bulan_romawi": _day(roman_month),
    "romawi": _number(roman),
    "terbilang": _number(number_words),
    "angka": _number(format_number),
    "rupiah": _number(format_rupiah),
    "jumlah": count,
    "jam": hour,
    "periode": period,
    "upper": lambda value: as_text(value).upper(),
    "lower": lambda value: as_text(value).lower(),
    "title": title,
    "trim": trim,
    "baris": lines,
    "kutipan": lambda value: quote([as_text(line) for line in as_list(value)]),
    "join": join,
    "length": length,
    "first": first,
    "last": last,
    "default": default,
}
"""By the name templates use."""

TESTS: Mapping[str, Callable[[object], bool]] = {
    "defined": lambda value: not isinstance(value, Undefined),
    "undefined": lambda value: isinstance(value, Undefined),
    "none": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "mapping": lambda value: isinstance(value, dict),
}
"""By the name templates use. `even` and `divisibleby` are left out: they are arithmetic (`%`) in disguise."""
