"""The whole table: every problem in one pass, keys, doubles, and how long it takes."""

from __future__ import annotations

import pickle
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import Place, Problem, RecipientsError, Severity
from letters.messages import problem_text
from letters.model.letter import Recipient
from letters.recipients import read_recipients
from letters.recipients.checks import fold_key
from letters.recipients.doubles import near, person_words, words
from letters.recipients.rows import row_list
from tests.recipients.tables import HEADINGS, column, only_error, refusal, said

KECAMATAN = [
    "Bandar Kedungmulyo",
    "Bareng",
    "Diwek",
    "Gudo",
    "Jogoroto",
    "Jombang",
    "Kabuh",
    "Kesamben",
    "Kudu",
    "Megaluh",
    "Mojoagung",
    "Mojowarno",
    "Ngoro",
    "Ngusikan",
    "Perak",
    "Peterongan",
    "Plandaan",
    "Ploso",
    "Sumobito",
    "Tembelang",
    "Wonosalam",
]


def table_text(*rows: str, headings: str = "kode;kelompok;jabatan;nama;instansi") -> str:
    return "\n".join((headings, *rows)) + "\n"


# -- rows -------------------------------------------------------------------------------------------------


def test_a_row_becomes_a_recipient_with_all_its_columns(csv_file):
    path = csv_file(table_text("K1;Kepala OPD;Camat Diwek;;Kecamatan Diwek"))
    assert read_recipients(path).recipients == (
        Recipient(
            "K1",
            "kepala_opd",
            {
                "kode": "K1",
                "kelompok": "Kepala OPD",
                "jabatan": "Camat Diwek",
                "nama": "",
                "instansi": "Kecamatan Diwek",
            },
        ),
    )
    assert read_recipients(path).recipients[0].place == Place(str(path), row=2)


def test_every_problem_is_told_in_one_pass_by_row(csv_file):
    text = table_text(
        "K1;camat;Camat Diwek;Budi;1985",
        "K1;;Camat Gudo;#N/A;198501012010012010",
        "k1 ;camat;;Ba\x01di;1,98501E+17",
        "K4;camat;Camat Bareng",
        headings="kode;kelompok;jabatan;nama;NIP;Nomor",
    ).replace("NIP;Nomor", "NIP")
    errors = refusal(csv_file(text))
    assert [(error.place.row, error.code, error.place.column) for error in errors] == [
        (2, "recipients.wrong-length", "NIP"),
        (3, "recipients.error-value", "nama"),
        (3, "recipients.empty-cell", "kelompok"),
        (3, "recipients.duplicate-key", "kode"),
        (4, "recipients.unprintable", "nama"),
        (4, "recipients.scientific", "NIP"),
        (4, "recipients.empty-cell", "jabatan"),
        (4, "recipients.duplicate-key", "kode"),
        (5, "recipients.too-few-cells", ""),
    ]
    assert all(error.remedy for error in errors)
    assert errors[1].place.key == "K1"


def test_problems_are_told_in_words_with_their_place(csv_file):
    path = csv_file(table_text("K1;;Camat;;"))
    assert problem_text(only_error(path), "en").splitlines() == [
        f"{path}, row 2, column kelompok, code K1: The cell in column kelompok is empty.",
        "  → Fill it in; this column is needed for every recipient.",
    ]


def test_problems_in_a_workbook_name_the_sheet(xlsx_file):
    rows = column(["x"])
    rows[1][1] = None
    error = only_error(xlsx_file(rows))
    assert (error.place.sheet, error.place.row, error.place.column) == ("Sheet", 2, "kelompok")


def test_warnings_come_with_the_errors_too(csv_file):
    text = table_text("K1;camat;Camat Diwek;A;Kecamatan Diwek", "K2;camat;Camat Diwek;B;Kecamatan Diwek", "K3;;x;;")
    with pytest.raises(RecipientsError) as caught:
        read_recipients(csv_file(text))
    assert [problem.severity for problem in caught.value.problems] == [Severity.ERROR, Severity.WARNING]


def test_the_refusal_crosses_processes_with_its_problems(csv_file):
    with pytest.raises(RecipientsError) as caught:
        read_recipients(csv_file(table_text("K1;;Camat;;")))
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


# -- keys -------------------------------------------------------------------------------------------------


def test_a_code_that_stands_twice_is_refused_naming_both_rows(csv_file):
    error = only_error(
        csv_file(table_text("K1;camat;Camat A;;A", ";;;;", "K2;camat;Camat B;;B", "K1;camat;Camat C;;C"))
    )
    assert (error.code, error.place.row, error.place.key) == ("recipients.duplicate-key", 5, "K1")
    assert "rows 2 and 5" in str(error)


@pytest.mark.parametrize("twin", ["camat-diwek", "CAMAT-DIWEK", "Camat-\u200bDiwek", "Ｃamat-Diwek"])
def test_codes_that_differ_in_capitals_or_unseen_signs_only_are_refused(csv_file, twin):
    error = refusal(csv_file(table_text("Camat-Diwek;camat;Camat A;;A", f"{twin};camat;Camat B;;B")))[0]
    assert error.code == "recipients.duplicate-key"
    assert "differ only" in str(error)


@given(st.text())
def test_folding_a_key_twice_changes_nothing_more(key):
    folded = fold_key(key)
    assert fold_key(folded).replace(" ", "") == folded.replace(" ", "") or not folded.isascii()


def test_niks_that_all_end_in_zero_are_warned_of(csv_file):
    rows = [f"K{index};camat;Camat {index};351701010185{index:03}0" for index in range(3)]
    table = read_recipients(csv_file(table_text(*rows, headings="kode;kelompok;jabatan;NIK")))
    assert [(warning.code, warning.place.column) for warning in table.warnings] == [("recipients.nik-rounded", "NIK")]
    mixed = [*rows, "K9;camat;Camat 9;3517010101850001"]
    assert not read_recipients(csv_file(table_text(*mixed, headings="kode;kelompok;jabatan;NIK"))).warnings


# -- doubles ----------------------------------------------------------------------------------------------


def warnings(path) -> list[Problem]:
    return list(read_recipients(path).warnings)


def test_the_same_position_at_the_same_office_is_one_warning_for_all_its_rows(csv_file):
    rows = [f"K{index};camat;Camat Diwek;{name};KECAMATAN  Diwek." for index, name in enumerate("ABC")]
    found = warnings(csv_file(table_text(*rows, "K9;camat;Camat Gudo;D;Kecamatan Gudo")))
    assert [(warning.code, warning.place.row) for warning in found] == [("recipients.same-position", 3)]
    assert "2-4" in str(found[0])
    assert "Camat Diwek" in str(found[0])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Camat Jogoroto;;", "Camat Jogorotto;;"),
        ("Kepala Desa Pulo Lor;;", "Kepala Desa Pulolor;;"),
        ("Kepala Dinas Pendidikan & Kebudayaan;;", "Kepala Dinas Pendidikan dan Kebudayaan;;"),
        ("Camat Diwek;Drs. Budi Santoso, M.Si.;", "Camat Diwek;Budi Santosa;"),
        ("Camat Diwek;Budi Santoso;Kecamatan Diwek", "Plt. Kepala Seksi;H. Budi Santoso, S.Sos.;Kecamatan Diwek"),
        ("Camat Diwek;;", "Camat Diwek;;"),
        ("Camat Diwek;;Kecamatan Diwek", "Camat Diwek;Budi Santoso;Kecamatan Diwekk"),
    ],
)
def test_rows_that_are_nearly_the_same_are_warned_of(csv_file, first, second):
    found = warnings(csv_file(table_text(f"K1;camat;{first}", f"K2;camat;{second}")))
    assert [(warning.code, warning.place.row, warning.severity) for warning in found] == [
        ("recipients.nearly-same", 3, Severity.WARNING)
    ]
    assert "Rows 2 and 3" in said(found[0])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kepala SMPN 1 Jombang;;", "Kepala SMPN 2 Jombang;;"),
        ("Kepala Desa Sidomulyo;;", "Kepala Desa Sidomukti;;"),
        ("Camat Kudu;;", "Camat Kuda;;"),
        ("Bupati;;", "Wakil Bupati;;"),
        ("Ketua DPRD;;", "Wakil Ketua DPRD;;"),
        ("Asisten I;;", "Asisten II;;"),
        ("Kepala Seksi VIII;;", "Kepala Seksi XVIII;;"),
        ("Kepala Seksi XXVIII;;", "Kepala Seksi XXXVIII;;"),
        ("Komandan Koramil 081401;;", "Komandan Koramil 081402;;"),
        ("Camat Diwek;Budi Santoso;", "Camat Diwek;Agus Wijaya;"),
        ("Camat Diwek;Sutrisno;Kecamatan Diwek", "Camat Gudo;Sutrisno;Kecamatan Gudo"),
    ],
)
def test_rows_that_only_look_alike_are_not_warned_of(csv_file, first, second):
    assert warnings(csv_file(table_text(f"K1;camat;{first}", f"K2;camat;{second}"))) == []


def test_a_slip_in_the_first_letter_is_found_though_other_rows_sort_between(csv_file):
    others = [f"C{index};camat;Lurah {name};;" for index, name in enumerate(KECAMATAN)]
    rows = ("K1;camat;Komandan Koramil Diwek;;", *others, "K2;camat;Xomandan Koramil Diwek;;")
    found = warnings(csv_file(table_text(*rows)))
    assert [(warning.code, warning.params["first"]) for warning in found] == [("recipients.nearly-same", 2)]


def test_one_person_in_two_positions_is_found_though_other_rows_sort_between(csv_file):
    others = [f"C{index};camat;Lurah {name};Warga {name};Kecamatan Diwek" for index, name in enumerate(KECAMATAN)]
    first, last = "K1;camat;Ajudan A;Budi Santoso;Kecamatan Diwek", "K2;camat;Wakil Z;Budi Santoso;Kecamatan Diwek"
    found = warnings(csv_file(table_text(first, *others, last)))
    assert [(warning.code, warning.params["first"]) for warning in found] == [("recipients.nearly-same", 2)]


def test_the_camat_of_all_kecamatan_are_different_people(csv_file):
    for rows in (
        [f"C{index};camat;Camat {name};;Kecamatan {name}" for index, name in enumerate(KECAMATAN)],
        [f"C{index};camat;Camat {name};;" for index, name in enumerate(KECAMATAN)],
    ):
        assert warnings(csv_file(table_text(*rows))) == []
    rows = [f"C{index};camat;Camat;{name}" for index, name in enumerate(KECAMATAN)]
    assert warnings(csv_file(table_text(*rows, headings="kode;kelompok;jabatan;kecamatan"))) == []


def test_two_nips_decide_that_two_people_are_two(csv_file):
    rows = ("K1;camat;Camat Diwek;198501012010012010", "K2;camat;Camat Diwek;198501012010012011")
    assert warnings(csv_file(table_text(*rows, headings="kode;kelompok;jabatan;nip"))) == []


def test_empty_nips_are_not_the_same_nip(csv_file):
    rows = ("K1;camat;Camat Diwek;-", "K2;camat;Camat Gudo;-", "K3;camat;Camat Kabuh;")
    assert warnings(csv_file(table_text(*rows, headings="kode;kelompok;jabatan;nip"))) == []


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_the_same_both_ways(first, second):
    one, other = words(first), words(second)
    assert near(one, other) == near(other, one)
    assert near(one, one) == bool(one)


def test_titles_do_not_make_a_name_different():
    assert person_words("Prof. Dr. H. Budi Santoso, S.H., M.H.") == ("budi", "santoso")
    assert person_words("Ir.") == ("ir",)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([3], "3"), ([5, 3, 4, 9], "3-5, 9"), (list(range(1, 40, 2)), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, …")],
)
def test_row_numbers_are_listed_in_runs(numbers, text):
    assert row_list(numbers) == text


# -- size -------------------------------------------------------------------------------------------------


def many_rows(count: int) -> list[list[str]]:
    """Return a table of village heads with names made of common syllables, the same every time."""
    chance = random.Random(1)
    syllables = [
        "ka",
        "sa",
        "wa",
        "ta",
        "ra",
        "ma",
        "na",
        "ja",
        "ba",
        "gu",
        "du",
        "lo",
        "re",
        "si",
        "mo",
        "jo",
        "ke",
        "di",
        "pe",
        "su",
    ]

    def name(length: int) -> str:
        return "".join(chance.choices(syllables, k=length)).title()

    rows = [[*HEADINGS, "nama", "nip", "instansi", "alamat", "kota", "sapaan", "tanggal_acara"]]
    for index in range(count):
        place = name(3)
        rows.append(
            [f"D-{index:05}", "kepala_desa", f"Kepala Desa {place}", f"{name(3)} {name(3)}, S.Sos."]
            + [f"1985010120{index:05}001", f"Desa {place} Kecamatan {name(3)}", f"Jl. {name(3)} No. {index}"]
            + ["Jombang", "Bapak", "01/02/2026"]
        )
    return rows


def test_ten_thousand_rows_are_read_and_checked_within_seconds(csv_file, xlsx_file):
    rows = many_rows(10_000)
    for path in (csv_file("\n".join(";".join(row) for row in rows)), xlsx_file(rows)):
        started = time.process_time()
        table = read_recipients(path)
        assert time.process_time() - started < 5
        assert len(table.recipients) == 10_000


def test_ten_thousand_doubles_take_no_quadratic_time(csv_file):
    rows = [f"K{index};camat;Camat Diwek;Budi Santoso;Kecamatan Diwek" for index in range(10_000)]
    started = time.process_time()
    found = warnings(csv_file(table_text(*rows)))
    assert time.process_time() - started < 5
    assert [warning.code for warning in found] == ["recipients.same-position"]
