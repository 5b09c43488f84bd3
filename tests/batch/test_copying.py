"""Copies: who gets one follows the group and the sender; what does not belong among them is told."""

import pytest

from letters.batch.check import check_letters
from letters.batch.choosing import Choice
from letters.batch.conventions import load_conventions
from letters.batch.plan import Composer, draw_plan
from letters.batch.workspace import open_workspace
from tests.batch.offices import DAY, LETTER, codes_of, facts_of, found_in, office_in, plan_of
from tests.support.workspace import make_workspace

OFFICE = office_in("Kabupaten Jombang", "Jawa Timur", '\n[tembusan]\nbpd = ["Camat Diwek"]\n')


def with_copies(written: str) -> str:
    return LETTER.replace('klasifikasi = "PM.00.02"', f'klasifikasi = "PM.00.02"\ntembusan = {written}')


@pytest.mark.parametrize(
    ("settings", "row", "copies"),
    [
        (OFFICE, {"kelompok": "camat"}, ["Ketua Bawaslu Provinsi Jawa Timur", "Bupati Jombang"]),
        (
            OFFICE,
            {"kelompok": "camat", "tembusan": "Pj. Bupati Jombang; Sekretaris Daerah"},
            ["Ketua Bawaslu Provinsi Jawa Timur", "Pj. Bupati Jombang", "Sekretaris Daerah"],
        ),
        (OFFICE, {"kelompok": "kapolsek"}, ["Ketua Bawaslu Provinsi Jawa Timur", "Kepala Kepolisian Resor Jombang"]),
        (OFFICE, {"kelompok": "kepala_desa", "kecamatan": "Gudo"}, ["Ketua Bawaslu Provinsi Jawa Timur", "Camat Gudo"]),
        (
            OFFICE,
            {"kelompok": "kepala_desa", "melalui": "Camat Diwek"},
            ["Ketua Bawaslu Provinsi Jawa Timur"],
        ),
        (OFFICE, {"kelompok": "kepala_desa"}, ["Ketua Bawaslu Provinsi Jawa Timur"]),
        (OFFICE, {"kelompok": "bpd"}, ["Ketua Bawaslu Provinsi Jawa Timur", "Camat Diwek"]),
        (OFFICE, {"kelompok": "bupati_walikota"}, ["Ketua Bawaslu Provinsi Jawa Timur"]),
        (
            office_in("Kota Cilegon", "Banten", level="kota"),
            {"kelompok": "lurah", "kecamatan": "Jombang"},
            ["Ketua Bawaslu Provinsi Banten", "Wali Kota Cilegon", "Camat Jombang"],
        ),
        (
            office_in("Kecamatan Wuluhan", "Jawa Timur", level="kecamatan").replace(
                "provinsi", 'kabupaten = "Kabupaten Jember"\nprovinsi'
            ),
            {"kelompok": "kepala_desa"},
            ["Ketua Bawaslu Kabupaten Jember", "Camat Wuluhan"],
        ),
        (
            office_in("Kabupaten Pidie", "Aceh", '\n[tembusan]\nsemua = ["Gubernur Aceh"]\n'),
            {"kelompok": "camat"},
            ["Gubernur Aceh", "Bupati Pidie"],
        ),
        (
            office_in("Kabupaten Pidie", "Aceh"),
            {"kelompok": "camat"},
            ["Ketua Panwaslih Provinsi Aceh", "Bupati Pidie"],
        ),
        (office_in("Kabupaten Jombang", level="pemda"), {"kelompok": "camat"}, []),
    ],
)
def test_copies_follow_group_and_sender(tmp_path, settings, row, copies):
    plan = plan_of(tmp_path, {"jabatan": "Jabatan", **row}, settings, with_copies('"otomatis"'))
    assert facts_of(plan)["surat"]["tembusan"] == copies


def test_written_copies_stand_beside_the_automatic_ones_and_none_twice(tmp_path):
    written = with_copies('["Gubernur", "otomatis", "Bupati Jombang", "{{ kota }}"]')
    plan = plan_of(tmp_path, {"kelompok": "camat", "jabatan": "Camat"}, OFFICE, written)
    assert facts_of(plan)["surat"]["tembusan"] == ["Gubernur", "Ketua Bawaslu Provinsi Jawa Timur", "Bupati Jombang"]


def test_copies_of_a_letter_to_several_stand_in_order_of_rank(tmp_path):
    template = with_copies('"otomatis"\nnomor = "daftar"').replace("{{ jabatan }}", "semua")
    rows = (
        "kode;kelompok;jabatan;alamat;kota\na;kapolsek;Kapolsek Diwek;;\nb;camat;Camat Diwek;;\nc;camat;Camat Gudo;;\n"
    )
    office = make_workspace(tmp_path / "kantor", settings=OFFICE, recipients=rows, template=template)
    plan = draw_plan(Composer(open_workspace(office)), Choice(("uji",), DAY), lambda *_: None)
    assert facts_of(plan)["surat"]["tembusan"] == [
        "Ketua Bawaslu Provinsi Jawa Timur",
        "Bupati Jombang",
        "Kepala Kepolisian Resor Jombang",
    ]


def test_row_says_its_district_before_the_office_does(tmp_path):
    settings = OFFICE.replace("zona_waktu", 'kecamatan = "Durenan"\nzona_waktu')
    row = {"kelompok": "kepala_desa", "jabatan": "Kepala Desa Joho", "kecamatan": "Pule"}
    plan = plan_of(tmp_path, row, settings, with_copies('"otomatis"'))
    assert facts_of(plan)["surat"]["tembusan"] == ["Ketua Bawaslu Provinsi Jawa Timur", "Camat Pule"]


def test_copy_without_a_district_names_the_row_and_the_column(tmp_path):
    row = {"kelompok": "kepala_desa", "jabatan": "Kepala Desa Joho"}
    [found] = found_in(plan_of(tmp_path, row, OFFICE, with_copies('"otomatis"')))
    assert (found.code, found.place.row, found.place.column) == ("batch.copy-unknown", 2, "kecamatan")
    assert "[kantor]" not in found.remedy


def test_copy_goes_to_the_post_as_the_table_has_it(tmp_path):
    rows = (
        "kode;kelompok;jabatan;pelaksana;alamat;kota\na;camat;Camat Diwek;;;\nb;bupati_walikota;Bupati Jombang;Pj.;;\n"
    )
    template = with_copies('"otomatis"\nuntuk = ["camat"]')
    office = make_workspace(tmp_path / "kantor", settings=OFFICE, recipients=rows, template=template)
    plan = draw_plan(Composer(open_workspace(office)), Choice(("uji",), DAY), lambda *_: None)
    assert facts_of(plan)["surat"]["tembusan"] == ["Ketua Bawaslu Provinsi Jawa Timur", "Pj. Bupati Jombang"]


def test_addressee_gets_no_automatic_copy(tmp_path):
    row = {"kelompok": "sekda", "jabatan": "Pj. Bupati Jombang"}
    plan = plan_of(tmp_path, row, OFFICE, with_copies('"otomatis"'))
    assert facts_of(plan)["surat"]["tembusan"] == ["Ketua Bawaslu Provinsi Jawa Timur"]


@pytest.mark.parametrize(
    ("written", "row", "code"),
    [
        ('["Arsip"]', {}, "batch.copy-form"),
        ('["Yth. Bupati Jombang"]', {}, "batch.copy-form"),
        ('["Bupati Jombang (sebagai laporan)"]', {}, "batch.copy-form"),
        ('["Camat Diwek"]', {}, "batch.copy-addressee"),
        ('["Camat Diwek"]', {"jabatan": "Plt. Camat Diwek"}, "batch.copy-addressee"),
        ('"otomatis"', {"kelompok": "danramil"}, "batch.copy-unknown"),
    ],
)
def test_what_does_not_belong_among_the_copies_is_told(tmp_path, written, row, code):
    plan = plan_of(tmp_path, {"kelompok": "camat", "jabatan": "Camat Diwek", **row}, OFFICE, with_copies(written))
    assert codes_of(plan) == [code]


def test_office_lays_its_own_conventions_over_the_packages(tmp_path):
    path = tmp_path / "naskah.toml"
    path.write_text('[[copies]]\nid = "kodim"\nto = ["Dandim 0814"]\n\n[terms]\ndesa = "kampung"\n', "utf-8")
    conventions = load_conventions([path])
    [kodim] = [entry for entry in conventions.copies if entry.id == "kodim"]
    assert (kodim.to, kodim.groups) == (("Dandim 0814",), ("danramil",))
    assert conventions.terms["desa"] == "kampung"
    assert [change.entry for change in conventions.changes] == ["copies/kodim", "terms"]


def test_check_shows_what_the_office_says_otherwise(tmp_path):
    office = make_workspace(tmp_path / "kantor")
    (office / "naskah.toml").write_text('[[copies]]\nid = "kodim"\nto = ["Dandim"]\n', "utf-8")
    (office / "hukum.toml").write_text('[[groups]]\nid = "guru"\nname = "Guru"\n', "utf-8")
    report = check_letters(open_workspace(office), Choice(("uji",), DAY), lambda *_: None)
    assert [str(notice) for notice in report.notices if notice.code == "batch.own-data"] == [
        "The office's own data count: group of recipients guru (new).",
        "The office's own data count: copies kodim: recipients of the copy Dandim instead of "
        "Komandan Komando Distrik Militer {kodim}.",
    ]
