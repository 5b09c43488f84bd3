"""HTML text + stylesheet → PDF bytes. Holds what is dear to make and the same for every letter."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from weasyprint import CSS
from weasyprint.css import ColorProfile
from weasyprint.css.targets import TargetCollector
from weasyprint.document import Document, Page
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import LayoutContext, layout_document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from letters.errors import N_, Problem, WriteError
from letters.model.letter import Properties
from letters.writers.html import Pieces
from letters.writers.pdf.fetcher import AssetFetcher
from letters.writers.pdf.metadata import LetterMetadata, file_identifier
from letters.writers.pdf.pictures import Pictures
from letters.writers.pdf.sheet import Key, Sheet, key_of
from letters.writers.pdf.structure import tidy_structure

OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True, "pdf_version": "1.7", "output_intent": "document's own"}
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
SHEETS = 16
"""Sheets kept per shape; each is one pattern of line counts."""


@lru_cache
def fonts() -> FontConfiguration:
    """Return this process's list of fonts; reading it again for every letter would cost more than the letter."""
    return FontConfiguration()


class ColourProfile(ColorProfile):  # type: ignore[misc]  # weasyprint has no types
    """The sRGB profile PDF/A wants, as stored. WeasyPrint would open its file for every letter and not close it, and
    the colour library it asks for the bytes gives others the second time."""

    content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()

    def __init__(self) -> None:
        super().__init__(BytesIO(self.content), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@lru_cache(maxsize=16)
def parsed(css: str) -> CSS:
    """Return `css` ready to match; raises `WriteError` with everything in it that WeasyPrint would ignore."""
    with refusing_fetches(), collected_warnings("writers.pdf-stylesheet"):
        return CSS(string=css, font_config=fonts(), url_fetcher=AssetFetcher({}))


class Engine:
    """One shape in one look, ready to print letters."""

    def __init__(self, pieces: Pieces, css: str, assets: Mapping[str, bytes]) -> None:
        self._pieces = pieces
        self._css = parsed(css)
        self._fetcher = AssetFetcher(assets)
        self._pictures = Pictures(self._fetcher)
        self._sheets: dict[Key, Sheet] = {}

    def render(self, values: Sequence[str], properties: Properties) -> bytes:
        """Return the PDF of one letter; raises `WriteError` with everything WeasyPrint complains of."""
        refuse_private_characters(values)
        with refusing_fetches(), collected_warnings("writers.pdf-warning"):
            sheet = self._sheet(key_of(self._pieces, values, properties.language))
            sheet.fill(values)
            document = self._lay_out(sheet, properties)
            pdf: bytes = document.write_pdf(finisher=finish, pdf_identifier=file_identifier(properties), **OPTIONS)
        return pdf

    def _sheet(self, key: Key) -> Sheet:
        if key not in self._sheets:
            if len(self._sheets) == SHEETS:
                self._sheets.pop(next(iter(self._sheets)))
            self._sheets[key] = Sheet(self._pieces, key, self._css, fonts())
        return self._sheets[key]

    def _lay_out(self, sheet: Sheet, properties: Properties) -> Document:
        """Do what `weasyprint.HTML.render` does, with the sheet's styles instead of new ones."""
        context = LayoutContext(sheet.style_for, self._pictures, fonts(), sheet.counter_style, TargetCollector())
        root_box = build_formatting_structure(
            sheet.etree_element,
            context.style_for,
            context.get_image_from_uri,
            sheet.base_url,
            context.target_collector,
            context.counter_style,
            context.footnotes,
        )
        pages = [Page(box) for box in layout_document(sheet, root_box, context)]
        return Document(pages, LetterMetadata(properties), self._fetcher, fonts(), {"srgb": ColourProfile()}, "srgb")


def finish(document: Any, pdf: Any) -> None:
    """Mend what WeasyPrint leaves to its caller, just before the file is written."""
    number = int(pdf.catalog["Metadata"].split()[0])
    pdf.objects[number].compress = False  # archives read XMP without unpacking anything
    tidy_structure(document, pdf)
    pdf.objects[:] = [item if item.free == "f" else Serialised(item) for item in pdf.objects]


class Serialised(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """A finished object of a file: pydyf would pack each twice, for the file and for its checksum."""

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.number, self.generation = item.number, item.generation
        self._data, self._compressible = item.data, item.compressible

    @property
    def data(self) -> bytes:
        """The object as it stands in the file."""
        return bytes(self._data)

    @property
    def compressible(self) -> bool:
        """Whether it may stand in an object stream."""
        return bool(self._compressible)


def refuse_private_characters(values: Sequence[str]) -> None:
    """Raise `WriteError` for characters of nobody's meaning (old symbol fonts leave them): PDF/A bars them."""
    found = dict.fromkeys(_PRIVATE.findall("".join(values)))
    if found:
        raise WriteError(*(_no_glyph(character) for character in found))


@contextmanager
def refusing_fetches() -> Iterator[None]:
    """Turn the fetcher's refusal into a `WriteError`; it is a BaseException so that WeasyPrint lets it through."""
    try:
        yield
    except FatalURLFetchingError as error:
        raise WriteError(
            Problem(
                "writers.pdf-fetch",
                N_("The stylesheet or the letter asks for “{url}”; only the pictures of the workspace may be used."),
                N_("Take the address out of the stylesheet."),
                params={"url": str(error)},
            )
        ) from error


@contextmanager
def collected_warnings(code: str) -> Iterator[None]:
    """Raise `WriteError` with every warning WeasyPrint logs inside the block: none may pass unread."""
    handler = _Collector(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if handler.records:
        raise WriteError(*{record.getMessage(): _warning(code, record) for record in handler.records}.values())


class _Collector(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _warning(code: str, record: logging.LogRecord) -> Problem:
    message = record.getMessage()
    if message.startswith(".notdef") and isinstance(record.args, tuple) and isinstance(record.args[0], str):
        return _no_glyph(record.args[0])
    return Problem(
        code,
        N_("WeasyPrint says: {message}"),
        N_("Mend the stylesheet or the template at that place."),
        params={"message": message},
    )


def _no_glyph(character: str) -> Problem:
    return Problem(
        "writers.pdf-glyph",
        N_("No font of this machine can print the character “{character}” ({code})."),
        N_("Write it in other letters, or install a font that has it."),
        params={"character": character, "code": f"U+{ord(character):04X}"},
    )
