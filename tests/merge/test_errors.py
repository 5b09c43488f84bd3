"""What cannot be printed or worked out is reported with template file and line."""

from __future__ import annotations

import pickle
from datetime import datetime
from decimal import Decimal

import pytest

from letters.errors import TemplateError
from letters.merge.rendering import CURRENT

FACTS = {"kosong": None, "tabel": {"a": 1, "b": 2}, "daftar": ["x"], "x": "teks", "ya": True}


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("kosong", "merge.empty-value"),
        ("tabel", "merge.table-printed"),
        ("daftar", "merge.list-printed"),
        ("ya", "merge.value-type"),
        ("1.5", "merge.value-type"),
        ("apa", "merge.unknown-name"),
        ("tabel.c", "merge.unknown-attribute"),
        ("tabel['c']", "merge.unknown-attribute"),
        ("apa.b", "merge.unknown-name"),
        ("apa|upper", "merge.unknown-name"),
        ("apa ~ 'x'", "merge.unknown-name"),
        ("kosong ~ 'x'", "merge.empty-value"),
        ("kosong|upper", "merge.empty-value"),
        ("daftar ~ ''", "merge.list-printed"),
        ("daftar|upper", "merge.list-printed"),
        ("x|join(', ')", "merge.no-list"),
        ("x|tanggal", "merge.no-date"),
        ("x|terbilang", "merge.no-number"),
        ("'a' if apa else 'b'", "merge.unknown-name"),
        ("apa == 'x'", "merge.unknown-name"),
        ("x > 3", "merge.expression"),
        ("3 in 5", "merge.expression"),
        ("x|tanggal('y')", "merge.expression"),
    ],
)
def test_a_wrong_expression_is_reported_with_its_line(merge, problems_of, expression, code):
    [problem] = problems_of(merge, f"Satu\nDua {{{{ x }}}}\nTiga {{{{ {expression} }}}} akhir\nEmpat", FACTS)
    assert (problem.code, problem.place.line) == (code, 7)
    assert problem.place.file.endswith("surat.md")


def test_everything_that_cannot_be_printed_is_reported_in_one_pass(merge, problems_of):
    text = "{{ kosong }}\n{{ apa }}\n{% for d in [1, 2] %}\n{{ tabel }}\n{% endfor %}\n{{ daftar|tanggal }}\n{{ lagi }}"
    found = problems_of(merge, text, FACTS)
    assert [(problem.code, problem.place.line) for problem in found] == [
        ("merge.empty-value", 5),
        ("merge.unknown-name", 6),
        ("merge.table-printed", 8),
        ("merge.list-printed", 10),
    ]


def test_an_error_in_a_frame_macro_or_partial_names_that_file(merge, problems_of):
    frame = "\n\n{% block isi %}{% endblock %}\n{{ apa }}"
    [problem] = problems_of(merge, "{% extends 'naskah/f.md' %}{% block isi %}{% endblock %}", {}, f=frame)
    assert (problem.place.file.rpartition("/")[2], problem.place.line) == ("f.md", 4)
    macros = "{% macro m(x) %}\n\n{{ x }}{% endmacro %}"
    [problem] = problems_of(merge, "{% from 'naskah/m.md' import m %}\n{{ m(kosong) }}", FACTS, m=macros)
    assert (problem.place.file.rpartition("/")[2], problem.place.line) == ("m.md", 3)
    [problem] = problems_of(merge, "\n{% include 'naskah/i.md' %}", FACTS, i="a\n{{ kosong }}")
    assert (problem.place.file.rpartition("/")[2], problem.place.line) == ("i.md", 2)


def test_an_error_in_a_caller_block_names_the_line_of_the_block(merge, problems_of):
    text = "{% macro m() %}\n{{ caller() }}{% endmacro %}\n{% call m() %}\n{{ kosong }}\n{% endcall %}"
    [problem] = problems_of(merge, text, FACTS)
    assert problem.place.line == 8


def test_an_expression_over_several_lines_is_reported_where_it_stands(merge, problems_of):
    [problem] = problems_of(merge, "a\n{% if x %}\n{{ x }} {{\n  kosong\n}}\n{% endif %}", FACTS)
    assert problem.place.line in (7, 8)


@pytest.mark.parametrize(
    "text", ["{% for a in x %}{% endfor %}", "{% for a in tabel %}{% endfor %}", "{% for a in kosong %}{% endfor %}"]
)
def test_only_lists_are_gone_through(merge, problems_of, text):
    [problem] = problems_of(merge, text, FACTS)
    assert (problem.code, problem.place.line) == ("merge.no-list", 5)


@pytest.mark.parametrize("value", [1.5, Decimal("1"), datetime(2024, 1, 1), object(), {1, 2}, len, b"x"])
def test_a_fact_of_another_type_is_refused_with_its_name(make, problems_of, value):
    templates = make({"a.md": "x"})
    [problem] = problems_of(templates.merge, templates.load("a"), {"isian": {"nilai": [value]}})
    assert (problem.code, problem.params["name"]) == ("merge.fact-type", "isian.nilai")


def test_a_macro_that_needs_a_caller_says_so(merge, problems_of):
    [problem] = problems_of(merge, "{% macro m() %}{{ caller() }}{% endmacro %}\n{{ m() }}")
    assert (problem.code, problem.place.line) == ("merge.no-caller", 5)


def test_a_failed_merge_leaves_nothing_behind_for_the_next(make):
    templates = make({"a.md": "{{ x }}{{ y }}"})
    template = templates.load("a")
    with pytest.raises(TemplateError):
        templates.merge(template, {"x": "1"})
    assert CURRENT.get(None) is None
    assert templates.merge(template, {"x": "2", "y": "3"}).values == ("2", "3")


def test_errors_cross_process_borders(make):
    with pytest.raises(TemplateError) as caught:
        make({"a.md": "{{ 1 + 1 }}"}).load("a")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems
