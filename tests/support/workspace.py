"""A small office's folder for tests: three recipients, one short letter, everything that can be changed."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """\
[kantor]
nama = "Bawaslu Kabupaten Jombang"
tingkat = "kabupaten"
kop = ["BADAN PENGAWAS PEMILIHAN UMUM", "KABUPATEN JOMBANG"]
alamat = ["Jombang, Jawa Timur"]
kota = "Jombang"
wilayah = "Kabupaten Jombang"
zona_waktu = "WIB"

[penandatangan.ketua]
jabatan = "Ketua"
nama = ""
kode = "K.JI-08"

[deret.surat]
pola = "{urut:03}/{klasifikasi}/{kode}/{bulan:02}/{tahun}"
periode = "tahun"
"""

RECIPIENTS = """\
kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan
camat-diwek;camat;Camat Diwek;;Kecamatan Diwek;;Diwek;Saudara
camat-gudo;camat;Camat Gudo;;Kecamatan Gudo;;Gudo;Saudara
sekda;sekda;Sekretaris Daerah Kabupaten Jombang;;;;Jombang;Saudara
"""

TEMPLATE = """\
+++
jenis = "imbauan"
judul = "Surat uji"
hal = "Imbauan untuk {{ jabatan }}"
klasifikasi = "PM.00.02"
untuk = ["camat", "sekda"]
+++
{% extends "naskah/surat.md" %}
{% block isi %}
Sehubungan dengan hal tersebut, disampaikan kepada {{ jabatan }} hal-hal berikut:

1. menjaga netralitas; dan
2. meneruskan imbauan ini{% if kelompok == "camat" %} di wilayah {{ instansi }}{% endif %}.
{% endblock %}
"""


def make_workspace(
    folder: Path, *, settings: str = SETTINGS, recipients: str = RECIPIENTS, template: str = TEMPLATE
) -> Path:
    """Write the office's files into `folder` and return it; the letter's name is `uji`."""
    (folder / "templates").mkdir(parents=True)
    (folder / "letters.toml").write_text(settings, encoding="utf-8")
    (folder / "recipients.csv").write_text(recipients, encoding="utf-8")
    (folder / "templates" / "uji.md").write_text(template, encoding="utf-8")
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its bytes, to show that nothing changed."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
