"""Lines of the agenda book → a document with one ruled table, for our own PDF and DOCX writers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.resources import files

from letters.batch.agenda.columns import Line
from letters.model.document import Align, Cell, Document, Heading, Paragraph, Region, Table, Text, Value
from letters.model.letter import Properties

TITLE = "BUKU AGENDA SURAT KELUAR"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the printed book."""

    heading: str
    names: tuple[str, ...]
    """Columns of the line that stand in it, one below the other."""
    width: int
    """Relative."""
    align: Align = Align.LEFT


SENT = ("tanggal_kirim", "cara_kirim", "pengolah")
PRINTED = (
    Column("No.", ("no_urut",), 10, Align.CENTER),
    Column("Tanggal surat", ("tanggal_surat",), 24, Align.CENTER),
    Column("Nomor surat", ("nomor_surat",), 56),
    Column("Jenis", ("jenis_naskah",), 18),
    Column("Perihal", ("perihal",), 40),
    Column("Tujuan", ("tujuan",), 38),
    Column("Sifat", ("sifat", "urgensi"), 16),
    Column("Lampiran", ("jumlah_lampiran",), 21),
    Column("Penanda tangan", ("penandatangan",), 20),
    Column("Tanggal catat", ("tanggal_catat",), 24, Align.CENTER),
    Column("Dikirim", SENT, 25),
    Column("Keterangan", ("keterangan",), 25),
)
"""What a landscape page holds; *Dikirim* only where something is known of it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A book to be printed: its shape, what goes into it, what its file says about itself."""

    document: Document
    values: tuple[str, ...]
    properties: Properties


def printed(lines: Sequence[Line], office: str, scope: str, day: date) -> Printed:
    """Return the book of `office` as of `day`; `scope` says in Indonesian which letters it holds, or is empty."""
    values = [office, *([scope] if scope else [])]
    heads = (Paragraph((Value(index),)) for index in range(len(values)))
    known_sent = any(line.text(name) for line in lines for name in SENT)
    columns = [column for column in PRINTED if column.names != SENT or known_sent]
    rows = []
    for line in lines:
        texts = ["\n".join(filter(None, map(line.text, column.names))) for column in columns]
        rows.append(tuple(_cell(text, values) for text in texts))
    table = Table(
        tuple(Cell((Text(column.heading),)) for column in columns),
        tuple(rows),
        tuple(column.align for column in columns),
        tuple(column.width for column in columns),
    )
    title = Region(("judul",), (Heading(1, (Text(TITLE),)), *heads))
    body = table if rows else Paragraph((Text("Tidak ada surat."),))
    properties = Properties(
        title=" ".join(filter(None, (TITLE, scope))),
        subject=office,
        author=office,
        identifier=f"agenda|{office}|{scope}|{day.isoformat()}",
        created=datetime.combine(day, time(12)),
    )
    return Printed(Document((title, body)), tuple(values), properties)


def agenda_css() -> str:
    """Return the rules that turn a letter's page into the book's: landscape, small type."""
    return (files("letters") / "data" / "agenda" / "agenda.css").read_text(encoding="utf-8")


def _cell(text: str, values: list[str]) -> Cell:
    if not text:
        return Cell(())
    values.append(text)
    return Cell((Value(len(values) - 1),))
