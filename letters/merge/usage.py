"""Parsed files → every fact they read, with file and line, and what cannot work however the facts are.

The template is followed the way it is rendered, once through every branch: the frame's text, the innermost version of
each block, `super()`, included files, macros where they are called. So a block that is replaced asks for nothing, and a
file, block or macro that leads back to itself is found before anything runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from jinja2 import nodes

from letters.errors import Problem, TemplateError
from letters.merge import findings
from letters.merge.guards import HOLDS, Key, guarded_by, key_of
from letters.merge.reports import unique
from letters.merge.syntax import Parsed, Trees, constant_name

MAX_NESTING = 40
"""Files, blocks and macros inside each other."""
MAX_VISITS = 3_000
"""Bodies looked at for one template; keeps twenty files that each include two from taking a million looks."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a template reads a name it does not define itself."""

    file: str
    line: int
    name: str
    attribute: str = ""
    """`kota` in `kantor.kota`; empty = the name alone."""
    name_guarded: bool = False
    """It is only read where it is there (`is defined`, `|default`)."""
    attribute_guarded: bool = False
    name_holds: bool = False
    """It is only read where the name is not empty (`if tahapan`)."""
    sealed: bool = False
    """It stands in a file imported without context, which sees no facts."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is true at one point of a template."""

    parsed: Parsed
    chain: Sequence[Parsed]
    """The file and the frames it extends, innermost first."""
    top: set[str]
    """Names set at the top of these files so far; blocks and macros see them."""
    names: set[str]
    """Names set here and around; the same set as `top` where the top itself is followed."""
    guarded: frozenset[Key] = frozenset()
    sealed: bool = False
    block: tuple[str, int] = ("", 0)
    """The block this is in, and which version of it."""

    @property
    def at_top_of_child(self) -> bool:
        """Whether this is the top of a file that extends a frame: only blocks are printed from there."""
        return self.names is self.top and bool(self.parsed.extends)

    def inner(self, *names: str) -> Scope:
        """Return the scope of a body of its own, with further `names`."""
        return replace(self, names={*self.names, *names})

    def where(self, keys: frozenset[Key]) -> Scope:
        """Return this scope where `keys` are known to be there."""
        return replace(self, guarded=self.guarded | keys) if keys else self


class Tracer:
    """Follows templates and collects what they use and what is wrong."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees
        self._uses: dict[Use, None] = {}
        self._problems: list[Problem] = []
        self._stack: list[tuple[str, str, str]] = []
        self._seen: set[tuple[object, ...]] = set()
        self._printed: set[tuple[str, str]] = set()

    @property
    def uses(self) -> tuple[Use, ...]:
        """Every fact read, each place once."""
        return tuple(self._uses)

    @property
    def problems(self) -> list[Problem]:
        """Everything found wrong, each once."""
        return unique(self._problems)

    def trace(self, name: str) -> None:
        """Follow the template file `name`."""
        parsed = self._trees(name)
        self._file(name, parsed.tree, Scope(parsed, (), set(), set()))

    def trace_text(self, tree: nodes.Template, file: str, line: int) -> None:
        """Follow a text of the front matter, which stands at `line` of `file`."""
        alone = Tracer(self._trees)
        parsed = Parsed("", file, tree)
        alone._body(tree.body, Scope(parsed, (parsed,), set(), set()))
        self._uses.update(dict.fromkeys(replace(use, line=line) for use in alone.uses))

    def _note(self, *problems: Problem) -> None:
        self._problems.extend(problems)

    # -- files, blocks, macros ------------------------------------------------------------------------

    @contextmanager
    def _entered(self, node: nodes.Node, at: Parsed, frame: tuple[str, str, str], scope: Scope) -> Iterator[bool]:
        """Give whether the body `frame` (kind, file, name) has to be followed; note it if that never ends."""
        key = (*frame, frozenset(scope.names), scope.guarded, scope.sealed, tuple(file.name for file in scope.chain))
        enter = False
        if frame in self._stack:
            path = [part[2] or part[1] for part in (*self._stack[self._stack.index(frame) :], frame)]
            self._note(findings.endless(node, at, path))
        elif len(self._stack) >= MAX_NESTING or len(self._seen) >= MAX_VISITS:
            self._note(findings.too_nested(node, at))
        else:
            enter = key not in self._seen
        if enter:
            self._seen.add(key)
            self._stack.append(frame)
        yield enter
        if enter:
            self._stack.pop()

    def _file(self, name: str, node: nodes.Node, outer: Scope) -> None:
        """Follow a file and its frames, with the names of `outer`."""
        chain = self._chain(name)
        top = set(outer.names)
        scope = replace(outer, parsed=chain[0], chain=chain, top=top, names=top, block=("", 0))
        with self._entered(node, outer.parsed, ("file", name, ""), scope) as entered:
            if entered:
                for parsed in chain:
                    self._body(parsed.tree.body, replace(scope, parsed=parsed))
                self._note(*findings.unknown_blocks(chain, self._printed))

    def _chain(self, name: str) -> list[Parsed]:
        chain = [self._trees(name)]
        while chain[-1].extends:
            parent = self._trees(chain[-1].extends)
            if parent in chain:
                node = next(chain[-1].tree.find_all(nodes.Extends))
                raise TemplateError(findings.endless(node, chain[-1], [*(file.name for file in chain), parent.name]))
            chain.append(parent)
        return chain

    def _block(self, node: nodes.Node, name: str, level: int, scope: Scope) -> None:
        versions = [parsed for parsed in scope.chain if name in parsed.blocks]
        if level >= len(versions):
            return self._note(findings.no_super(node, scope.parsed, name))
        parsed = versions[level]
        block = parsed.blocks[name]
        self._printed.add((parsed.name, name))
        if block.required and parsed is versions[0]:
            return self._note(findings.block_missing(scope.chain[0], name))
        names = set(scope.names) if block.scoped else set(scope.top)
        inner = replace(scope, parsed=parsed, names=names, block=(name, level))
        with self._entered(node, scope.parsed, ("block", parsed.name, name), inner) as entered:
            if entered:
                self._body(block.body, inner)

    def _call(self, node: nodes.Call, scope: Scope) -> None:
        for part in (*node.args, *node.kwargs):
            self._expression(part, scope)
        match node.node:
            case nodes.Name(name="super"):
                self._block(node, scope.block[0], scope.block[1] + 1, scope)
            case nodes.Name(name=name) if name in scope.parsed.macros:
                self._macro(node, scope.parsed, name, scope)
            case nodes.Name(name=name) if name in scope.parsed.imports:
                statement, original = scope.parsed.imports[name]
                self._imported(node, statement, original, scope)
            case nodes.Getattr(node=nodes.Name(name=module), attr=name):
                self._imported(node, scope.parsed.modules[module], name, scope)

    def _imported(self, node: nodes.Call, origin: nodes.Import | nodes.FromImport, name: str, scope: Scope) -> None:
        module = self._trees(constant_name(origin))
        if name not in module.macros:
            return self._note(findings.no_macro(node, scope.parsed, module, name))
        top = set(scope.top) if origin.with_context else set()
        sealed = scope.sealed or not origin.with_context
        self._macro(node, scope.parsed, name, replace(scope, parsed=module, chain=(module,), top=top, sealed=sealed))

    def _macro(self, node: nodes.Call, at: Parsed, name: str, scope: Scope) -> None:
        """Follow a macro of the file of `scope`, called in the file `at`."""
        owner = scope.parsed
        macro = owner.macros[name]
        self._note(*findings.wrong_arguments(node, macro, at))
        names = {*scope.top, *_set_at_top(owner), *(argument.name for argument in macro.args), "caller"}
        inner = replace(scope, names=names, block=("", 0))
        with self._entered(node, at, ("macro", owner.name, name), inner) as entered:
            if entered:
                self._expressions(macro.defaults, inner)
                self._body(macro.body, inner)

    # -- statements -----------------------------------------------------------------------------------

    def _body(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            if scope.at_top_of_child and findings.is_lost_outside_block(node):
                self._note(findings.outside_block(node, scope.parsed))
            else:
                self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                self._expressions(node.nodes, scope)
            case nodes.If():
                self._if(node, scope)
            case nodes.For():
                self._for(node, scope)
            case nodes.Block() if not scope.at_top_of_child:
                self._block(node, node.name, 0, scope)
            case nodes.Assign(target=nodes.Name(name=name)):
                self._expression(node.node, scope)
                scope.names.add(name)
            case nodes.AssignBlock(target=nodes.Name(name=name)):
                self._body(node.body, scope.inner())
                scope.names.add(name)
            case nodes.With():
                self._expressions(node.values, scope)
                self._body(node.body, scope.inner(*(t.name for t in node.targets if isinstance(t, nodes.Name))))
            case nodes.CallBlock():
                self._call(node.call, scope)
                self._expressions(node.defaults, scope)
                self._body(node.body, scope.inner(*(argument.name for argument in node.args)))
            case nodes.Include():
                self._include(node, scope)
            case nodes.FromImport() | nodes.Import():
                self._import(node, scope)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        missing: frozenset[Key] = frozenset()
        for branch in (node, *node.elif_):
            self._expression(branch.test, scope.where(missing))
            there, not_there = guarded_by(branch.test)
            self._body(branch.body, scope.where(missing | there))
            missing |= not_there
        self._body(node.else_, scope.where(missing))

    def _for(self, node: nodes.For, scope: Scope) -> None:
        self._expression(node.iter, scope)
        inner = scope.inner(*([node.target.name] if isinstance(node.target, nodes.Name) else []))
        if node.test is not None:
            self._expression(node.test, inner)
            inner = inner.where(guarded_by(node.test)[0])
        self._body(node.body, inner.inner("loop"))
        self._body(node.else_, scope.inner())

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        try:
            self._trees(constant_name(node))
        except TemplateError:
            if node.ignore_missing:
                return
            raise
        # jinja2 does not hand `loop` on to included files.
        self._file(constant_name(node), node, replace(scope, names=scope.names - {"loop"}))

    def _import(self, node: nodes.Import | nodes.FromImport, scope: Scope) -> None:
        module = self._trees(constant_name(node))
        self._note(*findings.not_only_macros(module))
        if isinstance(node, nodes.FromImport):
            asked = (pair if isinstance(pair, str) else pair[0] for pair in node.names)
            self._note(
                *(findings.no_macro(node, scope.parsed, module, name) for name in asked if name not in module.macros)
            )

    # -- expressions ----------------------------------------------------------------------------------

    def _expressions(self, parts: Sequence[nodes.Node], scope: Scope) -> None:
        for node in parts:
            self._expression(node, scope)

    def _expression(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem() if key := key_of(node):
                self._use(node, key, scope)
            case nodes.Filter(name="default") | nodes.Test(name="defined" | "undefined"):
                self._guarding(node, scope)
            case nodes.And():
                self._expression(node.left, scope)
                self._expression(node.right, scope.where(guarded_by(node.left)[0]))
            case nodes.Or():
                self._expression(node.left, scope)
                self._expression(node.right, scope.where(guarded_by(node.left)[1]))
            case nodes.CondExpr():
                there, missing = guarded_by(node.test)
                self._expression(node.test, scope)
                self._expression(node.expr1, scope.where(there))
                self._expressions([node.expr2] if node.expr2 else [], scope.where(missing))
            case nodes.Call():
                self._call(node, scope)
            case _:
                self._expressions(list(node.iter_child_nodes()), scope)

    def _guarding(self, node: nodes.Filter | nodes.Test, scope: Scope) -> None:
        """Follow `x|default(…)` or `x is defined`: `x` itself may be missing there."""
        if node.node is not None:
            key = key_of(node.node)
            self._expression(node.node, scope.where(frozenset([key] if key else [])))
        self._expressions([*node.args, *node.kwargs], scope)

    def _use(self, node: nodes.Node, key: Key, scope: Scope) -> None:
        name, attribute = key
        own = scope.parsed.macros, scope.parsed.imports, scope.parsed.modules
        if name not in scope.names and not any(name in names for names in own):
            found = Use(
                scope.parsed.file,
                node.lineno or 0,
                name,
                attribute,
                name_guarded=(name, "") in scope.guarded,
                attribute_guarded=key in scope.guarded,
                name_holds=(name, HOLDS) in scope.guarded,
                sealed=scope.sealed,
            )
            self._uses[found] = None


def _set_at_top(parsed: Parsed) -> Iterator[str]:
    """Yield the names set at the top of a file: its macros see them also when they are set further down."""
    for node in parsed.tree.body:
        if isinstance(node, (nodes.Assign, nodes.AssignBlock)) and isinstance(node.target, nodes.Name):
            yield node.target.name
