"""DOCX package → what is wrong with its archive, content types and relationships, and what no letter may hold."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterator

from lxml import etree

from tests.support.docx_package import CONTENT_TYPES, OFFICE, PACKAGE, Package, R, W, doubles, source_of, value

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)
FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "REF", "PAGEREF", "STYLEREF", "SEQ"}
"""Fields a letter may hold: they count or point, they fetch nothing and ask nothing."""
PART_TYPES = {"header", "footer", "styles", "numbering", "settings", "fontTable", "footnotes", "endnotes"}
"""Relationship types whose parts have a content type of the same name."""
EMBEDDED = {"oleObject", "package", "control", "activeXControlBinary", "aFChunk", "subDocument"}
_SAFE_NAME = re.compile(r"(\[Content_Types\]\.xml|[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*)")


def zip_form(package: Package) -> Iterator[str]:
    if not package.data.startswith(b"PK\x03\x04"):
        yield "something stands before the archive"
    if package.comment:
        yield "the archive has a comment"
    for entry in package.entries:
        if entry.flag_bits & 1:
            yield f"{entry.filename}: encrypted"
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield f"{entry.filename}: compressed in a way Word does not know ({entry.compress_type})"


def zip_date(package: Package) -> Iterator[str]:
    for entry in package.entries:
        if entry.date_time != FIRST_DATE:
            yield f"{entry.filename}: dated {entry.date_time}, not 1980-01-01"


def zip_name(package: Package) -> Iterator[str]:
    for name in doubles(entry.filename.casefold() for entry in package.entries):
        yield f"{name}: twice in the archive"
    for entry in package.entries:
        segments = entry.filename.split("/")
        if not _SAFE_NAME.fullmatch(entry.filename) or any(segment.endswith(".") for segment in segments):
            yield f"{entry.filename!r}: odd name"


def xml(package: Package) -> Iterator[str]:
    for name, reason in package.unreadable.items():
        if reason != "DOCTYPE":
            yield f"{name}: {reason}"
    for name, root in package.trees.items():
        if (root.getroottree().docinfo.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
            yield f"{name}: not UTF-8"


def doctype(package: Package) -> Iterator[str]:
    for name, reason in package.unreadable.items():
        if reason == "DOCTYPE":
            yield f"{name}: has a DOCTYPE"


def ignorable(package: Package) -> Iterator[str]:
    name = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
    for part, root in package.trees.items():
        for element in root.iter(etree.Element):
            for prefix in element.get(name, "").split():
                if prefix not in element.nsmap:
                    yield f"{part}: mc:Ignorable names the prefix {prefix}, which is not declared"


# Content types and relationships


def content_type(package: Package) -> Iterator[str]:
    if CONTENT_TYPES not in package.content:
        yield f"{CONTENT_TYPES} is missing"
    for part in package.parts:
        if not package.content_type(part):
            yield f"{part}: no content type covers it"
    for name, _ in package.overrides:
        if name not in package.content:
            yield f"{name}: has a content type and is not there"
    named = [name.casefold() for name, _ in [*package.defaults, *package.overrides]]
    for name in doubles(named):
        yield f"{name}: two content types"


def main_type(package: Package) -> Iterator[str]:
    targets = [relation for relation in package.relations.get(PACKAGE, []) if relation.type == "officeDocument"]
    if len(targets) != 1:
        yield f"{len(targets)} main parts"
    for relation in targets:
        if package.content_type(relation.target) != MAIN_TYPE:
            yield f"{relation.target}: content type {package.content_type(relation.target) or 'missing'}"


def part_type(package: Package) -> Iterator[str]:
    for relations in package.relations.values():
        for relation in relations:
            expected = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{relation.type}+xml"
            found = package.content_type(relation.target)
            if relation.type in PART_TYPES and not relation.external and found != expected:
                yield f"{relation.target}: is a {relation.type} with the content type {found or 'missing'}"


def relation_target(package: Package) -> Iterator[str]:
    for source, relations in package.relations.items():
        if source != PACKAGE and source not in package.content:
            yield f"{source}: has relationships and is not there"
        for relation in relations:
            if not relation.external and relation.target not in package.content:
                yield f"{source or 'package'}: {relation.id} leads to {relation.target}, which is not there"


def relation_id(package: Package) -> Iterator[str]:
    for source, relations in package.relations.items():
        for name in doubles(relation.id for relation in relations):
            yield f"{source or 'package'}: {name} stands for two relationships"
    expected = {"headerReference": "header", "footerReference": "footer", "blip": "image", "imagedata": "image"}
    for part, root in package.trees.items():
        known = {relation.id: relation.type for relation in package.relations.get(part, [])}
        for element in root.iter(etree.Element):
            kind = expected.get(etree.QName(element).localname, "")
            for name in (text for key, text in element.attrib.items() if key.startswith(R)):
                if name not in known:
                    yield f"{part}: {name!r} is no relationship of this part"
                elif kind and known[name] != kind:
                    yield f"{part}: {name} is a {known[name]}, not a {kind}"


def external(package: Package) -> Iterator[str]:
    for source, relations in package.relations.items():
        for relation in relations:
            if relation.external and relation.type != "attachedTemplate":
                yield f"{source or 'package'}: {relation.type} outside the file: {relation.target}"


def remote_template(package: Package) -> Iterator[str]:
    for source, relations in package.relations.items():
        for relation in relations:
            if relation.type == "attachedTemplate":
                yield f"{source}: template {relation.target}"


def orphan(package: Package) -> Iterator[str]:
    reached, waiting = {PACKAGE}, [PACKAGE]
    while waiting:
        for relation in package.relations.get(waiting.pop(), []):
            if not relation.external and relation.target not in reached:
                reached.add(relation.target)
                waiting.append(relation.target)
    for part in package.parts:
        if part not in reached:
            yield f"{part}: nothing leads to it"
    for name in package.content:
        if name.endswith(".rels") and source_of(name) not in reached:
            yield f"{name}: relationships of nothing"


# What must not be in a letter


def macro(package: Package) -> Iterator[str]:
    for part in package.parts:
        type_ = package.content_type(part).casefold()
        if "macroenabled" in type_ or "vba" in type_ or "vba" in part.casefold():
            yield f"{part}: macros"
    for element, part in elements(package, {"macroPres", "macroName", "keymap", "toolbars"}):
        yield f"{part}: {element}"
    for source, relations in package.relations.items():
        for relation in relations:
            if relation.type in ("vbaProject", "keyMapCustomizations", "wordVbaData"):
                yield f"{source}: {relation.type}"


def embedded(package: Package) -> Iterator[str]:
    for source, relations in package.relations.items():
        for relation in relations:
            if relation.type in EMBEDDED:
                yield f"{source}: {relation.type} {relation.target}"
    for element, part in elements(package, {"object", "OLEObject", "control", "altChunk", "subDoc"}):
        yield f"{part}: {element}"


def revision(package: Package) -> Iterator[str]:
    names = {"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "delText", "trackRevisions"}
    names |= {"commentRangeStart", "commentRangeEnd", "commentReference", "comment", "moveFromRangeStart"}
    names |= {f"{kind}PrChange" for kind in ("r", "p", "tbl", "tr", "tc", "sect", "tblEx")} | {"numberingChange"}
    for element, part in elements(package, names):
        yield f"{part}: {element}, a trace of editing"


def settings(package: Package) -> Iterator[str]:
    names = {
        "mailMerge",
        "attachedTemplate",
        "updateFields",
        "writeProtection",
        "documentProtection",
        "saveThroughXslt",
    }
    for element, part in elements(package, names):
        yield f"{part}: {element}"


def elements(package: Package, names: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield local name and part of each element of WordprocessingML or Office VML that is called one of `names`."""
    tags = [f"{space}{name}" for space in (W, OFFICE) for name in names]
    for part, root in package.trees.items():
        for element in root.iter(*tags):
            yield etree.QName(element).localname, part


def field(package: Package) -> Iterator[str]:
    for part, root in package.stories.items():
        open_fields: list[list[str]] = []
        for element in root.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
            if element.tag == f"{W}fldSimple":
                yield from unwelcome(part, value(element, "instr"))
            elif element.tag == f"{W}instrText":
                if open_fields:
                    open_fields[-1].append(element.text or "")
                else:
                    yield f"{part}: an instruction outside any field"
            elif value(element, "fldCharType") == "begin":
                open_fields.append([])
            elif value(element, "fldCharType") == "end":
                if not open_fields:
                    yield f"{part}: a field ends that did not begin"
                else:
                    yield from unwelcome(part, "".join(open_fields.pop()))
        for instruction in open_fields:
            yield f"{part}: field without end: {''.join(instruction)}"
            yield from unwelcome(part, "".join(instruction))


def unwelcome(part: str, instruction: str) -> Iterator[str]:
    name = (instruction.split() or [""])[0].upper()
    if name not in FIELDS:
        yield f"{part}: field {name or 'without a name'}"


RULES = (
    zip_form,
    zip_date,
    zip_name,
    xml,
    doctype,
    ignorable,
    content_type,
    main_type,
    part_type,
    relation_target,
    relation_id,
    external,
    remote_template,
    orphan,
    macro,
    embedded,
    revision,
    settings,
    field,
)
