"""The frames: address, number block, signature and copies in every form an office needs."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.merge import Templates
from letters.model.document import Field, Heading, List, Paragraph, Region
from letters.model.walk import inline_text, walk
from letters.reader import read_markdown

BUILT_IN = Path(__file__).resolve().parents[2] / "templates"
HEADER = '+++\njenis = "imbauan"\njudul = "Uji"\n+++\n'
LETTER = HEADER + '{% extends "naskah/surat.md" %}\n{% block isi %}\nIsi.\n{% endblock %}\n'
CIRCULAR = HEADER + '{% extends "naskah/edaran.md" %}\n{% block isi %}\n## A. Isi\n{% endblock %}\n'

SIGNATORY = dict.fromkeys(("jabatan", "nama", "kode", "nip", "pangkat", "atas_nama", "pelaksana"), "")
FACTS: dict[str, Any] = {
    "kelompok": "camat",
    "jabatan": "Camat Diwek",
    "instansi": "Kecamatan Diwek",
    "tujuan": "Camat Diwek",
    "alamat": "",
    "kota": "Diwek",
    "sapaan": "Saudara",
    "nomor": "001/PM.00.02/K.JI-08/09/2024",
    "tanggal": date(2024, 9, 24),
    "kantor": {
        "nama": "Bawaslu Kabupaten Jombang",
        "kop": ["BADAN PENGAWAS PEMILIHAN UMUM", "KABUPATEN JOMBANG"],
        "alamat": ["Kabupaten Jombang"],
        "kota": "Jombang",
        "logo": "",
    },
    "penandatangan": {**SIGNATORY, "jabatan": "Ketua"},
    "surat": {"hal": "Uji", "sifat": "Biasa", "lampiran": "", "tembusan": []},
    "isian": {},
}


def region(name: str, tmp_path: Path, template: str = LETTER, **facts: object) -> list[str]:
    """Return the lines of the letter's region `name`; none when it is not there."""
    (tmp_path / "uji.md").write_text(template, "utf-8")
    templates = Templates([tmp_path, BUILT_IN])
    merged = templates.merge(templates.load("uji"), FACTS | facts)
    lines = []
    for found in walk(read_markdown(merged.text)):
        if isinstance(found, Region) and name in found.names:
            for node in walk(found):
                if isinstance(node, (Paragraph, Heading)):
                    lines += inline_text(node.children, merged.values).split("\n")
                elif isinstance(node, Field):
                    lines.append(": ".join(inline_text(part, merged.values) for part in (node.label, node.value)))
                elif isinstance(node, List):
                    lines.append(f"list of {len(node.items)}")
    return lines


def test_number_block_has_place_and_date_beside_the_number(tmp_path):
    assert region("keterangan", tmp_path) == [
        "Nomor: 001/PM.00.02/K.JI-08/09/2024 Jombang, 24 September 2024",
        "Sifat: Biasa",
        "Lampiran: -",
        "Hal: Uji",
    ]


def test_attachments_are_counted_when_there_are_some(tmp_path):
    surat = FACTS["surat"] | {"lampiran": "1 (satu) berkas"}
    assert "Lampiran: 1 (satu) berkas" in region("keterangan", tmp_path, surat=surat)


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({}, ["Yth. Camat Diwek", "di Diwek"]),
        (
            {"tujuan": "Inspektur\nInspektorat Kabupaten Jombang\nu.p. Sekretaris\nmelalui Sekretaris Daerah"},
            [
                "Yth. Inspektur",
                "Inspektorat Kabupaten Jombang",
                "u.p. Sekretaris",
                "melalui Sekretaris Daerah",
                "di Diwek",
            ],
        ),
        ({"naskah": {"di": False}}, ["Yth. Camat Diwek", "Diwek"]),
        (
            {"alamat": "Jalan Raya Nomor 1\nDesa Diwek"},
            ["Yth. Camat Diwek", "Jalan Raya Nomor 1", "Desa Diwek", "di Diwek"],
        ),
        ({"kota": ""}, ["Yth. Camat Diwek"]),
    ],
    ids=["post", "lines of the address", "town without di", "address of two lines", "no town"],
)
def test_address_says_each_thing_once(tmp_path, facts, lines):
    assert region("alamat", tmp_path, **facts) == lines


@pytest.mark.parametrize(
    ("signatory", "lines"),
    [
        ({"jabatan": "Ketua"}, ["Ketua,", "\xa0"]),
        ({"jabatan": "Ketua", "nama": "Nama Ketua"}, ["Ketua,", "Nama Ketua"]),
        ({"jabatan": "Ketua", "pelaksana": "Plh."}, ["Plh. Ketua,", "\xa0"]),
        (
            {
                "jabatan": "Kepala Sekretariat",
                "atas_nama": "a.n. Ketua Bawaslu Kabupaten Jombang",
                "nama": "Nama",
                "pangkat": "Pembina",
                "nip": "19720103 199503 1 001",
            },
            [
                "a.n. Ketua Bawaslu Kabupaten Jombang",
                "Kepala Sekretariat,",
                "Nama",
                "Pembina",
                "NIP 19720103 199503 1 001",
            ],
        ),
        (
            {
                "jabatan": "Kepala Bagian Pengawasan",
                "atas_nama": "a.n. Ketua Bawaslu Provinsi",
                "untuk_beliau": "Kepala Sekretariat",
            },
            ["a.n. Ketua Bawaslu Provinsi", "Kepala Sekretariat", "u.b.", "Kepala Bagian Pengawasan,", "\xa0"],
        ),
        ({"jabatan": "Kepala Sekretariat", "nip": "19720103 199503 1 001"}, ["Kepala Sekretariat,", "\xa0"]),
    ],
    ids=[
        "no name yet",
        "commissioner without NIP",
        "acting",
        "on behalf, with NIP",
        "one further down",
        "NIP without name",
    ],
)
def test_signature_prints_what_there_is_and_leaves_room_for_the_rest(tmp_path, signatory, lines):
    assert region("tanda-tangan", tmp_path, penandatangan=SIGNATORY | signatory) == lines


def test_circular_is_signed_in_capitals_below_place_and_date(tmp_path):
    signatory = SIGNATORY | {"jabatan": "Ketua", "nama": "Nama Ketua", "pelaksana": "Plh."}
    lines = region("tanda-tangan", tmp_path, CIRCULAR, penandatangan=signatory)
    assert lines == ["Ditetapkan di Jombang", "pada tanggal 24 September 2024", "Plh. KETUA,", "NAMA KETUA"]


def test_circular_signed_on_behalf_has_posts_in_capitals_and_the_abbreviations_small(tmp_path):
    mandate = {"atas_nama": "a.n. Sekretaris Daerah", "pemberi_mandat": "Sekretaris Daerah", "untuk_beliau": "Asisten"}
    signatory = SIGNATORY | {"jabatan": "Kepala Bagian", **mandate}
    lines = region("tanda-tangan", tmp_path, CIRCULAR, penandatangan=signatory)
    assert lines[2:6] == ["a.n. SEKRETARIS DAERAH", "ASISTEN", "u.b.", "KEPALA BAGIAN,"]


def test_two_who_sign_stand_side_by_side_in_the_order_of_the_template(tmp_path):
    both = [SIGNATORY | {"jabatan": "Ketua"}, SIGNATORY | {"jabatan": "Sekretaris", "nama": "Nama"}]
    assert region("tanda-bersama", tmp_path, para_penandatangan=both) == ["Ketua,", "Sekretaris,", "\xa0", "Nama"]
    assert region("tanda-tangan", tmp_path, para_penandatangan=both) == []
    assert region("tanda-tangan", tmp_path, CIRCULAR, para_penandatangan=both)[0] == "Ditetapkan di Jombang"


def test_both_dates_stand_above_the_number_block_where_the_office_prints_the_hijri_date(tmp_path):
    assert region("keterangan", tmp_path, hijriah="20 Rabiulawal 1446 H")[:2] == [
        "Jombang, 24 September 2024 M",
        "20 Rabiulawal 1446 H",
    ]
    lines = region("tanda-tangan", tmp_path, CIRCULAR, hijriah="20 Rabiulawal 1446 H")
    assert lines[:3] == [
        "Ditetapkan di Jombang",
        "pada tanggal 24 September 2024 M",
        "bertepatan dengan 20 Rabiulawal 1446 H",
    ]


@pytest.mark.parametrize(
    ("copies", "lines"),
    [
        ([], []),
        ([""], []),
        (["Bupati Jombang", ""], ["Tembusan:", "Bupati Jombang"]),
        (["Bupati Jombang", "Camat Diwek"], ["Tembusan:", "list of 2", "Bupati Jombang", "Camat Diwek"]),
    ],
    ids=["none", "empty for this recipient", "one without number", "several numbered"],
)
def test_copies_are_numbered_only_when_there_are_several(tmp_path, copies, lines):
    assert region("tembusan", tmp_path, surat=FACTS["surat"] | {"tembusan": copies}) == lines


def test_circular_lists_its_addressees_above_the_title(tmp_path):
    addressees = ["Camat", "Lurah"]
    lines = region("alamat", tmp_path, CIRCULAR, isian={"tujuan": addressees}, kota="Jombang")
    assert lines == ["Yth.", "list of 2", "Camat", "Lurah", "di Jombang"]


def test_circular_to_one_addressee_has_an_address(tmp_path):
    assert region("alamat", tmp_path, CIRCULAR) == ["Yth. Camat Diwek", "di Diwek"]


def test_values_never_become_lists_or_titles(tmp_path):
    lines = region("alamat", tmp_path, tujuan="1. *Camat*", kota="# Diwek\n- x")
    assert lines == ["Yth. 1. *Camat*", "di # Diwek", "- x"]
