"""Events → the text of a calendar file (RFC 5545) that any calendar program reads. No clock: the stamp comes in."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from letters.law.dues import Due, DueState
from letters.law.stage_records import Election

LINE_OCTETS = 75
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "letters:calendar")


@dataclass(frozen=True, slots=True)
class Event:
    """Whole days in a calendar."""

    name: str
    """What the event is by itself, the same in every export: its UID is made from it."""
    start: date
    end: date
    """Last day."""
    title: str
    text: str = ""
    category: str = ""


def stage_events(election: Election) -> Iterator[Event]:
    """Yield an event for each stage that has a date; a deadline is one day, an open end its first day alone."""
    for stage in election.stages:
        first = stage.start or stage.end
        if first is None:
            continue
        lines = [election.name, stage.letter_subject_id and f"Pokok surat: {stage.letter_subject_id}"]
        last = first if stage.last_day is None or stage.start is None else stage.last_day
        yield Event(
            f"stage/{election.id}/{stage.id}", first, last, stage.name, "\n".join(filter(None, lines)), "Tahapan"
        )


def due_events(dues: Iterable[Due]) -> Iterator[Event]:
    """Yield an event on the last day for sending, for letters that are still to be sent."""
    for one in dues:
        if one.send_by and one.missing and one.state is not DueState.MISSED:
            name = f"due/{one.election}/{one.stage.id}/{one.template}/{one.group}"
            title = f"Kirim surat {one.template} kepada {one.group}"
            yield Event(name, one.send_by, one.send_by, title, f"Sebelum tahapan {one.stage.name}", "Surat")


def ics(events: Iterable[Event], name: str, stamp: datetime) -> str:
    """Return the calendar `name` with `events`; lines end with CR LF and are folded at 75 octets.

    `stamp` is when the data were taken, with its time zone. The same data and stamp give the same text.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//letters//tahapan//ID", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escape(name)}")
    utc = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for event in events:
        lines += _event(event, utc)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _fold(line))


def _event(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(NAMESPACE, event.name)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.start:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.end + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escape(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{_escape(event.text)}"
    if event.category:
        yield f"CATEGORIES:{_escape(event.category)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escape(text: str) -> str:
    """Return `text` as RFC 5545 §3.3.11 wants it; other control characters are dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return "".join(char for char in text if char >= " " and char != "\x7f")


def _fold(line: str) -> Iterator[str]:
    """Yield `line` in parts of at most 75 octets, each after the first with a blank before it, no character split."""
    part, octets = "", 0
    for char in line:
        size = len(char.encode())
        if octets + size > LINE_OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + char, octets + size
    yield part
