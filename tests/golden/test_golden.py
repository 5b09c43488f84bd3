"""Golden letters: what each stage makes of a case, as text that a person can read in a diff."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.stages import stages
from tests.support.workspace import RECIPIENTS, SETTINGS, make_workspace

FOLDER = Path(__file__).resolve().parent
CASES = sorted(path.parent.name for path in FOLDER.glob("*/template.md"))
DAY = date(2024, 9, 24)


def workspace_of(case: str, folder: Path) -> Path:
    """Return the case's workspace; what the case does not say is the small office of all tests."""
    source = FOLDER / case

    def text(name: str, usual: str) -> str:
        return (source / name).read_text(encoding="utf-8") if (source / name).exists() else usual

    office = make_workspace(
        folder / "kantor",
        settings=text("letters.toml", SETTINGS),
        recipients=text("recipients.csv", RECIPIENTS),
        template=text("template.md", ""),
    )
    if "logo" in (office / "letters.toml").read_text(encoding="utf-8"):
        (office / "logo.png").write_bytes((FOLDER.parent.parent / "logo.png").read_bytes())
    return office


@pytest.mark.parametrize("case", CASES)
def test_case_is_as_it_was(case: str, tmp_path: Path, accept: bool) -> None:
    made = stages(workspace_of(case, tmp_path), "uji", DAY).files()
    made = {name: text.replace(str(tmp_path), "") for name, text in made.items()}
    if accept:
        for name, text in made.items():
            (FOLDER / case / name).write_text(text, encoding="utf-8")

    kept = {name: (FOLDER / case / name).read_text(encoding="utf-8") for name in made}
    assert made == kept
