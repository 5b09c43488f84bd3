"""Lists as staff type them: any scheme, any numbers, any nesting, any indentation reads back with the same labels."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from letters.model.document import Document, List, ListItem, Numeral, Paragraph, Scheme, Text
from letters.model.labels import label
from letters.reader import read_markdown

SCHEMES = [
    Scheme(numeral, *around)
    for numeral in (Numeral.DECIMAL, Numeral.LOWER_ALPHA, Numeral.UPPER_ALPHA, Numeral.LOWER_ROMAN, Numeral.UPPER_ROMAN)
    for around in (("", "."), ("", ")"), ("(", ")"))
] + [Scheme(Numeral.BULLET, "", "")]


@dataclass
class Outline:
    """A list to type: its scheme, and numbers with the list under each (or none)."""

    scheme: Scheme
    items: list[tuple[int, "Outline | None"]]


@st.composite
def outlines(draw, depth=5):
    scheme = draw(st.sampled_from(SCHEMES))
    first = draw(st.integers(1, 20))
    steps = draw(st.lists(st.sampled_from([1, 1, 1, 2, 4]), max_size=3))
    numbers = [first + sum(steps[:count]) for count in range(len(steps) + 1)]
    below = st.none() | outlines(depth - 1) if depth else st.none()
    return Outline(scheme, [(0 if scheme.numeral is Numeral.BULLET else number, draw(below)) for number in numbers])


def typed(outline: Outline, indent: str, step: str, gap: str) -> str:
    lines = []
    for number, below in outline.items:
        lines.append(f"{indent}{label(outline.scheme, number)} teks\n{gap}")
        if below:
            lines.append(typed(below, indent + step, step, gap))
    return "".join(lines)


def labels_of(outline: Outline) -> list:
    return [(label(outline.scheme, number), labels_of(below) if below else []) for number, below in outline.items]


def labels_read(blocks) -> list:
    """Labels as printed; a list read as two (`i.` Roman, `j.` a letter) still prints the same."""
    found = []
    for block in blocks:
        if isinstance(block, List):
            found += [(label(block.scheme, item.number), labels_read(item.blocks)) for item in block.items]
    return found


@settings(max_examples=150, deadline=None)
@given(outlines(), st.sampled_from(["  ", "   ", "    ", "\t"]))
def test_a_typed_list_reads_back_with_its_labels_and_nesting_when_blank_lines_stand_between(outline, step):
    document = read_markdown(typed(outline, "", step, "\n"))

    assert labels_read(document.blocks) == labels_of(outline)


@settings(max_examples=150, deadline=None)
@given(outlines(), st.sampled_from(["  ", "   ", "    ", "\t"]))
def test_a_typed_list_reads_back_without_blank_lines_when_each_list_starts_with_its_first_label(outline, step):
    from_one(outline)

    document = read_markdown(typed(outline, "", step, ""))

    assert labels_read(document.blocks) == labels_of(outline)


def from_one(outline: Outline) -> None:
    """Number every list from its first label on."""
    count = 1
    for place, (number, below) in enumerate(outline.items):
        outline.items[place] = (count if number else 0, below)
        count += 1
        if below:
            from_one(below)


def test_a_list_keeps_its_words_in_its_items():
    document = read_markdown("1. satu\n   lagi\n2. dua")

    assert document == Document(
        (
            List(
                Scheme(Numeral.DECIMAL),
                tuple(read_item(number, words) for number, words in ((1, "satu lagi"), (2, "dua"))),
            ),
        )
    )


def read_item(number, words):
    return ListItem(number, (Paragraph((Text(words),)),))


def test_a_list_of_ninety_letters_goes_round_the_alphabet():
    scheme = Scheme(Numeral.LOWER_ALPHA)
    text = "".join(f"{label(scheme, number)} teks\n" for number in range(1, 91))

    (found,) = read_markdown(text).blocks

    assert isinstance(found, List)
    assert [item.number for item in found.items] == list(range(1, 91))
