"""Tree of nodes → Typst code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from letters.writers.css import SIDES
from letters.writers.typst.borders import doubles, single, strokes
from letters.writers.typst.code import array, block, call, points, sides, truth
from letters.writers.typst.faces import Faces
from letters.writers.typst.keeps import bound, may_be_empty, may_be_high
from letters.writers.typst.nodes import (
    Cell,
    Container,
    Group,
    Item,
    Listing,
    Node,
    Paragraph,
    Piece,
    Root,
    Sealed,
    Table,
)
from letters.writers.typst.words import filled

_END_OF_LIST = "place(pdf.artifact[])"
"""Something after a list that ends an item: Typst would tag the list as its item's neighbour, not as part of it."""


@dataclass
class Emitter:
    """Writes nodes; what is used twice is defined once, in `definitions`."""

    faces: Faces
    limit: float = 0.0
    """How high a box in one piece may be, in points; 0 = the letter must look in any case."""
    definitions: list[str] = field(default_factory=list)
    _names: dict[int, str] = field(default_factory=dict)

    # -- what stands one below the other --

    def root(self, root: Root) -> str:
        """Return a whole column."""
        tail = call("v", points(root.trailing)) if root.trailing else ""
        return block([*root.overlay, *self._column(root), tail])

    def _column(self, container: Container) -> list[str]:
        return [part for node in container.children for part in (*self._between(node), self.node(node))]

    def _between(self, node: Node) -> list[str]:
        room = points(node.before.room) if node.before.room else ""
        if node.pulled:
            room = f"{room or '0pt'} - {self._head_name(node)}"
        return ["colbreak()" if node.before.page else "", call("v", room) if room else ""]

    def node(self, node: Node) -> str:
        """Return the code of a node."""
        match node:
            case Paragraph():
                return self._standing_paragraph(node)
            case Piece():
                return self._box(node.code, sticky=True) if node.sticky else node.code
            case Table():
                return self._table(node)
            case Sealed():
                return self._sealed(node)
            case Group():
                return self._group(node)
            case Listing():
                return self._listing(node)
        raise TypeError(node)

    # -- text --

    def _standing_paragraph(self, node: Paragraph) -> str:
        code = self.paragraph(node)
        inset = sides(0, node.right, 0, node.left)
        if inset or node.sticky:
            code = self._box(code, inset=inset, sticky=node.sticky, breakable="false" if node.level else "")
        return _if_filled(node, code) if may_be_empty(node) else code

    def _box(self, code: str, *, function: str = "block", sticky: bool = False, **named: str) -> str:
        """Return `code` in a box as wide as its column; Typst would make it as narrow as its longest line."""
        return call(function, code, width="100%", sticky=truth(sticky) if sticky else "", **named)

    def paragraph(self, node: Paragraph) -> str:
        """Return a paragraph without what its box takes from the sides."""
        tail = self._tail(node, node.tail) if node.tail else ""
        indent = call("h", points(node.first)) if node.first > 0 else ""
        words = block([indent, self._names.get(id(node), node.words.code), tail])
        code = self._heading(node, words) if node.level else self._lines(node, words)
        return call("align", node.align, code) if node.align in ("center", "right") else code

    def _tail(self, node: Paragraph, following: Node) -> str:
        """Return what takes the room of what must stand below the last line of a paragraph."""
        room = self._head_name(following)
        return call("box", height=room, baseline=f"{room} + {points(node.words.depth)}")

    def _lines(self, node: Paragraph, words: str) -> str:
        named = {
            "hanging-indent": points(node.hang) if node.hang else "",
            "justify": "true" if node.align == "justify" else "",
        }
        right = node.words.right
        lengths = points(node.room), points(node.face.height)
        code = call("two-sides", words, right, *lengths, **named) if right else call("par", words, **named)
        code = self.faces.dress(code, node.face, self.faces.own)
        return code if node.control else "{set text(costs: (orphan: 0%, widow: 0%)); " + code + "}"

    def _heading(self, node: Paragraph, words: str) -> str:
        # Typst makes headings large and bold; only a face set inside undoes that.
        code = call("heading", self.faces.dress(words, node.face, None), level=str(node.level))
        return "{set par(justify: true); " + code + "}" if node.align == "justify" else code

    # -- boxes --

    def _group(self, node: Group) -> str:
        inset = sides(0, node.right, 0, node.left)
        inside = self._names.get(id(node)) or block(self._column(node))
        if not node.whole:
            return self._box(inside, inset=inset, sticky=node.sticky)
        inside = f"{inside}, {points(node.width - node.left - node.right)}"
        return self._box(inside, function="whole", inset=inset, sticky=node.sticky, small=self._small(node))

    def _sealed(self, node: Sealed) -> str:
        width = points(node.content.width)
        code = self.root(node.content)
        if node.rule is not None:
            code = call("ruled", code, self.node(node.rule), points(node.rule_room), points(node.rule_from))
        if node.least and not (node.rule is not None and node.rule_from >= node.least):
            code = call("at-least", code, width, points(node.least))
        lines = doubles(node.borders, node.padding, node.content.width)
        code = block([*node.overlay, code, *lines])
        code = self._box(
            f"{code}, {width}" if node.whole else code,
            function="whole" if node.whole else "block",
            small=self._small(node) if node.whole else "",
            inset=sides(*(node.padding[side] for side in SIDES)),
            stroke=strokes(single(node.borders)),
            outset=sides(*(-node.borders[side].width / 2 for side in SIDES)),
            sticky=node.sticky,
        )
        return call("pad", code, left=points(node.left), right=points(node.right)) if node.left or node.right else code

    def _small(self, node: Node) -> str:
        """Return whether a box surely fits on a page, as code; empty if the letter has to measure it."""
        found = bound(node)
        if found is None or found.height > self.limit:
            return ""
        if not found.values:
            return "true"
        characters = " + ".join(f"data.bulk.at({index})" for index in found.values)
        return f"{characters} <= {int((self.limit - found.height) / found.each)}"

    # -- tables --

    def _table(self, node: Table) -> str:
        *rows, last = node.rows or [[]]
        code = call(
            "table",
            call("table.header", *self._row(node.head)),
            *(cell for row in rows for cell in self._row(row)),
            *([self._raised(node, last)] if node.tail else self._row(last)),
            columns=array([points(cell.width) for cell in node.head]),
            stroke=strokes(node.borders) or "none",
            inset="0pt",
        )
        code = call("pad", code, left=points(node.left))
        return self._box(code, sticky=True) if node.sticky else code

    def _row(self, cells: Sequence[Cell]) -> list[str]:
        breakable = _breakable(cells)
        return [call("table.cell", self.paragraph(cell.text), breakable=breakable, **_setting(cell)) for cell in cells]

    def _raised(self, node: Table, row: Sequence[Cell]) -> str:
        """Return the last row with room below it for what must follow."""
        assert node.tail is not None
        cells = [
            f"({', '.join([f'body: {self.paragraph(cell.text)}', f'width: {points(cell.width)}', *_named(cell)])})"
            for cell in row
        ]
        return ".." + call("raised", "limit", self._head_name(node.tail), strokes(node.borders) or "none", *cells)

    # -- lists --

    def _listing(self, node: Listing) -> str:
        items = [child for child in node.children if isinstance(child, Item)]
        ends: list[Sequence[str]] = [*(self._between(item) for item in items[1:]), ()]
        bodies = [
            call("enum.item", str(number), block([*self._column(item), *_after(item), *end]))
            for number, (item, end) in enumerate(zip(items, ends, strict=True), 1)
        ]
        labels = array([item.label for item in items])
        code = call("listing", labels, *bodies, indent=points(node.left), hang=points(node.hang))
        return self._box(code, sticky=True) if node.sticky else code

    # -- what must have room on the same page --

    def _head_name(self, node: Node) -> str:
        """Return the name of the height of what must stand below the paragraph before `node`."""
        key = id(node.before)
        if key not in self._names:
            height = self._head(node, node.before.room)
            self._names[key] = f"head{len(self.definitions)}"
            self.definitions.append(f"let {self._names[key]} = bounded({height}, limit)")
        return self._names[key]

    def _head(self, node: Node, room: float) -> str:
        """Return how high the least part of `node` is that may stand at the foot of a page, and the room above it."""
        if isinstance(node, Paragraph):
            return f"{points(room)} + {self._lines_height(node, 'least', points(node.face.height), self._next(node))}"
        if isinstance(node, Group) and node.whole:
            return f"{points(room)} + {self._height(node)} + {self._next(_last(node))}"
        if isinstance(node, Container) and node.children:
            return self._head(node.children[0], room)
        if isinstance(node, Table):
            rows = [*node.head, *(node.rows[0] if node.rows else [])]
            return points(room + 2 * max(cell.text.face.height + cell.padding[0] + cell.padding[2] for cell in rows))
        return f"{points(room)} + {self._height(node)}"

    def _height(self, node: Node) -> str:
        """Return how high `node` is: the sum of its paragraphs, which most letters share, if that can be said."""
        found = self._sum(node)
        if found is not None:
            return " + ".join(found) or "0pt"
        if isinstance(node, Group) and node.whole:
            inside = self._defined(node, block(self._column(node)))
            return call("height", inside, points(node.width - node.left - node.right))
        return call("height", self.node(node), points(node.width))

    def _sum(self, node: Node) -> list[str] | None:
        """Return what the height of `node` is the sum of; None if only the whole node tells."""
        match node:
            case Paragraph() if not node.words.right and (node.words.literal or node.words.values):
                code = self._lines_height(node, "height-of-lines")
                return [f"({_if_filled(node, code)} else {{0pt}})" if may_be_empty(node) else code]
            case Piece(height=float(height)):
                return [points(height)]
            case Item(children=[Paragraph(face=face), *_]) if face == node.face:
                found = self._together(node.children)
                return None if found is None else [call("calc.max", points(face.height), " + ".join(found))]
            case Group() | Listing():
                return self._together(node.children)
        return None

    def _together(self, nodes: Sequence[Node]) -> list[str] | None:
        """Return the same of nodes one below the other."""
        parts: list[str] = []
        for node in nodes:
            found = None if node.before.page else self._sum(node)
            if found is None:
                return None
            parts += ([points(node.before.room)] if node.before.room else []) + found
        return parts

    def _lines_height(self, node: Paragraph, function: str, *further: str) -> str:
        """Return what `function` says of the lines of a paragraph."""
        indent = call("h", points(node.first)) if node.first > 0 else ""
        words = self.faces.dress(block([indent, self._defined(node, node.words.code)]), node.face, self.faces.own)
        hang = {"hanging-indent": points(node.hang)} if node.hang else {}
        return call(function, words, points(node.room), *further, **hang)

    def _next(self, node: Node) -> str:
        following = node.following
        return self._head(following, following.before.room) if following is not None else "0pt"

    def _defined(self, node: Node, code: str) -> str:
        if id(node) not in self._names:
            name = f"part{len(self.definitions)}"
            self.definitions.append(f"let {name} = {code}")
            self._names[id(node)] = name
        return self._names[id(node)]


def _if_filled(node: Paragraph, code: str) -> str:
    """Return `code` for a paragraph that has words."""
    return f"if {filled(node.words.values)} {{{code}}}"


def _breakable(row: Sequence[Cell]) -> str:
    """Return whether a row may be divided: one higher than a page would lose what does not fit."""
    if not any(cell.whole for cell in row) or any(may_be_high(cell.text) for cell in row):
        return ""
    return "data.long" if any(cell.text.words.values for cell in row) else "false"


def _setting(cell: Cell) -> dict[str, str]:
    """Return how the text of a cell stands in it, as named arguments."""
    return {"inset": sides(*cell.padding) or "0pt", "align": f"{cell.align} + left"}


def _named(cell: Cell) -> list[str]:
    return [f"{name}: {value}" for name, value in _setting(cell).items()]


def _after(item: Item) -> list[str]:
    return [_END_OF_LIST] if isinstance(_end(item), Listing) else []


def _end(node: Node) -> Node:
    """Return what `node` ends with, lists taken as one."""
    while isinstance(node, Container) and not isinstance(node, Listing) and node.children:
        node = node.children[-1]
    return node


def _last(node: Node) -> Node:
    """Return the last leaf of `node`."""
    while isinstance(node, Container) and node.children:
        node = node.children[-1]
    return node
