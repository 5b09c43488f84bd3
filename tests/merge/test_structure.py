"""Files, blocks and macros that do not fit together, or never end, are found before anything is merged."""

from __future__ import annotations

import pytest


def codes(found):
    return [(problem.code, problem.place.file.rpartition("/")[2], problem.place.line) for problem in found]


# -- what never ends ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": "{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}"},
        {"a.md": "{% macro m() %}\n{{ n() }}{% endmacro %}{% macro n() %}{{ m() }}{% endmacro %}{{ n() }}"},
        {"a.md": "{% macro m() %}\n{% call m() %}x{% endcall %}{% endmacro %}{{ m() }}"},
        {
            "a.md": "{% macro w() %}{{ caller() }}{% endmacro %}"
            "{% macro m() %}\n{% call w() %}{{ m() }}{% endcall %}{% endmacro %}{{ m() }}"
        },
        {"a.md": "{% macro m(x=m2()) %}{% endmacro %}\n{% macro m2() %}{{ m() }}{% endmacro %}{{ m() }}"},
        {"a.md": "{% include 'a.md' %}"},
        {
            "a.md": "{% include 'naskah/i.md' %}",
            "naskah/i.md": "{% if x %}{% include 'naskah/j.md' %}{% endif %}",
            "naskah/j.md": "{% include 'naskah/i.md' %}",
        },
        {"a.md": "{% extends 'a.md' %}"},
        {
            "a.md": "{% extends 'naskah/i.md' %}",
            "naskah/i.md": "{% extends 'naskah/j.md' %}",
            "naskah/j.md": "{% extends 'naskah/i.md' %}",
        },
        {
            "a.md": "{% extends 'naskah/i.md' %}{% block b %}{% include 'a.md' %}{% endblock %}",
            "naskah/i.md": "{% block b %}{% endblock %}",
        },
        {
            "a.md": "{% extends 'naskah/i.md' %}{% block b %}{% block a %}{{ super() }}{% endblock %}{% endblock %}",
            "naskah/i.md": "{% block a %}{% block b %}{% endblock %}{% endblock %}",
        },
        {
            "a.md": "{% from 'naskah/m.md' import m %}{{ m() }}",
            "naskah/m.md": "{% from 'naskah/n.md' import n %}{% macro m() %}{{ n() }}{% endmacro %}",
            "naskah/n.md": "{% import 'naskah/m.md' as z %}{% macro n() %}{{ z.m() }}{% endmacro %}",
        },
    ],
)
def test_what_leads_back_to_itself_is_refused(make, problems_of, files):
    found = problems_of(make(files).load, "a")
    assert {problem.code for problem in found} == {"merge.endless"}
    assert all(problem.place.line for problem in found)


def test_a_macro_that_calls_itself_but_is_never_called_does_no_harm(merge):
    assert merge("{% macro m() %}{{ m() }}{% endmacro %}x").text == "x"


def test_the_way_round_is_told(make, problems_of):
    text = "{% macro m() %}{{ n() }}{% endmacro %}{% macro n() %}{{ m() }}{% endmacro %}{{ m() }}"
    [problem] = problems_of(make({"a.md": text}).load, "a")
    assert problem.params["path"] == "m → n → m"


def test_calls_nested_in_each_other_are_no_recursion(merge):
    text = "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(m(m('a'))) }}{% macro w() %}({{ caller() }}){% endmacro %}"
    nested = "{% call w() %}{% call w() %}x{% endcall %}{% endcall %}"
    assert merge(text + nested).text == "[[[\U000f0000]]]((x))"


# -- blocks -------------------------------------------------------------------------------------------


def test_a_block_the_frame_does_not_have_is_refused_because_it_would_be_lost(make, problems_of):
    templates = make(
        {
            "a.md": "{% extends 'naskah/f.md' %}\n{% block isii %}hilang{% endblock %}",
            "naskah/f.md": "{% block isi %}{% endblock %}{% block kaki %}{% endblock %}",
        }
    )
    [problem] = problems_of(templates.load, "a")
    assert codes([problem]) == [("merge.unknown-block", "a.md", 6)]
    assert problem.params["known"] == "isi"


def test_a_block_inside_a_replaced_block_is_refused_because_it_would_be_lost(make, problems_of):
    templates = make(
        {
            "a.md": "{% extends 'naskah/f.md' %}{% block luar %}x{% endblock %}\n{% block dalam %}hilang{% endblock %}",
            "naskah/f.md": "{% block luar %}{% block dalam %}{% endblock %}{% endblock %}",
        }
    )
    assert codes(problems_of(templates.load, "a")) == [("merge.unknown-block", "a.md", 6)]


def test_a_frame_may_replace_a_block_without_the_template_noticing(make):
    templates = make(
        {
            "a.md": "{% extends 'naskah/t.md' %}{% block isi %}a{% endblock %}",
            "naskah/t.md": "{% extends 'naskah/f.md' %}{% block kaki %}t{% endblock %}{% block isi %}t{% endblock %}",
            "naskah/f.md": "{% block isi %}f{% endblock %}{% block kaki %}f{% endblock %}",
        }
    )
    assert templates.merge(templates.load("a"), {}).text == "at"


@pytest.mark.parametrize(
    "lost",
    ["Kalimat", "{{ x }}", "{% if x %}a{% endif %}", "{% include 'naskah/f.md' %}", "{% for i in x %}{% endfor %}"],
)
def test_text_outside_of_blocks_is_refused_because_the_frame_would_not_print_it(make, problems_of, lost):
    body = "{% extends 'naskah/f.md' %}\n" + lost + "\n{% block isi %}{% endblock %}"
    templates = make({"a.md": body, "naskah/f.md": "{% block isi %}{% endblock %}"})
    assert codes(problems_of(templates.load, "a")) == [("merge.text-outside-block", "a.md", 6)]


def test_sets_imports_and_macros_may_stand_outside_of_blocks(make):
    templates = make(
        {
            "a.md": "{% extends 'naskah/f.md' %}\n{# catatan #}\n{% set a = 'A' %}{% set b %}B{{ x }}{% endset %}\n"
            "{% from 'naskah/m.md' import k %}{% macro j() %}J{{ a }}{% endmacro %}"
            "{% block isi %}{{ a }}{{ b }}{{ k() }}{{ j() }}{% endblock %}\n",
            "naskah/f.md": "{% block isi %}{% endblock %}{{ a }}",
            "naskah/m.md": "{% macro k() %}K{% endmacro %}",
        }
    )
    merged = templates.merge(templates.load("a"), {"x": "X"})
    assert merged.values == ("X", "A", "A", "A")
    assert merged.text == "\U000f0001B\U000f0000KJ\U000f0002\U000f0003"


def test_a_required_block_must_be_there(make, problems_of):
    frame = "{% block isi required %}{% endblock %}"
    templates = make({"a.md": "\n{% extends 'naskah/f.md' %}", "naskah/f.md": frame})
    assert codes(problems_of(templates.load, "a")) == [("merge.block-missing", "a.md", 6)]


def test_super_needs_something_above_it(make, problems_of):
    templates = make({"a.md": "{% block b %}\n{{ super() }}{% endblock %}"})
    assert codes(problems_of(templates.load, "a")) == [("merge.no-super", "a.md", 6)]


# -- macros -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("call", ["m()", "m(1, 2, 3)", "m(1, c=2)", "m(1, a=2)", "m(b=1)"])
def test_a_macro_called_with_other_arguments_is_refused(make, problems_of, call):
    templates = make({"a.md": "{% macro m(a, b=1) %}{% endmacro %}\n{{ " + call + " }}"})
    assert codes(problems_of(templates.load, "a")) == [("merge.macro-arguments", "a.md", 6)]


def test_a_macro_the_imported_file_does_not_have_is_refused(make, problems_of):
    macros = "{% macro kop() %}{% endmacro %}"
    templates = make({"a.md": "{% from 'naskah/m.md' import kap %}\n{{ kap() }}", "naskah/m.md": macros})
    assert ("merge.unknown-macro", "a.md", 5) in codes(problems_of(templates.load, "a"))
    templates = make({"b.md": "{% import 'naskah/m.md' as m %}\n{{ m.kap() }}"})
    assert codes(problems_of(templates.load, "b")) == [("merge.unknown-macro", "b.md", 6)]


@pytest.mark.parametrize(
    "line",
    [
        "Teks",
        "{{ x }}",
        "{% set s %}{{ x }}{% endset %}",
        "{% set s = x %}",
        "{% set s = k() %}",
        "{% if x %}{% endif %}",
    ],
)
def test_an_imported_file_holds_macros_only_because_the_rest_would_stay_from_the_first_letter(make, problems_of, line):
    macros = "{% macro k() %}{% endmacro %}\n" + line
    templates = make({"a.md": "{% from 'naskah/m.md' import k %}", "naskah/m.md": macros})
    assert codes(problems_of(templates.load, "a")) == [("merge.not-only-macros", "m.md", 2)]


def test_problems_of_several_files_come_together(make, problems_of):
    templates = make(
        {
            "a.md": "{% extends 'naskah/f.md' %}\n{{ 1 + 1 }}",
            "naskah/f.md": "{% include 'naskah/i.md' %}\n{% if %}",
            "naskah/i.md": "{{ x|bogus }}",
        }
    )
    found = codes(problems_of(templates.load, "a"))
    assert found == [("merge.forbidden", "a.md", 6), ("merge.syntax", "f.md", 2)]


# -- syntax -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("a\n{{ x", "merge.syntax", 6),
        ("a\n{{ x }", "merge.syntax", 6),
        ("{{ }}", "merge.syntax", 5),
        ("{{ x y }}", "merge.syntax", 5),
        ("{{ x? }}", "merge.syntax", 5),
        ("{{ 'x }}", "merge.syntax", 5),
        ("a\n{% if x %}\nb", "merge.unclosed", 7),
        ("{% for x in y %}a", "merge.unclosed", 5),
        ("a\n{% fro x in y %}", "merge.unknown-tag", 6),
        ("{% if x %}\n{% endfor %}", "merge.unknown-tag", 6),
        ("{% endif %}", "merge.unknown-tag", 5),
        ("{# tidak ditutup", "merge.syntax", 5),
        ("{% block 1 %}{% endblock %}", "merge.syntax", 5),
        ("{% do x %}", "merge.unknown-tag", 5),
        ("{% for x in y %}{% break %}{% endfor %}", "merge.unknown-tag", 5),
    ],
)
def test_a_syntax_error_is_reported_with_the_line_of_the_file(make, problems_of, body, code, line):
    [problem] = problems_of(make({"a.md": body}).load, "a")
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.place.file.endswith("a.md")
