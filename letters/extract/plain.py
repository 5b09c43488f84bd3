"""Bytes of a Markdown or text file → its words, whatever encoding Windows gave it."""

from __future__ import annotations

import codecs

from letters.errors import N_, Place, Problem, TextError
from letters.extract.text import Extracted


def read_plain(data: bytes, place: Place) -> Extracted:
    """Return the words of a text file; raises TextError when it is none."""
    text = _decoded(data)
    if "\0" in text:
        message = N_("The file is neither DOCX, PDF nor text.")
        raise TextError(Problem("extract.unknown-format", message, N_("Save it as DOCX or PDF."), place))
    return Extracted(text.replace("\r\n", "\n").replace("\r", "\n"), place)


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
