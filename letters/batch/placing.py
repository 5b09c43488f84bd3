"""A letter, or only its entry, and the place its number is to take → numbered where it belongs in the book.

Inserted numbers (sisipan), booked ones (pesan) and letters made outside; for letters made from a template this is the
ordinary batch of one letter, whose number is asked for elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from string import ascii_uppercase

from letters.batch.findings import BatchError
from letters.batch.workspace import SETTINGS_FILE
from letters.errors import N_, Place, Problem, SettingsError
from letters.files import sha256
from letters.model.letter import LetterFile, LetterNumber, State
from letters.register import (
    Booking,
    CalendarChanges,
    Done,
    Entry,
    Filter,
    Pattern,
    Register,
    Request,
    SuffixKind,
    period_of,
)
from letters.settings import Series, Settings

Placing = Callable[[Register, Request], Done]
"""Gives one letter its number: `insert` or `fill` with its place filled in."""


class PlacingRegister(Register):
    """A register in which the one letter of a batch takes the place `placing` gives it, not the next number."""

    placing: Placing
    is_here: Callable[[Entry], bool]
    """Tells of the letter's entry, if it has one, whether that already stands in this place."""
    warnings: tuple[Problem, ...] = ()

    def find(self, batch: str, keys: Collection[str] | None = None) -> dict[str, Entry]:
        """Return the letter if it stands in its place; raises BatchError for one that has another number."""
        found = super().find(batch, keys)
        if elsewhere := [one for one in found.values() if one.state is not State.VOID and not self.is_here(one)]:
            raise BatchError(*map(_has_letter, elsewhere))
        return found

    def enter(self, requests: Iterable[Request], heads: Sequence[Request], calendar: CalendarChanges = ()) -> None:
        """Enter the one request; raises BatchError for several, with no number taken."""
        found = list(requests)
        if len(found) > 1:
            raise BatchError(_several(len(found)))
        for request in found:
            self.warnings = self.placing(self, request).warnings

    def backdated(self, requests: Sequence[Request]) -> list[Problem]:
        """Return nothing: `placing` warns of dates by itself, by where the letter is placed."""
        return []


SUFFIXES: Mapping[SuffixKind, Sequence[str]] = {"angka": [str(n) for n in range(1, 1000)], "huruf": ascii_uppercase}
"""What an inserted number adds, in order."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is known of a letter that is not made here."""

    day: date
    recipient: str
    subject: str
    series: str = ""
    """Name in letters.toml; empty = whichever series' pattern the number follows."""
    classification: str = ""
    signatory: str = ""
    """Key in letters.toml; empty = whoever has the code in the number."""
    kind: str = ""
    urgency: str = ""
    attachment: str = ""
    remarks: Mapping[str, object] = field(default_factory=dict)
    """What else is kept of it."""


def outside_request(settings: Settings, number: str, letter: Letter) -> Request:
    """Return the request for a letter made elsewhere under `number`.

    Raises BatchError when no series of letters.toml, or more than one, prints such numbers.
    """
    name = letter.series or series_of(settings, number)
    series = find_series(settings, name)
    pattern = Pattern.parse(series.pattern)
    said: Mapping[str, object] = pattern.read(number) or {}
    parts = {key: str(said[key]) for key in ("klasifikasi", "kode") if key in said}
    if letter.classification:
        parts.setdefault("klasifikasi", letter.classification)
    return _request(settings, name, letter, parts)


def inserted_request(settings: Settings, base: Entry, letter: Letter) -> Request:
    """Return the request for an entry to be inserted after `base`; what `letter` leaves open is as in `base`."""
    if base.number is None:
        raise BatchError(_unnumbered(base))
    parts = {"klasifikasi": letter.classification or base.classification, "kode": base.code}
    signatory = letter.signatory or next(
        (key for key, person in settings.signatories.items() if base.code and person.code == base.code), ""
    )
    return _request(settings, base.number.series, replace(letter, signatory=signatory), parts)


def enter_inserted(register: Register, settings: Settings, after: str, kind: SuffixKind, letter: Letter) -> Done:
    """Enter a letter made elsewhere under the next free suffix after the number `after`; said twice, it is one letter,
    unless that was made void in between: then it is a new one.

    Raises BatchError when the letter's date belongs to another count, or no suffix is free; RegisterError when another
    program took the same suffix at the same moment.
    """
    base = register.show(after)
    request = inserted_request(settings, base, letter)
    assert base.number is not None
    assert request.pattern is not None
    if request.period != base.number.period:
        raise BatchError(_other_period(base, letter.day))
    beside = [entry for entry in register.list(Filter(series=request.series)) if is_beside(entry, base.number)]
    for entry in beside:
        told = (entry.day, entry.recipient, entry.subject)
        is_alive = entry.from_outside and entry.state is not State.VOID
        if is_alive and told == (request.day, request.recipient, request.subject):
            return Done(entry)
    used = {entry.suffix.upper() for entry in beside}
    free = next((suffix for suffix in SUFFIXES[kind] if suffix not in used), None)
    if free is None:
        raise BatchError(_no_suffix(base))
    text = request.pattern.format(base.number.order, request.day, request.parts, free)
    return register.outside(text, request)


def is_beside(entry: Entry, number: LetterNumber) -> bool:
    """Return whether `entry` is inserted after `number`."""
    own = entry.number
    its = own and (own.series, own.period, own.order)
    return bool(entry.suffix) and its == (number.series, number.period, number.order)


def booking(
    settings: Settings, name: str, day: date, classification: str, signatory: str, count: int, who: str, purpose: str
) -> Booking:
    """Return the booking of `count` numbers of the series `name` as they would be printed on `day`.

    Raises BatchError for an unknown series or signatory or a classification that is missing, SettingsError for another
    code the count needs.
    """
    series = find_series(settings, name)
    parts = {"klasifikasi": classification, "kode": _signatory_code(settings, signatory)}
    pattern = Pattern.parse(series.pattern)
    if "klasifikasi" in pattern.fields and not classification:
        raise BatchError(_no_classification(pattern))
    return Booking(
        series=name,
        pattern=pattern,
        start=series.start,
        period=_period(series, day, parts, signatory),
        day=day,
        parts=parts,
        count=count,
        for_whom=who,
        purpose=purpose,
    )


def patterns(settings: Settings) -> dict[str, Pattern]:
    """Return the pattern of every series of letters.toml; raises SettingsError with everything wrong in them."""
    found: dict[str, Pattern] = {}
    problems: list[Problem] = []
    for name, series in settings.series.items():
        try:
            found[name] = Pattern.parse(series.pattern)
        except SettingsError as error:
            problems += (replace(problem, place=Place(file=SETTINGS_FILE)) for problem in error.problems)
    if problems:
        raise SettingsError(*problems)
    return found


def find_series(settings: Settings, name: str) -> Series:
    """Return the series `name` of letters.toml; raises BatchError if there is none."""
    if name not in settings.series:
        raise BatchError(_unknown("batch.unknown-series-name", _SERIES, name, settings.series))
    return settings.series[name]


def series_of(settings: Settings, number: str) -> str:
    """Return the one series whose numbers look like `number`; raises BatchError if there is none or several."""
    found = [name for name, pattern in patterns(settings).items() if pattern.read(number)]
    if len(found) != 1:
        raise BatchError(_no_series(number, settings) if not found else _many_series(number, found))
    return found[0]


def attached_file(folder: Path, path: Path) -> LetterFile:
    """Return a file of a letter made elsewhere; it must lie in the workspace `folder`, or it would soon be lost."""
    try:
        inside = path.resolve().relative_to(folder.resolve())
        data = path.read_bytes()
    except (ValueError, OSError) as error:
        raise BatchError(_bad_file(path)) from error
    return LetterFile(path.suffix.lower().removeprefix("."), inside.as_posix(), sha256(data), len(data))


def _request(settings: Settings, name: str, letter: Letter, parts: Mapping[str, str]) -> Request:
    series = find_series(settings, name)
    signatory = letter.signatory or _signatory_with(settings, parts.get("kode", ""))
    return Request(
        batch="luar",
        key="",  # the register makes batch and key of such letters itself
        series=name,
        pattern=Pattern.parse(series.pattern),
        start=series.start,
        period=_period(series, letter.day, parts, signatory),
        day=letter.day,
        parts=parts,
        recipient=letter.recipient,
        template="",
        kind=letter.kind,
        subject=letter.subject,
        signatory=_signatory_title(settings, signatory),
        snapshot=letter.remarks,
        urgency=letter.urgency,
        attachment=letter.attachment,
    )


def _period(series: Series, day: date, parts: Mapping[str, str], signatory: str) -> str:
    return period_of(series.period, series.per, day, {**parts, "penandatangan": signatory})


def _signatory_with(settings: Settings, code: str) -> str:
    return next((key for key, person in settings.signatories.items() if code and person.code == code), "")


def _signatory_code(settings: Settings, key: str) -> str:
    if key not in settings.signatories:
        raise BatchError(_unknown("batch.unknown-signatory-name", _SIGNATORY, key, settings.signatories))
    return settings.signatories[key].code


def _signatory_title(settings: Settings, key: str) -> str:
    return settings.signatories[key].title if key in settings.signatories else key


# -- problems ------------------------------------------------------------------------------------------

_SERIES = N_('There is no number series "{name}" in letters.toml (there are: {known}).')
_SIGNATORY = N_('There is no signatory "{name}" in letters.toml (there are: {known}).')


def _unknown(code: str, message: str, name: str, known: Mapping[str, object]) -> Problem:
    return Problem(
        code,
        message,
        N_("Name one of them, or add it to letters.toml."),
        Place(file=SETTINGS_FILE),
        {"name": name, "known": ", ".join(known) or "-"},
    )


def _no_classification(pattern: Pattern) -> Problem:
    return Problem(
        "batch.book-classification",
        N_("The numbers print a classification ({pattern}), and none is given."),
        N_("Add --classification, for example --classification PM.00.02: the letters must print the same."),
        params={"pattern": pattern.text},
    )


def _has_letter(entry: Entry) -> Problem:
    return Problem(
        "batch.place-other-number",
        N_("{recipient} already has this letter, under {number}; nothing was made."),
        N_("For a second letter like it to the same recipient, name a round with --batch, for example --batch ulang."),
        params={"recipient": entry.recipient, "number": entry.label},
    )


def _several(count: int) -> Problem:
    return Problem(
        "batch.place-several",
        N_("One number can only be given to one letter, not to {count}."),
        N_("Name one recipient."),
        params={"count": count},
    )


def _unnumbered(base: Entry) -> Problem:
    return Problem(
        "batch.insert-unnumbered",
        N_("Nothing can be inserted after {number}, which has no number."),
        N_("Name the number after which the letter belongs."),
        params={"number": base.label},
    )


def _other_period(base: Entry, day: date) -> Problem:
    return Problem(
        "batch.insert-period",
        N_("A letter dated {day} is not counted with {number}."),
        N_("Insert it after a number of its own year or month, or correct the date."),
        params={"day": day, "number": base.label},
    )


def _no_suffix(base: Entry) -> Problem:
    return Problem(
        "batch.insert-full",
        N_("Every number that can be inserted after {number} is used."),
        N_("Choose the other kind of suffix, or insert after another number of the same day."),
        params={"number": base.label},
    )


def _no_series(number: str, settings: Settings) -> Problem:
    known = ", ".join(series.pattern for series in settings.series.values())
    return Problem(
        "batch.number-no-series",
        N_("The number {number} follows no pattern of letters.toml ({known})."),
        N_("Type it as it is printed; for numbers of another form add [deret.…] with their pola to letters.toml."),
        params={"number": number, "known": known or "-"},
    )


def _many_series(number: str, names: Sequence[str]) -> Problem:
    return Problem(
        "batch.number-many-series",
        N_("The number {number} could belong to several series: {names}."),
        N_("Name its series."),
        params={"number": number, "names": ", ".join(names)},
    )


def _bad_file(path: Path) -> Problem:
    return Problem(
        "batch.outside-file",
        N_("The file {path} cannot be entered: it cannot be read, or lies outside the folder of letters.toml."),
        N_("Copy it into that folder, for example under out/, and name it there."),
        Place(file=str(path)),
        {"path": str(path)},
    )
