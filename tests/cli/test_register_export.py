"""The agenda book handed over as a file: complete, valid, and harmless in any spreadsheet."""

import csv
import html
import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.cli import run
from tests.support.docx_rules import broken_rules
from tests.support.openxml_sdk import sdk_errors
from tests.support.pdf_facts import page_texts
from tests.support.pdf_rules import pdf_findings
from tests.support.workspace import RECIPIENTS, make_workspace

DAY = ("--date", "2024-09-24")
NAMES = [
    *("no_urut", "tanggal_catat", "nomor_surat", "tanggal_surat", "jenis_naskah", "kode_klasifikasi", "sifat"),
    *("urgensi", "perihal", "tujuan", "jumlah_lampiran", "penandatangan", "pengolah", "tanggal_kirim", "cara_kirim"),
    "keterangan",
]
ODD = ["=1+1", "+62 812", "-2+3", "@SUM(A1)", "＝2+1", "＋1", "－1", "＠A1", '=HYPERLINK("http://x";"y")', "_x0041_"]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path / "kantor")
    run("issue", "uji", *DAY, "--formats", "docx", folder=folder)
    return folder


@pytest.fixture
def odd_office(tmp_path: Path) -> Path:
    """An office whose recipients are named like formulas."""
    quoted = [f'"{name.replace(chr(34), chr(34) * 2)}"' for name in ODD]
    rows = "".join(f"r{n};sekda;{name};;;;Kota;Saudara\n" for n, name in enumerate(quoted))
    folder = make_workspace(tmp_path / "kantor", recipients=RECIPIENTS.splitlines(keepends=True)[0] + rows)
    done = run("issue", "uji", *DAY, "--formats", "docx", folder=folder)
    assert done.code == 0, done.err
    return folder


def exported(office: Path, name: str, *options: str) -> Path:
    done = run("register", "export", office / name, *options, folder=office)
    assert done.code == 0, done.err
    return office / name


def sheet_of(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def docx_text(path: Path) -> str:
    body = zipfile.ZipFile(path).read("word/document.xml").decode()
    return html.unescape(re.sub(r"<[^>]+>", "", body))


def lines_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";"))


def test_workbook_has_a_line_for_every_letter_with_the_columns_of_the_agenda_book(office: Path) -> None:
    run("register", "void", "002/PM.00.02/K.JI-08/09/2024", "--reason", "salah alamat", folder=office)

    rows = list(sheet_of(exported(office, "agenda.xlsx")).iter_rows(values_only=True))

    assert list(rows[0]) == NAMES
    assert rows[2][0] == 2
    assert rows[2][2:6] == ("002/PM.00.02/K.JI-08/09/2024", datetime(2024, 9, 24), "imbauan", "PM.00.02")
    assert rows[2][8:10] == ("Imbauan untuk Camat Gudo", "Camat Gudo, Kecamatan Gudo")
    assert rows[2][15] == "Batal: salah alamat"
    assert len(rows) == 4


def test_csv_opens_in_an_indonesian_excel(office: Path) -> None:
    data = exported(office, "agenda.csv").read_bytes()

    assert data.startswith(b"\xef\xbb\xbfno_urut;tanggal_catat;nomor_surat;")
    assert b"\r\n1;" in data
    assert b";24-09-2024;imbauan;PM.00.02;Biasa;;Imbauan untuk Camat Diwek;" in data


def test_no_cell_of_the_workbook_is_a_formula(odd_office: Path) -> None:
    path = exported(odd_office, "agenda.xlsx")

    cells = [row[9] for row in sheet_of(path).iter_rows(min_row=2)]

    assert [cell.data_type for cell in cells] == ["s"] * len(ODD)
    assert [cell.quotePrefix for cell in cells] == [True] * 9 + [False]
    assert [cell.value for cell in cells] == ODD[:-1] + ["_x005F_x0041_"]  # what Excel shows as _x0041_
    assert sdk_errors([path]) == {path: []}


def test_csv_cells_that_look_like_formulas_begin_with_an_apostrophe(odd_office: Path) -> None:
    path = exported(odd_office, "agenda.csv")

    assert [line["tujuan"] for line in lines_of(path)] == [f"'{name}" for name in ODD[:-1]] + [ODD[-1]]


def test_names_like_formulas_are_printed_as_they_stand(odd_office: Path) -> None:
    document = docx_text(exported(odd_office, "agenda.docx"))
    printed = page_texts(exported(odd_office, "agenda.pdf", "--recipient", "=H").read_bytes())[0]

    assert [value for value in ODD if value not in document] == []
    assert "=HYPERLINK" in printed


def test_printed_book_is_a_valid_pdf_with_its_head_on_every_page(tmp_path: Path) -> None:
    rows = "".join(f"c{n};camat;Camat {n};;Kecamatan {n};;Kota;Saudara\n" for n in range(40))
    office = make_workspace(tmp_path / "kantor", recipients=RECIPIENTS + rows)
    run("issue", "uji", *DAY, "--formats", "docx", "--jobs", "1", folder=office)

    path = exported(office, "agenda.pdf", "--year", "2024")

    pages = page_texts(path.read_bytes())
    assert pdf_findings(path.read_bytes()) == []
    assert len(pages) == 2
    assert all("Nomor surat" in page for page in pages)
    assert "- 2 -" in pages[1]
    assert "Tahun 2024" in pages[0]


def test_printed_book_is_a_valid_docx_on_a_landscape_page(office: Path) -> None:
    path = exported(office, "agenda.docx")

    assert sdk_errors([path]) == {path: []}
    assert broken_rules(path.read_bytes()) == []


def test_only_the_letters_asked_for_are_exported(office: Path) -> None:
    path = exported(office, "agenda.csv", "--recipient", "gudo")

    assert [line["no_urut"] for line in lines_of(path)] == ["2"]


def test_file_that_is_there_is_kept_unless_overwriting_was_asked_for(office: Path) -> None:
    path = office / "agenda.csv"
    path.write_text("diisi tangan")

    refused = run("register", "export", path, folder=office)

    assert (refused.code, path.read_text()) == (1, "diisi tangan")
    assert run("register", "export", path, "--overwrite", folder=office).code == 0


def test_unknown_ending_is_wrong_usage_and_writes_nothing(office: Path) -> None:
    done = run("register", "export", office / "agenda.txt", folder=office)

    assert done.code == 2
    assert ".xlsx, .csv, .pdf or .docx" in done.err
    assert not (office / "agenda.txt").exists()


def test_book_without_letters_is_still_a_book(office: Path) -> None:
    for name in ("a.xlsx", "a.csv", "a.pdf", "a.docx"):
        exported(office, name, "--year", "1999")

    assert sdk_errors([office / "a.xlsx", office / "a.docx"]) == {office / "a.xlsx": [], office / "a.docx": []}
    assert lines_of(office / "a.csv") == []
