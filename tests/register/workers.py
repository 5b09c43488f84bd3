"""What runs in other processes: many offices' worth of people asking one register for numbers at the same time."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import time
from itertools import count
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

from letters.register import Entry, Filter, Pattern, Register, Request
from tests.register.making import block, booking, circular, file, letter, opened, pledge

PER_CODE = Pattern.parse("{urut:03}/PM/{tahun}")


def context() -> BaseContext:
    """A way to start processes that share nothing; a server that has everything imported makes it quick."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["__main__", "letters.register", "tests.register.workers"])
    return server


def ask(place: str, name: str, rounds: int, together: Barrier, answer: Path) -> None:
    """Reserve, book and insert in `rounds`; write the numbers got and the longest wait in seconds to `answer`."""
    dice = random.Random(name)
    together.wait(60)
    got, longest = [], 0.0
    with opened(place) as book:
        for number in range(rounds):
            wanted = mixed(dice, f"{name}-{number}")
            begun = time.monotonic()
            entries = book.reserve(wanted) + beside(book, dice, f"{name}-{number}")
            longest = max(longest, time.monotonic() - begun)
            got += [entry.number.text for entry in entries if entry.number]
    answer.write_text(json.dumps({"got": got, "longest": longest}))


def beside(book: Register, dice: random.Random, batch: str) -> list[Entry]:
    """Book numbers, or insert a letter after the first one, as others do at the same time."""
    if dice.randrange(2):
        return book.book(booking(dice.randint(1, 3)))
    last = book.list(Filter(series="surat", limit=1))
    return [book.insert(entry.label, "angka", letter("sisip", batch=batch)).entry for entry in last]


def mixed(dice: random.Random, batch: str) -> list[Request]:
    """One to twelve letters of several series and counts."""
    kinds = (
        lambda: block(dice.randint(1, 5), batch),
        lambda: block(dice.randint(1, 3), f"{batch}-pm", period="2024|PM", series="per-kode", pattern=PER_CODE),
        lambda: [circular("edaran", batch=batch, start=1064)],
        lambda: [pledge("ikrar", batch=batch)],
    )
    chosen = dice.sample(kinds, dice.randint(1, 4))
    return [request for kind in chosen for request in kind()]


def work_until_killed(place: str, name: str, acknowledged: Path) -> None:
    """Reserve and issue for ever; a line in `acknowledged` says what the register had promised by then."""
    dice = random.Random(name)
    with opened(place) as book, acknowledged.open("ab", buffering=0) as lines:
        for number in count():
            entries = book.reserve(mixed(dice, f"{name}-{number}"))
            promised = [entry.number.text if entry.number else f"#{entry.id}" for entry in entries]
            lines.write(
                (json.dumps({entry.id: text for entry, text in zip(entries, promised, strict=True)}) + "\n").encode()
            )
            book.issue_many({entry.id: [file(f"out/{entry.id}.pdf")] for entry in entries[::2]})
            void_some(book, entries[0].id, dice)


def void_some(book: Register, entry_id: int, dice: random.Random) -> None:
    if not dice.randrange(4):
        book.void(f"#{entry_id}", "salah alamat")


def open_only(place: str, together: Barrier) -> None:
    """Open a register that is not there yet, at the same moment as others."""
    together.wait(60)
    with opened(place) as book:
        book.reserve(block(1, f"proses-{os.getpid()}"))


def start(processes: list[BaseProcess]) -> None:
    for process in processes:
        process.start()


def finish(processes: list[BaseProcess]) -> list[int | None]:
    """Wait for all and return their exit codes."""
    for process in processes:
        process.join(60)
    return [process.exitcode for process in processes]
