"""The register's tables as the queries see them; how a database comes to have them is in `migrations`."""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import date, datetime

from sqlalchemy import Column, Date, Dialect, Integer, MetaData, Table, Text, TypeDecorator

METADATA = MetaData()
CHUNK = 500
"""Values in one IN (…); SQLite before 3.32 takes no more than 999."""


class Json(TypeDecorator[dict[str, object]]):
    """A dict as ASCII JSON text, in its order, dates included: the same on both databases, whatever it holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, object] | None, dialect: Dialect) -> str:
        """Return the stored text."""
        return _json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, object]:
        """Return what was stored."""
        return _loaded(value or "{}")


class Moment(TypeDecorator[datetime]):
    """A point in time as ISO text with its offset, so that it reads as the office's clock showed it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Return the stored text."""
        return value.isoformat() if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Return the point in time."""
        return datetime.fromisoformat(value) if value else None


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    raise TypeError(f"a snapshot cannot hold {type(value).__name__}")


def _untagged(value: dict[str, object]) -> object:
    match value:
        case {"$datetime": str(text)}:
            return datetime.fromisoformat(text)
        case {"$date": str(text)}:
            return date.fromisoformat(text)
        case _:
            return value


_DECODER = json.JSONDecoder(object_hook=_untagged)


def as_stored(value: dict[str, object]) -> dict[str, object]:
    """Return what the database will give back for `value`: a tuple comes back as a list."""
    return _loaded(_json(value))


def _loaded(text: str) -> dict[str, object]:
    loaded: dict[str, object] = _DECODER.decode(text)
    return loaded


def _json(value: dict[str, object] | None) -> str:
    return json.dumps(value or {}, default=_tagged, separators=(",", ":"), allow_nan=False)


def one_line(text: str) -> str:
    """Return `text` without blanks at its ends, and with single ones between its words."""
    return " ".join(text.split())


def number_key(text: str) -> str:
    """Return `text` as numbers are looked up: in any case, with any blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())


versions_of_schema = Table(
    "register_schema",
    METADATA,
    Column("version", Integer, primary_key=True),
    Column("applied_at", Moment, nullable=False),
    Column("program", Text, nullable=False),
)

batches = Table(
    "batches",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("created_at", Moment, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("program", Text, nullable=False),
)

counters = Table(
    "counters",
    METADATA,
    Column("series", Text, primary_key=True),
    Column("period", Text, primary_key=True),
    Column("start_no", Integer, nullable=False),
    Column("last_no", Integer, nullable=False),
)
"""One row per count: `start_no` is its first number, `last_no` the last one taken (`start_no - 1` if none)."""

letters = Table(
    "letters",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("batch", Text, nullable=False),
    Column("recipient_key", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("order_no", Integer),
    Column("suffix", Text, nullable=False),
    Column("number", Text),
    Column("number_key", Text),
    Column("state", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("template_sha256", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("election", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("signatory", Text, nullable=False),
    Column("classification", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("attachment", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("issued_at", Moment),
    Column("void_reason", Text, nullable=False),
    Column("final_number", Text),
    Column("final_key", Text),
    Column("final_day", Date),
)
"""`number` and `day` are those of the count and never change; `final_*` are what another system put in their place."""

versions = Table(
    "versions",
    METADATA,
    Column("letter_id", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("template", Text, nullable=False),
    Column("template_sha256", Text, nullable=False),
    Column("snapshot", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
"""What a letter was made of, once per version; a changed letter gets a new row and the old one stays."""

files = Table(
    "files",
    METADATA,
    Column("letter_id", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("format", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("recipient_key", Text, nullable=False),
)

recipients = Table(
    "recipients",
    METADATA,
    Column("letter_id", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("recipient_key", Text, nullable=False),
    Column("name", Text, nullable=False),
)
"""Recipients of letters that go to many under one number; letters to one recipient have no rows here."""

renumberings = Table(
    "renumberings",
    METADATA,
    Column("letter_id", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("created_at", Moment, nullable=False),
)
"""Every number that took the place of an earlier one, in order; the last one is also in `letters.final_number`."""

contents = Table(
    "contents",
    METADATA,
    Column("sha256", Text, primary_key=True),
    Column("content", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)
"""Texts that snapshots name by their SHA-256: templates and looks, which many letters share."""

events = Table(
    "events",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("letter_id", Integer),
    Column("what", Text, nullable=False),
    Column("details", Json, nullable=False),
)
