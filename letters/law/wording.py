"""The rules on words: a letter's text + what it cites → words that are out of place on its day or in its election."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from letters.errors import N_, Place, Problem, Severity
from letters.l10n import format_date
from letters.law.book import LawBook
from letters.law.checks import named
from letters.law.cited import Cited, LetterContext
from letters.law.law_file import Body

PENALTIES_CHANGED = date(2026, 1, 2)
"""UU 1/2026: detention and most special minimum penalties are gone."""
DETENTION = re.compile(r"\bkurungan\b", re.IGNORECASE)
MINIMUM = re.compile(r"paling\s+(?:singkat|sedikit|rendah)|sekurang-kurangnya|serendah-rendahnya", re.IGNORECASE)
PENALTY = re.compile(r"\b(?:penjara|pidana|dipidana|kurungan|denda)\b", re.IGNORECASE)
RESIGNATION = re.compile(
    r"(?:sejak|terhitung|pada\s+saat|saat)\s+(?:saat\s+|tanggal\s+)?(?:mendaftar(?:kan\s+diri)?|pendaftaran)\b",
    re.IGNORECASE,
)
RESIGN = re.compile(r"\b(?:mundur|mengundurkan\s+diri|pengunduran\s+diri|berhenti)\b", re.IGNORECASE)
LONGEST_SENTENCE = 2000
BREAK = re.compile(r"[;]|(?<!\bNo)(?<!\bjo)(?<!Rp)\.\s+(?=[A-Z0-9(])|\n\s*\n")
TO_SOMEBODY = re.compile(
    r"(?:\b(?:kepada|melalui|berkoordinasi\s+dengan|berkonsultasi\s+dengan)\s+(?:yth\.?\s*)?(?:ketua\s+)?|^\W*(?:[0-9]+[.)]\s*)?(?:yth\.?\s*|ketua\s+)*)$",
    re.IGNORECASE | re.MULTILINE,
)
JOINT_DECISION = re.compile(r"keputusan\s+bersama|(?<!\w)SKB(?!\w)", re.IGNORECASE)
NEUTRAL = re.compile(r"\bnet?ral", re.IGNORECASE)
OTHER_RULE = re.compile(
    r"\b(?:per(?:da|bup|wal|wali|gub|des|men\w*|mendagri|ma|lem\w*)|peraturan|keputusan|kep(?:pres|men\w*)|inpres|instruksi|qanun)\b"
    r"[^.;\n]{0,120}?\b(?:Nomor|No)\b",
    re.IGNORECASE,
)
"""A rule of a kind that the book does not hold: it is no law unnamed."""
FORBIDDEN = re.compile(r"\b(?:dilarang|larangan|tidak\s+(?:boleh|diperbolehkan|dibenarkan)|wajib)\b", re.IGNORECASE)


def find(
    book: LawBook, text: str, cited: Sequence[Cited], context: LetterContext, names_laws: bool
) -> Iterator[Problem]:
    """Yield what every rule on words finds in `text`; `names_laws`: whether it names any, known or not."""
    yield from dead_bodies(book, text, context)
    yield from wrong_words(book, text, context)
    yield from penalty_figures(text, context)
    yield from resignation(text, cited, context)
    yield from wrong_source(book, text, cited, context)
    if not names_laws:
        yield from no_citation(text)


def placed(
    text: str, match: re.Match[str], code: str, message: str, remedy: str, severity: Severity, **params: object
) -> Problem:
    """Return a problem of the words that `match` found."""
    written = " ".join(match[0].split())
    place = Place(line=text.count("\n", 0, match.start()) + 1)
    shared = {"written": written, "offset": match.start(), "length": len(match[0])}
    return Problem(code, message, remedy, place, {**shared, **params}, severity)


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that holds the characters from `start` to `end`, cut where it is endless."""
    far = max(0, start - LONGEST_SENTENCE)
    begin = max((match.end() for match in BREAK.finditer(text, far, start)), default=far)
    stop = BREAK.search(text, end, end + LONGEST_SENTENCE)
    return text[begin : stop.start() if stop else end + LONGEST_SENTENCE]


# -- bodies -------------------------------------------------------------------------------------------


def dead_bodies(book: LawBook, text: str, context: LetterContext) -> Iterator[Problem]:
    """Yield where the text writes to a body that no longer exists; in the name of a decree it may stand."""
    for body in book.bodies:
        if body.ended_on > context.day:
            continue
        for match in re.finditer(rf"(?<!\w)(?:{_any_name(body)})(?!\w)", text, re.IGNORECASE):
            in_decree = JOINT_DECISION.search(sentence_around(text, match.start(), match.end()))
            if not in_decree and TO_SOMEBODY.search(text[max(0, match.start() - 60) : match.start()]):
                yield placed(
                    text, match, *_dead(body), body=body.names[0], day=format_date(body.ended_on), to=body.successor
                )


def dead_names(book: LawBook, names: Sequence[str], on: date) -> Iterator[Problem]:
    """Yield for each addressee or copy among `names` that is a body which no longer exists on that day."""
    for name in names:
        for body in book.bodies:
            match = re.search(rf"(?<!\w)(?:{_any_name(body)})(?!\w)", name, re.IGNORECASE)
            if match and body.ended_on <= on:
                yield placed(
                    name, match, *_dead(body), body=body.names[0], day=format_date(body.ended_on), to=body.successor
                )


def _any_name(body: Body) -> str:
    names = sorted(body.names, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in names)


def _dead(body: Body) -> tuple[str, str, str, Severity]:
    message = N_("{body} came to an end on {day}; it can be neither addressee nor copy.")
    return "law.dead-body", message, N_("Write to {to} instead."), Severity.ERROR


# -- words --------------------------------------------------------------------------------------------


def wrong_words(book: LawBook, text: str, context: LetterContext) -> Iterator[Problem]:
    """Yield words of the other kind of election, once for each rule."""
    for rule in book.words:
        if rule.regime != context.kind or (rule.unless and re.search(rule.unless, text, re.IGNORECASE)):
            continue
        if match := re.search(rf"(?<!\w)(?:{rule.pattern})", text, re.IGNORECASE):
            message = N_('"{written}" is a word of the other kind of election.')
            remedy = N_('Here it should be "{better}".')
            severity = Severity(rule.severity)
            yield placed(text, match, "law.wrong-words", message, remedy, severity, better=rule.better)


def penalty_figures(text: str, context: LetterContext) -> Iterator[Problem]:
    """Yield detention and minimum penalties in a letter from 2 January 2026 on."""
    if context.day < PENALTIES_CHANGED:
        return
    minimums = (m for m in MINIMUM.finditer(text) if PENALTY.search(sentence_around(text, m.start(), m.end())))
    for match in (*DETENTION.finditer(text), *minimums):
        yield placed(
            text,
            match,
            "law.penalty-figures",
            N_('"{written}": since {day} detention and most minimum penalties no longer exist.'),
            N_("Check the penalty against UU 1/2026 before the letter goes out."),
            Severity.WARNING,
            day=format_date(PENALTIES_CHANGED),
        )


def resignation(text: str, cited: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield *sejak mendaftar* beside UU 20/2023, which counts from being fixed as a candidate."""
    if all(one.law.id != "uu-20-2023" for one in cited):
        return
    for match in RESIGNATION.finditer(text):
        if RESIGN.search(sentence_around(text, match.start(), match.end())):
            yield placed(
                text,
                match,
                "law.resignation",
                N_('"{written}": under UU 20/2023 civil servants resign once they are fixed as candidates.'),
                N_('Write "sejak ditetapkan sebagai calon" (Pasal 56 and Pasal 59 ayat (3)).'),
                Severity.WARNING,
            )


def wrong_source(book: LawBook, text: str, cited: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when a sentence draws a penalty from a law that threatens none."""
    for one in cited:
        if not one.law.no_penalties or one.offset < 0:
            continue
        end = one.offset + len(one.written)
        sentence = sentence_around(text, one.offset, end)
        near = [other for other in cited if abs(other.offset - one.offset) < LONGEST_SENTENCE]
        penal = any(other.law.penal and other.written in sentence for other in near)
        if PENALTY.search(sentence) and not penal:
            better = ", ".join(
                named(book.laws, law.id)
                for law in book.laws.values()
                if law.penal and law.applies_to == context.kind and law.letter_use == "cite"
            )
            yield one.problem(
                "law.wrong-source",
                N_("{law} threatens no penalties, only administrative sanctions."),
                N_("The crime is in the law of the election: {better}.")
                if better
                else N_("Cite the law of the election."),
                {"law": one.law.designation, "better": better},
            )


def no_citation(text: str) -> Iterator[Problem]:
    """Yield when a text that names no law forbids things for the sake of neutrality."""
    match = FORBIDDEN.search(text)
    if not match or not NEUTRAL.search(text) or OTHER_RULE.search(text):
        return
    yield placed(
        text,
        match,
        "law.no-citation",
        N_("The text forbids things and names no law."),
        N_("Name what binds each addressee, or ask instead of forbidding."),
        Severity.HINT,
    )
