"""What reading a text finds: a law's name, where it stands, what it does there, and the articles that belong to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from letters.law.reference import ArticleRef

SENTENCE_END = re.compile(
    r";(?![ \t]*(?:dan\s+)?(?:Pasal|Ps\.|\Z))|(?<!\bNo)(?<!\bjo)(?<!\bPs)(?<!\bTh)(?<!\bRI)\.\s|\n\s*\n"
)
FARTHEST = 400
"""Characters between a law's name and the articles that follow it."""


class Role(StrEnum):
    """What a law's name does where it stands."""

    MAIN = "main"
    """It is cited."""
    CHAIN = "chain"
    """It is named as the amendment of another."""
    NESTED = "nested"
    """It is part of another law's title."""
    HISTORY = "history"
    """It is named as the one that another replaced."""


@dataclass(frozen=True, slots=True)
class Found:
    """A law named in a text."""

    start: int
    end: int
    """End of its name, with the title where the text gives it."""
    kind: str
    number: str
    year: int
    law_id: str
    """Id in the book; empty when the book has none of this number and year."""
    subject: str = ""
    """What the text says it is about, after *tentang*."""
    role: Role = Role.MAIN
    articles: tuple[ArticleRef, ...] = ()
    slip: bool = False
    """Whether it is written UUD, the constitution."""

    @property
    def made_id(self) -> str:
        """Return the id that number and year would give: `uu-20-2014`."""
        return f"{self.kind}-{self.number.lower()}-{self.year}"
