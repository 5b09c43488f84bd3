"""Laws and election stages as data → what a letter of a certain day may cite, and what its stage is called."""

from letters.law.book import Citation, LawBook, Quotation
from letters.law.calendar import Calendar
from letters.law.cited import LetterContext
from letters.law.groups import Column, Forms, Group, Regional
from letters.law.layers import Change
from letters.law.lint import lint_names, lint_references, lint_text
from letters.law.matrix import Bases
from letters.law.records import Amendment, Article, Audience, Law, Period
from letters.law.reference import (
    ArticleRef,
    Reference,
    articles_text,
    format_reference,
    parse_alternatives,
    parse_article,
    parse_reference,
)
from letters.law.stage_records import Base, Election, Stage

__all__ = [
    "Amendment",
    "Article",
    "ArticleRef",
    "Audience",
    "Base",
    "Bases",
    "Calendar",
    "Change",
    "Citation",
    "Column",
    "Election",
    "Forms",
    "Group",
    "Law",
    "LawBook",
    "LetterContext",
    "Period",
    "Quotation",
    "Reference",
    "Regional",
    "Stage",
    "articles_text",
    "format_reference",
    "lint_names",
    "lint_references",
    "lint_text",
    "parse_alternatives",
    "parse_article",
    "parse_reference",
]
