"""Every letter keeps a file of its own, however alike codes, rounds and numbers are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import Run, run
from tests.support.workspace import RECIPIENTS, TEMPLATE, make_workspace, tree

DAY = ("--date", "2024-09-24")
HEADER = RECIPIENTS.splitlines(keepends=True)[0]
PLEDGE = (
    TEMPLATE.replace('klasifikasi = "PM.00.02"', 'deret = ""\nklasifikasi = "PM.00.02"')
    .replace('{% extends "naskah/surat.md" %}\n{% block isi %}', "")
    .replace("{% endblock %}", "")
)


def row(key: str, who: str = "Camat Diwek") -> str:
    return f"{key};camat;{who};;Kecamatan Diwek;;Diwek;Saudara\n"


def issue(office: Path, *more: str) -> Run:
    return run("--json", "issue", "uji", *DAY, "--formats", "docx", *more, folder=office)


def made(done: Run) -> list[str]:
    assert done.code == 0, done.out
    return [file["path"] for letter in done.json["made"] for file in letter["files"]]


@pytest.fixture
def pledges(tmp_path: Path) -> Path:
    """An office whose letter has no number."""
    return make_workspace(tmp_path / "kantor", template=PLEDGE)


def test_codes_that_differ_only_in_what_no_file_name_holds_get_files_of_their_own(pledges: Path) -> None:
    table = HEADER + row("budi-s", "Camat Satu") + row("budi s", "Camat Dua") + row("budi/s", "Camat Tiga")
    (pledges / "recipients.csv").write_text(table, encoding="utf-8")

    done = issue(pledges)

    assert len({path.casefold() for path in made(done)}) == 3
    assert run("register", "verify", folder=pledges).code == 0


def test_code_that_only_looks_like_an_earlier_one_leaves_that_ones_file_alone(pledges: Path) -> None:
    (pledges / "recipients.csv").write_text(HEADER + row("budi-s"), encoding="utf-8")
    issue(pledges)
    before = tree(pledges / "out")
    (pledges / "recipients.csv").write_text(HEADER + row("budi s"), encoding="utf-8")

    issue(pledges)

    assert before.items() <= tree(pledges / "out").items()
    assert len(tree(pledges / "out")) == 2


@pytest.mark.parametrize("what", ["round", "stage"])
def test_second_round_and_next_stage_leave_the_files_of_the_first_alone(pledges: Path, what: str) -> None:
    issue(pledges)
    before = tree(pledges / "out")
    if what == "round":
        issue(pledges, "--batch", "kedua")
    else:
        text = PLEDGE.replace("untuk =", 'pemilihan = "pemilihan-2024"\ntahapan = "kampanye"\nuntuk =')
        (pledges / "templates/uji.md").write_text(text, encoding="utf-8")
        issue(pledges)

    assert before.items() <= tree(pledges / "out").items()
    assert len(tree(pledges / "out")) == 6
    assert run("register", "verify", folder=pledges).code == 0


def test_numbers_that_differ_only_in_what_no_file_name_holds_get_files_of_their_own(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", recipients=HEADER + row("camat"))
    for name in ("satu", "dua"):
        issue(office, "--batch", name)
    first, second = (letter["number"] for letter in run("--json", "register", "list", folder=office).json["letters"])

    done = run("--json", "register", "renumber", first, "B/17/2024", second, "B-17/2024", folder=office)
    again = run("--json", "register", "reprint", "B/17/2024", "B-17/2024", folder=office)

    assert done.code == 0, done.out
    paths = [file["path"] for letter in done.json["letters"] for file in letter["files"]]
    assert len(set(paths)) == 2
    assert (again.json["made"], again.json["untouched"]) == ([], 2)
    assert run("register", "verify", folder=office).code == 0


def test_letters_of_one_code_that_exchange_numbers_leave_their_earlier_files_alone(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", recipients=HEADER + row("camat"))
    for name in ("satu", "dua"):
        issue(office, "--batch", name)
    before = tree(office / "out")
    first, second = (letter["number"] for letter in run("--json", "register", "list", folder=office).json["letters"])

    run("register", "renumber", first, second, second, first, folder=office)

    assert before.items() <= tree(office / "out").items()
    assert len(tree(office / "out")) == 4
    assert run("register", "verify", folder=office).code == 0
