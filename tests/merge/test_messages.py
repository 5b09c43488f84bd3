"""Messages of this room can be shown: their fields have names, and literal braces are doubled."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

import letters.merge

ROOM = Path(letters.merge.__file__).parent


def message_ids():
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_":
                yield pytest.param(node.args[0], id=f"{path.name}:{node.lineno}")


@pytest.mark.parametrize("argument", list(message_ids()))
def test_a_message_is_one_literal_text_with_named_fields(argument):
    assert isinstance(argument, ast.Constant)
    assert isinstance(argument.value, str)
    fields = [name for _, name, _, _ in Formatter().parse(argument.value) if name is not None]
    assert all(name.isidentifier() for name in fields)
