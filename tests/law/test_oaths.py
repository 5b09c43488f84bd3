"""Spoken texts: the package's wording word for word, openings by religion, slots, and an office's own texts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from letters.errors import LawError, Place, Severity
from letters.law import OathBook, person_problems, spoken

BOOK = OathBook.load()
PILKADA = {"pemilihan": {"nama": "Pemilihan Tahun 2024", "rezim": "pemilihan"}}
DUTIES = (
    "Bahwa saya akan memenuhi tugas dan kewajiban saya sebagai anggota {} dengan sebaik-baiknya sesuai dengan "
    "peraturan perundang-undangan, dengan berpedoman pada Pancasila dan Undang-Undang Dasar Negara Republik Indonesia "
    "Tahun 1945."
)
CARE = (
    "Bahwa saya dalam menjalankan tugas dan wewenang akan bekerja dengan sungguh-sungguh, jujur, adil, dan cermat demi "
    "suksesnya {}, tegaknya demokrasi dan keadilan, serta mengutamakan kepentingan Negara Kesatuan Republik Indonesia "
    "daripada kepentingan pribadi atau golongan."
)
PEMILU = "Pemilu anggota DPR, DPD, Presiden dan Wakil Presiden, dan DPRD"


def oath(*rows: dict[str, str], **facts: Any) -> dict[str, Any]:
    return spoken(BOOK.facts("sumpah-pengawas", ()), rows, PILKADA | facts)


def person(religion: str = "Islam", post: str = "Anggota Panwaslu Kecamatan Diwek", **more: str) -> dict[str, str]:
    return {"agama": religion, "jabatan": post, **more}


def own(tmp_path: Path, text: str) -> OathBook:
    path = tmp_path / "ikrar.toml"
    path.write_text(text, "utf-8")
    return OathBook.load(path)


# -- wording ------------------------------------------------------------------------------------------


def test_pledge_of_civil_servants_is_the_national_text():
    pledge = spoken(BOOK.facts("ikrar-asn", ()), [], {"pemilihan": {"nama": "Pemilu dan Pemilihan Tahun 2024"}})
    assert pledge["judul"] == [
        "IKRAR NETRALITAS PEGAWAI APARATUR SIPIL NEGARA",
        "PADA PEMILU DAN PEMILIHAN TAHUN 2024",
    ]
    assert pledge["pembuka"] == ("Dalam rangka menyukseskan pelaksanaan Pemilu dan Pemilihan Tahun 2024 kami berikrar:")
    assert pledge["butir"] == [
        "Menjaga dan menegakkan prinsip netralitas Pegawai ASN di instansi masing-masing dalam melaksanakan fungsi "
        "pelayanan publik baik sebelum, selama, maupun sesudah pelaksanaan Pemilu dan Pemilihan Tahun 2024.",
        "Menghindari konflik kepentingan, tidak melakukan praktik-praktik intimidasi dan ancaman kepada Pegawai ASN "
        "dan seluruh elemen masyarakat serta tidak memihak kepada pasangan calon tertentu.",
        "Menggunakan media sosial secara bijak dan tidak menyebarkan ujaran kebencian serta berita bohong.",
        "Menolak politik uang dan segala jenis pemberian dalam bentuk apapun.",
    ]
    assert pledge["penutup"] == (
        "Demikian ikrar ini kami buat dan dilaksanakan dengan penuh integritas dan rasa tanggung jawab dalam rangka "
        "mewujudkan netralitas Pegawai ASN yang bermartabat, beretika dan demokratis, demi terwujudnya persatuan dan "
        "kesatuan NKRI."
    )


@pytest.mark.parametrize(
    ("regime", "election"), [("pemilu", PEMILU), ("pemilihan", "Pemilihan Kepala Daerah dan Wakil Kepala Daerah")]
)
def test_oath_of_supervisors_has_two_sentences(regime, election):
    (group,) = oath(person(), pemilihan={"rezim": regime})["golongan"]
    assert group["butir"] == [DUTIES.format("Panwaslu Kecamatan Diwek"), CARE.format(election)]


def test_every_fixed_text_names_its_source_and_status():
    fixed = [text for text in BOOK.texts.values() if text.fixed != "C"]
    assert {text.id: text.status for text in fixed} == {
        "ikrar-asn": "sudah",
        "sumpah-pengawas": "belum",
        "sumpah-saksi-klarifikasi": "belum",
        "sumpah-ahli-klarifikasi": "belum",
        "sumpah-saksi-sengketa": "belum",
        "sumpah-ahli-sengketa": "belum",
        "sumpah-pns": "belum",
    }
    assert all(text.source for text in fixed)


@pytest.mark.parametrize(
    ("text", "form", "rule"),
    [
        ("sumpah-saksi-klarifikasi", "Model B.10", "Nomor 7 Tahun 2022"),
        ("sumpah-ahli-klarifikasi", "Model B.11", "Nomor 7 Tahun 2022"),
        ("sumpah-saksi-sengketa", "Model PSP-13", "Nomor 2 Tahun 2020"),
        ("sumpah-ahli-sengketa", "Model PSP-14", "Nomor 2 Tahun 2020"),
    ],
)
def test_oaths_of_witnesses_and_experts_name_their_form_and_hold_no_invented_words(text, form, rule):
    oath = BOOK.text(text)
    assert (form in oath.article, rule in oath.article, oath.points) == (True, True, ())
    (told,) = BOOK.wordless(text, Place())
    assert (told.code, told.severity) == ("law.no-oath-words", Severity.ERROR)


CIVIL_SERVANT = [
    "bahwa saya, untuk diangkat menjadi pegawai negeri sipil, akan setia dan taat sepenuhnya kepada Pancasila, "
    "Undang-Undang Dasar Negara Republik Indonesia Tahun 1945, negara, dan pemerintah;",
    "bahwa saya, akan mentaati segala peraturan perundang-undangan yang berlaku dan melaksanakan tugas kedinasan yang "
    "dipercayakan kepada saya dengan penuh pengabdian, kesadaran, dan tanggung jawab;",
    "bahwa saya, akan senantiasa menjunjung tinggi kehormatan negara, pemerintah, dan martabat pegawai negeri sipil, "
    "serta akan senantiasa mengutamakan kepentingan negara daripada kepentingan saya sendiri, seseorang, "
    "atau golongan;",
    "bahwa saya, akan memegang rahasia sesuatu yang menurut sifatnya atau menurut perintah harus saya rahasiakan;",
    "bahwa saya, akan bekerja dengan jujur, tertib, cermat, dan bersemangat untuk kepentingan negara.",
]


@pytest.mark.parametrize(
    ("religion", "opening", "closing"),
    [
        ("Islam", "Demi Allah, saya bersumpah:", ""),
        ("Kristen", "Demi Allah, saya bersumpah:", "Kiranya Tuhan menolong saya."),
        ("Katolik", "Demi Allah, saya bersumpah:", "Kiranya Tuhan menolong saya."),
        ("Hindu", "Om Atah Paramawisesa, saya bersumpah:", ""),
        ("Buddha", "Demi Sang Hyang Adi Budha, saya bersumpah:", ""),
        (
            "Khonghucu",
            "Kehadirat Tian di tempat yang Maha tinggi dengan bimbingan rohani Nabi Kong Zi, Dipermuliakanlah, "
            "saya bersumpah:",
            "",
        ),
        ("Penghayat", "Demi Tuhan Yang Maha Esa, saya bersumpah:", ""),
    ],
)
def test_oath_of_civil_servants_is_that_of_their_regulation(religion, opening, closing):
    (group,) = spoken(BOOK.facts("sumpah-pns", ()), [person(religion, "Guru")], PILKADA)["golongan"]
    assert (group["pembuka"], group["butir"], group["penutup"]) == (opening, CIVIL_SERVANT, closing)


def test_office_changes_the_closing_of_one_oath_for_one_religion(tmp_path):
    book = own(tmp_path, '[[teks]]\nid = "sumpah-pns"\n[teks.menurut_agama.hindu]\npenutup = "Selesai."\n')
    closings = [
        spoken(book.facts(text, ()), [person(religion)], PILKADA)["golongan"][0]["penutup"]
        for text, religion in [("sumpah-pns", "Hindu"), ("sumpah-pns", "Kristen"), ("sumpah-pengawas", "Hindu")]
    ]
    assert closings == ["Selesai.", "Kiranya Tuhan menolong saya.", ""]


# -- religion and choice ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("religion", "opening", "closing"),
    [
        ("Islam", "Demi Allah, saya bersumpah:", ""),
        ("muslim", "Demi Allah, saya bersumpah:", ""),
        ("Kristen", "Demi Tuhan, saya berjanji:", "Semoga Tuhan menolong saya."),
        ("Katolik", "Demi Tuhan, saya berjanji:", "Semoga Tuhan menolong saya."),
        ("HINDU", "Om Atah Paramawisesa, saya bersumpah:", ""),
        ("Budha", "Demi Sang Hyang Adi Buddha, saya berjanji:", ""),
        (
            "Konghucu",
            "Ke hadirat Tian di tempat yang Maha Tinggi dengan bimbingan rohani Nabi Kong Zi, dipermuliakanlah, "
            "saya bersumpah:",
            "",
        ),
        ("Penghayat Kepercayaan", "Demi Tuhan Yang Maha Esa, saya bersumpah:", ""),
    ],
)
def test_religion_decides_opening_and_closing(religion, opening, closing):
    (group,) = oath(person(religion))["golongan"]
    assert (group["pembuka"], group["penutup"]) == (opening, closing)


@pytest.mark.parametrize(
    ("religion", "choice", "opening"),
    [
        ("Islam", "janji", "Demi Allah, saya berjanji:"),
        ("Kristen", "sumpah", "Demi Tuhan, saya bersumpah:"),
        ("Buddha", "janji", "Demi Sang Hyang Adi Buddha, saya berjanji:"),
        ("Islam", "keberatan", "Demi Tuhan Yang Maha Esa, saya menyatakan dan berjanji dengan sungguh-sungguh:"),
    ],
)
def test_choice_of_the_person_goes_before_the_custom(religion, choice, opening):
    (group,) = oath(person(religion, pilihan=choice))["golongan"]
    assert group["pembuka"] == opening


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (person(""), "law.unknown-religion"),
        (person("Isalm"), "law.unknown-religion"),
        (person(pilihan="ya"), "law.unknown-choice"),
        (person(post="Camat Diwek"), "law.unknown-body"),
    ],
    ids=["no religion", "slip", "no choice", "no supervisor"],
)
def test_nothing_is_guessed_when_the_row_does_not_say_it(row, code):
    assert [problem.code for problem in person_problems(BOOK.facts("sumpah-pengawas", ()), row)] == [code]
    with pytest.raises(LawError) as failed:
        oath(row)
    assert [problem.code for problem in failed.value.problems] == [code]


# -- who speaks together ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ("Anggota Bawaslu Provinsi Jawa Timur", "Bawaslu Provinsi Jawa Timur"),
        ("Ketua Bawaslu Kabupaten Jombang", "Bawaslu Kabupaten Jombang"),
        ("Anggota Bawaslu Kota Kediri", "Bawaslu Kota Kediri"),
        ("Anggota Panwaslu Kecamatan Diwek", "Panwaslu Kecamatan Diwek"),
        ("Panwaslu Desa Ceweng", "Panwaslu Desa Ceweng"),
        ("Panwaslu Kelurahan Jelakombo", "Panwaslu Kelurahan Jelakombo"),
        ("Pengawas TPS 003 Desa Ceweng", "Pengawas TPS 003 Desa Ceweng"),
        ("Anggota Panwaslih Kecamatan Ingin Jaya", "Panwaslih Kecamatan Ingin Jaya"),
    ],
)
def test_exactly_one_body_is_spoken_with_its_area(post, body):
    (group,) = oath(person(post=post))["golongan"]
    assert group["butir"][0] == DUTIES.format(body)
    assert "/" not in "".join(group["butir"])


def test_people_of_one_opening_and_body_speak_together_without_the_area():
    rows = [
        person("Kristen", "Panwaslu Desa Gudo"),
        person(post="Panwaslu Desa Ceweng"),
        person(post="Panwaslu Desa Bandung"),
        person(post="Panwaslu Kelurahan Jelakombo"),
    ]
    groups = oath(*rows)["golongan"]
    assert [(group["agama"], group["lembaga"], len(group["anggota"])) for group in groups] == [
        ("Islam", "Panwaslu Desa", 2),
        ("Islam", "Panwaslu Kelurahan Jelakombo", 1),
        ("Kristen Protestan", "Panwaslu Desa Gudo", 1),
    ]


def test_absent_people_speak_nothing_and_are_listed_apart():
    found = oath(person(), person("?", hadir="tidak", nama="Absen"))
    assert [row["nama_nip"] for row in found["peserta"]] == [""]
    assert [row["nama"] for row in found["berhalangan"]] == ["Absen"]


def test_clergy_of_religions_present_come_in_the_order_of_the_ceremony():
    clergy = [{"agama": name, "jabatan": "Rohaniwan"} for name in ("Hindu", "Katolik", "Islam")]
    found = oath(person("Katolik"), person(), isian={"rohaniwan": clergy})
    assert [row["agama"] for row in found["rohaniwan"]] == ["Islam", "Katolik"]


# -- slots --------------------------------------------------------------------------------------------


def test_subject_is_replaced_in_every_place_at_once():
    facts = {**PILKADA, "isian": {"subjek": "ASN dan Non ASN", "lokus": ""}}
    pledge = spoken(BOOK.facts("ikrar-asn", ()), [], facts)
    text = "\n".join([*pledge["judul"], *pledge["butir"], pledge["penutup"]])
    assert "Pegawai" not in text
    assert (text.count("ASN dan Non ASN"), text.count("ASN DAN NON ASN")) == (3, 1)
    assert "netralitas ASN dan Non ASN dalam melaksanakan" in text


def test_values_of_slots_are_never_read_again():
    pledge = spoken(BOOK.facts("ikrar-asn", ()), [], {"isian": {"nama_pemilihan": "{subjek} {x}"}})
    assert pledge["pembuka"] == "Dalam rangka menyukseskan pelaksanaan {subjek} {x} kami berikrar:"


def test_slot_that_stays_empty_is_told():
    with pytest.raises(LawError) as failed:
        spoken(BOOK.facts("ikrar-asn", ()), [], {"isian": {"subjek": ""}})
    assert [problem.params["slot"] for problem in failed.value.problems] == ["nama_pemilihan", "subjek"]


@pytest.mark.parametrize("regime", ["pemilu", "pemilihan"])
@pytest.mark.parametrize("name", [text.id for text in BOOK.texts.values() if text.kind != "sumpah"])
def test_words_of_one_regime_stay_out_of_the_other(name, regime):
    found = spoken(BOOK.facts(name, ()), [], {"pemilihan": {"nama": "X", "rezim": regime}})
    text = "\n".join([*found["judul"], found["pembuka"], *found["butir"], found["penutup"]])
    assert "{" not in text
    if name == "ikrar-asn":  # the joint decree's own words for both
        assert "pasangan calon tertentu" in text
    else:
        assert ("pasangan calon" in text, "peserta Pemilu" in text) in (
            [(False, True), (False, False)] if regime == "pemilu" else [(True, False), (False, False)]
        )


# -- verification, and an office's own texts ---------------------------------------------------------------


def test_unverified_oath_is_sure_once_the_office_confirms_its_words():
    line = BOOK.confirmation("sumpah-pengawas")
    assert re.fullmatch("sumpah-pengawas:[0-9a-f]{8}", line)
    assert [BOOK.is_verified("sumpah-pengawas", names) for names in ([], [line], [line.upper()])] == [False, True, True]
    assert [BOOK.facts("sumpah-pengawas", names)["status_verifikasi"] for names in ((), (line,))] == ["belum", "sudah"]
    assert all(BOOK.is_verified(text.id, []) for text in BOOK.texts.values() if text.kind != "sumpah")


@pytest.mark.parametrize(
    "changed",
    [
        '[[teks]]\nid = "sumpah-pengawas"\nbutir = ["Bahwa saya {lembaga} {pemilihan_sumpah}."]\n',
        '[[teks]]\nid = "sumpah-pengawas"\n[teks.isian.pemilihan_sumpah]\nnilai = "Pemilu"\n',
        '[[agama]]\nid = "hindu"\npembuka = "Om Swastyastu, saya {kata}:"\n',
        '[[pilihan]]\nid = "keberatan"\npembuka = "Saya berjanji:"\n',
    ],
)
def test_confirmed_words_that_change_are_no_longer_confirmed(tmp_path, changed):
    book, before = own(tmp_path, changed), [BOOK.confirmation("sumpah-pengawas")]
    (told,) = book.check_confirmed(before, Place())
    assert not book.is_verified("sumpah-pengawas", before)
    assert (told.code, told.severity) == ("law.not-these-words", Severity.WARNING)
    assert told.params["line"] == f'disahkan = ["{book.confirmation("sumpah-pengawas")}"]'
    assert book.is_verified("sumpah-pengawas", [book.confirmation("sumpah-pengawas")])


def test_notes_and_spellings_may_change_without_a_new_confirmation(tmp_path):
    said = '[[teks]]\nid = "sumpah-pengawas"\ncatatan = "x"\n[[agama]]\nid = "hindu"\nsebutan = ["Hindu Dharma"]\n'
    assert own(tmp_path, said).is_verified("sumpah-pengawas", [BOOK.confirmation("sumpah-pengawas")])


def test_confirmation_without_words_is_told_with_the_line_to_write():
    (told,) = BOOK.check_confirmed(["sumpah-pengawas"], Place())
    assert not BOOK.is_verified("sumpah-pengawas", ["sumpah-pengawas"])
    assert told.params["line"] == f'disahkan = ["{BOOK.confirmation("sumpah-pengawas")}"]'
    assert "without the fingerprint" in str(told)


def test_line_to_write_keeps_what_else_is_confirmed():
    line = BOOK.line("sumpah-pengawas", ["lain:12345678", "sumpah-pengawas"])
    assert line == f'disahkan = ["lain:12345678", "{BOOK.confirmation("sumpah-pengawas")}"]'


def test_fixed_words_that_an_office_changes_are_no_longer_verified(tmp_path):
    book = own(tmp_path, '[[teks]]\nid = "ikrar-asn"\npenutup = "Demikian netralitas {subjek}."\n')
    assert not book.is_verified("ikrar-asn", [])
    assert book.text("ikrar-asn").points == BOOK.text("ikrar-asn").points
    assert [(change.entry, change.key, change.line) for change in book.changes()] == [("teks/ikrar-asn", "penutup", 3)]


def test_fixed_words_of_an_office_are_verified_by_confirmation_alone(tmp_path):
    said = '[[teks]]\nid = "ikrar-asn"\npenutup = "Demikian netralitas {subjek}."\nstatus_verifikasi = "sudah"\n'
    book = own(tmp_path, said)
    assert not book.is_verified("ikrar-asn", [])
    assert book.is_verified("ikrar-asn", [book.confirmation("ikrar-asn")])
    assert own(tmp_path, '[[teks]]\nid = "ikrar-asn"\ncatatan = "x"\n').is_verified("ikrar-asn", [])


def test_office_changes_one_opening_and_keeps_the_rest(tmp_path):
    book = own(tmp_path, '[[agama]]\nid = "hindu"\npembuka = "Om Swastyastu, saya {kata}:"\n')
    found = spoken(book.facts("sumpah-pengawas", ()), [person("Hindu"), person("Islam")], PILKADA)
    assert [group["pembuka"] for group in found["golongan"]] == [
        "Demi Allah, saya bersumpah:",
        "Om Swastyastu, saya bersumpah:",
    ]


FREE = '[[teks]]\nid = "x"\nnama = "X"\njenis = "ikrar"\nkelas = "C"\njudul = ["X"]\nbutir = ["Y"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FREE.replace('"C"', '"A"'), "sumber or status_verifikasi is missing"),
        (FREE + 'status_verifikasi = "belum"\n', "are free (class C)"),
        (FREE.replace('"Y"', '"Y {subjek}"'), "only in the sentences or only under isian: subjek"),
        (FREE + '[teks.isian.subjek]\nnilai = "a"\n', "only in the sentences or only under isian: subjek"),
        (FREE.replace('butir = ["Y"]', "butir = []"), "has no words"),
        ('[[teks]]\nid = "sumpah-pns"\n[teks.menurut_agama.hindu]\npembuka = "Om:"\n', "must hold {kata} once"),
        ('[[agama]]\nid = "islam"\npembuka = "Demi Allah, saya bersumpah:"\n', "must hold {kata} once"),
        ('[[agama]]\nid = "islam"\nkata = "sumpah"\n', "cannot be"),
        ('[[teks]]\nid = "ikrar-asn"\nteks = "x"\n', "is not known here"),
    ],
)
def test_faults_of_an_offices_texts_are_told(tmp_path, text, message):
    with pytest.raises(LawError) as failed:
        own(tmp_path, text)
    assert message in str(failed.value.problems[0])
    assert failed.value.problems[0].place.file.endswith("ikrar.toml")


def test_unknown_text_is_told_with_a_near_one():
    with pytest.raises(LawError) as failed:
        BOOK.text("sumpah-pengawass")
    assert failed.value.problems[0].params["near"].startswith("sumpah-pengawas, ")
