"""A path → `Table`: the rows of a CSV or XLSX file as recipients, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from letters.errors import N_, Place, Problem, RecipientsError, Severity
from letters.model.letter import Recipient
from letters.packed import Packed
from letters.recipients.checks import (
    blocks_by_column,
    check_keys,
    check_niks,
    is_covered,
    merged_cells,
    merged_in_table,
    no_heading,
)
from letters.recipients.columns import RESERVED, Column, identifier, missing_columns, read_headings
from letters.recipients.delimited import open_delimited
from letters.recipients.doubles import likely_doubles
from letters.recipients.kinds import Kind, check_kind, read_text_file
from letters.recipients.rows import Row, Source, Typed, column_letter
from letters.recipients.titled import IsHeading, below_titles
from letters.recipients.values import read_cell

REQUIRED = ("kode", "kelompok", "jabatan")
LOOK_AHEAD = 10
"""Rows among which headings are looked for when the first row has none: titles above the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of recipients that can be used."""

    recipients: Sequence[Recipient]
    """In the order of the file; of a large table some are in the memory at a time."""
    columns: tuple[str, ...]
    """Identifiers of all columns, in the order of the file."""
    warnings: tuple[Problem, ...]
    """What the user should look at; none of it stops a letter."""


@dataclass(slots=True)
class _Gathered:
    """What has been found so far while the rows pass by."""

    recipients: Packed[Recipient] = field(default_factory=Packed)
    problems: list[Problem] = field(default_factory=list)
    empty: list[tuple[int, Column, Problem]] = field(default_factory=list)
    """Required cells that are empty: row, column, problem; told only where no merged cells explain them."""
    unheaded: dict[int, list[int]] = field(default_factory=dict)
    """Rows with a value in a column (from 0) that has no heading."""
    last_row: int = 0


def read_recipients(
    path: Path,
    *,
    sheet: str = "",
    required: Sequence[str] = REQUIRED,
    blank: Collection[str] = (),
    reserved: Collection[str] = RESERVED,
    is_heading: IsHeading | None = None,
) -> Table:
    """Return the recipients in the file `path`; in a workbook those of `sheet`, or of the only sheet with content.

    `required` are identifiers of columns that must be there and be filled in every row, but for those `blank`;
    `reserved` are those that must not be there: facts of a letter, which only matter where the table fills templates.
    `is_heading` is given for a book, whose lines are no recipients: titles may stand above its heading, and a row that
    numbers the columns below it; many lines to the same place are no doubles.
    Raises RecipientsError with every problem found, errors first by row, then the warnings.
    """
    path = Path(path)
    with _open(path, Place(str(path)), sheet) as source:
        if is_heading:
            source.rows = below_titles(source.rows, is_heading)
        return _read_table(source, required, frozenset(blank), reserved, people=is_heading is None)


def _open(path: Path, place: Place, sheet: str) -> AbstractContextManager[Source]:
    if check_kind(path, place) is Kind.XLSX:
        from letters.recipients.workbook import open_workbook

        return open_workbook(path, place, sheet)
    if sheet:
        raise RecipientsError(_no_sheets(sheet, place))
    return nullcontext(open_delimited(read_text_file(path, place), place))


def _read_table(
    source: Source, required: Sequence[str], blank: frozenset[str], reserved: Collection[str], *, people: bool
) -> Table:
    rows = iter(source.rows)
    heading = next(rows, None)
    if heading is None:
        raise RecipientsError(*source.problems, _empty(source.place))
    columns, problems = read_headings(heading, source.place, reserved)
    missing = missing_columns(columns, required, replace(source.place, row=heading.number))
    first_rows = list(islice(rows, LOOK_AHEAD))
    if missing:
        _refuse_titles(first_rows, heading, required, source.place)
    gathered = _Gathered(problems=[*problems, *missing], last_row=heading.number)
    headed = {index for index in heading.cells if _is_filled(heading, index)}
    for row in chain(first_rows, rows):
        _gather_row(row, columns, headed, frozenset(required) - blank, source, gathered)
    _gather_rest(gathered, columns, headed, heading, source)
    if people:
        gathered.problems += likely_doubles(gathered.recipients, columns)
    return _finish(gathered, columns)


# -- one row ------------------------------------------------------------------------------------------


def _gather_row(
    row: Row, columns: Sequence[Column], headed: set[int], required: frozenset[str], source: Source, into: _Gathered
) -> None:
    filled = {index for index in row.cells if _is_filled(row, index)}
    for index in filled - headed:
        into.unheaded.setdefault(index, []).append(row.number)
    if filled.isdisjoint(headed):
        return  # a note beside the table is no recipient
    place = replace(source.place, row=row.number)
    fields: dict[str, str] = {}
    found: list[tuple[Column, Problem]] = []
    for column in columns:
        value = row.cells.get(column.index, "")
        text, problems = read_cell(value, column.rule, source.epoch) if value else ("", ())
        fields[column.name] = text
        if problems:
            found += [(column, problem) for problem in problems]
        elif not text and column.name in required:
            where = replace(place, column=column.heading, key=fields.get("kode", ""))
            into.empty.append((row.number, column, _empty_cell(column, where)))
    for column, problem in found:
        where = replace(place, column=column.heading, key=fields.get("kode", ""))
        into.problems.append(replace(problem, place=where))
    into.recipients.append(_recipient(fields, place))
    into.last_row = row.number


def _is_filled(row: Row, index: int) -> bool:
    value = row.cells[index]
    return isinstance(value, Typed) or bool(value.strip())


def _recipient(fields: dict[str, str], place: Place) -> Recipient:
    return Recipient(fields.get("kode", ""), group_id(fields.get("kelompok", "")), fields, place)


def group_id(written: str) -> str:
    """Return the group as it is compared, whatever capitals and blanks it is written with."""
    return identifier(written) or written


# -- all rows -----------------------------------------------------------------------------------------


def _gather_rest(
    gathered: _Gathered, columns: Sequence[Column], headed: set[int], heading: Row, source: Source
) -> None:
    """Add what can be said only when all rows have been seen."""
    problems = gathered.problems
    problems += source.problems
    merged = merged_in_table(source.merged, (heading.number, gathered.last_row), headed)
    problems += [merged_cells(block, source.place) for block in merged]
    blocks = blocks_by_column(merged, headed)
    problems += [problem for row, column, problem in gathered.empty if not is_covered(blocks, row, column.index)]
    problems += [
        no_heading(column_letter(index), numbers, source.place) for index, numbers in sorted(gathered.unheaded.items())
    ]
    headings = {column.name: column.heading for column in columns}
    problems += check_keys(gathered.recipients, headings.get("kode", "kode"))
    problems += check_niks(gathered.recipients, columns, source.place)
    if not gathered.recipients and not _errors(problems):
        problems.append(_no_recipients(replace(source.place, row=heading.number)))


def _finish(gathered: _Gathered, columns: Sequence[Column]) -> Table:
    errors = _errors(gathered.problems)
    warnings = [problem for problem in gathered.problems if problem.severity is not Severity.ERROR]
    warnings.sort(key=lambda problem: problem.place.row)
    if errors:
        raise RecipientsError(*sorted(errors, key=lambda problem: problem.place.row), *warnings)
    return Table(gathered.recipients, tuple(column.name for column in columns), tuple(warnings))


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def _refuse_titles(rows: Sequence[Row], heading: Row, required: Sequence[str], place: Place) -> None:
    """Say it when the headings stand further down; all else would be noise then."""
    for row in rows:
        names = {column.name for column in read_headings(row, place)[0]}
        if required and names.issuperset(required):
            raise RecipientsError(_titles_above(row.number, heading.number, place))


# -- problems -----------------------------------------------------------------------------------------


def _titles_above(found: int, first: int, place: Place) -> Problem:
    return Problem(
        "recipients.titles-above",
        N_("The headings stand in row {found}, but the table must begin with them."),
        N_("Delete everything above row {found}."),
        replace(place, row=first),
        {"found": found},
    )


def _empty(place: Place) -> Problem:
    return Problem(
        "recipients.empty",
        N_("The table of recipients is empty."),
        N_("Put the headings into the first row (kode, kelompok, jabatan …) and the recipients below it."),
        place,
    )


def _no_recipients(place: Place) -> Problem:
    return Problem(
        "recipients.empty",
        N_("The table has headings, but no recipient."),
        N_("Write one recipient into each row below the headings."),
        place,
    )


def _empty_cell(column: Column, place: Place) -> Problem:
    return Problem(
        "recipients.empty-cell",
        N_("The cell in column {heading} is empty."),
        N_("Fill it in; this column is needed for every recipient."),
        place,
        {"heading": column.heading},
    )


def _no_sheets(sheet: str, place: Place) -> Problem:
    return Problem(
        "recipients.no-sheets",
        N_("A sheet {sheet} was asked for, but a text file has no sheets."),
        N_("Leave the name of the sheet out, or give the Excel workbook (.xlsx)."),
        place,
        {"sheet": sheet},
    )
