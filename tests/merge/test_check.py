"""Every name and attribute nobody can fill in is found before anything is merged."""

from __future__ import annotations

import pytest

KNOWN = {
    "jabatan": "",
    "nomor": "",
    "kantor": {"nama": "x", "kota": "x", "kop": []},
    "tahapan": {},
    "surat": None,
    "isian": {"tempat": "Aula"},
    "dasar": [],
}


@pytest.fixture
def check(make):
    """Return a function giving code, file, line and name of each problem of the body `text` and other files."""

    def checked(text, **files):
        templates = make({"a.md": text, **{f"naskah/{name}.md": content for name, content in files.items()}})
        found = templates.check(templates.load("a"), KNOWN)
        return [(p.code, p.place.file.rpartition("/")[2], p.place.line, p.params["name"]) for p in found]

    return checked


def unknown(line, name, file="a.md"):
    return ("merge.unknown-name", file, line, name)


def part(line, name, file="a.md"):
    return ("merge.unknown-attribute", file, line, name)


def test_known_names_and_parts_are_no_problem(check):
    assert (
        check("{{ jabatan }} {{ kantor.kota }} {{ kantor['nama'] }} {{ surat.apa_saja.lagi }} {{ isian.tempat }}") == []
    )


def test_every_unknown_name_is_reported_with_its_line(check):
    text = (
        "{{ jabatn }}\n{% if hari %}\n{{ x|upper }}\n{% endif %}\n{% for d in daftar %}{{ d }}{% endfor %}{{ jabatn }}"
    )
    assert check(text) == [
        unknown(5, "jabatn"),
        unknown(6, "hari"),
        unknown(7, "x"),
        unknown(9, "daftar"),
        unknown(9, "jabatn"),
    ]


def test_an_expression_over_several_lines_is_reported_where_the_name_stands(check):
    assert check('{{ "a" ~\n   jabatn ~\n   hari }}') == [unknown(6, "jabatn"), unknown(7, "hari")]


def test_near_names_are_offered(make):
    templates = make({"a.md": "{{ jabatn }}{{ kantor.kotta }}{{ zzz }}"})
    found = templates.check(templates.load("a"), KNOWN)
    assert [p.remedy.format(**p.params) for p in found] == [
        "Did you mean: jabatan? If not, add a column with this name or write it under [isian].",
        "There is: kota.",
        "Add a column with this name to the table, or write it under [isian] and use isian.zzz.",
    ]


def test_unknown_parts_of_known_tables_are_reported(check):
    assert check("{{ kantor.koda }}\n{{ kantor['koda'] }}\n{{ tahapan.nama }}\n{{ isian.tempat.x }}") == [
        part(5, "koda"),
        part(6, "koda"),
        part(7, "nama"),
    ]


def test_a_single_value_has_no_parts(check):
    assert check("{{ jabatan.nama }}\n{{ dasar.nama }}") == [part(5, "nama"), part(6, "nama")]


def test_names_the_template_defines_itself_are_known(check):
    assert (
        check(
            "{% set a = 1 %}{{ a }}{% set b %}x{% endset %}{{ b }}"
            "{% for c in dasar %}{{ c.nama }}{{ loop.index }}{% endfor %}"
            "{% macro m(d, e=1) %}{{ d }}{{ e }}{{ a }}{{ caller() }}{% endmacro %}"
            "{% call(f) m(1) %}{{ f }}{% endcall %}{% with g = 1 %}{{ g }}{% endwith %}{{ m }}"
        )
        == []
    )


def test_names_are_unknown_outside_of_where_they_are_defined(check):
    text = (
        "{{ a }}{% set a = 1 %}\n{% for c in dasar %}{% set d = 1 %}{% endfor %}{{ c }}{{ d }}\n"
        "{% macro m(e) %}{% endmacro %}{{ e }}{{ m(1) }}\n{% with g = 1 %}{% endwith %}{{ g }}\n{{ loop.index }}"
    )
    assert check(text) == [
        unknown(5, "a"), unknown(6, "c"), unknown(6, "d"), unknown(7, "e"), unknown(8, "g"), unknown(9, "loop")
    ]  # fmt: skip


def test_names_used_only_where_they_are_there_may_be_missing(check):
    assert (
        check(
            "{{ p|default('') }}{{ isian.hari|default('besok') }}{% if q is defined %}{{ q }}{% endif %}"
            "{% if r is not defined %}x{% else %}{{ r }}{% endif %}{{ s if s is defined else '' }}"
            "{% if t is defined and t %}{{ t }}{% endif %}{% if u is undefined or u %}x{% endif %}"
            "{% if v is undefined %}x{% elif v %}{{ v }}{% else %}{{ v }}{% endif %}"
            "{% if isian.jam is defined and isian.tamu is defined %}{{ isian.jam }}{{ isian.tamu }}{% endif %}"
            "{% for d in dasar if w is defined %}{{ w }}{% endfor %}{% if not (x is undefined) %}{{ x }}{% endif %}"
        )
        == []
    )


def test_parts_of_an_empty_table_may_be_read_where_it_is_asked_for_first(check):
    """`tahapan` is empty for a letter outside the stages; what stands in `if tahapan` is never reached then."""
    assert check("{% if tahapan %}{{ tahapan.nama }}{% endif %}{{ tahapan.nama if tahapan else '' }}") == []
    assert (
        check("{% if not tahapan %}x{% else %}{{ tahapan.nama }}{% endif %}{% if tahapan and tahapan.x %}{% endif %}")
        == []
    )
    assert check("{% if tahapan %}{% else %}{{ tahapan.nama }}{% endif %}") == [part(5, "nama")]
    assert check("{% if kantor %}{{ kantor.koda }}{% endif %}") == [part(5, "koda")]


def test_a_guard_holds_only_where_it_was_asked(check):
    text = (
        "{% if q is defined %}{% else %}{{ q }}{% endif %}\n{{ q }}\n{% if r is defined or nomor %}{{ r }}{% endif %}\n"
        "{{ p.x|default('') }}\n{{ x|upper|default('') }}\n{% if isian.jam is defined %}{{ isian.tamu }}{% endif %}"
    )
    assert check(text) == [
        unknown(5, "q"), unknown(6, "q"), unknown(7, "r"), unknown(8, "p"), unknown(9, "x"),
        ("merge.office-text", "a.md", 10, "tamu")
    ]  # fmt: skip


def test_names_in_frames_partials_and_macros_are_reported_in_their_own_files(check):
    found = check(
        '{% extends "naskah/f.md" %}{% block isi %}\n{{ satu }}{% endblock %}',
        f="{% block isi %}{% endblock %}\n{{ dua }}{% include 'naskah/i.md' %}"
        "{% from 'naskah/m.md' import m with context %}{{ m() }}",
        i="\n\n{{ tiga }}",
        m="{% macro m() %}{{ empat }}{{ kantor.nama }}{% endmacro %}",
    )
    assert found == [
        unknown(6, "satu"), unknown(2, "dua", "f.md"), unknown(3, "tiga", "i.md"), unknown(1, "empat", "m.md")
    ]  # fmt: skip


def test_a_macro_imported_without_context_sees_no_facts(check):
    found = check(
        "{% from 'naskah/m.md' import m %}{{ m(nomor) }}",
        m="{% set titik = '.' %}{% macro m(x) %}{{ x }}{{ titik }}\n{{ kantor.nama }}{{ k|default('') }}{% endmacro %}",
    )
    assert found == [("merge.fact-in-sealed-file", "m.md", 2, "kantor")]


def test_a_block_that_is_replaced_asks_for_nothing(check):
    frame = "{% block isi %}{{ lama }}{% endblock %}{% block kaki %}{{ kaki }}{% endblock %}"
    replaced = "{% extends 'naskah/f.md' %}{% block isi %}baru{% endblock %}{% block kaki %}"
    assert check(replaced + "{% endblock %}", f=frame) == []
    assert check(replaced + "{{ super() }}{% endblock %}", f=frame) == [unknown(1, "kaki", "f.md")]


def test_blocks_see_what_is_set_at_the_top_but_not_loop_variables(check):
    frame = (
        "{% set atas = 1 %}{% for d in dasar %}{% block isi %}{% endblock %}{% endfor %}"
        "{% for e in dasar %}{% block lain scoped %}{{ e }}{% endblock %}{% endfor %}"
    )
    body = "{% extends 'naskah/f.md' %}{% set anak = 1 %}{% block isi %}{{ atas }}{{ anak }}\n{{ d }}{% endblock %}"
    assert check(body, f=frame) == [unknown(6, "d")]


def test_included_files_see_the_names_around_them(check):
    found = check(
        "{% for d in dasar %}{% include 'naskah/i.md' %}{% endfor %}", i="{{ d.nama }}\n{{ e }}\n{{ loop.index }}"
    )
    assert found == [unknown(2, "e", "i.md"), unknown(3, "loop", "i.md")]


def test_macros_that_are_never_called_ask_for_nothing(check):
    assert check("{% macro m() %}{{ apa }}{% endmacro %}") == []


def test_front_matter_texts_are_checked_at_their_lines(make):
    text = (
        '+++\njenis = "a"\njudul = "{{ apa }}"\nhal = "{{ kantor.nama }}"\n'
        'tembusan = ["{{ siapa }}", "{{ nomor }}"]\n+++\n'
    )
    templates = make({"a.md": text})
    found = templates.check(templates.load("a"), KNOWN)
    assert [(problem.params["name"], problem.place.line) for problem in found] == [("apa", 3), ("siapa", 5)]


def test_fields_are_the_names_read_and_not_defined(make):
    templates = make(
        {
            "a.md": "{% set a = jabatan %}{{ a }}{{ kantor.nama }}{{ b|default('') }}"
            "{% from 'naskah/m.md' import m %}{{ m() }}",
            "naskah/m.md": "{% macro m() %}{{ c|default('') }}{% endmacro %}",
        }
    )
    assert templates.fields(templates.load("a")) == {"jabatan", "kantor", "b"}


def test_what_check_accepts_merges(make):
    """The static look and the real merge agree on an ordinary letter."""
    templates = make(
        {
            "a.md": "{% extends 'naskah/f.md' %}{% set x = kantor.nama %}"
            "{% block isi %}{{ x }}{{ super() }}{{ k }}{% endblock %}",
            "naskah/f.md": "{% from 'naskah/m.md' import m with context %}{% set k = 'K' %}"
            "{% block isi %}{{ m(x) }}{% endblock %}{% for d in dasar %}{% include 'naskah/i.md' %}{% endfor %}",
            "naskah/m.md": "{% macro m(y) %}{{ y }}{{ nomor }}{% endmacro %}",
            "naskah/i.md": "{{ d.nama }}{{ x }}",
        }
    )
    template = templates.load("a")
    assert templates.check(template, KNOWN) == []
    facts = {"kantor": {"nama": "B"}, "nomor": "1", "dasar": [{"nama": "UU"}]}
    assert templates.merge(template, facts).values == ("B", "B", "1", "K", "UU", "B")
