"""What holds for every text: it reads or says why not, quickly, and values are letters."""

import re
import string
import time
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from letters.errors import MarkupError, Place
from letters.messages import problem_text
from letters.model.document import Document, Image, LineBreak, PageBreak, Text, Value
from letters.model.walk import walk
from letters.reader import read_markdown
from letters.reader.inlines import join
from letters.reader.state import MAX_DEPTH
from letters.writers.text import native

WORD = "é"
"""A letter that is no label, no name and no digit, as a placeholder is."""
PIECES = st.sampled_from(
    ["teks", WORD, "1.", "2.", "a.", "b)", "(i)", "I.", "-", "---", "#", "##", ":", "::: kop\n", "\n:::\n"]
    + ["|", "|---|", "\n: ", "**", "*", "_", "__", ">>", ">", "\\", "&nbsp;", "&", ";", "<b>", "<", "![", "["]
    + ["](", "](logo)", ")", "`", "~~~", "____", "\r", "\x0b"]
    + ["\n", "\n", "\n", "\n\n", " ", " ", " ", "  ", "   ", "    ", "\t"]
)
TEXTS = st.lists(PIECES, max_size=20).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS | st.text(max_size=200))
@example("1. ::: a\n:::\n- | a\n  |---|")
def test_any_text_reads_or_is_a_markup_error(text):
    document, problems = reading(text)

    assert (document is None) == bool(problems)
    assert all(problem.place.line >= 1 for problem in problems)
    assert all(node.text and "\n" not in node.text for node in words(document))


def reading(text: str) -> tuple:
    try:
        return read_markdown(text), ()
    except MarkupError as error:
        return None, error.problems


def words(document: Document | None) -> list[Text]:
    return [node for node in walk(document) if isinstance(node, Text)] if document else []


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_placeholder_makes_the_structure_that_a_letter_makes(text):
    text = text.replace("\x0b", "")

    assert outcome(text.replace(WORD, chr(0xF0000))) == outcome(text)


def outcome(text: str) -> tuple:
    document, problems = reading(text)
    return spelled(document), [(problem.place.line, problem.code) for problem in problems]


def spelled(node: object) -> object:
    """Return a tree with every value written as the letter."""
    if isinstance(node, Value):
        return Text(WORD)
    if isinstance(node, tuple):
        return merged([spelled(child) for child in node])
    if is_dataclass(node) and not isinstance(node, type):
        return replace(node, **{each.name: spelled(getattr(node, each.name)) for each in fields(node)})
    return node


def merged(nodes: list) -> tuple:
    found: list = []
    for node in nodes:
        if isinstance(node, Text) and found and isinstance(found[-1], Text):
            found[-1] = Text(found[-1].text + node.text)
        else:
            found.append(node)
    return tuple(found)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system_are_read(end):
    assert (
        native(read_markdown(f"Satu{end}Dua{end}{end}Tiga")) == 'document\n  paragraph "Satu Dua"\n  paragraph "Tiga"\n'
    )


def test_a_byte_order_mark_is_not_a_word():
    assert read_markdown("\ufeff---") == Document((PageBreak(),))


def test_an_empty_text_is_an_empty_document():
    assert read_markdown("") == read_markdown(" \n\t\n") == Document(())


@given(st.lists(st.sampled_from(list(string.ascii_letters)), min_size=1, max_size=3).map("".join))
def test_every_problem_of_a_text_is_reported_with_file_and_line_in_their_order(word):
    with pytest.raises(MarkupError) as caught:
        read_markdown(f"::: A_\n{word}\x07\n\n[x](y)\n\n: z\n\n| a |", "surat.md")

    assert [(problem.place, problem.code) for problem in caught.value.problems] == [
        (Place("surat.md", line=1), "reader.region-name"),
        (Place("surat.md", line=1), "reader.region-open"),
        (Place("surat.md", line=2), "reader.character"),
        (Place("surat.md", line=4), "reader.link"),
        (Place("surat.md", line=6), "reader.field-label"),
        (Place("surat.md", line=8), "reader.table-dashes"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (":::", "surat.md, line 1: This ::: closes nothing"),
        ("::: isi rapat", "The region “isi rapat” is opened here and never closed."),
        ("::: \U000f0000\n:::", "“…” is no name of a region."),
        ("<b x='\U000f0001'>", "“<b x='…'>” looks like an HTML tag"),
        ("![x](\U000f0001)", "“…” is no name of a picture"),
        ("[a](b)", "“[a](b)” is a link"),
        ("| a |\n|---|\n| b | c |", "This row has 2 cells, the line of dashes has 1."),
        ("a\x00b", "the invisible character U+0000."),
        ("&#xF0000;", "the invisible character &#xF0000;."),
        ("\U00100000", "the invisible character U+100000."),
        ("~~~", "Delete the line of ~~~ here"),
        ("- " * 31 + "x", "More than 30 lists, regions or marks"),
    ],
)
def test_a_problem_says_what_is_wrong_in_words(text, words):
    with pytest.raises(MarkupError) as caught:
        read_markdown(text, "surat.md")

    (problem,) = caught.value.problems
    shown = problem_text(problem, "en")
    assert words in shown
    assert "\n  → " in shown


@pytest.mark.parametrize("text", ["- " * MAX_DEPTH + "x", "::: a\n" * MAX_DEPTH + ":::\n" * MAX_DEPTH])
def test_what_is_nested_as_deep_as_allowed_reads(text):
    assert read_markdown(text).blocks


@pytest.mark.parametrize(
    "text",
    ["- " * 5000 + "x", "::: a\n" * 5000, "1. x\n" + "".join(" " * (2 * n) + "1. x\n" for n in range(500)),
     "*a **b " * 2000 + "x** y*" * 2000],
)  # fmt: skip
def test_what_is_nested_too_deep_is_refused_and_harms_nothing(text):
    with pytest.raises(MarkupError, match="inside one another"):
        read_markdown(text)


SENSELESS = [
    "[",
    "![",
    "](",
    "*",
    "_a",
    "*a_",
    "**a __",
    "<",
    "<!--",
    "<a ",
    "&",
    "|",
    "|-",
    "a|b\n",
    ">> ",
    " #",
    "x\n",
] + ["1. x\n", "a\n\n", " ", ":", "a\n: b\n", "(", "`", "\\", "\\|", "b. x\n", ":::\n", "- \n"]


@pytest.mark.parametrize("end", ["", "x", "]", "\\"])
@pytest.mark.parametrize("part", SENSELESS)
def test_long_texts_without_sense_take_no_long_time(part, end):
    text = part * (20_000 // len(part)) + end
    before = time.perf_counter()

    reading(text)

    assert time.perf_counter() - before < 2


def test_every_node_is_an_object_of_its_own():
    """Writers tell nodes apart by identity."""
    document = read_markdown("a\\\nb\\\nc >> d\n\ne >> f\n\n---\n\n---\n\n| |\n|---|---|\n| |\n\n{0} {0}\n\n1. a\n1. a")
    nodes = list(walk(document))

    assert len({id(node) for node in nodes}) == len(nodes)
    assert sum(isinstance(node, LineBreak) for node in nodes) == 2


def test_a_picture_describes_itself_in_words_and_values_alone():
    (found,) = read_markdown("![**a** >> b \U000f0003](logo)").blocks

    assert found == Image("logo", (Text("a b "), Value(3)))


def test_words_that_meet_are_one_text():
    assert join([Text("a"), Text(""), Text("  b\t"), Value(0), Text(" ")]) == (Text("a b "), Value(0))


def test_a_letter_of_two_pages_reads_in_a_blink():
    """Measured at 3 ms; the limit leaves room for a busy machine."""
    fixture = (Path(__file__).parent / "fixtures" / "letter.md").read_text("utf-8").split("\n.\n")[1]
    text = re.sub(r"\{(\d+)\}", lambda found: chr(0xF0000 + int(found[1])), fixture)
    times = []
    for _ in range(5):
        before = time.perf_counter()
        read_markdown(text)
        times.append(time.perf_counter() - before)

    assert min(times) < 0.03
