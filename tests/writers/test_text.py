"""The readable dump loses nothing, and the words come in reading order."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from letters.model.document import (
    Align,
    Cell,
    Document,
    Emphasis,
    Field,
    Fields,
    Fill,
    Heading,
    Image,
    LineBreak,
    List,
    ListItem,
    Numeral,
    PageBreak,
    Paragraph,
    Region,
    Scheme,
    Strong,
    Table,
    Text,
    Underline,
    Value,
)
from letters.model.letter import Properties
from letters.model.walk import Node, children
from letters.writers import WRITERS, Look
from letters.writers.text import native, plain_text, prepare, quoted

# -- any document -------------------------------------------------------------------------------------

MARKS = {"strong": Strong, "emphasis": Emphasis, "underline": Underline}


def marked(inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.sampled_from([*MARKS.values()]).flatmap(lambda mark: inner.map(mark))


LEAVES = st.text(min_size=1).map(Text) | st.integers(0, 5).map(Value) | st.builds(LineBreak) | st.builds(Fill)
INLINES = st.recursive(
    st.lists(LEAVES, max_size=3).map(tuple),
    lambda inner: st.lists(LEAVES | marked(inner), max_size=3).map(tuple),
    max_leaves=6,
)
ALTS = st.lists(st.text(min_size=1).map(Text) | st.integers(0, 5).map(Value), max_size=2).map(tuple)
NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True)
NUMERALS = st.sampled_from([numeral for numeral in Numeral if numeral is not Numeral.BULLET])
SCHEMES = st.builds(Scheme, NUMERALS, st.sampled_from(["", "("]), st.sampled_from([".", ")", ""]))


@st.composite
def tables(draw) -> Table:
    count = draw(st.integers(1, 3))
    row = st.lists(st.builds(Cell, INLINES), min_size=count, max_size=count).map(tuple)
    aligns = draw(st.lists(st.sampled_from(list(Align)), min_size=count, max_size=count))
    widths = draw(st.lists(st.integers(1, 40), min_size=count, max_size=count))
    return Table(draw(row), tuple(draw(st.lists(row, max_size=2))), tuple(aligns), tuple(widths))


SIMPLE = (
    st.builds(Paragraph, INLINES)
    | st.builds(Heading, st.integers(1, 6), INLINES)
    | st.builds(Image, NAMES, ALTS)
    | st.builds(PageBreak)
    | st.builds(Fields, st.lists(st.builds(Field, INLINES, INLINES), max_size=3).map(tuple))
    | tables()
)
BLOCKS = st.recursive(
    st.lists(SIMPLE, max_size=3).map(tuple),
    lambda inner: st.tuples(
        SIMPLE
        | st.builds(Region, st.lists(NAMES, min_size=1, max_size=2).map(tuple), inner)
        | st.builds(List, SCHEMES, st.lists(st.builds(ListItem, st.integers(1, 99), inner), max_size=2).map(tuple))
        | st.builds(List, st.just(Scheme(Numeral.BULLET, "", "")), st.tuples(st.builds(ListItem, st.just(0), inner)))
    ),
    max_leaves=6,
)
DOCUMENTS = st.builds(Document, BLOCKS)

# -- the dump, read back ------------------------------------------------------------------------------

WORD = re.compile(
    r'"((?:\\.|[^"\\])*)"|\{(\d+)\}|(strong|emphasis|underline)\[|(break)|(fill)|(\])|(\(\))|( \| )|( : )| '
)


def unquoted(text: str) -> str:
    return re.sub(r"\\(n|u....|U........|.)", lambda found: unescaped(found[1]), text)


def unescaped(code: str) -> str:
    return {"n": "\n"}.get(code, chr(int(code[1:], 16)) if len(code) > 1 else code)


def read_parts(text: str) -> list[tuple]:
    """Inlines of a line, in the parts that ` | ` or ` : ` divide it into."""
    stack, parts = [[]], []
    for found in WORD.finditer(text):
        words, value, mark, line_break, fill, close, _, bar, colon = found.groups()
        if words is not None:
            stack[-1].append(Text(unquoted(words)))
        elif value:
            stack[-1].append(Value(int(value)))
        elif mark:
            stack += [[MARKS[mark]], []]
        elif line_break or fill:
            stack[-1].append(LineBreak() if line_break else Fill())
        elif close:
            children, (kind,) = stack.pop(), stack.pop()
            stack[-1].append(kind(tuple(children)))
        elif bar or colon:
            parts.append(tuple(stack[-1]))
            stack[-1] = []
    return [*parts, tuple(stack[-1])]


class Reader:
    """Reads a dump back into its document, to show that nothing is missing in it."""

    def __init__(self, dump: str) -> None:
        self.lines = dump.removesuffix("\n").split("\n")
        self.position = 0

    def inside(self, depth: int, read) -> tuple:
        found = []
        while self.position < len(self.lines) and self.lines[self.position].startswith("  " * depth):
            kind, _, rest = self.lines[self.position].strip(" ").partition(" ")
            self.position += 1
            found.append(read(kind, rest, depth))
        return tuple(found)

    def document(self) -> Document:
        assert self.lines[0] == "document"
        self.position = 1
        return Document(self.inside(1, self.block))

    def block(self, kind: str, rest: str, depth: int):
        match kind:
            case "paragraph":
                return Paragraph(*read_parts(rest))
            case "heading":
                return Heading(int(rest[0]), *read_parts(rest[2:]))
            case "image":
                ((source, *alt),) = read_parts(rest)
                return Image(source.text, tuple(alt))
            case "page-break":
                return PageBreak()
            case "region":
                return Region(tuple(rest.split()), self.inside(depth + 1, self.block))
            case "list":
                numeral, around = re.fullmatch(r'(\S+) "(.*)"', rest).groups()
                scheme = Scheme(Numeral(numeral), *around.split("#"))
                return List(scheme, self.inside(depth + 1, self.item))
            case "fields":
                return Fields(self.inside(depth + 1, lambda kind, rest, depth: Field(*read_parts(rest))))
            case "table":
                return self.table(depth + 1)
        raise AssertionError(kind)

    def item(self, kind: str, rest: str, depth: int) -> ListItem:
        return ListItem(int(rest.split()[0]), self.inside(depth + 1, self.block))

    def table(self, depth: int) -> Table:
        (_, columns), (_, head), *rows = self.inside(depth, lambda kind, rest, depth: (kind, rest))
        aligns, widths = zip(*(column.split() for column in columns.split(", ")), strict=True)
        cells = [tuple(map(Cell, read_parts(row))) for row in (head, *(row for _, row in rows))]
        return Table(cells[0], tuple(cells[1:]), tuple(map(Align, aligns)), tuple(map(int, widths)))


@settings(max_examples=200, deadline=None)
@given(DOCUMENTS)
def test_the_dump_holds_every_node_and_attribute(document):
    assert Reader(native(document)).document() == document


@given(st.text())
def test_quoted_text_is_one_visible_line_that_reads_back(text):
    shown = quoted(text)

    assert shown.isprintable()
    assert unquoted(shown[1:-1]) == text


# -- one letter ---------------------------------------------------------------------------------------

LETTER = Document(
    (
        Region(("kop",), (Image("logo", (Text("Lambang"),)), Heading(1, (Text("BAWASLU"),)))),
        Fields((Field((Text("Nomor"),), (Value(0), Fill(), Text("Jombang"))), Field((Text("Sifat"),), ()))),
        Paragraph((Text("Yth. "), Strong((Value(1), LineBreak(), Underline((Text("di"),)))))),
        List(
            Scheme(Numeral.LOWER_ALPHA, "(", ")"),
            (
                ListItem(2, (Paragraph((Text("dua"),)), Paragraph((Text("lagi"),)))),
                ListItem(28, (List(Scheme(Numeral.BULLET, "", ""), (ListItem(0, (Paragraph((Text("x"),)),)),)),)),
                ListItem(30, ()),
            ),
        ),
        PageBreak(),
        Table(
            (Cell((Text("No"),)), Cell(())),
            ((Cell((Emphasis((Text("1"),)),)), Cell((Value(2),))),),
            (Align.RIGHT, Align.LEFT),
            (2, 9),
        ),
    )
)
VALUES = ("007", 'Camat "Diwek"\nJombang', "a\u00a0b")


def test_the_dump_is_one_block_per_line():
    assert native(LETTER) == (
        "document\n"
        "  region kop\n"
        '    image "logo" "Lambang"\n'
        '    heading 1 "BAWASLU"\n'
        "  fields\n"
        '    field "Nomor" : {0} fill "Jombang"\n'
        '    field "Sifat" : ()\n'
        '  paragraph "Yth. " strong[{1} break underline["di"]]\n'
        '  list lower-alpha "(#)"\n'
        "    item 2 (b)\n"
        '      paragraph "dua"\n'
        '      paragraph "lagi"\n'
        "    item 28 (bb)\n"
        '      list bullet "#"\n'
        "        item 0 -\n"
        '          paragraph "x"\n'
        "    item 30 (dd)\n"
        "  page-break\n"
        "  table\n"
        "    columns right 2, left 9\n"
        '    head "No" | ()\n'
        '    row emphasis["1"] | {2}\n'
    )


def test_a_filled_form_shows_properties_and_values_in_their_places():
    text = prepare(LETTER, Look("")).fill(VALUES, Properties("Imbauan", identifier="surat|7")).decode()

    assert text.startswith('properties\n  title "Imbauan"\n  subject ""\n  author ""\n  identifier "surat|7"\n')
    assert '\n  created "1980-01-01 00:00:00"\n  language "id-ID"\ndocument\n  region kop\n' in text
    assert '\n  paragraph "Yth. " strong[{1 "Camat \\"Diwek\\"\\nJombang"} break underline["di"]]\n' in text
    assert '| {2 "a\\u00a0b"}\n' in text


def test_the_registry_leads_to_the_same_form():
    form = WRITERS["text"].prepare(LETTER, Look("p { margin: 0 }"))

    assert form.fill(VALUES, Properties("x")) == prepare(LETTER, Look("")).fill(VALUES, Properties("x"))


def test_the_words_come_in_reading_order_with_labels_and_colons_and_without_picture_descriptions():
    assert plain_text(LETTER, VALUES) == (
        "BAWASLU\n"
        "Nomor : 007 Jombang\n"
        "Sifat : \n"
        'Yth. Camat "Diwek"\nJombang\ndi\n'
        "(b) dua\n"
        "lagi\n"
        "(bb) - x\n"
        "(dd)\n"
        "No\t\n"
        "1\ta\u00a0b\n"
    )


@given(DOCUMENTS)
def test_every_value_on_the_page_is_among_the_words(document):
    words = plain_text(document, [f"<nilai {index}>" for index in range(6)])

    for index in shown(document):
        assert f"<nilai {index}>" in words


def shown(node: Node) -> set[int]:
    """Values that a page shows: all but those in the description of a picture."""
    if isinstance(node, Image):
        return set()
    own = {node.index} if isinstance(node, Value) else set()
    return own.union(*map(shown, children(node)))
