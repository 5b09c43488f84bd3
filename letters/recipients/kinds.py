"""A path → what the file really is; what cannot be read is refused by its true kind, whatever it is called."""

from __future__ import annotations

import re
import stat
import zipfile
from enum import StrEnum
from pathlib import Path

from letters.errors import N_, Place, Problem, RecipientsError, reason_of

MAX_FILE = 100 * 2**20
"""Bytes; a table of 100,000 recipients is about 20 MB."""

LOCK_PREFIXES = ("~$", ".~lock.")
"""How Excel and LibreOffice begin the name of the file that says somebody has a table open."""
HEAD = 4096
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div|style)\b", re.IGNORECASE)


class Kind(StrEnum):
    """Kinds of file; the values are the names users know, the same in every language."""

    CSV = "CSV"
    XLSX = "XLSX"
    XLSB = "XLSB"
    XLS = "XLS"
    ODS = "ODS"
    DOCX = "DOCX"
    HTML = "HTML"
    XML = "XML"
    PDF = "PDF"
    RTF = "RTF"
    ZIP = "ZIP"
    ENCRYPTED = "encrypted"
    UNKNOWN = "unknown"


SUFFIXES = {".csv": Kind.CSV, ".tsv": Kind.CSV, ".txt": Kind.CSV, ".xlsx": Kind.XLSX, ".xlsm": Kind.XLSX}
PARTS = {
    "xl/workbook.xml": Kind.XLSX,
    "xl/workbook.bin": Kind.XLSB,
    "content.xml": Kind.ODS,
    "word/document.xml": Kind.DOCX,
}


def check_kind(path: Path, place: Place) -> Kind:
    """Return `Kind.CSV` or `Kind.XLSX`, which the name must agree with; raises RecipientsError for all else."""
    if path.name.startswith(LOCK_PREFIXES):
        raise RecipientsError(_lock_file(path, place))
    _check_readable(path, place)
    try:
        kind = _identify(path)
    except OSError as error:
        raise RecipientsError(_unreadable(error, place)) from error
    problem = _refusal(kind, path.suffix, place)
    if problem:
        raise RecipientsError(problem)
    return kind


def read_text_file(path: Path, place: Place) -> bytes:
    """Return all bytes of a text file that `check_kind` has accepted; raises RecipientsError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise RecipientsError(_unreadable(error, place)) from error


def _check_readable(path: Path, place: Place) -> None:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise RecipientsError(_unreadable(error, place)) from error
    if stat.S_ISDIR(status.st_mode) or not stat.S_ISREG(status.st_mode):
        raise RecipientsError(
            Problem(
                "recipients.not-a-file",
                N_("The table is a folder or a device, not a file."),
                N_("Give the CSV or XLSX file itself."),
                place,
            )
        )
    if status.st_size > MAX_FILE:
        raise RecipientsError(_too_large(status.st_size, place))


def _lock_file(path: Path, place: Place) -> Problem:
    name = path.name
    for prefix in LOCK_PREFIXES:
        name = name.removeprefix(prefix)
    return Problem(
        "recipients.lock-file",
        N_("This is no table: Excel or LibreOffice keeps this file only while the table itself is open."),
        N_("Name the table itself, {name}; close it first."),
        place,
        {"name": name.removesuffix("#")},
    )


def _unreadable(error: Exception, place: Place) -> Problem:
    if isinstance(error, PermissionError):
        return Problem(
            "recipients.no-permission",
            N_("The table cannot be opened: this account has no right to read it, or Excel holds it."),
            N_("Close the file in Excel, or ask for the right to read it."),
            place,
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return Problem(
            "recipients.no-file",
            N_("The table does not exist."),
            N_("Check the name and the folder of the file, its ending (.csv, .xlsx) too."),
            place,
        )
    return Problem(
        "recipients.unreadable",
        N_("The table cannot be read: {reason}."),
        N_("Copy the file to this computer's own disk and try again."),
        place,
        {"reason": reason_of(error) if isinstance(error, OSError) else str(error)},
    )


def _too_large(size: int, place: Place) -> Problem:
    return Problem(
        "recipients.too-large",
        N_("The table has {size} MB; more than {limit} MB are not read."),
        N_("Remove pictures and sheets that are not needed, or split the table."),
        place,
        {"size": size // 2**20 + 1, "limit": MAX_FILE // 2**20},
    )


def _identify(path: Path) -> Kind:
    with path.open("rb") as file:
        head = file.read(HEAD)
        if head.startswith(OLE_MAGIC):
            return Kind.ENCRYPTED if ENCRYPTED_STREAM in head + file.read() else Kind.XLS
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _identify_zip(path)
    if head.startswith(b"%PDF"):
        return Kind.PDF
    if head.startswith(b"{\\rtf"):
        return Kind.RTF
    return _identify_text(head)


def _identify_text(head: bytes) -> Kind:
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # marks of UTF-8 and UTF-16 too
    if plain.startswith(b"<"):
        return Kind.HTML if HTML.search(plain) else Kind.XML
    controls = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in plain)
    return Kind.UNKNOWN if controls > max(8, len(plain) // 20) else Kind.CSV


def _identify_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.casefold().lstrip("/") for name in archive.namelist()}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, UnicodeDecodeError, ValueError):
        return Kind.UNKNOWN
    return next((kind for part, kind in PARTS.items() if part in names), Kind.ZIP)


def _refusal(kind: Kind, suffix: str, place: Place) -> Problem | None:
    expected = SUFFIXES.get(suffix.casefold())
    if kind is expected:
        return None
    if kind is Kind.ENCRYPTED:
        return Problem(
            "recipients.encrypted",
            N_("The workbook is protected with a password and cannot be read."),
            N_("Open it in Excel, choose File > Info > Protect Workbook > Encrypt, delete the password, and save."),
            place,
        )
    if kind is Kind.UNKNOWN:
        return Problem(
            "recipients.damaged",
            N_("The file is damaged, or not a table at all."),
            N_("Open it in Excel or LibreOffice and save it anew as an Excel workbook (.xlsx)."),
            place,
        )
    if kind in (Kind.CSV, Kind.XLSX):
        return _wrong_name(kind, suffix, place)
    return Problem(
        "recipients.wrong-kind",
        N_("The file is called {suffix}, but what it holds is {kind}, which is not read as a table of recipients."),
        N_("Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx) or as CSV."),
        place,
        {"suffix": suffix or "-", "kind": kind.value},
    )


def _wrong_name(kind: Kind, suffix: str, place: Place) -> Problem:
    right = ".xlsx" if kind is Kind.XLSX else ".csv"
    return Problem(
        "recipients.wrong-name",
        N_("The file is called {suffix}, but what it holds is {kind}."),
        N_("Rename the file so that its name ends in {right}, or save it as {right} in Excel."),
        place,
        {"suffix": suffix or "-", "kind": kind.value, "right": right},
    )
