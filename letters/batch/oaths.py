"""A template's spoken text, the office's confirmations and the people → facts, the draft mark, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from letters.batch.signing import mandate
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.law import SpokenText, is_present, person_problems
from letters.merge import Template
from letters.model.letter import Recipient
from letters.writers import Look

DRAFT = "DRAF – naskah belum diverifikasi"
"""Stands at the foot of every page while the words of a statute were not compared with it."""
REPORT = "berita acara"
SUBJECT, NON_ASN = "subjek", "non_asn"
"""The slot that says whose pledge it is, and the group that a pledge of civil servants does not cover."""


def oath_facts(workspace: Workspace, template: Template) -> dict[str, Any]:
    """Return `teks` as it is kept with the letters: nothing for a template that speaks no text.

    Raises LawError for a text that is not known.
    """
    if not template.front.oath:
        return {}
    return {"teks": workspace.oaths.facts(template.front.oath, workspace.settings.confirmed_texts)}


def look_of(look: Look, shared: Mapping[str, Any]) -> Look:
    """Return `look` with the draft mark that unverified words have, beside a mark that is already there."""
    if shared.get("teks", {}).get("status_verifikasi") != "belum":
        return look
    return replace(look, mark=f"{look.mark} · {DRAFT}" if look.mark else DRAFT)


def takes_part(template: Template, recipient: Recipient) -> bool:
    """Return whether a person gets a document of their own: nobody pledges or swears in absence."""
    return not template.front.oath or is_present(recipient.fields)


# -- what is said before anything is made ------------------------------------------------------------------


def confirmed_problems(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the texts the office confirmed: not there, other words now, or no words named."""
    place = Place(file=str(workspace.folder / SETTINGS_FILE))
    yield from workspace.oaths.check_confirmed(workspace.settings.confirmed_texts, place)


def oath_problems(workspace: Workspace, template: Template, people: Sequence[Recipient]) -> Iterator[Problem]:
    """Yield what stands in the way of the spoken text of `template`, and what the user should know of it."""
    name = template.front.oath
    if not name:
        return
    text = workspace.oaths.text(name)
    confirmed = workspace.settings.confirmed_texts
    yield from workspace.oaths.wordless(name, Place(file=str(template.path)))
    if text.points and not workspace.oaths.is_verified(name, confirmed):
        yield workspace.oaths.unverified(name, confirmed, Place(file=str(template.path)))
    facts = workspace.oaths.facts(name, confirmed)
    for person in people:
        for problem in person_problems(facts, person.fields):
            yield replace(problem, place=replace(person.place, key=person.key))
    yield from _left_out(workspace, template, text, people)
    yield from _not_theirs(workspace, template, text, people)
    if text.kind == "sumpah" and template.front.kind == REPORT:
        yield from _ceremony_problems(workspace, template, text, facts, people)


def _given(workspace: Workspace, template: Template) -> dict[str, Any]:
    return {**workspace.settings.template_facts, **template.front.facts}


def _left_out(
    workspace: Workspace, template: Template, text: SpokenText, people: Sequence[Recipient]
) -> Iterator[Problem]:
    """Yield a warning when people who are no civil servants speak a pledge of civil servants alone."""
    slot = text.slots.get(SUBJECT)
    spoken_of = str(_given(workspace, template).get(SUBJECT, slot.value)) if slot else ""
    if slot and "non" not in spoken_of.casefold() and any(person.group == NON_ASN for person in people):
        yield Problem(
            "batch.non-asn-left-out",
            N_('Non-ASN staff are among the people, but the text speaks of "{subject}" alone.'),
            N_('Write subjek = "ASN dan Non ASN" under [isian]: title and every point follow it.'),
            Place(file=str(template.path)),
            {"subject": spoken_of},
            Severity.WARNING,
        )


def _not_theirs(
    workspace: Workspace, template: Template, text: SpokenText, people: Sequence[Recipient]
) -> Iterator[Problem]:
    """Yield a warning for each person whose oath another office takes; on behalf of that office it may be taken."""
    known = workspace.settings.signatories
    principals = [mandate(known[name])[0] for name in template.front.signatories if name in known]
    for person in people:
        swearer = text.swearers.get(person.group)
        if swearer is None or not is_present(person.fields) or swearer.may(workspace.settings.office.level, principals):
            continue
        yield Problem(
            "batch.not-sworn-in-here",
            N_('The oath of "{post}" is taken by {official}, not by {office}.'),
            N_("Leave it to that office; whoever takes it on its behalf writes so in atas_nama in letters.toml."),
            replace(person.place, key=person.key),
            {
                "post": person.fields.get("jabatan") or person.group,
                "official": swearer.official,
                "office": workspace.settings.office.name,
            },
            Severity.WARNING,
        )


def _ceremony_problems(
    workspace: Workspace, template: Template, text: SpokenText, facts: Mapping[str, Any], people: Sequence[Recipient]
) -> Iterator[Problem]:
    """Yield what an oath lacks besides its words: its witnesses, and clergy of every religion present.

    That no witness is named at all is found where the template prints them.
    """
    given = _given(workspace, template)
    place = Place(file=str(workspace.folder / SETTINGS_FILE))
    if not text.witnesses:
        return
    witnesses = [_named(person) for person in given.get("saksi", [])]
    if witnesses and len(witnesses) != text.witnesses:
        message = N_("An oath has {wanted} witnesses; {given} are named.")
        remedy = N_('Write saksi = [{{ jabatan = "…", nama = "…" }}, …] under [isian] in letters.toml.')
        yield Problem("batch.witnesses", message, remedy, place, {"wanted": text.witnesses, "given": len(witnesses)})
    known = workspace.settings.signatories
    officials = {_named(vars(known[name])) for name in template.front.signatories if name in known}
    sworn = {_named(person.fields) for person in people} | officials
    for witness in witnesses:
        if witness in sworn or witnesses.count(witness) > 1:
            message = N_('The witness "{witness}" is also sworn in, administers the oath, or stands twice.')
            yield Problem(
                "batch.witness-takes-part", message, N_("Name another witness."), place, {"witness": " ".join(witness)}
            )
    yield from _missing_clergy(given, facts, people, place)


def _named(person: object) -> tuple[str, str]:
    """Return name and post of a person of a table, of letters.toml, or written as one text."""
    if not isinstance(person, Mapping):
        return "", str(person)
    return str(person.get("nama", person.get("name", ""))), str(person.get("jabatan", person.get("title", "")))


def _missing_clergy(
    given: Mapping[str, Any], facts: Mapping[str, Any], people: Sequence[Recipient], place: Place
) -> Iterator[Problem]:
    """Yield a warning for each religion whose oath nobody of it accompanies."""
    there = {str(person.get("agama", "")) for person in given.get("rohaniwan", []) if isinstance(person, Mapping)}
    spoken_by = {person.fields.get("agama", "").strip().casefold() for person in people if is_present(person.fields)}
    for religion in facts["agama"]:
        names = {religion["id"], religion["nama"].casefold(), *map(str.casefold, religion["sebutan"])}
        if spoken_by & names and religion["nama"] not in there:
            yield Problem(
                "batch.no-clergy",
                N_("No rohaniwan is named for {religion}."),
                N_('Write rohaniwan = [{{ agama = "{religion}", jabatan = "…", nama = "…" }}] under [isian].'),
                place,
                {"religion": religion["nama"]},
                Severity.WARNING,
            )
