"""DOCX bytes → readable text: the parts we write as canonical XML, everything else by name and hash; and its words."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def dump(data: bytes) -> str:
    """Return every part of a package in a form that shows any change: order, children, attributes, text."""
    lines: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            lines.append(f"==== {name}")
            content = package.read(name)
            if name.endswith((".xml", ".rels")):
                lines.extend(element_lines(etree.fromstring(content)))
            else:
                lines.append(f"sha256 {hashlib.sha256(content).hexdigest()}")
    return "\n".join(lines) + "\n"


def element_lines(element: etree._Element, depth: int = 0) -> Iterator[str]:
    """Yield one line per element: short name, attributes in alphabetical order, its text as a literal."""
    indent = "  " * depth
    attributes = "".join(f" {short(element, name)}={value!r}" for name, value in sorted(element.attrib.items()))
    text = f" {element.text!r}" if element.text and element.text.strip() else ""
    yield f"{indent}{short(element, element.tag)}{attributes}{text}"
    for child in element:
        yield from element_lines(child, depth + 1)
        if child.tail and child.tail.strip():
            yield f"{indent}  tail {child.tail!r}"


def short(element: etree._Element, name: object) -> str:
    """Return `{namespace}name` as `prefix:name`."""
    qualified = etree.QName(str(name))
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items()}
    prefix = prefixes.get(qualified.namespace)
    return f"{prefix}:{qualified.localname}" if prefix else qualified.localname


def parts_text(data: bytes, name: str) -> list[str]:
    """Return the paragraphs of one part as text; breaks are line feeds, tabs tabs."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read(name))
    return [paragraph_text(paragraph) for paragraph in root.iter(f"{W}p")]


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the words of a `w:p`."""
    marks = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
    found = [node for node in paragraph.iter() if node.tag in marks]
    return "".join((node.text or "") if marks[str(node.tag)] is None else str(marks[str(node.tag)]) for node in found)
