"""What a hostile or careless template tries, and that nothing comes of it."""

from __future__ import annotations

import time

import pytest

from letters.errors import TemplateError
from tests.merge.conftest import FRONT

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ x|attr('__class__') }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{% set ns = namespace(a=1) %}",
    "{% set ns.a = 1 %}",
    "{{ dict(a=1) }}",
    "{{ range(10) }}",
    "{{ range(10**9)|length }}",
    "{{ lipsum(n=1000000) }}",
    "{{ 'a' * 10**10 }}",
    "{{ 2 ** (2 ** 33) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{% if '%1000000000d' is even %}{% endif %}",
    "{% if '%1000000000d' is divisibleby 3 %}{% endif %}",
    "{{ 'x'.ljust(10000000000) }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ 'x'|replace('', 'y') }}",
    "{{ 'x'|wordwrap(1) }}",
    "{{ x|slice(1000000000) }}",
    "{{ x|batch(3, 'y') }}",
    "{{ x|indent(1000000000) }}",
    "{{ x|urlize }}",
    "{{ x|tojson }}",
    "{{ x|pprint }}",
    "{{ x|map('upper')|list }}",
    "{{ x|map(attribute='__class__') }}",
    "{{ x|selectattr('__class__') }}",
    "{{ x|groupby('a') }}",
    "{{ x|sort(attribute='__class__') }}",
    "{{ x|safe }}",
    "{{ x|escape }}",
    "{{ x|forceescape }}",
    "{{ x|xmlattr }}",
    "{{ x|random }}",
    "{{ x.format() }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ x.format_map(x) }}",
    "{{ kantor.items() }}",
    "{{ kantor.clear() }}",
    "{{ kantor.kop.append(1) }}",
    "{{ x() }}",
    "{{ (x|upper)() }}",
    "{{ kantor['nama']() }}",
    "{{ x[1:2] }}",
    "{{ x[::100] }}",
    "{{ x[y] }}",
    "{{ x[-1] }}",
    "{{ -x }}",
    "{{ 1 + 1 }}",
    "{{ 1 - 1 }}",
    "{{ 6 / 2 }}",
    "{{ 6 // 2 }}",
    "{{ 6 % 4 }}",
    "{{ {'a': 1} }}",
    "{{ (1, 2) }}",
    "{{ _x }}",
    "{{ x._y }}",
    "{{ x['_y'] }}",
    "{% set _x = 1 %}",
    "{% macro _m() %}{% endmacro %}",
    "{% macro m(_a) %}{% endmacro %}",
    "{% for _x in y %}{% endfor %}",
    "{% block _b %}{% endblock %}",
    "{% for a, b in x %}{% endfor %}",
    "{% for a in 'abc' %}{% endfor %}",
    "{% macro m() %}x{% endmacro %}{% for c in m() %}{% endfor %}",
    "{{ 0x" + "f" * 50 + " }}",
    "{% for a in x recursive %}{{ loop(a) }}{% endfor %}",
    "{% for a in x recursive %}{% endfor %}",
    "{% macro w() %}{{ caller() }}{% endmacro %}{% macro m() %}{% call w() %}{{ caller() }}{% endcall %}{% endmacro %}",
    "{% for a in [1] ~ [2] %}{% endfor %}",
    "{% for a in (x if y else z) %}{% endfor %}",
    "{% for a in x %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for a in x %}{{ loop.changed(a) }}{% endfor %}",
    "{% filter upper %}x{% endfilter %}",
    "{% set x | upper %}a{% endset %}",
    "{% autoescape false %}{{ x }}{% endautoescape %}",
    "{% include x %}",
    "{% include ['a.md', 'b.md'] %}",
    "{% include 'a' ~ '.md' %}",
    "{% include '../rahasia.md' %}",
    "{% include '/etc/passwd' %}",
    "{% include 'C:/Windows/win.ini' %}",
    "{% include 'naskah\\\\..\\\\..\\\\x' %}",
    "{% include 'naskah/i.md' without context %}",
    "{% import x as m %}",
    "{% from x import m %}",
    "{% extends x %}",
    "{% if x %}{% extends 'naskah/i.md' %}{% endif %}",
    "{% extends 'naskah/i.md' %}{% extends 'naskah/i.md' %}",
    "{% macro m() %}{% endmacro %}{{ m(*x) }}",
    "{% macro m() %}{% endmacro %}{{ m(**x) }}",
    "{{ x|join(*y) }}",
    "{% macro m() %}{{ varargs }}{% endmacro %}",
    "{% macro m() %}{{ kwargs }}{% endmacro %}",
    "{% macro m() %}{{ m.name }}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro m(m) %}{{ m() }}{% endmacro %}{{ m(m) }}",
    "{% macro a() %}{% endmacro %}{% macro b(a) %}{{ a() }}{% endmacro %}{{ b(b) }}",
    "{% macro a() %}{% endmacro %}{% set a = x %}{{ a() }}",
    "{% macro a() %}{% endmacro %}{% macro a() %}{% endmacro %}",
    "{% macro caller() %}{% endmacro %}",
    "{% macro m(caller) %}{{ caller() }}{% endmacro %}{{ m(x) }}",
    "{% set caller = x %}{{ caller() }}",
    "{% set super = x %}{{ super() }}",
    "{% block b %}{{ super(1) }}{% endblock %}",
    "{{ caller() }}",
    "{{ super() }}",
    "{% set f = super %}",
    "{% block b %}{{ super }}{% endblock %}",
    "{% block b %}{% macro m() %}{% endmacro %}{% endblock %}",
    "{% macro m() %}{% block b %}{% endblock %}{% endmacro %}",
    "{% block b %}{% endblock %}{% block b %}{% endblock %}",
    "{{ x if y }}",
    "{{ 1e999 }}{{ 1 + 1e999 }}",
    "{% from 'naskah/i.md' import __class__ %}",
    "{% import 'naskah/i.md' as m %}{{ m.__class__() }}",
    "{% import 'naskah/i.md' as m %}{{ m._body_stream }}",
]


@pytest.mark.parametrize("attack", ESCAPES)
def test_an_attack_is_refused_when_the_template_is_loaded(make, problems_of, attack):
    templates = make({"a.md": f"Isi\n{attack}", "naskah/i.md": "{% macro k() %}{% endmacro %}"})
    found = problems_of(templates.load, "a")
    assert all(problem.place.line == 6 for problem in found)
    assert all(problem.code in ("merge.forbidden", "merge.syntax", "merge.endless") for problem in found)


BEYOND_THE_PARSER = [
    "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "{{ " + "not " * 5_000 + "x }}",
    "{{ x" + "|upper" * 5_000 + " }}",
    "{{ x" + ".y" * 5_000 + " }}",
    "{{ " + "[" * 300 + "]" * 300 + " }}",
    "{{ " + "9" * 5_000 + " }}",
    "{{ 0x" + "f" * 5_000 + " }}",
    "{% if x %}" * 500 + "{% endif %}" * 500,
    "{% for x in y %}" * 30 + "{% endfor %}" * 30,
    "{{ " + " and ".join("x" * 1 for _ in range(5_000)) + " }}",
]


@pytest.mark.parametrize("attack", BEYOND_THE_PARSER, ids=range(len(BEYOND_THE_PARSER)))
def test_absurd_nesting_is_refused_and_nothing_breaks(make, problems_of, attack):
    found = problems_of(make({"a.md": attack}).load, "a")
    assert {problem.code for problem in found} <= {"merge.forbidden", "merge.unreadable", "merge.syntax"}


def test_more_loops_inside_each_other_than_a_letter_needs_are_refused(make, problems_of):
    text = "{% for x in y %}\n" * 7 + "{% endfor %}" * 7
    [problem] = problems_of(make({"a.md": text}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.forbidden", 11)
    assert make({"b.md": "{% for x in y %}" * 6 + "{% endfor %}" * 6}).load("b")


HARMLESS_TO_LOAD = [
    "{{ kantor }}",
    "{{ kantor.kop }}",
    "{{ kantor.kop.sort }}",
    "{{ kantor.pop }}",
    "{{ kosong }}",
    "{{ x.upper }}",
    "{{ x.encode }}",
    "{{ 1.5 }}",
    "{{ true }}",
    "{% macro m() %}{% endmacro %}{{ m }}",
    "{% macro m() %}{% endmacro %}{{ m ~ '' }}",
    "{% macro m() %}{% endmacro %}{{ m.name }}",
    "{% macro m() %}{% endmacro %}{{ m|upper }}",
    "{% macro m() %}x{% endmacro %}{{ m()|upper }}",
    "{% macro m() %}x{% endmacro %}{{ m()|length }}",
    "{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}",
    "{% for a in kantor.kop %}{{ loop }}{% endfor %}",
    "{% for a in kantor.kop %}{{ loop.changed }}{% endfor %}",
    "{% for a in x %}{{ a }}{% endfor %}",
    "{% for a in kantor %}{{ a }}{% endfor %}",
    "{{ x < 3 }}",
    "{{ 'a' ~ kantor.kop }}",
    "{{ 'a' ~ kosong }}",
    "{{ [1, [2]]|join }}",
    "{{ kosong|upper }}",
    "{{ x|romawi }}",
    "{{ 0|romawi }}",
    "{{ 9|tanggal }}",
    "{{ x|join }}",
    "{{ x|upper('y') }}",
    "{{ x|default(1, 2, 3, 4) }}",
    "{% if kosong < 1 %}{% endif %}",
    "{% import 'naskah/i.md' as m %}{{ m.k }}",
    "{% import 'naskah/i.md' as m %}{{ m }}",
]


@pytest.mark.parametrize("attack", HARMLESS_TO_LOAD)
def test_what_only_shows_when_merged_is_an_error_with_its_line(make, problems_of, attack):
    templates = make({"a.md": f"Isi\n{attack}", "naskah/i.md": "{% macro k() %}{% endmacro %}"})
    facts = {"x": "teks", "kosong": None, "kantor": {"nama": "B", "kop": ["A", "B"]}}
    [problem] = problems_of(templates.merge, templates.load("a"), facts)
    assert problem.place.line in (5, 6)
    assert problem.place.file.endswith("a.md")


@pytest.mark.parametrize("reference", ["&#xF0000;", "&#983040;", "&#x0{# #}F0000;", "&#xFFFFFFF;"])
def test_a_placeholder_cannot_be_spelled_as_a_character_reference(make, reference):
    templates = make({"a.md": f"Isi {reference}"})
    template = templates.load("a")
    if "{{" in reference:
        assert len(templates.merge(template, {}).values) == 1
        return
    with pytest.raises(TemplateError, match="reserved"):
        templates.merge(template, {})


def test_ordinary_character_references_are_left_to_the_reader(merge):
    assert merge("&#8211; &amp; &#x2013;").text == "&#8211; &amp; &#x2013;"


# -- growth without end -------------------------------------------------------------------------------

GROWTH = {
    "doubling": "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "doubling blocks": "{% set a %}xxxxxxxxxx{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60 + "{{ a }}",
    "doubling laid-out joins": "{% set a %}xxxxxxxxxx{% endset %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "doubling values": "{% set a = [x, x] %}" + "{% set a = [a|join, a|join] %}" * 60 + "{{ a|join }}",
    "macro tree": "".join(
        f"{{% macro m{n}() %}}{{{{ m{n + 1}() }}}}{{{{ m{n + 1}() }}}}{{% endmacro %}}" for n in range(30)
    )
    + "{% macro m30() %}x{% endmacro %}{{ m0() }}",
    "nested loops": "{% for a in l %}{% for b in l %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}",
    "nested loops without rounds": "{% for a in l %}{% for b in l if b != b %}{% endfor %}{% endfor %}",
    "long text in a loop": "{% macro m() %}{% for a in l %}" + "x" * 10_000 + "{% endfor %}{% endmacro %}{{ m() }}",
    "long text in a branch": "{% for a in l %}{% if a %}" + "x" * 10_000 + "{% endif %}{% endfor %}",
    "long text in an else": "{% for a in l %}{% if not a %}{% else %}" + "x" * 10_000 + "{% endif %}{% endfor %}",
    "long value printed often": "{% for a in l %}{{ lang }}{% endfor %}",
    "long value in a loop": "{% for a in l %}{{ lang|upper }}{% endfor %}",
    "too many values": "{% for a in l %}" + "{{ x }}" * 100 + "{% endfor %}",
    "callers": "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}"
    + "{% call m() %}" * 25
    + "x"
    + "{% endcall %}" * 25,
}


@pytest.mark.parametrize("attack", GROWTH.values(), ids=GROWTH)
def test_growth_is_stopped_soon_with_the_line(make, problems_of, attack):
    templates = make({"a.md": attack})
    facts = {"x": "x" * 1000, "l": list(range(1, 1001)), "lang": "y" * 10_000}
    template = templates.load("a")
    start = time.perf_counter()
    [problem] = problems_of(templates.merge, template, facts)
    assert (problem.code, problem.place.line) == ("merge.too-large", 5)
    assert time.perf_counter() - start < 5


def test_a_letter_prints_no_more_values_than_there_are_placeholders(make, problems_of):
    templates = make({"a.md": "{% for a in l %}" + "{{ x }}" * 100 + "{% endfor %}"})
    template = templates.load("a")
    assert len(templates.merge(template, {"x": "x", "l": list(range(600))}).values) == 60_000
    [problem] = problems_of(templates.merge, template, {"x": "x", "l": list(range(601))})
    assert (problem.code, problem.params["limit"]) == ("merge.too-large", 60_000)


def test_files_inside_each_other_are_bounded(make, problems_of):
    files = {f"naskah/i{n}.md": f"{{% include 'naskah/i{n + 1}.md' %}}" for n in range(60)}
    templates = make(
        {"a.md": "{% include 'naskah/i0.md' %}", **files, "naskah/i60.md": "x", "b.md": "{% include 'naskah/i30.md' %}"}
    )
    assert {problem.code for problem in problems_of(templates.load, "a")} == {"merge.too-nested"}
    assert templates.merge(templates.load("b"), {}).text == "x"


def test_a_tree_of_includes_is_stopped(make, problems_of):
    files = {f"naskah/i{n}.md": f"{{% include 'naskah/i{n + 1}.md' %}}" * 2 for n in range(30)}
    templates = make({"a.md": "{% include 'naskah/i0.md' %}", **files, "naskah/i30.md": "x"})
    [problem] = problems_of(templates.merge, templates.load("a"), {})
    assert problem.code == "merge.too-large"


def test_a_tree_of_includes_with_other_names_each_time_is_stopped_while_loading(make, problems_of):
    files = {
        f"naskah/i{n}.md": "".join(
            f"{{% with {name}{n} = 1 %}}{{% include 'naskah/i{n + 1}.md' %}}{{% endwith %}}" for name in "ab"
        )
        for n in range(30)
    }
    templates = make({"a.md": "{% include 'naskah/i0.md' %}", **files, "naskah/i30.md": "x"})
    found = problems_of(templates.load, "a")
    assert {problem.code for problem in found} == {"merge.too-nested"}


def test_an_annex_of_a_thousand_rows_is_within_the_limits(merge):
    rows = [{"nama": f"Nama {n}", "nip": str(n)} for n in range(1000)]
    text = (
        "{% for r in rows %}| {{ loop.index }} | {{ r.nama }} | {{ r.nip }} |{% if r.nip %}x{% endif %}\n{% endfor %}"
    )
    assert len(merge(text, {"rows": rows}).values) == 2000


def test_the_files_of_the_tests_begin_where_they_say():
    assert FRONT.count("\n") == 4
