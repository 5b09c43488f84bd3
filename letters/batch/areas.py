"""Form of a group + the name of an area as typed → post or agency with the area, no word said twice."""

from __future__ import annotations

import re

AREA = "{wilayah}"
TOWN = re.compile(r"[Dd]i\b[\s:–-]+(?=\S)")
"""The preposition before a town, which the letter prints itself; `DI Yogyakarta` is none."""
KINDS = ("Kabupaten", "Kab.", "Kota", "Provinsi", "Daerah", "DKI", "Republik", "RI", "Aceh")
"""What the name of a region begins with where posts are told apart by its kind."""
OF_REGIONS = ("sekda", "dprd", "kpu", "bkpsdm", "disdukcapil", "satpol_pp")
"""Groups whose post is that of a region, named with its kind: `Sekretaris Daerah Kabupaten …`."""
OTHER_WORDS = {
    "Kabupaten": {"Kab.": ""},
    "Kecamatan": {"Kec.": ""},
    "Kepolisian Resor": {
        "Polrestabes": "Kota Besar",
        "Polresta": "Kota",
        "Polres": "",
        "Kapolres": "",
        "Kabupaten": "",
        "Kab.": "",
    },
    "Kepolisian Sektor": {"Polsek": "", "Kapolsek": "", "Kecamatan": "", "Kec.": ""},
    "Kepolisian Daerah": {"Polda": "", "Kapolda": "", "Provinsi": ""},
    "Komando Distrik Militer": {"Kodim": "", "Dandim": "", "Kabupaten": "", "Kab.": ""},
    "Komando Rayon Militer": {"Koramil": "", "Danramil": "", "Kecamatan": "", "Kec.": ""},
    "Badan Permusyawaratan Desa": {"BPD": ""},
    "Dewan Perwakilan Rakyat Daerah": {"DPRD": ""},
    "Komisi Pemilihan Umum": {"KPU": ""},
    "Panitia Pemilihan Kecamatan": {"PPK": ""},
    "Panitia Pemungutan Suara": {"PPS": ""},
    "Kelompok Penyelenggara Pemungutan Suara": {"KPPS": ""},
}
"""End of an agency's name → words before an area that say the same, and what they add to the name of the area."""


def with_area(form: str, agency: str, area: str) -> str:
    """Return `form` with the name of the area; what form and agency say of the area is not said twice."""
    return form.replace(AREA, bare_area(form, agency, area))


def bare_area(form: str, agency: str, area: str) -> str:
    """Return the name of the area without the words that stand before it in `form` and `agency`."""
    words = _words_before(form, agency)
    added: list[str] = []
    while found := next((word for word in words if area.casefold().startswith(f"{word} ".casefold())), ""):
        added += [words[found]] if words[found] else []
        area = area[len(found) :].lstrip()
    return " ".join([*added, area])


def bare_town(town: str) -> str:
    """Return the town without the preposition that letters print before it."""
    return TOWN.sub("", town, count=1) if TOWN.match(town) else town


def lacks_kind(group: str, area: str) -> bool:
    """Return whether `area` should say what kind of region it is, and does not."""
    return group in OF_REGIONS and bool(area) and not area.startswith(KINDS)


def _words_before(form: str, agency: str) -> dict[str, str]:
    """Return words that say the same as what stands before the area, the longest first, with what they add."""
    leads = [lead for text in (form, agency) if AREA in text and (lead := text.split(AREA)[0].strip())]
    same = dict.fromkeys(leads, "")
    if AREA in agency and (kind := agency.split(AREA)[0].split()[-1:]):
        same[kind[0]] = ""
    for lead in leads:
        for end, others in OTHER_WORDS.items():
            same |= others if lead.endswith(end) else {}
    return dict(sorted(same.items(), key=lambda item: -len(item[0])))
