"""The PDF engine: chosen in letters.toml or on the command line, noted with the letter, kept when it is made again."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest

from letters.cli.options import actor, now
from letters.register import Register
from letters.register.entries import Final
from tests.support.cli import Run, run
from tests.support.workspace import SETTINGS, make_workspace, tree

DAY = ("--date", "2024-09-24")
TYPST = ("--engine", "typst")
NUMBER = "002/PM.00.02/K.JI-08/09/2024"
STEM = "002-PM.00.02-K.JI-08-09-2024-camat-gudo"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor")


def issue(office: Path, *more: str) -> Run:
    return run("--json", "issue", "uji", *DAY, *more, folder=office)


def engines(office: Path, below: str = "out/2024") -> set[str]:
    """Return which programs made the PDFs."""
    return {maker(path.read_bytes()) for path in (office / below).rglob("*.pdf")}


def maker(data: bytes) -> str:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return str(pdf.docinfo.get("/Producer", pdf.docinfo.get("/Creator", ""))).partition(" ")[0]


def choose(office: Path, engine: str) -> None:
    (office / "letters.toml").write_text(f'{SETTINGS}\n[pdf]\nengine = "{engine}"\n', encoding="utf-8")


def codes(done: Run) -> list[str]:
    found = done.json["notices"] if done.json["ok"] and "notices" in done.json else done.json["problems"]
    return [problem["code"] for problem in found]


def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.writers.pdf.missing_library", lambda: "libpango")
    monkeypatch.setattr("letters.batch.produce._forms", {})


def test_settings_choose_the_engine_and_the_command_line_another(office: Path) -> None:
    assert run("preview", "uji", *DAY, folder=office).code == 0
    assert engines(office, "out/konsep") == {"WeasyPrint"}
    choose(office, "typst")
    assert run("preview", "uji", *DAY, folder=office).code == 0
    assert engines(office, "out/konsep") == {"Typst"}
    assert run("preview", "uji", *DAY, "--engine", "weasyprint", folder=office).code == 0
    assert engines(office, "out/konsep") == {"WeasyPrint"}


def test_unknown_engine_is_refused(office: Path) -> None:
    assert run("preview", "uji", *DAY, "--engine", "latex", folder=office).code == 2
    choose(office, "latex")
    done = run("check", "uji", *DAY, folder=office)
    assert done.code == 1
    assert "pdf.engine" in done.err
    assert "weasyprint, typst" in done.err


def test_typst_letters_come_back_byte_for_byte_whatever_the_settings_say_now(office: Path) -> None:
    assert issue(office, *TYPST).code == 0
    assert engines(office) == {"Typst"}
    before = tree(office / "out")
    shutil.rmtree(office / "out")
    choose(office, "weasyprint")

    done = run("register", "reprint", "--all-missing", folder=office)

    assert done.code == 0, done.err
    assert tree(office / "out") == before


def test_running_again_with_another_engine_changes_nothing_and_says_so(office: Path) -> None:
    assert issue(office).code == 0
    before = tree(office / "out")

    again = issue(office, *TYPST)

    assert (again.json["made"], codes(again)) == ([], ["batch.changed"])
    assert 'pdf.engine: "weasyprint" → "typst"' in again.json["notices"][0]["message"]
    assert tree(office / "out") == before
    replaced = issue(office, *TYPST, "--ganti")
    assert len(replaced.json["made"]) == 3
    assert maker((office / f"out/2024/uji/{STEM}.pdf").read_bytes()) == "Typst"
    assert maker((office / f"out/2024/uji/{STEM}-v1.pdf").read_bytes()) == "WeasyPrint"


def test_broken_run_is_finished_by_the_engine_it_was_begun_with(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("letters.batch.issue.write_letter", fails)
        assert issue(office, *TYPST).code == 130

    other = issue(office)
    assert (other.code, codes(other)) == (1, ["batch.changed-unfinished"])
    assert issue(office, *TYPST).code == 0
    assert engines(office) == {"Typst"}


def test_machine_without_pango_makes_the_pdf_of_a_letter_that_had_only_docx(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert issue(office, "--formats", "docx").code == 0
    without_pango(monkeypatch)

    refused = issue(office)
    assert (refused.code, codes(refused)) == (4, ["writers.pdf-machine"])
    assert 'engine = "typst"' in refused.json["problems"][0]["remedy"]

    done = issue(office, *TYPST)
    assert (done.code, codes(done), len(done.json["completed"])) == (0, [], 3)
    before = tree(office / "out")
    shutil.rmtree(office / "out")
    assert run("register", "reprint", "--all-missing", folder=office).code == 0
    assert tree(office / "out") == before


def test_pdf_of_a_missing_engine_is_the_machines_fault(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert issue(office).code == 0
    shutil.rmtree(office / "out")
    without_pango(monkeypatch)

    assert run("register", "reprint", NUMBER, folder=office).code == 4


def test_letter_under_a_final_number_is_made_by_the_engine_named(office: Path) -> None:
    assert issue(office).code == 0
    with Register.open(office / "register.db", actor(), now) as book:
        book.renumber([Final(NUMBER, "77/E-OFFICE/2024")])

    assert run("register", "reprint", "77/E-OFFICE/2024", *TYPST, folder=office).code == 0
    assert maker((office / "out/2024/uji/77-E-OFFICE-2024-camat-gudo.pdf").read_bytes()) == "Typst"


def test_doctor_says_which_engine_is_used_and_offers_typst(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "WeasyPrint 7" in run("doctor", folder=office).out
    choose(office, "typst")
    without_pango(monkeypatch)
    done = run("doctor", folder=office)
    assert (done.code, done.err) == (0, "")
    assert "Typst 0." in done.out
    assert "TeX Gyre Bonum" in done.out
    choose(office, "weasyprint")
    done = run("doctor", folder=office)
    assert done.code == 4
    assert "letters[typst]" in done.err
    assert 'engine = "typst"' in done.err


def test_check_needs_no_pango_with_typst(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_pango(monkeypatch)
    assert run("check", "uji", *DAY, folder=office).code == 4
    assert run("check", "uji", *DAY, *TYPST, folder=office).code == 0


def test_agenda_book_is_printed_by_the_offices_engine(office: Path) -> None:
    choose(office, "typst")
    assert issue(office, "--formats", "docx").code == 0
    done = run("register", "export", office / "agenda.pdf", folder=office)
    assert done.code == 0, done.err
    assert engines(office, ".") == {"Typst"}


def test_worker_processes_leave_no_folder_behind(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f"c{n};camat;Camat {n};;Kecamatan {n};;Kota {n};Saudara\n" for n in range(20))
    (office / "recipients.csv").write_text(f"kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan\n{rows}", "utf-8")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))

    assert issue(office, *TYPST, "--jobs", "2").code == 0
    assert engines(office) == {"Typst"}
    assert [path.name for path in temporary.iterdir() if path.name.startswith("letters-typst")] == []
