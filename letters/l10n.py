"""Dates, times, numbers, money → the way an Indonesian office writes them, and dates back from such text.

The locale is always ``id_ID``: nothing here reads the machine's language, clock or time zone. Day and month names and
number formats come from Babel (CLDR), numbers in words from num2words, Hijri dates from hijridate.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from functools import lru_cache

from babel import dates, numbers
from hijridate import Gregorian
from num2words import num2words

LOCALE = "id_ID"

ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)

# Spellings found in old letters and tables, beside the full names Babel gives.
MONTH_VARIANTS = {
    1: "jan",
    2: "feb peb pebruari",
    3: "mar mrt",
    4: "apr",
    6: "jun",
    7: "jul",
    8: "agu ags agt agust",
    9: "sep sept",
    10: "okt",
    11: "nov nop nopember",
    12: "des",
}
DAY_VARIANTS = {4: "jum'at jum’at", 6: "ahad"}

NUMERIC_DATE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
ISO_DATE = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
WRITTEN_DATE = re.compile(r"(?:([^\W\d_]+(?:['’][^\W\d_]+)?),? )?([0-9]{1,2})[ -]([^\W\d_]+)[ -]([0-9]{4})")


# -- names --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _written(day: date, pattern: str) -> str:
    """Return `day` as a pattern of Babel has it; the same few days stand in all letters of a batch."""
    return dates.format_date(day, pattern, LOCALE)


def day_name(day: date) -> str:
    """Return the name of the weekday: `Selasa`, `Jumat`."""
    return _written(day, "EEEE")


def month_name(day: date) -> str:
    """Return the name of the month: `September`."""
    return _written(day, "LLLL")


# -- dates --------------------------------------------------------------------------------------------


def format_date(day: date) -> str:
    """Return `24 September 2024`: no leading zero, month in full, no full stop."""
    return _written(day, "d MMMM y")


def format_day(day: date) -> str:
    """Return `Selasa, 24 September 2024`."""
    return f"{day_name(day)}, {format_date(day)}"


def format_day_short(day: date) -> str:
    """Return `Selasa (24/09/2024)`."""
    return f"{day_name(day)} ({_written(day, 'dd/MM/y')})"


def format_date_short(day: date) -> str:
    """Return `24-09-2024`."""
    return _written(day, "dd-MM-y")


def format_date_words(day: date) -> str:
    """Return `hari Selasa tanggal dua puluh empat bulan September tahun dua ribu dua puluh empat`."""
    words = number_words(day.day), number_words(day.year)
    return f"hari {day_name(day)} tanggal {words[0]} bulan {month_name(day)} tahun {words[1]}"


def format_date_opening(day: date) -> str:
    """Return what follows *Pada hari ini* in minutes (berita acara), in capitals, with the date in figures.

    `Kamis, tanggal Dua Puluh, bulan Juni, tahun Dua Ribu Dua Puluh Empat (20-06-2024)`
    """
    words = number_words(day.day).title(), number_words(day.year).title()
    name = day_name(day), month_name(day)
    return f"{name[0]}, tanggal {words[0]}, bulan {name[1]}, tahun {words[1]} ({format_date_short(day)})"


def format_period(start: date, end: date) -> str:
    """Return `25 September s.d. 23 November 2024`; what both days share is said once, one day is one date.

    Raises ValueError when `end` is before `start`.
    """
    if end < start:
        raise ValueError(f"period ends {end} before it starts {start}")
    if start == end:
        return format_date(end)
    if start.year != end.year:
        return f"{format_date(start)} s.d. {format_date(end)}"
    first = "d" if start.month == end.month else "d MMMM"
    return f"{_written(start, first)} s.d. {format_date(end)}"


def format_time(start: time, end: time | None = None, zone: str = "", *, until_end: bool = True) -> str:
    """Return `pukul 09.00 WIB s.d. selesai`, or `pukul 09.00 s.d. 12.00 WIB` when `end` is given.

    `zone` is printed as it stands (WIB, WITA, WIT; empty = none). With `until_end` false and no `end` only the start is
    said: `pukul 09.00 WIB`.
    """
    zone = f" {zone}" if zone else ""
    first = f"pukul {start:%H.%M}"
    if end is not None:
        return f"{first} s.d. {end:%H.%M}{zone}"
    return f"{first}{zone} s.d. selesai" if until_end else f"{first}{zone}"


# -- numbers ------------------------------------------------------------------------------------------


def roman(number: int) -> str:
    """Return `number` (1 to 3999) in Roman numerals; raises ValueError outside that range."""
    if not 1 <= number <= 3999:
        raise ValueError(f"no Roman numeral for {number}")
    result = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        result += letters * count
    return result


def roman_month(day: date) -> str:
    """Return the month as a Roman numeral: `IX` for September."""
    return roman(day.month)


def number_words(number: int | Decimal) -> str:
    """Return the number in words: `seribu`, `satu juta`, `satu koma lima`; final zeros after the comma are not said.

    Raises ValueError from ten to the power of 36 on, for which there are no words.
    """
    # num2words reads str(number), so a Decimal must not be in the form 1E+3.
    plain = Decimal(_plain_figures(number))
    try:
        return str(num2words(int(plain) if plain == int(plain) else plain, lang="id"))
    except OverflowError as error:
        raise ValueError(f"number too large for words: {number}") from error


def _plain_figures(number: int | Decimal) -> str:
    figures = format(number, "f") if isinstance(number, Decimal) else str(number)
    return figures.rstrip("0").rstrip(".") if "." in figures else figures


def format_number(number: int | Decimal) -> str:
    """Return `1.500.000` or `1.500.000,5`: full stop for thousands, comma for decimals, all decimals kept."""
    return numbers.format_decimal(number, locale=LOCALE, decimal_quantization=False)


def format_count(number: int, unit: str) -> str:
    """Return figures, words and unit: `1 (satu) berkas`."""
    return f"{format_number(number)} ({number_words(number)}) {unit}".rstrip()


def format_rupiah(amount: int | Decimal) -> str:
    """Return `Rp1.500.000,00`: no blank after Rp, always two decimals."""
    return numbers.format_currency(amount, "IDR", "¤#,##0.00", LOCALE, currency_digits=False)


# -- back from text -----------------------------------------------------------------------------------


def parse_date(text: str) -> date | None:
    """Return the day that `text` writes, or None when it is no date, or one that does not exist.

    Known: `24 September 2024` (with or without `Selasa, ` before it, short and old month names, blanks or hyphens),
    `24-09-2024`, `24/09/2024`, `24.09.2024`, `2024-09-24`, `2024/09/24`. The month never comes first, and a year always
    has four figures. A weekday that does not fit the date makes it no date.
    """
    text = " ".join(text.split())
    if match := NUMERIC_DATE.fullmatch(text):
        return _date(match[4], match[3], match[1])
    if match := ISO_DATE.fullmatch(text):
        return _date(match[1], match[3], match[4])
    if match := WRITTEN_DATE.fullmatch(text):
        weekday, month = match[1], month_number(match[3])
        day = _date(match[4], str(month), match[2])
        return day if day and _is_weekday(day, weekday) else None
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _is_weekday(day: date, name: str | None) -> bool:
    known = {day_name(day).casefold(), *DAY_VARIANTS.get(day.weekday(), "").split()}
    return name is None or name.casefold() in known


def month_number(name: str) -> int:
    """Return 1 to 12 for a month name in full, short or old spelling (`Nopember`, `Peb`); 0 when it is none."""
    return _months().get(name.casefold(), 0)


@lru_cache
def _months() -> dict[str, int]:
    full = {month_name(date(2000, number, 1)).casefold(): number for number in range(1, 13)}
    return full | {name: number for number, names in MONTH_VARIANTS.items() for name in names.split()}


# -- Hijri calendar -----------------------------------------------------------------------------------


def hijri_date(day: date) -> tuple[int, int, int] | None:
    """Return day, month and year of the Umm al-Qura calendar; None before August 1924 and after November 2077.

    The calendar in official use follows the sighting of the moon and may differ by a day.
    """
    try:
        found = Gregorian(day.year, day.month, day.day).to_hijri()
    except OverflowError:
        return None
    return found.day, found.month, found.year
