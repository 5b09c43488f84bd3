"""English help texts → help in the user's language, looked up when it is shown; commands imported when used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

import click

from letters.messages import translate

F = TypeVar("F", bound=Callable[..., Any])
_language = "id"


def set_language(language: str) -> None:
    """Set the language help is shown in from now on."""
    global _language  # noqa: PLW0603 - one process speaks one language, and click offers no place to hand it through
    _language = language


def _(message: str) -> str:
    return translate(message, _language)


class _TranslatedHelp:
    """Gives `help` in the user's language, whatever language it is set in."""

    _help: str | None = None

    @property
    def help(self) -> str | None:  # noqa: A003 - click's own name
        return _(self._help) if self._help else self._help

    @help.setter  # noqa: A003
    def help(self, text: str | None) -> None:
        self._help = text


class TranslatedOption(_TranslatedHelp, click.Option):
    """An option whose help is a message id."""


class TranslatedCommand(_TranslatedHelp, click.Command):
    """A command whose help is a message id."""


class TranslatedGroup(_TranslatedHelp, click.Group):
    """A group whose help is a message id and whose commands are translated ones."""

    command_class = TranslatedCommand


class LazyGroup(TranslatedGroup):
    """A group that imports a command's module only when that command is used or help is shown."""

    def __init__(self, *args: Any, lazy: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table, which is the order a user meets them."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, imported now."""
        if cmd_name not in self._lazy:
            return None
        module, name = self._lazy[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def option(*args: Any, **kwargs: Any) -> Callable[[F], F]:
    """Return click.option with translated help."""
    return click.option(*args, cls=TranslatedOption, **kwargs)


def command(*args: Any, **kwargs: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Return click.command with translated help."""
    return click.command(*args, cls=TranslatedCommand, **kwargs)
