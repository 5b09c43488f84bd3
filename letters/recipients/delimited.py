"""Bytes of a CSV, TSV or text file → rows of text cells.

Written by Excel in an Indonesian office it may be separated by `;`, `,` or tabs and stand in UTF-8, UTF-16 or
Windows-1252. The csv module is not used: it cannot say where a quotation mark was left open, and its sniffer guesses
separators from the values.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from letters.errors import N_, Place, Problem, RecipientsError, Severity
from letters.recipients.rows import Row, Source

SEPARATORS = ";\t,"
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATOR_LINE = re.compile(r'"?sep=([^"\n])"?[;,\t]*\n', re.IGNORECASE)
BLANK_LINES = re.compile(r"(?:[ \t;,]*\n)*+")
LINE_OUTSIDE_QUOTES = re.compile(r'(?:[^"\n]++|"(?:[^"]++|"")*+"|")*')
QUOTED = re.compile(r'[ ]*+"((?:[^"]++|"")*+)"')


def open_delimited(data: bytes, place: Place) -> Source:
    """Return the rows of the text in `data`; raises RecipientsError when its characters cannot be read."""
    text, problems = decode(data, place)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    declared = SEPARATOR_LINE.match(text)
    start = declared.end() if declared else 0
    separator = declared[1] if declared else _find_separator(text, place)
    source = Source(place, iter(()), problems=problems)
    source.rows = _rows(text, start, separator, source)
    return source


# -- characters ---------------------------------------------------------------------------------------


def decode(data: bytes, place: Place) -> tuple[str, list[Problem]]:
    """Return the text of `data` and a hint when its encoding had to be guessed; raises RecipientsError."""
    for mark, codec in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], codec, place), []
    if b"\0" in data:
        raise RecipientsError(_unknown_encoding(place))
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _decode_windows(data, error.start, place)


def _decode_marked(data: bytes, codec: str, place: Place) -> str:
    if not codec:
        raise RecipientsError(_unknown_encoding(place))
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(codec, "ignore")
        raise RecipientsError(_broken_character(before.count("\n") + 1, place)) from error


def _decode_windows(data: bytes, position: int, place: Place) -> tuple[str, list[Problem]]:
    """Read as Windows-1252, unless other letters are good UTF-8: then some would come out wrong."""
    line = data.count(b"\n", 0, position) + 1
    mixed = any(char > "\x7f" for char in data.decode("utf-8", "ignore"))
    if mixed:
        raise RecipientsError(_broken_character(line, place))
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RecipientsError(_broken_character(data.count(b"\n", 0, error.start) + 1, place)) from error
    hint = Problem(
        "recipients.windows-1252",
        N_("The file is not in UTF-8; it was read as Windows-1252, the old encoding of Excel."),
        N_("Look at letters with accents and at quotation marks from line {line} on; save as “CSV UTF-8” to be sure."),
        place,
        {"line": line},
        Severity.HINT,
    )
    return text, [hint]


def _unknown_encoding(place: Place) -> Problem:
    return Problem(
        "recipients.encoding",
        N_("The encoding of the text file is not known (NUL bytes; perhaps UTF-16 without its mark)."),
        N_("Open it in Excel and save it as “CSV UTF-8” or as an Excel workbook (.xlsx)."),
        place,
    )


def _broken_character(line: int, place: Place) -> Problem:
    return Problem(
        "recipients.broken-character",
        N_("A character cannot be read: the file mixes encodings or is damaged."),
        N_("Correct the letter in this line and save as “CSV UTF-8” or as an Excel workbook (.xlsx)."),
        Place(place.file, line=line),
    )


# -- separator ----------------------------------------------------------------------------------------


def _find_separator(text: str, place: Place) -> str:
    """Return what stands most often between the headings; what stands in values or in quotes does not count."""
    start = BLANK_LINES.match(text).end()  # type: ignore[union-attr]  # matches the empty text
    line = LINE_OUTSIDE_QUOTES.match(text, start)
    heading = line[0] if line else ""
    separator, count = _most_frequent(heading)
    following = LINE_OUTSIDE_QUOTES.match(text, start + len(heading) + 1)
    if not count and following and _most_frequent(following[0])[1]:
        raise RecipientsError(
            Problem(
                "recipients.no-headings",
                N_("The first line holds no headings: no semicolon, comma or tab stands in it."),
                N_("The headings (kode, kelompok, jabatan …) must be the first line; delete titles above them."),
                Place(place.file, line=text.count("\n", 0, start) + 1),
            )
        )
    return separator


def _most_frequent(line: str) -> tuple[str, int]:
    outside = QUOTED.sub("", line)
    return max(((separator, outside.count(separator)) for separator in SEPARATORS), key=lambda pair: pair[1])


# -- rows ---------------------------------------------------------------------------------------------


def _rows(text: str, start: int, separator: str, source: Source) -> Iterator[Row]:
    """Yield rows that are not blank; ragged rows are told instead."""
    width = named = 0
    for number, fields in enumerate(_records(text, start, separator, source), start=1):
        if not "".join(fields).strip():
            continue
        if not width:
            width, named = len(fields), _last_filled(fields)
        elif len(fields) < named or _last_filled(fields) > width:
            source.problems.append(_ragged(number, fields, named, separator, source.place))
            continue
        yield Row(number, {index: field for index, field in enumerate(fields) if field})


def _last_filled(fields: list[str]) -> int:
    """Return how many fields there are up to the last that is not blank."""
    return max((index for index, field in enumerate(fields, start=1) if field.strip()), default=0)


def _records(text: str, position: int, separator: str, source: Source) -> Iterator[list[str]]:
    """Yield the fields of each record, blank ones too; stops with a problem at a quotation mark left open."""
    mark = re.escape(separator)
    blank = "[ ]*+" if separator != " " else ""
    field = re.compile(rf'(?:{blank}"((?:[^"]++|"")*+)"{blank}|([^{mark}\n]*+))({mark}|\n|\Z)')
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if '"' not in line:
            yield line.split(separator)
            position = end + 1
            continue
        fields, position = _quoted_record(text, position, field)
        if position < 0:
            source.problems.append(_open_quote(text, ~position, source.place))
            return
        yield fields


def _quoted_record(text: str, position: int, field: re.Pattern[str]) -> tuple[list[str], int]:
    """Return the fields of one record and where the next begins; `~position` of a quotation mark gone wrong."""
    fields = []
    while match := field.match(text, position):
        quoted, plain, after = match.groups()
        if quoted is None and plain.lstrip(" ").startswith('"'):
            return [], ~(position + plain.index('"'))
        fields.append(plain if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if after in ("\n", ""):
            return fields, position
    raise AssertionError("a field always matches")


# -- problems -----------------------------------------------------------------------------------------


def _ragged(number: int, fields: list[str], named: int, separator: str, place: Place) -> Problem:
    where = Place(place.file, row=number)
    params = {"count": len(fields), "expected": named, "separator": "tab" if separator == "\t" else separator}
    if len(fields) < named:
        return Problem(
            "recipients.too-few-cells",
            N_("The row has {count} cells, but there are {expected} headings."),
            N_("Add the missing cells (an empty cell needs its {separator} too), or join the row to the one before."),
            where,
            params,
        )
    return Problem(
        "recipients.too-many-cells",
        N_("The row has {count} cells, but there are {expected} headings."),
        N_("Put a value in which {separator} occurs between quotation marks, or remove the cells too many."),
        where,
        params,
    )


def _open_quote(text: str, position: int, place: Place) -> Problem:
    line = text.count("\n", 0, position) + 1
    closed = QUOTED.match(text, position)
    if closed is None:
        return Problem(
            "recipients.open-quote",
            N_("A quotation mark is opened in this line and never closed; the rest of the file cannot be read."),
            N_(
                'Close it at the end of the value, or remove it; a quotation mark inside a value is written twice ("").'
            ),
            Place(place.file, line=line),
        )
    return Problem(
        "recipients.stray-quote",
        N_("A value in quotation marks begins in this line, but text follows its closing mark in line {end}."),
        N_('Close the quotation mark where the value ends; a quotation mark inside a value is written twice ("").'),
        Place(place.file, line=line),
        {"end": text.count("\n", 0, closed.end()) + 1},
    )
