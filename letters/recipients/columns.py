"""The row of headings → columns with identifiers that templates can use, and what their names say of their values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum

from letters.errors import N_, Place, Problem
from letters.recipients.cells import clean
from letters.recipients.rows import Row, Typed, column_letter, shown

RESERVED = frozenset(
    ("nomor", "tanggal", "kantor", "penandatangan", "penerima", "surat", "pemilihan", "tahapan", "dasar", "isian")
    + ("para_penandatangan", "naskah", "sebutan", "hijriah")
)
"""Facts of the letter itself; a column of that name would hide them from the templates."""
WORDS_OF_TEMPLATES = frozenset(
    ("and", "else", "if", "in", "is", "not", "or", "true", "false", "none")
    + ("loop", "self", "super", "caller", "varargs", "kwargs")
)
"""Names that mean something else inside a template."""
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i"})
"""Letters that Unicode does not take apart into a Latin letter and a mark."""
PHONE_WORDS = frozenset(("hp", "telp", "telepon", "telpon", "wa", "whatsapp", "ponsel", "handphone"))


class Rule(StrEnum):
    """What a column's name says about its values."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    NIP = "nip"
    NIK = "nik"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table."""

    index: int
    """From 0."""
    name: str
    """Identifier: `[a-z][a-z0-9_]*`."""
    heading: str
    """As it stands in the file, on one line."""
    rule: Rule


def identifier(text: str) -> str:
    """Return `text` as an identifier: `No. HP` → `no_hp`, `Désa` → `desa`; empty when no such name can be made of it.

    Empty too when it would begin with a digit, or a letter has no Latin counterpart (then two names could become one).
    """
    folded = unicodedata.normalize("NFKD", clean(text)[0]).casefold().translate(LETTERS)
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    if any(char.isalpha() and not char.isascii() for char in plain):
        return ""
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return name if re.match("[a-z]", name) else ""


def read_headings(row: Row, place: Place, reserved: Collection[str] = RESERVED) -> tuple[list[Column], list[Problem]]:
    """Return the usable columns, and a problem for each heading that is unusable, `reserved`, or there twice."""
    columns: dict[str, Column] = {}
    problems: list[Problem] = []
    for index in sorted(row.cells):
        heading, faults = _heading_text(row.cells[index])
        if not heading and not faults:
            continue
        where = replace(place, row=row.number, column=shown(heading) or column_letter(index))
        name = identifier(heading)
        fault = _name_problem(name, heading, reserved) if heading else None
        if name in columns:
            fault = _same_name(columns[name], index, heading)
        faults = [*faults, *([fault] if fault else [])]
        problems += [replace(problem, place=where) for problem in faults]
        if name and name not in columns:
            columns[name] = Column(index, name, where.column, rule_of(name))
    return list(columns.values()), problems


def _heading_text(value: str | Typed) -> tuple[str, list[Problem]]:
    if isinstance(value, Typed):
        return value.text, [value.fault] if value.fault else []
    text, problems = clean(value)
    return " ".join(text.split()), list(problems)


def rule_of(name: str) -> Rule:
    """Return the rule that a column's identifier stands for (`nip_ketua` → NIP, `tanggal_acara` → DATE)."""
    words = set(name.split("_"))
    if name in ("kode", "kelompok"):
        return Rule.CODE
    if name == "tgl" or name.startswith(("tanggal_", "tgl_")):
        return Rule.DATE
    if "nip" in words and "nrp" not in words:
        return Rule.NIP
    if "nik" in words:
        return Rule.NIK
    return Rule.PHONE if words & PHONE_WORDS else Rule.TEXT


def missing_columns(columns: Sequence[Column], required: Sequence[str], place: Place) -> list[Problem]:
    """Return a problem for each of `required` that is not there, with the heading that comes nearest."""
    names = [column.name for column in columns]
    headings = {column.name: column.heading for column in columns}
    problems = []
    for wanted in required:
        if wanted in headings:
            continue
        near = get_close_matches(wanted, [name for name in names if name not in required], 1, 0.6)
        problems.append(_missing(wanted, headings[near[0]] if near else "", names, place))
    return problems


# -- problems -----------------------------------------------------------------------------------------


def _name_problem(name: str, heading: str, reserved: Collection[str]) -> Problem | None:
    if not name:
        return Problem(
            "recipients.unusable-heading",
            N_("The heading {heading} cannot become the name of a field."),
            N_("Begin it with a letter and use Latin letters, digits and blanks only."),
            params={"heading": shown(heading)},
        )
    if name in reserved:
        return Problem(
            "recipients.reserved-heading",
            N_("The heading {heading} is a fact of the letter itself and cannot be a column."),
            N_("Choose another heading, for example {heading} penerima."),
            params={"heading": shown(heading)},
        )
    if name in WORDS_OF_TEMPLATES:
        return Problem(
            "recipients.unusable-heading",
            N_("The heading {heading} is a word with a meaning of its own in templates."),
            N_("Choose another heading."),
            params={"heading": shown(heading)},
        )
    return None


def _same_name(first: Column, index: int, heading: str) -> Problem:
    return Problem(
        "recipients.duplicate-heading",
        N_("The columns {first} ({first_heading}) and {second} ({second_heading}) have the same name {name}."),
        N_("Rename one of them, or delete it."),
        params={
            "first": column_letter(first.index),
            "first_heading": first.heading,
            "second": column_letter(index),
            "second_heading": shown(heading),
            "name": first.name,
        },
    )


def _missing(wanted: str, near: str, names: list[str], place: Place) -> Problem:
    if near:
        return Problem(
            "recipients.missing-column",
            N_("The column {wanted} is missing."),
            N_("Rename the column {near} if that is what it is, or add the column."),
            place,
            {"wanted": wanted, "near": near},
        )
    return Problem(
        "recipients.missing-column",
        N_("The column {wanted} is missing."),
        N_("Add the column; the table has: {columns}."),
        place,
        {"wanted": wanted, "columns": ", ".join(names) or "-"},
    )
