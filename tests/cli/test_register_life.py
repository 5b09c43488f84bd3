"""The life of a number: inserted, booked and filled, made outside, provisional and final."""

import shutil
from pathlib import Path

import pytest

from letters.batch import renumber
from letters.errors import MachineError, Problem
from tests.support.cli import Run, run
from tests.support.docx_parts import parts_text
from tests.support.workspace import make_workspace, tree

DAY = ("--date", "2024-09-24")
END = "/PM.00.02/K.JI-08/09/2024"
FIRST = f"001{END}"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two letters are out, 001 and 002; the sekda has none yet."""
    folder = make_workspace(tmp_path / "kantor")
    run("issue", "uji", *DAY, "--to", "camat-diwek", "--to", "camat-gudo", "--formats", "docx", folder=folder)
    return folder


def register(office: Path, *arguments: object) -> Run:
    return run("register", *arguments, folder=office)


def listed(office: Path) -> list[tuple[str, str]]:
    """Return number and state of every entry."""
    letters = run("--json", "register", "list", folder=office).json["letters"]
    return [(letter["number"], letter["state"]) for letter in letters]


def is_sound(office: Path) -> bool:
    return register(office, "verify").code == 0


# -- sisipan -------------------------------------------------------------------------------------------


def test_letter_is_inserted_between_two_numbers_with_its_own_files(office: Path) -> None:
    done = register(office, "insert", "--after", FIRST, "--letter", "uji", "--to", "sekda", *DAY, "--formats", "docx")

    assert done.code == 0, done.err
    assert (office / "out/2024/uji/001.1-PM.00.02-K.JI-08-09-2024-sekda.docx").exists()
    assert listed(office) == [(FIRST, "issued"), (f"001.1{END}", "issued"), (f"002{END}", "issued")]
    assert is_sound(office)


def test_same_insertion_said_twice_is_one_letter(office: Path) -> None:
    insertion = ("insert", "--after", FIRST, "--letter", "uji", "--to", "sekda", *DAY, "--formats", "docx")
    register(office, *insertion)
    before = tree(office / "out")

    again = register(office, *insertion)

    assert (again.code, again.out) == (0, "This letter is issued already; nothing was changed.\n")
    assert tree(office / "out") == before
    assert len(listed(office)) == 3


def test_insertion_that_was_made_void_is_told_as_void_with_what_to_do(office: Path) -> None:
    insertion = ("insert", "--after", FIRST, "--letter", "uji", "--to", "sekda", *DAY, "--formats", "docx")
    register(office, *insertion)
    register(office, "void", f"001.1{END}", "--reason", "keliru")

    again = register(office, *insertion)

    assert again.code == 1
    assert f"The letter 001.1{END} to Sekretaris Daerah Kabupaten Jombang is void" in again.err
    assert "--batch" in again.err
    assert "issued already" not in again.out + again.err
    assert register(office, *insertion, "--batch", "ulang").code == 0
    assert listed(office)[1:3] == [(f"001.1{END}", "void"), (f"001.2{END}", "issued")]


def test_booked_number_is_not_said_to_be_filled_when_the_recipient_has_the_letter_already(office: Path) -> None:
    register(office, "book", "--for", "Bagian Hukum", "--purpose", "sidang", "--classification", "PM.00.02", *DAY)
    before = tree(office / "out")

    done = register(office, "fill", f"003{END}", "--letter", "uji", "--to", "camat-gudo")

    assert done.code == 1
    assert f"Camat Gudo, Kecamatan Gudo already has this letter, under 002{END}; nothing was made." in done.err
    assert "--batch" in done.err
    assert tree(office / "out") == before
    assert listed(office)[2] == (f"003{END}", "booked")
    for _ in range(2):
        filled = register(office, "fill", f"003{END}", "--letter", "uji", "--to", "sekda", "--formats", "docx")
        assert filled.code == 0
    assert listed(office)[2] == (f"003{END}", "issued")


def test_letter_that_has_a_number_of_its_own_is_not_inserted_unnoticed(office: Path) -> None:
    done = register(office, "insert", "--after", FIRST, "--letter", "uji", "--to", "camat-gudo", *DAY)

    assert done.code == 1
    assert f"already has this letter, under 002{END}" in done.err
    assert len(listed(office)) == 2


def test_booking_without_a_classification_says_which_option_is_missing(office: Path) -> None:
    done = register(office, "book", "--for", "Bagian Hukum", "--purpose", "sidang", *DAY)
    assert done.code == 1
    assert "--classification PM.00.02" in done.err


def test_void_letter_that_is_noted_as_sent_is_warned_about(office: Path) -> None:
    register(office, "void", FIRST, "--reason", "keliru")
    done = register(office, "sent", FIRST, "--by", "pos")
    assert done.code == 0
    assert f"{FIRST} is noted as sent, although it is void: keliru." in done.err


def test_letter_sent_before_its_own_date_is_noted_with_a_warning_of_both_dates(office: Path) -> None:
    early = register(office, "sent", FIRST, f"002{END}", "--date", "2024-09-20", "--by", "kurir")

    assert early.code == 0
    assert early.err.count("noted as sent on 2024-09-20, before its own date, 2024-09-24") == 2
    assert "noted as sent" in early.out
    for right in (("--date", "2024-09-24"), ("--by", "pos"), ("--date", "2024-09-24")):
        assert register(office, "sent", FIRST, *right).err == ""
    assert "before its own date" in register(office, "sent", FIRST, "--date", "2024-09-23").err


def test_entry_that_was_made_void_is_inserted_anew_once(office: Path) -> None:
    insertion = ("insert", "--after", FIRST, "--to", "Kapolres", "--subject", "Pengamanan", *DAY)
    register(office, *insertion)
    register(office, "void", f"001.1{END}", "--reason", "keliru")

    for _ in range(2):
        assert f"001.2{END} to Kapolres is entered." in register(office, *insertion).out
    assert [state for _, state in listed(office)] == ["issued", "void", "issued", "issued"]
    assert is_sound(office)


def test_only_an_entry_is_inserted_with_letters_and_twice_is_once(office: Path) -> None:
    insertion = ("insert", "--after", FIRST, "--to", "Kapolres", "--subject", "Pengamanan", *DAY, "--letters")
    first, again = register(office, *insertion), register(office, *insertion)
    second = register(office, *insertion[:4], "Dandim", *insertion[5:])

    assert first.out == again.out == f"001.A{END} to Kapolres is entered.\n"
    assert second.out == f"001.B{END} to Dandim is entered.\n"
    assert is_sound(office)


def test_entry_without_subject_is_wrong_usage(office: Path) -> None:
    done = register(office, "insert", "--after", FIRST, "--to", "Kapolres", *DAY)

    assert done.code == 2
    assert "--subject" in done.err


def test_inserted_letter_of_another_year_is_refused(office: Path) -> None:
    insertion = ("insert", "--after", FIRST, "--to", "Kapolres", "--subject", "Pengamanan", "--date", "2025-01-02")

    assert register(office, *insertion).code == 1
    assert register(office, *insertion[:3], "--letter", "uji", "--to", "sekda", *insertion[-2:]).code == 3
    assert len(listed(office)) == 2


def test_insertion_to_an_unknown_code_takes_no_number(office: Path) -> None:
    done = register(office, "insert", "--after", FIRST, "--letter", "uji", "--to", "tidak-ada", *DAY)

    assert done.code == 1
    assert len(listed(office)) == 2


# -- pesan ---------------------------------------------------------------------------------------------

BOOK = ("book", "--for", "Bagian Hukum", "--purpose", "sidang", "--classification", "PM.00.02", *DAY)


def test_booked_numbers_are_named_and_later_letters_go_on_after_them(office: Path) -> None:
    done = register(office, *BOOK, "--count", "2")
    run("issue", "uji", *DAY, "--to", "sekda", "--formats", "docx", folder=office)

    assert done.out == (f"003{END} is booked for Bagian Hukum: sidang.\n004{END} is booked for Bagian Hukum: sidang.\n")
    assert listed(office)[2:] == [(f"003{END}", "booked"), (f"004{END}", "booked"), (f"005{END}", "issued")]


def test_booked_number_is_filled_by_a_letter(office: Path) -> None:
    register(office, *BOOK)

    done = register(office, "fill", f"003{END}", "--letter", "uji", "--to", "sekda")

    assert done.code == 0, done.err
    assert listed(office)[2] == (f"003{END}", "issued")
    assert (office / "out/2024/uji/003-PM.00.02-K.JI-08-09-2024-sekda.pdf").exists()
    assert is_sound(office)


def test_booked_number_is_not_filled_by_a_letter_of_another_month(office: Path) -> None:
    register(office, *BOOK)

    done = register(office, "fill", f"003{END}", "--letter", "uji", "--to", "sekda", "--date", "2024-10-02")

    assert done.code == 3
    assert listed(office)[2] == (f"003{END}", "booked")


def test_booking_in_an_unknown_series_names_those_there_are(office: Path) -> None:
    done = register(office, *BOOK, "--series", "sk")

    assert done.code == 1
    assert 'no number series "sk" in letters.toml (there are: surat)' in done.err


def test_booking_without_what_the_number_prints_takes_no_number(office: Path) -> None:
    assert register(office, "book", "--for", "Bagian Hukum", "--purpose", "sidang", *DAY).code == 1
    assert len(listed(office)) == 2


# -- outside -------------------------------------------------------------------------------------------

OUTSIDE = ("outside", "003/HM.02/K.JI-08/09/2024", "--to", "Bupati", "--subject", "Audiensi", "--date", "2024-09-25")


def test_letter_made_in_word_is_entered_and_twice_is_once(office: Path) -> None:
    scan = office / "out" / "audiensi.docx"
    scan.write_bytes(b"surat")
    first, again = register(office, *OUTSIDE, "--file", scan), register(office, *OUTSIDE, "--file", scan)

    assert first.out == again.out == "003/HM.02/K.JI-08/09/2024 to Bupati is entered.\nFile: out/audiensi.docx\n"
    assert len(listed(office)) == 3
    scan.write_bytes(b"lain")
    assert register(office, "verify").code == 1


def test_number_made_outside_that_would_leave_a_gap_is_refused(office: Path) -> None:
    done = register(office, "outside", "009/HM.02/K.JI-08/09/2024", *OUTSIDE[2:])

    assert done.code == 3
    assert "leave a gap (3-8)" in done.err


def test_number_that_disagrees_with_its_date_is_refused(office: Path) -> None:
    done = register(office, *OUTSIDE[:-1], "2024-10-25")

    assert done.code == 3
    assert "another month or year" in done.err


def test_number_of_no_series_and_file_elsewhere_are_refused(office: Path, tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"x")

    assert register(office, "outside", "Nomor 7", *OUTSIDE[2:]).code == 1
    assert register(office, *OUTSIDE, "--file", tmp_path / "scan.pdf").code == 1
    assert len(listed(office)) == 2


# -- final numbers -------------------------------------------------------------------------------------


def test_letter_is_made_anew_with_its_final_number_and_found_by_both(office: Path) -> None:
    done = register(office, "renumber", FIRST, "B-17/SRIKANDI/2024")

    new = office / "out/2024/uji/B-17-SRIKANDI-2024-camat-diwek.docx"
    assert done.code == 0, done.err
    assert "B-17/SRIKANDI/2024" in "".join(parts_text(new.read_bytes(), "word/document.xml"))
    for number in (FIRST, "B-17/SRIKANDI/2024"):
        shown = run("--json", "register", "show", number, folder=office).json["letter"]
        assert (shown["number"], shown["former"], shown["state"]) == ("B-17/SRIKANDI/2024", [FIRST], "issued")
    assert (office / "out/2024/uji/001-PM.00.02-K.JI-08-09-2024-camat-diwek.docx").exists()
    assert is_sound(office)


def test_same_final_number_given_twice_changes_nothing(office: Path) -> None:
    register(office, "renumber", FIRST, "B-17/2024")
    before = tree(office / "out")

    again = register(office, "renumber", FIRST, "B-17/2024")

    assert again.code == 0
    assert tree(office / "out") == before


def test_two_letters_exchange_their_numbers_in_one_go(office: Path) -> None:
    done = register(office, "renumber", FIRST, f"002{END}", f"002{END}", FIRST)

    assert done.code == 0, done.err
    assert run("--json", "register", "show", FIRST, folder=office).json["letter"]["key"] == "camat-gudo"


CHANGED = [
    ("templates/uji.md", "menjaga netralitas", "memelihara sikap"),
    ("recipients.csv", ";Diwek;", ";Cukir;"),
    ("recipients.csv", "camat-diwek;", "camat-diwek-baru;"),
    ("letters.toml", 'kota = "Jombang"', 'kota = "Mojokerto"'),
]


@pytest.mark.parametrize(("file", "old", "new"), CHANGED)
def test_letter_gets_its_final_number_and_else_says_what_it_said_whatever_changed_since(
    tmp_path: Path, office: Path, file: str, old: str, new: str
) -> None:
    shutil.copytree(office, tmp_path / "lain")
    text = (office / file).read_text(encoding="utf-8")
    assert old in text
    (office / file).write_text(text.replace(old, new), encoding="utf-8")

    done = register(office, "renumber", FIRST, "B-17/2024")

    register(tmp_path / "lain", "renumber", FIRST, "B-17/2024")
    assert done.code == 0, done.err
    assert tree(office / "out") == tree(tmp_path / "lain" / "out")
    assert listed(office)[0] == ("B-17/2024", "issued")
    assert is_sound(office)


def test_number_stays_when_its_letter_could_not_be_written(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(folder: Path) -> None:
        raise MachineError(Problem("files.read-only", "closed"))

    monkeypatch.setattr(renumber, "ensure_writable", closed)

    assert register(office, "renumber", FIRST, "B-17/2024").code == 4
    assert listed(office)[0] == (FIRST, "issued")


def test_renumbering_that_broke_off_is_finished_by_the_same_command(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(renumber, "make_letters", interrupted)
        assert register(office, "renumber", FIRST, "B-17/2024").code == 130
    assert listed(office)[0] == ("B-17/2024", "reserved")

    done = register(office, "renumber", FIRST, "B-17/2024")

    assert done.code == 0, done.err
    assert (office / "out/2024/uji/B-17-2024-camat-diwek.docx").exists()
    assert is_sound(office)


def test_late_letter_is_warned_about_once_when_it_is_inserted(office: Path) -> None:
    register(office, "insert", "--after", FIRST, "--letter", "uji", "--to", "sekda", *DAY, "--formats", "docx")
    late = ("insert", "--after", FIRST, "--letter", "uji", "--to", "sekda", "--batch", "kedua", "--date", "2024-09-20")

    done = register(office, *late, "--formats", "docx")

    assert done.code == 0, done.err
    assert done.err.count("Warning: ") == 1, done.err


def test_odd_count_of_numbers_is_wrong_usage(office: Path) -> None:
    assert register(office, "renumber", FIRST).code == 2


def test_taken_final_number_is_refused_and_nothing_changes(office: Path) -> None:
    before = tree(office / "out")

    assert register(office, "renumber", FIRST, f"002{END}").code == 3
    assert tree(office / "out") == before


def test_running_number_of_a_letter_is_no_final_number_for_another(office: Path) -> None:
    before = tree(office / "out")

    for old, new in ((FIRST, "002"), ("001", "B-17/2024")):
        done = register(office, "renumber", old, new)
        assert (done.code, "running number alone" in done.err) == (3, True), done.err

    assert tree(office / "out") == before
    assert listed(office)[0] == (FIRST, "issued")
