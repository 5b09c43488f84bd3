"""What each kind of node becomes in Word, with everything in force on it."""

import pytest

from letters.model.document import (
    Align,
    Cell,
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
)
from tests.writers.sample import VALUES, items, nested, p, row, text
from tests.writers.word import MM, NAMES, PLAIN, write

TEXT_WIDTH = round(160 * MM)


def isi(*blocks):
    return Region(("isi",), blocks)


def mm(length: float) -> int:
    return round(length * MM)


# -- text and styles ------------------------------------------------------------------------------------


def test_a_region_names_the_style_of_its_paragraphs():
    docx = write(p("bebas"), isi(p("isi")), Region(("tanda-tangan",), (p("Ketua,"), Region(("nama",), (p("NAMA"),)))))

    assert [(one.text, one.style) for one in docx.paragraphs()] == [
        ("bebas", "Normal"),
        ("isi", "Isi"),
        ("Ketua,", "TandaTangan"),
        ("NAMA", "NamaPenandaTangan"),
    ]
    assert docx.find("/w:styles/w:style[@w:styleId='TandaTangan']/w:name/@w:val", "styles") == ["Tanda Tangan"]


def test_body_text_is_justified_indented_and_exactly_spaced():
    one = write(isi(p("satu"), p("dua"))).paragraph("satu")

    assert one.get("jc") == "both"
    assert one.twips("ind", "firstLine") == mm(12)
    assert (one.twips("spacing", "line"), one.get("spacing", "lineRule")) == (300, "exact")
    assert one.twips("spacing", "after") == 120
    assert one.direct() == []


def test_only_what_differs_from_its_style_is_said_by_a_paragraph():
    docx = write(isi(p("satu"), p("dua"), p("tiga")), p("sesudah"))

    assert [one.direct() for one in docx.paragraphs()] == [[], [], ["spacing"], []]
    assert docx.paragraph("tiga").twips("spacing", "after") == 360


def test_bold_italic_and_underlined_words_are_runs_of_their_own():
    docx = write(isi(Paragraph((Text("a "), Strong(text("b")), Text(" "), Emphasis(text("c")), Underline(text("d"))))))

    assert docx.paragraph("a b cd").text == "a b cd"
    assert [run.xpath("string(w:t)", namespaces=NAMES) for run in docx.find("//w:r[w:rPr/w:b]")] == ["b"]
    assert [run.xpath("string(w:t)", namespaces=NAMES) for run in docx.find("//w:r[w:rPr/w:i]")] == ["c"]
    assert docx.find("//w:r[w:t='d']/w:rPr/w:u/@w:val") == ["single"]


def test_a_paragraph_all_in_bold_has_a_style_of_its_own_and_plain_runs():
    docx = write(isi(Paragraph((Strong(text("TENTANG")),)), p("biasa")))

    assert docx.paragraph("TENTANG").style == "IsiTebal"
    assert docx.find("//w:r/w:rPr") == []
    assert docx.style("IsiTebal").xpath("w:rPr/w:b", namespaces=NAMES)


@pytest.mark.parametrize("level", [1, 2, 6])
def test_headings_are_those_of_word_and_stay_with_their_text(level):
    docx = write(Heading(level, text("A. Dasar")), p("isi"))
    one = docx.paragraph("A. Dasar")

    assert one.style == f"Heading{level}"
    assert docx.style(one.style).xpath("w:name/@w:val", namespaces=NAMES) == [f"heading {level}"]
    assert one.get("outlineLvl") == str(level - 1)
    assert one.get("keepNext") == "1"


def test_line_breaks_and_collapsed_blanks():
    words = Paragraph((Text(" satu  dua "), LineBreak(), Text(" tiga "), Strong(text(" empat")), LineBreak()))

    assert write(words).paragraphs()[0].text == "satu dua\ntiga empat"


def test_lines_of_different_height_become_paragraphs_for_word_spaces_whole_paragraphs():
    docx = write(p(Strong(text("besar")), LineBreak(), "kecil"), css=PLAIN + "strong { font-size: 20pt }")

    assert [(one.text, one.twips("spacing", "line")) for one in docx.paragraphs()] == [("besar", 400), ("kecil", 240)]


def test_capitals_colour_and_letter_spacing_of_the_stylesheet_reach_the_runs():
    css = PLAIN + "strong { text-transform: uppercase; color: #a00; letter-spacing: 1.5pt }"
    (properties,) = write(p("a ", Strong(text("b"))), css=css).find("//w:r[w:t='b']/w:rPr")

    assert properties.xpath("w:caps", namespaces=NAMES)
    assert properties.xpath("w:color/@w:val", namespaces=NAMES) == ["AA0000"]
    assert properties.xpath("w:spacing/@w:val", namespaces=NAMES) == ["30"]


def test_what_follows_a_fill_stands_at_a_right_tab():
    one = write(p("kiri", Fill(), "kanan")).paragraphs()[0]

    assert one.text == "kiri\tkanan"
    assert one.tabs() == [("right", TEXT_WIDTH)]


# -- rows of label, colon, value ------------------------------------------------------------------------


def test_a_long_value_hangs_under_itself_behind_two_tab_stops():
    rows = (row("Nomor", "{0}", Fill(), "{1}"), row("Sifat", "Segera"), row("Hal", "x"))
    number, _, subject = write(Region(("keterangan",), (Fields(rows),)), values=VALUES).paragraphs()

    assert subject.text == "Hal\t:\tx"
    assert (subject.twips("ind", "left"), subject.twips("ind", "hanging")) == (mm(25), mm(25))
    assert subject.tabs() == [("left", mm(22)), ("left", mm(25))]
    assert subject.twips("ind", "right") == mm(55)
    assert number.tabs()[-1] == ("right", TEXT_WIDTH)
    assert number.twips("ind", "right") == 0
    assert number.text == f"Nomor\t:\t{VALUES[0]}\t{VALUES[1]}"


def test_rows_in_the_body_hang_inside_its_indent():
    one = write(isi(Fields((Field(text("hari"), text("Senin")),)))).paragraph("hari")

    assert one.style == "Isian"
    assert (one.twips("ind", "left"), one.twips("ind", "hanging")) == (mm(37), mm(25))
    assert one.tabs() == [("left", mm(34)), ("left", mm(37))]


# -- lists ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (Scheme(Numeral.DECIMAL), ["1.", "2."]),
        (Scheme(Numeral.LOWER_ALPHA, "", ")"), ["a)", "b)"]),
        (Scheme(Numeral.UPPER_ALPHA), ["A.", "B."]),
        (Scheme(Numeral.LOWER_ROMAN, "(", ")"), ["(i)", "(ii)"]),
        (Scheme(Numeral.UPPER_ROMAN), ["I.", "II."]),
        (Scheme(Numeral.DECIMAL, "(", ")"), ["(1)", "(2)"]),
    ],
)
def test_labels_are_numbers_word_counts(scheme, expected):
    docx = write(items(scheme, "satu", "dua"))

    assert [one.label for one in docx.paragraphs()] == expected
    assert [one.text for one in docx.paragraphs()] == ["satu", "dua"]


def test_bullets_are_the_hyphen_of_official_letters():
    docx = write(List(Scheme(Numeral.BULLET, "", ""), (ListItem(0, (p("x"),)), ListItem(0, (p("y"),)))))

    assert [one.label for one in docx.paragraphs()] == ["-", "-"]
    assert docx.find("//w:numFmt/@w:val", "numbering") == ["bullet"]


def test_lists_restart_continue_and_skip_as_their_author_numbered_them():
    scheme = Scheme(Numeral.LOWER_ALPHA, "", ")")
    skipping = List(scheme, tuple(ListItem(number, (p("x"),)) for number in (2, 3, 7, 10, 27, 28)))
    docx = write(
        items(scheme, "satu", "dua"), p("teks"), items(scheme, "tiga", start=3), items(scheme, "satu"), skipping
    )

    assert [one.label for one in docx.paragraphs() if one.label] == (
        ["a)", "b)", "c)", "a)", "b)", "c)", "g)", "j)", "aa)", "bb)"]
    )


def test_every_list_is_a_list_of_its_own_and_an_unbroken_one_stays_one():
    docx = write(items(Scheme(Numeral.DECIMAL), *"abc"), items(Scheme(Numeral.DECIMAL), *"de"))

    assert docx.find("//w:numId/@w:val") == ["1", "1", "1", "2", "2"]


def test_nested_lists_go_on_after_the_inner_one():
    docx = write(isi(nested()), values=VALUES)

    assert [(one.label, one.text.split()[-1]) for one in docx.paragraphs() if "lompati" not in one.text] == [
        ("1.", "pokok"),
        ("bb)", "satu"),
        ("ii.", "2"),
        ("vii.", "7"),
        ("viii.", "8"),
        ("", "satu"),
        ("(12)", "belas"),
        ("5.", "lima"),
        ("", "kedua"),
    ]
    assert docx.paragraphs()[5].text == "(1)\tayat satu"


def test_text_of_items_hangs_behind_the_label_and_further_paragraphs_stand_under_it():
    inner = items(Scheme(Numeral.LOWER_ALPHA), "dalam")
    docx = write(isi(List(Scheme(Numeral.DECIMAL), (ListItem(1, (p("luar"), inner, p("lagi"))),))))

    found = [(docx.paragraph(words), words) for words in ("luar", "dalam", "lagi")]
    assert [(one.style, one.twips("ind", "left"), one.twips("ind", "hanging")) for one, _ in found] == [
        ("Butir1", mm(8), mm(8)),
        ("Butir2", mm(16), mm(8)),
        ("LanjutanButir1", mm(8), 0),
    ]
    levels = docx.find("//w:abstractNum[last()]/w:lvl/w:pPr/w:ind/@w:left", "numbering")
    assert levels == [str(mm(8)), str(mm(16))]


def test_a_list_that_begins_an_item_shares_its_line():
    inner = items(Scheme(Numeral.DECIMAL, "", ")"), "pertama", "kedua")
    first, second = write(isi(List(Scheme(Numeral.LOWER_ALPHA), (ListItem(1, (inner,)),)))).paragraphs()

    assert (first.label, first.text) == ("a.", "1)\tpertama")
    assert (first.twips("ind", "left"), first.twips("ind", "hanging")) == (mm(16), mm(16))
    assert [place for _, place in first.tabs()] == pytest.approx([mm(8), mm(16)], abs=1)
    assert (second.label, second.text) == ("2)", "kedua")


@pytest.mark.parametrize("blocks", [(), (Table((Cell(text("x")),), (), (Align.LEFT,), (1,)),)])
def test_an_item_without_text_keeps_its_label(blocks):
    docx = write(List(Scheme(Numeral.DECIMAL), (ListItem(1, blocks), ListItem(2, (p("dua"),)))))

    assert [one.label for one in docx.paragraphs() if one.label] == ["1.", "2."]
    assert docx.paragraph("dua").label == "2."


def test_words_before_a_list_stay_with_it():
    docx = write(isi(p("sebagai berikut:"), items(Scheme(Numeral.DECIMAL), "x")))

    assert docx.paragraph("berikut").get("keepNext") == "1"
    assert docx.style("Isi").xpath("w:pPr/w:keepNext", namespaces=NAMES) == []


# -- tables ---------------------------------------------------------------------------------------------


def table(rows: int = 2) -> Table:
    head = tuple(Cell(text(words)) for words in ("No.", "Nama", "Jumlah"))
    lines = tuple(tuple(Cell(text(f"{row}{column}")) for column in "abc") for row in range(rows))
    return Table(head, lines, (Align.CENTER, Align.LEFT, Align.RIGHT), (1, 2, 1))


def test_the_head_of_a_table_repeats_and_rows_stay_whole():
    docx = write(table())

    assert len(docx.find("//w:tr")) == 3
    assert docx.find("//w:tr[w:trPr/w:tblHeader]/w:tc[1]//w:t/text()") == ["No."]
    assert len(docx.find("//w:tr/w:trPr/w:cantSplit")) == 3


def test_columns_have_their_shares_of_the_text_width_and_fixed_places():
    docx = write(table())

    widths = [int(width) for width in docx.find("//w:gridCol/@w:w")]
    assert widths == pytest.approx([TEXT_WIDTH / 4, TEXT_WIDTH / 2, TEXT_WIDTH / 4], abs=1)
    assert docx.find("//w:tblLayout/@w:type") == ["fixed"]
    assert docx.find("//w:tblInd/@w:w") == ["0"]


def test_lines_and_padding_of_tables_are_a_style():
    docx = write(table(), p("x"), table())
    (name,) = set(docx.find("//w:tblStyle/@w:val"))
    style = docx.style(name)

    assert set(style.xpath(".//w:tblBorders/*/@w:sz", namespaces=NAMES)) == {"4"}
    assert style.xpath(".//w:tblCellMar/w:left/@w:w", namespaces=NAMES) == ["108"]
    assert docx.find("//w:tblBorders | //w:tcMar") == []


def test_cells_are_aligned_by_named_styles():
    docx = write(table(1))

    found = [(one.text, one.style, one.get("jc")) for one in docx.paragraphs() if one.text]
    assert found == [
        ("No.", "TabelKepala", "center"),
        ("Nama", "TabelKepala", "center"),
        ("Jumlah", "TabelKepala", "center"),
        ("0a", "TabelTengah", "center"),
        ("0b", "Tabel", None),
        ("0c", "TabelKanan", "right"),
    ]


def test_blocks_side_by_side_are_a_table_without_lines():
    sides = [Region((name,), (p(name), Region(("nama",), (p(f"Nama {name}"),)))) for name in ("kiri", "kanan")]
    docx = write(Region(("kolom",), tuple(sides)))

    assert docx.find("//w:tblBorders | //w:tblStyle") == []
    assert len(docx.find("//w:tc")) == 2
    assert [int(width) for width in docx.find("//w:gridCol/@w:w")] == pytest.approx([TEXT_WIDTH / 2] * 2, abs=1)
    assert docx.paragraph("Nama kanan").twips("spacing", "before") == mm(22)
    assert docx.find("//w:trPr/w:cantSplit")


# -- regions, pages, pictures ---------------------------------------------------------------------------


def test_the_signature_moves_in_one_piece_with_the_lines_before_it():
    name = Region(("nama",), (p("NAMA"),))
    docx = write(isi(p("penutup")), Region(("tanda-tangan",), (p("a.n. Ketua"), p("Sekretaris,"), name)), p("lepas"))

    kept = {one.text: one.get("keepNext") for one in docx.paragraphs()}
    assert [kept[words] in ("1",) for words in ("penutup", "a.n. Ketua", "Sekretaris,", "NAMA")] == [
        True,
        True,
        True,
        False,
    ]
    assert docx.paragraph("NAMA").twips("spacing", "before") == mm(22)
    assert docx.paragraph("Sekretaris").twips("ind", "left") == mm(80)


def test_attachments_and_page_breaks_begin_a_page():
    docx = write(p("surat"), Region(("lampiran",), (p("lampiran"), p("isi"))), PageBreak(), p("lagi"))

    broken = [one.text for one in docx.paragraphs() if one.get("pageBreakBefore")]
    assert broken == ["lampiran", "lagi"]


def test_lines_around_a_region_are_drawn_at_its_first_and_last_paragraph():
    css = PLAIN + ".kotak { border-top: 1pt solid; border-bottom: 3pt double; padding: 4pt 0 } p { margin-bottom: 6pt }"
    docx = write(Region(("kotak",), (p("a"), p("b"), p("c"))), css=css)

    lines = [one.node.xpath("w:pPr/w:pBdr/*/@w:val", namespaces=NAMES) for one in docx.paragraphs()]
    assert lines == [["single"], [], ["double"]]
    assert docx.find("//w:pBdr/w:bottom/@w:space") == ["10"]
    assert docx.find("//w:pBdr/w:bottom/@w:sz") == ["8"]


def test_pictures_in_the_text_stand_in_a_line_of_their_own_height():
    docx = write(
        isi(p("x"), Image("logo", text("Peta {0}"))), values=('A "B" & C\nD',), css=PLAIN + "img { width: 30mm }"
    )

    (extent,) = docx.find("//wp:inline/wp:extent")
    assert (int(extent.get("cx")), int(extent.get("cy"))) == (1080000, 1080000)
    assert docx.find("//wp:docPr/@descr") == ['Peta A "B" & C D']
    line = docx.paragraphs()[-1]
    assert (line.style, line.get("spacing", "lineRule")) == ("GambarIsi", "auto")


def test_a_picture_without_measures_has_its_natural_size():
    (extent,) = write(Image("logo", ()), css=PLAIN).find("//wp:inline/wp:extent")

    assert int(extent.get("cx")) == 400 * 9525


@pytest.mark.parametrize("name", ["header", "normal", "heading-1", "tabel"])
def test_a_region_cannot_take_the_name_of_a_built_in_style(name):
    docx = write(Region((name,), (p("x"),)), Heading(1, text("y")))

    assert docx.paragraph("x").style == "Bagian" + name.title().replace("-", "")
