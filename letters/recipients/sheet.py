"""The XML of a worksheet → its rows, one after another, with hidden rows and merged cells noted on the way."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from openpyxl.utils.datetime import from_ISO8601, to_excel

from letters.errors import N_, Problem, Severity
from letters.recipients.cells import error_value
from letters.recipients.formats import GENERAL, WINDOWS_EPOCH, read_number
from letters.recipients.package import DamagedPartError, stream_part, unescape
from letters.recipients.rows import CellValue, Nature, Range, Row, Source, Typed, row_list

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
ISO_FORMAT = "yyyy-mm-dd"


def read_rows(
    archive: zipfile.ZipFile, part: str, strings: Sequence[str], formats: Sequence[str], source: Source
) -> Iterator[Row]:
    """Yield the rows that have any content; fills `source.merged` and `source.problems` at the end."""
    sheet = _Sheet(strings, formats, source.epoch or WINDOWS_EPOCH)
    for _ in stream_part(archive, part, sheet):
        yield from sheet.take()
    source.merged.extend(sheet.merged)
    if sheet.hidden:
        source.problems.append(_hidden_rows(sheet.hidden, source))


def sheet_is_blank(archive: zipfile.ZipFile, part: str, strings: Sequence[str]) -> bool:
    """Say whether no cell of the sheet has any content; reads only up to the first that has."""
    sheet = _Sheet(strings, (), WINDOWS_EPOCH)
    return not any(sheet.take() for _ in stream_part(archive, part, sheet))


class _Sheet:
    """Listens to a worksheet's elements; finished rows wait in a list until they are taken."""

    def __init__(self, strings: Sequence[str], formats: Sequence[str], epoch: datetime) -> None:
        self.merged: list[Range] = []
        self.hidden: list[int] = []
        self._strings, self._formats, self._epoch = strings, formats, epoch
        self._rows: list[Row] = []
        self._row = 0
        self._row_hidden = False
        self._cells: dict[int, CellValue] = {}
        self._column = -1
        self._kind = self._style = ""
        self._in_cell = self._in_value = self._in_aid = False
        self._formula = self._stored = False
        self._pieces: list[str] = []

    def take(self) -> list[Row]:
        """Hand over the rows finished since the last call."""
        rows, self._rows = self._rows, []
        return rows

    # -- elements -------------------------------------------------------------------------------------

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif self._in_cell:
            if name == "v" or (name == "t" and not self._in_aid):
                self._in_value = self._stored = True
            elif name == "f":
                self._formula = True
            elif name == "rPh":
                self._in_aid = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell":
            self.merged.append(read_range(attributes.get("ref", "")))

    def end(self, name: str) -> None:
        self._in_value = False
        if name == "c":
            self._end_cell()
        elif name == "rPh":
            self._in_aid = False
        elif name == "row":
            self._end_row()

    def text(self, text: str) -> None:
        if self._in_value:
            self._pieces.append(text)

    # -- rows and cells -------------------------------------------------------------------------------

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = _whole(attributes.get("r", str(self._row + 1)))
        if not self._row < number <= MAX_ROW:
            raise DamagedPartError(f"row {number} after row {self._row}")
        self._row, self._column = number, -1
        self._row_hidden = attributes.get("hidden", "0") in ("1", "true", "on")

    def _end_row(self) -> None:
        if any(isinstance(value, Typed) or value.strip() for value in self._cells.values()):
            self._rows.append(Row(self._row, self._cells))
            if self._row_hidden:
                self.hidden.append(self._row)
        self._cells = {}

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else _column_of(reference.rstrip("0123456789"))
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._in_cell, self._formula, self._stored = True, False, False
        self._pieces.clear()

    def _end_cell(self) -> None:
        self._in_cell = False
        if not self._stored and not self._formula:
            return  # a format without content
        text = "".join(self._pieces)
        if self._formula and (not self._stored or (not text and self._kind != "str")):
            self._cells[self._column] = Typed("", Nature.FAULT, fault=_not_calculated())
        elif text:
            self._cells[self._column] = self._value(text)

    def _value(self, text: str) -> CellValue:
        match self._kind:
            case "s":
                return self._shared(text)
            case "inlineStr" | "str":
                return unescape(text)
            case "b":
                return "TRUE" if text.strip() in ("1", "true") else "FALSE"
            case "e":
                return Typed("", Nature.FAULT, fault=error_value(text))
            case "d":
                return self._iso_date(text)
            case _:
                return self._number(text)

    def _shared(self, text: str) -> str:
        index = _whole(text)
        if index >= len(self._strings):
            raise DamagedPartError(f"text {index} is missing")
        return self._strings[index]

    def _format(self) -> str:
        index = _whole(self._style)
        return self._formats[index] if index < len(self._formats) else GENERAL

    def _number(self, text: str) -> Typed:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        return read_number(self._format(), number, self._epoch)

    def _iso_date(self, text: str) -> Typed:
        """Read a date of a strict workbook, which says it in words instead of a serial."""
        code = self._format()
        try:
            serial = to_excel(from_ISO8601(text.strip()), self._epoch)
        except (ValueError, TypeError) as error:
            raise DamagedPartError(f"date {text[:40]}") from error
        return read_number(ISO_FORMAT if code == GENERAL else code, float(serial), self._epoch)


def _whole(text: str) -> int:
    if not text.strip().isdecimal():
        raise DamagedPartError(f"number {text[:40]}")
    return int(text)


@lru_cache(maxsize=MAX_COLUMN)
def _column_of(letters: str) -> int:
    """Return the column (from 0) of `A`, `XFD`."""
    index = 0
    for letter in letters.replace("$", ""):
        if not "A" <= letter <= "Z" or index > MAX_COLUMN:
            raise DamagedPartError(f"column {letters[:40]}")
        index = index * 26 + ord(letter) - ord("A") + 1
    if not 1 <= index <= MAX_COLUMN:
        raise DamagedPartError(f"column {letters[:40]}")
    return index - 1


def read_range(text: str) -> Range:
    """Return the block that `B3:B7` names; raises DamagedPartError when it names none."""
    corners = [REFERENCE.fullmatch(corner) for corner in text.split(":")]
    if len(corners) not in (1, 2) or corners[0] is None or corners[-1] is None:
        raise DamagedPartError(f"range {text[:40]}")
    first, last = corners[0], corners[-1]
    return Range(text, int(first[2]), int(last[2]), _column_of(first[1]), _column_of(last[1]))


# -- problems -----------------------------------------------------------------------------------------


def _not_calculated() -> Problem:
    return Problem(
        "recipients.no-stored-value",
        N_("The cell holds a formula whose result is not stored in the file."),
        N_("Open the workbook in Excel, let it calculate, and save it; or type the value itself."),
    )


def _hidden_rows(numbers: list[int], source: Source) -> Problem:
    return Problem(
        "recipients.hidden-rows",
        N_("Rows {rows} are hidden, perhaps by a filter; they are recipients like all others."),
        N_("Show the rows and delete those that are not meant."),
        source.place,
        {"rows": row_list(numbers)},
        Severity.WARNING,
    )
