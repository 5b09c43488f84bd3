"""What the register's commands share: the register of the workspace, its states and events in words, plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from letters.cli.options import actor, now
from letters.cli.output import Output
from letters.errors import N_

if TYPE_CHECKING:
    from letters.register import Entry, Event, Register

STATES = {
    "booked": N_("booked"),
    "reserved": N_("reserved"),
    "issued": N_("issued"),
    "void": N_("void"),
}
EVENTS = {
    "reserved": N_("number taken"),
    "inserted": N_("inserted between two numbers"),
    "booked": N_("number booked"),
    "filled": N_("booked number given to a letter"),
    "recorded": N_("entered, made elsewhere"),
    "issued": N_("letter issued"),
    "files-added": N_("further files made"),
    "new-version": N_("replaced by a new version"),
    "renumbered": N_("final number given"),
    "void": N_("made void"),
    "restored": N_("register restored from a backup"),
}


def open_register(output: Output) -> Register:
    """Return the register of the workspace the user stands in."""
    from letters.batch.workspace import SETTINGS_FILE, register_path
    from letters.register import Register
    from letters.settings import read_settings

    where = register_path(output.folder, read_settings(output.folder / SETTINGS_FILE))
    return Register.open(where, actor(), now, create=False)


def label(entry: Entry) -> str:
    """Return what to call an entry by, here and in further commands: its number, or its `#id`."""
    return entry.number.text if entry.number else f"#{entry.id}"


def state_text(output: Output, entry: Entry) -> str:
    """Return an entry's state in the user's language."""
    return output.text(STATES[entry.state])


def event_text(output: Output, event: Event) -> str:
    """Return what happened in the user's language; what a newer program wrote stays as it is."""
    return output.text(EVENTS[event.what]) if event.what in EVENTS else event.what


def entry_data(entry: Entry) -> dict[str, object]:
    """Return a register entry as plain data for the JSON object."""
    return {
        "id": entry.id,
        "number": entry.number.text if entry.number else None,
        "date": entry.day,
        "state": entry.state.value,
        "series": entry.number.series if entry.number else "",
        "kind": entry.kind,
        "template": entry.template,
        "key": entry.key,
        "recipient": entry.recipient,
        "subject": entry.subject,
        "election": entry.election,
        "stage": entry.stage,
        "reason": entry.void_reason,
        "files": [{"format": f.format, "path": f.path, "sha256": f.sha256, "size": f.size} for f in entry.files],
    }


def event_data(event: Event) -> dict[str, object]:
    """Return an event as plain data for the JSON object."""
    return {
        "at": event.at,
        "what": event.what,
        "user": event.user,
        "host": event.host,
        "program": event.program,
        "details": dict(event.details),
    }
