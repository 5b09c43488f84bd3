"""One letter to many: one number with a copy for each, or one letter that lists them all."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.support.cli import Run, run
from tests.support.workspace import RECIPIENTS, TEMPLATE, make_workspace, tree

DAY = ("--date", "2024-09-24")
STEM = "001-PM.00.02-K.JI-08-09-2024"
NUMBER = "001/PM.00.02/K.JI-08/09/2024"
TO_ALL = """\
+++
jenis = "undangan"
judul = "Surat uji"
hal = "Undangan"
klasifikasi = "PM.00.02"
nomor = "daftar"
+++
{% extends "naskah/surat.md" %}
{% block isi %}
Mengundang Saudara.
{% endblock %}
"""


def office_with(tmp_path: Path, template: str, recipients: str = RECIPIENTS) -> Path:
    return make_workspace(tmp_path / "kantor", template=template, recipients=recipients)


def table(count: int) -> str:
    rows = "".join(f"c{n};camat;Camat {n};;Kecamatan {n};;Jombang;Saudara\n" for n in range(1, count + 1))
    return RECIPIENTS.splitlines(keepends=True)[0] + rows


def issue(office: Path, *more: str) -> Run:
    return run("--json", "issue", "uji", *DAY, *more, folder=office)


def words(path: Path) -> str:
    """Return the text of a PDF, blanks as one."""
    done = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True)
    return " ".join(done.stdout.split())


def names(office: Path) -> list[str]:
    return sorted(path.name for path in (office / "out/2024/uji").iterdir())


# -- one number, a copy for each -----------------------------------------------------------------------


@pytest.fixture
def one_number(tmp_path: Path) -> Path:
    return office_with(tmp_path, TEMPLATE.replace('jenis = "imbauan"', 'jenis = "imbauan"\nnomor = "satu"'))


def test_copies_share_one_number_and_one_entry(one_number: Path) -> None:
    done = issue(one_number)

    assert done.code == 0, done.out
    listed = run("--json", "register", "list", folder=one_number).json["letters"]
    assert [letter["number"] for letter in listed] == [NUMBER]
    assert names(one_number) == [
        f"{STEM}-{key}.{format_}" for key in ("camat-diwek", "camat-gudo", "sekda") for format_ in ("docx", "pdf")
    ]
    assert len(listed[0]["files"]) == 6
    for key, post in (("camat-diwek", "Camat Diwek"), ("sekda", "Sekretaris Daerah")):
        text = words(one_number / f"out/2024/uji/{STEM}-{key}.pdf")
        assert f"Yth. {post}" in text
        assert NUMBER in text


def test_recipients_of_one_number_stand_in_the_register(one_number: Path) -> None:
    from letters.cli.options import actor, now
    from letters.register import Register

    issue(one_number)

    with Register.open(one_number / "register.db", actor(), now) as register:
        entry = register.show(NUMBER)
    assert [(one.key, one.name) for one in entry.recipients] == [
        ("camat-diwek", "Camat Diwek, Kecamatan Diwek"),
        ("camat-gudo", "Camat Gudo, Kecamatan Gudo"),
        ("sekda", "Sekretaris Daerah Kabupaten Jombang"),
    ]
    assert {file.recipient for file in entry.files} == {"camat-diwek", "camat-gudo", "sekda"}


def test_second_run_changes_nothing_and_lost_copies_come_back(one_number: Path) -> None:
    issue(one_number)
    before = tree(one_number / "out")

    assert (issue(one_number).json["made"], tree(one_number / "out")) == ([], before)

    (one_number / f"out/2024/uji/{STEM}-camat-gudo.pdf").unlink()
    done = run("--json", "register", "reprint", "--all-missing", folder=one_number)
    assert [Path(path).name for path in done.json["made"]] == [f"{STEM}-camat-gudo.pdf"]
    assert tree(one_number / "out") == before


def test_recipient_added_later_needs_a_decision_and_then_gets_a_copy_under_the_number(one_number: Path) -> None:
    issue(one_number)
    before = tree(one_number / "out")
    row = "camat-perak;camat;Camat Perak;;Kecamatan Perak;;Perak;Saudara\n"
    (one_number / "recipients.csv").write_text(RECIPIENTS + row, encoding="utf-8")

    told = issue(one_number)
    assert told.json["made"] == []
    assert "camat-gudo, sekda, camat-perak" in told.json["notices"][0]["message"]

    done = issue(one_number, "--ganti")
    assert [letter["number"] for letter in done.json["made"]] == [NUMBER]
    after = tree(one_number / "out")
    assert before.items() <= after.items()
    assert after.keys() - before.keys() == {f"2024/uji/{STEM}-camat-perak.{name}" for name in ("docx", "pdf")}


def test_codes_that_give_one_file_name_are_refused_where_copies_share_a_number(tmp_path: Path) -> None:
    template = TEMPLATE.replace('jenis = "imbauan"', 'jenis = "imbauan"\nnomor = "satu"')
    recipients = table(1) + "a/b;camat;Camat A;;Kecamatan A;;A;Saudara\na-b;camat;Camat B;;Kecamatan B;;B;Saudara\n"

    done = issue(office_with(tmp_path, template, recipients))

    assert (done.code, [problem["code"] for problem in done.json["problems"]]) == (1, ["batch.same-file-name"])


# -- one letter to all ---------------------------------------------------------------------------------


def test_few_recipients_are_listed_under_the_address(tmp_path: Path) -> None:
    office = office_with(tmp_path, TO_ALL)

    done = issue(office)

    assert done.code == 0, done.out
    assert names(office) == [f"{STEM}-daftar.docx", f"{STEM}-daftar.pdf"]
    text = words(office / f"out/2024/uji/{STEM}-daftar.pdf")
    assert "Yth. 1. Camat Diwek 2. Camat Gudo 3. Sekretaris Daerah Kabupaten Jombang" in text
    assert "Lampiran : -" in text
    assert "DAFTAR PENERIMA" not in text


@pytest.mark.parametrize(("count", "size"), [(6, "1 (satu) lembar"), (21, "1 (satu) berkas")])
def test_many_recipients_stand_in_an_attachment_that_is_counted_and_signed(
    tmp_path: Path, count: int, size: str
) -> None:
    office = office_with(tmp_path, TO_ALL, table(count))

    done = issue(office)

    assert done.code == 0, done.out
    first, attachment = words(office / f"out/2024/uji/{STEM}-daftar.pdf").split("DAFTAR PENERIMA")
    assert "Yth. (daftar terlampir)" in first
    assert f"Lampiran : {size}" in first
    assert first.count(NUMBER) == 2
    assert "No. Jabatan Instansi 1. Camat 1 Kecamatan 1 2. Camat 2 Kecamatan 2" in attachment
    assert f"{count}. Camat {count} Kecamatan {count} Ketua," in attachment
    assert done.json["made"][0]["recipient"] == f"Camat 1, Kecamatan 1 dan {count - 1} penerima lain"


def test_limit_of_the_list_is_the_templates(tmp_path: Path) -> None:
    office = office_with(tmp_path, TO_ALL.replace('nomor = "daftar"', 'nomor = "daftar"\nbatas_penerima = 2'))

    issue(office)

    assert "Yth. (daftar terlampir)" in words(office / f"out/2024/uji/{STEM}-daftar.pdf")


def test_letter_to_all_that_speaks_to_one_is_refused_before_a_number_is_used(tmp_path: Path) -> None:
    office = office_with(tmp_path, TO_ALL.replace("Mengundang Saudara", "Mengundang {{ jabatan }}"))

    done = issue(office)

    assert (done.code, done.json["problems"][0]["code"]) == (1, "merge.blank-value")
    assert run("--json", "register", "list", folder=office).json["letters"] == []


def test_letter_to_all_is_made_again_from_the_register(tmp_path: Path) -> None:
    office = office_with(tmp_path, TO_ALL, table(6))
    issue(office)
    before = tree(office / "out")
    for path in (office / "out/2024/uji").iterdir():
        path.unlink()

    done = run("--json", "register", "reprint", NUMBER, folder=office)

    assert done.code == 0, done.out
    assert tree(office / "out") == before
