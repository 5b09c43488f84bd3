import io
import zipfile

import docx
import pytest

from letters.writers import WRITERS
from tests.support.docx_defects import BODY, OWN, SDK
from tests.support.docx_rules import RULES, broken_rules
from tests.support.openxml_sdk import sdk_errors
from tests.support.planting import Edit, pack, sound_docx, unpack
from tests.writers.sample import PROPERTIES, VALUES, everything, imbauan, look


def planted(edit: Edit) -> bytes:
    parts = unpack(sound_docx())
    edit(parts)
    return pack(parts)


def rules_of(findings: list[str]) -> set[str]:
    return {finding.partition(":")[0] for finding in findings}


def test_sound_letter_breaks_no_rule():
    assert broken_rules(sound_docx()) == []


@pytest.mark.parametrize("document", [imbauan, everything])
def test_our_own_letter_breaks_no_rule(document):
    assert broken_rules(WRITERS["docx"].prepare(document(), look()).fill(VALUES, PROPERTIES)) == []


def test_documents_of_another_program_break_only_the_rule_of_dates():
    document = docx.Document()
    document.add_heading("x")
    document.add_table(2, 3, "Table Grid").cell(0, 0).merge(document.tables[0].cell(0, 2))
    document.add_paragraph("y", style="List Bullet")
    document.sections[0].first_page_header.paragraphs[0].text = "z"
    data = io.BytesIO()
    document.save(data)

    assert rules_of(broken_rules(data.getvalue())) == {"zip-date"}
    assert broken_rules(data.getvalue(), skip=["zip-date"]) == []


@pytest.mark.parametrize("name", OWN)
def test_own_rules_find_the_planted_defect(name):
    rule, edit = OWN[name]

    assert rule in rules_of(broken_rules(planted(edit)))


def test_every_rule_has_a_planted_defect():
    elsewhere = {"zip-date", "zip-form"}

    assert {rule for rule, _ in OWN.values()} | elsewhere == set(RULES)


def test_other_dates_are_found():
    assert rules_of(broken_rules(pack(unpack(sound_docx()), (2024, 9, 24, 12, 0, 0)))) == {"zip-date"}


@pytest.mark.parametrize("data", [b"", b"no archive", sound_docx()[:-100]], ids=["nothing", "text", "cut short"])
def test_broken_archive_is_found(data):
    assert rules_of(broken_rules(data)) == {"zip-form"}


def test_changed_bytes_in_the_archive_are_found():
    data = bytearray(sound_docx())
    data[len(data) // 2] ^= 0xFF

    assert rules_of(broken_rules(bytes(data))) == {"zip-form"}


def test_junk_before_the_archive_and_a_comment_behind_it_are_found():
    data = io.BytesIO(b"junk" + sound_docx())
    with zipfile.ZipFile(data, "a") as archive:
        archive.comment = b"x"

    assert broken_rules(data.getvalue()) == [
        "zip-form: something stands before the archive",
        "zip-form: the archive has a comment",
    ]


def test_entry_that_is_there_twice_is_found():
    data = io.BytesIO(sound_docx())
    with zipfile.ZipFile(data, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(zipfile.ZipInfo(BODY, (1980, 1, 1, 0, 0, 0)), b"<x/>")

    assert "zip-name: word/document.xml: twice in the archive" in broken_rules(data.getvalue())


def test_rule_that_does_not_exist_cannot_be_skipped():
    with pytest.raises(ValueError, match="zip-dates"):
        broken_rules(sound_docx(), skip=["zip-dates"])


@pytest.fixture(scope="module")
def sdk_findings(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sdk")
    files = {name: folder / f"{number}.docx" for number, name in enumerate(["sound", *SDK])}
    for name, path in files.items():
        path.write_bytes(sound_docx() if name == "sound" else planted(SDK[name][1]))
    found = sdk_errors(list(files.values()))
    return {name: found[path] for name, path in files.items()}


def test_sound_letter_has_no_finding_of_the_sdk(sdk_findings):
    assert sdk_findings["sound"] == []


@pytest.mark.parametrize("name", SDK)
def test_sdk_finds_the_planted_defect(sdk_findings, name):
    assert SDK[name][0] in rules_of(sdk_findings[name]), sdk_findings[name]
