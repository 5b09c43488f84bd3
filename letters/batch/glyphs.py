"""Values of a batch → characters no font of this machine can print, before a number is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from letters.errors import Place, Problem, WriteError
from letters.model.document import Document, Paragraph, Value
from letters.model.letter import Properties, Recipient
from letters.writers import WRITERS, Look

ASCII = frozenset(map(chr, range(0x80)))


class Characters:
    """The characters of a batch, each with the first value it stands in and whose it is; ASCII every font has."""

    def __init__(self) -> None:
        self._seen = set(ASCII)
        self.found: dict[str, tuple[str, Sequence[Recipient]]] = {}

    def note(self, values: Iterable[str], people: Sequence[Recipient]) -> None:
        """Note what is new in the values of one letter."""
        for value in values:
            if not value.isascii() and not self._seen.issuperset(value):
                for character in set(value) - self._seen:
                    self.found[character] = value, people
                self._seen.update(value)


def missing_glyphs(look: Look, characters: Characters) -> Iterator[Problem]:
    """Yield an error for each character that the PDF could not show, with the row and column it comes from.

    The values are set once more, alone, since a shape's sample shows only the values of its first letter.
    """
    texts = list(dict.fromkeys(value for value, _ in characters.found.values()))
    while texts:
        document = Document(tuple(Paragraph((Value(number),)) for number in range(len(texts))))
        try:
            WRITERS["pdf"].prepare(document, look).fill(texts, Properties(title="-"))
            return
        except WriteError as error:
            lacking = {str(problem.params.get("character", "")): problem for problem in error.problems}
            if not characters.found.keys() & lacking:
                raise
            for character in characters.found.keys() & lacking:
                yield replace(lacking[character], place=_place(character, characters.found[character][1]))
            texts = [text.translate(dict.fromkeys(map(ord, filter(None, lacking)))) for text in texts]


def _place(character: str, people: Sequence[Recipient]) -> Place:
    """Return the first cell with `character`; no place when it comes from the office's own texts."""
    cells = ((person, column, cell) for person in people for column, cell in person.fields.items())
    found = next(((person, column) for person, column, cell in cells if character in cell), None)
    return replace(found[0].place, column=found[1], key=found[0].key) if found else Place()
