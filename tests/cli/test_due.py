"""Which letters must go out before which stage, told to a person and to cron."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.batch.due import DueReport
from letters.law import Due, DueState, Stage
from tests.support.cli import run
from tests.support.workspace import SETTINGS, TEMPLATE, make_workspace

KALENDER = '\n[kalender]\npemilihan = "pemilihan-2024"\ntenggat_hari = 3\n'
ASKED = ("--within", "30d", "--election", "pemilihan-2024")
EARLY, DUE, LATE, OVER = "2024-08-01", "2024-09-10", "2024-09-24", "2024-12-01"
CAMPAIGN = TEMPLATE.replace("klasifikasi", 'pemilihan = "pemilihan-2024"\ntahapan = "kampanye"\nklasifikasi', 1)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path / "kantor", settings=SETTINGS + KALENDER, template=CAMPAIGN)
    (folder / "templates" / "uji.md").rename(folder / "templates" / "kampanye-kami.md")
    return folder


def ours(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is said about the office's own template; the built-in ones have letters for the stage too."""
    return [one for one in data["dues"] if one["template"] == "kampanye-kami"]


def test_each_group_of_a_template_is_due_by_its_day_before_the_stage(office: Path) -> None:
    asked = run("--json", "due", *ASKED, "--today", DUE, folder=office)
    found = [(one["group"], one["state"], one["send_by"], one["days"], one["missing"]) for one in ours(asked.json)]
    assert found == [
        ("camat", "due", "2024-09-22", 12, ["camat-diwek", "camat-gudo"]),
        ("sekda", "due", "2024-09-22", 12, ["sekda"]),
    ]
    assert "letters issue --stage kampanye --election pemilihan-2024" in asked.json["commands"]


@pytest.mark.parametrize(
    ("today", "code"), [(EARLY, 0), (DUE, 5), (LATE, 5), (OVER, 0)], ids=["early", "due", "late", "over"]
)
def test_exit_code_tells_cron_whether_there_is_something_to_do(office: Path, today: str, code: int) -> None:
    asked = run("--json", "due", *ASKED, "--stage", "kampanye", "--today", today, folder=office)
    assert (asked.code, asked.json["exit_code"]) == (code, code)


def test_letters_issued_are_done_and_those_of_a_missing_recipient_stay_late(office: Path) -> None:
    for key in ("sekda", "camat-gudo"):
        run("issue", "kampanye-kami", "--to", key, "--date", DUE, "--formats", "docx", folder=office)

    asked = run("--json", "due", *ASKED, "--today", LATE, folder=office)

    states = {one["group"]: (one["state"], one["issued"], one["missing"]) for one in ours(asked.json)}
    assert states == {"camat": ("late", 1, ["camat-diwek"]), "sekda": ("done", 1, [])}


def test_a_post_that_issue_makes_from_group_and_area_may_be_left_open(office: Path) -> None:
    (office / "recipients.csv").write_text("kode,kelompok,jabatan,wilayah\ncamat-gudo,camat,,Gudo\n", encoding="utf-8")

    asked = run("--json", "due", *ASKED, "--today", DUE, folder=office)

    assert [one["missing"] for one in ours(asked.json) if one["group"] == "camat"] == [["camat-gudo"]]


def test_a_letter_to_many_under_one_number_counts_for_each_of_them(office: Path) -> None:
    path = office / "templates" / "kampanye-kami.md"
    path.write_text(CAMPAIGN.replace("untuk =", 'nomor = "satu"\nuntuk ='), encoding="utf-8")
    issued = run("issue", "kampanye-kami", "--date", DUE, "--formats", "docx", folder=office)
    asked = run("--json", "due", *ASKED, "--today", DUE, folder=office)
    assert issued.code == 0, issued.err
    assert {one["state"] for one in ours(asked.json)} == {"done"}


def test_void_letter_is_no_letter(office: Path) -> None:
    run("issue", "kampanye-kami", "--to", "sekda", "--date", DUE, "--formats", "docx", folder=office)
    run("register", "void", "001/PM.00.02/K.JI-08/09/2024", "--reason", "keliru", folder=office)
    asked = run("--json", "due", *ASKED, "--today", DUE, folder=office)
    assert {one["group"]: one["state"] for one in ours(asked.json)}["sekda"] == "due"


def test_void_letter_is_told_with_its_number_and_the_command_that_really_makes_another(office: Path) -> None:
    run("issue", "kampanye-kami", "--date", DUE, "--formats", "docx", folder=office)
    run("register", "void", "001/PM.00.02/K.JI-08/09/2024", "--reason", "keliru", folder=office)

    asked = run("--json", "due", *ASKED, "--today", DUE, folder=office).json
    camat, sekda = sorted(ours(asked), key=lambda one: str(one["group"]))
    assert (camat["missing"], camat["issued"], sekda["state"]) == ([], 1, "done")
    assert camat["void"] == [{"key": "camat-diwek", "number": "001/PM.00.02/K.JI-08/09/2024"}]

    told = run("due", *ASKED, "--today", DUE, folder=office).out
    assert "001/PM.00.02/K.JI-08/09/2024 to camat-diwek is void" in told
    start = "To write to them anew: letters "
    (advice,) = [line.removeprefix(start) for line in told.splitlines() if line.startswith(start)]
    assert advice.endswith("--batch ulang")
    again = run("--json", *advice.split(), "--date", DUE, "--formats", "docx", folder=office)
    assert [letter["number"][:3] for letter in again.json["made"]] == ["004"]
    states = {one["state"] for one in ours(run("--json", "due", *ASKED, "--today", DUE, folder=office).json)}
    assert states == {"done"}


def test_command_for_the_stage_is_given_only_where_it_makes_something() -> None:
    def found(missing: tuple[str, ...], void: tuple[str, ...]) -> Due:
        stage = Stage(id="kampanye", election="pemilihan-2024", name="Kampanye")
        return Due("uji", "pemilihan-2024", stage, "camat", DueState.LATE, date(2024, 9, 22), missing, void, 0)

    def commands(*dues: Due) -> list[str]:
        return DueReport(dues, date(2024, 9, 24)).commands()

    assert commands(found((), ("camat-diwek",))) == []
    assert commands(found((), ("camat-diwek",)), found(("sekda",), ())) == [
        "letters issue --stage kampanye --election pemilihan-2024"
    ]


def test_stage_moved_by_the_office_moves_the_day_the_letters_are_due(office: Path) -> None:
    text = '[[elections]]\nid = "pemilihan-2024"\n[[elections.stages]]\nid = "kampanye"\nstart = 2024-10-01\n'
    (office / "tahapan.toml").write_text(text, encoding="utf-8")
    asked = run("--json", "due", *ASKED, "--today", DUE, folder=office)
    assert {one["send_by"] for one in ours(asked.json)} == {"2024-09-28"}


def test_person_is_told_what_is_late_and_the_command_that_issues_it(office: Path) -> None:
    asked = run("due", *ASKED, "--today", LATE, folder=office)
    assert "LATE\t22 September 2024 (-2)\tkampanye\tkampanye-kami\tcamat\t0/2\tcamat-diwek, camat-gudo" in asked.out
    assert "To issue them: letters issue --stage kampanye --election pemilihan-2024" in asked.out
    assert "No recipients in the table: " in asked.out


def test_what_is_far_ahead_or_over_is_shown_only_when_asked_for(office: Path) -> None:
    quiet = run("--json", "due", *ASKED, "--today", EARLY, folder=office)
    full = run("--json", "due", *ASKED, "--today", EARLY, "--all", folder=office)
    assert ours(quiet.json) == []
    assert {one["state"] for one in ours(full.json)} == {"ahead"}


@pytest.mark.parametrize(("within", "days"), [("2w", 14), ("2 minggu", 14), ("14", 14), ("14 hari", 14), ("0d", 0)])
def test_days_are_understood(office: Path, within: str, days: int) -> None:
    assert run("--json", "due", "--within", within, "--today", EARLY, folder=office).json["within"] == days


@pytest.mark.parametrize("within", ["x", "-3d", "3 bulan", "99999d", "3661"])
def test_no_number_of_days_is_wrong_usage(office: Path, within: str) -> None:
    assert run("due", f"--within={within}", folder=office).code == 2


def test_nothing_is_written_and_no_register_is_begun(office: Path) -> None:
    run("due", *ASKED, "--today", DUE, folder=office)
    assert not (office / "register.db").exists()


def test_register_that_vanished_is_not_taken_for_an_empty_one(office: Path) -> None:
    run("issue", "kampanye-kami", "--date", DUE, "--formats", "docx", folder=office)
    (office / "register.db").unlink()
    assert run("due", *ASKED, "--today", LATE, folder=office).code == 3


def test_days_to_send_by_can_be_put_into_a_calendar(office: Path) -> None:
    path = office / "surat.ics"
    run("due", *ASKED, "--today", DUE, "--ics", path, folder=office)
    text = path.read_text(encoding="utf-8")
    assert "SUMMARY:Kirim surat kampanye-kami kepada camat" in text
    assert "DTSTART;VALUE=DATE:20240922" in text


OWN_ELECTION = """
[[elections]]
id = "pemilihan-desa-hilir"
name = "Pemilihan lanjutan"
regime = "pemilihan"
polling_day = 2026-12-20

  [[elections.stages]]
  id = "kampanye"
  name = "Kampanye"
  start = 2026-12-01
  end = 2026-12-16
"""
PEOPLE = """\
kode,kelompok,jabatan,instansi,kota
bupati,bupati_walikota,Bupati Bangka,Pemerintah Kabupaten Bangka,Sungailiat
camat,camat,Camat Sungailiat,Kecamatan Sungailiat,Sungailiat
danramil,danramil,Danramil Sungailiat,Koramil Sungailiat,Sungailiat
"""


@pytest.mark.parametrize(
    ("election", "day"), [("pemilihan-ulang-2025", "2025-07-20"), ("pemilihan-desa-hilir", "2026-11-22")]
)
def test_campaign_letters_go_out_in_every_election_of_the_kind(tmp_path: Path, election: str, day: str) -> None:
    """A repeated election and one of the office's own calendar get the letters that the last one got."""
    folder = make_workspace(tmp_path / "kantor", recipients=PEOPLE)
    (folder / "tahapan.toml").write_text(OWN_ELECTION, encoding="utf-8")
    choice = ("--stage", "kampanye", "--election", election)

    asked = run("--json", "due", *choice, "--today", day, folder=folder)
    assert (asked.code, asked.json["unserved"]) == (5, [])
    assert {one["group"] for one in asked.json["dues"] if one["missing"]} == {"bupati_walikota", "camat", "danramil"}

    made = run("--json", "issue", *choice, "--date", day, "--formats", "docx", folder=folder)
    assert made.code == 0, made.err
    assert {one["key"] for one in made.json["made"]} == {"bupati", "camat", "danramil"}


@pytest.mark.parametrize("stage", ["larangan-mutasi", "larangan-program"])
def test_letters_on_a_ban_that_has_ended_are_neither_late_nor_issued(tmp_path: Path, stage: str) -> None:
    folder = make_workspace(tmp_path / "kantor", recipients=PEOPLE)
    choice = ("--stage", stage, "--election", "pemilihan-2024")

    during = run("--json", "due", *choice, "--today", "2024-12-01", folder=folder)
    after = run("--json", "due", *choice, "--today", "2025-03-01", folder=folder)
    assert {one["state"] for one in during.json["dues"]} == {"late"}
    assert (after.code, after.json["dues"], after.json["commands"]) == (0, [], [])

    refused = run("--json", "issue", *choice, "--date", "2025-03-01", folder=folder)
    assert (refused.code, refused.json["problems"][0]["code"]) == (1, "batch.stage-over")
    shown = run("--json", "stages", "--election", "pemilihan-2024", "--today", "2026-11-22", folder=folder)
    assert [one["state"] for one in shown.json["stages"] if one["id"] == stage] == ["past"]


def test_groups_that_no_template_writes_to_before_a_stage_are_named(tmp_path: Path) -> None:
    settings = SETTINGS + '\n[kalender]\ntidak_dikirim = ["imbauan/kampanye", "undangan/netralitas"]\n'
    folder = make_workspace(tmp_path / "kantor", settings=settings, recipients=PEOPLE)
    choice = ("--stage", "kampanye", "--election", "pemilihan-ulang-2025")
    later, near = (run("--json", "due", *choice, "--today", f"2025-{day}", folder=folder) for day in ("06-01", "07-20"))
    assert (later.json["unserved"], near.json["unserved"]) == (
        [],
        [
            {
                "election": "pemilihan-ulang-2025",
                "stage": "kampanye",
                "groups": ["bupati_walikota", "camat"],
            }
        ],
    )
    told = run("due", *choice, "--today", "2025-07-20", folder=folder).out
    assert "No template of this office writes to bupati_walikota, camat before the stage" in told


def test_unregulated_election_has_nothing_due(office: Path) -> None:
    asked = run("--json", "due", "--election", "pemilu-nasional-2029", "--within", "3650d", folder=office)
    assert (asked.code, ours(asked.json)) == (0, [])


def test_stage_that_no_election_has_is_told_and_not_taken_for_nothing_to_do(office: Path) -> None:
    done = run("--json", "due", "--stage", "kampanyee", folder=office)

    assert (done.code, done.json["problems"][0]["code"]) == (1, "law.unknown-stage")
