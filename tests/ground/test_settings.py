"""letters.toml: what it gives, and that everything wrong in it is said at once, with its line."""

import pickle
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from letters.errors import LettersError, Problem, SettingsError
from letters.messages import problem_text
from letters.settings import Paper, Settings, read_settings

SMALL = """
[kantor]
nama = "Bawaslu Kabupaten Jombang"
tingkat = "kabupaten"
kop = ["BADAN PENGAWAS PEMILIHAN UMUM", "KABUPATEN JOMBANG"]
alamat = "Jalan Contoh Nomor 1, Jombang"
kota = "Jombang"
zona_waktu = "WIB"

[penandatangan.ketua]
jabatan = "Ketua"
nama = "Nama Ketua"
"""

FULL = (
    SMALL.replace("zona_waktu", 'logo = "gambar/logo.png"\nwilayah = "Kabupaten Jombang"\ntelepon = "0321"\nzona_waktu')
    + """
kode = "K.JI-08"

[penandatangan.sekretaris]
jabatan = "Kepala Sekretariat"
nama = "Nama Sekretaris"
nip = "19720103 199503 1 001"
pangkat = "Pembina"
atas_nama = "a.n. KETUA"
pelaksana = "Plh."

[deret.surat]
pola = "{urut:03}/{klasifikasi}/{kode}/{bulan:02}/{tahun}"
per = ["klasifikasi", "kode"]
periode = "bulan"
mulai = 12

[deret.edaran]
pola = "NOMOR {urut} TAHUN {tahun}"

[kertas]
ukuran = "F4"
huruf = "Arial"
ukuran_huruf = 11.5

[berkas]
penerima = "undangan.xlsx"

[register]
url = "postgresql://kantor/register"

[isian]
narahubung = "Sekretariat"
jumlah = 3
hari = 2024-10-08
daftar = ["a", "b"]
acara = { tempat = "Pendopo" }
"""
)


def write(folder: Path, text: str) -> Path:
    path = folder / "letters.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str) -> Settings:
    return read_settings(write(folder, text))


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(SettingsError) as caught:
        read(folder, text)
    return caught.value.problems


def found(folder: Path, text: str) -> list[tuple[int, str]]:
    return [(problem.place.line, f"{problem.code} {problem}") for problem in problems(folder, text)]


# -- what it gives


def test_small_file_is_enough_and_has_sensible_defaults(tmp_path):
    settings = read(tmp_path, SMALL)
    assert settings.office.name == "Bawaslu Kabupaten Jombang"
    assert settings.office.letterhead == ("BADAN PENGAWAS PEMILIHAN UMUM", "KABUPATEN JOMBANG")
    assert settings.office.extra == {}
    ketua = settings.signatories["ketua"]
    assert (ketua.title, ketua.code, ketua.nip, ketua.prefix, ketua.acting) == ("Ketua", "", "", "", "")
    assert settings.series == {}
    paper = settings.paper
    assert (paper.size, paper.width_mm, paper.height_mm) == ("A4", 210, 297)
    assert (paper.font, paper.font_size) == ("Bookman Old Style", 12)
    assert (settings.recipients, settings.register_url, settings.template_facts) == ("", "", {})


def test_full_file_gives_everything(tmp_path):
    settings = read(tmp_path, FULL)
    office = settings.office
    assert (office.level, office.city, office.time_zone) == ("kabupaten", "Jombang", "WIB")
    assert (office.logo, office.region) == ("gambar/logo.png", "Kabupaten Jombang")
    assert office.extra == {"telepon": "0321"}
    assert settings.signatories["ketua"].code == "K.JI-08"
    sekretaris = settings.signatories["sekretaris"]
    assert (sekretaris.nip, sekretaris.rank) == ("19720103 199503 1 001", "Pembina")
    assert (sekretaris.prefix, sekretaris.acting) == ("a.n. KETUA", "Plh.")
    surat, edaran = settings.series["surat"], settings.series["edaran"]
    assert surat.pattern == "{urut:03}/{klasifikasi}/{kode}/{bulan:02}/{tahun}"
    assert (surat.period, surat.per, surat.start) == ("bulan", ("klasifikasi", "kode"), 12)
    assert (edaran.period, edaran.per, edaran.start) == ("tahun", (), 1)
    assert (settings.paper.width_mm, settings.paper.height_mm, settings.paper.font_size) == (215, 330, 11.5)
    assert settings.recipients == "undangan.xlsx"
    assert settings.register_url == "postgresql://kantor/register"
    assert settings.template_facts == {
        "narahubung": "Sekretariat",
        "jumlah": 3,
        "hari": date(2024, 10, 8),
        "daftar": ["a", "b"],
        "acara": {"tempat": "Pendopo"},
    }


@pytest.mark.parametrize("written", ['"""Jalan A\nTelepon B\n"""', '["Jalan A", "Telepon B"]', '"Jalan A\\nTelepon B"'])
def test_address_is_lines_however_it_is_written(tmp_path, written):
    text = SMALL.replace('"Jalan Contoh Nomor 1, Jombang"', written)
    assert read(tmp_path, text).office.address == ("Jalan A", "Telepon B")


def test_blanks_around_texts_are_dropped(tmp_path):
    assert read(tmp_path, SMALL.replace('"Jombang"', '"  Jombang "')).office.city == "Jombang"


@pytest.mark.parametrize(
    ("size", "sides"),
    [("A4", (210, 297)), ("a4", (210, 297)), ("F4", (215, 330)), ("210x330", (210, 330)), ("215 × 330", (215, 330))],
)
def test_paper_sizes_are_in_millimetres(size, sides):
    paper = Paper(size=size)
    assert (paper.width_mm, paper.height_mm) == sides


def test_settings_cannot_be_changed(tmp_path):
    settings = read(tmp_path, SMALL)
    with pytest.raises(ValidationError, match="frozen"):
        settings.office.city = "Kediri"


def test_settings_travel_to_other_processes(tmp_path):
    settings = read(tmp_path, FULL)
    assert pickle.loads(pickle.dumps(settings)) == settings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_file_of_a_windows_editor_is_read(tmp_path, encoding):
    path = tmp_path / "letters.toml"
    path.write_bytes(SMALL.replace("\n", "\r\n").replace("Nama Ketua", "Étoile").encode(encoding))
    assert read_settings(path).signatories["ketua"].name == "Étoile"


# -- what is wrong


def test_missing_file_is_said_with_its_name(tmp_path):
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path / "letters.toml")
    [problem] = caught.value.problems
    assert problem.code == "settings.missing"
    assert "letters.toml" in problem.place.file


def test_other_encoding_is_said(tmp_path):
    path = tmp_path / "letters.toml"
    path.write_bytes(SMALL.replace("Nama", "Étoile").encode("cp1252"))
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    assert caught.value.problems[0].code == "settings.encoding"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('[kantor]\nnama = "A"\nkota = Jombang\n', 3, "settings.syntax"),
        ('[kantor]\nnama = "A\nkota = "B"\n', 2, "settings.syntax"),
        ('[kantor]\nlogo = "gambar\\logo.png"\n', 2, "settings.syntax"),
        ('[kantor\nnama = "A"\n', 1, "settings.syntax"),
        ('[kantor]\nnama = "A"\nnama = "B"\n', 3, "settings.duplicate-key"),
        ("[kantor]\n\n[kantor]\n", 3, "settings.duplicate-key"),
        ('[kantor]\nkop = ["A",\n"B"\n', 3, "settings.syntax"),
    ],
)
def test_syntax_error_is_said_with_its_line(tmp_path, text, line, code):
    [problem] = problems(tmp_path, text)
    assert (problem.place.line, problem.code) == (line, code)
    assert problem.place.file.endswith("letters.toml")


BROKEN = """
[kantor]
nama = "Bawaslu"
tingkat = "kabupatn"
kop = []
alamatt = "Jalan"
kota = 5
zona_waktu = "WIB"
logo = "../logo.png"
no-telp = "1"

[penandatangan.ketua]
nama = ""
nipp = "1"

[deret.surat]
pola = "{urut:03}"
periode = "minggu"
per = ["klasifikasi", "hari"]
mulai = 0

[kertas]
ukuran = "A7"
huruf = "Arial; }"
ukuran_huruf = 60

[isian]
harga = 1.5
acara = { jam = 09:00:00 }

[deretan]
"""


def test_everything_wrong_is_said_at_once_with_key_and_line(tmp_path):
    assert found(tmp_path, BROKEN) == [
        (2, 'settings.missing-key "kantor.alamat" is missing.'),
        (4, 'settings.wrong-choice "kantor.tingkat" cannot be "kabupatn".'),
        (5, 'settings.empty "kantor.kop" is empty.'),
        (6, 'settings.not-allowed "kantor.alamatt" is not known here.'),
        (7, 'settings.wrong-type "kantor.kota" must be text, not 5.'),
        (
            9,
            'settings.not-allowed "kantor.logo" must be a file in the folder of letters.toml, not "../logo.png".',
        ),
        (10, 'settings.not-allowed "kantor.no-telp" cannot be named in a template.'),
        (12, 'settings.missing-key "penandatangan.ketua.jabatan" is missing.'),
        (14, 'settings.unknown-key "penandatangan.ketua.nipp" is not known here.'),
        (18, 'settings.wrong-choice "deret.surat.periode" cannot be "minggu".'),
        (19, 'settings.wrong-choice "deret.surat.per[2]" cannot be "hari".'),
        (20, 'settings.out-of-range "deret.surat.mulai" is 0, which is too small.'),
        (23, 'settings.not-allowed "kertas.ukuran" is "A7", which is no paper size.'),
        (24, 'settings.not-allowed "kertas.huruf" is "Arial; }", which is no name of a typeface.'),
        (25, 'settings.out-of-range "kertas.ukuran_huruf" is 60, which is too large.'),
        (28, 'settings.not-allowed "isian.harga" has the value 1.5, which cannot be printed as it is.'),
        (29, 'settings.not-allowed "isian.acara" has the value 09:00:00, which cannot be printed as it is.'),
        (31, 'settings.unknown-key "deretan" is not known here.'),
    ]


@pytest.mark.parametrize(
    ("change", "near"),
    [
        (('nama = "Nama Ketua"', 'nama = "A"\npangkt = "B"'), "pangkat"),
        (('nama = "Nama Ketua"', 'nama = "A"\n[kertas]\nUkuran = "A4"'), "ukuran"),
        (('kota = "Jombang"', 'kota = "Jombang"\nzona_wktu = "WIB"'), "zona_waktu"),
        (("[penandatangan.ketua]", "[penandatanganan.ketua]"), "penandatangan"),
    ],
)
def test_nearest_known_key_is_offered(tmp_path, change, near):
    remedies = [problem.remedy.format(**problem.params) for problem in problems(tmp_path, SMALL.replace(*change))]
    assert any(f'Did you mean "{near}"?' in remedy for remedy in remedies)


def test_known_keys_are_listed_when_none_is_near(tmp_path):
    [problem] = problems(tmp_path, SMALL + 'xyz = "A"\n')
    assert "jabatan, nama, kode" in problem.remedy.format(**problem.params)


def test_english_attribute_names_are_no_keys(tmp_path):
    [problem] = problems(tmp_path, SMALL + 'title = "A"\n')
    assert (problem.code, problem.params["key"]) == ("settings.unknown-key", "penandatangan.ketua.title")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('nama = "Nama Ketua"', "nama = 5", "settings.wrong-type"),
        ('jabatan = "Ketua"', 'jabatan = "   "', "settings.empty"),
        ('nama = "Nama Ketua"', 'nama = "A\\nB"', "settings.not-allowed"),
        ('nama = "Nama Ketua"', 'nama = "A\\u0000B"', "settings.not-allowed"),
        ('nama = "Nama Ketua"', 'nama = "A"\nnip = 197201031995031001', "settings.wrong-type"),
        ('nama = "Nama Ketua"', 'nama = "A"\npelaksana = "Plt"', "settings.wrong-choice"),
        ("[penandatangan.ketua]", '[penandatangan."bu ketua"]', "settings.bad-name"),
        ('nama = "Nama Ketua"', 'nama = "A"\n[kertas]\nukuran = "9999x10"', "settings.not-allowed"),
        ('nama = "Nama Ketua"', 'nama = "A"\n[kertas]\nukuran_huruf = "12"', "settings.wrong-type"),
        ('nama = "Nama Ketua"', 'nama = "A"\n[deret.a]\npola = "x"\nmulai = true', "settings.wrong-type"),
        ('nama = "Nama Ketua"', 'nama = "A"\n[deret.a]\npola = "x"\nper = "kode"', "settings.wrong-type"),
        ('nama = "Nama Ketua"', 'nama = "A"\n[deret]\na = "x"', "settings.wrong-type"),
        ('nama = "Nama Ketua"', 'nama = "A"\n[isian]\nx = 2024-10-08T09:00:00', "settings.not-allowed"),
        ('nama = "Nama Ketua"', 'nama = "A"\n[isian]\n"a b" = "x"', "settings.not-allowed"),
        ('zona_waktu = "WIB"', 'zona_waktu = "WIB"\nlogo = "/etc/logo.png"', "settings.not-allowed"),
        ('zona_waktu = "WIB"', 'zona_waktu = "WIB"\nlogo = "C:\\\\logo.png"', "settings.not-allowed"),
        ('zona_waktu = "WIB"', 'zona_waktu = "WIB"\ntelepon = 321', "settings.wrong-type"),
    ],
)
def test_value_is_refused_when_it_cannot_be_used(tmp_path, old, new, code):
    [problem] = problems(tmp_path, SMALL.replace(old, new))
    assert problem.code == code
    assert problem.place.line > 0


@pytest.mark.parametrize("text", [BROKEN, "", "[kantor]", "[penandatangan]", "kantor = 1\npenandatangan = []"])
def test_every_problem_can_be_told_in_words(tmp_path, text):
    """No message is left with an unfilled field, and none speaks of the machinery."""
    for problem in problems(tmp_path, text):
        words = problem_text(problem, "en")
        assert "pydantic" not in words.casefold()
        assert "Input should" not in words
        assert problem.remedy


@given(text=st.text())
def test_any_text_is_read_or_refused_in_words(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("settings") / "letters.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(LettersError) as caught:
        read_settings(path)
    assert all(problem_text(problem, "en") for problem in caught.value.problems)


VALUES = st.sampled_from(
    ["1", "1.5", "true", '""', '"x"', "[]", "{}", "[1]", '["x"]', "{x = 1}", "2024-01-01", "09:00:00"]
)
KEYS = st.sampled_from(["nama", "kop", "tingkat", "jabatan", "pola", "per", "mulai", "ukuran", "huruf", "x", '"a b"'])
TABLES = st.sampled_from(
    ["kantor", "penandatangan", "penandatangan.k", "deret", "deret.s", "kertas", "isian", "berkas"]
)


@given(lines=st.lists(st.tuples(TABLES, KEYS, VALUES), unique_by=lambda line: line[:2]))
def test_any_toml_is_read_or_refused_in_words(tmp_path_factory, lines):
    text = "".join(f"{table}.{key} = {value}\n" for table, key, value in lines)
    path = write(tmp_path_factory.mktemp("settings"), text)
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    words = [problem_text(problem, "en") for problem in caught.value.problems]
    assert words
    assert not any("Input should" in word for word in words)


def test_signatory_may_have_no_name_yet(tmp_path):
    assert read(tmp_path, SMALL.replace("Nama Ketua", "")).signatories["ketua"].name == ""
