"""What a count restarts by: year, month, main code, signatory; several kinds on one count; beginning at n."""

from __future__ import annotations

from datetime import date

import pytest

from letters.errors import RegisterError
from letters.register import Pattern, Register, Request, period_of
from tests.register.making import EDARAN, assert_gapless, codes, label, letter

PLAIN = Pattern.parse("{urut}/{klasifikasi}/{kode}/{bulan:02}/{tahun}")


def asked(key: str, day: date, period: str, per: tuple[str, ...] = (), **parts: str) -> Request:
    """A letter of a series that restarts by `period` and counts apart by `per`."""
    said = {"klasifikasi": "PM.00.02", "kode": "K.JI-08", "penandatangan": "ketua"} | parts
    return letter(
        key,
        batch=f"{period}|{day}|{parts}",
        day=day,
        pattern=PLAIN,
        period=period_of(period, per, day, said),
        parts=said,
        signatory=said["penandatangan"],
    )


def orders(register: Register, requests: list[Request]) -> list[int]:
    return [entry.number.order for entry in register.reserve(requests) if entry.number]


def test_count_restarts_each_year(register: Register, place: str) -> None:
    days = [date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 2), date(2025, 6, 1)]
    assert orders(register, [asked("a", day, "tahun") for day in days]) == [1, 2, 1, 2]
    assert orders(register, [asked("b", date(2024, 12, 31), "tahun")]) == [3]
    assert assert_gapless(place) == 5


def test_count_restarts_each_month(register: Register) -> None:
    days = [date(2024, 9, 1), date(2024, 9, 30), date(2024, 10, 1), date(2025, 9, 1)]
    assert orders(register, [asked("a", day, "bulan") for day in days]) == [1, 2, 1, 1]


def test_count_that_never_restarts_goes_on_for_ever(register: Register) -> None:
    days = [date(2024, 9, 1), date(2025, 1, 1), date(2026, 1, 1)]
    assert orders(register, [asked("a", day, "tidak") for day in days]) == [1, 2, 3]


def test_main_codes_of_the_classification_count_apart(register: Register) -> None:
    """As the letter-number tool of Bawaslu Provinsi Riau does: one sequence for each main code and year."""
    day = date(2024, 9, 24)
    said = ["PM.00.02", "PM.01", "KP.01.02", "PM.00.02", "KP.03"]
    requests = [asked(str(n), day, "tahun", ("klasifikasi",), klasifikasi=code) for n, code in enumerate(said)]
    assert orders(register, requests) == [1, 2, 1, 3, 2]
    assert [entry.label for entry in register.list()] == [
        *("1/KP.01.02/K.JI-08/09/2024", "2/KP.03/K.JI-08/09/2024"),
        *("1/PM.00.02/K.JI-08/09/2024", "2/PM.01/K.JI-08/09/2024", "3/PM.00.02/K.JI-08/09/2024"),
    ]


def test_signatories_count_apart(register: Register) -> None:
    day = date(2024, 9, 24)
    signers = [("ketua", "K.JI-08"), ("sekretaris", "SET.JI-08"), ("ketua", "K.JI-08")]
    requests = [
        asked(str(n), day, "tahun", ("penandatangan",), penandatangan=who, kode=code)
        for n, (who, code) in enumerate(signers)
    ]
    assert orders(register, requests) == [1, 1, 2]


def test_kinds_of_one_series_share_a_count(register: Register, place: str) -> None:
    kinds = ["imbauan", "undangan", "pengumuman"]
    entries = register.reserve([letter(kind, kind=kind, template=kind) for kind in kinds])
    assert [(entry.kind, entry.label) for entry in entries] == [
        (kind, label(order)) for order, kind in enumerate(kinds, start=1)
    ]
    assert assert_gapless(place) == 3


def test_count_begins_after_what_the_paper_book_has_used(register: Register, place: str) -> None:
    first = letter("a", series="edaran", pattern=EDARAN, start=1064)
    assert register.preview_next("edaran", "2024", 1064) == 1064
    assert register.reserve([first])[0].label == "NOMOR 1064 TAHUN 2024"
    later = letter("b", series="edaran", pattern=EDARAN, start=2000)
    with pytest.raises(RegisterError) as caught:
        register.reserve([later])
    assert codes(caught) == ["register.late-start"]
    assert register.reserve([letter("b", series="edaran", pattern=EDARAN)])[0].label == "NOMOR 1065 TAHUN 2024"
    assert assert_gapless(place) == 2
