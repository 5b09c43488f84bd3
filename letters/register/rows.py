"""A request → the rows that keep it: what a letter is called, what it is made of, who receives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, Table

from letters.model.letter import LetterFile, State
from letters.register.entries import Request
from letters.register.schema import CHUNK, files, number_key, recipients, versions


class Taken(NamedTuple):
    """A number of a count, with its text."""

    order: int
    suffix: str
    text: str


class Made(NamedTuple):
    """What a letter is made of, in one version."""

    letter_id: int
    version: int
    request: Request
    reason: str = ""


def letter_row(request: Request, taken: Taken | None, state: State, now: datetime) -> dict[str, object]:
    """Return the row of a new letter; `taken` is None for documents without number."""
    return {
        **bound(request),
        **description(request),
        "series": request.series,
        "period": request.period if request.series else "",
        "order_no": taken and taken.order,
        "suffix": taken.suffix if taken else "",
        "number": taken and taken.text,
        "number_key": taken and number_key(taken.text),
        "state": state.value,
        "version": 1,
        "created_at": now,
        "issued_at": now if state is State.ISSUED else None,
        "void_reason": "",
    }


def bound(request: Request) -> dict[str, object]:
    """Return the columns that bind a number to its letter."""
    return {"batch": request.batch, "recipient_key": request.key, "day": request.day}


def description(request: Request) -> dict[str, object]:
    """Return the columns that say what a letter is about; a new version may change them."""
    return {
        "kind": request.kind,
        "template": request.template,
        "template_sha256": request.template_sha256,
        "subject": request.subject,
        "recipient": request.recipient,
        "election": request.election,
        "stage": request.stage,
        "signatory": request.signatory,
        "classification": request.parts.get("klasifikasi", ""),
        "code": request.parts.get("kode", ""),
        "urgency": request.urgency,
        "attachment": request.attachment,
    }


def keep_contents(connection: Connection, made: Sequence[Made], now: datetime) -> None:
    """Keep what letters are made of, and their recipients where there are many."""
    insert(connection, versions, (_version_row(one, now) for one in made))
    insert(connection, recipients, (row for one in made for row in _recipient_rows(one)))


def insert(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert `rows`, some at a time: all at once, those of a large batch would fill the memory."""
    rest = iter(rows)
    while some := list(islice(rest, CHUNK)):
        connection.execute(table.insert(), some)


def keep_files(connection: Connection, letter_id: int, version: int, written: Sequence[LetterFile]) -> None:
    """Keep the files of a version of a letter."""
    if written:
        connection.execute(files.insert(), [file_row(letter_id, version, file) for file in written])


def file_row(letter_id: int, version: int, file: LetterFile) -> dict[str, object]:
    """Return the row of a file."""
    return {
        "letter_id": letter_id,
        "version": version,
        "path": file.path,
        "format": file.format,
        "sha256": file.sha256,
        "size": file.size,
        "recipient_key": file.recipient,
    }


def _version_row(made: Made, now: datetime) -> dict[str, object]:
    return {
        "letter_id": made.letter_id,
        "version": made.version,
        "template": made.request.template,
        "template_sha256": made.request.template_sha256,
        "snapshot": made.request.contents(),
        "created_at": now,
        "reason": made.reason,
    }


def _recipient_rows(made: Made) -> list[dict[str, object]]:
    return [
        {
            "letter_id": made.letter_id,
            "version": made.version,
            "position": position,
            "recipient_key": addressee.key,
            "name": addressee.name,
        }
        for position, addressee in enumerate(made.request.recipients, start=1)
    ]
