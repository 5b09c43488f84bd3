import os
import socket
import subprocess
import sys
import urllib.request

import pytest

from letters.errors import MachineError, WriteError
from letters.messages import problem_text
from letters.model.document import Document
from letters.writers import WRITERS, Look
from letters.writers.pdf import missing_libraries
from tests.writers.sample import CSS, PROPERTIES, VALUES, everything, imbauan, look, p


@pytest.fixture
def reached(monkeypatch):
    """Note every attempt to open a URL, a connection or a file of the system's."""
    tried = []
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", lambda self, url, *rest: tried.append(url))
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: tried.append(address))
    return tried


@pytest.mark.parametrize(
    "css",
    [
        '@import "http://127.0.0.1:9/a.css";',
        '@import "file:///etc/hostname";',
        '@font-face { font-family: x; src: url("http://127.0.0.1:9/x.ttf") } p { font-family: x }',
        '@font-face { font-family: x; src: url("file:///etc/hostname") } p { font-family: x }',
        'p { background: url("http://127.0.0.1:9/x.png") }',
        'p { background: url("file:///etc/hostname") }',
        'p { background: url("data:image/png;base64,AAAA") }',
        'p::before { content: url("http://127.0.0.1:9/x.png") }',
        'ol { list-style-image: url("http://127.0.0.1:9/x.png") }',
        '@page { background: url("file:///etc/hostname") }',
        '@page { @top-left { content: url("http://127.0.0.1:9/x.png") } }',
        'p { background: url("aset:cap") }',
    ],
)
def test_nothing_but_the_looks_own_pictures_is_ever_fetched(css, reached):
    with pytest.raises(WriteError) as caught:
        WRITERS["pdf"].prepare(everything(), Look(css + CSS, look().assets)).fill(VALUES, PROPERTIES)
    assert [problem.code for problem in caught.value.problems] == ["writers.pdf-fetch"]
    assert reached == []


def test_ordinary_letter_opens_nothing(reached):
    WRITERS["pdf"].prepare(everything(), look(mark="KONSEP")).fill(VALUES, PROPERTIES)
    assert reached == []


def test_values_that_look_like_markup_or_addresses_are_printed(reached):
    odd = ["<img src=file:///etc/hostname>", "{{ 7*7 }}", "</p><script>", "&amp;", "http://127.0.0.1:9/", "]]>", "<!--"]
    assert WRITERS["pdf"].prepare(imbauan(), look()).fill(odd, PROPERTIES).startswith(b"%PDF-1.7")
    assert reached == []


def test_stylesheet_is_clean_for_weasyprint():
    """Any warning would raise; the second line shows that it does."""
    WRITERS["pdf"].prepare(Document((p("x"),)), Look(CSS))
    with pytest.raises(WriteError):
        WRITERS["pdf"].prepare(Document((p("x"),)), Look(CSS + "p { colour: red }"))


def test_everything_weasyprint_would_ignore_is_named_at_once():
    css = "p { colour: red }\nli { margin: 1 2 3 4 5 }"
    with pytest.raises(WriteError) as caught:
        WRITERS["pdf"].prepare(Document((p("x"),)), Look(css))
    assert [problem.code for problem in caught.value.problems] == ["writers.pdf-stylesheet"] * 2
    assert "colour" in str(caught.value)
    assert "2:6" in str(caught.value)


def test_characters_no_font_has_are_named():
    form = WRITERS["pdf"].prepare(Document((p("{0}"),)), look())
    with pytest.raises(WriteError) as caught:
        form.fill(("a\u0007b\u0007c\u2028",), PROPERTIES)
    assert [(problem.code, problem.params["code"]) for problem in caught.value.problems] == [
        ("writers.pdf-glyph", "U+0007"),
        ("writers.pdf-glyph", "U+2028"),
    ]


def test_private_characters_of_old_symbol_fonts_are_named():
    form = WRITERS["pdf"].prepare(Document((p("{0}"),)), look())
    with pytest.raises(WriteError) as caught:
        form.fill(("\uf0b7 butir",), PROPERTIES)
    assert caught.value.problems[0].params["code"] == "U+F0B7"


def test_picture_that_is_no_picture_is_refused():
    broken = Look(CSS, {"logo": b"\x89PNG\r\n\x1a\nbroken"})
    with pytest.raises(WriteError):
        WRITERS["pdf"].prepare(imbauan(), broken).fill(VALUES, PROPERTIES)


def test_letter_after_a_refused_one_is_whole():
    form = WRITERS["pdf"].prepare(imbauan(), look())
    good = form.fill(VALUES, PROPERTIES)
    with pytest.raises(WriteError):
        form.fill(["\u0007"] * len(VALUES), PROPERTIES)
    assert form.fill(VALUES, PROPERTIES) == good


WITHOUT_LIBRARY = """
import cffi, sys
real = cffi.FFI.dlopen
def dlopen(self, name, *rest):
    if name and {part!r} in str(name):
        raise OSError("cannot load library " + str(name))
    return real(self, name, *rest)
cffi.FFI.dlopen = dlopen
from letters.errors import MachineError
from letters.model.document import Document
from letters.writers import WRITERS, Look
for _ in range(2):
    try:
        WRITERS["pdf"].prepare(Document(()), Look(""))
    except MachineError as error:
        print(error.exit_code, error.problems[0].code, file=sys.stderr)
"""


@pytest.mark.parametrize("part", ["pango", "harfbuzz-subset"])
def test_missing_system_library_is_the_machines_fault_and_said_each_time(part):
    command = [sys.executable, "-c", WITHOUT_LIBRARY.format(part=part)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert done.stderr.splitlines() == ["4 writers.pdf-machine"] * 2
    assert done.stdout == ""


def test_remedy_for_a_missing_library_is_the_line_to_type():
    shown = problem_text(missing_libraries("libpango"), "en")
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in shown
    assert MachineError.exit_code == 4
