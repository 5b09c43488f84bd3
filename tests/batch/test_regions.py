"""Regions of an office's template that are unknown or stay open are told with file, line and what to do."""

import pytest

from letters.batch.choosing import Choice
from letters.batch.misread import unbalanced
from letters.batch.plan import Composer, draw_plan
from letters.batch.workspace import open_workspace
from letters.messages import problem_text
from letters.writers import Look, region_names
from tests.batch.offices import DAY, LETTER, plan_of
from tests.support.workspace import make_workspace

BODY = LETTER.split("1. menjaga")[0]
LINE = BODY.count("\n") + 1
"""Line of the template on which what is added to `BODY` begins."""
SIDES = {"kiri", "kanan", "sel"}


def problems_of(tmp_path, text, more=""):
    rows = {"kelompok": "camat", "wilayah": "Diwek", "jabatan": "Camat Diwek", "kota": "Diwek"}
    return plan_of(tmp_path, rows, template=BODY + text + "\n{% endblock %}\n" + more).errors


def test_an_unknown_region_is_told_with_its_line_and_the_known_ones(tmp_path):
    (problem,) = problems_of(tmp_path, "::: tengahh\nSatu.\n:::")

    assert (problem.code, problem.place.line, problem.params["name"]) == ("reader.region-unknown", LINE, "tengahh")
    assert problem.params["near"] == "tengah"
    assert {"isi", "lampiran", "kolom", "kiri", "tanda-tangan"} <= set(problem.params["known"].split(", "))
    assert "tengah" in problem_text(problem, "en").split("→")[1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("::: foo\nSatu.\n:::\n\nTeks.\n\n::: tengah foo\nDua.\n:::", [("foo", 0), ("foo", 6)]),
        ("::: foo\nSatu.\n:::\n\n::: foo-bar\nDua.\n:::", [("foo", 0), ("foo-bar", 4)]),
        ("Satu.\n\n::: {{ kelompok }}\nDua.\n:::\n\n::: Foo\nTiga.\n:::", [("…", 2), ("Foo", 6)]),
    ],
)
def test_every_wrong_name_is_told_with_its_own_line(tmp_path, text, lines):
    problems = problems_of(tmp_path, text)

    assert [(problem.params["name"], problem.place.line - LINE) for problem in problems] == lines


def test_unknown_region_of_a_piece_is_told_there(tmp_path):
    folder = tmp_path / "kantor"
    make_workspace(folder, template=BODY + '{% include "naskah/bagian.md" %}\n{% endblock %}\n')
    (folder / "templates/naskah").mkdir()
    (folder / "templates/naskah/bagian.md").write_text("Satu.\n\n::: foo\nDua.\n:::\n", encoding="utf-8")
    (problem,) = draw_plan(Composer(open_workspace(folder)), Choice(("uji",), DAY), lambda *_: None).errors

    assert problem.code == "reader.region-unknown"
    assert (problem.place.file.endswith("bagian.md"), problem.place.line) == (True, 3)


def test_a_region_that_stays_open_is_told_with_its_own_name_and_line(tmp_path):
    (problem,) = problems_of(tmp_path, "::: tengah\nSatu.")

    assert (problem.code, problem.place.line, problem.params["name"]) == ("reader.region-open", LINE, "tengah")
    assert problem.place.file.endswith("uji.md")


def test_an_end_that_closes_nothing_is_told_with_its_line(tmp_path):
    problems = problems_of(tmp_path, "Satu.\n\n:::\n\nDua.")

    assert ("reader.region-closed", LINE + 2) in [(problem.code, problem.place.line) for problem in problems]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("::: a\n::: b\n:::\n:::", []),
        ("::: a\n::: b\n:::", [(1, "a")]),
        (":::\n::: a b", [(1, ""), (2, "a b")]),
    ],
)
def test_what_lacks_its_other_end_is_found(text, found):
    assert list(unbalanced(text)) == found


def test_an_office_adds_regions_in_its_stylesheet():
    assert region_names(Look(".kotak, .isi p.kecil { margin: 0.5pt } td.right { color: red }")) == SIDES | {
        "kotak",
        "isi",
        "kecil",
    }
