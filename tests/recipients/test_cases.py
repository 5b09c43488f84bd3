"""Thirty kinds of mess found in tables from Indonesian offices, each with the exact outcome."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from letters.errors import RecipientsError, Severity
from letters.recipients import parse_number, read_recipients
from tests.recipients.tables import HEADINGS, column, edit_part, only_error, refusal, said, values_of

NIP = "198501012010012010"
NIK = "3517010101850001"
CSV = "kode;kelompok;jabatan;nilai\nK1;camat;Camat Diwek;{}\n"


def one_value(csv_file, text, heading="nilai"):
    """Read a table whose single row has `text` under `heading`."""
    return read_recipients(csv_file(CSV.replace("nilai", heading).replace("{}", text))).recipients[0].fields[heading]


# 1 -----------------------------------------------------------------------------------------------------


def test_semicolons_separate_even_when_values_hold_more_commas(csv_file):
    table = read_recipients(csv_file("kode;kelompok;jabatan;nama\nK1;camat;Camat Diwek;Budi, S.Sos., M.Si., M.M.\n"))
    assert table.recipients[0].fields["nama"] == "Budi, S.Sos., M.Si., M.M."


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_each_separator_is_found_in_the_heading_line(csv_file, separator):
    table = read_recipients(csv_file(CSV.replace(";", separator).format("isi")))
    assert table.columns == ("kode", "kelompok", "jabatan", "nilai")
    assert values_of(table) == ["isi"]


def test_separators_inside_quoted_headings_do_not_count(csv_file):
    table = read_recipients(csv_file('kode;kelompok;jabatan;"a,b,c,d,e\nf,g"\nK1;camat;Camat;x\n'))
    assert table.columns == ("kode", "kelompok", "jabatan", "a_b_c_d_e_f_g")


# 2-5 ---------------------------------------------------------------------------------------------------


def test_the_mark_of_utf_8_is_no_part_of_the_first_heading(csv_file):
    table = read_recipients(csv_file(b"\xef\xbb\xbf" + CSV.format("é").encode()))
    assert table.columns[0] == "kode"
    assert values_of(table) == ["é"]
    assert table.warnings == ()


def test_windows_1252_gives_the_right_letters_and_a_hint(csv_file):
    table = read_recipients(csv_file(CSV.format("Café “Désa” – ’").encode("cp1252")))
    assert values_of(table) == ["Café “Désa” – ’"]
    assert [(warning.code, warning.severity) for warning in table.warnings] == [
        ("recipients.windows-1252", Severity.HINT)
    ]
    assert table.warnings[0].params["line"] == 2


def test_windows_1252_is_refused_when_it_would_give_wrong_letters(csv_file):
    mixed = CSV.format("Désa").encode() + "K2;camat;Café;x\n".encode("cp1252")
    error = only_error(csv_file(mixed))
    assert (error.code, error.place.line) == ("recipients.broken-character", 3)
    undefined = CSV.format("x").encode() + b"K2;camat;A\x81;x\n"
    assert only_error(csv_file(undefined)).place.line == 3


@pytest.mark.parametrize(("codec", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_utf_16_with_tabs_is_read(csv_file, codec, mark):
    text = CSV.replace(";", "\t").replace("\n", "\r\n").format("Désa")
    assert values_of(read_recipients(csv_file(mark + text.encode(codec), "r.txt"))) == ["Désa"]


def test_utf_16_without_its_mark_is_refused(csv_file):
    assert only_error(csv_file(CSV.format("x").encode("utf-16-le"))).code == "recipients.encoding"


def test_a_nul_byte_is_refused(csv_file):
    assert only_error(csv_file(CSV.format("a\0b"))).code == "recipients.encoding"


def test_broken_utf_16_is_refused_with_its_line(csv_file):
    broken = b"\xff\xfe" + CSV.format("x").encode("utf-16-le") + b"\x00\xd8\x20\x00"
    error = only_error(csv_file(broken))
    assert (error.code, error.place.line) == ("recipients.broken-character", 3)


# 6-8 ---------------------------------------------------------------------------------------------------


def test_a_quoted_line_break_stays_in_one_record_and_rows_count_as_in_excel(csv_file):
    text = 'kode;kelompok;jabatan;alamat\r\nK1;camat;Camat Diwek;"Jl. Raya 1\r\nDiwek"\r\n\r\nK2;camat;Camat Gudo;x\r\n'
    table = read_recipients(csv_file(text))
    assert table.recipients[0].fields["alamat"] == "Jl. Raya 1\nDiwek"
    assert [recipient.place.row for recipient in table.recipients] == [2, 4]


def test_five_hundred_blank_rows_make_no_recipient(csv_file):
    blank = ";;;\n" * 250 + "\n" * 125 + " ; ;\u00a0;\n" * 125
    table = read_recipients(csv_file(CSV.format("x") + blank))
    assert len(table.recipients) == 1


def test_blank_rows_in_between_are_skipped_and_counted(csv_file):
    table = read_recipients(csv_file(";;;\n" + CSV.format("x") + ";;;\n\nK2;camat;Camat Gudo;y\n"))
    assert [(recipient.key, recipient.place.row) for recipient in table.recipients] == [("K1", 3), ("K2", 6)]


def test_empty_trailing_columns_are_ignored(csv_file):
    table = read_recipients(csv_file("kode;kelompok;jabatan;;;\nK1;camat;Camat Diwek;;;\nK2;camat;Camat Gudo;\n"))
    assert table.columns == HEADINGS
    assert len(table.recipients) == 2


def test_a_value_in_a_column_without_heading_is_refused_by_its_letter(csv_file):
    error = only_error(csv_file("kode;kelompok;jabatan;;\nK1;camat;Camat Diwek;;x\nK2;camat;Camat Gudo;;y\n"))
    assert (error.code, error.place.row, error.place.column) == ("recipients.no-heading", 2, "E")
    assert "E" in str(error)
    assert "2-3" in str(error)


# 9-10 --------------------------------------------------------------------------------------------------


def test_a_heading_that_stands_twice_is_refused_naming_both(csv_file):
    error = only_error(csv_file("kode;kelompok;jabatan;nama;nama\nK1;camat;Camat;A;B\n"))
    assert error.code == "recipients.duplicate-heading"
    assert "D (nama)" in str(error)
    assert "E (nama)" in str(error)


def test_headings_are_folded_over_capitals_blanks_and_nbsp(csv_file):
    table = read_recipients(csv_file(" KODE ;Kelompok\u00a0;JABATAN;No.\u00a0 HP;Désa/Kelurahan\nK1;camat;Camat;x;y\n"))
    assert table.columns == ("kode", "kelompok", "jabatan", "no_hp", "desa_kelurahan")


def test_headings_that_fold_to_one_name_are_refused_naming_both(csv_file):
    error = only_error(csv_file("kode;kelompok;jabatan;Nama Lengkap;nama_LENGKAP\nK1;camat;Camat;A;B\n"))
    assert error.code == "recipients.duplicate-heading"
    assert "Nama Lengkap" in str(error)
    assert "nama_LENGKAP" in str(error)


# 11-15 -------------------------------------------------------------------------------------------------


def test_nbsp_in_values_becomes_a_plain_blank(csv_file):
    assert one_value(csv_file, "\u00a0 Camat\u00a0Diwek\u202f1 ") == "Camat Diwek 1"


@pytest.mark.parametrize("text", ["1,98501E+17", "1.98501E+17", "1,98501012010012e+17", "8,12E+10", "2E+17"])
@pytest.mark.parametrize("heading", ["nip", "no_hp", "catatan"])
def test_a_number_excel_has_shortened_is_refused_with_the_remedy(csv_file, text, heading):
    error = only_error(csv_file(CSV.replace("nilai", heading).format(text)))
    assert (error.code, error.place.row, error.place.column) == ("recipients.scientific", 2, heading)
    assert text in str(error)
    assert "Text" in error.remedy


def test_a_nip_typed_as_a_number_in_a_workbook_is_refused(xlsx_file):
    error = only_error(xlsx_file(column([int(NIP)], "NIP")))
    assert (error.code, error.place.row, error.place.column) == ("recipients.digits-lost", 2, "NIP")
    assert "Text" in error.remedy


def test_a_nip_whose_end_was_rounded_is_refused_in_csv(csv_file):
    assert only_error(csv_file(CSV.replace("nilai", "NIP").format(NIP[:15] + "000"))).code == "recipients.digits-lost"


def test_the_apostrophe_of_a_text_number_goes(csv_file, xlsx_file):
    assert one_value(csv_file, f"'{NIP}", "nip") == NIP
    assert values_of(read_recipients(xlsx_file(column([f"'{NIP}"], "nip"))), "nip") == [NIP]
    assert one_value(csv_file, "'Aisyiyah") == "'Aisyiyah"


def test_a_nik_of_fifteen_digits_is_refused_and_not_padded(csv_file):
    error = only_error(csv_file(CSV.replace("nilai", "NIK").format(NIK[:15])))
    assert (error.code, error.place.row, error.place.column) == ("recipients.wrong-length", 2, "NIK")
    assert "15" in str(error)
    assert "16" in str(error)
    assert one_value(csv_file, NIK, "nik") == NIK


@pytest.mark.parametrize(
    ("heading", "text"), [("nip", "1972,0304,1998"), ("nip", "19720103 l99503 1 001"), ("nik", "35O3")]
)
def test_a_nip_or_nik_with_anything_but_digits_is_refused(csv_file, heading, text):
    error = only_error(csv_file(f'kode,kelompok,jabatan,{heading}\nK1,camat,Camat,"{text}"\n'))
    assert error.code == "recipients.not-digits"
    assert text in said(error)


def test_a_nip_in_groups_is_the_same_person(csv_file):
    rows = "K1;camat;Camat Diwek;198501012010012010\nK2;sekda;Pelaksana Tugas;19850101 201001 2 010\n"
    table = read_recipients(csv_file("kode;kelompok;jabatan;NIP\n" + rows))
    assert values_of(table, "nip") == [NIP, "19850101 201001 2 010"]
    assert [warning.code for warning in table.warnings] == ["recipients.same-nip"]
    assert "2-3" in str(table.warnings[0])


# 16-18 -------------------------------------------------------------------------------------------------


def test_a_numeric_text_date_stays_as_typed_and_is_never_month_first(csv_file):
    assert one_value(csv_file, "01/02/2026", "tanggal_acara") == "01/02/2026"
    error = only_error(csv_file(CSV.replace("nilai", "tanggal_acara").format("09/24/2026")))
    assert (error.code, error.place.row) == ("recipients.no-date", 2)
    assert "day comes first" in str(error)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2026",
        "31/02",
        "29/02/2025",
        "29-02-2025",
        "31 April 2026",
        "2026-02-31",
        "1 Febuari 2026",
        "01/02/26",
        "31 Februari",
    ],
)
def test_a_day_that_does_not_exist_is_refused_in_a_column_of_dates(csv_file, text):
    error = only_error(csv_file(CSV.replace("nilai", "tanggal_lahir").format(text)))
    assert (error.code, error.place.row, error.place.column) == ("recipients.no-date", 2, "tanggal_lahir")
    assert text in str(error)


@pytest.mark.parametrize(
    "text", ["29/02/2024", "1 Februari 2026", "Selasa, 24 September 2024", "29/02", "3 hari", "-", ""]
)
def test_a_good_date_stays_as_typed(csv_file, text):
    assert one_value(csv_file, text, "tanggal_lahir") == text


@pytest.mark.parametrize("text", ["25 s.d. 27 September 2026", "selama masa kampanye"])
def test_a_period_in_words_is_not_taken_for_a_wrong_date(csv_file, text):
    assert one_value(csv_file, text, "tanggal_kegiatan") == text


def test_a_weekday_that_does_not_fit_its_date_is_refused(csv_file):
    path = csv_file(CSV.replace("nilai", "tanggal_acara").format("Senin, 24 September 2024"))
    assert only_error(path).code == "recipients.no-date"


def test_numbers_are_read_the_indonesian_way_only():
    assert parse_number("1.500.000,50") == Decimal("1500000.50")
    for text in ("1,500,000.50", "1.50", "1.5000", "12,345.6", "", "seribu", "1.500,5.0"):
        with pytest.raises(RecipientsError, match="Indonesians"):
            parse_number(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1500", "1500"), ("Rp1.500,-", "1500"), ("Rp 2.000", "2000"), ("-3,25", "-3.25"), ("1.500", "1500")],
)
def test_other_indonesian_numbers_are_read(text, number):
    assert parse_number(text) == Decimal(number)


# 19-22 -------------------------------------------------------------------------------------------------


def test_an_open_quotation_mark_is_refused_with_its_line(csv_file):
    text = 'kode;kelompok;jabatan\nK1;camat;"Camat\nDiwek"\nK2;camat;"Camat Gudo\nK3;camat;Camat Bareng\n'
    error = only_error(csv_file(text))
    assert (error.code, error.place.line) == ("recipients.open-quote", 4)


def test_a_quotation_mark_closed_in_a_later_row_is_refused_with_the_line_of_the_first(csv_file):
    text = 'kode;kelompok;jabatan\nK1;camat;"Camat Diwek\nK2;camat;"Camat Gudo"\n'
    error = only_error(csv_file(text))
    assert (error.code, error.place.line, error.params["end"]) == ("recipients.stray-quote", 2, 3)


def test_ragged_rows_are_refused_by_row(csv_file):
    text = "kode;kelompok;jabatan\nK1;camat\nK2;camat;Camat Gudo\nK3;camat;Camat;Bareng\n"
    errors = refusal(csv_file(text))
    assert [(error.code, error.place.row) for error in errors] == [
        ("recipients.too-few-cells", 2),
        ("recipients.too-many-cells", 4),
    ]
    assert [error.params["count"] for error in errors] == [2, 4]


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=|"])
def test_a_line_that_declares_the_separator_is_honoured_and_not_counted(csv_file, line):
    text = f"{line}\r\n" + CSV.replace(";", line.strip('"')[-1]).format("a,b,c,d,e")
    table = read_recipients(csv_file(text))
    assert values_of(table) == ["a,b,c,d,e"]
    assert table.recipients[0].place.row == 2


@pytest.mark.parametrize("char", ["\x01", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe"])
def test_a_character_that_cannot_be_printed_is_refused_and_not_cut(csv_file, char):
    error = only_error(csv_file(CSV.format(f"Camat{char}Diwek")))
    assert (error.code, error.place.row, error.place.column) == ("recipients.unprintable", 2, "nilai")
    assert f"U+{ord(char):04X}" in str(error)


@pytest.mark.parametrize("escape", ["_xD800_", "_x0001_", "_xFFFE_"])
def test_an_escaped_character_that_cannot_be_printed_is_refused_in_a_workbook(xlsx_file, escape):
    path = xlsx_file(column([f"Camat{escape}Diwek"]))
    assert only_error(path).code == "recipients.unprintable"


def test_a_letter_already_lost_is_refused(csv_file):
    assert only_error(csv_file(CSV.format("D\ufffdsa"))).code == "recipients.lost-letter"


@pytest.mark.parametrize("char", ["\u200b", "\u00ad", "\u202e", "\uf0b7", "\ufeff"])
def test_a_character_that_cannot_be_seen_is_kept_and_warned_of(csv_file, char):
    table = read_recipients(csv_file(CSV.format(f"Camat{char}Diwek")))
    assert values_of(table) == [f"Camat{char}Diwek"]
    assert [warning.code for warning in table.warnings] == ["recipients.invisible"]


# 23-25 -------------------------------------------------------------------------------------------------


def test_the_same_person_twice_is_warned_of_and_keys_stay_the_same_on_a_second_reading(csv_file):
    text = "kode;kelompok;jabatan;nama;instansi\n" + "".join(
        f"{key};camat;{title};Budi Santoso, S.Sos.;{office}\n"
        for key, title, office in (("K1", "Camat Diwek", "Kecamatan Diwek"), ("K2", "CAMAT  DIWEK", "Kecamatan Diwek"))
    )
    path = csv_file(text)
    table = read_recipients(path)
    assert [(warning.code, warning.severity) for warning in table.warnings] == [
        ("recipients.same-position", Severity.WARNING)
    ]
    assert read_recipients(path) == table


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(A1)", "+62812", "-", "@nama", "=cmd|' /C calc'!A0"])
def test_formulas_in_text_are_printed_as_they_stand(csv_file, text):
    table = read_recipients(csv_file(CSV.replace("{}", text)))
    assert values_of(table) == [text]
    assert [warning.code for warning in table.warnings] == ["recipients.formula-text"] * text.startswith("=")


def test_a_text_cell_that_begins_with_equals_is_literal_in_a_workbook(xlsx_file):
    def as_text(_, sheet):
        sheet["D2"].data_type = "s"

    assert values_of(read_recipients(xlsx_file(column(["=1+1"]), as_text))) == ["=1+1"]


@pytest.mark.parametrize(
    "text", ["{{ nomor }}", "{% if x %}", "CV Maju & Sejahtera", "<b>x</b>", "&amp;", "A*B*", "1. X", "]]>"]
)
def test_markup_in_values_is_literal(csv_file, xlsx_file, text):
    assert one_value(csv_file, f'"{text}"') == text
    assert values_of(read_recipients(xlsx_file(column([text])))) == [text]


# 26-30 -------------------------------------------------------------------------------------------------


def test_merged_cells_are_refused_naming_the_range_once(xlsx_file):
    rows = [[*HEADINGS], *[[f"K{index}", "camat", f"Camat {index}"] for index in range(1, 5)]]
    error = only_error(xlsx_file(rows, lambda _, sheet: sheet.merge_cells("B3:B5")))
    assert (error.code, error.place.row) == ("recipients.merged-cells", 3)
    assert "B3:B5" in str(error)


def test_merged_cells_outside_the_table_do_not_matter(xlsx_file):
    rows = column(["a", "b"])
    table = read_recipients(xlsx_file(rows, lambda _, sheet: [sheet.merge_cells("H1:J3"), sheet.merge_cells("A9:C9")]))
    assert len(table.recipients) == 2


def test_a_date_in_a_workbook_becomes_indonesian_text(xlsx_file):
    table = read_recipients(xlsx_file(column([date(2024, 9, 24), date(2026, 2, 1)])))
    assert values_of(table) == ["24 September 2024", "1 Februari 2026"]


def test_a_date_of_the_1904_system_is_the_right_day(xlsx_file):
    def count_from_1904(book, _):
        book.epoch = CALENDAR_MAC_1904

    path = xlsx_file(column([date(2024, 9, 24)]), count_from_1904)
    serial = (date(2024, 9, 24) - date(1904, 1, 1)).days
    assert str(serial).encode() in _sheet_xml(path)
    assert values_of(read_recipients(path)) == ["24 September 2024"]


def _sheet_xml(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_a_bare_serial_is_a_date_only_in_a_column_of_dates(xlsx_file):
    serial = (date(2024, 9, 24) - date(1899, 12, 30)).days
    assert values_of(read_recipients(xlsx_file(column([serial])))) == [str(serial)]
    assert values_of(read_recipients(xlsx_file(column([serial], "tanggal_acara"))), "tanggal_acara") == [
        "24 September 2024"
    ]


@pytest.mark.parametrize("number", [2024, 60, 0, -5, 12.5, 999999])
def test_a_bare_number_that_is_no_likely_day_is_refused_in_a_column_of_dates(xlsx_file, number):
    assert only_error(xlsx_file(column([number], "tanggal_acara"))).code == "recipients.no-date"


def test_a_bare_serial_is_refused_in_a_text_file_which_has_no_date_system(csv_file):
    assert only_error(csv_file(CSV.replace("nilai", "tgl_acara").format("45559"))).code == "recipients.bare-serial"


def test_a_formula_without_stored_value_is_refused_by_cell(xlsx_file):
    error = only_error(xlsx_file(column(["a", "=1+1"])))
    assert (error.code, error.place.row, error.place.column) == ("recipients.no-stored-value", 3, "nilai")


def test_a_formula_with_stored_value_counts_as_its_value(xlsx_file):
    path = xlsx_file(column(["=1+1", '=A2&""', '=""']))
    stored = {b"1+1": b"<v>2</v>", b'A2&amp;""': b"<v>K1</v>", b'""': b"<v></v>"}

    def calculate(xml):
        for formula, value in stored.items():
            kind = b"" if formula == b"1+1" else b' t="str"'
            xml = _with_value(xml, formula, value, kind)
        return xml

    assert values_of(read_recipients(edit_part(path, "xl/worksheets/sheet1.xml", calculate))) == ["2", "K1", ""]


def _with_value(xml, formula, value, kind):
    pattern = rb"<c r=\"(\w+)\"[^>]*><f>" + re.escape(formula) + rb"</f><v\s*/?>(</v>)?</c>"
    changed, count = re.subn(pattern, rb'<c r="\1"' + kind + b"><f>" + formula + b"</f>" + value + b"</c>", xml)
    assert count == 1, xml
    return changed


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "########"])
def test_an_error_of_excel_is_refused_by_row_and_column(csv_file, xlsx_file, text):
    error = only_error(csv_file(CSV.format(text)))
    assert (error.code, error.place.row, error.place.column) == ("recipients.error-value", 2, "nilai")
    assert text in str(error)
    assert only_error(xlsx_file(column([text]))).code == "recipients.error-value"


@pytest.mark.parametrize("dimension", [b"A1:B2", b"A1", b"A1:XFD1048576"])
def test_a_wrong_dimension_loses_no_row(xlsx_file, dimension):
    path = xlsx_file(column([f"v{index}" for index in range(11)]))
    edit_part(
        path,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + dimension + b'"', xml),
    )
    assert dimension in _sheet_xml(path)
    assert values_of(read_recipients(path)) == [f"v{index}" for index in range(11)]


def test_a_stray_cell_at_the_far_corner_is_named(xlsx_file):
    error = only_error(xlsx_file(column(["x"]), lambda _, sheet: sheet.cell(1_048_576, 16_384, "x")))
    assert (error.code, error.place.row, error.place.column) == ("recipients.no-heading", 1_048_576, "XFD")


def test_a_kind_that_disagrees_with_the_name_is_refused_naming_the_kind(csv_file, xlsx_file):
    html = "<html><table><tr><td>kode</td></tr></table></html>"
    assert "HTML" in said(only_error(csv_file(html, "r.xls")))
    assert "HTML" in said(only_error(csv_file(html, "r.xlsx")))
    assert "CSV" in said(only_error(csv_file(CSV.format("x"), "r.xlsx")))
    assert "CSV" in said(only_error(csv_file(CSV.format("x"), "r.xls")))
    assert "XLSX" in said(only_error(xlsx_file(column(["x"]), name="r.csv.xlsx").rename(csv_file("").parent / "a.csv")))


def test_an_encrypted_workbook_is_refused_as_such(csv_file):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000
    encrypted = ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100
    assert only_error(csv_file(encrypted, "r.xlsx")).code == "recipients.encrypted"
    old = only_error(csv_file(ole + "Workbook".encode("utf-16-le"), "r.xls"))
    assert (old.code, old.params["kind"]) == ("recipients.wrong-kind", "XLS")
    assert ".xlsx" in old.remedy
