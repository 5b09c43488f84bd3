"""Syntax tree of one template file → everything in it that templates may not do, with its line.

What is not named here is refused: there are no calls but of macros, no arithmetic, no names of Python's. What is
allowed cannot reach outside the facts, and `metering` bounds how much it can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from letters.errors import N_, Place, Problem
from letters.merge.filters import FILTERS, TESTS
from letters.merge.sources import NAME

MAX_DEPTH = 60
"""How deep expressions and statements may be nested; keeps Python's own limits out of reach."""
MAX_LOOP_DEPTH = 6
MAX_BITS = 128
"""How large a number in a template may be: 38 figures."""
RESERVED = frozenset({"self", "super", "caller", "loop", "varargs", "kwargs", "true", "false", "none"})
"""Names with a meaning of their own, which nothing else may be called."""

PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.With, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.List, nodes.AssignBlock,
)  # fmt: skip
"""Kinds of nodes that are allowed as they are; the others below have conditions."""

Tree = nodes.Template
Macros = dict[str, nodes.Macro]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a node."""

    depth: int = 0
    loops: int = 0
    inside: tuple[type[nodes.Node], ...] = ()
    """Blocks, macros and call blocks, the outermost first."""

    def within(self, node: nodes.Node) -> Around:
        """Return the surroundings of what is inside `node`."""
        inside = (*self.inside, type(node)) if isinstance(node, (nodes.Block, nodes.Macro, nodes.CallBlock)) else ()
        loop = isinstance(node, nodes.For)
        return replace(self, depth=self.depth + 1, loops=self.loops + loop, inside=inside or self.inside)


@dataclass(slots=True)
class Checker:
    """Walks one file and collects what is refused."""

    file: str
    macros: frozenset[str]
    """Names that may be called: macros of the file and imported ones."""
    modules: frozenset[str]
    """Names of whole imported files, whose macros may be called as `name.macro()`."""
    alone: bool = False
    """The text stands alone (front matter): it uses no other file and has no blocks or macros."""
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, node: nodes.Node, what: str, remedy: str, **params: object) -> None:
        """Note that `node` is not allowed."""
        # The parser leaves some wrappers without a line; what they wrap has it.
        line = node.lineno or next((child.lineno for child in node.iter_child_nodes()), 0)
        place = Place(file=self.file, line=line)
        self.problems.append(Problem("merge.forbidden", what, remedy, place, params))

    def visit(self, node: nodes.Node, around: Around) -> None:
        """Check `node` and what is inside it; what is inside a refused node is not looked at."""
        if around.loops > MAX_LOOP_DEPTH:
            return self.refuse(node, N_("Too many loops stand inside each other."), N_("Use fewer."))
        before = len(self.problems)
        for name in bound_names(node):
            self._check_name(node, name)
        if not isinstance(node, PLAIN):
            method = getattr(self, f"check_{type(node).__name__.lower()}", self.check_other)
            method(node, around)
        if len(self.problems) == before:
            inside = around.within(node)
            # What is called is judged as a whole: `super` may be called but not handed around.
            for child in node.iter_child_nodes(exclude=("node",) if isinstance(node, nodes.Call) else None):
                self.visit(child, inside)

    def _check_name(self, node: nodes.Node, name: str) -> None:
        if name.startswith("_"):
            self.refuse(
                node,
                N_('The name "{name}" starts with an underscore, which is reserved.'),
                N_("Take a name that starts with a letter."),
                name=name,
            )
        elif name in RESERVED:
            self.refuse(
                node,
                N_('"{name}" is a word of the template language and cannot be used as a name.'),
                N_("Take another name."),
                name=name,
            )
        elif isinstance(node, nodes.Name) and name in self.macros | self.modules:
            self.refuse(
                node,
                N_('"{name}" is already the name of a macro.'),
                N_("Take another name, so that it stays clear what is called."),
                name=name,
            )

    # -- expressions ----------------------------------------------------------------------------------

    def check_const(self, node: nodes.Const, around: Around) -> None:
        """Text and numbers; not those too long for Python to write out."""
        if isinstance(node.value, int) and node.value.bit_length() > MAX_BITS:
            self.refuse(node, N_("A number is too long."), N_("Write it as text in quotation marks."))

    def check_name(self, node: nodes.Name, around: Around) -> None:
        """Facts, loop variables, what was set; `self` would give access to blocks as objects."""
        if node.ctx == "load" and (node.name.startswith("_") or node.name in ("self", "varargs", "kwargs", "super")):
            self.refuse(node, N_('The name "{name}" cannot be used here.'), N_("Take another name."), name=node.name)

    def check_getattr(self, node: nodes.Getattr, around: Around) -> None:
        """Attributes are items of facts, never Python's own."""
        if node.attr.startswith("_"):
            self._check_name(node, node.attr)

    def check_getitem(self, node: nodes.Getitem, around: Around) -> None:
        """Items by a constant name or number only; no slices."""
        if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, (str, int)):
            self.refuse(
                node,
                N_("Only a fixed name or number may stand in the square brackets."),
                N_('Write name["key"] or name[0]; go through a list with {{% for %}}.'),
            )
        elif str(node.arg.value).startswith("_"):
            self._check_name(node, str(node.arg.value))

    def check_condexpr(self, node: nodes.CondExpr, around: Around) -> None:
        """An inline `if` without `else` would print nothing without saying so."""
        if node.expr2 is None:
            self.refuse(
                node,
                N_("An inline “if” needs an “else”."),
                N_('Write: … if … else "", or use {{% if %}} and {{% endif %}}.'),
            )

    def check_filter(self, node: nodes.Filter, around: Around) -> None:
        """Filters of the list."""
        self._check_listed(node, node.name, list(FILTERS), N_('There is no filter "{name}" (there are: {known}).'))

    def check_test(self, node: nodes.Test, around: Around) -> None:
        """Tests of the list."""
        self._check_listed(node, node.name, list(TESTS), N_('There is no test "{name}" (there are: {known}).'))

    def _check_listed(self, node: nodes.Filter | nodes.Test, name: str, known: list[str], message: str) -> None:
        if name not in known or node.node is None:
            self.refuse(node, message, N_("Use one of these."), name=name, known=", ".join(sorted(known)))
        self._check_arguments(node)

    def check_keyword(self, node: nodes.Keyword, around: Around) -> None:
        """Named arguments of filters and macros."""
        if node.key.startswith("_"):
            self._check_name(node, node.key)

    def check_call(self, node: nodes.Call, around: Around) -> None:
        """Macros of this file or imported by name, `super()` and `caller()`; nothing else."""
        self._check_arguments(node)
        match node.node:
            case nodes.Name(name="super"):
                self._check_super(node, around)
            case nodes.Name(name="caller"):
                self._check_caller(node, around)
            case nodes.Name(name=name) if name in self.macros:
                pass
            case nodes.Getattr(node=nodes.Name(name=name)) if name in self.modules:
                self.check_getattr(node.node, around)
            case _:
                self.refuse(
                    node,
                    N_("Only macros can be called: macros of this file, or imported with {{% from … import … %}}."),
                    N_("Values are worked on with filters: value|filter."),
                )

    def _check_super(self, node: nodes.Call, around: Around) -> None:
        if nodes.Block not in around.inside or node.args or node.kwargs:
            self.refuse(node, N_("super() stands only inside {{% block %}}, without arguments."), N_("Delete it."))

    def _check_caller(self, node: nodes.Call, around: Around) -> None:
        if not around.inside or around.inside[-1] is not nodes.Macro:
            self.refuse(
                node,
                N_("caller() stands only directly inside {{% macro %}}."),
                N_("Keep its text first: {{% set text = caller() %}}."),
            )

    def _check_arguments(self, node: nodes.Filter | nodes.Test | nodes.Call) -> None:
        if node.dyn_args or node.dyn_kwargs:
            self.refuse(node, N_("Arguments with * or ** are not allowed."), N_("Write each argument out."))

    # -- statements -----------------------------------------------------------------------------------

    def check_for(self, node: nodes.For, around: Around) -> None:
        """Loops over what is or gives a list, one variable, not recursive."""
        if node.recursive:
            self.refuse(node, N_("A loop cannot be recursive."), N_("Use one loop inside another."))
        if not isinstance(node.target, nodes.Name):
            self.refuse(node, N_("A loop has one variable."), N_("Write {{% for item in list %}} and use item.key."))
        if not isinstance(node.iter, (nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.List)):
            self.refuse(
                node,
                N_("A loop goes through a list of the facts only."),
                N_("Write {{% for item in name %}} or {{% for item in name.list %}}."),
            )

    def check_assign(self, node: nodes.Assign, around: Around) -> None:
        """One name at a time."""
        if not isinstance(node.target, nodes.Name):
            self.refuse(node, N_("{{% set %}} sets one plain name."), N_("Write {{% set name = … %}}."))

    def check_assignblock(self, node: nodes.AssignBlock, around: Around) -> None:
        """Laid-out text under a name; a filter would work on placeholders instead of values."""
        if node.filter is not None:
            self.refuse(
                node, N_("{{% set %}} with a block takes no filter."), N_("Apply the filter to the value inside it.")
            )

    def check_block(self, node: nodes.Block, around: Around) -> None:
        """Blocks at the top or in other statements, but not in macros."""
        if self._standing_alone(node):
            return
        if nodes.Macro in around.inside or nodes.CallBlock in around.inside:
            self.refuse(
                node,
                N_("A {{% block %}} cannot stand inside a macro or {{% call %}}."),
                N_("Take the block out of it."),
            )

    def check_macro(self, node: nodes.Macro, around: Around) -> None:
        """Macros at the top of a file only, so that a name means one macro."""
        if not self._standing_alone(node) and around.depth != 1:
            self.refuse(
                node, N_("A macro is defined at the top of a file, outside of everything else."), N_("Move it there.")
            )

    def check_callblock(self, node: nodes.CallBlock, around: Around) -> None:
        """`{% call macro() %}`."""
        if isinstance(node.call.node, nodes.Name) and node.call.node.name in ("super", "caller"):
            self.refuse(node, N_("{{% call %}} calls a macro."), N_("Write {{% call name() %}}."))

    def check_extends(self, node: nodes.Extends, around: Around) -> None:
        """One fixed frame, at the top of the file."""
        self._check_file(node)
        if around.depth != 1:
            self.refuse(node, N_("{{% extends %}} stands at the top of the file, outside of everything else."), "")

    def check_include(self, node: nodes.Include, around: Around) -> None:
        """A fixed file with the facts; without them jinja2 would print the first recipient's text for everybody."""
        self._check_file(node)
        if not node.with_context:
            self.refuse(node, N_("{{% include %}} always takes the facts along."), N_("Delete “without context”."))

    def check_import(self, node: nodes.Import, around: Around) -> None:
        """A fixed file of macros."""
        self._check_file(node)

    check_fromimport = check_import

    def _check_file(self, node: nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport) -> None:
        if self._standing_alone(node):
            return
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not NAME.fullmatch(name):
            self.refuse(
                node,
                N_("Another file is named by a fixed text, its path inside the templates folder."),
                N_('Write for example "naskah/surat.md"; without "..", drive or leading slash.'),
            )

    def _standing_alone(self, node: nodes.Node) -> bool:
        if self.alone:
            self.refuse(
                node,
                N_("A text of the front matter cannot define macros or blocks or use other files."),
                N_("Put it into the body of the template."),
            )
        return self.alone

    def check_other(self, node: nodes.Node, around: Around) -> None:
        """Refuse all other kinds of syntax."""
        self.refuse(
            node,
            N_("This is not allowed in a template ({syntax})."),
            N_("Templates print facts, choose with if, go through lists with for, and use the listed filters."),
            syntax=SYNTAX.get(type(node).__name__, type(node).__name__),
        )


SYNTAX = {
    "Add": "+", "Sub": "-", "Mul": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "Neg": "-", "Pos": "+",
    "Tuple": "( , )", "Dict": "{ : }", "Slice": "[ : ]", "NSRef": "set .", "FilterBlock": "{% filter %}",
    "Scope": "{% autoescape %}",
}  # fmt: skip
"""How the author wrote what a node stands for; other kinds go by their name in jinja2."""


def nested_too_deeply(tree: Tree) -> nodes.Node | None:
    """Return the first node found below the deepest level allowed.

    Asked before anything walks the tree, here or in jinja2, and would end at Python's own limit.
    """
    level: list[nodes.Node] = [tree]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in node.iter_child_nodes()]
    return level[0] if level else None


def bound_names(node: nodes.Node) -> Iterator[str]:
    """Yield the names that `node` itself gives to something."""
    match node:
        case nodes.Name(ctx="store" | "param", name=name):
            yield name
        case nodes.Macro(name=name) | nodes.Block(name=name) | nodes.Import(target=name):
            yield name
        case nodes.FromImport():
            yield from (name for pair in node.names for name in ([pair] if isinstance(pair, str) else pair))


def top_macros(tree: Tree) -> Macros:
    """Return the macros defined at the top of a file."""
    return {node.name: node for node in tree.body if isinstance(node, nodes.Macro)}


def imported_macros(tree: Tree) -> dict[str, tuple[nodes.FromImport, str]]:
    """Return the names `{% from … import … %}` binds in a file, with the statement and the macro's own name."""
    found = {}
    for node in tree.find_all(nodes.FromImport):
        for pair in node.names:
            name, alias = (pair, pair) if isinstance(pair, str) else pair
            found[alias] = (node, name)
    return found


def imported_files(tree: Tree) -> dict[str, nodes.Import]:
    """Return the names `{% import … as … %}` binds in a file, with the statement."""
    return {node.target: node for node in tree.find_all(nodes.Import)}


def _doubled_names(tree: Tree) -> Iterator[tuple[nodes.Node, str]]:
    """Yield what takes a name that is already taken in the file, so that a call and a block have one meaning."""
    seen: set[tuple[bool, str]] = set()
    for node in tree.find_all((nodes.Macro, nodes.Import, nodes.FromImport, nodes.Block)):
        for name in _own_names(node):
            if (isinstance(node, nodes.Block), name) in seen:
                yield node, name
            seen.add((isinstance(node, nodes.Block), name))


def _own_names(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.FromImport):
        return [pair if isinstance(pair, str) else pair[1] for pair in node.names]
    return list(bound_names(node))


def forbidden(tree: Tree, file: str, *, alone: bool = False) -> list[Problem]:
    """Return everything in `tree` a template may not do, in the order of its lines."""
    macros = frozenset({*top_macros(tree), *imported_macros(tree)})
    checker = Checker(file, macros, frozenset(imported_files(tree)), alone)
    checker.visit(tree, Around())
    for node, name in _doubled_names(tree):
        checker.refuse(
            node, N_('The name "{name}" is given to two macros, imports or blocks.'), N_("Take two names."), name=name
        )
    for node in [*tree.find_all(nodes.Extends)][1:]:
        checker.refuse(node, N_("A template extends one frame only."), N_("Delete the second {{% extends %}}."))
    return sorted(checker.problems, key=lambda problem: problem.place.line)
