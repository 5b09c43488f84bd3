"""The calendar on the terminal: what is over, running and next, what the office moved, and what is not regulated."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.cli import options
from letters.register import Actor, Register
from tests.support.cli import run
from tests.support.workspace import SETTINGS, make_workspace, tree

KALENDER = '\n[kalender]\npemilihan = "pemilihan-2024"\n'
MOVED = """\
[[elections]]
id = "pemilihan-2024"

  [[elections.stages]]
  id = "kampanye"
  start = 2024-09-28
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor", settings=SETTINGS + KALENDER)


def lines(out: str) -> dict[str, list[str]]:
    """Return the rows of the printed table by id of the stage."""
    cells = [line.split("\t") for line in out.splitlines()]
    return {row[2]: row for row in cells if len(row) == 5}


def test_line_of_time_says_what_is_over_running_and_next(office: Path) -> None:
    shown = run("stages", "--today", "2024-09-23", folder=office)
    rows = lines(shown.out)

    assert shown.code == 0, shown.err
    states = ("pendaftaran", "jeda-pra-kampanye", "dana-ladk", "kampanye", "logistik")
    assert [rows[name][0] for name in states] == ["over", "running", "next", "ahead", "no date"]
    assert rows["kampanye"][1:4] == ["Pelaksanaan Kampanye", "kampanye", "25 September s.d. 23 November 2024"]
    assert rows["pendaftaran"][1].startswith("  ")
    assert "Next: Laporan awal dana kampanye, 24 September 2024 (days to go: 1)." in shown.out
    assert "Today: Senin, 23 September 2024." in shown.out


def test_dates_are_indonesian_and_so_are_the_words_without_lang(office: Path) -> None:
    shown = run("--lang", "id", "stages", "--today", "2024-10-01", folder=office)
    assert "Hari ini: Selasa, 1 Oktober 2024." in shown.out
    assert lines(shown.out)["kampanye"][0] == "berlangsung"


def test_stage_that_the_office_moved_is_marked_with_file_line_and_old_day(office: Path) -> None:
    (office / "tahapan.toml").write_text(MOVED, encoding="utf-8")
    shown = run("stages", "--today", "2024-09-23", folder=office)
    row = lines(shown.out)["kampanye"]

    assert row[3] == "28 September s.d. 23 November 2024"
    assert row[4] == "moved by the office (tahapan.toml:6), was 25 September 2024"
    assert "ends on 24 September 2024, but" in shown.err, "the gap before the moved stage is told"


@pytest.mark.parametrize("election", ["pemilu-nasional-2029", "pemilihan-daerah-berikutnya"])
def test_unregulated_calendar_says_so_and_shows_no_date(office: Path, election: str) -> None:
    shown = run("stages", "--election", election, "--today", "2026-11-21", folder=office)
    data = run("--json", "stages", "--election", election, "--today", "2026-11-21", folder=office).json

    assert "not regulated yet" in shown.out
    printed = shown.out.replace("21 November 2026", "").partition("\n")[2]
    assert re.findall(r"20\d\d", printed) == []
    assert data["election"]["polling_day"] is None
    assert {(stage["start"], stage["end"]) for stage in data["stages"]} == {(None, None)}


def test_without_an_election_all_are_listed_to_choose_from(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    shown = run("stages", folder=office)
    listed = run("--json", "stages", folder=office).json["elections"]

    assert "pemilu-2024\tPemilihan Umum Tahun 2024\t14 Februari 2024\tover" in shown.out
    assert {one["id"] for one in listed} >= {"pemilu-2024", "pemilihan-2024", "nontahapan", "pemilu-nasional-2029"}


def test_unknown_election_is_refused_with_a_near_name(office: Path) -> None:
    shown = run("stages", "--election", "pemilihan-2042", folder=office)
    assert shown.code == 1
    assert "pemilihan-2024" in shown.err


def test_json_holds_every_stage_with_its_state_and_what_was_moved(office: Path) -> None:
    (office / "tahapan.toml").write_text(MOVED, encoding="utf-8")
    data = run("--json", "stages", "--today", "2024-09-23", folder=office).json
    stages: dict[str, Any] = {stage["id"]: stage for stage in data["stages"]}

    assert (data["today"], data["election"]["id"]) == ("2024-09-23", "pemilihan-2024")
    assert (stages["kampanye"]["state"], stages["kampanye"]["start"]) == ("ahead", "2024-09-28")
    [change] = stages["kampanye"]["moved"]
    assert (change["key"], change["old"], change["new"], change["line"]) == ("start", "2024-09-25", "2024-09-28", 6)
    assert [notice["code"] for notice in data["notices"]] == ["law.stages-apart"]


def test_calendar_file_is_written_and_kept_up_to_date(office: Path) -> None:
    path = office / "tahapan.ics"
    first = run("stages", "--ics", path, folder=office)
    before = path.read_text(encoding="utf-8")
    (office / "tahapan.toml").write_text(MOVED, encoding="utf-8")
    run("stages", "--ics", path, folder=office)

    assert first.code == 0, first.err
    assert before.startswith("BEGIN:VCALENDAR")
    assert "DTSTART;VALUE=DATE:20240925" in before
    assert "DTSTART;VALUE=DATE:20240928" in path.read_text(encoding="utf-8")


def test_calendar_file_without_an_election_is_told_which_there_are(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "lain")
    done = run("stages", "--ics", folder / "tahapan.ics", folder=folder)
    assert done.code == 2
    assert "pemilihan-2024" in done.err
    assert not (folder / "tahapan.ics").exists()


def test_ban_is_over_with_the_stage_that_ends_it(office: Path) -> None:
    then = run("stages", "--today", "2025-02-20", folder=office).out
    later = run("stages", "--today", "2026-11-22", folder=office).out
    assert "Running: Larangan penggantian pejabat" in then
    assert "Running" not in later


def test_file_that_is_no_calendar_is_not_replaced(office: Path) -> None:
    before = tree(office)
    refused = run("stages", "--ics", office / "letters.toml", folder=office)
    assert refused.code == 2
    assert tree(office) == before


def test_check_shows_what_the_office_moved(office: Path) -> None:
    (office / "tahapan.toml").write_text(MOVED, encoding="utf-8")
    checked = run("--json", "check", "uji", "--date", "2024-09-24", folder=office)
    notices = {notice["code"]: notice for notice in checked.json["notices"]}

    assert checked.code == 0
    told = notices["batch.own-data"]
    assert "kampanye: start 28 September 2024 instead of 25 September 2024" in told["message"]
    assert (told["file"].endswith("tahapan.toml"), told["line"]) == (True, 6)
    assert "law.stages-apart" in notices


def calendar_events(office: Path) -> list[Any]:
    with Register.open(office / "register.db", Actor("uji", "pc", "letters"), options.now, create=False) as register:
        return list(register.calendar_changes())


def issue(office: Path, key: str) -> None:
    done = run("issue", "uji", "--to", key, "--date", "2024-09-24", "--formats", "docx", folder=office)
    assert done.code == 0, done.err


def test_changed_calendar_is_kept_in_the_register_with_the_next_letter_and_once(office: Path) -> None:
    issue(office, "sekda")
    (office / "tahapan.toml").write_text(MOVED, encoding="utf-8")
    assert calendar_events(office) == [], "looking and checking keep nothing"

    issue(office, "camat-gudo")
    issue(office, "camat-diwek")

    [event] = calendar_events(office)
    change = {"entry": "elections/pemilihan-2024/kampanye", "key": "start"}
    assert event.details == {"changes": [change | {"old": date(2024, 9, 25), "new": date(2024, 9, 28)}]}
    shown = run("stages", "--today", "2024-09-23", folder=office)
    assert "kampanye: start 28 September 2024 instead of 25 September 2024." in shown.out
    assert run("register", "verify", folder=office).code == 0


def test_change_that_was_taken_back_is_kept_too(office: Path) -> None:
    (office / "tahapan.toml").write_text(MOVED, encoding="utf-8")
    issue(office, "sekda")
    (office / "tahapan.toml").unlink()
    issue(office, "camat-gudo")
    assert [bool(event.details["changes"]) for event in calendar_events(office)] == [True, False]
    assert "the usual calendar again" in run("stages", folder=office).out


def test_refused_letters_keep_no_change(office: Path) -> None:
    issue(office, "sekda")
    (office / "tahapan.toml").write_text(MOVED, encoding="utf-8")
    refused = run("issue", "uji", "--to", "camat-gudo", "--date", "2204-09-24", folder=office)
    assert refused.code == 1
    assert calendar_events(office) == []
