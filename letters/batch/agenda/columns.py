"""Entries of the register → lines of the agenda book of outgoing letters (buku agenda surat keluar).

The columns are the union of what offices and the guides to their agenda books use. How a letter was sent (pengolah,
tanggal_kirim, cara_kirim) is what was noted of it; where nothing was, the office may fill it in and import the book.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from letters.model.letter import State
from letters.register import Entry, Sending

COLUMNS = (
    *("no_urut", "tanggal_catat", "nomor_surat", "tanggal_surat", "jenis_naskah", "kode_klasifikasi", "sifat"),
    *("urgensi", "perihal", "tujuan", "jumlah_lampiran", "penandatangan", "pengolah", "tanggal_kirim", "cara_kirim"),
    "keterangan",
)
"""Headings of the workbook and of the CSV file, in order."""
SPEED = frozenset(("segera", "sangat segera", "amat segera", "kilat", "penting"))
"""What letters print as *Sifat* that says how soon to answer, not who may read: it goes into `urgensi`."""
VOID, BOOKED, UNFINISHED, INSERTED, FORMER = "Batal", "Cadangan", "Belum terbit", "Sisipan", "Semula"
"""How `keterangan` begins; read back when a book is imported."""

Cell: TypeAlias = str | int | date | None
"""What stands in a cell; None = empty."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the book."""

    cells: dict[str, Cell]
    """By name of the column; every column is there."""

    def text(self, column: str) -> str:
        """Return a cell as the office prints it, dates in figures."""
        from letters.l10n import format_date_short

        value = self.cells[column]
        if isinstance(value, date):
            return format_date_short(value)
        return "" if value is None else str(value)


def line_of(entry: Entry, sending: Sending) -> Line:
    """Return the line of one entry and of how it was sent."""
    is_fast = entry.urgency.strip().casefold() in SPEED
    cells: dict[str, Cell] = {
        **dict.fromkeys(COLUMNS),
        "no_urut": _running_number(entry),
        "tanggal_catat": entry.created_at.date(),
        "nomor_surat": entry.number.text if entry.number else "",
        "tanggal_surat": entry.day,
        "jenis_naskah": entry.kind,
        "kode_klasifikasi": entry.classification,
        "sifat": "" if is_fast else entry.urgency,
        "urgensi": entry.urgency if is_fast else "",
        "perihal": entry.subject,
        "tujuan": entry.recipient,
        "jumlah_lampiran": entry.attachment,
        "penandatangan": entry.signatory,
        "pengolah": sending.handler,
        "tanggal_kirim": sending.day,
        "cara_kirim": sending.way,
        "keterangan": "; ".join(_remarks(entry)),
    }
    return Line({name: value if value != "" else None for name, value in cells.items()})


def _running_number(entry: Entry) -> Cell:
    if entry.number is None:
        return None
    return f"{entry.number.order}.{entry.suffix}" if entry.suffix else entry.number.order


def _remarks(entry: Entry) -> list[str]:
    """Return what the book says beside a letter; the reason of a void one comes last, it may hold anything."""
    remarks = []
    if entry.former:
        remarks.append(f"{FORMER} {', '.join(entry.former)}")
    if entry.suffix:
        remarks.append(INSERTED)
    match entry.state:
        case State.VOID:
            remarks.append(f"{VOID}: {entry.void_reason}")
        case State.BOOKED:
            remarks.append(BOOKED)
        case State.RESERVED:
            remarks.append(UNFINISHED)
    return remarks
