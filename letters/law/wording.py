"""The rules on words: a letter's text + what it cites → words that are out of place on its day or in its election."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from letters.errors import N_, Place, Problem, Severity
from letters.l10n import format_date
from letters.law.book import LawBook
from letters.law.checks import named
from letters.law.citations import SUBJECT
from letters.law.cited import Cited, LetterContext
from letters.law.found import Found
from letters.law.owners import lone_passages

PENALTIES_CHANGED = date(2026, 1, 2)
"""UU 1/2026: detention and most special minimum penalties are gone."""
DETENTION = re.compile(r"\bkurungan\b", re.IGNORECASE)
SPAN_END = r"\w{1,12}\s*(?:\w{1,8}\s*)?(?:\([\w ]+\)\s*)?(?:bulan|tahun)"
MINIMUM = re.compile(
    r"paling\s+(?:singkat|sedikit|rendah|kurang)|(?:sekurang|serendah|sesingkat)-\w+nya|\bminim(?:al|um)\b"
    r"|\b(?:[0-9]{1,2}|satu|dua|tiga|empat|enam)\s*(?:\([\w ]+\)\s*)?(?:(?:bulan|tahun)\s*)?"
    rf"(?:sampai(?:\s+dengan)?|hingga|s\.?\s*[./]?\s*d\.?|[-–])\s*{SPAN_END}\b",
    re.IGNORECASE,
)
"""A least penalty, also as the lower end of a span: `1 sampai 6 bulan`."""
PENALTY = re.compile(r"\b(?:penjara|pidana|dipidana|kurungan|denda)\b", re.IGNORECASE)
RESIGNATION = re.compile(
    r"\b(?:sejak|terhitung|saat|ketika|begitu)\s+(?:saat\s+|tanggal\s+|waktu\s+)?"
    r"(?:yang\s+bersangkutan\s+|ia\s+|dirinya\s+|telah\s+|sudah\s+|resmi\s+)*"
    r"(?:mendaftar(?:kan\s+diri|kan)?|didaftarkan|terdaftar|pendaftaran)\b",
    re.IGNORECASE,
)
RESIGN = re.compile(r"\b(?:mundur|mengundurkan\s+diri|pengunduran\s+diri|berhenti)\b", re.IGNORECASE)
LONGEST_SENTENCE = 2000
BREAK = re.compile(r"[;]|(?<!\bNo)(?<!\bjo)(?<!Rp)\.\s+(?=[A-Z0-9(])|\n\s*\n")
RECEIVING = re.compile(
    r"\b(?:kepada|ke|melalui|berkoordinasi\s+dengan|berkonsultasi\s+dengan)\s+(?:(?:yth\.?|ketua|bapak|ibu|saudara)\s*)*$",
    re.IGNORECASE,
)
"""What stands right before one who is written to."""
ADDRESSED = re.compile(
    r"^\W*(?:[0-9]+[.)]\s*)?(?:tembusan|cc|c\.c\.?|yth|yang\s+terhormat|kepada(?=\s*(?::|yth)))(?!\w)[^\n]*"
    r"(?:\n+[ \t]*(?:[-•*]|[0-9]+[.)]|[a-z][.)])\s[^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
"""Addressees and copies: the line that names them, and the list below it."""
AT_LINE_START = re.compile(r"^\W*(?:[0-9]+[.)]\s*)?(?:(?:ketua|bapak|ibu|saudara)\s*)*$", re.IGNORECASE | re.MULTILINE)
DEALING = re.compile(r"\b(?:kepada|ke|oleh|melalui|dari|pada|dengan)\s[^.;:\n]{0,120}$", re.IGNORECASE)
"""What stands before one of several in running text with whom something is done."""
FORMER = re.compile(
    r"\b(?:dahulu|dulu|d/h|eks|bekas|semula|sebelumnya|pengganti|(?:meng|di)ganti\w*|(?:di)?bubar\w*|pembubaran|(?:di|peng)hapus\w*"
    r"|(?:ber|di|peng)alih\w*|tidak\s+(?:ada\s+)?lagi|berakhir\w*|(?<!pelaksana )tugas|fungsi|(?:ke)?wewenang\w*)\b",
    re.IGNORECASE,
)
"""What tells that a body is spoken of as one of the past."""
JOINT_DECISION = re.compile(r"keputusan\s+bersama|(?<!\w)SKB(?!\w)", re.IGNORECASE)
NEUTRAL = re.compile(r"\bnet?ral", re.IGNORECASE)
OTHER_RULE = re.compile(
    r"\b(?:per(?:da|bup|wal|wali|gub|des|men\w*|mendagri|ma|lem\w*)|peraturan|keputusan|kep(?:pres|men\w*)|inpres|instruksi|qanun)\b"
    r"[^.;\n]{0,120}?\b(?:Nomor|No)\b",
    re.IGNORECASE,
)
"""A rule of a kind that the book does not hold: it is no law unnamed."""
NAMED_RULE = re.compile(
    r"\s+(?:(?:dari|dalam|pada)\s+)?(?:(?-i:[A-Z])|ini\b|itu\b|tersebut\b|per(?:aturan|janjian)|keputusan|kode|anggaran)",
    re.IGNORECASE,
)
"""What follows an article of a rule that is called by a name, or named before."""
WITHIN_RULE = re.compile(r"sebagaimana\s+dimaksud\s+(?:dalam|pada)\s*$", re.IGNORECASE)
"""What stands before an article that a quoted one points to."""
FORBIDDEN = re.compile(r"\b(?:dilarang|larangan|tidak\s+(?:boleh|diperbolehkan|dibenarkan)|wajib)\b", re.IGNORECASE)


def find(
    book: LawBook, text: str, cited: Sequence[Cited], context: LetterContext, named_laws: Sequence[Found]
) -> Iterator[Problem]:
    """Yield what every rule on words finds in `text`; `named_laws`: all it names, cited or not, known or not."""
    yield from dead_bodies(book, text, context)
    yield from wrong_words(book, _blanked(text, (_whole_name(text, item) for item in named_laws)), context)
    yield from penalty_figures(text, context)
    yield from resignation(text, cited, context)
    yield from wrong_source(book, text, cited, context)
    yield from lone_articles(book, text, named_laws)
    if not named_laws:
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
    addressed = [match.span() for match in ADDRESSED.finditer(text)]
    for body in book.bodies:
        if body.ended_on > context.day:
            continue
        for match in _any_of(body.names).finditer(text):
            if words := _told_of(text, match, addressed):
                day = format_date(body.ended_on)
                yield placed(text, match, *words, body=body.names[0], day=day, to=body.successor)


def _told_of(
    text: str, match: re.Match[str], addressed: Sequence[tuple[int, int]]
) -> tuple[str, str, str, Severity] | None:
    """Return what is wrong with a dead body's name where it stands; None where it is one of the past or of a decree."""
    sentence, before = sentence_around(text, *match.span()), text[max(0, match.start() - 160) : match.start()]
    if JOINT_DECISION.search(sentence):
        return None
    if RECEIVING.search(before):
        return _dead()
    line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
    if any(start <= match.start() < end for start, end in addressed) or AT_LINE_START.search(before):
        return None if FORMER.search(line) else _dead()
    return _gone() if DEALING.search(before) and not FORMER.search(sentence) else None


def dead_names(book: LawBook, names: Sequence[str], on: date) -> Iterator[Problem]:
    """Yield for each addressee or copy among `names` that is a body which no longer exists on that day."""
    for name in names:
        for body in book.bodies:
            match = _any_of(body.names).search(name)
            if match and body.ended_on <= on:
                day = format_date(body.ended_on)
                yield placed(name, match, *_dead(), body=body.names[0], day=day, to=body.successor)


@lru_cache(maxsize=256)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the longest of `names` as whole words."""
    longest = sorted(names, key=len, reverse=True)
    either = "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in longest)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)


def _dead() -> tuple[str, str, str, Severity]:
    message = N_("{body} came to an end on {day}; it can be neither addressee nor copy.")
    return "law.dead-body", message, N_("Write to {to} instead."), Severity.ERROR


def _gone() -> tuple[str, str, str, Severity]:
    message = N_("{body} came to an end on {day}; nothing goes to it or comes from it since.")
    return "law.dead-body", message, N_("Name {to} instead, or say that it is a thing of the past."), Severity.WARNING


# -- words --------------------------------------------------------------------------------------------


def wrong_words(book: LawBook, text: str, context: LetterContext) -> Iterator[Problem]:
    """Yield words of the other kind of election, once for each rule, but not inside what its `unless` finds."""
    for rule in book.words:
        if rule.regime != context.kind:
            continue
        right = re.finditer(rule.unless, text, re.IGNORECASE) if rule.unless else ()
        rest = _blanked(text, (match.span() for match in right))
        if match := re.search(rf"(?<!\w)(?:{rule.pattern})", rest, re.IGNORECASE):
            message = N_('"{written}" is a word of the other kind of election.')
            remedy = N_('Here it should be "{better}".')
            severity = Severity(rule.severity)
            yield placed(text, match, "law.wrong-words", message, remedy, severity, better=rule.better)


def _whole_name(text: str, law: Found) -> tuple[int, int]:
    """Return where a law's name begins and ends, with the subject that the book does not know."""
    about = SUBJECT.match(text, law.end)
    return law.start, about.end() + len(law.subject) if about else law.end


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with nothing to find between the characters of each span; lines and offsets stay."""
    for start, end in spans:
        text = text[:start] + re.sub(r"[^\n]", "\0", text[start:end]) + text[end:]
    return text


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


def lone_articles(book: LawBook, text: str, named_laws: Sequence[Found]) -> Iterator[Problem]:
    """Yield articles that belong to no law the text names, where it does not call another rule either."""
    if OTHER_RULE.search(text):
        return
    for passage in lone_passages(book, text, named_laws):
        inside = WITHIN_RULE.search(text[max(0, passage.start - 60) : passage.start])
        if inside or NAMED_RULE.match(text, passage.end) or not str(passage.articles[0]).startswith("Pasal"):
            continue
        message = N_("{place} stands alone: the letter does not say of which law.")
        match = re.compile(r".*", re.DOTALL).match(text, passage.start, passage.end)
        if match:
            places = ", ".join(map(str, passage.articles))
            remedy = N_("Name the law beside it.")
            yield placed(text, match, "law.lone-article", message, remedy, Severity.HINT, place=places)


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
