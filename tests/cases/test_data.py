"""The worked example and the cases as data: tables and files are whole and say nothing they should not."""

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from letters.recipients import read_recipients
from letters.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.toml"))
WORKSPACES = [ROOT, *CASES]
KECAMATAN = [
    "Bandar Kedungmulyo",
    "Bareng",
    "Diwek",
    "Gudo",
    "Jogoroto",
    "Jombang",
    "Kabuh",
    "Kesamben",
    "Kudu",
    "Megaluh",
    "Mojoagung",
    "Mojowarno",
    "Ngoro",
    "Ngusikan",
    "Perak",
    "Peterongan",
    "Plandaan",
    "Ploso",
    "Sumobito",
    "Tembelang",
    "Wonosalam",
]
PER_KECAMATAN = {"camat": "Camat", "danramil": "Komandan Komando Rayon Militer", "kapolsek": "Kepala Kepolisian Sektor"}


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "recipients.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def by_name(folder: Path) -> str:
    return "root" if folder == ROOT else folder.name


def test_five_cases_are_there():
    assert [case.name for case in CASES] == [
        "cilegon-edaran",
        "jombang-ikrar",
        "jombang-imbauan",
        "kota-bengkulu-imbauan",
        "wuluhan-undangan",
    ]


@pytest.mark.parametrize("folder", WORKSPACES, ids=by_name)
def test_settings_and_table_are_read_without_a_complaint(folder):
    assert read_settings(folder / "letters.toml").office.city
    table = read_recipients(folder / "recipients.csv")
    assert table.recipients
    assert table.warnings == ()


@pytest.mark.parametrize("folder", WORKSPACES, ids=by_name)
def test_nobody_is_in_a_table_twice(folder):
    table = rows(folder)
    for column in ("kode", "jabatan"):
        assert [value for value, count in Counter(row[column] for row in table).items() if count > 1] == []


@pytest.mark.parametrize("folder", WORKSPACES, ids=by_name)
def test_people_are_named_by_post_only(folder):
    assert {row["nama"] for row in rows(folder)} == {""}
    signatories = tomllib.loads((folder / "letters.toml").read_text("utf-8"))["penandatangan"].values()
    assert {signatory["nama"] for signatory in signatories} == {""}


@pytest.mark.parametrize("folder", WORKSPACES, ids=by_name)
def test_addressees_are_written_as_posts_without_doubled_courtesy(folder):
    for row in rows(folder):
        assert not re.match(r"(Yth|Kepada|Bapak|Ibu|Saudara)\b", row["jabatan"])
        assert row["sapaan"] in ("Saudara", "Bapak", "Ibu")
        assert row["kota"]


def test_worked_example_writes_to_the_whole_regency():
    table = rows(ROOT)
    groups = Counter(row["kelompok"] for row in table)
    assert len(table) >= 70
    assert (groups["bupati_walikota"], groups["sekda"], groups["bkpsdm"]) == (1, 1, 1)
    assert groups["kepala_opd"] >= 10


@pytest.mark.parametrize("group", PER_KECAMATAN)
def test_every_kecamatan_has_its_camat_danramil_and_kapolsek(group):
    posts = [row["jabatan"] for row in rows(ROOT) if row["kelompok"] == group]
    assert posts == [f"{PER_KECAMATAN[group]} {name}" for name in KECAMATAN]


def test_address_in_a_kecamatan_names_that_kecamatan():
    for row in rows(ROOT):
        if row["kelompok"] in PER_KECAMATAN:
            assert row["jabatan"].endswith(f" {row['kota']}")
            assert row["instansi"].endswith(f" {row['kota']}")


def test_logo_is_a_square_picture_every_format_can_hold():
    head = (ROOT / "logo.png").read_bytes()[:26]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    assert width == height >= 300
    assert (head[24], head[25]) == (8, 2), "8 bits, RGB without transparency"


TEMPLATES = sorted([*(ROOT / "templates").rglob("*.md"), *Path(__file__).parent.rglob("*.md")])
SLIPS = {
    "himbau": "imbau",
    "Kepada Yth": "Yth.",
    "NAMA LENGKAP": "room for the name",
    "kerjasama": "kerja sama",
    "sosialisir": "menyosialisasikan",
    "mensosialisasikan": "menyosialisasikan",
    "mentaati": "menaati",
    "mempedomani": "memedomani",
    "dihimbau": "diimbau",
    "Nopember": "November",
    "obyek": "objek",
    "resiko": "risiko",
    "ijin": "izin",
    "manapun": "mana pun",
    "non ASN": "non-ASN",
    "per-undang": "perundang",
    "dan lain sebagainya": "dan lain-lain",
    "guna untuk": "untuk",
    "adalah merupakan": "adalah",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_are_spelled_as_the_rules_of_spelling_want(path):
    text = path.read_text("utf-8")
    assert [slip for slip in SLIPS if slip in text] == []
