"""For which stage of which election a template's letters are made: named, the office's own, or asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.batch.choosing import Choice
from letters.batch.occasions import Occasion, Wanted, occasions, served, templates_of_stage
from letters.batch.plan import Composer, draw_plan
from letters.batch.workspace import Workspace, open_workspace
from letters.errors import LawError, SettingsError, UsageError
from tests.support.workspace import SETTINGS, TEMPLATE, make_workspace

KALENDER = '\n[kalender]\npemilihan = "pemilihan-2024"\n'


def front(pemilihan: str = "", tahapan: str = "", level: str = "") -> str:
    lines = [f"{key} = {value}\n" for key, value in (("pemilihan", pemilihan), ("tahapan", tahapan)) if value]
    return TEMPLATE.replace("klasifikasi", "".join(lines) + level + "klasifikasi", 1)


def office(folder: Path, settings: str = SETTINGS, **templates: str) -> Workspace:
    make_workspace(folder, settings=settings)
    (folder / "templates" / "uji.md").unlink()
    for name, text in templates.items():
        (folder / "templates" / f"{name}.md").write_text(text, encoding="utf-8")
    return open_workspace(folder)


@pytest.mark.parametrize(
    ("pemilihan", "tahapan", "found"),
    [
        pytest.param("", "", [("", "")], id="outside elections"),
        pytest.param('"pemilihan-2024"', "", [("pemilihan-2024", "")], id="election without stage"),
        pytest.param('"pemilihan-2024"', '"kampanye"', [("pemilihan-2024", "kampanye")], id="one stage"),
        pytest.param(
            '"pemilihan-2024"',
            '["masa-tenang", "kampanye"]',
            [("pemilihan-2024", "kampanye"), ("pemilihan-2024", "masa-tenang")],
            id="several stages, in the order of the calendar",
        ),
        pytest.param(
            '["pemilu-2024", "pemilihan-2024"]',
            '["rekapitulasi", "hitung-rekap"]',
            [("pemilu-2024", "rekapitulasi"), ("pemilihan-2024", "hitung-rekap")],
            id="stages that only one of the elections has",
        ),
        pytest.param(
            '"pemilihan"',
            '"kampanye"',
            [("pemilihan-2024", "kampanye"), ("pemilihan-ulang-2025", "kampanye")],
            id="every election of a kind",
        ),
        pytest.param("", '"pdpb"', [("nontahapan", "pdpb")], id="stage alone means any election that has it"),
    ],
)
def test_template_serves_what_its_front_matter_names(
    tmp_path: Path, pemilihan: str, tahapan: str, found: list[tuple[str, str]]
) -> None:
    opened = office(tmp_path, a=front(pemilihan, tahapan))
    assert [(one.election, one.stage) for one in served(opened.calendar, opened.templates.load("a"))] == found


def test_stage_that_none_of_the_elections_has_is_refused_with_a_near_name(tmp_path: Path) -> None:
    opened = office(tmp_path, a=front('["pemilu", "pemilihan"]', '["kampanye", "masa-tennang"]'))
    with pytest.raises(LawError) as error:
        served(opened.calendar, opened.templates.load("a"))
    assert error.value.problems[0].params["near"] == "masa-tenang"


def test_election_of_letters_toml_decides_where_a_template_is_for_several(tmp_path: Path) -> None:
    opened = office(tmp_path, SETTINGS + KALENDER, a=front('["pemilu", "pemilihan"]', '"kampanye"'))
    template = opened.templates.load("a")
    assert occasions(opened, template, Wanted()) == (Occasion("pemilihan-2024", "kampanye"),)
    assert occasions(opened, template, Wanted("pemilu-2024")) == (Occasion("pemilu-2024", "kampanye"),)


def test_election_that_nothing_decides_is_asked_for(tmp_path: Path) -> None:
    opened = office(tmp_path, a=front('["pemilu-2024", "pemilihan-2024"]', '"kampanye"'))
    with pytest.raises(UsageError, match="several elections: pemilu-2024, pemilihan-2024"):
        occasions(opened, opened.templates.load("a"), Wanted())


def test_stage_of_several_is_asked_for_unless_every_one_is_wanted(tmp_path: Path) -> None:
    opened = office(tmp_path, a=front('"pemilihan-2024"', '["kampanye", "masa-tenang"]'))
    template = opened.templates.load("a")
    with pytest.raises(UsageError, match="several stages: kampanye, masa-tenang"):
        occasions(opened, template, Wanted())
    assert len(occasions(opened, template, Wanted(every=True))) == 2
    assert occasions(opened, template, Wanted(stage="masa-tenang")) == (Occasion("pemilihan-2024", "masa-tenang"),)
    assert occasions(opened, template, Wanted(stage="pelantikan")) == ()


def test_letters_of_a_stage_are_those_of_its_election_and_of_this_kind_of_office(tmp_path: Path) -> None:
    opened = office(
        tmp_path,
        SETTINGS + KALENDER,
        a=front('"pemilihan-2024"', '"kampanye"'),
        b=front('"pemilu-2024"', '"kampanye"'),
        c=front('"pemilihan"', '["kampanye", "masa-tenang"]'),
        d=front('"pemilihan-2024"', '"masa-tenang"'),
        e=front('"pemilihan-2024"', '"kampanye"', 'pengirim = ["pemda"]\n'),
    )
    names, wanted = templates_of_stage(opened, Wanted(stage="kampanye"))
    assert {"a", "c"} == {name for name in names if "/" not in name}
    assert wanted == Wanted("pemilihan-2024", "kampanye")


def test_named_template_of_another_kind_of_office_is_refused(tmp_path: Path) -> None:
    opened = office(tmp_path, SETTINGS + KALENDER, a=front('"pemilihan-2024"', '"kampanye"', 'pengirim = ["pemda"]\n'))
    plan = draw_plan(Composer(opened), Choice(("a",), date(2024, 9, 25)), lambda *_: None)
    assert [problem.code for problem in plan.errors] == ["batch.other-sender"]
    assert "pengirim = pemda" in str(plan.errors[0])
    assert not plan.batches


def test_unknown_stage_is_refused_with_a_near_name(tmp_path: Path) -> None:
    opened = office(tmp_path, SETTINGS + KALENDER, a=front('"pemilihan-2024"', '"kampanye"'))
    with pytest.raises(LawError) as error:
        templates_of_stage(opened, Wanted(stage="kampane"))
    assert error.value.problems[0].params["near"] == "kampanye"


def test_stage_without_templates_is_refused(tmp_path: Path) -> None:
    opened = office(tmp_path, SETTINGS + KALENDER, a=front('"pemilihan-2024"', '"kampanye"'))
    with pytest.raises(UsageError, match="no template of this office"):
        templates_of_stage(opened, Wanted("pemilihan-2024", "undian"))


def test_template_the_office_does_not_send_belongs_to_no_stage(tmp_path: Path) -> None:
    settings = SETTINGS + KALENDER + 'tidak_dikirim = ["a"]\n'
    campaign = front('"pemilihan-2024"', '"kampanye"')
    opened = office(tmp_path, settings, a=campaign, b=campaign)
    names, _wanted = templates_of_stage(opened, Wanted(stage="kampanye"))
    assert {"b"} == {name for name in names if "/" not in name}


def test_template_that_is_not_there_cannot_be_left_out(tmp_path: Path) -> None:
    opened = office(tmp_path, SETTINGS + KALENDER + 'tidak_dikirim = ["apell"]\n', apel=front())
    with pytest.raises(SettingsError) as error:
        templates_of_stage(opened, Wanted(stage="kampanye"))
    assert error.value.problems[0].params["near"] == "apel"
