"""Laws + one reference + a letter's date → what is wrong with the reference on that day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from letters.errors import N_, Problem, Severity
from letters.l10n import format_date
from letters.law.layers import near_names
from letters.law.records import Law
from letters.law.reference import ArticleRef, Reference

Laws = Mapping[str, Law]


def check_dates(laws: Laws, law: Law, articles: tuple[ArticleRef, ...], on: date) -> Iterator[Problem]:
    """Yield what is wrong with citing these places of `law` on that day: not yet in force, revoked, absorbed."""
    if in_force(law, on) and law.status != "superseded":
        yield from _perhaps_too_early(law, on)
        return
    params: dict[str, object] = {"law": law.designation, "letter_day": format_date(on)}
    if on < law.earliest:
        params |= {"day": format_date(law.earliest), "before": ", ".join(_before(laws, law, on))}
        message = N_("{law} is not yet in force on {letter_day}, only from {day}.")
        if law.first_day_unknown:
            params["year"] = law.year
            message = N_(
                "{law} is not yet in force on {letter_day}; its first day is not known, but not before {year}."
            )
        remedy = N_("Cite {before} instead.") if params["before"] else N_("Cite the law of that day.")
        yield Problem("law.not-yet-in-force", message, remedy, params=params)
    elif law.revoked_on and law.revoked_on <= on:
        params |= {"day": format_date(law.revoked_on), "by": named(laws, law.revoked_by)}
        yield from _revoked(law, articles, params)
    elif law.status == "superseded":
        yield from _absorbed(laws, law, on, params)


def _perhaps_too_early(law: Law, on: date) -> Iterator[Problem]:
    """Yield a hint in the year of a law of whose first day nothing else is known."""
    if not law.first_day_unknown or on.year != law.year or (law.seen_in_force and law.seen_in_force <= on):
        return
    yield Problem(
        "law.not-yet-in-force",
        N_("It is not known on which day of {year} {law} came into force; the letter is dated {letter_day}."),
        N_("Look up its day, and write it in hukum.toml: in_force."),
        params={"law": law.designation, "letter_day": format_date(on), "year": law.year},
        severity=Severity.HINT,
    )


def _revoked(law: Law, articles: tuple[ArticleRef, ...], params: dict[str, object]) -> Iterator[Problem]:
    """Yield the problem of a revoked law, unless just what survives of it is cited."""
    if articles and all(str(article) in law.surviving for article in articles):
        return
    remedy = N_("Cite {by} instead.") if params["by"] else N_("Cite the law that replaced it.")
    if law.surviving:
        params = params | {"surviving": ", ".join(law.surviving)}
        message = N_("{law} was revoked on {day} except {surviving}; the letter is dated {letter_day}.")
        yield Problem("law.partly-revoked", message, remedy, params=params)
    else:
        message = N_("{law} was revoked on {day}; the letter is dated {letter_day}.")
        yield Problem("law.revoked", message, remedy, params=params)


def _absorbed(laws: Laws, law: Law, on: date, params: dict[str, object]) -> Iterator[Problem]:
    """Yield a problem when a later law has taken over what this one says."""
    for change in law.amended_by:
        day = change.on or laws[change.by].in_force or date.max
        if day <= on:
            params |= {"day": format_date(day), "by": named(laws, change.by)}
            message = N_("{law} was absorbed on {day} by {by}; the letter is dated {letter_day}.")
            yield Problem("law.absorbed", message, N_("Cite {by} instead."), params=params)


def _before(laws: Laws, law: Law, on: date) -> Iterator[str]:
    """Yield the laws that this one replaces and that were in force on that day."""
    for old in laws.values():
        if (old.revoked_by == law.id or law.replaces == old.id) and old.earliest <= on:
            yield named(laws, old.id)


def named(laws: Laws, law_id: str) -> str:
    """Return a law's designation with its id, as a user needs it in a template."""
    return f"{laws[law_id].designation} ({law_id})" if law_id in laws else law_id


def unknown_law(laws: Laws, law_id: str) -> Problem:
    """Return the problem of an id that no law has."""
    params = {"law": law_id, "near": near_names(law_id, laws)}
    message = N_('The law "{law}" is not known.')
    remedy = (
        N_("Did you mean {near}?") if params["near"] else N_("Add it to the office's own file of laws, hukum.toml.")
    )
    return Problem("law.unknown-law", message, remedy, params=params)


def unreadable(reference: str) -> Problem:
    """Return the problem of a text that is no reference."""
    return Problem(
        "law.bad-reference",
        N_('"{reference}" cannot be read as a legal basis.'),
        N_("Write the id of the law, a colon and its articles: uu-20-2023:2f,9(2). What is no article is in quotes."),
        params={"reference": reference},
    )


def check_title(law: Law) -> Iterator[Problem]:
    """Yield a warning when nobody has seen the law's exact title."""
    if not law.title_verified:
        yield Problem(
            "law.title-not-verified",
            N_("The exact title of {law} was not seen in a reliable source."),
            N_("Compare it with the gazette before the letter goes out."),
            params={"law": law.designation},
            severity=Severity.WARNING,
        )


def check_articles(law: Law, articles: tuple[ArticleRef, ...], known: Sequence[ArticleRef]) -> Iterator[Problem]:
    """Yield a problem for each article that is not among the `known` ones; for a law without any, none."""
    listed = [ref for ref in known if ref.units[0].startswith(("Pasal", "Lampiran"))]
    places = [place for ref in listed for place in _each_item(ref)]
    for article in articles:
        if not places or is_known(article, places):
            continue
        if items := _numbered_items(article, places):
            yield _ayat_for_angka(law, article, items)
            continue
        params = {"article": article, "law": law.designation, "near": near_names(str(article), map(str, places))}
        message = N_("{article} of {law} is not in the book of laws.")
        remedy = N_("Compare it with the text of the law.")
        if params["near"]:
            remedy = N_("Compare it with the text of the law; like it and known are: {near}.")
        yield Problem("law.unknown-article", message, remedy, params=params, severity=Severity.WARNING)


def _each_item(ref: ArticleRef) -> Iterator[ArticleRef]:
    """Yield the place itself, and those of `Pasal 4 angka 12-15` one by one."""
    yield ref
    first, dash, last = ref.units[-1].removeprefix("angka ").partition("-")
    if dash and first.isdigit() and last.isdigit():
        yield from (ArticleRef((*ref.units[:-1], f"angka {item}")) for item in range(int(first), int(last) + 1))


def is_known(article: ArticleRef, known: list[ArticleRef]) -> bool:
    """Return whether the place is known, holds a known one, or lies in one of which no parts are listed."""
    holds_known = any(other.is_within(article) for other in known)
    around = [other for other in known if article.is_within(other)]
    has_parts = any(other != outer and other.is_within(outer) for outer in around for other in known)
    return holds_known or (bool(around) and not has_parts)


def _numbered_items(article: ArticleRef, known: list[ArticleRef]) -> str:
    """Return the right form of `Pasal 39 ayat (2)` where the article has numbered items and no paragraphs."""
    if len(article.units) < 2 or not article.units[1].startswith("ayat"):
        return ""
    parts = [other.units[1] for other in known if other.units[0] == article.units[0] and len(other.units) > 1]
    if not parts or any(not part.startswith("angka") for part in parts):
        return ""
    return f"{article.units[0]} angka {article.units[1].removeprefix('ayat (').removesuffix(')')}"


def _ayat_for_angka(law: Law, article: ArticleRef, better: str) -> Problem:
    return Problem(
        "law.ayat-for-angka",
        N_("{place} of {law} has numbered items and no paragraphs; {article} does not exist."),
        N_("Write {better}."),
        params={"place": article.units[0], "law": law.designation, "article": article, "better": better},
        severity=Severity.HINT,
    )


def in_force(law: Law, on: date) -> bool:
    """Return whether `law` stands on that day, as far as its dates tell."""
    return law.earliest <= on and not (law.revoked_on and law.revoked_on <= on)


def first_in_force(laws: Laws, references: tuple[Reference, ...], on: date) -> Reference | None:
    """Return the first of several alternatives whose law stands on that day; None when none does."""
    return next((ref for ref in references if ref.law in laws and in_force(laws[ref.law], on)), None)
