"""A sound DOCX and a sound PDF, and the means to plant one defect at a time in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

import docx
import pikepdf
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from letters.writers import WRITERS
from tests.support.docx_package import W14
from tests.writers.sample import PROPERTIES, VALUES, everything, logo, look

Parts = dict[str, bytes]
Edit = Callable[[Parts], None]
FIRST_DATE = (1980, 1, 1, 0, 0, 0)


@cache
def sound_docx() -> bytes:
    """Return a small letter with one of everything: header with logo, page number, list, table, bookmark, ids."""
    document = docx.Document()
    document.core_properties.title = "001/PM.00.02/K.JI-08/09/2024"
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(logo()), width=Mm(20))
    _page_number(document)
    document.add_heading("SURAT EDARAN", 1)
    document.add_paragraph("Yth. Camat Diwek")
    document.add_paragraph("butir pertama", style="List Number")
    document.add_picture(io.BytesIO(logo()), width=Mm(20))
    document.add_picture(io.BytesIO(logo()), width=Mm(25))
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"sel {number}"
    bookmark = f'<w:p {nsdecls("w")}><w:bookmarkStart w:id="7" w:name="akhir"/><w:bookmarkEnd w:id="7"/></w:p>'
    document.element.body.insert_element_before(parse_xml(bookmark), "w:sectPr")
    for number, paragraph in enumerate(document.element.body.iter(qn("w:p")), 1):
        paragraph.set(f"{W14}paraId", f"{number:08X}")
    _lighten(document)
    data = io.BytesIO()
    document.save(data)
    return pack(unpack(data.getvalue()))


def _lighten(document: Document) -> None:
    """Take out what makes python-docx's own template large and the SDK slow: a hundred table styles, styles doubled."""
    styles = document.styles.element
    for style in [item for item in styles if item.get(qn("w:type")) == "table" and item.get(qn("w:default")) != "1"]:
        styles.remove(style)
    relations = document.part.rels
    (doubled,) = [key for key, relation in relations.items() if relation.reltype.endswith("/stylesWithEffects")]
    del relations[doubled]


def _page_number(document: Document) -> None:
    runs = "".join(
        f"<w:r>{content}</w:r>"
        for content in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    footer = document.sections[0].footer
    footer._element.append(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>"))


@cache
def sound_pdf() -> bytes:
    """Return the letter with every kind of node as our writer makes it."""
    return WRITERS["pdf"].prepare(everything(), look()).fill(VALUES, PROPERTIES)


def unpack(data: bytes) -> Parts:
    """Return name → content of a ZIP archive, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Parts, date: tuple[int, int, int, int, int, int] = FIRST_DATE) -> bytes:
    """Return a ZIP archive of `parts`, all dated `date`."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, date), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def swap(part: str, before: str, after: str) -> Edit:
    """Return an edit that replaces the first `before` in `part`; it must be there."""

    def edit(parts: Parts) -> None:
        text = parts[part].decode()
        assert before in text, f"{before} is not in {part}: {text[:2000]}"
        parts[part] = text.replace(before, after, 1).encode()

    return edit


def add(part: str, content: bytes) -> Edit:
    """Return an edit that adds or replaces a whole part."""

    def edit(parts: Parts) -> None:
        parts[part] = content

    return edit


def remove(part: str) -> Edit:
    """Return an edit that takes a part out."""

    def edit(parts: Parts) -> None:
        del parts[part]

    return edit


def both(*edits: Edit) -> Edit:
    """Return the edits one after the other."""

    def edit(parts: Parts) -> None:
        for one in edits:
            one(parts)

    return edit


def planted_pdf(edit: Callable[[pikepdf.Pdf], None], **saving: object) -> bytes:
    """Return the sound PDF after `edit`."""
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound_pdf())) as pdf:
        edit(pdf)
        pdf.save(data, **saving)
    return data.getvalue()
