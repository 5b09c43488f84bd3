"""Template + recipient + facts → Markdown text with placeholders, and the values beside it. Only room with jinja2."""

from letters.merge.check import is_office_text
from letters.merge.front_matter import AUTOMATIC, FrontMatter
from letters.merge.loading import Template
from letters.merge.sources import SUFFIX
from letters.merge.templates import Listing, Merged, Templates

__all__ = ["AUTOMATIC", "SUFFIX", "FrontMatter", "Listing", "Merged", "Template", "Templates", "is_office_text"]
