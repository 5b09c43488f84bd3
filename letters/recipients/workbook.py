"""An XLSX file and the name of a sheet → the rows of that sheet.

The XML is read directly, in one pass: openpyxl's streaming mode loses rows when a workbook understates its size, its
other mode dies on one stray cell at the far corner, and neither gives a formula and its stored value together. Its
tables of number formats and its calendar are used.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS

from letters.errors import N_, Place, Problem, RecipientsError
from letters.recipients.formats import GENERAL, MAC_EPOCH, WINDOWS_EPOCH
from letters.recipients.package import damaged, open_package, read_part, unescape
from letters.recipients.rows import Source
from letters.recipients.sheet import read_rows, sheet_is_blank


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet of the workbook."""

    name: str
    part: str
    """Path of its XML in the archive."""
    visible: bool


@dataclass(slots=True)
class Workbook:
    """What the cells of all sheets refer to."""

    sheets: list[Sheet] = field(default_factory=list)
    strings: Sequence[str] = ()
    formats: Sequence[str] = ()
    """Number format code of each cell style."""
    epoch: datetime = WINDOWS_EPOCH


@contextmanager
def open_workbook(path: Path, place: Place, wanted: str) -> Iterator[Source]:
    """Open the workbook and give the rows of the sheet `wanted`, or of the only one that is not empty.

    Raises RecipientsError when the file is damaged or dangerous, or the sheet is not clear.
    """
    with open_package(path, place) as archive:
        workbook = _read_workbook(archive, place)
        sheet = _choose_sheet(archive, workbook, wanted, place)
        source = Source(replace(place, sheet=sheet.name), iter(()), epoch=workbook.epoch)
        source.rows = read_rows(archive, sheet.part, workbook.strings, workbook.formats, source)
        yield source


# -- parts --------------------------------------------------------------------------------------------


def _read_workbook(archive: zipfile.ZipFile, place: Place) -> Workbook:
    main = _targets(archive, "").get("officeDocument", ["xl/workbook.xml"])[0]
    relations = _Relations(posixpath.dirname(main))
    read_part(archive, _relations_part(main), relations)
    index = _Index()
    read_part(archive, main, index)
    strings, styles = _Strings(), _Styles()
    for part in relations.by_type.get("sharedStrings", [])[:1]:
        read_part(archive, part, strings)
    for part in relations.by_type.get("styles", [])[:1]:
        read_part(archive, part, styles)
    worksheets = relations.by_type.get("worksheet", [])
    sheets = [
        Sheet(name, relations.by_id[key], visible)
        for name, key, visible in index.sheets
        if relations.by_id.get(key) in worksheets
    ]
    if not sheets:
        raise RecipientsError(damaged(place, "no worksheet"))
    return Workbook(sheets, strings.strings, styles.formats(), MAC_EPOCH if index.mac_dates else WINDOWS_EPOCH)


def _targets(archive: zipfile.ZipFile, part: str) -> dict[str, list[str]]:
    relations = _Relations(posixpath.dirname(part))
    if _relations_part(part) in archive.namelist():
        read_part(archive, _relations_part(part), relations)
    return relations.by_type


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class _Relations:
    """`*.rels`: which part has which role."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.by_id: dict[str, str] = {}
        self.by_type: dict[str, list[str]] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", ""))).lstrip("/")
        self.by_id[attributes.get("Id", "")] = target
        self.by_type.setdefault(attributes.get("Type", "").rpartition("/")[2], []).append(target)

    def end(self, name: str) -> None:
        """Nothing is nested."""

    def text(self, text: str) -> None:
        """Relations have no text."""


class _Index:
    """`workbook.xml`: names of the sheets, and the date system."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.mac_dates = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            key = next((value for label, value in attributes.items() if label.rpartition(":")[2] == "id"), "")
            visible = attributes.get("state", "visible") == "visible"
            self.sheets.append((attributes.get("name", ""), key, visible))
        elif name == "workbookPr":
            self.mac_dates = attributes.get("date1904", "0") in ("1", "true", "on")

    def end(self, name: str) -> None:
        """Nothing is nested."""

    def text(self, text: str) -> None:
        """The index has no text that matters."""


class _Strings:
    """`sharedStrings.xml`: the texts cells point at, without fonts and reading aids."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._pieces: list[str] = []
        self._in_text = False
        self._in_aid = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._in_text = name == "t" and not self._in_aid
        if name == "rPh":
            self._in_aid = True

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "rPh":
            self._in_aid = False
        elif name == "si":
            self.strings.append(unescape("".join(self._pieces)))
            self._pieces.clear()

    def text(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)


class _Styles:
    """`styles.xml`: the number format of each cell style."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {str(key): code for key, code in BUILTIN_FORMATS.items()}
        self._cells: list[str] = []
        self._part = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("numFmts", "cellXfs"):
            self._part = name
        elif name == "numFmt" and self._part == "numFmts":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)
        elif name == "xf" and self._part == "cellXfs":
            self._cells.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == self._part:
            self._part = ""

    def text(self, text: str) -> None:
        """Styles have no text."""

    def formats(self) -> list[str]:
        """Return the format code of each cell style, in order."""
        return [self._codes.get(key, GENERAL) for key in self._cells]


# -- choice of the sheet ------------------------------------------------------------------------------


def _choose_sheet(archive: zipfile.ZipFile, workbook: Workbook, wanted: str, place: Place) -> Sheet:
    if wanted:
        return _named_sheet(workbook.sheets, wanted, place)
    visible = [sheet for sheet in workbook.sheets if sheet.visible]
    if len(visible) == 1:
        return visible[0]
    filled = [sheet for sheet in visible if not sheet_is_blank(archive, sheet.part, workbook.strings)]
    if len(filled) > 1:
        raise RecipientsError(_several_sheets(filled, place))
    if not filled:
        raise RecipientsError(_no_filled_sheet(workbook.sheets, place))
    return filled[0]


def _named_sheet(sheets: list[Sheet], wanted: str, place: Place) -> Sheet:
    for sheet in sheets:
        if sheet.name == wanted:
            return sheet
    for sheet in sheets:  # Excel does not tell capitals apart in names of sheets
        if sheet.name.strip().casefold() == wanted.strip().casefold():
            return sheet
    names = [sheet.name for sheet in sheets]
    near = get_close_matches(wanted, names, 1, 0.6)
    raise RecipientsError(
        Problem(
            "recipients.unknown-sheet",
            N_("The workbook has no sheet {wanted}; it has: {sheets}."),
            N_("Name one of its sheets, perhaps {near}."),
            place,
            {"wanted": wanted, "sheets": ", ".join(names), "near": (near or names)[0]},
        )
    )


def _several_sheets(sheets: list[Sheet], place: Place) -> Problem:
    return Problem(
        "recipients.several-sheets",
        N_("The workbook has several sheets with content: {sheets}."),
        N_('Say which one to read, for example --sheet "{first}", or delete the others.'),
        place,
        {"sheets": ", ".join(sheet.name for sheet in sheets), "first": sheets[0].name},
    )


def _no_filled_sheet(sheets: list[Sheet], place: Place) -> Problem:
    return Problem(
        "recipients.empty",
        N_("No visible sheet of the workbook has any content; its sheets are: {sheets}."),
        N_("Put headings and recipients into one of them; a hidden sheet must be named with --sheet."),
        place,
        {"sheets": ", ".join(sheet.name for sheet in sheets)},
    )
