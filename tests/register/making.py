"""What the tests of the register share: requests, an actor, a clock, and a look at the numbers from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from letters.errors import LettersError
from letters.model.letter import LetterFile
from letters.register import Actor, Addressee, Booking, Pattern, Register, Request
from letters.register.opening import locate

ACTOR = Actor("sekretariat", "pc-1", "letters 0.1.0")
WIB = timezone(timedelta(hours=7))
SURAT = Pattern.parse("{urut:03}/{klasifikasi}/{kode}/{bulan:02}/{tahun}")
EDARAN = Pattern.parse("NOMOR {urut} TAHUN {tahun}")
LETTER = Request(
    batch="imbauan|pemilihan-2024|kampanye|",
    key="camat-diwek",
    series="surat",
    pattern=SURAT,
    start=1,
    period="2024",
    day=date(2024, 9, 24),
    parts={"klasifikasi": "PM.00.02", "kode": "K.JI-08"},
    recipient="Camat Diwek",
    template="imbauan-camat",
    kind="imbauan",
    subject="Imbauan Netralitas ASN",
    election="pemilihan-2024",
    stage="kampanye",
    signatory="ketua",
    snapshot={"isian": {"jabatan": "Camat Diwek"}, "tanggal": date(2024, 9, 24), "dasar": ["UU 10/2016", None, 3]},
    template_sha256="ab" * 32,
    urgency="Segera",
    attachment="1 (satu) berkas",
)


def letter(key: str = LETTER.key, **changes: Any) -> Request:
    return replace(LETTER, key=key, **changes)


def block(size: int, batch: str = "blok", **changes: Any) -> list[Request]:
    return [letter(f"k{number}", batch=batch, **changes) for number in range(size)]


def circular(key: str = "", **changes: Any) -> Request:
    return letter(key, **({"series": "edaran", "pattern": EDARAN, "kind": "edaran"} | changes))


def pledge(key: str = "ikrar", **changes: Any) -> Request:
    """A document without a number."""
    return letter(key, **({"series": "", "pattern": None, "period": "", "kind": "ikrar"} | changes))


def label(order: int, month: int = 9, year: int = 2024, suffix: str = "") -> str:
    """The number of a letter of the series surat."""
    return SURAT.format(order, date(year, month, 1), LETTER.parts, suffix)


def codes(error: pytest.ExceptionInfo[LettersError]) -> list[str]:
    """The codes of the problems of an error, every one of which must have a whole message and remedy."""
    for problem in error.value.problems:
        assert problem.message.format(**problem.params)
        assert problem.remedy.format(**problem.params)
    return [problem.code for problem in error.value.problems]


def addressees(count: int) -> tuple[Addressee, ...]:
    return tuple(Addressee(f"k{number}", f"Camat {number}") for number in range(count))


def booking(count: int = 1, **changes: Any) -> Booking:
    wanted = Booking(
        series="surat",
        pattern=SURAT,
        start=1,
        period="2024",
        day=LETTER.day,
        parts=LETTER.parts,
        count=count,
        for_whom="Kepala Sekretariat",
        purpose="undangan rapat koordinasi",
    )
    return replace(wanted, **changes)


def file(path: str = "out/2024/imbauan/001.pdf", sha256: str = "cd" * 32) -> LetterFile:
    return LetterFile(path.rpartition(".")[2], path, sha256, 4711)


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second with each look."""
    seconds = count()
    return lambda: datetime(2026, 11, 22, 9, 0, tzinfo=WIB) + timedelta(seconds=next(seconds))


def opened(place: str | Path, **options: Any) -> Register:
    return Register.open(place, ACTOR, ticking(), **options)


def texts(register: Register) -> list[str]:
    return [entry.number.text if entry.number else "" for entry in register.list()]


def counts(place: str | Path) -> Iterator[tuple[str, str, int, int, list[int]]]:
    """Yield (series, period, start, last, numbers from start on) of every count, read without the register's code."""
    engine = create_engine(locate(place).url)
    with engine.connect() as connection:
        for series, period, start, last in connection.execute(text("SELECT * FROM counters")).all():
            query = text(
                "SELECT order_no FROM letters WHERE series = :series AND period = :period AND suffix = ''"
                " AND order_no >= :start ORDER BY order_no"
            )
            orders = connection.execute(query, {"series": series, "period": period, "start": start}).scalars()
            yield series, period, start, last, list(orders)
    engine.dispose()


def assert_gapless(place: str | Path) -> int:
    """Check that every count holds each of its numbers once, up to where its counter stands; return how many."""
    total = 0
    for series, period, start, last, orders in counts(place):
        assert orders == list(range(start, last + 1)), (series, period)
        total += len(orders)
    return total
