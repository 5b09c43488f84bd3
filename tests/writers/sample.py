"""A realistic two-page imbauan as a document, its values and its look; also one document with every kind of node."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image as Picture
from PIL import ImageDraw

from letters.model.document import (
    Align,
    Block,
    Cell,
    Document,
    Emphasis,
    Field,
    Fields,
    Fill,
    Heading,
    Image,
    Inline,
    LineBreak,
    List,
    ListItem,
    Numeral,
    PageBreak,
    Paragraph,
    Region,
    Scheme,
    Strong,
    Table,
    Text,
    Underline,
    Value,
)
from letters.model.letter import Properties
from letters.writers import Look

CSS = (Path(__file__).parents[2] / "templates" / "surat.css").read_text(encoding="utf-8")
LETTER = Scheme(Numeral.LOWER_ALPHA)
DIGIT = Scheme(Numeral.DECIMAL)
PROPERTIES = Properties(
    title="001/PM.00.02/K.JI-08/09/2024 Imbauan Netralitas ASN",
    subject="Imbauan Netralitas ASN pada Masa Kampanye",
    author="Bawaslu Kabupaten Jombang",
    identifier="surat/2024/001/camat-bandar-kedungmulyo",
    created=datetime(2024, 9, 24, 12),
)
VALUES = (
    "001/PM.00.02/K.JI-08/09/2024",
    "Jombang, 24 September 2024",
    "Camat Bandar Kedungmulyo",
    "Kabupaten Jombang",
    "Bandar Kedungmulyo",
    "25 September s.d. 23 November 2024",
    "NAMA LENGKAP",
)
"""Number, place and date, addressee, agency, town, period, signatory of `imbauan()`."""


def text(words: str) -> tuple[Inline, ...]:
    """Return inlines: `{3}` stands for value 3, `/` at the end of a line for a line break, `>>` for a fill."""
    found: list[Inline] = []
    for word in words.replace("{", "\0{").replace("}", "}\0").split("\0"):
        if word.startswith("{"):
            found.append(Value(int(word[1:-1])))
        elif word == ">>":
            found.append(Fill())
        elif word == "/":
            found.append(LineBreak())
        elif word:
            found.append(Text(word))
    return tuple(found)


def p(*words: str | Inline) -> Paragraph:
    """Return a paragraph of words and ready inlines."""
    return Paragraph(tuple(part for word in words for part in (text(word) if isinstance(word, str) else (word,))))


def items(scheme: Scheme, *entries: str | tuple[Block, ...], start: int = 1) -> List:
    """Return a list numbered from `start`; an entry is its words or its blocks."""
    blocks = (entry if isinstance(entry, tuple) else (p(entry),) for entry in entries)
    return List(scheme, tuple(ListItem(number, content) for number, content in enumerate(blocks, start)))


def row(label: str, *words: str | Inline) -> Field:
    """Return one line of a field block."""
    return Field(text(label), p(*words).children)


def letterhead() -> Region:
    """Return the letterhead with logo, two lines and an address."""
    lines = p(Strong((Text("BADAN PENGAWAS PEMILIHAN UMUM"),)), LineBreak(), Strong((Text("KABUPATEN JOMBANG"),)))
    address = p(
        "Jalan (alamat kantor) Jombang 61400 · Telepon (0321) 000000",
        LineBreak(),
        "Laman: jombang.bawaslu.go.id · Pos-el: set.jombang@bawaslu.go.id",
    )
    return Region(("kop",), (Image("logo", text("Logo Bawaslu")), lines, address))


def opening() -> tuple[Block, ...]:
    """Return number block and addressee."""
    fields = Fields(
        (
            row("Nomor", "{0}", Fill(), "{1}"),
            row("Sifat", "Segera"),
            row("Lampiran", "-"),
            row("Hal", "Imbauan Netralitas Aparatur Sipil Negara pada Masa Kampanye Pemilihan Tahun 2024"),
        )
    )
    address = p("Yth. {2}", LineBreak(), "{3}", LineBreak(), "di {4}")
    return Region(("keterangan",), (fields,)), Region(("alamat",), (address,))


def body() -> Region:
    """Return opening paragraph, legal bases, requests and closing."""
    bases = items(
        LETTER,
        "Undang-Undang Nomor 1 Tahun 2015 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun "
        "2014 tentang Pemilihan Gubernur, Bupati, dan Walikota menjadi Undang-Undang sebagaimana telah beberapa kali "
        "diubah, terakhir dengan Undang-Undang Nomor 6 Tahun 2020;",
        "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara;",
        "Peraturan Pemerintah Nomor 94 Tahun 2021 tentang Disiplin Pegawai Negeri Sipil; dan",
        "Keputusan Bersama tentang Pedoman Pembinaan dan Pengawasan Netralitas Pegawai Aparatur Sipil Negara dalam "
        "Penyelenggaraan Pemilihan Umum dan Pemilihan tanggal 22 September 2022.",
    )
    requests = items(
        LETTER,
        "menjaga netralitas serta memastikan seluruh pegawai ASN dan pegawai non-ASN di lingkungan Kecamatan {4} tidak "
        "memihak kepada pasangan calon mana pun sebelum, selama, dan sesudah masa kampanye;",
        "tidak membuat keputusan dan/atau tindakan yang menguntungkan atau merugikan salah satu pasangan calon;",
        "tidak menggunakan fasilitas negara, termasuk gedung, kendaraan dinas, dan jejaring media sosial resmi "
        "kecamatan, untuk kepentingan kampanye;",
        "tidak mengunggah, menanggapi, atau menyebarluaskan materi kampanye pasangan calon melalui media sosial; dan",
        "meneruskan imbauan ini kepada lurah, kepala desa, dan perangkat desa di wilayah Kecamatan {4}.",
    )
    points = items(
        DIGIT,
        (p("Dasar hukum:"), bases),
        (p("Sehubungan dengan hal tersebut, Bawaslu Kabupaten Jombang mengimbau agar Saudara:"), requests),
        "Dugaan pelanggaran dapat disampaikan kepada Bawaslu Kabupaten Jombang atau Panwaslu Kecamatan setempat pada "
        "hari dan jam kerja.",
    )
    start = p(
        "Menjelang masa kampanye Pemilihan Gubernur dan Wakil Gubernur Jawa Timur serta Bupati dan Wakil Bupati "
        "Jombang Tahun 2024 yang berlangsung pada {5}, dan sebagai upaya pencegahan pelanggaran, dengan ini "
        "disampaikan hal-hal sebagai berikut:"
    )
    end = p("Demikian disampaikan. Atas perhatian dan kerja sama Saudara, diucapkan terima kasih.")
    return Region(("isi",), (start, points, end))


def closing() -> tuple[Block, ...]:
    """Return signature block and copies."""
    signature = Region(("tanda-tangan",), (p("Ketua,"), Region(("nama",), (p("{6}"),))))
    copies = items(DIGIT, "Ketua Bawaslu Provinsi Jawa Timur", "Bupati Jombang")
    return signature, Region(("tembusan",), (p("Tembusan:"), copies))


def imbauan() -> Document:
    """Return the two-page letter; its values are `VALUES`."""
    return Document((letterhead(), *opening(), body(), *closing()))


def table(rows: int) -> Table:
    """Return a ruled table of three columns that `rows` rows carry over page breaks."""
    head = tuple(Cell(text(words)) for words in ("No.", "Nama Desa", "Jumlah TPS"))
    lines = tuple(
        (Cell(text(f"{number}.")), Cell(text("Desa {0} & <sekitar>")), Cell(text(str(number * 3))))
        for number in range(1, rows + 1)
    )
    return Table(head, lines, (Align.CENTER, Align.LEFT, Align.RIGHT), (6, 30, 12))


def nested() -> List:
    """Return lists four deep with skipped labels, a continued list and text after an inner list."""
    deepest = List(Scheme(Numeral.LOWER_ROMAN), tuple(ListItem(n, (p(f"butir romawi {n}"),)) for n in (2, 7, 8)))
    third = List(
        Scheme(Numeral.DECIMAL, "(", ")"),
        (ListItem(1, (p("ayat satu"), deepest, p("kalimat penutup ayat satu"))), ListItem(12, (p("ayat dua belas"),))),
    )
    statute = List(
        Scheme(Numeral.LOWER_ALPHA, "", ")"),
        tuple(ListItem(n, (p("huruf yang dilompati {0}"),)) for n in (2, 3, 7, 10)) + (ListItem(28, (third,)),),
    )
    return List(DIGIT, (ListItem(1, (p("pokok"), statute)), ListItem(5, (p("pokok lima"), p("alinea kedua")))))


def everything() -> Document:
    """Return a document with every kind of node; its values are `VALUES`."""
    inlines = p(
        "Biasa ", Strong(text("tebal {0}")), " ", Emphasis(text("miring")), " ", Underline(text("garis bawah")),
        LineBreak(), "baris kedua: {2}", Fill(), "kanan",
    )  # fmt: skip
    sides = Region(
        ("kolom",),
        (
            Region(("kiri",), (p("Yang mengambil sumpah,"), Region(("nama",), (p("{6}"),)))),
            Region(("kanan",), (p("Yang mengucapkan sumpah,"), Region(("nama",), (p("{2}"),)))),
        ),
    )
    title = Region(("judul",), (Heading(1, text("SURAT EDARAN")), p("NOMOR 1 TAHUN 2024")))
    roots = List(Scheme(Numeral.BULLET, "", ""), (ListItem(0, (p("tanpa nomor"),)), ListItem(0, (p("lagi"),))))
    upper = items(Scheme(Numeral.UPPER_ALPHA), "huruf besar"), items(Scheme(Numeral.UPPER_ROMAN), "romawi besar")
    main = Region(("isi",), (inlines, Heading(2, text("A. Latar Belakang")), nested(), roots, *upper, table(45)))
    annex = Region(
        ("lampiran",),
        (Region(("kepala-lampiran",), (p("Lampiran Surat Ketua"),)), Heading(4, text("DAFTAR")), table(3)),
    )
    return Document((letterhead(), title, *opening(), main, sides, PageBreak(), p("Halaman baru"), annex, *closing()))


@lru_cache
def logo() -> bytes:
    """Return a round placeholder logo as PNG with transparent corners."""
    picture = Picture.new("RGBA", (400, 400), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((4, 4, 396, 396), outline="black", fill="white", width=8)
    draw.ellipse((30, 30, 370, 370), outline="black", width=3)
    draw.text((200, 200), "LOGO", fill="black", anchor="mm", font_size=70)
    data = BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def look(mark: str = "", more_css: str = "") -> Look:
    """Return the package's stylesheet with the placeholder logo."""
    return Look(CSS + more_css, {"logo": logo()}, mark)
