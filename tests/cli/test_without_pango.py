"""A machine on which no system library of WeasyPrint can be loaded: everything but its PDF works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.workspace import make_workspace

ROOT = Path(__file__).resolve().parents[2]
DAY = ("--date", "2024-09-24")
WITHOUT = {
    "its libraries": """
import cffi
load = cffi.FFI.dlopen
def dlopen(self, name, *rest):
    if any(word in str(name) for word in ("pango", "harfbuzz", "fontconfig", "gobject")):
        raise OSError(f"cannot load library '{name}'")
    return load(self, name, *rest)
cffi.FFI.dlopen = dlopen
""",
    "its package": "sys.modules['weasyprint'] = None",
}
WAYS_OUT = ("apt-get install libpango-1.0-0", "pip install 'letters[typst]'", 'letters.toml: [pdf] engine = "typst"')


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor")


def letters(*words: object, lacking: str = "its libraries") -> subprocess.CompletedProcess[str]:
    """Run the command in a Python that cannot load WeasyPrint."""
    code = f"import sys\n{WITHOUT[lacking]}\nfrom letters.cli import main\nmain(['--lang', 'en', *sys.argv[1:]])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    "words",
    [
        ("check", "uji", *DAY, "--formats", "docx"),
        ("check", "uji", *DAY, "--engine", "typst"),
        ("preview", "uji", *DAY, "--engine", "typst"),
        ("issue", "uji", *DAY, "--formats", "docx"),
        ("issue", "uji", *DAY, "--engine", "typst"),
    ],
    ids=" ".join,
)
def test_letters_without_weasyprint_need_none_of_its_libraries(office: Path, words: tuple[str, ...]) -> None:
    done = letters("-C", office, *words)

    assert done.returncode == 0, done.stderr
    if words[0] != "check":
        suffixes = {path.suffix for path in (office / "out").rglob("*") if path.is_file()}
        assert suffixes == ({".docx", ".pdf"} if "typst" in words else {".docx"})


def test_new_office_and_its_first_check_need_none_of_its_libraries(tmp_path: Path) -> None:
    assert letters("-C", tmp_path / "baru", "init").returncode == 0
    done = letters("-C", tmp_path / "baru", "check", "--formats", "docx")

    assert done.returncode == 1, done.stderr
    assert "Pango" not in done.stderr
    assert "letters.toml, line" in done.stderr


@pytest.mark.parametrize("lacking", WITHOUT)
@pytest.mark.parametrize("command", ["check", "issue"])
def test_weasyprint_asked_for_in_vain_names_both_ways_out(office: Path, command: str, lacking: str) -> None:
    done = letters("-C", office, command, "uji", *DAY, lacking=lacking)

    assert done.returncode == 4
    assert [way for way in WAYS_OUT if way not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert not list(office.rglob("*.docx")), "a number was used"


def test_doctor_says_once_what_is_missing_and_is_content_with_typst(office: Path) -> None:
    done = letters("-C", office, "doctor")
    assert done.returncode == 4
    assert done.stderr.count("a system library is missing") == 1
    assert [way for way in WAYS_OUT if way not in done.stderr] == []

    toml = office / "letters.toml"
    toml.write_text(toml.read_text("utf-8") + '\n[pdf]\nengine = "typst"\n', "utf-8")
    done = letters("-C", office, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
