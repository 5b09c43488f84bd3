"""Elections, stages and groups of recipients, and an office's own additions."""

from datetime import date
from pathlib import Path

import pytest

from letters.errors import LawError
from letters.law import Calendar, LawBook
from letters.messages import problem_text

CALENDAR = Calendar.load()
BOOK = LawBook.load()


def write(folder: Path, text: str) -> Path:
    path = folder / "tahapan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_calendar_holds_every_election_and_stage():
    assert [election.id for election in CALENDAR.elections] == [
        "pemilu-2024",
        "pemilu-2024-putaran-2",
        "pemilihan-2024",
        "pemilihan-ulang-2025",
        "nontahapan",
        "pemilu-nasional-2029",
        "pemilihan-daerah-berikutnya",
    ]
    assert sum(len(election.stages) for election in CALENDAR.elections) == 81
    assert CALENDAR.as_of == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("election", "stage", "start", "end"),
    [
        ("pemilu-2024", "kampanye", date(2023, 11, 28), date(2024, 2, 10)),
        ("pemilu-2024", "masa-tenang", date(2024, 2, 11), date(2024, 2, 13)),
        ("pemilihan-2024", "kampanye", date(2024, 9, 25), date(2024, 11, 23)),
    ],
)
def test_stage_has_its_dates_name_and_election(election, stage, start, end):
    found = CALENDAR.stage(election, stage)
    assert (found.start, found.end) == (start, end)
    assert found.election == election
    assert found.name
    assert found.verified
    assert found.bases
    assert found.addressees


def test_election_has_its_polling_day_and_regime():
    election = CALENDAR.election("pemilihan-2024")
    assert election.polling_day == date(2024, 11, 27)
    assert election.regime == "pemilihan"
    assert election.name.endswith("Tahun 2024")


def test_date_that_is_not_known_is_none():
    stage = CALENDAR.stage("pemilu-2024", "dana-kampanye")
    assert (stage.start, stage.end) == (None, None)
    assert stage.date_rule
    assert CALENDAR.election("pemilu-nasional-2029").polling_day is None


def test_no_stage_of_an_unregulated_election_has_a_date():
    for election in CALENDAR.elections:
        if election.status == "not_regulated":
            assert election.polling_day is None
            assert not [stage.id for stage in election.stages if stage.start or stage.end]


def test_dates_of_the_data_fit_together():
    for election in CALENDAR.elections:
        for stage in election.stages:
            assert stage.date_rule or stage.start or stage.end, stage.id
            if stage.start and stage.end:
                assert stage.start <= stage.end, stage.id
            if stage.parent:
                assert CALENDAR.stage(election.id, stage.parent).kind != "substage", stage.id


def test_every_basis_of_a_stage_is_in_the_book_and_in_force_then():
    """On each day the stage and its basis share, the law may be cited."""
    checked = 0
    for stage in (stage for election in CALENDAR.elections for stage in election.stages):
        for base in stage.bases:
            assert BOOK.article(base.law, base.ref) is not None, (stage.id, base)
            for day in {base.since or stage.start, base.until or stage.end} - {None}:
                errors = [problem.code for problem in BOOK.check(base.reference, day) if problem.severity == "error"]
                assert errors == [], (stage.id, base.reference, day)
                checked += 1
    assert checked > 400


def test_basis_holds_only_in_its_part_of_the_stage():
    bases = CALENDAR.stage("pemilu-2024", "perencanaan").bases
    held = {day: [base.law for base in bases if base.holds(day)] for day in (date(2023, 10, 30), date(2023, 10, 31))}
    assert "uu-5-2014" in held[date(2023, 10, 30)]
    assert "uu-20-2023" not in held[date(2023, 10, 30)]
    assert "uu-5-2014" not in held[date(2023, 10, 31)]
    assert "uu-20-2023" in held[date(2023, 10, 31)]


def test_laws_of_an_election_are_in_the_book():
    assert {law for election in CALENDAR.elections for law in election.legal_basis} <= set(BOOK.laws)


def test_groups_have_indonesian_names():
    groups = CALENDAR.groups()
    assert groups["camat"] == "Camat"
    assert groups["sekda"] == "Sekretaris Daerah"
    assert len(groups) == 33


@pytest.mark.parametrize(
    ("election", "stage", "near"),
    [
        ("pemilu-2042", "kampanye", "pemilu-2024"),
        ("pemilihan-2024", "kampanyee", "kampanye"),
        ("pemilihan-2024", "zzz", "masa-tenang"),
        ("zzz", "kampanye", "pemilihan-2024"),
    ],
)
def test_unknown_election_or_stage_is_said_with_near_or_all_ids(election, stage, near):
    with pytest.raises(LawError) as caught:
        CALENDAR.stage(election, stage)
    assert near in problem_text(caught.value.problems[0], "en")


# -- an office's own stages


def test_office_adds_an_election(tmp_path):
    text = """
        [addressees]
        guru = "Guru"
        [[elections]]
        id = "pilkades-2027"
        name = "Pemilihan Kepala Desa Tahun 2027"
        regime = "pemilihan"
        [[elections.stages]]
        id = "kampanye"
        name = "Masa Kampanye"
        start = 2027-03-01
        addressees = ["guru", "camat"]
    """
    calendar = Calendar.load(write(tmp_path, text))
    stage = calendar.stage("pilkades-2027", "kampanye")
    assert (stage.start, stage.end, stage.election) == (date(2027, 3, 1), None, "pilkades-2027")
    assert calendar.groups()["guru"] == "Guru"
    assert len(calendar.elections) == 8


def test_office_changes_a_stage_and_keeps_order_and_rest(tmp_path):
    text = """
        [[elections]]
        id = "pemilihan-2024"
        [[elections.stages]]
        id = "apel"
        name = "Apel siaga"
        start = 2024-11-23
        [[elections.stages]]
        id = "kampanye"
        end = 2024-11-22
    """
    calendar = Calendar.load(write(tmp_path, text))
    before = CALENDAR.election("pemilihan-2024")
    changed = calendar.election("pemilihan-2024")
    assert [stage.id for stage in changed.stages] == [*(stage.id for stage in before.stages), "apel"]
    stage = calendar.stage("pemilihan-2024", "kampanye")
    assert (stage.start, stage.end) == (date(2024, 9, 25), date(2024, 11, 22))
    assert stage.bases == CALENDAR.stage("pemilihan-2024", "kampanye").bases
    assert changed.polling_day == before.polling_day


def test_office_file_is_refused_with_every_line(tmp_path):
    text = """[[elections]]
id = "pemilihan-2024"
  [[elections.stages]]
  id = "apel"
  name = "Apel"
  addressees = ["camatt"]
  parent = "kampany"
  [[elections.stages]]
  id = "kampanye"
  start = "2024-09-25"
"""
    with pytest.raises(LawError) as caught:
        Calendar.load(write(tmp_path, text))
    assert [(problem.place.line, problem.code) for problem in caught.value.problems] == [(10, "law.wrong-type")]
    with pytest.raises(LawError) as caught:
        Calendar.load(write(tmp_path, text.replace('"2024-09-25"', "2024-09-25")))
    problems = caught.value.problems
    assert [(problem.place.line, problem.code) for problem in problems] == [
        (6, "law.unknown-name"),
        (7, "law.unknown-name"),
    ]
    assert "camat" in problem_text(problems[0], "en")


def test_same_stage_twice_in_a_file_is_refused(tmp_path):
    text = """[[elections]]
id = "pemilihan-2024"
stages = [
  { id = "a", name = "A" },
  { id = "a", name = "B" },
]
"""
    with pytest.raises(LawError) as caught:
        Calendar.load(write(tmp_path, text))
    assert [(problem.place.line, problem.code) for problem in caught.value.problems] == [(3, "law.duplicate-id")]
