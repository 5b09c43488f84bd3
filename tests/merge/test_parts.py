"""What the letter before came to is used again only where it is the same: nobody can tell from a letter."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.errors import TemplateError
from letters.merge import Templates, loading, rendering
from letters.merge.facts import TABLES_KEPT
from letters.merge.parts import KEPT
from tests.merge.conftest import FRONT, write_files

BODY = """{% extends "naskah/surat.md" %}
{% block isi %}
{% include "naskah/kop.md" %}
{% if kelompok == "camat" %}{{ nama }}{% endif %}{% include "naskah/kop.md" %}
{% set peristiwa %}kampanye {{ kota }}{% endset %}
{% include "naskah/pembuka.md" %}
{% for orang in penerima %}{% set urut = loop.index %}{% include "naskah/baris.md" %}{% include "naskah/nomor.md" %}
{% endfor %}
{% endblock %}
"""
FILES = {
    "a.md": FRONT + BODY,
    "naskah/surat.md": '{% block isi %}{% endblock %}{% include "naskah/sapaan.md" %}',
    "naskah/kop.md": "{{ kantor.nama }}{% for baris in kantor.kop %}{{ loop.index }}. {{ baris }}{% endfor %}",
    "naskah/pembuka.md": '{% from "naskah/butir.md" import akhir %}{{ peristiwa }}'
    '{% if kelompok == "camat" %}C{% endif %}{% include "naskah/waktu.md" %}{{ akhir(dasar|length) }}',
    "naskah/waktu.md": "{{ tanggal|tanggal }}{% if dalam is defined %}{{ dalam }}{% endif %}{% set peristiwa = kota %}",
    "naskah/butir.md": "{% macro akhir(sisa) %}{% if sisa == 1 %}.{% else %}; {{ sisa }}{% endif %}{% endmacro %}",
    "naskah/baris.md": "{{ loop.index }}{% if loop.last %}!{% else %},{% endif %}",
    "naskah/nomor.md": "{{ urut }}{% if orang.ada %}x{% endif %}",
    "naskah/sapaan.md": '{{ sapaan|default("Saudara", true) }}',
}
OFFICES = [{"nama": "Bawaslu", "kop": ["KABUPATEN", "JOMBANG"]}, {"nama": "Bawaslu", "kop": []}]
BASES = [[{"teks": "UU 1"}], [{"teks": "UU 1"}, {"teks": "UU 2"}]]
word = st.sampled_from(["Jombang", "Diwek", "*", "1"])
facts = st.fixed_dictionaries(
    {
        "kelompok": st.sampled_from(["camat", "lurah"]),
        "nama": word,
        "kota": word,
        "sapaan": st.sampled_from(["", "Bapak", "Ibu"]),
        "kantor": st.sampled_from(OFFICES),
        "dasar": st.sampled_from(BASES),
        "tanggal": st.sampled_from([date(2024, 9, 24), date(2024, 9, 25)]),
        "penerima": st.lists(st.fixed_dictionaries({"ada": st.booleans()}), max_size=3),
    },
    optional={"dalam": word},
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """Return the letter merged by templates that remember, and by others that do not."""
    folder = write_files(tmp_path_factory.mktemp("templates"), FILES)
    remembering, other = Templates([folder]), Templates([folder])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "remembering", lambda root, names: root)
        other.load("a")
    return [partial(templates.merge, templates.load("a")) for templates in (remembering, other)]


@settings(deadline=None)
@given(letters=st.lists(facts, min_size=2, max_size=6))
def test_a_letter_is_the_same_whatever_letter_was_before_it(pair, letters):
    merge, merge_alone = pair
    assert [merge(letter) for letter in letters] == [merge_alone(letter) for letter in letters]


@pytest.fixture
def printed_dates(monkeypatch):
    """Return the dates that were written out so far, one for each time one was printed."""
    found: list[date] = []
    monkeypatch.setattr(rendering, "format_date", lambda day: found.append(day) or "24 September 2024")
    return found


def test_a_part_that_says_nothing_of_the_recipient_is_worked_out_once(make, printed_dates):
    templates = make({"a.md": '{% include "naskah/b.md" %}{{ nama }}', "naskah/b.md": "{{ shared.hari }}"})
    shared = {"hari": date(2024, 9, 24)}
    found = [templates.merge(templates.load("a"), {"shared": shared, "nama": name}).values for name in "xyz"]
    assert found == [("24 September 2024", name) for name in "xyz"]
    assert len(printed_dates) == 1


def test_a_part_is_worked_out_once_for_each_of_two_groups_that_take_turns(make, printed_dates):
    templates = make({"a.md": '{% include "naskah/b.md" %}', "naskah/b.md": "{{ hari }}{{ nama }}"})
    for name in ("x", "y", "x", "y"):
        templates.merge(templates.load("a"), {"hari": date(2024, 9, 24), "nama": name})
    assert len(printed_dates) == 2


def test_no_more_than_a_few_are_remembered(make, printed_dates):
    templates = make({"a.md": '{% include "naskah/b.md" %}', "naskah/b.md": "{{ hari }}{{ nama }}"})
    for number in (*range(KEPT + 1), 0):
        templates.merge(templates.load("a"), {"hari": date(2024, 9, 24), "nama": str(number)})
    assert len(printed_dates) == KEPT + 2


def test_laid_out_words_are_not_taken_for_a_value_that_says_the_same(make, problems_of):
    choice = "{% if blok %}{% set s %}A{% endset %}{% else %}{% set s = nama %}{% endif %}"
    templates = make({"a.md": f'{choice}{{% include "naskah/b.md" %}}', "naskah/b.md": "{{ s }}"})
    for laid_out, text in [(True, "A"), (False, chr(0xF0000)), (True, "A")]:
        assert templates.merge(templates.load("a"), {"nama": "A", "blok": laid_out}).text == text
    assert templates.merge(templates.load("a"), {"nama": 1, "blok": False}).values == ("1",)
    (problem,) = problems_of(templates.merge, templates.load("a"), {"nama": True, "blok": False})
    assert problem.code == "merge.value-type"


def test_a_fact_that_changes_between_two_letters_is_seen(make):
    templates = make({"a.md": '{% include "naskah/b.md" %}', "naskah/b.md": "{{ kantor.kop[0] }}"})
    kantor = {"kop": ["LAMA"]}
    assert templates.merge(templates.load("a"), {"kantor": kantor}).values == ("LAMA",)
    kantor["kop"][0] = "BARU"
    assert templates.merge(templates.load("a"), {"kantor": kantor}).values == ("BARU",)


def test_a_value_that_cannot_be_printed_is_told_of_every_letter(make, problems_of):
    templates = make({"a.md": '{% include "naskah/b.md" %}', "naskah/b.md": "x\n{{ kota }}"})
    for _ in range(3):
        (problem,) = problems_of(templates.merge, templates.load("a"), {"kota": ""})
        assert (problem.code, problem.place.line) == ("merge.blank-value", 2)
        assert problem.place.file.endswith("naskah/b.md")


def test_what_is_used_again_counts_like_what_is_worked_out(make, problems_of):
    """Twice the same long part in one letter is too much, also when the second time it would cost nothing."""
    part = '{% include "naskah/b.md" %}'
    templates = make({"a.md": part, "c.md": part + part, "naskah/b.md": "{% for x in daftar %}x{% endfor %}"})
    facts = {"daftar": list(range(30_000))}
    assert templates.merge(templates.load("a"), facts).text == "x" * 30_000
    for _ in range(2):
        (problem,) = problems_of(templates.merge, templates.load("c"), facts)
        assert problem.code == "merge.too-large"
        assert problem.place.file.endswith("naskah/b.md")


def test_a_part_that_another_letter_uses_too_stays_one(make):
    part = '{% include "naskah/b.md" %}'
    templates = make({"a.md": part, "c.md": "{{ y }}" + part, "naskah/b.md": "{{ x }}"})
    for name, values in [("a", ("X",)), ("c", ("Y", "X")), ("a", ("X",))]:
        merged = templates.merge(templates.load(name), {"x": "X", "y": "Y"})
        assert merged.values == values
        assert merged.text.endswith(chr(0xF0000 + len(values) - 1))


def test_tables_of_many_letters_are_not_all_kept(make):
    templates = make({"a.md": "{{ baris.nama }}"})
    for number in range(3 * TABLES_KEPT):
        merged = templates.merge(templates.load("a"), {"baris": {"nama": str(number)}})
        assert merged.values == (str(number),)
    assert len(templates._plain._copies) <= TABLES_KEPT


def test_a_fact_of_a_wrong_kind_deep_in_a_table_is_refused_each_time(make):
    templates = make({"a.md": "{{ x.y[0].z }}"})
    facts = {"x": {"y": [{"z": 1.5}]}}
    for _ in range(2):
        with pytest.raises(TemplateError, match=r"x\.y\.z"):
            templates.merge(templates.load("a"), facts)
