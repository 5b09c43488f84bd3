from dataclasses import replace

import pytest

from letters.model.document import Document, Fill, LineBreak, List, ListItem, Numeral, Scheme, Strong, Text
from letters.writers import WRITERS
from tests.support.word_boxes import Box, differences, in_lines, word_boxes
from tests.writers.sample import PROPERTIES, imbauan, look, p

WORDS = "Dengan hormat disampaikan bahwa masa kampanye"
LETTER = Document((p("Nomor : 001"), p(WORDS), p("Ketua,")))


@pytest.fixture
def read(tmp_path):
    """Returns the words of a document set with more CSS."""

    def words(document=LETTER, css=""):
        path = tmp_path / "surat.pdf"
        path.write_bytes(WRITERS["pdf"].prepare(document, look(more_css=css)).fill(["x"] * 9, PROPERTIES))
        return word_boxes(path)

    return words


def boxes(*lines, page=1, left=72.0, top=100.0):
    """Return the words of lines 15 pt apart; words are 40 pt apart."""
    return in_lines(
        Box(page, left + 40 * column, top + 15 * row, word)
        for row, line in enumerate(lines)
        for column, word in enumerate(line.split())
    )


def test_words_come_by_line_from_left_to_right_with_labels(read):
    steps = List(Scheme(Numeral.LOWER_ALPHA), (ListItem(2, (p("satu dua"),)), ListItem(3, (p("tiga"),))))
    found = read(Document((p("Nomor ", Fill(), "Jombang,"), steps)))

    assert [(box.text, box.page, box.line) for box in found] == [
        *(("Nomor", 1, 1), ("Jombang,", 1, 1)),
        *(("b.", 1, 2), ("satu", 1, 2), ("dua", 1, 2)),
        *(("c.", 1, 3), ("tiga", 1, 3)),
    ]


def test_place_is_the_left_edge_and_the_baseline_whatever_the_weight(read):
    css = "@page:first { margin: 100pt 72pt } p { margin: 0; line-height: 20pt; font-size: 16pt }"
    normal = read(Document((p("Ketua"),)), css)[0]
    strong = read(Document((p(Strong((Text("Ketua"),))),)), css)[0]

    assert normal.x == pytest.approx(72, abs=0.1)
    assert 112 < normal.y < 120
    assert normal.size == pytest.approx(16, abs=0.1)
    assert strong.y == pytest.approx(normal.y, abs=0.5)
    assert strong.size == pytest.approx(16, abs=0.1)


def test_same_letter_twice_differs_in_nothing(read):
    assert differences(read(), read()) == []
    assert len(read(imbauan())) > 300
    assert differences(read(imbauan()), read(imbauan())) == []


def test_missing_word_is_named(read):
    other = Document((p("Nomor : 001"), p(WORDS.replace("masa ", "")), p("Ketua,")))

    assert differences(read(), read(other))[0] == "page 1, line 2: 'masa' is missing in the second"
    assert differences(read(other), read())[0] == "page 1, line 2: 'masa' is only in the second"


def test_changed_word_is_named(read):
    other = Document((p("Nomor : 007"), p(WORDS), p("Ketua,")))

    assert differences(read(), read(other)) == ["page 1, line 1: '001', in the second '007'"]


def test_another_line_break_is_named_and_what_follows_stands_lower(read):
    other = Document(
        (p("Nomor : 001"), p("Dengan hormat disampaikan", LineBreak(), "bahwa masa kampanye"), p("Ketua,"))
    )
    found = differences(read(), read(other))

    assert found[0] == "page 1, line 2: 'bahwa' begins a line in the second only"
    assert found[1].startswith("page 1, line 3: 'Ketua,' ")
    assert found[1].endswith(" pt lower in the second")
    assert len(found) == 2


def test_word_in_another_place_is_named_with_the_way(read):
    assert differences(read(), read(css="p { margin-left: 3pt }")) == [
        "page 1, line 1: 10 words from 'Nomor' to 'Ketua,' 3.0 pt to the right in the second"
    ]
    assert differences(read(css="p { margin-left: 3pt }"), read()) == [
        "page 1, line 1: 10 words from 'Nomor' to 'Ketua,' 3.0 pt to the left in the second"
    ]


def test_less_than_the_tolerance_is_no_difference(read):
    assert differences(read(), read(css="p { margin-left: 1.2pt }")) == []
    assert differences(read(), read(css="p { margin-left: 1.2pt }"), tolerance=1) != []


def test_one_word_moved_down_is_found():
    first = boxes("a b c", "d e f")
    second = [replace(box, y=box.y + 2) if box.text == "e" else box for box in first]

    assert differences(first, second) == ["page 1, line 2: 'e' 2.0 pt lower in the second"]
    assert differences(second, first) == ["page 1, line 2: 'e' 2.0 pt higher in the second"]


def test_word_on_another_page_is_found():
    first = boxes("a b", "c d")
    second = boxes("a b") + boxes("c d", page=2)

    assert differences(first, second) == [
        "page 1, line 2: 2 words from 'c' to 'd' on page 1, in the second 2",
    ]


def test_other_size_of_letters_is_found():
    first = boxes("a b")

    assert differences(first, [replace(box, size=11) for box in first]) == [
        "page 1, line 1: 'a' is 12.0 pt, in the second 11.0 pt",
        "page 1, line 1: 'b' is 12.0 pt, in the second 11.0 pt",
    ]


def test_order_of_words_counts():
    assert differences(boxes("a b c"), boxes("b a c")) != []


def test_lines_joined_in_the_second_are_found():
    assert differences(boxes("a b", "c"), boxes("a b c")) == ["page 1, line 2: 'c' begins a line in the first only"]


def test_empty_letter_differs_from_one_with_words():
    assert differences([], boxes("a b")) == ["page 1, line 1: 'a b' is only in the second"]
    assert differences(boxes("a b"), []) == ["page 1, line 1: 'a b' is missing in the second"]


def test_words_side_by_side_are_one_line():
    left, right = boxes("a", "b"), boxes("c", "d", left=300, top=99)

    assert [box.text for box in in_lines([*right, *left])] == ["a", "c", "b", "d"]
