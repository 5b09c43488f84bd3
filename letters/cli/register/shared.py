"""What the register's commands share: the register of the workspace, its states and events in words, plain data."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from letters.cli.options import actor, clock
from letters.cli.output import Output
from letters.errors import N_, Problem, RegisterError, Severity

if TYPE_CHECKING:
    from letters.register import Entry, Event, Register, Sending
    from letters.settings import Settings

PASSWORD_VARIABLE = "LETTERS_DB_PASSWORD"
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
    "sent": N_("noted as sent"),
    "void": N_("made void"),
    "calendar-changed": N_("calendar changed by the office"),
    "restored": N_("register restored from a backup"),
}


def office_settings(output: Output) -> Settings:
    """Return letters.toml of the workspace the user stands in."""
    from letters.batch.workspace import SETTINGS_FILE
    from letters.settings import read_settings

    return read_settings(output.folder / SETTINGS_FILE)


def register_place(output: Output) -> str:
    """Return the path or URL of the workspace's register."""
    from letters.batch.workspace import register_path

    return register_path(output.folder, office_settings(output))


def open_register(output: Output, *, create: bool = False) -> Register:
    """Return the register of the workspace the user stands in; a missing one is made only if `create`."""
    from letters.register import Register

    wall_clock = clock(office_settings(output))
    return Register.open(register_place(output), actor(), wall_clock, create=create, password=password())


@contextmanager
def known_register(output: Output) -> Iterator[tuple[Register | None, list[Problem]]]:
    """Give the workspace's register to look at if there is one; if it cannot be read, the reason as warnings."""
    try:
        opened = open_register(output)
    except RegisterError as error:
        told = [replace(problem, severity=Severity.WARNING) for problem in error.problems]
        yield None, [problem for problem in told if problem.code != "register.missing"]
        return
    with opened as register:
        yield register, []


def password() -> str:
    """Return the password of a register on a database server; letters.toml is read by too many to hold it."""
    return os.environ.get(PASSWORD_VARIABLE, "")


def label(entry: Entry) -> str:
    """Return what to call an entry by, here and in further commands: its number, or its `#id`."""
    return entry.label


def state_text(output: Output, entry: Entry) -> str:
    """Return an entry's state in the user's language."""
    return output.text("{state}", state=entry.state)


def event_text(output: Output, event: Event) -> str:
    """Return what happened in the user's language; what a newer program wrote stays as it is."""
    return output.text(EVENTS[event.what]) if event.what in EVENTS else event.what


def tell_numbered(output: Output, message: str, entry: Entry, warnings: Sequence[Problem]) -> None:
    """Say what became of one letter, in `message` (with {number} and {recipient}), with its files and warnings."""
    output.problems(warnings)
    output.say(message, number=label(entry), recipient=entry.recipient)
    for file in entry.files:
        output.say(N_("File: {path}"), path=file.path)
    output.result(letter=entry_data(entry), notices=output.problem_data(warnings))


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
        "former": list(entry.former),
        "recipients": [{"key": person.key, "name": person.name} for person in entry.recipients],
        "files": [{"format": f.format, "path": f.path, "sha256": f.sha256, "size": f.size} for f in entry.files],
    }


def sending_data(sending: Sending) -> dict[str, object]:
    """Return how a letter was sent as plain data for the JSON object."""
    return {"date": sending.day, "by": sending.way, "handler": sending.handler}


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
