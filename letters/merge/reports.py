"""Problems from several searches → each problem once, in the order they were found."""

from __future__ import annotations

from collections.abc import Iterable

from letters.errors import Problem


def unique(problems: Iterable[Problem]) -> list[Problem]:
    """Return `problems` without those that say the same about the same place."""
    found: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.place, str(problem)), problem)
    return list(found.values())
