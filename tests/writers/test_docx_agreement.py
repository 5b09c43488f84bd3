"""DOCX, as LibreOffice lays it out, and PDF: the same words on the same lines and pages, each within 1.5 pt."""

from pathlib import Path

import pytest

from letters.model.document import Block, Document, Fields, Heading, Image, PageBreak, Region, Strong
from letters.writers import WRITERS, Look
from tests.support.libreoffice import to_pdf
from tests.support.word_boxes import differences, word_boxes
from tests.writers.sample import (
    PROPERTIES,
    VALUES,
    body,
    closing,
    everything,
    imbauan,
    letterhead,
    look,
    nested,
    opening,
    p,
    row,
    table,
    text,
)


def letter(*first: Block) -> Document:
    return Document((*first, *opening(), body(), *closing()))


def kop(*lines: str, logo: bool = True) -> Region:
    names = (p(Strong(text(lines[0]))), *(p(line) for line in lines[1:]))
    return Region(("kop",), ((Image("logo", text("Logo")), *names) if logo else names))


def isi(*blocks: Block) -> Region:
    return Region(("isi",), blocks)


LONG = "Kepala Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kabupaten Jombang " * 2
VALUES_WITH_LINES = (*VALUES[:3], "Jalan Raya 1 & 2\nDusun <Sumber>", *VALUES[4:])
NUMBERS = [p("x" * count, " Keputusan Bersama Menteri Nomor 1447.1/PM.01/K.1/09/{4}" * 3) for count in range(1, 30, 2)]
SIDES = Region(
    ("kolom",), tuple(Region(("sel",), (p(words), Region(("nama",), (p("{6}"),)))) for words in ("Satu", "Dua", "Tiga"))
)
CASES: dict[str, tuple[Document, Look, tuple[str, ...]]] = {
    "two pages": (imbauan(), look(), VALUES),
    "every kind of node, as a draft": (everything(), look("KONSEP"), VALUES),
    "letterhead lower than its logo": (letter(kop("PANWASLU KECAMATAN", "Jalan Raya 1")), look(), VALUES),
    "letterhead that wraps": (letter(kop("PANITIA PENGAWAS PEMILIHAN UMUM KECAMATAN {4}", LONG)), look(), VALUES),
    "letterhead without logo": (letter(kop("PANWASLU KECAMATAN", "Jalan Raya 1", logo=False)), look(), VALUES),
    "no letterhead": (letter(), look("KONSEP"), VALUES),
    "F4 and Arial 11": (
        letter(letterhead()),
        look(more_css='@page { size: 215mm 330mm } html { font: 11pt/1.25 "Arial", "Liberation Sans" }'),
        VALUES,
    ),
    "Times with wider lines": (
        letter(letterhead()),
        look(more_css='html { font: 12pt/1.4 "Times New Roman", "Liberation Serif" }'),
        VALUES,
    ),
    "lines in values": (letter(letterhead()), look(), VALUES_WITH_LINES),
    "numbers at the ends of lines": (Document((isi(*NUMBERS),)), look(), (*VALUES[:4], "2022", *VALUES[5:])),
    "tables and columns": (
        Document((letterhead(), isi(table(3), table(2), p("sesudah"), PageBreak(), table(2), p("akhir")), SIDES)),
        look(),
        VALUES,
    ),
    "headings, lists, rows": (
        Document(
            (
                Region(("judul",), (Heading(1, text("SURAT EDARAN")), p("NOMOR 1"), p(Strong(text("TENTANG"))))),
                isi(Heading(2, text("A. Latar")), p(LONG * 3), nested(), Fields((row("Acara", LONG), row("Hari")))),
            )
        ),
        look(),
        VALUES,
    ),
    "ruled regions": (
        Document((kop("KOP", "alamat"), isi(p("x"), Region(("kotak",), (p("y"), p("z"))), p("w")))),
        look(
            more_css=".kop::before, .kop::after { content: none }"
            ".kop { border-bottom: 3pt double; padding-bottom: 4pt }"
            ".kotak { border-top: 1pt solid; border-bottom: 1pt solid; padding: 3pt 0 }"
        ),
        VALUES,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def set_twice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Return both PDFs of every case; LibreOffice is started once."""
    folder = tmp_path_factory.mktemp("agreement")
    for number, (document, wanted, values) in enumerate(CASES.values()):
        for kind in ("docx", "pdf"):
            data = WRITERS[kind].prepare(document, wanted).fill(values, PROPERTIES)
            (folder / f"{number}.{kind}").write_bytes(data)
    (folder / "office").mkdir()
    made = to_pdf([folder / f"{number}.docx" for number in range(len(CASES))], folder / "office")
    return {name: (folder / f"{number}.pdf", made[number]) for number, name in enumerate(CASES)}


@pytest.mark.parametrize("case", CASES)
def test_word_and_pdf_show_the_same_page(case, set_twice):
    pdf, from_docx = (word_boxes(path) for path in set_twice[case])

    assert differences(pdf, from_docx) == []
