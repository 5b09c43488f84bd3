"""Syntax tree → the same tree with counters in it, so that no template runs or grows without end.

Every body (of a file, block, loop, branch, macro) gets a first statement that counts one step and the characters of
its own text; every loop goes through a filter that admits lists only and counts them; `~` becomes a filter that counts
what it makes and keeps values beside the text. The names of these filters cannot be written in a template.
"""

from __future__ import annotations

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

TICK, LIST, JOIN = "_tick", "_list", "_join"


def meter(template: nodes.Template) -> nodes.Template:
    """Return `template` with counters; changes the tree in place."""
    Meter().visit(template)
    return template


class Meter(NodeTransformer):
    """Puts the counters in, from the outside in."""

    def generic_visit(self, node: nodes.Node, *arguments: object, **keywords: object) -> nodes.Node:
        """Visit what is below `node`, then count in each of its bodies."""
        super().generic_visit(node, *arguments, **keywords)
        for name in ("body", "else_"):
            if body := getattr(node, name, None):
                body.insert(0, _tick(body, node))
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:
        """Let a loop go through a list only, and count its items."""
        self.generic_visit(node)
        node.iter = _filter(LIST, node.iter, node)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        """Join with `~` by our own function."""
        self.generic_visit(node)
        return _filter(JOIN, nodes.List(node.nodes, lineno=node.lineno, environment=node.environment), node)


def _tick(body: list[nodes.Node], owner: nodes.Node) -> nodes.ExprStmt:
    text = sum(
        len(part.data)
        for statement in body
        if isinstance(statement, nodes.Output)
        for part in statement.nodes
        if isinstance(part, nodes.TemplateData)
    )
    characters = nodes.Const(text, lineno=owner.lineno, environment=owner.environment)
    return nodes.ExprStmt(_filter(TICK, characters, owner), lineno=owner.lineno, environment=owner.environment)


def _filter(name: str, value: nodes.Node, place: nodes.Node) -> nodes.Filter:
    return nodes.Filter(value, name, [], [], None, None, lineno=place.lineno, environment=place.environment)
