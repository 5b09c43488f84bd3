"""Text → the same text, or the reason why a DOCX file cannot hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from letters.errors import N_, Problem, WriteError
from letters.model.document import Document, Text
from letters.model.walk import walk
from letters.writers.docx.slots import PATTERN

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
_FORBIDDEN_IN_TEMPLATES = re.compile(f"{_FORBIDDEN.pattern}|{PATTERN}")
"""The same, and the characters that stand for values while a letter is made."""


def checked(values: Iterable[str]) -> list[str]:
    """Return `values` with line feeds alone ending their lines; raises `WriteError` for all that no DOCX can hold."""
    texts = [value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value for value in values]
    if not _FORBIDDEN.search("".join(texts)):  # once for all of them, as nearly always nothing is found
        return texts
    raise WriteError(*(_value_problem(text, found.group()) for text in texts if (found := _FORBIDDEN.search(text))))


def check_words(document: Document) -> None:
    """Raise `WriteError` for all words of the template that no DOCX can hold."""
    texts = [node.text for node in walk(document) if isinstance(node, Text)]
    problems = [_text_problem(text, found.group()) for text in texts if (found := _FORBIDDEN_IN_TEMPLATES.search(text))]
    if problems:
        raise WriteError(*problems)


def _value_problem(text: str, character: str) -> Problem:
    return Problem(
        "writers.docx-character",
        N_("The value “{text}” holds the character {character}, which a DOCX file cannot hold."),
        N_("Delete that character in the recipients table or in letters.toml."),
        params={"text": _shown(text), "character": _code(character)},
    )


def _text_problem(text: str, character: str) -> Problem:
    return Problem(
        "writers.docx-template-character",
        N_("The template says “{text}” with the character {character}, which a DOCX file cannot hold."),
        N_("Delete that character in the template."),
        params={"text": _shown(text), "character": _code(character)},
    )


def _shown(text: str) -> str:
    """Return `text` with everything unprintable as its code, so that the message can be shown anywhere."""
    return "".join(letter if letter.isprintable() else f"‹{_code(letter)}›" for letter in text)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
