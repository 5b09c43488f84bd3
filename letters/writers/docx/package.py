"""Laid-out letter → the members of its DOCX package, built with python-docx, values still as placeholders."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TypeVar

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsmap
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart, HeaderPart
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.story import StoryPart
from docx.parts.styles import StylesPart
from lxml import etree

from letters.writers.docx.blocks import Block, Grid, Paragraph, paragraphs, twips
from letters.writers.docx.body import Scribe
from letters.writers.docx.constants import APP, LANGUAGE, fonts_element, settings_element
from letters.writers.docx.headers import Margins
from letters.writers.docx.styles import make_styles, styles_element
from letters.writers.docx.xml import Node, make
from letters.writers.style import Page

_PartT = TypeVar("_PartT", bound=XmlPart)
CORE = "docProps/core.xml"
"""The member that says what the letter is; it is written anew for every letter."""


@dataclass(frozen=True)
class Letter:
    """A letter laid out for Word."""

    body: list[Block]
    plain: Paragraph
    """A plain paragraph: what the style Normal says if the letter has none."""
    margins: Margins
    page: Page
    assets: Mapping[str, bytes]
    fonts: Mapping[str, tuple[str, ...]]
    """Stand-ins of every type face, by its name."""


def build(letter: Letter) -> dict[str, bytes]:
    """Return the members of the package by name, in the order they are to be stored."""
    package = Package()
    root = make("w:document")
    main = _add(package, DocumentPart, "word/document.xml", CT.WML_DOCUMENT_MAIN, RT.OFFICE_DOCUMENT, root)
    every = [*letter.body, *(block for blocks in letter.margins.all for block in blocks)]
    styles = make_styles(letter.plain.shape, list(paragraphs(every)), _grids(every))
    scribe = Scribe.begin(styles)
    story = Story(main, letter.assets)
    root.append(make("w:body", *scribe.blocks(letter.body, story), _section(letter, main, scribe)))
    _add(main, StylesPart, "word/styles.xml", CT.WML_STYLES, RT.STYLES, styles_element(styles, LANGUAGE))
    if scribe.numbering.used:
        numbering = scribe.numbering.element()
        _add(main, NumberingPart, "word/numbering.xml", CT.WML_NUMBERING, RT.NUMBERING, numbering)
    _add(main, SettingsPart, "word/settings.xml", CT.WML_SETTINGS, RT.SETTINGS, settings_element())
    fonts = fonts_element(letter.fonts)
    _add(main, XmlPart, "word/fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE, fonts)
    _add_plain(package, CORE, CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, b"")
    _add_plain(package, "docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, APP)
    return _members(package)


def _grids(blocks: list[Block]) -> list[Grid]:
    """Return every grid of `blocks`, those in cells included."""
    found = [block for block in blocks if isinstance(block, Grid)]
    inner = [_grids(cell.blocks) for grid in found for row in grid.rows for cell in row.cells]
    return [*found, *(grid for grids in inner for grid in grids)]


# -- parts ----------------------------------------------------------------------------------------------


def _add(owner: Package | Part, kind: type[_PartT], name: str, content_type: str, relation: str, root: Node) -> _PartT:
    """Return a new part that `owner` refers to."""
    package = owner if isinstance(owner, Package) else owner.package
    part = kind(PackURI(f"/{name}"), content_type, root, package)
    owner.relate_to(part, relation)
    return part


def _add_plain(package: Package, name: str, content_type: str, relation: str, blob: bytes) -> None:
    package.relate_to(Part(PackURI(f"/{name}"), content_type, blob, package), relation)


@dataclass(frozen=True)
class Story:
    """A part with text, and the pictures it may show."""

    part: StoryPart
    assets: Mapping[str, bytes]

    def relation(self, source: str) -> str:
        """Return the id of the part's relationship to the file of picture `source`; one file serves all its uses."""
        relation, _ = self.part.get_or_add_image(BytesIO(self.assets[source]))
        return str(relation)


# -- the section ----------------------------------------------------------------------------------------


def _section(letter: Letter, main: StoryPart, scribe: Scribe) -> Node:
    """Return page set-up with headers and footers; page 1 without a header of its own is then without any."""
    margins = letter.margins
    first = margins.first_differs
    parts = (
        ("header", "first", margins.first_header if first else []),
        ("header", "default", margins.header),
        ("footer", "first", margins.first_footer if first else []),
        ("footer", "default", margins.footer),
    )
    present = [(kind, page, blocks) for kind, page, blocks in parts if blocks]
    references = [_margin_part(letter, main, scribe, number, *part) for number, part in enumerate(present, 1)]
    return make("w:sectPr", *references, *_page(letter), make("w:titlePg") if first else None)


def _margin_part(
    letter: Letter, main: StoryPart, scribe: Scribe, number: int, kind: str, page: str, blocks: list[Block]
) -> Node:
    """Write one header or footer and return the reference to it."""
    header = kind == "header"
    root = make("w:hdr" if header else "w:ftr")
    kind_of_part: type[StoryPart] = HeaderPart if header else FooterPart
    part = _add(
        main,
        kind_of_part,
        f"word/{kind}{number}.xml",
        CT.WML_HEADER if header else CT.WML_FOOTER,
        RT.HEADER if header else RT.FOOTER,
        root,
    )
    root.extend(scribe.blocks(blocks, Story(part, letter.assets)))
    relation = next(id_ for id_, relation in main.rels.items() if relation.target_part is part)
    return make(f"w:{kind}Reference", type=page, r_id=relation)


def _page(letter: Letter) -> tuple[Node, Node]:
    page, margins = letter.page, letter.margins
    sides = {side: twips(width) for side, width in page.margins.items()}
    turned = "landscape" if page.width > page.height else None
    return (
        make("w:pgSz", w=twips(page.width), h=twips(page.height), orient=turned),
        make(
            "w:pgMar",
            top=sides["top"],
            right=sides["right"],
            bottom=sides["bottom"],
            left=sides["left"],
            header=twips(margins.header_distance),
            footer=twips(margins.footer_distance),
            gutter=0,
        ),
    )


# -- members --------------------------------------------------------------------------------------------


_NAMESPACES = {prefix: nsmap[prefix] for prefix in ("w", "r", "wp", "a", "pic")}


def _members(package: Package) -> dict[str, bytes]:
    for part in package.iter_parts():
        if isinstance(part, XmlPart):
            etree.cleanup_namespaces(part.element, top_nsmap=_NAMESPACES)
    file = BytesIO()
    package.save(file)
    with zipfile.ZipFile(file) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}
