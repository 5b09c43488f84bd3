"""Hijri dates: typed ones are printed as they are, computed ones are marked for a person to confirm."""

import re
from datetime import date

import pytest
from docx import Document

from letters.l10n import hijri_date
from letters.messages import problem_text
from tests.batch.offices import LETTER, codes_of, facts_of, found_in, office_in, plan_of
from tests.support.cli import run
from tests.support.workspace import make_workspace

ROW = {"kelompok": "camat", "jabatan": "Camat"}
ON = "\n[naskah]\nhijriah = true\n"


def office(dates: str = "") -> str:
    return office_in("Kabupaten Pidie", "Aceh", ON + (f"\n[hijriah]\n{dates}\n" if dates else ""))


def test_no_hijri_date_unless_the_office_wants_it(tmp_path):
    plan = plan_of(tmp_path, ROW, office_in("Kabupaten Pidie", "Aceh"))
    assert (facts_of(plan)["hijriah"], codes_of(plan)) == ("", [])


def test_computed_date_is_printed_and_has_to_be_confirmed(tmp_path):
    plan = plan_of(tmp_path, ROW, office())
    assert facts_of(plan)["hijriah"] == "21 Rabiulawal 1446 H"
    assert codes_of(plan) == ["batch.hijri-computed"]
    assert found_in(plan)[0].params["given"] == "21 Rabiulawal 1446"


@pytest.mark.parametrize("language", ["id", "en"])
def test_line_that_is_to_be_written_can_be_written(tmp_path, language):
    [problem] = found_in(plan_of(tmp_path / "a", ROW, office()))
    line = re.search(r"toml: (.+? = \".+?\")", problem_text(problem, language))[1]
    assert codes_of(plan_of(tmp_path / "b", ROW, office(line))) == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("20 Rabiulawal 1446", "20 Rabiulawal 1446 H"),
        ("20 Rabiul Awal 1446 H", "20 Rabiul Awal 1446 H"),
        ("22 rabiulawal 1446", "22 rabiulawal 1446 H"),
    ],
)
def test_confirmed_date_goes_before_the_computed_one_and_is_not_questioned(tmp_path, typed, printed):
    plan = plan_of(tmp_path, ROW, office(f'2024-09-24 = "{typed}"'))
    assert (facts_of(plan)["hijriah"], codes_of(plan)) == (printed, [])


@pytest.mark.parametrize("typed", ["24 Rabiulawal 1446", "21 Safar 1446", "21 Rabiulawal 1445", "kemarin"])
def test_typed_date_that_cannot_be_is_told(tmp_path, typed):
    assert codes_of(plan_of(tmp_path, ROW, office(f'2024-09-24 = "{typed}"'))) == ["batch.hijri-far"]


def test_month_that_was_computed_with_29_days_may_have_had_a_thirtieth(tmp_path):
    day = date(2024, 12, 2)
    assert [hijri_date(date(2024, 12, number)) for number in (1, 2)] == [(29, 5, 1446), (1, 6, 1446)]
    assert codes_of(plan_of(tmp_path, ROW, office(f'{day} = "30 Jumadilawal 1446"'), day=day)) == []
    assert codes_of(plan_of(tmp_path / "x", ROW, office(f'{day} = "30 Jumadilakhir 1446"'), day=day)) != []


def test_date_outside_the_tables_is_not_printed(tmp_path):
    plan = plan_of(tmp_path, ROW, office(), day=date(2078, 1, 3))
    assert facts_of(plan)["hijriah"] == ""
    assert "batch.hijri-none" in codes_of(plan)


@pytest.mark.parametrize(
    ("day", "hijri"),
    [(date(2024, 3, 12), (2, 9, 1445)), (date(2024, 7, 7), (1, 1, 1446)), (date(1924, 7, 31), None)],
)
def test_conversion(day, hijri):
    assert hijri_date(day) == hijri


@pytest.mark.parametrize(("said", "printed"), [("true", "21 Rabiulawal 1446 H"), ("false", "")])
def test_template_chooses_for_its_own_letters(tmp_path, said, printed):
    template = LETTER.replace("klasifikasi", f"hijriah = {said}\nklasifikasi", 1)
    settings = office() if said == "false" else office_in("Kabupaten Pidie", "Aceh")
    plan = plan_of(tmp_path, ROW, settings, template)
    assert facts_of(plan)["hijriah"] == printed
    assert codes_of(plan) == (["batch.hijri-computed"] if printed else [])


@pytest.mark.parametrize(("typed", "code"), [("20 Rabiulawal 1446", []), ("1 Safar 1446", ["batch.hijri-far"])])
def test_date_typed_for_one_run_is_printed_and_the_next_run_is_as_before(tmp_path, typed, code):
    folder = make_workspace(tmp_path, settings=office_in("Kabupaten Pidie", "Aceh"), template=LETTER)
    run_options = ("--to", "sekda", "--date", "2024-09-24", "--formats", "docx")
    done = run("--json", "preview", "uji", *run_options, "--hijri", typed, folder=folder)

    assert done.code == 0, done.out
    assert [one["code"] for one in done.json["notices"] if "hijri" in one["code"]] == code
    (path,) = (folder / "out/konsep").rglob("*.docx")
    assert f"{typed} H" in " ".join(node.text or "" for node in Document(path).element.body.iter())

    assert run("preview", "uji", *run_options, folder=folder).code == 0
    (path,) = (folder / "out/konsep").rglob("*.docx")
    assert "1446" not in " ".join(node.text or "" for node in Document(path).element.body.iter())
