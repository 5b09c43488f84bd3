"""Template and facts → text and values."""

from __future__ import annotations

from datetime import date

import pytest
from markupsafe import Markup

P = [chr(0xF0000 + index) for index in range(20)]
OFFICE = {"nama": "Bawaslu", "kop": ["BADAN PENGAWAS", "KABUPATEN"], "kota": "Jombang", "items": "barang"}


def test_a_value_stands_beside_the_text(merge):
    merged = merge("Kepada **{{ jabatan }}** di {{ kota }}", {"jabatan": "Camat *A*", "kota": "{{ x }}"})
    assert merged.text == f"Kepada **{P[0]}** di {P[1]}"
    assert merged.values == ("Camat *A*", "{{ x }}")


def test_a_value_printed_twice_gets_two_placeholders(merge):
    merged = merge("{{ a }}{{ a }}", {"a": "x"})
    assert merged.text == P[0] + P[1]
    assert merged.values == ("x", "x")


def test_whole_numbers_and_dates_are_printed_as_an_office_writes_them(merge):
    merged = merge("{{ n }} {{ d }} {{ 7 }}", {"n": 1500, "d": date(2024, 9, 5)})
    assert merged.values == ("1500", "5 September 2024", "7")


def test_a_constant_is_a_value_like_any_other(merge):
    merged = merge('{{ "**x**" }}{{ "a" ~ "b" }}{{ "x"|upper }}')
    assert merged.text == P[0] + P[1] + P[2]
    assert merged.values == ("**x**", "ab", "X")


def test_a_template_without_frame_starts_right_behind_its_front_matter(merge):
    assert merge("Baris satu\nBaris dua\n").text == "Baris satu\nBaris dua\n"


def test_block_tags_leave_no_blank_lines(merge):
    assert merge("a\n  {% if x %}\nb\n  {% endif %}\nc\n", {"x": "1"}).text == "a\nb\nc\n"


def test_frames_are_filled_through_three_levels_with_super(make):
    templates = make(
        {
            "a.md": '{% extends "naskah/tengah.md" %}\n{% block isi %}{{ super() }}a{{ x }}{% endblock %}\n',
            "naskah/tengah.md": '{% extends "naskah/dasar.md" %}{% block isi %}{{ super() }}t{{ x }}{% endblock %}',
            "naskah/dasar.md": "::: isi\n{% block isi %}d{{ x }}{% endblock %}\n\n:::\n{% block kaki %}k{% endblock %}",
        }
    )
    merged = templates.merge(templates.load("a"), {"x": "X"})
    assert merged.text == f"::: isi\nd{P[0]}t{P[1]}a{P[2]}\n:::\nk"


def test_macros_take_arguments_defaults_and_a_caller(merge):
    merged = merge(
        '{% macro kotak(nama, tanda=":") %}[{{ nama }}{{ tanda }}{{ caller() }}]{% endmacro %}'
        '{% call kotak("a", tanda="!") %}isi {{ x }}{% endcall %}{% call kotak("b") %}lagi{% endcall %}',
        {"x": "X"},
    )
    assert merged.text == f"[{P[0]}{P[1]}isi {P[2]}][{P[3]}{P[4]}lagi]"
    assert merged.values == ("a", "!", "X", "b", ":")


def test_a_call_block_may_take_what_the_macro_gives_it(merge, fill):
    merged = merge(
        "{% macro tiap(daftar) %}{% for x in daftar %}{{ caller(x) }}{% endfor %}{% endmacro %}"
        "{% call(baris) tiap(kop) %}**{{ baris }}**{% endcall %}",
        {"kop": ["A", "B"]},
    )
    assert merged.text == f"**{P[0]}****{P[1]}**"
    assert merged.values == ("A", "B")


@pytest.mark.parametrize("how", ["from", "import", "from-context", "import-context", "alias"])
def test_values_printed_in_imported_macros_belong_to_the_letter(make, how):
    tags = {
        "from": '{% from "naskah/m.md" import kop %}{{ kop(kantor.kop) }}',
        "import": '{% import "naskah/m.md" as m %}{{ m.kop(kantor.kop) }}',
        "from-context": '{% from "naskah/m.md" import kop with context %}{{ kop(kantor.kop) }}',
        "import-context": '{% import "naskah/m.md" as m with context %}{{ m.kop(kantor.kop) }}',
        "alias": '{% from "naskah/m.md" import kop as kepala %}{{ kepala(kantor.kop) }}',
    }
    macro = (
        "{% set akhir = 'tetap' %}"
        "{% macro kop(baris) %}{% for x in baris %}{{ x }}\\\n{% endfor %}{{ akhir }}{% endmacro %}"
    )
    templates = make({"a.md": tags[how], "naskah/m.md": macro})
    template = templates.load("a")
    for name in ("A", "B", "C"):
        merged = templates.merge(template, {"kantor": {"kop": [name, "x"]}})
        assert merged.text == f"{P[0]}\\\n{P[1]}\\\n{P[2]}"
        assert merged.values == (name, "x", "tetap")


def test_a_macro_imported_with_context_reads_facts(make):
    templates = make(
        {
            "a.md": '{% from "naskah/m.md" import kop with context %}{{ kop() }}',
            "naskah/m.md": "{% macro kop() %}{{ kantor.nama }}{% endmacro %}",
        }
    )
    assert templates.merge(templates.load("a"), {"kantor": OFFICE}).values == ("Bawaslu",)


def test_included_files_see_the_facts_and_the_names_around_them(make):
    templates = make(
        {
            "a.md": '{% set y = "Y" %}{% for d in daftar %}{% include "naskah/i.md" %}{% endfor %}',
            "naskah/i.md": "{{ d }}{{ x }}{{ y }};",
        }
    )
    merged = templates.merge(templates.load("a"), {"daftar": ["1", "2"], "x": "X"})
    assert merged.values == ("1", "X", "Y", "2", "X", "Y")


def test_an_optional_include_that_is_not_there_prints_nothing(merge):
    assert merge('a{% include "naskah/tidak_ada.md" ignore missing %}b').text == "ab"


def test_a_set_block_keeps_its_markdown_and_its_values(merge):
    merged = merge("{% set s %}**{{ x }}** dan{% endset %}{{ s }} {{ s|trim }}", {"x": "*"})
    assert merged.text == f"**{P[0]}** dan **{P[0]}** dan"
    assert merged.values == ("*",)


def test_joined_text_is_one_value(merge):
    merged = merge('{{ "Yth. " ~ jabatan ~ " " ~ n ~ ", " ~ d }}', {"jabatan": "Camat", "n": 3, "d": date(2024, 1, 2)})
    assert merged.text == P[0]
    assert merged.values == ("Yth. Camat 3, 2 Januari 2024",)


def test_values_joined_to_laid_out_text_stay_beside_it(merge):
    merged = merge("{% macro m() %}# {% endmacro %}{{ m() ~ x ~ m() }}", {"x": "# <b>\n\n1. "})
    assert merged.text == f"# {P[0]}# "
    assert merged.values == ("# <b>\n\n1. ",)


def test_list_items_joined_with_laid_out_text_stay_beside_it(merge):
    merged = merge('{% macro m() %}**M**{% endmacro %}{{ [m(), x, m()]|join("; ") }}', {"x": "&"})
    assert merged.text == f"**M**{P[0]}{P[1]}{P[2]}**M**"
    assert merged.values == ("; ", "&", "; ")


def test_loops_go_over_list_facts_and_know_where_they_are(merge):
    merged = merge(
        '{% for d in dasar %}{{ loop.index }}. {{ d.nama }}{{ "." if loop.last else ";" }}\n{% endfor %}',
        {"dasar": [{"nama": "UU 10"}, {"nama": "PP 94"}]},
    )
    assert merged.text == f"1. {P[0]}{P[1]}\n2. {P[2]}{P[3]}\n"
    assert merged.values == ("UU 10", ";", "PP 94", ".")


def test_loop_counters_are_part_of_the_shape_and_of_nothing_else(merge):
    merged = merge(
        "{% for d in l %}{{ loop.index }}{{ loop.revindex0 }}{{ loop.length }}{{ d }}{% endfor %}", {"l": [1, 2]}
    )
    assert merged.text == f"112{P[0]}202{P[1]}"
    assert merge("{% for d in l %}{{ loop.index ~ d }}{% endfor %}", {"l": ["x"]}).values == ("1x",)


def test_loops_filter_and_have_an_else(merge):
    text = "{% for d in l if d.a %}{{ d.a }}{% else %}kosong{% endfor %}"
    assert merge(text, {"l": [{"a": "x"}, {"a": ""}]}).values == ("x",)
    assert merge(text, {"l": []}).text == "kosong"


def test_conditions_compare_and_combine(merge):
    text = (
        '{% if kelompok in ["camat", "sekda"] and not x is defined and n >= 2 %}ya{% elif n == 1 or a != "b" %}'
        'satu{% else %}tidak{% endif %}{{ "p" if a is none else "q" }}'
    )
    assert merge(text, {"kelompok": "camat", "n": 2, "a": None}).text == f"ya{P[0]}"
    assert merge(text, {"kelompok": "lurah", "n": 1, "a": "b"}).text == f"satu{P[0]}"
    assert merge(text, {"kelompok": "lurah", "n": 2, "a": "b"}).values == ("q",)


def test_with_gives_names_for_a_while(merge):
    assert merge("{% with a = x, b = 2 %}{{ a }}{{ b }}{% endwith %}", {"x": "X"}).values == ("X", "2")


def test_items_of_facts_win_over_methods(merge, problems_of):
    assert merge("{{ kantor.items }}{{ kantor['kota'] }}", {"kantor": OFFICE}).values == ("barang", "Jombang")
    for text in ("{{ kantor.keys }}", "{{ kantor.kop.append }}", "{{ kantor.nama.upper }}", "{{ kantor.nama.format }}"):
        [problem] = problems_of(merge, text, {"kantor": OFFICE})
        assert problem.code == "merge.unknown-attribute"


def test_items_of_lists_are_reached_by_number(merge, problems_of):
    assert merge("{{ kop[1] }}{{ kop|first }}{{ kop|last }}", {"kop": ["a", "b", "c"]}).values == ("b", "a", "c")
    [problem] = problems_of(merge, "{{ kop[5] }}", {"kop": ["a"]})
    assert (problem.code, problem.place.line) == ("merge.list-too-short", 5)


def test_single_characters_of_a_text_cannot_be_taken(merge, problems_of):
    [problem] = problems_of(merge, "{{ nama[0] }}", {"nama": "Camat"})
    assert problem.code == "merge.unknown-attribute"


def test_facts_are_copied_into_plain_types(merge):
    class Odd(str):
        def __str__(self):
            return "lain"

    merged = merge(
        "{{ a }}{{ b }}{% for x in c %}{{ x }}{% endfor %}", {"a": Markup("<b>"), "b": Odd("asli"), "c": ("t",)}
    )
    assert merged.text == P[0] + P[1] + P[2]
    assert merged.values == ("<b>", "asli", "t")
    assert all(type(value) is str for value in merged.values)


def test_a_value_may_hold_placeholders_itself(merge):
    merged = merge("a {{ x }} b {{ y }}", {"x": P[1] + P[0], "y": "&#xF0000;"})
    assert merged.text == f"a {P[0]} b {P[1]}"
    assert merged.values == (P[1] + P[0], "&#xF0000;")


def test_raw_sections_print_braces_as_they_are(merge):
    assert merge("{% raw %}{{ x }}{% endraw %}").text == "{{ x }}"


# -- texts of the front matter ------------------------------------------------------------------------


def test_a_front_matter_text_is_merged_into_plain_text(make):
    templates = make({})
    facts = {"pemilihan": {"nama": "Pemilihan & <Wali> *Kota*"}, "n": 2, "d": date(2024, 9, 25)}
    text = 'Imbauan {{ pemilihan.nama }} ({{ n }}) {% if n > 1 %}{{ "pada " ~ (d|tanggal) }}{% endif %}'
    assert templates.merge_text(text, facts) == "Imbauan Pemilihan & <Wali> *Kota* (2) pada 25 September 2024"
    assert templates.merge_text("Tanpa isian", {}) == "Tanpa isian"
    assert templates.merge_text("{ bukan isian }", {}) == "{ bukan isian }"


def test_a_front_matter_text_reports_its_own_place(make, problems_of):
    templates = make({"a.md": '+++\njenis = "a"\njudul = "b"\nhal = "Hal {{ lupa }}"\n+++\n'})
    template = templates.load("a")
    [problem] = problems_of(templates.merge_text, template.front.subject, {}, template.place("hal"))
    assert (problem.code, problem.place.line) == ("merge.unknown-name", 4)
    assert problem.place.file == str(template.path)


def test_a_front_matter_text_with_a_syntax_error_is_found_when_the_template_is_loaded(make, problems_of):
    text = '+++\njenis = "a"\njudul = "{{ b"\nhal = "{{ 2 * 3 }}"\ntembusan = ["{% include \'x.md\' %}"]\n+++\n'
    found = problems_of(make({"a.md": text}).load, "a")
    assert [(problem.code, problem.place.line) for problem in found] == [
        ("merge.syntax", 3),
        ("merge.forbidden", 4),
        ("merge.forbidden", 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{% macro m() %}x{% endmacro %}",
        "{% block b %}x{% endblock %}",
        "{% import 'naskah/m.md' as m %}",
        "{% extends 'a' %}",
    ],
)
def test_a_front_matter_text_stands_alone(make, problems_of, text):
    [problem] = problems_of(make({"naskah/m.md": ""}).merge_text, text, {})
    assert problem.code == "merge.forbidden"
