"""An agenda book as XLSX or CSV → its lines as requests for the register, or every problem in it at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from letters.batch.agenda.columns import BOOKED, FORMER, UNFINISHED, VOID
from letters.batch.agenda.sheets import plain
from letters.batch.findings import BatchError
from letters.batch.placing import Letter, outside_request, patterns
from letters.errors import N_, LettersError, Place, Problem, Severity
from letters.l10n import parse_date
from letters.recipients import read_recipients
from letters.register import Request, Sending
from letters.settings import Settings

ALIASES: Mapping[str, tuple[str, ...]] = {
    "nomor_surat": ("no_surat", "nomor_naskah", "no_naskah", "nomor"),
    "tanggal_surat": ("tgl_surat", "tanggal_naskah", "tgl_naskah", "tanggal", "tgl"),
    "perihal": ("hal", "isi_ringkas", "isi_ringkasan", "uraian"),
    "tujuan": ("kepada", "dikirim_kepada", "ditujukan_kepada", "tujuan_surat"),
    "keterangan": ("ket", "catatan"),
    "jumlah_lampiran": ("lampiran",),
    "jenis_naskah": ("jenis", "jenis_surat"),
    "kode_klasifikasi": ("klasifikasi",),
    "penandatangan": ("penanda_tangan", "pengirim"),
    "no_urut": ("no", "urut"),
    "tanggal_kirim": ("tgl_kirim", "tanggal_pengiriman"),
    "cara_kirim": ("cara_pengiriman", "dikirim_melalui"),
}
"""Column → what offices call it too."""
REQUIRED = ("nomor_surat", "tanggal_surat", "perihal", "tujuan")
OLD_VOID = "batal menurut buku agenda sebelumnya"
"""Reason of a line that only says Batal."""
_VOID = re.compile(
    rf"(?:^|; )(?:{VOID}|Dibatalkan)\b[\s:;,.(–-]*(?:karena\s+)?(?P<reason>.*)$", re.IGNORECASE | re.DOTALL
)
_FORMER = re.compile(rf"^{FORMER} (.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a book to be entered."""

    place: Place
    number: str
    """The number the line stands for in its count: the provisional one of a renumbered letter."""
    request: Request
    finals: tuple[str, ...] = ()
    """Numbers the letter got later, in order."""
    void_reason: str = ""
    is_booked: bool = False
    sending: Sending = Sending()


@dataclass(frozen=True, slots=True)
class Lines:
    """What was read of a book."""

    items: list[Item]
    problems: list[Problem]
    """Every fault of every line; a faulty line is no item."""
    warnings: list[Problem]


@dataclass(frozen=True, slots=True)
class Remark:
    """What stands beside a letter, understood."""

    void_reason: str = ""
    is_booked: bool = False
    former: tuple[str, ...] = ()


def read_agenda(path: Path, sheet: str, settings: Settings) -> Lines:
    """Return the lines of the book in `path`, with every fault of every line.

    Raises RecipientsError for a file that is no table, BatchError for one without the columns of a book, SettingsError
    for a pattern of letters.toml that cannot be read.
    """
    patterns(settings)  # a slip in letters.toml is told once, and not for every line
    table = read_recipients(path, sheet=sheet, required=(), reserved=(), is_heading=_is_heading)
    names = {name: _present(name, table.columns) for name in (*ALIASES, "sifat", "urgensi", "pengolah")}
    missing = [_missing(name, path) for name in REQUIRED if not names[name]]
    if missing:
        raise BatchError(*missing)
    warnings = list(table.warnings)
    items: list[Item] = []
    problems: list[Problem] = []
    for row in table.recipients:
        fields = {name: plain(row.fields.get(column, "")) for name, column in names.items()}
        rest = {name: plain(text) for name, text in row.fields.items() if text}
        if not any(text for column, text in row.fields.items() if column != names["no_urut"]):
            continue  # a line that was prepared and never used
        if not fields["nomor_surat"] and not re.search(r"\d", fields["no_urut"]):
            warnings.append(_unnumbered(fields, replace(row.place, column=names["nomor_surat"])))
            continue
        found = list(_cell_problems(fields, names, row.place))
        if not found:
            try:
                items.append(_item(fields, rest, row.place, settings))
            except LettersError as error:
                found = [replace(problem, place=row.place) for problem in error.problems]
        problems += found
    return Lines(items, problems, warnings)


def remark_of(text: str) -> Remark:
    """Return what a line's *keterangan* says of the letter's life."""
    void = _VOID.search(text)
    reason = (void["reason"].strip(" .") or OLD_VOID) if void else ""
    reason = reason[:-1] if reason.endswith(")") and "(" not in reason else reason
    rest = text[: void.start()] if void else text
    words = [word.strip() for word in rest.split(";")]
    former = next((match[1] for word in words if (match := _FORMER.match(word))), "")
    waits = {word.casefold() for word in words} & {BOOKED.casefold(), UNFINISHED.casefold()}
    return Remark(reason, bool(waits) and not void, tuple(part.strip() for part in former.split(",") if part.strip()))


def _is_heading(names: Collection[str]) -> bool:
    """Return whether a row with these identifiers heads a book: nearly all the columns it must have are there."""
    return sum(bool(_present(name, tuple(names))) for name in REQUIRED) >= len(REQUIRED) - 1


def _present(name: str, columns: tuple[str, ...]) -> str:
    return next((known for known in (name, *ALIASES.get(name, ())) if known in columns), "")


def _cell_problems(fields: Mapping[str, str], names: Mapping[str, str], place: Place) -> Iterator[Problem]:
    """Yield what is wrong with single cells; `names` are what the file calls its columns."""
    for name in REQUIRED:
        if not fields[name]:
            yield _empty(names[name], place)
    for name in ("tanggal_surat", "tanggal_kirim"):
        if fields[name] and parse_date(fields[name]) is None:
            yield _no_date(fields[name], replace(place, column=names[name]))


def _item(fields: Mapping[str, str], rest: Mapping[str, str], place: Place, settings: Settings) -> Item:
    remark = remark_of(fields["keterangan"])
    day = parse_date(fields["tanggal_surat"])
    assert isinstance(day, date)
    borne = (*remark.former, fields["nomor_surat"])
    letter = Letter(
        day=day,
        recipient=fields["tujuan"],
        subject=fields["perihal"],
        classification=fields["kode_klasifikasi"],
        signatory=_signatory(settings, fields["penandatangan"]),
        kind=fields["jenis_naskah"],
        urgency=fields["urgensi"] or fields["sifat"],
        attachment=fields["jumlah_lampiran"],
        remarks={"agenda": dict(rest)},
    )
    request = outside_request(settings, borne[0], letter)
    sending = Sending(parse_date(fields["tanggal_kirim"]), fields["cara_kirim"], fields["pengolah"])
    return Item(place, borne[0], request, borne[1:], remark.void_reason, remark.is_booked, sending)


def _signatory(settings: Settings, title: str) -> str:
    """Return the key of the signatory with this title; the title itself if nobody in letters.toml has it."""
    keys = (key for key, person in settings.signatories.items() if person.title.casefold() == title.casefold())
    return next(keys, title)


def _missing(name: str, path: Path) -> Problem:
    return Problem(
        "agenda.missing-column",
        N_("The agenda book has no column {name}."),
        N_("Name the column {name}, or one of: {aliases}."),
        Place(file=str(path)),
        {"name": name, "aliases": ", ".join(ALIASES[name])},
    )


def _empty(name: str, place: Place) -> Problem:
    return Problem(
        "agenda.empty-cell",
        N_("The cell in column {name} is empty."),
        N_("Fill it in; for a number that went to no letter write Cadangan or Batal into keterangan."),
        replace(place, column=name),
        {"name": name},
    )


def _unnumbered(fields: Mapping[str, str], place: Place) -> Problem:
    return Problem(
        "agenda.unnumbered",
        N_("This row ({what}) has no number and is left out: the book is kept by numbers."),
        N_("If the document has a number, write it into the row and import again."),
        place,
        {"what": ", ".join(text for name in ("perihal", "tujuan", "tanggal_surat") if (text := fields[name])) or "-"},
        severity=Severity.WARNING,
    )


def _no_date(text: str, place: Place) -> Problem:
    return Problem(
        "agenda.no-date",
        N_('"{value}" is no date.'),
        N_("Write it as 2024-09-24 or 24-09-2024."),
        place,
        {"value": text},
    )
