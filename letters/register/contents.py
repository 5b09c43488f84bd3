"""Texts that many letters are made of (templates, looks) → kept once, found again by their SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from letters.errors import N_, Problem, RegisterError
from letters.register.databases import insert_if_absent
from letters.register.schema import contents


def keep(connection: Connection, texts: Iterable[str], now: datetime) -> list[str]:
    """Keep each of `texts` unless it is there already; return their SHA-256, in order."""
    rows = [{"sha256": digest(text), "content": text, "created_at": now} for text in texts]
    if rows:
        connection.execute(insert_if_absent(connection, contents), rows)
    return [str(row["sha256"]) for row in rows]


def kept(connection: Connection, sha256: str) -> str:
    """Return the text with this SHA-256; raises RegisterError if it is not there or is another one by now."""
    text = connection.execute(select(contents.c.content).where(contents.c.sha256 == sha256)).scalar_one_or_none()
    if text is None or digest(text) != sha256:
        raise RegisterError(_gone(sha256))
    return str(text)


def digest(text: str) -> str:
    """Return what a text is known by."""
    return hashlib.sha256(text.encode()).hexdigest()


def _gone(sha256: str) -> Problem:
    return Problem(
        "register.content",
        N_("The register no longer holds what the letter was made of ({sha256})."),
        N_("Restore the register from a backup."),
        params={"sha256": sha256[:12]},
    )
