"""Laws, election stages and spoken texts as data → what a letter may cite, what its stage is called, what is spoken."""

from letters.law.book import Citation, LawBook, Quotation
from letters.law.calendar import Calendar
from letters.law.citations import as_written, find_citations
from letters.law.cited import SENDERS, LetterContext
from letters.law.dues import Due, DueState, Outgoing, Sent, due
from letters.law.found import Found, Role
from letters.law.groups import Areas, Column, Forms, Group, Regional
from letters.law.ical import Event, due_events, ics, stage_events
from letters.law.layers import Change, near_names
from letters.law.left_over import lint_left_over
from letters.law.lint import lint_names, lint_references, lint_text
from letters.law.matrix import Bases
from letters.law.oath_forms import KEYS as SPOKEN_KEYS
from letters.law.oath_forms import is_present, person_problems, spoken
from letters.law.oath_records import SpokenText
from letters.law.oaths import OathBook
from letters.law.records import Amendment, Article, Audience, Law, Period
from letters.law.reference import (
    ArticleRef,
    Reference,
    articles_text,
    format_reference,
    join_citations,
    parse_alternatives,
    parse_article,
    parse_reference,
)
from letters.law.stage_records import Base, Election, Stage
from letters.law.timeline import Span, StageState, window_text

__all__ = [
    "SENDERS",
    "SPOKEN_KEYS",
    "Amendment",
    "Article",
    "Areas",
    "ArticleRef",
    "Audience",
    "Base",
    "Bases",
    "Calendar",
    "Change",
    "Citation",
    "Column",
    "Due",
    "DueState",
    "Election",
    "Event",
    "Forms",
    "Found",
    "Group",
    "Law",
    "LawBook",
    "LetterContext",
    "OathBook",
    "Outgoing",
    "Period",
    "Quotation",
    "Reference",
    "Regional",
    "Role",
    "Sent",
    "Span",
    "SpokenText",
    "Stage",
    "StageState",
    "articles_text",
    "as_written",
    "due",
    "due_events",
    "find_citations",
    "format_reference",
    "ics",
    "is_present",
    "join_citations",
    "lint_left_over",
    "lint_names",
    "lint_references",
    "lint_text",
    "near_names",
    "parse_alternatives",
    "parse_article",
    "parse_reference",
    "person_problems",
    "spoken",
    "stage_events",
    "window_text",
]
