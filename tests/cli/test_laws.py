"""`letters laws`: the laws of a day, one law whole, and what a finished letter cites."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import docx as word
import pytest
from weasyprint import HTML

from tests.support.cli import run

CASES = tomllib.loads((Path(__file__).parents[1] / "law/citation_cases.toml").read_text("utf-8"))["citation_cases"]
OWN_LAW = """\
[[laws]]
id = "perbup-7-2024"
kind = "perkada"
title = "Peraturan Bupati Jombang Nomor 7 Tahun 2024 tentang Disiplin PPPK"
number = "7"
year = 2024
in_force = 2024-02-01
"""
OFFICE = """\
[kantor]
nama = "Bawaslu Kabupaten Jombang"
tingkat = "kabupaten"
kop = ["BAWASLU"]
alamat = "Jalan"
kota = "Jombang"
zona_waktu = "WIB"

[penandatangan.ketua]
jabatan = "Ketua"
nama = ""
kode = "K.JI-08"

[deret.surat]
pola = "{urut}"
periode = "tahun"
"""


def as_text(folder: Path, text: str) -> Path:
    path = folder / "surat.md"
    path.write_text(text, encoding="utf-8")
    return path


def as_docx(folder: Path, text: str) -> Path:
    document = word.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    document.save(str(folder / "surat.docx"))
    return folder / "surat.docx"


def as_pdf(folder: Path, text: str) -> Path:
    HTML(string=f"<p>{text.replace(chr(10), '<br>')}</p>").write_pdf(folder / "surat.pdf")
    return folder / "surat.pdf"


FORMS = {"text": as_text, "docx": as_docx, "pdf": as_pdf}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_real_letters_get_exactly_their_verdict_in_every_form(tmp_path: Path, case: dict[str, Any], form: str) -> None:
    path = FORMS[form](tmp_path, case["text"])
    known = [word for group in case["groups"] for word in ("--group", group)]
    day = case.get("document_date") or case["day"]

    done = run(
        "laws", "check", path, "--on", day, "--election", case["regime"], *known, "--json", "--strict", folder=tmp_path
    )

    problems = done.json["problems"]
    assert sorted(problem["code"] for problem in problems) == sorted(case["codes"])
    assert done.code == any(problem["severity"] != "hint" for problem in problems)
    assert all("page" in problem or "line" in problem for problem in problems)


def test_old_letter_is_good_on_its_day_and_no_longer_today(tmp_path: Path) -> None:
    path = as_docx(tmp_path, "Jombang, 6 Februari 2023\nPasal 9 ayat (2) UU No. 5 Tahun 2014")

    then = run("laws", "check", path, "--on", "2023-02-06", folder=tmp_path)
    later = run("laws", "check", path, "--on", "2024-09-24", folder=tmp_path)

    assert then.code == 0
    assert "Nothing is wrong" in then.out
    assert later.code == 1
    assert "UU No. 5 Tahun 2014\tPasal 9 ayat (2)\tuu-5-2014\trevoked 31 Oktober 2023" in later.out
    assert "The letter names this date: 6 Februari 2023" in later.out
    assert "line 2" in later.err
    assert "Nomor 20 Tahun 2023 (uu-20-2023)" in later.err


def test_page_of_a_pdf_is_told(tmp_path: Path) -> None:
    HTML(string='<p>Satu<p style="break-before: page">Berdasarkan PP 53/2010.').write_pdf(tmp_path / "surat.pdf")
    done = run("laws", "check", tmp_path / "surat.pdf", "--on", "2024-09-24", folder=tmp_path)
    assert "surat.pdf, page 2:" in done.err


def test_letter_without_a_law_is_said_to_name_none(tmp_path: Path) -> None:
    done = run("laws", "check", as_text(tmp_path, "Undangan rapat."), folder=tmp_path)
    assert done.code == 0
    assert done.out.startswith("The letter names no law.\n")


def test_warnings_end_with_1_only_when_asked_for(tmp_path: Path) -> None:
    path = as_text(tmp_path, "Pasal 29 huruf j UU Nomor 6 Tahun 2014 tentang Desa")
    assert run("laws", "check", path, "--on", "2024-09-24", folder=tmp_path).code == 0
    assert run("laws", "check", path, "--on", "2024-09-24", "--strict", folder=tmp_path).code == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--group", "camatt"), "law.unknown-group"),
        (("--election", "pemilihan-2042"), "law.unknown-election"),
        (("--election", "pemilihan-2024", "--stage", "kampanyee"), "law.unknown-stage"),
        (("--election", "pemilihan", "--stage", "kampanye"), "law.stage-of-no-election"),
    ],
)
def test_names_that_are_not_known_are_refused(tmp_path: Path, options: tuple[str, ...], code: str) -> None:
    done = run("laws", "check", as_text(tmp_path, "x"), *options, "--json", folder=tmp_path)
    assert (done.code, done.json["problems"][0]["code"]) == (1, code)


def office(folder: Path, rest: str = "") -> Path:
    (folder / "letters.toml").write_text(OFFICE + rest, encoding="utf-8")
    return folder


def test_stage_alone_is_that_of_the_offices_usual_election(tmp_path: Path) -> None:
    path = as_text(
        office(tmp_path, '[kalender]\npemilihan = "pemilu-2024"\n'), "Pasal 71 ayat (1) UU Nomor 10 Tahun 2016"
    )

    done = run("laws", "check", path, "--stage", "kampanye", "--on", "2024-10-01", "--json", folder=tmp_path)

    assert done.json["election"] == "pemilu-2024"
    assert "law.wrong-regime" in [problem["code"] for problem in done.json["problems"]]


@pytest.mark.parametrize("day", ["2024-09-24", "2024-10-01"])
def test_stage_alone_is_that_of_the_only_election_that_has_it_then(tmp_path: Path, day: str) -> None:
    path = as_text(tmp_path, "Pasal 9 ayat (2) UU Nomor 20 Tahun 2023")
    done = run("laws", "check", path, "--stage", "pencalonan-legislatif", "--on", day, folder=tmp_path)
    assert "Judged as a letter for pencalonan-legislatif of pemilu-2024." in done.out
    done = run("laws", "check", path, "--stage", "penetapan-paslon", "--on", "2024-09-22", folder=tmp_path)
    assert "Judged as a letter for penetapan-paslon of pemilihan-2024." in done.out


def test_stage_of_several_elections_is_told_with_those_to_name(tmp_path: Path) -> None:
    done = run("laws", "check", as_text(tmp_path, "x"), "--stage", "kampanye", "--on", "2027-01-01", folder=tmp_path)
    assert done.code == 1
    assert "pemilihan-2024 (25 September s.d. 23 November 2024)" in done.err
    assert "--election" in done.err


def test_stage_that_no_election_has_is_refused_with_near_ones(tmp_path: Path) -> None:
    done = run("laws", "check", as_text(tmp_path, "x"), "--stage", "kampanyee", "--json", folder=tmp_path)
    assert done.json["problems"][0]["code"] == "law.unknown-stage"


def test_hyphen_of_a_line_break_is_not_shown(tmp_path: Path) -> None:
    path = as_text(tmp_path, "Undang-\nUndang Nomor 20 Tahun 2023")
    done = run("laws", "check", path, "--on", "2024-09-24", "--json", folder=tmp_path)
    assert [one["written"] for one in done.json["cited"]] == ["Undang-Undang Nomor 20 Tahun 2023"]


def test_letter_to_a_camat_that_cites_only_what_binds_village_heads_is_blamed(tmp_path: Path) -> None:
    path = as_text(tmp_path, "Pasal 29 huruf j Undang-Undang Nomor 6 Tahun 2014")
    known = ("--on", "2024-04-01", "--group", "camat", "--strict")
    done = run("laws", "check", path, *known, folder=tmp_path)
    assert done.code == 1
    assert "nothing that is cited binds Camat" in done.err
    assert "Undang-Undang Nomor 20 Tahun 2023" in done.err


def test_list_gives_the_laws_of_the_day_by_rank(tmp_path: Path) -> None:
    then = {law["id"]: law for law in run("laws", "list", "--on", "2023-02-06", "--json", folder=tmp_path).json["laws"]}
    now = run("laws", "list", "--on", "2024-09-24", folder=tmp_path).out
    everything = run("laws", "list", "--on", "2024-09-24", "--all", folder=tmp_path).out

    assert "uu-5-2014" in then
    assert "uu-20-2023" not in then
    assert "Peraturan Pemerintah Pengganti Undang-Undang Nomor 1 Tahun 2022" in then["uu-7-2017"]["name"]
    assert "uu-5-2014" not in now
    assert now.index("uu-20-2023") < now.index("pp-94-2021") < now.index("skb-2022")
    assert "uu-5-2014\trevoked 31 Oktober 2023" in everything


@pytest.mark.parametrize("name", ["uu-34-2004", "UU 34/2004", "Undang-Undang Nomor 34 Tahun 2004", "UU TNI"])
def test_law_is_found_by_id_and_by_what_letters_call_it(tmp_path: Path, name: str) -> None:
    done = run("laws", "show", name, "--on", "2024-09-24", folder=tmp_path)

    assert done.code == 0
    assert "Law: uu-34-2004\n" in done.out
    assert (
        "Pasal 39 angka 2 (prajurit TNI)\n  Prajurit dilarang terlibat dalam:\n  2. kegiatan politik praktis;"
        in done.out
    )


def test_unknown_law_is_refused_with_near_ones(tmp_path: Path) -> None:
    done = run("laws", "show", "uu-20-2032", folder=tmp_path)
    assert done.code == 1
    assert "uu-20-2023" in done.err


def test_offices_own_law_is_listed_and_found_in_letters(tmp_path: Path) -> None:
    (tmp_path / "hukum.toml").write_text(OWN_LAW, encoding="utf-8")
    listed = run("laws", "list", "--on", "2024-09-24", "--json", folder=tmp_path).json["laws"]

    assert [law["id"] for law in listed if law["office"]] == ["perbup-7-2024"]
    assert run("laws", "show", "perbup-7-2024", folder=tmp_path).code == 0


def test_faulty_file_of_the_office_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "hukum.toml").write_text(OWN_LAW.replace("2024-02-01", '"besok"'), encoding="utf-8")
    done = run("laws", "list", folder=tmp_path)
    assert done.code == 1
    assert "hukum.toml, line 7" in done.err
