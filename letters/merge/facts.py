"""Facts from outside → plain data a template may see: text, whole numbers, dates, lists and tables of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from letters.errors import N_, Problem, TemplateError


def plain_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Return a copy of `facts` in plain types, so that templates reach no methods and change nothing.

    Raises TemplateError for a fact of another type.
    """
    return {name: _plain(value, name) for name, value in facts.items()}


def _plain(value: object, name: str) -> object:
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
