"""What jinja2 says of a template it cannot read → a problem in plain words, with its place."""

from __future__ import annotations

import re

from letters.errors import N_, Place, Problem, Word

SYNTAX = "merge.syntax"
TOKENS = {
    "begin of print statement": "{{",
    "end of print statement": "}}",
    "begin of statement block": "{%",
    "end of statement block": "%}",
    "begin of comment": "{#",
    "end of comment": "#}",
    "end of template": Word(N_("the end of the file")),
    "name": Word(N_("a name")),
    "string": Word(N_("a text in quotation marks")),
    "integer": Word(N_("a number")),
    "float": Word(N_("a number")),
    "template data / text": Word(N_("text")),
}
"""jinja2's word for a part of a template → what stands there, or our word for it."""
CHECK = N_("Check brackets, quotation marks and spelling; names hold letters, digits and underscores.")
BEGUN = N_("Look for a bracket, a quotation mark or a {{{{, {{% or {{# above that is opened and not closed.")
WORDS = (
    (
        r"expected token '(?P<expected>.+)', got '(?P<found>.+)'",
        N_("Here stands {found} where {expected} belongs."),
        CHECK,
    ),
    (r"unexpected end of template, expected '(?P<expected>.+)'", N_("The file ends before {expected}."), BEGUN),
    (r"Unexpected end of template\b.*", N_("The file ends in the middle of something."), BEGUN),
    (
        r"unexpected '(?P<found>.+)', expected '(?P<expected>.+)'",
        N_("{found} closes here what was not opened; {expected} must come first."),
        N_("Close brackets in the order opposite to the one they were opened in."),
    ),
    (
        r"Expected an expression,? got '(?P<found>.+)'",
        N_("A value is missing before {found}."),
        N_("Write a name or a text in quotation marks there."),
    ),
    (r"unexpected '(?P<found>(?:end|begin) of .+)'", N_("Something is missing before {found}."), CHECK),
    (
        r"unexpected char (?P<quote>['\"])(?P<found>.+)(?P=quote) at \d+",
        N_("The character {found} cannot stand here."),
        N_("Write quotation marks straight and in pairs, and names with letters, digits and underscores only."),
    ),
    (r"Invalid character in identifier", N_("A name here holds a character that names cannot have."), CHECK),
    (r"unexpected '(?P<found>.+)'", N_("{found} does not fit here."), CHECK),
    (r"tag name expected", N_("The word after {{% is missing."), N_("Write if, for, block or the like there.")),
    (
        r"Missing end of comment tag",
        N_("The comment that begins here is never closed."),
        N_("Write #}} where it ends."),
    ),
    (
        r"Missing end of raw directive",
        N_("{{% raw %}} is opened here and never closed."),
        N_("Add {{% endraw %}} where it ends."),
    ),
    (
        r"No (?:filter|test) named '(?P<found>.+)'\.?",
        N_("“{found}” is no filter and no test."),
        N_("Check its spelling; docs/templates.md lists those there are."),
    ),
    (
        r"block '(?P<found>.+)' defined twice",
        N_("The block {found} stands twice in this file."),
        N_("Give one of them another name, or put both texts into one."),
    ),
    (
        r"Block names in Jinja .*",
        N_("The name of a block holds a hyphen or another character that names cannot have."),
        CHECK,
    ),
    (
        r"can't assign to .*",
        N_("No value can be given to what stands here."),
        N_("Write a name of your own before the = of {{% set %}}, or after {{% for %}}."),
    ),
    (
        r"expected name or number|expected subscript expression",
        N_("After the dot or the square bracket a name is missing."),
        CHECK,
    ),
    (
        r"You cannot chain multiple tests with is",
        N_("Two “is” stand one after the other."),
        N_("Ask for both: “a is x and a is y”."),
    ),
    (
        r"non-default argument follows default argument",
        N_("An argument without a value of its own follows one that has it."),
        N_("Put those with = to the end."),
    ),
    (
        r"invalid syntax for function call expression",
        N_("What stands in the brackets is not written correctly."),
        CHECK,
    ),
    (
        r"Required blocks can only contain .*",
        N_("A required block holds text."),
        N_("Leave it empty, or take “required” away."),
    ),
)
"""What jinja2 says, our message, and what to do; the first that fits counts."""


def syntax_problem(detail: str, place: Place) -> Problem:
    """Return jinja2's complaint `detail` in plain words; one that is not known is shown as it stands."""
    # Inside an open block jinja2 names both the tag it does not expect and the block it waits for.
    unclosed = re.search(r"block that needs to be closed is '(\w+)'", detail)
    if unclosed and "unknown tag" not in detail:
        return _unclosed(unclosed[1], place)
    if unknown := re.search(r"unknown tag '(\w+)'", detail):
        return Problem(
            "merge.unknown-tag",
            N_("{{% {tag} %}} is not known, or does not fit here."),
            N_("Check the spelling, and that every opened tag is closed in the right order."),
            place,
            {"tag": unknown[1]},
        )
    for pattern, message, remedy in WORDS:
        if found := re.fullmatch(rf"{pattern}\.?", detail, re.DOTALL):
            params = {name: TOKENS.get(text, text) for name, text in found.groupdict().items()}
            return Problem(SYNTAX, message, remedy, place, params)
    message = N_("What stands in {{{{ … }}}} or {{% … %}} is not written correctly here ({detail}).")
    return Problem(SYNTAX, message, CHECK, place, {"detail": detail})


def _unclosed(tag: str, place: Place) -> Problem:
    return Problem(
        "merge.unclosed",
        N_("{{% {tag} %}} is opened above and never closed."),
        N_("Add {{% end{tag} %}} where it ends."),
        place,
        {"tag": tag},
    )
