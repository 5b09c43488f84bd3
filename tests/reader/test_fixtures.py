"""The dialect, case by case: `fixtures/*.md` hold title, text and expected tree, each ended by a line with a full stop.

In the text `{0}` stands for a placeholder character, `→` for a tab, `␣` for a blank that editors would remove. Problems
are expected as `problem LINE CODE`.
"""

import re
from pathlib import Path

import pytest

from letters.errors import MarkupError
from letters.reader import read_markdown
from letters.writers.text import native

FOLDER = Path(__file__).parent / "fixtures"


def cases() -> list:
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        parts = re.split(r"^\.\n", path.read_text("utf-8"), flags=re.MULTILINE)
        assert len(parts) % 3 == 1, f"{path.name}: a case is not complete"
        for title, text, expected in zip(parts[0:-1:3], parts[1::3], parts[2::3], strict=True):
            found.append(pytest.param(text, expected, id=f"{path.stem}: {title.strip()}"))
    return found


def as_typed(text: str) -> str:
    text = text.replace("→", "\t").replace("␣", " ").removesuffix("\n")
    return re.sub(r"\{(\d+)\}", lambda found: chr(0xF0000 + int(found[1])), text)


def outcome(text: str) -> str:
    try:
        return native(read_markdown(as_typed(text)))
    except MarkupError as error:
        return "".join(f"problem {problem.place.line} {problem.code}\n" for problem in error.problems)


@pytest.mark.parametrize(("text", "expected"), cases())
def test_text_reads_as_its_fixture_says(text, expected):
    assert outcome(text) == expected


def test_every_fixture_file_has_cases():
    assert {path.name for path in FOLDER.glob("*.md")} >= {"lists.md", "inlines.md", "values.md"}
    assert len(cases()) > 90
