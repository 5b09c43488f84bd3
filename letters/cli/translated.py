"""English help texts → help in the user's language, looked up when it is shown; commands imported when used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

import click

from letters.errors import N_
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


METAVARS = (
    *(N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("DIR"), N_("[DIR]"), N_("FILE"), N_("NAME"), N_("TEXT"), N_("LIST")),
    *(N_("ADDRESS"), N_("TEMPLATE"), N_("[TEMPLATE]..."), N_("KODE|TEXT"), N_("YYYY"), N_("YYYY-MM-DD")),
)
"""What stands for a value in usage and help; the other words there are the same in both languages."""


class _TranslatedMetavar:
    """Gives the word for a value in the user's language."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the word."""
        return _(super().make_metavar(ctx))  # type: ignore[misc]  # click's Parameter, beside which this stands


class TranslatedOption(_TranslatedMetavar, _TranslatedHelp, click.Option):
    """An option whose help is a message id."""


class TranslatedArgument(_TranslatedMetavar, click.Argument):
    """An argument whose metavar is a message id."""


class _TranslatedUsage:
    """Gives the pieces of the usage line in the user's language."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces."""
        return [_(piece) for piece in super().collect_usage_pieces(ctx)]  # type: ignore[misc]  # as above

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option --help, which click makes once, in the language of that moment."""
        found: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]  # as above
        if found is not None:
            found.help = _(N_("Show this message and exit."))
        return found


class TranslatedCommand(_TranslatedUsage, _TranslatedHelp, click.Command):
    """A command whose help is a message id."""


class TranslatedGroup(_TranslatedUsage, _TranslatedHelp, click.Group):
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


class WholeNumber(click.IntRange):
    """A whole number; click calls it an integer."""

    @property
    def name(self) -> str:  # type: ignore[override]  # looked up when it is shown, as the language is not known before
        """Return what a value must be, as a word in a message."""
        return _(N_("whole number"))

    def _describe_range(self) -> str:
        """Return the range without a word in it, and without click's `x`."""
        if self.max is None:
            return f"≥ {self.min}"
        return f"{self.min}–{self.max}"


class FilePath(click.Path):
    """A path; click names its kind once, in the language of that moment."""

    @property
    def name(self) -> str:
        """Return what a value must be, as a word in a message."""
        if self.file_okay and self.dir_okay:
            return _(N_("path"))
        return _(N_("file")) if self.file_okay else _(N_("directory"))

    @name.setter
    def name(self, _given: str) -> None:
        """Take no notice of click's word."""


class WordChoice(click.Choice[str]):
    """One of several words, in the user's language or as programs write it → as programs write it."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Take words as programs write them, with the message id of each."""
        super().__init__(tuple(words))
        self._words = words

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """Return a word in the user's language, which is how it is shown and compared."""
        asked = str(choice).strip().casefold()
        return _(self._words[asked]) if asked in self._words else asked


def argument(*args: Any, **kwargs: Any) -> Callable[[F], F]:
    """Return click.argument with a translated metavar."""
    return click.argument(*args, cls=TranslatedArgument, **kwargs)


def option(*args: Any, **kwargs: Any) -> Callable[[F], F]:
    """Return click.option with translated help."""
    return click.option(*args, cls=TranslatedOption, **kwargs)


def command(*args: Any, **kwargs: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Return click.command with translated help."""
    return click.command(*args, cls=TranslatedCommand, **kwargs)
