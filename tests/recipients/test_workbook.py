"""Workbooks: sheets, kinds of cell, hidden rows, other programs' XML, and files meant to do harm."""

from __future__ import annotations

import random
import re
import time
import tracemalloc
import zipfile
from datetime import date, datetime
from datetime import time as clock

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from letters.errors import RecipientsError, Severity
from letters.recipients import package, read_recipients
from tests.recipients.tables import HEADINGS, column, edit_part, only_error, said, share_strings, values_of

SHEET = "xl/worksheets/sheet1.xml"
GOOD = [list(HEADINGS), ["K1", "camat", "Camat Diwek"]]


# -- sheets -----------------------------------------------------------------------------------------------


def with_sheets(*filled: str, empty: tuple[str, ...] = (), hidden: tuple[str, ...] = ()):
    """Return a change that adds sheets with content, without, and hidden ones with content."""

    def change(book, sheet):
        sheet.title = "Data"
        for name in (*filled, *hidden):
            book.create_sheet(name).append(["x"])
        for name in empty:
            book.create_sheet(name)["A1"] = "  "
        for name in hidden:
            book[name].sheet_state = "hidden"

    return change


def test_the_only_sheet_with_content_is_taken(xlsx_file):
    table = read_recipients(xlsx_file(GOOD, with_sheets(empty=("Sheet2", "Sheet3"), hidden=("Daftar",))))
    assert table.recipients[0].place.sheet == "Data"


def test_several_sheets_with_content_are_refused_and_listed(xlsx_file):
    error = only_error(xlsx_file(GOOD, with_sheets("Catatan", empty=("Sheet3",))))
    assert error.code == "recipients.several-sheets"
    assert "Data, Catatan" in str(error)
    assert "Sheet3" not in str(error)
    assert "--sheet" in error.remedy


@pytest.mark.parametrize("name", ["Data", "data", " DATA "])
def test_a_sheet_can_be_named(xlsx_file, name):
    table = read_recipients(xlsx_file(GOOD, with_sheets("Catatan")), sheet=name)
    assert table.recipients[0].place.sheet == "Data"


def test_a_hidden_sheet_can_be_named(xlsx_file):
    path = xlsx_file([["x"]], lambda book, _: _hide_good(book))
    assert read_recipients(path, sheet="Rahasia").recipients[0].key == "K1"


def _hide_good(book):
    sheet = book.create_sheet("Rahasia")
    for row in GOOD:
        sheet.append(row)
    sheet.sheet_state = "veryHidden"


def test_an_unknown_sheet_is_refused_with_the_nearest_name(xlsx_file):
    error = only_error(xlsx_file(GOOD, with_sheets("Catatan")), sheet="Catatn")
    assert error.code == "recipients.unknown-sheet"
    assert "Data, Catatan" in str(error)
    assert "Catatan" in said(error).split("perhaps")[1]


def test_a_workbook_without_any_content_is_refused(xlsx_file):
    assert only_error(xlsx_file([], with_sheets(empty=("Sheet2",), hidden=("Daftar",)))).code == "recipients.empty"


def test_a_sheet_with_a_chart_only_does_not_count(xlsx_file):
    table = read_recipients(xlsx_file(GOOD, lambda book, _: book.create_chartsheet("Grafik")))
    assert len(table.recipients) == 1


# -- cells ------------------------------------------------------------------------------------------------


def test_cells_of_every_kind_become_what_the_user_sees(xlsx_file):
    rich = CellRichText("Camat ", TextBlock(InlineFont(b=True), "Diwek"))
    values = [7, 1.5, True, False, "teks", rich, date(2026, 2, 1), datetime(2026, 2, 1, 9, 30), clock(9, 0)]
    texts = ["7", "1,5", "TRUE", "FALSE", "teks", "Camat Diwek", "1 Februari 2026", "1 Februari 2026 pukul 09.30"]
    assert values_of(read_recipients(xlsx_file(column(values)))) == [*texts, "09.00"]


def test_number_formats_are_honoured(xlsx_file):
    def style(_, sheet):
        for row, code in enumerate(("000", "#,##0.00", "0%", '"Rp"#,##0'), start=2):
            sheet.cell(row, 4).number_format = code

    path = xlsx_file(column([7, 1500000.5, 0.5, 1500]), style)
    assert values_of(read_recipients(path)) == ["007", "1.500.000,50", "50%", "Rp1.500"]


def test_a_code_typed_as_a_number_keeps_the_zeros_of_its_format(xlsx_file):
    def style(_, sheet):
        sheet["A2"].number_format = "000"

    assert read_recipients(xlsx_file([list(HEADINGS), [7, "camat", "Camat"]], style)).recipients[0].key == "007"


@pytest.mark.parametrize("heading", ["kode", "nip", "nik", "no_hp"])
def test_a_code_that_excel_made_a_date_is_refused(xlsx_file, heading):
    rows = [[*HEADINGS, "nip", "nik", "no_hp"], ["K1", "camat", "Camat", "", "", ""]]
    rows[1][rows[0].index(heading)] = date(2026, 2, 1)
    error = only_error(xlsx_file(rows))
    assert (error.code, error.place.column) == ("recipients.became-date", heading)


def test_a_telephone_number_that_lost_its_zero_is_warned_of(xlsx_file):
    table = read_recipients(xlsx_file(column([81234567890, "081234567890"], "No. HP")))
    assert [(warning.code, warning.place.row) for warning in table.warnings] == [("recipients.no-leading-zero", 2)]


def test_text_with_line_breaks_and_escapes_is_unfolded(xlsx_file):
    values = ["Jl. Raya 1\nDiwek", "a_x000D_\nb", "a_x005F_x0041_b", "_x0041_"]
    assert values_of(read_recipients(xlsx_file(column(values)))) == ["Jl. Raya 1\nDiwek", "a\nb", "a_x0041_b", "A"]


def test_an_error_cell_is_refused(xlsx_file):
    def fail(_, sheet):
        sheet["D2"] = "#N/A"
        sheet["D2"].data_type = "e"

    error = only_error(xlsx_file(column(["x"]), fail))
    assert (error.code, error.place.row, error.place.column) == ("recipients.error-value", 2, "nilai")


def test_formatted_blank_rows_make_no_recipient(xlsx_file):
    def style(_, sheet):
        for row in range(3, 1003):
            sheet.cell(row, 1).number_format = "000"
            sheet.cell(row, 2).value = "" if row % 2 else None

    assert len(read_recipients(xlsx_file(GOOD, style)).recipients) == 1


def test_hidden_rows_are_read_and_warned_of(xlsx_file):
    def hide(_, sheet):
        for row in (3, 4, 5, 7, 40):
            sheet.row_dimensions[row].hidden = True

    table = read_recipients(xlsx_file(column(list("abcdefg")), hide))
    assert len(table.recipients) == 7
    assert [(warning.code, warning.severity) for warning in table.warnings] == [
        ("recipients.hidden-rows", Severity.WARNING)
    ]
    assert "3-5, 7 " in str(table.warnings[0])


def test_rows_keep_their_numbers_over_gaps(xlsx_file):
    def move(_, sheet):
        sheet.insert_rows(1, 2)
        sheet.insert_rows(4, 3)

    table = read_recipients(xlsx_file(column(["a", "b"]), move))
    assert [recipient.place.row for recipient in table.recipients] == [7, 8]


# -- XML of other programs --------------------------------------------------------------------------------


def test_a_prefix_on_every_element_does_not_matter(xlsx_file):
    path = share_strings(xlsx_file(column(["a", 2])))

    def prefix(xml):
        xml = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml)
        return (
            xml.replace(b"xmlns=", b"xmlns:x=") if b"xmlns=" in xml else xml.replace(b"<x:sst", b'<x:sst xmlns:x="x"')
        )

    for part in (SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        edit_part(path, part, prefix)
    assert values_of(read_recipients(path)) == ["a", "2"]


def test_texts_may_stand_in_the_sheet_itself_and_cells_may_lack_addresses(xlsx_file):
    rows = "".join(f"<row>{''.join(inline_cell(text) for text in row)}</row>" for row in GOOD)
    path = edit_part(
        xlsx_file([]), SHEET, lambda xml: re.sub(rb"<sheetData.*/(sheetData)?>", _sheet_data(rows), xml, count=1)
    )
    recipient = read_recipients(path).recipients[0]
    assert (recipient.fields["jabatan"], recipient.place.row) == ("Camat Diwek", 2)


def inline_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t><rPh><t>aid</t></rPh></is></c>'


def _sheet_data(rows: str) -> bytes:
    return f"<sheetData>{rows}</sheetData>".encode()


def test_dates_of_a_strict_workbook_are_read(xlsx_file):
    path = xlsx_file(column(["x"]))
    cell = b'<c r="D2" t="d"><v>2024-09-24</v></c>'
    edit_part(path, SHEET, lambda xml: re.sub(rb'<c r="D2".*?</c>', cell, xml))
    assert values_of(read_recipients(path)) == ["24 September 2024"]


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="D2" t="s"><v>999</v></c>',
        b'<c r="D2" t="s"><v>-1</v></c>',
        b'<c r="D2" s="x"><v>1</v></c>',
        b'<c r="D2" t="d"><v>31 Feb</v></c>',
        b'<c r="ZZZZ2"><v>1</v></c>',
        b'<c r="XFE2"><v>1</v></c>',
        b'<c r="42"><v>1</v></c>',
        b"<c",
        b'</row><row r="1"><c r="D1"><v>1</v></c>',
        b'</row><row r="1048577"><c r="D1"><v>1</v></c>',
    ],
)
def test_xml_that_makes_no_sense_is_refused_as_damage(xlsx_file, cell):
    path = edit_part(xlsx_file(column(["x"])), SHEET, lambda xml: re.sub(rb'<c r="D2".*?</c>', cell, xml))
    assert only_error(path).code == "recipients.damaged-workbook"


def test_texts_shared_between_cells_are_read_as_excel_writes_them(xlsx_file):
    path = share_strings(xlsx_file(column(["Camat & <b>", "a_x000D_\nb", "  x "])))
    assert b"inlineStr" not in zipfile.ZipFile(path).read(SHEET)
    runs = b"<r><rPr><b/></rPr><t>Ca</t></r><r><t>mat</t></r><rPh sb='0' eb='1'><t>aid</t></rPh>"
    edit_part(path, "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>Camat 2</t>", runs))
    table = read_recipients(path)
    assert values_of(table) == ["Camat & <b>", "a\nb", "x"]
    assert values_of(table, "jabatan") == ["Camat 1", "Camat", "Camat 3"]


def test_a_number_cell_without_a_number_is_refused(xlsx_file):
    cell = b'<c r="D2"><v>x</v></c>'
    path = edit_part(xlsx_file(column(["x"])), SHEET, lambda xml: re.sub(rb'<c r="D2".*?</c>', cell, xml))
    assert only_error(path).code == "recipients.no-number"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"])
def test_a_missing_part_is_refused_as_damage(xlsx_file, part):
    path = share_strings(xlsx_file(GOOD))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != part}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert only_error(path).code in ("recipients.damaged-workbook", "recipients.wrong-kind")


def test_a_flipped_byte_is_noticed(xlsx_file):
    path = xlsx_file(GOOD)
    with zipfile.ZipFile(path) as archive:
        offset = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 40
    data = bytearray(path.read_bytes())
    data[offset] ^= 0xFF
    path.write_bytes(data)
    assert only_error(path).code == "recipients.damaged-workbook"


def test_no_spoilt_workbook_makes_the_reading_fail(xlsx_file):
    """Whatever bytes of whatever part change, the table is read or refused, never broken off."""
    chance = random.Random(1)
    path = share_strings(xlsx_file([[*HEADINGS, "angka", "hari"], [*GOOD[1], 1, date(2026, 2, 1)]]))
    assert read_recipients(path).recipients
    whole = path.read_bytes()
    parts = zipfile.ZipFile(path).namelist()
    refused = 0
    for trial in range(300):
        path.write_bytes(whole if trial % 3 else spoilt(whole, chance))
        if trial % 3:
            edit_part(path, chance.choice(parts), lambda data: spoilt(data, chance))
        try:
            read_recipients(path)
        except RecipientsError:
            refused += 1
    assert 0 < refused < 300, "some changes are noticed, some change nothing that counts"


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few bytes changed, doubled or gone."""
    spoilt_data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(spoilt_data))
        piece = spoilt_data[start : start + chance.randint(1, 20)]
        spoilt_data[start : start + len(piece)] = chance.choice(
            [b"", piece * 2, bytes(chance.choices(b'<>"&019=A/', k=3))]
        )
    return bytes(spoilt_data)


# -- files meant to do harm -------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"])
def test_a_doctype_in_any_part_is_refused(xlsx_file, part):
    doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    path = share_strings(xlsx_file(GOOD))
    edit_part(path, part, lambda xml: re.sub(rb"^(<\?xml.*?\?>)?", rb"\1" + doctype, xml, count=1))
    assert only_error(path).code == "recipients.doctype"


def test_a_doctype_in_utf_16_is_refused_too(xlsx_file):
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><worksheet/>'
    path = edit_part(xlsx_file(GOOD), SHEET, lambda _: text.encode("utf-16"))
    assert only_error(path).code == "recipients.doctype"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(xlsx_file, monkeypatch):
    path = edit_part(xlsx_file(GOOD), SHEET, lambda xml: xml.replace(b"<sheetData>", b"<sheetData>" + b" " * 2**24))
    monkeypatch.setattr(package.expat, "ParserCreate", lambda: pytest.fail("was unpacked"))
    assert only_error(path).code == "recipients.zip-bomb"


def test_too_many_parts_are_refused(xlsx_file):
    path = xlsx_file(GOOD)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(package.MAX_ENTRIES):
            archive.writestr(f"x/{number}", "")
    assert only_error(path).code == "recipients.zip-bomb"


def test_too_much_in_all_parts_together_is_refused(xlsx_file, monkeypatch):
    monkeypatch.setattr(package, "MAX_UNPACKED", 1000)
    assert only_error(xlsx_file(GOOD)).code == "recipients.zip-bomb"


def test_a_part_that_lies_about_its_size_gives_no_more_than_it_declares(xlsx_file):
    """The directory says ten bytes where there are many: the reading stops there and the checksum fails."""
    path = xlsx_file(GOOD)
    data = bytearray(path.read_bytes())
    entry = data.rindex(SHEET.encode()) - 46
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    path.write_bytes(data)
    assert only_error(path).code == "recipients.damaged-workbook"


def test_an_encrypted_entry_is_refused(xlsx_file):
    path = xlsx_file(GOOD)
    data = bytearray(path.read_bytes())
    data[data.rindex(SHEET.encode()) - 46 + 8] |= 1
    path.write_bytes(data)
    assert only_error(path).code == "recipients.damaged-workbook"


def test_far_cells_cost_neither_time_nor_memory(xlsx_file):
    """Cells in the last column of many rows, the last row among them, stay single cells."""

    def scatter(_, sheet):
        for row in (*range(3, 2003), 1_048_576):
            sheet.cell(row, 16_384, "x")

    path = xlsx_file(GOOD, scatter)
    tracemalloc.start()
    started = time.process_time()
    error = only_error(path)
    spent, (_, peak) = time.process_time() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (error.code, error.place.column) == ("recipients.no-heading", "XFD")
    assert "3-2002, 1048576" in str(error)
    assert spent < 5
    assert peak < 8 * 2**20


def test_very_many_merged_cells_take_no_quadratic_time(xlsx_file):
    rows = column(["x"] * 3000)
    path = xlsx_file([*rows, *[[f"L{index}", None, "Camat"] for index in range(3000)]])
    merged = "".join(f'<mergeCell ref="D{row}:D{row + 1}"/>' for row in range(2, 6000, 2))
    insert = f"</sheetData><mergeCells>{merged}</mergeCells>".encode()
    edit_part(path, SHEET, lambda xml: xml.replace(b"</sheetData>", insert))
    started = time.process_time()
    with pytest.raises(Exception, match="merged"):
        read_recipients(path)
    assert time.process_time() - started < 5
