"""Each real case, as far as its letters' words: recipients, numbers, law, wording, for every recipient."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from letters.batch.choosing import Choice
from letters.batch.occasions import Wanted
from letters.batch.plan import Composer, Draft, make_plan
from letters.batch.workspace import open_workspace
from letters.errors import Severity
from letters.model.document import Cell, Field, Heading, List, Numeral, Paragraph
from letters.model.walk import Node, children, inline_text, walk

HERE = Path(__file__).parent
NEVER = ["{{", "{%", "NAMA LENGKAP", "himbau", "Kepada Yth", "terlampir", "  ", " ,", " ;", "..", ";.", "None", "\\"]
"""What no letter of any case may hold."""


@dataclass(frozen=True)
class Made:
    """One letter of a run."""

    group: str
    number: str
    text: str
    shape: str
    points: list[list[str]]
    """Its runs of points a., b., c."""


def runs() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*/expected.toml")):
        for run in tomllib.loads(path.read_text("utf-8"))["runs"]:
            name = f"{path.parent.name}-{run['template'].replace('/', '-')}"
            found.append(pytest.param(path.parent, run, id=name))
    return found


def wanted(run: dict[str, Any]) -> Wanted:
    return Wanted(run.get("election", ""), run.get("stage", ""))


def make(case: Path, run: dict[str, Any]) -> list[Made]:
    composer = Composer(open_workspace((case / run["workspace"]).resolve()))
    plan = make_plan(composer, Choice((run["template"],), run["date"], wanted=wanted(run)), lambda *_: None)
    assert [str(problem) for problem in plan.notices if problem.severity is not Severity.HINT] == []
    return [make_one(composer, draft, order) for order, draft in enumerate(plan.drafts())]


def make_one(composer: Composer, draft: Draft, order: int) -> Made:
    numbering, number = draft.numbering, ""
    if numbering:
        number = numbering.pattern.format(numbering.settings.start + order, draft.setting.day, numbering.parts)
    letter = composer.compose(draft, number)
    document = letter.shape.document
    return Made(
        draft.recipient.group,
        number,
        "\n".join(words(document, letter.values)),
        letter.shape.digest,
        [points(node, letter.values) for node in walk(document) if is_lettered(node)],
    )


def words(node: Node, values: tuple[str, ...]) -> list[str]:
    """Return what `node` says, a line for each paragraph, heading, cell and field."""
    lines = []
    for part in walk(node):
        if isinstance(part, (Paragraph, Heading, Cell)):
            lines.append(inline_text(part.children, values))
        elif isinstance(part, Field):
            lines.append(" : ".join(inline_text(side, values) for side in (part.label, part.value)))
    return lines


def is_lettered(node: Node) -> bool:
    return isinstance(node, List) and node.scheme.numeral is Numeral.LOWER_ALPHA


def points(node: Node, values: tuple[str, ...]) -> list[str]:
    return [words(item, values)[-1] for item in children(node)]


@pytest.mark.parametrize(("case", "run"), runs())
def test_letters_of_the_case_say_what_they_must(case, run):
    letters = make(case, run)

    assert len(letters) == run["letters"]
    assert len({letter.shape for letter in letters}) == run["shapes"]
    assert (letters[0].number, letters[-1].number) == (run["first_number"], run["last_number"])
    for letter in letters:
        assert letter.number in letter.text
        holds(letter, run["must"], [*NEVER, *run["must_not"]])


@pytest.mark.parametrize(("case", "run"), runs())
def test_each_audience_gets_its_own_words(case, run):
    letters = make(case, run)

    for wanted in run.get("groups", []):
        own = [letter for letter in letters if letter.group == wanted["group"]]
        assert len(own) == wanted["letters"]
        for letter in own:
            holds(letter, wanted["must"], wanted.get("must_not", []))
    if "groups" in run:
        assert sum(wanted["letters"] for wanted in run["groups"]) == len(letters)


def holds(letter: Made, must: list[str], must_not: list[str]) -> None:
    assert [text for text in must if text not in letter.text] == [], letter.text
    assert [text for text in must_not if text in letter.text] == [], letter.text


@pytest.mark.parametrize(("case", "run"), runs())
def test_points_of_one_sentence_are_joined_by_semicolons_and_a_last_and(case, run):
    for letter in make(case, run):
        for *others, before_last, last in letter.points:
            assert [point for point in others if not point.endswith(";")] == []
            assert before_last.endswith(("; dan", "; atau", "; dan/atau"))
            assert last.endswith(".")
            assert len({point[0].isupper() for point in (*others, before_last, last)}) == 1
