"""Specimen offices, each with one recipient of every group → workspaces, and a day for each stage."""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from letters.law import Calendar, LawBook, OathBook

SETTINGS = """
[kantor]
nama = "{name}"
tingkat = "{level}"
kop = ["{head}", "{below}"]
alamat = ["{area}"]
kota = "{city}"
wilayah = "{area}"
zona_waktu = "{zone}"
provinsi = "{province}"
kodim = "0999/{city}"
{more}

[penandatangan.ketua]
jabatan = "Ketua"
nama = ""
kode = "K.XX-01"

[penandatangan.sekda]
jabatan = "Sekretaris Daerah"
nama = ""
kode = "XX-01"

[deret.surat]
pola = "{{urut:03}}/{{klasifikasi}}/{{kode}}/{{bulan:02}}/{{tahun}}"
periode = "tahun"

[deret.edaran]
pola = "NOMOR {{urut}} TAHUN {{tahun}}"
periode = "tahun"

[deret.berita-acara]
pola = "{{urut:03}}/BA/{{klasifikasi}}/{{kode}}/{{bulan:02}}/{{tahun}}"
periode = "tahun"

[isian]
nama_pemilihan = "pemilihan kepala daerah dan wakil kepala daerah tahun 2024"
subjek = "ASN dan Non ASN"
perkara = "Laporan Nomor 001/LP/XX/IX/2024"
saksi = [{{ jabatan = "Anggota {name}" }}, {{ jabatan = "Kepala Sekretariat {name}" }}]
rohaniwan = [{{ agama = "Islam", jabatan = "Penyuluh Agama Islam" }}]

[isian.rapat]
acara = "Rapat Koordinasi Pencegahan Pelanggaran"
tanggal = 2024-10-08
mulai = "09.00"
selesai = "12.00"
tempat = "Aula {name}"

[[isian.kiriman]]
jenis = "Salinan formulir laporan hasil pengawasan"
banyaknya = "2 (dua) berkas"
keterangan = "Untuk diketahui"

[[isian.kiriman]]
jenis = "Daftar hadir rapat koordinasi"
banyaknya = "1 (satu) lembar"
keterangan = "Untuk dipergunakan sebagaimana mestinya"
"""


@dataclass(frozen=True)
class Office:
    """A sender; `own` are words of its own that letters of another office must not hold."""

    level: str
    name: str
    head: str
    area: str
    city: str
    zone: str
    province: str
    own: tuple[str, ...]
    regional: str
    """Name of the contest in its area."""


OFFICES = {
    "kabupaten": Office(
        "kabupaten",
        "Bawaslu Kabupaten Tabanan",
        "BADAN PENGAWAS PEMILIHAN UMUM",
        "Kabupaten Tabanan",
        "Tabanan",
        "WITA",
        "Bali",
        ("Tabanan", "Bali"),
        "Pemilihan Gubernur dan Wakil Gubernur Bali serta Bupati dan Wakil Bupati Tabanan",
    ),
    "provinsi": Office(
        "provinsi",
        "Bawaslu Provinsi Gorontalo",
        "BADAN PENGAWAS PEMILIHAN UMUM",
        "Provinsi Gorontalo",
        "Gorontalo",
        "WITA",
        "Gorontalo",
        ("Gorontalo",),
        "",
    ),
    "aceh": Office(
        "kota",
        "Panwaslih Kota Langsa",
        "PANITIA PENGAWAS PEMILIHAN",
        "Kota Langsa",
        "Langsa",
        "WIB",
        "Aceh",
        ("Langsa", "Aceh", "Panwaslih"),
        "Pemilihan Gubernur dan Wakil Gubernur Aceh serta Wali Kota dan Wakil Wali Kota Langsa",
    ),
    "pemda": Office(
        "pemda",
        "Pemerintah Kabupaten Sigi",
        "PEMERINTAH KABUPATEN SIGI",
        "Kabupaten Sigi",
        "Bora",
        "WITA",
        "Sulawesi Tengah",
        ("Sigi", "Bora"),
        "Pemilihan Bupati dan Wakil Bupati Sigi",
    ),
}

WITHOUT_POST = {
    "bakal_calon": ("Penghubung Bakal Pasangan Calon Perseorangan", ""),
    "paslon": ("Pasangan Calon Nomor Urut 1 dan Tim Kampanye", ""),
    "caleg": ("Calon Anggota DPRD Daerah Pemilihan 1", ""),
    "parpol": ("Pimpinan Partai Politik Tingkat Daerah", "Partai Politik Peserta"),
    "lembaga_survei": ("Pimpinan Lembaga Survei", "Lembaga Survei"),
    "rumah_ibadah": ("Pengelola Rumah Ibadah", "Rumah Ibadah"),
    "media": ("Pemimpin Redaksi Media Daerah", "Media Daerah"),
    "bumd": ("Direktur Perusahaan Umum Daerah Air Minum", "Perusahaan Umum Daerah Air Minum"),
    "kepala_opd": ("Kepala Dinas Kesehatan", "Dinas Kesehatan"),
    "instansi_vertikal": ("Kepala Badan Pusat Statistik", "Badan Pusat Statistik"),
    "kepala_sekolah": ("Kepala SMP Negeri 1", "SMP Negeri 1"),
    "pengadilan": ("Ketua Pengadilan Negeri", "Pengadilan Negeri"),
    "pengawas": ("Ketua Pengawas Pemilihan pada Tingkat di Bawahnya", ""),
    "edaran": ("Kepala Perangkat Daerah, Camat, dan Lurah", ""),
}
"""Post and agency of groups for which the book knows none."""

COLUMNS = ("kode", "kelompok", "jabatan", "nama", "instansi", "alamat", "kota", "sapaan", "tembusan", "agama")


def make_office(folder: Path, office: Office) -> Path:
    """Write the workspace of `office` with one recipient of every group."""
    more = f'pemilihan_daerah = "{office.regional}"' if office.regional else ""
    below = "SEKRETARIAT DAERAH" if office.level == "pemda" else office.area.upper()
    text = SETTINGS.format(below=below, more=more, **vars(office))
    (folder / "letters.toml").write_text(text, "utf-8")
    with (folder / "recipients.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ["kode", "kelompok", "jabatan", "nama", "instansi", "alamat", "kota", "sapaan", "tembusan", "agama"]
        )
        for group, (post, agency, salutation) in posts(office).items():
            writer.writerow([group, group, post, "", agency, "", office.city, salutation, "", "Islam"])
    (folder / "ikrar.toml").write_text(copied_words(), "utf-8")
    return folder


def copied_words() -> str:
    """Return what stands in ikrar.toml for oaths whose words an office copies from their form."""
    wordless = [text for text in OathBook.load().texts.values() if not text.points]
    return "".join(f'[[teks]]\nid = "{text.id}"\nbutir = ["Kata-kata menurut {text.article}."]\n' for text in wordless)


def posts(office: Office) -> dict[str, tuple[str, str, str]]:
    """Return post, agency and salutation of a recipient of every group, as they are called in the office's area."""
    book, found = LawBook.load(), {}
    place = re.sub("^(Kabupaten|Kota|Provinsi) ", "", office.area)
    for group in book.groups.values():
        forms = book.forms(group.id, f"{office.area} {office.province}")
        post, agency = WITHOUT_POST.get(group.id, (forms.title or group.name, forms.agency))
        salutation = forms.sapaan.split("/")[0] or "Saudara"
        found[group.id] = (post.format(wilayah=place), (agency or post).format(wilayah=place), salutation)
    return found | {"edaran": (*WITHOUT_POST["edaran"], "Saudara")}


# -- a day in each stage ------------------------------------------------------------------------------

UNDATED = {
    ("pemilu-2024", "dana-kampanye"): date(2024, 1, 5),
    ("pemilu-2024", "logistik"): date(2024, 1, 20),
    ("pemilu-2024", "penetapan-hasil"): date(2024, 3, 21),
    ("pemilu-2024", "sumpah-dprd"): date(2024, 8, 1),
    ("pemilihan-2024", "perencanaan"): date(2024, 1, 15),
    ("pemilihan-2024", "logistik"): date(2024, 11, 10),
    ("pemilihan-2024", "penetapan-terpilih"): date(2024, 12, 18),
    ("nontahapan", "kenetralan-umum"): date(2026, 11, 21),
    ("nontahapan", "pdpb"): date(2025, 9, 16),
}
"""Days for stages whose dates are not regulated or not known."""
ELECTIONS = ("pemilu-2024", "pemilihan-2024", "nontahapan")
REPEATS = ("pemilu-2024-putaran-2", "pemilihan-ulang-2025")
"""A second round and a repeated election: the same templates serve them."""


OUTSIDE = {
    "pemilu-2024": date(2023, 12, 1),
    "pemilu-2024-putaran-2": date(2024, 5, 20),
    "pemilihan-ulang-2025": date(2025, 7, 20),
}
"""Days for letters of an election without a stage; else some day before polling."""


def letter_day(calendar: Calendar, election: str, stage: str) -> date:
    """Return a day on which a letter for the stage may be dated: its first, or some days before its deadline."""
    if not stage:
        return OUTSIDE.get(election, date(2024, 10, 1))
    if (election, stage) in UNDATED:
        return UNDATED[election, stage]
    found = calendar.stage(election, stage)
    assert found.start or found.end, (election, stage)
    return found.start or found.end - timedelta(days=5)
