"""Files of issued letters are made again byte for byte, from the register alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from letters.cli.options import actor, now
from letters.register import Pattern, Register, Request
from letters.register.entries import Final
from tests.support.cli import Run, run
from tests.support.workspace import SETTINGS, make_workspace, tree

ROOT = Path(__file__).resolve().parents[2]
DAY = ("--date", "2024-09-24")
NUMBER = "002/PM.00.02/K.JI-08/09/2024"
STEM = "002-PM.00.02-K.JI-08-09-2024-camat-gudo"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with a logo and issued letters."""
    settings = SETTINGS.replace('zona_waktu = "WIB"', 'zona_waktu = "WIB"\nlogo = "logo.png"')
    folder = make_workspace(tmp_path / "kantor", settings=settings)
    shutil.copy(ROOT / "logo.png", folder)
    assert run("issue", "uji", *DAY, folder=folder).code == 0
    return folder


def reprint(office: Path, *words: str) -> Run:
    return run("--json", "register", "reprint", *words, folder=office)


def register(office: Path) -> Register:
    return Register.open(office / "register.db", actor(), now)


def codes(done: Run) -> list[str]:
    return [problem["code"] for problem in done.json["problems"]]


def test_deleted_files_come_back_although_everything_they_were_made_of_is_gone(office: Path) -> None:
    before = tree(office / "out")
    shutil.rmtree(office / "out")
    shutil.rmtree(office / "templates")
    for name in ("recipients.csv", "logo.png"):
        (office / name).unlink()
    (office / "letters.toml").write_text(SETTINGS.replace("JOMBANG", "LAIN").replace("Ketua", "Lain"), "utf-8")

    done = reprint(office, "--all-missing")

    assert (done.code, len(done.json["made"])) == (0, 6), done.out
    assert tree(office / "out") == before


def test_only_the_letters_named_are_made_again(office: Path) -> None:
    before = tree(office / "out")
    shutil.rmtree(office / "out")

    done = reprint(office, NUMBER)

    assert done.json["made"] == [f"out/2024/uji/{STEM}.docx", f"out/2024/uji/{STEM}.pdf"]
    assert tree(office / "out").items() <= before.items()


def written(path: Path) -> tuple[int, int]:
    """Return which file stands at `path` and when it was last written; reading it changes neither."""
    return path.stat().st_ino, path.stat().st_mtime_ns


def test_files_that_are_there_are_not_written(office: Path) -> None:
    path = office / "out/2024/uji" / f"{STEM}.docx"
    before = written(path)

    done = reprint(office, NUMBER)

    assert (done.code, done.json["made"], done.json["untouched"]) == (0, [], 2)
    assert written(path) == before


def test_file_changed_by_hand_is_told_and_left_until_its_replacement_is_asked_for(office: Path) -> None:
    path = office / "out/2024/uji" / f"{STEM}.docx"
    issued = path.read_bytes()
    path.write_bytes(b"diubah")

    told = reprint(office, NUMBER)
    assert (told.code, codes(told), path.read_bytes()) == (0, ["reprint.changed"], b"diubah")

    done = reprint(office, NUMBER, "--ganti")
    assert (done.code, path.read_bytes()) == (0, issued)
    assert path.with_name(f"{STEM}-diubah.docx").read_bytes() == b"diubah"


def test_letter_that_this_program_makes_otherwise_is_not_written(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(office / "out")
    monkeypatch.setattr("letters.batch.kept.names_of", lambda rows: "lain")

    done = reprint(office, NUMBER)

    assert (done.code, done.json["ok"], codes(done)) == (1, False, ["reprint.other-bytes"] * 2)
    assert not list(office.rglob("*.docx"))


def test_letter_with_a_final_number_gets_new_files_under_it(office: Path) -> None:
    old = (office / "out/2024/uji" / f"{STEM}.docx").read_bytes()
    with register(office) as book:
        book.renumber([Final(NUMBER, "977/PM.00.02/K.JI-08/09/2024")])
    shutil.rmtree(office / "templates")

    done = reprint(office, "977/PM.00.02/K.JI-08/09/2024")

    assert done.code == 0, done.out
    assert [Path(path).name for path in done.json["made"]] == [
        "977-PM.00.02-K.JI-08-09-2024-camat-gudo.docx",
        "977-PM.00.02-K.JI-08-09-2024-camat-gudo.pdf",
    ]
    assert (office / "out/2024/uji" / f"{STEM}.docx").read_bytes() == old
    with register(office) as book:
        assert book.show(NUMBER).state == "issued"


def test_letter_made_elsewhere_or_not_issued_yet_is_refused(office: Path) -> None:
    pattern = Pattern.parse("NOMOR {urut} TAHUN {tahun}")
    with register(office) as book:
        day = book.show(NUMBER).day
        common = {"series": "edaran", "pattern": pattern, "start": 1, "period": "2024", "day": day, "parts": {}}
        texts = {"recipient": "Camat", "template": "", "kind": "edaran", "subject": "Edaran"}
        book.reserve([Request(batch="lain", key="", **common, **texts)])

    done = reprint(office, "NOMOR 1 TAHUN 2024")

    assert (done.code, codes(done)) == (1, ["reprint.not-issued"])


@pytest.mark.parametrize("words", [[], [NUMBER, "--all-missing"]])
def test_letters_must_be_named_in_one_way(office: Path, words: list[str]) -> None:
    assert reprint(office, *words).code == 2


def test_unknown_number_is_refused(office: Path) -> None:
    assert reprint(office, "999/X").code == 3
