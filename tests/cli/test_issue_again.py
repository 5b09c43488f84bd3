"""Running the same command again: what is missing is made, what changed is told, nothing is lost or made twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.batch import issue as issue_module
from letters.batch import workspace as workspace_module
from letters.batch.conventions import Conventions
from letters.register import Register
from tests.support.cli import Run, run
from tests.support.workspace import RECIPIENTS, SETTINGS, TEMPLATE, make_workspace, tree

DAY = ("--date", "2024-09-24")
STEM = "002-PM.00.02-K.JI-08-09-2024-camat-gudo"
NUMBER = "002/PM.00.02/K.JI-08/09/2024"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor")


def issue(office: Path, *more: str, day: str = "2024-09-24") -> Run:
    return run("--json", "issue", "uji", "--date", day, "--formats", "docx", *more, folder=office)


def break_off(office: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    """Have a run end when the files of its second letter are there, as when the power fails before they are marked."""
    mark, marked = Register.issue_many, []

    def fails(*arguments: Any) -> None:
        if marked:
            raise KeyboardInterrupt
        marked.append(1)
        mark(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(Register, "issue_many", fails)
        assert issue(office, *more).code == 130


def codes(done: Run) -> list[str]:
    found = done.json["problems"] if not done.json["ok"] else done.json["notices"]
    return [problem["code"] for problem in found]


def states(office: Path) -> list[tuple[str, str]]:
    listed = run("--json", "register", "list", folder=office).json["letters"]
    return [(letter["number"][:3], letter["state"]) for letter in listed]


def versions(office: Path, name: str = STEM) -> list[str]:
    return sorted(path.name for path in (office / "out/2024/uji").glob(f"{name}*"))


def change(office: Path, name: str, old: str, new: str) -> None:
    path = office / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# -- resuming ------------------------------------------------------------------------------------------


def test_broken_run_is_finished_on_a_later_day_under_its_own_numbers_and_date(
    tmp_path: Path, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_off(office, monkeypatch)
    assert states(office) == [("001", "issued"), ("002", "reserved"), ("003", "reserved")]

    done = issue(office, day="2024-10-01")

    whole = make_workspace(tmp_path / "lain")
    issue(whole)
    assert [letter["number"][:3] for letter in done.json["made"]] == ["002", "003"]
    assert {letter["date"] for letter in done.json["made"]} == {date(2024, 9, 24).isoformat()}
    assert tree(office / "out") == tree(whole / "out")


def test_file_that_was_finished_is_not_written_again(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_off(office, monkeypatch)
    (path,) = (office / "out/2024/uji").glob("002-*.docx")
    before = path.stat()

    assert [letter["number"][:3] for letter in issue(office).json["made"]] == ["002", "003"]

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


CHANGES = [
    pytest.param("recipients.csv", "Camat Gudo;", "Plt. Camat Gudo;", 'jabatan: "Camat Gudo" → "Plt. Camat Gudo"'),
    pytest.param("letters.toml", 'kota = "Jombang"', 'kota = "Mojokerto"', 'kantor.kota: "Jombang" → "Mojokerto"'),
    pytest.param("letters.toml", 'nama = ""', 'nama = "Nama Ketua"', 'penandatangan.nama: "" → "Nama Ketua"'),
    pytest.param("templates/uji.md", "menjaga netralitas", "menjaga sikap", "templat: "),
    pytest.param("letters.toml", "[penand", '[kertas]\nukuran = "F4"\n[penand', "rupa: "),
]


@pytest.mark.parametrize(("file", "old", "new", "told"), CHANGES)
def test_unfinished_letter_that_changed_waits_for_a_decision(
    office: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str, told: str
) -> None:
    break_off(office, monkeypatch)
    before = tree(office / "out")
    change(office, file, old, new)

    done = issue(office)

    assert (done.code, codes(done)) == (1, ["batch.changed-unfinished"])
    assert told in done.json["problems"][0]["message"]
    assert NUMBER in done.json["problems"][0]["message"]
    assert "--ganti" in done.json["problems"][0]["remedy"]
    assert tree(office / "out") == before
    assert states(office) == [("001", "issued"), ("002", "reserved"), ("003", "reserved")]


@pytest.mark.parametrize(("file", "old", "new", "told"), CHANGES)
def test_issued_letter_that_changed_stays_and_the_change_is_told(
    office: Path, file: str, old: str, new: str, told: str
) -> None:
    issue(office)
    before = tree(office / "out")
    change(office, file, old, new)

    done = issue(office)

    assert (done.code, codes(done), done.json["made"]) == (0, ["batch.changed"], [])
    assert told in done.json["notices"][0]["message"]
    assert tree(office / "out") == before


def test_what_did_not_change_is_not_told_even_on_another_day(office: Path) -> None:
    issue(office)

    assert issue(office, day="2024-10-15").json["notices"] == []


def test_other_copies_of_letters_that_print_none_are_no_change(office: Path) -> None:
    issue(office)
    change(office, "letters.toml", SETTINGS, SETTINGS + '\n[tembusan]\nsemua = ["Bupati Jombang"]\n')
    assert codes(issue(office)) == []


UNPRINTED = [
    pytest.param("letters.toml", SETTINGS, SETTINGS + '\n[isian]\ntempat_rapat = "Aula"\n', id="text of the office"),
    pytest.param("recipients.csv", ";sapaan\n", ";sapaan;telepon\n", id="column"),
    pytest.param("letters.toml", 'kota = "Jombang"', 'kota = "Jombang"\nsurel = "a@b.id"', id="key of the office"),
    pytest.param("templates/uji.md", "{% block isi %}", "{# untuk camat #}{% block isi %}", id="comment"),
    pytest.param("templates/uji.md", ', "sekda"]', ', "sekda", "kapolsek"]', id="further group"),
]


@pytest.mark.parametrize(("file", "old", "new"), UNPRINTED)
@pytest.mark.parametrize("state", ["issued", "reserved"])
def test_what_the_letter_does_not_print_is_no_change(
    office: Path, monkeypatch: pytest.MonkeyPatch, state: str, file: str, old: str, new: str
) -> None:
    break_off(office, monkeypatch) if state == "reserved" else issue(office)
    change(office, file, old, new)
    if file == "recipients.csv":
        change(office, file, ";Saudara\n", ";Saudara;0321\n")

    done = issue(office, "--ganti")

    assert (done.code, codes(done)) == (0, []), done.out
    assert len(done.json["made"]) == (2 if state == "reserved" else 0)


def test_beside_a_real_change_nothing_is_told_that_is_not_printed(office: Path) -> None:
    issue(office)
    change(office, "letters.toml", SETTINGS, SETTINGS + '\n[isian]\ntempat_rapat = "Aula"\n')
    change(office, "recipients.csv", "Camat Gudo;", "Plt. Camat Gudo;")

    (told,) = issue(office).json["notices"]

    assert "tempat_rapat" not in told["message"]
    assert 'jabatan: "Camat Gudo" → "Plt. Camat Gudo"' in told["message"]


READINGS = [
    pytest.param("{{ isian.tempat }}", id="named"),
    pytest.param('{{ isian["tempat"] }}', id="in brackets"),
    pytest.param("{% set i = isian %}{{ i.tempat }}", id="under another name"),
    pytest.param("{% if nama %}{% set isian = kantor %}{% endif %}{{ isian.tempat }}", id="hidden in one branch"),
    pytest.param("{% for ada in [isian] %}{{ ada.tempat }}{% endfor %}", id="in a loop"),
    pytest.param("{% if isian.tempat == 'Aula' %}di aula{% endif %}", id="only asked for"),
]


@pytest.mark.parametrize("reading", READINGS)
def test_fact_that_is_read_in_whatever_way_is_a_change(office: Path, reading: str) -> None:
    change(office, "letters.toml", SETTINGS, SETTINGS + '\n[isian]\ntempat = "Aula"\n')
    change(office, "templates/uji.md", "menjaga netralitas;", f"menjaga netralitas {reading};")
    issue(office)
    change(office, "letters.toml", '"Aula"', '"Ruang sidang"')

    done = issue(office)

    assert codes(done) == ["batch.changed"], done.out
    assert 'isian.tempat: "Aula" → "Ruang sidang"' in done.json["notices"][0]["message"]


def test_copies_whose_rank_alone_changed_are_no_change(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(office, "templates/uji.md", 'untuk = ["camat"', 'tembusan = "otomatis"\nuntuk = ["camat"')
    first = issue(office)
    assert first.code == 0
    known = workspace_module.load_conventions

    def with_one_more(paths: Sequence[Path]) -> Conventions:
        found = known(paths)
        new = found.copies[0].model_copy(update={"id": "baru", "groups": ("lain",)})
        return replace(found, copies=(new, *found.copies))

    monkeypatch.setattr(workspace_module, "load_conventions", with_one_more)

    assert codes(issue(office)) == codes(first)
    change(office, "letters.toml", SETTINGS, SETTINGS + '\n[tembusan]\nsemua = ["Gubernur Jawa Timur"]\n')
    told = [notice["message"] for notice in issue(office).json["notices"] if notice["code"] == "batch.changed"]
    assert any('tembusan: "Bupati Jombang" → "Gubernur Jawa Timur; Bupati Jombang"' in text for text in told), told


def test_law_that_got_another_name_is_told(office: Path) -> None:
    change(office, "templates/uji.md", 'untuk = ["camat"', 'dasar = ["uu-10-2016:71(1)"]\nuntuk = ["camat"')
    change(office, "templates/uji.md", "menjaga netralitas;", "menjaga {{ dasar[0].teks }};")
    issue(office)
    laws = (Path(issue_module.__file__).parents[1] / "data/laws.toml").read_text(encoding="utf-8")
    start = laws.rindex("[[", 0, laws.index('id = "uu-10-2016"'))
    own = laws[start : laws.index("\n[[", start)]
    (office / "hukum.toml").write_text(
        own.replace("Gubernur, Bupati, dan Walikota", "Gubernur, Bupati, dan Wali Kota"), encoding="utf-8"
    )

    done = issue(office)

    assert codes(done) == ["batch.changed"], done.out
    assert "dasar.1" in done.json["notices"][0]["message"]


# -- replacing -----------------------------------------------------------------------------------------


def test_changed_letter_is_replaced_under_its_number_and_the_old_file_stays(office: Path) -> None:
    issue(office)
    before = tree(office / "out/2024/uji")
    change(office, "recipients.csv", "Camat Gudo;", "Plt. Camat Gudo;")

    done = issue(office, "--ganti", day="2024-10-01")

    assert [letter["number"] for letter in done.json["made"]] == [NUMBER]
    assert done.json["made"][0]["recipient"] == "Plt. Camat Gudo, Kecamatan Gudo"
    assert versions(office) == [f"{STEM}-v1.docx", f"{STEM}.docx"]
    after = tree(office / "out/2024/uji")
    assert after[f"{STEM}-v1.docx"] == before[f"{STEM}.docx"] != after[f"{STEM}.docx"]
    events = run("--json", "register", "show", NUMBER, folder=office).json["events"]
    assert [event["what"] for event in events] == ["reserved", "issued", "new-version", "issued"]


def test_letter_replaced_twice_keeps_every_version(office: Path) -> None:
    issue(office)
    for name in ("Plt. Camat Gudo;", "Plh. Camat Gudo;"):
        (office / "recipients.csv").write_text(RECIPIENTS.replace("Camat Gudo;", name), encoding="utf-8")
        issue(office, "--ganti")

    assert versions(office) == [f"{STEM}-v1.docx", f"{STEM}-v2.docx", f"{STEM}.docx"]
    sound = run("--json", "register", "verify", folder=office)
    assert (sound.code, sound.json["notices"]) == (0, [])
    (office / "out/2024/uji" / f"{STEM}-v2.docx").write_bytes(b"lain")
    changed = run("--json", "register", "verify", folder=office)
    assert [notice["code"] for notice in changed.json["notices"]] == ["verify.file-changed"]


def test_replacing_when_nothing_changed_does_nothing(office: Path) -> None:
    issue(office)
    before = tree(office / "out")

    done = issue(office, "--ganti")

    assert (done.json["made"], done.json["already"], done.json["notices"]) == ([], 3, [])
    assert tree(office / "out") == before


def test_replacing_that_broke_off_is_finished_without_asking_again(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(office)
    old = tree(office / "out/2024/uji")
    change(office, "templates/uji.md", "menjaga netralitas", "menjaga sikap")
    break_off(office, monkeypatch, "--ganti")

    done = issue(office)

    assert [letter["number"][:3] for letter in done.json["made"]] == ["002", "003"]
    new = tree(office / "out/2024/uji")
    assert len(new) == 6
    assert {name.replace(".docx", "-v1.docx"): data for name, data in old.items()}.items() <= new.items()
    assert states(office) == [("001", "issued"), ("002", "issued"), ("003", "issued")]


def test_void_letter_is_not_replaced(office: Path) -> None:
    from letters.cli.options import actor, now

    issue(office)
    with Register.open(office / "register.db", actor(), now) as register:
        register.void(NUMBER, "salah alamat")
    change(office, "recipients.csv", "Camat Gudo;", "Plt. Camat Gudo;")

    done = issue(office, "--ganti")

    assert (done.json["made"], codes(done)) == ([], ["batch.void"])
    assert (done.json["already"], [letter["number"] for letter in done.json["void"]]) == (2, [NUMBER])


def test_void_letter_is_not_called_issued(office: Path) -> None:
    issue(office, "--to", "camat-gudo")
    number = NUMBER.replace("002", "001")
    run("register", "void", number, "--reason", "salah alamat", folder=office)

    told = run("issue", "uji", "--to", "camat-gudo", "--date", "2024-09-24", folder=office)

    assert told.code == 0
    assert "issued already" not in told.out
    assert told.out == f"Void, and not made anew: {number}. To write to these recipients again, add --batch NAME.\n"


def test_letters_beside_a_void_one_are_not_called_all(office: Path) -> None:
    issue(office)
    run("register", "void", NUMBER, "--reason", "salah alamat", folder=office)

    told = run("issue", "uji", "--date", "2024-09-24", "--formats", "docx", folder=office)

    assert told.out.splitlines()[0] == "2 were issued before and stay as they are."
    assert told.out.splitlines()[1].startswith(f"Void, and not made anew: {NUMBER}.")


# -- further formats, missing files --------------------------------------------------------------------


def test_format_asked_for_later_is_made_under_the_same_number(tmp_path: Path, office: Path) -> None:
    issue(office)

    done = run("--json", "issue", "uji", "--date", "2024-10-01", folder=office)

    whole = make_workspace(tmp_path / "lain")
    run("issue", "uji", *DAY, folder=whole)
    assert (done.code, done.json["made"], len(done.json["completed"])) == (0, [], 3)
    assert tree(office / "out") == tree(whole / "out")
    assert len(run("--json", "register", "show", NUMBER, folder=office).json["letter"]["files"]) == 2


def test_format_asked_for_later_says_what_was_issued_although_the_template_changed(
    tmp_path: Path, office: Path
) -> None:
    issue(office)
    change(office, "templates/uji.md", "menjaga netralitas", "menjaga sikap")
    change(office, "letters.toml", 'kota = "Jombang"', 'kota = "Mojokerto"')

    done = run("--json", "issue", "uji", *DAY, folder=office)

    whole = make_workspace(tmp_path / "lain")
    run("issue", "uji", *DAY, folder=whole)
    assert codes(done) == ["batch.changed"]
    assert tree(office / "out") == tree(whole / "out")


def test_files_of_issued_letters_that_were_deleted_are_told(office: Path) -> None:
    issue(office)
    (office / "out/2024/uji" / f"{STEM}.docx").unlink()

    done = issue(office)

    assert (done.code, codes(done)) == (0, ["batch.files-missing"])
    assert f"{STEM}.docx" in done.json["notices"][0]["message"]
    assert "letters register reprint" in done.json["notices"][0]["remedy"]


def test_second_round_of_unnumbered_documents_leaves_the_first_one_alone(tmp_path: Path) -> None:
    template = TEMPLATE.replace('klasifikasi = "PM.00.02"', 'deret = ""').replace(
        '{% extends "naskah/surat.md" %}\n{% block isi %}', ""
    )
    office = make_workspace(tmp_path / "kantor", settings=SETTINGS, template=template.replace("{% endblock %}", ""))
    issue(office)
    before = tree(office / "out")

    issue(office, "--batch", "kedua", day="2024-09-25")

    assert before.items() <= tree(office / "out").items()
    assert len(tree(office / "out")) == 6
