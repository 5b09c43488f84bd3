"""Settings, template, recipient, law and date → the facts a template may use, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from letters.batch.copying import COLUMN, copies_of
from letters.batch.hijri import hijri_text
from letters.batch.law_bases import LawSetting, LegalBases
from letters.batch.oaths import look_of, oath_facts
from letters.batch.occasions import Occasion
from letters.batch.signing import find_signatories, signatory_facts
from letters.batch.terms import Terms
from letters.batch.workspace import Workspace
from letters.l10n import format_count
from letters.law import join_citations, spoken
from letters.merge import AUTOMATIC, Template, Templates
from letters.model.letter import Recipient
from letters.settings import Office, Signatory
from letters.writers import Look

Facts = dict[str, Any]
LISTED, ATTACHED = "surat", "lampiran"
"""Where a letter to several names them (`surat.daftar_penerima`); empty for a letter to one."""
ROWS_OF_A_SHEET = 20
"""Recipients that fit on one sheet together with its head and the signature."""
SEVERAL = "Saudara"
"""Salutation of a letter to several who are not all addressed alike."""
LEVEL_CODES = {"ri": "00", "provinsi": "01"}
BELOW_PROVINCE = "02"
ANY_LEVEL = "xx"
"""Last part of a filing code that stands for the level of the office."""
NAMES_SHOWN = 5
"""Recipients of one letter that are named one by one in a line of the register."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all letters of one template, stage and date share, worked out once."""

    template: Template
    day: date
    occasion: Occasion
    signatory: Signatory
    """The first of those who sign: the number names them."""
    shared: Mapping[str, Any]
    """Facts without the recipient's columns, number and law; of a spoken text its words with their slots open."""
    look: Look
    """With a draft mark while the words of a spoken text are not verified."""
    law: LawSetting
    """What decides about the law of these letters besides the recipient's group."""
    terms: Terms
    """What things are called where the office and the recipients are."""
    bases: dict[tuple[str, ...], LegalBases] = field(default_factory=dict, compare=False)
    """Legal bases found so far, by groups of recipients: all letters of a date to a group cite the same."""

    def bases_for(self, groups: Iterable[str]) -> LegalBases:
        """Return the legal bases of a letter to recipients of `groups`; raises LawError as `LawSetting.bases`."""
        each = tuple(dict.fromkeys(groups))
        if each not in self.bases:
            self.bases[each] = self.law.bases(each)
        return self.bases[each]


def shared_setting(workspace: Workspace, template: Template, day: date, occasion: Occasion) -> Setting:
    """Return what all letters of `template` for `occasion` dated `day` share.

    Raises SettingsError for an unknown signatory, LawError for an unknown election or stage.
    """
    signatories = find_signatories(workspace, template)
    terms = Terms.of(workspace.conventions, workspace.settings)
    signing = [signatory_facts(signatory) for signatory in signatories]
    election, stage = calendar_facts(workspace, occasion)
    shared = {
        "tanggal": day,
        "kantor": office_facts(workspace.settings.office),
        "penandatangan": signing[0],
        "para_penandatangan": signing,
        "pemilihan": election,
        "tahapan": stage,
        "naskah": {"di": workspace.settings.style.at},
        "sebutan": terms.at(),
        "hijriah": hijri_text(workspace, template, day),
        "isian": {**workspace.settings.template_facts, **template.front.facts},
        **oath_facts(workspace, template),
    }
    look, law = look_of(workspace.look, shared), law_setting(workspace, template, day, occasion)
    return Setting(template, day, occasion, signatories[0], shared, look, law, terms)


def law_setting(workspace: Workspace, template: Template, day: date, occasion: Occasion) -> LawSetting:
    """Return what decides about the law of letters of `template` for `occasion` dated `day`."""
    election = workspace.calendar.election(occasion.election) if occasion.election else None
    return LawSetting(workspace.law, template, day, election, occasion.stage, workspace.settings.office.level)


@dataclass(frozen=True, slots=True)
class Copy:
    """What one copy of a letter has of its own: all that makes it differ from the others."""

    key: str
    """`kode` of the recipient; empty for a letter that lists several."""
    addressees: Sequence[Mapping[str, str]]
    """The columns of everyone under Yth."""
    bases: Sequence[Facts]
    """`dasar`: legal bases, named as they were in force on the letter's date."""
    direct: bool = True
    """`dasar_langsung`: whether one of them binds the addressees themselves."""
    quotes: Sequence[Facts] = ()
    """`kutipan`: the words of statutes that the letter quotes."""
    terms: Mapping[str, str] = field(default_factory=dict)
    """`sebutan` where the addressees are, if other than where the office is."""


def copy_of(setting: Setting, key: str, addressees: Sequence[Recipient]) -> Copy:
    """Return what the copy to `addressees` has of its own."""
    found = setting.bases_for(person.group for person in addressees)
    rows = [dict(person.fields) for person in addressees]
    if AUTOMATIC not in setting.template.front.copies:
        for row in rows:
            row.pop(COLUMN, None)  # not printed: who else gets copies changes nothing in this letter
    terms = setting.terms.for_rows(rows)
    own = terms if terms != setting.shared["sebutan"] else {}
    return Copy(key, rows, found.named, found.direct, found.quotes, own)


def letter_facts(templates: Templates, template: Template, shared: Mapping[str, Any], copy: Copy, number: str) -> Facts:
    """Return every fact of one copy under `number`; front-matter texts such as `hal` are already merged."""
    facts: Facts = {
        **common_columns(copy.addressees),
        **shared,
        "nomor": number,
        **law_facts(copy),
        "penerima": copy.addressees,
        "sebutan": copy.terms or shared.get("sebutan", {}),
    }
    if "teks" in shared:
        facts["teks"] = spoken(shared["teks"], copy.addressees, facts)
    facts["surat"] = text_facts(templates, template, facts)
    return facts


def common_columns(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the columns with what all `rows` say alike; empty where they differ, but for the salutation."""
    first = rows[0]
    if len(rows) == 1:
        return dict(first)
    common = {name: value if all(row.get(name) == value for row in rows) else "" for name, value in first.items()}
    return common | ({"sapaan": SEVERAL} if first.get("sapaan") and not common["sapaan"] else {})


def office_facts(office: Office) -> Facts:
    """Return `kantor`: the sending office."""
    return {
        **office.extra,
        "nama": office.name,
        "tingkat": office.level,
        "kop": list(office.letterhead),
        "alamat": list(office.address),
        "kota": office.city,
        "wilayah": office.region,
        "zona_waktu": office.time_zone,
        "logo": "logo" if office.logo else "",
    }


def calendar_facts(workspace: Workspace, occasion: Occasion) -> tuple[Facts, Facts]:
    """Return `pemilihan` and `tahapan`; both empty for a letter outside the stages."""
    if not occasion.election:
        return {}, {}
    election = workspace.calendar.election(occasion.election)
    facts = {
        "id": election.id,
        "nama": election.name,
        "rezim": election.regime,
        "hari_pemungutan": election.polling_day,
        "tahun": election.polling_day.year if election.polling_day else "",
    }
    if not occasion.stage:
        return facts, {}
    stage = workspace.calendar.stage(occasion.election, occasion.stage)
    return facts, {"id": stage.id, "nama": stage.name, "mulai": stage.start, "selesai": stage.end}


def law_facts(copy: Copy) -> Facts:
    """Return the facts on the law: `dasar` as a list and as one phrase, whether it binds, `kutipan`."""
    return {
        "dasar": copy.bases,
        "dasar_kalimat": join_citations([basis["teks"] for basis in copy.bases]),
        "dasar_singkat": join_citations([basis.get("teks_singkat", "") for basis in copy.bases], short=True),
        "dasar_langsung": copy.direct,
        "kutipan": copy.quotes,
    }


def text_facts(templates: Templates, template: Template, facts: Facts) -> Facts:
    """Return `surat`: the letter's own texts of the front matter, merged."""
    front = template.front

    def merged(text: str) -> str:
        return templates.merge_text(text, facts)

    place = list_place(front.listed_at_most, len(facts["penerima"]))
    return {
        "jenis": front.kind,
        "judul": merged(front.title),
        "hal": merged(front.subject),
        "sifat": front.urgency,
        "lampiran": merged(front.attachment) or (list_size(len(facts["penerima"])) if place == ATTACHED else ""),
        "klasifikasi": classification_of(front.classification, facts["kantor"]["tingkat"]),
        "tembusan": copies_of(front.copies, facts["penerima"], merged),
        "daftar_penerima": place,
    }


def classification_of(written: str, level: str) -> str:
    """Return a filing code with its `xx` filled in for an office of `level`: `PM.00.xx` → `PM.00.02`.

    The third part of Bawaslu's codes says the level: 00 national, 01 province, 02 below (tata naskah, classification).
    """
    stem, dot, last = written.rpartition(".")
    return f"{stem}{dot}{LEVEL_CODES.get(level, BELOW_PROVINCE)}" if last == ANY_LEVEL else written


def list_place(most: int, recipients: int) -> str:
    """Return where a letter names its recipients: "" for one, under Yth. up to `most`, else in an attachment."""
    if recipients == 1:
        return ""
    return LISTED if recipients <= most else ATTACHED


def list_size(recipients: int) -> str:
    """Return the attachment line of a list of recipients: one sheet, or several put together."""
    return format_count(1, "lembar" if recipients <= ROWS_OF_A_SHEET else "berkas")


def recipient_name(row: Mapping[str, str]) -> str:
    """Return how the register names a recipient: post, and agency where that says more."""
    post, agency = row.get("jabatan", ""), row.get("instansi", "")
    return post if not agency or agency in post else f"{post}, {agency}"


def names_of(rows: Sequence[Mapping[str, str]]) -> str:
    """Return how the register names several recipients together, in one line."""
    names = [recipient_name(row) for row in rows]
    if len(names) <= NAMES_SHOWN:
        return "; ".join(names)
    return f"{names[0]} dan {len(names) - 1} penerima lain"
