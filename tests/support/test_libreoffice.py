from pathlib import Path

import pytest

from tests.support import libreoffice
from tests.support.libreoffice import to_pdf
from tests.support.planting import sound_docx
from tests.support.word_boxes import word_boxes


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "Camat Diwek é.docx"
    path.write_bytes(sound_docx())
    return path


def test_all_files_are_converted_in_one_call_in_their_order(letter, tmp_path):
    other = tmp_path / "b.docx"
    other.write_bytes(letter.read_bytes())
    folder = tmp_path / "pdf"

    made = to_pdf([letter, other], folder)

    assert made == [folder / "Camat Diwek é.pdf", folder / "b.pdf"]
    assert [box.text for box in word_boxes(made[0])][:2] == ["SURAT", "EDARAN"]
    assert word_boxes(made[0]) == word_boxes(made[1])


def test_old_pdf_is_no_success(tmp_path):
    broken, old = tmp_path / "rusak.docx", tmp_path / "rusak.pdf"
    broken.write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    old.write_bytes(b"%PDF-1.7")

    with pytest.raises(RuntimeError, match=r"did not make rusak\.pdf"):
        to_pdf([broken], tmp_path)


def test_two_files_of_one_name_are_refused(letter, tmp_path):
    with pytest.raises(ValueError, match="Camat Diwek é"):
        to_pdf([letter, tmp_path / "sub" / letter.name], tmp_path)


def test_nothing_to_convert_starts_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(libreoffice, "_run", lambda *_: pytest.fail("started"))

    assert to_pdf([], tmp_path) == []


def test_missing_program_is_an_error_that_says_how_to_install_it(letter, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(RuntimeError, match="make test"):
        to_pdf([letter], tmp_path)


def test_program_that_does_not_end_is_ended_with_all_it_started(letter, tmp_path, monkeypatch):
    note = tmp_path / "child"
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {note}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    with pytest.raises(RuntimeError, match=r"more than 1 s"):
        to_pdf([letter], tmp_path, timeout=1)
    state = Path("/proc") / note.read_text().strip() / "stat"
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"
