"""This process and those below it → the memory they hold.

On Linux from /proc, as a process that was started inherits the peak of the one that started it; elsewhere what the
system says in the end.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

PROC = Path("/proc")


class Watch:
    """Looks at the memory of this process and its children every so often, in a thread of its own."""

    def __init__(self, interval: float = 0.2) -> None:
        self.samples: list[tuple[float, float]] = []
        """Seconds since the start, and MB of all processes together."""
        self._peaks: dict[int, float] = {}
        self._interval, self._end, self._begin = interval, Event(), time.monotonic()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def peak(self) -> float:
        """End the watch and return the most memory that one process held, in MB."""
        self._end.set()
        self._thread.join()
        self._look()
        both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return max(self._peaks.values(), default=max(resource.getrusage(who).ru_maxrss for who in both) / 1024)

    def _watch(self) -> None:
        while not self._end.wait(self._interval):
            self._look()

    def _look(self) -> None:
        found = {number: facts for number in family(os.getpid()) if (facts := _facts(number))}
        self._peaks |= {number: facts["VmHWM"] for number, facts in found.items() if "VmHWM" in facts}
        together = sum(facts.get("VmRSS", 0.0) for facts in found.values())
        self.samples.append((time.monotonic() - self._begin, together))


def family(number: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield number
    for path in PROC.glob(f"{number}/task/*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def _facts(number: int) -> dict[str, float]:
    """Return the sizes that /proc names of a process, in MB."""
    try:
        lines = (PROC / str(number) / "status").read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split() for line in lines if line.startswith("Vm"))
    return {name.rstrip(":"): int(size) / 1024 for name, size, _ in pairs}
