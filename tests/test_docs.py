"""Documents held to the program: what the READMEs tell a newcomer to type works, and nothing is left out."""

import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from letters.merge.filters import FILTERS
from letters.merge.front_matter import FrontMatter
from letters.register import Pattern
from letters.settings import Office, Paper, Series, Settings, Signatory, read_settings
from tests.support.cli import run

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.id.md")
SETTINGS_DOC = (ROOT / "docs" / "letters-toml.md").read_text(encoding="utf-8")
TEMPLATES_DOC = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")


def shown_commands(name: str) -> list[list[str]]:
    """Return the `letters` commands a README shows, without their comments."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.findall(r"^\.venv/bin/letters (.*)$", text, re.MULTILINE)
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("name", READMES)
def test_commands_of_the_readme_work_one_after_the_other(name: str, tmp_path: Path) -> None:
    office = tmp_path / "clone"
    office.mkdir()
    for file in ("letters.toml", "recipients.csv", "logo.png"):
        shutil.copy(ROOT / file, office)
    shown = shown_commands(name)
    run("issue", "imbauan/kampanye", "--date", "2024-09-24", "--to", "sekda", "--formats", "docx", folder=office)

    done = [run(*command, folder=office) for command in shown]

    assert len(shown) == 5
    assert [
        (command, result.code, result.err) for command, result in zip(shown, done, strict=True) if result.code
    ] == []


def test_both_readmes_show_the_same_commands() -> None:
    assert shown_commands(READMES[0]) == shown_commands(READMES[1])


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md", "docs/map.md"])
def test_files_a_document_points_to_are_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)

    assert [target for target in targets if not ((ROOT / name).parent / target).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_ratios_a_readme_quotes_are_those_that_were_measured(name: str) -> None:
    """After `make bench` the READMEs are to say what benchmarks/RESULTS.md says."""
    text = (ROOT / name).read_text(encoding="utf-8")
    quoted = [ratio.replace(",", ".") for ratio in re.findall(r"\*\*([\d.,]+)\*\*", text)]  # Indonesian: 1,88
    measured = re.findall(r"\*\*([\d.]+)\*\* \(", (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8"))

    assert len(quoted) == 4
    assert [ratio for ratio in quoted if ratio not in measured] == []


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_every_filter_is_documented(name: str) -> None:
    assert f"`{name}`" in TEMPLATES_DOC or f"|{name}" in TEMPLATES_DOC


@pytest.mark.parametrize("key", sorted(str(field.alias) for field in FrontMatter.model_fields.values()))
def test_every_key_of_the_front_matter_is_documented(key: str) -> None:
    assert f"`{key}`" in TEMPLATES_DOC or f"[{key}]" in TEMPLATES_DOC


def test_example_of_the_settings_page_can_be_read_and_names_every_key(tmp_path: Path) -> None:
    example = SETTINGS_DOC.split("```toml\n")[1].split("```")[0]
    (tmp_path / "letters.toml").write_text(example, encoding="utf-8")

    assert read_settings(tmp_path / "letters.toml").office.city == "Jombang"
    for model in (Office, Signatory, Series, Paper):
        keys = {str(field.alias or name) for name, field in model.model_fields.items()}
        assert {key for key in keys if f"\n{key} = " not in example} == set()
    tables = {str(field.alias or name) for name, field in Settings.model_fields.items()}
    assert {table for table in tables if f"\n[{table}" not in "\n" + example} == set()


@pytest.mark.parametrize(("field", "shown"), re.findall(r"^\| `(\{[^`]+)` \| `([^`]+)`", SETTINGS_DOC, re.MULTILINE))
def test_every_part_of_a_number_pattern_prints_what_is_shown(field: str, shown: str) -> None:
    parts = {"klasifikasi": "PM.00.02", "kode": "K.JI-08"}
    pattern = Pattern.parse(field if "{urut" in field else f"{{urut}} {field}")

    assert pattern.format(7, date(2024, 9, 24), parts).removeprefix("7 ") == shown
