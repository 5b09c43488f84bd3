"""docs/jadwal.md held to the program: its commands run, its calendar loads, its exit codes are those of the program."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from letters.batch.due import EXIT_DUE
from letters.batch.stages import HEAD
from letters.cli.due import STATES
from letters.errors import LettersError, MachineError, RegisterError, UsageError
from letters.law import Calendar
from letters.messages import translate
from tests.support.cli import run

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "jadwal.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line for kind, block in BLOCKS if not kind for line in block.splitlines() if line.startswith("letters ")]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for file in ("letters.toml", "recipients.csv", "logo.png"):
        shutil.copy(ROOT / file, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) >= 9


@pytest.mark.parametrize("line", [line for line in COMMANDS if "letters issue" not in line])
def test_command_of_the_page_works(office: Path, line: str) -> None:
    arguments = shlex.split(line, comments=True)[1:]
    done = run(*arguments, folder=office)
    assert done.code in (0, EXIT_DUE), done.err
    assert all(path.read_bytes().startswith(HEAD) for path in office.glob("*.ics"))


def test_moved_stages_of_the_page_load_and_fit(tmp_path: Path) -> None:
    [text] = [block for kind, block in BLOCKS if kind == "toml" and "[[elections]]" in block]
    path = tmp_path / "tahapan.toml"
    path.write_text(text, encoding="utf-8")
    calendar = Calendar.load(path)
    assert [change.key for change in calendar.changes()] == ["end", "start"]
    assert calendar.conflicts() == []


def test_key_of_letters_toml_on_the_page_is_known() -> None:
    from letters.settings import CalendarChoice

    [text] = [block for kind, block in BLOCKS if kind == "toml" and "[kalender]" in block]
    written = tomllib.loads(text)["kalender"]
    assert CalendarChoice.model_validate(written).model_dump(by_alias=True, exclude_unset=True).keys() == written.keys()


@pytest.mark.parametrize(
    "code", [EXIT_DUE, *(kind.exit_code for kind in (LettersError, UsageError, RegisterError, MachineError))]
)
def test_exit_code_is_on_the_page(code: int) -> None:
    assert re.search(rf"^\| {code} \| \w", PAGE, re.MULTILINE)


@pytest.mark.parametrize("state", STATES.values())
def test_state_is_explained_on_the_page(state: str) -> None:
    assert f"| {translate(state, 'id')} |" in PAGE


def test_due_is_told_apart_from_every_error() -> None:
    assert EXIT_DUE not in {kind.exit_code for kind in LettersError.__subclasses__()} | {0, 1, 70, 130}
