"""Reads finished DOCX back: parts as trees, paragraphs with their words, style and everything in force on them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from letters.model.document import Block, Document
from letters.writers import WRITERS, Look
from tests.writers.sample import PROPERTIES, logo

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
W = f"{{{NAMES['w']}}}"
MM = 1440 / 25.4
"""Twips in a millimetre."""
PLAIN = "html { font-family: Arial; line-height: 1 } body, p, h1, h2, ol, li { margin: 0; padding: 0 }"
"""A stylesheet without any spacing, for tests of one rule at a time."""

OFFICE = """
@page {
  size: 210mm 297mm; margin: 25mm 20mm 25mm 30mm;
  @top-center { content: "- " counter(page) " -"; vertical-align: top; padding-top: 12mm }
  @bottom-center { vertical-align: top; padding-top: 8mm; font-weight: bold }
}
@page :first { @top-center { content: none } }
html { font: 12pt/1.25 "Bookman Old Style", serif; font-kerning: none; hyphens: none }
body { margin: 0 }
p, h1, h2, h3, h4, h5, h6 { margin: 0 0 6pt; font-size: 1em }
ol { margin: 0; padding: 0 }
li { margin-left: 8mm }
li::marker { tab-size: 8mm }
span.kanan { float: right; white-space: nowrap }
.isian { margin-bottom: 0; padding-left: 25mm; text-indent: -25mm; text-align: left }
.isian .label { display: inline-block; width: 22mm }
.isian .titik-dua { display: inline-block; width: 3mm }
.kop { position: relative; margin: -13mm 0 6mm; text-align: center }
.kop img { position: absolute; left: 0; top: 0; height: 20mm }
.kop p { margin: 0 23mm; font-size: 9pt }
.kop strong { font-size: 14pt }
.kop::before { content: ""; float: right; width: 0; height: 21mm }
.kop::after {
  clear: both; content: ""; display: block; height: 1pt; margin-top: 2mm;
  border-top: 2.25pt solid; border-bottom: .75pt solid
}
.keterangan { margin-bottom: 18pt }
.keterangan .isian { padding-right: 55mm }
.keterangan .dua-sisi { padding-right: 0 }
.isi { margin-bottom: 18pt; text-align: justify }
.isi p { text-indent: 12mm }
.isi li p { text-indent: 0 }
.isi .isian { margin-left: 12mm; text-indent: -25mm }
.tanda-tangan { margin: 0 0 18pt 80mm; break-before: avoid; break-inside: avoid }
.tanda-tangan p { margin-bottom: 0 }
.nama { margin-top: 22mm }
.lampiran { break-before: page }
.halaman-baru { break-after: page }
.kolom { display: table; width: 100%; break-inside: avoid }
.kolom > div { display: table-cell; vertical-align: top }
.kolom p { margin-bottom: 0 }
table { width: 100%; margin: 0 0 6pt; border-collapse: collapse; table-layout: fixed }
th, td { padding: 1pt 5.4pt; border: .5pt solid; text-align: left; vertical-align: top }
th { text-align: center; vertical-align: middle }
td.center { text-align: center }
td.right { text-align: right }
tr { break-inside: avoid }
"""
"""A small stylesheet like `surat.css` at some time, so that these tests stay when the look of letters changes."""


class Docx:
    """A finished letter."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.members = {info.filename: archive.read(info) for info in archive.infolist()}

    def part(self, name: str) -> Any:
        """Return the root of a part; `document` is short for `word/document.xml`."""
        return etree.fromstring(self.members[name if "/" in name else f"word/{name}.xml"])

    def find(self, path: str, part: str = "document") -> list[Any]:
        """Return what an XPath finds in a part."""
        return list(self.part(part).xpath(path, namespaces=NAMES))

    def paragraphs(self, part: str = "document") -> list[Paragraph]:
        """Return every paragraph of a part."""
        return [Paragraph(self, node) for node in self.find("//w:p", part)]

    def paragraph(self, words: str, part: str = "document") -> Paragraph:
        """Return the one paragraph that holds `words`."""
        (found,) = [paragraph for paragraph in self.paragraphs(part) if words in paragraph.text]
        return found

    def style(self, style_id: str) -> Any:
        """Return a style by its id."""
        (found,) = self.find(f"/w:styles/w:style[@w:styleId='{style_id}']", "styles")
        return found

    def header(self, page: str = "default", kind: str = "header") -> str:
        """Return the name of the part that is the header or footer of `first` or `default` pages; empty if none is."""
        found = self.find(f"//w:{kind}Reference[@w:type='{page}']/@r:id")
        if not found:
            return ""
        (target,) = self.find(f"//rel:Relationship[@Id='{found[0]}']/@Target", "word/_rels/document.xml.rels")
        return f"word/{target}"


class Paragraph:
    """One paragraph and what is in force on it: its own properties, else its style's, else the body text's."""

    def __init__(self, docx: Docx, node: Any) -> None:
        self.docx = docx
        self.node = node

    @property
    def text(self) -> str:
        """Return the words; tabs as tabs, line breaks as line feeds."""
        signs = {f"{W}tab": "\t", f"{W}br": "\n"}
        return "".join(
            signs.get(node.tag, node.text or "") for node in self.node.iter(f"{W}t", *signs) if self._own(node)
        )

    def _own(self, node: Any) -> bool:
        return bool(node.getparent().tag == f"{W}r")

    @property
    def style(self) -> str:
        """Return the id of its style."""
        found = self.node.xpath("w:pPr/w:pStyle/@w:val", namespaces=NAMES)
        return found[0] if found else "Normal"

    def get(self, tag: str, attribute: str = "val") -> str | None:
        """Return an attribute of a paragraph property, wherever it is said; switches give `1` or `0`."""
        for source in (self.node, self.docx.style(self.style), self.docx.style("Normal")):
            found = source.xpath(f"w:pPr/w:{tag}", namespaces=NAMES)
            if found and (attribute == "val" or found[0].get(f"{W}{attribute}") is not None):
                return found[0].get(f"{W}{attribute}", "1")
        return None

    def direct(self) -> list[str]:
        """Return the names of the properties it says itself, besides its style and list."""
        found = self.node.xpath("w:pPr/*", namespaces=NAMES)
        return [name for node in found if (name := etree.QName(node).localname) not in ("pStyle", "numPr")]

    def twips(self, tag: str, attribute: str) -> int:
        """Return a length; 0 if nothing is said."""
        return int(self.get(tag, attribute) or 0)

    def tabs(self) -> list[tuple[str, int]]:
        """Return the tab stops in force: kind and place."""
        for source in (self.node, self.docx.style(self.style)):
            found = source.xpath("w:pPr/w:tabs/w:tab", namespaces=NAMES)
            if found:
                return [(tab.get(f"{W}val"), int(tab.get(f"{W}pos"))) for tab in found]
        return []

    @property
    def label(self) -> str:
        """Return the label Word will print, by counting the lists up to this paragraph."""
        return labels(self.docx).get(self.node.getroottree().getpath(self.node), "")


def write(*blocks: Block, css: str = OFFICE, values: tuple[str, ...] = (), mark: str = "") -> Docx:
    """Return the DOCX of a document of `blocks`."""
    form = WRITERS["docx"].prepare(Document(blocks), Look(css, {"logo": logo()}, mark))
    return Docx(form.fill(values, PROPERTIES))


def labels(docx: Docx) -> dict[str, str]:
    """Return path → label of every numbered paragraph, counted as ECMA-376 says from `numbering.xml` alone."""
    counts: dict[str, int] = {}
    found = {}
    for node in docx.find("//w:p[w:pPr/w:numPr]"):
        number, depth = (node.xpath(f"w:pPr/w:numPr/w:{tag}/@w:val", namespaces=NAMES)[0] for tag in ("numId", "ilvl"))
        num = docx.find(f"/w:numbering/w:num[@w:numId='{number}']", "numbering")[0]
        start = num.xpath(f"w:lvlOverride[@w:ilvl='{depth}']/w:startOverride/@w:val", namespaces=NAMES)[0]
        counts[number] = counts.get(number, int(start) - 1) + 1
        abstract = num.xpath("w:abstractNumId/@w:val", namespaces=NAMES)[0]
        path = f"/w:numbering/w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='{depth}']"
        (level,) = docx.find(path, "numbering")
        shown = _counted(level.xpath("w:numFmt/@w:val", namespaces=NAMES)[0], counts[number])
        text = level.xpath("w:lvlText/@w:val", namespaces=NAMES)[0]
        found[node.getroottree().getpath(node)] = text.replace(f"%{int(depth) + 1}", shown)
    return found


_ROMAN = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]


def _counted(kind: str, number: int) -> str:
    """Return `number` in one of Word's formats."""
    match kind:
        case "decimal":
            return str(number)
        case "lowerLetter" | "upperLetter":
            text = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case _:
            text = _ROMAN[number]
    return text.upper() if kind.startswith("upper") else text
