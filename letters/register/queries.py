"""Questions to the register → entries, in the order of their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from sys import intern
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from letters.model.letter import LetterFile, LetterNumber, State
from letters.register.entries import Addressee, Entry
from letters.register.schema import CHUNK, files, letters, recipients, renumberings, versions

FILE_COLUMNS = (files.c.format, files.c.path, files.c.sha256, files.c.size, files.c.recipient_key)
"""In the order of `LetterFile`."""


class Beside(NamedTuple):
    """What stands in other tables than `letters`, by id of the letter."""

    snapshots: dict[int, dict[str, object]]
    files: dict[int, tuple[LetterFile, ...]]
    recipients: dict[int, tuple[Addressee, ...]]
    former: dict[int, tuple[str, ...]]


def entries(connection: Connection, wanted: ColumnElement[bool], snapshots: bool = True) -> list[Entry]:
    """Return the entries for which `wanted` holds, in the order of their numbers, those without number last."""
    ids = select(letters.c.id).where(wanted)
    rows = connection.execute(select(letters).where(wanted)).all()
    if not rows:
        return []
    beside = Beside(
        _snapshots(connection, ids) if snapshots else {},
        _files(connection, ids),
        _recipients(connection, ids),
        _former(connection, rows),
    )
    return sorted((_entry(row, beside) for row in rows), key=_by_number)


def by_id(connection: Connection, entry_id: int) -> Entry:
    """Return the entry with this id, which is known to be there."""
    (found,) = entries(connection, letters.c.id == entry_id)
    return found


def of_batch(connection: Connection, batch: str, keys: Collection[str] | None) -> Iterator[Entry]:
    """Yield the entries of a batch, those of `keys` only if any are given."""
    own = letters.c.batch == batch
    if keys is None:
        yield from entries(connection, own)
        return
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), CHUNK):
        yield from entries(connection, and_(own, letters.c.recipient_key.in_(wanted[start : start + CHUNK])))


def following(connection: Connection, batch: str, last: int) -> list[Entry]:
    """Return the next entries of a batch after the one with the id `last`, in order of id, without snapshots."""
    after = select(letters.c.id).where(letters.c.batch == batch, letters.c.id > last).order_by(letters.c.id)
    found = entries(connection, letters.c.id.in_(after.limit(CHUNK)), snapshots=False)
    return sorted(found, key=attrgetter("id"))


def bearing(connection: Connection, keys: Sequence[str]) -> list[Entry]:
    """Return the entries whose present number is one of `keys` (as `number_key` makes them)."""
    found: list[Entry] = []
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        unchanged = and_(letters.c.number_key.in_(some), letters.c.final_key.is_(None))
        found += entries(connection, or_(unchanged, letters.c.final_key.in_(some)), snapshots=False)
    return found


def held(connection: Connection, ids: Iterable[int]) -> dict[int, Entry]:
    """Return the entries with these ids, locked so that nobody changes them before the transaction ends."""
    wanted = sorted(set(ids))
    found: dict[int, Entry] = {}
    for start in range(0, len(wanted), CHUNK):
        these = letters.c.id.in_(wanted[start : start + CHUNK])
        connection.execute(select(letters.c.id).where(these).order_by(letters.c.id).with_for_update())
        found |= {entry.id: entry for entry in entries(connection, these, snapshots=False)}
    return found


# -- beside the rows -----------------------------------------------------------------------------------


def _snapshots(connection: Connection, ids: Select[tuple[int]]) -> dict[int, dict[str, object]]:
    """Return what each letter's present version is made of."""
    present = and_(letters.c.id == versions.c.letter_id, letters.c.version == versions.c.version)
    query = select(versions.c.letter_id, versions.c.snapshot).join(letters, present)
    found: dict[int, dict[str, object]] = {}
    before: object = {}
    for letter_id, snapshot in connection.execute(query.where(versions.c.letter_id.in_(ids))):
        found[letter_id] = before = _sharing(snapshot, before)
    return found


def _sharing(value: Any, other: Any) -> Any:
    """Return `value` with those of its parts that are the same in `other` as one object with it.

    Letters of a batch are made of nearly the same; apart, the snapshots of ten thousand would take 150 MB.
    """
    if type(value) is not type(other):
        return value
    match value:
        case dict():
            parts = {name: _sharing(part, other.get(name)) for name, part in value.items()}
            same = len(parts) == len(other) and all(part is other.get(name) for name, part in parts.items())
            return other if same else parts
        case list():
            twins = [*other[: len(value)], *[None] * (len(value) - len(other))]
            items = [_sharing(part, twin) for part, twin in zip(value, twins, strict=True)]
            same = len(items) == len(other) and all(part is twin for part, twin in zip(items, twins, strict=True))
            return other if same else items
    return other if value == other else value


def _files(connection: Connection, ids: Select[tuple[int]]) -> dict[int, tuple[LetterFile, ...]]:
    """Return the files of each letter's present version, by path."""
    present = and_(letters.c.id == files.c.letter_id, letters.c.version == files.c.version)
    columns = select(files.c.letter_id, *FILE_COLUMNS)
    query = columns.join(letters, present).where(files.c.letter_id.in_(ids)).order_by(files.c.path)
    found: dict[int, list[LetterFile]] = defaultdict(list)
    for letter_id, *parts in connection.execute(query):
        found[letter_id].append(LetterFile(*parts))
    return {letter_id: tuple(many) for letter_id, many in found.items()}


def _recipients(connection: Connection, ids: Select[tuple[int]]) -> dict[int, tuple[Addressee, ...]]:
    """Return the recipients of each letter's present version where there are many, in their order."""
    present = and_(letters.c.id == recipients.c.letter_id, letters.c.version == recipients.c.version)
    columns = select(recipients.c.letter_id, recipients.c.recipient_key, recipients.c.name).join(letters, present)
    query = columns.where(recipients.c.letter_id.in_(ids)).order_by(recipients.c.letter_id, recipients.c.position)
    found: dict[int, list[Addressee]] = defaultdict(list)
    for letter_id, key, name in connection.execute(query):
        found[letter_id].append(Addressee(key, name))
    return {letter_id: tuple(many) for letter_id, many in found.items()}


def _former(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, tuple[str, ...]]:
    """Return the numbers that renumbered letters bore before, oldest first."""
    borne = {row.id: [row.number] for row in rows if row.final_number is not None}
    ids = list(borne)
    for start in range(0, len(ids), CHUNK):
        these = renumberings.c.letter_id.in_(ids[start : start + CHUNK])
        query = select(renumberings.c.letter_id, renumberings.c.number).where(these).order_by(renumberings.c.position)
        for letter_id, number in connection.execute(query):
            borne[letter_id].append(number)
    return {letter_id: tuple(numbers[:-1]) for letter_id, numbers in borne.items()}


def _entry(row: Row[Any], beside: Beside) -> Entry:
    """Return a row as an entry; texts that many letters share are one object, as there may be a hundred thousand."""
    text = row.number if row.final_number is None else row.final_number
    return Entry(
        id=row.id,
        batch=intern(row.batch),
        key=row.recipient_key,
        number=LetterNumber(row.series, row.period, row.order_no, text) if text is not None else None,
        suffix=row.suffix,
        day=row.final_day or row.day,
        state=State(row.state),
        recipient=row.recipient,
        template=intern(row.template),
        template_sha256=intern(row.template_sha256),
        kind=intern(row.kind),
        subject=intern(row.subject),
        election=intern(row.election),
        stage=intern(row.stage),
        signatory=intern(row.signatory),
        classification=intern(row.classification),
        code=intern(row.code),
        urgency=intern(row.urgency),
        attachment=intern(row.attachment),
        version=row.version,
        snapshot=beside.snapshots.get(row.id, {}),
        files=beside.files.get(row.id, ()),
        recipients=beside.recipients.get(row.id, ()),
        former=beside.former.get(row.id, ()),
        created_at=row.created_at,
        issued_at=row.issued_at,
        void_reason=row.void_reason,
    )


def _by_number(entry: Entry) -> tuple[bool, str, str, int, int, str, int]:
    """Return a sort key: `.2` stands before `.10`, digits before letters, in any database's collation."""
    if not entry.number:
        return True, "", "", 0, 0, "", entry.id
    number = entry.number
    return False, number.series, number.period, number.order, len(entry.suffix), entry.suffix, entry.id
