"""Place of a paragraph in the letter → its role, which names its Word style."""

from __future__ import annotations

from dataclasses import dataclass, replace

from letters.writers.docx.blocks import Role

BODY = Role("Normal")
_REGIONS = {
    "nama": "Nama Penanda Tangan",
    "kiri": "Kolom",
    "kanan": "Kolom",
    "sel": "Kolom",
}
_TAKEN = ("normal", "heading", "header", "footer", "tabel")
"""Beginnings of names that other styles have."""
_BODY_REGIONS = ("", "Isi")
_TABLE = {"left": "Tabel", "center": "Tabel Tengah", "right": "Tabel Kanan"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the letter a block stands."""

    region: str = ""
    """Name of the innermost region as a style calls it; empty = in none."""
    depth: int = 0
    """How many lists are around it."""
    in_item: bool = False
    """Inside an item whose label has already been set."""

    def enter(self, name: str) -> Place:
        """Return the place inside region `name`."""
        words = name.replace("-", " ").title()
        words = f"Bagian {words}" if words.casefold().startswith(_TAKEN) else words
        return replace(self, region=_REGIONS.get(name, words))

    def text(self) -> Role:
        """Return the role of a paragraph."""
        if self.depth == 0:
            return Role(self.region) if self.region else BODY
        return Role(f"Lanjutan {self.item().name}") if self.in_item else self.item()

    def item(self) -> Role:
        """Return the role of a numbered paragraph."""
        if self.region in _BODY_REGIONS:
            return Role(f"Butir {self.depth}")
        return Role(f"Butir {self.region}" + (f" {self.depth}" if self.depth > 1 else ""))

    def fields(self) -> Role:
        """Return the role of a line with label, colon and value."""
        return Role("Keterangan" if self.region == "Keterangan" else "Isian")

    def heading(self, level: int) -> Role:
        """Return the role of a heading: Word's own, so that its navigation pane knows it."""
        return Role(f"heading {level}", level)

    def picture(self) -> Role:
        """Return the role of a line of pictures."""
        return Role(f"Gambar {self.region}".rstrip())

    def rule(self) -> Role:
        """Return the role of a ruled line."""
        return Role(f"Garis {self.region}".rstrip())


def cell_role(align: str, *, head: bool) -> Role:
    """Return the role of a table cell's text."""
    return Role("Tabel Kepala" if head else _TABLE.get(align, "Tabel"))


def emphasised(role: Role, *, bold: bool, italic: bool) -> Role:
    """Return the role of a paragraph of `role` all of whose text looks different."""
    kind = "Tebal" if bold else "Miring" if italic else "Lain"
    return role if role.heading else replace(role, name=f"{role.name} {kind}")
