"""Number of letters, formats and engine → time and memory of the whole of `letters issue`, on standard output as JSON.

Run by `bench.py` and `large.py` in a process of its own.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from memory import Watch
from office import DAY, TEMPLATE, make_office

from letters.batch.choosing import Choice
from letters.batch.issue import issue
from letters.batch.workspace import open_workspace
from letters.cli.options import actor, now
from letters.register import Register


def batch(folder: Path, formats: tuple[str, ...], engine: str) -> float:
    """Return seconds of check, numbers, files and register for the letters of an office."""
    start = time.perf_counter()
    workspace = open_workspace(folder, engine)
    with Register.open(workspace.register_path, actor(), now) as register:
        issue(workspace, Choice((TEMPLATE,), DAY, formats=formats), register, lambda *_: None)
    return time.perf_counter() - start


if __name__ == "__main__":
    letters, wanted, chosen = sys.argv[1:]
    with tempfile.TemporaryDirectory() as temporary:
        office = make_office(Path(temporary) / "office", int(letters))
        watch = Watch()
        seconds = batch(office, tuple(wanted.split(",")), chosen)
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": watch.peak()}))
