"""The commands → ``docs/commands.md`` (Indonesian) and ``docs/commands.en.md``, written or, with --check, compared."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from letters.cli import cli, speak

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEADS = {
    "id": ("commands.md", "# Daftar perintah\n\nDibuat dari program oleh `make docs`; jangan disunting langsung.\n"),
    "en": ("commands.en.md", "# Commands\n\nWritten from the program by `make docs`; do not edit by hand.\n"),
}


def commands(command: click.Command, path: str, parent: click.Context | None = None) -> Iterator[tuple[str, str]]:
    """Yield the path and help text of `command` and everything below it."""
    settings = {**command.context_settings, "terminal_width": 100, "max_content_width": 100}
    context = click.Context(command, info_name=path.split()[-1], parent=parent, **settings)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from commands(child, f"{path} {name}", context)


def reference(language: str) -> str:
    """Return the reference of all commands in `language`."""
    speak(language)
    os.environ["COLUMNS"] = "100"
    parts = [HEADS[language][1]]
    parts += [f"\n## {path}\n\n```\n{text.rstrip()}\n```\n" for path, text in commands(cli, "letters")]
    return "".join(parts)


def main() -> int:
    """Write both references; with --check only tell whether they are up to date."""
    stale = []
    for language, (name, _head) in HEADS.items():
        path, text = DOCS / name, reference(language)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.stderr.write(f"not up to date: {', '.join(stale)}; run `make docs`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
