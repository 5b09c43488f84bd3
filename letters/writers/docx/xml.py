"""Name, attributes and children → an element of WordprocessingML."""

from __future__ import annotations

from typing import Any, TypeAlias

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Node: TypeAlias = Any
"""An lxml element; lxml carries no types."""


def make(tag: str, /, *children: Node | None, **attributes: object) -> Node:
    """Return an element such as `w:tab` with its attributes (in the `w` name space for `w` elements) and children.

    Attributes that are None and children that are None are left out; a text becomes the element's text.
    """
    element = OxmlElement(tag)
    for name, value in attributes.items():
        if value is not None:
            element.set(_attribute(tag, name), str(value))
    for child in children:
        if isinstance(child, str):
            element.text = child
        elif child is not None:
            element.append(child)
    return element


def _attribute(tag: str, name: str) -> str:
    """Return the name of an attribute: `r_embed` stands in the name space `r`, `space` of a text in XML's own."""
    if name == "xml_space":
        return qn("xml:space")
    if name.startswith("r_"):
        return str(qn(name.replace("_", ":", 1)))
    return str(qn(f"w:{name}")) if tag.startswith("w:") else name


def value(tag: str, val: object) -> Node:
    """Return an element with the one attribute `w:val`."""
    return make(tag, val=val)


def switch(tag: str, on: bool) -> Node:
    """Return a switch such as `w:keepNext`, turned on or off."""
    return make(tag, val=None if on else "0")
