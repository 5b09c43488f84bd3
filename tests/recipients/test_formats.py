"""Number formats: what an Indonesian Excel shows for a stored number."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from letters.l10n import format_date, format_rupiah
from letters.recipients.formats import read_number, serial_moment
from letters.recipients.rows import Nature

RUPIAH = '_-"Rp"* #,##0.00_-;\\-"Rp"* #,##0.00_-;_-"Rp"* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("General", 7, "7"),
        ("General", -7, "-7"),
        ("General", 0, "0"),
        ("General", 1.5, "1,5"),
        ("General", 0.1 + 0.2, "0,3"),
        ("General", 1 / 3, "0,333333333"),
        ("General", 123456.789012345, "123456,789"),
        ("General", 12345678901, "12345678901"),
        ("@", 81234567890, "81234567890"),
        ("0", 6281234567890, "6281234567890"),
        ("0", 2.5, "3"),
        ("0", -0.2, "0"),
        ("000", 7, "007"),
        ("000", 1234, "1234"),
        ("00000", 61411, "61411"),
        ("#", 0, ""),
        ("0.00", 1.005, "1,01"),
        ("0.##", 1.5, "1,5"),
        ("0.0#", 2, "2,0"),
        ("#,##0", 1500000, "1.500.000"),
        ("#,##0", 999, "999"),
        ("#,##0.00", 1500000.5, "1.500.000,50"),
        ("#,##0.00", -1234.5, "-1.234,50"),
        ("#,##0;(#,##0)", -1234, "(1.234)"),
        ("#,##0_);[Red]\\(#,##0\\)", -1234, "(1.234)"),
        ('0;-0;"nihil"', 0, "nihil"),
        ("0,000", 7, "0.007"),
        ("#,##0,", 1500000, "1.500"),
        ("0.0,,", 1500000, "1,5"),
        ("0%", 0.5, "50%"),
        ("0.00%", 0.125, "12,50%"),
        ('"Rp"#,##0', 1500, "Rp1.500"),
        ("[$Rp-421]#,##0.00", 1500, "Rp1.500,00"),
        ("[$Rp-3809] #,##0", 1500, "Rp 1.500"),
        (RUPIAH, 1500, "Rp1.500,00"),
        (RUPIAH, -1500, "-Rp1.500,00"),
        (RUPIAH, 0, "Rp-"),
        ('0" orang"', 25, "25 orang"),
        ('General" orang"', 25, "25 orang"),
        ("000-000-000", 123456789, "123-456-789"),
        ("0000\\-0000", 12345, "0001-2345"),
    ],
)
def test_a_number_looks_as_in_an_indonesian_excel(code, number, text):
    cell = read_number(code, float(number))
    assert (cell.text, cell.nature, cell.fault) == (text, Nature.NUMBER, None)


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("dd/mm/yyyy", 45559, "24 September 2024"),
        ("mm-dd-yy", 45559, "24 September 2024"),
        ("[$-421]dddd, dd mmmm yyyy;@", 45559, "24 September 2024"),
        ("yyyy-mm-dd h:mm:ss", 45559, "24 September 2024"),
        ("dd/mm/yyyy h:mm", 45559.375, "24 September 2024 pukul 09.00"),
        ("mmm-yy", 45559, "September 2024"),
        ("mmmm", 45559, "September"),
        ("yyyy", 45559, "2024"),
        ("d-mmm", 45559, "24 September"),
        ("h:mm", 0.375, "09.00"),
        ("h:mm", 45559.375, "09.00"),
        ("h:mm:ss", 0.375, "09.00"),
        ("h:mm AM/PM", 0.75, "18.00"),
        ("h:mm:ss", 0.375 + 15 / 86400, "09.00.15"),
        ("d/m/y", 1, "1 Januari 1900"),
        ("d/m/y", 59, "28 Februari 1900"),
        ("d/m/y", 61, "1 Maret 1900"),
    ],
)
def test_a_date_is_written_out_in_indonesian(code, number, text):
    cell = read_number(code, float(number))
    assert (cell.text, cell.nature, cell.fault) == (text, Nature.DATE, None)


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("# ?/?", 1.5),
        ("0.00E+00", 1234),
        ("[>100]0;0.0", 5),
        ("[h]:mm", 1.5),
        ("mm:ss", 0.01),
        ("dddd", 45559),
        ("d/m/y", 60),
        ("d/m/y", 0),
        ("d/m/y", -1),
        ("d/m/y", 2958466),
        ("d/m/y", 1e300),
    ],
)
def test_what_is_not_certain_is_refused_and_not_guessed(code, number):
    cell = read_number(code, float(number))
    assert cell.fault is not None
    assert cell.fault.code == "recipients.number-format"


@pytest.mark.parametrize("code", ["General", "0", "000", "#,##0.00", "@", "0.00E+00"])
@pytest.mark.parametrize("number", [198501012010012010, 3517010101850001, 1e15, -1e16])
def test_a_number_beyond_fifteen_digits_is_refused_in_every_format(code, number):
    fault = read_number(code, float(number)).fault
    assert fault is not None
    assert fault.code == "recipients.digits-lost"


@pytest.mark.parametrize("number", [6281234567890, 812345678901, 0.0000001])
def test_a_number_that_general_shows_shortened_is_refused(number):
    fault = read_number("General", float(number)).fault
    assert fault is not None
    assert fault.code == "recipients.scientific"
    assert "E" in str(fault)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number):
    fault = read_number("0", number).fault
    assert fault is not None
    assert fault.code == "recipients.no-number"


@given(st.decimals(-999_999_999, 999_999_999, places=2))
def test_grouped_numbers_agree_with_the_locale(number):
    assert read_number('"Rp"#,##0.00', float(number)).text == format_rupiah(number or abs(number))


@given(st.integers(0, 10**14), st.integers(1, 20))
def test_leading_zeros_fill_up_to_the_format(number, width):
    assert read_number("0" * width, float(number)).text == str(number).zfill(width)


@given(st.integers(1, 2958465).filter(lambda serial: serial != 60), st.booleans())
def test_serials_are_the_days_of_the_calendar(serial, mac):
    epoch = MAC_EPOCH if mac else WINDOWS_EPOCH
    if mac and serial > 2957003:
        return
    moment = from_excel(serial, epoch)
    assert isinstance(moment, datetime)
    assert serial_moment(serial, epoch) == moment
    assert read_number("yyyy-mm-dd", float(serial), epoch).text == format_date(moment.date())


@given(st.text('#0?.,%;"\\_*[]$-ERpdmyhsGeneral@/ ()', max_size=12), st.floats(allow_nan=True))
def test_no_format_code_makes_the_reading_fail(code, number):
    cell = read_number(code, number)
    assert isinstance(cell.text, str)
