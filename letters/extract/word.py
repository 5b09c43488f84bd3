"""Bytes of a DOCX file → its words, a paragraph on a line: body, tables, text boxes, notes, headers and footers."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from letters.errors import N_, Place, Problem, TextError
from letters.extract.text import Extracted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BODY = "word/document.xml"
PARTS = re.compile(r"word/(?:document|footnotes|endnotes|header[0-9]*|footer[0-9]*)\.xml")
MAX_UNPACKED = 64 * 2**20
"""Bytes of the parts with words; a thousand pages have about ten million."""
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, etree.XMLSyntaxError)
"""What a broken, locked or strangely packed file raises."""


def read_word(data: bytes, place: Place) -> Extracted:
    """Return the words of a DOCX file, the body first; raises TextError when it is damaged, locked or no DOCX."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = _parts(package, place)
            lines = [line for name in names for line in _paragraphs(package.read(name))]
    except DAMAGE as error:
        message = N_("The file cannot be opened as DOCX ({reason}).")
        remedy = N_("Open it in Word and save it anew, without a password.")
        raise TextError(Problem("extract.damaged", message, remedy, place, {"reason": str(error)})) from error
    return Extracted("\n".join(lines), place)


def _parts(package: zipfile.ZipFile, place: Place) -> list[str]:
    """Return the parts with words, the body first."""
    parts = [entry for entry in package.infolist() if PARTS.fullmatch(entry.filename)]
    if all(entry.filename != BODY for entry in parts):
        message = N_("The file is no DOCX.")
        raise TextError(Problem("extract.unknown-format", message, N_("Save it as DOCX or PDF."), place))
    if sum(entry.file_size for entry in parts) > MAX_UNPACKED:
        message = N_("The file unpacks out of all proportion; it was not opened.")
        raise TextError(Problem("extract.too-large", message, N_("Save the letter alone in a new file."), place))
    names = sorted({entry.filename for entry in parts})
    return sorted(names, key=lambda name: name != BODY)


def _paragraphs(xml: bytes) -> Iterator[str]:
    """Yield the words of each paragraph of a part; what the author deleted under change tracking is not there."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    for paragraph in etree.fromstring(xml, parser).iter(f"{W}p"):
        if next(paragraph.iterancestors(FALLBACK), None) is None:
            yield "".join(_words(paragraph))


def _words(element: Any) -> Iterator[str]:
    """Yield the words below `element`, those of paragraphs inside it (text boxes) left to themselves."""
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in BREAKS:
            yield BREAKS[child.tag]
        elif child.tag not in (f"{W}p", FALLBACK):
            yield from _words(child)
