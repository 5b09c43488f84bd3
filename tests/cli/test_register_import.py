"""An existing agenda book entered into the register, and what was exported read back."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from letters.batch.agenda import entering
from letters.batch.agenda.reading import remark_of
from tests.support.cli import Run, run
from tests.support.workspace import make_workspace

DAY = ("--date", "2024-09-24")
END = "/PM.00.02/K.JI-08/09/2024"
HEAD = "No;Nomor;Tanggal;Hal;Kepada;Ket\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor")


def brought_in(office: Path, text: str) -> Run:
    (office / "lama.csv").write_text(HEAD + text, encoding="utf-8")
    return run("--json", "register", "import", office / "lama.csv", folder=office)


def listed(office: Path) -> list[tuple[str, str, str]]:
    letters = run("--json", "register", "list", folder=office).json["letters"]
    return [(letter["number"], letter["state"], letter["recipient"]) for letter in letters]


def test_book_of_an_office_is_entered_and_the_next_letter_goes_on_after_it(office: Path) -> None:
    done = brought_in(
        office,
        f"1;001{END};23-09-2024;Undangan;Camat Diwek;\n"
        f"2;002{END};24 September 2024;Imbauan;Camat Gudo;Batal: salah alamat\n"
        f"2A;002.A{END};24-09-2024;Susulan;Kapolres;Sisipan\n"
        f"3;003{END};24-09-2024;sidang;Bagian Hukum;Cadangan\n",
    )
    issued = run("--json", "issue", "uji", *DAY, "--to", "sekda", "--formats", "docx", folder=office)

    assert (done.code, done.json["entered"]) == (0, 4)
    assert listed(office)[:4] == [
        (f"001{END}", "issued", "Camat Diwek"),
        (f"002{END}", "void", "Camat Gudo"),
        (f"002.A{END}", "issued", "Kapolres"),
        (f"003{END}", "booked", "Bagian Hukum"),
    ]
    assert issued.json["made"][0]["number"] == f"004{END}"
    assert run("register", "verify", folder=office).code == 0


def test_all_faults_of_a_book_are_told_at_once_and_nothing_is_entered(office: Path) -> None:
    rows = f"1;001{END};kemarin;Undangan;Camat;\n2;Nomor 2;24-09-2024;Imbauan;Camat;\n3;003{END};24-09-2024;;Camat;\n"
    done = brought_in(office, rows)

    assert done.code == 1
    assert {(problem["row"], problem["code"]) for problem in done.json["problems"]} >= {
        (3, "batch.number-no-series"),
        (4, "agenda.empty-cell"),
    }
    assert [problem["row"] for problem in done.json["problems"]] == [2, 3, 4]
    assert not (office / "register.db").exists()


def test_gaps_doubles_and_dates_that_disagree_are_told_at_once(office: Path) -> None:
    done = brought_in(
        office,
        f"1;001{END};24-09-2024;Satu;Camat;\n1;001{END};24-09-2024;Dua;Camat;\n5;005{END};24-10-2024;Lima;Camat;\n",
    )

    assert {problem["code"] for problem in done.json["problems"]} == {
        *("agenda.doubled", "agenda.gap", "agenda.number-date"),
    }
    assert listed(office) == []


def test_line_that_the_register_has_for_another_letter_is_refused(office: Path) -> None:
    run("issue", "uji", *DAY, "--to", "sekda", "--formats", "docx", folder=office)

    done = brought_in(office, f"1;001{END};24-09-2024;Undangan;Camat;\n2;002{END};24-09-2024;Undangan;Camat;\n")

    assert [problem["code"] for problem in done.json["problems"]] == ["agenda.taken"]
    assert len(listed(office)) == 1


def test_table_without_the_columns_of_a_book_says_which_are_missing(office: Path) -> None:
    done = run("--json", "register", "import", office / "recipients.csv", folder=office)

    assert done.code == 1
    assert [problem["code"] for problem in done.json["problems"]] == ["agenda.missing-column"] * 4


def test_row_without_any_number_is_left_out_and_told(office: Path) -> None:
    done = brought_in(office, f"1;001{END};24-09-2024;Satu;Camat;\n;;24-09-2024;Ikrar netralitas;Lurah;\n")

    assert (done.code, done.json["entered"]) == (0, 1)
    assert [(notice["code"], notice["row"]) for notice in done.json["notices"]] == [("agenda.unnumbered", 3)]


def test_row_without_any_number_is_told_with_its_cell_in_a_book_without_running_numbers(office: Path) -> None:
    text = f"No. Surat;Tgl;Hal;Kepada\n001{END};24-09-2024;Satu;Camat\n;24-09-2024;Ikrar;Lurah\n;;;\n"
    (office / "lama.csv").write_text(text, encoding="utf-8")

    done = run("--json", "register", "import", office / "lama.csv", folder=office)

    assert (done.code, done.json["entered"]) == (0, 1), done.out
    (told,) = done.json["notices"]
    assert (told["code"], told["row"], told["column"]) == ("agenda.unnumbered", 3, "no_surat")
    assert "Ikrar, Lurah, 24-09-2024" in told["message"]


def test_line_sent_before_its_date_is_entered_and_told_with_its_row(office: Path) -> None:
    text = f"Nomor;Tanggal;Hal;Kepada;Tgl Kirim\n001{END};24-09-2024;Satu;Camat;20-09-2024\n"
    (office / "lama.csv").write_text(text, encoding="utf-8")

    first, again = (run("--json", "register", "import", office / "lama.csv", folder=office) for _ in range(2))

    assert [(one["code"], one["row"]) for one in first.json["notices"]] == [("register.sent-early", 2)]
    assert again.json["notices"] == []


def test_printed_book_with_titles_above_and_numbered_columns_is_read(office: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        *(["BUKU AGENDA SURAT KELUAR"], ["BAWASLU KABUPATEN JOMBANG TAHUN 2024"], []),
        *(["No.", "Nomor Surat", "Tgl. Surat", "Perihal", "Kepada", "Ket."], [1, 2, 3, 4, 5, 6]),
        *([1, f"001{END}", date(2024, 9, 23), "Undangan", "Camat Diwek"], [], []),
        *([2, f"002{END}", date(2024, 9, 24), "Undangan", "Camat Diwek", "Batal, salah ketik"], [3], [4]),
    ):
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A2:F2")
    workbook.save(office / "lama.xlsx")

    done = run("--json", "register", "import", office / "lama.xlsx", folder=office)

    assert (done.code, done.json["entered"], done.json["notices"]) == (0, 2, []), done.out
    assert [state for _, state, _ in listed(office)] == ["issued", "void"]
    assert "salah ketik" in run("register", "show", "2", folder=office).out


@pytest.mark.parametrize(
    ("remark", "reason"),
    [
        ("Batal", "batal menurut buku agenda sebelumnya"),
        ("Batal: salah alamat", "salah alamat"),
        ("BATAL, salah ketik.", "salah ketik"),
        ("batal (dobel)", "dobel"),
        ("Dibatalkan karena salah nomor", "salah nomor"),
        ("Batal - lihat nomor 7 (baru)", "lihat nomor 7 (baru)"),
        ("Sisipan; Batal: keliru", "keliru"),
        ("Pembatalan rapat", ""),
    ],
)
def test_reason_of_a_void_line_is_read_however_it_is_written(remark: str, reason: str) -> None:
    assert remark_of(remark).void_reason == reason


def test_slip_in_a_pattern_is_told_once_and_not_for_every_line(office: Path) -> None:
    path = office / "letters.toml"
    wrong = '\n[deret.lama]\npola = "{urut}/{bulan_romawi}/{tahun}"\n'
    path.write_text(path.read_text(encoding="utf-8") + wrong, encoding="utf-8")

    done = brought_in(office, "".join(f"{n};{n}/I/2024;24-09-2024;Satu;Camat;\n" for n in range(1, 4)))

    (problem,) = done.json["problems"]
    assert (problem["file"], "{bulan_romawi}" in problem["message"]) == ("letters.toml", True)


def test_lines_prepared_with_a_running_number_alone_are_no_letters(office: Path) -> None:
    done = brought_in(office, f"1;001{END};24-09-2024;Satu;Camat;\n2;;;;;\n3;;;;;\n")

    assert (done.code, done.json["entered"], done.json["notices"]) == (0, 1, [])


def test_letter_with_its_running_number_alone_is_not_left_out(office: Path) -> None:
    done = brought_in(office, f"1;001{END};24-09-2024;Satu;Camat;\n2;;24-09-2024;Dua;Camat;\n")

    assert done.code == 1
    assert [(one["code"], one["row"], one["column"]) for one in done.json["problems"]] == [
        ("agenda.empty-cell", 3, "nomor")
    ]


def test_faults_only_the_register_sees_are_told_by_row_at_once_and_nothing_is_entered(office: Path) -> None:
    """Two letters that were given a number that another one bears; what follows them is no fault."""
    book = (
        f"1;001{END};24-09-2024;Satu;Camat;\n"
        f"2;001{END};24-09-2024;Dua;Camat;Semula 002{END}\n"
        f"3;X-3/2024;24-09-2024;Tiga;Camat;Semula 003{END}\n"
        f"4;X-3/2024;24-09-2024;Empat;Camat;Semula 004{END}\n"
        f"5A;005.A{END};24-09-2024;Lima;Camat;\n"
        f"6;005{END};24-09-2024;Enam;Camat;\n"
    )
    done = brought_in(office, book)

    assert done.code == 1
    assert [(problem["row"], problem["code"]) for problem in done.json["problems"]] == [
        (3, "register.final-taken"),
        (5, "register.final-taken"),
    ]
    assert listed(office) == []
    assert run("--json", "register", "import", office / "lama.csv", folder=office).json["ok"] is False


def test_faults_of_cells_and_lines_the_register_has_are_told_together(office: Path) -> None:
    run("issue", "uji", *DAY, "--to", "sekda", "--formats", "docx", folder=office)

    done = brought_in(office, f"1;001{END};24-09-2024;Lain;Camat;\n2;002{END};entah;Dua;Camat;\n")

    assert [problem["code"] for problem in done.json["problems"]] == ["agenda.no-date", "agenda.taken"]


def test_book_that_breaks_off_leaves_nothing_and_is_entered_whole_later(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{n};{n:03}{END};24-09-2024;Surat {n};Camat;\n" for n in range(1, 6))
    entered = []

    def interrupted(*arguments: object) -> object:
        entered.append(arguments)
        if len(entered) > 3:
            raise KeyboardInterrupt
        return enter_one(*arguments)

    enter_one = entering._enter_one
    with monkeypatch.context() as patched:
        patched.setattr(entering, "_enter_one", interrupted)
        assert brought_in(office, rows).code == 130
    assert listed(office) == []

    assert brought_in(office, rows).json["entered"] == 5
    assert run("register", "verify", folder=office).code == 0


def test_how_letters_were_sent_is_read_back_from_the_exported_book(office: Path) -> None:
    run("issue", "uji", *DAY, "--formats", "docx", folder=office)
    book = office / "agenda.xlsx"
    run("register", "export", book, folder=office)
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for name, value in (("tanggal_kirim", "25-09-2024"), ("cara_kirim", "kurir"), ("pengolah", "Subbag Umum")):
        sheet.cell(3, columns[name], value)
    workbook.save(book)

    done = run("--json", "register", "import", book, folder=office)

    assert (done.code, done.json["entered"], done.json["already"]) == (0, 0, 3)
    sent = {"date": "2024-09-25", "by": "kurir", "handler": "Subbag Umum"}
    assert run("--json", "register", "show", "2", folder=office).json["letter"]["sent"] == sent
    assert "25 September 2024" in run("register", "show", "2", folder=office).out
    assert run("--json", "register", "show", "1", folder=office).json["letter"]["sent"]["by"] == ""
    assert run("register", "verify", folder=office).code == 0


def lively(office: Path) -> None:
    """Fill a book with every kind of entry, texts that look like formulas among them."""
    run("issue", "uji", *DAY, "--formats", "docx", folder=office)
    commands = (
        ("void", f"002{END}", "--reason", "=salah; dua kali"),
        ("insert", "--after", f"001{END}", "--to", "+62 Kapolres", "--subject", "@Pengamanan", *DAY, "--letters"),
        ("book", "--for", "Bagian Hukum", "--purpose", "sidang", "--classification", "PM.00.02", *DAY),
        ("outside", "005/HM.02/K.JI-08/09/2024", "--to", "=1+1", "--subject", "-2", "--date", "2024-09-25")
        + ("--urgency", "Segera", "--attachment", "1 (satu) berkas", "--kind", "undangan"),
        ("renumber", f"003{END}", "B-17/SRIKANDI/2024"),
        ("sent", f"001{END}", "3", "--date", "2024-09-26", "--by", "=kurir", "--handler", "Subbag Umum"),
    )
    for command in commands:
        done = run("register", *command, folder=office)
        assert done.code == 0, done.err


@pytest.mark.parametrize("name", ["agenda.xlsx", "agenda.csv"])
def test_import_of_what_was_exported_gives_the_same_book(office: Path, tmp_path: Path, name: str) -> None:
    lively(office)
    book = tmp_path / name
    run("register", "export", book, folder=office)
    other = make_workspace(tmp_path / "lain")

    done = run("register", "import", book, folder=other)
    again = run("--json", "register", "import", book, folder=other)
    run("register", "export", other / name, folder=other)

    assert done.code == 0, done.err
    assert (again.json["entered"], again.json["already"]) == (0, 6)
    assert listed(other) == listed(office)
    if book.suffix == ".csv":
        assert (other / name).read_bytes() == book.read_bytes()
    else:
        assert cells(other / name) == cells(book)
    assert run("register", "verify", folder=other).code == 0


def cells(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
