"""Every form of address, signature and date as finished files: Word sets them as the PDF does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.offices import DAY, office_in
from tests.support.libreoffice import to_pdf
from tests.support.stages import stages
from tests.support.word_boxes import differences, word_boxes
from tests.support.workspace import make_workspace

MANDATE = """
[penandatangan.kasubbag]
jabatan = "Kepala Subbagian Pengawasan Pemilihan Umum dan Hubungan Masyarakat"
nama = "Nama Lengkap"
pangkat = "Penata Tingkat I"
nip = "197201031995031001"
atas_nama = "Ketua Panwaslih Kabupaten Aceh Utara"
untuk_beliau = "Kepala Sekretariat"
kode = "AC-11"

[penandatangan.plh]
jabatan = "Ketua"
pelaksana = "Plh."
nama = "Nama Lengkap"
kode = "K.AC-11"
"""
ACEH = office_in("Kabupaten Aceh Utara", "Aceh", MANDATE + "\n[naskah]\nhijriah = true\n")
TABLE = """\
kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan;wilayah;pangkat;up;melalui;kecamatan
desa;kepala_desa;;;;;Lhoksukon;;Meunasah Reudeup;;;Camat Lhoksukon;Lhoksukon
polsek;kapolsek;;Nama Kapolsek;;;Lhoksukon;;Lhoksukon;AKP;;;
dinas;kepala_opd;Kepala Dinas;;Dinas Kesehatan Kabupaten Aceh Utara;Jalan Merdeka;Lhoksukon;;;;Sekretaris;;
"""
LETTER = """\
+++
jenis = "imbauan"
judul = "Surat uji"
hal = "Imbauan Netralitas Aparatur Sipil Negara dan Aparatur Gampong pada Masa Kampanye"
klasifikasi = "PM.00.02"
tembusan = "otomatis"
{}
+++
{{% extends "naskah/surat.md" %}}
{{% block isi %}}
Dengan ini disampaikan kepada {{{{ sapaan }}}} imbauan netralitas.
{{% endblock %}}
"""
SIGNED = {
    "one": "penandatangan = 'kasubbag'",
    "two": "penandatangan = ['plh', 'kasubbag']",
    "listed": "penandatangan = ['plh', 'kasubbag']\nnomor = 'daftar'",
    "attached": "penandatangan = ['plh', 'kasubbag']\nnomor = 'daftar'\nbatas_penerima = 2",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Return DOCX and PDF of a letter in each form."""
    folder = tmp_path_factory.mktemp("forms")
    found = {}
    for name, keys in SIGNED.items():
        template = LETTER.format(keys)
        office = make_workspace(folder / name, settings=ACEH, recipients=TABLE, template=template)
        for key in ("desa", "polsek", "dinas") if name == "one" else ("",):
            letter = stages(office, "uji", DAY, key)
            files = tuple(folder / f"{name}-{key}.{format_}" for format_ in ("docx", "pdf"))
            for file in files:
                file.write_bytes(letter.bytes_of(file.suffix[1:]))
            found[f"{name}-{key}"] = files
    return found


def test_word_sets_every_form_as_the_pdf_does(made: dict[str, tuple[Path, Path]], tmp_path: Path) -> None:
    laid_out = to_pdf([docx for docx, _ in made.values()], tmp_path)
    found = {
        name: unlike
        for (name, (_, pdf)), from_docx in zip(made.items(), laid_out, strict=True)
        if (unlike := differences(word_boxes(pdf), word_boxes(from_docx)))
    }

    assert found == {}


def test_posts_and_names_of_two_who_sign_stand_side_by_side(made: dict[str, tuple[Path, Path]]) -> None:
    boxes = word_boxes(made["two-"][1])
    posts = [box for box in boxes if box.text in ("Plh.", "a.n.")]
    names = [box for box in boxes if box.text == "Nama"]

    assert [box.text for box in posts] == ["Plh.", "a.n."]
    for left, right in (posts, names):
        assert left.y == pytest.approx(right.y, abs=1)
        assert right.x > left.x + 150
