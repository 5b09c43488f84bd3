"""Pattern of a series + running number, date, codes → number as printed, and back. Pure: no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NotRequired, TypeAlias, TypedDict

from letters.errors import N_, Place, Problem, SettingsError, Severity

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
FORMATS: Mapping[str, str] = {
    "urut": r"(0[1-9])?",
    "klasifikasi": "",
    "kode": "",
    "bulan": "(02|romawi)?",
    "tahun": "",
}
"""Field → regular expression of the formats it may carry after a colon."""
EXAMPLES = "{urut} {urut:03} {klasifikasi} {kode} {bulan} {bulan:02} {bulan:romawi} {tahun}"
LONGEST = 200
"""Longest number text that is read; real ones have 20 to 60 characters."""

_TOKEN = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+")
_CODE = re.compile(r"[\w./-]+(?: [\w./-]+)*")
_NATIONAL_CODE = re.compile(r"[A-Z]{2}(\.\d{2}){0,3}")
_SUFFIX = re.compile(r"\d{1,3}|[A-Za-z]{1,2}")
_PRINTS = {"tahun": ("tahun",), "bulan": ("bulan", "tahun"), "tidak": ()}
_PRINTS_PER = {"klasifikasi": "klasifikasi", "kode": "kode", "penandatangan": "kode"}


class NumberParts(TypedDict):
    """What a printed number says; only what its pattern prints is there."""

    order: int
    suffix: str
    """What an inserted number adds to its order, without the dot: `1` of `045.1`, `A` of `045.A`; mostly empty."""
    month: NotRequired[int]
    year: NotRequired[int]
    klasifikasi: NotRequired[str]
    kode: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Field:
    """One `{field:format}` of a pattern."""

    name: str
    format: str = ""

    def __str__(self) -> str:
        """Return the field as the pattern writes it."""
        return f"{{{self.name}:{self.format}}}" if self.format else f"{{{self.name}}}"


Piece: TypeAlias = str | Field


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the numbers of a series look, as `letters.toml` writes it in `pola`."""

    text: str
    """As the office wrote it."""
    pieces: tuple[Piece, ...]
    """Literal text and fields in turn."""

    @staticmethod
    def parse(text: str, place: Place | None = None) -> Pattern:
        """Return the pattern `text` stands for.

        Fields are `{urut}` (exactly once), `{klasifikasi}`, `{kode}`, `{bulan}`, `{tahun}`, with the formats of
        `EXAMPLES`; `{{` and `}}` are braces; the rest is printed as it stands. Raises SettingsError with every
        problem of the pattern, standing at `place`.
        """
        pieces, problems = _pieces(text)
        problems += _order_problems(pieces)
        if any(not character.isprintable() for character in text):
            problems.append(_control_problem())
        if problems:
            where = place or Place()
            raise SettingsError(*(_standing(problem, text, where) for problem in problems))
        return Pattern(text, tuple(pieces))

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields the pattern prints."""
        return frozenset(piece.name for piece in self.pieces if isinstance(piece, Field))

    def format(self, order: int, day: date, parts: Mapping[str, str], suffix: str = "") -> str:
        """Return the number as printed: `order` (from 1), month and year of `day`, `klasifikasi`/`kode` of `parts`.

        `suffix` (one to three digits or one or two letters) makes an inserted number: order 45, suffix `A` →
        `045.A`. Order 0 makes a specimen, which `read` does not take for a number. Raises SettingsError when a code
        the pattern prints is missing or could not be read back; ValueError for an order below 0 or another suffix,
        which no user can have typed.
        """
        if order < 0 or (suffix and not _SUFFIX.fullmatch(suffix)):
            raise ValueError(f"no such running number: {order} {suffix!r}")
        problems = self.code_problems(parts)
        if problems:
            raise SettingsError(*problems)
        return "".join(
            piece if isinstance(piece, str) else _print(piece, order, suffix, day, parts) for piece in self.pieces
        )

    def code_problems(self, parts: Mapping[str, str]) -> list[Problem]:
        """Return what is wrong with the codes of `parts` that this pattern prints; empty if nothing."""
        names = [name for name in ("klasifikasi", "kode") if name in self.fields]
        missing = [_missing_code(name, self.text) for name in names if not parts.get(name)]
        odd = [name for name in names if parts.get(name) and not _CODE.fullmatch(parts[name])]
        return missing + [_odd_code(name, parts[name]) for name in odd]

    def read(self, text: str) -> NumberParts | None:
        """Return what the printed number `text` says, or None if it does not follow this pattern.

        The inverse of `format`. Padding may differ (`5` for `005`): people write so. Where codes make several
        readings possible, one that prints as `text` again wins, then the one whose classification looks like the
        national ones (`PM.00.02`; Perbawaslu 11/2020), then one without suffix.
        """
        if len(text) > LONGEST:
            return None
        readings = _readings(self.pieces, text, NumberParts(order=0, suffix=""))
        return min(readings, key=lambda parts: self._doubt(parts, text), default=None)

    def unprinted(self, period: str, per: Sequence[str]) -> list[Problem]:
        """Return a warning for each thing the count restarts by that the pattern does not print.

        Such numbers look alike: `periode = "tahun"` without `{tahun}` prints `001/PM.00.02` again every year.
        """
        needed = [*_PRINTS[period], *(_PRINTS_PER[name] for name in per)]
        return [_unprinted(name, self.text) for name in dict.fromkeys(needed) if name not in self.fields]

    def _doubt(self, parts: NumberParts, text: str) -> tuple[bool, bool, bool, int, int, int]:
        """Return a key that sorts the likelier reading first."""
        day = date(parts.get("year", 2000), parts.get("month", 1), 1)
        classification, code = parts.get("klasifikasi", ""), parts.get("kode", "")
        codes = {"klasifikasi": classification, "kode": code}
        national = bool(_NATIONAL_CODE.fullmatch(classification))
        return (
            self.format(parts["order"], day, codes, parts["suffix"]) != text,
            not national,
            bool(parts["suffix"]),
            classification.count("/"),
            code.count("/"),
            -len(classification) if national else len(classification),
        )


def period_of(period: str, per: Sequence[str], day: date, parts: Mapping[str, str]) -> str:
    """Return the key of the count a letter belongs to: `2024`, `2024-09`, `2024|PM`, or empty for one endless count.

    `period` is `tahun`, `bulan` or `tidak`; `per` holds any of `klasifikasi` (its main code: PM of PM.00.02, as
    Bawaslu Riau counts), `kode`, `penandatangan`, looked up in `parts`. Raises SettingsError when one is missing.
    """
    heads = {"tahun": f"{day.year:04}", "bulan": f"{day.year:04}-{day.month:02}", "tidak": ""}
    problems = [_missing_part(name) for name in per if not parts.get(name)]
    if problems:
        raise SettingsError(*problems)
    values = [main_code(parts[name]) if name == "klasifikasi" else parts[name] for name in per]
    return "|".join([heads[period], *(value.replace("%", "%25").replace("|", "%7C") for value in values)])


def main_code(classification: str) -> str:
    """Return the main code of an archive classification: PM of PM.00.02."""
    return classification.split(".")[0].strip().upper()


# -- printing and reading ------------------------------------------------------------------------------


def _print(field: Field, order: int, suffix: str, day: date, parts: Mapping[str, str]) -> str:
    match field.name, field.format:
        case "urut", width:
            return f"{order:{width}}.{suffix}" if suffix else f"{order:{width}}"
        case "bulan", "romawi":
            return ROMAN_MONTHS[day.month - 1]
        case "bulan", width:
            return f"{day.month:{width}}"
        case "tahun", _:
            return f"{day.year:04}"
        case name, _:
            return parts[name]


def _readings(pieces: Sequence[Piece], text: str, found: NumberParts) -> Iterator[NumberParts]:
    """Yield every way to cut `text` into `pieces` that does not contradict what is already `found`."""
    if not pieces:
        if not text:
            yield found
        return
    first, rest = pieces[0], pieces[1:]
    if isinstance(first, str):
        if text.startswith(first):
            yield from _readings(rest, text[len(first) :], found)
        return
    for length, parts in _starts(first, text):
        merged: NumberParts = {**found, **parts}  # type: ignore[typeddict-item]  # keys come from _starts
        if first.name == "urut" or all(found.get(name, value) == value for name, value in parts.items()):
            yield from _readings(rest, text[length:], merged)


def _starts(field: Field, text: str) -> Iterator[tuple[int, dict[str, int | str]]]:
    """Yield the length and the meaning of everything at the start of `text` that `field` could have printed."""
    match field.name:
        case "urut":
            return _orders(text)
        case "bulan":
            return _roman_months(text) if field.format == "romawi" else _months(text)
        case "tahun":
            return _years(text)
        case name:
            return _codes(name, text)


def _orders(text: str) -> Iterator[tuple[int, dict[str, int | str]]]:
    digits = re.match("[0-9]{1,9}", text)
    for length in range(1, digits.end() + 1 if digits else 0):
        order = int(text[:length])
        if order:
            yield length, {"order": order, "suffix": ""}
            yield from _suffixed(text, length, order)


def _suffixed(text: str, length: int, order: int) -> Iterator[tuple[int, dict[str, int | str]]]:
    if text[length : length + 1] == ".":
        for end in range(length + 2, length + 5):
            suffix = text[length + 1 : end]
            if end <= len(text) and _SUFFIX.fullmatch(suffix):
                yield end, {"order": order, "suffix": suffix}


def _months(text: str) -> Iterator[tuple[int, dict[str, int | str]]]:
    digits = re.match("[0-9]{1,2}", text)
    for length in range(1, digits.end() + 1 if digits else 0):
        if 1 <= int(text[:length]) <= 12:
            yield length, {"month": int(text[:length])}


def _roman_months(text: str) -> Iterator[tuple[int, dict[str, int | str]]]:
    for month, numeral in enumerate(ROMAN_MONTHS, start=1):
        if text.startswith(numeral):
            yield len(numeral), {"month": month}


def _years(text: str) -> Iterator[tuple[int, dict[str, int | str]]]:
    if re.match("[0-9]{4}", text) and int(text[:4]):
        yield 4, {"year": int(text[:4])}


def _codes(name: str, text: str) -> Iterator[tuple[int, dict[str, int | str]]]:
    longest = _CODE.match(text)
    for length in range(1, longest.end() + 1 if longest else 0):
        if text[length - 1] != " ":
            yield length, {name: text[:length]}


# -- parsing -------------------------------------------------------------------------------------------


def _pieces(text: str) -> tuple[list[Piece], list[Problem]]:
    """Return the pieces of a pattern, neighbouring literals joined, and the problems met."""
    pieces: list[Piece] = []
    problems: list[Problem] = []
    for token in _TOKEN.findall(text):
        if token in ("{", "}"):
            problems.append(_brace_problem(token))
        elif token in ("{{", "}}") or not token.startswith("{"):
            literal = token[:1] if token in ("{{", "}}") else token
            pieces[-1:] = [pieces[-1] + literal] if pieces and isinstance(pieces[-1], str) else [*pieces[-1:], literal]
        else:
            name, _, form = token[1:-1].partition(":")
            field = Field(name.strip(), form.strip())
            problems += _field_problems(field)
            pieces.append(field)
    return pieces, problems


def _field_problems(field: Field) -> list[Problem]:
    if field.name not in FORMATS:
        return [_unknown_field(field)]
    return [] if re.fullmatch(FORMATS[field.name], field.format) else [_unknown_format(field)]


def _order_problems(pieces: Sequence[Piece]) -> list[Problem]:
    """Return what is wrong with the one field every pattern needs: `{urut}`."""
    spots = [spot for spot, piece in enumerate(pieces) if isinstance(piece, Field) and piece.name == "urut"]
    if len(spots) != 1:
        return [_order_count(len(spots))]
    neighbours = [*pieces[max(spots[0] - 1, 0) : spots[0]], *pieces[spots[0] + 1 : spots[0] + 2]]
    return [_touching(piece) for piece in neighbours if isinstance(piece, Field)]


# -- problems ------------------------------------------------------------------------------------------


def _standing(problem: Problem, pattern: str, place: Place) -> Problem:
    return Problem(problem.code, problem.message, problem.remedy, place, {**problem.params, "pattern": pattern})


def _unknown_field(field: Field) -> Problem:
    near = get_close_matches(field.name.casefold(), FORMATS, n=1, cutoff=0.5)
    params = {"field": str(field), "near": f"{{{near[0]}}}" if near else "", "examples": EXAMPLES}
    message = N_("The number pattern “{pattern}” has the unknown field {field}.")
    if near:
        return Problem("register.pattern-field", message, N_("Write {near}, or one of: {examples}."), params=params)
    return Problem("register.pattern-field", message, N_("Write one of: {examples}."), params=params)


def _unknown_format(field: Field) -> Problem:
    return Problem(
        "register.pattern-format",
        N_("The number pattern “{pattern}” has a format that {name} does not know: {field}."),
        N_("Write one of: {examples}."),
        params={"field": str(field), "name": f"{{{field.name}}}", "examples": EXAMPLES},
    )


def _brace_problem(brace: str) -> Problem:
    return Problem(
        "register.pattern-brace",
        N_("The number pattern “{pattern}” has a single brace {brace}."),
        N_("Close the field, or write the brace twice to print it."),
        params={"brace": brace},
    )


def _control_problem() -> Problem:
    return Problem(
        "register.pattern-control",
        N_("The number pattern “{pattern}” holds a character that cannot be printed, such as a line break."),
        N_("Write the pattern on one line."),
    )


def _order_count(count: int) -> Problem:
    return Problem(
        "register.pattern-order",
        N_("The number pattern “{pattern}” must have the running number {field} exactly once, not {count} times."),
        N_("Write it for example as {example}."),
        params={"field": "{urut}", "count": count, "example": "{urut:03}/{klasifikasi}/{kode}/{bulan:02}/{tahun}"},
    )


def _touching(field: Field) -> Problem:
    return Problem(
        "register.pattern-touching",
        N_("In the number pattern “{pattern}” {order} touches {field}: two letters could get the same number."),
        N_("Put a sign such as / or - between them."),
        params={"field": str(field), "order": "{urut}"},
    )


def _missing_code(name: str, pattern: str) -> Problem:
    return Problem(
        "register.code-missing",
        N_("The number pattern “{pattern}” prints {field}, but this letter has none."),
        N_("Give the template `klasifikasi`, and the signatory `kode`."),
        params={"name": name, "field": f"{{{name}}}", "pattern": pattern},
    )


def _odd_code(name: str, value: str) -> Problem:
    return Problem(
        "register.code-odd",
        N_("The {name} “{value}” cannot stand in a number."),
        N_("Use letters, digits, dot, hyphen, underscore, slash and single blanks."),
        params={"name": name, "value": value},
    )


def _missing_part(name: str) -> Problem:
    return Problem(
        "register.part-missing",
        N_("This series counts per {name}, but this letter has none."),
        N_("Give the letter its {name}, or take it out of `per` of the series."),
        params={"name": name},
    )


def _unprinted(name: str, pattern: str) -> Problem:
    return Problem(
        "register.pattern-alike",
        N_("The series counts anew by {field}, which its pattern “{pattern}” does not print: numbers will look alike."),
        N_("Add {field} to the pattern."),
        params={"field": f"{{{name}}}", "pattern": pattern},
        severity=Severity.WARNING,
    )
