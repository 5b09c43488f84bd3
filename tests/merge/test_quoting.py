"""Lines of a statute become items with the statute's labels; nothing else in them makes structure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.merge.quoting import levels
from letters.reader import read_markdown


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["Kepala Desa dilarang:", "b. membuat;"], [(0, "", "Kepala Desa dilarang:"), (0, "b. ", "membuat;")]),
        (["(1) Pegawai:", "d. menjaga;"], [(0, "(1) ", "Pegawai:"), (1, "d. ", "menjaga;")]),
        (
            ["n. memberi:", "1. ikut;", "2. serta.", "o. lain."],
            [(0, "n. ", "memberi:"), (1, "1. ", "ikut;"), (1, "2. ", "serta."), (0, "o. ", "lain.")],
        ),
        (
            ["di. sini", "- x", "# y", "(a1) z"],
            [(0, "", "di. sini"), (0, "", "- x"), (0, "", "# y"), (0, "", "(a1) z")],
        ),
    ],
)
def test_labels_stand_in_their_levels(lines, found):
    assert list(levels(lines)) == found


def test_labels_hang_as_items_of_lists_inside_one_another(merge):
    quoted = ["(1) Pegawai ASN wajib:", "d. *menjaga* netralitas; dan", "(2) 1. <b>"]
    merged = merge("::: kutipan\n{{ q|kutipan }}\n:::", {"q": quoted})

    [region] = read_markdown(merged.text).blocks
    [outer] = region.blocks
    inner = outer.items[0].blocks[1]

    assert [item.number for item in outer.items] == [1, 2]
    assert [item.number for item in inner.items] == [4]
    assert merged.values == ("Pegawai ASN wajib:", "*menjaga* netralitas; dan", "1. <b>")


@given(st.lists(st.text(max_size=20), max_size=6))
def test_every_word_of_a_line_is_kept(lines):
    assert ["".join((label, words)).split() for _, label, words in levels(lines)] == [line.split() for line in lines]
