"""Two PDF files of one letter → where their words differ in place, line or page; DOCX → PDF through LibreOffice."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import fromstring

NEAR = 1.5
"""How far a word may stand from its twin, in points."""
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    """A word on a page; lengths in points from the upper left corner of the paper."""

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float


def words(pdf: Path) -> list[Word]:
    """Return the words of a PDF, page by page, line by line from the top, left to right."""
    xml = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True).stdout
    root = fromstring(xml.replace(b"\x0c", b"").replace(b"\x02", b""))
    found = []
    for number, page in enumerate(root.iter(f"{_XHTML}page"), 1):
        for word in page.iter(f"{_XHTML}word"):
            sides = (float(word.get(name, "")) for name in ("xMin", "yMin", "xMax", "yMax"))
            found.append(Word(word.text or "", number, *sides))
    return sorted(found, key=lambda word: (word.page, round(_baseline(word) / 6), word.left))


def _baseline(word: Word) -> float:
    """Return about where the baseline is; programs differ in what they call the top of a line."""
    return word.bottom - 0.25 * (word.bottom - word.top)


def differences(first: Sequence[Word], second: Sequence[Word], near: float = NEAR) -> list[str]:
    """Return what differs between two files' words, in words for a person; nothing if they agree."""
    texts, others = [word.text for word in first], [word.text for word in second]
    if texts != others:
        at = next((n for n, (one, other) in enumerate(zip(texts, others, strict=False)) if one != other), None)
        at = min(len(texts), len(others)) if at is None else at
        return [f"other words from word {at}: {texts[at : at + 8]} and {others[at : at + 8]}"]
    return [text for one, other in zip(first, second, strict=True) if (text := _difference(one, other, near))]


def _difference(one: Word, other: Word, near: float) -> str:
    if one.page != other.page:
        return f"{one.text!r} on page {one.page} and {other.page}"
    across, down = other.left - one.left, _baseline(other) - _baseline(one)
    if abs(across) > near or abs(down) > near:
        return f"{one.text!r} on page {one.page} at {one.left:.1f}, {one.top:.1f}: off by {across:.2f}, {down:.2f}"
    return ""


def farthest(first: Sequence[Word], second: Sequence[Word]) -> tuple[float, float]:
    """Return the greatest distance of a word from its twin, across and down, in points."""
    pairs = list(zip(first, second, strict=True))
    across = max(abs(other.left - one.left) for one, other in pairs)
    return across, max(abs(_baseline(other) - _baseline(one)) for one, other in pairs)


def office_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
    """Return the PDF files that LibreOffice makes of `files`, all in one call, in `folder`."""
    profile = folder / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--convert-to", "pdf"]
    environment = {**os.environ, "HOME": str(folder)}
    arguments = [*command, "--outdir", str(folder), *map(str, files)]
    subprocess.run(arguments, check=True, capture_output=True, env=environment, timeout=300)
    return [folder / f"{file.stem}.pdf" for file in files]
