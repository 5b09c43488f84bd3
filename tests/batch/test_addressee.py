"""Addressees: post, agency, salutation and lines of the address follow group and region; what does not fit is told."""

import pytest

from letters.batch.areas import with_area
from letters.law import LawBook
from tests.batch.offices import codes_of, facts_of, found_in, office_in, plan_of

ACEH = office_in("Kabupaten Aceh Utara", "Aceh")
LAMPUNG = office_in("Kabupaten Pringsewu", "Lampung")
AGAM = office_in("Kabupaten Agam", "Sumatera Barat")
JOMBANG = office_in("Kabupaten Jombang", "Jawa Timur")


@pytest.mark.parametrize(
    ("settings", "row", "lines", "salutation"),
    [
        (JOMBANG, {"kelompok": "camat", "wilayah": "Diwek"}, ["Camat Diwek"], "Saudara"),
        (JOMBANG, {"kelompok": "camat", "wilayah": "Kecamatan Diwek"}, ["Camat Diwek"], "Saudara"),
        (JOMBANG, {"kelompok": "bupati_walikota", "wilayah": "Kabupaten Jombang"}, ["Bupati Jombang"], "Bapak/Ibu"),
        (JOMBANG, {"kelompok": "bupati_walikota", "wilayah": "Kota Batu"}, ["Wali Kota Batu"], "Bapak/Ibu"),
        (
            JOMBANG,
            {"kelompok": "bupati_walikota", "wilayah": "Jombang", "pelaksana": "Pj."},
            ["Pj. Bupati Jombang"],
            "Bapak/Ibu",
        ),
        (JOMBANG, {"kelompok": "kepala_desa", "wilayah": "Ceweng"}, ["Kepala Desa Ceweng"], "Saudara"),
        (LAMPUNG, {"kelompok": "kepala_desa", "wilayah": "Pujodadi"}, ["Kepala Pekon Pujodadi"], "Saudara"),
        (AGAM, {"kelompok": "kepala_desa", "wilayah": "Nagari Lawang"}, ["Wali Nagari Lawang"], "Saudara"),
        (ACEH, {"kelompok": "kepala_desa", "wilayah": "Meunasah Reudeup"}, ["Keuchik Meunasah Reudeup"], "Saudara"),
        (
            JOMBANG,
            {"kelompok": "kapolsek", "wilayah": "Diwek", "nama": "Nama Kapolsek", "pangkat": "AKP"},
            ["AKP Nama Kapolsek", "Kepala Kepolisian Sektor Diwek"],
            "Saudara",
        ),
        (
            JOMBANG,
            {"kelompok": "dandim", "jabatan": "Komandan Kodim 0814/Jombang", "nama": "Nama", "pangkat": "Letkol Inf."},
            ["Letkol Inf. Nama", "Komandan Kodim 0814/Jombang"],
            "Bapak/Ibu",
        ),
        (
            JOMBANG,
            {"kelompok": "danramil", "wilayah": "Diwek", "nama": "Nama"},
            ["Komandan Komando Rayon Militer Diwek"],
            "Saudara",
        ),
        (
            JOMBANG,
            {
                "kelompok": "kepala_opd",
                "jabatan": "Inspektur",
                "instansi": "Inspektorat Kabupaten Jombang",
                "up": "Sekretaris",
            },
            ["Inspektur", "Inspektorat Kabupaten Jombang", "u.p. Sekretaris"],
            "Saudara",
        ),
        (
            JOMBANG,
            {"kelompok": "kepala_opd", "wilayah": "Dinas Kesehatan", "melalui": "Sekretaris Daerah"},
            ["Kepala Dinas Kesehatan", "melalui Sekretaris Daerah"],
            "Saudara",
        ),
        (
            JOMBANG,
            {"kelompok": "bumd", "jabatan": "Direktur Perumdam Tirta Kencana"},
            ["Direktur Perumdam Tirta Kencana"],
            "Saudara",
        ),
        (JOMBANG, {"kelompok": "guru", "jabatan": "Guru", "instansi": "SMP 1"}, ["Guru", "SMP 1"], "Saudara"),
        (
            JOMBANG,
            {"kelompok": "camat", "wilayah": "Diwek", "tujuan": "Camat yang terhormat"},
            ["Camat yang terhormat"],
            "Saudara",
        ),
    ],
)
def test_address_and_salutation_follow_group_and_region(tmp_path, settings, row, lines, salutation):
    facts = facts_of(plan_of(tmp_path, row, settings))
    assert str(facts["tujuan"]).split("\n") == lines
    assert facts["sapaan"] == salutation


def test_table_goes_before_the_forms(tmp_path):
    row = {"kelompok": "camat", "jabatan": "Camat Kota", "wilayah": "Diwek", "sapaan": "Ibu"}
    facts = facts_of(plan_of(tmp_path, row))
    assert (facts["jabatan"], facts["sapaan"], facts["instansi"]) == ("Camat Kota", "Ibu", "")


def test_office_has_its_own_form_for_a_group(tmp_path):
    form = (
        '\n[kelompok.kepala_desa]\njabatan = "Kepala Tiuh {wilayah}"\ninstansi = "Tiuh {wilayah}"\nsapaan = "Bapak"\n'
    )
    facts = facts_of(plan_of(tmp_path, {"kelompok": "kepala_desa", "wilayah": "Panaragan"}, LAMPUNG + form))
    assert (facts["jabatan"], facts["instansi"], facts["sapaan"]) == (
        "Kepala Tiuh Panaragan",
        "Tiuh Panaragan",
        "Bapak",
    )


def test_form_of_a_group_the_package_does_not_know(tmp_path):
    form = '\n[kelompok.kadus]\njabatan = "Kepala Dusun {wilayah}"\n'
    assert facts_of(plan_of(tmp_path, {"kelompok": "kadus", "wilayah": "Balong"}, JOMBANG + form))["tujuan"] == (
        "Kepala Dusun Balong"
    )


def test_recipients_own_province_decides_for_a_national_office(tmp_path):
    row = {"kelompok": "kepala_desa", "wilayah": "Lawang", "provinsi": "Sumatera Barat"}
    assert facts_of(plan_of(tmp_path, row, office_in("", level="ri")))["jabatan"] == "Wali Nagari Lawang"


@pytest.mark.parametrize(
    ("choice", "lines"),
    [("semua", ["Nama, S.E.", "Camat Diwek"]), ("berpangkat", ["Camat Diwek"]), ("tidak", ["Camat Diwek"])],
)
def test_office_chooses_whose_names_are_printed(tmp_path, choice, lines):
    row = {"kelompok": "camat", "wilayah": "Diwek", "nama": "Nama, S.E."}
    facts = facts_of(plan_of(tmp_path, row, f'{JOMBANG}\n[naskah]\nnama_penerima = "{choice}"\n'))
    assert str(facts["tujuan"]).split("\n") == lines


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ({"kelompok": "camat", "nip": "19720103 199503 1 001"}, "NIP 19720103 199503 1 001"),
        ({"kelompok": "pppk", "nip": "199001012022211001"}, "NI PPPK 19900101 202221 1 001"),
        ({"kelompok": "kapolsek", "nrp": "72010001"}, "NRP 72010001"),
        ({"kelompok": "camat"}, ""),
    ],
)
def test_service_number_has_the_name_it_has_in_the_group(tmp_path, row, number):
    assert facts_of(plan_of(tmp_path, {"jabatan": "Jabatan", **row}))["nomor_pegawai"] == number


def test_bodies_and_areas_are_called_as_in_the_region(tmp_path):
    terms = facts_of(
        plan_of(tmp_path, {"kelompok": "camat", "wilayah": "Diwek"}, ACEH + '\n[sebutan]\nlurah = "geuchik"\n')
    )
    assert terms["sebutan"]["desa"] == "gampong"
    assert terms["sebutan"]["opd"] == "SKPK"
    assert terms["sebutan"]["panwaslu_kecamatan"] == "Panwaslih Kecamatan"
    assert terms["sebutan"]["lurah"] == "geuchik"


@pytest.mark.parametrize(
    ("form", "agency", "area", "printed"),
    [
        ("Bupati {wilayah}", "Pemerintah Kabupaten {wilayah}", "Kabupaten Jombang", "Bupati Jombang"),
        ("Sekretaris Daerah {wilayah}", "Pemerintah {wilayah}", "Kota Batu", "Sekretaris Daerah Kota Batu"),
        ("Camat {wilayah}", "Kecamatan {wilayah}", "Kecamatan", "Camat Kecamatan"),
        ("Ketua {wilayah}", "", "Partai", "Ketua Partai"),
        ("Sekretaris Daerah {wilayah}", "Pemerintah {wilayah}", "Daerah X", "Sekretaris Daerah Daerah X"),
        ("Kepala {wilayah}", "", "Kepala Dinas Kesehatan", "Kepala Dinas Kesehatan"),
    ],
)
def test_kind_of_area_is_not_said_twice(form, agency, area, printed):
    assert with_area(LawBook.load().areas, form, agency, area) == printed


@pytest.mark.parametrize(
    ("group", "area", "post"),
    [
        ("kapolsek", "Polsek Pule", "Kepala Kepolisian Sektor Pule"),
        ("kapolsek", "Kepolisian Sektor Pule", "Kepala Kepolisian Sektor Pule"),
        ("kapolres", "Kabupaten Trenggalek", "Kepala Kepolisian Resor Trenggalek"),
        ("kapolres", "Polresta Sidoarjo", "Kepala Kepolisian Resor Kota Sidoarjo"),
        ("danramil", "Koramil 0806/05 Pule", "Komandan Komando Rayon Militer 0806/05 Pule"),
        ("dandim", "Kodim 0806/Trenggalek", "Komandan Komando Distrik Militer 0806/Trenggalek"),
        ("bpd", "BPD Desa Joho", "Ketua Badan Permusyawaratan Desa Joho"),
        ("dprd", "DPRD Kabupaten Trenggalek", "Ketua DPRD Kabupaten Trenggalek"),
        ("bupati_walikota", "Kab. Trenggalek", "Bupati Trenggalek"),
    ],
)
def test_short_names_of_an_agency_are_not_said_beside_the_long_one(tmp_path, group, area, post):
    row = {"kelompok": group, "wilayah": area}
    assert facts_of(plan_of(tmp_path, row, JOMBANG))["jabatan"] == post


def test_office_says_which_words_before_an_area_say_the_same(tmp_path):
    row, own = {"kelompok": "camat", "wilayah": "Kcm. Diwek"}, '[areas.same]\nKecamatan = { "Kcm." = "" }\n'
    assert facts_of(plan_of(tmp_path / "a", row, JOMBANG))["jabatan"] == "Camat Kcm. Diwek"
    assert facts_of(plan_of(tmp_path / "b", row, JOMBANG, law=own))["jabatan"] == "Camat Diwek"


@pytest.mark.parametrize(
    ("town", "printed"),
    [("di Trenggalek", "Trenggalek"), ("Di - Tempat", "Tempat"), ("DI Yogyakarta", "DI Yogyakarta"), ("Dili", "Dili")],
)
def test_town_is_printed_with_one_di(tmp_path, town, printed):
    row = {"kelompok": "camat", "wilayah": "Pule", "kota": town}
    assert facts_of(plan_of(tmp_path, row, JOMBANG))["kota"] == printed


# -- what does not fit


@pytest.mark.parametrize(
    ("row", "settings", "code"),
    [
        (
            {"kelompok": "bupati_walikota", "jabatan": "Bupati Jombang", "sapaan": "Saudara"},
            JOMBANG,
            "batch.salutation-group",
        ),
        ({"kelompok": "camat", "jabatan": "Camat Diwek", "sapaan": "saudara"}, JOMBANG, "batch.salutation-form"),
        ({"kelompok": "camat", "jabatan": "Camat Diwek", "sapaan": "Yth. Bapak"}, JOMBANG, "batch.salutation-form"),
        ({"kelompok": "camat", "jabatan": "Kepada Yth. Camat Diwek"}, JOMBANG, "batch.saluted-post"),
        ({"kelompok": "camat", "jabatan": "Bapak Camat Diwek"}, JOMBANG, "batch.saluted-post"),
        ({"kelompok": "camat", "jabatan": "PLT Camat Diwek"}, JOMBANG, "batch.acting-form"),
        ({"kelompok": "camat", "jabatan": "Camat Diwek", "pelaksana": "Penjabat"}, JOMBANG, "batch.acting-form"),
        ({"kelompok": "kapolsek", "jabatan": "Pj. Kapolsek Diwek"}, JOMBANG, "batch.acting-group"),
        (
            {"kelompok": "kepala_desa", "jabatan": "Kepala Desa A", "nip": "197201031995031001"},
            JOMBANG,
            "batch.nip-group",
        ),
        ({"kelompok": "kapolsek", "jabatan": "Kapolsek", "nip": "197201031995031001"}, JOMBANG, "batch.nip-group"),
        ({"kelompok": "camat"}, JOMBANG, "batch.no-post"),
        ({"kelompok": "sekda", "wilayah": "Trenggalek"}, JOMBANG, "batch.kind-of-area"),
        ({"kelompok": "kepala_desa", "jabatan": "Kepala Desa Alue"}, ACEH, "batch.regional-post"),
    ],
)
def test_what_does_not_fit_is_told_with_its_row(tmp_path, row, settings, code):
    plan = plan_of(tmp_path, row, settings)
    assert codes_of(plan) == [code]
    assert found_in(plan)[0].place.row == 2
    assert found_in(plan)[0].place.key == "a"


@pytest.mark.parametrize(
    "row",
    [
        {
            "kelompok": "bupati_walikota",
            "jabatan": "Pj. Bupati Jombang",
            "sapaan": "Bapak",
            "nip": "197201031995031001",
        },
        {"kelompok": "kepala_desa", "jabatan": "Pj. Kepala Desa A", "nip": "197201031995031001"},
        {"kelompok": "kapolsek", "jabatan": "Ps. Kapolsek Diwek", "nrp": "72010001"},
        {"kelompok": "camat", "jabatan": "Plt. Camat Diwek", "sapaan": "Ibu"},
        {"kelompok": "kepala_sekolah", "jabatan": "Kepala SMP Ibu Kartini"},
    ],
)
def test_right_forms_are_left_alone(tmp_path, row):
    assert codes_of(plan_of(tmp_path, row, JOMBANG)) == []


@pytest.mark.parametrize(
    ("settings", "row", "head", "village"),
    [
        (ACEH, {}, "keuchik", "gampong"),
        (office_in("Provinsi Aceh", "Aceh", level="provinsi"), {"kabupaten": "Aceh Tengah"}, "reje kampung", "kampung"),
        (LAMPUNG + '\n[kelompok.kepala_desa]\njabatan = "Kepala Tiuh {wilayah}"\n', {}, "kepala tiuh", "pekon"),
        (LAMPUNG + '\n[kelompok.kepala_desa]\ninstansi = "Tiuh {wilayah}"\n', {}, "kepala pekon", "tiuh"),
        (LAMPUNG + '\n[sebutan]\ndesa = "tiuh"\n', {}, "kepala pekon", "tiuh"),
    ],
    ids=["office", "recipient's regency", "own form of address", "own agency", "own word"],
)
def test_letters_call_things_as_they_are_called_where_the_recipient_is(tmp_path, settings, row, head, village):
    facts = facts_of(plan_of(tmp_path, {"kelompok": "kepala_desa", "wilayah": "Lawang", "kota": "X"} | row, settings))
    assert (facts["sebutan"]["kepala_desa"], facts["sebutan"]["desa"]) == (head, village)


@pytest.mark.parametrize(
    ("group", "area", "agency"),
    [
        ("kepala_opd", "Dinas Kesehatan", "Dinas Kesehatan"),
        ("satpol_pp", "Kabupaten Jombang", "Satuan Polisi Pamong Praja Kabupaten Jombang"),
        (
            "bkpsdm",
            "Kabupaten Jombang",
            "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia Kabupaten Jombang",
        ),
        ("disdukcapil", "Kota Batu", "Dinas Kependudukan dan Pencatatan Sipil Kota Batu"),
        ("pengadilan", "Pengadilan Negeri Jombang", "Pengadilan Negeri Jombang"),
    ],
)
def test_agency_follows_group_and_area_and_is_not_printed_below_a_post_that_names_it(tmp_path, group, area, agency):
    [row] = facts_of(plan_of(tmp_path, {"kelompok": group, "wilayah": area}))["penerima"]
    assert (row["instansi"], row["tujuan"]) == (agency, row["jabatan"])
    assert row["jabatan"].endswith(agency)


@pytest.mark.parametrize(
    "settings",
    [ACEH, office_in("Kota Lhokseumawe", "Aceh", level="kota"), office_in("Provinsi Aceh", level="provinsi")],
)
def test_head_of_an_agency_in_aceh_is_addressed_at_the_agency_not_at_what_all_are_called(tmp_path, settings):
    plan = plan_of(tmp_path, {"kelompok": "kepala_opd", "wilayah": "Dinas Kesehatan"}, settings)
    [row] = facts_of(plan)["penerima"]
    assert (row["tujuan"], row["instansi"]) == ("Kepala Dinas Kesehatan", "Dinas Kesehatan")
    assert codes_of(plan) == []


@pytest.mark.parametrize(
    ("group", "meant"),
    [
        ("bupati", "bupati_walikota"),
        ("wali kota", "bupati_walikota"),
        ("sekretaris daerah", "sekda"),
        ("kapolsekk", "kapolsek"),
        ("desa", "kepala_desa"),
        ("keuchik", "kepala_desa"),
        ("karang taruna", ""),
    ],
)
def test_unknown_group_is_the_one_reason_of_an_empty_post_and_the_group_meant_is_named(tmp_path, group, meant):
    plan = plan_of(tmp_path, {"kelompok": group, "wilayah": "Pule"}, JOMBANG)
    [problem] = plan.errors
    assert (problem.code, problem.params["near"]) == ("batch.strange-group", meant)


@pytest.mark.parametrize(
    ("area", "called"),
    [
        ("Kabupaten Aceh Utara", "satuan kerja perangkat kabupaten"),
        ("Kota Lhokseumawe", "satuan kerja perangkat kota"),
        ("Aceh Utara", "satuan kerja perangkat kabupaten"),
    ],
)
def test_agencies_are_those_of_the_regency_or_of_the_city(tmp_path, area, called):
    facts = facts_of(plan_of(tmp_path, {"kelompok": "bupati_walikota", "wilayah": area}, ACEH))
    assert facts["sebutan"]["perangkat_daerah"] == called
