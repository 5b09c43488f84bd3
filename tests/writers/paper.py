"""Reads finished PDFs back: words with their places in mm, pages, structure."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from html import unescape

import pikepdf

MM = 25.4 / 72
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """One word and its box, in mm from the top left corner of its page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int
    """From 1."""


def words(data: bytes) -> list[Word]:
    """Return the words of a PDF in the order in which it draws them."""
    found = []
    for number, (_, _, content) in enumerate(_PAGE.findall(_pdftotext(data, "-bbox")), 1):
        for *box, text in _WORD.findall(content):
            found.append(Word(unescape(text), *(float(value) * MM for value in box), number))
    return found


def first(found: list[Word], *texts: str) -> Word:
    """Return the first word of the first place where `texts` follow each other."""
    for index in range(len(found)):
        if tuple(word.text for word in found[index : index + len(texts)]) == texts:
            return found[index]
    raise AssertionError(f"{texts} not on the page: {[word.text for word in found]}")


def pages(data: bytes) -> list[str]:
    """Return the text of every page, blanks collapsed."""
    return [" ".join(page.split()) for page in _pdftotext(data).split("\f")[:-1]]


def _pdftotext(data: bytes, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


@dataclass(frozen=True)
class Tag:
    """One structure element: role without its slash, attributes, children that are elements."""

    role: str
    node: pikepdf.Dictionary
    kids: tuple[Tag, ...]

    def all(self, role: str) -> list[Tag]:
        """Return every element of `role` at or below this one, in reading order."""
        here = [self] if self.role == role else []
        return here + [found for kid in self.kids for found in kid.all(role)]


def structure(pdf: pikepdf.Pdf) -> Tag:
    """Return the structure tree's document element."""
    return _tag(pdf.Root.StructTreeRoot.K[0])


def _tag(node: pikepdf.Dictionary) -> Tag:
    kids = [kid for kid in node.get("/K", []) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return Tag(str(node.S).removeprefix("/"), node, tuple(_tag(kid) for kid in kids))


def opened(data: bytes) -> pikepdf.Pdf:
    """Return the PDF open for inspection."""
    return pikepdf.open(io.BytesIO(data))
