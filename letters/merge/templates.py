"""Template folders → the doors of this room: list, load, check, merge."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from letters.errors import Place, Problem, TemplateError
from letters.merge.check import unknown_facts
from letters.merge.facts import PlainFacts
from letters.merge.loading import Loader, Template
from letters.merge.merging import render, written_placeholders
from letters.merge.rendering import Rendering
from letters.merge.sources import NOWHERE, SUFFIX, Sources


@dataclass(frozen=True, slots=True)
class Merged:
    """One letter's text, and what is printed in it."""

    text: str
    """Markdown with one placeholder, `chr(0xF0000 + index)`, for each printed value. Recipients whose template took the
    same branches have equal texts."""
    values: tuple[str, ...]
    """What stands at each placeholder."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A template there is, not yet looked into."""

    name: str
    path: Path
    origin: str
    """`kantor` (the office's own) or `bawaan` (comes with the package)."""


class Templates:
    """The templates of a workspace; the first of its folders that has a file wins. Threads may share it."""

    def __init__(self, folders: Sequence[Path], texts: Mapping[str, str] | None = None) -> None:
        """Look for templates in `folders`, the office's first, the built-in set last.

        `texts` are files as `texts` once returned them; a letter is made of them as it was made then.
        """
        self._folders = tuple(folders)
        self._texts = dict(texts or {})
        self._loader = Loader(Sources(self._folders, self._texts))
        self._plain = PlainFacts()

    def __reduce__(self) -> tuple[type[Templates], tuple[tuple[Path, ...], dict[str, str]]]:
        """Let other processes have their own."""
        return type(self), (self._folders, self._texts)

    def names(self) -> list[Listing]:
        """Return the templates there are: files with front matter outside of `naskah`, sorted by name."""
        found = self._loader.sources.names()
        return [Listing(name, folder / f"{name}{SUFFIX}", self._loader.origin(folder)) for name, folder in found]

    def load(self, name: str) -> Template:
        """Return the template `name`, checked and compiled once.

        Raises TemplateError with everything found wrong in its front matter, in the template, and in every file it
        uses: unknown files, TOML, syntax, what templates may not do, calls and blocks that do not fit or never end.
        """
        return self._loader.load(name.removesuffix(SUFFIX)).template

    def fields(self, template: Template) -> set[str]:
        """Return the names `template` and its front-matter texts read and do not define themselves."""
        return {use.name for use in self._loader.load(template.name).uses if not use.sealed}

    def words(self, template: Template) -> frozenset[str]:
        """Return every name and every part of one that stands in `template` or a file it uses, wherever it does.

        A fact that is not among them cannot be read by the template itself.
        """
        return self._loader.load(template.name).words

    def texts(self, template: Template) -> Mapping[str, str]:
        """Return everything `template` is made of: the content of its file and of every file it uses, by name."""
        return self._loader.load(template.name).texts

    def place_of(self, template: Template, words: str) -> Place:
        """Return file and line where `template`, or else a file it uses, says `words`; the template alone if nowhere.

        Blanks count alike, and the first place counts.
        """
        pattern = re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)")
        for name, text in self.texts(template).items():
            if found := pattern.search(text):
                path = self._loader.sources.read(name).path
                return Place(file=str(path), line=text.count("\n", 0, found.start()) + 1)
        return Place(file=str(template.path))

    def check(self, template: Template, known: Mapping[str, object]) -> list[Problem]:
        """Return every name `template` reads that `known` does not have, and every unknown part of a known table.

        `known` maps each name to a sample value; a table as sample says which parts there are, None says nothing.
        """
        loaded = self._loader.load(template.name)
        return unknown_facts(loaded.uses, known, loaded.texts.values())

    def merge(self, template: Template, facts: Mapping[str, object]) -> Merged:
        """Return `template` with `facts` (text, whole numbers, dates, None, lists and tables of them).

        Raises TemplateError with file and line for what is not there, has no value or cannot be printed.
        """
        rendering = Rendering()
        place = Place(file=str(template.path))
        text = render(self._loader.load(template.name).compiled, rendering, self._plain.of(facts), place)
        if problems := list(written_placeholders(text, place)):
            raise TemplateError(*problems)
        return Merged(text, tuple(rendering.values))

    def merge_text(self, text: str, facts: Mapping[str, object], place: Place = NOWHERE) -> str:
        """Return a text of the front matter (`hal`, `tembusan`) with `facts` printed in it, as plain text.

        Raises TemplateError; `place` is where the text comes from.
        """
        if "{" not in text:
            return text
        return render(self._loader.text(text, place), Rendering(in_place=True), self._plain.of(facts), place)
