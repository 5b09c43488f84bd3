"""Parsed files → what cannot work however the facts are: calls, blocks and files that do not fit together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from jinja2 import nodes

from letters.errors import N_, Place, Problem
from letters.merge.syntax import Parsed


def problem_at(node: nodes.Node, at: Parsed, code: str, message: str, remedy: str, **params: object) -> Problem:
    """Return a problem at the line of `node` in the file `at`."""
    return Problem(code, message, remedy, Place(file=at.file, line=node.lineno or 0), params)


def endless(node: nodes.Node, at: Parsed, path: Sequence[str]) -> Problem:
    """A file, block or macro leads back to itself."""
    return problem_at(
        node,
        at,
        "merge.endless",
        N_('"{name}" leads back to itself ({path}).'),
        N_("Take one of these calls, includes or blocks out, so that it ends."),
        name=path[-1],
        path=" → ".join(path),
    )


def too_nested(node: nodes.Node, at: Parsed) -> Problem:
    """More files, blocks and macros inside each other than a letter can need."""
    message = N_("The template uses too many files, blocks and macros inside each other.")
    return problem_at(node, at, "merge.too-nested", message, N_("Use fewer of them."))


# -- blocks -------------------------------------------------------------------------------------------


def unknown_blocks(chain: Sequence[Parsed], printed: set[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each block that no frame prints: its text would vanish without a word."""
    known = sorted({name for parsed in chain[1:] for name in parsed.blocks})
    for parsed in chain[:-1]:
        for name, node in parsed.blocks.items():
            if all((owner.name, name) not in printed for owner in chain):
                yield problem_at(
                    node,
                    parsed,
                    "merge.unknown-block",
                    N_('The frame does not print a block "{name}" (it has: {known}).'),
                    N_("Correct the name; what stands in this block would be lost."),
                    name=name,
                    known=", ".join(get_close_matches(name, known, 1) or known),
                )


def no_super(node: nodes.Node, at: Parsed, name: str) -> Problem:
    """`super()` in the outermost version of a block."""
    message = N_('super() has nothing to print: no frame has a block "{name}".')
    return problem_at(node, at, "merge.no-super", message, N_("Delete it."), name=name)


def block_missing(at: Parsed, name: str) -> Problem:
    """The frame says a block is required, and the template does not have it."""
    return problem_at(
        next(at.tree.find_all(nodes.Extends), at.tree),
        at,
        "merge.block-missing",
        N_('The frame asks for a block "{name}", which the template does not have.'),
        N_("Add {{% block {name} %}} … {{% endblock %}}."),
        name=name,
    )


def outside_block(node: nodes.Node, at: Parsed) -> Problem:
    """Text of a template that extends a frame, but not in a block: it would not be printed."""
    return problem_at(
        node,
        at,
        "merge.text-outside-block",
        N_("This stands outside of every block, so the frame would not print it."),
        N_("Move it into a block: {{% block isi %}} … {{% endblock %}}."),
    )


def is_lost_outside_block(node: nodes.Node) -> bool:
    """Return whether a statement at the top of a file that extends a frame would be lost or misplaced."""
    if isinstance(node, nodes.Output):
        return any(not isinstance(part, nodes.TemplateData) or part.data.strip() for part in node.nodes)
    kept = (nodes.Block, nodes.Extends, nodes.Macro, nodes.Import, nodes.FromImport, nodes.Assign, nodes.AssignBlock)
    return not isinstance(node, kept)


# -- macros -------------------------------------------------------------------------------------------


def wrong_arguments(node: nodes.Call, macro: nodes.Macro, at: Parsed) -> Iterator[Problem]:
    """Yield a problem when `node` does not give `macro` the arguments it has."""
    names = [argument.name for argument in macro.args]
    given = [*names[: len(node.args)], *(keyword.key for keyword in node.kwargs)]
    needed = names[: len(names) - len(macro.defaults)]
    fits = len(node.args) <= len(names) and len(set(given)) == len(given) and set(needed) <= set(given) <= set(names)
    if not fits:
        yield problem_at(
            node,
            at,
            "merge.macro-arguments",
            N_('The macro "{name}" is called with other arguments than it has: {arguments}.'),
            N_("Give each argument without a default value exactly once."),
            name=macro.name,
            arguments=f"({', '.join(names)})",
        )


def no_macro(node: nodes.Node, at: Parsed, module: Parsed, name: str) -> Problem:
    """An imported file does not have the macro asked for."""
    return problem_at(
        node,
        at,
        "merge.unknown-macro",
        N_('{file} has no macro "{name}" (it has: {known}).'),
        N_("Correct the name."),
        file=module.name,
        name=name,
        known=", ".join(module.macros),
    )


def not_only_macros(module: Parsed) -> Iterator[Problem]:
    """Yield what an imported file holds besides macros: it would be lost, or stay from the first letter."""
    for statement in module.tree.body:
        if not _belongs_in_module(statement):
            yield problem_at(
                statement,
                module,
                "merge.not-only-macros",
                N_("This file is imported, so it may hold macros, imports and fixed {{% set %}} values only."),
                N_("Move this into a macro, or use {{% include %}}."),
            )


def _belongs_in_module(node: nodes.Node) -> bool:
    match node:
        case nodes.Macro() | nodes.Import() | nodes.FromImport():
            return True
        case nodes.Assign(node=nodes.Const()):
            return True
        case nodes.Assign(node=nodes.List(items=items)):
            return all(isinstance(item, nodes.Const) for item in items)
        case nodes.Output(nodes=parts):
            return all(isinstance(part, nodes.TemplateData) and not part.data.strip() for part in parts)
        case _:
            return False
