"""An XLSX file → its XML parts, read as a stream of elements within fixed bounds.

A workbook comes from outside: its sizes are checked before anything is unpacked, a DOCTYPE (the door to entity bombs
and foreign files) is refused, and no part is ever held as a tree.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from letters.errors import N_, Place, Problem, RecipientsError

MAX_ENTRIES = 2000
MAX_UNPACKED = 256 * 2**20
"""Bytes of all parts together; 100,000 rows of ten columns are about 60 MB."""
MAX_RATIO = 100
"""Unpacked to packed size; sheets of Excel reach 10 to 30, a bomb 1000."""
RATIO_FLOOR = 8 * 2**20
"""Bytes; below this a part may be packed as tightly as it likes."""
CHUNK = 2**16
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Handler(Protocol):
    """What listens to the elements of a part; names come without their namespace prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text inside the element that began last, perhaps in pieces."""


class DoctypeError(Exception):
    """The part begins with a DOCTYPE."""


class DamagedPartError(ValueError):
    """The part is well-formed XML, but what it says makes no sense."""


DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,  # a directory that points outside the file
    struct.error,
    UnicodeDecodeError,
    NotImplementedError,  # an unknown way of packing
    expat.ExpatError,
    DamagedPartError,
)


@contextmanager
def open_package(path: Path, place: Place) -> Iterator[zipfile.ZipFile]:
    """Open the ZIP archive and check what it declares; raises RecipientsError for bombs and damage, then or later."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, place)
            yield archive
    except DAMAGE as error:
        raise RecipientsError(damaged(place, str(error))) from error
    except DoctypeError as error:
        raise RecipientsError(_doctype(place)) from error


def read_part(archive: zipfile.ZipFile, name: str, handler: Handler) -> None:
    """Send all elements of the part `name` to `handler`."""
    for _ in stream_part(archive, name, handler):
        pass


def stream_part(archive: zipfile.ZipFile, name: str, handler: Handler) -> Iterator[None]:
    """Like `read_part`, with a halt after every 64 KB of XML, so that `handler`'s harvest can be taken away."""
    parser = _parser(handler)
    if name not in archive.NameToInfo:
        raise DamagedPartError(f"{name} is missing")
    with archive.open(name) as part:  # gives no more than the declared size, and checks the CRC
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)
            yield
    parser.Parse(b"", True)
    yield


def unescape(text: str) -> str:
    """Return `text` with `_x000D_` and its like turned into the characters they stand for (ECMA-376 22.9.2.19)."""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _parser(handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.CharacterDataHandler = handler.text
    parser.EndElementHandler = handler.end

    def start_first(name: str, attributes: dict[str, str]) -> None:
        """Take prefixes off only where the root has one: other prefixes then mark extensions, and a call costs time."""
        parser.StartElementHandler = handler.start
        if ":" in name:
            parser.StartElementHandler = lambda name, attributes: handler.start(name.rpartition(":")[2], attributes)
            parser.EndElementHandler = lambda name: handler.end(name.rpartition(":")[2])
        handler.start(name.rpartition(":")[2], attributes)

    parser.StartElementHandler = start_first
    return parser


def _refuse_doctype(*_: object) -> None:
    raise DoctypeError


def _check_sizes(archive: zipfile.ZipFile, place: Place) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    tight = any(
        entry.file_size > RATIO_FLOOR and entry.file_size > MAX_RATIO * entry.compress_size for entry in entries
    )
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or tight:
        raise RecipientsError(_bomb(len(entries), unpacked, place))
    if any(entry.flag_bits & 1 for entry in entries):
        raise RecipientsError(damaged(place, "encrypted entry"))


def _bomb(entries: int, unpacked: int, place: Place) -> Problem:
    return Problem(
        "recipients.zip-bomb",
        N_("The workbook unpacks to {size} MB in {entries} parts, out of all proportion; it was not opened."),
        N_("Copy the rows with the recipients into a new workbook and save that."),
        place,
        {"size": unpacked // 2**20, "entries": entries},
    )


def _doctype(place: Place) -> Problem:
    return Problem(
        "recipients.doctype",
        N_("The workbook holds a document type declaration, which Excel never writes; it may be meant to do harm."),
        N_("Ask its sender for a new file, or copy the rows into a new workbook."),
        place,
    )


def damaged(place: Place, reason: str) -> Problem:
    """Return the problem of a workbook that cannot be read on."""
    return Problem(
        "recipients.damaged-workbook",
        N_("The workbook is damaged ({reason})."),
        N_("Open it in Excel or LibreOffice and save it anew as an Excel workbook (.xlsx)."),
        place,
        {"reason": reason},
    )
