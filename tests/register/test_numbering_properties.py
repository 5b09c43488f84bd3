"""Numbers that were printed are read back; numbers that were read are printed again. For patterns nobody thought of."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from letters.errors import SettingsError
from letters.register.numbering import Field, Pattern

CODE = "ABCDKPXYZabcz0123456789"
FREE_CODES = st.from_regex(rf"[{CODE}][{CODE}./_-]{{0,11}}", fullmatch=True)
CODES_WITHOUT_SLASH = st.from_regex(rf"[{CODE}][{CODE}._-]{{0,11}}", fullmatch=True)
DAYS = st.dates(date(1945, 8, 17), date(2199, 12, 31))
ORDERS = st.integers(1, 99_999)
SUFFIXES = st.one_of(st.just(""), st.from_regex(r"[1-9][0-9]{0,2}|[A-Za-z]{1,2}", fullmatch=True))
OTHERS = ["klasifikasi", "kode", "bulan", "bulan:02", "bulan:romawi", "tahun"]


@st.composite
def patterns(draw: st.DrawFn, separators: st.SearchStrategy[str], repeats: bool = True) -> Pattern:
    """A pattern with one `{urut}` and any other fields, repeated or not, between drawn separators."""
    others = draw(st.lists(st.sampled_from(OTHERS), max_size=5, unique=not repeats))
    order = draw(st.sampled_from(["urut", "urut:02", "urut:03", "urut:06"]))
    fields = draw(st.permutations([order, *others]))
    pieces = [draw(separators) + f"{{{field}}}" for field in fields]
    return Pattern.parse("".join(pieces) + draw(separators))


def written(pattern: Pattern) -> set[str]:
    return {piece.name for piece in pattern.pieces if isinstance(piece, Field)}


def expected(pattern: Pattern, order: int, suffix: str, day: date, codes: dict[str, str]) -> dict[str, object]:
    """What a reader of the number can know."""
    known = {"bulan": ("month", day.month), "tahun": ("year", day.year)} | {name: (name, codes[name]) for name in codes}
    return {"order": order, "suffix": suffix, **dict(known[name] for name in written(pattern) - {"urut"})}


@given(
    patterns(st.sampled_from(["|", " | ", "#", "(", ":", " = ", "{{", "}}"])),
    ORDERS,
    SUFFIXES,
    DAYS,
    FREE_CODES,
    FREE_CODES,
)
def test_number_is_read_back_when_no_separator_can_stand_in_a_code(
    pattern: Pattern, order: int, suffix: str, day: date, classification: str, code: str
) -> None:
    codes = {"klasifikasi": classification, "kode": code}
    text = pattern.format(order, day, codes, suffix)
    assert pattern.read(text) == expected(pattern, order, suffix, day, codes)


@given(patterns(st.just("/")), ORDERS, SUFFIXES, DAYS, CODES_WITHOUT_SLASH, CODES_WITHOUT_SLASH)
def test_number_is_read_back_when_slashes_separate_codes_without_slashes(
    pattern: Pattern, order: int, suffix: str, day: date, classification: str, code: str
) -> None:
    codes = {"klasifikasi": classification, "kode": code}
    text = pattern.format(order, day, codes, suffix)
    assert pattern.read(text) == expected(pattern, order, suffix, day, codes)


@given(
    patterns(st.sampled_from(["/", ".", "-", "_", " ", "A", "0", "K.", "./"]), repeats=False),
    ORDERS,
    SUFFIXES,
    DAYS,
    FREE_CODES,
    FREE_CODES,
)
def test_reading_prints_the_same_text_again_however_ambiguous_it_is(
    pattern: Pattern, order: int, suffix: str, day: date, classification: str, code: str
) -> None:
    text = pattern.format(order, day, {"klasifikasi": classification, "kode": code}, suffix)
    parts = pattern.read(text)
    assert parts is not None
    assert printed(pattern, dict(parts)) == text


@given(
    patterns(st.sampled_from(["/", ".", "-", " "])),
    st.text("0123456789/.- KPMXVI", max_size=40),
)
def test_whatever_is_read_prints_the_same_text_but_for_padding(pattern: Pattern, text: str) -> None:
    parts = pattern.read(text)
    if parts is not None:
        assert unpadded(printed(pattern, dict(parts))) == unpadded(text)


@given(patterns(st.sampled_from(["/", "-", ""]).filter(bool)), ORDERS, ORDERS, DAYS, FREE_CODES)
def test_two_orders_never_print_the_same_text(pattern: Pattern, one: int, other: int, day: date, code: str) -> None:
    codes = {"klasifikasi": "PM.00.02", "kode": code}
    assert (pattern.format(one, day, codes) == pattern.format(other, day, codes)) == (one == other)


@given(st.text("{}urtahnbl:03/ \n", max_size=30))
def test_any_text_is_a_pattern_or_is_refused_with_problems(text: str) -> None:
    try:
        pattern = Pattern.parse(text)
    except SettingsError as refusal:
        pattern = None
        told = refusal.problems
    assert pattern.text == text if pattern else told


def printed(pattern: Pattern, parts: dict[str, object]) -> str:
    day = date(int(str(parts.get("year", 2000))), int(str(parts.get("month", 1))), 1)
    codes = {name: str(parts.get(name, "")) for name in ("klasifikasi", "kode")}
    return pattern.format(int(str(parts["order"])), day, codes, str(parts["suffix"]))


def unpadded(text: str) -> str:
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", text)
