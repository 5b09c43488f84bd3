"""The day of a letter is the one where the office is, whatever zone the machine is set to."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from letters.cli import options
from letters.settings import read_settings
from tests.support.cli import run
from tests.support.workspace import SETTINGS, make_workspace

LATE_IN_THE_EVENING_IN_JAKARTA = datetime(2024, 11, 26, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"), [("WIB", date(2024, 11, 26)), ("WITA", date(2024, 11, 27)), ("WIT", date(2024, 11, 27))]
)
def test_today_is_the_day_where_the_office_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, day: date
) -> None:
    monkeypatch.setattr(options, "now", lambda: LATE_IN_THE_EVENING_IN_JAKARTA)
    folder = make_workspace(tmp_path / "kantor", settings=SETTINGS.replace('"WIB"', f'"{zone}"'))
    assert options.today(read_settings(folder / "letters.toml")) == day


def test_letters_without_a_date_bear_the_day_of_the_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "now", lambda: LATE_IN_THE_EVENING_IN_JAKARTA)
    folder = make_workspace(tmp_path / "kantor", settings=SETTINGS.replace('"WIB"', '"WIT"'))
    issued = run("--json", "issue", "uji", "--to", "sekda", "--formats", "docx", folder=folder)
    assert issued.json["made"][0]["date"] == "2024-11-27"


def test_events_of_the_register_bear_the_time_of_the_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "now", lambda: LATE_IN_THE_EVENING_IN_JAKARTA)
    folder = make_workspace(tmp_path / "kantor", settings=SETTINGS.replace('"WIB"', '"WIT"'))
    run("issue", "uji", "--to", "sekda", "--formats", "docx", folder=folder)
    shown = run("--json", "register", "show", "001/PM.00.02/K.JI-08/11/2024", folder=folder).json
    assert [event["at"] for event in shown["events"]] == ["2024-11-27T01:30:00+09:00"] * 2
