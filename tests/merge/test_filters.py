"""The filters and tests templates may use."""

from __future__ import annotations

from datetime import date

import pytest

DAY = date(2024, 9, 24)
STAGE = {"nama": "Kampanye", "mulai": date(2024, 9, 25), "selesai": date(2024, 11, 23)}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("d|tanggal", "24 September 2024"),
        ("'2024-09-24'|tanggal", "24 September 2024"),
        ("'Selasa, 24 September 2024'|tanggal_angka", "24-09-2024"),
        ("d|hari_tanggal", "Selasa, 24 September 2024"),
        ("d|hari_tanggal_singkat", "Selasa (24/09/2024)"),
        ("d|tanggal_angka", "24-09-2024"),
        ("d|tanggal_terbilang", "hari Selasa tanggal dua puluh empat bulan September tahun dua ribu dua puluh empat"),
        (
            "d|tanggal_pembuka",
            "Selasa, tanggal Dua Puluh Empat, bulan September, tahun Dua Ribu Dua Puluh Empat (24-09-2024)",
        ),
        ("d|bulan_romawi", "IX"),
        ("4|romawi", "IV"),
        ("'21'|romawi", "XXI"),
        ("21|terbilang", "dua puluh satu"),
        ("1500000|angka", "1.500.000"),
        ("1|jumlah('berkas')", "1 (satu) berkas"),
        ("'1.500.000'|rupiah", "Rp1.500.000,00"),
        ("tahapan|periode", "25 September s.d. 23 November 2024"),
        ("tahapan.mulai|periode(tahapan.selesai)", "25 September s.d. 23 November 2024"),
        ("d|periode", "24 September 2024"),
        ("d|periode(d)", "24 September 2024"),
        ("'09.00'|jam('WIB')", "pukul 09.00 WIB s.d. selesai"),
        ("'9:00'|jam('WITA', '12.30')", "pukul 09.00 s.d. 12.30 WITA"),
        ("'09.00'|jam('12.30', 'WIT')", "pukul 09.00 s.d. 12.30 WIT"),
        ("'09.00'|jam('WIB', '')", "pukul 09.00 WIB"),
        ("'09.00'|jam('WIB', 'selesai')", "pukul 09.00 WIB s.d. selesai"),
        ("'Camat Diwek'|upper", "CAMAT DIWEK"),
        ("'CAMAT'|lower", "camat"),
        ("'KABUPATEN JOMBANG (kota)'|title", "Kabupaten Jombang (Kota)"),
        ("'  a b  '|trim", "a b"),
        ("['a', 'b', 3]|join(', ')", "a, b, 3"),
        ("dasar|join('; ', 'nama')", "UU; PP"),
        ("dasar|join('; ', attribute='nama')", "UU; PP"),
        ("alamat|baris|join(' / ')", "Jalan Satu / Jombang"),
        ("(alamat|baris)[0]", "Jalan Satu"),
        ("['a', 'b']|first ~ ['a', 'b']|last", "ab"),
        ("'abc'|length ~ dasar|length ~ tahapan|length", "323"),
        ("kosong|default('-')", "-"),
        ("apa|default('-')", "-"),
        ("tahapan.akhir|default('-')", "-"),
        ("''|default('-', true)", "-"),
        ("'x'|default('-', true)", "x"),
        ("[]|first|default('-')", "-"),
    ],
)
def test_a_filter_gives_what_an_office_writes(merge, expression, expected):
    facts = {
        "d": DAY,
        "tahapan": STAGE,
        "dasar": [{"nama": "UU"}, {"nama": "PP"}],
        "alamat": "Jalan Satu\r\n\n  Jombang ",
        "kosong": None,
    }
    assert merge(f"{{{{ {expression} }}}}", facts).values == (expected,)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("''|tanggal", "merge.no-date"),
        ("'31 Februari 2024'|tanggal", "merge.no-date"),
        ("3|tanggal", "merge.no-date"),
        ("none|tanggal", "merge.empty-value"),
        ("0|romawi", "merge.number-range"),
        ("4000|romawi", "merge.number-range"),
        ("'1,5'|terbilang", "merge.no-number"),
        ("'-1'|rupiah", "merge.no-number"),
        ("true|terbilang", "merge.value-type"),
        ("'1' ~ '0000'|rupiah", ""),
        ("99999999999999999999999999999999999999|terbilang", "merge.number-range"),
        ("d|periode(awal)", "merge.period-order"),
        ("stage_tanpa_tanggal|periode", "merge.empty-value"),
        ("'25.00'|jam('WIB')", "merge.no-time"),
        ("'09.00'|jam('WIBB')", "merge.no-time"),
        ("['a', none]|join", "merge.empty-value"),
        ("['a', ['b']]|join", "merge.list-printed"),
        ("[]|first", "merge.list-too-short"),
        ("'abc'|first", "merge.no-list"),
        ("none|length", "merge.empty-value"),
        ("3|jumlah", "merge.expression"),
    ],
)
def test_a_filter_refuses_what_it_is_not_made_for(merge, problems_of, expression, code):
    facts = {"d": DAY, "awal": date(2024, 1, 1), "stage_tanpa_tanggal": {"mulai": None, "selesai": None}}
    if not code:
        assert merge(f"{{{{ {expression} }}}}", facts).values
        return
    [problem] = problems_of(merge, f"a\n{{{{ {expression} }}}}", facts)
    assert (problem.code, problem.place.line) == (code, 6)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("d is defined", "y"),
        ("apa is defined", "n"),
        ("apa is undefined", "y"),
        ("kosong is none", "y"),
        ("'a' is string", "y"),
        ("3 is number", "y"),
        ("true is number", "n"),
        ("tabel is mapping", "y"),
    ],
)
def test_a_test_answers(merge, test, expected):
    facts = {"d": DAY, "kosong": None, "tabel": {}}
    assert merge(f"{{{{ 'y' if {test} else 'n' }}}}", facts).values == (expected,)
