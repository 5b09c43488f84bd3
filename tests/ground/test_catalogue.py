"""The Indonesian catalogue: every text is there, fits its fields, is what the program shows, and keeps the glossary."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from letters.cli.options import DateType
from letters.cli.output import LABELS
from letters.errors import LettersError, Place, Severity
from letters.messages import catalogue, filled, place_text, problem_text, translate
from letters.recipients import read_recipients
from letters.settings import read_settings
from tests.support.cli import run
from tools.messages import MO, PO, merged, mo_bytes, po_bytes, problems

ENGLISH = re.compile(
    r"\b(templates?|recipients?|register|batch|files?|fonts?|errors?|warnings?|password|database|default|drafts?"
    r"|sheets?|cells?|rows?|columns?|backup|link|online|user|disk|editor|stylesheet|workbook|encoding)\b"
)
LITERAL = re.compile(
    r"\{\{%.*?%\}\}"  # a statement of the template language
    r"|\{\w+[^{}]*\}"  # a field
    r"|\[\w+\]"  # a table of letters.toml
    r"|`[^`]*`|\|\w+|--\w+|\w*\.\w+"  # a key, a filter, an option, a file name
    r"|letters( [a-z]+){1,2}|folder templates"
)


@lru_cache(maxsize=1)
def whole() -> Catalog:
    """Return the ids of the code with the texts of letters.po."""
    return merged()


def texts() -> Iterator[tuple[str, str]]:
    """Yield every translated id (both forms of a plural in one line) with its Indonesian text."""
    for message in whole():
        if message.id and message.string:
            forms = message.id if isinstance(message.id, tuple | list) else [message.id]
            text = message.string if isinstance(message.string, str) else message.string[0]
            yield " / ".join(forms), text


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


# -- complete -----------------------------------------------------------------------------------------


def test_every_id_has_an_indonesian_text_with_the_same_fields() -> None:
    assert problems(whole()) == []
    assert sum(1 for _ in texts()) > 600


def test_every_text_can_be_filled_with_what_its_id_is_filled_with() -> None:
    for message, text in texts():
        values = dict.fromkeys(fields(message), "isi")
        filled = text.format(**values)
        assert all(f"{{{name}}}" not in filled for name in values), message


def test_indonesian_has_one_form_for_one_and_for_many() -> None:
    plurals = [message for message in whole() if isinstance(message.id, tuple | list)]
    assert plurals
    for message in plurals:
        one, many = message.id
        assert catalogue("id").ngettext(one, many, 1) == catalogue("id").ngettext(one, many, 5) == message.string[0]


def test_po_and_mo_are_up_to_date_with_the_code_and_each_other() -> None:
    po = PO.read_bytes()

    assert po == po_bytes(whole())
    assert MO.read_bytes() == mo_bytes(po)


def test_what_the_program_shows_is_what_the_po_file_says() -> None:
    wrong = [
        message.id
        for message in whole()
        if isinstance(message.id, str) and message.id and translate(message.id, "id") != message.string
    ]
    assert wrong == []


# -- language -----------------------------------------------------------------------------------------


def test_no_text_uses_an_english_word_where_the_glossary_has_an_indonesian_one() -> None:
    found = {text: words for _, text in texts() if (words := ENGLISH.findall(LITERAL.sub(" ", text)))}
    assert found == {}


def test_a_sentence_ends_as_its_id_ends() -> None:
    ends = [(message, text) for message, text in texts() if message[-1] in ".:" and message[-1] != text[-1]]
    assert ends == []


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (LABELS[Severity.ERROR], "Galat"),
        (LABELS[Severity.WARNING], "Peringatan"),
        (LABELS[Severity.HINT], "Petunjuk"),
        ("Number", "Nomor"),
        ("Date", "Tanggal"),
        ("State", "Status"),
        ("Recipient", "Penerima"),
        ("Subject", "Hal"),
        ("Usage:", "Penggunaan:"),
        ("Error: {message}", "Galat: {message}"),
    ],
)
def test_labels_and_headings_are_the_agreed_words(message: str, text: str) -> None:
    assert translate(message, "id") == text
    assert translate(message, "en") == message


# -- shown --------------------------------------------------------------------------------------------

SETTINGS = """\
[kantor]
nama = "Bawaslu Kabupaten Jombang"
tingkat = "kabupaten"
kop = ["BADAN PENGAWAS PEMILIHAN UMUM"]
alamat = "Jalan Contoh"
kota = "Jombang"
zona_waktu = "WIBB"

[penandatangan.ketua]
jabatan = "Ketua"
nama = 3
"""


def bad_settings(folder: Path) -> None:
    path = folder / "letters.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    read_settings(path)


def column_missing(folder: Path) -> None:
    path = folder / "recipients.csv"
    path.write_text("kode;kelompk;jabatan\na;camat;Camat Diwek\n", encoding="utf-8")
    read_recipients(path)


def code_twice(folder: Path) -> None:
    path = folder / "recipients.csv"
    path.write_text("kode;kelompok;jabatan\na;camat;Camat Diwek\na;camat;Camat Gudo\n", encoding="utf-8")
    read_recipients(path)


def no_date(_folder: Path) -> None:
    DateType().convert("kemarin", None, None)


SHOWN = {
    bad_settings: (
        'letters.toml, baris 7: “kantor.zona_waktu” tidak boleh berisi "WIBB".\n'
        "  → Yang boleh di sini: WIB, WITA, WIT.\n"
        "letters.toml, baris 11: “penandatangan.ketua.nama” harus berupa teks, bukan 3.\n"
        "  → Tulis di antara tanda petik ganda.",
        'letters.toml, line 7: "kantor.zona_waktu" cannot be "WIBB".\n'
        "  → Possible here: WIB, WITA, WIT.\n"
        'letters.toml, line 11: "penandatangan.ketua.nama" must be text, not 3.\n'
        "  → Write it in double quotes.",
    ),
    column_missing: (
        "recipients.csv, baris 1: Kolom kelompok belum ada.\n"
        "  → Ubah judul kolom kelompk jika itu yang dimaksud atau tambahkan kolomnya.",
        "recipients.csv, row 1: The column kelompok is missing.\n"
        "  → Rename the column kelompk if that is what it is, or add the column.",
    ),
    code_twice: (
        "recipients.csv, baris 3, kolom kode, kode a: "
        "Kode a ada di baris 2 dan 3; setiap penerima memerlukan kodenya sendiri.\n"
        "  → Beri kode lain pada salah satunya atau hapus barisnya jika penerimanya sama.",
        "recipients.csv, row 3, column kode, code a: "
        "The code a stands in rows 2 and 3; each recipient needs a code of its own.\n"
        "  → Give one of them another code, or delete the row if it is the same recipient.",
    ),
    no_date: (
        "“kemarin” bukan tanggal.\n  → Tulis seperti 2024-09-24 atau 24-09-2024.",
        '"kemarin" is no date.\n  → Write it as 2024-09-24 or 24-09-2024.',
    ),
}


@pytest.mark.parametrize("fault", SHOWN)
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_problem_is_told_in_the_language_asked_for(
    fault: Callable[[Path], None], language: str, tmp_path: Path
) -> None:
    with pytest.raises(LettersError) as caught:
        fault(tmp_path)

    told = "\n".join(problem_text(problem, language) for problem in caught.value.problems)

    assert told.replace(f"{tmp_path.as_posix()}/", "") == SHOWN[fault][language == "en"]


def test_a_place_is_said_in_the_words_of_excel() -> None:
    place = Place(file="penerima.xlsx", sheet="Camat", row=12, column="jabatan", key="camat-diwek")

    assert place_text(place, "id") == "penerima.xlsx, lembar Camat, baris 12, kolom jabatan, kode camat-diwek"
    assert place_text(place, "en") == "penerima.xlsx, sheet Camat, row 12, column jabatan, code camat-diwek"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "id",
            [
                "Penggunaan: letters register list",
                "Galat: Nilai untuk '--state' tidak dapat dipakai: 'x' bukan salah satu dari 'dicadangkan'",
            ],
        ),
        ("en", ["Usage: letters register list", "Error: Invalid value for '--state': 'x' is not one of"]),
    ],
)
def test_wrong_usage_is_told_in_the_language_asked_for(language: str, told: list[str]) -> None:
    done = run("--lang", language, "register", "list", "--state", "x")

    assert done.code == 2
    assert all(part in done.err for part in told)


@pytest.mark.parametrize(("language", "told"), [("id", "Mungkin maksudnya '--date'"), ("en", "Did you mean one of")])
def test_options_meant_are_named_when_there_are_several(language: str, told: str) -> None:
    assert told in run("--lang", language, "check", "--sheat", "x").err


def test_days_are_written_as_the_language_writes_them():
    assert filled("{day}", "id", {"day": date(2024, 9, 20)}) == "20 September 2024"
    assert filled("{day}", "en", {"day": date(2024, 9, 20)}) == "2024-09-20"
