"""What a letter was made of and what it is made of now: every change is told, and nothing else."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.batch.facts import Copy
from letters.batch.snapshot import Change, Materials, changes, copies_in, is_whole, snapshot_of

COLUMNS = ("kode", "kelompok", "jabatan", "instansi", "sapaan")
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
rows = st.fixed_dictionaries(dict.fromkeys(COLUMNS[1:], texts))
bases = st.lists(texts.map(lambda text: {"nama": text, "pasal": "", "teks": text}), max_size=2)
facts = st.fixed_dictionaries(
    {
        "tanggal": st.dates(),
        "kantor": st.fixed_dictionaries({"nama": texts, "kop": st.lists(texts, max_size=2)}),
        "isian": st.dictionaries(st.sampled_from("abc"), st.integers() | texts | st.dates(), max_size=2),
    }
)


@st.composite
def snapshots(draw: st.DrawFn) -> dict[str, Any]:
    keys = draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True))
    copies = [Copy(key, [{"kode": key, **draw(rows)}], draw(bases)) for key in keys]
    materials = Materials(draw(st.sampled_from(["1" * 64, "2" * 64])), draw(st.sampled_from(["3" * 64, "4" * 64])))
    return snapshot_of(draw(facts), copies, materials)


def plain(snapshot: dict[str, Any]) -> object:
    """Return what a snapshot prints: without the date, empty parts left out, as text."""

    def of(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: kept for name, part in value.items() if name != "tanggal" and (kept := of(part))}
        if isinstance(value, list):
            return [kept for part in value if (kept := of(part))]
        return "" if value is None else str(value)

    return of(snapshot)


@given(snapshots())
def test_letter_that_stayed_the_same_has_no_changes(snapshot: dict[str, Any]) -> None:
    stored = json.loads(json.dumps(snapshot, default=str))
    assert changes(snapshot, snapshot) == changes(stored, stored) == []
    assert is_whole(snapshot)
    assert snapshot_of(snapshot["facts"], copies_in(snapshot), Materials(snapshot["template"], snapshot["look"])) == (
        snapshot
    )


@given(snapshots(), snapshots())
def test_what_differs_is_told_and_turns_round(one: dict[str, Any], other: dict[str, Any]) -> None:
    there, back = changes(one, other), changes(other, one)
    assert {(change.field, change.old, change.new) for change in there} == {
        (change.field, change.new, change.old) for change in back
    }
    if not there:
        assert json.dumps(plain(one), sort_keys=True) == json.dumps(plain(other), sort_keys=True)


def letter(**changed: Any) -> dict[str, Any]:
    row = {"kode": "gudo", "jabatan": "Camat Gudo", "sapaan": "Saudara", **changed.pop("row", {})}
    shared = {
        "tanggal": date(2024, 9, 24),
        "kantor": {"kota": "Jombang", "kop": ["BAWASLU"]},
        **changed.pop("facts", {}),
    }
    base = [{"nama": "UU", "pasal": "1", "teks": changed.pop("law", "Pasal 1 UU")}]
    return snapshot_of(shared, [Copy("gudo", [row], base)], Materials(changed.pop("template", "a" * 64), "b" * 64))


@pytest.mark.parametrize(
    ("new", "told"),
    [
        pytest.param({"row": {"jabatan": "Plt. Camat"}}, ['jabatan: "Camat Gudo" → "Plt. Camat"'], id="column"),
        pytest.param({"row": {"kota": "Gudo"}}, ['kota: "" → "Gudo"'], id="column added"),
        pytest.param({"row": {"kota": ""}}, [], id="empty column added"),
        pytest.param(
            {"facts": {"kantor": {"kota": "Jombang", "kop": []}}}, ['kantor.kop.1: "BAWASLU" → ""'], id="line"
        ),
        pytest.param({"facts": {"isian": {"n": 3}}}, ['isian.n: "" → "3"'], id="fact"),
        pytest.param({"facts": {"tanggal": date(2025, 1, 1)}}, [], id="date is the number's own"),
        pytest.param({"law": "Pasal 1 UU Baru"}, ['dasar.1: "Pasal 1 UU" → "Pasal 1 UU Baru"'], id="law"),
        pytest.param({"template": "c" * 64}, [f'templat: "{"a" * 12}" → "{"c" * 12}"'], id="template"),
    ],
)
def test_change_is_told_with_its_field_as_templates_call_it(new: dict[str, Any], told: list[str]) -> None:
    assert [str(change) for change in changes(letter(), letter(**new))] == told


def test_long_values_are_cut_where_they_are_shown() -> None:
    shown = str(Change("hal", "x" * 300, "a\nb"))
    assert len(shown) < 120
    assert shown.endswith('…" → "a b"')
