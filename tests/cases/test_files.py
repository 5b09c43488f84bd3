"""Every shape of every case as finished files: judged by tools that know nothing of this program."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from letters.batch.choosing import Choice
from letters.batch.occasions import Wanted
from letters.batch.plan import Composer, make_plan
from letters.batch.workspace import open_workspace
from letters.writers import WRITERS
from tests.support.docx_rules import broken_rules
from tests.support.libreoffice import to_pdf
from tests.support.openxml_sdk import sdk_errors
from tests.support.pdf_rules import pdf_findings
from tests.support.word_boxes import differences, word_boxes

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Finished:
    """One letter of a shape, and the same as a draft, on the disk."""

    name: str
    kind: str
    title: str
    docx: Path
    pdf: Path
    draft_docx: Path
    draft_pdf: Path


def wanted(run: dict[str, Any]) -> Wanted:
    return Wanted(run.get("election", ""), run.get("stage", ""))


def all_shapes(folder: Path) -> Iterator[Finished]:
    """Make one letter of each shape of each case."""
    for path in sorted(HERE.glob("*/expected.toml")):
        for run in tomllib.loads(path.read_text("utf-8"))["runs"]:
            workspace = open_workspace((path.parent / run["workspace"]).resolve())
            plan = make_plan(
                Composer(workspace), Choice((run["template"],), run["date"], wanted=wanted(run)), lambda *_: None
            )
            for number, (draft, letter) in enumerate(plan.samples.values()):
                name = f"{path.parent.name}-{run['template'].replace('/', '-')}-{run['date']}-{number}"
                files = []
                for look in (workspace.look, replace(workspace.look, mark="KONSEP")):
                    for format_ in ("docx", "pdf"):
                        target = folder / f"{name}{'-konsep' if look.mark else ''}.{format_}"
                        form = WRITERS[format_].prepare(letter.shape.document, look)
                        target.write_bytes(form.fill(letter.values, letter.properties))
                        files.append(target)
                yield Finished(name, draft.setting.template.front.kind, letter.properties.title, *files)


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> list[Finished]:
    found = list(all_shapes(tmp_path_factory.mktemp("shapes")))
    assert len(found) >= 12
    return found


def test_microsofts_validator_finds_nothing(shapes: list[Finished]) -> None:
    files = [file for shape in shapes for file in (shape.docx, shape.draft_docx)]

    assert {file.name: errors for file, errors in sdk_errors(files).items() if errors} == {}


def test_package_rules_find_nothing(shapes: list[Finished]) -> None:
    files = [file for shape in shapes for file in (shape.docx, shape.draft_docx)]

    assert {file.name: broken for file in files if (broken := broken_rules(file.read_bytes()))} == {}


def test_every_pdf_is_archive_grade_and_accessible(shapes: list[Finished]) -> None:
    found = {
        file.name: findings
        for shape in shapes
        for file in (shape.pdf, shape.draft_pdf)
        if (findings := pdf_findings(file.read_bytes(), title=shape.title))
    }

    assert found == {}


def test_word_sets_every_shape_as_the_pdf_does(shapes: list[Finished], tmp_path: Path) -> None:
    """Same words, same lines, same pages, each word within 1.5 pt, as LibreOffice lays the DOCX out."""
    laid_out = to_pdf([shape.docx for shape in shapes], tmp_path)
    found = {
        shape.name: unlike
        for shape, from_docx in zip(shapes, laid_out, strict=True)
        if (unlike := differences(word_boxes(shape.pdf), word_boxes(from_docx)))
    }

    assert found == {}


def test_draft_mark_stands_on_every_page(shapes: list[Finished]) -> None:
    for shape in shapes:
        marks = [box for box in word_boxes(shape.draft_pdf) if box.text == "KONSEP"]
        pages = {box.page for box in word_boxes(shape.draft_pdf)}

        assert {box.page for box in marks} == pages
        assert not [box for box in word_boxes(shape.pdf) if box.text == "KONSEP"]
        assert footers(shape.draft_docx) == {"first": "KONSEP", "default": "KONSEP"}
        assert "KONSEP" not in footers(shape.docx).values()


def footers(path: Path) -> dict[str, str]:
    """Return the text of each kind of footer of a DOCX, as python-docx reads it."""
    section = Document(str(path)).sections[0]
    kinds = {"first": section.first_page_footer, "default": section.footer}
    return {kind: "".join(p.text for p in footer.paragraphs) for kind, footer in kinds.items()}
