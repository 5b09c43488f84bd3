"""`letters check` → everything wrong at once, with its place; what is sound is told beside it."""

import tomllib
from pathlib import Path

import pytest

from tests.support.cli import Run, run
from tests.support.workspace import RECIPIENTS, SETTINGS, TEMPLATE, make_workspace

DAY = ("--date", "2024-09-24")
EDARAN = TEMPLATE.replace('hal = "Imbauan', 'deret = "lain"\nhal = "Edaran')
WITH_AGENCY = RECIPIENTS.replace("Kabupaten Jombang;;;;", "Kabupaten Jombang;;Pemerintah Kabupaten Jombang;;")
FORWARDING = TEMPLATE.replace("meneruskan imbauan ini{%", '{% include "naskah/meneruskan.md" %}{%').replace(
    'untuk = ["camat", "sekda"]', 'untuk = ["camat"]'
)
NOT_IN_ANY_FONT = "\U0001f95f"  # a dumpling, of Unicode 10


def check(folder: Path, *more: str) -> Run:
    return run("--json", "check", *more, *DAY, folder=folder)


def found(done: Run, code: str) -> list[dict[str, object]]:
    problems = done.json["notices"] if done.code == 0 else done.json["problems"]
    return [problem for problem in problems if problem["code"] == code]


@pytest.mark.parametrize("command", ["check", "preview", "issue"])
def test_character_no_font_has_is_found_with_row_and_column_before_a_number_is_used(
    tmp_path: Path, command: str
) -> None:
    table = RECIPIENTS.replace("Kecamatan Gudo", f"Kecamatan {NOT_IN_ANY_FONT}")
    office = make_workspace(tmp_path / "kantor", recipients=table)

    done = run("--json", command, "uji", *DAY, folder=office)

    (problem,) = found(done, "writers.pdf-glyph")
    assert (done.code, problem["row"], problem["column"], problem["key"]) == (1, 3, "instansi", "camat-gudo")
    assert run("--json", "register", "list", folder=office).json.get("letters", []) == []


def test_every_character_no_font_has_is_told_private_ones_too(tmp_path: Path) -> None:
    table = RECIPIENTS.replace("Camat Gudo", f"Camat {NOT_IN_ANY_FONT}").replace("Camat Diwek", "Camat \ue000")
    office = make_workspace(tmp_path / "kantor", recipients=table)

    assert {problem["row"] for problem in found(check(office, "uji"), "writers.pdf-glyph")} == {2, 3}


def test_character_no_font_has_does_not_matter_where_no_pdf_is_made(tmp_path: Path) -> None:
    table = RECIPIENTS.replace("Camat Gudo", f"Camat {NOT_IN_ANY_FONT}")
    office = make_workspace(tmp_path / "kantor", recipients=table)

    assert check(office, "uji", "--formats", "docx").code == 0


def test_accents_and_signs_a_font_has_pass(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", recipients=RECIPIENTS.replace("Gudo", "Gudó “Ūū” – ½ m²"))

    assert check(office, "uji").code == 0


def test_mistyped_group_is_told_with_its_cell_and_the_group_meant(tmp_path: Path) -> None:
    table = RECIPIENTS.replace("camat-gudo;camat;", "camat-gudo;camatt;")
    office = make_workspace(tmp_path / "kantor", recipients=table)

    done = check(office, "uji")

    (notice,) = found(done, "batch.strange-group")
    assert (notice["row"], notice["column"], notice["remedy"]) == (3, "kelompok", 'Did you mean "camat"?')


def test_group_of_the_offices_own_template_is_known(tmp_path: Path) -> None:
    table = RECIPIENTS.replace("sekda;sekda;", "sekda;karang_taruna;")
    template = TEMPLATE.replace('untuk = ["camat", "sekda"]', 'untuk = ["camat", "karang_taruna"]')
    office = make_workspace(tmp_path / "kantor", recipients=table, template=template)

    done = check(office, "uji")

    assert (done.code, done.json["letters"]) == (0, {"uji": 3})
    assert found(done, "batch.strange-group") == []


def test_group_nobody_is_in_is_refused_with_the_groups_there_are(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    for names in ([], ["uji"]):
        (problem,) = found(check(office, *names, "--group", "tidakada"), "batch.unknown-group")
        assert problem["message"] == 'No recipient is in the group "tidakada" (there are: camat, sekda).'


def test_table_for_nobody_makes_no_letter_and_says_so(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", recipients=WITH_AGENCY.replace("camat;C", "pramuka;C"))
    (office / "templates" / "uji.md").write_text(TEMPLATE.replace(', "sekda"', ""), encoding="utf-8")

    done = check(office, "--group", "sekda")

    assert done.code == 0
    assert "uji" in done.json["skipped"]


def test_templates_left_out_are_told_in_one_line_for_each_reason(tmp_path: Path) -> None:
    done = run("check", "--date", "2024-09-24", folder=make_workspace(tmp_path / "kantor"))

    left_out = [line for line in done.out.splitlines() if line.startswith("Skipped (")]
    reasons = {line.partition("), ")[2].partition(". ")[0] for line in left_out}
    assert 1 < len(left_out) == len(reasons) < 6
    assert "ikrar/netralitas-asn" in done.out


def test_sound_templates_are_told_beside_what_is_wrong_with_others(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    (office / "templates" / "lain.md").write_text(EDARAN, encoding="utf-8")

    done = run("check", *DAY, folder=office)

    assert done.code == 1
    assert "uji: 3 letters can be made." in done.out
    assert "lain" not in done.out
    assert 'The number series "lain" is not in letters.toml' in done.err


def test_template_named_twice_is_taken_once(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    assert check(office, "uji", "uji").json["letters"] == {"uji": 3}


def test_code_that_cannot_stand_in_a_number_is_told_once_and_where_it_is_written(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", settings=SETTINGS.replace("K.JI-08", "K#8"))

    (problem,) = found(check(office, "uji"), "register.code-odd")

    assert Path(str(problem["file"])).name == "letters.toml"


def test_text_of_the_office_a_template_lacks_is_to_be_written_in_letters_toml(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", template=TEMPLATE.replace("{{ instansi }}", "{{ isian.rapat.hari }}"))

    (problem,) = found(check(office, "uji"), "merge.office-text")

    assert "[isian.rapat]" in str(problem["remedy"])


def test_lacking_table_of_texts_is_one_error_with_the_table_to_write(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", settings=SETTINGS)

    (problem,) = check(office, "undangan/rapat").json["problems"]

    assert problem["code"] == "merge.office-text"
    written = str(problem["remedy"]).split("\n", 1)[1]
    assert list(tomllib.loads(written)["isian"]["rapat"]) == ["acara", "tanggal", "mulai", "selesai", "tempat"]
    filled = written.replace("…", "Rapat Koordinasi").replace('selesai = "Rapat Koordinasi"', 'selesai = "selesai"')
    (office / "letters.toml").write_text(f"{SETTINGS}\n{filled}\n", "utf-8")
    assert check(office, "undangan/rapat").json["letters"] == {"undangan/rapat": 3}


def test_text_that_is_still_a_gap_is_told_before_it_is_printed(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", settings=SETTINGS + '\n[isian]\nlokus = "…"\nkalimat = "Ya, …"\n')

    assert [one["message"] for one in found(check(office, "uji"), "settings.unfilled")] == [
        '"isian.lokus" still holds "…".'
    ]


@pytest.mark.parametrize(
    ("option", "code"), [(("--to", "camat-diwak"), "batch.unknown-key"), (("--group", "camta"), "batch.unknown-group")]
)
def test_slip_in_a_code_or_group_is_the_only_error(tmp_path: Path, option: tuple[str, str], code: str) -> None:
    office = make_workspace(tmp_path / "kantor")

    assert [problem["code"] for problem in check(office, "uji", *option).json["problems"]] == [code]


def test_template_the_office_does_not_send_is_left_out_of_a_check_of_all(tmp_path: Path) -> None:
    settings = SETTINGS + '\n[kalender]\ntidak_dikirim = ["uji"]\n'
    office = make_workspace(tmp_path / "kantor", settings=settings, recipients=WITH_AGENCY)

    done = check(office)

    assert "uji" not in done.json["letters"]
    assert "tidak_dikirim" in done.json["skipped"]["uji"]
    assert check(office, "uji").json["letters"] == {"uji": 3}
    (office / "letters.toml").write_text(settings.replace('"uji"', '"ujj"'), "utf-8")
    assert [problem["code"] for problem in check(office).json["problems"]] == ["batch.not-sent-unknown"]


def test_doctor_names_every_gap_that_init_left(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "baru"), folder=tmp_path).code == 0

    done = run("doctor", folder=tmp_path / "baru")

    assert done.code == 1
    assert '"kantor.kota" still holds "…"' in done.err
    assert '"penandatangan.ketua.kode" still holds "…"' in done.err


def test_numbers_of_each_series_are_told_apart(tmp_path: Path) -> None:
    settings = SETTINGS + '\n[deret.lain]\npola = "E-{urut}/{tahun}"\n'
    office = make_workspace(tmp_path / "kantor", settings=settings)
    (office / "templates" / "lain.md").write_text(EDARAN, encoding="utf-8")

    done = run("issue", "uji", "lain", "--formats", "docx", *DAY, folder=office)

    assert "3 letters issued: 001/PM.00.02/K.JI-08/09/2024 to 003/PM.00.02/K.JI-08/09/2024." in done.out
    assert "3 letters issued: E-1/2024 to E-3/2024." in done.out


def test_template_whose_texts_the_office_has_not_written_is_left_out_of_a_check_of_all(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", recipients=WITH_AGENCY)
    (office / "templates" / "lain.md").write_text(TEMPLATE.replace("{{ instansi }}", "{{ isian.rapat.hari }}"), "utf-8")

    done = check(office)

    assert (done.code, done.json["letters"]["uji"]) == (0, 3)
    assert "texts it needs are not written yet" in done.json["skipped"]["lain"]


def test_series_whose_numbers_would_look_alike_next_year_is_told(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", settings=SETTINGS.replace("/{bulan:02}/{tahun}", ""))

    (notice,) = found(check(office, "uji"), "register.pattern-alike")

    assert (notice["severity"], Path(str(notice["file"])).name) == ("warning", "letters.toml")


def test_election_that_is_not_known_is_refused(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    for names in ([], ["uji"]):
        done = check(office, *names, "--election", "pilkada")
        assert (done.code, done.json["problems"][0]["code"]) == (1, "law.unknown-election")


@pytest.mark.parametrize(("typed", "code"), [("Plt", 0), ("PLH.", 0), ("pelaksana tugas", 1)])
def test_acting_form_is_put_right_or_refused_but_never_left_out(tmp_path: Path, typed: str, code: int) -> None:
    table = RECIPIENTS.replace("\n", ";\n").replace("sapaan;", "sapaan;pelaksana")
    table = table.replace("Diwek;Saudara;", f"Diwek;Saudara;{typed}")
    office = make_workspace(tmp_path / "kantor", recipients=table)

    done = check(office, "uji", "--to", "camat-diwek")

    assert done.code == code, done.out
    assert [problem["column"] for problem in found(done, "batch.acting-form")] == ["pelaksana"] * code


LEFT_OVER = """\
+++
jenis = "imbauan"
judul = "Surat uji"
pemilihan = "pemilihan-2024"
tahapan = "kampanye"
hal = "Imbauan Netralitas pada Masa Tenang Pemilu 2024"
klasifikasi = "PM.00.02"
untuk = ["camat", "sekda"]
+++
{% extends "naskah/surat.md" %}
{% block isi %}
Dalam rangka Masa Tenang Pemilu Tahun 2024 pada 11-13 Februari 2024, Saudara diimbau menjaga netralitas.
{% endblock %}
"""


def test_words_of_another_stage_and_election_are_told_with_their_line(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", template=LEFT_OVER)

    done = run("--json", "check", "uji", "--date", "2024-09-20", folder=office)

    told = [(one["code"], one["severity"], one["line"]) for one in found(done, "law.other-election")]
    told += [(one["code"], one["severity"], one["line"]) for one in found(done, "law.other-stage")]
    assert ("law.other-election", "warning", 6) in told
    assert ("law.other-election", "warning", 12) in told
    assert ("law.other-stage", "warning", 6) in told


def test_finished_letter_from_outside_is_looked_through_for_them_too(tmp_path: Path) -> None:
    letter = tmp_path / "lama.md"
    letter.write_text("Dalam rangka masa tenang Pemilu Tahun 2024, kami mengimbau Saudara.\n", encoding="utf-8")
    choice = ("--on", "2024-09-20", "--election", "pemilihan-2024", "--stage", "kampanye")

    told = run("laws", "check", letter, *choice).err

    assert '"Pemilu Tahun 2024" is another election' in told
    assert '"masa tenang" is another stage' in told


def test_blank_cell_that_a_frame_prints_is_told_with_column_and_row(tmp_path: Path) -> None:
    table = RECIPIENTS.replace(";;Kecamatan Gudo;;", ";;;;")
    office = make_workspace(tmp_path / "kantor", recipients=table, template=FORWARDING)

    problems = check(office, "uji").json["problems"]

    assert [(one["code"], one["row"], one["column"], one["key"]) for one in problems] == [
        ("merge.blank-value", 3, "instansi", "camat-gudo"),
    ]
    assert 'the column "instansi" (naskah/meneruskan, line ' in str(problems[0]["message"])


def test_table_without_street_and_town_makes_letters(tmp_path: Path) -> None:
    office = make_workspace(
        tmp_path / "kantor", recipients="kode;kelompok;jabatan;instansi\na;camat;Camat A;Kecamatan A\n"
    )

    assert check(office, "uji").json["letters"] == {"uji": 1}


def test_post_with_its_own_salutation_takes_no_number(tmp_path: Path) -> None:
    table = RECIPIENTS.replace("Camat Gudo;", "Yth. Bapak Camat Gudo;")
    office = make_workspace(tmp_path / "kantor", recipients=table)

    done = run("--json", "issue", "uji", *DAY, "--formats", "docx", folder=office)

    [problem] = found(done, "batch.saluted-post")
    assert (done.code, problem["severity"], problem["key"]) == (1, "error", "camat-gudo")
    assert run("--json", "register", "list", folder=office).json.get("letters", []) == []


def test_template_named_with_its_ending_is_counted_once(tmp_path: Path) -> None:
    done = check(make_workspace(tmp_path / "kantor"), "uji.md")

    assert (done.json["letters"], done.json["skipped"]) == ({"uji": 3}, {})


def test_group_is_named_as_the_table_may_write_it(tmp_path: Path) -> None:
    done = check(make_workspace(tmp_path / "kantor"), "uji", "--group", "Camat")

    assert done.json["letters"] == {"uji": 2}


def test_table_is_looked_for_in_the_folder_of_the_office_too(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    (office / "recipients.csv").rename(office / "peserta.csv")

    assert check(office, "uji", "--recipients", "peserta.csv").json["letters"] == {"uji": 3}
    (problem,) = found(check(office, "uji", "--recipients", "lain.csv"), "workspace.no-table")
    assert str(office) in problem["message"]
    assert str(Path.cwd()) in problem["message"]


def test_lock_file_of_excel_is_said_to_be_one(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    (office / "~$penerima.xlsx").write_bytes(b"\x04user")

    (problem,) = found(check(office, "uji", "--recipients", office / "~$penerima.xlsx"), "recipients.lock-file")
    assert "penerima.xlsx" in problem["remedy"]
