"""Headings: identifiers, names that are taken, columns that are missing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from letters.recipients import read_recipients
from letters.recipients.columns import RESERVED, Rule, identifier, rule_of
from letters.recipients.rows import column_letter
from tests.recipients.tables import column, only_error, refusal, said


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Nama Lengkap", "nama_lengkap"),
        (" NAMA\u00a0lengkap ", "nama_lengkap"),
        ("No. HP", "no_hp"),
        ("Kab./Kota", "kab_kota"),
        ("Désa", "desa"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Øre Æble", "ore_aeble"),
        ("Ｎａｍａ", "nama"),
        ("Alamat\n(lengkap)", "alamat_lengkap"),
        ("Anak ke-2", "anak_ke_2"),
        ("1. Nama", ""),
        ("имя", ""),
        ("Nama имя", ""),
        ("%", ""),
        ("2024", ""),
    ],
)
def test_a_heading_becomes_an_identifier(heading, name):
    assert identifier(heading) == name


@given(st.text())
def test_an_identifier_is_plain_or_empty_and_stays_itself(text):
    name = identifier(text)
    assert name == "" or re.fullmatch("[a-z][a-z0-9_]*", name)
    assert identifier(name) == name


@pytest.mark.parametrize("heading", ["1. Nama", "имя", "%", "loop", "IF", "None"])
def test_a_heading_that_cannot_be_a_field_is_refused(csv_file, heading):
    error = only_error(csv_file(f"kode;kelompok;jabatan;{heading}\nK1;camat;Camat;x\n"))
    assert error.code == "recipients.unusable-heading"
    assert heading in str(error)


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_heading_that_is_a_fact_of_the_letter_is_refused(csv_file, name):
    error = only_error(csv_file(f"kode;kelompok;jabatan;{name.upper()}\nK1;camat;Camat;x\n"))
    assert (error.code, error.place.row, error.place.column) == ("recipients.reserved-heading", 1, name.upper())


def test_all_letter_facts_of_the_contract_are_reserved():
    facts = ["nomor", "tanggal", "kantor", "penandatangan", "penerima"]
    facts += ["surat", "pemilihan", "tahapan", "dasar", "isian"]
    facts += ["para_penandatangan", "naskah", "sebutan", "hijriah"]
    assert set(facts) == RESERVED


def test_a_missing_column_is_told_with_the_nearest_heading(csv_file):
    errors = refusal(csv_file("Kode;Klompok;Nama\nK1;camat;Budi\n"))
    assert [error.code for error in errors] == ["recipients.missing-column"] * 2
    assert "kelompok" in str(errors[0])
    assert "Klompok" in said(errors[0])
    assert "jabatan" in str(errors[1])
    assert "nama" in said(errors[1])


def test_required_columns_can_be_chosen(csv_file):
    table = read_recipients(csv_file("kode;nama\nK1;Budi\n"), required=("kode", "nama"))
    assert table.recipients[0].group == ""
    assert only_error(csv_file("kode;nama\nK1;\n"), required=("kode", "nama")).place.column == "nama"


def test_required_column_may_be_empty_where_the_caller_fills_it(csv_file):
    table = read_recipients(csv_file("kode;kelompok;jabatan\nK1;camat;\n"), blank=("jabatan",))
    assert table.recipients[0].fields["jabatan"] == ""
    assert only_error(csv_file("kode;kelompok\nK1;camat\n"), blank=("jabatan",)).code == "recipients.missing-column"


def test_any_further_column_becomes_a_field(csv_file):
    table = read_recipients(csv_file("kode;kelompok;jabatan;Jumlah Desa\nK1;camat;Camat;18\n"))
    assert table.recipients[0].fields["jumlah_desa"] == "18"


def test_headings_below_a_title_are_told_alone(xlsx_file):
    rows = [["DAFTAR PENERIMA", None, None], ["Tahun 2026", None, None], ["kode", "kelompok", "jabatan"]]
    error = only_error(xlsx_file([*rows, ["K1", "camat", "Camat"]]))
    assert (error.code, error.place.row, error.params["found"]) == ("recipients.titles-above", 1, 3)


def test_a_heading_with_an_excel_error_is_refused(xlsx_file):
    assert only_error(xlsx_file(column(["x"], "=1+1"))).code == "recipients.no-stored-value"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("kode", Rule.CODE),
        ("kode_pos", Rule.TEXT),
        ("nip", Rule.NIP),
        ("nip_ketua", Rule.NIP),
        ("nip_nrp", Rule.TEXT),
        ("nik", Rule.NIK),
        ("unik", Rule.TEXT),
        ("tanggal_acara", Rule.DATE),
        ("tgl", Rule.DATE),
        ("nilai_tanggal", Rule.TEXT),
        ("no_hp", Rule.PHONE),
        ("jumlah_suara", Rule.TEXT),
    ],
)
def test_the_name_of_a_column_says_what_it_holds(name, rule):
    assert rule_of(name) is rule


@given(st.integers(0, 18_000))
def test_columns_are_lettered_as_in_excel(index):
    assert column_letter(index) == get_column_letter(index + 1)
