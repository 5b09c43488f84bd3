"""Legal faults are found in references and in finished words, each at its place, before a number is used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from letters.batch.choosing import Choice
from letters.batch.plan import Composer, draw_plan
from letters.batch.workspace import open_workspace
from letters.errors import Problem, Severity
from tests.support.workspace import SETTINGS, make_workspace

RECIPIENTS = """\
kode;kelompok;jabatan;nama;instansi;alamat;kota;sapaan;catatan
camat-diwek;camat;Camat Diwek;;Kecamatan Diwek;;Diwek;Saudara;
camat-gudo;camat;Camat Gudo;;Kecamatan Gudo;;Gudo;Saudara;
kapolsek-gudo;kapolsek;Kapolsek Gudo;;Kepolisian Sektor Gudo;;Gudo;Saudara;
"""
DAY = date(2024, 9, 24)


def template(body: str = "Agar netralitas dijaga.", front: str = "", groups: str = '"camat"') -> str:
    return f"""\
+++
jenis = "imbauan"
judul = "Uji"
pemilihan = "pemilihan-2024"
tahapan = "kampanye"
hal = "Imbauan"
klasifikasi = "PM.00.02"
untuk = [{groups}]
{front}
+++
{{% extends "naskah/surat.md" %}}
{{% block isi %}}
{body}
{{% endblock %}}
"""


def check(
    folder: Path, text: str, *, day: date = DAY, recipients: str = RECIPIENTS, settings: str = SETTINGS
) -> list[Problem]:
    """Return what is told about the law, worst first; the hint on how to keep it is left out."""
    make_workspace(folder, template=text, recipients=recipients, settings=settings)
    plan = draw_plan(Composer(open_workspace(folder)), Choice(("uji",), day), lambda *_: None)
    return [problem for problem in (*plan.errors, *plan.notices) if problem.code.startswith("law.")]


def told(problems: list[Problem]) -> list[tuple[str, str, str, int]]:
    return [(one.code, one.severity.value, Path(one.place.file).name, one.place.line) for one in problems]


def test_revoked_basis_stops_the_batch_and_names_the_better_one(tmp_path: Path) -> None:
    [problem] = check(tmp_path, template(front='dasar = ["uu-5-2014:2f"]'))

    assert told([problem]) == [("law.revoked", "error", "uji.md", 9)]
    assert "20 Tahun 2023" in str(problem.params["by"])


def test_the_same_basis_is_right_the_year_before(tmp_path: Path) -> None:
    found = check(tmp_path, template(front='dasar = ["uu-5-2014:2f"]'), day=date(2023, 2, 6))

    assert [problem.code for problem in found] == ["law.stage-far"]


@pytest.mark.parametrize("written", ["UU No. 5 Tahun 2014", "Undang-Undang\nNomor 5 Tahun 2014", "UU ASN No 5/2014"])
def test_revoked_law_in_free_text_is_found_at_its_line_once(tmp_path: Path, written: str) -> None:
    found = check(tmp_path, template(f"Agar netralitas dijaga.\n\nSesuai dengan {written}, hal itu wajib."))

    assert told(found)[0] == ("law.revoked", "error", "uji.md", 15)
    assert [problem.code for problem in found].count("law.revoked") == 1


def test_fault_in_a_shared_piece_is_placed_there(tmp_path: Path) -> None:
    (tmp_path / "templates/naskah").mkdir(parents=True)
    (tmp_path / "templates/naskah/potongan.md").write_text("Baris pertama.\n\nSesuai dengan PP 53/2010.\n", "utf-8")
    for name in ("letters.toml", "recipients.csv", "templates/uji.md"):
        (tmp_path / name).write_text(
            {"letters.toml": SETTINGS, "recipients.csv": RECIPIENTS}.get(
                name, template('{% include "naskah/potongan.md" %}')
            ),
            "utf-8",
        )
    plan = draw_plan(Composer(open_workspace(tmp_path)), Choice(("uji",), DAY), lambda *_: None)

    assert told(plan.errors) == [("law.partly-revoked", "error", "potongan.md", 3)]


def test_fault_in_a_cell_is_placed_at_its_row_and_column(tmp_path: Path) -> None:
    rows = RECIPIENTS.replace("Gudo;Saudara;\nkapolsek", "Gudo;Saudara;UU 5/2014\nkapolsek")
    [problem] = check(tmp_path, template("Agar netralitas dijaga. {{ catatan }}"), recipients=rows)

    assert (problem.code, problem.place.row, problem.place.column) == ("law.revoked", 3, "catatan")


@pytest.mark.parametrize(("day", "codes"), [(date(2024, 8, 23), []), (date(2024, 8, 24), ["law.dead-body"])])
def test_copy_to_a_body_that_ended_stops_the_batch(tmp_path: Path, day: date, codes: list[str]) -> None:
    found = check(tmp_path, template(front='tembusan = ["Ketua Komisi Aparatur Sipil Negara"]'), day=day)

    assert [(problem.code, problem.place.line) for problem in found] == [(code, 9) for code in codes]


def test_addressee_that_ended_is_told_with_its_row(tmp_path: Path) -> None:
    rows = RECIPIENTS + "kasn;camat;Ketua Komisi Aparatur Sipil Negara;;;;Jakarta;Saudara;\n"
    found = check(tmp_path, template(), recipients=rows)

    assert {(problem.code, problem.place.row) for problem in found} == {("law.dead-body", 5)}


def test_article_that_binds_others_is_a_warning_for_that_group_alone(tmp_path: Path) -> None:
    front = '[dasar_kelompok]\ncamat = ["pp-94-2021:5n"]\nkapolsek = ["pp-94-2021:5n"]'
    assert told(check(tmp_path, template(front=front, groups='"camat", "kapolsek"'))) == [
        ("law.wrong-audience", "warning", "uji.md", 11)
    ]


def test_words_of_the_other_election_are_told(tmp_path: Path) -> None:
    found = check(tmp_path, template("Agar tidak memihak kepada peserta Pemilu."))
    assert [(problem.code, problem.place.line) for problem in found] == [("law.wrong-words", 13)]


def test_offence_of_the_other_election_is_an_error(tmp_path: Path) -> None:
    found = check(tmp_path, template(front='dasar = ["uu-7-2017:523"]'))
    assert ("law.wrong-regime", "error", "uji.md", 9) in told(found)


def test_automatic_bases_are_without_fault_for_every_group_of_the_example(tmp_path: Path) -> None:
    assert (
        check(
            tmp_path,
            template("{% include 'naskah/dasar.md' %}", front='dasar = "otomatis"', groups='"camat", "kapolsek"'),
        )
        == []
    )


@pytest.mark.parametrize("accepted", ["law.revoked:uu-5-2014", "revoked:uu-5-2014", "revoked"])
def test_accepted_finding_stays_as_a_hint_and_stops_nothing(tmp_path: Path, accepted: str) -> None:
    settings = f'[hukum]\nterima = ["{accepted}"]\n\n{SETTINGS}'
    found = check(tmp_path, template(front='dasar = ["uu-5-2014:2f"]'), settings=settings)
    known = accepted != "revoked"  # a rule about laws is accepted law by law

    assert [problem.severity for problem in found] == [Severity.HINT if known else Severity.ERROR]
    assert ("[hukum] terima" in found[0].remedy) == known


def test_the_line_that_accepts_is_told(tmp_path: Path) -> None:
    make_workspace(tmp_path, template=template("Lihat UU 5/2014."), recipients=RECIPIENTS)
    plan = draw_plan(Composer(open_workspace(tmp_path)), Choice(("uji",), DAY), lambda *_: None)
    [hint] = [problem for problem in plan.notices if problem.code == "batch.law-acceptable"]
    assert hint.params["list"] == '["revoked:uu-5-2014"]'


def test_law_of_the_future_is_not_offered_for_acceptance(tmp_path: Path) -> None:
    make_workspace(tmp_path, template=template("Lihat UU 20/2023."), recipients=RECIPIENTS)
    plan = draw_plan(Composer(open_workspace(tmp_path)), Choice(("uji",), date(2022, 9, 24)), lambda *_: None)
    codes = {problem.code for problem in (*plan.errors, *plan.notices)}
    assert "law.not-yet-in-force" in codes
    offered = [str(one.params["list"]) for one in plan.notices if one.code == "batch.law-acceptable"]
    assert not any("not-yet-in-force" in names for names in offered)


def test_references_that_cannot_be_read_are_all_told_and_cannot_be_accepted(tmp_path: Path) -> None:
    settings = f'[hukum]\nterima = ["unknown-law"]\n\n{SETTINGS}'
    found = check(tmp_path, template(front='dasar = ["uu-99-2024", "pp-98-2024", "???"]'), settings=settings)

    assert {problem.code for problem in found} == {"law.unknown-law", "law.bad-reference"}
    assert len(found) == 3
    assert {problem.place.line for problem in found} == {9}


@pytest.mark.parametrize(
    "body",
    [
        "Dasar: {{ dasar_singkat }}.",
        "{% for hukum in dasar %}\n1. {{ hukum.teks_singkat }};\n{% endfor %}",
        "{% for hukum in dasar %}{{ hukum.nama_singkat }}; {% endfor %}",
    ],
)
def test_short_form_of_the_bases_lacks_no_amendment(tmp_path: Path, body: str) -> None:
    assert check(tmp_path, template(body, 'dasar = "otomatis"')) == []


def test_number_written_by_hand_beside_the_short_form_lacks_its_amendment(tmp_path: Path) -> None:
    body = "Dasar: {{ dasar_singkat }}.\n\nPasal 29 Undang-Undang Nomor 6 Tahun 2014 dan UU Pemilihan."
    [problem] = check(tmp_path, template(body, 'dasar = "otomatis"'))

    assert told([problem]) == [("law.missing-amendment", "warning", "uji.md", 15)]
    assert problem.params["law_id"] == "uu-6-2014"


def test_words_of_a_cell_are_placed_there_though_the_front_matter_says_them_too(tmp_path: Path) -> None:
    rows = RECIPIENTS.replace("Kecamatan Gudo", "Peserta Pemilu Gudo")
    text = template("Agar netralitas dijaga di {{ instansi }}.", front="# Peserta Pemilu Gudo: lihat tabel")
    [problem] = check(tmp_path, text, recipients=rows)

    assert (problem.code, problem.place.row, problem.place.column) == ("law.wrong-words", 3, "instansi")
