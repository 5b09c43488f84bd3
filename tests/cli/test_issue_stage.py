"""All letters of a stage in one batch, and letters dated at the wrong time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.workspace import SETTINGS, TEMPLATE, make_workspace, tree

KALENDER = '\n[kalender]\npemilihan = "pemilihan-2024"\n'
BEFORE, DURING, AFTER = "2024-09-24", "2024-10-01", "2024-12-01"


def letter(stage: str, audience: str, election: str = '"pemilihan-2024"', kind: str = "imbauan") -> str:
    text = TEMPLATE.replace('untuk = ["camat", "sekda"]', f'untuk = ["{audience}"]').replace(
        '"imbauan"', f'"{kind}"', 1
    )
    return text.replace("klasifikasi", f"pemilihan = {election}\ntahapan = {stage}\nklasifikasi", 1)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office whose letters of the built-in set are out of the way, so that a stage has known letters."""
    folder = make_workspace(tmp_path / "kantor", settings=SETTINGS + KALENDER)
    for name, text in {
        "camat": letter('"kampanye"', "camat"),
        "sekda": letter('["kampanye", "masa-tenang"]', "sekda", '"pemilihan"'),
        "pemilu": letter('"kampanye"', "camat", '"pemilu-2024"'),
        "tenang": letter('"masa-tenang"', "camat"),
    }.items():
        (folder / "templates" / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def no_built_in_letters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from letters.batch import workspace

    built_in = tmp_path / "bawaan"
    built_in.mkdir()
    real = workspace.built_in_templates()
    shutil.copytree(real / "naskah", built_in / "naskah")
    shutil.copy(real / "surat.css", built_in)
    monkeypatch.setattr(workspace, "built_in_templates", lambda: built_in)


def numbers(made: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(one["template"], one["key"], one["number"][:3]) for one in made]


def test_stage_issues_all_its_letters_of_the_offices_election_in_one_run_of_numbers(office: Path) -> None:
    done = run("--json", "issue", "--stage", "kampanye", "--date", BEFORE, "--formats", "docx", folder=office)

    assert done.code == 0, done.err
    assert numbers(done.json["made"]) == [
        ("camat", "camat-diwek", "001"),
        ("camat", "camat-gudo", "002"),
        ("sekda", "sekda", "003"),
    ]
    assert {(one["election"], one["stage"]) for one in done.json["made"]} == {("pemilihan-2024", "kampanye")}


def test_second_run_of_a_stage_says_all_is_issued(office: Path) -> None:
    run("issue", "--stage", "kampanye", "--date", BEFORE, "--formats", "docx", folder=office)
    before = tree(office / "out")

    again = run("issue", "--stage", "kampanye", "--date", DURING, "--formats", "docx", folder=office)

    assert (again.code, again.out) == (0, "All 3 letters are issued already; nothing was changed.\n")
    assert tree(office / "out") == before


@pytest.mark.parametrize("command", ["issue", "preview"])
def test_stage_whose_letters_are_for_nobody_in_the_table_is_not_taken_for_done(office: Path, command: str) -> None:
    table = "kode;kelompok;jabatan\nbupati;bupati_walikota;Bupati Jombang\n"
    (office / "recipients.csv").write_text(table, encoding="utf-8")

    done = run("--json", command, "--stage", "kampanye", "--date", BEFORE, folder=office)

    assert (done.code, done.json["problems"][0]["code"]) == (1, "batch.nobody-at-all")
    told = done.json["problems"][0]["message"]
    assert "pemilihan-2024 kampanye: its templates write to camat, sekda" in told
    assert "chosen are recipients of bupati_walikota" in told


def test_narrowing_a_stage_to_somebody_it_is_not_for_is_told(office: Path) -> None:
    done = run("issue", "--stage", "masa-tenang", "--to", "sekda", "--date", BEFORE, "--formats", "docx", folder=office)
    assert done.code == 0, done.err
    (office / "templates" / "sekda.md").unlink()
    done = run("issue", "--stage", "masa-tenang", "--to", "sekda", "--date", BEFORE, folder=office)
    assert done.code == 1
    assert "chosen are recipients of sekda" in done.err


def test_other_stage_of_the_same_template_is_another_letter(office: Path) -> None:
    run("issue", "--stage", "kampanye", "--date", BEFORE, "--formats", "docx", folder=office)
    done = run("--json", "issue", "--stage", "masa-tenang", "--date", "2024-11-20", "--formats", "docx", folder=office)
    assert numbers(done.json["made"]) == [
        ("sekda", "sekda", "004"),
        ("tenang", "camat-diwek", "005"),
        ("tenang", "camat-gudo", "006"),
    ]


def test_documents_without_number_of_two_stages_do_not_take_each_others_files(office: Path) -> None:
    path = office / "templates" / "sekda.md"
    head = path.read_text("utf-8").partition("{% extends")[0].replace("hal =", 'deret = ""\nhal =')
    path.write_text(f"{head}Ikrar {{{{ jabatan }}}} pada {{{{ tahapan.nama }}}}.\n", encoding="utf-8")
    for stage, day in (("kampanye", BEFORE), ("masa-tenang", "2024-11-20")):
        done = run("issue", "sekda", "--stage", stage, "--date", day, "--formats", "docx", folder=office)
        assert done.code == 0, done.err
    assert sorted(file.name for file in (office / "out" / "2024" / "sekda").iterdir()) == [
        "sekda-1.docx",
        "sekda-2.docx",
    ]


def test_named_template_with_a_stage_is_made_for_that_stage_alone(office: Path) -> None:
    done = run("--json", "check", "sekda", "--stage", "masa-tenang", "--date", "2024-11-20", folder=office)
    assert done.json["letters"] == {"sekda": 1}


def test_named_template_for_a_whole_election_is_made_for_any_of_its_stages(office: Path) -> None:
    text = letter('"x"', "sekda", '["pemilu", "pemilihan"]').replace('tahapan = "x"\n', "")
    (office / "templates" / "umum.md").write_text(text, encoding="utf-8")
    choice = ("--election", "pemilihan-2024", "--stage")

    made = run("--json", "issue", "umum", *choice, "kampanye", "--date", BEFORE, "--formats", "docx", folder=office)
    assert [(one["election"], one["stage"]) for one in made.json["made"]] == [("pemilihan-2024", "kampanye")]
    again = run("--json", "issue", "umum", *choice, "undian", "--date", BEFORE, "--formats", "docx", folder=office)
    assert len(again.json["made"]) == 1
    unknown = run("--json", "check", "umum", *choice, "rapat-umum", "--date", BEFORE, folder=office)
    assert (unknown.code, unknown.json["problems"][0]["code"]) == (1, "batch.other-stage")
    whole = run("--json", "check", "--stage", "undian", "--election", "pemilihan-2024", folder=office)
    assert "umum" not in whole.json.get("letters", {})


def test_named_template_that_is_not_for_the_stage_is_refused(office: Path) -> None:
    refused = run("--json", "issue", "tenang", "--stage", "kampanye", "--date", BEFORE, folder=office)
    assert refused.code == 1
    assert [problem["code"] for problem in refused.json["problems"]] == ["batch.other-stage"]
    assert (
        not (office / "register.db").exists() or run("--json", "register", "list", folder=office).json["letters"] == []
    )


def test_check_without_stage_checks_a_template_for_every_stage_it_serves(office: Path) -> None:
    checked = run("--json", "check", "--date", BEFORE, folder=office)
    assert checked.code == 0, checked.err
    assert checked.json["letters"] == {"camat": 2, "pemilu": 2, "sekda": 2, "tenang": 2, "uji": 3}
    [told] = [notice["message"] for notice in checked.json["notices"] if notice["code"] == "batch.stages-over"]
    assert told == "Their stages are over on 24 September 2024: pemilu."
    assert not {"law.stage-over", "law.stage-far"} & {notice["code"] for notice in checked.json["notices"]}


def test_letters_after_the_stage_began_are_made_with_a_warning_that_tells_the_window(office: Path) -> None:
    done = run("issue", "--stage", "kampanye", "--date", DURING, "--formats", "docx", folder=office)
    assert done.code == 0
    assert "Warning: " in done.err
    assert "(25 September s.d. 23 November 2024) has begun when the letter is dated, 1 Oktober 2024" in done.err


def test_invitation_while_the_stage_runs_is_no_fault(office: Path) -> None:
    (office / "templates" / "camat.md").write_text(letter('"kampanye"', "camat", kind="undangan"), encoding="utf-8")
    checked = run("--json", "check", "camat", "--date", DURING, folder=office)
    assert checked.json["notices"] == []


def test_whole_stage_that_is_over_takes_no_numbers(office: Path) -> None:
    refused = run("--json", "issue", "--stage", "kampanye", "--date", AFTER, folder=office)
    assert refused.code == 1
    assert {problem["code"] for problem in refused.json["problems"]} == {"batch.stage-over"}
    assert run("--json", "register", "list", folder=office).json["letters"] == []


def test_scheduled_run_goes_on_quietly_after_the_stage(office: Path) -> None:
    run("issue", "--stage", "kampanye", "--date", BEFORE, "--formats", "docx", folder=office)
    later = run("issue", "--stage", "kampanye", "--date", AFTER, "--formats", "docx", folder=office)
    assert later.code == 0
    assert later.out.startswith("All 3 letters are issued already")


def test_letters_that_were_not_finished_are_finished_after_the_stage_under_their_numbers(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> list[object]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("letters.batch.issue.make_letters", interrupted)
        killed = run("issue", "--stage", "kampanye", "--date", BEFORE, "--formats", "docx", folder=office)
    later = run("--json", "issue", "--stage", "kampanye", "--date", AFTER, "--formats", "docx", folder=office)

    assert (killed.code, later.code) == (130, 0)
    assert [(one["number"][:3], one["date"]) for one in later.json["made"]] == [
        ("001", BEFORE),
        ("002", BEFORE),
        ("003", BEFORE),
    ]


def test_template_named_outright_can_still_be_issued_after_its_stage(office: Path) -> None:
    done = run("--json", "issue", "tenang", "--date", AFTER, "--formats", "docx", folder=office)
    assert done.code == 0
    assert [notice["code"] for notice in done.json["notices"]] == ["law.stage-over"]


def test_slip_of_the_year_ahead_is_refused_before_a_number_is_taken(office: Path) -> None:
    refused = run("--json", "issue", "uji", "--date", "2204-09-24", folder=office)
    assert refused.code == 1
    assert "batch.date-ahead" in {problem["code"] for problem in refused.json["problems"]}


def test_date_years_back_is_a_warning(office: Path) -> None:
    checked = run("--json", "check", "uji", "--date", "2004-09-24", folder=office)
    assert checked.code == 0
    assert [notice["code"] for notice in checked.json["notices"]] == ["batch.date-long-ago"]


def test_nothing_named_is_refused(office: Path) -> None:
    assert run("issue", "--date", BEFORE, folder=office).code == 2


def test_booked_number_can_be_given_to_a_letter_of_one_of_several_stages(office: Path) -> None:
    run("register", "book", "--for", "Ketua", "--purpose", "sekda", "--classification", "PM.00.02",
        "--date", BEFORE, folder=office)  # fmt: skip
    fill = ("--json", "register", "fill", "001/PM.00.02/K.JI-08/09/2024", "--letter", "sekda", "--to", "sekda")
    unclear = run(*fill, folder=office)
    done = run(*fill, "--stage", "kampanye", "--formats", "docx", folder=office)
    assert (unclear.code, unclear.json["problems"][0]["code"]) == (2, "batch.which-stage")
    assert (done.code, done.json["letter"]["stage"]) == (0, "kampanye")
