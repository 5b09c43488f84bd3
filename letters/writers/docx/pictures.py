"""Image of the document + its style → a picture of the right size at the right place."""

from __future__ import annotations

from dataclasses import replace

from letters.model import document as model
from letters.writers.docx.blocks import Anchor, Picture
from letters.writers.docx.boxes import Box
from letters.writers.docx.slots import attribute_text
from letters.writers.source import Source


def picture(source: Source, node: model.Image, box: Box) -> Picture:
    """Return a picture that stands in the line."""
    width, height = source.picture_size(node, box.width - box.left - box.right)
    return Picture(node.source, attribute_text(node.alt), width, height)


def floating_picture(source: Source, node: model.Image, box: Box) -> Picture:
    """Return a picture at a fixed place of the page or, in the body, of the paragraph it hangs on."""
    style = source.style(node)
    on_page = box.page_top is not None
    top = style.points("top") + (box.page_top or 0.0)
    return replace(picture(source, node, box), anchor=Anchor(box.left + style.points("left", box.width), top, on_page))
