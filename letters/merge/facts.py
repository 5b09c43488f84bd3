"""Facts from outside → plain data a template may see: text, whole numbers, dates, lists and tables of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from letters.errors import N_, Problem, TemplateError

TABLES_KEPT = 512


class PlainFacts:
    """Copies facts; a table or list that was copied for a letter before, as most of them were, is not copied again."""

    def __init__(self) -> None:
        self._copies: dict[int, tuple[object, object]] = {}
        """What was copied and its copy, by identity."""

    def of(self, facts: Mapping[str, object]) -> dict[str, object]:
        """Return a copy of `facts` in plain types, so that templates reach no methods and change nothing.

        Raises TemplateError for a fact of another type.
        """
        return {name: value if type(value) is str else self._copy(value, name) for name, value in facts.items()}

    def _copy(self, value: object, name: str) -> object:
        if type(value) not in (dict, list, tuple):
            return _plain(value, name)
        source, copy = self._copies.get(id(value), (None, None))
        if source is not value or not _is_same(copy, value):
            copy = _plain(value, name)
            if len(self._copies) >= TABLES_KEPT:
                self._copies.clear()
            self._copies[id(value)] = value, copy
        return copy


def _is_same(copy: object, value: object) -> bool:
    """Return whether `value` still is what `copy` was made of."""
    return copy == (list(value) if isinstance(value, tuple) else value)


def _plain(value: object, name: str) -> object:
    if type(value) is str:  # nearly all are
        return value
    match value:
        case None | bool():
            return value
        case str():
            return str.__str__(value)  # also for kinds of str with a printed form of their own
        case int():
            return int(value)
        case datetime():
            raise _wrong_type(value, name)
        case date():
            return value
        case list() | tuple():
            return [_plain(item, name) for item in value]
        case Mapping():
            return {str(key): _plain(item, f"{name}.{key}") for key, item in value.items()}
    raise _wrong_type(value, name)


def _wrong_type(value: object, name: str) -> TemplateError:
    return TemplateError(
        Problem(
            "merge.fact-type",
            N_('The fact "{name}" is neither text, whole number nor date ({type}).'),
            N_("Write it as text in quotation marks."),
            params={"name": name, "type": type(value).__name__},
        )
    )
