"""Row of the recipients table + forms of its group → the addressee as a letter prints it, and what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from letters.batch.areas import bare_town, lacks_kind, with_area
from letters.batch.conventions import area_of
from letters.batch.workspace import Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.law import Forms, Group
from letters.model.letter import Recipient
from letters.settings import Style

OPTIONAL = ("alamat", "kota", "wilayah", "pelaksana", "pangkat", "nip", "nrp", "up", "melalui")
"""Columns a table may have; without them their facts are empty."""
MADE = ("nama_berpangkat", "nomor_pegawai", "tujuan")
"""Facts made from the columns: name with rank, service number with its label, lines of the address."""
FACTS_OF_ALL = (*OPTIONAL, "nama", "instansi", "alamat", "kota", "sapaan", *MADE)
"""What every completed row has, whatever columns the table has."""
ACTING = ("Pjs.", "Plt.", "Plh.", "Pgs.", "Pj.", "Ps.")
DELEGATES = re.compile(r"(pjs|plt|plh|pgs|pj|ps)\.? +", re.IGNORECASE)
SALUTED = re.compile(r"(Kepada|Yth|Yang Terhormat|Bapak|Ibu|Saudara|Saudari|Sdr|Bpk)\b", re.IGNORECASE)
POLITE, PLAIN = ("Bapak/Ibu", "Bapak", "Ibu"), ("Saudara", "Saudari", "Saudara/Saudari")
NIP_GROUPS = re.compile(r"(\d{8})(\d{6})(\d)(\d{3})")
"""A NIP is printed as day of birth, month of appointment, sex, and number of the day: `19720103 199503 1 001`."""
CITY = "Kota "


def complete(workspace: Workspace, person: Recipient) -> Recipient:
    """Return `person` with post, agency and salutation as the group's forms have them where the table leaves them open.

    The post stays empty where neither the table nor the group's form together with the column `wilayah` says it.
    """
    row = dict.fromkeys(FACTS_OF_ALL, "") | dict(person.fields)
    group = workspace.law.groups.get(person.group)
    forms, areas = forms_of(workspace, person), workspace.law.areas
    typed = row["jabatan"]
    row["kota"] = bare_town(row["kota"])
    if forms and (area := row["wilayah"]):
        row["jabatan"] = typed or with_area(areas, forms.title, forms.agency, area)
        row["instansi"] = row["instansi"] or ("" if typed else with_area(areas, forms.agency, forms.agency, area))
    row["pelaksana"] = acting_form(row["pelaksana"])
    if row["pelaksana"] in ACTING and row["jabatan"] and not row["jabatan"].startswith(row["pelaksana"]):
        row["jabatan"] = f"{row['pelaksana']} {row['jabatan']}"
    row["sapaan"] = row["sapaan"] or (forms.sapaan if forms else "Saudara")
    ranked = f"{row['pangkat']} {row['nama']}".strip() if group and group.ranked else row["nama"]
    row["nama_berpangkat"] = row["nama_berpangkat"] or ranked
    row["nomor_pegawai"] = row["nomor_pegawai"] or _service_number(workspace, group, row)
    row["tujuan"] = row["tujuan"] or "\n".join(address_lines(row, group, workspace.settings.style))
    return replace(person, fields=row)


def acting_form(text: str) -> str:
    """Return how the acting form in a cell is written: `plt` and `PLT.` are `Plt.`; what is none stays as it is."""
    bare = text.strip().rstrip(".").casefold()
    return next((form for form in ACTING if form.rstrip(".").casefold() == bare), text)


def forms_of(workspace: Workspace, person: Recipient) -> Forms | None:
    """Return how the person's group is addressed where they are; None for a group nobody knows."""
    group = workspace.law.groups.get(person.group)
    own = workspace.settings.groups.get(person.group)
    if group is None and own is None:
        return None
    forms = Forms("", "", "Saudara", True)
    if group is not None:
        forms = workspace.law.forms(group.id, area_of(workspace.settings.office, person.fields))
        if person.fields.get("wilayah", "").startswith(CITY) and group.city.title:
            forms = replace(forms, title=group.city.title, agency=group.city.agency)
    if own is not None:
        forms = Forms(own.title or forms.title, own.agency or forms.agency, own.address or forms.sapaan, True)
    return forms


def address_lines(row: Mapping[str, str], group: Group | None, style: Style) -> list[str]:
    """Return what stands after *Yth.*, above street and town: name, post, agency, *u.p.*, *melalui*, line by line.

    The agency is left out where the post says it already. *Yth.* is followed by the name or post, never by
    `Kepada` or `Bapak/Ibu` (rules for official letters, order of parts 4).
    """
    shows_name = style.names == "semua" or (
        style.names == "berpangkat" and group is not None and group.ranked and row["pangkat"]
    )
    name = row["nama_berpangkat"] if shows_name and row["nama"] else ""
    agency = "" if row["instansi"] in row["jabatan"] or (group and group.names_area) else row["instansi"]
    through = [f"u.p. {row['up']}" if row["up"] else "", f"melalui {row['melalui']}" if row["melalui"] else ""]
    return [line for line in (name, row["jabatan"], agency, *through) if line]


def printed_nip(nip: str) -> str:
    """Return a NIP as it is printed, in four groups; what is none stays as it is."""
    found = NIP_GROUPS.fullmatch(re.sub(r"[ .]", "", nip))
    return " ".join(found.groups()) if found else nip


def _service_number(workspace: Workspace, group: Group | None, row: Mapping[str, str]) -> str:
    number = row["nip"] or row["nrp"]
    label = "NRP" if row["nrp"] and not row["nip"] else number_name(workspace, group) or "NIP"
    return f"{label} {printed_nip(number)}" if number else ""


def number_name(workspace: Workspace, group: Group | None) -> str:
    """Return what the service number of the group's people is called; empty where they have none."""
    columns = workspace.law.matrix.columns
    return next((columns[name].number for name in (group.columns if group else ()) if columns[name].number), "")


# -- what does not fit ----------------------------------------------------------------------------------


def addressee_problems(workspace: Workspace, person: Recipient, whole: Recipient) -> Iterator[Problem]:
    """Yield what is wrong with the row `person`, of which `whole` was made."""
    group = workspace.law.groups.get(person.group)
    yield from _post_problems(person, whole, group)
    yield from _salutation_problems(person, group)
    yield from _number_problems(workspace, person, group)
    forms = forms_of(workspace, person)
    if forms and group and person.fields.get("jabatan"):
        yield from _regional_problems(person, group, forms)
    by_region = group and group.of_region and not person.fields.get("jabatan")
    if by_region and lacks_kind(workspace.law.areas, person.fields.get("wilayah", "")):
        yield _no_kind_of_area(person, whole)
    if forms and not forms.verified and not person.fields.get("jabatan"):
        yield _unsure(person, forms)


def _unsure(person: Recipient, forms: Forms) -> Problem:
    """Return the warning on a regional name without source; it names no row, so that a group gets it once."""
    return Problem(
        "batch.regional-unsure",
        N_('"{given}" is what this region is thought to call the post; no source was seen for it.'),
        N_("Ask the region, then fill the column jabatan or write the form under [kelompok] in letters.toml."),
        Place(file=person.place.file),
        {"given": forms.title.replace("{wilayah}", "…")},
        Severity.WARNING,
    )


def _no_kind_of_area(person: Recipient, whole: Recipient) -> Problem:
    return _problem(
        "batch.kind-of-area",
        N_('"{given}" does not say whether it is a Kabupaten, a Kota or a Provinsi; the letter prints "{post}".'),
        N_("Write it before the name in the column wilayah: Kabupaten {given}."),
        (person, "wilayah", person.fields["wilayah"]),
        Severity.HINT,
        post=whole.fields["jabatan"],
    )


def _post_problems(person: Recipient, whole: Recipient, group: Group | None) -> Iterator[Problem]:
    post = person.fields.get("jabatan", "")
    if not whole.fields["jabatan"]:
        yield _problem(
            "batch.no-post",
            N_("The post is empty, and cannot be made from group and area either."),
            N_("Fill the column jabatan, or the column wilayah for a group whose form of address is known."),
            (person, "jabatan", post),
            Severity.ERROR,
        )
    if SALUTED.match(post):
        yield _problem(
            "batch.saluted-post",
            N_('The post begins with a salutation: "{given}". The letter prints Yth. itself, and nothing between.'),
            N_("Write the post alone."),
            (person, "jabatan", post),
            Severity.ERROR,  # it would be printed twice, and the number be taken
        )
    yield from _acting_problems(person, whole, group)


def _acting_problems(person: Recipient, whole: Recipient, group: Group | None) -> Iterator[Problem]:
    found = DELEGATES.match(whole.fields["jabatan"])
    column = "pelaksana" if person.fields.get("pelaksana") else "jabatan"
    typed = acting_form(person.fields.get("pelaksana", ""))
    if typed not in ("", *ACTING) or (found and found[0].strip() not in ACTING):
        given = person.fields.get("pelaksana") or (found[0].strip() if found else "")
        yield _problem(
            "batch.acting-form",
            N_('"{given}" is not how an acting holder is written.'),
            N_("{known} are the forms in use."),
            (person, column, given),
            Severity.ERROR if column == "pelaksana" else Severity.WARNING,  # it would be left out of the address
            known=", ".join(ACTING),
        )
    elif found and group and found[0].strip() not in group.acting:
        yield _problem(
            "batch.acting-group",
            N_('"{given}" does not go with the group {group}.'),
            N_("{known} are usual here.") if group.acting else N_("Write the post alone."),
            (person, column, found[0].strip()),
            group=group.name,
            known=", ".join(group.acting),
        )


def _salutation_problems(person: Recipient, group: Group | None) -> Iterator[Problem]:
    given = person.fields.get("sapaan", "")
    if re.match(r"(Kepada|Yth)\b", given, re.IGNORECASE) or given[:1].islower():
        yield _problem(
            "batch.salutation-form",
            N_('"{given}" is no salutation: it stands in the middle of sentences, with a capital.'),
            N_("Write Bapak, Ibu, Bapak/Ibu or Saudara, or leave the column empty."),
            (person, "sapaan", given),
        )
    elif group and given in PLAIN and group.sapaan in POLITE:
        yield _problem(
            "batch.salutation-group",
            N_('"{given}" does not fit the group {group}, which is addressed as {known}.'),
            N_("Write {known}, or leave the column empty."),
            (person, "sapaan", given),
            group=group.name,
            known=group.sapaan,
        )


def _number_problems(workspace: Workspace, person: Recipient, group: Group | None) -> Iterator[Problem]:
    number, name = person.fields.get("nip", ""), number_name(workspace, group)
    acting = DELEGATES.match(person.fields.get("pelaksana", "") + " ") or DELEGATES.match(
        person.fields.get("jabatan", "")
    )
    if number and group and not name.startswith("NI") and not acting:
        yield _problem(
            "batch.nip-group",
            N_("A NIP stands with the group {group}, whose people are no civil servants."),
            N_("Empty the column nip; the number of soldiers and police goes into the column nrp."),
            (person, "nip", number),
            group=group.name,
        )


def _regional_problems(person: Recipient, group: Group, forms: Forms) -> Iterator[Problem]:
    """Yield a hint where the post has the usual name although the region has one of its own."""
    usual, here = (title.split("{wilayah}")[0].strip() for title in (group.title, forms.title))
    post = DELEGATES.sub("", person.fields["jabatan"], count=1)
    if usual and here and usual != here and forms.verified and post.startswith(f"{usual} "):
        yield _problem(
            "batch.regional-post",
            N_('The post is called "{known}" here, not "{given}".'),
            N_("Correct the column jabatan, or leave it empty and fill the column wilayah."),
            (person, "jabatan", usual),
            Severity.HINT,
            known=here,
        )


def _problem(
    code: str,
    message: str,
    remedy: str,
    found: tuple[Recipient, str, str],
    severity: Severity = Severity.WARNING,
    **params: str,
) -> Problem:
    person, column, given = found
    place = replace(person.place, column=column, key=person.key)
    return Problem(code, message, remedy, place, {"given": given, **params}, severity)
