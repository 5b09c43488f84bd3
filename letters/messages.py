"""Message ids + language → text the user reads. Indonesian is the default, English the source.

Catalogues are gettext files in ``letters/locale``; ``make messages`` brings them up to date.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from letters.errors import N_, Phrase, Phrases, Place, Problem, Word
from letters.model.letter import State

LOCALE_FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("id", "en")


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of `language`; English needs none, being the language of the message ids."""
    return gettext.translation("letters", LOCALE_FOLDER, [language], fallback=True)


def translate(message: str, language: str) -> str:
    """Return `message` in `language`; an empty message stays empty (gettext would give its header)."""
    return catalogue(language).gettext(message) if message else ""


STATES = {
    State.BOOKED: N_("booked"),
    State.RESERVED: N_("reserved"),
    State.ISSUED: N_("issued"),
    State.VOID: N_("void"),
}


def filled(message: str, language: str, params: Mapping[str, object]) -> str:
    """Return `message` in `language` with its fields filled, words in them too."""
    words = {name: _in_words(value, language) for name, value in params.items()}
    return translate(message, language).format(**words)


def _in_words(value: object, language: str) -> object:
    """Return `value` in `language` if it is of words: a state of a letter, a day, or phrases inside a message."""
    if isinstance(value, date) and not isinstance(value, datetime):
        from letters.l10n import format_date  # which loads what `letters --help` need not wait for

        return format_date(value) if language == "id" else value.isoformat()
    if isinstance(value, State):
        return translate(STATES[value], language)
    if isinstance(value, Word):
        return translate(value, language)
    if isinstance(value, Phrase):
        return filled(value.message, language, value.params)
    if isinstance(value, Phrases):
        return value.between.join(filled(part.message, language, part.params) for part in value.parts)
    return value


def problem_text(problem: Problem, language: str) -> str:
    """Return place, message and remedy of `problem` as lines for a person."""
    message = filled(problem.message, language, problem.params)
    remedy = filled(problem.remedy, language, problem.params)
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
