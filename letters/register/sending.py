"""A letter that left the house → the event that says when, how, and who saw to it; the last word on each counts."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, select

from letters.errors import N_, Problem, RegisterError, Severity
from letters.model.letter import State
from letters.register import finding
from letters.register.adding import happened
from letters.register.checking import check_text
from letters.register.entries import Actor, Done, Entry, Sending
from letters.register.schema import events, one_line

SENT = "sent"


def note(connection: Connection, number: str, sending: Sending, now: datetime, actor: Actor) -> Done:
    """Keep what `sending` says of the letter with this number (or `#id`); what it leaves open stays as it was known.

    Nothing happens if it says nothing new. Warnings tell of a day before the letter's own and of a void letter. Raises
    RegisterError for an unknown number, or one that is only booked.
    """
    entry = finding.one(connection, number)
    if entry.state is State.BOOKED:
        raise RegisterError(_only_booked(entry))
    known = read(connection, entry.id).get(entry.id, Sending())
    said = _together(known, Sending(sending.day, one_line(sending.way), one_line(sending.handler)))
    for name, text in (("way", said.way), ("handler", said.handler)):
        check_text(name, text)
    if said == known:
        return Done(entry)
    happened(connection, now, actor, entry.id, SENT, {"day": said.day, "way": said.way, "handler": said.handler})
    is_early = sending.day is not None and sending.day < entry.day
    warnings = [*([_early(entry, sending.day)] if is_early else []), *([_is_void(entry)] if entry.void_reason else [])]
    return Done(entry, tuple(warnings))


def read(connection: Connection, entry_id: int | None = None) -> dict[int, Sending]:
    """Return what is known of the sending of one letter, or of all of which something is."""
    query = select(events.c.letter_id, events.c.details).where(events.c.what == SENT).order_by(events.c.id)
    if entry_id is not None:
        query = query.where(events.c.letter_id == entry_id)
    found: dict[int, Sending] = {}
    for letter_id, details in connection.execute(query):
        day = details.get("day")
        found[letter_id] = Sending(day if isinstance(day, date) else None, details["way"], details["handler"])
    return found


def _together(old: Sending, new: Sending) -> Sending:
    return Sending(new.day or old.day, new.way or old.way, new.handler or old.handler)


def _early(entry: Entry, day: date | None) -> Problem:
    return Problem(
        "register.sent-early",
        N_("{number} is noted as sent on {day}, before its own date, {date}."),
        N_("If the day is a slip, note it again with the right --date; the last word counts."),
        params={"number": entry.label, "day": day, "date": entry.day},
        severity=Severity.WARNING,
    )


def _is_void(entry: Entry) -> Problem:
    return Problem(
        "register.sent-void",
        N_("{number} is noted as sent, although it is void: {reason}."),
        N_("If it went out before it was void, take it back; if another letter is meant, note that one."),
        params={"number": entry.label, "reason": entry.void_reason},
        severity=Severity.WARNING,
    )


def _only_booked(entry: Entry) -> Problem:
    return Problem(
        "register.sent-booked",
        N_("The number {number} is only booked: there is no letter that could have been sent."),
        N_("Fill it, or record the letter that was made elsewhere under it."),
        params={"number": entry.label},
    )
