"""Form of a group + the name of an area as typed → post or agency with the area, no word said twice."""

from __future__ import annotations

import re

from letters.law import Areas

AREA = "{wilayah}"
TOWN = re.compile(r"[Dd]i\b[\s:–-]+(?=\S)")
"""The preposition before a town, which the letter prints itself; `DI Yogyakarta` is none."""


def with_area(areas: Areas, form: str, agency: str, area: str) -> str:
    """Return `form` with the name of the area; what form and agency say of the area is not said twice."""
    return form.replace(AREA, bare_area(areas, form, agency, area))


def bare_area(areas: Areas, form: str, agency: str, area: str) -> str:
    """Return the name of the area without the words that stand before it in `form` and `agency`."""
    words = _words_before(areas, form, agency)
    added: list[str] = []
    while found := next((word for word in words if area.casefold().startswith(f"{word} ".casefold())), ""):
        added += [words[found]] if words[found] else []
        area = area[len(found) :].lstrip()
    return " ".join([*added, area])


def bare_town(town: str) -> str:
    """Return the town without the preposition that letters print before it."""
    return TOWN.sub("", town, count=1) if TOWN.match(town) else town


def lacks_kind(areas: Areas, area: str) -> bool:
    """Return whether the name of a region does not say what kind of region it is."""
    return bool(area) and not area.startswith(areas.kinds)


def _words_before(areas: Areas, form: str, agency: str) -> dict[str, str]:
    """Return words that say the same as what stands before the area, the longest first, with what they add."""
    leads = [lead for text in (form, agency) if AREA in text and (lead := text.split(AREA)[0].strip())]
    same = dict.fromkeys(leads, "")
    if AREA in agency and (kind := agency.split(AREA)[0].split()[-1:]):
        same[kind[0]] = ""
    for lead in leads:
        for end, others in areas.same.items():
            same |= others if lead.endswith(end) else {}
    return dict(sorted(same.items(), key=lambda item: -len(item[0])))
