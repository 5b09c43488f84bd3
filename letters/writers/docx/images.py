"""Picture → `w:drawing`, standing in the line or floating at a fixed place."""

from __future__ import annotations

from letters.writers.docx.blocks import Anchor, Picture
from letters.writers.docx.xml import Node, make

_EMU = 12700
"""English metric units in a point."""
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def drawing(picture: Picture, relation: str, number: int) -> Node:
    """Return the drawing of `picture`; `relation` leads to its file, `number` is unique in the document."""
    name = f"Gambar {number}"
    extent = make("wp:extent", cx=_emu(picture.width), cy=_emu(picture.height))
    words = make("wp:docPr", id=number, name=name, descr=picture.alt)
    frame = make("wp:cNvGraphicFramePr", make("a:graphicFrameLocks", noChangeAspect=1))
    graphic = make("a:graphic", make("a:graphicData", _pic(picture, relation, number, name), uri=_PICTURE))
    if picture.anchor is None:
        return make("w:drawing", make("wp:inline", extent, words, frame, graphic, distT=0, distB=0, distL=0, distR=0))
    return make("w:drawing", _anchor(picture.anchor, number, extent, words, frame, graphic))


def _emu(points: float) -> int:
    return round(points * _EMU)


def _anchor(anchor: Anchor, number: int, extent: Node, *rest: Node) -> Node:
    """Return the frame of a floating picture: the text takes no notice of it, and it moves with no cell."""
    across, down = ("margin", "page") if anchor.on_page else ("column", "paragraph")
    return make(
        "wp:anchor",
        make("wp:simplePos", x=0, y=0),
        make("wp:positionH", make("wp:posOffset", str(_emu(anchor.left))), relativeFrom=across),
        make("wp:positionV", make("wp:posOffset", str(_emu(anchor.top))), relativeFrom=down),
        extent,
        make("wp:wrapNone"),
        *rest,
        distT=0,
        distB=0,
        distL=0,
        distR=0,
        simplePos=0,
        relativeHeight=number,
        behindDoc=0,
        locked=0,
        layoutInCell=0 if anchor.on_page else 1,
        allowOverlap=1,
    )


def _pic(picture: Picture, relation: str, number: int, name: str) -> Node:
    box = make("a:xfrm", make("a:off", x=0, y=0), make("a:ext", cx=_emu(picture.width), cy=_emu(picture.height)))
    return make(
        "pic:pic",
        make("pic:nvPicPr", make("pic:cNvPr", id=number, name=name), make("pic:cNvPicPr")),
        make("pic:blipFill", make("a:blip", r_embed=relation), make("a:stretch", make("a:fillRect"))),
        make("pic:spPr", box, make("a:prstGeom", make("a:avLst"), prst="rect")),
    )
