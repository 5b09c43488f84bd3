"""Files that cannot be opened, or are not what their name says."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from letters.recipients import kinds, read_recipients
from letters.recipients.kinds import MAX_FILE
from tests.recipients.tables import column, only_error, said

CSV = "kode;kelompok;jabatan\nK1;camat;Camat\n"


def archive(*names: str) -> bytes:
    """Return a ZIP file with empty parts of these names."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "")
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("r.xls", b"<html><body><table></table>", "HTML"),
        ("r.xls", b"\xff\xfe" + "<!DOCTYPE html><p>".encode("utf-16-le"), "HTML"),
        ("r.csv", b"\xef\xbb\xbf\r\n<table><tr>", "HTML"),
        ("r.xls", b"<?xml version='1.0'?><Workbook/>", "XML"),
        ("r.pdf", b"%PDF-1.7\n", "PDF"),
        ("r.rtf", b"{\\rtf1 x}", "RTF"),
        ("r.ods", archive("mimetype", "content.xml"), "ODS"),
        ("r.xlsb", archive("xl/workbook.bin"), "XLSB"),
        ("r.docx", archive("word/document.xml"), "DOCX"),
        ("r.xlsx", archive("word/document.xml"), "DOCX"),
        ("r.xlsx", archive("a.txt"), "ZIP"),
        ("r.csv", archive("a.txt"), "ZIP"),
    ],
)
def test_another_kind_of_file_is_refused_by_its_name_with_the_way_out(csv_file, name, content, kind):
    error = only_error(csv_file(content, name))
    assert (error.code, error.params["kind"]) == ("recipients.wrong-kind", kind)
    assert kind in str(error)
    assert Path(name).suffix in str(error)
    assert ".xlsx" in error.remedy


@pytest.mark.parametrize("name", ["r.xls", "r.xlsx", "r", "r.dat", "r.ods"])
def test_text_under_another_name_is_refused_as_csv(csv_file, name):
    error = only_error(csv_file(CSV, name))
    assert (error.code, error.params["kind"]) == ("recipients.wrong-name", "CSV")
    assert ".csv" in said(error)


@pytest.mark.parametrize("name", ["r.csv", "r.CSV", "r.tsv", "r.txt"])
def test_text_files_are_known_by_their_endings(csv_file, name):
    assert len(read_recipients(csv_file(CSV, name)).recipients) == 1


@pytest.mark.parametrize("name", ["r.csv", "r.xls", "r.zip"])
def test_a_workbook_under_another_name_is_refused_as_xlsx(xlsx_file, name):
    path = xlsx_file(column(["x"]))
    error = only_error(path.rename(path.with_name(name)))
    assert (error.code, error.params["kind"]) == ("recipients.wrong-name", "XLSX")


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 cut off", bytes(range(1, 32)) * 9, b"\x89PNG\r\n\x1a\n" + b"\x01" * 99]
)
def test_a_damaged_file_is_refused(csv_file, content):
    assert only_error(csv_file(content, "r.xlsx")).code == "recipients.damaged"


def test_a_heading_that_begins_like_a_zip_file_is_text(csv_file):
    table = read_recipients(csv_file("PK;kode;kelompok;jabatan\n1;K1;camat;Camat\n"))
    assert table.columns[0] == "pk"


def test_a_missing_file_is_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path / "no" / "folder.csv", Path("a\0b.csv")):
        assert only_error(path).code == "recipients.no-file"


def test_the_place_is_the_path_as_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert only_error(Path("none.csv")).place.file == "none.csv"


def test_a_folder_or_a_pipe_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "pipe.csv"):
        assert only_error(path).code == "recipients.not-a-file"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(13, "Permission denied"), "recipients.no-permission"),
        (OSError(5, "Input/output error"), "recipients.unreadable"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused(csv_file, monkeypatch, error, code):
    path = csv_file(CSV)

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(Path, "open", fail)
    assert only_error(path).code == code


def test_a_file_that_vanishes_while_it_is_read_is_refused(csv_file, monkeypatch):
    path = csv_file(CSV)

    def fail(_):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert only_error(path).code == "recipients.no-file"


def test_a_file_without_end_is_refused_before_it_is_read(csv_file, monkeypatch):
    path = csv_file("")
    os.truncate(path, MAX_FILE + 1)
    monkeypatch.setattr(kinds, "_identify", lambda _: pytest.fail("was read"))
    assert only_error(path).code == "recipients.too-large"


@pytest.mark.parametrize("content", ["", "\n\n", ";;;\n", "\ufeff", "sep=;\n"])
def test_an_empty_file_is_refused(csv_file, content):
    assert only_error(csv_file(content)).code == "recipients.empty"


def test_headings_without_a_recipient_are_refused(csv_file, xlsx_file):
    assert only_error(csv_file("kode;kelompok;jabatan\n;;\n")).code == "recipients.empty"
    assert only_error(xlsx_file([["kode", "kelompok", "jabatan"]])).code == "recipients.empty"
    assert only_error(xlsx_file([])).code == "recipients.empty"


def test_a_sheet_asked_of_a_text_file_is_refused(csv_file):
    assert only_error(csv_file(CSV), sheet="Data").code == "recipients.no-sheets"
