"""What an office's own data files add and change is named, in one way for all of them and in the user's language."""

from __future__ import annotations

from pathlib import Path

from letters.batch.office_data import own_data
from letters.law import LawBook
from letters.messages import problem_text
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


def test_added_and_changed_laws_and_other_entries_are_named(tmp_path: Path) -> None:
    (tmp_path / "hukum.toml").write_text(OWN, encoding="utf-8")
    [hint] = own_data(LawBook.load(tmp_path / "hukum.toml").changes())

    assert str(hint) == (
        "The office's own data count: perbup-7-2024 (new); pp-9-2027 (new); "
        "pp-42-2004: revoked by pp-9-2027, revoked on 1 Maret 2027; group of recipients guru (new)."
    )
    assert (hint.place.file.endswith("hukum.toml"), hint.place.line) == (True, 1)


def test_office_without_a_file_of_its_own_is_told_nothing() -> None:
    assert list(own_data(LawBook.load().changes())) == []


FILES = {
    "hukum.toml": OWN,
    "tahapan.toml": '[[elections]]\nid = "pemilihan-2024"\npolling_day = 2024-11-28\n'
    '[[elections.stages]]\nid = "kampanye"\nstart = 2024-09-28\n',
    "naskah.toml": '[[copies]]\nid = "kodim"\nto = ["Dandim"]\n\n[terms]\ndesa = "kampung"\n',
    "ikrar.toml": '[[teks]]\nid = "ikrar-asn"\ncatatan = "x"\n[[pilihan]]\nid = "janji"\nkata = "bersumpah"\n',
}
SAID = {
    "hukum.toml": "perbup-7-2024 (baru); pp-9-2027 (baru); pp-42-2004: dicabut dengan pp-9-2027, "
    "dicabut sejak 1 Maret 2027; kelompok penerima guru (baru)",
    "tahapan.toml": "pemilihan-2024: hari pemungutan suara 28 November 2024, semula 27 November 2024; "
    "pemilihan-2024, kampanye: mulai 28 September 2024, semula 25 September 2024",
    "naskah.toml": "tembusan kodim: penerima tembusan Dandim, semula Komandan Komando Distrik Militer {kodim}; "
    "sebutan: desa kampung, semula desa",
    "ikrar.toml": "naskah ikrar-asn: catatan x, semula ",
}


def test_check_says_in_indonesian_what_counts_in_every_file(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    for name, text in FILES.items():
        (office / name).write_text(text, encoding="utf-8")
    done = run("check", "uji", "--date", "2024-09-24", "--lang", "id", folder=office)

    assert done.code == 0, done.err
    for name, said in SAID.items():
        assert f"{name}, baris " in done.err
        assert f"Data kantor sendiri yang berlaku: {said}" in done.err


def test_words_of_an_area_are_named_as_they_are_typed(tmp_path: Path) -> None:
    (tmp_path / "hukum.toml").write_text('[areas.same]\nKampung = { Kp = "" }\n', encoding="utf-8")
    [hint] = own_data(LawBook.load(tmp_path / "hukum.toml").changes())
    assert str(hint) == "The office's own data count: names of areas: Kampung otherwise."


def test_key_of_a_file_that_has_no_word_is_not_shown_raw(tmp_path: Path) -> None:
    (tmp_path / "hukum.toml").write_text('[[laws]]\nid = "pp-42-2004"\nno_penalties = true\n', encoding="utf-8")
    [hint] = own_data(LawBook.load(tmp_path / "hukum.toml").changes())
    assert "pp-42-2004: other details otherwise" in str(hint)
    assert "no_penalties" not in problem_text(hint, "id")


def test_office_may_not_change_the_law_into_nonsense(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    (office / "hukum.toml").write_text('[[laws]]\nid = "pp-42-2004"\nrevoked_by = "pp-0-0"\n', encoding="utf-8")
    done = run("check", "uji", folder=office)

    assert done.code == 1
    assert "hukum.toml, line 3" in done.err
