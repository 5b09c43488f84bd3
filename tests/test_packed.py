"""Items → a sequence that packs all but some hundred of them: what goes in comes out, in order."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import Place
from letters.model.letter import Recipient
from letters.packed import TOGETHER, Packed

SIZES = (0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 7)


def row(number: int) -> Recipient:
    fields = {"kode": f"c{number}", "kelompok": "camat", "jabatan": f"Camat {number}", "alamat": "Jalan Raya"}
    return Recipient(f"c{number}", "camat", fields, Place("daftar.csv", row=number))


@pytest.mark.parametrize("size", SIZES)
def test_items_come_out_as_they_went_in(size: int) -> None:
    packed = Packed(row(number) for number in range(size))

    assert list(packed) == [row(number) for number in range(size)]
    assert len(packed) == size
    assert [item.place for item in packed] == [row(number).place for number in range(size)]


@pytest.mark.parametrize("size", SIZES)
def test_it_is_read_again_and_by_index_like_a_list(size: int) -> None:
    packed, plain = Packed(range(size)), list(range(size))

    assert [packed[index] for index in range(-size, size)] == [plain[index] for index in range(-size, size)]
    assert packed[1:-1:3] == plain[1:-1:3]
    assert list(reversed(packed)) == plain[::-1]
    with pytest.raises(IndexError):
        packed[size]


@given(st.lists(st.integers(0, 2 * TOGETHER), max_size=40))
def test_items_may_be_asked_for_in_any_order_while_it_grows(indexes: list[int]) -> None:
    packed = Packed(range(TOGETHER))
    for index in indexes:
        packed.append(len(packed))

        assert packed[min(index, len(packed) - 1)] == min(index, len(packed) - 1)


def test_sequences_of_equal_items_are_equal() -> None:
    assert Packed(range(1200)) == tuple(range(1200))
    assert Packed(range(1200)) != Packed(range(1201))
    assert Packed(range(3)) != 3


def test_few_items_are_not_packed_and_stay_the_same_objects() -> None:
    rows = [row(number) for number in range(TOGETHER)]

    assert all(one is twin for one, twin in zip(rows, Packed(rows), strict=True))


def test_rows_that_are_much_alike_take_a_tenth_of_the_memory() -> None:
    def held(kind: type[Packed[Recipient]] | type[list[Recipient]]) -> int:
        tracemalloc.start()
        items = kind(row(number) for number in range(50 * TOGETHER))
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(items) == 50 * TOGETHER
        return size

    assert held(Packed) < held(list) / 10
