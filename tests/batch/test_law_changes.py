"""What an office's hukum.toml adds and changes is counted and named."""

from __future__ import annotations

from pathlib import Path

from letters.batch.law_changes import law_changes
from letters.law import LawBook
from tests.support.cli import run
from tests.support.workspace import make_workspace

OWN = """\
[[laws]]
id = "perbup-7-2024"
kind = "perkada"
title = "Peraturan Bupati Jombang Nomor 7 Tahun 2024 tentang Disiplin PPPK"
number = "7"
year = 2024
in_force = 2024-02-01

[[laws]]
id = "pp-9-2027"
kind = "pp"
title = "Peraturan Pemerintah Nomor 9 Tahun 2027 tentang Netralitas"
number = "9"
year = 2027
in_force = 2027-03-01

[[laws]]
id = "pp-42-2004"
revoked_by = "pp-9-2027"
revoked_on = 2027-03-01

[[groups]]
id = "guru"
name = "Guru"
columns = ["pns"]
"""


def test_added_and_changed_laws_and_other_entries_are_counted_and_named(tmp_path: Path) -> None:
    (tmp_path / "hukum.toml").write_text(OWN, encoding="utf-8")
    [hint] = law_changes(LawBook.load(tmp_path / "hukum.toml").changes())

    assert str(hint) == "Law of the office: 2 laws added, 1 changed, 1 other entries."
    assert hint.params["names"] == (
        "perbup-7-2024; pp-9-2027; pp-42-2004 (dicabut dengan, tanggal dicabut); groups/guru"
    )


def test_office_without_a_file_of_its_own_is_told_nothing() -> None:
    assert list(law_changes(LawBook.load().changes())) == []


def test_check_says_in_indonesian_what_counts(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    (office / "hukum.toml").write_text(OWN, encoding="utf-8")
    done = run("check", "uji", "--date", "2024-09-24", "--lang", "id", folder=office)

    assert done.code == 0, done.err
    assert "Hukum kantor: 2 peraturan ditambahkan, 1 diganti" in done.err


def test_office_may_not_change_the_law_into_nonsense(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    (office / "hukum.toml").write_text('[[laws]]\nid = "pp-42-2004"\nrevoked_by = "pp-0-0"\n', encoding="utf-8")
    done = run("check", "uji", folder=office)

    assert done.code == 1
    assert "hukum.toml, line 3" in done.err
