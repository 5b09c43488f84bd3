"""One template file → its syntax tree, found to do only what templates may do; or everything wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from jinja2 import Environment, TemplateSyntaxError, nodes

from letters.errors import N_, Place, Problem, TemplateError
from letters.merge.allow_list import forbidden, imported_files, imported_macros, nested_too_deeply, top_macros
from letters.merge.complaints import syntax_problem
from letters.merge.sources import Source


@dataclass(frozen=True)
class Parsed:
    """One file of the template folders, parsed."""

    name: str
    """As templates call it: `naskah/surat.md`."""
    file: str
    """Its path, for messages."""
    tree: nodes.Template
    extends: str = ""
    """Name of its frame; empty = it has none."""
    blocks: Mapping[str, nodes.Block] = field(default_factory=dict)
    macros: Mapping[str, nodes.Macro] = field(default_factory=dict)
    imports: Mapping[str, tuple[nodes.FromImport, str]] = field(default_factory=dict)
    """Macros by the name they have here, with the statement and their own name."""
    modules: Mapping[str, nodes.Import] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    """What it does that templates may not do; such a file is looked at no further."""


Trees = Callable[[str], Parsed]
"""Gives the parsed file of a name; raises TemplateError."""


def parse(environment: Environment, source: Source) -> Parsed:
    """Return `source` parsed; raises TemplateError for a syntax error."""
    file = str(source.path)
    tree = _tree(environment, source.body, Place(file=file))
    extends = tree.find(nodes.Extends)
    return Parsed(
        source.name,
        file,
        tree,
        constant_name(extends) if extends else "",
        {node.name: node for node in tree.find_all(nodes.Block)},
        top_macros(tree),
        imported_macros(tree),
        imported_files(tree),
        tuple(forbidden(tree, file)),
    )


def parse_text(environment: Environment, text: str, place: Place) -> nodes.Template:
    """Return the tree of a text of the front matter, which stands alone.

    Raises TemplateError with `place` for a syntax error or, all at once, for everything it may not do.
    """
    tree = _tree(environment, text, place)
    if problems := forbidden(tree, place.file, alone=True):
        raise TemplateError(*(replace(problem, place=place) for problem in problems))
    return tree


def _tree(environment: Environment, text: str, place: Place) -> nodes.Template:
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        raise TemplateError(syntax_problem(error.message or "", _at(place, error.lineno))) from error
    except (ValueError, RecursionError, MemoryError) as error:  # absurdly long numbers, endless brackets
        raise TemplateError(unreadable(place)) from error
    if deep := nested_too_deeply(tree):
        raise TemplateError(unreadable(_at(place, deep.lineno or 0)))
    return tree


def _at(place: Place, line: int) -> Place:
    return place if place.line else replace(place, line=line)


def constant_name(node: nodes.Node) -> str:
    """Return the name of the file that an extends, include or import of an allowed tree uses."""
    named = getattr(node, "template", None)
    return str(named.value) if isinstance(named, nodes.Const) else ""


def files_of(parsed: Parsed) -> list[tuple[str, int, bool]]:
    """Return what other files `parsed` uses: name, line, and whether it may be missing."""
    found = parsed.tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport))
    return [(constant_name(node), node.lineno, bool(getattr(node, "ignore_missing", False))) for node in found]


def words_in(tree: nodes.Template) -> Iterator[str]:
    """Yield every name and every part of one in `tree`: of `kantor.kota` and `kantor["kota"]` both words."""
    for node in tree.find_all((nodes.Name, nodes.Getattr, nodes.Const)):
        match node:
            case nodes.Name(name=word) | nodes.Getattr(attr=word) | nodes.Const(value=str(word)):
                yield word


def unreadable(place: Place) -> Problem:
    """Return the problem of a template that even its parser gives up on."""
    return Problem(
        "merge.unreadable",
        N_("The template is nested too deeply, or holds a number that is too long."),
        N_("Simplify the expressions in {{{{ … }}}} and {{% … %}}."),
        place,
    )
