"""`letters templates copy` → an office's own version of what is built in."""

from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.workspace import make_workspace, tree


@pytest.mark.parametrize("name", ["imbauan/kampanye", "naskah/surat", "surat.css"])
def test_copied_template_is_the_one_that_counts(tmp_path: Path, name: str) -> None:
    office = make_workspace(tmp_path / "kantor")

    done = run("--json", "templates", "copy", name, folder=office)

    assert done.code == 0
    path = Path(done.json["path"])
    assert path.is_relative_to(office / "templates")
    built_in = Path(__file__).parents[2] / "templates" / path.relative_to(office / "templates")
    assert path.read_bytes() == built_in.read_bytes()


def test_copy_is_listed_as_the_offices_own(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    run("templates", "copy", "imbauan/kampanye", folder=office)

    found = run("--json", "templates", "list", folder=office).json["templates"]

    assert {one["name"]: one["origin"] for one in found}["imbauan/kampanye"] == "kantor"


def test_offices_own_version_is_never_overwritten(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    run("templates", "copy", "imbauan/kampanye", folder=office)
    before = tree(office)

    done = run("--json", "templates", "copy", "imbauan/kampanye", folder=office)

    assert (done.code, done.json["problems"][0]["code"]) == (1, "batch.own-template")
    assert tree(office) == before


@pytest.mark.parametrize("name", ["imbauan/kampanyee", "../letters", "/etc/passwd", "..", ""])
def test_name_that_is_no_built_in_file_is_refused(tmp_path: Path, name: str) -> None:
    office = make_workspace(tmp_path / "kantor")
    before = tree(office)

    done = run("--json", "templates", "copy", name, folder=office)

    assert (done.code, done.json["problems"][0]["code"]) == (1, "batch.unknown-built-in")
    assert tree(office) == before
