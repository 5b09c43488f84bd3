"""Typst's PDF: standards, sameness, values as data, and what is said where Typst or a font is missing."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from letters.errors import MachineError, WriteError
from letters.model.document import Document, Emphasis, Heading, Region, Table
from letters.settings import Pdf
from letters.writers import ENGINES, FORMATS, TYPST, WEASYPRINT, WRITERS, Look
from letters.writers.fonts import family_list
from letters.writers.installed import installed_family, is_missing
from letters.writers.typst.shape import shape_source
from tests.support import pdf_facts
from tests.support.pdf_rules import pdf_findings
from tests.writers.paper import opened
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, look, nested, p, table, text

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    "letter": (imbauan(), look()),
    "every kind of node": (everything(), look(mark="KONSEP")),
    "nothing": (Document(()), look()),
    "deep lists alone": (Document((nested(),)), look()),
    "long table": (Document((table(120),)), look()),
    "sections without a title": (Document((Heading(3, text("C. x")), p("y"), Heading(5, text("z")))), look()),
    "empty region and cells": (Document((Region(("isi",), ()), Table((), (), (), ()))), look()),
    "italic only": (Document((p(Emphasis(text("miring"))),)), look()),
}


def with_typst(style: Look) -> Look:
    return replace(style, engine=TYPST)


def made(document: Document, style: Look | None = None, values=VALUES, properties=PROPERTIES) -> bytes:
    return WRITERS["pdf"].prepare(document, with_typst(style or look())).fill(values, properties)


def test_engines_of_the_settings_are_those_there_are() -> None:
    assert get_args(Pdf.model_fields["engine"].annotation) == tuple(ENGINES)
    assert Pdf().engine == WEASYPRINT == Look("").engine == next(iter(ENGINES))


def test_formats_are_those_of_the_writers() -> None:
    assert FORMATS == ("docx", "pdf")
    assert {name: writer.format for name, writer in WRITERS.items()} == {name: name for name in WRITERS}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_file_is_archive_grade_and_accessible(name: str) -> None:
    empty = {"text: page 1 is empty"} if name in ("nothing", "empty region and cells") else set()
    assert set(pdf_findings(made(*DOCUMENTS[name]), title=PROPERTIES.title)) == empty


def test_file_says_of_itself_what_weasyprints_says() -> None:
    ours, other = (pdf_facts.dump(data).splitlines() for data in (made(imbauan()), weasyprint()))
    assert ours[:6] == other[:6]
    with opened(made(imbauan())) as pdf, opened(weasyprint()) as reference:
        for key in ("/Title", "/Author", "/Subject", "/CreationDate"):
            assert pdf.docinfo[key] == reference.docinfo[key]


def test_headings_become_bookmarks() -> None:
    with opened(made(everything())) as pdf, opened(weasyprint(everything())) as reference:
        assert outline(pdf) == outline(reference) != []


def outline(pdf) -> list[str]:
    with pdf.open_outline() as found:
        return [item.title for item in found.root]


def weasyprint(document: Document | None = None) -> bytes:
    return WRITERS["pdf"].prepare(document or imbauan(), look()).fill(VALUES, PROPERTIES)


SAME = """
import hashlib
from letters.writers import WRITERS
from tests.writers.sample import PROPERTIES, VALUES, everything, look
from dataclasses import replace
form = WRITERS["pdf"].prepare(everything(), replace(look(mark="KONSEP"), engine="typst"))
print(hashlib.sha256(form.fill(VALUES, PROPERTIES)).hexdigest())
"""


def test_bytes_are_the_same_in_every_process() -> None:
    commands = [[sys.executable, "-c", SAME]] * 2
    seeds = ("1", "2")
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    hashes = {
        subprocess.run(
            command, capture_output=True, text=True, check=True, env={**environment, "PYTHONHASHSEED": seed}, cwd=ROOT
        ).stdout
        for command, seed in zip(commands, seeds, strict=True)
    }
    assert len(hashes) == 1


def test_a_letter_is_the_same_whichever_was_made_before() -> None:
    form = WRITERS["pdf"].prepare(imbauan(), with_typst(look()))
    alone = form.fill(VALUES, PROPERTIES)
    form.fill([f"lain {value}" for value in VALUES], replace(PROPERTIES, title="lain"))
    assert form.fill(VALUES, PROPERTIES) == alone


def test_what_a_file_says_of_itself_is_set_below_the_text() -> None:
    """Above it, every letter's text would differ from that of the letter before, and be laid out anew."""
    source = shape_source(imbauan(), with_typst(look()), "letter.typ")
    assert source.index("context body(data)") < source.index("set document(")


def test_values_are_never_code() -> None:
    odd = [
        '#panic("x")',
        '#read("/etc/hostname")',
        "$x$ @y <z> = a",
        "\\u{41} *b* _c_ `d`",
        '#import "/a.typ"',
        "]",
        '"',
    ]
    words = " ".join(pdf_facts.page_texts(made(imbauan(), values=odd))).replace("\n", " ")
    for value in odd:
        assert value in words


def test_character_without_a_glyph_is_told() -> None:
    with pytest.raises(WriteError) as caught:
        made(Document((p("{0}"),)), values=["a\U0001f600 b\ue000"])
    assert [problem.code for problem in caught.value.problems] == ["writers.pdf-glyph"]


def test_missing_typst_is_said_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("letters.writers.typst.find_spec", lambda name: None)
    with pytest.raises(MachineError) as caught:
        made(imbauan())
    (problem,) = caught.value.problems
    assert problem.code == "writers.typst-machine"
    assert "letters[typst]" in str(problem.params["command"])


def test_both_engines_find_the_same_font() -> None:
    for family in ("Bookman Old Style", "Arial", "Times New Roman"):
        wanted = family_list(family)
        assert installed_family(wanted, TYPST) == installed_family(wanted, WEASYPRINT)
    assert is_missing("Huruf Yang Tidak Ada", TYPST)
    assert installed_family(("Huruf Yang Tidak Ada",), TYPST) == ""
