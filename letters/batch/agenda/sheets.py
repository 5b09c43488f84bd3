"""Lines of the agenda book → the bytes of a workbook or a CSV file in which no cell can be a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from letters.batch.agenda.columns import COLUMNS, Line

SHEET = "Buku Agenda"
WIDTHS = {"no_urut": 9, "nomor_surat": 32, "perihal": 48, "tujuan": 40, "keterangan": 32, "penandatangan": 18}
"""Widths in characters; other columns have 15."""
DATES = "dd-mm-yyyy"
FORMULA = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
"""First characters that make Excel or LibreOffice work a CSV cell out, full-width forms included (OWASP's list)."""
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel takes `_x0041_` for the letter A; its underscore is written as `_x005F_` then."""


def workbook(lines: Sequence[Line]) -> bytes:
    """Return the book as an Excel workbook: texts are text, dates are dates, the head stays in sight and repeats."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for column, name in enumerate(COLUMNS, 1):
        cell = sheet.cell(1, column, name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, 15)
    for row, line in enumerate(lines, 2):
        for column, name in enumerate(COLUMNS, 1):
            if line.cells[name] is not None:
                _write(sheet.cell(row, column), line.cells[name])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(lines) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(cell: SheetCell, value: str | int | date | None) -> None:
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATES
        return
    cell.value = ESCAPE.sub("_x005F_", UNSTORABLE.sub("\ufffd", value))
    cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
    cell.quotePrefix = bool(FORMULA.match(value))  # and Excel would, once somebody edits the cell
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def comma_separated(lines: Sequence[Line]) -> bytes:
    """Return the book as CSV as an Indonesian Excel opens it: UTF-8 with mark, semicolons."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(line.text(name)) for name in COLUMNS] for line in lines)
    return buffer.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """Return `text` with an apostrophe before what a spreadsheet could work out; a single hyphen is none of that."""
    return f"'{text}" if FORMULA.match(text) and text != "-" else text


def plain(text: str) -> str:
    """Return `text` without the apostrophe that `harmless` put before it."""
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text
