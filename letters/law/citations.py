"""Free text of a letter → the laws it names, how it names them, and the articles that belong to each.

Letters are written by hand, scanned and copied: `UU No. 5 Tahun 2014`, `UUD Nomor 5 tahun 2014`, `PP42/2004`,
`Undang-\\nUndang RI Nomor 2Ol4` all name a law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from operator import attrgetter

from letters.l10n import format_date
from letters.law.book import LawBook
from letters.law.found import FARTHEST, SENTENCE_END, Found, Role
from letters.law.owners import with_articles
from letters.law.records import Law

UNDANG = r"undang\s*[-‐‑–.\u00ad]?\s*undang"
MARKS = str.maketrans(dict.fromkeys("*_`|~\u200b\u2060\ufeff", " "))
"""Marks of Markdown, borders of tables and blanks without width: each becomes a blank, so that places stay."""
YEAR = r"[12][0-9OoIl]{3}"
APART = r"\s*(?:/\s*(?:Tahun\s*)?|[-–]\s*|(?:Tahun|Thn|Th)\s*\.?\s*|(?<=\s))"
"""What parts number and year."""
CALLED = (
    r"(?-i:(?:\s+(?!(?:UU|PP|RI|SE|SKB|PKPU|Per[a-z]+|Pasal|Keputusan|Surat|Nomor|No)\b)[A-Z][A-Za-z]+){1,4})"
    rf"(?=\s+\(?(?:(?:Nomor|No)\b|[0-9]{{1,3}}\s*(?:/|Tahun|Thn|Th)\s*{YEAR}))"
)
"""What a law is called between kind and number: `UU ASN Nomor 5 Tahun 2014`."""
KINDS = {
    "perppu": rf"peraturan\s+pemerintah\s+pengganti\s+{UNDANG}|(?<![A-Za-z])perp+u(?![A-Za-z])",
    "pp": rf"peraturan\s+pemerintah|(?<![A-Za-z])P\.?P\.?(?:{CALLED}|(?=[\s/]*(?:RI\b|R\.I|No|[0-9:])))",
    "perpres": r"peraturan\s+presiden|(?<![A-Za-z])perpres",
    "perbawaslu": r"peraturan\s+(?:badan\s+pengawas\s+pemilihan\s+umum|bawaslu)|(?<![A-Za-z])perbawaslu",
    "pkpu": r"peraturan\s+(?:komisi\s+pemilihan\s+umum|kpu)|(?<![A-Za-z])PKPU",
    "perpol": r"peraturan\s+(?:kepala\s+)?(?:kepolisian(?:\s+negara)?|kapolri|polri)|(?<![A-Za-z])per(?:pol|kap)",
    "uu": rf"{UNDANG}(?:\s+Dasar(?=\s+(?:Nomor|No)\b))?"
    rf"|(?<![A-Za-z])(?:UU{CALLED}|U\.?UD?\.?(?=[\s/]*(?:RI\b|R\.I|No|[0-9:])))",
}
NUMBERED = re.compile(
    "(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in KINDS.items())
    + r")(?:\s*(?:Republik\s+Indonesia|RI|R\.I\.))?[\s,(/.]*(?:Nomor|Nomer|No)?\s*[.:]?\s*"
    rf"(?P<number>(?-i:[0-9lI][0-9OoIl]{{0,2}})[A-Z]?)(?:\s*\([a-z\s]{{3,40}}\))?{APART}(?P<year>{YEAR})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
FURTHER = re.compile(
    rf"\s*(?:,|dan|serta|jo\.?|juncto)\s+(?:Nomor|No)\s*[.:]?\s*(?P<number>[0-9]{{1,3}}){APART}"
    rf"(?P<year>{YEAR})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
SHARED_YEAR = re.compile(
    rf"(?P<kind>{KINDS['uu']}|{KINDS['pp']}|{KINDS['pkpu']}|{KINDS['perbawaslu']})\s*(?:Nomor|No)\s*[.:]?\s*"
    rf"(?P<numbers>[0-9]{{1,3}}(?:\s*(?:,|dan|serta|&)+\s*[0-9]{{1,3}})+)\s*(?:Tahun|Thn|Th)\s*\.?\s*(?P<year>{YEAR})"
    r"(?![0-9A-Za-z])",
    re.IGNORECASE,
)
"""Several laws of one year: `UU No. 5 dan 6 Tahun 2014`."""
JOINT = re.compile(r"(?<![A-Za-z])(?:(?:surat\s+)?keputusan\s+bersama|SKB)(?![A-Za-z])", re.IGNORECASE)
MINISTERS = r"(?:\s*(?:5|lima)\s*(?:\(\w+\)\s*)?(?:menteri|lembaga))?"
ISSUERS = (
    rf"{MINISTERS}(?:[^0-9;]{{0,200}}?(?:PAN|Pendayagunaan|Kepegawaian|Bawaslu|Pengawas)[^0-9;]{{0,200}}?)?"
    r"(?:[\s,(:]|Nomor|No\.?|tanggal|tgl\.?)*"
)
"""What stands between *SKB* and number or day: those who made the decision."""
CIRCULAR = re.compile(
    r"(?<![A-Za-z])(?:surat\s+edaran|SE)\s+(?P<issuer>(?:[^.;:\n]|\n(?!\s*\n)){0,120}?)\s*(?:\b(?:Nomor|No)\s*[.:]?)?"
    r"(?<![0-9])\s*0*(?P<number>[0-9]{1,3})\s*(?:/|\s*Tahun\s*)\s*(?P<year>[12][0-9]{3})(?![0-9])",
    re.IGNORECASE,
)
BEFORE_NUMBER = {
    "putusan_mk": r"(?:(?:putusan\s+)?(?:mahkamah\s+konstitusi|MK)\s+(?:(?:nomor|no)\s*[.:]?\s*)?)?",
    "se": r"(?:(?:surat|SE)\s+(?:[^.;:\n]|\n(?!\s*\n)){0,120}?(?:nomor|no)\s*[.:]?\s*)?",
}
"""What stands before a number that is one law's alone."""
BROKEN_DOUBLE = re.compile(r"\b(\w+) ?[-‐‑\u00ad] ?(?=\1\b)", re.IGNORECASE)
SUBJECT = re.compile(r"[\s,]*(?:tentang|ttg\.?)\s+", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+", re.UNICODE)
NESTED = re.compile(
    r"(?:tentang\s+penetapan|perubahan(?:\s+(?:kedua|ketiga|keempat|kelima|ke-?[0-9]+))?\s+atas)\s*$", re.IGNORECASE
)
AMENDING = re.compile(
    r"(?:(?:diubah[^.;]{0,60}?|terakhir)\s+(?:kali\s+)?(?:dengan|oleh|melalui)|\bdiubah(?:\s+terakhir)?)\s*$",
    re.IGNORECASE,
)
TOGETHER = re.compile(r"[\s,]*(?:jo|juncto|jis)\.?\s*", re.IGNORECASE)
"""Between a law and its amendment: `UU 7/2017 jo. UU 7/2023`."""
NO_MORE = re.compile(
    r"[\s,(]*yang\s+(?:telah\s+|sudah\s+)?(?:dicabut|diganti(?:kan)?)\b"
    r"|[\s,(]*(?:yang\s+)?(?:sudah\s+|telah\s+)?(?:dinyatakan\s+)?tidak\s+(?:lagi\s+)?berlaku\b",
    re.IGNORECASE,
)
"""What follows a law that is told to be gone."""
REPLACED = re.compile(r"(?:mencabut|menggantikan|pengganti|mengganti|dicabutnya|digantikannya)\s*$", re.IGNORECASE)
JOINING = re.compile(
    r"[\s,]*(?:dan|serta|,)\s*(?:(?:yang\s+)?terakhir(?:\s+kali)?(?:\s+(?:dengan|oleh))?)?\s*$"
    r"|[\s,]*(?:yang\s+)?(?:telah\s+|kemudian\s+)?(?:ditetapkan|disahkan)\s+(?:menjadi|dengan)\s*$",
    re.IGNORECASE,
)
ABBREVIATED = {
    "asn": "aparatur sipil negara",
    "pns": "pegawai negeri sipil",
    "pppk": "pegawai pemerintah dengan perjanjian kerja",
    "tni": "tentara nasional indonesia",
    "polri": "kepolisian negara republik indonesia",
    "kuhp": "kitab undang undang hukum pidana",
    "pemilu": "pemilihan umum",
    "pilkada": "pemilihan gubernur bupati dan walikota",
}
AFTER_SUBJECT = re.compile(
    r"[\s,]+(?:sebagaimana|yang|serta|jo\.?|juncto|pasal)\b|[\s,]+(?:tanggal\s+|tahun\s+)?[0-9]|[\n.]", re.IGNORECASE
)
OF_YEAR = re.compile(r"\s*\(?\s*(?:Tahun|Thn|Th)?\.?\s*(?P<year>[12][0-9]{3})(?![0-9])", re.IGNORECASE)
"""What may follow a short name to tell the law of one year: `UU ASN 2014`."""
SHORT_NAME = re.compile(r"(?:UU|Perppu|PP|Perpres)\s+[^0-9]+$")
"""A printed short name that can mean no law but those of the book: `PP Disiplin PNS`."""
LONGEST_SUBJECT = 120


def as_written(words: str) -> str:
    """Return the words of a text as one line; a hyphen at a line's end joins again what is doubled: `Undang-Undang`."""
    return BROKEN_DOUBLE.sub(r"\1-", " ".join(words.translate(MARKS).split()))


def find_citations(book: LawBook, text: str, on: date) -> list[Found]:
    """Return every law that `text` names, from left to right, with its articles.

    Names that several laws share (`UU ASN`) mean the one in force on the day `on`.
    """
    text = text.translate(MARKS)
    found = _without_overlaps([*_numbered(book, text), *_distinct(book, text), *_joint(book, text, on)])
    found = _without_overlaps([*found, *_by_name(book, text, on)])
    found = _with_titles(book, text, found)
    return with_articles(book, text, _with_roles(book, text, found))


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Return the names in order; of two that overlap the longer."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, item.start - item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


# -- names --------------------------------------------------------------------------------------------


def _numbered(book: LawBook, text: str) -> Iterator[Found]:
    """Yield laws named by kind, number and year."""
    for match in NUMBERED.finditer(text):
        kind = next(kind for kind in KINDS if match[kind])
        slip = kind == "uu" and match[kind].upper().replace(".", "").endswith(("UUD", "DASAR"))
        yield _made(book, match, kind, slip)
        position = match.end()
        while further := FURTHER.match(text, position):
            yield _made(book, further, kind, False)
            position = further.end()
    for match in SHARED_YEAR.finditer(text):
        kind = next(kind for kind, pattern in KINDS.items() if re.match(pattern, match["kind"] + " No", re.IGNORECASE))
        for number in re.finditer("[0-9]+", match["numbers"]):
            begin = match.start("numbers") + number.start()
            found = Found(begin, begin + len(number[0]), kind, number[0].lstrip("0"), int(_digits(match["year"])), "")
            yield replace(found, law_id=found.made_id if found.made_id in book.laws else "")
    for match in CIRCULAR.finditer(text):
        yield from _circular(book, match)


def _made(book: LawBook, match: re.Match[str], kind: str, slip: bool) -> Found:
    number = _digits(match["number"]).lstrip("0").upper()
    found = Found(match.start(), match.end(), kind, number, int(_digits(match["year"])), "", slip=slip)
    return replace(found, law_id=found.made_id if found.made_id in book.laws else "")


def _digits(text: str) -> str:
    """Return a number with the digits that a scanner took for letters; a capital behind it stays."""
    return re.sub("[Oo]", "0", re.sub("[Il]", "1", text))


def _circular(book: LawBook, match: re.Match[str]) -> Iterator[Found]:
    """Yield a circular of the book whose number, year and issuer the text names."""
    for law in book.laws.values():
        same = law.kind == "se" and law.number.lstrip("0") == match["number"] and law.year == int(match["year"])
        if same and _shares_words(match["issuer"], law.title.split(" Nomor ")[0]):
            yield Found(match.start(), match.end(), "se", match["number"], law.year, law.id)


def _shares_words(first: str, second: str) -> bool:
    common = {"surat", "edaran", "menteri", "dan", "republik", "indonesia"}
    acronyms = {"panrb": {"pendayagunaan"}, "menpan": {"pendayagunaan"}, "mendagri": {"dalam"}, "bawaslu": {"pengawas"}}
    words = set(_words(first)) - common
    words |= {word for name in words for key, more in acronyms.items() if key in name for word in more}
    return not words or bool(words & (set(_words(second)) - common))


def _distinct(book: LawBook, text: str) -> Iterator[Found]:
    """Yield laws named by a number that is theirs alone: `136/PUU-XXII/2024`."""
    for law in book.laws.values():
        for number in law.distinct_numbers:
            name = BEFORE_NUMBER.get(law.kind, "")
            for match in re.finditer(rf"(?<![\w/.-]){name}{re.escape(number)}(?![\w/-])", text, re.IGNORECASE):
                yield Found(match.start(), match.end(), law.kind, law.number, law.year, law.id)


def _joint(book: LawBook, text: str, on: date) -> Iterator[Found]:
    """Yield joint decisions on neutrality, told apart by number, day or year, else the one in force."""
    decisions = [law for law in book.laws.values() if law.kind == "skb"]
    for match in JOINT.finditer(text):
        around = text[match.start() : match.end() + FARTHEST]
        sentence = SENTENCE_END.split(around)[0]
        rest = text[match.end() : match.start() + len(sentence)]
        if law := _which_decision(decisions, sentence, rest, on):
            end = max(_last_number(law, rest), _told_by(law, rest))
            yield Found(match.start(), match.end() + end, "skb", law.number, law.year, law.id)


def _which_decision(decisions: list[Law], sentence: str, rest: str, on: date) -> Law | None:
    by_number = [law for law in decisions if any(number in sentence for number in law.distinct_numbers)]
    if by_number:
        return by_number[0]
    told = [law for law in decisions if _told_by(law, rest)]
    if not re.search(r"net?ral", sentence, re.IGNORECASE):
        return next((law for law in told if not SUBJECT.match(rest, _told_by(law, rest))), None)
    by_year = told or [law for law in decisions if str(law.year) in sentence]
    standing = [law for law in decisions if law.earliest <= on]
    return max(by_year or standing, key=lambda law: law.earliest, default=None)


def _told_by(law: Law, rest: str) -> int:
    """Return where number and year, day or year end that tell the decision in what follows *SKB*; 0 without them."""
    number = re.match(r"0*([0-9]+) Tahun", law.number)
    ways = [rf"0*{number[1]}\s*(?:/|Tahun)\s*{law.year}"] if number else []
    ways += [r"\s+".join(format_date(law.enacted).split())] if law.enacted else []
    told = re.match(rf"{ISSUERS}(?:{'|'.join(ways)})(?![0-9])", rest, re.IGNORECASE) if ways else None
    told = told or re.match(rf"{MINISTERS}[\s(]*(?:Tahun\s+)?{law.year}(?![0-9])", rest, re.IGNORECASE)
    return told.end() if told else 0


def _last_number(law: Law, text: str) -> int:
    """Return where the last of the decision's own numbers ends in `text`; 0 when there is none."""
    ends = [text.rfind(number) + len(number) for number in law.distinct_numbers if number in text]
    return max(ends, default=0)


def _by_name(book: LawBook, text: str, on: date) -> Iterator[Found]:
    """Yield laws called by a short name or alias."""
    for name, laws in _names(book, on).items():
        pattern = r"\s+".join(re.escape(word) for word in name.split()).replace(r"undang\-undang", UNDANG)
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            year = OF_YEAR.match(text, match.end())
            if year and (of_year := [law for law in laws if law.year == int(year["year"])]):
                law, end = of_year[0], year.end()
            else:
                law, end = (
                    max([law for law in laws if law.earliest <= on] or laws, key=attrgetter("earliest")),
                    match.end(),
                )
            yield Found(match.start(), end, law.kind, law.number, law.year, law.id)


def _names(book: LawBook, on: date) -> dict[str, list[Law]]:
    """Return the laws by alias, and those that stood by then by the short name that letters print for them."""
    names: dict[str, list[Law]] = {}
    for law in book.laws.values():
        printed = SHORT_NAME.match(law.brief) and law.earliest <= on and book.base_of(law.id) == law.id
        for name in {*law.aliases, *([law.brief] if printed else [])}:
            names.setdefault(name.casefold(), []).append(law)
    return names


# -- titles and roles ---------------------------------------------------------------------------------


def _with_titles(book: LawBook, text: str, found: list[Found]) -> list[Found]:
    """Return the names with what follows *tentang*; names inside another's full title fall away."""
    titled = [_with_title(book, text, item) for item in found]
    return _without_overlaps(titled)


def _with_title(book: LawBook, text: str, item: Found) -> Found:
    begin = SUBJECT.match(text, item.end)
    if not begin:
        return item
    tail = SENTENCE_END.split(text[begin.end() : begin.end() + FARTHEST])[0]
    known = book.laws[item.law_id].subject if item.law_id else _other_subject(book, item)
    length = _matched_length(tail, known)
    if length:
        return replace(item, end=begin.end() + length, subject=" ".join(tail[:length].split()))
    words = AFTER_SUBJECT.split(tail)[0][:LONGEST_SUBJECT]
    return replace(item, subject=" ".join(words.split()))


def _other_subject(book: LawBook, item: Found) -> str:
    other = book.others.get(item.made_id)
    return other.subject if other else ""


def _matched_length(text: str, subject: str) -> int:
    """Return how far `text` repeats the words of `subject`, without regard to case, blanks and abbreviations."""
    wanted, end = _words(subject), 0
    for match in WORD.finditer(text):
        word = match[0].casefold()
        long = ABBREVIATED.get(word, word).split()
        if wanted[: len(long)] != long and wanted[:1] != [word]:
            break
        wanted = wanted[len(long) if wanted[: len(long)] == long else 1 :]
        end = match.end()
    return end


def _words(text: str) -> list[str]:
    return [match[0].casefold() for match in WORD.finditer(text)]


def _with_roles(book: LawBook, text: str, found: list[Found]) -> list[Found]:
    """Return the names with what each does where it stands."""
    roles: list[Found] = []
    for item in found:
        before = text[max(0, item.start - 90) : item.start]
        role = Role.MAIN
        if NESTED.search(before):
            role = Role.NESTED
        elif AMENDING.search(before) or (roles and _goes_on_amending(book, text, roles[-1], item)):
            role = Role.CHAIN
        elif REPLACED.search(before) or NO_MORE.match(text, item.end):
            role = Role.HISTORY
        roles.append(replace(item, role=role))
    return roles


def _goes_on_amending(book: LawBook, text: str, before: Found, item: Found) -> bool:
    between = text[before.end : item.start]
    if before.role is Role.CHAIN and JOINING.fullmatch(between):
        return True
    one_law = before.law_id and item.law_id in book.family(before.law_id) and item.law_id != before.law_id
    return bool(one_law and item.law_id != book.base_of(before.law_id) and TOGETHER.fullmatch(between))


def amendments_of(found: list[Found]) -> Iterator[tuple[Found, Found]]:
    """Yield each cited law with the amendments that the text names right after it."""
    main: Found | None = None
    for item in found:
        if item.role is Role.MAIN:
            main = item
        elif item.role is Role.CHAIN and main is not None:
            yield main, item
