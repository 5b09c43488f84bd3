"""Jinja2, narrowed: sandboxed, strict, values beside the text, files from the template folders only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, Undefined, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from letters.errors import N_, LettersError
from letters.merge.filters import FILTERS, TESTS, as_list
from letters.merge.metering import JOIN, LIST, TICK, meter
from letters.merge.rendering import CURRENT, Counter, Refusal, join_parts
from letters.merge.sources import Sources

LOOP_ATTRIBUTES = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
"""What templates may read of `loop`."""


class Unknown(StrictUndefined):
    """A name or attribute that is not there: whatever is done with it but asking `is defined` is refused."""

    __slots__ = ()

    def _fail(self, *_arguments: object, **_keywords: object) -> NoReturn:
        raise _unknown(self)

    def __getattr__(self, name: str) -> Any:
        """Refuse; but let Python look for special methods in peace."""
        if name[:2] == "__":
            raise AttributeError(name)
        return self._fail()

    __iter__ = __str__ = __len__ = __bool__ = __hash__ = __contains__ = __call__ = __getitem__ = _fail
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _fail


def _unknown(value: Undefined) -> Refusal:
    name, owner = value._undefined_name, value._undefined_obj
    if name == "caller":
        return Refusal(
            "merge.no-caller",
            N_("The macro prints the text of a {{% call %}}, but is called without one."),
            N_("Write {{% call name(…) %}} … {{% endcall %}}."),
        )
    if owner is missing:
        return Refusal(
            "merge.unknown-name",
            N_('The template uses "{name}", which no column of the table and no fact has.'),
            N_("Correct the name, add a column with it, or write it under [isian]."),
            name=name,
        )
    if isinstance(owner, list) and isinstance(name, int):
        return Refusal(
            "merge.list-too-short",
            N_("The list has no item {name} (it has {count})."),
            N_("Check first that there is something in it: {{% if … %}}."),
            name=name,
            count=len(owner),
        )
    keys = ", ".join(map(str, owner)) if isinstance(owner, dict) else ""
    message = N_('There is no "{name}" here (there is: {keys}).') if keys else N_('There is no "{name}" here.')
    return Refusal("merge.unknown-attribute", message, N_("Correct the name."), name=name, keys=keys)


@pass_eval_context
def print_value(_context: EvalContext, value: object) -> Markup:
    """Return what is printed for `value`: laid-out text as it is, anything else as a placeholder.

    Taking the evaluation context keeps jinja2 from printing constants while it compiles.
    """
    rendering = CURRENT.get()
    if not isinstance(value, Markup):
        return rendering.place(value)
    rendering.tick(0, len(value))
    return value


class PrintedAsItIs(CodeGenerator):
    """Compiles `{{ … }}` without escaping what `print_value` returns: all of it is laid-out text already."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(str(finalize.src))

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class LetterEnvironment(ImmutableSandboxedEnvironment):
    """The one environment templates run in; sources are checked before they get here."""

    code_generator_class = PrintedAsItIs

    def __init__(self, sources: Sources) -> None:
        super().__init__(
            loader=FolderLoader(sources),
            undefined=Unknown,
            finalize=print_value,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            optimized=False,
        )
        self.globals.clear()
        self.filters = {**FILTERS, TICK: tick, LIST: as_list, JOIN: join_parts}
        self.tests = dict(TESTS)

    def make_globals(self, d: Any = None) -> dict[str, Any]:
        """Return no names: templates know their facts alone, and every part of a letter would ask for this anew."""
        return {}

    def _generate(self, source: nodes.Template, *arguments: Any, **keywords: Any) -> str:
        return super()._generate(meter(source), *arguments, **keywords)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an item of a fact, a macro of an imported file, or what `loop` tells; never a method."""
        if isinstance(obj, dict):  # nearly all are
            return self.getitem(obj, attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_ATTRIBUTES:
            found = getattr(obj, attribute)
            return found if isinstance(found, bool) else Counter(found)
        if isinstance(obj, TemplateModule):
            found = obj.__dict__.get(attribute)
            return found if isinstance(found, Macro) else self.undefined(obj=obj, name=attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an item of a table or list; texts and numbers have none."""
        if isinstance(obj, (dict, list)):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        elif isinstance(obj, Undefined):
            str(obj)  # says which name is not there
        return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        """Return whether `obj` is a macro, `caller` or `super`; nothing else is ever called."""
        if isinstance(obj, Undefined):
            str(obj)  # says what is not there
        return isinstance(obj, (Macro, BlockReference))


class FolderLoader(BaseLoader):
    """Gives jinja2 the files of the template folders; they do not change while a program runs."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return text, path, and "unchanged"."""
        try:
            source = self._sources.read(template)
        except LettersError as error:
            raise TemplateNotFound(template) from error
        return source.body, str(source.path), lambda: True


def tick(characters: int) -> None:
    """Count one executed body with so many characters of template text."""
    CURRENT.get().tick(1, characters)
