"""A table on disk (CSV or XLSX) → `Table` of recipients, or every problem in it at once."""

from letters.recipients.cells import parse_number
from letters.recipients.table import Table, group_id, read_recipients

__all__ = ["Table", "group_id", "parse_number", "read_recipients"]
