"""What stands in a cell → the text that is printed, with what makes it unusable; nothing is ever cut silently."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from letters.errors import N_, Problem, RecipientsError, Severity
from letters.recipients.rows import shown

BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
LINE_ENDS = re.compile("\r\n?|_x000D_\n?|[\u2028\u2029]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML forbids or what prints nothing; noncharacters of the higher planes are found by their last digits."""
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""Soft hyphens, zero-width characters, marks of direction, and signs that exist in one font only (Wingdings)."""
TEXT_MARK = re.compile(r"\A'(?=[0-9=+@-])")
"""Excel's mark for "this is text", which other programs export as a character; `'Aisyiyah` keeps its own."""
SCIENTIFIC = re.compile(r"[+-]?(?:[0-9]+[.,][0-9]+[Ee][+-]?[0-9]+|[0-9]+[Ee]\+[0-9]+)")
ERROR_VALUE = re.compile(
    r"#(?:N/A|N/A N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!"
    r"|GETTING_DATA|#+)",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:Rp\.? ?)?([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+|-))?")


@lru_cache(maxsize=8192)
def clean(raw: str) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a cell as it is printed, and its problems (without place).

    Unusual blanks become plain ones, line ends become line feeds, blanks around the text and Excel's text mark go. All
    else stays: `{{ }}`, `&`, `<` and `=1+1` are characters like others.
    """
    text = raw
    if not (raw.isascii() and raw.isprintable()) or "_x000D_" in raw:
        text = BLANKS.sub(" ", LINE_ENDS.sub("\n", raw))
    text = text.strip(" \n")
    if text.startswith("'"):
        text = TEXT_MARK.sub("", text)
    return text, tuple(_problems(text))


def _problems(text: str) -> list[Problem]:
    problems = []
    if not (text.isascii() and text.isprintable()):
        problems += _character_problems(text)
    if text.startswith("#") and ERROR_VALUE.fullmatch(text):
        problems.append(error_value(text))
    elif text[:1] in "+-0123456789" and SCIENTIFIC.fullmatch(text):
        problems.append(_scientific(text))
    elif text.startswith("=") and len(text) > 1:
        problems.append(_formula_text(text))
    return problems


def _character_problems(text: str) -> list[Problem]:
    found = UNPRINTABLE.search(text)
    bad = found[0] if found else next((char for char in text if ord(char) & 0xFFFE == 0xFFFE), "")
    if bad:
        return [_unprintable(bad, text)]
    if "\ufffd" in text:
        return [_lost_letter(text)]
    unseen = INVISIBLE.search(text)
    return [_invisible(unseen[0], text)] if unseen else []


def parse_number(text: str) -> Decimal:
    """Return the number that `text` writes the Indonesian way: `1.500.000,50`, `Rp1.500`, `1500`, `-3,5`, `Rp500,-`.

    Full stops stand between thousands only, so the English `1,500,000.50` and any other text raise RecipientsError.
    """
    match = NUMBER.fullmatch(clean(text)[0])
    if match is None:
        raise RecipientsError(_no_number(text))
    sign, whole, decimals = match.groups()
    return Decimal(f"{sign}{whole.replace('.', '')}.{(decimals or '').rstrip('-') or '0'}")


# -- problems, still without their place --------------------------------------------------------------


def error_value(text: str) -> Problem:
    """Return the problem of an Excel error such as `#N/A`."""
    return Problem(
        "recipients.error-value",
        N_("Excel could not work out this cell: {value}."),
        N_("Correct the formula, or type the value itself."),
        params={"value": shown(text)},
    )


def _scientific(text: str) -> Problem:
    return Problem(
        "recipients.scientific",
        N_("Excel has shortened a long number to {value}; the digits left out are gone."),
        N_("Choose Format Cells > Text for the column, then type the number again (NIP, NIK, account, telephone)."),
        params={"value": shown(text)},
    )


def _unprintable(char: str, text: str) -> Problem:
    return Problem(
        "recipients.unprintable",
        N_("The value {value} holds a character that cannot be printed (code {code})."),
        N_("Type the value again; copying from another program brings such characters along."),
        params={"value": shown(text), "code": f"U+{ord(char):04X}"},
    )


def _lost_letter(text: str) -> Problem:
    return Problem(
        "recipients.lost-letter",
        N_("In the value {value} a letter was lost when the file was saved."),
        N_("Type the value again and save as “CSV UTF-8” or as an Excel workbook (.xlsx)."),
        params={"value": shown(text)},
    )


def _invisible(char: str, text: str) -> Problem:
    return Problem(
        "recipients.invisible",
        N_("The value {value} holds a character that cannot be seen or has no common shape (code {code})."),
        N_("Type the value again if the letter does not look right; copying from web pages brings such characters."),
        params={"value": shown(text), "code": f"U+{ord(char):04X}"},
        severity=Severity.WARNING,
    )


def _formula_text(text: str) -> Problem:
    return Problem(
        "recipients.formula-text",
        N_("The value {value} looks like a formula; it is printed as it stands, not worked out."),
        N_("Type the value itself if it was meant to be worked out."),
        params={"value": shown(text)},
        severity=Severity.WARNING,
    )


def _no_number(text: str) -> Problem:
    return Problem(
        "recipients.not-indonesian-number",
        N_("{value} is not a number as Indonesians write it."),
        N_("Write full stops between thousands and a comma before decimals: 1.500.000,50."),
        params={"value": shown(text)},
    )
