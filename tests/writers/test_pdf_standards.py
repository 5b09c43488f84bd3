import re
import subprocess
from dataclasses import replace

import page
import pikepdf
import pytest

from letters.model.document import Document, Emphasis, Heading, Region, Table
from letters.writers import WRITERS
from tests.writers.paper import opened, structure
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, look, nested, p, table, text

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


@pytest.fixture(scope="module")
def files():
    made = {}
    for name, (document, style) in DOCUMENTS.items():
        made[name] = WRITERS["pdf"].prepare(document, style).fill(VALUES, PROPERTIES)
    return made


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_file_conforms_to_its_standard(files, name, profile):
    report = page.validate_pdf_bytes(files[name], profile=profile)
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("name", DOCUMENTS)
def test_file_is_sound_for_qpdf(files, name, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(files[name])
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_validator_notices_a_planted_defect(files):
    broken = files["letter"].replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>9<")
    assert not page.is_pdf_compliant_bytes(broken, profile="ua1")


def test_metadata_is_one_plain_block_that_names_both_standards(files):
    found = re.findall(rb"<rdf:RDF.*?</rdf:RDF>", files["letter"], re.DOTALL)
    assert len(found) == 1
    assert b"<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in found[0]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found[0]


def test_properties_are_in_both_places_and_escaped():
    properties = replace(PROPERTIES, title="A & <B>", author="C & D", subject="E <F>")
    data = WRITERS["pdf"].prepare(Document((p("x"),)), look()).fill((), properties)
    assert b"A &amp; &lt;B&gt;" in data
    with opened(data) as pdf:
        assert str(pdf.docinfo["/Title"]) == "A & <B>"
        assert str(pdf.docinfo["/Author"]) == "C & D"
        assert str(pdf.docinfo["/Subject"]) == "E <F>"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20240924120000Z"
        assert str(pdf.Root.Lang) == "id-ID"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "A & <B>"
            assert metadata["dc:creator"] == ["C & D"]
            assert metadata["dc:identifier"] == PROPERTIES.identifier
            assert metadata["xmp:CreateDate"] == "2024-09-24T12:00:00Z"


def test_identifier_follows_the_letter_not_its_bytes():
    form = WRITERS["pdf"].prepare(Document((p("{0}"),)), look())

    def identifiers(value, properties):
        with opened(form.fill((value,), properties)) as pdf:
            return [bytes(part) for part in pdf.trailer.ID]

    first, second = identifiers("a", PROPERTIES), identifiers("b", PROPERTIES)
    assert first[0] == second[0]
    assert first[1] != second[1]
    assert identifiers("a", replace(PROPERTIES, identifier="lain"))[0] != first[0]
    assert identifiers("a", replace(PROPERTIES, identifier=""))[0]


def test_list_items_are_label_and_body(files):
    with opened(files["every kind of node"]) as pdf:
        items = structure(pdf).all("LI")
        assert len(items) > 10
        assert {tuple(kid.role for kid in item.kids) for item in items} == {("Lbl", "LBody")}


def test_lists_stand_inside_the_items_they_belong_to(files):
    with opened(files["deep lists alone"]) as pdf:
        outer = structure(pdf).kids[0]
        depth, inner = 1, outer
        while below := [found for item in inner.kids for body in item.kids[1:] for found in body.all("L")]:
            depth, inner = depth + 1, below[0]
        assert depth == 4


def test_lists_say_how_they_count(files):
    with opened(files["every kind of node"]) as pdf:
        found = [str(tag.node.A.ListNumbering) for tag in structure(pdf).all("L")]
    assert found[:4] == ["/Decimal", "/LowerAlpha", "/Decimal", "/LowerRoman"]
    assert {"/Disc", "/UpperAlpha", "/UpperRoman"} < set(found)


def test_headings_start_at_one_and_leave_no_gap(files):
    def roles(name):
        with opened(files[name]) as pdf:
            return [tag.role for tag in walk(structure(pdf)) if re.fullmatch("H[1-6]", tag.role)]

    def walk(tag):
        yield tag
        for kid in tag.kids:
            yield from walk(kid)

    assert roles("every kind of node") == ["H1", "H2", "H3"]
    assert roles("sections without a title") == ["H1", "H2"]


def test_tables_have_head_cells_and_nothing_else_is_a_table(files):
    with opened(files["every kind of node"]) as pdf:
        tables = structure(pdf).all("Table")
        heads = [[cell.role for cell in found.all("TR")[0].kids] for found in tables]
    assert heads
    assert all(head == ["TH", "TH", "TH"] for head in heads)
    with opened(files["letter"]) as pdf:
        assert structure(pdf).all("Table") == []


def test_picture_is_a_figure_with_words(files):
    with opened(files["letter"]) as pdf:
        (figure,) = structure(pdf).all("Figure")
        assert str(figure.node.Alt) == "Logo Bawaslu"


def test_file_holds_no_script_link_or_attachment(files):
    for data in files.values():
        with opened(data) as pdf:
            keys = {str(key) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) for key in item.keys()}  # noqa: SIM118
        assert not keys & {"/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFiles", "/EF", "/OpenAction", "/AA"}


def test_only_the_letters_own_fonts_are_embedded(files):
    with opened(files["every kind of node"]) as pdf:
        fonts = {
            str(item.BaseFont).split("+", 1)[1]
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"
        }
    assert fonts
    assert all(font.startswith(("TeX-Gyre-Bonum", "Bookman-Old-Style")) for font in fonts)
