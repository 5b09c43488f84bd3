"""Which file a name means."""

from __future__ import annotations

import pickle
import sys

import pytest

from letters.merge import Templates
from tests.merge.conftest import FRONT, write_files


@pytest.fixture
def office(tmp_path):
    return tmp_path / "kantor"


@pytest.fixture
def built_in(tmp_path):
    return tmp_path / "bawaan"


def test_an_office_overrides_one_frame_and_keeps_the_rest(office, built_in):
    write_files(
        built_in,
        {
            "imbauan/kampanye.md": FRONT + '{% extends "naskah/surat.md" %}{% block isi %}Isi{% endblock %}',
            "naskah/surat.md": 'BAWAAN {% include "naskah/kaki.md" %} {% block isi %}{% endblock %}',
            "naskah/kaki.md": "kaki bawaan",
        },
    )
    before = Templates([office, built_in])
    template = before.load("imbauan/kampanye")
    assert before.merge(template, {}).text == "BAWAAN kaki bawaan Isi"
    write_files(office, {"naskah/kaki.md": "kaki kantor"})
    after = Templates([office, built_in])
    changed = after.load("imbauan/kampanye")
    assert after.merge(changed, {}).text == "BAWAAN kaki kantor Isi"
    assert changed.origin == "bawaan"
    assert changed.sha256 != template.sha256


def test_the_digest_covers_every_file_used_and_no_other(office, built_in):
    files = {
        "a.md": FRONT + '{% extends "naskah/f.md" %}{% block isi %}{% from "naskah/m.md" import k %}{% endblock %}',
        "naskah/f.md": '{% block isi %}{% endblock %}{% include "naskah/i.md" %}',
        "naskah/m.md": "{% macro k() %}k{% endmacro %}",
        "naskah/i.md": "i",
        "naskah/lain.md": "lain",
    }
    write_files(built_in, files)
    first = Templates([built_in]).load("a").sha256
    assert first == Templates([built_in]).load("a").sha256
    for name in ("a.md", "naskah/f.md", "naskah/m.md", "naskah/i.md"):
        write_files(built_in, {**files, name: files[name] + "\n"})
        assert Templates([built_in]).load("a").sha256 != first, name
    write_files(built_in, {**files, "naskah/lain.md": "berubah"})
    assert Templates([built_in]).load("a").sha256 == first


def test_the_digest_does_not_depend_on_line_ends(built_in):
    write_files(built_in, {"a.md": FRONT + "Satu\nDua\n"})
    first = Templates([built_in]).load("a").sha256
    write_files(built_in, {"a.md": (FRONT + "Satu\nDua\n").replace("\n", "\r\n")})
    assert Templates([built_in]).load("a").sha256 == first


def test_names_lists_letters_with_their_origin_and_leaves_out_frames_and_other_files(office, built_in):
    write_files(built_in, {"edaran.md": FRONT, "imbauan/kampanye.md": FRONT, "README.md": "# x", "surat.css": "p{}"})
    write_files(built_in, {"naskah/contoh.md": FRONT})
    write_files(office, {"imbauan/kampanye.md": FRONT, "undangan.md": FRONT})
    listed = Templates([office, built_in]).names()
    assert [(entry.name, entry.origin) for entry in listed] == [
        ("edaran", "bawaan"),
        ("imbauan/kampanye", "kantor"),
        ("undangan", "kantor"),
    ]
    assert listed[1].path == office / "imbauan/kampanye.md"


def test_a_folder_that_does_not_exist_is_simply_empty(office, built_in):
    write_files(built_in, {"a.md": FRONT})
    assert [entry.name for entry in Templates([office, built_in]).names()] == ["a"]


def test_a_template_may_be_named_with_its_suffix(make):
    assert make({"a.md": "x"}).load("a.md").name == "a"


def test_an_unknown_template_is_reported_with_near_names(make, problems_of):
    templates = make({"imbauan/kampanye.md": "x", "undangan.md": "x", "naskah/surat.md": "x"})
    [problem] = problems_of(templates.load, "kampanya")
    assert problem.code == "merge.unknown-template"
    assert problem.params["near"] == "imbauan/kampanye"
    [problem] = problems_of(templates.load, "imbauan/kampnye")
    assert problem.params["near"] == "imbauan/kampanye"


def test_an_unknown_template_without_near_names_says_where_was_looked(make, problems_of):
    [problem] = problems_of(make({"undangan.md": "x"}).load, "zzz")
    assert "templates" in problem.remedy.format(**problem.params)


@pytest.mark.parametrize(
    "name",
    ["../rahasia", "/etc/passwd", "..", "a/../../rahasia", "C:/x", "a\\..\\..\\x", "", ".env", "a//b", "./a", "a/\x00"],
)
def test_a_name_that_leads_elsewhere_is_unknown(make, tmp_path, problems_of, name):
    write_files(tmp_path, {"rahasia.md": FRONT})
    [problem] = problems_of(make({"a.md": "x"}).load, name)
    assert problem.code == "merge.unknown-template"


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_not_followed(make, tmp_path, problems_of):
    write_files(tmp_path, {"luar.md": FRONT + "rahasia"})
    templates = make({"a.md": "x"})
    (tmp_path / "templates" / "dalam.md").symlink_to(tmp_path / "luar.md")
    [problem] = problems_of(templates.load, "dalam")
    assert problem.code == "merge.unknown-template"


def test_missing_frames_are_all_reported_with_the_line_that_asks(make, problems_of):
    body = '{% extends "naskah/sura.md" %}\n{% block isi %}\n{% include "naskah/tidak.md" %}{% endblock %}'
    found = problems_of(make({"a.md": body, "naskah/surat.md": ""}).load, "a")
    assert [(problem.code, problem.place.line) for problem in found] == [
        ("merge.unknown-template", 5),
        ("merge.unknown-template", 7),
    ]
    assert found[0].params["near"] == "naskah/surat.md"


def test_a_file_that_is_not_utf8_is_reported_with_its_line(make, tmp_path, problems_of):
    templates = make({})
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "a.md").write_bytes(FRONT.encode() + b"Satu\nR\xe9publik\n")
    [problem] = problems_of(templates.load, "a")
    assert (problem.code, problem.place.line) == ("merge.not-utf8", 6)


@pytest.mark.parametrize("character", ["\U000f0000", "\U000ffffd", "\U00100000", "\x00", "\x1b", "\x7f", "\x0c"])
def test_placeholders_and_control_characters_in_a_template_are_refused_with_their_line(make, problems_of, character):
    [problem] = problems_of(make({"a.md": f"Satu\nDua {character}\n"}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.unprintable", 6)
    [problem] = problems_of(make({"a.md": '{% include "naskah/b.md" %}', "naskah/b.md": character}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.unprintable", 1)


def test_a_file_far_too_large_is_refused(make, problems_of):
    [problem] = problems_of(make({"a.md": "x" * 600_000}).load, "a")
    assert problem.code == "merge.template-too-large"


def test_templates_and_their_folders_cross_process_borders(make):
    templates = make({"a.md": "Kepada {{ jabatan }}"})
    template = templates.load("a")
    copy, letter = pickle.loads(pickle.dumps((templates, template)))
    assert copy.merge(letter, {"jabatan": "Camat"}) == templates.merge(template, {"jabatan": "Camat"})


def test_a_template_is_read_and_compiled_once(make, tmp_path):
    templates = make({"a.md": "satu"})
    template = templates.load("a")
    write_files(tmp_path / "templates", {"a.md": FRONT + "dua"})
    assert templates.load("a") is template
    assert templates.merge(template, {}).text == "satu"
