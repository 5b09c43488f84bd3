"""``letters register`` → the agenda book: looking things up, the life of a number, handing the book over."""

from __future__ import annotations

from letters.cli.register.shared import entry_data
from letters.cli.translated import LazyGroup
from letters.errors import N_

__all__ = ["entry_data", "register"]

COMMANDS = {
    "list": "letters.cli.register.looking:list_letters",
    "show": "letters.cli.register.looking:show",
    "void": "letters.cli.register.changing:void",
    "insert": "letters.cli.register.changing:insert",
    "book": "letters.cli.register.changing:book_numbers",
    "fill": "letters.cli.register.changing:fill",
    "sent": "letters.cli.register.changing:sent",
    "outside": "letters.cli.register.changing:outside",
    "renumber": "letters.cli.register.changing:renumber",
    "reprint": "letters.cli.reprint:reprint",
    "export": "letters.cli.register.handing:export",
    "import": "letters.cli.register.handing:import_agenda",
    "verify": "letters.cli.register.handing:verify",
    "backup": "letters.cli.register.handing:backup",
    "restore": "letters.cli.register.handing:restore",
}

register = LazyGroup(name="register", lazy=COMMANDS, help=N_("The register of outgoing letters (buku agenda)."))
