"""TOML file + pydantic model → the model's object, or every problem with file, key and line in plain words.

pydantic and tomllib speak to programmers; this module says the same to a secretary: what is wrong with which key, on
which line, and what is allowed there instead.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from inspect import isclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from letters.errors import N_, LettersError, Place, Problem, reason_of

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[str | int, ...]

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")
SYNTAX_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")


class Rejected(ValueError):
    """Raised by a validator of a model to give its own words: message and remedy are message ids.

    In both `{key}` is the dotted key, `{given}` the value as it was written, and the rest comes from `params`.
    """

    def __init__(self, message: str, remedy: str, **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.params = params


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a TOML file says and on which line."""

    file: str
    """Path as the user gave it."""
    data: dict[str, Any]
    text: str
    room: str
    """First part of the codes of its problems: `settings`, `law`."""
    error: type[LettersError]
    """What is raised when the file cannot be used."""

    def lines(self) -> dict[Loc, int]:
        """Return the line of every table and key, from 1; of two with one name the first."""
        return dict(reversed(list(_key_lines(self.text))))


# -- reading ------------------------------------------------------------------------------------------


def read_toml(path: Path, room: str, error: type[LettersError]) -> TomlFile:
    """Read the TOML file at `path`; raises `error` when it is missing, not UTF-8 or not TOML."""
    place = Place(file=str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")  # Windows editors put a mark at the start of the file
    except UnicodeDecodeError as cause:
        message, remedy = N_("The file is not UTF-8 text."), N_("Save it in the editor with the encoding UTF-8.")
        raise error(Problem(f"{room}.encoding", message, remedy, place)) from cause
    except FileNotFoundError as cause:
        message = N_("There is no such file.")
        remedy = N_("Check the name of the file and the folder the command runs in; letters init makes a new one.")
        raise error(Problem(f"{room}.missing", message, remedy, place)) from cause
    except OSError as cause:
        message = N_("The file cannot be read: {reason}.")
        remedy = N_("Check the name of the file and the folder the command runs in.")
        params = {"reason": reason_of(cause)}
        raise error(Problem(f"{room}.unreadable", message, remedy, place, params)) from cause
    return parse_toml(text, str(path), room, error)


def parse_toml(text: str, file: str, room: str, error: type[LettersError]) -> TomlFile:
    """Return what the TOML `text` says; raises `error` with the line when it is no TOML."""
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise error(_syntax_problem(str(cause), text, file, room)) from cause
    return TomlFile(file, data, text, room, error)


def _syntax_problem(reason: str, text: str, file: str, room: str) -> Problem:
    match = SYNTAX_PLACE.fullmatch(reason)
    lines = text.rstrip("\n").split("\n")
    number = int(match[2]) if match and match[2] else len(lines)
    place = Place(file=file, line=number)
    params = {"text": lines[min(number, len(lines)) - 1].strip()}
    if "overwrite" in reason or "twice" in reason or "multiple times" in reason:
        message = N_("A key or table stands twice: {text}")
        return Problem(f"{room}.duplicate-key", message, N_("Keep one of the two."), place, params)
    if match and not match[2]:
        message = N_("The file ends in the middle of something.")
        remedy = N_("Look for a quote or bracket that is opened and not closed.")
        return Problem(f"{room}.syntax", message, remedy, place)
    message = N_("This line is not valid TOML: {text}")
    remedy = N_(
        'Write texts in double quotes ("…"), lists in square brackets ["…", "…"], a table name alone on its line '
        "in square brackets; write a backslash twice."
    )
    return Problem(f"{room}.syntax", message, remedy, place, params)


def _key_lines(text: str) -> Iterator[tuple[Loc, int]]:
    """Yield every table header and key at the start of a line, with its line.

    A reading good enough to point at a place; keys inside inline tables are found under the key before them.
    """
    table: Loc = ()
    counts: dict[Loc, int] = {}
    inside_string = False
    for number, line in enumerate(text.split("\n"), 1):
        was_inside = inside_string
        inside_string ^= (line.count('"""') + line.count("'''")) % 2 == 1
        if was_inside:
            continue
        if match := HEADER.fullmatch(line):
            table = _table_loc(_key_parts(match[2]), match[1] == "[[", counts)
            yield table, number
        elif match := KEY.match(line):
            yield table + _key_parts(match[1]), number


def _key_parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in KEY_PART.findall(text))


def _table_loc(parts: tuple[str, ...], is_array: bool, counts: dict[Loc, int]) -> Loc:
    """Return the place of a table, with the index of every array of tables on the way."""
    loc: Loc = ()
    for part in parts[:-1]:
        loc += (part, counts[(*loc, part)]) if (*loc, part) in counts else (part,)
    loc += (parts[-1],)
    if is_array:
        counts[loc] = counts.get(loc, -1) + 1
        loc += (counts[loc],)
    return loc


# -- building -----------------------------------------------------------------------------------------


def build(model: type[Model], source: TomlFile) -> Model:
    """Return the `model` that the file describes; raises the file's error with all problems, in order of lines."""
    try:
        return model.model_validate(source.data, by_alias=True, by_name=False)
    except ValidationError as error:
        lines = source.lines()
        problems = [_problem(details, model, source, lines) for details in error.errors(include_url=False)]
        raise source.error(*sorted(problems, key=lambda problem: problem.place.line)) from error


WORDS = {
    "missing": (
        "missing-key",
        N_('"{key}" is missing.'),
        N_("Add it with its value."),
    ),
    "string_type": (
        "wrong-type",
        N_('"{key}" must be text, not {given}.'),
        N_("Write it in double quotes."),
    ),
    "string_too_short": ("empty", N_('"{key}" is empty.'), N_("Fill it in.")),
    "too_short": ("empty", N_('"{key}" is empty.'), N_("Fill it in.")),
    "int_type": (
        "wrong-type",
        N_('"{key}" must be a whole number, not {given}.'),
        N_("Write the number in figures, without quotes."),
    ),
    "float_type": (
        "wrong-type",
        N_('"{key}" must be a number, not {given}.'),
        N_("Write the number in figures, without quotes."),
    ),
    "date_type": (
        "wrong-type",
        N_('"{key}" must be a date, not {given}.'),
        N_("Write it as year-month-day without quotes: 2024-09-24."),
    ),
    "bool_type": (
        "wrong-type",
        N_('"{key}" must be true or false, not {given}.'),
        N_("Write true or false, without quotes."),
    ),
    "tuple_type": (
        "wrong-type",
        N_('"{key}" must be a list, not {given}.'),
        N_('Write it in square brackets: ["…", "…"].'),
    ),
    "dict_type": (
        "wrong-type",
        N_('"{key}" must be a table, not {given}.'),
        N_("Write its name alone on a line in square brackets, and its keys below it."),
    ),
    "literal_error": (
        "wrong-choice",
        N_('"{key}" cannot be {given}.'),
        N_("Possible here: {expected}."),
    ),
    "greater_than_equal": (
        "out-of-range",
        N_('"{key}" is {given}, which is too small.'),
        N_("The least is {ge}."),
    ),
    "less_than_equal": (
        "out-of-range",
        N_('"{key}" is {given}, which is too large.'),
        N_("The most is {le}."),
    ),
    "string_pattern_mismatch": (
        "bad-name",
        N_('"{key}" is not a usable name.'),
        N_("Use letters, digits, _ and - only."),
    ),
}
# Other names pydantic has for the same mistakes.
WORDS["model_type"] = WORDS["model_attributes_type"] = WORDS["dict_type"]
WORDS["list_type"] = WORDS["tuple_type"]
WORDS["bool_parsing"] = WORDS["bool_type"]
WORDS["float_parsing"] = WORDS["float_type"]
WORDS["date_from_datetime_parsing"] = WORDS["date_from_datetime_inexact"] = WORDS["date_parsing"] = WORDS["date_type"]


def _problem(details: ErrorDetails, model: type[BaseModel], source: TomlFile, lines: Mapping[Loc, int]) -> Problem:
    """Say one finding of pydantic in our words."""
    loc: Loc = tuple(part for part in details["loc"] if part != "[key]")
    place = Place(file=source.file, line=line_of(loc, lines))
    if details["type"] == "extra_forbidden":
        return unknown_key(loc, _known_keys(model, loc[:-1]), place, source.room)
    context = details.get("ctx", {})
    params = {"key": key_text(loc), "given": shown(details["input"]), "reason": details["msg"], **context}
    if isinstance(rejected := params.pop("error", None), Rejected):
        params |= rejected.params
        return Problem(f"{source.room}.not-allowed", rejected.message, rejected.remedy, place, params)
    params["expected"] = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    fallback = ("not-allowed", N_('"{key}" cannot be used: {reason}.'), N_("Correct it."))
    code, message, remedy = WORDS.get(details["type"], fallback)
    return Problem(f"{source.room}.{code}", message, remedy, place, params)


def unknown_key(loc: Loc, known: list[str], place: Place, room: str) -> Problem:
    """Return the problem of a key nobody knows, with the nearest known one."""
    message = N_('"{key}" is not known here.')
    params = {"key": key_text(loc), "near": near_name(str(loc[-1]), known), "known": ", ".join(known)}
    remedy = N_('Did you mean "{near}"?') if params["near"] else N_("Known here: {known}.")
    return Problem(f"{room}.unknown-key", message, remedy, place, params)


def texts_in(data: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Yield every text in `data` with its place."""
    if isinstance(data, str):
        yield loc, data
    elif isinstance(data, dict):
        for key, item in data.items():
            yield from texts_in(item, (*loc, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            yield from texts_in(item, (*loc, number))


def near_name(name: str, known: list[str]) -> str:
    """Return the known name most like `name`, or nothing when none is near."""
    return next(iter(difflib.get_close_matches(name.casefold(), known, 1, 0.7)), "")


def key_text(loc: Loc) -> str:
    """Return a place in a TOML file as one key: `penandatangan.ketua.nama`, `laws[3].title`."""
    text = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc)
    return text.removeprefix(".")


def shown(value: object) -> str:
    """Return a value as it would stand in TOML, shortened."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value if len(value) <= 40 else value[:40] + "…"}"'
        case list() | tuple():
            return "[…]" if value else "[]"
        case dict():
            return "{…}"
        case _:
            return str(value)


def line_of(loc: Loc, lines: Mapping[Loc, int]) -> int:
    """Return the line of the longest known part of `loc`; 0 when not even its table is known."""
    for length in range(len(loc), 0, -1):
        if loc[:length] in lines:
            return lines[loc[:length]]
    return 0


def _known_keys(annotation: Any, loc: Loc) -> list[str]:
    """Return the keys that the model at `loc` below `annotation` takes."""
    for part in loc:
        annotation = _below(annotation, part)
    if not (isclass(annotation) and issubclass(annotation, BaseModel)):
        return []
    return [field.alias or name for name, field in annotation.model_fields.items()]


def _below(annotation: Any, part: str | int) -> Any:
    """Return the type one step down: a model's field, a dict's values, a list's items."""
    if isclass(annotation) and issubclass(annotation, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in annotation.model_fields.items()}
        return fields.get(str(part))
    arguments = [argument for argument in get_args(annotation) if argument is not Ellipsis]
    return arguments[-1] if arguments else None
