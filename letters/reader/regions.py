"""`::: names` … `:::` → a region with the blocks in between."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from letters.errors import N_
from letters.model.document import Block, Region
from letters.reader.source import Line
from letters.reader.starts import FENCE
from letters.reader.state import Scope, State

_NAME = re.compile(r"[a-z][a-z0-9-]*")


def region(state: State, scope: Scope) -> Sequence[Block] | None:
    """Read a region. A `:::` that reaches this rule closes nothing: the driver stops at those that do."""
    line = state.line
    fence = FENCE.fullmatch(line.text) if line else None
    if not line or not fence:
        return None
    state.take()
    names = tuple(fence[1].split())
    if not names:
        _report_stray(state, line)
        return ()
    _check_names(state, line, names)
    blocks = state.read_blocks(state, state.enter(line, scope, region=True))
    if state.line is None:
        _report_open(state, line, names)
    else:
        state.take()
    return (Region(names, tuple(blocks)),)


def _report_stray(state: State, line: Line) -> None:
    state.report(
        line.number,
        "reader.region-closed",
        N_("This ::: closes nothing: no region is open here."),
        N_("Delete the line, or open the region above with ::: and its name."),
    )


def _report_open(state: State, line: Line, names: tuple[str, ...]) -> None:
    state.report(
        line.number,
        "reader.region-open",
        N_("The region “{name}” is opened here and never closed."),
        N_("Add a line with ::: alone where the region ends."),
        name=" ".join(names),
    )


def _check_names(state: State, line: Line, names: tuple[str, ...]) -> None:
    for name in names:
        if not _NAME.fullmatch(name):
            state.report(
                line.number,
                "reader.region-name",
                N_("“{name}” is no name of a region."),
                N_("Use small letters, digits and -, starting with a letter, for example ::: tanda-tangan."),
                name=name,
            )
        elif state.regions is not None and name not in state.regions:
            _report_unknown(state, line, name, state.regions)


def _report_unknown(state: State, line: Line, name: str, known: Collection[str]) -> None:
    near = get_close_matches(name, known, n=1)
    state.report(
        line.number,
        "reader.region-unknown",
        N_("There is no region “{name}”."),
        N_("Did you mean {near}? Known are: {known}.") if near else N_("Known are: {known}."),
        name=name,
        near=near[0] if near else "",
        known=", ".join(sorted(known)),
    )
