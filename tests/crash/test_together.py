"""Two commands at the same time on one office: nobody waits for ever, no gap, no double, each recipient one letter."""

from __future__ import annotations

import random
import time

import pytest

from tests.support.crash import KILLED, Office, Offices
from tests.support.workspace import TEMPLATE, tree

SEEDS = range(20240930, 20240934)


@pytest.mark.parametrize("seed", SEEDS)
def test_same_letters_issued_twice_at_the_same_time_are_issued_once(offices: Offices, seed: int) -> None:
    office = offices.make(6)
    first, second = start_both(office, ["uji", "uji"], random.Random(seed))

    assert [first.end().code, second.end().code] == [0, 0]
    office.check_done()


@pytest.mark.parametrize("seed", SEEDS)
def test_letters_of_two_templates_share_one_series_without_gap_or_double(offices: Offices, seed: int) -> None:
    office = two_templates(offices)
    first, second = start_both(office, ["uji", "lain"], random.Random(seed))

    assert [first.end().code, second.end().code] == [0, 0]
    check_two_templates(office)


@pytest.mark.parametrize("seed", SEEDS)
def test_command_killed_beside_another_one_is_completed_later(offices: Offices, seed: int) -> None:
    dice = random.Random(seed)
    office = two_templates(offices)
    first, second = start_both(office, ["uji", "lain"], dice)
    time.sleep(dice.uniform(0.05, 0.2))
    first.kill()

    assert first.end().code in (0, KILLED)
    assert second.end().code == 0
    again = office.issue()
    assert again.code == 0, again
    check_two_templates(office)


def start_both(office: Office, templates: list[str], dice: random.Random) -> list:
    started = []
    for template in templates:
        started.append(office.launcher.start(*office.arguments(template)))
        time.sleep(dice.uniform(0, 0.02))
    return started


def two_templates(offices: Offices) -> Office:
    office = offices.make(4)
    (office.folder / "templates" / "lain.md").write_text(TEMPLATE.replace("Surat uji", "Surat lain"), encoding="utf-8")
    return office


def check_two_templates(office: Office) -> None:
    """Check numbers 1 to 8 without gap, each template's in the order of the table and in one run."""
    rows = office.rows()
    firsts = {row.template: row.order for row in reversed(rows)}
    assert len(firsts) == 2
    for template, first in firsts.items():
        own = [(row.order, row.key, row.state, row.events) for row in rows if row.template == template]
        assert own == [(first + n, key, "issued", ["reserved", "issued"]) for n, key in enumerate(office.keys)]
    written = tree(office.folder / "out")
    assert sorted(written) == sorted(path.removeprefix("out/") for row in rows for path in row.files)
    office.check_tidy()
