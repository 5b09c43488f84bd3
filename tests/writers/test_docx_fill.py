"""Values in, bytes out: nothing a value says can change the letter, and the same letter is the same file."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import WriteError
from letters.model.document import Document, Image, Paragraph, Region, Strong, Text, Value
from letters.writers import WRITERS, Look
from letters.writers.docx.fill import archive, pack, run_of
from tests.support.docx_rules import broken_rules
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, logo, look, p, text
from tests.writers.word import OFFICE, Docx, write

FORM = WRITERS["docx"].prepare(Document((p("a {0} b"),)), Look(OFFICE))
CLEAN = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)


@pytest.mark.parametrize(
    "value",
    [
        "CV Maju & Sejahtera", "<w:t>x</w:t>", "A*B*", "1. X", "{{ x }}", "]]>", '"', "'", "&amp;",
        "\U000f0000\U00100001", "  dua  ", "𝔘𝔫𝔦 ﷽ é",
    ],
)  # fmt: skip
def test_values_are_printed_as_they_stand(value):
    docx = Docx(FORM.fill((value,), PROPERTIES))

    assert docx.paragraphs()[0].text == f"a {value} b"
    assert len(docx.find("//w:body/*")) == 2


@given(CLEAN)
def test_any_text_comes_out_as_it_went_in(value):
    assert Docx(FORM.fill((value,), PROPERTIES)).paragraphs()[0].text == f"a {value} b"


def test_line_feeds_and_tabs_in_values_stay_in_their_run_and_its_look():
    docx = write(Paragraph((Text("x "), Strong((Value(0),)))), values=("satu\ndua\r\ntiga\rempat\tlima",))

    assert docx.paragraphs()[0].text == "x satu\ndua\ntiga\nempat\tlima"
    (run,) = docx.find("//w:r[w:rPr/w:b]")
    assert [node.tag.split("}")[1] for node in run] == ["rPr", "t", "br", "t", "br", "t", "br", "t", "tab", "t"]


def test_values_in_header_and_alternative_text_are_filled_too():
    kop = Region(("kop",), (Image("logo", text("Lambang {0}")), p("{1}")))
    docx = write(kop, p("{1}"), values=('A "x" <&>\ny', "B & C"))
    header = docx.header("first")

    assert docx.find("//wp:docPr/@descr", header) == ['Lambang A "x" <&> y']
    assert docx.paragraphs(header)[0].text == "B & C"
    assert docx.paragraphs()[0].text == "B & C"


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_xml_cannot_hold_are_refused_and_named(character):
    with pytest.raises(WriteError) as caught:
        FORM.fill((f"Jo{character}mbang",), PROPERTIES)

    (problem,) = caught.value.problems
    assert problem.params["character"] == f"U+{ord(character):04X}"
    assert problem.params["text"] == f"Jo‹U+{ord(character):04X}›mbang"
    str(problem).encode()


def test_all_bad_values_are_named_in_one_pass():
    form = WRITERS["docx"].prepare(Document((p("{0}{1}{2}"),)), Look(OFFICE))

    with pytest.raises(WriteError) as caught:
        form.fill(("a\x00", "b", "c\x01"), PROPERTIES)

    assert len(caught.value.problems) == 2


def test_bad_characters_in_the_properties_are_refused():
    with pytest.raises(WriteError):
        FORM.fill(("x",), replace(PROPERTIES, title="a\x00"))


@pytest.mark.parametrize("character", ["\x00", "\U000f0000", "\U00100000"])
def test_words_of_the_template_that_no_docx_can_hold_are_refused_before_the_first_letter(character):
    with pytest.raises(WriteError) as caught:
        WRITERS["docx"].prepare(Document((Paragraph((Text(f"a{character}"), Text(f"{character}b"))),)), Look(OFFICE))

    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("assets", [{}, {"logo": b"GIF89a"}])
def test_missing_and_unusable_pictures_are_refused(assets):
    with pytest.raises(WriteError):
        WRITERS["docx"].prepare(Document((Image("logo", ()),)), Look(OFFICE, assets))


# -- sameness -------------------------------------------------------------------------------------------

PRINT_HASHES = """
import hashlib
from letters.writers import WRITERS
from tests.writers.sample import PROPERTIES, VALUES, everything, look
print(hashlib.sha256(WRITERS["docx"].prepare(everything(), look("KONSEP")).fill(VALUES, PROPERTIES)).hexdigest())
"""


def test_the_same_letter_is_the_same_file_in_every_process():
    seeds = ("0", "1", "4711")
    runs = [
        subprocess.run(
            [sys.executable, "-c", PRINT_HASHES],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in zip(seeds, ("UTC", "Asia/Jakarta", "America/Lima"), strict=True)
    ]

    assert len(set(runs)) == 1


def test_one_form_fills_many_letters_in_any_order():
    form = WRITERS["docx"].prepare(imbauan(), look())
    batch = [tuple(f"{value} {number}" for value in VALUES) for number in range(3)]
    forward = [form.fill(values, PROPERTIES) for values in batch]
    backward = [form.fill(values, PROPERTIES) for values in reversed(batch)]

    assert forward == backward[::-1]
    assert len(set(forward)) == 3


def test_letters_of_one_shape_differ_only_where_they_should():
    form = WRITERS["docx"].prepare(imbauan(), look())
    other = tuple(value.upper() for value in VALUES)
    one, two = (Docx(form.fill(values, PROPERTIES)).members for values in (VALUES, other))

    assert [name for name in one if one[name] != two[name]] == ["word/document.xml"]


# -- the archive ----------------------------------------------------------------------------------------


def test_archive_is_whole_dated_1980_and_smaller_than_its_content():
    data = WRITERS["docx"].prepare(everything(), look()).fill(VALUES, PROPERTIES)
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert found.namelist()[0] == "[Content_Types].xml"
        assert sum(info.file_size for info in found.infolist()) > len(data)


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8})?\.xml", fullmatch=True), st.binary(max_size=200), max_size=5
    ),
    st.integers(0, 5),
)
def test_what_is_packed_is_what_comes_out(members, prepared):
    packed = [pack(name, content) for name, content in members.items()]
    data = archive(run_of(packed[:prepared]), packed[prepared:])

    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert {name: found.read(name) for name in found.namelist()} == members


def test_pictures_that_do_not_shrink_are_stored():
    noise = bytes((number * number * 7919 >> 5) % 256 for number in range(64))

    with zipfile.ZipFile(io.BytesIO(archive(run_of([pack("a", noise)]), [pack("b", b"a" * 64)]))) as found:
        assert [info.compress_type for info in found.infolist()] == [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]


def test_a_letterhead_is_that_of_its_letter_whatever_the_letter_before_had():
    form = WRITERS["docx"].prepare(Document((Region(("kop",), (p("{0}"),)), p("{1}"))), Look(OFFICE))

    for head, words in (("A", "x"), ("A", "y"), ("B", "y"), ("A", "y")):
        docx = Docx(form.fill((head, words), PROPERTIES))
        assert docx.paragraphs(docx.header("first"))[0].text == head
        assert docx.paragraphs()[0].text == words


# -- properties -----------------------------------------------------------------------------------------


def test_a_letter_says_about_itself_what_it_was_told():
    core = Docx(FORM.fill(("x",), replace(PROPERTIES, title="A & B", created=datetime(2024, 9, 24, 12)))).part(
        "docProps/core.xml"
    )
    said = {node.tag.split("}")[1]: node.text for node in core}

    assert said == {
        "title": "A & B",
        "subject": PROPERTIES.subject,
        "creator": PROPERTIES.author,
        "identifier": PROPERTIES.identifier,
        "language": "id-ID",
        "lastModifiedBy": PROPERTIES.author,
        "created": "2024-09-24T12:00:00Z",
        "modified": "2024-09-24T12:00:00Z",
    }


def test_nothing_of_python_docx_or_unused_is_left():
    members = Docx(WRITERS["docx"].prepare(imbauan(), look()).fill(VALUES, PROPERTIES)).members

    assert not any(b"python-docx" in content for content in members.values())
    assert not any(
        word in name for name in members for word in ("customXml", "thumbnail", "Effects", "theme", "webSettings")
    )
    assert broken_rules(archive(run_of(pack(name, content) for name, content in members.items()), [])) == []
    assert logo() in members.values()
