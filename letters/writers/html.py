"""Document → element tree (shared with DOCX) → HTML: literal pieces once per shape, values in between per letter.

The body is well-formed XML as well as HTML, so that the PDF writer may read it with the fast parser.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from letters.errors import N_, Problem, WriteError
from letters.model.document import (
    Block,
    Cell,
    Document,
    Emphasis,
    Field,
    Fields,
    Fill,
    Heading,
    Image,
    Inline,
    LineBreak,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    Region,
    Strong,
    Table,
    Text,
    Underline,
    Value,
)
from letters.model.labels import label
from letters.model.letter import Properties
from letters.model.walk import Node, walk
from letters.writers import Look

ASSET_SCHEME = "aset:"
"""URL scheme of pictures in the tree; it names an entry of `Look.assets`, never a file or a host."""

# -- document → element tree --------------------------------------------------------------------------

_SLOT = 0xF0000
"""A value's place in element text: this plus its index (private use, plane 15), as in merged Markdown."""
_ATTRIBUTE_SLOT = 0x100000
"""A value's place in an attribute (plane 16): there a line feed is a blank, not an element."""
_INLINE_TAGS = {Strong: "strong", Emphasis: "em", Underline: "u"}
_MARKER_WIDTHS = (3, 5)
"""Most characters a list label may have in the usual step and in the wide one: `12.`, `viii.`; more is `(xiii)`."""
_LABEL_WIDTHS = (8, 14)
"""The same for labels of a field block: `Lampiran`, `Hari, tanggal`; more is `Pangkat/golongan`."""


@dataclass(frozen=True)
class Tree:
    """A document as elements, for whoever computes the stylesheet's cascade."""

    root: Element
    """`<html>` with `<head>` and `<body>`; values stand in it as placeholder characters."""
    element_of: dict[int, Element] = field(default_factory=dict)
    """`id(node)` of every node → its element; `Text`, `Value` and `Fields` have none of their own and give the
    element around them, `Fill` gives the `span.kanan` it opens."""


def build_tree(document: Document) -> Tree:
    """Return `document` as an HTML element tree. Nodes must be distinct objects to be told apart by id."""
    root = Element("html", {"lang": "id"})
    SubElement(root, "head")
    tree = Tree(root)
    _Builder(tree.element_of).document(document, SubElement(root, "body"))
    return tree


class _Builder:
    """Adds elements below a parent and notes which node each came from."""

    def __init__(self, element_of: dict[int, Element]) -> None:
        self.element_of = element_of

    def note(self, node: Node, element: Element) -> Element:
        self.element_of[id(node)] = element
        return element

    def document(self, document: Document, body: Element) -> None:
        self.blocks(document.blocks, self.note(document, body))

    def blocks(self, blocks: Sequence[Block], parent: Element) -> None:
        for block in blocks:
            self.block(block, parent)

    def block(self, block: Block, parent: Element) -> None:
        match block:
            case Paragraph():
                self.line(block, "p", block.children, parent)
            case Heading():
                self.line(block, f"h{block.level}", block.children, parent)
            case Region():
                element = SubElement(parent, "div", {"class": " ".join(block.names)})
                self.blocks(block.blocks, self.note(block, element))
            case List():
                self.list(block, parent)
            case Fields():
                self.fields(block, parent)
            case Table():
                self.table(block, parent)
            case Image():
                self.image(block, parent)
            case PageBreak():
                self.note(block, SubElement(parent, "div", {"class": "halaman-baru"}))

    def line(self, node: Paragraph | Heading, tag: str, inlines: Sequence[Inline], parent: Element) -> None:
        element = self.note(node, SubElement(parent, tag))
        if has_fill(inlines):
            element.set("class", "dua-sisi")
        self.inlines(inlines, element)

    def list(self, node: List, parent: Element) -> None:
        labels = [label(node.scheme, item.number) for item in node.items]
        element = self.note(node, SubElement(parent, "ol", {"class": _list_class(node, labels)}))
        for item, text in zip(node.items, labels, strict=True):
            self.item(item, text, element)

    def item(self, node: ListItem, text: str, parent: Element) -> None:
        """One `<li>`; the `<div>` around its blocks becomes the list body (LBody) of the tagged PDF."""
        attributes = {"value": str(node.number)} if node.number else {}
        element = self.note(node, SubElement(parent, "li", {**attributes, "style": f'list-style-type:"{text}\\9"'}))
        self.blocks(node.blocks, SubElement(element, "div"))

    def fields(self, node: Fields, parent: Element) -> None:
        longest = max((len(_literal_text(row.label)) for row in node.rows), default=0)
        self.note(node, parent)
        for row in node.rows:
            self.field(row, parent, _width_class(longest, _LABEL_WIDTHS), row is node.rows[-1])

    def field(self, node: Field, parent: Element, width: str, last: bool) -> None:
        names = ("isian", width, "dua-sisi" if has_fill(node.value) else "", "akhir" if last else "")
        row = self.note(node, SubElement(parent, "p", {"class": " ".join(filter(None, names))}))
        self.inlines(node.label, SubElement(row, "span", {"class": "label"}))
        SubElement(row, "span", {"class": "titik-dua"}).text = ":"
        self.inlines(node.value, row)

    def table(self, node: Table, parent: Element) -> None:
        element = self.note(node, SubElement(parent, "table"))
        columns = SubElement(element, "colgroup")
        for width in node.widths:
            SubElement(columns, "col", {"style": f"width:{100 * width / sum(node.widths):.3f}%"})
        self.row(node, node.head, "th", SubElement(element, "thead"))
        body = SubElement(element, "tbody")
        for cells in node.rows:
            self.row(node, cells, "td", body)

    def row(self, table: Table, cells: Sequence[Cell], tag: str, parent: Element) -> None:
        row = SubElement(parent, "tr")
        for cell, align in zip(cells, table.aligns, strict=True):
            attributes = {"scope": "col"} if tag == "th" else {"class": align.value}
            self.inlines(cell.children, self.note(cell, SubElement(row, tag, attributes)))

    def image(self, node: Image, parent: Element) -> None:
        words = "".join(_alt_text(inline) for inline in node.alt)
        source = ASSET_SCHEME + quote(node.source, safe="")
        self.note(node, SubElement(parent, "img", {"class": node.source, "src": source, "alt": words}))
        for inline in node.alt:
            self.note(inline, self.element_of[id(node)])

    def inlines(self, inlines: Sequence[Inline], parent: Element) -> None:
        """Add `inlines` to `parent`; what follows a `Fill` goes into its span until the line ends."""
        target = parent
        for inline in inlines:
            match inline:
                case Text():
                    _add_text(self.note(inline, target), inline.text)
                case Value():
                    _add_text(self.note(inline, target), chr(_SLOT + inline.index))
                case LineBreak():
                    target = parent
                    self.note(inline, SubElement(target, "br"))
                case Fill():
                    target = self.note(inline, SubElement(parent, "span", {"class": "kanan"}))
                case Strong() | Emphasis() | Underline():
                    element = SubElement(target, _INLINE_TAGS[type(inline)])
                    self.inlines(inline.children, self.note(inline, element))


def has_fill(inlines: Sequence[Inline]) -> bool:
    """Tell whether a line has a right side (place and date on the line of the number)."""
    return any(isinstance(node, Fill) for inline in inlines for node in walk(inline))


def _list_class(node: List, labels: Sequence[str]) -> str:
    """Return the classes of a list: how it counts, what stands around the count, and how wide it gets."""
    around = "kurung" if node.scheme.prefix else {".": "titik", ")": "tutup"}.get(node.scheme.suffix, "")
    width = _width_class(max((len(text) for text in labels), default=0), _MARKER_WIDTHS)
    return " ".join(filter(None, (node.scheme.numeral.value, around, width)))


def _width_class(longest: int, limits: tuple[int, int]) -> str:
    """Return the class that makes room for a longest label of `longest` characters."""
    wide, very_wide = limits
    return "sangat-lebar" if longest > very_wide else "lebar" if longest > wide else ""


def _literal_text(inlines: Sequence[Inline]) -> str:
    """Return the words of the template in `inlines`; what a value brings is not known yet."""
    return "".join(node.text for inline in inlines for node in walk(inline) if isinstance(node, Text))


def _add_text(element: Element, text: str) -> None:
    """Append `text` after whatever `element` already holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _alt_text(inline: Inline) -> str:
    """Return an inline of an image's alternative text; values get attribute slots."""
    match inline:
        case Text():
            return inline.text
        case Value():
            return chr(_ATTRIBUTE_SLOT + inline.index)
        case _:
            return " "


# -- element tree → pieces of HTML ----------------------------------------------------------------------

_VOID = frozenset({"br", "col", "img"})
_SLOTS = re.compile("([\U000f0000-\U000ffffd\U00100000-\U0010fffd])")


@dataclass(frozen=True)
class Pieces:
    """The body of a shape as HTML: literal text with the places of values in between."""

    literals: tuple[str, ...]
    """One more than there are slots."""
    slots: tuple[tuple[int, bool], ...]
    """Index of the value, and whether it stands in an attribute."""

    def fill(self, values: Sequence[str]) -> str:
        """Return the HTML with `values` in their places."""
        return self.fill_html(
            [
                attribute_html(values[index]) if in_attribute else value_html(values[index])
                for index, in_attribute in self.slots
            ]
        )

    def fill_html(self, texts: Sequence[str]) -> str:
        """Return the HTML with ready pieces of HTML, one for every slot."""
        parts = [self.literals[0]]
        for text, literal in zip(texts, self.literals[1:], strict=True):
            parts += (text, literal)
        return "".join(parts)


def pieces(element: Element) -> Pieces:
    """Return `element` as pieces of HTML."""
    found = _SLOTS.split(serialise(element))
    return Pieces(tuple(found[::2]), tuple(_slot(character) for character in found[1::2]))


def _slot(character: str) -> tuple[int, bool]:
    code = ord(character)
    return (code - _ATTRIBUTE_SLOT, True) if code >= _ATTRIBUTE_SLOT else (code - _SLOT, False)


def serialise(element: Element) -> str:
    """Return `element` as text that both an HTML and an XML parser read alike."""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in element.items())
    if element.tag in _VOID:
        return f"<{element.tag}{attributes}/>"
    inner = "".join(serialise(child) + escape(child.tail or "", quote=False) for child in element)
    return f"<{element.tag}{attributes}>{escape(element.text or '', quote=False)}{inner}</{element.tag}>"


_BLANKS = re.compile(r"^ +|(?<= ) +| +$", re.MULTILINE)


def kept_blanks(value: str) -> str:
    """Return a value whose blanks CSS does not fold: all but the first of a run, and those at an end, are hard."""
    return _BLANKS.sub(lambda run: "\u00a0" * len(run[0]), value)


def value_html(value: str) -> str:
    """Return a value as HTML text: never markup, a line feed is a new line."""
    return escape(kept_blanks(value), quote=False).replace("\n", "<br/>")


def attribute_html(value: str) -> str:
    """Return a value inside a double-quoted attribute, on one line."""
    return escape(value.replace("\n", " "))


# -- look ---------------------------------------------------------------------------------------------

_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def media_type(picture: bytes) -> str:
    """Return the media type of a picture by its first bytes; empty if it is neither PNG nor JPEG."""
    return next((name for start, name in _SIGNATURES if picture.startswith(start)), "")


def stylesheet(look: Look) -> str:
    """Return the look's stylesheet with its draft mark on every page."""
    if not look.mark:
        return look.css
    words = "".join(f"\\{ord(character):x} " for character in look.mark)
    return f'{look.css}\n@page {{ @bottom-center {{ content: "{words}" }} }}\n'


def check_assets(document: Document, assets: Mapping[str, bytes]) -> None:
    """Raise `WriteError` with every picture of `document` that is not there or is no PNG or JPEG."""
    names = sorted({node.source for node in walk(document) if isinstance(node, Image)})
    problems = [problem for name in names if (problem := _asset_problem(name, assets.get(name)))]
    if problems:
        raise WriteError(*problems)


def _asset_problem(name: str, picture: bytes | None) -> Problem | None:
    if picture is None:
        return Problem(
            "writers.asset-missing",
            N_("The letter shows the picture “{name}”, but there is no such picture."),
            N_("Add the picture to the workspace, or take it out of the template."),
            params={"name": name},
        )
    if not media_type(picture):
        return Problem(
            "writers.asset-kind",
            N_("The picture “{name}” is neither PNG nor JPEG."),
            N_("Save it as PNG and use that file."),
            params={"name": name},
        )
    return None


# -- the writer -----------------------------------------------------------------------------------------


def head(properties: Properties, css: str) -> str:
    """Return everything before `<body>`: language, title, author, date and the stylesheet."""
    meta = {
        "author": properties.author,
        "description": properties.subject,
        "dcterms.created": f"{properties.created:%Y-%m-%dT%H:%M:%S}Z",
    }
    lines = "".join(f'<meta name="{name}" content="{escape(text)}"/>' for name, text in meta.items() if text)
    # A closing tag in the stylesheet would end the element early; the backslash means nothing to CSS.
    style = "<style>{}</style>".format(css.replace("</", "<\\/"))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(properties.language)}"><head><meta charset="utf-8"/>'
        f"<title>{escape(properties.title, quote=False)}</title>{lines}{style}</head>"
    )


def prepare(document: Document, look: Look) -> HtmlForm:
    """Compile `document`; raises `WriteError` for pictures that are missing or unusable."""
    check_assets(document, look.assets)
    tree = build_tree(document)
    for image in tree.root.iter("img"):
        picture = look.assets[image.get("class", "")]
        image.set("src", f"data:{media_type(picture)};base64,{b64encode(picture).decode()}")
    return HtmlForm(pieces(tree.root[1]), stylesheet(look))


@dataclass(frozen=True)
class HtmlForm:
    """A shape as one self-contained page for a browser."""

    body: Pieces
    css: str

    def fill(self, values: Sequence[str], properties: Properties) -> bytes:
        """Return the page of one letter in UTF-8."""
        return f"{head(properties, self.css)}{self.body.fill(values)}</html>\n".encode()
