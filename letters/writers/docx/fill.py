"""Members of a package with placeholders + a letter's values → the bytes of its DOCX file.

Everything that is the same in every letter is compressed once, and stands first in the archive; the parts with values
are text cut at the values. Times in the archive are fixed, so the same values give the same bytes.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from xml.sax.saxutils import escape

from letters.model.letter import Properties
from letters.writers.docx.characters import checked
from letters.writers.docx.package import CORE
from letters.writers.docx.slots import PATTERN, read_slot

# -- values ---------------------------------------------------------------------------------------------

_SPECIAL = "&<>\n\t"
"""What `value_xml` writes otherwise."""
_CLOSE, _OPEN = "</w:t>", '<w:t xml:space="preserve">'
_BREAK = f"{_CLOSE}<w:br/>{_OPEN}"
_TAB = f"{_CLOSE}<w:tab/>{_OPEN}"


def value_xml(text: str) -> str:
    """Return a value inside a `w:t`: never markup, a line feed is a line break, a tab a tab."""
    return escape(text).replace("\n", _BREAK).replace("\t", _TAB)


def attribute_xml(text: str) -> str:
    """Return a value inside a double-quoted attribute, on one line."""
    return escape(text.replace("\n", " ").replace("\t", " "), {'"': "&quot;"})


# -- parts ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Cut:
    """A part cut at its values, and what it was for the letter before: the letterhead is the same in most of them."""

    name: str
    literals: tuple[str, ...]
    """One more than there are slots."""
    slots: tuple[tuple[int, bool], ...]
    """Index of the value, and whether it stands in an attribute."""
    _before: list[str] = field(default_factory=list)
    _packed: Member | None = None

    def fill(self, values: Sequence[str], in_text: Sequence[str]) -> Member:
        """Return the part with its values, ready to be stored; `in_text` are the same as XML text."""
        words = [attribute_xml(values[index]) if in_attribute else in_text[index] for index, in_attribute in self.slots]
        if self._packed is None or words != self._before:
            text = "".join(chain(*zip(self.literals, words, strict=False), self.literals[-1:]))
            self._before, self._packed = words, pack(self.name, text.encode())
        return self._packed


def cut(name: str, data: bytes) -> Cut | None:
    """Return a part cut at its values; None if it has none, as a picture."""
    if not name.endswith(".xml"):
        return None
    found = re.split(PATTERN, data.decode())
    if len(found) == 1:
        return None
    return Cut(name, tuple(found[::2]), tuple(read_slot(character) for character in found[1::2]))


_NAMES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def core_xml(properties: Properties) -> bytes:
    """Return `docProps/core.xml`: what the letter says about itself."""
    words = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": properties.author,
        "dc:identifier": properties.identifier,
        "dc:language": properties.language,
        "cp:lastModifiedBy": properties.author,
    }
    texts = zip(words, checked(words.values()), strict=True)
    lines = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in texts if text)
    day = f"{properties.created:%Y-%m-%dT%H:%M:%S}Z"
    dates = "".join(
        f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{day}</dcterms:{tag}>' for tag in ("created", "modified")
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<cp:coreProperties {_NAMES}>{lines}{dates}</cp:coreProperties>".encode()


# -- archive --------------------------------------------------------------------------------------------

_DATE = (0, 0x21)
"""Time and date of every member: midnight of 1 January 1980, the first that ZIP can say."""
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_STORED, _DEFLATED = 0, 8
_VERSION = 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive as it is stored."""

    local: bytes
    """Header and compressed data."""
    name: bytes
    facts: tuple[int, ...]
    """Version, flags, method, time, date, checksum, compressed size, size, length of the name."""

    def central(self, offset: int) -> bytes:
        """Return the entry of the central directory for a member stored at `offset`."""
        return _CENTRAL.pack(b"PK\1\2", _VERSION, *self.facts, 0, 0, 0, 0, 0, offset) + self.name


def pack(name: str, data: bytes, level: int = 3) -> Member:
    """Return `data` ready to be stored as `name`, compressed unless that makes it larger (as with pictures).

    The usual level is the quickest that packs a letter's text nearly as well as the best one.
    """
    compressor = zlib.compressobj(level, zlib.DEFLATED, -15)
    packed = compressor.compress(data) + compressor.flush()
    method, packed = (_DEFLATED, packed) if len(packed) < len(data) else (_STORED, data)
    return _member(name, data, method, packed)


def store(name: str, data: bytes) -> Member:
    """Return `data` ready to be stored as `name` as it is: for what is too short to be worth packing."""
    return _member(name, data, _STORED, data)


def _member(name: str, data: bytes, method: int, packed: bytes) -> Member:
    encoded = name.encode()
    facts = (_VERSION, 0, method, *_DATE, zlib.crc32(data), len(packed), len(data), len(encoded))
    return Member(_LOCAL.pack(b"PK\3\4", *facts, 0) + encoded + packed, encoded, facts)


@dataclass(frozen=True, slots=True)
class Run:
    """Members as they stand one after the other at the beginning of an archive."""

    count: int
    local: bytes
    central: bytes


def run_of(members: Iterable[Member]) -> Run:
    """Return `members` as the beginning of an archive."""
    count, local, central = 0, bytearray(), bytearray()
    for member in members:
        central += member.central(len(local))
        local += member.local
        count += 1
    return Run(count, bytes(local), bytes(central))


def archive(first: Run, members: Sequence[Member]) -> bytes:
    """Return the ZIP file of the members in `first` and then of `members`."""
    pieces, directory, offset = [first.local], [first.central], len(first.local)
    for member in members:
        pieces.append(member.local)
        directory.append(member.central(offset))
        offset += len(member.local)
    entries, count = b"".join(directory), first.count + len(members)
    return b"".join([*pieces, entries, _END.pack(b"PK\5\6", 0, 0, count, count, len(entries), offset, 0)])


# -- the form -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DocxForm:
    """One shape, ready to be filled."""

    fixed: Run
    """What has no values."""
    parts: tuple[Cut, ...]

    def fill(self, values: Sequence[str], properties: Properties) -> bytes:
        """Return the DOCX of one letter; raises `WriteError` for characters that XML cannot hold."""
        clean = checked(values)
        together = "".join(clean)
        in_text = list(map(value_xml, clean)) if any(sign in together for sign in _SPECIAL) else clean
        filled = [part.fill(clean, in_text) for part in self.parts]
        return archive(self.fixed, [*filled, store(CORE, core_xml(properties))])


def compile_form(members: Mapping[str, bytes]) -> DocxForm:
    """Return the form of a package; its members stay in their order, but for those that are not fixed."""
    given = {name: data for name, data in members.items() if name != CORE}
    cuts = {name: part for name, data in given.items() if (part := cut(name, data))}
    fixed = run_of(pack(name, data, 9) for name, data in given.items() if name not in cuts)
    return DocxForm(fixed, tuple(cuts.values()))
