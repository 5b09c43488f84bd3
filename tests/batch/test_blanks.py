"""A blank value is told with the column and the row to fill in, or with the name of the key that is printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.batch.choosing import Choice
from letters.batch.plan import Composer, draw_plan
from letters.batch.workspace import open_workspace
from letters.errors import Problem
from letters.messages import problem_text
from tests.batch.offices import DAY, LETTER
from tests.support.workspace import SETTINGS, make_workspace

HEAD = "kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan;catatan"
EACH = LETTER.split("Sehubungan")[0]
TOGETHER = EACH.replace("klasifikasi", 'nomor = "daftar"\nklasifikasi', 1).replace("{{ jabatan }}", "rapat")
END = "\n{% endblock %}\n"


def problems_of(
    folder: Path, template: str, rows: list[str], settings: str = SETTINGS, frame: tuple[str, str] = ("", "")
) -> list[Problem]:
    """Return what stops letters of `template` to the `rows` of a table."""
    office = make_workspace(
        folder / "kantor", template=template, recipients="\n".join([HEAD, *rows]) + "\n", settings=settings
    )
    name, text = frame
    if name:
        (office / "templates" / name).parent.mkdir(exist_ok=True)
        (office / "templates" / name).write_text(text, encoding="utf-8")
    plan = draw_plan(Composer(open_workspace(office)), Choice(("uji",), DAY), lambda *_: None)
    return [problem for problem in plan.errors if problem.code == "merge.blank-value"]


def cell(problem: Problem) -> tuple[int, str, str]:
    return problem.place.row, problem.place.column, problem.place.key


def row(key: str, agency: str = "Kecamatan", note: str = "") -> str:
    return f"{key};camat;Camat {key};;{agency};;Diwek;Saudara;{note}"


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("Kepada {{ instansi }}.", "instansi"),
        ("{% if nama %}{{ nama }}, {% endif %}{{ instansi }}", "instansi"),
        ("{% if nama %}{{ nama }}{% elif kota == 'x' %}{{ kota }}{% endif %} {{ catatan|upper }}", "catatan"),
        ("{% for orang in penerima %}{{ orang.catatan }}{% endfor %}", "catatan"),
    ],
)
def test_empty_cell_of_one_recipient_is_told_with_its_column(tmp_path, body, column):
    (problem,) = problems_of(tmp_path, EACH + body + END, [row("a", agency="")])

    assert cell(problem) == (2, column, "a")
    assert f'"{column}"' in str(problem)


def test_cell_that_is_empty_for_all_of_a_letter_to_several_does_not_differ_among_them(tmp_path):
    (problem,) = problems_of(tmp_path, TOGETHER + "Di {{ catatan }}." + END, [row("a"), row("b")])

    assert cell(problem) == (2, "catatan", "a")


def test_column_that_differs_is_told_without_those_that_are_alike(tmp_path):
    rows = [row("a", note="satu"), row("b", note="dua")]
    (problem,) = problems_of(tmp_path, TOGETHER + "{{ instansi }} {{ catatan }}" + END, rows)

    assert str(problem) == '"catatan" is printed here, and differs among the recipients of this letter.'


def test_empty_cell_of_a_list_of_recipients_is_told_with_its_row(tmp_path):
    body = "{% for orang in penerima %}\n1. {{ orang.jabatan }}: {{ orang.catatan }}\n{% endfor %}"
    (problem,) = problems_of(tmp_path, TOGETHER + body + END, [row("a", note="satu"), row("b")])

    assert cell(problem) == (3, "catatan", "b")


@pytest.mark.parametrize(
    "body",
    [
        "{{ sebutan.catatan|default('x') }} di {{ isian.tempat }}",
        "{% for orang in para_penandatangan %}{{ orang.nama }} {{ orang.catatan|default('x') }}{% endfor %}",
    ],
)
def test_part_of_another_fact_is_no_column_even_if_it_is_called_like_one(tmp_path, body):
    settings = SETTINGS + '\n[isian]\ntempat = ""\n'
    (problem,) = problems_of(tmp_path, EACH + body + END, [row("a")], settings)

    assert (problem.place.column, problem.place.line) == ("", EACH.count("\n") + 1)


@pytest.mark.parametrize("name", ["isian.acara", "penandatangan.nama"])
def test_empty_key_is_told_by_its_name(tmp_path, name):
    settings = SETTINGS + '\n[isian]\nacara = ""\n'
    (problem,) = problems_of(tmp_path, EACH + f"Acara {{{{ {name} }}}}." + END, [row("a")], settings)

    assert f"“{name}”" in problem_text(problem, "id")
    assert (Path(problem.place.file).name, problem.place.line) == ("uji.md", EACH.count("\n") + 1)


def test_column_printed_by_a_piece_that_is_called_like_the_template_is_found(tmp_path):
    include = EACH + '{% include "naskah/uji.md" %}' + END
    piece = ("naskah/uji.md", "\n" * (EACH.count("\n") + 1) + "Wilayah {{ instansi }}.\n")
    (problem,) = problems_of(tmp_path, include, [row("a", agency="")], frame=piece)

    assert cell(problem) == (2, "instansi", "a")
    assert "naskah/uji, line" in str(problem)
