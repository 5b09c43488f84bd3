"""Looking things up in the agenda book, and making a letter void."""

from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.workspace import TEMPLATE, make_workspace

DAY = ("--date", "2024-09-24")
FIRST = "001/PM.00.02/K.JI-08/09/2024"
SECOND = "002/PM.00.02/K.JI-08/09/2024"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path / "kantor")
    run("issue", "uji", *DAY, "--formats", "docx", folder=folder)
    return folder


def numbers(office: Path, *options: str) -> list[str]:
    """Return the running parts of the letters listed."""
    letters = run("--json", "register", "list", *options, folder=office).json["letters"]
    return [letter["number"][:3] for letter in letters]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), ["001", "002", "003"]),
        (("--year", "2024"), ["001", "002", "003"]),
        (("--year", "2023"), []),
        (("--kind", "imbauan"), ["001", "002", "003"]),
        (("--kind", "edaran"), []),
        (("--recipient", "GUDO"), ["002"]),
        (("--recipient", "sekda"), ["003"]),
        (("--state", "issued"), ["001", "002", "003"]),
        (("--state", "void"), []),
        (("--template", "uji"), ["001", "002", "003"]),
        (("--template", "lain"), []),
        (("--series", "surat"), ["001", "002", "003"]),
        (("--series", ""), []),
        (("--stage", "kampanye"), []),
        (("--text", "daerah imbauan"), ["003"]),
        (("--limit", "2"), ["002", "003"]),
        (("--recipient", "camat", "--limit", "1"), ["002"]),
    ],
)
def test_list_shows_only_what_was_asked_for(office: Path, options: tuple[str, ...], found: list[str]) -> None:
    assert numbers(office, *options) == found


def test_states_and_events_are_told_in_the_users_language(office: Path) -> None:
    run("register", "void", SECOND, "--reason", "salah alamat", folder=office)

    listed = run("--lang", "id", "register", "list", "--state", "void", folder=office)
    shown = run("--lang", "id", "register", "show", SECOND, folder=office)

    assert listed.out.splitlines()[1].split("\t")[2] == "batal"
    assert "Alasan: salah alamat" in shown.out
    assert [line.split("  ")[1] for line in shown.out.splitlines()[-3:]] == [
        "nomor dipesan",
        "surat diterbitkan",
        "dibatalkan",
    ]


def test_void_letter_stays_with_its_reason_and_its_number_is_not_used_again(office: Path) -> None:
    done = run("--json", "register", "void", SECOND, "--reason", "salah alamat", folder=office)
    again = run("--json", "issue", "uji", *DAY, "--batch", "kedua", "--to", "sekda", folder=office)

    assert (done.json["letter"]["state"], done.json["letter"]["reason"]) == ("void", "salah alamat")
    assert again.json["made"][0]["number"].startswith("004/")
    assert numbers(office, "--state", "void") == ["002"]


def test_void_says_which_copies_must_be_taken_back(office: Path) -> None:
    done = run("register", "void", FIRST, "--reason", "salah alamat", folder=office)

    assert done.out == (
        f"{FIRST} to Camat Diwek, Kecamatan Diwek is void: salah alamat.\n"
        "Take back or mark the copies of out/2024/uji/001-PM.00.02-K.JI-08-09-2024-camat-diwek.docx.\n"
    )


def test_void_without_reason_is_wrong_usage_and_a_blank_one_is_refused(office: Path) -> None:
    without = run("register", "void", FIRST, folder=office)
    blank = run("register", "void", FIRST, "--reason", " ", folder=office)

    assert (without.code, blank.code) == (2, 3)
    assert "needs a reason" in blank.err
    assert numbers(office, "--state", "void") == []


def test_unknown_number_names_near_ones(office: Path) -> None:
    done = run("register", "void", "001/PM.00.02/K.JI-08/09/2023", "--reason", "x", folder=office)

    assert done.code == 3
    assert FIRST in done.err


def test_document_without_number_is_found_by_its_id(tmp_path: Path) -> None:
    template = '+++\njenis = "ikrar"\njudul = "Ikrar"\nderet = ""\n+++\nIkrar {{ jabatan }}.\n'
    office = make_workspace(tmp_path / "kantor", template=template)
    run("issue", "uji", *DAY, "--formats", "docx", folder=office)

    label = run("register", "list", folder=office).out.splitlines()[1].split("\t")[0]

    assert label == "#1"
    assert run("--json", "register", "show", label, folder=office).json["letter"]["number"] is None


def test_states_inside_messages_are_told_in_the_users_language(office: Path) -> None:
    fill = ("register", "fill", SECOND, "--letter", "uji", "--to", "sekda", "--batch", "kedua", *DAY)

    assert "dengan status terbit" in run("--lang", "id", *fill, folder=office).err
    assert "and is issued" in run(*fill, folder=office).err


def test_document_without_number_is_listed_by_its_id_and_found_by_it(tmp_path: Path) -> None:
    plain = TEMPLATE.replace('klasifikasi = "PM.00.02"', 'deret = ""')
    for frame in ('{% extends "naskah/surat.md" %}', "{% block isi %}", "{% endblock %}"):
        plain = plain.replace(frame, "")
    office = make_workspace(tmp_path / "lain", template=plain)
    run("issue", "uji", *DAY, "--formats", "docx", folder=office)

    first = run("register", "list", folder=office).out.splitlines()[1].split("\t")[0]

    assert first == "#1"
    assert run("--json", "register", "show", first, folder=office).json["letter"]["key"] == "camat-diwek"
    assert run("register", "void", first, "--reason", "salah", folder=office).code == 0


def test_sending_is_noted_for_all_the_letters_named_or_for_none(office: Path) -> None:
    done = run("register", "sent", "1", "2", "--date", "2024-09-25", "--by", "kurir", folder=office)
    more = run("register", "sent", "2", "--handler", "Subbag Umum", folder=office)
    wrong = run("register", "sent", "3", "99", "--by", "pos", folder=office)

    assert (done.code, more.code, wrong.code) == (0, 0, 3)
    sent = [run("--json", "register", "show", n, folder=office).json["letter"]["sent"] for n in ("1", "2", "3")]
    assert sent == [
        {"date": "2024-09-25", "by": "kurir", "handler": ""},
        {"date": "2024-09-25", "by": "kurir", "handler": "Subbag Umum"},
        {"date": None, "by": "", "handler": ""},
    ]
    assert run("register", "verify", folder=office).code == 0


def test_sending_that_is_said_twice_is_one_event_and_one_without_words_is_wrong_usage(office: Path) -> None:
    for _ in range(2):
        run("register", "sent", "1", "--by", "kurir", folder=office)

    events = run("--json", "register", "show", "1", folder=office).json["events"]
    assert [event["what"] for event in events] == ["reserved", "issued", "sent"]
    assert run("register", "sent", "1", folder=office).code == 2


def test_booked_number_cannot_have_been_sent(office: Path) -> None:
    booking = ("book", "--for", "Bagian Hukum", "--purpose", "sidang", "--classification", "PM.00.02", *DAY)
    run("register", *booking, folder=office)

    assert run("register", "sent", "4", "--by", "pos", folder=office).code == 3
