"""DOCX bytes → its ZIP entries, parsed parts, content types and relationships, read without trusting any of them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CONTENT_TYPES = "[Content_Types].xml"
PACKAGE = ""
"""The source of the package's own relationships."""

_TYPES_NAMESPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_XML_ENDINGS = (".xml", ".rels", ".vml")


@dataclass(frozen=True)
class Relation:
    """One relationship."""

    id: str
    type: str
    """Last word of its type: `styles`, `image`, `officeDocument`."""
    target: str
    """Name of the part it leads to, without the first slash; for an external one its address as written."""
    external: bool


@dataclass(frozen=True)
class Package:
    """What is in the file; of entries with equal names the last one, as most readers take it."""

    data: bytes
    entries: tuple[zipfile.ZipInfo, ...]
    comment: bytes
    content: dict[str, bytes]
    trees: dict[str, etree._Element]
    """Parts that are XML and could be parsed."""
    unreadable: dict[str, str]
    """Parts that should be XML and are not → why."""
    defaults: list[tuple[str, str]] = field(default_factory=list)
    """File ending in small letters → content type, in the order written."""
    overrides: list[tuple[str, str]] = field(default_factory=list)
    """Part → content type, in the order written."""
    relations: dict[str, list[Relation]] = field(default_factory=dict)
    """Part, or `PACKAGE` → where it leads."""

    @property
    def parts(self) -> list[str]:
        """Every part: neither content types nor relationships nor folders."""
        return [name for name in self.content if name != CONTENT_TYPES and not name.endswith((".rels", "/"))]

    @property
    def stories(self) -> dict[str, etree._Element]:
        """Parts that hold text of the document: body, headers, footers, notes."""
        roots = {f"{W}{name}" for name in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments")}
        return {name: tree for name, tree in self.trees.items() if tree.tag in roots}

    @property
    def main(self) -> str:
        """Name of the main part, or an empty text."""
        found = [relation.target for relation in self.relations.get(PACKAGE, []) if relation.type == "officeDocument"]
        return found[0] if found else ""

    def content_type(self, part: str) -> str:
        """Return the content type of `part`, or an empty text if none covers it."""
        overrides = {name.casefold(): type_ for name, type_ in self.overrides}
        ending = posixpath.splitext(part)[1].removeprefix(".").casefold()
        return overrides.get(part.casefold()) or dict(self.defaults).get(ending, "")

    def root_of(self, type_: str) -> etree._Element | None:
        """Return the part the main part leads to as `type_` (`styles`, `numbering`, `settings`)."""
        for relation in self.relations.get(self.main, []):
            if relation.type == type_ and relation.target in self.trees:
                return self.trees[relation.target]
        return None


def open_package(data: bytes) -> Package:
    """Return the package; raises zipfile.BadZipFile if `data` is no whole ZIP archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = tuple(archive.infolist())
        content = {entry.filename: archive.read(entry) for entry in entries if not entry.flag_bits & 1}
        package = Package(data, entries, archive.comment, content, {}, {})
    for name in content:
        if name.endswith(_XML_ENDINGS):
            _parse(package, name)
    _read_types(package)
    for name in [name for name in package.trees if name.endswith(".rels")]:
        package.relations[source_of(name)] = list(_relations(name, package.trees[name]))
    return package


def source_of(rels: str) -> str:
    """Return the part whose relationships `rels` holds: `word/_rels/document.xml.rels` → `word/document.xml`."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def _parse(package: Package, name: str) -> None:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(package.content[name], parser)
    except etree.XMLSyntaxError as error:
        package.unreadable[name] = f"no well-formed XML: {error}"
        return
    if root.getroottree().docinfo.doctype:
        package.unreadable[name] = "DOCTYPE"
    else:
        package.trees[name] = root


def _read_types(package: Package) -> None:
    root = package.trees.get(CONTENT_TYPES)
    if root is None:
        return
    for item in root.iter(f"{_TYPES_NAMESPACE}Default"):
        package.defaults.append((item.get("Extension", "").casefold(), item.get("ContentType", "")))
    for item in root.iter(f"{_TYPES_NAMESPACE}Override"):
        package.overrides.append((item.get("PartName", "").removeprefix("/"), item.get("ContentType", "")))


def _relations(rels: str, root: etree._Element) -> Iterator[Relation]:
    folder = posixpath.dirname(source_of(rels))
    for item in root:
        target, external = item.get("Target", ""), item.get("TargetMode") == "External"
        place = target if external else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield Relation(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], place, external)


def doubles(values: Iterable[str]) -> list[str]:
    """Return what occurs more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return `w:val`, or the attribute `w:name`, of an element that may not be there."""
    return "" if element is None else element.get(f"{W}{name}", "")
