"""How CSS margins become space after and before paragraphs: against a model of CSS written the other way round."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.writers.docx.blocks import Cell, Face, Grid, Paragraph, Role, Row, Shape
from letters.writers.docx.flow import SPACER, Flow, collapse
from letters.writers.style import INITIAL, Style

FACE = Face("Arial", 24)
PLAIN = Role("Normal")


def box(**values) -> Style:
    """Return a style: `margin_top=3` is `margin-top: 3pt`."""
    return replace(
        INITIAL, values={**INITIAL.values, **{name.replace("_", "-"): value for name, value in values.items()}}
    )


def paragraph() -> Paragraph:
    return Paragraph(PLAIN, Shape(FACE, line=240))


def grid() -> Grid:
    return Grid([Row([Cell([paragraph()], 1000, (0, 0, 0, 0))]), Row([Cell([paragraph()], 1000, (0, 0, 0, 0))])])


def put(flow: Flow, block, style: Style = INITIAL) -> None:
    flow.open(style)
    flow.add(block)
    flow.close(style)


def gaps(blocks) -> list[int]:
    """Return the room between neighbours in twips; never are both sides of a gap said."""
    found = []
    for one, other in zip(blocks, blocks[1:], strict=False):
        after = one.shape.after if isinstance(one, Paragraph) else 0
        before = other.shape.before if isinstance(other, Paragraph) else 0
        assert not (after and before)
        found.append(after + before)
    return found


@pytest.mark.parametrize(
    ("margins", "expected"),
    [([], 0), ([3, 5], 5), ([5, 3, 4], 5), ([-3, -5], -5), ([6, -2], 4), ([6, 2, -2, -4], 2)],
)
def test_margins_collapse(margins, expected):
    assert collapse(margins) == expected


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=8))
def test_between_siblings_the_larger_margin_counts(margins):
    flow = Flow(FACE)
    for above, below in margins:
        put(flow, paragraph(), box(margin_top=float(above), margin_bottom=float(below)))

    expected = [20 * max(below, above) for (_, below), (above, _) in zip(margins, margins[1:], strict=False)]
    assert gaps(flow.finish()) == expected


def test_margins_of_boxes_that_begin_and_end_together_collapse():
    flow = Flow(FACE)
    outer, inner = box(margin_top=10.0, margin_bottom=18.0), box(margin_top=4.0, margin_bottom=6.0)
    flow.open(outer)
    put(flow, paragraph(), inner)
    flow.close(outer)
    put(flow, paragraph(), box(margin_top=2.0))

    assert gaps(flow.finish()) == [18 * 20]
    assert flow.leading == 10


def test_padding_keeps_margins_apart():
    flow = Flow(FACE)
    put(flow, paragraph(), box(margin_bottom=6.0))
    outer = box(margin_top=4.0, padding_top=5.0)
    flow.open(outer)
    put(flow, paragraph(), box(margin_top=3.0))
    flow.close(outer)

    assert gaps(flow.finish()) == [20 * (6 + 5 + 3)]


def test_room_below_is_preferred_because_it_vanishes_at_the_foot_of_a_page():
    flow = Flow(FACE)
    put(flow, paragraph(), box(margin_bottom=6.0))
    put(flow, paragraph(), box(margin_top=12.0))
    first, second = flow.finish()

    assert (first.shape.after, second.shape.before) == (240, 0)


def test_room_above_belongs_to_what_wants_it_when_nothing_is_wanted_below():
    flow = Flow(FACE)
    put(flow, paragraph())
    put(flow, paragraph(), box(margin_top=12.0))
    first, second = flow.finish()

    assert (first.shape.after, second.shape.before) == (0, 240)


def test_room_at_the_start_is_left_to_a_header():
    for under_header, before in ((True, 0), (False, 240)):
        flow = Flow(FACE)
        put(flow, paragraph(), box(margin_top=12.0))

        assert flow.finish(under_header=under_header)[0].shape.before == before


def test_page_break_stands_on_the_paragraph_and_keeps_the_margin_above():
    flow = Flow(FACE)
    put(flow, paragraph(), box(margin_bottom=6.0))
    put(flow, paragraph(), box(margin_top=9.0, break_before="page"))
    first, second = flow.finish()

    assert (first.shape.after, second.shape.before, second.shape.page_break) == (120, 180, True)


@pytest.mark.parametrize("places", [("break_after", None), (None, "break_before"), ("break_after", "break_before")])
def test_a_page_breaks_once_however_often_it_is_asked(places):
    after, before = places
    flow = Flow(FACE)
    put(flow, paragraph(), box(**({after: "page"} if after else {})))
    flow.open(box(break_after="page"))
    flow.close(box(break_after="page"))
    put(flow, paragraph(), box(**({before: "page"} if before else {})))

    assert [block.shape.page_break for block in flow.finish()] == [False, True]


def test_no_page_breaks_before_the_first_block():
    flow = Flow(FACE)
    put(flow, paragraph(), box(break_before="page"))

    assert not flow.finish()[0].shape.page_break


def test_a_break_to_avoid_keeps_the_paragraph_before():
    flow = Flow(FACE)
    put(flow, paragraph())
    put(flow, paragraph(), box(break_before="avoid"))
    put(flow, paragraph(), box(break_after="avoid"))
    put(flow, paragraph())

    assert [block.shape.keep_next for block in flow.finish()] == [True, False, True, False]


def test_a_box_in_one_piece_keeps_all_but_its_last_paragraph():
    flow = Flow(FACE)
    put(flow, paragraph())
    for block in (paragraph(), grid(), paragraph()):
        put(flow, block)
    flow.hold(1)
    first, second, table, last = flow.finish()

    assert (first.shape.keep_lines, first.shape.keep_next) == (False, False)
    assert second.shape.keep_next
    assert all(row.cells[0].blocks[0].shape.keep_next for row in table.rows)
    assert (last.shape.keep_lines, last.shape.keep_next) == (True, False)


def test_a_table_kept_with_what_follows_keeps_its_last_row():
    flow = Flow(FACE)
    put(flow, grid())
    put(flow, paragraph(), box(break_before="avoid"))
    table, _ = flow.finish()

    assert [row.cells[0].blocks[0].shape.keep_next for row in table.rows] == [False, True]


def test_room_below_a_table_belongs_to_the_next_paragraph():
    flow = Flow(FACE)
    put(flow, grid(), box(margin_bottom=6.0))
    put(flow, paragraph())

    assert flow.finish()[1].shape.before == 120


def test_tables_that_meet_are_kept_apart_by_a_line_as_high_as_their_margin():
    flow = Flow(FACE)
    put(flow, grid(), box(margin_bottom=6.0))
    put(flow, grid())
    _, between, _, last = flow.finish()

    assert (between.role, between.shape.line, between.shape.before) == (SPACER, 120, 0)
    assert (last.role, last.shape.line) == (SPACER, 20)


def test_a_page_break_before_a_table_has_a_paragraph_to_stand_on():
    flow = Flow(FACE)
    put(flow, paragraph())
    put(flow, grid(), box(break_before="page"))
    _, carrier, _, _ = flow.finish()

    assert (carrier.role, carrier.shape.page_break, carrier.shape.keep_next) == (SPACER, True, True)


def test_an_empty_flow_is_one_paragraph_for_word_wants_one():
    (only,) = Flow(FACE).finish()

    assert only.role == SPACER
