"""TOML between `+++` lines → FrontMatter, and the line each key stands on; or every problem in it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from letters.errors import N_, Place, Problem, TemplateError
from letters.toml import parse_toml

FENCE = "+++"
"""The line before and after the front matter."""
AUTOMATIC = "otomatis"
"""In `dasar`, `kutipan`, `tembusan`: what the data lay down for the letter's occasion and its recipient's group."""

Words = Annotated[str, StringConstraints(strip_whitespace=True)]
Filled = Annotated[Words, StringConstraints(min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]


def _fact(value: Any) -> Any:
    """Return `value` if a template may use it: text, whole number, date, yes/no, or a list or table of them."""
    if isinstance(value, list):
        return [_fact(item) for item in value]
    if isinstance(value, dict):
        return {key: _fact(item) for key, item in value.items()}
    if isinstance(value, (str, int)) or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise PydanticCustomError("fact_type", "no fact")


def _one_or_many(value: Any) -> Any:
    """Take one text for a list of one; an empty text names nothing."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    return value


OneOrMany = Annotated[tuple[Filled, ...], BeforeValidator(_one_or_many)]


class FrontMatter(BaseModel):
    """What a template says about its letters; the keys in the file are the Indonesian names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Filled = Field(alias="jenis")
    """What sort of letter it is: `imbauan`, `undangan`, `edaran`, `ikrar`."""
    title: Filled = Field(alias="judul")
    """What the office calls the template, and the title of its letters' files; may hold `{{ … }}`."""
    elections: OneOrMany = Field((), alias="pemilihan")
    """Elections it is for: ids of the calendar, or a kind of election (`pemilu`, `pemilihan`) for all of that kind.

    Empty = a letter outside elections, unless `stages` says otherwise.
    """
    stages: OneOrMany = Field((), alias="tahapan")
    """Ids of the stages it is for; without `elections`, of any election that has them."""
    subject: Words = Field("", alias="hal")
    """Subject line; may hold `{{ … }}`."""
    classification: Words = Field("", alias="klasifikasi")
    """Filing code, part of the number: `PM.00.02`."""
    urgency: Words = Field("Biasa", alias="sifat")
    attachment: Words = Field("", alias="lampiran")
    """Attachment line (`1 (satu) berkas`); may hold `{{ … }}`."""
    audience: tuple[Filled, ...] = Field((), alias="untuk")
    """Groups of recipients it is meant for; empty = every group."""
    senders: tuple[Filled, ...] = Field((), alias="pengirim")
    """Levels of office that send it (`tingkat` of letters.toml); empty = any office."""
    bases: OneOrMany = Field((), alias="dasar")
    """Legal bases for every recipient, as references: `uu-20-2023:2f,9(2)`; `otomatis` = those of the matrix."""
    group_bases: Mapping[str, OneOrMany] = Field({}, alias="dasar_kelompok")
    """Further legal bases by group of recipients: police and village heads have other laws than civil servants."""
    quotes: OneOrMany = Field((), alias="kutipan")
    """Articles whose words the letter quotes, as references; `otomatis` = those that bind the recipient."""
    oath: Words = Field("", alias="teks")
    """Id of the text that is spoken or declared: `ikrar-asn`; its words come with the facts, as `teks`."""
    copies: OneOrMany = Field((), alias="tembusan")
    """Who gets a copy; each may hold `{{ … }}`; `otomatis` stands for those of the recipient's group."""
    signatories: Annotated[OneOrMany, Field(min_length=1)] = Field(("ketua",), alias="penandatangan")
    """Names of `[penandatangan.…]` tables of letters.toml, from left to right; the number has the code of the first."""
    series: Words = Field("surat", alias="deret")
    """Name of a `[deret.…]` table of letters.toml; empty = a document without number."""
    numbering: Literal["per penerima", "satu", "daftar"] = Field("per penerima", alias="nomor")
    """A number for each recipient; one number for all, each with a copy of their own; one letter that lists all."""
    listed_at_most: Annotated[StrictInt, Field(ge=0)] = Field(5, alias="batas_penerima")
    """How many recipients a letter with `nomor = "daftar"` lists under Yth.; more stand in an attachment."""
    assets: tuple[Name, ...] = Field((), alias="gambar")
    """Names of the pictures the text shows besides the office's logo."""
    hijri: StrictBool | None = Field(None, alias="hijriah")
    """Whether its letters bear the Hijri date too; without it, as letters.toml says for all letters."""
    facts: Annotated[Mapping[str, Any], AfterValidator(_fact)] = Field({}, alias="isian")
    """Free facts, `isian.…` in the text."""

    @property
    def signatory(self) -> str:
        """Return the first of those who sign."""
        return self.signatories[0]

    def bases_for(self, group: str) -> tuple[str, ...]:
        """Return the legal bases of a letter to a recipient of `group`: the common ones, then the group's own."""
        return tuple(dict.fromkeys((*self.bases, *self.group_bases.get(group, ()))))


@dataclass(frozen=True, slots=True)
class Header:
    """The front matter of a file as text."""

    toml: str
    """What stands between the fences."""
    lines: int
    """Lines of the file up to and with the closing fence."""


def split_header(text: str, file: str) -> Header | None:
    """Return the front matter of a file's `text`; None when it has none.

    Raises TemplateError when the closing fence is missing.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == FENCE:
            return Header("\n".join(lines[1 : number - 1]), number)
    raise TemplateError(
        Problem(
            "merge.front-matter-open",
            N_("The front matter opened with +++ is never closed."),
            N_("Put a line with +++ after the last key of the front matter."),
            Place(file=file, line=1),
        )
    )


def read_front_matter(header: Header, file: str) -> tuple[FrontMatter, Mapping[str, int]]:
    """Return what the front matter says, and the line of the file for each key (`hal`, `isian.tempat`).

    Raises TemplateError with the broken line of the TOML, or with every unknown, missing or ill-typed key.
    """
    lines = dict(key_lines(header.toml))
    try:
        data = parse_toml(header.toml + "\n", file, "merge", TemplateError).data
        return FrontMatter.model_validate(data), lines
    except TemplateError as error:
        raise TemplateError(*(_toml_problem(problem) for problem in error.problems)) from error
    except ValidationError as error:
        raise TemplateError(*(_key_problem(detail, lines, file) for detail in error.errors())) from error


def key_lines(toml: str) -> Iterator[tuple[str, int]]:
    """Yield each key written in `toml` with its line in the file, tables as dotted prefix.

    A plain look at the lines is enough: the place only helps the reader find the key.
    """
    table = ""
    for number, line in enumerate(toml.split("\n"), 2):
        if match := re.match(r"\s*\[([^\[\]]+)\]", line):
            table = re.sub(r"[\s\"']", "", match[1])
            yield table, number
        elif match := re.match(r"\s*[\"']?([\w.-]+)[\"']?\s*=", line):
            yield f"{table}.{match[1]}" if table else match[1], number


def _toml_problem(problem: Problem) -> Problem:
    """Return what is wrong with the TOML at its line of the template, where it stands below a line of `+++`."""
    return replace(problem, code="merge.front-matter-toml", place=replace(problem.place, line=problem.place.line + 1))


TYPES = {
    "string_type": N_('"{key}" must be text in quotation marks.'),
    "string_too_short": N_('"{key}" is empty.'),
    "too_short": N_('"{key}" is empty.'),
    "tuple_type": N_('"{key}" must be a list of texts: ["…", "…"].'),
    "mapping_type": N_('"{key}" must be a table: [{key}] with keys below it.'),
    "literal_error": N_('"{key}" must be one of: {expected}.'),
    "string_pattern_mismatch": N_(
        '"{key}" must be a plain name of letters, digits, dots and hyphens, without folders.'
    ),
    "fact_type": N_('"{key}" holds a time of day or a fraction; write it as text in quotation marks.'),
}
"""Message for each pydantic error type a front matter can cause."""


def _key_problem(detail: ErrorDetails, lines: Mapping[str, int], file: str) -> Problem:
    key = ".".join(str(part) for part in detail["loc"] if isinstance(part, str))
    place = Place(file=file, line=_line_of(key, lines))
    params = {"key": key, **detail.get("ctx", {})}
    match detail["type"]:
        case "missing":
            remedy = N_('Add {key} = "…" between the +++ lines.')
            return Problem(
                "merge.front-matter-missing", N_('The front matter lacks "{key}".'), remedy, place, {"key": key}
            )
        case "extra_forbidden":
            return _unknown_key(key, place)
        case kind:
            message = TYPES.get(kind, N_('"{key}" cannot be used: {detail}.'))
            params["detail"] = detail["msg"]
            return Problem("merge.front-matter-type", message, N_("Correct it in the front matter."), place, params)


def _line_of(key: str, lines: Mapping[str, int]) -> int:
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 1)


def _unknown_key(key: str, place: Place) -> Problem:
    known = [str(field.alias) for field in FrontMatter.model_fields.values()]
    near = get_close_matches(key, known, 1)
    remedy = N_('Did you mean "{near}"? Free facts go under [isian].') if near else N_("Free facts go under [isian].")
    params = {"key": key, "near": near[0] if near else ""}
    return Problem("merge.front-matter-unknown", N_('The front matter does not know "{key}".'), remedy, place, params)
