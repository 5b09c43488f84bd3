"""Template name → a template with all its files read, checked, followed and compiled; or every problem in them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

from jinja2 import Template as Compiled
from jinja2 import TemplateSyntaxError, nodes

from letters.errors import N_, Place, Problem, TemplateError
from letters.merge.complaints import syntax_problem
from letters.merge.environment import LetterEnvironment
from letters.merge.front_matter import FrontMatter, read_front_matter
from letters.merge.parts import remembering
from letters.merge.reports import unique
from letters.merge.sources import NAME, NOWHERE, SUFFIX, Source, Sources, unprintable
from letters.merge.syntax import Parsed, files_of, parse, parse_text, unreadable, words_in
from letters.merge.usage import Tracer, Use

OFFICE, BUILT_IN = "kantor", "bawaan"
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Template:
    """A letter's template, found to be sound."""

    name: str
    """Path in the templates folder without suffix: `imbauan/kampanye`."""
    path: Path
    front: FrontMatter
    sha256: str
    """Over the text of the template and of every frame and partial it uses, in the order they are named."""
    origin: str
    """`kantor` (the office's own) or `bawaan` (comes with the package)."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Line of each key of the front matter."""

    def place(self, key: str) -> Place:
        """Return where the front matter says `key` (`hal`, `isian.tempat`); the file alone when it does not."""
        return Place(file=str(self.path), line=self.lines.get(key, 0))


@dataclass(frozen=True, slots=True)
class Loaded:
    """A template ready to be merged."""

    template: Template
    compiled: Compiled
    uses: tuple[Use, ...]
    """Every fact it reads."""
    words: frozenset[str]
    """Every name, and every part of one, in the template and the files it uses."""
    texts: Mapping[str, str]
    """Content of the template and of every file it uses, by name."""


class Loader:
    """Loads templates from their sources, each once."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._environment = LetterEnvironment(self.sources)
        self._trees: dict[str, Parsed] = {}
        self._loaded: dict[str, Loaded] = {}
        self._texts: dict[str, Compiled] = {}
        self._parts: set[str] = set()
        """Files that remember what they came to in other letters."""

    def load(self, name: str) -> Loaded:
        """Return the template `name`; raises TemplateError with everything wrong in it and in the files it uses."""
        if name not in self._loaded:
            self._loaded[name] = self._load(name)
        return self._loaded[name]

    def text(self, text: str, place: Place) -> Compiled:
        """Return a text of the front matter compiled; raises TemplateError with `place`."""
        if text not in self._texts:
            self._parse_text(text, place)
            self._texts[text] = self._environment.from_string(text)
        return self._texts[text]

    def origin(self, folder: Path) -> str:
        """Return whose templates `folder` holds; the last folder is the built-in one."""
        built_in = [last.resolve() for last in self.sources.folders[-1:]]
        return BUILT_IN if folder.resolve() in built_in else OFFICE

    def _load(self, name: str) -> Loaded:
        source = self.sources.read(f"{name}{SUFFIX}")
        found: list[Problem] = []
        header = _collect(found, read_header, source)
        files = self._closure(source, found)
        if header is None or found:
            raise TemplateError(*unique(found))
        used = [self.sources.read(file.name) for file in files]
        digest = _digest(used)
        template = Template(name, source.path, header[0], digest, self.origin(source.folder), header[1])
        uses = self._trace(template, source)
        words = frozenset(word for file in files for word in words_in(file.tree)) | {use.name for use in uses}
        words |= {use.attribute for use in uses}
        return Loaded(template, self._compile(files), uses, words, {file.name: file.text for file in used})

    # -- files ----------------------------------------------------------------------------------------

    def _tree(self, name: str, asked: Place = NOWHERE) -> Parsed:
        if name not in self._trees:
            self._trees[name] = parse(self._environment, self.sources.read(name, asked))
        return self._trees[name]

    def _closure(self, source: Source, found: list[Problem]) -> list[Parsed]:
        """Return `source` and every file it uses, in the order they are named; problems go to `found`."""
        files: dict[str, Parsed | None] = {}
        waiting = [(source.name, NOWHERE)]
        while waiting:
            name, asked = waiting.pop()
            if name not in files:
                files[name] = parsed = _collect(found, self._tree, name, asked)
                if parsed is not None:
                    found.extend(parsed.problems)
                    waiting.extend(reversed(list(self._used_by(parsed))))
        return [parsed for parsed in files.values() if parsed is not None]

    def _used_by(self, parsed: Parsed) -> Iterator[tuple[str, Place]]:
        for name, line, may_be_missing in files_of(parsed):
            # A name that no file can have is a problem already.
            if NAME.fullmatch(name) and not (may_be_missing and not self.sources.exists(name)):
                yield name, Place(file=parsed.file, line=line)

    def _compile(self, files: Sequence[Parsed]) -> Compiled:
        """Return the first of `files` compiled, and compile the others for later."""
        for parsed in reversed(files):
            try:
                compiled = self._environment.get_template(parsed.name)
            except TemplateSyntaxError as error:
                place = Place(file=parsed.file, line=error.lineno)
                raise TemplateError(syntax_problem(error.message or "", place)) from error
            except (SyntaxError, RecursionError, MemoryError) as error:
                raise TemplateError(unreadable(Place(file=parsed.file))) from error
            if parsed is not files[0]:
                self._let_remember(parsed, compiled)
        return compiled

    def _let_remember(self, parsed: Parsed, compiled: Compiled) -> None:
        """Let a file that is included, and has nothing others fill in or call, remember what it came to."""
        files = self._closure(self.sources.read(parsed.name), [])
        if parsed.name in self._parts or parsed.macros or any(file.extends or file.blocks for file in files):
            return
        self._parts.add(parsed.name)
        names = {node.name for file in files for node in file.tree.find_all(nodes.Name)}
        compiled.root_render_func = remembering(compiled.root_render_func, names)

    # -- what they use --------------------------------------------------------------------------------

    def _trace(self, template: Template, source: Source) -> tuple[Use, ...]:
        """Return every use of a fact; raises TemplateError for what cannot work."""
        tracer = Tracer(self._tree)
        tracer.trace(source.name)
        found = tracer.problems
        for key, text in mergeable_texts(template.front):
            place = template.place(key)
            tree = _collect(found, self._parse_text, text, place)
            if tree is not None:
                tracer.trace_text(tree, place.file, place.line)
        found += unmerged_texts(template)
        if found:
            raise TemplateError(*found)
        return tracer.uses

    def _parse_text(self, text: str, place: Place) -> nodes.Template:
        if problems := list(unprintable(text, place.file, place.line)):
            raise TemplateError(*problems)
        return parse_text(self._environment, text, place)


def _collect(
    found: list[Problem],
    function: Callable[Arguments, Result],
    *arguments: Arguments.args,
    **keywords: Arguments.kwargs,
) -> Result | None:
    """Return what `function` returns; its problems go to `found`, so that the search for more goes on."""
    try:
        return function(*arguments, **keywords)
    except TemplateError as error:
        found.extend(error.problems)
        return None


def read_header(source: Source) -> tuple[FrontMatter, Mapping[str, int]]:
    """Return the front matter of a template and the line of each key; raises TemplateError."""
    file = str(source.path)
    if source.header is not None:
        return read_front_matter(source.header, file)
    raise TemplateError(
        Problem(
            "merge.no-front-matter",
            N_("This file has no front matter, so it is no template of a letter."),
            N_("Begin it with a line +++, then keys such as jenis and judul, then +++ again."),
            Place(file=file, line=1),
        )
    )


def mergeable_texts(front: FrontMatter) -> Iterator[tuple[str, str]]:
    """Yield key and text of every part of the front matter that may hold `{{ … }}`."""
    yield "judul", front.title
    yield "hal", front.subject
    yield "lampiran", front.attachment
    for text in front.copies:
        yield "tembusan", text


def unmerged_texts(template: Template) -> Iterator[Problem]:
    """Yield a problem for each free fact with `{{ … }}` in it: it would be printed as it stands."""
    for key, value in template.front.facts.items():
        if isinstance(value, str) and ("{{" in value or "{%" in value):
            yield Problem(
                "merge.fact-with-expression",
                N_('"{key}" under [isian] is printed as it stands; {{{{ … }}}} is not worked out there.'),
                N_("Write the sentence in the body of the template, or in hal, judul, lampiran or tembusan."),
                template.place(f"isian.{key}"),
                {"key": key},
            )


def _digest(sources: Iterable[Source]) -> str:
    """Return the SHA-256 over names and texts; lengths keep what belongs to one file from passing as another's."""
    digest = hashlib.sha256()
    for source in sources:
        text = source.text.encode()
        digest.update(f"{source.name}\n{len(text)}\n".encode() + text)
    return digest.hexdigest()
