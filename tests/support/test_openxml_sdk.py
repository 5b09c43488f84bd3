import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.support.openxml_sdk import sdk_errors


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Nomor", "Tanggal"])
    book.active["A1"].font = Font(bold=True, color="FF0000")
    path = tmp_path / "daftar.xlsx"
    book.save(path)
    return path


def test_sound_workbook_has_no_finding_whatever_the_order_within_its_fonts(workbook):
    assert sdk_errors([workbook]) == {workbook: []}


def test_defects_of_a_workbook_and_a_file_that_is_none_are_found(workbook, tmp_path):
    broken, none = tmp_path / "rusak.xlsx", tmp_path / "teks.docx"
    with zipfile.ZipFile(workbook) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"<sheetData>", b"<zebra/><sheetData>"))
    none.write_text("bukan arsip")

    found = sdk_errors([broken, none])

    assert [line.split(": ")[:2] for line in found[broken]] == [
        ["Sch_InvalidElementContentExpectingComplex", "/xl/worksheets/sheet1.xml"]
    ]
    assert found[none] == ["Exception: -: -: File contains corrupted data."]


def test_missing_validator_is_an_error_that_says_how_to_install_it():
    with pytest.raises(RuntimeError, match="make test"):
        sdk_errors([], Path("/nowhere/ooxml-validator"))


def test_validator_that_does_not_answer_is_an_error(workbook):
    with pytest.raises(RuntimeError, match="failed on"):
        sdk_errors([workbook], Path("/bin/echo"))
