"""Words of finished letters from outside are read as they stand; what cannot be read is refused with a reason."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx as word
import pikepdf
import pytest
from weasyprint import HTML

from letters.errors import TextError
from letters.extract import extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(folder: Path, body: str, **parts: str) -> Path:
    """Write a DOCX package with this body and further parts."""
    path = folder / "surat.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml)
    return path


def pdf(folder: Path, html: str, **save: object) -> Path:
    path = folder / "surat.pdf"
    with pikepdf.open(io.BytesIO(HTML(string=html).write_pdf())) as made:
        made.save(path, **save)
    return path


def test_words_of_a_docx_come_with_their_paragraph(tmp_path: Path) -> None:
    document = word.Document()
    document.add_paragraph("Yth. Camat Diwek")
    document.add_table(1, 2).rows[0].cells[1].text = "UU 5/2014"
    document.add_paragraph("Penutup")
    document.save(str(tmp_path / "surat.docx"))
    found = extract(tmp_path / "surat.docx")

    assert found.text.splitlines()[0] == "Yth. Camat Diwek"
    assert found.place_of(found.text.index("UU 5/2014")).line == 3
    assert found.place_of(found.text.index("Penutup")).line == 4


def test_words_split_over_runs_are_one_and_deleted_ones_are_gone(tmp_path: Path) -> None:
    added, deleted = "<w:ins><w:r><w:t>20</w:t></w:r></w:ins>", "<w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
    runs = f"<w:p><w:r><w:t>UU </w:t></w:r>{added}{deleted}"
    found = extract(docx(tmp_path, f"{runs}<w:r><w:t>/2023</w:t><w:br/><w:t>x</w:t></w:r></w:p>"))
    assert found.text == "UU 20/2023\nx"


def test_notes_headers_and_text_boxes_are_read_once(tmp_path: Path) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>kotak</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>isi</w:t><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    note = f"<w:footnotes {W}><w:p><w:r><w:t>catatan</w:t></w:r></w:p></w:footnotes>"
    head = f"<w:hdr {W}><w:p><w:r><w:t>kepala</w:t></w:r></w:p></w:hdr>"

    assert extract(docx(tmp_path, body, footnotes=note, header1=head)).text.split() == [
        "isi",
        "kotak",
        "catatan",
        "kepala",
    ]


def test_words_of_a_pdf_come_with_their_page(tmp_path: Path) -> None:
    found = extract(pdf(tmp_path, '<p>Halaman satu<p style="break-before: page">UU 5/2014 tentang ASN'))

    assert "UU 5/2014 tentang ASN" in found.text
    assert found.place_of(found.text.index("satu")).page == 1
    assert found.place_of(found.text.index("UU 5/2014")).page == 2


def test_pdf_locked_for_changes_alone_is_read(tmp_path: Path) -> None:
    path = pdf(tmp_path, "<p>Isi", encryption=pikepdf.Encryption(owner="rahasia", user=""))
    assert "Isi" in extract(path).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_of_windows_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "surat.txt").write_bytes("baris 1\r\nPasal 5 – “netral”".encode(encoding))
    found = extract(tmp_path / "surat.txt")

    assert found.text == "baris 1\nPasal 5 – “netral”"
    assert found.place_of(found.text.index("Pasal")).line == 2


def test_kind_is_told_by_the_contents_and_not_by_the_name(tmp_path: Path) -> None:
    (tmp_path / "surat.pdf").write_text("Pasal 5", encoding="utf-8")
    assert extract(tmp_path / "surat.pdf").text == "Pasal 5"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "extract.no-words"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "extract.old-format"),
        (b"{\\rtf1 x}", "extract.old-format"),
        (b"PK\x03\x04" + bytes(40), "extract.damaged"),
        (b"%PDF-1.7\nnothing", "extract.damaged"),
        (b"\x89PNG\r\n\x1a\n\0\0", "extract.unknown-format"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "surat").write_bytes(data)
    with pytest.raises(TextError) as error:
        extract(tmp_path / "surat")
    assert [problem.code for problem in error.value.problems] == [code]


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "tidak-ada"):
        with pytest.raises(TextError, match="no file"):
            extract(path)


def test_locked_pdf_is_refused(tmp_path: Path) -> None:
    path = pdf(tmp_path, "<p>Isi", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(TextError, match="password"):
        extract(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(tmp_path / "surat.docx", "w") as package:
        package.writestr("word/document.xml", f"{entities}<w:document {W}><w:p><w:t>isi&b;</w:t></w:p></w:document>")
    assert extract(tmp_path / "surat.docx").text == "isi"


def test_workbook_is_no_letter(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "surat.docx", "w") as package:
        package.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(TextError, match="no DOCX"):
        extract(tmp_path / "surat.docx")


def test_package_out_of_all_proportion_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "surat.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (65 * 2**20))
    with pytest.raises(TextError, match="out of all proportion"):
        extract(path)


@pytest.mark.parametrize("words", ["PKPU Nomor 13 Tahun 2024", "PK\n", "%PDF tidak ada"])
def test_text_that_begins_like_another_format_is_text(tmp_path: Path, words: str) -> None:
    path = tmp_path / "surat.txt"
    path.write_text(words, encoding="utf-8")
    assert extract(path).text == words
