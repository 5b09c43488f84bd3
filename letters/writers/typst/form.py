"""A shape ready to be filled; values + properties → the bytes of one letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

import typst

from letters.model.document import Document, Image, Text
from letters.model.letter import Properties
from letters.model.walk import walk
from letters.writers import Look
from letters.writers.html import kept_blanks
from letters.writers.typst.breaks import pieces
from letters.writers.typst.compiler import compiler
from letters.writers.typst.failures import explain, refuse_barred_characters
from letters.writers.typst.pictures import file_name
from letters.writers.typst.shape import shape_source

_BLANKS = re.compile("[ \t\r]+")
_LONG, _LINE = 300, 40
"""Characters of a value that might make a row of a table higher than a page, and for how many a line break counts."""
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
    """Return what the source of a shape is given: values as lines, whether one of them might make a table's row higher
    than a page, and what the file says about itself.
    """
    language, _, region = properties.language.partition("-")
    return {
        "values": [value_lines(value) for value in values],
        "long": any(len(value) + _LINE * value.count("\n") > _LONG for value in values),
        "title": properties.title,
        "author": [properties.author] if properties.author else [],
        "subject": properties.subject or None,
        "language": language or "id",
        "region": region or None,
    }


def value_lines(value: str) -> list[list[str]]:
    """Return the lines of a value, its blanks as CSS keeps them, each in pieces between which it may break."""
    lines = kept_blanks(value.translate(_UNSEEN)).split("\n")
    return [pieces(_BLANKS.sub(" ", line)) for line in lines]


@lru_cache
def _library() -> tuple[str, bytes]:
    """Return name and content of the functions that the sources of shapes use."""
    content = (files("letters.writers.typst") / "letter.typ").read_bytes()
    return _named("letter", content), content


def _named(stem: str, content: bytes) -> str:
    return f"{stem}-{sha256(content).hexdigest()}.typ"
