"""Paragraphs and grids of a letter → its named styles: one per role, saying what most of its paragraphs share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from letters.writers.docx.blocks import Edge, Face, Grid, Paragraph, Role, Shape
from letters.writers.docx.formats import edge_element, paragraph_properties, run_properties
from letters.writers.docx.roles import BODY
from letters.writers.docx.xml import Node, make, value

_BUILT_IN = {"header": "Header", "footer": "Footer"}
_T = TypeVar("_T")


@dataclass(frozen=True)
class Styles:
    """The styles of one document."""

    shapes: dict[Role, Shape]
    """What each paragraph style says, the body text's first."""
    grids: dict[tuple[Edge, tuple[int, int, int, int]], str]
    """Style id of ruled tables, by line and padding."""

    def shape(self, role: Role) -> Shape:
        """Return what the style of `role` says."""
        return self.shapes[role]


def style_id(role: Role) -> str:
    """Return the id that paragraphs name their style by."""
    if role.heading:
        return f"Heading{role.heading}"
    return _BUILT_IN.get(role.name) or role.name.replace(" ", "")


def make_styles(body: Shape, paragraphs: Sequence[Paragraph], grids: Iterable[Grid]) -> Styles:
    """Return the styles for `paragraphs` and `grids`; `body` is how plain text looks where no paragraph is plain."""
    groups: dict[Role, list[Shape]] = {BODY: []}
    for paragraph in paragraphs:
        groups.setdefault(paragraph.role, []).append(paragraph.shape)
    ruled = {(grid.edge, cell_padding(grid)): None for grid in grids if grid.edge}
    names = {key: f"TabelGaris{number}" if number > 1 else "TabelGaris" for number, key in enumerate(ruled, 1)}
    return Styles({role: _usual(shapes or [body]) for role, shapes in groups.items()}, names)


def cell_padding(grid: Grid) -> tuple[int, int, int, int]:
    """Return the padding most cells of `grid` have."""
    return _most_common([cell.padding for row in grid.rows for cell in row.cells])


def _usual(shapes: Sequence[Shape]) -> Shape:
    """Return what most of `shapes` say, property by property.

    A page break stays a paragraph's own; so does keeping with the next one, unless the role is of one piece, and a line
    above or below, unless every paragraph has it.
    """
    usual = Shape(**_usual_parts(shapes, Shape))
    return replace(
        usual,
        face=Face(**_usual_parts([shape.face for shape in shapes], Face)),
        page_break=False,
        keep_next=usual.keep_next and usual.keep_lines,
        top=usual.top if all(shape.top == usual.top for shape in shapes) else None,
        bottom=usual.bottom if all(shape.bottom == usual.bottom for shape in shapes) else None,
    )


def _usual_parts(values: Sequence[Any], kind: type[Shape] | type[Face]) -> dict[str, Any]:
    return {part.name: _most_common([getattr(value, part.name) for value in values]) for part in fields(kind)}


def _most_common(values: Sequence[_T]) -> _T:
    """Return the value that occurs most; the first of several."""
    return Counter(values).most_common(1)[0][0]


# -- styles.xml -----------------------------------------------------------------------------------------


def styles_element(styles: Styles, language: str) -> Node:
    """Return the root of `word/styles.xml`."""
    normal = styles.shapes[BODY]
    lang = make("w:lang", val=language, eastAsia=language, bidi=language)
    defaults = make(
        "w:docDefaults",
        make("w:rPrDefault", run_properties(normal.face, None, lang)),
        make("w:pPrDefault"),
    )
    latent = make(
        "w:latentStyles",
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )
    paragraph_styles = (_paragraph_style(role, shape, normal) for role, shape in styles.shapes.items())
    table_styles = (_table_style(name, *key) for key, name in styles.grids.items())
    return make("w:styles", defaults, latent, *paragraph_styles, *table_styles)


def _paragraph_style(role: Role, shape: Shape, normal: Shape) -> Node:
    plain = role == BODY
    base = replace(Shape(normal.face), widow_control=False) if plain else normal
    properties = paragraph_properties(shape, base)
    if role.heading:
        properties = make("w:pPr") if properties is None else properties
        properties.append(value("w:outlineLvl", role.heading - 1))
    return make(
        "w:style",
        value("w:name", role.name),
        None if plain else value("w:basedOn", style_id(BODY)),
        value("w:uiPriority", 9 if role.heading else 1),
        make("w:qFormat"),
        properties,
        run_properties(shape.face, normal.face),
        type="paragraph",
        default="1" if plain else None,
        styleId=style_id(role),
    )


def _table_style(name: str, edge: Edge, padding: tuple[int, int, int, int]) -> Node:
    sides = ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV")
    return make(
        "w:style",
        value("w:name", name.replace("TabelGaris", "Tabel Garis ").strip()),
        value("w:uiPriority", 1),
        make("w:qFormat"),
        make("w:tblPr", make("w:tblBorders", *(edge_element(side, edge) for side in sides)), margins(padding)),
        type="table",
        styleId=name,
    )


def margins(padding: tuple[int, int, int, int], tag: str = "w:tblCellMar") -> Node:
    """Return the padding of cells, for a table or (with another tag) for one cell."""
    top, right, bottom, left = padding
    sides = (("w:top", top), ("w:left", left), ("w:bottom", bottom), ("w:right", right))
    return make(tag, *(make(side, w=width, type="dxa") for side, width in sides))
