"""Command line → the work done, messages in the user's language, and an exit code. The only place that knows click.

Every error ends here and nowhere else: ``main`` turns it into messages and the exit code of its class.
"""

from __future__ import annotations

import gettext
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from letters.__main__ import INTERRUPTED, forget_interrupt
from letters.cli.output import Output
from letters.cli.translated import FilePath, LazyGroup, TranslatedOption, set_language
from letters.errors import N_, LettersError, Problem
from letters.messages import LANGUAGES, LOCALE_FOLDER

COMMANDS = {
    "init": "letters.cli.init:init",
    "check": "letters.cli.check:check",
    "preview": "letters.cli.preview:preview",
    "issue": "letters.cli.issue:issue",
    "stages": "letters.cli.stages:stages",
    "due": "letters.cli.due:due",
    "register": "letters.cli.register:register",
    "templates": "letters.cli.templates:templates",
    "laws": "letters.cli.laws:laws",
    "doctor": "letters.cli.doctor:doctor",
}
FAULT = 70  # what sysexits.h calls an internal software error


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    name="letters",
    help=N_("Numbered official letters (DOCX and PDF) from a table of recipients."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-C",
    "folder",
    type=FilePath(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    cls=TranslatedOption,
    help=N_("Work in this folder instead of the current one."),
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="id",
    cls=TranslatedOption,
    help=N_("Language of messages and help: id or en (also LETTERS_LANG)."),
)
@click.option("--json", "as_json", is_flag=True, cls=TranslatedOption, help=N_("Print one JSON object."))
@click.version_option(
    package_name="letters", message="%(prog)s %(version)s", cls=TranslatedOption, help=N_("Show the version and exit.")
)
@click.pass_context
def cli(context: click.Context, folder: Path, lang: str, as_json: bool) -> None:
    """Hold what all commands share; the language was set before parsing, so that help has it too."""
    context.obj.folder = folder
    context.obj.as_json = as_json


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command in `arguments` (default: the process's own) and exit with its code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = chosen_language(given)
    speak(language)
    output = Output(language, as_json="--json" in given)
    with _interrupts_noted(output):
        code = _run(given, output)
    sys.exit(code)


@contextmanager
def _interrupts_noted(output: Output) -> Iterator[None]:
    """Note Ctrl-C besides raising it: Python drops what is raised while it tidies up, and the command would go on."""
    own = signal.getsignal(signal.SIGINT)
    if own is not signal.default_int_handler or threading.current_thread() is not threading.main_thread():
        yield  # somebody else looks after it, or it is to be ignored
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        output.interrupted = True
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, own)


def _run(arguments: list[str], output: Output) -> int:
    """Return the exit code of the command in `arguments`, every error told."""
    try:
        code = cli.main(args=_common_first(arguments), prog_name="letters", standalone_mode=False, obj=output)
    except LettersError as error:
        output.fail(error.problems)
        return error.exit_code
    except click.ClickException as error:
        return _usage(error, output)
    except (click.Abort, KeyboardInterrupt):
        output.fail([Problem("cli.interrupted", N_("Interrupted."), N_("Run the same command again to go on."))])
        forget_interrupt()
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last catch: a fault of ours, told with its traceback for the report
        return _fault(error, output)
    return code if isinstance(code, int) else 0


def _fault(error: Exception, output: Output) -> int:
    traceback.print_exc()
    output.fail(
        [
            Problem(
                "cli.fault",
                N_("The program has a fault: {error}"),
                N_("No number is lost: run the command again. If it comes back, report it with the lines above."),
                params={"error": repr(error)},
            )
        ]
    )
    return FAULT


def _usage(error: click.ClickException, output: Output) -> int:
    if output.as_json:
        output.fail([Problem("cli.usage", "{message}", params={"message": error.format_message()})])
    else:
        error.show()
    return error.exit_code


def chosen_language(arguments: Sequence[str]) -> str:
    """Return the language asked for on the command line or by LETTERS_LANG; Indonesian if none or unknown."""
    asked = os.environ.get("LETTERS_LANG", "id")
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else "id"


def speak(language: str) -> None:
    """Make our texts, and click's own, come in `language` (click asks gettext's default domain)."""
    set_language(language)
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("letters", LOCALE_FOLDER)
    gettext.textdomain("letters")


def _common_first(arguments: list[str]) -> list[str]:
    """Return `arguments` with the options all commands share moved to the front, where click expects them."""
    common: list[str] = []
    rest: list[str] = []
    items = iter(arguments)
    for item in items:
        if item == "--":
            rest += [item, *items]
        elif item == "--json" or item.startswith("--lang="):
            common.append(item)
        elif item in ("-C", "--lang"):
            common += [item, *([value] if (value := next(items, None)) is not None else [])]
        else:
            rest.append(item)
    return common + rest
