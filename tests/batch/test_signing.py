"""Who signs: every form as facts, and what does not fit the post."""

import pytest

from letters.batch.signing import printed_nip
from tests.batch.offices import LETTER, codes_of, facts_of, office_in, plan_of

ROW = {"kelompok": "camat", "jabatan": "Camat Diwek"}
OFFICE = office_in("Kabupaten Jombang", "Jawa Timur")
GOVERNMENT = office_in("Kabupaten Jombang", "Jawa Timur", level="pemda")
NIP = "19720103 199503 1 001"


def signed(settings: str, **keys: str) -> str:
    """Return `settings` with these keys for the chair."""
    lines = "".join(f'{key} = "{value}"\n' for key, value in keys.items())
    return settings.replace('jabatan = "Ketua"\nnama = ""\n', lines)


@pytest.mark.parametrize(
    ("keys", "facts"),
    [
        ({"jabatan": "Ketua"}, {"atas_nama": "", "untuk_beliau": "", "pelaksana": ""}),
        ({"jabatan": "Ketua", "pelaksana": "Plh."}, {"pelaksana": "Plh."}),
        (
            {"jabatan": "Kepala Sekretariat", "atas_nama": "Ketua Bawaslu", "nip": "197201031995031001"},
            {"atas_nama": "a.n. Ketua Bawaslu", "pemberi_mandat": "Ketua Bawaslu", "nip": NIP},
        ),
        ({"jabatan": "Kasubbag", "atas_nama": "a.n. Ketua"}, {"atas_nama": "a.n. Ketua", "pemberi_mandat": "Ketua"}),
        (
            {"jabatan": "Kasubbag", "atas_nama": "Ketua", "untuk_beliau": "Kepala Sekretariat"},
            {"atas_nama": "a.n. Ketua", "untuk_beliau": "Kepala Sekretariat"},
        ),
        (
            {"jabatan": "Kasubbag", "atas_nama": "a.n. Ketua\\nKepala Sekretariat\\nu.b."},
            {"atas_nama": "a.n. Ketua", "untuk_beliau": "Kepala Sekretariat"},
        ),
    ],
)
def test_facts_of_who_signs(tmp_path, keys, facts):
    signatory = facts_of(plan_of(tmp_path, ROW, signed(OFFICE, **keys)))["penandatangan"]
    assert {name: signatory[name] for name in facts} == facts


def test_two_sign_and_the_number_has_the_code_of_the_first(tmp_path):
    office = OFFICE + '\n[penandatangan.sekretaris]\njabatan = "Kepala Sekretariat"\nkode = "JI-08"\n'
    template = LETTER.replace(
        'klasifikasi = "PM.00.02"', 'klasifikasi = "PM.00.02"\npenandatangan = ["ketua", "sekretaris"]'
    )
    facts = facts_of(plan_of(tmp_path, ROW, office, template))
    assert [one["jabatan"] for one in facts["para_penandatangan"]] == ["Ketua", "Kepala Sekretariat"]
    assert facts["penandatangan"] == facts["para_penandatangan"][0]
    assert "/K.JI-08/" in facts["nomor"]


def test_everyone_who_is_not_in_the_settings_is_named(tmp_path):
    template = LETTER.replace(
        'klasifikasi = "PM.00.02"', 'klasifikasi = "PM.00.02"\npenandatangan = ["x", "ketua", "y"]'
    )
    assert codes_of(plan_of(tmp_path, ROW, OFFICE, template)) == ["batch.unknown-signatory"] * 2


@pytest.mark.parametrize(
    ("settings", "keys", "code"),
    [
        (OFFICE, {"jabatan": "Ketua", "nip": NIP}, "batch.nip-of-no-servant"),
        (OFFICE, {"jabatan": "Ketua Bawaslu Kabupaten Jombang", "pangkat": "Pembina"}, "batch.nip-of-no-servant"),
        (OFFICE, {"jabatan": "Koordinator Divisi Pencegahan", "nip": NIP}, "batch.nip-of-no-servant"),
        (GOVERNMENT, {"jabatan": "Bupati Jombang", "nip": NIP}, "batch.nip-of-no-servant"),
        (OFFICE, {"jabatan": "Kepala Sekretariat", "nip": "1972"}, "batch.nip-length"),
        (OFFICE, {"jabatan": "Plh. Ketua", "pelaksana": "Plh."}, "batch.acting-twice"),
        (OFFICE, {"jabatan": "PLH Ketua"}, "batch.acting-spelling"),
        (OFFICE, {"jabatan": "Ketua", "pelaksana": "Pj."}, "batch.acting-commissioner"),
        (
            OFFICE,
            {"jabatan": "Kepala Sekretariat", "pelaksana": "Plt.", "atas_nama": "Ketua"},
            "batch.acting-on-behalf",
        ),
        (OFFICE, {"jabatan": "Kasubbag", "untuk_beliau": "Kepala Sekretariat"}, "batch.delegate-alone"),
        (OFFICE, {"jabatan": "Ketua,"}, "batch.post-punctuation"),
        (OFFICE, {"jabatan": "a.n. Ketua"}, "batch.post-punctuation"),
    ],
)
def test_what_does_not_fit_the_post_is_told(tmp_path, settings, keys, code):
    assert codes_of(plan_of(tmp_path, ROW, signed(settings, **keys))) == [code]


@pytest.mark.parametrize(
    ("settings", "keys"),
    [
        (OFFICE, {"jabatan": "Kepala Sekretariat", "nip": NIP, "pangkat": "Pembina"}),
        (OFFICE, {"jabatan": "Ketua", "pelaksana": "Plh."}),
        (GOVERNMENT, {"jabatan": "Bupati Jombang", "pelaksana": "Pj.", "nip": NIP}),
        (GOVERNMENT, {"jabatan": "Sekretaris Daerah", "nip": NIP}),
        (GOVERNMENT, {"jabatan": "Kepala Bagian", "atas_nama": "Bupati", "untuk_beliau": "Sekretaris Daerah"}),
    ],
)
def test_right_forms_are_left_alone(tmp_path, settings, keys):
    assert codes_of(plan_of(tmp_path, ROW, signed(settings, **keys))) == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("197201031995031001", NIP), ("19720103.199503.1.001", NIP), (NIP, NIP), ("123", "123"), ("", "")],
)
def test_nip_is_printed_in_four_groups(typed, printed):
    assert printed_nip(typed) == printed
