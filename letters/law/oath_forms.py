"""A spoken text as plain data + who speaks it + the office's slots → the words as they are spoken, group by group.

Works on plain data alone, so that a kept letter is made again with the words it was made with.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from letters.errors import N_, LawError, Problem
from letters.law.layers import near_names
from letters.law.oath_records import BODY, SLOT, WORD

Row = Mapping[str, str]
Data = Mapping[str, Any]
FACTS = ("id", "nama", "kelas", "pasal", "status_verifikasi")
"""Keys of a text that templates see as they are."""
KEYS = (
    *FACTS,
    "judul",
    "pembuka",
    "butir",
    "penutup",
    "isian",
    "golongan",
    "rohaniwan",
    "peserta",
    "rincian",
    "berhalangan",
    "kolom",
)
"""Everything `teks` has in a template."""


def spoken(oath: Data, rows: Sequence[Row], facts: Data) -> dict[str, Any]:
    """Return `teks` as templates see it: the words with their slots filled, and who speaks them.

    `facts` are the facts of the letter, of which the slots are taken. Raises LawError for a slot that stays empty, and
    for a person whose religion, choice or post the oath has no words for.
    """
    values = slot_values(oath, facts)
    present = [row for row in rows if is_present(row)]
    # The sentences of an oath depend on the person; they stand in the groups.
    groups = list(_groups(oath, present, values)) if _is_oath(oath) else []
    there = [_listed(number, row) for number, row in enumerate(present, 1)]
    absent = [_listed(number, row) for number, row in enumerate((row for row in rows if not is_present(row)), 1)]
    points = [] if _is_oath(oath) else [fill(point, oath, values) for point in oath["butir"]]
    return {
        **{key: oath[key] for key in FACTS},
        "judul": [fill(line, oath, values) for line in oath["judul"]],
        "pembuka": fill(oath["pembuka"], oath, values),
        "butir": points,
        "penutup": fill(oath["penutup"], oath, values),
        "isian": values,
        "golongan": groups,
        "rohaniwan": _clergy(groups, facts.get("isian", {}).get("rohaniwan", [])),
        "peserta": there,
        "rincian": _by_status(present),
        "berhalangan": absent,
        "kolom": [name for name in COLUMNS if any(person[name] for person in (*there, *absent))],
    }


STATUSES = {"pns": "PNS", "pppk": "PPPK", "non_asn": "pegawai non-ASN"}
"""Groups of the table that say what kind of employee somebody is."""


def _by_status(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return how many of those present are of each status, the rest at the end; nothing where no group says it."""
    counts = Counter(STATUSES.get(row.get("kelompok", ""), "") for row in rows)
    known = [{"sebutan": name, "jumlah": counts[name]} for name in STATUSES.values() if counts[name]]
    rest = [{"sebutan": "lainnya", "jumlah": counts[""]}] if counts[""] else []
    return [*known, *rest] if known else []


def _is_oath(oath: Data) -> bool:
    """Return whether a person's religion says how the text is opened."""
    return bool(oath["jenis"] == "sumpah")


PRESENT = ("", "ya", "y", "hadir", "1")
ABSENT = ("tidak", "tdk", "t", "0", "tidak hadir", "absen", "berhalangan")


def is_present(row: Row) -> bool:
    """Return whether a person took part (column `hadir`; empty or missing = yes)."""
    return _attendance(row) not in ABSENT


def _attendance(row: Row) -> str:
    return row.get("hadir", "").strip().casefold()


def _clergy(groups: Sequence[Data], clergy: Sequence[Data]) -> list[dict[str, Any]]:
    """Return those of the office's clergy whose religion is present, in the order of the ceremony."""
    names = dict.fromkeys(group["agama"] for group in groups)
    return [dict(person) for name in names for person in clergy if person.get("agama") == name]


def _listed(number: int, row: Row) -> dict[str, Any]:
    """Return a row of an attendance list: name with rank, service number with its label, both as in every document.

    Even numbers sign at the right of the column, so that names do not meet.
    """
    known = {"nama": "", "nip": "", "nik": "", "jabatan": "", "instansi": "", "unit_kerja": "", **row}
    number_text = known.get("nomor_pegawai") or (known["nip"] and f"NIP {known['nip']}")
    name = "\n".join(part for part in (known.get("nama_berpangkat") or known["nama"], number_text) if part)
    return {
        **known,
        "nama_nip": name,
        "nomor": (number_text or "").removeprefix("NIP ") or known["nik"],
        "unit": _unit(known),
        "genap": number % 2 == 0,
    }


COLUMNS = ("nomor", "unit")
"""Columns of an attendance list that are printed only when somebody has something there."""


def _unit(row: Row) -> str:
    """Return where somebody works, the unit before its agency; what the post or the unit says is not said again."""
    unit, agency = row["unit_kerja"], row["instansi"]
    return ", ".join(
        part for part in (unit, agency) if part and part not in row["jabatan"] and (part == unit or part not in unit)
    )


# -- slots --------------------------------------------------------------------------------------------


def slot_values(oath: Data, facts: Data) -> dict[str, str]:
    """Return what stands for each slot: the office's own words, else by regime, else as the text says.

    Raises LawError with every slot that stays empty.
    """
    values = {name: _slot_value(name, slot, facts) for name, slot in oath["isian"].items()}
    empty = [name for name, value in values.items() if not value and not oath["isian"][name]["boleh_kosong"]]
    if empty:
        raise LawError(*(_empty_slot(name, oath) for name in empty))
    return values


def _slot_value(name: str, slot: Data, facts: Data) -> str:
    own = facts.get("isian", {}).get(name)
    if isinstance(own, str):
        return own
    regime = facts.get("pemilihan", {}).get("rezim", "")
    table, _, key = slot["dari"].partition(".")
    return str(slot["menurut_rezim"].get(regime) or _usual(slot, facts) or facts.get(table, {}).get(key, ""))


def _usual(slot: Data, facts: Data) -> str:
    """Return the slot's own value with the words of the region; empty when the region has no word for one of them."""
    names = SLOT.findall(slot["nilai"])
    terms = facts.get("sebutan") or {name: name.replace("_", " ") for name in names}
    return SLOT.sub(lambda found: str(terms[found[1]]), slot["nilai"]) if set(names) <= set(terms) else ""


def _empty_slot(name: str, oath: Data) -> Problem:
    return Problem(
        "law.empty-slot",
        N_('The text "{text}" needs "{slot}", which is empty.'),
        N_('Write {slot} = "…" under [isian] in letters.toml or in the template.'),
        params={"text": oath["id"], "slot": name},
    )


def fill(sentence: str, oath: Data, values: Mapping[str, str]) -> str:
    """Return `sentence` with its slots filled; nothing in a value is read again."""

    def filled(found: re.Match[str]) -> str:
        name = found[1].lower()
        value = values[name]
        if not found[1].isupper():
            return value
        return str(oath["isian"].get(name, {}).get("di_judul", {}).get(value, value)).upper()

    words = SLOT.sub(filled, sentence)
    return words if all(values.values()) else re.sub(" {2,}", " ", words)


# -- who speaks ---------------------------------------------------------------------------------------


def _groups(oath: Data, rows: Sequence[Row], values: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the groups that speak together: one opening, one body, one closing; in the order of the religions."""
    if problems := [problem for row in rows for problem in person_problems(oath, row)]:
        raise LawError(*problems)
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        religion = _religion(oath, row)
        groups.setdefault((religion["nama"], _opening(oath, row), _body(oath, row)), []).append(row)
    order = [religion["nama"] for religion in oath["agama"]]
    for (name, opening, body), people in sorted(groups.items(), key=lambda item: order.index(item[0][0])):
        named = {_named_body(oath, row) for row in people}
        own = {**values, BODY: named.pop() if len(named) == 1 else body}
        yield {
            "agama": name,
            "pembuka": opening,
            "butir": [fill(point, oath, own) for point in oath["butir"]],
            "penutup": _religion(oath, people[0])["penutup"],
            "lembaga": own[BODY],
            "anggota": [_listed(number, row) for number, row in enumerate(people, 1)],
        }


def person_problems(oath: Data, row: Row) -> Iterator[Problem]:
    """Yield what an oath lacks to be spoken by the person of `row`; nothing is ever guessed."""
    if _attendance(row) not in (*PRESENT, *ABSENT):
        message = N_('In the column hadir stands "{given}", which says neither yes nor no.')
        remedy = N_("Write ya or tidak; empty is ya.")
        yield Problem("law.unknown-attendance", message, remedy, params={"given": row["hadir"].strip()})
    if not _is_oath(oath) or not is_present(row):
        return
    if not _religion(oath, row):
        yield _unknown_religion(oath, row)
    chosen = row.get("pilihan", "").strip()
    if chosen and not _chosen(oath, row):
        known = ", ".join(choice["id"] for choice in oath["pilihan"])
        message = N_('In the column pilihan stands "{given}", which is no choice of this oath.')
        yield Problem(
            "law.unknown-choice", message, N_("Known are: {known}."), params={"given": chosen, "known": known}
        )
    if oath["lembaga"] and not _body(oath, row):
        yield Problem(
            "law.unknown-body",
            N_('The oath "{text}" has no name for the post "{post}": it is spoken by members of {known}.'),
            N_("Write the post as in the appointment decision, or add its body to lembaga in ikrar.toml."),
            params={"text": oath["id"], "post": row.get("jabatan", ""), "known": ", ".join(oath["lembaga"])},
        )


def _unknown_religion(oath: Data, row: Row) -> Problem:
    given = row.get("agama", "").strip()
    names = [religion["nama"] for religion in oath["agama"]]
    params = {"given": given, "near": near_names(given, names), "known": ", ".join(names)}
    if not given:
        message = N_("The column agama is empty; the oath's opening depends on it.")
    else:
        message = N_('The column agama says "{given}", for which the oath has no opening.')
    remedy = N_("Did you mean {near}?") if params["near"] else N_("Known are: {known}.")
    return Problem("law.unknown-religion", message, remedy, params=params)


def _religion(oath: Data, row: Row) -> Data:
    """Return the religion a row names, by name or another spelling; empty when it is none of them."""
    given = row.get("agama", "").strip().casefold()
    religions: Sequence[Data] = oath["agama"]
    for religion in religions:
        if given and given in map(str.casefold, (religion["id"], religion["nama"], *religion["sebutan"])):
            return religion
    return {}


def _chosen(oath: Data, row: Row) -> Data:
    given = row.get("pilihan", "").strip().casefold()
    return next((choice for choice in oath["pilihan"] if choice["id"] == given), {})


def _opening(oath: Data, row: Row) -> str:
    """Return the words an oath opens with; the person's choice goes before the custom of the religion."""
    religion, chosen = _religion(oath, row), _chosen(oath, row)
    if opening := chosen.get("pembuka"):
        return str(opening)
    return str(religion["pembuka"]).replace(f"{{{WORD}}}", chosen.get("kata") or religion["kata"])


def _body(oath: Data, row: Row) -> str:
    """Return the body of the oath's alternatives that a person joins; the longest that the post names."""
    found = _body_in(oath, row)
    return found[0] if found else ""


def _named_body(oath: Data, row: Row) -> str:
    """Return the body with the name of its area, as the post has it: `Panwaslu Kecamatan Diwek`."""
    found = _body_in(oath, row)
    return " ".join("".join(found).split()) if found else ""


def _body_in(oath: Data, row: Row) -> tuple[str, str] | None:
    """Return the body and what follows it in the post."""
    for body in sorted(oath["lembaga"], key=len, reverse=True):
        if found := re.search(rf"\b{re.escape(body)}\b(?P<area>.*)", row.get("jabatan", ""), re.IGNORECASE):
            return body, found["area"]
    return None
