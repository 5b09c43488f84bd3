"""The whole package: sound for Microsoft's validator and our own rules; page set-up, headers, footers, settings."""

import pytest

from letters.model.document import Document, Heading, Image, Region, Strong
from letters.writers import WRITERS, Look
from letters.writers.docx.edges import rule_edges
from letters.writers.style import INITIAL, Style
from tests.support.docx_rules import broken_rules
from tests.support.openxml_sdk import sdk_errors
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, letterhead, look, p, table, text
from tests.writers.word import MM, NAMES, OFFICE, write

EDGES = ("A & B", "<w:p/>", "baris\nbaris", "\t", "", "  ", "\U0001f5f3 ﷽ &amp; ]]>")
VARIANTS = {
    "imbauan": (imbauan(), look(), VALUES),
    "everything-draft": (everything(), look("KONSEP <1>"), VALUES),
    "everything-odd-values": (everything(), look(), EDGES),
    "nothing": (Document(()), look(), ()),
    "only-a-table": (Document((table(2),)), look(), VALUES),
    "tables-that-meet": (Document((table(1), table(1), Region(("lampiran",), (table(1),)))), look(), VALUES),
    "office-paper": (
        Document((letterhead(), *imbauan().blocks[1:])),
        look(more_css='@page { size: 215mm 330mm } html { font-family: "Arial"; font-size: 11pt }'),
        VALUES,
    ),
    "columns-in-the-header": (
        Document((p("x"),)),
        look(more_css='@page { @top-left { content: "a" } @bottom-right { content: counter(pages) } }'),
        (),
    ),
}


def test_every_kind_of_letter_is_sound(tmp_path):
    files = {}
    for name, (document, wanted, values) in VARIANTS.items():
        files[tmp_path / f"{name}.docx"] = WRITERS["docx"].prepare(document, wanted).fill(values, PROPERTIES)
        (tmp_path / f"{name}.docx").write_bytes(files[tmp_path / f"{name}.docx"])

    broken = {path.name: found for path, data in files.items() if (found := broken_rules(data))}
    assert broken == {}
    assert {path.name: found for path, found in sdk_errors(list(files)).items() if found} == {}


# -- paper ----------------------------------------------------------------------------------------------


def test_page_size_and_margins_are_those_of_the_stylesheet():
    docx = write(p("x"))
    (size,), (margins,) = docx.find("//w:pgSz"), docx.find("//w:pgMar")
    wanted = {"top": 25, "right": 20, "bottom": 25, "left": 30, "header": 12}

    assert [int(value) for value in size.attrib.values()] == [11906, 16838]
    for side, millimetres in wanted.items():
        assert int(margins.xpath(f"@w:{side}", namespaces=NAMES)[0]) == round(millimetres * MM)


def test_paper_on_its_side_says_so():
    docx = write(p("x"), css=OFFICE + "@page { size: A4 landscape }")

    assert docx.find("//w:pgSz/@w:orient") == ["landscape"]


# -- headers --------------------------------------------------------------------------------------------


def test_the_letterhead_is_the_header_of_page_one_and_the_page_number_that_of_the_others():
    docx = write(letterhead(), p("isi"))

    assert [one.text for one in docx.paragraphs(docx.header("first"))][:2] == [
        "BADAN PENGAWAS PEMILIHAN UMUM\nKABUPATEN JOMBANG",
        "Jalan (alamat kantor) Jombang 61400 · Telepon (0321) 000000\n"
        "Laman: jombang.bawaslu.go.id · Pos-el: set.jombang@bawaslu.go.id",
    ]
    (number,) = docx.paragraphs(docx.header("default"))
    assert (number.get("jc"), docx.find("//w:fldSimple/@w:instr", docx.header("default"))) == ("center", [" PAGE "])
    assert "".join(number.node.itertext()) == "- 2 -"
    assert docx.find("//w:titlePg")
    assert [one.text for one in docx.paragraphs()] == ["isi"]


def test_page_one_without_letterhead_has_no_header():
    docx = write(p("isi"))

    assert docx.header("first") == ""
    assert docx.find("//w:titlePg")


def test_a_letterhead_that_does_not_begin_the_letter_is_text():
    docx = write(p("dulu"), letterhead())

    assert "JOMBANG" in docx.paragraphs()[1].text
    assert docx.header("first") == ""


def test_the_logo_floats_at_its_place_on_the_page_with_its_words():
    docx = write(letterhead(), p("x"))
    header = docx.header("first")
    (anchor,) = docx.find("//wp:anchor", header)

    across, down = (anchor.xpath(f"wp:position{way}/wp:posOffset/text()", namespaces=NAMES)[0] for way in "HV")
    assert (int(across), int(down)) == (0, 12 * 36000)
    assert [anchor.xpath(f"wp:position{way}/@relativeFrom", namespaces=NAMES)[0] for way in "HV"] == ["margin", "page"]
    assert anchor.get("layoutInCell") == "0"
    assert anchor.xpath("wp:extent/@cy", namespaces=NAMES) == [str(20 * 36000)]
    assert anchor.xpath("wp:docPr/@descr", namespaces=NAMES) == ["Logo Bawaslu"]


def test_the_rule_below_the_letterhead_is_thick_over_thin_and_keeps_the_room_below_it():
    docx = write(letterhead(), p("x"))
    rule, room = docx.paragraphs(docx.header("first"))[-2:]
    lines = docx.style(rule.style).xpath("w:pPr/w:pBdr/*", namespaces=NAMES)

    sizes = {line.tag.split("}")[1]: line.get(f"{{{NAMES['w']}}}sz") for line in lines}
    assert sizes == {"top": "18", "bottom": "6"}
    assert {line.get(f"{{{NAMES['w']}}}val") for line in lines} == {"single"}  # a compound line is drawn upside down
    assert rule.twips("spacing", "line") == 20
    assert room.twips("spacing", "line") == pytest.approx(6 * MM, abs=10)
    assert docx.paragraphs()[0].get("spacing", "before") is None


def test_a_short_letterhead_stands_in_a_row_as_high_as_its_logo_needs():
    short = Region(("kop",), (Image("logo", text("Logo")), p(Strong(text("PANWASLU")))))
    docx = write(short, p("x"))
    header = docx.header("first")

    assert [int(height) for height in docx.find("//w:trHeight[@w:hRule='atLeast']/@w:val", header)] == [round(19 * MM)]
    assert docx.find("//w:tc//wp:anchor", header) == []
    assert len(docx.find("//wp:anchor", header)) == 1
    assert docx.paragraphs(header)[-2].twips("spacing", "before") == round(2 * MM)


def test_an_office_may_close_its_letterhead_with_a_plain_border():
    css = OFFICE + ".kop::before, .kop::after { content: none } .kop { border-bottom: 3pt double; padding-bottom: 4pt }"
    docx = write(letterhead(), p("x"), css=css)
    lines = docx.find("//w:pBdr/w:bottom", docx.header("first"))
    lines += docx.find("/w:styles/w:style/w:pPr/w:pBdr/w:bottom", "styles")

    assert [(line.get(f"{{{NAMES['w']}}}val"), line.get(f"{{{NAMES['w']}}}space")) for line in lines] == [
        ("double", "4")
    ]
    assert docx.paragraphs(docx.header("first"))[-1].twips("spacing", "line") == round(6 * MM)


def test_the_draft_mark_stands_in_the_footer_of_every_page():
    docx = write(letterhead(), p("x"), mark="KONSEP")

    for page in ("first", "default"):
        assert [one.text for one in docx.paragraphs(docx.header(page, "footer"))] == ["KONSEP"]
    assert int(docx.find("//w:pgMar/@w:footer")[0]) == round(17 * MM) - 300


def test_words_at_several_places_of_the_margin_are_parted_by_tabs():
    css = OFFICE + '@page { @top-left { content: "kiri" } @top-right { content: counter(page) "/" counter(pages) } }'
    docx = write(p("x"), css=css)
    (line,) = docx.paragraphs(docx.header("default"))

    assert "".join(line.node.itertext()).split() == ["kiri-", "2", "-2/2"]
    assert [kind for kind, _ in line.tabs()] == ["center", "right"]
    assert docx.find("//w:fldSimple/@w:instr", docx.header("default")) == [" PAGE ", " PAGE ", " NUMPAGES "]


# -- settings, fonts, styles ----------------------------------------------------------------------------


def test_the_language_of_everything_is_indonesian():
    docx = write(p("x"))

    assert docx.find("//w:docDefaults//w:lang/@w:val", "styles") == ["id-ID"]


def test_word_breaks_lines_as_the_pdf_does():
    docx = write(p("x"))

    assert docx.find("//w:autoHyphenation/@w:val", "settings") == ["0"]
    assert docx.find("//w:compat/w:doNotExpandShiftReturn", "settings")
    assert docx.find("//w:compatSetting[@w:name='compatibilityMode']/@w:val", "settings") == ["15"]
    assert docx.find("//w:kern", "styles") == []


def test_fonts_are_named_with_their_free_twins():
    docx = write(p("x ", Strong(text("y"))), css=OFFICE + "strong { font-family: Courier }")

    assert docx.find("//w:font/@w:name", "fontTable") == ["Bookman Old Style", "Courier"]
    assert docx.find("//w:font[1]/w:altName/@w:val", "fontTable")[0].startswith("TeX Gyre Bonum")
    defaults = docx.find("//w:docDefaults//w:rFonts", "styles")[0]
    assert set(defaults.attrib.values()) == {"Bookman Old Style"}


def test_only_styles_in_use_are_there_and_the_gallery_shows_no_others():
    docx = write(Region(("isi",), (Heading(2, text("A.")), p("x"))))

    assert docx.find("/w:styles/w:style/@w:styleId", "styles") == ["Normal", "Heading2", "Isi", "Header"]
    assert docx.find("/w:styles/w:latentStyles/@w:defSemiHidden", "styles") == ["1"]


def test_a_letter_takes_little_room():
    data = WRITERS["docx"].prepare(imbauan(), Look(OFFICE, look().assets)).fill(VALUES, PROPERTIES)

    assert len(data) - len(look().assets["logo"]) < 10_000


# -- ruled lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("top", "bottom", "height", "expected"),
    [
        (2.25, 0.75, 1.5, ("single", 18, 6, 1.5)),
        (0.75, 2.25, 0.5, ("single", 6, 18, 1.0)),
        (2.25, 0.75, 9.0, ("single", 18, 6, 9.0)),
        (1.5, 0.0, 0.0, ("single", 12, None, 1.0)),
    ],
)
def test_an_empty_box_with_lines_becomes_the_nearest_line_of_word(top, bottom, height, expected):
    values = {"border-top-width": top, "border-bottom-width": bottom, "height": height}
    lines = {f"border-{side}-style": "solid" for side, width in (("top", top), ("bottom", bottom)) if width}
    above, below, rest = rule_edges(Style({**INITIAL.values, **values, **lines}))

    assert above is not None
    assert (above.style, above.width, below and below.width, rest) == pytest.approx(expected)
