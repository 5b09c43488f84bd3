"""TOML with arrays of tables, as the data files use it: the right line for the right entry."""

import pytest
from pydantic import BaseModel, ConfigDict

from letters.errors import LawError
from letters.toml import TomlFile, build, key_text, parse_toml


class Article(BaseModel):
    model_config = ConfigDict(extra="forbid")
    ref: str
    phase: str = ""


class Law(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    articles: tuple[Article, ...] = ()


class Book(BaseModel):
    laws: tuple[Law, ...]


TEXT = '''
[[laws]]   # first
id = "a"
note = """
[[laws]]
id = "not a key"
"""

  [[laws.articles]]
  ref = "1"

  [[laws.articles]]
  rev = "2"

[[laws]]
id = 3
articles = [
  { ref = 1 },
]
'''


def toml(text: str) -> TomlFile:
    return parse_toml(text, "book.toml", "law", LawError)


def test_lines_follow_arrays_of_tables():
    lines = toml(TEXT).lines()
    assert lines["laws", 0, "id"] == 3
    assert lines["laws", 0, "articles", 1] == 12
    assert lines["laws", 1, "id"] == 16
    assert ("laws", 2) not in lines


def test_problems_stand_at_the_line_of_their_entry():
    with pytest.raises(LawError) as caught:
        build(Book, toml(TEXT))
    found = [(problem.place.line, problem.code, problem.params["key"]) for problem in caught.value.problems]
    assert found == [
        (4, "law.unknown-key", "laws[1].note"),
        (12, "law.missing-key", "laws[1].articles[2].ref"),
        (13, "law.unknown-key", "laws[1].articles[2].rev"),
        (16, "law.wrong-type", "laws[2].id"),
        (17, "law.wrong-type", "laws[2].articles[1].ref"),
    ]


def test_lines_are_found_for_dotted_and_quoted_keys():
    lines = toml("[a.\"b c\"]\nd.e = 1\n'f g' = 2\n").lines()
    assert lines == {("a", "b c"): 1, ("a", "b c", "d", "e"): 2, ("a", "b c", "f g"): 3}


def test_first_of_two_places_with_the_same_key_is_named():
    assert toml("a.b = 1\na.c = 2\n").lines() == {("a", "b"): 1, ("a", "c"): 2}


def test_key_is_written_as_people_count():
    assert key_text(("laws", 2, "articles", 0, "ref")) == "laws[3].articles[1].ref"
