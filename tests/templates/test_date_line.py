"""Place and date of a letter: beside the number, or above it where both would run into each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.batch.choosing import Choice
from letters.batch.plan import Composer, make_plan
from letters.batch.workspace import open_workspace
from letters.model.document import Fields, Fill, Region
from letters.model.walk import inline_text, walk
from tests.support.workspace import SETTINGS, make_workspace


@pytest.mark.parametrize(
    ("town", "day", "is_beside"),
    [
        ("Jombang", date(2024, 9, 24), True),
        ("Trenggalek", date(2024, 5, 24), True),
        ("Trenggalek", date(2024, 9, 24), False),
        ("Lhoksukon", date(2024, 9, 24), False),
    ],
)
def test_date_stands_above_the_number_where_both_have_no_room_in_a_line(
    tmp_path: Path, town: str, day: date, is_beside: bool
) -> None:
    settings = SETTINGS.replace('kota = "Jombang"', f'kota = "{town}"')
    composer = Composer(open_workspace(make_workspace(tmp_path / "kantor", settings=settings)))

    plan = make_plan(composer, Choice(("uji",), day), lambda *_: None)
    letter = composer.compose(next(plan.drafts()))

    nodes = list(walk(letter.shape.document))
    above = [node for node in nodes if isinstance(node, Region) and node.names[0] == "dua-tanggal"]
    (fields,) = [node for node in nodes if isinstance(node, Fields)]
    beside = [inline for inline in fields.rows[0].value if isinstance(inline, Fill)]
    assert (bool(beside), bool(above)) == (is_beside, not is_beside)
    words = " ".join(inline_text(node.children, letter.values) for node in nodes if hasattr(node, "children"))
    words += inline_text(fields.rows[0].value, letter.values)
    assert words.count(f"{town}, {day.day} ") == 1
