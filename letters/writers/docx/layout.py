"""Document with computed styles → blocks of Word: text, lists and rows here, regions and tables in `regions`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import groupby

from letters.model import document as model
from letters.model.labels import label as label_text
from letters.writers.docx.blocks import Face, Grid, Label, Level, Paragraph, Picture, Role, Run, Shape, Tab, twips
from letters.writers.docx.boxes import Box, Series
from letters.writers.docx.edges import bare, edge
from letters.writers.docx.flow import Flow
from letters.writers.docx.inline import Line, face_of, lines_of
from letters.writers.docx.pictures import floating_picture, picture
from letters.writers.docx.regions import lay_out_columns, lay_out_contents, lay_out_table
from letters.writers.docx.roles import emphasised
from letters.writers.html import has_fill
from letters.writers.source import Source
from letters.writers.style import Style

_ALIGNS = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "justify": "both"}


@dataclass
class Layout:
    """Lays out blocks of the document one below the other."""

    source: Source
    series: Series = field(default_factory=Series)
    flow: Flow = field(init=False)
    labels: list[tuple[Label, Level, str]] = field(default_factory=list)
    """Labels that wait for their paragraph: a list may begin inside an item before any text."""
    floating: list[Picture] = field(default_factory=list)
    """Floating pictures that wait for a paragraph to hang on."""

    def __post_init__(self) -> None:
        self.flow = Flow(self.body_face)

    @property
    def body_face(self) -> Face:
        """Return how plain text of the letter looks."""
        return face_of(self.source.style(self.source.document))

    @property
    def body_line(self) -> int:
        """Return the height of a line of plain text, in twips."""
        return twips(self.source.style(self.source.document).line_height)

    def nested(self) -> Layout:
        """Return a layout of its own, for a cell."""
        return Layout(self.source, self.series)

    def trial(self) -> Layout:
        """Return a layout whose blocks are only measured."""
        return Layout(self.source)

    # -- blocks --

    def blocks(self, nodes: Sequence[model.Block], box: Box) -> None:
        """Lay out `nodes`; pictures side by side share a line."""
        for is_line, group in groupby(nodes, self.source.is_inline_picture):
            if is_line:
                self._picture_line([node for node in group if isinstance(node, model.Image)], box)
            else:
                for node in group:
                    self.block(node, box)

    def block(self, node: model.Block, box: Box) -> None:
        """Lay out one block."""
        match node:
            case model.Paragraph():
                self._text(node, box, box.place.text())
            case model.Heading():
                self._text(node, box, box.place.heading(node.level))
            case model.Region():
                self._region(node, box)
            case model.List():
                self._list(node, box)
            case model.Fields():
                for row in node.rows:
                    self._field(row, box)
            case model.Table():
                self.loose_label(box)
                lay_out_table(self, node, box)
            case model.Image():
                self.floating.append(floating_picture(self.source, node, box))
            case model.PageBreak():
                style = self.source.style(node)
                self.flow.open(style)
                self.flow.close(style)

    # -- regions --

    def _region(self, node: model.Region, box: Box) -> None:
        style = self.source.style(node)
        with self._boxed(style, box):
            if style.word("display") == "table":
                self.loose_label(box)
                lay_out_columns(self, node, replace(box.inside(style), place=box.place.enter(node.names[0])))
            else:
                lay_out_contents(self, node, box)

    @contextmanager
    def _boxed(self, style: Style, box: Box) -> Iterator[None]:
        """Lay out what happens inside as one box of `style`: its margins, breaks, lines."""
        start = len(self.flow.blocks)
        self.flow.open(bare(style))
        yield
        if len(self.flow.blocks) > start:
            self.edges(start, style, box.inside(style))
            if style.word("break-inside").startswith("avoid"):
                self.flow.hold(start)
        self.flow.close(bare(style))

    def edges(self, start: int, style: Style, box: Box) -> None:
        """Draw the lines around a box at its first and last paragraph; under a cell, by a paragraph of their own."""
        blocks = self.flow.blocks
        if style.border("top").width and isinstance(first := blocks[start], Paragraph):
            first.shape = replace(first.shape, top=edge(style, "top"))
        if style.border("bottom").width:
            if isinstance(blocks[-1], Grid):
                self.flow.add(Paragraph(box.place.rule(), replace(self.shape(style, box), first=0, line=twips(1))))
            if isinstance(last := blocks[-1], Paragraph):
                last.shape = replace(last.shape, bottom=edge(style, "bottom", self.flow.take_room()))

    # -- text --

    def shape(self, style: Style, box: Box) -> Shape:
        """Return the shape of a paragraph of `style` whose text stands in `box`."""
        return Shape(
            face=face_of(style),
            align=_ALIGNS[style.word("text-align")],
            left=twips(box.left),
            right=twips(box.right),
            first=twips(style.points("text-indent", box.width)),
            line=twips(style.line_height),
            widow_control=style.keeps_two_lines,
        )

    def _text(self, node: model.Paragraph | model.Heading, box: Box, role: Role) -> None:
        style = self.source.style(node)
        inner = box.inside(style)
        tabs = (self._right_tab(inner),) if has_fill(node.children) else ()
        with self._boxed(style, box):
            self.lines(node.children, replace(self.shape(style, inner), tabs=tabs), role)

    def lines(self, inlines: Sequence[model.Inline], shape: Shape, role: Role) -> None:
        """Add a paragraph for `inlines`; several if their forced lines differ in height: Word has one per paragraph."""
        lines = lines_of(self.source, inlines)
        for number, (height, group) in enumerate(groupby(lines, lambda line: line[1])):
            content: Line = []
            for line, _ in group:
                content += [Run("\n", content[-1].face if content else shape.face)] if content else []
                content += line
            own = replace(shape, line=max(twips(height), shape.line), first=shape.first if number == 0 else 0)
            self._paragraph(content, own, role)

    def _paragraph(self, content: Line, shape: Shape, role: Role) -> None:
        faces = {run.face for run in content if run.text.strip()}
        if len(faces) == 1 and (face := faces.pop()) != shape.face:
            differs = (face.bold, face.italic, face.size) != (shape.face.bold, shape.face.italic, shape.face.size)
            if differs:
                role = emphasised(role, bold=face.bold, italic=face.italic)
                shape = replace(shape, face=replace(face, underline=False))
        self.add(self.labelled(Paragraph(role, shape, list(content))))

    def add(self, paragraph: Paragraph) -> None:
        """Place a paragraph with the floating pictures that wait for one."""
        paragraph.content[:0], self.floating = self.floating, []
        self.flow.add(paragraph)

    def loose_label(self, box: Box) -> None:
        """Set a label that waits on a line of its own: no text follows it."""
        if self.labels:
            item = Paragraph(box.place.item(), Shape(self.body_face, left=twips(box.left), line=self.body_line))
            self.add(self.labelled(item))

    def _right_tab(self, box: Box) -> Tab:
        return Tab(twips(box.width - box.right), "right")

    # -- lists --

    def _list(self, node: model.List, box: Box) -> None:
        style = self.source.style(node)
        self.flow.open(style)
        number = self.series.next()
        for item in node.items:
            self._item(node, item, number, box.inside(style))
        self.flow.close(style)

    def _item(self, node: model.List, item: model.ListItem, series: int, box: Box) -> None:
        style = self.source.style(item)
        inner = box.inside(style)
        level = Level(node.scheme, twips(inner.left), twips(self.source.label_tab(item) or inner.left - box.left))
        levels = (*box.levels, level)
        place = replace(box.place, depth=box.place.depth + 1, in_item=False)
        self.labels.append((Label(series, item.number, levels), level, label_text(node.scheme, item.number)))
        with self._boxed(style, box):
            for block in item.blocks:
                self.blocks([block], replace(inner, levels=levels, place=place))
                place = replace(place, in_item=True)
            self.loose_label(replace(inner, place=place))

    def labelled(self, paragraph: Paragraph) -> Paragraph:
        """Return `paragraph` with the label that waits; of several, Word counts the first and the others are text."""
        if not self.labels:
            return paragraph
        (label, outer, _), *others = self.labels
        self.labels = []
        face = paragraph.shape.face
        paragraph.label = label
        paragraph.content[:0] = [Run(text + "\t", face) for _, _, text in others]
        stops = [*(level.left - level.hanging for _, level, _ in others), paragraph.shape.left] if others else []
        tabs = tuple(Tab(stop) for stop in stops)
        first = outer.left - outer.hanging - paragraph.shape.left
        paragraph.shape = replace(paragraph.shape, first=first, tabs=(*tabs, *paragraph.shape.tabs))
        return paragraph

    # -- pictures --

    def _picture_line(self, nodes: Sequence[model.Image], box: Box) -> None:
        shape = replace(self.shape(self.source.style_around(nodes[0]), box), line=0)
        pictures = [picture(self.source, node, box) for node in nodes]
        self.add(self.labelled(Paragraph(box.place.picture(), shape, list(pictures))))

    # -- rows of label, colon, value --

    def _field(self, node: model.Field, box: Box) -> None:
        style = self.source.style(node)
        inner = box.inside(style)
        shape = self.shape(style, inner)
        widths = [twips(points) for points in self.source.field_widths(node, box.width)]
        start = shape.left + shape.first
        tabs = [Tab(start + widths[0]), Tab(start + sum(widths))] if all(widths) else []
        if has_fill(node.value):
            tabs.append(self._right_tab(inner))
        face, gap = shape.face, "\t" if all(widths) else " "
        colon_run = Run(f"{gap}:{gap}", face)
        (label_line, _), *_ = lines_of(self.source, node.label)
        (first, height), *rest = lines_of(self.source, node.value)
        content = [*label_line, colon_run, *first]
        for line, _ in rest:
            content += [Run("\n", face), *line]
        with self._boxed(style, box):
            self.add(self.labelled(Paragraph(box.place.fields(), replace(shape, tabs=tuple(tabs)), list(content))))
