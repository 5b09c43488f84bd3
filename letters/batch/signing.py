"""Template + settings → who signs, as facts; and what does not fit the post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from letters.batch.addressee import ACTING, DELEGATES, NIP_GROUPS, printed_nip
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, SettingsError, Severity
from letters.merge import Template
from letters.settings import Signatory

ON_BEHALF = re.compile(r"(a\. ?n\.|an\.|atas nama)\s+", re.IGNORECASE)
DOWN = "u.b."


def find_signatories(workspace: Workspace, template: Template) -> list[Signatory]:
    """Return those who sign, in the template's order. Raises SettingsError for every one who is not in letters.toml."""
    known = workspace.settings.signatories
    missing = [name for name in template.front.signatories if name not in known]
    if missing:
        raise SettingsError(*(_unknown(name, template, known) for name in missing))
    return [known[name] for name in template.front.signatories]


def _unknown(name: str, template: Template, known: dict[str, Signatory]) -> Problem:
    return Problem(
        "batch.unknown-signatory",
        N_('The template names the signatory "{name}", who is not in letters.toml (there are: {known}).'),
        N_("Add [penandatangan.{name}] to letters.toml or correct penandatangan in the template."),
        Place(file=str(template.path)),
        {"name": name, "known": ", ".join(known)},
    )


def signatory_facts(signatory: Signatory) -> dict[str, Any]:
    """Return `penandatangan`: who signs. `atas_nama` begins with *a.n.*, `pemberi_mandat` is the post without it."""
    principal, delegate = mandate(signatory)
    return {
        "jabatan": signatory.title,
        "nama": signatory.name,
        "kode": signatory.code,
        "nip": printed_nip(signatory.nip),
        "pangkat": signatory.rank,
        "atas_nama": f"a.n. {principal}" if principal else "",
        "pemberi_mandat": principal,
        "untuk_beliau": delegate,
        "pelaksana": signatory.acting,
    }


def mandate(signatory: Signatory) -> tuple[str, str]:
    """Return in whose name `signatory` signs, and who passed it on; both may stand in `atas_nama`, line by line."""
    lines = [line.strip() for line in signatory.prefix.splitlines() if line.strip() and line.strip() != DOWN]
    principal = ON_BEHALF.sub("", lines[0], count=1) if lines else ""
    return principal, signatory.delegate or " ".join(lines[1:])


# -- what does not fit ----------------------------------------------------------------------------------


def signing_problems(workspace: Workspace, names: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with the signatories `names` of letters.toml."""
    for name in names:
        signatory = workspace.settings.signatories[name]
        level = workspace.settings.office.level
        is_servant = signatory.acting == "Pj." or workspace.conventions.is_civil_servant(signatory.title, level)
        for code, message, remedy, severity in (
            *_number_faults(signatory, is_servant),
            *_acting_faults(signatory, level),
            *_mandate_faults(signatory),
        ):
            place = Place(file=str(workspace.folder / SETTINGS_FILE))
            params = {
                "name": name,
                "post": signatory.title,
                "acting": signatory.acting,
                "nip": signatory.nip,
                "forms": ", ".join(ACTING),
            }
            yield Problem(code, message, remedy, place, params, severity)


Fault = tuple[str, str, str, Severity]


def _number_faults(signatory: Signatory, is_servant: bool) -> Iterator[Fault]:
    if not is_servant and (signatory.nip or signatory.rank):
        yield (
            "batch.nip-of-no-servant",
            N_('[penandatangan.{name}] has a NIP or rank, but "{post}" is no civil servant.'),
            N_("Remove nip and pangkat; members of Bawaslu and elected heads sign without them."),
            Severity.WARNING,
        )
    elif signatory.nip and not NIP_GROUPS.fullmatch(re.sub(r"[ .]", "", signatory.nip)):
        yield (
            "batch.nip-length",
            N_('[penandatangan.{name}] has the NIP "{nip}", which has not 18 digits.'),
            N_("Compare it with the decree of appointment."),
            Severity.WARNING,
        )


def _acting_faults(signatory: Signatory, level: str) -> Iterator[Fault]:
    found = DELEGATES.match(signatory.title)
    if found and signatory.acting:
        yield (
            "batch.acting-twice",
            N_('[penandatangan.{name}] says twice that the holder is acting: "{acting} {post}".'),
            N_("Write it in pelaksana alone."),
            Severity.ERROR,
        )
    elif found and found[0].strip() not in ACTING:
        yield (
            "batch.acting-spelling",
            N_('[penandatangan.{name}]: "{post}" does not begin as an acting holder is written.'),
            N_("Write the post alone and one of {forms} in pelaksana."),
            Severity.WARNING,
        )
    if signatory.acting == "Pj." and level != "pemda":
        yield (
            "batch.acting-commissioner",
            N_('[penandatangan.{name}]: there is no "Pj. {post}"; only governments and villages have a penjabat.'),
            N_("Write Plt. where the post is vacant, Plh. where its holder is away for a short time."),
            Severity.WARNING,
        )


def _mandate_faults(signatory: Signatory) -> Iterator[Fault]:
    principal, delegate = mandate(signatory)
    if signatory.acting in ("Plt.", "Plh.") and principal:
        yield (
            "batch.acting-on-behalf",
            N_('[penandatangan.{name}] signs as "{acting}" and on behalf of another; one excludes the other.'),
            N_("Remove atas_nama: who acts for the holder signs in the post itself."),
            Severity.WARNING,
        )
    if delegate and not principal:
        yield (
            "batch.delegate-alone",
            N_("[penandatangan.{name}] has untuk_beliau without atas_nama."),
            N_("Write in atas_nama in whose name the letter is signed: u.b. stands one level below a.n."),
            Severity.ERROR,
        )
    if ON_BEHALF.match(signatory.title) or signatory.title.endswith(","):
        yield (
            "batch.post-punctuation",
            N_('[penandatangan.{name}]: "{post}" holds what the letter prints itself.'),
            N_("Write the post alone: a.n. belongs to atas_nama, the comma is set by the program."),
            Severity.WARNING,
        )
