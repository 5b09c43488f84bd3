"""Template and facts → a composed letter: its shape, the values that go into it, what its files say of themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from letters.batch.facts import Facts
from letters.batch.misread import in_templates
from letters.errors import MarkupError
from letters.merge import Template, Templates
from letters.model.document import Document
from letters.model.letter import Properties
from letters.reader import read_markdown


@dataclass(frozen=True, slots=True)
class Shape:
    """A document many letters share, with the digest it is known by."""

    digest: str
    document: Document


@dataclass(frozen=True, slots=True)
class Composed:
    """One copy of a letter under one number: its shape, what goes into it, and what its files say of themselves."""

    shape: Shape
    values: tuple[str, ...]
    properties: Properties
    facts: Facts


class Shapes:
    """Templates and facts → composed letters; a text that many letters share is read into a document once."""

    def __init__(self, templates: Templates, regions: Collection[str] | None = None) -> None:
        """Compose with `templates`; `regions` are the names a `:::` may have, None = any."""
        self._templates = templates
        self._regions = regions
        self._shapes: dict[str, Shape] = {}

    def compose(self, template: Template, facts: Facts, id_: tuple[str, str], recipient: str) -> Composed:
        """Return the letter of `template` with `facts`; `id_` is (batch, key of the copy)."""
        merged = self._templates.merge(template, facts)
        return Composed(self._shape(merged.text, template), merged.values, properties_of(facts, id_, recipient), facts)

    def _shape(self, text: str, template: Template) -> Shape:
        if text not in self._shapes:
            digest = hashlib.sha256(text.encode()).hexdigest()
            try:
                self._shapes[text] = Shape(digest, read_markdown(text, str(template.path), self._regions))
            except MarkupError as error:
                raise MarkupError(*in_templates(error.problems, text, self._templates, template)) from error
        return self._shapes[text]


def properties_of(facts: Facts, id_: tuple[str, str], recipient: str) -> Properties:
    """Return what the letter's files say about themselves."""
    number, text, day = facts["nomor"], facts["surat"], facts["tanggal"]
    assert isinstance(day, date)
    return Properties(
        title=" ".join(part for part in (text["hal"] or text["judul"], number) if part),
        subject=recipient,
        author=facts["kantor"]["nama"],
        identifier="|".join((*id_, number)),
        created=datetime.combine(day, time(12)),
    )
