"""DOCX, PDF and model of each golden case say the same words."""

from collections import Counter
from pathlib import Path

import pytest

from letters.model.document import Document, Table
from letters.model.walk import walk
from letters.writers.text import plain_text
from tests.golden.test_golden import CASES, DAY, workspace_of
from tests.support.docx_parts import parts_text
from tests.support.pdf_facts import page_texts
from tests.support.stages import stages


def model_words(document: Document, values: tuple[str, ...]) -> Counter[str]:
    return Counter(plain_text(document, values).split())


def docx_words(data: bytes) -> Counter[str]:
    """Words of the first page's header and of the body; labels of lists are Word's own numbering, not text."""
    header = parts_text(data, "word/header1.xml")
    return Counter(" ".join([*header, *parts_text(data, "word/document.xml")]).split())


def labels(document: Document, values: tuple[str, ...]) -> Counter[str]:
    return Counter(
        plain_text(Document((node,)), values).split()[0]
        for parent in walk(document)
        if type(parent).__name__ == "List"
        for node in [type(parent)(parent.scheme, (item,)) for item in parent.items]
    )


def furniture(document: Document, pages: list[str]) -> Counter[str]:
    """What a PDF says besides the letter: page numbers from page 2, the head of a table on each further page of it."""
    found = Counter(word for page in range(2, len(pages) + 1) for word in ("-", str(page), "-"))
    for table in walk(document):
        if isinstance(table, Table):
            head = plain_text(Document((Table(table.head, (), table.aligns, table.widths),)), ()).split()
            again = sum(" ".join(head) in " ".join(page.split()) for page in pages) - 1
            found += Counter(head * again)
    return found


@pytest.mark.parametrize("case", CASES)
def test_docx_pdf_and_model_say_the_same_words(case: str, tmp_path: Path) -> None:
    letter = stages(workspace_of(case, tmp_path), "uji", DAY)
    words = model_words(letter.document, letter.merged.values)
    pages = page_texts(letter.bytes_of("pdf"))

    assert docx_words(letter.bytes_of("docx")) == words - labels(letter.document, letter.merged.values)
    assert Counter(" ".join(pages).split()) == words + furniture(letter.document, pages)
