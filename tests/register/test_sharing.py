"""Snapshots read back share what is equal, and nothing else about them changes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from letters.register.queries import _sharing

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats(-1, 1) | st.text("ab", max_size=2) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=12,
)


def exact(value: Any) -> Any:
    """Return `value` with its types, so that 1, 1.0 and True are told apart."""
    match value:
        case dict():
            return {name: exact(part) for name, part in value.items()}
        case list():
            return [exact(part) for part in value]
    return type(value).__name__, repr(value)


@given(plain, plain)
def test_value_stays_exactly_what_it_is(value: Any, other: Any) -> None:
    assert exact(_sharing(value, other)) == exact(value)


@given(plain)
def test_equal_value_becomes_one_object(value: Any) -> None:
    import copy

    twin = copy.deepcopy(value)
    assert _sharing(twin, value) is value or not isinstance(value, dict | list)


def test_equal_parts_of_unlike_values_become_one_object() -> None:
    first = {"facts": {"kantor": ["a", "b"]}, "copies": [{"key": "1", "bases": ["x" * 50]}]}
    second = {"facts": {"kantor": ["a", "b"]}, "copies": [{"key": "2", "bases": ["x" * 50]}]}
    found = _sharing(second, first)
    assert found == second
    assert found["facts"] is first["facts"]
    assert found["copies"][0]["bases"] is first["copies"][0]["bases"]
