"""What stands between the +++ lines."""

from __future__ import annotations

from datetime import date

FULL = """+++
jenis  = "imbauan"
judul  = "Imbauan netralitas ASN, masa kampanye"
pemilihan = "pemilihan-2024"
tahapan   = "kampanye"
hal    = "Imbauan Netralitas ASN {{ pemilihan.nama }}"
klasifikasi = "PM.00.02"
sifat  = "Segera"
lampiran = "1 (satu) berkas"
untuk  = ["sekda", "camat"]
dasar  = ["uu-10-2016:71(1)", "pp-94-2021:5n"]
tembusan = ["Ketua Bawaslu Provinsi Jawa Timur"]
penandatangan = "plh"
deret = ""
nomor = "satu"
gambar = ["denah.png"]

[dasar_kelompok]
camat = ["uu-20-2023:2f", "pp-94-2021:5n"]

[isian]
tempat = "Aula"
hari = 2024-10-08
peserta = 40
acara = ["Pembukaan", "Materi"]
+++
Isi.
"""


def test_every_key_is_read_under_its_english_name(make):
    front = make({"a.md": FULL}).load("a").front
    assert (front.kind, front.title) == ("imbauan", "Imbauan netralitas ASN, masa kampanye")
    assert (front.elections, front.stages, front.classification) == (("pemilihan-2024",), ("kampanye",), "PM.00.02")
    assert front.subject == "Imbauan Netralitas ASN {{ pemilihan.nama }}"
    assert (front.urgency, front.attachment, front.audience) == ("Segera", "1 (satu) berkas", ("sekda", "camat"))
    assert front.copies == ("Ketua Bawaslu Provinsi Jawa Timur",)
    assert (front.signatory, front.series, front.numbering, front.assets) == ("plh", "", "satu", ("denah.png",))
    assert front.facts == {
        "tempat": "Aula",
        "hari": date(2024, 10, 8),
        "peserta": 40,
        "acara": ["Pembukaan", "Materi"],
    }


def test_what_is_not_written_has_the_usual_value(make):
    front = make({"a.md": "Isi."}).load("a").front
    assert (front.urgency, front.signatory, front.series, front.numbering) == (
        "Biasa",
        "ketua",
        "surat",
        "per penerima",
    )
    assert (front.audience, front.bases, front.copies, front.facts, front.subject) == ((), (), (), {}, "")


def test_legal_bases_of_a_group_follow_the_common_ones_without_repetition(make):
    front = make({"a.md": FULL}).load("a").front
    assert front.bases_for("camat") == ("uu-10-2016:71(1)", "pp-94-2021:5n", "uu-20-2023:2f")
    assert front.bases_for("kapolsek") == front.bases


def test_the_line_of_each_key_is_known(make):
    template = make({"a.md": FULL}).load("a")
    assert template.place("hal").line == 6
    assert template.place("isian.hari").line == 23
    assert template.place("dasar_kelompok.camat").line == 19
    assert template.place("tanpa").line == 0
    assert template.place("hal").file == str(template.path)


def test_all_wrong_keys_are_reported_at_once_with_their_lines(make, problems_of):
    text = """+++
jenis = "imbauan"
hall = "Salah ketik"
untuk = "camat"
sifat = 3
nomor = "dua"
gambar = ["../logo.png"]
klasifikasi = ["x"]
[isian]
pukul = 09:00:00
[isian.dalam]
nilai = 1.5
+++
"""
    found = problems_of(make({"a.md": text}).load, "a")
    lines = {(problem.place.line, problem.params["key"]): problem.code for problem in found}
    assert lines == {
        (1, "judul"): "merge.front-matter-missing",
        (3, "hall"): "merge.front-matter-unknown",
        (4, "untuk"): "merge.front-matter-type",
        (5, "sifat"): "merge.front-matter-type",
        (6, "nomor"): "merge.front-matter-type",
        (7, "gambar"): "merge.front-matter-type",
        (8, "klasifikasi"): "merge.front-matter-type",
        (9, "isian"): "merge.front-matter-type",
    }
    assert 'Did you mean "hal"' in next(p.remedy.format(**p.params) for p in found if p.params["key"] == "hall")


def test_broken_toml_is_reported_at_its_line_of_the_file(make, problems_of):
    [problem] = problems_of(make({"a.md": '+++\njenis = "imbauan"\njudul = Imbauan\n+++\n'}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.front-matter-toml", 3)


def test_toml_broken_at_its_end_is_reported_at_its_last_line(make, problems_of):
    [problem] = problems_of(make({"a.md": '+++\njenis = "imbauan"\nuntuk = ["camat",\n+++\n'}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.front-matter-toml", 3)
    assert "ends in the middle" in problem.message


def test_a_key_written_twice_is_reported(make, problems_of):
    [problem] = problems_of(make({"a.md": '+++\njenis = "a"\njenis = "b"\n+++\n'}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.front-matter-toml", 3)


def test_a_front_matter_never_closed_is_reported(make, problems_of):
    [problem] = problems_of(make({"a.md": '+++\njenis = "a"\n\nIsi'}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.front-matter-open", 1)


def test_a_file_without_front_matter_is_no_letter(make, problems_of):
    [problem] = problems_of(make({"naskah/surat.md": "Isi"}).load, "naskah/surat")
    assert problem.code == "merge.no-front-matter"


def test_an_empty_title_is_refused(make, problems_of):
    [problem] = problems_of(make({"a.md": '+++\njenis = "a"\njudul = "  "\n+++\n'}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.front-matter-type", 3)


def test_problems_of_front_matter_and_body_come_together(make, problems_of):
    found = problems_of(make({"a.md": '+++\njenis = "a"\n+++\n{{ 1 + 1 }}\n{{ x|bogus }}'}).load, "a")
    assert [(problem.code, problem.place.line) for problem in found] == [
        ("merge.front-matter-missing", 1),
        ("merge.forbidden", 4),
        ("merge.forbidden", 5),
    ]


def test_a_free_fact_with_an_expression_is_refused_because_it_would_be_printed_as_it_stands(make, problems_of):
    text = '+++\njenis = "a"\njudul = "b"\n[isian]\nkalimat = "Kepada {{ jabatan }}"\n+++\n'
    [problem] = problems_of(make({"a.md": text}).load, "a")
    assert (problem.code, problem.place.line) == ("merge.fact-with-expression", 5)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(make, tmp_path):
    plain = make({"a.md": FULL}).load("a")
    path = tmp_path / "templates" / "b.md"
    path.write_bytes(b"\xef\xbb\xbf" + FULL.replace("\n", "\r\n").encode())
    other = make({}).load("b")
    assert other.front == plain.front
    assert other.place("hal").line == plain.place("hal").line
