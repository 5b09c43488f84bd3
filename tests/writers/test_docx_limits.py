"""What Word cannot do of a stylesheet is said, with the line; what it can do is not complained of."""

import pytest

from letters.errors import Severity
from letters.model.document import Document, Image, List, ListItem, Numeral, Region, Scheme
from letters.writers import Look, notes
from tests.writers.sample import everything, imbauan, look, p, table, text

LETTER = Document(
    (
        Region(("kop",), (Image("logo", text("Logo")), p("Kop"))),
        Region(("isi",), (p("x"), List(Scheme(Numeral.DECIMAL), (ListItem(1, (p("y"),)),)), table(1))),
    )
)


def said(css: str) -> list[tuple[int, str]]:
    return [(note.place.line, str(note)) for note in notes(LETTER, Look(css))]


@pytest.mark.parametrize("document", [imbauan(), everything()], ids=["imbauan", "everything"])
def test_the_stylesheet_of_letters_asks_nothing_of_word_that_it_cannot_do(document):
    assert notes(document, look("KONSEP")) == []


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ("p { box-shadow: 1pt 1pt red }", "box-shadow: 1pt 1pt red"),
        ("p { background: yellow }", "background: yellow"),
        ("p { text-transform: capitalize }", "text-transform: capitalize"),
        ("p { margin: auto }", "margin: auto"),
        ("p { margin-top: -4pt }", "margin-top: -4pt"),
        ("p { float: right }", "float: right"),
        ("p { border-left: 1pt solid }", "border-left: 1pt solid"),
        ("p { display: none }", "display: none"),
        ("p { position: absolute }", "position: absolute"),
        ("p { height: 4cm }", "height: 4cm"),
        ("p { width: 50% }", "width: 50%"),
        ("p { hyphens: auto }", "hyphens: auto"),
        ("p { font-kerning: normal }", "font-kerning: normal"),
        ("p { white-space: nowrap }", "white-space: nowrap"),
        (".isi { display: flex }", "display: flex"),
        ('p::before { content: "x"; display: block }', "content:"),
        ("li::marker { color: red }", "color: red"),
        ("p::first-line { color: red }", "color: red"),
        ("p { width: calc(1cm + 2pt) }", "width: calc(1cm + 2pt)"),
    ],
)
def test_what_word_cannot_follow_is_named(css, words):
    found = said("\n\n" + css)

    assert all(line == 3 for line, _ in found)
    assert any(words in message for _, message in found)


@pytest.mark.parametrize(
    "css",
    [
        "p { hyphens: none; font-kerning: none; font-variant-ligatures: none; overflow-wrap: break-word }",
        "p { border-top: 1pt solid red; padding-top: 3pt }",
        "p { float: none; position: static; display: block }",
        ".kop { position: relative; margin-top: -10mm }",
        "img { position: absolute; left: 3mm; top: 0; height: 2cm }",
        ".kop::after { content: ''; display: block; height: 1pt; border-top: 2pt solid }",
        "li::marker { tab-size: 8mm }",
        ".isi { display: table; width: 100% } td { border: 1pt solid; vertical-align: bottom }",
        "p { break-inside: avoid; break-before: page; orphans: 2 }",
        "p { color: rgb(1, 2, 3); letter-spacing: 1pt; font-variant: small-caps }",
        "@page { size: A4; margin: 2cm; @top-right { content: counter(page) } }",
        ".nowhere { display: grid; box-shadow: 1pt 1pt red }",
    ],
)
def test_what_word_can_follow_or_nothing_asks_for_is_not_mentioned(css):
    assert said(css) == []


@pytest.mark.parametrize(
    ("css", "words"),
    [
        ("@media print { p { color: red } }", "@media"),
        ("p:: { color: red }", "p::"),
        ("@page :left { margin: 0 }", "@page :left"),
        ("@page { @left-top { content: 'x' } }", "@left-top"),
        ("@page { marks: crop }", "marks: crop"),
        ("@page :first { margin-left: 0 } @page { margin: 1cm }", "margin-left: 0"),
        ("@page { @top-left { content: url(x) } }", "content: url(x)"),
    ],
)
def test_what_is_not_understood_at_all_is_named(css, words):
    assert any(words in message for _, message in said(css))


def test_notes_are_warnings_with_file_and_line_and_come_once():
    (note,) = notes(LETTER, Look("p { color: red;\n  box-shadow: none }"))

    assert (note.severity, note.place.file, note.place.line) == (Severity.WARNING, "surat.css", 2)
    assert note.params == {"text": "box-shadow: none", "element": "p"}


def test_a_missing_picture_is_no_matter_of_the_stylesheet():
    assert notes(LETTER, Look("")) == []
