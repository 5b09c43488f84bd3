"""A table on disk (CSV or XLSX) → `Table` of recipients, or every problem in it at once."""

from letters.recipients.cells import parse_number
from letters.recipients.table import Table, read_recipients

__all__ = ["Table", "parse_number", "read_recipients"]
