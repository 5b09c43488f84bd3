"""Message ids + language → text the user reads. Indonesian is the default, English the source.

Catalogues are gettext files in ``letters/locale``; ``make messages`` brings them up to date.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from letters.errors import N_, Place, Problem

LOCALE_FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("id", "en")


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of `language`; English needs none, being the language of the message ids."""
    return gettext.translation("letters", LOCALE_FOLDER, [language], fallback=True)


def translate(message: str, language: str) -> str:
    """Return `message` in `language`; an empty message stays empty (gettext would give its header)."""
    return catalogue(language).gettext(message) if message else ""


def problem_text(problem: Problem, language: str) -> str:
    """Return place, message and remedy of `problem` as lines for a person."""
    message = translate(problem.message, language).format(**problem.params)
    remedy = translate(problem.remedy, language).format(**problem.params)
    place = place_text(problem.place, language)
    first = f"{place}: {message}" if place else message
    return f"{first}\n  → {remedy}" if remedy else first


def place_text(place: Place, language: str) -> str:
    """Return `place` the way a person would say it: file, sheet, row, column, line."""
    parts = [
        (N_("sheet {value}"), place.sheet),
        (N_("page {value}"), place.page),
        (N_("line {value}"), place.line),
        (N_("row {value}"), place.row),
        (N_("column {value}"), place.column),
        (N_("code {value}"), place.key),
    ]
    words = [translate(text, language).format(value=value) for text, value in parts if value]
    return ", ".join([place.file, *words] if place.file else words)
