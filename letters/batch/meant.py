"""A group as somebody wrote it → the group that was probably meant: by its id, its name, or the post of its people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from letters.law import Group

SURE, LIKELY = 0.8, 0.6
"""How much alike two words are: a slip of the pen, and what may be one."""


def meant_group(written: str, groups: Mapping[str, Group]) -> str:
    """Return the id of the group that `written` probably means; empty when none is near."""
    text = _folded(written)
    called = {name: group.id for group in reversed(list(groups.values())) for name in _names(group)}
    for cutoff in (SURE, 0, LIKELY):
        near = get_close_matches(text, called, 1, cutoff) if cutoff else _holding(text, called)
        if near:
            return called[near[0]]
    return ""


def _holding(text: str, called: Mapping[str, str]) -> list[str]:
    """Return the shortest name in which `text` stands as whole words: `desa` in `kepala desa`."""
    holding = [name for name in called if text and re.search(rf"\b{re.escape(text)}\b", name)]
    return sorted(holding, key=len)[:1]


def _names(group: Group) -> Iterator[str]:
    """Yield what a group is called, anywhere in the country."""
    yield _folded(group.id)
    yield _folded(group.name.split("(")[0])
    for title in (group.title, group.city.title, *(entry.title for entry in group.regional)):
        post = _folded(title.split("{wilayah}")[0])
        if " " in post or post not in (
            "",
            "kepala",
            "ketua",
            "direktur",
        ):  # words of every group
            yield post


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").casefold().split())
