"""The line of time, letters at the wrong time, and stages that an office moved."""

from datetime import date
from pathlib import Path

import pytest

from letters.errors import LawError, Severity
from letters.law import Calendar, LawBook, StageState
from letters.messages import problem_text

CALENDAR = Calendar.load()


def write(folder: Path, text: str) -> Path:
    path = folder / "tahapan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def moved(folder: Path, stages: str, election: str = "") -> Calendar:
    return Calendar.load(write(folder, f'[[elections]]\nid = "pemilihan-2024"\n{election}\n{stages}'))


def stage(name: str, **dates: date) -> str:
    lines = "".join(f"{key} = {day}\n" for key, day in dates.items())
    return f'[[elections.stages]]\nid = "{name}"\n{lines}'


# -- timeline


def test_stages_stand_by_their_first_day_with_their_parts_below_them():
    spans = CALENDAR.timeline("pemilihan-2024")
    tops = [span.first for span in spans if span.depth == 0 and span.first]
    assert tops == sorted(tops)
    names = [span.stage.id for span in spans]
    assert names.index("pencalonan") < names.index("pendaftaran") < names.index("kampanye") < names.index("masa-tenang")
    assert [span.depth for span in spans if span.stage.id in ("pencalonan", "pendaftaran")] == [0, 1]
    for before, span in zip(spans, spans[1:], strict=False):
        if span.depth:
            assert span.stage.parent in (before.stage.id, before.stage.parent)


def test_every_stage_stands_once_and_those_without_date_last():
    for election in CALENDAR.elections:
        spans = CALENDAR.timeline(election.id)
        assert sorted(span.stage.id for span in spans) == sorted(one.id for one in election.stages)
        dated = [span.first is not None for span in spans if span.depth == 0]
        assert dated == sorted(dated, reverse=True)


@pytest.mark.parametrize(
    ("name", "day", "state"),
    [
        ("kampanye", date(2024, 9, 24), StageState.AHEAD),
        ("kampanye", date(2024, 9, 25), StageState.NOW),
        ("kampanye", date(2024, 11, 23), StageState.NOW),
        ("kampanye", date(2024, 11, 24), StageState.PAST),
        ("larangan-mutasi", date(2025, 2, 20), StageState.NOW),
        ("larangan-mutasi", date(2025, 2, 21), StageState.PAST),
        ("larangan-program", date(2025, 2, 21), StageState.PAST),
        ("dana-ladk", date(2024, 9, 1), StageState.AHEAD),
        ("dana-ladk", date(2024, 9, 25), StageState.PAST),
        ("logistik", date(2024, 9, 25), StageState.OPEN),
        ("perencanaan", date(2023, 9, 25), StageState.OPEN),
    ],
)
def test_stage_lies_before_on_or_after_a_day(name, day, state):
    [span] = [span for span in CALENDAR.timeline("pemilihan-2024") if span.stage.id == name]
    assert span.state(day) is state


def test_a_ban_ends_with_the_stage_that_ends_it_and_moves_with_it(tmp_path):
    """The ban on programmes ends when the winner is fixed; while that has no day, at the inauguration."""
    later = moved(tmp_path, stage("pelantikan", start=date(2025, 3, 5), end=date(2025, 3, 5)))
    fixed = moved(tmp_path, stage("penetapan-terpilih", start=date(2025, 1, 9), end=date(2025, 1, 9)))
    names = ("larangan-mutasi", "larangan-program")
    ends = [[calendar.stage("pemilihan-2024", name).last_day for name in names] for calendar in (later, fixed)]
    assert ends == [[date(2025, 3, 5), date(2025, 3, 5)], [date(2025, 2, 20), date(2025, 1, 9)]]


def test_a_stage_that_ends_with_an_unknown_one_is_refused(tmp_path):
    with pytest.raises(LawError, match="pelantikkan"):
        moved(tmp_path, stage("larangan-mutasi") + 'ends_with = ["pelantikkan"]\n')


def test_calendar_of_2029_has_no_day():
    assert [span.first for span in CALENDAR.timeline("pemilu-nasional-2029")] == [None]


# -- dates of letters


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("kampanye", date(2024, 9, 24), []),
        ("kampanye", date(2024, 6, 27), []),
        ("kampanye", date(2024, 6, 26), [("law.stage-far", Severity.HINT)]),
        ("kampanye", date(2023, 9, 24), [("law.stage-far", Severity.WARNING)]),
        ("kampanye", date(2024, 9, 25), [("law.stage-begun", Severity.WARNING)]),
        ("kampanye", date(2024, 11, 23), [("law.stage-begun", Severity.WARNING)]),
        ("jeda-pra-kampanye", date(2024, 9, 23), [("law.stage-begun", Severity.HINT)]),
        ("kampanye", date(2024, 11, 24), [("law.stage-over", Severity.WARNING)]),
        ("dana-ladk", date(2024, 9, 24), []),
        ("dana-ladk", date(2024, 9, 25), [("law.stage-over", Severity.WARNING)]),
        ("larangan-mutasi", date(2024, 9, 25), [("law.stage-begun", Severity.HINT)]),
        ("larangan-mutasi", date(2025, 2, 21), [("law.stage-over", Severity.WARNING)]),
        ("logistik", date(2024, 9, 25), []),
    ],
)
def test_letter_at_the_wrong_time_is_said(name, day, expected):
    assert [(p.code, p.severity) for p in CALENDAR.check_date("pemilihan-2024", name, day)] == expected


def test_letter_that_prevents_nothing_may_be_written_while_the_stage_runs_but_not_after_it():
    running = CALENDAR.check_date("pemilihan-2024", "kampanye", date(2024, 10, 1), prevents=False)
    over = CALENDAR.check_date("pemilihan-2024", "kampanye", date(2024, 12, 1), prevents=False)
    assert (running, [problem.code for problem in over]) == ([], ["law.stage-over"])


@pytest.mark.parametrize(
    ("name", "day", "window"),
    [
        ("kampanye", date(2024, 10, 1), "(25 September s.d. 23 November 2024)"),
        ("larangan-mutasi", date(2024, 4, 1), "(22 Maret 2024 s.d. 20 Februari 2025)"),
        ("dana-ladk", date(2024, 10, 1), "(s.d. 24 September 2024)"),
    ],
)
def test_window_of_the_stage_is_said(name, day, window):
    [problem] = CALENDAR.check_date("pemilihan-2024", name, day)
    assert window in problem_text(problem, "en")


def test_letter_for_a_stage_without_rule_is_a_warning_that_prints_no_date():
    [problem] = CALENDAR.check_date("pemilu-nasional-2029", "mulai-tahapan", date(2026, 11, 21))
    assert problem.code == "law.stage-not-regulated"
    assert "20" not in problem_text(problem, "en").replace("tahapan.toml", "")


def test_recurring_matter_has_no_wrong_time():
    assert CALENDAR.check_date("nontahapan", "pdpb", date(2026, 11, 21)) == []


def test_letter_for_an_unknown_stage_is_refused():
    with pytest.raises(LawError):
        CALENDAR.check_date("pemilihan-2024", "kampanya", date(2024, 9, 24))


# -- moved stages


def test_calendar_of_the_package_changes_nothing():
    assert CALENDAR.changes() == ()
    assert CALENDAR.conflicts() == []
    assert LawBook.load().changes() == ()


def test_moved_stage_is_shown_with_the_old_and_the_new_day(tmp_path):
    calendar = moved(tmp_path, stage("kampanye", start=date(2024, 9, 28), end=date(2024, 11, 23)))
    [change] = calendar.changes()
    assert (change.entry, change.key) == ("elections/pemilihan-2024/kampanye", "start")
    assert (change.old, change.new) == (date(2024, 9, 25), date(2024, 9, 28))
    assert change.file.endswith("tahapan.toml")
    assert change.line == 6
    assert calendar.stage("pemilihan-2024", "kampanye").start == date(2024, 9, 28)
    assert calendar.check_date("pemilihan-2024", "kampanye", date(2024, 9, 25)) == []


def test_new_election_stage_and_group_are_shown_by_name(tmp_path):
    text = """
        [addressees]
        karang_taruna = "Karang Taruna"

        [[elections]]
        id = "psu-2025"
        name = "Pemungutan suara ulang"
        regime = "pemilihan"

        [[elections]]
        id = "pemilihan-2024"
        status = "current"
          [[elections.stages]]
          id = "debat"
          name = "Debat"
    """
    changes = Calendar.load(write(tmp_path, text)).changes()
    assert [(change.entry, change.key, change.old, change.new) for change in changes] == [
        ("addressees", "karang_taruna", None, "Karang Taruna"),
        ("elections/psu-2025", "", None, "psu-2025"),
        ("elections/pemilihan-2024", "status", "finished", "current"),
        ("elections/pemilihan-2024/debat", "", None, "debat"),
    ]


def test_changed_law_is_shown(tmp_path):
    path = tmp_path / "hukum.toml"
    path.write_text(
        '[[laws]]\nid = "pp-42-2004"\nrevoked_by = "uu-20-2023"\nrevoked_on = 2027-01-01\n', encoding="utf-8"
    )
    changes = LawBook.load(path).changes()
    assert [(change.entry, change.key, change.old, change.new) for change in changes] == [
        ("laws/pp-42-2004", "revoked_by", None, "uu-20-2023"),
        ("laws/pp-42-2004", "revoked_on", None, date(2027, 1, 1)),
    ]


def test_file_that_repeats_the_package_changes_nothing(tmp_path):
    assert moved(tmp_path, stage("kampanye", start=date(2024, 9, 25))).changes() == ()


def test_campaign_moved_alone_leaves_a_gap_that_is_said(tmp_path):
    calendar = moved(tmp_path, stage("kampanye", start=date(2024, 9, 28), end=date(2024, 11, 23)))
    [problem] = calendar.conflicts()
    assert (problem.code, problem.severity) == ("law.stages-apart", Severity.WARNING)
    assert "24 September 2024" in problem_text(problem, "en")


def test_polling_day_and_its_stage_move_together(tmp_path):
    calendar = moved(tmp_path, "", "polling_day = 2024-12-04")
    assert [problem.code for problem in calendar.conflicts()] == ["law.polling-day"]
    stages = stage("pemungutan", start=date(2024, 12, 4), end=date(2024, 12, 4))
    stages += stage("masa-tenang", start=date(2024, 12, 1), end=date(2024, 12, 3))
    stages += stage("kampanye", end=date(2024, 11, 30))
    assert moved(tmp_path, stages, "polling_day = 2024-12-04").conflicts() == []


def test_stage_that_ends_before_it_begins_is_refused_with_its_line(tmp_path):
    with pytest.raises(LawError) as caught:
        moved(tmp_path, stage("kampanye", end=date(2024, 9, 1)))
    [problem] = caught.value.problems
    assert (problem.code, problem.place.line) == ("law.dates-reversed", 4)


@pytest.mark.parametrize("day", ["0001-01-01", "1204-09-25", "9999-12-31"])
def test_year_without_elections_is_refused_before_anything_reckons_with_it(tmp_path, day):
    path = tmp_path / "tahapan.toml"
    path.write_text(f'[[elections]]\nid = "pemilihan-2024"\n[[elections.stages]]\nid = "kampanye"\nend = {day}\n')
    with pytest.raises(LawError) as failed:
        Calendar.load(path)
    assert "law.date-implausible" in [problem.code for problem in failed.value.problems]
