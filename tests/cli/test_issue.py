"""The main job as a user sees it: one command, numbered letters, safe to repeat."""

from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.workspace import RECIPIENTS, make_workspace, tree

DAY = ("--date", "2024-09-24")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor")


def test_every_recipient_gets_a_numbered_docx_and_pdf(office: Path) -> None:
    done = run("issue", "uji", *DAY, folder=office)

    assert done.code == 0, done.err
    names = sorted(path.name for path in (office / "out" / "2024" / "uji").iterdir())
    assert names == [
        "001-PM.00.02-K.JI-08-09-2024-camat-diwek.docx",
        "001-PM.00.02-K.JI-08-09-2024-camat-diwek.pdf",
        "002-PM.00.02-K.JI-08-09-2024-camat-gudo.docx",
        "002-PM.00.02-K.JI-08-09-2024-camat-gudo.pdf",
        "003-PM.00.02-K.JI-08-09-2024-sekda.docx",
        "003-PM.00.02-K.JI-08-09-2024-sekda.pdf",
    ]


def test_second_run_says_all_is_issued_and_changes_nothing(office: Path) -> None:
    run("issue", "uji", *DAY, folder=office)
    before = tree(office / "out")

    again = run("issue", "uji", *DAY, folder=office)

    assert (again.code, again.out) == (0, "All 3 letters are issued already; nothing was changed.\n")
    assert tree(office / "out") == before


def test_row_added_to_the_table_is_the_only_letter_issued(office: Path) -> None:
    run("issue", "uji", *DAY, folder=office)
    before = tree(office / "out")
    row = "camat-perak;camat;Camat Perak;;Kecamatan Perak;;Perak;Saudara\n"
    (office / "recipients.csv").write_text(RECIPIENTS + row, encoding="utf-8")

    more = run("--json", "issue", "uji", "--date", "2024-09-25", folder=office)

    assert more.code == 0, more.err
    assert [(letter["number"], letter["key"]) for letter in more.json["made"]] == [
        ("004/PM.00.02/K.JI-08/09/2024", "camat-perak")
    ]
    assert before.items() <= tree(office / "out").items()


def test_same_input_gives_the_same_bytes_in_one_process_and_in_many(tmp_path: Path) -> None:
    rows = "".join(f"c{n};camat;Camat {n};;Kecamatan {n};;Kota {n};Saudara\n" for n in range(16))
    table = RECIPIENTS.splitlines(keepends=True)[0] + rows
    first = make_workspace(tmp_path / "a", recipients=table)
    second = make_workspace(tmp_path / "b", recipients=table)

    run("issue", "uji", *DAY, "--jobs", "1", folder=first)
    run("issue", "uji", *DAY, "--jobs", "2", folder=second)

    assert tree(first / "out") == tree(second / "out")
    assert len(tree(first / "out")) == 32


def test_number_and_recipient_stand_in_the_register(office: Path) -> None:
    run("issue", "uji", *DAY, folder=office)

    listed = run("--json", "register", "list", folder=office).json["letters"]
    shown = run("--json", "register", "show", "002/PM.00.02/K.JI-08/09/2024", folder=office).json

    assert [letter["number"][:3] for letter in listed] == ["001", "002", "003"]
    assert shown["letter"]["recipient"] == "Camat Gudo, Kecamatan Gudo"
    assert shown["letter"]["state"] == "issued"
    assert [event["what"] for event in shown["events"]] == ["reserved", "issued"]


def test_only_the_recipient_named_is_issued(office: Path) -> None:
    done = run("--json", "issue", "uji", *DAY, "--to", "sekda", "--formats", "docx", folder=office)

    assert [letter["key"] for letter in done.json["made"]] == ["sekda"]
    assert [path.suffix for path in (office / "out" / "2024" / "uji").iterdir()] == [".docx"]


def test_second_round_under_another_batch_name_takes_new_numbers(office: Path) -> None:
    run("issue", "uji", *DAY, folder=office)

    again = run("--json", "issue", "uji", *DAY, "--batch", "kedua", folder=office)

    assert [letter["number"][:3] for letter in again.json["made"]] == ["004", "005", "006"]


def test_preview_marks_pages_and_uses_no_number(office: Path) -> None:
    drafts = run("--json", "preview", "uji", *DAY, folder=office)

    assert drafts.code == 0, drafts.err
    names = sorted(path.name for path in (office / "out" / "konsep" / "uji").iterdir())
    assert names == ["camat-diwek.docx", "camat-diwek.pdf", "sekda.docx", "sekda.pdf"]
    assert not (office / "register.db").exists()


def test_check_writes_nothing(office: Path) -> None:
    before = tree(office)

    done = run("check", "uji", *DAY, folder=office)

    assert (done.code, done.out) == (0, "uji: 3 letters can be made.\n")
    assert tree(office) == before
