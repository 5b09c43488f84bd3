"""PDF bytes → readable text: pages, size, fonts, title, language; then the words of each page, line by line."""

from __future__ import annotations

import io
import subprocess

import pikepdf


def dump(data: bytes) -> str:
    """Return what a person would check of a PDF; never its bytes, which change with every font version."""
    return "".join([*_facts(data), *_pages(data)])


def _facts(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        box = [round(float(side), 1) for side in pdf.pages[0].mediabox]
        with pdf.open_metadata() as metadata:
            return [
                f"pages {len(pdf.pages)}\n",
                f"size {box[2]} x {box[3]} pt\n",
                f"title {metadata.get('dc:title')}\n",
                f"language {pdf.Root.Lang}\n",
                f"pdf/a {metadata.get('pdfaid:part')}{metadata.get('pdfaid:conformance')}\n",
                f"pdf/ua {metadata.get('pdfuaid:part')}\n",
                f"fonts {', '.join(sorted(fonts(pdf)))}\n",
            ]


def fonts(pdf: pikepdf.Pdf) -> set[str]:
    """Return the names of the fonts, without the tag of the subset."""
    found = set()
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/BaseFont" in item:
            found.add(str(item.BaseFont).lstrip("/").partition("+")[2] or str(item.BaseFont).lstrip("/"))
    return found


def _pages(data: bytes) -> list[str]:
    return [f"---- page {number}\n{text}" for number, text in enumerate(page_texts(data), 1)]


def page_texts(data: bytes) -> list[str]:
    """Return the text of each page, as poppler reads it in the order it was drawn."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"]
    text = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    return text.removesuffix("\f").split("\f")
