import re

import pytest
import weasyprint

from letters.model.document import Document, Fields, Fill, Heading, Image, Region, Text
from letters.writers import WRITERS
from tests.writers.paper import first, opened, pages, words
from tests.writers.sample import (
    DIGIT,
    PROPERTIES,
    VALUES,
    closing,
    everything,
    imbauan,
    items,
    letterhead,
    look,
    opening,
    p,
    row,
    table,
)

LEFT, RIGHT, TOP = 30, 190, 25
"""Edges of the text on A4 in mm."""
NEAR = 0.35
"""mm: bearings of the glyphs and Pango's whole pixels."""


def printed(document, values=VALUES, **style):
    return WRITERS["pdf"].prepare(document, look(**style)).fill(values, PROPERTIES)


@pytest.fixture(scope="module")
def letter():
    return words(printed(imbauan()))


def near(value):
    return pytest.approx(value, abs=NEAR)


def test_letter_has_two_pages_and_the_letterhead_on_the_first_only():
    texts = pages(printed(imbauan()))
    assert len(texts) == 2
    assert "BADAN PENGAWAS" in texts[0]
    assert "BADAN PENGAWAS" not in texts[1]


def test_letterhead_begins_in_the_top_margin_and_is_centred(letter):
    start, end = first(letter, "BADAN"), first(letter, "UMUM")
    assert 11 < start.top < 14
    assert (start.left + end.right) / 2 == near((LEFT + RIGHT) / 2)


def test_rule_of_a_short_letterhead_does_not_cross_the_logo():
    short = Region(("kop",), (Image("logo", (Text("Lambang"),)), p("Jombang"), p("x")))
    found = words(printed(Document((short, p("Isi")))))
    assert first(found, "Isi").top == near(12 + 21 + 4 * 25.4 / 72 + 6)


def test_letter_without_letterhead_begins_below_the_full_margin():
    found = words(printed(Document((p("Ikrar"),))))
    assert TOP - 1 < first(found, "Ikrar").top < TOP + 2


def test_page_number_stands_centred_above_the_second_page_only(letter):
    numbers = [word for word in letter if word.text == "-" and word.page == 2]
    assert (numbers[0].left + numbers[1].right) / 2 == near((LEFT + RIGHT) / 2)
    assert 11 < numbers[0].top < 14
    assert not re.search(r"- \d -", pages(printed(imbauan()))[0])


def test_place_and_date_stand_at_the_right_of_the_number(letter):
    number, place, year = first(letter, "Nomor"), first(letter, "Jombang,"), first(letter, "2024", "Sifat")
    assert place.top == near(number.top)
    assert year.right == near(RIGHT)


def test_colons_stand_under_each_other_and_the_subject_hangs_under_itself(letter):
    colons = [word for word in letter if word.text == ":"][:4]
    assert [colon.left for colon in colons] == [near(LEFT + 22)] * 4
    assert first(letter, "Imbauan").left == near(LEFT + 25)
    assert first(letter, "Masa", "Kampanye").left == near(LEFT + 25)
    assert max(word.right for word in letter if word.page == 1 and 60 < word.top < 75) < RIGHT - 34


def test_place_that_does_not_fit_beside_the_number_goes_below_it_in_one_piece():
    values = list(VALUES)
    values[1] = "Kabupaten Kepulauan Bandar Kedungmulyo, 24 September 2024"
    found = words(printed(imbauan(), values))
    start, end = first(found, "Kabupaten", "Kepulauan"), first(found, "2024", "Sifat")
    assert start.top > first(found, "Nomor").top + 3
    assert start.top == near(end.top)
    assert end.right == near(RIGHT)


@pytest.mark.parametrize(
    ("label", "word", "step"),
    [("1.", "Dasar", 0), ("a.", "Undang-Undang", 8), ("3.", "Dugaan", 0), ("e.", "meneruskan", 8)],
)
def test_label_stands_at_the_edge_of_the_text_above_and_the_text_hangs(letter, label, word, step):
    found = first(letter, label, word)
    assert found.left == near(LEFT + step)
    assert first(letter, word).left == near(LEFT + step + 8)


def test_second_line_of_a_point_stands_under_its_first(letter):
    assert first(letter, "Pemerintah", "Pengganti").left == near(first(letter, "Undang-Undang").left)


def test_label_on_the_line_of_its_text(letter):
    assert first(letter, "1.", "Dasar").bottom == near(first(letter, "Dasar").bottom)


def test_long_labels_keep_clear_of_their_text():
    found = words(printed(everything()))
    for label, word in (("viii.", "butir"), ("(12)", "ayat"), ("bb)", "(1)")):
        index = found.index(first(found, label, word))
        assert found[index + 1].left - found[index].right > 0.5


def test_first_line_of_a_paragraph_is_indented_and_the_next_is_not(letter):
    assert first(letter, "Menjelang").left == near(LEFT + 12)
    assert first(letter, "Jawa", "Timur").left == near(LEFT)
    assert first(letter, "Demikian").left == near(LEFT + 12)


def test_body_is_justified(letter):
    assert first(letter, "yang", "berlangsung").right == near(RIGHT)


def test_points_stand_closer_than_paragraphs(letter):
    between_points = first(letter, "c.", "Peraturan").top - first(letter, "Negara;").top
    between_paragraphs = first(letter, "1.", "Dasar").top - first(letter, "pencegahan").top
    assert 15 * 25.4 / 72 < between_points < between_paragraphs


def test_signature_stands_on_the_right_with_room_for_a_long_title_and_the_stamp(letter):
    title, name = first(letter, "Ketua,"), first(letter, "NAMA", "LENGKAP")
    assert (title.left, name.left) == (near(98), near(98))
    assert name.top - title.bottom > 21


def test_copies_are_small_flush_left_and_last(letter):
    copies = first(letter, "Tembusan:")
    assert copies.left == near(LEFT)
    assert copies.top > first(letter, "NAMA", "LENGKAP").bottom
    assert copies.bottom - copies.top < first(letter, "Ketua,").bottom - first(letter, "Ketua,").top
    assert letter[-1].text == "Jombang"


@pytest.mark.parametrize("count", range(6, 22))
def test_signature_is_whole_and_never_alone_on_a_page(count):
    text = Region(
        ("isi",), (items(DIGIT, *["sebuah butir"] * count), p("Demikian disampaikan, " + "terima kasih " * 9))
    )
    texts = pages(printed(Document((letterhead(), *opening(), text, *closing()))))
    (with_title,) = [words for words in texts if "Ketua," in words]
    assert "NAMA LENGKAP" in with_title
    assert "Tembusan:" in with_title
    assert "terima kasih" in with_title


@pytest.mark.parametrize("count", range(22, 28))
def test_no_point_is_torn_from_its_first_lines(count):
    long = "kata panjang sekali " * 12
    text = Region(("isi",), (items(DIGIT, *["sebuah butir"] * count, (p("Dasar hukum:"), items(DIGIT, long, long))),))
    found = words(printed(Document((letterhead(), *opening(), text))))
    assert first(found, "Dasar", "hukum:").page == first(found, "1.", "kata").page


@pytest.mark.parametrize("count", range(36, 44))
def test_heading_stays_with_the_text_below_it(count):
    text = (p("baris"),) * count
    found = words(printed(Document((Region(("rapat",), text), Heading(2, (Text("Judul"),)), p("bawah " * 30)))))
    assert first(found, "Judul").page == first(found, "bawah").page


def test_table_head_is_repeated_on_every_page():
    texts = pages(printed(Document((table(90),))))
    assert len(texts) > 2
    assert all("Nama Desa" in page for page in texts)
    assert "<sekitar>" in texts[-1]


def test_attachment_and_page_break_start_new_pages():
    found = words(printed(everything()))
    for start in (first(found, "Halaman", "baru"), first(found, "Lampiran", "Surat", "Ketua")):
        assert start.page > 1
        assert start.top == min(word.top for word in found if word.page == start.page and word.top > 20)


def test_columns_stand_side_by_side():
    found = words(printed(everything()))
    left, right = first(found, "Yang", "mengambil"), first(found, "Yang", "mengucapkan")
    assert left.top == near(right.top)
    assert (left.left, right.left) == (near(LEFT), near((LEFT + RIGHT) / 2))


def test_draft_mark_stands_at_the_foot_of_every_page_and_only_on_drafts():
    marks = [word for word in words(printed(imbauan(), mark="KONSEP")) if word.text == "KONSEP"]
    assert [mark.page for mark in marks] == [1, 2]
    assert all(272 < mark.top < 297 for mark in marks)
    assert "KONSEP" not in " ".join(pages(printed(imbauan())))


def test_office_may_choose_paper_and_font():
    css = '@page { size: 215mm 330mm } html { font-family: "Arial", "Liberation Sans"; font-size: 11pt }'
    data = printed(imbauan(), more_css=css)
    with opened(data) as pdf:
        box = [float(value) * 25.4 / 72 for value in pdf.pages[0].MediaBox]
    assert box[2:] == [pytest.approx(215, abs=0.01), pytest.approx(330, abs=0.01)]
    assert first(words(data), "2024", ":").right == near(195)
    assert b"Bonum" not in data.replace(b" ", b"")


def test_lines_of_a_value_stand_under_each_other():
    values = list(VALUES)
    values[3] = "Kabupaten Jombang\nJalan Merdeka 1"
    found = words(printed(imbauan(), values))
    assert first(found, "Jalan", "Merdeka").left == near(LEFT)
    assert first(found, "Jalan", "Merdeka").top > first(found, "Kabupaten", "Jombang").top + 4


def test_word_without_a_break_stays_on_the_paper():
    found = words(printed(Document((p("{0}"),)), ("x" * 300,)))
    assert max(word.right for word in found) < RIGHT + NEAR


def test_rows_with_long_labels_keep_their_colons_aligned():
    rows = Fields((row("Nama", "A"), row("Tempat, tanggal lahir", "Jombang"), row("Hal", Fill(), "kanan")))
    found = words(printed(Document((Region(("isi",), (rows, p("lanjut"))),))))
    assert len({round(word.left, 1) for word in found if word.text == ":"}) == 1
    assert first(found, "kanan").right == near(RIGHT)


@pytest.mark.parametrize("make", [imbauan, everything])
def test_pages_equal_those_weasyprint_makes_of_the_html(make):
    """The styles kept from letter to letter must not change a single word's place."""
    form = WRITERS["pdf"].prepare(make(), look())
    values = [f"{value}\nbaris" if index == 3 else value for index, value in enumerate(VALUES)]
    form.fill(["lain"] * len(VALUES), PROPERTIES)
    html = WRITERS["html"].prepare(make(), look()).fill(values, PROPERTIES).decode()
    assert words(form.fill(values, PROPERTIES)) == words(weasyprint.HTML(string=html).write_pdf())


def test_every_value_is_printed():
    text = " ".join(pages(printed(imbauan())))
    assert all(value in text for value in VALUES)


def test_number_comes_out_of_the_page_as_it_was_written():
    number = "1447.1/PM.01/K.1/09/2022"
    found = words(printed(Document((p(f"Nomor {number} dan ", "{0}"),)), values=(number,)))
    assert [word.text for word in found] == ["Nomor", number, "dan", number]
