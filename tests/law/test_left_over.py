"""Words of another stage or another election that were left in a letter are told; what may be meant is not."""

from __future__ import annotations

from datetime import date

import pytest

from letters.law import Calendar, LetterContext, lint_left_over

CALENDAR = Calendar.load()
DAY = date(2024, 9, 20)


def found(text: str, stage: str = "kampanye", election: str = "pemilihan-2024") -> list[tuple[str, str]]:
    context = LetterContext(DAY, CALENDAR.election(election), "", stage)
    return [(problem.code[4:], str(problem.params["written"])) for problem in lint_left_over(CALENDAR, text, context)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Hal : Imbauan Netralitas pada Masa Tenang Pemilu 2024",
            [("other-election", "Pemilu 2024"), ("other-stage", "Masa Tenang")],
        ),
        (
            "Dalam rangka Masa Tenang Pemilu Tahun 2024 pada 11-13 Februari 2024, disampaikan hal berikut.",
            [
                ("other-election", "Pemilu Tahun 2024"),
                ("other-election", "11-13 Februari 2024"),
                ("other-stage", "Masa Tenang"),
            ],
        ),
        ("Sehubungan dengan tahapan pencalonan, disampaikan hal berikut.", [("other-stage", "tahapan pencalonan")]),
        ("menjelang Pilkada Serentak Tahun 2020 di Jombang", [("other-election", "Pilkada Serentak Tahun 2020")]),
        ("pemungutan suara pada hari Rabu, 14 Februari 2024", [("other-election", "Rabu, 14 Februari 2024")]),
    ],
)
def test_left_over_words_are_told_in_a_letter_on_the_campaign_of_the_pilkada(text, told):
    assert found(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("menjelang Pemilihan Serentak 2024", [("other-election", "Pemilihan Serentak 2024")]),
        ("pada Pilgub Tahun 2024", [("other-election", "Pilgub Tahun 2024")]),
        ("pemungutan suara pada tanggal 27 November 2024", [("other-election", "27 November 2024")]),
        ("pada Pemilihan Umum Tahun 2019", [("other-election", "Pemilihan Umum Tahun 2019")]),
    ],
)
def test_left_over_words_are_told_in_a_letter_of_the_pemilu(text, told):
    assert found(text, "kampanye", "pemilu-2024") == told


@pytest.mark.parametrize(
    "text",
    [
        "Hal : Imbauan Netralitas pada Masa Kampanye Pemilihan Tahun 2024",
        "Hal : Imbauan Netralitas sebelum Masa Tenang",
        "Sehubungan dengan masa kampanye dan akan tibanya masa tenang pada tanggal 24 s.d. 26 November 2024,",
        "Masa tenang berlangsung pada tanggal 24 s.d. 26 November 2024 dan pemungutan suara pada 27 November 2024.",
        "tidak mengadakan kegiatan sebelum, selama, dan sesudah masa kampanye",
        "partai politik yang memperoleh kursi menurut hasil Pemilu Tahun 2024",
        "berdasarkan pengalaman pada Pemilihan Tahun 2020",
        "Peraturan KPU Nomor 3 Tahun 2022 tentang Tahapan dan Jadwal Penyelenggaraan Pemilihan Umum Tahun 2024",
        "Pemilihan sebagaimana diatur dalam Undang-Undang Nomor 10 Tahun 2016",
        "Keputusan Bersama tanggal 22 September 2022 tentang Netralitas dalam Pemilihan Umum dan Pemilihan",
        "Rapat diselenggarakan pada hari Selasa, 13 Februari 2024",
        "Pemilihan Gubernur dan Wakil Gubernur Bali serta Bupati dan Wakil Bupati Tabanan Tahun 2024",
    ],
)
def test_words_that_may_be_meant_are_not_told(text):
    assert found(text) == []


def test_letters_outside_elections_may_name_all_of_them():
    assert found("Pemilu Tahun 2024 dan Pilkada Tahun 2024, 27 November 2024", "kenetralan-umum", "nontahapan") == []
