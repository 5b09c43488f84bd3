"""Arguments of the command line → exit code, standard output, standard error; in this process, so tests stay quick."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from letters.cli import main


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: object, folder: Path | None = None) -> Run:
    """Return what `letters` does with `arguments` in `folder`; English, so that tests read like the code."""
    out, err = io.StringIO(), io.StringIO()
    given = [str(argument) for argument in arguments]
    common = ["--lang", "en"] if "--lang" not in given else []
    place = ["-C", str(folder)] if folder is not None else []
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([*common, *place, *given])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return Run(code, out.getvalue(), err.getvalue())
