"""DOCX package → what is wrong with its text, styles, lists, tables, pictures and properties."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from unittest.mock import patch

from lxml import etree
from PIL import Image, ImageFile

from tests.support.docx_package import PACKAGE, W14, WP, Package, W, doubles, value

PICTURES = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg", "jpeg"), "GIF": ("image/gif", "gif")}
"""Kind → content type and the file endings it may have."""
STYLE_USES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_W3C_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_TEMPLATE_MARK = re.compile(r"\{\{|\}\}|\{%|%\}")
_SYMBOLS = re.compile("[\uf000-\uf0ff]")
_TERMS = "{http://purl.org/dc/terms/}"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def leftover(package: Package) -> Iterator[str]:
    for part, text in texts(package):
        if mark := _TEMPLATE_MARK.search(text):
            yield f"{part}: {mark.group()} in {text[:80]!r}"
        if odd := sorted({letter for letter in text if unicodedata.category(letter) == "Co" or letter == "\ufffd"}):
            yield f"{part}: {', '.join(f'U+{ord(letter):04X}' for letter in odd)} in {text[:80]!r}"


def texts(package: Package) -> Iterator[tuple[str, str]]:
    """Yield part and text of each paragraph, of text outside paragraphs and of each attribute; bullets are no text."""
    for part, root in package.trees.items():
        for element in root.iter(etree.Element):
            if element.tag == f"{W}p":
                yield part, "".join(element.itertext(f"{W}t", f"{W}instrText", f"{W}delText"))
            elif element.text and next(element.iterancestors(f"{W}p"), None) is None:
                yield part, element.text
            for name, text in element.attrib.items():
                bullet = element.tag == f"{W}lvlText" and name == f"{W}val"
                yield part, _SYMBOLS.sub("", text) if bullet else text


def blank(package: Package) -> Iterator[str]:
    preserve = "{http://www.w3.org/XML/1998/namespace}space"
    for part, root in package.stories.items():
        for element in root.iter(f"{W}t", f"{W}instrText"):
            text = element.text or ""
            if text != text.strip(" ") and element.get(preserve) != "preserve":
                yield f"{part}: Word drops the blanks around {text[:40]!r}"
            if re.search(r"[\t\r\n]", text):
                yield f"{part}: tab or line feed as a character in {text[:40]!r}"


# Identifiers and what refers to them


def bookmark(package: Package) -> Iterator[str]:
    for part, root in package.stories.items():
        starts, ends = list(root.iter(f"{W}bookmarkStart")), list(root.iter(f"{W}bookmarkEnd"))
        for name in doubles(value(start, "name").casefold() for start in starts):
            yield f"{part}: two bookmarks {name}"
        begun = Counter(value(start, "id") for start in starts)
        ended = Counter(value(end, "id") for end in ends)
        for key in begun.keys() | ended.keys():
            if (begun[key], ended[key]) != (1, 1):
                yield f"{part}: bookmark {key} begins {begun[key]} and ends {ended[key]} times"


def paragraph_id(package: Package) -> Iterator[str]:
    """[MS-DOCX] 2.6.2.3: unique in its part, greater than 0, less than 0x80000000."""
    for part, root in package.trees.items():
        found = [element.get(f"{W14}paraId") for element in root.iter(etree.Element) if element.get(f"{W14}paraId")]
        for name in doubles(name.upper() for name in found):
            yield f"{part}: two paragraphs {name}"
        for name in found:
            if not re.fullmatch("[0-9A-Fa-f]{8}", name) or not 0 < int(name, 16) < 0x80000000:
                yield f"{part}: paragraph id {name} out of range"


def drawing_id(package: Package) -> Iterator[str]:
    for part, root in package.stories.items():
        for name in doubles(element.get("id", "") for element in root.iter(f"{WP}docPr")):
            yield f"{part}: two drawings {name}"


def style(package: Package) -> Iterator[str]:
    root = package.root_of("styles")
    styles = [] if root is None else list(root.iter(f"{W}style"))
    types = {value(item, "styleId"): value(item, "type") or "paragraph" for item in styles}
    for name in doubles(value(item, "styleId") for item in styles):
        yield f"two styles {name}"
    for item in styles:
        uses = {"basedOn": types[value(item, "styleId")], "next": "paragraph", "link": ""}
        for kind, expected in uses.items():
            named = value(item.find(f"{W}{kind}"))
            if named and (named not in types or types[named] != (expected or types[named])):
                yield f"style {value(item, 'styleId')}: {kind} {named}, which is no {expected or 'style'}"
    for part, tree in package.trees.items():
        for element in tree.iter(*(f"{W}{kind}" for kind in STYLE_USES)):
            expected = STYLE_USES[etree.QName(element).localname]
            if types.get(value(element)) != expected:
                yield f"{part}: {expected} style {value(element)} is not defined"


def numbering(package: Package) -> Iterator[str]:
    root = package.root_of("numbering")
    schemes = [] if root is None else root.findall(f"{W}abstractNum")
    lists = [] if root is None else root.findall(f"{W}num")
    for name in doubles(value(item, "abstractNumId") for item in schemes):
        yield f"two abstractNum {name}"
    for name in doubles(value(item, "numId") for item in lists):
        yield f"two num {name}"
    levels = {value(item, "abstractNumId"): {value(lvl, "ilvl") for lvl in item.iter(f"{W}lvl")} for item in schemes}
    scheme_of = {value(item, "numId"): value(item.find(f"{W}abstractNumId")) for item in lists}
    for name, scheme in scheme_of.items():
        if scheme not in levels:
            yield f"num {name}: abstractNum {scheme} is not defined"
    for part, tree in package.trees.items():
        for properties in tree.iter(f"{W}numPr"):
            name, level = value(properties.find(f"{W}numId")), value(properties.find(f"{W}ilvl")) or "0"
            if name in ("", "0"):
                continue
            if name not in scheme_of:
                yield f"{part}: num {name} is not defined"
            elif levels.get(scheme_of[name]) and level not in levels[scheme_of[name]]:
                yield f"{part}: num {name} has no level {level}"


# Tables and stories


def table_cell(package: Package) -> Iterator[str]:
    marks = {f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd")}
    for part, root in package.stories.items():
        for cell in root.iter(f"{W}tc"):
            blocks = [child.tag for child in cell.iterchildren(etree.Element) if child.tag not in marks]
            if not blocks or blocks[-1] != f"{W}p":
                yield f"{part}: a cell does not end in a paragraph: {''.join(cell.itertext())[:40]!r}"


def table_row(package: Package) -> Iterator[str]:
    for part, root in package.stories.items():
        for table in root.iter(f"{W}tbl"):
            columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
            rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
            if not rows:
                yield f"{part}: a table without rows"
            for row in rows:
                cells = [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
                width = sum(span(cell, f"{W}tcPr/{W}gridSpan", 1) for cell in cells)
                width += span(row, f"{W}trPr/{W}gridBefore", 0) + span(row, f"{W}trPr/{W}gridAfter", 0)
                if not cells:
                    yield f"{part}: a row without cells"
                elif width > columns:
                    yield f"{part}: a row of {width} columns in a grid of {columns}: {''.join(row.itertext())[:40]!r}"


def span(element: etree._Element, path: str, usual: int) -> int:
    text = value(element.find(path))
    return int(text) if text.isdigit() else usual


def story(package: Package) -> Iterator[str]:
    for part, root in package.stories.items():
        if root.tag in (f"{W}hdr", f"{W}ftr") and root.find(f".//{W}p") is None:
            yield f"{part}: no paragraph in it"


# Pictures and properties


def picture(package: Package) -> Iterator[str]:
    for part in package.parts:
        type_, ending = package.content_type(part), part.rpartition(".")[2].casefold()
        if not type_.startswith("image/"):
            continue
        content = io.BytesIO(package.content[part])
        try:
            # WeasyPrint lets Pillow take pictures that are cut short; here they are a fault.
            with patch.object(ImageFile, "LOAD_TRUNCATED_IMAGES", False), Image.open(content) as image:
                kind = image.format or ""
                image.load()
        except (OSError, SyntaxError, ValueError) as error:
            yield f"{part}: cannot be read as a picture: {error}"
            continue
        if (type_ not in PICTURES.get(kind, ())[:1]) or ending not in PICTURES[kind][1:]:
            yield f"{part}: is {kind}, called {type_}"


def core(package: Package) -> Iterator[str]:
    parts = [relation.target for relation in package.relations.get(PACKAGE, []) if relation.type == "core-properties"]
    if len(parts) != 1:
        yield f"{len(parts)} parts of core properties"
    for part in parts:
        root = package.trees.get(part)
        if root is None:
            continue
        for name in doubles(etree.QName(element).localname for element in root):
            yield f"{part}: {name} twice"
        for element in root.iter(f"{_TERMS}created", f"{_TERMS}modified"):
            if element.get(_XSI_TYPE) != "dcterms:W3CDTF" or not is_w3c_date(element.text or ""):
                yield f"{part}: {etree.QName(element).localname} is no date: {element.text!r}"


def is_w3c_date(text: str) -> bool:
    """Return whether `text` is a date of the W3C profile of ISO 8601 that exists."""
    if not _W3C_DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text if len(text) > 7 else f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


RULES = (
    leftover,
    blank,
    bookmark,
    paragraph_id,
    drawing_id,
    style,
    numbering,
    table_cell,
    table_row,
    story,
    picture,
    core,
)
