"""Condition → which names and attributes are surely there when it holds, and when it does not."""

from __future__ import annotations

from typing import TypeAlias

from jinja2 import nodes

Key: TypeAlias = tuple[str, str]
"""A name and its attribute (`kantor`, `logo`); empty attribute = the name alone."""
HOLDS = "?"
"""In place of an attribute: the name itself holds, so it is neither empty nor zero."""
Keys: TypeAlias = frozenset[Key]
NONE: Keys = frozenset()


def key_of(node: nodes.Node) -> Key | None:
    """Return what `node` reads: `x`, `x.y` or `x["y"]`; None for anything longer."""
    match node:
        case nodes.Name(name=name):
            return (name, "")
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute):
            return (name, attribute)
        case nodes.Getitem(node=nodes.Name(name=name), arg=nodes.Const(value=str(attribute))):
            return (name, attribute)
        case _:
            return None


def guarded_by(test: nodes.Node) -> tuple[Keys, Keys]:
    """Return what is there when `test` holds, and what is there when it does not."""
    match test:
        case nodes.Test(name="defined" | "undefined") if key := key_of(test.node):
            there = frozenset({key})
            return (there, NONE) if test.name == "defined" else (NONE, there)
        case nodes.Name(name=name):
            return frozenset({(name, HOLDS)}), NONE
        case nodes.Not():
            there, missing = guarded_by(test.node)
            return missing, there
        case nodes.And():
            left, right = guarded_by(test.left), guarded_by(test.right)
            return left[0] | right[0], left[1] & right[1]
        case nodes.Or():
            left, right = guarded_by(test.left), guarded_by(test.right)
            return left[0] & right[0], left[1] | right[1]
        case _:
            return NONE, NONE
