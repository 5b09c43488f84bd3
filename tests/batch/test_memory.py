"""A table of recipients → its plan, its numbers and its letters, of which few are in the memory at a time."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import date
from pathlib import Path

from letters.batch.choosing import Choice
from letters.batch.drafts import Draft, Letter
from letters.batch.issue import Outcome, issue
from letters.batch.plan import Composer, make_plan
from letters.batch.standing import Standing
from letters.batch.workspace import open_workspace
from letters.model.letter import LetterFile, Recipient
from letters.packed import TOGETHER
from letters.recipients import read_recipients
from letters.register import Entry, Request
from tests.register.making import opened
from tests.support.workspace import make_workspace

LETTER = Choice(("uji",), date(2024, 9, 24), formats=("docx",))
MANY = 6 * TOGETHER + 1
KINDS = (Recipient, Draft, Letter, Standing, Request, Entry, LetterFile)


def office(folder: Path) -> Path:
    rows = (f"c{n:05};camat;Camat {n};;Kecamatan {n};;Kota {n};Saudara\n" for n in range(MANY))
    return make_workspace(folder, recipients="kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan\n" + "".join(rows))


def alive() -> Counter[str]:
    """Return how many objects of each kind there are."""
    gc.collect()
    return Counter(type(one).__name__ for one in gc.get_objects() if isinstance(one, KINDS))


def test_table_is_held_packed(tmp_path: Path) -> None:
    before = alive()
    table = read_recipients(office(tmp_path / "kantor") / "recipients.csv")

    assert len(table.recipients) == MANY
    assert (alive() - before)["Recipient"] <= TOGETHER


def test_plan_is_held_packed_and_makes_its_letters_each_time(tmp_path: Path) -> None:
    workspace, before = open_workspace(office(tmp_path / "kantor")), alive()
    plan = make_plan(Composer(workspace), LETTER, lambda *_: None)

    assert plan.copies == MANY
    for _ in range(2):
        assert [letter.key for letter in plan.letters()] == [f"c{n:05}" for n in range(MANY)]
    held = alive() - before
    assert held["Recipient"] <= 2 * TOGETHER + 1, "the ends of the table and of whom the template is for, and a sample"
    assert held["Draft"] <= len(plan.samples)


def test_issuing_holds_some_hundred_letters_at_a_time(tmp_path: Path) -> None:
    folder, before = office(tmp_path / "kantor"), alive()
    seen: dict[str, Counter[str]] = {}

    def progress(step: str, done: int, total: int) -> None:
        if done in (1, total // 2, total) and step != "check":
            seen[f"{step} {done}"] = alive() - before

    with opened(folder / "register.db") as register:
        workspace = open_workspace(folder)
        outcome = issue(workspace, LETTER, register, progress, jobs=1)
        again = issue(workspace, LETTER, register, lambda *_: None, jobs=1)

    assert [entry.key for entry in outcome.made] == [f"c{n:05}" for n in range(MANY)]
    assert again == Outcome(already=MANY)
    assert list(seen) == [f"{step} {done}" for step in ("reserve", "produce") for done in (1, MANY // 2, MANY)]
    for step, held in seen.items():
        assert max(held.values()) <= 5 * TOGETHER, f"{step}: {held}"
        assert held["Request"] <= TOGETHER + 1, step
