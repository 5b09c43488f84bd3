"""The package's law data files and an office's own → laws, groups, matrix and lint data, with every name checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from letters.errors import LawError, Place, Problem
from letters.law.checks import unknown_law, unreadable
from letters.law.groups import Areas, Column, Group
from letters.law.law_file import Basis, Body, LawFile, OtherLaw, Row, WordRule
from letters.law.layers import Change, Layer, read_layers, unknown_names
from letters.law.matrix import Matrix
from letters.law.records import Article, Audience, Law
from letters.law.reference import ArticleRef, parse_alternatives
from letters.toml import Loc, TomlFile, line_of

Places = tuple[tuple[ArticleRef, Article], ...]
FILES = ("laws.toml", "quotes.toml", "groups.toml", "bases.toml", "lint.toml")


@dataclass(slots=True)
class LawData:
    """Everything the law files say."""

    laws: dict[str, Law] = field(default_factory=dict)
    audiences: dict[str, Audience] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    areas: Areas = Areas()
    columns: dict[str, Column] = field(default_factory=dict)
    codes: dict[str, tuple[Basis, ...]] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    authority: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    body_by_id: dict[str, Body] = field(default_factory=dict)
    word_by_id: dict[str, WordRule] = field(default_factory=dict)
    others: dict[str, OtherLaw] = field(default_factory=dict)
    as_of: date | None = None
    changes: tuple[Change, ...] = ()
    articles: dict[str, Places] = field(default_factory=dict)
    """Known places of a law as amended; filled by the book as they are asked for."""

    @property
    def matrix(self) -> Matrix:
        """Return the matrix of legal bases."""
        return Matrix(self.columns, self.codes, self.rows, self.authority)

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Return the bodies that came to an end."""
        return tuple(self.body_by_id.values())

    @property
    def words(self) -> tuple[WordRule, ...]:
        """Return the rules on words."""
        return tuple(self.word_by_id.values())

    def add(self, file: LawFile) -> None:
        """Take over what one more file says."""
        self.laws |= {law.id: _in_old_order(law, self.laws.get(law.id)) for law in file.laws}
        self.audiences |= file.audiences
        self.groups |= {group.id: group for group in file.groups}
        self.areas = file.areas if "areas" in file.model_fields_set else self.areas
        self.columns |= file.columns
        self.codes |= file.codes
        self.rows |= {row.id: row for row in file.matrix}
        for regime, levels in file.authority.items():
            known = self.authority.setdefault(regime, {})
            known |= {str(level): references for level, references in levels.items()}
        self.body_by_id |= {body.id: body for body in file.bodies}
        self.word_by_id |= {rule.id: rule for rule in file.words}
        self.others |= {other.id: other for other in file.others}
        self.as_of = max(filter(None, (self.as_of, file.as_of)), default=None)


def load_laws(paths: Sequence[Path]) -> LawData:
    """Return the data of the package with the files at `paths` laid over them.

    Raises LawError with every problem of the first file that cannot be used.
    """
    data = LawData()
    for layer in read_layers(LawFile, FILES, paths):
        data.add(layer.file)
        data.changes += layer.changes
        problems = [*_unknown_names(layer, data), *_unusable_references(layer, data)]
        if problems:
            raise LawError(*sorted(problems, key=lambda problem: problem.place.line))
    return data


def _in_old_order(law: Law, before: Law | None) -> Law:
    """Return a law whose articles stand where they stood before it was changed; new ones come last."""
    if before is None:
        return law
    places = {article.ref: place for place, article in enumerate(before.articles)}
    articles = sorted(law.articles, key=lambda article: places.get(article.ref, len(places)))
    return law.model_copy(update={"articles": tuple(articles)})


# -- names --------------------------------------------------------------------------------------------


def _unknown_names(layer: Layer[LawFile], data: LawData) -> Iterator[Problem]:
    """Yield a problem for each law, audience or column that the file names and nobody knows."""
    file, source = layer.file, layer.source
    yield from unknown_names(source, _law_names(file), data.laws)
    successors = [(("others", index, "replaced_by"), other.replaced_by) for index, other in enumerate(file.others)]
    yield from unknown_names(source, successors, {**data.laws, **data.others})
    yield from unknown_names(source, _audience_names(file), data.audiences)
    yield from unknown_names(source, _column_names(file), data.columns or _all_columns(file))


def _all_columns(file: LawFile) -> list[str]:
    """Return every column the file names: the groups are read before the columns."""
    return [name for _, name in _column_names(file)]


def _law_names(file: LawFile) -> Iterator[tuple[Loc, str]]:
    for index, law in enumerate(file.laws):
        yield ("laws", index, "revoked_by"), law.revoked_by
        yield ("laws", index, "replaces"), law.replaces
        for change in law.amended_by:
            yield ("laws", index, "amended_by"), change.by


def _audience_names(file: LawFile) -> Iterator[tuple[Loc, str]]:
    for index, law in enumerate(file.laws):
        for name in law.audiences_bound:
            yield ("laws", index, "audiences_bound"), name
        for number, article in enumerate(law.articles):
            for key in ("audience", "addressed_to", "audience_since"):
                for name in getattr(article, key):
                    yield ("laws", index, "articles", number, key), name
    for name, column in file.columns.items():
        for audience in column.audience:
            yield ("columns", name), audience
    for index, group in enumerate(file.groups):
        for audience in group.audience:
            yield ("groups", index, "audience"), audience


def _column_names(file: LawFile) -> Iterator[tuple[Loc, str]]:
    for index, group in enumerate(file.groups):
        for key in ("columns", "staff"):
            for name in getattr(group, key):
                yield ("groups", index, key), name
    for index, row in enumerate(file.matrix):
        for name in row.cells:
            yield ("matrix", index, "cells", name), name


# -- references ---------------------------------------------------------------------------------------


def _unusable_references(layer: Layer[LawFile], data: LawData) -> Iterator[Problem]:
    """Yield a problem for each reference of the file that cannot be read or names an unknown law."""
    for loc, text in _references(layer.file, data):
        parsed = parse_alternatives(text)
        if parsed is None:
            yield _at(layer.source, loc, unreadable(text))
            continue
        for reference in parsed:
            if reference.law not in data.laws:
                yield _at(layer.source, loc, unknown_law(data.laws, reference.law))


def _at(source: TomlFile, loc: Loc, problem: Problem) -> Problem:
    place = Place(file=source.file, line=line_of(loc, source.lines()))
    return Problem(problem.code, problem.message, problem.remedy, place, problem.params)


def _references(file: LawFile, data: LawData) -> Iterator[tuple[Loc, str]]:
    for index, law in enumerate(file.laws):
        for text in law.stronger:
            yield ("laws", index, "stronger"), text
    for code, bases in file.codes.items():
        for basis in bases:
            yield ("codes", code), basis.ref
    for regime, levels in file.authority.items():
        for level, texts in levels.items():
            for text in texts:
                yield ("authority", regime, level), text
    for index, row in enumerate(file.matrix):
        for column, entries in row.cells.items():
            for entry in entries:
                inner = entry[1:-1] if entry.startswith("(") and entry.endswith(")") else entry
                if inner not in data.codes:
                    yield ("matrix", index, "cells", column), inner
