"""Typst and WeasyPrint set the same letter alike: the same words on the same lines and pages, each within 1.5 pt."""

from functools import lru_cache
from pathlib import Path

import pytest

from letters.batch.choosing import Choice
from letters.batch.occasions import Wanted, served
from letters.batch.plan import Composer, make_plan
from letters.batch.workspace import built_in_templates, open_workspace
from letters.merge import Templates
from letters.model.document import Block, Document, Fields, Heading, LineBreak, Region
from letters.model.letter import Properties
from letters.writers import WRITERS, Look
from letters.writers.typst import prepare
from letters.writers.typst.emit import Emitter
from letters.writers.typst.nodes import Node
from tests.cases.test_cases import runs, wanted
from tests.support.word_boxes import differences, word_boxes
from tests.writers.paper import words
from tests.writers.sample import (
    DIGIT,
    LETTER,
    PROPERTIES,
    VALUES,
    closing,
    everything,
    imbauan,
    items,
    look,
    p,
    row,
    table,
    text,
)
from tests.writers.test_docx_agreement import CASES
from tools.contact_sheet import plan_of
from tools.specimens import ELECTIONS, OFFICES, make_office

FOOT_MARGINS = (33, 56)
"""Heights in mm of the lower margin, to have every page end somewhere else."""


def set_both_ways(
    folder: Path, document: Document, wanted: Look, values: tuple[str, ...], properties: Properties = PROPERTIES
) -> list[str]:
    """Return what differs between the two PDFs of a letter."""
    for name, form in (("pdf", WRITERS["pdf"].prepare(document, wanted)), ("typst", prepare(document, wanted))):
        (folder / name).write_bytes(form.fill(values, properties))
    return differences(word_boxes(folder / "pdf"), word_boxes(folder / "typst"))


def with_foot_margin(wanted: Look, margin: float) -> Look:
    return Look(f"{wanted.css}\n@page {{ margin-bottom: {margin}mm }}\n", wanted.assets, wanted.mark)


@pytest.mark.parametrize("case", CASES)
def test_sample_documents_are_set_alike(case, tmp_path):
    assert set_both_ways(tmp_path, *CASES[case]) == []


@pytest.mark.parametrize("margin", FOOT_MARGINS)
@pytest.mark.parametrize("make", [imbauan, everything])
def test_pages_end_alike_wherever_they_end(make, margin, tmp_path):
    assert set_both_ways(tmp_path, make(), with_foot_margin(look(), margin), VALUES) == []


# -- the real cases, then every built-in template ----------------------------------------------------------


@lru_cache
def letters_of(
    case: Path, workspace: str, template: str, day: object, wanted: Wanted
) -> tuple[Look, tuple[object, ...]]:
    """Return the look of a case and the first letter of each shape."""
    opened = open_workspace((case / workspace).resolve())
    plan = make_plan(Composer(opened), Choice((template,), day, wanted=wanted), lambda *_: None)
    return opened.look, tuple(letter for _, letter in plan.samples.values())


@pytest.mark.parametrize(("case", "run"), runs())
def test_letters_of_every_template_are_set_alike(case, run, tmp_path):
    own_look, letters = letters_of(case, run["workspace"], run["template"], run["date"], wanted(run))
    assert letters
    for letter in letters:
        assert set_both_ways(tmp_path, letter.shape.document, own_look, letter.values, letter.properties) == []


@pytest.mark.parametrize("margin", FOOT_MARGINS)
@pytest.mark.parametrize(("case", "run"), runs())
def test_letters_of_every_template_end_their_pages_alike(case, run, margin, tmp_path):
    own_look, letters = letters_of(case, run["workspace"], run["template"], run["date"], wanted(run))
    letter = letters[-1]
    own_look = with_foot_margin(own_look, margin)
    assert set_both_ways(tmp_path, letter.shape.document, own_look, letter.values, letter.properties) == []


LIBRARY = Templates([built_in_templates()])
NAMES = [listing.name for listing in LIBRARY.names()]
SENDERS = ("kabupaten", "aceh")
"""In turn, as places and names differ; `pemda` and oaths have but one office. In Gorontalo some dates stand less than a
point from the number, and poppler reads both as one word: decision 020 lists it."""


def office_of(name: str) -> str:
    """Return the specimen office that sends a built-in template in this test."""
    front = LIBRARY.load(name).front
    if "kabupaten" not in (front.senders or ("kabupaten",)):
        return "pemda"
    return "kabupaten" if "sumpah" in name else SENDERS[NAMES.index(name) % len(SENDERS)]


@pytest.fixture(scope="module")
def offices(tmp_path_factory):
    folders = {name: tmp_path_factory.mktemp(name) for name in OFFICES}
    return {name: open_workspace(make_office(folder, OFFICES[name])) for name, folder in folders.items()}


@pytest.mark.parametrize("name", NAMES)
def test_every_built_in_template_is_set_alike(offices, name, tmp_path):
    """One letter of each: the stage it serves first, the group it names last."""
    workspace = offices[office_of(name)]
    template = workspace.templates.load(name)
    occasion = next(found for found in served(workspace.calendar, template) if found.election in ("", *ELECTIONS))
    draft, letter = list(plan_of(workspace, template, occasion).samples.values())[-1]

    found = set_both_ways(tmp_path, letter.shape.document, draft.setting.look, letter.values, letter.properties)

    assert found == []


@pytest.mark.parametrize("count", range(8, 15))
def test_date_beside_a_long_number_is_moved_alike(count, tmp_path):
    """Wherever the number ends: the date stands beside it as long as it touches nothing."""
    values = (f"000/PM.00.01/K.JI-08/{'i' * count}/9", *VALUES[1:])
    assert set_both_ways(tmp_path, imbauan(), look(), values) == []


# -- what stays together ----------------------------------------------------------------------------------


def long(sentences: int) -> str:
    return " ".join(["Kalimat ini cukup panjang untuk mengisi hampir satu baris penuh di halaman."] * sentences)


def isi(*blocks: Block) -> Region:
    return Region(("isi",), blocks)


def lines(count: int) -> Region:
    """Return a paragraph of so many lines, to push what follows down the page."""
    parts = [part for number in range(count) for part in (f"baris {number}", LineBreak())]
    return isi(p(*parts[:-1]))


SIDES = Region(("kolom",), (Region(("kiri",), (p("Satu"),)), Region(("kanan",), (p("Dua"),))))
TOGETHER: dict[str, tuple[Block, ...]] = {
    "signature after a long paragraph": (isi(p(long(7))), *closing()),
    "signature after a paragraph with a value": (isi(p("{5} ", long(5))), *closing()),
    "signature after a list": (isi(p("Daftar:"), items(DIGIT, long(2), long(6))), *closing()),
    "signature after lists in lists": (isi(items(DIGIT, (p("a"), items(LETTER, long(3), long(5))))), *closing()),
    "signature after a table": (isi(p("Tabel:"), table(4)), *closing()),
    "list after a long paragraph": (isi(p(long(8), " {5}"), items(DIGIT, long(5), "b")),),
    "lists that begin with long paragraphs": (
        isi(p(long(5)), items(DIGIT, (p(long(5)), items(LETTER, long(4), "b")), "c")),
    ),
    "headings": (isi(Heading(2, text("A. Judul")), p(long(5)), Heading(3, text("Sub")), items(DIGIT, long(4))),),
    "rows and signature": (isi(Fields((row("Hari", long(2)), row("Tempat", long(1))))), *closing()),
    "columns": (isi(p(long(5))), SIDES, p("akhir")),
}


@pytest.mark.parametrize("count", [36, 38, 41])
@pytest.mark.parametrize("case", TOGETHER)
def test_what_belongs_together_is_parted_alike(case, count, tmp_path):
    assert set_both_ways(tmp_path, Document((lines(count), *TOGETHER[case])), look(), VALUES) == []


def sums_checked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have Typst compare every height that is told by its parts with that of the whole; gives the parts."""
    told, found = Emitter._height, []

    def checked(self: Emitter, node: Node) -> str:
        parts = told(self, node)
        with monkeypatch.context() as patch:
            patch.setattr(Emitter, "_sum", lambda *_: None)
            whole = told(self, node)
        found.append(parts)
        return f"{{ assert(calc.abs(({parts}) / 1pt - ({whole}) / 1pt) < 0.01); {parts} }}"

    monkeypatch.setattr(Emitter, "_height", checked)
    return found


COPIES_OF_VALUES = Region(("tembusan",), (p("Tembusan:"), items(DIGIT, "{5}", (p("{3}"), p("{4} {2}")), "{0}")))
TOLD_BY_PARTS: dict[str, tuple[Block, ...]] = {
    **{name: blocks for name, blocks in TOGETHER.items() if name.startswith("signature")},
    "copies that may be empty": (isi(p(long(4))), closing()[0], COPIES_OF_VALUES),
}
AMOUNTS = {"usual": VALUES, "empty": tuple("" for _ in VALUES), "long": tuple(f"{value} " * 9 for value in VALUES)}


@pytest.mark.parametrize("values", AMOUNTS)
@pytest.mark.parametrize("case", TOLD_BY_PARTS)
def test_a_height_told_by_its_parts_is_that_of_the_whole(case, values, monkeypatch):
    found = sums_checked(monkeypatch)
    prepare(Document(TOLD_BY_PARTS[case]), look()).fill(AMOUNTS[values], PROPERTIES)
    assert found
    assert all("height-of-lines" in parts for parts in found)


# -- values that change how lines fall ----------------------------------------------------------------------


ODD_VALUES = {
    "an empty line of the address": (3, ""),
    "an empty line within": (3, "satu\n\ndua"),
    "a long agency": (3, "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia " * 3),
    "an empty word between blanks": (5, ""),
    "blanks at both ends and within": (2, "  Camat   Bandar Kedungmulyo "),
    "signs at which lines break": (4, 'Bandar (Kedung) "Mulyo" (kota) PM.01/K.1/2-3'),
    "a long number": (0, "12345/PM.00.02/K.JI-08.123.456/09/2024-XXIV"),
    "a signatory with many titles": (6, "Dr. Hj. SITI NURHALIZAH BINTI ABDULLAH, S.H., M.H., M.Si., Ph.D."),
    "a period of many lines": (5, "25 September s.d. 23 November 2024 " * 12),
    "a signatory of many lines": (6, "SITI\nNURHALIZAH\n" * 14),
    "markup": (4, 'A*B* {{ x }} <b>"q" #let $x$ _a_ @b \\n [c]'),
}


@pytest.mark.parametrize("case", ODD_VALUES)
def test_letters_with_odd_values_are_set_alike(case, tmp_path):
    index, value = ODD_VALUES[case]
    assert set_both_ways(tmp_path, imbauan(), look(), (*VALUES[:index], value, *VALUES[index + 1 :])) == []


def test_a_signature_higher_than_a_page_is_divided_and_nothing_of_it_is_lost():
    values = (*VALUES[:6], "SITI NURHALIZAH " * 300, *VALUES[7:])

    found = words(prepare(imbauan(), look()).fill(values, PROPERTIES))

    assert sum(word.text == "SITI" for word in found) == 300
    assert len({word.page for word in found if word.text == "SITI"}) > 1


def test_comparison_finds_a_line_that_is_higher(tmp_path):
    document = imbauan()
    (tmp_path / "pdf").write_bytes(WRITERS["pdf"].prepare(document, look()).fill(VALUES, PROPERTIES))
    wider = look(more_css="html { line-height: 1.3 }")
    (tmp_path / "typst").write_bytes(prepare(document, wider).fill(VALUES, PROPERTIES))
    assert differences(word_boxes(tmp_path / "pdf"), word_boxes(tmp_path / "typst"))
