"""A finished letter from outside (DOCX, PDF, Markdown, text) → its words, and where in the file each of them stands.

The file is a guest: nothing in it is run, followed or fetched, and what unpacks out of all proportion is not opened.
"""

from __future__ import annotations

from pathlib import Path

from letters.errors import N_, MachineError, Place, Problem, TextError, reason_of
from letters.extract.pdf import read_pdf
from letters.extract.plain import read_plain
from letters.extract.text import Extracted
from letters.extract.word import read_word

MAX_FILE = 100 * 2**20
"""Bytes; a letter with scanned pages has a few megabytes."""
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

PACKAGE = b"PK\x03\x04"
"""A ZIP package begins with these bytes; a text may begin with *PK*: `PKPU`."""

__all__ = ["Extracted", "extract"]


def extract(path: Path) -> Extracted:
    """Return the words of the file at `path`; its contents say what it is, not its name.

    Raises TextError for a file that is damaged, locked, too large, without words or of a kind that cannot be read, and
    MachineError when the machine does not let it be read.
    """
    place = Place(file=str(path))
    data = _bytes(path, place)
    if data.startswith(PACKAGE):
        found = read_word(data, place)
    elif b"%PDF-" in data[:1024]:
        found = read_pdf(data, place)
    elif data.startswith((OLD_WORD, b"{\\rtf")):
        raise TextError(_old_format(place))
    else:
        found = read_plain(data, place)
    if not found.text.strip():
        raise TextError(_no_words(place))
    return found


def _bytes(path: Path, place: Place) -> bytes:
    try:
        if path.stat().st_size > MAX_FILE:
            raise TextError(_too_large(place))
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        message, remedy = N_("There is no file here."), N_("Check folder and file name.")
        raise TextError(Problem("extract.missing", message, remedy, place)) from error
    except OSError as error:
        message, remedy = N_("The file cannot be read: {reason}."), N_("Check the right to read it.")
        params = {"reason": reason_of(error)}
        raise MachineError(Problem("extract.unreadable", message, remedy, place, params)) from error


def _too_large(place: Place) -> Problem:
    message = N_("The file is larger than {limit} MB.")
    remedy = N_("Save the letter alone, without its attachments.")
    return Problem("extract.too-large", message, remedy, place, {"limit": MAX_FILE // 2**20})


def _old_format(place: Place) -> Problem:
    message = N_("The file is in an old format of Word (DOC or RTF), which is not read.")
    return Problem("extract.old-format", message, N_("Save it as DOCX or PDF."), place)


def _no_words(place: Place) -> Problem:
    message = N_("The file holds no words; it is most likely a scan.")
    remedy = N_("Make the text readable first (OCR), or give the letter as DOCX or text.")
    return Problem("extract.no-words", message, remedy, place)
