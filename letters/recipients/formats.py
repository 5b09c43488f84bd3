"""A stored number and its Excel number format → the text an Indonesian Excel shows.

Format codes in a file are the same in all countries (`#,##0.00`); what the user sees has full stops for thousands and
a comma for decimals. What cannot be shown with certainty (fractions, conditions, 1,98501E+17) is refused, not guessed.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

from letters.errors import N_, Problem
from letters.l10n import format_date, format_time
from letters.recipients.rows import Nature, Typed

WINDOWS_EPOCH, MAC_EPOCH = datetime(1899, 12, 30), datetime(1904, 1, 1)
"""Day zero of the two calendars Excel counts days by."""
GENERAL = "General"
MAX_SURE = 1e15
"""From here on Excel has already replaced digits by zeros: it keeps fifteen."""
GENERAL_LIMIT = 1e11
"""From here on the format General shows 1,23E+11."""
LAST_SERIAL = 2958465
"""31 December 9999."""

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<gap>.)|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<section>;)|(?P<at>@)|(?P<odd>[A-Za-z/])|(?P<plain>.)",
    re.DOTALL,
)
CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?")
COLOUR = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)", re.IGNORECASE)
WEEKDAY = re.compile("d{3,}")
DATE_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


class Token(NamedTuple):
    """One piece of a format code; `kind` is a group of `TOKEN`, or `literal`."""

    kind: str
    text: str


class UnshowableError(ValueError):
    """The format code asks for something that is not rebuilt here."""


class ShortenedError(UnshowableError):
    """Excel shows the number shortened (1,23E+11)."""


@lru_cache(maxsize=4096)
def read_number(code: str, number: float, epoch: datetime = WINDOWS_EPOCH) -> Typed:
    """Return the cell that holds `number` under the format `code`, with a fault when its text is not certain."""
    from openpyxl.styles.numbers import is_date_format  # only for workbooks: it takes as long as reading a CSV file

    if not math.isfinite(number):
        return _faulty(_no_number())
    try:
        if is_date_format(code):
            return Typed(_show_date(code, number, epoch), Nature.DATE, number)
        if abs(number) >= MAX_SURE:
            return Typed(_digits(number), Nature.NUMBER, number, _digits_lost(number))
        return Typed(_show_number(code, number), Nature.NUMBER, number)
    except ShortenedError:
        return _faulty(_shortened(number))
    except UnshowableError:
        return _faulty(_unshowable(code))


def _faulty(problem: Problem) -> Typed:
    return Typed("", Nature.FAULT, fault=problem)


# -- dates --------------------------------------------------------------------------------------------


def serial_moment(number: float, epoch: datetime) -> datetime:
    """Return the moment of a serial; raises UnshowableError where Excel itself knows no date.

    In the 1900 system serial 60 is 29 February 1900, a day that never was; serials before it are one day early.
    """
    day = math.floor(number)
    windows = epoch == WINDOWS_EPOCH
    if number < 0 or day > LAST_SERIAL or (windows and day in (0, 60)):
        raise UnshowableError
    shift = 1 if windows and day < 60 else 0
    return epoch + timedelta(days=day + shift, seconds=round((number - day) * 86400))


def _show_date(code: str, number: float, epoch: datetime) -> str:
    """Return the day in Indonesian words, whatever order the format writes it in; parts it hides stay hidden."""
    plain = DATE_LITERALS.sub("", code.split(";")[0]).casefold().replace("am/pm", "").replace("a/p", "")
    plain = WEEKDAY.sub("", plain)
    has_day, has_year, has_hour = "d" in plain, "y" in plain, "h" in plain
    if "[" in plain or not (has_day or has_year or has_hour or "m" in plain) or ("s" in plain and not has_hour):
        raise UnshowableError
    if has_hour and not (has_day or has_year):
        return _show_time(serial_moment(number % 1 + 1, epoch).time())
    moment = serial_moment(number, epoch)
    day, month, year = format_date(moment.date()).split(" ")
    has_month = has_day or "m" in plain
    parts = [word for word, wanted in ((day, has_day), (month, has_month), (year, has_year)) if wanted]
    if has_hour and moment.time() != time(0):
        parts.append(format_time(moment.time(), until_end=False))
    return " ".join(parts)


def _show_time(moment: time) -> str:
    return f"{moment:%H.%M.%S}" if moment.second else f"{moment:%H.%M}"


# -- numbers ------------------------------------------------------------------------------------------


def _show_number(code: str, number: float) -> str:
    sections = _sections(code)
    section, value, sign = sections[0], number, ""
    if number < 0 and len(sections) > 1:
        section, value = sections[1], -number
    elif number < 0:
        value, sign = -number, "-"
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    text = _show_section(section, value).strip()
    return sign + text if re.search("[1-9]", text) else text


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[tuple[Token, ...], ...]:
    """Split a format code into its sections (positive; negative; zero; text)."""
    sections: list[list[Token]] = [[]]
    for match in TOKEN.finditer(code):
        kind = match.lastgroup
        if kind == "section":
            sections.append([])
        elif kind is not None:
            sections[-1].append(_token(kind, match[kind]))
    return tuple(tuple(section) for section in sections)


def _token(kind: str, text: str) -> Token:
    if kind in ("quoted", "escaped", "plain"):
        return Token("literal", text)
    if kind == "gap":  # a blank as wide as the character
        return Token("literal", " ")
    if kind == "at":
        return Token("general", text)
    if kind == "bracket":
        return Token(*_bracket(text))
    return Token(kind, text)


def _bracket(text: str) -> tuple[str, str]:
    if currency := CURRENCY.fullmatch(text):
        return "literal", currency[1]
    return ("literal", "") if COLOUR.fullmatch(text) else ("odd", text)


def _show_section(tokens: tuple[Token, ...], number: float) -> str:
    kinds = [token.kind for token in tokens]
    if "odd" in kinds:
        raise UnshowableError
    if "digit" not in kinds:
        words = [_show_general(number) if token.kind == "general" else token.text for token in tokens]
        return "".join(words) if tokens else _show_general(number)
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole, fraction = tokens[:point], tokens[point + 1 :]
    percents, places = kinds.count("percent"), sum(token.kind == "digit" for token in fraction)
    digits = _scaled(number, percents, _thousands(whole) + _thousands(fraction), places)
    return _show_whole(whole, digits[0]) + _show_fraction(fraction, digits[1], point < len(kinds))


def _scaled(number: float, percents: int, thousands: int, places: int) -> tuple[str, str]:
    """Return the digits before and after the point, rounded half up as Excel does."""
    with localcontext() as context:
        context.prec = 80
        value = _exact(number).scaleb(2 * percents - 3 * thousands)
        whole, _, fraction = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}".partition(".")
    return whole.lstrip("0"), fraction


def _thousands(tokens: tuple[Token, ...]) -> int:
    """Count the commas after the last digit: each divides by a thousand."""
    kinds = [token.kind for token in tokens if token.kind in ("digit", "comma")]
    return len(kinds) - 1 - max((index for index, kind in enumerate(kinds) if kind == "digit"), default=len(kinds) - 1)


def _show_whole(tokens: tuple[Token, ...], digits: str) -> str:
    """Fill the digits in from the right; the leftmost place takes all that are left."""
    kinds = [token.kind for token in tokens]
    first = kinds.index("digit") if "digit" in kinds else len(kinds)
    last = max((index for index, kind in enumerate(kinds) if kind == "digit"), default=-1)
    grouped = "comma" in kinds[first:last]
    shown: list[str] = []
    count = 0
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.kind != "digit":
            shown.append("" if token.kind == "comma" else token.text)
            continue
        taken = digits if index == first else digits[-1:]
        digits = digits[: len(digits) - len(taken)]
        for figure in reversed(taken or {"0": "0", "?": " "}.get(token.text, "")):
            shown.append("." if grouped and count and count % 3 == 0 else "")
            shown.append(figure)
            count += 1
    return "".join(reversed(shown))


def _show_fraction(tokens: tuple[Token, ...], digits: str, point: bool) -> str:
    """Fill the decimals in from the left; zeros at the end stay only where the format has `0`."""
    places = [token.text for token in tokens if token.kind == "digit"]
    keep = len(digits.rstrip("0"))
    keep = max([keep, *(index for index, place in enumerate(places, start=1) if place == "0")])
    shown, used = "," if point and places else "", 0
    for token in tokens:
        if token.kind == "digit":
            shown += digits[used] if used < keep else ""
            used += 1
        else:
            shown += token.text if token.kind != "comma" else ""
    return shown


def _show_general(number: float) -> str:
    """Return what the format General shows in a wide column: up to ten figures."""
    if abs(number) >= GENERAL_LIMIT or 0 < abs(number) < 1e-5:
        raise ShortenedError
    value = _exact(number)
    if value == value.to_integral_value():
        return f"{value:.0f}"
    places = 10 - len(str(abs(int(value))))
    return (
        f"{value.quantize(Decimal(1).scaleb(-max(places, 0)), ROUND_HALF_UP):f}".rstrip("0")
        .rstrip(".")
        .replace(".", ",")
    )


def _exact(number: float) -> Decimal:
    """Return the number as Excel keeps it: fifteen significant figures."""
    return Decimal(f"{number:.15g}")


def _digits(number: float) -> str:
    return f"{Decimal(number):.0f}"


# -- problems -----------------------------------------------------------------------------------------


def _digits_lost(number: float) -> Problem:
    return Problem(
        "recipients.digits-lost",
        N_("Excel has kept this as a number ({value}) and has replaced its last digits by zeros; they are gone."),
        N_("Choose Format Cells > Text for the column, then type the number again (NIP, NIK, account, telephone)."),
        params={"value": _scientific(number)},
    )


def _shortened(number: float) -> Problem:
    return Problem(
        "recipients.scientific",
        N_("Excel shortens the long number in this cell to {value}."),
        N_("Choose Format Cells > Text for the column, then type the number again (NIP, NIK, account, telephone)."),
        params={"value": _scientific(number)},
    )


def _scientific(number: float) -> str:
    return f"{number:.5E}".replace(".", ",")


def _unshowable(code: str) -> Problem:
    return Problem(
        "recipients.number-format",
        N_("What Excel shows for the number in this cell cannot be told for certain (number format {format})."),
        N_("Choose Format Cells > Text for the column, then type the value again as it should be printed."),
        params={"format": code},
    )


def _no_number() -> Problem:
    return Problem(
        "recipients.no-number",
        N_("The cell says that it holds a number, but it does not."),
        N_("Type the value again."),
    )
