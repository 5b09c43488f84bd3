"""All recipients of a table → what is wrong between rows: keys that are not unique, merged cells, shortened NIKs."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from letters.errors import N_, Place, Problem, Severity
from letters.model.letter import Recipient
from letters.recipients.cells import INVISIBLE
from letters.recipients.columns import Column, Rule
from letters.recipients.rows import Range, row_list
from letters.recipients.values import digits_of

FEWEST_NIKS = 3
"""From so many on it is no accident that all end in zero (one in a thousand)."""


def fold_key(key: str) -> str:
    """Return what two keys must not share: capitals, blanks and invisible signs do not tell them apart."""
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFKC", key)).casefold().split())


def repeated(values: Iterable[Hashable]) -> frozenset[Hashable]:
    """Return those of `values` that come more than once, and perhaps others that share a hash with one.

    Only hashes are held meanwhile: the values of a large table would fill the memory.
    """
    hashes: set[int] = set()
    found = set()
    for value in values:
        if hash(value) in hashes:
            found.add(value)
        hashes.add(hash(value))
    return frozenset(found)


def check_keys(recipients: Iterable[Recipient], heading: str) -> list[Problem]:
    """Return a problem for every row whose `kode` stands in an earlier row too; `recipients` are read twice."""
    doubled = repeated(filter(None, (fold_key(recipient.key) for recipient in recipients)))
    first_with: dict[str, Recipient] = {}
    problems = []
    for recipient in recipients if doubled else ():
        folded = fold_key(recipient.key)
        if folded in doubled:
            first = first_with.setdefault(folded, recipient)
            if first is not recipient:
                problems.append(_same_key(first, recipient, heading))
    return problems


def check_niks(recipients: Sequence[Recipient], columns: Sequence[Column], place: Place) -> list[Problem]:
    """Return a warning for each column in which every NIK ends in zero, the trace of Excel's fifteen digits."""
    problems = []
    for column in columns:
        if column.rule is not Rule.NIK:
            continue
        numbers = set()
        for recipient in recipients:
            if digits := digits_of(recipient.fields[column.name]):
                numbers.add(digits)
                if not digits.endswith("0"):
                    break
        else:
            if len(numbers) >= FEWEST_NIKS:
                problems.append(_all_end_in_zero(len(numbers), replace(place, column=column.heading)))
    return problems


def is_covered(blocks: Mapping[int, Sequence[Range]], row: int, column: int) -> bool:
    """Say whether the cell is merged with others; `blocks` by column, each sorted by first row and without overlap."""
    candidates = blocks.get(column, ())
    index = bisect_right(candidates, row, key=lambda block: block.first_row)
    return index > 0 and candidates[index - 1].holds(row, column)


def blocks_by_column(blocks: Iterable[Range], columns: Iterable[int]) -> dict[int, list[Range]]:
    """Sort merged blocks for `is_covered`."""
    ordered = sorted(blocks, key=lambda block: block.first_row)
    return {
        index: [block for block in ordered if block.first_column <= index <= block.last_column] for index in columns
    }


def merged_in_table(merged: Iterable[Range], rows: tuple[int, int], columns: Iterable[int]) -> list[Range]:
    """Return the merged blocks that touch the table: `rows` from the headings to the last, `columns` with headings."""
    indexes = sorted(columns)
    return [
        block
        for block in merged
        if block.first_row <= rows[1]
        and block.last_row >= rows[0]
        and any(block.first_column <= index <= block.last_column for index in indexes)
    ]


# -- problems -----------------------------------------------------------------------------------------


def merged_cells(block: Range, place: Place) -> Problem:
    """Return the problem of cells joined into one: which row their value belongs to is not said."""
    return Problem(
        "recipients.merged-cells",
        N_("The cells {range} are merged; only the first of them has a value."),
        N_("Unmerge them (Home > Merge & Center) and type the value into every cell."),
        replace(place, row=block.first_row),
        {"range": block.text},
    )


def _same_key(first: Recipient, second: Recipient, heading: str) -> Problem:
    where = replace(second.place, column=heading, key=second.key)
    params = {"key": second.key, "first_key": first.key, "first": first.place.row, "second": second.place.row}
    if first.key == second.key:
        return Problem(
            "recipients.duplicate-key",
            N_("The code {key} stands in rows {first} and {second}; each recipient needs a code of its own."),
            N_("Give one of them another code, or delete the row if it is the same recipient."),
            where,
            params,
        )
    return Problem(
        "recipients.duplicate-key",
        N_("The codes {first_key} (row {first}) and {key} (row {second}) differ only in capitals or blanks."),
        N_("Give one of them another code, or delete the row if it is the same recipient."),
        where,
        params,
    )


def _all_end_in_zero(count: int, place: Place) -> Problem:
    return Problem(
        "recipients.nik-rounded",
        N_("All {count} NIKs end in 0: Excel has probably replaced their last digit."),
        N_("Compare some of them with the identity cards; if they differ, type them again in a column of format Text."),
        place,
        {"count": count},
        Severity.WARNING,
    )


def no_heading(index_letter: str, rows: list[int], place: Place) -> Problem:
    """Return the problem of values in a column that has no heading."""
    return Problem(
        "recipients.no-heading",
        N_("Column {letter} has values (rows {rows}), but no heading."),
        N_("Give the column a heading, or delete what stands in it."),
        replace(place, row=rows[0], column=index_letter),
        {"letter": index_letter, "rows": row_list(rows)},
    )
