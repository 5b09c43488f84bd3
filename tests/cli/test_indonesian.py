"""In Indonesian nothing is said in English: usage, choices, kinds of values, and what other programs report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from letters.cli import cli
from tests.support.cli import Run, run
from tests.support.workspace import make_workspace

ENGLISH = re.compile(
    r"\b(usage|options?|commands?|args|arguments?|error|try|invalid|missing|value|integer|range|choose|required|"
    r"file|dir|directory|name|text|list|address|default|show|exit|such|must|the|is|not|of|unexpected|expected|got)\b",
    re.IGNORECASE,
)
OURS = re.compile(
    r"--?[\w-]+|\bletters( \w+)*|^ +[a-z]+ |naskah/\S+|recipients\.csv|letters\.toml|surat\.css|\S+/\S+"
    r"|“[^”]*”|\(yang ada: [^)]*\)",
    re.MULTILINE,
)
"""Names of commands, options and files, which are the same in both languages."""


def paths(command: click.Command, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield before
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None
                yield from paths(found, (*before, name))


COMMANDS = list(paths(cli))


def indonesian(*arguments: object, folder: Path | None = None) -> Run:
    return run("--lang", "id", *arguments, folder=folder)


def english_in(text: str) -> list[str]:
    """Return the English words of `text`."""
    return [found[0] for found in ENGLISH.finditer(OURS.sub(" ", text))]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "kantor")


def test_english_words_would_be_found() -> None:
    assert english_in(run("issue", "--help").out)
    assert english_in(run("register", "list", "--year", "dua").err)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_of_every_command(path: tuple[str, ...]) -> None:
    told = indonesian(*path, "--help")
    assert (told.code, english_in(told.out)) == (0, [])


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("wrong", ["--tidak-ada", "--json=1"])
def test_unknown_option_of_every_command(path: tuple[str, ...], wrong: str) -> None:
    told = indonesian(*path, wrong)
    assert (told.code, english_in(told.err)) == (2, [])
    assert "Galat: " in told.err


@pytest.mark.parametrize("path", [path for path in COMMANDS if path])
def test_arguments_too_few_or_too_many(office: Path, path: tuple[str, ...]) -> None:
    for more in ((), ("satu", "dua", "tiga")):
        told = indonesian(*path, *more, folder=office / "tidak-ada")
        assert english_in(told.err) == [], told.err


WRONG = [
    ("bukan",),
    ("register", "bukan"),
    ("--lang",),
    ("issue", "--date"),
    ("issue", "--date", "kemarin"),
    ("issue", "--jobs", "dua"),
    ("issue", "--jobs", "0"),
    ("issue", "--engine", "word"),
    ("issue", "--formats", "odt"),
    ("register", "list", "--state", "hilang"),
    ("register", "list", "--year", "dua"),
    ("register", "book", "--count", "1000", "--for", "a", "--purpose", "b"),
    ("register", "void", "1"),
    ("register", "export", "."),
    ("register", "export", "agenda.odt"),
    ("register", "backup", "tidak/ada/salinan.db"),
    ("register", "restore", "tidak-ada.db"),
    ("register", "restore", "letters.toml"),
    ("register", "import", "letters.toml"),
    ("register", "import", "."),
    ("laws", "check", "."),
    ("issue", "uji", "--recipients", "."),
    ("issue", "uji", "--recipients", "letters.toml"),
    ("due", "--within", "lama"),
    ("stages", "--ics", "."),
    ("init", "letters.toml"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_values(office: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    monkeypatch.chdir(office)
    told = indonesian(*arguments)
    assert told.code != 0
    assert english_in(told.err) == [], told.err


@pytest.mark.parametrize("content", [b"bukan basis data" * 100, b"SQLite format 3\0" + b"\1" * 4000, b""])
def test_register_that_is_none(office: Path, content: bytes) -> None:
    (office / "register.db").write_bytes(content)
    for arguments in (("list",), ("verify",), ("void", "001/PM.00.02/K.JI-08/09/2024", "--reason", "keliru")):
        told = indonesian("register", *arguments, folder=office)
        assert told.code == 3
        assert "database" not in told.err
        assert english_in(told.err) == []


BROKEN = [
    *("{{ nama lengkap }}", "{{ nama", "{{ }}", "{{ (nama }}", "{{ nama) }}", "{{ nama | }}", "{{ nama.  }}"),
    *("{{ “nama” }}", "{{ nama? }}", "{{ 'nama }}", "{{ nama|besar }}", "{% if nama is besar %}x{% endif %}"),
    *("{% if %}x{% endif %}", "{% if nama %}x", "{% endif %}", "{% %}", "{% kalau nama %}x{% endif %}", "{# catatan"),
    *("{% for x nama %}{% endfor %}", "{% set 1 = nama %}", "{% set = 1 %}", "{% block a-b %}{% endblock %}"),
    *(
        "{% block a %}{% endblock %}{% block a %}{% endblock %}",
        "{% if nama > %}x{% endif %}",
        "{{ nama[ }}",
        "{{ 3 +* 4 }}",
    ),
    *(
        "{% macro m(a=1, b) %}{% endmacro %}",
        "{{ nama is defined is none }}",
        "{% include %}",
        "{% extends %}",
        "{% if nama > 3 %}x{% endif %}",
    ),
]


@pytest.mark.parametrize("text", BROKEN)
def test_template_that_jinja_cannot_read(office: Path, text: str) -> None:
    path = office / "templates" / "uji.md"
    path.write_text(path.read_text(encoding="utf-8").replace("menjaga netralitas;", f"{text};"), encoding="utf-8")

    told = indonesian("check", "uji", "--date", "2024-09-24", folder=office)

    assert told.code == 1, told.out + told.err
    assert english_in(told.err) == [], told.err
    assert "uji.md, baris " in told.err


@pytest.mark.parametrize("line", ["judul = Surat", 'untuk = ["camat"', 'hal = "a"\nhal = "b"', "nomor = 3", "xyz"])
def test_front_matter_that_is_no_toml(office: Path, line: str) -> None:
    path = office / "templates" / "uji.md"
    path.write_text(path.read_text(encoding="utf-8").replace("+++\n", f"+++\n{line}\n", 1), encoding="utf-8")

    told = indonesian("check", "uji", "--date", "2024-09-24", folder=office)

    assert (told.code, english_in(told.err)) == (1, []), told.err


def test_states_are_chosen_in_both_languages(office: Path) -> None:
    run("issue", "uji", "--date", "2024-09-24", "--formats", "docx", folder=office)
    for words in (("issued", "terbit", "Terbit"), ("void", "batal")):
        found = {indonesian("register", "list", "--state", word, folder=office).out for word in words}
        assert len(found) == 1
    assert "[booked|reserved|issued|void]" in run("register", "list", "--help").out
