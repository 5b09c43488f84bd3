"""Bytes of a PDF file → its words, page by page. The only place that knows pypdf."""

from __future__ import annotations

import io
import logging
import re

import pikepdf
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from letters.errors import N_, Place, Problem, TextError
from letters.extract.text import Extracted, from_pages

BROKEN = (PyPdfError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What pypdf raises for content that breaks the rules."""
BLANKS = re.compile(" {2,}")
"""Justified lines come with several."""
PAGES_READ = 500
"""A letter has a few; a book is not read to its end."""


def read_pdf(data: bytes, place: Place) -> Extracted:
    """Return the words of a PDF file; raises TextError when it is damaged or locked.

    qpdf (in pikepdf) opens and mends the file first: it reads what pypdf alone would refuse.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters of its remarks is in the errors
    try:
        reader = PdfReader(io.BytesIO(_mended(data, place)))
        count = min(len(reader.pages), PAGES_READ)
    except BROKEN as error:
        raise TextError(_damaged(error, place)) from error
    return from_pages((_words(reader, number) for number in range(count)), place)


def _mended(data: bytes, place: Place) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        message = N_("The PDF is locked with a password.")
        raise TextError(Problem("extract.locked", message, N_("Save it without a password."), place)) from error
    except pikepdf.PdfError as error:
        raise TextError(_damaged(error, place)) from error


def _damaged(error: Exception, place: Place) -> Problem:
    message = N_("The file cannot be opened as PDF ({reason}).")
    remedy = N_("Ask for the letter again, or give it as DOCX.")
    return Problem("extract.damaged", message, remedy, place, {"reason": str(error)})


def _words(reader: PdfReader, number: int) -> str:
    """Return the words of a page; nothing when its content cannot be understood."""
    try:
        return BLANKS.sub(" ", reader.pages[number].extract_text())
    except BROKEN:
        return ""
