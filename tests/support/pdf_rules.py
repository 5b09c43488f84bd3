"""PDF bytes → what is wrong with a finished letter: an independent PDF/A-3a and PDF/UA-1 validator, qpdf, house rules.

A standard does not ask for everything: lost pages, tables without head, links, leftovers and strange fonts are ours to
find. Fonts fall back silently, hence the list of families.
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import page
import pikepdf

PROFILES = ("3a", "ua1")
FAMILIES = ("Bookman Old Style", "TeX Gyre Bonum", "URW Bookman", "Arial", "Liberation Sans", "Arimo")
"""What a letter may be printed in: the offices' two fonts and their free twins."""
ACTIONS = {
    *("JavaScript", "Launch", "SubmitForm", "ResetForm", "ImportData", "GoToR", "GoToE", "Movie", "Sound"),
    *("Rendition", "RichMediaExecute", "SetOCGState", "Hide", "Named", "Thread", "Trans", "GoTo3DView"),
}
FORBIDDEN = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/AcroForm", "/XFA", "/OCProperties", "/Collection", "/Perms"}
ATTACHMENTS = {"/EmbeddedFiles", "/EF", "/AF"}
_STYLE = "(regular|roman|book|light|medium|demi|bold|italic|oblique|mt|ps)*"
_LINK = re.compile(r"(https?://|mailto:)(?P<shown>.+?)/?")
_TEMPLATE_MARK = re.compile(r"\{\{|\}\}|\{%|%\}")


@dataclass(frozen=True)
class Finished:
    """A PDF that can be opened, and what it is expected to be."""

    data: bytes
    pdf: pikepdf.Pdf
    title: str
    language: str
    families: tuple[str, ...]

    @cached_property
    def dictionaries(self) -> list[pikepdf.Dictionary]:
        """Every dictionary of the file, streams' and those inside others included, once."""
        return [found for item in self.pdf.objects for found in _inside(item)]

    @cached_property
    def texts(self) -> list[str]:
        """The words of each page."""
        done = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=self.data, capture_output=True)
        return done.stdout.decode().split("\f")[:-1]


def pdf_findings(
    data: bytes, *, title: str = "", language: str = "id-ID", families: Sequence[str] = FAMILIES
) -> list[str]:
    """Return one line `rule: what is wrong` for each finding; an empty `title` stands for any."""
    found = [*validator(data), *qpdf(data), *shell(data)]
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            finished = Finished(data, pdf, title, language, tuple(families))
            return found + [f"{rule.__name__}: {finding}" for rule in RULES for finding in rule(finished)]
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        return [*found, f"unreadable: {error}"]


def validator(data: bytes) -> Iterator[str]:
    for profile in PROFILES:
        try:
            report = page.validate_pdf_bytes(data, profile=profile)
        except page.PageError as error:
            yield f"{profile}: unreadable: {error}"
            continue
        for failure in report.failures:
            if failure.rule_id.endswith("STREAM-LENGTH-001") and _ends_in_carriage_return(data):
                continue
            yield f"{profile}: {failure.rule_id}: {failure.message}"


def _ends_in_carriage_return(data: bytes) -> bool:
    """Return whether the validator counts one byte too few: all lengths are right, and a stream's last byte is CR.

    CR and the line feed before `endstream` look like one end of line to it; qpdf and pikepdf count as the file says.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        contents = [item.read_raw_bytes() for item in streams]
        exact = all(len(content) == int(item.Length) for item, content in zip(streams, contents, strict=True))
        return exact and any(content.endswith(b"\r") for content in contents)


def qpdf(data: bytes) -> Iterator[str]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(["qpdf", "--check", file.name], capture_output=True, text=True)
    if done.returncode:
        yield f"qpdf: {' '.join((done.stdout + done.stderr).replace(file.name, 'file').split())}"


def shell(data: bytes) -> Iterator[str]:
    if not data.startswith(b"%PDF-1.7"):
        yield f"shell: begins with {data[:8]!r}"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "shell: something stands behind the end"
    if (count := data.count(b"startxref")) != 1:
        yield f"shell: {count} cross-reference tables; changed after it was written"


def encryption(finished: Finished) -> Iterator[str]:
    if finished.pdf.is_encrypted:
        yield "the file is encrypted"


def title(finished: Finished) -> Iterator[str]:
    info = str(finished.pdf.docinfo.get("/Title", ""))
    with finished.pdf.open_metadata() as metadata:
        stated = metadata.get("dc:title", "")
    expected = finished.title or info
    if not info or info != expected or stated != expected:
        yield f"{info!r} in the properties, {stated!r} in the metadata, expected {expected!r}"
    if not finished.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False):
        yield "a reader shows the file's name instead"


def language(finished: Finished) -> Iterator[str]:
    stated = str(finished.pdf.Root.get("/Lang", ""))
    if stated != finished.language:
        yield f"{stated!r}, expected {finished.language!r}"


def action(finished: Finished) -> Iterator[str]:
    for item in finished.dictionaries:
        for key in sorted(FORBIDDEN & _keys(item)):
            yield f"{key}"
        name = str(item.get("/S", "")).removeprefix("/")
        if name in ACTIONS and item.get("/Type", "/Action") == "/Action":
            yield name
        if item.get("/Type") == "/Annot" and item.get("/Subtype") != "/Link":
            yield f"annotation {item.get('/Subtype')}"


def attachment(finished: Finished) -> Iterator[str]:
    for item in finished.dictionaries:
        yield from sorted(ATTACHMENTS & _keys(item))


def link(finished: Finished) -> Iterator[str]:
    words = "".join("".join(finished.texts).split())
    for item in finished.dictionaries:
        if item.get("/S") == "/URI":
            address = str(item.get("/URI", ""))
            found = _LINK.fullmatch(address)
            if not found or found["shown"] not in words:
                yield f"{address!r} cannot be read on the page"


def embedded_font(finished: Finished) -> Iterator[str]:
    for font in _fonts(finished):
        descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
        if font.get("/Subtype") != "/Type0" and not _keys(descriptor) & {"/FontFile", "/FontFile2", "/FontFile3"}:
            yield f"{font.get('/BaseFont')} is not in the file"


def font_family(finished: Finished) -> Iterator[str]:
    expected = "|".join(_plain(family) for family in finished.families)
    for font in _fonts(finished):
        name = str(font.get("/BaseFont", ""))
        if not re.fullmatch(f"({expected}){_STYLE}", _plain(name.rpartition("+")[2].removesuffix("-Identity-H"))):
            yield f"{name or 'a font without name'} is none of the letter's fonts"


def structure(finished: Finished) -> Iterator[str]:
    pages = {one.objgen for one in finished.pdf.pages}
    for item in finished.dictionaries:
        if item.get("/Type") == "/StructElem" and "/Pg" in item and item.Pg.objgen not in pages:
            yield f"{item.get('/S')} stands on a page that is lost"
        if item.get("/S") == "/Table" and "/TH" not in _roles_below(item):
            yield "a table without head cells"


def paper(finished: Finished) -> Iterator[str]:
    sizes = {tuple(round(float(side), 1) for side in one.mediabox) for one in finished.pdf.pages}
    if len(sizes) != 1:
        yield f"pages of {len(sizes)} sizes"
    if any(one.get("/Rotate", 0) for one in finished.pdf.pages):
        yield "a page is turned"


def text(finished: Finished) -> Iterator[str]:
    if len(finished.texts) != len(finished.pdf.pages):
        yield f"{len(finished.texts)} of {len(finished.pdf.pages)} pages can be read"
    for number, words in enumerate(finished.texts, 1):
        if not words.strip():
            yield f"page {number} is empty"
        if mark := _TEMPLATE_MARK.search(words):
            yield f"page {number}: {mark.group()}"
        for letter in sorted(
            {letter for letter in words if unicodedata.category(letter) == "Co" or letter == "\ufffd"}
        ):
            yield f"page {number}: U+{ord(letter):04X}"


RULES = (
    *(encryption, title, language, action, attachment, link),
    *(embedded_font, font_family, structure, paper, text),
)


def _inside(item: object) -> Iterator[pikepdf.Dictionary]:
    """Yield the dictionaries in `item` that are not objects of their own."""
    if isinstance(item, pikepdf.Stream):
        item = item.stream_dict
    if isinstance(item, pikepdf.Dictionary):
        yield item
        children = [child for _, child in item.items()]
    else:
        children = list(item) if isinstance(item, pikepdf.Array) else []
    for child in children:
        if isinstance(child, pikepdf.Dictionary | pikepdf.Array) and not child.is_indirect:
            yield from _inside(child)


def _keys(item: pikepdf.Object) -> set[str]:
    return {str(key) for key in item.keys()}  # noqa: SIM118  pikepdf's dictionaries cannot be iterated over


def _fonts(finished: Finished) -> Iterator[pikepdf.Dictionary]:
    for item in finished.dictionaries:
        if item.get("/Type") == "/Font":
            yield item


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.casefold())


def _roles_below(item: pikepdf.Dictionary) -> set[str]:
    kids = item.get("/K", pikepdf.Array())
    children = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    elements = [kid for kid in children if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return {str(kid.S) for kid in elements}.union(*(_roles_below(kid) for kid in elements))
