from __future__ import annotations

from datetime import date

import pytest

from letters.errors import LettersError, Place, SettingsError, Severity
from letters.register.numbering import Pattern, main_code, period_of

NATIONAL = "{urut}/{klasifikasi}/{kode}/{bulan:02}/{tahun}"
DAY = date(2024, 9, 24)
PARTS = {"klasifikasi": "PM.00.02", "kode": "K.JI-08"}
PADDED = "{urut:03}/{klasifikasi}/{kode}/{bulan:02}/{tahun}"
SHORT = "{urut}/{kode}/{bulan:romawi}/{tahun}"

REAL = [
    (NATIONAL, "964/KP.01/SJ/08/2024", "964 KP.01 SJ 8 2024"),
    (NATIONAL, "10/KP.01/SJ/09/2023", "10 KP.01 SJ 9 2023"),
    (NATIONAL, "1447.1/PM.01/K.01/09/2022", "1447.1 PM.01 K.01 9 2022"),
    (NATIONAL, "5/KP.01/K1/01/2023", "5 KP.01 K1 1 2023"),
    (NATIONAL, "48/KP.01/K1/01/2023", "48 KP.01 K1 1 2023"),
    (NATIONAL, "2576.1/HK.01.01/K1/08/2023", "2576.1 HK.01.01 K1 8 2023"),
    (NATIONAL, "2613.1/HK.01.01/K1/08/2023", "2613.1 HK.01.01 K1 8 2023"),
    (NATIONAL, "18/HK.01.01/K.MU-04/10/2022", "18 HK.01.01 K.MU-04 10 2022"),
    (NATIONAL, "665/KP.01.00/JT-31/05/2024", "665 KP.01.00 JT-31 5 2024"),
    (PADDED, "016/PM.00.02/K.BT.03.26/12/2023", "16 PM.00.02 K.BT.03.26 12 2023"),
    (PADDED, "002/PM.00.02/K.LA-13-02/01/2023", "2 PM.00.02 K.LA-13-02 1 2023"),
    (NATIONAL, "212/PM.00.01/K_LA/09/2022", "212 PM.00.01 K_LA 9 2022"),
    ("B-{urut}/{klasifikasi}/{kode}", "B-58/PM.01.02/K/JA/34", "58 PM.01.02 K/JA/34 - -"),
    (
        "{urut}/{klasifikasi}/{kode}/{bulan:romawi}/{tahun}",
        "315/PM.03.02/K.JT/022/XII/2023",
        "315 PM.03.02 K.JT/022 12 2023",
    ),
    ("{urut:03}/LHP/{klasifikasi}/{kode}/00/{tahun}", "001/LHP/PM.00.02/JI.34/00/2023", "1 PM.00.02 JI.34 - 2023"),
    (
        "B.{urut:03}/{kode}/{klasifikasi}/{bulan:romawi}/{tahun}",
        "B.023/BAWASLU-PROV.JT-07/KP.01.00/VII/2016",
        "23 KP.01.00 BAWASLU-PROV.JT-07 7 2016",
    ),
    (SHORT, "58/K/BT.04/XI/2018", "58 - K/BT.04 11 2018"),
    (
        "{urut:02}/{kode}/ST/{bulan:romawi}/{tahun}",
        "02/K.Bawaslu-Prov.GO.06/ST/XI/2019",
        "2 - K.Bawaslu-Prov.GO.06 11 2019",
    ),
    (
        "{urut:02}/{kode}/SET/ST/{bulan:romawi}/{tahun}",
        "11/Bawaslu-Prov.GO.06/SET/ST/XI/2019",
        "11 - Bawaslu-Prov.GO.06 11 2019",
    ),
    (
        "{urut}/{kode}/{klasifikasi}/{bulan:romawi}/{tahun}",
        "180/BAWASLU-PROV.JA-01/PM.00.01/I/2020",
        "180 PM.00.01 BAWASLU-PROV.JA-01 1 2020",
    ),
    (
        "SS {urut:04}/{kode}/{klasifikasi}/{bulan}/{tahun}",
        "SS 0031/K.BAWASLU/PM.00.00/1/2020",
        "31 PM.00.00 K.BAWASLU 1 2020",
    ),
    (
        "SS-{urut:04}/{kode}/{klasifikasi}/{bulan}/{tahun}",
        "SS-0035/K.BAWASLU/PM.00.00/1/2020",
        "35 PM.00.00 K.BAWASLU 1 2020",
    ),
    (SHORT, "275/Bawaslu-Mgr/I/2020", "275 - Bawaslu-Mgr 1 2020"),
    (SHORT, "50/Pu.P.AU/VIII/2024", "50 - Pu.P.AU 8 2024"),
    ("NOMOR {urut} TAHUN {tahun}", "NOMOR 1064 TAHUN 2024", "1064 - - - 2024"),
    ("R-{urut}/{kode}/{klasifikasi}/{bulan:02}/{tahun}", "R-99/IJ/KP.07.6/04/2020", "99 KP.07.6 IJ 4 2020"),
]
"""Real numbers, 2016 to 2024, and what they say: order, classification, code, month, year; `-` = not printed."""


@pytest.mark.parametrize(("pattern", "text", "meaning"), REAL)
def test_real_number_is_read_and_printed_again(pattern: str, text: str, meaning: str) -> None:
    series = Pattern.parse(pattern)
    parts = series.read(text)
    assert parts is not None
    number = f"{parts['order']}.{parts['suffix']}" if parts["suffix"] else parts["order"]
    said = [number, *(parts.get(name, "-") for name in ("klasifikasi", "kode", "month", "year"))]
    assert " ".join(map(str, said)) == meaning
    codes = {name: str(parts.get(name, "")) for name in ("klasifikasi", "kode")}
    day = date(parts.get("year", 2024), parts.get("month", 1), 1)
    assert series.format(parts["order"], day, codes, parts["suffix"]) == text


def test_roman_months_are_printed_for_the_whole_year() -> None:
    series = Pattern.parse("{urut}-{bulan:romawi}")
    printed = [series.format(1, date(2024, month, 1), {})[2:] for month in range(1, 13)]
    assert printed == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def test_padding_is_a_least_width_when_the_order_grows() -> None:
    series = Pattern.parse("{urut:03}/{bulan}/{bulan:02}")
    assert series.format(7, DAY, {}) == "007/9/09"
    assert series.format(1234, DAY, {}) == "1234/9/09"


def test_double_braces_print_braces() -> None:
    series = Pattern.parse("{{{urut}}}")
    assert series.format(5, DAY, {}) == "{5}"
    assert series.read("{5}") == {"order": 5, "suffix": ""}


@pytest.mark.parametrize("suffix", ["1", "12", "A", "bc"])
def test_inserted_number_keeps_its_suffix_in_both_directions(suffix: str) -> None:
    series = Pattern.parse("{urut:03}/{klasifikasi}/{kode}/{bulan:02}/{tahun}")
    text = series.format(45, DAY, PARTS, suffix)
    assert text == f"045.{suffix}/PM.00.02/K.JI-08/09/2024"
    assert series.read(text) == {"order": 45, "suffix": suffix, "month": 9, "year": 2024, **PARTS}


def test_number_without_its_padding_is_read_all_the_same() -> None:
    parts = Pattern.parse("{urut:03}/{bulan:02}/{tahun}").read("5/9/2024")
    assert parts == {"order": 5, "suffix": "", "month": 9, "year": 2024}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/PM.00.02/K.JI-08/09/2024",
        "0/PM.00.02/K.JI-08/09/2024",
        "1/PM.00.02/K.JI-08/13/2024",
        "1/PM.00.02/K.JI-08/09/24",
        "1/PM.00.02/K.JI-08/09/0000",
        "1/PM.00.02/K.JI-08/IX/2024",
        "1/PM.00.02/09/2024",
        "1/PM.00.02/K.JI-08/09/2024 ",
        "x" * 500,
    ],
)
def test_text_that_does_not_follow_the_pattern_is_not_read(text: str) -> None:
    assert Pattern.parse(NATIONAL).read(text) is None


def test_field_printed_twice_must_say_the_same_twice() -> None:
    series = Pattern.parse("{urut}/{kode}/{bulan}/{bulan:romawi}/{kode}")
    assert series.read("1/K.1/9/IX/K.1") == {"order": 1, "suffix": "", "month": 9, "kode": "K.1"}
    assert series.read("1/K.1/9/X/K.1") is None
    assert series.read("1/K.1/9/IX/K.2") is None


def test_classification_is_told_from_a_code_with_slashes_when_both_could_be_cut_elsewhere() -> None:
    parts = Pattern.parse("{urut}/{kode}/{klasifikasi}/{tahun}").read("58/K/JA/PM.01.02/2025")
    assert parts is not None
    assert (parts["kode"], parts["klasifikasi"]) == ("K/JA", "PM.01.02")
    parts = Pattern.parse("{urut}/{klasifikasi}.{kode}").read("7/PM.00.02.K.JI-08")
    assert parts is not None
    assert (parts["klasifikasi"], parts["kode"]) == ("PM.00.02", "K.JI-08")


def test_suffix_is_told_from_a_classification_that_would_begin_with_it() -> None:
    parts = Pattern.parse("{urut}.{klasifikasi}/{tahun}").read("12.3.PM.00/2024")
    assert parts == {"order": 12, "suffix": "3", "klasifikasi": "PM.00", "year": 2024}


def test_order_without_suffix_is_read_when_a_code_follows_a_dot() -> None:
    parts = Pattern.parse("{urut}.{kode}/{tahun}").read("12.3.A/2024")
    assert parts == {"order": 12, "suffix": "", "kode": "3.A", "year": 2024}


def test_reading_stays_quick_when_a_text_could_be_cut_in_many_ways() -> None:
    series = Pattern.parse("{urut}/{klasifikasi}/{kode}/{klasifikasi}/{kode}/{tahun}")
    assert series.read("1/" + "a/" * 90 + "x") is None


def problems(text: str) -> list[tuple[str, dict[str, object]]]:
    with pytest.raises(SettingsError) as caught:
        Pattern.parse(text)
    return [(problem.code, dict(problem.params)) for problem in caught.value.problems]


def codes(text: str) -> list[str]:
    return [code for code, _ in problems(text)]


def test_every_problem_of_a_pattern_is_told_at_once() -> None:
    assert codes("{nomor}/{bulan:3}/}/{tahun:04}\n") == [
        "register.pattern-field",
        "register.pattern-format",
        "register.pattern-brace",
        "register.pattern-format",
        "register.pattern-order",
        "register.pattern-control",
    ]


@pytest.mark.parametrize(
    ("field", "near"),
    [("urutan", "{urut}"), ("Tahun", "{tahun}"), ("tahuN", "{tahun}"), ("klas", "{klasifikasi}"), ("xyz", "")],
)
def test_unknown_field_is_told_with_the_nearest_known_one(field: str, near: str) -> None:
    code, params = problems(f"{{urut}}/{{{field}}}")[0]
    assert (code, params["near"], params["field"]) == ("register.pattern-field", near, f"{{{field}}}")


@pytest.mark.parametrize("text", ["{urut:3}", "{urut:00}", "{urut:romawi}", "{urut}/{tahun:02}", "{urut}/{kode:03}"])
def test_unknown_format_is_refused(text: str) -> None:
    assert "register.pattern-format" in codes(text)


@pytest.mark.parametrize("text", ["", "{kode}/{tahun}", "{urut}/{urut:03}"])
def test_pattern_without_exactly_one_running_number_is_refused(text: str) -> None:
    assert codes(text) == ["register.pattern-order"]


@pytest.mark.parametrize("text", ["{urut}{bulan}", "{tahun}{urut}", "{kode}{urut}/{tahun}"])
def test_running_number_that_touches_another_field_is_refused(text: str) -> None:
    assert codes(text) == ["register.pattern-touching"]


def test_problems_of_a_pattern_stand_where_the_caller_says() -> None:
    place = Place("letters.toml", key="surat", line=12)
    with pytest.raises(SettingsError) as caught:
        Pattern.parse("{nomor}", place)
    assert {problem.place for problem in caught.value.problems} == {place}
    assert all(problem.params["pattern"] == "{nomor}" for problem in caught.value.problems)


def test_messages_fill_from_their_parameters() -> None:
    for text in ("{nomor}", "{urut:9}", "{urut", "{urut}{bulan}", "a\tb"):
        with pytest.raises(LettersError) as caught:
            Pattern.parse(text)
        for problem in caught.value.problems:
            assert problem.message.format(**problem.params)
            assert problem.remedy.format(**problem.params)


@pytest.mark.parametrize("parts", [{}, {"klasifikasi": "", "kode": ""}])
def test_every_missing_code_is_told_when_a_number_is_printed(parts: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        Pattern.parse(NATIONAL).format(1, DAY, parts)
    assert [problem.params["field"] for problem in caught.value.problems] == ["{klasifikasi}", "{kode}"]


@pytest.mark.parametrize("code", ["K\nJ", " K", "K  J", "K|J", "{kode}", "K\x00"])
def test_code_that_could_not_be_read_back_is_refused(code: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Pattern.parse(NATIONAL).format(1, DAY, {"klasifikasi": "PM", "kode": code})
    assert [problem.code for problem in caught.value.problems] == ["register.code-odd"]


@pytest.mark.parametrize(("order", "suffix"), [(-1, ""), (1, "1234"), (1, "A1"), (1, "/")])
def test_impossible_order_is_a_mistake_of_the_program(order: int, suffix: str) -> None:
    with pytest.raises(ValueError, match="no such running number"):
        Pattern.parse("{urut}").format(order, DAY, {}, suffix)


def test_specimen_is_printed_but_never_read_as_a_number() -> None:
    series = Pattern.parse(PADDED)
    specimen = series.format(0, DAY, PARTS)
    assert specimen == "000/PM.00.02/K.JI-08/09/2024"
    assert series.read(specimen) is None


@pytest.mark.parametrize(
    ("period", "per", "expected"),
    [
        ("tahun", (), "2024"),
        ("bulan", (), "2024-09"),
        ("tidak", (), ""),
        ("tahun", ("klasifikasi",), "2024|PM"),
        ("tahun", ("klasifikasi", "kode"), "2024|PM|K.JI-08"),
        ("tidak", ("penandatangan",), "|ketua"),
    ],
)
def test_period_names_what_the_count_restarts_by(period: str, per: tuple[str, ...], expected: str) -> None:
    assert period_of(period, per, DAY, {**PARTS, "penandatangan": "ketua"}) == expected


def test_period_of_different_parts_never_meets() -> None:
    one = period_of("tidak", ("kode", "penandatangan"), DAY, {"kode": "a|b", "penandatangan": "c"})
    other = period_of("tidak", ("kode", "penandatangan"), DAY, {"kode": "a", "penandatangan": "b|c"})
    assert one != other


def test_missing_part_of_the_period_is_told() -> None:
    with pytest.raises(SettingsError) as caught:
        period_of("tahun", ("klasifikasi", "penandatangan"), DAY, {"kode": "K"})
    assert [problem.params["name"] for problem in caught.value.problems] == ["klasifikasi", "penandatangan"]


@pytest.mark.parametrize(("classification", "main"), [("PM.00.02", "PM"), ("pm.01", "PM"), ("KP", "KP")])
def test_main_code_is_what_stands_before_the_first_dot(classification: str, main: str) -> None:
    assert main_code(classification) == main


@pytest.mark.parametrize(
    ("pattern", "period", "per", "missing"),
    [
        (NATIONAL, "tahun", ("klasifikasi",), []),
        ("{urut}/{klasifikasi}", "tahun", ("klasifikasi",), ["{tahun}"]),
        ("{urut}/{tahun}", "bulan", ("klasifikasi", "penandatangan"), ["{bulan}", "{klasifikasi}", "{kode}"]),
        ("{urut}", "tidak", (), []),
    ],
)
def test_pattern_that_hides_what_it_counts_by_is_warned_about(
    pattern: str, period: str, per: tuple[str, ...], missing: list[str]
) -> None:
    found = Pattern.parse(pattern).unprinted(period, per)
    assert [problem.params["field"] for problem in found] == missing
    assert all(problem.severity is Severity.WARNING for problem in found)
