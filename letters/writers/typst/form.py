"""A shape ready to be filled; values + properties → the bytes of one letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TypeAlias

import typst

from letters.model.document import Document, Image, Text
from letters.model.letter import Properties
from letters.model.walk import walk
from letters.writers import Look
from letters.writers.html import kept_blanks
from letters.writers.typst.breaks import pieces, stretches
from letters.writers.typst.compiler import compiler
from letters.writers.typst.failures import explain, refuse_barred_characters
from letters.writers.typst.pictures import file_name
from letters.writers.typst.shape import shape_source

Stretch: TypeAlias = str | list[str] | None
"""Words; in brackets those in which no line may break; nothing where a line may break though Typst would not."""
_BLANKS = re.compile("[ \t\r]+")
_LONG, _LINE = 300, 40
"""Characters of a value that might make a row of a table higher than a page, and for how many a line break counts."""
_WIDEST = 120
"""Characters a line of a letter may have; a line break counts as so many where a value's room is bounded."""
_UNSEEN = str.maketrans("", "", "\u00ad\ufeff")
"""Characters that take no room and mean nothing in a letter: a byte order mark, which PDF/A bars, and a soft hyphen, at
which Typst would divide a word."""


@dataclass(frozen=True)
class TypstForm:
    """One shape as Typst source, with the files it needs."""

    shape: str
    """Name of its file."""
    files: Mapping[str, bytes]
    """Its files by name: itself, the functions it uses, its pictures."""
    characters: str
    """Those of the template's words, each once."""

    @classmethod
    def of(cls, document: Document, look: Look) -> TypstForm:
        """Return the form of `document`; raises `WriteError` for pictures that are missing or unusable."""
        library_name, library = _library()
        source = shape_source(document, look, library_name).encode()
        names = {node.source for node in walk(document) if isinstance(node, Image)}
        pictures = {file_name(look.assets[name]): look.assets[name] for name in sorted(names)}
        shape = _named("shape", source)
        characters = {sign for node in walk(document) if isinstance(node, Text) for sign in node.text}
        return cls(shape, {shape: source, library_name: library, **pictures}, "".join(sorted(characters)))

    def fill(self, values: Sequence[str], properties: Properties) -> bytes:
        """Return the PDF of one letter.

        Raises `WriteError` for characters that no font has and for a picture that cannot be read, `MachineError` if
        the folder for temporary files is full.
        """
        refuse_barred_characters(values)
        data = letter_data(values, properties)
        try:
            return compiler().compile(self.shape, self.files, data, properties.created)
        except typst.TypstError as error:
            raise explain(error.message, [self.characters, *values], compiler().prints) from error


def letter_data(values: Sequence[str], properties: Properties) -> dict[str, object]:
    """Return what the source of a shape is given: values, which of them are no single words and which are not empty,
    how much room each may want and whether one of them might make a table's row higher than a page, and what the file
    says about itself.
    """
    language, _, region = properties.language.partition("-")
    shown = [value_words(value) for value in values]
    return {
        "values": shown,
        "parted": [index for index, words in enumerate(shown) if not isinstance(words, str)],
        "filled": [words != "" for words in shown],
        "bulk": [len(value) + _WIDEST * value.count("\n") for value in values],
        "long": any(len(value) + _LINE * value.count("\n") > _LONG for value in values),
        "title": properties.title,
        "author": [properties.author] if properties.author else [],
        "subject": properties.subject or None,
        "language": language or "id",
        "region": region or None,
    }


@lru_cache(maxsize=1024)
def value_words(value: str) -> str | list[list[Stretch]]:
    """Return a value, its blanks as CSS keeps them, as the words alone or, where there is more to say, as its lines.

    Most values of a letter are those of the letter before.
    """
    lines = kept_blanks(value.translate(_UNSEEN)).split("\n")
    found = [_stretches(_BLANKS.sub(" ", line)) for line in lines]
    return first if found == [[first := found[0][0]]] and isinstance(first, str) else found


def _stretches(line: str) -> list[Stretch]:
    found: list[Stretch] = []
    for piece in pieces(line):
        found += [None] * bool(found) + [[text] if whole else text for text, whole in stretches(piece)]
    return found


@lru_cache
def _library() -> tuple[str, bytes]:
    """Return name and content of the functions that the sources of shapes use."""
    content = (files("letters.writers.typst") / "letter.typ").read_bytes()
    return _named("letter", content), content


def _named(stem: str, content: bytes) -> str:
    return f"{stem}-{sha256(content).hexdigest()}.typ"
