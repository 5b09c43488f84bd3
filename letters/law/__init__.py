"""Laws and election stages as data → what a letter of a certain day may cite, and what its stage is called."""

from letters.law.book import Citation, LawBook
from letters.law.calendar import Calendar
from letters.law.records import Amendment, Article, Audience, Base, Election, Law, Period, Stage
from letters.law.reference import ArticleRef, Reference, articles_text, parse_article, parse_reference

__all__ = [
    "Amendment",
    "Article",
    "ArticleRef",
    "Audience",
    "Base",
    "Calendar",
    "Citation",
    "Election",
    "Law",
    "LawBook",
    "Period",
    "Reference",
    "Stage",
    "articles_text",
    "parse_article",
    "parse_reference",
]
