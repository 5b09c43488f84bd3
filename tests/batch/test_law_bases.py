"""`dasar = "otomatis"`: one template gives each recipient their own law, as it was on the letter's date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from letters.batch.findings import BatchError
from letters.batch.plan import Choice, Composer, make_plan
from letters.batch.workspace import open_workspace
from tests.support.workspace import SETTINGS, make_workspace

ROOT = Path(__file__).resolve().parents[2]
GROUPS = ("camat", "kepala_desa", "bpd", "danramil", "kapolsek", "bumd")
RECIPIENTS = "kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan\n" + "".join(
    f"{group};{group};Jabatan {group};;Instansi {group};;Jombang;Saudara\n" for group in GROUPS
)
OFFICE_LAW = """\
[[laws]]
id = "perbup-7-2024"
kind = "perkada"
title = "Peraturan Bupati Jombang Nomor 7 Tahun 2024 tentang Disiplin PPPK"
number = "7"
year = 2024
in_force = 2024-02-01
"""


def template(front: str = 'dasar = "otomatis"', election: str = "pemilihan-2024", stage: str = "kampanye") -> str:
    return f"""\
+++
jenis = "imbauan"
judul = "Uji"
pemilihan = "{election}"
tahapan = "{stage}"
hal = "Imbauan"
klasifikasi = "PM.00.02"
{front}
+++
{{% for hukum in dasar %}}
{{{{ hukum.teks_ringkas }}}}

{{% endfor %}}
{{% if dasar_langsung %}}Dilarang.{{% else %}}Mengimbau.{{% endif %}}
"""


def facts(folder: Path, text: str, day: date, settings: str = SETTINGS) -> dict[str, Any]:
    """Return the facts of each group's letter."""
    make_workspace(folder, recipients=RECIPIENTS, template=text, settings=settings)
    (folder / "hukum.toml").write_text(OFFICE_LAW, encoding="utf-8")
    composer = Composer(open_workspace(folder))
    plan = make_plan(composer, Choice(("uji",), day), lambda *_: None)
    return {draft.recipient.group: composer.facts(draft, "1") for draft in plan.drafts()}


def laws(of: dict[str, Any]) -> list[str]:
    return [basis["teks_ringkas"] for basis in of["dasar"]]


def test_one_template_gives_each_group_its_own_law(tmp_path: Path) -> None:
    made = facts(tmp_path, template(), date(2024, 9, 24))

    assert laws(made["danramil"]) == [
        "Pasal 30 dan Pasal 71 ayat (1) Undang-Undang Nomor 1 Tahun 2015",
        "Pasal 39 angka 2 Undang-Undang Nomor 34 Tahun 2004",
    ]
    assert laws(made["kapolsek"])[1] == "Pasal 28 ayat (1) Undang-Undang Nomor 2 Tahun 2002"
    assert "Pasal 29 huruf j" in laws(made["kepala_desa"])[1]
    assert any("Nomor 20 Tahun 2023" in law for law in laws(made["camat"]))
    assert not any("Nomor 20 Tahun 2023" in law for law in laws(made["kapolsek"]))


def test_amended_law_is_one_entry_with_its_chain_and_all_its_articles(tmp_path: Path) -> None:
    made = facts(tmp_path, template(), date(2024, 11, 20))["kepala_desa"]
    of_elections = [basis["teks"] for basis in made["dasar"] if "Pemilihan Gubernur" in basis["teks"]]

    assert len(of_elections) == 1
    assert of_elections[0].startswith("Pasal 30, Pasal 71 ayat (1), dan Pasal 188 Undang-Undang Nomor 1 Tahun 2015")
    assert "sebagaimana telah beberapa kali diubah terakhir dengan Undang-Undang Nomor 6 Tahun 2020" in of_elections[0]


def test_amending_law_that_the_template_cites_stays_as_written(tmp_path: Path) -> None:
    made = facts(tmp_path, template('dasar = ["otomatis", "uu-10-2016:70(1)"]'), date(2024, 9, 24))
    assert (
        laws(made["danramil"])[0]
        == "Pasal 30, Pasal 70 ayat (1), dan Pasal 71 ayat (1) Undang-Undang Nomor 10 Tahun 2016"
    )


def test_civil_service_law_is_the_one_of_the_letters_day(tmp_path: Path) -> None:
    text = template(election="pemilu-2024", stage="data-pemilih")
    before = " ".join(laws(facts(tmp_path / "a", text, date(2023, 2, 6))["camat"]))
    after = " ".join(laws(facts(tmp_path / "b", text, date(2024, 9, 24))["camat"]))

    assert "Nomor 5 Tahun 2014" in before
    assert "Nomor 20 Tahun 2023" not in before
    assert "Nomor 5 Tahun 2014" not in after
    assert "Nomor 20 Tahun 2023" in after


def test_letter_asks_where_nothing_binds_the_addressee(tmp_path: Path) -> None:
    made = facts(tmp_path, template(), date(2024, 9, 24))

    assert {group for group, of in made.items() if not of["dasar_langsung"]} == {"bumd", "bpd"}
    assert laws(made["bpd"])[1] == "Pasal 64 huruf h Undang-Undang Nomor 6 Tahun 2014"
    assert laws(made["bumd"]) == ["Pasal 30 Undang-Undang Nomor 1 Tahun 2015"]


def test_offices_own_law_stands_in_its_rank_among_the_automatic_ones(tmp_path: Path) -> None:
    made = facts(tmp_path, template('dasar = ["perbup-7-2024", "otomatis"]'), date(2024, 9, 24))

    assert laws(made["danramil"])[-1] == "Peraturan Bupati Jombang Nomor 7 Tahun 2024"
    assert len(laws(made["danramil"])) == 3


def test_written_list_is_put_into_the_order_of_the_hierarchy(tmp_path: Path) -> None:
    front = 'dasar = ["pp-94-2021:5n", "uu-20-2023:9(2)"]\n[dasar_kelompok]\ncamat = ["uu-20-2023:2f"]'
    made = facts(tmp_path, template(front), date(2024, 9, 24))

    assert laws(made["camat"]) == [
        "Pasal 2 huruf f dan Pasal 9 ayat (2) Undang-Undang Nomor 20 Tahun 2023",
        "Pasal 5 huruf n Peraturan Pemerintah Nomor 94 Tahun 2021",
    ]
    assert made["camat"]["dasar_langsung"]


def test_automatic_for_one_group_alone(tmp_path: Path) -> None:
    made = facts(tmp_path, template('[dasar_kelompok]\nkapolsek = "otomatis"'), date(2024, 9, 24))

    assert len(laws(made["kapolsek"])) == 2
    assert laws(made["camat"]) == []
    assert not made["camat"]["dasar_langsung"]


def test_regional_government_cites_no_power_of_supervisors(tmp_path: Path) -> None:
    settings = SETTINGS.replace('tingkat = "kabupaten"', 'tingkat = "pemda"')
    made = facts(tmp_path, template(), date(2024, 9, 24), settings)

    assert laws(made["danramil"]) == [
        "Pasal 39 angka 2 Undang-Undang Nomor 34 Tahun 2004",
        "Pasal 71 ayat (1) Undang-Undang Nomor 1 Tahun 2015",
    ]


def test_bases_are_said_as_one_phrase_too(tmp_path: Path) -> None:
    made = facts(tmp_path, template('dasar = ["uu-34-2004:39.2", "uu-2-2002:28(1)"]'), date(2024, 9, 24))["danramil"]

    assert made["dasar_singkat"] == "Pasal 28 ayat (1) UU Polri dan Pasal 39 angka 2 UU TNI"
    assert made["dasar_kalimat"].startswith("Pasal 28 ayat (1) Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian")


def test_statutes_are_quoted_with_their_own_labels(tmp_path: Path) -> None:
    made = facts(tmp_path, template('dasar = "otomatis"\nkutipan = "otomatis"'), date(2024, 9, 24))
    last = made["danramil"]["kutipan"][0]
    assert (last["pasal"], last["nama_singkat"]) == ("Pasal 39 angka 2", "UU TNI")
    assert last["baris"] == ["Prajurit dilarang terlibat dalam:", "2. kegiatan politik praktis;"]


def test_letter_to_several_groups_cites_what_binds_each_and_asks_if_one_is_not_bound(tmp_path: Path) -> None:
    made = facts(tmp_path, template('dasar = "otomatis"\nnomor = "daftar"'), date(2024, 9, 24))[""]

    assert len(laws(made)) == len(set(laws(made)))
    assert laws(made)[0].startswith("Pasal 30, Pasal 71 ayat (1), dan Pasal 188 Undang-Undang Nomor 1 Tahun 2015")
    assert not made["dasar_langsung"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (template(election="", stage=""), "batch.bases-without-election", 8),
        (template('dasar = "otomatis"\nkutipan = ["pp-45-2005:22"]'), "law.no-wording", 9),
        (template('untuk = ["kelompok_baru"]\ndasar = "otomatis"'), "law.unknown-group", 9),
        (template('dasar = ["uu-99-2024"]'), "law.unknown-law", 8),
    ],
)
def test_what_cannot_be_chosen_is_told_once_with_the_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    more = "baru-1;kelompok_baru;Kepala Baru;;Baru;;Jombang;Saudara\nbaru-2;kelompok_baru;Kepala;;B;;Jombang;Saudara\n"
    make_workspace(
        tmp_path / "w", recipients=RECIPIENTS + more if "kelompok_baru" in text else RECIPIENTS, template=text
    )

    with pytest.raises(BatchError) as error:
        make_plan(Composer(open_workspace(tmp_path / "w")), Choice(("uji",), date(2024, 9, 24)), lambda *_: None)

    assert [(problem.code, problem.place.line) for problem in error.value.problems] == [(code, line)]


@pytest.mark.parametrize(
    ("day", "right", "wrong"),
    [
        (date(2023, 2, 6), "Undang-Undang Nomor 5 Tahun 2014", "Undang-Undang Nomor 20 Tahun 2023"),
        (date(2024, 9, 24), "Undang-Undang Nomor 20 Tahun 2023", "Undang-Undang Nomor 5 Tahun 2014"),
    ],
)
def test_built_in_campaign_letter_cites_the_civil_service_law_of_its_day(day: date, right: str, wrong: str) -> None:
    composer = Composer(open_workspace(ROOT))
    choice = Choice(("imbauan/kampanye",), day, keys=("camat-diwek",))
    [draft] = make_plan(composer, choice, lambda *_: None).drafts()
    bases = " ".join(basis["teks"] for basis in composer.facts(draft, "1")["dasar"])

    assert right in bases
    assert wrong not in bases
