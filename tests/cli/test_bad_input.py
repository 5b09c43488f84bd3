"""Bad input: a clear message with its place, the right exit code, no half file, no number used."""

from pathlib import Path

import pytest

from tests.support.cli import Run, run
from tests.support.workspace import RECIPIENTS, SETTINGS, TEMPLATE, make_workspace

DAY = ("--date", "2024-09-24")


def issue(folder: Path, *more: str) -> Run:
    return run("--json", "issue", "uji", *DAY, *more, folder=folder)


def codes(done: Run) -> list[str]:
    return [problem["code"] for problem in done.json["problems"] if problem["severity"] == "error"]


def nothing_made(folder: Path) -> bool:
    """Whether no letter stands on the disk and no number is used."""
    made = [path for path in folder.rglob("*") if path.suffix in (".docx", ".pdf", ".tmp")]
    used = run("--json", "register", "list", folder=folder).json.get("letters", [])
    return made == [] and used == []


@pytest.mark.parametrize(
    ("table", "code"),
    [
        pytest.param("", "recipients.empty", id="empty file"),
        pytest.param("kode;kelompok;jabatan\n", "recipients.empty", id="heading only"),
        pytest.param("kode;jabatan\na;Camat\n", "recipients.missing-column", id="column missing"),
        pytest.param(RECIPIENTS + "sekda;sekda;Lain;;;;Jombang;Saudara\n", "recipients.duplicate-key", id="key twice"),
        pytest.param(RECIPIENTS.replace("Camat Gudo", ""), "batch.no-post", id="required cell empty"),
    ],
)
def test_bad_table_is_refused_with_row_and_column(tmp_path: Path, table: str, code: str) -> None:
    office = make_workspace(tmp_path / "kantor", recipients=table)

    done = issue(office)

    assert done.code == 1
    assert code in codes(done)
    assert nothing_made(office)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        pytest.param(TEMPLATE.replace('jenis = "imbauan"', "jenis = imbauan"), 2, id="front matter broken"),
        pytest.param(TEMPLATE.replace("{% endif %}", ""), 14, id="jinja unclosed"),
        pytest.param(TEMPLATE.replace("{{ instansi }}", "{{ instanasi }}"), 13, id="field unknown"),
        pytest.param(TEMPLATE.replace("{{ instansi }}", "{{ kantor.namaa }}"), 13, id="part of a fact unknown"),
        pytest.param(TEMPLATE.replace("{{ instansi }}", "{{ ''.__class__ }}"), 13, id="forbidden"),
        pytest.param(TEMPLATE.replace("1. menjaga", "[tautan](x) untuk menjaga"), 12, id="link"),
        pytest.param(TEMPLATE.replace("{{ instansi }}", "{{ 2 ** 999999999 }}"), 13, id="endless sum"),
    ],
)
def test_bad_template_is_refused_with_file_and_line(tmp_path: Path, template: str, line: int) -> None:
    office = make_workspace(tmp_path / "kantor", template=template)

    done = issue(office)

    assert done.code == 1
    place = done.json["problems"][0]
    assert (Path(place["file"]).name, place["line"]) == ("uji.md", line)
    assert nothing_made(office)


def test_template_that_prints_without_end_is_stopped(tmp_path: Path) -> None:
    loops = "{% for a in surat.tembusan %}" * 8 + "x" + "{% endfor %}" * 8
    many = "tembusan = [" + ", ".join(f'"Kepala {n}"' for n in range(60)) + "]\n+++\n{% ext"
    template = TEMPLATE.replace("+++\n{% ext", many).replace("{{ instansi }}", loops)
    office = make_workspace(tmp_path / "kantor", template=template)

    done = issue(office)

    assert done.code == 1
    assert nothing_made(office)


def test_unknown_template_is_refused_with_a_near_name(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    done = run("--json", "issue", "ujii", *DAY, folder=office)

    assert done.code == 1
    assert "uji" in done.json["problems"][0]["message"] + done.json["problems"][0]["remedy"]


def test_missing_table_is_refused(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    done = issue(office, "--recipients", str(office / "lain.csv"))

    assert done.code == 1
    assert "lain.csv" in done.json["problems"][0]["message"] + done.json["problems"][0].get("file", "")


def test_missing_logo_is_refused(tmp_path: Path) -> None:
    settings = SETTINGS.replace('zona_waktu = "WIB"', 'zona_waktu = "WIB"\nlogo = "tidak-ada.png"')
    office = make_workspace(tmp_path / "kantor", settings=settings)

    done = issue(office)

    assert (done.code, codes(done)) == (1, ["workspace.logo-missing"])


def test_unknown_font_is_a_warning_and_letters_are_made(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor", settings=SETTINGS + '\n[kertas]\nhuruf = "Huruf Tidak Ada"\n')

    done = run("--json", "check", "uji", *DAY, folder=office)

    assert done.code == 0
    assert "machine.font-missing" in [notice["code"] for notice in done.json["notices"]]


def test_output_folder_that_is_a_file_is_refused_before_a_number_is_used(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")
    (office / "out").write_text("in the way")

    done = issue(office)

    assert done.code == 4
    assert run("--json", "register", "list", folder=office).json["letters"] == []


@pytest.mark.parametrize("word", ["kemarin", "2024-13-01", "31/02/2024", ""])
def test_date_that_is_none_is_wrong_usage(tmp_path: Path, word: str) -> None:
    office = make_workspace(tmp_path / "kantor")

    done = run("issue", "uji", "--date", word, folder=office)

    assert done.code == 2
    assert "date" in done.err
    assert nothing_made(office)


@pytest.mark.parametrize("key", ["../../x", "CON", "a/b", "nul.txt", "x" * 300])
def test_code_that_is_a_path_or_reserved_name_stays_in_the_folder(tmp_path: Path, key: str) -> None:
    table = RECIPIENTS.splitlines(keepends=True)[0] + f"{key};camat;Camat ../../Diwek;;Kecamatan;;Diwek;Saudara\n"
    office = make_workspace(tmp_path / "kantor", recipients=table)

    done = issue(office, "--formats", "docx")

    assert done.code == 0, done.out
    files = list(tmp_path.rglob("*.docx"))
    assert [path.parent for path in files] == [office / "out" / "2024" / "uji"]
    assert files[0].stem.split(".")[0].casefold() not in {"con", "nul"}


def test_unknown_signatory_series_and_code_are_named(tmp_path: Path) -> None:
    template = TEMPLATE.replace('jenis = "imbauan"', 'jenis = "imbauan"\npenandatangan = "kepala"')
    office = make_workspace(tmp_path / "kantor", template=template)

    done = issue(office)

    assert (done.code, codes(done)) == (1, ["batch.unknown-signatory"])


def test_no_template_named_is_wrong_usage(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    done = run("issue", folder=office)

    assert done.code == 2


def test_messages_come_in_indonesian_by_default(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    done = run("--lang", "id", "issue", "ujii", *DAY, folder=office)

    assert done.err.startswith("Galat")


def test_office_made_by_init_must_be_filled_in_before_letters_are_made(tmp_path: Path) -> None:
    run("init", tmp_path / "baru")
    (tmp_path / "baru" / "recipients.csv").write_text(RECIPIENTS, encoding="utf-8")

    done = run("--json", "issue", "imbauan/kampanye", *DAY, "--election", "pemilihan-2024", folder=tmp_path / "baru")

    assert done.code == 1
    unfilled = [problem for problem in done.json["problems"] if problem["code"] == "settings.unfilled"]
    assert [problem["line"] for problem in unfilled] == [4, 6, 7, 8, 9, 11, 12, 18]
    assert nothing_made(tmp_path / "baru")


def test_init_touches_nothing_that_is_there(tmp_path: Path) -> None:
    office = make_workspace(tmp_path / "kantor")

    done = run("init", office)

    assert done.code == 1
    assert (office / "letters.toml").read_text(encoding="utf-8") == SETTINGS


def test_fault_of_the_program_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = make_workspace(tmp_path / "kantor")
    monkeypatch.setattr("letters.batch.check.check_letters", lambda *_: 1 / 0)

    done = run("check", "uji", folder=office)

    assert done.code == 70
    assert "ZeroDivisionError" in done.err
    assert "Error: The program has a fault" in done.err


def test_gaps_of_a_new_office_are_told_together_with_the_choice_that_is_not_clear(tmp_path: Path) -> None:
    office = tmp_path / "kantor"
    run("init", office)

    done = run("--json", "issue", "imbauan/kampanye", *DAY, folder=office)

    assert {"batch.which-election", "settings.unfilled"} <= set(codes(done))
