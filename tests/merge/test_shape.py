"""Values never change the merged text, whatever they are, and come out as they went in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.errors import TemplateError
from letters.merge import Templates
from tests.merge.conftest import FRONT, write_files

BODY = """{% extends "naskah/surat.md" %}
{% block isi %}
Dengan hormat {{ a }}, bersama ini {{ b }}

1. butir {{ a }}
   a. {{ b }}
- {{ c }}

| kolom | isi |
|-------|-----|
| {{ a }} | {{ b }} |

**{{ a }}** _{{ b }}_ __{{ c }}__
{{ a }}
===
# {{ b }} {{ bingkai(c) }}
{% call kotak() %}{{ c }}{% endcall %}
{% set s %}{{ a }}{% endset %}{{ s }}{{ a ~ b }}
{% for x in daftar %}
{{ x }}
{% endfor %}
{% endblock %}
"""
FRAME = """{% macro lain() %}{% endmacro %}
::: alamat
{{ a }}
:::
{% block isi %}{% endblock %}
"""
MACROS = "{% macro bingkai(x) %}[{{ x }}]{% endmacro %}{% macro kotak() %}::: kotak\n{{ caller() }}\n:::{% endmacro %}"
ORDER = ["a", "a", "b", "a", "b", "c", "a", "b", "a", "b", "c", "a", "b", "c", "c", "a", "ab", "x", "y"]


@pytest.fixture(scope="module")
def letter(tmp_path_factory):
    imports = '{% from "naskah/makro.md" import bingkai, kotak %}'
    body = BODY.replace('surat.md" %}', 'surat.md" %}' + imports)
    files = {"a.md": FRONT + body, "naskah/surat.md": FRAME, "naskah/makro.md": MACROS}
    templates = Templates([write_files(tmp_path_factory.mktemp("templates"), files)])
    template = templates.load("a")
    return lambda facts: templates.merge(template, facts)


NASTY = [
    "A*B*",
    "1. X",
    "# Boss",
    "<b>x</b>",
    "[x](http://e)",
    "---",
    "\n\nbaru\n",
    "&amp;",
    "{{ 7 }}",
    "{% if %}",
    "|",
    "\U000f0001",
]
text = (st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY)).filter(str.strip)


@settings(deadline=None)
@given(a=text, b=text, c=text, x=text, y=text)
def test_any_value_leaves_the_text_alone_and_comes_back_identical(letter, a, b, c, x, y):
    merged = letter({"a": a, "b": b, "c": c, "daftar": [x, y]})
    plain = letter({"a": "a", "b": "b", "c": "c", "daftar": ["x", "y"]})
    facts = {"a": a, "b": b, "c": c, "x": x, "y": y, "ab": a + b}
    assert merged.text == plain.text
    assert list(merged.values) == [facts[name] for name in ORDER]


@settings(deadline=None)
@given(values=st.lists(text, max_size=5))
def test_placeholders_stand_in_the_text_once_each_in_rising_order(letter, values):
    merged = letter({"a": "a", "b": "b", "c": "c", "daftar": values})
    found = [ord(character) - 0xF0000 for character in merged.text if ord(character) >= 0xF0000]
    # The value of a {% set %} block stands where the block is printed, after it was set.
    assert sorted(found) == list(range(len(merged.values)))


@settings(deadline=None)
@given(value=text)
def test_a_front_matter_text_prints_any_value_in_place(tmp_path_factory, value):
    assert Templates([tmp_path_factory.getbasetemp()]).merge_text("[{{ x }}]", {"x": value}) == f"[{value}]"


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u00a0"])
def test_a_blank_value_is_refused_with_its_line(letter, blank):
    """A letter with a hole in it must not go out: a deliberate blank is written as such in the template."""
    with pytest.raises(TemplateError) as caught:
        letter({"a": "x", "b": blank, "c": "y", "daftar": ["z"]})

    assert {problem.code for problem in caught.value.problems} == {"merge.blank-value"}
    assert all(problem.place.line for problem in caught.value.problems)
