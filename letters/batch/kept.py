"""One copy of a letter as the register keeps it → the copy composed, in any process: it needs nothing besides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from letters.batch.compose import Composed, Shapes
from letters.batch.facts import Copy, letter_facts, names_of
from letters.merge import Template, Templates

TEMPLATES_READ = 64
"""Templates of which a process holds shapes and compiled text; a batch has few."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One copy of a letter, as plain data."""

    template: str
    """Its template and every file that uses, as one text: `archive.template_text`."""
    shared: Mapping[str, object]
    """Facts that all copies of the letter share, its date among them."""
    copy: Copy
    number: str
    """As printed; empty for a document without number."""
    batch: str

    def compose(self) -> Composed:
        """Return the copy composed."""
        templates, template, shapes = _read(self.template)
        facts = letter_facts(templates, template, self.shared, self.copy, self.number)
        return shapes.compose(template, facts, (self.batch, self.copy.key), names_of(self.copy.addressees))


@lru_cache(TEMPLATES_READ)
def _read(text: str) -> tuple[Templates, Template, Shapes]:
    kept = json.loads(text)
    templates = Templates((), kept["files"])
    return templates, templates.load(kept["name"]), Shapes(templates)
