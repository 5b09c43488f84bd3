"""Letter → what it is made of, as plain data for the register; two of them → what changed.

A snapshot holds every fact but the number, and names the template's text and the look by their SHA-256: so a letter can
be made again from the register alone, whatever has happened to the folder since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from letters.batch.facts import Copy
from letters.errors import N_, Phrase
from letters.writers import WEASYPRINT

Snapshot = Mapping[str, Any]
LONGEST_SHOWN = 80
"""Characters of a value that are shown; what is longer is cut in the middle of the report, never in the letter."""
HASH_SHOWN = 12
TEMPLATE, LOOK, ENGINE = "templat", "rupa", "pdf.engine"
"""Fields for what a letter is made of besides facts."""
MARK = "rupa.tanda"
"""Field for the mark at the foot of every page."""


@dataclass(frozen=True, slots=True)
class Materials:
    """What many letters are made of besides facts, by SHA-256 of the texts the register keeps."""

    template: str
    look: str
    engine: str = WEASYPRINT
    """What makes the PDF."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a letter that is no longer what it was."""

    field: str
    """As a template calls it: `jabatan`, `kantor.kota`, `dasar.2`; `templat` and `rupa` for text and look, `pdf.engine`
    for what makes the PDF."""
    old: str
    new: str

    def __str__(self) -> str:
        """Return the change on one line."""
        return f'{self.field}: "{_short(self.old)}" → "{_short(self.new)}"'

    @property
    def words(self) -> Phrase:
        """Return the change as a person is told it: what only has a SHA-256 is said to have changed, no more."""
        if self.field in (TEMPLATE, LOOK):
            return Phrase(N_("{field}: changed"), {"field": self.field})
        if self.field == MARK and not self.new:
            return Phrase(N_('{field}: "{old}" is no longer printed'), {"field": self.field, "old": self.old})
        return Phrase("{told}", {"told": str(self)})


def snapshot_of(shared: Mapping[str, Any], copies: Sequence[Copy], materials: Materials) -> dict[str, object]:
    """Return the snapshot of a letter with these copies."""
    return {
        "facts": dict(shared),
        "copies": [
            {
                "key": copy.key,
                "addressees": [dict(row) for row in copy.addressees],
                "bases": list(copy.bases),
                "direct": copy.direct,
                "quotes": list(copy.quotes),
                **({"terms": dict(copy.terms)} if copy.terms else {}),
            }
            for copy in copies
        ],
        "template": materials.template,
        "look": materials.look,
        "engine": materials.engine,
    }


def engine_of(snapshot: Snapshot) -> str:
    """Return what makes the letter's PDF; before there was a choice, it was WeasyPrint."""
    return str(snapshot.get("engine", WEASYPRINT))


def copies_in(snapshot: Snapshot) -> list[Copy]:
    """Return the copies a snapshot describes."""
    return [
        Copy(
            copy["key"],
            copy["addressees"],
            copy["bases"],
            copy.get("direct", True),
            copy.get("quotes", ()),
            copy.get("terms", {}),
        )
        for copy in snapshot["copies"]
    ]


def is_whole(snapshot: Snapshot) -> bool:
    """Return whether a letter can be made from `snapshot`; one that was made elsewhere has none."""
    return all(name in snapshot for name in ("facts", "copies", "template", "look"))


def changes(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return every field that differs between two snapshots, printed or not.

    Empty and missing are the same, as both print nothing.
    """
    before, after = dict(_fields(old)), dict(_fields(new))
    names = dict.fromkeys((*before, *after))
    pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
    return [Change(name, was, now) for name, was, now in pairs if was != now]


def _fields(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Yield every field of a snapshot with its value as text."""
    copies = snapshot.get("copies", [])
    alone = len(copies) == 1 and len(copies[0]["addressees"]) == 1
    yield "penerima", ", ".join(row.get("kode", "") for copy in copies for row in copy["addressees"])
    for copy in copies:
        for row in copy["addressees"]:
            yield from _flat("" if alone else f"penerima.{row.get('kode', '')}", row)
        of = f"{copy['key']}." if len(copies) > 1 else ""
        yield from _flat(f"{of}dasar", [basis["teks"] for basis in copy["bases"]])
        yield f"{of}dasar_langsung", "" if copy.get("direct", True) else "tidak"
        yield from _flat(f"{of}kutipan", [line for quote in copy.get("quotes", ()) for line in quote["baris"]])
        yield from _flat(f"{of}sebutan penerima", copy.get("terms", {}))
    yield from _flat("", {name: value for name, value in snapshot.get("facts", {}).items() if name != "tanggal"})
    yield TEMPLATE, str(snapshot.get("template", ""))[:HASH_SHOWN]
    yield LOOK, str(snapshot.get("look", ""))[:HASH_SHOWN]
    yield ENGINE, engine_of(snapshot)


def _flat(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield the texts in `value`, each with its dotted name; items of a list are counted from 1."""
    items: Iterator[tuple[object, object]]
    match value:
        case Mapping():
            items = iter(value.items())
        case list() | tuple():
            items = iter(enumerate(value, 1))
        case _:
            yield name, "" if value is None else str(value)
            return
    for key, item in items:
        yield from _flat(f"{name}.{key}" if name else str(key), item)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[: LONGEST_SHOWN - 1]}…"
