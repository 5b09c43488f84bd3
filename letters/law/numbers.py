"""A law named by number and year that the book has not, or has with another subject → the one that was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher

from letters.law.book import LawBook
from letters.law.checks import in_force
from letters.law.citations import ABBREVIATED
from letters.law.found import Found
from letters.law.records import Law

SMALL = 10
"""Below this, several laws of near years have the same number by chance."""
CROWDED = ("perbawaslu", "pkpu")
"""Kinds of which every year has so many that most numbers near a known one are of another."""
ALIKE = 0.75
STOP_WORDS = frozenset({"dan", "atas", "dalam", "yang", "untuk", "dengan", "tentang", "nomor", "tahun", "serta"})


def nearest(book: LawBook, found: Found, on: date) -> Law | None:
    """Return the law that a letter dated `on` most likely means; None when nothing is near."""
    same_kind = [law for law in book.laws.values() if law.kind == found.kind]
    if found.subject:
        alike = [law for law in same_kind if fits(found.subject, law.subject)]
        return max(alike, key=lambda law: _likeness(law, found, on), default=None)
    blends = [law for law in same_kind if _is_blend(book, law, found)]
    near = blends or [law for law in same_kind if _is_near(law, found)]
    return max(near, key=lambda law: _near_number(law, found), default=None)


def _likeness(law: Law, found: Found, on: date) -> tuple[int, bool, float]:
    return _shared(found.subject, law.subject), in_force(law, on), _near_number(law, found)


def is_sure(found: Found, law: Law) -> bool:
    """Return whether number and year can hardly mean another law than `law`."""
    return bool(found.subject) or (found.kind not in CROWDED and int(re.sub(r"\D", "", found.number)) >= SMALL)


def is_blended(book: LawBook, found: Found) -> bool:
    """Return whether the number is one law's and the year that of the law it replaced: `UU 20 Tahun 2014`."""
    return any(_is_blend(book, law, found) for law in book.laws.values() if law.kind == found.kind)


def _is_blend(book: LawBook, law: Law, found: Found) -> bool:
    old = book.laws.get(law.replaces)
    if old is None:
        return False
    return (found.number, found.year) in ((law.number, old.year), (old.number, law.year))


def _is_near(law: Law, found: Found) -> bool:
    """Return whether one slip of the pen leads from the law's number and year to those of the text."""
    if law.number == found.number:
        return _one_slip(str(law.year), str(found.year))
    return (
        law.year == found.year and min(len(law.number), len(found.number)) > 1 and _one_slip(law.number, found.number)
    )


def _one_slip(right: str, written: str) -> bool:
    """Return whether the two differ by one wrong digit or two exchanged neighbours."""
    if len(right) != len(written):
        return False
    wrong = [place for place, (one, other) in enumerate(zip(right, written, strict=True)) if one != other]
    swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and right[wrong[0]] == written[wrong[1]]
    return len(wrong) == 1 or (swapped and right[wrong[1]] == written[wrong[0]])


def _near_number(law: Law, found: Found) -> float:
    return SequenceMatcher(None, f"{law.number}/{law.year}", f"{found.number}/{found.year}").ratio()


def fits(said: str, subject: str) -> bool:
    """Return whether what a text says a law is about can be this subject, abbreviated or not."""
    words = set(_long_words(said))
    wanted = set(_long_words(subject))
    if not words or not wanted:
        return True
    common = len(words & wanted)
    return common / min(len(words), len(wanted)) >= ALIKE


def is_of_another(book: LawBook, found: Found, subject: str) -> bool:
    """Return whether the subject in the text is not this one: another law of the kind has more of its words.

    *Manajemen Pegawai Negeri Sipil* shares three words of four with *Disiplin Pegawai Negeri Sipil*.
    """
    if not fits(found.subject, subject):
        return True
    rivals = [law.subject for law in book.laws.values() if law.kind == found.kind and fits(found.subject, law.subject)]
    return any(_shared(found.subject, rival) > _shared(found.subject, subject) for rival in rivals)


def _shared(said: str, subject: str) -> int:
    """Return how many of the words said are in the subject."""
    return len(set(_long_words(said)) & set(_long_words(subject)))


def _long_words(text: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+", text.casefold()):
        for part in ABBREVIATED.get(word, word).split():
            if part not in STOP_WORDS and not part.isdigit():
                yield part
