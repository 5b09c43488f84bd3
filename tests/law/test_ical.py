"""The calendar file other programs read."""

import re
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law import Calendar, Event, Outgoing, Sent, due, due_events, ics, stage_events

CALENDAR = Calendar.load()
STAMP = datetime(2026, 11, 21, 7, 30, tzinfo=timezone(timedelta(hours=7)))


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def fields(text: str, name: str) -> list[str]:
    return [line.partition(":")[2] for line in unfolded(text) if re.split("[:;]", line)[0] == name]


def plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def test_calendar_holds_every_dated_stage_once():
    election = CALENDAR.election("pemilihan-2024")
    text = ics(stage_events(election), "Tahapan", STAMP)
    dated = [stage for stage in election.stages if stage.start or stage.end]
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(dated)
    assert len(set(fields(text, "UID"))) == len(dated)
    assert set(fields(text, "DTSTAMP")) == {"20261121T003000Z"}
    lines = unfolded(text)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"


def test_last_day_is_inside_the_event():
    election = CALENDAR.election("pemilihan-2024")
    [event] = [event for event in stage_events(election) if event.name.endswith("/kampanye")]
    lines = unfolded(ics([event], "x", STAMP))
    assert "DTSTART;VALUE=DATE:20240925" in lines
    assert "DTEND;VALUE=DATE:20241124" in lines
    assert "SUMMARY:Pelaksanaan Kampanye" in lines


@pytest.mark.parametrize(
    ("stage", "start", "end"),
    [("dana-ladk", date(2024, 9, 24), date(2024, 9, 24)), ("larangan-mutasi", date(2024, 3, 22), date(2025, 2, 20))],
)
def test_deadline_is_one_day_and_a_ban_lasts_until_the_stage_that_ends_it(stage, start, end):
    [event] = [e for e in stage_events(CALENDAR.election("pemilihan-2024")) if e.name.endswith(f"/{stage}")]
    assert (event.start, event.end) == (start, end)


def test_no_event_is_made_of_an_unregulated_election():
    for name in ("pemilu-nasional-2029", "pemilihan-daerah-berikutnya"):
        assert list(stage_events(CALENDAR.election(name))) == []


def test_moved_stage_keeps_its_uid(tmp_path):
    path = tmp_path / "tahapan.toml"
    path.write_text(
        '[[elections]]\nid = "pemilihan-2024"\n[[elections.stages]]\nid = "kampanye"\nstart = 2024-10-01\n',
        encoding="utf-8",
    )
    before = ics(stage_events(CALENDAR.election("pemilihan-2024")), "x", STAMP)
    after = ics(stage_events(Calendar.load(path).election("pemilihan-2024")), "x", STAMP)
    assert before != after
    assert fields(before, "UID") == fields(after, "UID")


def test_same_data_and_stamp_give_the_same_text():
    election = CALENDAR.election("pemilu-2024")
    assert ics(stage_events(election), "x", STAMP) == ics(stage_events(election), "x", STAMP)


def test_due_letters_are_events_until_they_are_sent():
    plans = [Outgoing("imbauan/kampanye", "pemilihan-2024", "kampanye", {"camat": ("a", "b")}, 7)]
    [event] = due_events(due(CALENDAR, plans, set(), date(2024, 9, 1), 30))
    assert (event.start, event.end) == (date(2024, 9, 18), date(2024, 9, 18))
    done = {Sent("imbauan/kampanye", "pemilihan-2024", "kampanye", key) for key in "ab"}
    assert list(due_events(due(CALENDAR, plans, done, date(2024, 9, 1), 30))) == []
    assert list(due_events(due(CALENDAR, plans, set(), date(2026, 9, 1), 30))) == [], "the stage is over"


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_survives_escaping_and_folding(title, text):
    calendar = ics([Event("x", date(2024, 1, 1), date(2024, 1, 2), title, text)], "Nama; kalender", STAMP)
    for line in calendar.removesuffix("\r\n").split("\r\n"):
        assert len(line.encode("utf-8", "surrogatepass")) <= 75
        assert "\n" not in line
        assert "\r" not in line
    [summary] = fields(calendar, "SUMMARY")
    wanted = title.replace("\r\n", "\n").replace("\r", "\n")
    assert plain(summary) == "".join(char for char in wanted if char >= " " and char != "\x7f" or char == "\n")
