"""References of a template, or the text of any letter, and what is known about it → every legal fault with its place.

The rules are those of the project's reference on law and stages: revoked, partly revoked, not yet in force, missing
amendment, wrong regime, wrong audience, wrong phase, weak basis, dead body, number typo, penalty figures, spent,
resignation, paragraph for item; and besides: wrong source, wrong sender, wrong words, no citation.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from letters.errors import N_, Place, Problem, Severity
from letters.l10n import format_date
from letters.law import rules, wording
from letters.law.book import LawBook
from letters.law.checks import check_title, first_in_force, named, unknown_law, unreadable
from letters.law.citations import amendments_of, as_written, find_citations
from letters.law.cited import Cited, LetterContext
from letters.law.found import Found, Role
from letters.law.law_file import OtherLaw
from letters.law.numbers import is_blended, is_of_another, is_sure, nearest
from letters.law.reference import parse_alternatives

ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}


def lint_references(book: LawBook, references: Sequence[str], context: LetterContext) -> list[Problem]:
    """Return what is wrong with the references of one letter, the worst first.

    `params["written"]` of a problem is the reference; no place is known.
    """
    problems: list[Problem] = []
    cited: list[Cited] = []
    for text in references:
        parsed = parse_alternatives(text)
        unknown = [ref.law for ref in parsed or () if ref.law not in book.laws]
        if parsed is None:
            problems.append(unreadable(text))
        elif unknown:
            problems += [unknown_law(book.laws, law) for law in unknown]
        else:
            chosen = first_in_force(book.laws, parsed, context.day) or parsed[-1]
            cited.append(Cited(book.laws[chosen.law], chosen.articles, text))
    problems += rules.apply(book, cited, context)
    problems += [one.placed(problem) for one in cited for problem in check_title(one.law)]
    return _sorted(problems)


def lint_text(book: LawBook, text: str, context: LetterContext, short: Collection[str] = ()) -> list[Problem]:
    """Return what is wrong with the law in the text of a letter, the worst first.

    `short` are words in it that name laws in their short form on purpose: no amendment is missing there.
    Each problem has the line in its place, and in its params `written` (the words), `offset` and `length` (characters
    from 0).
    """
    found = find_citations(book, text, context.day)
    cited = [_cited(book, text, item) for item in found if item.law_id and item.role is Role.MAIN]
    each = {(one.law.id, one.articles): one for one in reversed(cited)}
    problems = list(rules.apply(book, list(each.values()), context))
    problems += _numbers(book, text, found, context)
    problems += _amendments(book, text, found, context, _spans(text, short))
    problems += wording.find(book, text, cited, context, found)
    return _sorted(_once(problems))


def lint_names(book: LawBook, names: Sequence[str], context: LetterContext) -> list[Problem]:
    """Return the problems of addressees and copies: bodies that no longer exist on the letter's day."""
    return list(wording.dead_names(book, names, context.day))


def _cited(book: LawBook, text: str, item: Found) -> Cited:
    return Cited(book.laws[item.law_id], item.articles, text[item.start : item.end], _place(text, item), item.start)


def _place(text: str, item: Found) -> Place:
    return Place(line=text.count("\n", 0, item.start) + 1)


def _sorted(problems: list[Problem]) -> list[Problem]:
    def key(problem: Problem) -> tuple[int, int]:
        offset = problem.params.get("offset", 0)
        return ORDER[problem.severity], offset if isinstance(offset, int) else 0

    return sorted(problems, key=key)


def _once(problems: list[Problem]) -> list[Problem]:
    """Return the problems without those that say the same of a later place."""
    kept: dict[tuple[str, str], Problem] = {}
    for problem in sorted(problems, key=lambda problem: problem.place.line):
        kept.setdefault((problem.code, str(problem)), problem)
    return list(kept.values())


# -- numbers ------------------------------------------------------------------------------------------


def _numbers(book: LawBook, text: str, found: list[Found], context: LetterContext) -> Iterator[Problem]:
    """Yield laws whose number and year are in no register, or belong to another subject."""
    for item in found:
        if item.role is Role.NESTED:
            continue
        if item.slip:
            yield _problem(text, item, "law.number-typo", *_constitution(), Severity.WARNING)
        if item.law_id:
            yield from _other_subject(book, text, item, context)
        else:
            yield from _unknown_number(book, text, item, context)


def _other_subject(book: LawBook, text: str, item: Found, context: LetterContext) -> Iterator[Problem]:
    law = book.laws[item.law_id]
    if not item.subject or not law.title_verified or not is_of_another(book, item, f"{law.subject} {law.short_title}"):
        return
    better = nearest(book, item, context.day)
    message = N_('"{written}" is about {right}, not about "{subject}".')
    params = {"right": law.subject, "subject": item.subject, "better": book.laws[better.id].title if better else ""}
    remedy = N_("Perhaps it should be {better}.") if better else N_("Compare number and year with the gazette.")
    severity = Severity.ERROR if better else Severity.WARNING
    yield _problem(text, item, "law.number-typo", message, remedy, severity, **params)


def _unknown_number(book: LawBook, text: str, item: Found, context: LetterContext) -> Iterator[Problem]:
    """Yield for a number that no law of the book has; laws that exist and say the right subject are left alone."""
    other = book.others.get(item.made_id)
    if other and not (is_of_another(book, item, other.subject) if item.subject else is_blended(book, item)):
        yield from _gone(book, text, item, other, context)
        return
    better = nearest(book, item, context.day)
    if better is None:
        message = N_('"{written}" is not in the book of laws; nothing is known about it.')
        remedy = N_("Compare it with the gazette; add it to hukum.toml if letters cite it often.")
        yield _problem(text, item, "law.unknown-citation", message, remedy, Severity.HINT)
        return
    message = N_('"{written}" is not in the book of laws; {better} is near.')
    remedy = N_("Correct number and year: {better}.")
    severity = Severity.ERROR if is_sure(item, better) else Severity.WARNING
    yield _problem(text, item, "law.number-typo", message, remedy, severity, better=better.title)


def _gone(book: LawBook, text: str, item: Found, other: OtherLaw, context: LetterContext) -> Iterator[Problem]:
    """Yield for a law of which no more is known than that another came after it."""
    after = book.laws.get(other.replaced_by)
    since = other.revoked_on or (after.earliest if after else date.max)
    if item.role is not Role.MAIN or context.day < since:
        return
    remedy = N_("Cite {better} instead.")
    params = {"better": _successor(book, other.replaced_by, context), "day": format_date(since)}
    if other.revoked_on:
        params["letter_day"] = format_date(context.day)
        message = N_('"{written}" was revoked on {day}; the letter is dated {letter_day}.')
        yield _problem(text, item, "law.revoked", message, remedy, Severity.ERROR, **params)
    else:
        message = N_('"{written}": a newer law on the same subject came into force on {day}.')
        yield _problem(text, item, "law.revoked", message, remedy, Severity.WARNING, **params)


def _successor(book: LawBook, law_id: str, context: LetterContext) -> str:
    """Return the law that stands on the letter's day in the place of one that was replaced by `law_id`."""
    law = book.laws.get(law_id)
    while law and law.revoked_on and law.revoked_on <= context.day and law.revoked_by in book.laws:
        law = book.laws[law.revoked_by]
    other = book.others.get(law_id)
    return named(book.laws, law.id) if law else f"{other.subject} ({law_id})" if other else law_id


def _constitution() -> tuple[str, str]:
    return N_('"{written}": UUD is the constitution; a law is UU.'), N_('Write "UU" or "Undang-Undang".')


def _problem(
    text: str, item: Found, code: str, message: str, remedy: str, severity: Severity, **params: object
) -> Problem:
    written = as_written(text[item.start : item.end])
    shared = {"written": written, "offset": item.start, "length": item.end - item.start, "law_id": item.law_id}
    return Problem(code, message, remedy, _place(text, item), {**shared, **params}, severity)


# -- amendments ---------------------------------------------------------------------------------------


def _spans(text: str, words: Collection[str]) -> list[range]:
    """Return where each of `words` stands in `text`."""
    return [range(*one.span()) for each in words if each for one in re.finditer(re.escape(each), text)]


def _amendments(
    book: LawBook, text: str, found: list[Found], context: LetterContext, short: Sequence[range]
) -> Iterator[Problem]:
    """Yield laws that are nowhere in the text named with the amendment that counts on the letter's day.

    Names inside `short` need none, nor do names without a number of the same laws.
    """
    chains: dict[str, set[str]] = {}
    for main, chain in amendments_of(found):
        chains.setdefault(main.law_id, set()).add(chain.law_id)
        if chain.law_id:
            future = rules.dates(book, _cited(book, text, chain), (), context)
            yield from (problem for problem in future if problem.code == "law.not-yet-in-force")
    for law_id, item in _first_named(text, found, short).items():
        last = _last_in_chain(book, law_id, context)
        if last and last not in chains.get(law_id, set()) and not _is_short_for(book, text, found, law_id):
            yield _problem(
                text,
                item,
                "law.missing-amendment",
                N_("{law} has been amended; a letter of {letter_day} names the last amendment."),
                N_("Write: {better}."),
                Severity.WARNING,
                law=book.laws[law_id].designation,
                letter_day=format_date(context.day),
                better=book.formal_name(law_id, context.day),
            )


def _first_named(text: str, found: list[Found], short: Sequence[range]) -> dict[str, Found]:
    """Return the first place of each law that is cited otherwise than in its short form on purpose."""
    meant = {item.start for item in found if any(item.start in span for span in short)}
    laws = {item.law_id for item in found if item.start in meant}
    first: dict[str, Found] = {}
    for item in found:
        again = item.law_id in laws and not _has_number(text, item)
        if item.law_id and item.role is Role.MAIN and item.start not in meant and not again:
            first.setdefault(item.law_id, item)
    return first


def _has_number(text: str, item: Found) -> bool:
    return re.search(r"[0-9]", text[item.start : item.end]) is not None


def _is_short_for(book: LawBook, text: str, found: list[Found], law_id: str) -> bool:
    """Return whether the text calls the law by a short name alone, of one it is one with and cites by number.

    After *Undang-Undang Nomor 10 Tahun 2016* the words *UU Pemilihan* are no second law.
    """
    numbered = {item.law_id for item in found if _has_number(text, item)}
    return law_id not in numbered and not numbered.isdisjoint(book.family(law_id))


def _last_in_chain(book: LawBook, law_id: str, context: LetterContext) -> str:
    """Return the amendment that the law's name ends with on that day; empty when its name has none."""
    law = book.laws[law_id]
    if book.formal_name(law_id, context.day) == law.title:
        return ""
    return book.last_amendment(law_id, context.day)
