"""Merges at the same time do not see each other."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

from letters.merge import Templates

BODY = (
    '{% from "naskah/m.md" import tiap %}{% set s %}{{ jabatan }}{% endset %}{{ s }}'
    "{% call(x) tiap(daftar) %}{{ x }}{% if x == 'tidur' %}{{ x }}{% endif %}{% endcall %}{{ jabatan }}"
)
MACROS = "{% macro tiap(daftar) %}{% for x in daftar %}{{ caller(x) }}{% endfor %}{% endmacro %}"


def facts(number: int) -> dict[str, object]:
    return {"jabatan": f"Camat {number}", "daftar": [f"{number}-{item}" for item in range(50)]}


def expected(number: int) -> tuple[str, ...]:
    return (f"Camat {number}", *(f"{number}-{item}" for item in range(50)), f"Camat {number}")


def values(templates: Templates, number: int) -> tuple[str, ...]:
    return templates.merge(templates.load("a"), facts(number)).values


def test_threads_keep_their_values_apart(make):
    templates = make({"a.md": BODY, "naskah/m.md": MACROS})
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda number: values(templates, number), range(400)))
    assert found == [expected(number) for number in range(400)]


def test_processes_give_the_same_text(make):
    templates = make({"a.md": BODY, "naskah/m.md": MACROS})
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        found = list(pool.map(values, [templates] * 4, range(4)))
    assert found == [expected(number) for number in range(4)]


def test_the_first_letter_leaves_nothing_in_the_second(make):
    """jinja2 keeps imported files for later; what they print must still be each letter's own."""
    templates = make({"a.md": BODY, "naskah/m.md": MACROS})
    template = templates.load("a")
    texts = {templates.merge(template, facts(number)).text for number in range(5)}
    assert len(texts) == 1


def test_four_hundred_letters_take_well_under_a_second(make):
    templates = make({"a.md": BODY, "naskah/m.md": MACROS})
    template = templates.load("a")
    start = time.process_time()
    for number in range(400):
        templates.merge(template, facts(number))
    assert time.process_time() - start < 1
