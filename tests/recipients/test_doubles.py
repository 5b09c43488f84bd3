"""Doubles in a table as offices keep it: many posts that look alike, and among them the few that are there twice."""

from __future__ import annotations

import pytest

from letters.recipients import read_recipients

HEADINGS = "kode;kelompok;jabatan;nama;pangkat;instansi;wilayah;kecamatan;melalui"
DISTRICTS = (
    *("Bandar Kedungmulyo", "Bareng", "Diwek", "Gudo", "Jogoroto", "Jombang", "Kabuh", "Kesamben", "Kudu"),
    *("Megaluh", "Mojoagung", "Mojowarno", "Ngoro", "Ngusikan", "Perak", "Peterongan", "Plandaan", "Ploso"),
    *("Sumobito", "Tembelang", "Wonosalam"),
)
AGENCIES = (
    *("Pendidikan dan Kebudayaan", "Kesehatan", "Sosial", "Tenaga Kerja", "Lingkungan Hidup", "Perhubungan"),
    *(
        "Pertanian",
        "Peternakan",
        "Pertanahan",
        "Perikanan",
        "Perdagangan dan Perindustrian",
        "Perumahan dan Permukiman",
    ),
)
MEMBERS = ("Ahmad Fauzi", "Siti Aminah", "Budi Santoso")
VILLAGES = ("Sumberejo", "Sidomulyo", "Sidomukti", "Karangdagangan", "Karangwinongan", "Banjarsari", "Banjarejo")


def office_table() -> list[str]:
    """Return the rows of a regency's table, everybody once."""
    rows = [
        f"opd-{n};kepala_opd;Kepala Dinas {name} Kabupaten Jombang;;;Dinas {name} Kabupaten Jombang;;;"
        for n, name in enumerate(AGENCIES)
    ]
    for district in DISTRICTS:
        key = district.lower().replace(" ", "-")
        rows += [f"{group}-{key};{group};;;;;{district};;" for group in ("camat", "kapolsek", "danramil")]
    for district in DISTRICTS[:4]:
        key, body = district.lower().replace(" ", "-"), f"Panwaslu Kecamatan {district}"
        rows += [
            f"panwas-{key}-{n};panwaslu_kecamatan;Anggota {body};{name} {district};;{body};;;"
            for n, name in enumerate(MEMBERS)
        ]
    for district in DISTRICTS[2:4]:  # villages of the same names in two districts
        key = district.lower()
        rows += [
            f"kades-{n}-{key};kepala_desa;Kepala Desa {name};;;Desa {name};;{district};Camat {district}"
            for n, name in enumerate(VILLAGES)
        ]
        rows += [f"bpd-{n}-{key};bpd;;;;;{name};{district};" for n, name in enumerate(VILLAGES)]
    return rows


def told(csv_file, *more: str) -> list[tuple[str, int]]:
    """Return the warnings for the office's table with `more` rows."""
    found = read_recipients(csv_file("\n".join((HEADINGS, *office_table(), *more)) + "\n"), blank=("jabatan",)).warnings
    return [(warning.code, warning.place.row) for warning in found]


def test_a_regency_where_everybody_stands_once_gets_no_warning(csv_file):
    assert len(office_table()) > 100
    assert told(csv_file) == []


SAME, NEAR = "recipients.same-position", "recipients.nearly-same"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        pytest.param("x;camat;;;;;Gudo;;", NEAR, id="group and area twice"),
        pytest.param("x;camat;;;;;Jogorotto;;", NEAR, id="group and misspelt area"),
        pytest.param("x;kapolsek;;;AKP;;Gudo;;", NEAR, id="rank beside one of them"),
        pytest.param("x;bpd;;;;;Sumberejo;Diwek;", NEAR, id="village council twice"),
        pytest.param(
            "x;panwaslu_kecamatan;Anggota Panwaslu Kecamatan Gudo;Siti Aminah Gudo;;Panwaslu Kecamatan Gudo;;;",
            SAME,
            id="member twice",
        ),
        pytest.param(
            "x;panwaslu_kecamatan;Anggota Panwaslu Kecamatan Gudo;Budi Santosa Gudo;;Panwaslu Kecamatan Gudo;;;",
            SAME,
            id="member misspelt",
        ),
        pytest.param("x;kepala_desa;Kepala Desa Sumberejo;;;Desa Sumberejo;;Gudo;", SAME, id="village twice"),
        pytest.param(
            "x;kepala_opd;Kepala Dinas Sosial Kabupaten Jombang;Budi;;Dinas Sosial Kabupaten Jombang;;;",
            SAME,
            id="head of an agency, once with a name",
        ),
        pytest.param(
            "x;kepala_opd;Kepala Dinas Kesehatann Kabupaten Jombang;;;Dinas Kesehatan Kabupaten Jombang;;;",
            NEAR,
            id="agency misspelt",
        ),
    ],
)
def test_the_one_who_stands_there_twice_is_found_among_them(csv_file, row, code):
    assert [found for found, _ in told(csv_file, row)] == [code]


def test_rows_without_a_post_are_named_by_group_and_area(csv_file):
    text = "kode;kelompok;jabatan;wilayah\nx;camat;;Gudo\ny;camat;;Gudo\n"
    (found,) = read_recipients(csv_file(text), blank=("jabatan",)).warnings
    assert found.params["first_text"] == found.params["second_text"] == "camat, Gudo"


def test_two_heads_of_one_office_are_told_even_with_different_names(csv_file):
    heads = [f"c{n};kepala_opd;Inspektur;{name};;Inspektorat;;;" for n, name in enumerate(MEMBERS[:2])]
    assert [code for code, _ in told(csv_file, *heads)] == [SAME]


def test_members_without_a_name_cannot_be_told_apart(csv_file):
    rows = [f"m{n};panwaslu_kecamatan;Anggota Panwaslu;;;Panwaslu Kecamatan Perak;;;" for n in range(3)]
    assert [code for code, _ in told(csv_file, *rows)] == [SAME]
