"""Which letters are due before which stage."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import LawError
from letters.law import Calendar, DueState, Outgoing, Sent, due

CALENDAR = Calendar.load()
ELECTION = "pemilihan-2024"
CAMATS = ("camat-diwek", "camat-gudo")


def plan(stage: str = "kampanye", lead: int = 7, **groups: tuple[str, ...]) -> Outgoing:
    return Outgoing("imbauan/kampanye", ELECTION, stage, groups or {"camat": CAMATS}, lead)


def sent(*keys: str, stage: str = "kampanye", election: str = ELECTION) -> set[Sent]:
    return {Sent("imbauan/kampanye", election, stage, key) for key in keys}


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2024, 8, 1), DueState.AHEAD),
        (date(2024, 8, 18), DueState.AHEAD),
        (date(2024, 8, 19), DueState.DUE),
        (date(2024, 9, 18), DueState.DUE),
        (date(2024, 9, 19), DueState.LATE),
        (date(2024, 9, 25), DueState.LATE),
        (date(2024, 11, 23), DueState.LATE),
        (date(2024, 11, 24), DueState.MISSED),
        (date(2026, 11, 21), DueState.MISSED),
    ],
)
def test_letter_is_due_by_its_lead_days_before_the_stage(today, state):
    [one] = due(CALENDAR, [plan()], set(), today, 30)
    assert one.state is state
    assert one.send_by == date(2024, 9, 18)
    assert one.missing == CAMATS
    assert one.needs_action == (state in (DueState.DUE, DueState.LATE))


def test_letters_that_all_recipients_have_are_done_whatever_the_day():
    for today in (date(2024, 8, 1), date(2024, 9, 19), date(2026, 1, 1)):
        [one] = due(CALENDAR, [plan()], sent(*CAMATS), today, 30)
        assert (one.state, one.issued, one.missing) == (DueState.DONE, 2, ())
        assert not one.needs_action


def test_one_missing_recipient_keeps_the_letter_due():
    [one] = due(CALENDAR, [plan()], sent("camat-gudo"), date(2024, 9, 1), 30)
    assert (one.state, one.issued, one.missing) == (DueState.DUE, 1, ("camat-diwek",))


def test_same_letter_for_another_stage_or_election_does_not_count():
    for other in (sent(*CAMATS, stage="masa-tenang"), sent(*CAMATS, election="pemilu-2024")):
        [one] = due(CALENDAR, [plan()], other, date(2024, 9, 1), 30)
        assert one.state is DueState.DUE


def test_deadline_counts_from_its_day():
    [one] = due(CALENDAR, [plan("dana-ladk", 3)], set(), date(2024, 9, 20), 1)
    assert (one.send_by, one.state) == (date(2024, 9, 21), DueState.DUE)


def test_stage_without_date_has_no_due_day():
    [one] = due(CALENDAR, [plan("logistik")], set(), date(2024, 9, 20), 30)
    assert (one.send_by, one.state, one.needs_action) == (None, DueState.UNDATED, False)
    [one] = due(
        CALENDAR,
        [Outgoing("x", "pemilu-nasional-2029", "mulai-tahapan", {"kpu": ("kpu",)})],
        set(),
        date(2028, 1, 1),
        999,
    )
    assert one.state is DueState.UNDATED


def test_letter_that_prevents_nothing_is_in_time_until_the_stage_ends():
    invitation = Outgoing("undangan/rapat", ELECTION, "kampanye", {"camat": CAMATS}, 1, prevents=False)
    [one] = due(CALENDAR, [invitation], set(), date(2024, 11, 1), 30)
    assert (one.send_by, one.state) == (date(2024, 11, 23), DueState.DUE)


def test_letter_for_a_stage_without_end_is_late_no_longer_once_the_election_is_over():
    states = [due(CALENDAR, [plan("larangan-mutasi")], set(), date(year, 8, 20), 30)[0].state for year in (2024, 2026)]
    assert states == [DueState.LATE, DueState.MISSED]


def test_group_without_recipients_is_said():
    [one] = due(CALENDAR, [plan(dandim=())], set(), date(2024, 9, 20), 30)
    assert one.state is DueState.NOBODY


def test_earliest_stands_first_and_each_group_by_itself():
    plans = [plan("masa-tenang", camat=CAMATS), plan("kampanye", sekda=("sekda",), camat=CAMATS)]
    found = due(CALENDAR, plans, set(), date(2024, 9, 1), 90)
    assert [(one.stage.id, one.group) for one in found] == [
        ("kampanye", "camat"),
        ("kampanye", "sekda"),
        ("masa-tenang", "camat"),
    ]


def test_stage_moved_by_the_office_moves_the_day(tmp_path):
    path = tmp_path / "tahapan.toml"
    path.write_text(
        f'[[elections]]\nid = "{ELECTION}"\n[[elections.stages]]\nid = "kampanye"\nstart = 2024-10-01\n',
        encoding="utf-8",
    )
    [one] = due(Calendar.load(path), [plan()], set(), date(2024, 9, 19), 30)
    assert (one.send_by, one.state) == (date(2024, 9, 24), DueState.DUE)


def test_plan_for_an_unknown_stage_is_refused():
    with pytest.raises(LawError):
        due(CALENDAR, [plan("kampanya")], set(), date(2024, 9, 19), 30)


@given(
    st.dates(date(2024, 1, 1), date(2025, 6, 1)),
    st.integers(0, 120),
    st.integers(0, 60),
    st.sets(st.sampled_from(CAMATS)),
    st.sampled_from([stage.id for stage in CALENDAR.stages(ELECTION)]),
)
def test_letters_are_either_issued_or_missing(today, within, lead, issued, stage):
    [one] = due(CALENDAR, [plan(stage, lead)], sent(*issued, stage=stage), today, within)
    assert one.issued + len(one.missing) == len(CAMATS)
    assert set(one.missing) == set(CAMATS) - issued
    assert (one.state is DueState.DONE) == (not one.missing)
    assert not one.needs_action or one.send_by is not None
