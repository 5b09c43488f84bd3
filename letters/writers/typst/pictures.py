"""Images of a document → code that draws them: laid over a box, or in a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from letters.model import document as model
from letters.writers.html import media_type
from letters.writers.source import Source
from letters.writers.typst.code import block, call, points, string
from letters.writers.typst.faces import face_of
from letters.writers.typst.nodes import Paragraph
from letters.writers.typst.words import Words, alt_text

if TYPE_CHECKING:
    from letters.writers.typst.layout import Shared

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}


def file_name(picture: bytes) -> str:
    """Return the name of a picture among the compiler's files, made from its content."""
    return f"{sha256(picture).hexdigest()}.{_SUFFIXES.get(media_type(picture), 'png')}"


def picture(source: Source, node: model.Image, width: float) -> str:
    """Return code for a picture in its size; one without words for it is decoration."""
    wide, high = source.picture_size(node, width)
    words = alt_text(node.alt)
    name = string(f"/{file_name(source.assets[node.source])}")
    code = call("image", name, width=points(wide), height=points(high), alt=words)
    return code if words else call("pdf.artifact", code)


def overlay(source: Source, node: model.Image, width: float) -> str:
    """Return code that lays a picture over the box around it, where `left` and `top` say."""
    style = source.style(node)
    left, top = style.points("left", width), style.points("top")
    return call("place", "top + left", picture(source, node, width), dx=points(left), dy=points(top))


def picture_line(shared: Shared, nodes: Sequence[model.Image], width: float) -> Paragraph:
    """Return a line of pictures; it is at least as high as a line of text, as in CSS."""
    style = shared.source.style_around(nodes[0])
    face = face_of(style)
    strut = call("box", height=points(face.height), baseline=points(face.bottom))
    code = block([*(call("box", picture(shared.source, node, width)) for node in nodes), strut])
    align = style.word("text-align")
    return Paragraph(width, Words(code), face, align if align in ("center", "right") else "start")
