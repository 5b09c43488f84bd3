"""A folder of templates made on the spot, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from letters.errors import Problem, TemplateError
from letters.merge import Merged, Templates
from letters.messages import problem_text

FRONT = '+++\njenis = "imbauan"\njudul = "Uji"\n+++\n'
"""Four lines: a body put behind it starts at line 5."""

MakeTemplates = Callable[[Mapping[str, str]], Templates]


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def make(tmp_path: Path) -> MakeTemplates:
    """Return templates over files given as path → text; files in `naskah/` stay bare, others get a front matter."""

    def made(files: Mapping[str, str]) -> Templates:
        full = {
            name: text if name.startswith("naskah/") or text.startswith("+++") else FRONT + text
            for name, text in files.items()
        }
        return Templates([write_files(tmp_path / "templates", full)])

    return made


@pytest.fixture
def merge(make: MakeTemplates) -> Callable[..., Merged]:
    """Return a function that merges the body `text` (beside other `files`) with facts."""

    def merged(text: str, facts: Mapping[str, object] | None = None, **files: str) -> Merged:
        templates = make({"surat.md": text, **{f"naskah/{name}.md": content for name, content in files.items()}})
        return templates.merge(templates.load("surat"), facts or {})

    return merged


@pytest.fixture
def problems_of() -> Callable[..., list[Problem]]:
    """Return a function that returns the problems a call raises; each can be shown to the user."""

    def found(function: Callable[..., object], *arguments: object, **keywords: object) -> list[Problem]:
        with pytest.raises(TemplateError) as caught:
            function(*arguments, **keywords)
        assert all(len(problem_text(problem, "en")) > 10 for problem in caught.value.problems)
        return list(caught.value.problems)

    return found


def filled(merged: Merged) -> str:
    """Return the text with its values put in place."""
    text = merged.text
    for index, value in enumerate(merged.values):
        text = text.replace(chr(0xF0000 + index), value)
    return text


@pytest.fixture
def fill() -> Callable[[Merged], str]:
    """Return a function that puts the values of a merged letter in place, for tests on plain words."""
    return filled
