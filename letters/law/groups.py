"""Tables of recipient groups and areas → frozen records: whom a group binds or answers for, how it is addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pydantic import StrictBool

from letters.law.records import Id, Record, Text


class Column(Record):
    """A column of the matrix of legal bases: people whom the same laws bind."""

    name: Text
    audience: tuple[str, ...] = ()
    """Ids of the audiences of laws.toml that they belong to."""
    number: str = ""
    """What their service number is called: `NIP`; empty = they have none."""


class Regional(Record):
    """What a group is called in one region."""

    region: Text
    """Province or regency, as `wilayah` names it; found inside the office's region."""
    title: str = ""
    """Post: `Keuchik {wilayah}`; empty = as elsewhere."""
    agency: str = ""
    sapaan: str = ""
    source: tuple[str, ...] = ()
    verified: StrictBool = False
    note: str = ""


class City(Record):
    """What a group is called where its area is a city."""

    title: str = ""
    agency: str = ""


class Group(Record):
    """A group of recipients (`kelompok`)."""

    id: Id
    name: Text
    """Indonesian name."""
    columns: tuple[str, ...] = ()
    """Columns of the matrix that bind the recipient's own person."""
    staff: tuple[str, ...] = ()
    """Columns of those the recipient answers for or passes the letter on to."""
    audience: tuple[str, ...] = ()
    """Audiences besides those of the columns."""
    title: str = ""
    """Post as the address prints it, `{wilayah}` standing for the name of the area."""
    agency: str = ""
    """Agency, in the same way."""
    sapaan: Text = "Saudara"
    """How the letter speaks to them."""
    ranked: StrictBool = False
    """Whether the rank stands before the name, as with soldiers and police."""
    names_area: StrictBool = False
    """Whether the post names its area, so that the address need not print the agency."""
    of_region: StrictBool = False
    """Whether the post is that of a region, named with its kind: `Sekretaris Daerah Kabupaten …`."""
    acting: tuple[Text, ...] = ()
    """Words that may stand before the post: `Pj.`."""
    city: City = City()
    regional: tuple[Regional, ...] = ()
    note: str = ""


class Areas(Record):
    """How tables write the names of areas."""

    kinds: tuple[Text, ...] = ()
    """What the name of a region begins with where posts are told apart by its kind."""
    same: dict[Text, dict[Text, str]] = {}
    """End of the words before `{wilayah}` → words before an area that say the same, and what they add to its name."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How a group is addressed in one region."""

    title: str
    agency: str
    sapaan: str
    verified: bool
    """False where a regional name was not seen in a source."""


def lies_in(area: str, region: str) -> bool:
    """Return whether `area` names `region` as whole words: Balikpapan lies in no Bali."""
    return _whole_words(region).search(area) is not None


@lru_cache(maxsize=1024)
def _whole_words(region: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(region)}\b", re.IGNORECASE)


def forms_in(group: Group, region: str) -> Forms:
    """Return how `group` is addressed by an office whose region is `region`; the longest regional entry wins."""
    here = [entry for entry in group.regional if lies_in(region, entry.region)]
    if not here:
        return Forms(group.title, group.agency, group.sapaan, True)
    found = max(here, key=lambda entry: len(entry.region))
    return Forms(found.title or group.title, found.agency or group.agency, found.sapaan or group.sapaan, found.verified)
