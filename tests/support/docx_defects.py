"""Defects of a DOCX by name, each with the one that must find it; planted one at a time in the sound letter."""

from __future__ import annotations

from tests.support.docx_package import W
from tests.support.planting import Edit, add, both, remove, sound_docx, swap, unpack
from tests.writers.sample import logo

BODY = "word/document.xml"
HEADER = "word/header1.xml"
FOOTER = "word/footer1.xml"
STYLES = "word/styles.xml"
NUMBERING = "word/numbering.xml"
SETTINGS = "word/settings.xml"
CORE = "docProps/core.xml"
TYPES = "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
LOGO = "word/media/image1.png"
JPEG = unpack(sound_docx())["docProps/thumbnail.jpeg"]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ADDRESSEE = "<w:r><w:t>Yth. Camat Diwek</w:t></w:r>"
CELL = '<w:p w14:paraId="00000006"><w:r><w:t>sel 0</w:t></w:r></w:p>'
COLUMNS = '<w:gridCol w:w="4320"/><w:gridCol w:w="4320"/>'
UNEXPECTED = "Sch_UnexpectedElementContentExpectingComplex"
INVALID = "Sch_InvalidElementContentExpectingComplex"
VALUE = "Sch_AttributeValueDataTypeDetailed"


def run(content: str) -> Edit:
    """Return an edit that puts `content` before the addressee."""
    return swap(BODY, ADDRESSEE, content + ADDRESSEE)


def simple_field(instruction: str) -> Edit:
    return run(f'<w:fldSimple w:instr="{instruction}"><w:r><w:t>x</w:t></w:r></w:fldSimple>')


def relation(type_: str, target: str, mode: str = "", source: str = RELATIONS) -> Edit:
    """Return an edit that adds one relationship."""
    space = "" if type_.startswith("http") else f"{OFFICE}/"
    item = f'<Relationship Id="rId99" Type="{space}{type_}" Target="{target}"{mode}/>'
    return swap(source, "</Relationships>", f"{item}</Relationships>")


def override(part: str, type_: str) -> Edit:
    return swap(TYPES, "</Types>", f'<Override PartName="/{part}" ContentType="{type_}"/></Types>')


EXTERNAL = ' TargetMode="External"'
BINARY = swap(TYPES, "</Types>", '<Default Extension="bin" ContentType="application/octet-stream"/></Types>')

OWN: dict[str, tuple[str, Edit]] = {
    "entry outside the folder": ("zip-name", add("../../x.xml", b"<x/>")),
    "entry with a backslash": ("zip-name", add("word\\x.xml", b"<x/>")),
    "entry that differs in case": ("zip-name", add("word/Document.xml", b"<x/>")),
    "broken XML": ("xml", swap(BODY, "</w:body>", "")),
    "DOCTYPE in the body": ("doctype", swap(BODY, "<w:document", "<!DOCTYPE x><w:document")),
    "external entity": (
        "doctype",
        both(
            swap(BODY, "<w:document", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document'),
            swap(BODY, "Yth. Camat Diwek", "&e;"),
        ),
    ),
    "ignorable prefix not declared": ("ignorable", swap(BODY, 'Ignorable="w14 wp14"', 'Ignorable="w14 w99"')),
    "part without content type": ("content-type", both(add("word/x.abc", b"x"), relation("theme", "x.abc"))),
    "content type of nothing": ("content-type", override("word/none.xml", "application/xml")),
    "two content types": ("content-type", override("word/styles.xml", f"{WORD}.styles+xml")),
    "content types missing": ("content-type", remove(TYPES)),
    "main part as plain XML": ("main-type", swap(TYPES, f"{WORD}.document.main+xml", "application/xml")),
    "main part as template": ("main-type", swap(TYPES, "document.main+xml", "template.main+xml")),
    "two main parts": ("main-type", relation("officeDocument", "word/document.xml", source="_rels/.rels")),
    "header with a footer's type": ("part-type", swap(TYPES, f"{WORD}.header+xml", f"{WORD}.footer+xml")),
    "target missing": ("relation-target", remove("word/theme/theme1.xml")),
    "relationships of a missing part": ("relation-target", add("word/_rels/none.xml.rels", b"<Relationships/>")),
    "two equal relationship ids": ("relation-id", swap(RELATIONS, 'Id="rId8"', 'Id="rId7"')),
    "picture of no relationship": ("relation-id", swap(BODY, 'r:embed="rId11"', 'r:embed="rId77"')),
    "picture that is a style sheet": ("relation-id", swap(BODY, 'r:embed="rId11"', 'r:embed="rId3"')),
    "external picture": ("external", relation("image", "http://example.org/x.png", EXTERNAL)),
    "hyperlink": ("external", relation("hyperlink", "http://example.org/", EXTERNAL)),
    "remote template": ("remote-template", relation("attachedTemplate", "http://example.org/x.dotm", EXTERNAL)),
    "orphan part": ("orphan", add("word/left.xml", b"<x/>")),
    "macro project": (
        "macro",
        both(add("word/vbaProject.bin", b"x"), relation("vbaProject", "vbaProject.bin"), BINARY),
    ),
    "macro-enabled type": (
        "macro",
        swap(TYPES, f"{WORD}.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
    ),
    "OLE object": (
        "embedded",
        both(add("word/embeddings/o.bin", b"x"), relation("oleObject", "embeddings/o.bin"), BINARY),
    ),
    "foreign content": ("embedded", both(add("word/x.xml", b"<x/>"), relation("aFChunk", "x.xml"))),
    "object element": ("embedded", run("<w:r><w:object/></w:r>")),
    "tracked insertion": ("revision", run('<w:ins w:id="1" w:author="x"><w:r><w:t>x</w:t></w:r></w:ins>')),
    "tracked deletion": ("revision", run('<w:del w:id="1" w:author="x"><w:r><w:delText>x</w:delText></w:r></w:del>')),
    "tracked format": (
        "revision",
        swap(BODY, ADDRESSEE, '<w:r><w:rPr><w:rPrChange w:id="1" w:author="x"><w:rPr/></w:rPrChange></w:rPr></w:r>'),
    ),
    "tracking switched on": ("revision", swap(SETTINGS, "<w:proofState", "<w:trackRevisions/><w:proofState")),
    "comment": ("revision", run('<w:r><w:commentReference w:id="1"/></w:r>')),
    "mail merge left": ("settings", swap(SETTINGS, "<w:proofState", "<w:mailMerge/><w:proofState")),
    "fields updated at opening": ("settings", swap(SETTINGS, "<w:proofState", "<w:updateFields/><w:proofState")),
    "field without end": ("field", swap(FOOTER, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")),
    "field without begin": ("field", swap(FOOTER, '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "")),
    "DDE field": ("field", simple_field("DDEAUTO c:\\\\x cmd")),
    "INCLUDETEXT split over runs": (
        "field",
        both(
            swap(FOOTER, " PAGE </w:instrText>", " INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT x</w:instrText>"),
        ),
    ),
    "INCLUDEPICTURE field": ("field", simple_field(" INCLUDEPICTURE http://example.org/x.png")),
    "field of a mail merge": ("field", simple_field(" MERGEFIELD nama ")),
    "template mark": ("leftover", swap(BODY, "Camat Diwek", "{{ jabatan }}")),
    "template mark split over runs": ("leftover", swap(BODY, "Camat Diwek", "{</w:t></w:r><w:r><w:t>{ jabatan")),
    "template statement in a header": (
        "leftover",
        swap(HEADER, "</w:pPr>", "</w:pPr><w:r><w:t>{% if x %}</w:t></w:r>"),
    ),
    "placeholder character": ("leftover", swap(BODY, "Camat Diwek", "\U000f0000")),
    "placeholder as a character reference": ("leftover", swap(BODY, "Camat Diwek", "&#xF0001;")),
    "placeholder in a description": ("leftover", swap(BODY, 'name="Picture 1"', 'name="Picture 1" descr="\U000f0002"')),
    "placeholder in the title": ("leftover", swap(CORE, "001/PM", "\U000f0003")),
    "replacement character": ("leftover", swap(BODY, "Camat Diwek", "Camat \ufffd")),
    "blank that Word drops": ("blank", swap(BODY, "Yth. Camat Diwek", "Yth. Camat Diwek ")),
    "line feed as a character": ("blank", swap(BODY, "Yth. Camat Diwek", "Yth.\nCamat Diwek")),
    "bookmark without end": ("bookmark", swap(BODY, '<w:bookmarkEnd w:id="7"/>', "")),
    "bookmark without begin": ("bookmark", swap(BODY, '<w:bookmarkStart w:id="7" w:name="akhir"/>', "")),
    "two bookmarks of one name": (
        "bookmark",
        run('<w:bookmarkStart w:id="8" w:name="Akhir"/><w:bookmarkEnd w:id="8"/>'),
    ),
    "two equal paragraph ids": ("paragraph-id", swap(BODY, 'paraId="00000003"', 'paraId="00000002"')),
    "paragraph id out of range": ("paragraph-id", swap(BODY, 'paraId="00000003"', 'paraId="80000000"')),
    "two equal drawing ids": ("drawing-id", swap(BODY, 'docPr id="2"', 'docPr id="1"')),
    "paragraph style not defined": ("style", swap(BODY, '"Heading1"', '"Judul"')),
    "paragraph style for characters": ("style", run('<w:r><w:rPr><w:rStyle w:val="Heading1"/></w:rPr></w:r>')),
    "style based on nothing": ("style", swap(STYLES, '<w:basedOn w:val="Normal"/>', '<w:basedOn w:val="None"/>')),
    "two styles of one id": ("style", swap(STYLES, 'w:styleId="Heading2"', 'w:styleId="Heading1"')),
    "styles missing": ("style", swap(RELATIONS, f"{OFFICE}/styles", f"{OFFICE}/x")),
    "list not defined": (
        "numbering",
        swap(BODY, '<w:pStyle w:val="ListNumber"/>', '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'),
    ),
    "list level not defined": (
        "numbering",
        swap(BODY, '<w:pStyle w:val="ListNumber"/>', '<w:numPr><w:ilvl w:val="3"/><w:numId w:val="1"/></w:numPr>'),
    ),
    "list scheme not defined": (
        "numbering",
        swap(NUMBERING, '<w:abstractNumId w:val="8"/>', '<w:abstractNumId w:val="88"/>'),
    ),
    "two lists of one id": ("numbering", swap(NUMBERING, '<w:num w:numId="2">', '<w:num w:numId="1">')),
    "cell without paragraph": ("table-cell", swap(BODY, CELL, "")),
    "cell that ends in a table": (
        "table-cell",
        swap(
            BODY,
            CELL,
            f"{CELL}<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        ),
    ),
    "row without cells": ("table-row", swap(BODY, "</w:tblGrid>", "</w:tblGrid><w:tr/>")),
    "row wider than the grid": ("table-row", swap(BODY, COLUMNS, '<w:gridCol w:w="4320"/>')),
    "span wider than the grid": (
        "table-row",
        swap(BODY, '<w:tcW w:type="dxa" w:w="4320"/>', '<w:tcW w:type="dxa" w:w="4320"/><w:gridSpan w:val="2"/>'),
    ),
    "table without rows": (
        "table-row",
        swap(BODY, "<w:sectPr", "<w:tbl><w:tblPr/><w:tblGrid/></w:tbl><w:p/><w:sectPr"),
    ),
    "header without paragraph": ("story", add(HEADER, f'<w:hdr xmlns:w="{W[1:-1]}"/>'.encode())),
    "PNG that is none": ("picture", add(LOGO, b"<svg/>")),
    "PNG cut short": ("picture", add(LOGO, logo()[:900])),
    "JPEG called PNG": ("picture", add(LOGO, JPEG)),
    "title twice": ("core", swap(CORE, "<dc:title>", "<dc:title>x</dc:title><dc:title>")),
    "date in words": ("core", swap(CORE, "2013-12-23T23:15:00Z", "24 September 2024")),
    "date that does not exist": ("core", swap(CORE, "2013-12-23T23:15:00Z", "2024-02-30T12:00:00Z")),
    "date without its type": ("core", swap(CORE, ' xsi:type="dcterms:W3CDTF"', "")),
    "core properties twice": ("core", relation(CORE_PROPERTIES, "docProps/core.xml", source="_rels/.rels")),
}
"""What our own rules must find: name of the defect → rule, edit."""

SDK: dict[str, tuple[str, Edit]] = {
    "run properties in wrong order": (
        UNEXPECTED,
        swap(BODY, "<w:r><w:t>Yth.", '<w:r><w:rPr><w:sz w:val="24"/><w:b/></w:rPr><w:t>Yth.'),
    ),
    "paragraph properties after the run": (
        UNEXPECTED,
        swap(BODY, ADDRESSEE, f'{ADDRESSEE}<w:pPr><w:jc w:val="center"/></w:pPr>'),
    ),
    "style after alignment": (
        UNEXPECTED,
        swap(BODY, '<w:pStyle w:val="Heading1"/>', '<w:jc w:val="center"/><w:pStyle w:val="Heading1"/>'),
    ),
    "paragraph in a paragraph": (INVALID, run("<w:p/>")),
    "text without run": (INVALID, run("<w:t>x</w:t>")),
    "element unknown to Word": (INVALID, run("<w:zebra/>")),
    "alignment unknown": (
        VALUE,
        swap(BODY, '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading1"/><w:jc w:val="middle"/>'),
    ),
    "size that is no number": (
        "Sch_AttributeUnionFailedEx",
        swap(BODY, "<w:r><w:t>Yth.", '<w:r><w:rPr><w:sz w:val="besar"/></w:rPr><w:t>Yth.'),
    ),
    "attribute unknown": (
        "Sch_UndeclaredAttribute",
        swap(BODY, '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading1" w:x="1"/>'),
    ),
    "required attribute missing": (
        "Sch_MissRequiredAttribute",
        swap(BODY, '<w:bookmarkStart w:id="7"', "<w:bookmarkStart"),
    ),
    "picture without size": (UNEXPECTED, swap(BODY, '<wp:extent cx="720000" cy="720000"/>', "")),
    "table without grid": (UNEXPECTED, swap(BODY, f"<w:tblGrid>{COLUMNS}</w:tblGrid>", "")),
    "page size after margins": (
        UNEXPECTED,
        both(
            swap(BODY, '<w:pgSz w:w="12240" w:h="15840"/>', ""),
            swap(BODY, "</w:sectPr>", '<w:pgSz w:w="12240" w:h="15840"/></w:sectPr>'),
        ),
    ),
    "list before its scheme": (
        UNEXPECTED,
        swap(NUMBERING, "<w:abstractNum ", '<w:num w:numId="70"><w:abstractNumId w:val="8"/></w:num><w:abstractNum '),
    ),
    "level out of range": (VALUE, swap(NUMBERING, '<w:lvl w:ilvl="0">', '<w:lvl w:ilvl="x">')),
    "section text after the section": (UNEXPECTED, swap(BODY, "</w:sectPr>", "</w:sectPr><w:p/>")),
    "font table element unknown": (INVALID, swap("word/fontTable.xml", "<w:font ", "<w:fons/><w:font ")),
    "settings in wrong order": (
        UNEXPECTED,
        both(
            swap(SETTINGS, '<w:zoom w:val="bestFit"/>', ""),
            swap(SETTINGS, "</w:settings>", '<w:zoom w:val="bestFit"/></w:settings>'),
        ),
    ),
}
"""What only the SDK sees: name of the defect → id of its finding, edit."""
