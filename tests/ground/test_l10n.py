"""Dates, times and numbers as Indonesian offices write them; every form the guide to official letters lists."""

import os
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters import l10n

DAY = date(2024, 9, 24)
DAYS = st.dates(min_value=date(1000, 1, 1))


# -- names


def test_day_names_are_spelt_as_today():
    monday = date(2024, 9, 23)
    names = [l10n.day_name(monday + timedelta(days=number)) for number in range(7)]
    assert names == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def test_month_names_are_spelt_as_today():
    names = [l10n.month_name(date(2024, number, 1)) for number in range(1, 13)]
    assert " ".join(names) == ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")


# -- dates


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (l10n.format_date, "24 September 2024"),
        (l10n.format_day, "Selasa, 24 September 2024"),
        (l10n.format_day_short, "Selasa (24/09/2024)"),
        (l10n.format_date_short, "24-09-2024"),
        (
            l10n.format_date_words,
            "hari Selasa tanggal dua puluh empat bulan September tahun dua ribu dua puluh empat",
        ),
        (l10n.roman_month, "IX"),
    ],
)
def test_date_is_written_as_the_office_writes_it(function, expected):
    assert function(DAY) == expected


def test_date_has_no_leading_zero_when_written_and_one_when_in_figures():
    day = date(2018, 11, 1)
    assert l10n.format_date(day) == "1 November 2018"
    assert l10n.format_date_short(day) == "01-11-2018"


def test_opening_of_minutes_is_in_capitals_with_the_date_in_brackets():
    expected = "Kamis, tanggal Dua Puluh, bulan Juni, tahun Dua Ribu Dua Puluh Empat (20-06-2024)"
    assert l10n.format_date_opening(date(2024, 6, 20)) == expected


def test_datetime_counts_as_its_day():
    assert l10n.format_day(datetime(2024, 9, 24, 23, 59)) == "Selasa, 24 September 2024"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2024, 9, 25), date(2024, 11, 23), "25 September s.d. 23 November 2024"),
        (date(2024, 11, 24), date(2024, 11, 26), "24 s.d. 26 November 2024"),
        (date(2023, 11, 28), date(2024, 2, 10), "28 November 2023 s.d. 10 Februari 2024"),
        (date(2023, 2, 10), date(2024, 2, 10), "10 Februari 2023 s.d. 10 Februari 2024"),
        (date(2024, 2, 14), date(2024, 2, 14), "14 Februari 2024"),
    ],
)
def test_period_says_once_what_both_days_share(start, end, expected):
    assert l10n.format_period(start, end) == expected


def test_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        l10n.format_period(date(2024, 2, 2), date(2024, 2, 1))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((time(9), None, "WIB"), "pukul 09.00 WIB s.d. selesai"),
        ((time(9), time(12), "WITA"), "pukul 09.00 s.d. 12.00 WITA"),
        ((time(9), time(12)), "pukul 09.00 s.d. 12.00"),
        ((time(19, 5), None, "WIT"), "pukul 19.05 WIT s.d. selesai"),
    ],
)
def test_time_has_a_dot_and_the_zone(arguments, expected):
    assert l10n.format_time(*arguments) == expected


def test_time_is_a_moment_when_no_end_is_wanted():
    assert l10n.format_time(time(9), zone="WIB", until_end=False) == "pukul 09.00 WIB"


# -- numbers


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "nol"),
        (1, "satu"),
        (11, "sebelas"),
        (12, "dua belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (110, "seratus sepuluh"),
        (200, "dua ratus"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (1100, "seribu seratus"),
        (2000, "dua ribu"),
        (2011, "dua ribu sebelas"),
        (2024, "dua ribu dua puluh empat"),
        (11_000, "sebelas ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta satu ribu"),
        (1_500_000, "satu juta lima ratus ribu"),
        (10**9, "satu miliar"),
        (10**9 + 1, "satu miliar satu"),
        (10**12, "satu triliun"),
        (-3, "min tiga"),
        (Decimal("1.5"), "satu koma lima"),
        (Decimal("12.05"), "dua belas koma nol lima"),
        (Decimal("0.25"), "nol koma dua lima"),
        (Decimal("1500000.00"), "satu juta lima ratus ribu"),
        (Decimal("2.50"), "dua koma lima"),
        (Decimal("1E+3"), "seribu"),
    ],
)
def test_number_in_words(number, expected):
    assert l10n.number_words(number) == expected


def test_number_without_words_is_refused():
    with pytest.raises(ValueError, match="too large"):
        l10n.number_words(10**36)


UNIT_WORDS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
UNITS = {word: value for value, word in enumerate(UNIT_WORDS.split())}
POWERS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read_words(words: str) -> int:
    """Read a number in words back: an independent reading of the same rules."""
    spread = words.replace("seratus", "satu ratus").replace("seribu", "satu ribu")
    total = group = unit = 0
    for word in spread.split():
        if word == "belas":
            group, unit = group + 10 + unit, 0
        elif word in ("puluh", "ratus"):
            group, unit = group + unit * (10 if word == "puluh" else 100), 0
        elif word in POWERS:
            total, group, unit = total + (group + unit) * POWERS[word], 0, 0
        else:
            unit = UNITS[word]
    return total + group + unit


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_number_in_words_can_be_read_back(number):
    words = l10n.number_words(number)
    assert read_words(words) == number
    assert "satu ratus" not in words
    assert words == " ".join(words.split())


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        (1, "berkas", "1 (satu) berkas"),
        (2, "lembar", "2 (dua) lembar"),
        (1000, "lembar", "1.000 (seribu) lembar"),
        (0, "berkas", "0 (nol) berkas"),
        (3, "", "3 (tiga)"),
    ],
)
def test_count_has_figures_words_and_unit(number, unit, expected):
    assert l10n.format_count(number, unit) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1.000"),
        (1_500_000, "1.500.000"),
        (Decimal("1500000.5"), "1.500.000,5"),
        (Decimal("0.12345"), "0,12345"),
        (-1234, "-1.234"),
    ],
)
def test_number_has_full_stops_for_thousands_and_a_comma(number, expected):
    assert l10n.format_number(number) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (1_500_000, "Rp1.500.000,00"),
        (0, "Rp0,00"),
        (Decimal("1500000.5"), "Rp1.500.000,50"),
        (Decimal("999.99"), "Rp999,99"),
        (-2500, "-Rp2.500,00"),
    ],
)
def test_rupiah_has_no_blank_and_two_decimals(amount, expected):
    assert l10n.format_rupiah(amount) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "I"), (4, "IV"), (9, "IX"), (12, "XII"), (40, "XL"), (1994, "MCMXCIV"), (2024, "MMXXIV"), (3999, "MMMCMXCIX")],
)
def test_roman_numeral(number, expected):
    assert l10n.roman(number) == expected


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_numeral_out_of_range_is_refused(number):
    with pytest.raises(ValueError, match="no Roman numeral"):
        l10n.roman(number)


def test_roman_months_of_a_year():
    months = [l10n.roman_month(date(2024, number, 1)) for number in range(1, 13)]
    assert months == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


# -- dates back from text


@pytest.mark.parametrize(
    "text",
    [
        "24 September 2024",
        "24-09-2024",
        "24/09/2024",
        "24.09.2024",
        "24-9-2024",
        "2024-09-24",
        "2024/09/24",
        "Selasa, 24 September 2024",
        "selasa 24 september 2024",
        "24-Sep-2024",
        "24 Sept 2024",
        "  24\u00a0September   2024 ",
        "24 SEPTEMBER 2024",
    ],
)
def test_date_is_read_in_every_usual_form(text):
    assert l10n.parse_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01/02/2026", date(2026, 2, 1)),
        ("1 Pebruari 2023", date(2023, 2, 1)),
        ("27 Nopember 2024", date(2024, 11, 27)),
        ("27 Nop 2024", date(2024, 11, 27)),
        ("17 Agust 2024", date(2024, 8, 17)),
        ("17 Ags 2024", date(2024, 8, 17)),
        ("29 Februari 2024", date(2024, 2, 29)),
        ("Jum'at, 27 September 2024", date(2024, 9, 27)),
        ("Jum’at, 27 September 2024", date(2024, 9, 27)),
        ("Ahad, 29 September 2024", date(2024, 9, 29)),
        ("1 Mei 2024", date(2024, 5, 1)),
    ],
)
def test_date_is_read_day_first_and_in_old_spelling(text, expected):
    assert l10n.parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "September 2024",
        "09/24/2024",
        "31/02/2026",
        "29/02/2025",
        "24/09/24",
        "24-09/2024",
        "0/09/2024",
        "24 Septober 2024",
        "24 September 2024 pukul 09.00",
        "Senin, 24 September 2024",
        "45559",
        "٢٤-٠٩-٢٠٢٤",
        "0000-01-01",
        "2024-24-09",
        "tanggal 24 September 2024",
    ],
)
def test_no_date_is_read_from_what_is_none(text):
    assert l10n.parse_date(text) is None


@given(DAYS)
def test_every_form_written_can_be_read_back(day):
    for write in (l10n.format_date, l10n.format_day, l10n.format_date_short):
        assert l10n.parse_date(write(day)) == day
    assert l10n.parse_date(day.isoformat()) == day


@given(st.text())
def test_reading_a_date_never_fails(text):
    assert l10n.parse_date(text) is None or l10n.parse_date(text).year > 0


def test_language_of_the_machine_does_not_matter():
    """The same words come out under an English and a C locale, and in another time zone."""
    program = "from datetime import date; from letters import l10n; print(l10n.format_day(date(2024, 9, 24)))"
    environment = os.environ | {"LANG": "en_US.UTF-8", "LC_ALL": "C", "LANGUAGE": "de", "TZ": "Pacific/Kiritimati"}
    command = [sys.executable, "-c", program]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "Selasa, 24 September 2024"
