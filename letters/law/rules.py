"""The rules on citations: one cited law + the letter → what is wrong with it. Each rule yields one kind of problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from letters.errors import N_, Problem, Severity
from letters.l10n import format_date
from letters.law.binding import EVERYBODY, all_known, audiences_of, better_bases, bound_places, own_audiences
from letters.law.book import LawBook
from letters.law.checks import check_articles, check_dates, in_force, named
from letters.law.cited import SENDERS, Cited, LetterContext, known_articles
from letters.law.records import Article, Law
from letters.law.reference import parse_alternatives
from letters.law.stage_records import Stage

Rule = Callable[[LawBook, Cited, Sequence[Cited], LetterContext], Iterator[Problem]]
CAMPAIGN = "kampanye"
"""Id of the stage of campaigning in every election."""


def dates(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when the law is revoked, absorbed, or not yet in force on the letter's day."""
    for problem in check_dates(book.laws, cited.law, cited.articles, context.day):
        yield cited.placed(problem)


def survivor_alone(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when what survives of a partly revoked law is cited without the law that keeps it alive."""
    law = cited.law
    if not (law.surviving and law.revoked_on and law.revoked_on <= context.day and law.revoked_by in book.laws):
        return
    survives = cited.articles and all(str(article) in law.surviving for article in cited.articles)
    if survives and all(other.law.id != law.revoked_by for other in others):
        yield cited.problem(
            "law.partly-revoked",
            N_("{law} is revoked; {articles} survives only together with {by}."),
            N_("Cite {by} beside it."),
            {
                "law": law.designation,
                "articles": ", ".join(map(str, cited.articles)),
                "by": named(book.laws, law.revoked_by),
            },
        )


def articles(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield for articles of a law in force that the book does not know, or which has items, not paragraphs."""
    if not in_force(cited.law, context.day):
        return  # that is said already, and its articles no longer matter
    for problem in check_articles(cited.law, cited.articles, [ref for ref, _ in book.articles_of(cited.law.id)]):
        yield cited.placed(problem)


def regime(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when the law is for the other kind of election: an error for penal articles, else a warning.

    The law that sets up the sender may be named in any letter for that.
    """
    law = cited.law
    if context.kind in ("", "both") or law.applies_to in ("both", context.kind):
        return
    known = [article for _, article in known_articles(book, cited)]
    if cited.articles and known and all(map(_empowers_sender, known)):
        return
    better = ", ".join(_same_matter(book, context.kind))
    params = {"law": cited.name, "better": better}
    remedy = N_("Cite the law of this election: {better}.") if better else N_("Cite the law of this election.")
    if any(law.is_penal(article.number) for article in cited.articles):
        message = N_("{law} threatens penalties for the other kind of election; they do not exist in this one.")
        yield cited.problem("law.wrong-regime", message, remedy, params)
    elif not cited.articles and any(_empowers_sender(article) for _, article in book.articles_of(law.id)):
        message = N_("{law} is the law of the other kind of election; here it only sets up the sender.")
        remedy = N_("Name the articles on the sender's powers, or cite the law of this election.")
        yield cited.problem("law.wrong-regime", message, remedy, params, Severity.HINT)
    else:
        message = N_("{law} is for the other kind of election.")
        yield cited.problem("law.wrong-regime", message, remedy, params, Severity.WARNING)


def _empowers_sender(article: Article) -> bool:
    """Return whether the article gives election supervisors their power."""
    return article.phase == "authority" and not {*SENDERS.values()}.isdisjoint(article.audience)


def _same_matter(book: LawBook, kind: str) -> Iterator[str]:
    """Yield the laws that letters of this regime rest on for their penalties."""
    for law in book.laws.values():
        if law.applies_to == kind and law.penal and law.letter_use == "cite":
            yield named(book.laws, law.id)


def audience(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when an article binds nobody whom the letter goes to."""
    groups = audiences_of(book, context)
    if not groups:
        return
    for place, bound in bound_places(book, cited, context):
        if bound and not bound & (groups | EVERYBODY):
            better = better_bases(book, context, context.groups)
            remedy = N_("Cite what binds the addressee, or leave it out: a letter may ask without a legal basis.")
            if better:
                remedy = N_("Cite what binds the addressee, or leave it out: {better}.")
            params = {"place": place, "who": _people(book, bound), "group": _names(book, context.groups)}
            message = N_("{place} binds {who}, not {group}.")
            yield cited.problem("law.wrong-audience", message, remedy, {**params, "better": better}, Severity.WARNING)


def staff_alone(book: LawBook, cited: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield for each group for which a letter cites only what binds those it answers for, though more binds it itself.

    A head of a sub-district passes on what binds village heads; but the letter is to the head of the sub-district.
    """
    if not all_known(book, context):
        return
    places = [(one, place, bound) for one in cited for place, bound in bound_places(book, one, context) if bound]
    for group in context.groups:
        own = own_audiences(book, group)
        reached = audiences_of(book, replace(context, groups=(group,)))
        if not own or any(bound & (own | EVERYBODY) for _, _, bound in places):
            continue
        better = better_bases(book, context, (group,))
        first = next(((one, place, bound) for one, place, bound in places if bound & reached), None)
        if better and first:
            one, place, bound = first
            yield one.problem(
                "law.wrong-audience",
                N_("{place} binds {who}, for whom {group} answers; nothing that is cited binds {group}."),
                N_("Cite beside it: {better}."),
                {"place": place, "who": _people(book, bound), "group": _names(book, (group,)), "better": better},
                Severity.WARNING,
            )


def _people(book: LawBook, audiences: Iterable[str]) -> str:
    return ", ".join(book.audiences[name].id for name in sorted(audiences) if name in book.audiences)


def _names(book: LawBook, groups: Iterable[str]) -> str:
    return ", ".join(book.groups[name].name for name in groups)


def indirect(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when an article speaks to others and hits the addressee only through them."""
    groups = audiences_of(book, context)
    for place, article in known_articles(book, cited):
        speaks_to = set(article.addressed_to)
        if groups and speaks_to and not speaks_to & groups and set(article.audience) & groups:
            yield cited.problem(
                "law.indirect",
                N_("{place} {law} is addressed to {who}; it reaches the addressee only through them."),
                N_("Do not present it as the addressee's own duty."),
                {"place": place, "law": cited.law.designation, "who": _people(book, speaks_to)},
                Severity.HINT,
            )


def sender(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when an article gives another level of supervisors its power, not the sender."""
    own = SENDERS.get(context.level)
    levels = {*SENDERS.values()}
    for place, article in known_articles(book, cited):
        given = set(article.audience) & levels
        if article.phase == "authority" and own and given and not given & {own, "bawaslu"}:
            better = ", ".join(book.authority_for(context.level, context.kind or "pemilu"))
            yield cited.problem(
                "law.wrong-sender",
                N_("{place} {law} is the power of {who}, not of this office."),
                N_("Cite {better} instead.") if better else N_("Cite the article on this office's power."),
                {
                    "place": place,
                    "law": cited.law.designation,
                    "who": _people(book, given),
                    "better": better,
                },
                Severity.WARNING,
            )


def phase(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when an article that bites only in the campaign stands in a letter for an earlier stage."""
    stage, campaign = context.find_stage(context.stage), context.find_stage(CAMPAIGN)
    if not (stage and campaign and campaign.start and _is_over_before(stage, campaign)):
        return
    for place in cited.articles:
        known = [article for ref, article in known_articles(book, cited) if ref == place]
        if known and all(article.phase == "campaign" for article in known):
            yield cited.problem(
                "law.wrong-phase",
                N_("{place} {law} bites only in the campaign, from {day}; the letter is for an earlier stage."),
                N_("Rest the letter on what binds at any time, or say that it will hold in the campaign."),
                {"place": place, "law": cited.law.designation, "day": format_date(campaign.start)},
                Severity.HINT,
            )


def _is_over_before(stage: Stage, campaign: Stage) -> bool:
    last = stage.end or stage.start
    return last is not None and campaign.start is not None and last < campaign.start


def weak(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when another law in force says the same with more weight and the letter does not cite it."""
    better = [text for text in cited.law.stronger if _stands(book, text, context)]
    ids = {reference.law for text in better for reference in parse_alternatives(text) or ()}
    if better and not any(other.law.id in ids for other in others):
        texts = "; ".join(book.cite(text, context.day).brief_text for text in better)
        yield cited.problem(
            "law.weak-basis",
            N_("{law} is a weak basis: it still stands, but other laws say the same with more weight."),
            N_("Cite beside or instead of it: {better}."),
            {"law": cited.name, "better": texts},
            Severity.HINT,
        )


def _stands(book: LawBook, text: str, context: LetterContext) -> bool:
    return any(in_force(book.laws[reference.law], context.day) for reference in parse_alternatives(text) or ())


def spent(book: LawBook, cited: Cited, others: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield when the law was made for another election than the letter's."""
    law = cited.law
    if law.status != "spent" or not _is_out_of_cycle(law, context):
        return
    yield cited.problem(
        "law.spent",
        N_("{law} was made for one election and is spent."),
        N_("Cite the rule of this election."),
        {"law": law.designation},
        Severity.WARNING,
    )


def _is_out_of_cycle(law: Law, context: LetterContext) -> bool:
    if context.election and law.cycle:
        return context.election.id not in law.cycle
    return law.cycle_until is None or law.cycle_until < context.day


RULES: tuple[Rule, ...] = (
    dates,
    survivor_alone,
    articles,
    regime,
    audience,
    indirect,
    sender,
    phase,
    weak,
    spent,
)


def apply(book: LawBook, cited: Sequence[Cited], context: LetterContext) -> Iterator[Problem]:
    """Yield what every rule finds in every citation."""
    for one in cited:
        for rule in RULES:
            yield from rule(book, one, cited, context)
    yield from staff_alone(book, cited, context)
