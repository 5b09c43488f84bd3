"""A letter's text + its election and stage + the calendar → words left over from another stage or another election.

Only what can hardly be meant is told: the other contest with its year, the days of another election, another stage in
the subject or as the reason of the letter. Titles of regulations and a look back (*hasil Pemilu Tahun 2024*) may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from letters.errors import N_, Problem, Severity
from letters.l10n import format_date, parse_date
from letters.law.calendar import Calendar
from letters.law.cited import LetterContext
from letters.law.stage_records import Election, Stage
from letters.law.timeline import CAMPAIGN, POLLING, QUIET
from letters.law.wording import placed

CONTESTS = {
    "pemilu": re.compile(
        r"\b(?:Pemilu|PEMILU|Pemilihan Umum|PEMILIHAN UMUM)(?: (?:Serentak|SERENTAK))?"
        r"(?:,? (?:Tahun|TAHUN))? (20\d\d)\b"
    ),
    "pemilihan": re.compile(
        r"\b(?:(?:Pilkada|PILKADA|Pilgub|Pilbup|Pilwali|Pilwalkot)(?: (?:Serentak|SERENTAK))?(?:,? (?:Tahun|TAHUN))?"
        r"|(?:Pemilihan|PEMILIHAN)(?! Umum| UMUM)(?: (?:dan|serta|di|[A-Z][a-zA-Z]+))*,? (?:Tahun|TAHUN)"
        r"|Pemilihan Serentak) (20\d\d)\b"
    ),
}
"""How letters call a contest of each kind with its year."""
MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
DATE = re.compile(
    rf"(?P<weekday>\b(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu),?\s+)?"
    rf"(?P<first>\d{{1,2}})(?:\s*(?:[-–]|s\.d\.|sampai dengan)\s*\d{{1,2}})?\s+(?P<rest>(?:{MONTHS})\s+20\d\d)\b"
)
IN_TITLE = re.compile(
    r"\b(?:Nomor|No\.?)\s[^;.\n]{0,80}\btentang\b[^;.\n]*$|\btentang (?:Tahapan|Jadwal)[^;.\n]*$", re.I
)
LOOKING_BACK = re.compile(
    r"\b(?:hasil|pengalaman|evaluasi|terakhir|sebelumnya|setelah|sesudah|sejak|pasca|seperti|perolehan|data"
    r"|masa jabatan|dibandingkan(?: dengan)?)\b[^.;\n]{0,60}$",
    re.I,
)
BEFORE_OR_AFTER = re.compile(
    r"\b(?:sebelum|menjelang|sesudah|setelah|jeda|akan|memasuki|sampai dengan)\s[^.;\n]{0,20}$", re.I
)
SUBJECT = re.compile(r"^\s*(?:Hal|Perihal)\s*:\s*(.+)$", re.M)
OCCASION = re.compile(
    r"\b(?:Dalam\s+rangka|Sehubungan\s+dengan)\s+(?:pelaksanaan\s+|penyelenggaraan\s+|berlangsungnya\s+)?([^.;,\n]{0,80})"
)
ALL_KNOW = (CAMPAIGN, QUIET, POLLING)
"""Stages whose days everybody knows, so that they tell an election."""


def lint_left_over(calendar: Calendar, text: str, context: LetterContext) -> Iterator[Problem]:
    """Yield the words of other stages and elections in a letter of `context`; nothing for one outside elections."""
    election = context.election
    if election is None or election.regime not in CONTESTS or election.polling_day is None:
        return
    yield from _contests(text, election, election.polling_day.year)
    yield from _days(calendar, text, context.day, election)
    if stage := context.find_stage(context.stage):
        yield from _stages(text, election, stage)


# -- elections ----------------------------------------------------------------------------------------


def _contests(text: str, election: Election, year: int) -> Iterator[Problem]:
    """Yield other contests named with a year: those of the other kind, and those of another year."""
    for kind, pattern in CONTESTS.items():
        for match in pattern.finditer(text):
            own = kind == election.regime and int(match[1]) == year
            if not own and not _may_stand(text, match.start()):
                message = N_('"{written}" is another election; the letter is for {election}.')
                remedy = N_("Take the words of this election, or say that the other one lies behind.")
                yield placed(
                    text, match, "law.other-election", message, remedy, Severity.WARNING, election=election.name
                )


def _days(calendar: Calendar, text: str, day: date, election: Election) -> Iterator[Problem]:
    """Yield days of campaign, quiet period and polling of another election."""
    own = {day} | {known for stage in election.stages for known in (stage.start, stage.end) if known}
    theirs = {known: name for name, known in _known_days(calendar, election) if known not in own}
    for match in DATE.finditer(text):
        found = parse_date(f"{match['first']} {match['rest']}")
        name = theirs.get(found) if found else None
        event = bool(match["weekday"]) and all(one.polling_day != found for one in calendar.elections)
        if name and found and not event and not _may_stand(text, match.start()):
            message = N_('"{written}": {found} is a day of {other}; the letter is for {election}.')
            remedy = N_("Take the date from the calendar of this election.")
            params = {"found": format_date(found), "other": name, "election": election.name}
            yield placed(text, match, "law.other-election", message, remedy, Severity.WARNING, **params)


def _known_days(calendar: Calendar, election: Election) -> Iterator[tuple[str, date]]:
    for other in calendar.elections:
        if other.id == election.id or other.polling_day is None:
            continue
        yield other.name, other.polling_day
        for stage in other.stages:
            if stage.id in ALL_KNOW:
                yield from ((other.name, day) for day in (stage.start, stage.end) if day)


def _may_stand(text: str, start: int) -> bool:
    before = text[max(0, start - 300) : start]
    return bool(IN_TITLE.search(before) or LOOKING_BACK.search(before))


# -- stages -------------------------------------------------------------------------------------------


def _stages(text: str, election: Election, own: Stage) -> Iterator[Problem]:
    """Yield other stages named in the subject, or as the reason why the letter is written."""
    for phrase in (*SUBJECT.finditer(text), *OCCASION.finditer(text)):
        if _names(own).search(phrase[1]):
            continue
        for stage in election.stages:
            match = _names(stage).search(text, phrase.start(1), phrase.end(1))
            if match and not _belong(own, stage) and not BEFORE_OR_AFTER.search(text[phrase.start() : match.start()]):
                message = N_('"{written}" is another stage; the letter is for the stage "{stage}".')
                remedy = N_("Name the stage of the letter, or choose the other with --stage.")
                yield placed(text, match, "law.other-stage", message, remedy, Severity.WARNING, stage=own.name)
                break


def _names(stage: Stage) -> re.Pattern[str]:
    """Return what letters call a stage: *masa* or *tahapan* with its name or id."""
    called = {re.sub(r"^masa\s+", "", name.casefold()) for name in (stage.name, stage.id.replace("-", " "))}
    return re.compile(rf"\b(?:masa|tahapan)\s+(?:{'|'.join(sorted(map(re.escape, called), reverse=True))})\b", re.I)


def _belong(one: Stage, other: Stage) -> bool:
    """Return whether two stages are the same, or one is a part of the other, or of the same stage."""
    return one.id == other.id or other.id == one.parent or one.id == other.parent
