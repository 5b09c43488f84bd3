import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import WriteError
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
from letters.model.labels import label
from letters.model.walk import walk
from letters.writers import WRITERS, Look
from letters.writers.html import build_tree, pieces, prepare, serialise, value_html
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, look, p, text


def html_of(*blocks, values=()):
    """Return the body's inside of a document of `blocks`."""
    whole = pieces(build_tree(Document(blocks)).root[1]).fill(values)
    return whole.removeprefix("<body>").removesuffix("</body>")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (p("biasa"), "<p>biasa</p>"),
        (Heading(2, text("A. Dasar")), "<h2>A. Dasar</h2>"),
        (Region(("kop", "tengah"), (p("x"),)), '<div class="kop tengah"><p>x</p></div>'),
        (PageBreak(), '<div class="halaman-baru"></div>'),
        (Paragraph((Strong(text("b")), Emphasis(text("i")), Underline(text("u")))),
         "<p><strong>b</strong><em>i</em><u>u</u></p>"),
        (Paragraph((Text("satu"), LineBreak(), Text("dua"))), "<p>satu<br/>dua</p>"),
        (Paragraph((Text("kiri"), Fill(), Text("kanan"), LineBreak(), Text("lagi"))),
         '<p class="dua-sisi">kiri<span class="kanan">kanan</span><br/>lagi</p>'),
        (Image("logo", text("Logo & <nama>")), '<img class="logo" src="aset:logo" alt="Logo &amp; &lt;nama&gt;"/>'),
    ],
)  # fmt: skip
def test_node_becomes_its_element(block, expected):
    assert html_of(block) == expected


def test_list_item_carries_number_and_literal_label():
    statute = List(Scheme(Numeral.LOWER_ALPHA, "", ")"), (ListItem(2, (p("x"),)), ListItem(10, (p("y"),))))
    assert html_of(statute) == (
        '<ol class="lower-alpha tutup">'
        '<li value="2" style="list-style-type:&quot;b)\\9&quot;"><div><p>x</p></div></li>'
        '<li value="10" style="list-style-type:&quot;j)\\9&quot;"><div><p>y</p></div></li></ol>'
    )


@pytest.mark.parametrize(
    ("scheme", "numbers", "expected"),
    [
        (Scheme(Numeral.DECIMAL), (1, 99), "decimal titik"),
        (Scheme(Numeral.DECIMAL, "(", ")"), (1,), "decimal kurung"),
        (Scheme(Numeral.DECIMAL, "(", ")"), (9, 10), "decimal kurung lebar"),
        (Scheme(Numeral.LOWER_ROMAN), (1, 8), "lower-roman titik lebar"),
        (Scheme(Numeral.LOWER_ROMAN, "(", ")"), (13,), "lower-roman kurung sangat-lebar"),
        (Scheme(Numeral.BULLET, "", ""), (0,), "bullet"),
    ],
)
def test_list_classes_name_scheme_and_room_for_the_longest_label(scheme, numbers, expected):
    block = List(scheme, tuple(ListItem(number, (p("x"),)) for number in numbers))
    assert build_tree(Document((block,))).root.find(".//ol").get("class") == expected


@pytest.mark.parametrize(
    ("numeral", "number", "expected"),
    [
        (Numeral.DECIMAL, 12, "12."), (Numeral.LOWER_ALPHA, 26, "z."), (Numeral.LOWER_ALPHA, 27, "aa."),
        (Numeral.LOWER_ALPHA, 28, "bb."), (Numeral.UPPER_ALPHA, 3, "C."), (Numeral.LOWER_ROMAN, 49, "xlix."),
        (Numeral.UPPER_ROMAN, 1994, "MCMXCIV."), (Numeral.BULLET, 0, "-."),
    ],
)  # fmt: skip
def test_label_counts_as_statutes_do(numeral, number, expected):
    assert label(Scheme(numeral), number) == expected


def test_fields_become_rows_with_colon_and_right_side():
    rows = Fields((Field(text("Nomor"), (Value(0), Fill(), Text("Jombang"))), Field(text("Hal"), text("x"))))
    assert html_of(rows, values=("001",)) == (
        '<p class="isian dua-sisi"><span class="label">Nomor</span><span class="titik-dua">:</span>001'
        '<span class="kanan">Jombang</span></p>'
        '<p class="isian akhir"><span class="label">Hal</span><span class="titik-dua">:</span>x</p>'
    )


def test_long_labels_widen_every_row_of_their_block():
    rows = Fields((Field(text("Nama"), text("x")), Field(text("Tempat, tanggal lahir"), text("y"))))
    found = [row.get("class") for row in build_tree(Document((rows,))).root.iter("p")]
    assert found == ["isian sangat-lebar", "isian sangat-lebar akhir"]


def test_table_has_scoped_heads_relative_widths_and_alignment():
    table = Table(
        (Cell(text("No.")), Cell(text("Nama"))),
        ((Cell(text("1")), Cell(text("x"))),),
        (Align.RIGHT, Align.LEFT),
        (1, 3),
    )
    assert html_of(table) == (
        '<table><colgroup><col style="width:25.000%"/><col style="width:75.000%"/></colgroup>'
        '<thead><tr><th scope="col">No.</th><th scope="col">Nama</th></tr></thead>'
        '<tbody><tr><td class="right">1</td><td class="left">x</td></tr></tbody></table>'
    )


def test_every_node_has_an_element_that_holds_its_words():
    document = everything()
    tree = build_tree(document)
    for node in walk(document):
        element = tree.element_of[id(node)]
        if isinstance(node, Text) and element.tag != "img":
            assert node.text in "".join(element.itertext())
    items = [node for node in walk(document) if isinstance(node, ListItem)]
    assert len({id(tree.element_of[id(node)]) for node in items}) == len(items) > 10


def test_values_stand_in_their_places_as_text():
    filled = html_of(p("{1} dan ", Strong((Value(0),))), values=("<b>&", "A*B*\n1. X"))
    assert filled == "<p>A*B*<br/>1. X dan <strong>&lt;b&gt;&amp;</strong></p>"


def test_value_in_alternative_text_stays_on_one_line():
    assert html_of(Image("logo", (Value(0),)), values=('a"b\nc',)) == (
        '<img class="logo" src="aset:logo" alt="a&quot;b c"/>'
    )


class TextOnly(HTMLParser):
    """Collects what a browser would show; a `<br>` is a line feed."""

    def __init__(self):
        super().__init__()
        self.words = ""

    def handle_data(self, data):
        self.words += data

    def handle_startendtag(self, tag, attrs):
        self.words += "\n" if tag == "br" else ""


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn"), include_characters="\n")))
def test_any_value_comes_out_as_it_went_in(value):
    whole = html_of(p("[{0}]"), values=(value,))
    parser = TextOnly()
    parser.feed(whole)
    expected = f"[{value}]".replace("\u00a0", " ")

    assert parser.words.replace("\u00a0", " ") == expected
    assert "".join(fromstring(whole.replace("<br/>", "\n")).itertext()).replace("\u00a0", " ") == expected


def test_pieces_are_compiled_once_and_filled_many_times():
    form = pieces(build_tree(Document((p("Yth. {1}, {0}, {1}"),))).root[1])
    assert form.fill(("A", "B")) == "<body><p>Yth. B, A, B</p></body>"
    assert form.fill(("C", "D")) == "<body><p>Yth. D, C, D</p></body>"


def test_page_says_its_language_title_and_author():
    page = prepare(imbauan(), look()).fill(VALUES, replace(PROPERTIES, title="Surat <1> & 2")).decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="id-ID"><head><meta charset="utf-8"/>')
    assert "<title>Surat &lt;1&gt; &amp; 2</title>" in page
    assert '<meta name="author" content="Bawaslu Kabupaten Jombang"/>' in page
    assert '<meta name="dcterms.created" content="2024-09-24T12:00:00Z"/>' in page


def test_page_carries_its_pictures_and_needs_no_other_file():
    page = prepare(imbauan(), look()).fill(VALUES, PROPERTIES).decode()
    assert 'src="data:image/png;base64,' in page
    assert "aset:" not in page


def test_stylesheet_cannot_end_its_element():
    page = prepare(Document((p("x"),)), Look('p::after { content: "</style><script>" }')).fill((), PROPERTIES).decode()
    assert page.count("</style>") == 1


def test_draft_mark_is_a_string_whatever_it_holds():
    css = prepare(Document((p("x"),)), Look("", mark='K"\\}')).css
    assert 'content: "\\4b \\22 \\5c \\7d "' in css


def test_missing_and_unusable_pictures_are_all_named_at_once():
    document = Document((Image("logo", ()), Image("cap", ()), Image("logo", ())))
    with pytest.raises(WriteError) as caught:
        prepare(document, Look("", {"cap": b"GIF89a"}))
    assert [problem.code for problem in caught.value.problems] == ["writers.asset-kind", "writers.asset-missing"]


def test_void_elements_are_the_only_ones_without_an_end():
    body = serialise(build_tree(everything()).root[1])
    assert '<div class="halaman-baru"></div>' in body
    fromstring(body)


def test_list_of_writers_loads_no_writer():
    code = "import letters.writers, sys; print([m for m in ('docx', 'weasyprint', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_writers_are_named_by_format_and_suffix():
    assert {name: writer.suffix for name, writer in WRITERS.items()} == {
        "docx": ".docx", "pdf": ".pdf", "html": ".html", "text": ".txt",
    }  # fmt: skip
    assert all(writer.format == name for name, writer in WRITERS.items())


@pytest.mark.parametrize("value", ["a  b", "  a", "a ", "a\n  b"])
def test_blanks_of_a_value_are_as_many_as_in_the_table(value: str) -> None:
    shown = value_html(value).replace("<br/>", "\n")

    assert shown.replace("\u00a0", " ") == value
    assert "  " not in shown
