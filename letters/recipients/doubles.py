"""Recipients → warnings for those who seem to stand in the table twice.

No two rows out of ten thousand can all be compared; rows are sorted in three ways and each is compared with its next
neighbours only (the sorted-neighbourhood method), so the work grows with n log n.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from letters.errors import N_, Problem, Severity
from letters.model.letter import Recipient
from letters.recipients.checks import repeated
from letters.recipients.columns import Column, Rule
from letters.recipients.rows import row_list
from letters.recipients.values import digits_of

NEIGHBOURS = 3
SIMILAR = 0.85
"""Least likeness of two words (`santoso` and `santosa` 0.857; the villages Sidomulyo and Sidomukti only 0.67)."""
SHORTEST = 5
"""Letters; shorter words (Kudu, Kuda) are either equal or different."""
NOT_IDENTITY = frozenset(("kode", "kelompok", "nama", "no", "sapaan", "pangkat", "pelaksana", "tembusan"))
"""Columns that do not tell who is meant when there is no `instansi`."""
AREAS = ("wilayah", "kecamatan", "melalui")
"""Columns that tell two offices of the same name apart: villages called alike in two districts."""
HELD_BY_SEVERAL = frozenset(("anggota", "guru", "komisioner", "pegawai", "perangkat", "petugas", "staf", "tenaga"))
"""First words of positions that several people hold at one office; only their names tell them apart."""
TITLES = frozenset(
    ("prof", "dr", "dra", "drs", "drg", "ir", "h", "hj", "kh", "ny", "tn", "bapak", "ibu", "sdr")
    + ("letkol", "kolonel", "mayor", "kapten", "lettu", "letda", "akbp", "kompol", "akp", "iptu", "ipda")
)
ROMAN = re.compile("[ivxlc]+")

Words = tuple[str, ...]
MARK = "\x1f"
"""Stands between the parts of a folded row; no word has it."""


class Identity(NamedTuple):
    """Who a row means, with everything that does not matter folded away."""

    row: int
    """Which row it is, from 0."""
    position: Words
    """Words of position and office; of the group where the position is left to be made from it."""
    office: Words
    areas: tuple[Words, ...]
    """Words of the columns `AREAS`."""
    person: Words
    """Words of the name without titles."""
    position_key: str
    """Equal for the same position at the same office; empty when there is no office."""
    nip: str
    is_shared: bool
    """Whether several people hold the position."""
    group: str
    """The group where the position is left to be made from it; empty elsewhere."""


def likely_doubles(recipients: Sequence[Recipient], columns: Sequence[Column]) -> list[Problem]:
    """Return a warning for each group with the same NIP or the same position, and each pair that is nearly the same."""
    headings = {column.name: column.heading for column in columns}
    people = _People([_folded(recipient, columns) for recipient in recipients])
    same_nip = [[person.row for person in group] for group in people.groups(lambda person: person.nip)]
    alike = map(_not_told_apart, people.groups(lambda person: person.position_key))
    same_position = [[person.row for person in group] for group in alike if group]
    pairs = _near_pairs(people)
    told = _rows(recipients, {index for group in (*same_nip, *same_position, *pairs) for index in group})
    return [
        *(_same_nip([told[index] for index in group], headings.get("nip", "NIP")) for group in same_nip),
        *(
            _same_position([told[index] for index in group], headings.get("jabatan", "jabatan"))
            for group in same_position
        ),
        *(_nearly_same(told[first], told[second]) for first, second in pairs),
    ]


class _People:
    """Folded rows, each read as an Identity when it is looked at: those of a large table would fill the memory."""

    def __init__(self, folded: Sequence[str]) -> None:
        self._folded = folded

    def __iter__(self) -> Iterator[Identity]:
        return (_identity(index, text) for index, text in enumerate(self._folded))

    def by(self, key: Callable[[Identity], str]) -> Iterator[Identity]:
        """Yield everybody in the order of a key."""
        keys = [key(person) for person in self]
        return (_identity(index, self._folded[index]) for index in sorted(range(len(keys)), key=keys.__getitem__))

    def groups(self, key: Callable[[Identity], str]) -> Iterable[list[Identity]]:
        """Return the people that share a key, when there are several; the empty text is no key."""
        wanted = repeated(filter(None, map(key, self)))
        groups: dict[str, list[Identity]] = defaultdict(list)
        for person in self if wanted else ():
            if (value := key(person)) in wanted:
                groups[value].append(person)
        return [group for group in groups.values() if len(group) > 1]  # a hash may be shared by chance


def _rows(recipients: Iterable[Recipient], wanted: Collection[int]) -> dict[int, Recipient]:
    """Return the rows `wanted`, by index."""
    return {index: recipient for index, recipient in enumerate(recipients) if index in wanted} if wanted else {}


def _folded(recipient: Recipient, columns: Sequence[Column]) -> str:
    """Return all that tells whom a row means in one text: a small one, for there may be a hundred thousand."""
    fields = recipient.fields
    where = words(fields.get("instansi", "")) or tuple(
        word for column in columns if _tells_identity(column) for word in words(fields[column.name])
    )
    parts = (
        words(fields.get("jabatan", "")),
        words(recipient.group.replace("_", " ")),
        where,
        words(fields.get("instansi", "")),
        person_words(fields.get("nama", "")),
        *(words(fields.get(name, "")) for name in AREAS),
    )
    nip = next((digits_of(fields[column.name]) for column in columns if column.rule is Rule.NIP), "")
    return MARK.join([*map(" ".join, parts), nip, "" if fields.get("jabatan") else recipient.group])


def _identity(index: int, folded: str) -> Identity:
    *parts, nip, group = folded.split(MARK, 4 + len(AREAS) + 2)
    post, of_group, where, office, person, *areas = (tuple(part.split()) for part in parts)
    return Identity(
        index,
        (post or of_group) + where,
        office,
        tuple(areas),
        person,
        f"{parts[0]}{MARK}{parts[3]}" if post and office else "",
        nip,
        bool(post) and post[0] in HELD_BY_SEVERAL,
        group,
    )


def _tells_identity(column: Column) -> bool:
    return column.rule is Rule.TEXT and column.name != "jabatan" and column.name not in NOT_IDENTITY


@lru_cache(maxsize=8192)
def words(text: str) -> Words:
    """Return the words of `text` in small letters, without marks; `&` is `dan`."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " dan ")
    return tuple(re.findall(r"\w+", plain))


@lru_cache(maxsize=8192)
def person_words(name: str) -> Words:
    """Return the words of a name without the titles before it and the degrees after the comma."""
    parts = words(name.partition(",")[0])
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    return parts


# -- comparing ----------------------------------------------------------------------------------------


def _not_told_apart(group: Sequence[Identity]) -> list[Identity]:
    """Return those of `group`, who share a position, whom nothing tells from another one in it."""
    ranked = sorted(group, key=lambda person: (person.areas, person.person))
    alike = {
        person.row
        for index, first in enumerate(ranked)
        for second in ranked[index + 1 : index + 1 + NEIGHBOURS]
        if not _are_told_apart(first, second)
        for person in (first, second)
    }
    return [person for person in group if person.row in alike]


def _are_told_apart(first: Identity, second: Identity) -> bool:
    """Return whether two rows of one position mean two: another place, or another member of one body."""
    if any(one and other and not near(one, other) for one, other in zip(first.areas, second.areas, strict=True)):
        return True
    return first.is_shared and bool(first.person and second.person) and not near(first.person, second.person)


def _near_pairs(people: _People) -> list[tuple[int, int]]:
    """Return pairs of rows that are nearly, but not exactly, the same; each pair once, in the order of the table."""
    seen: set[tuple[int, int]] = set()
    for key in (_by_position, _by_ending, _by_person):
        before: deque[Identity] = deque(maxlen=NEIGHBOURS)
        for person in people.by(key):
            for other in before:
                pair = min(person.row, other.row), max(person.row, other.row)
                if pair not in seen and _is_near(other, person):
                    seen.add(pair)
            before.append(person)
    return sorted(seen)


def _by_position(person: Identity) -> str:
    return MARK.join(("".join(person.position), "".join(person.person)))


def _by_ending(person: Identity) -> str:
    return MARK.join(("".join(person.position)[::-1], "".join(person.person)))


def _by_person(person: Identity) -> str:
    return MARK.join(("".join(person.person), "".join(person.office)))


def _is_near(first: Identity, second: Identity) -> bool:
    if first.position_key and first.position_key == second.position_key:
        return False  # told as a group already
    if first.nip and second.nip:
        return False  # the NIP has decided whether they are one person
    if first.group != second.group and first.group and second.group:
        return False  # other posts, made from their groups
    if _are_told_apart(first, second):
        return False
    same_person = near(first.person, second.person)
    if first.person and second.person and not same_person:
        return False
    if near(first.position, second.position):
        return True
    return same_person and len(first.person) > 1 and bool(first.office) and near(first.office, second.office)


def near(first: Words, second: Words) -> bool:
    """Say whether two texts differ in spelling only: numbers must agree, words that differ must be much alike."""
    if first == second:
        return bool(first)
    first, second = _without_common_ends(first, second)
    if "".join(first) == "".join(second):
        return True
    if len(first) == len(second):
        return all(one == other or _near_word(one, other) for one, other in zip(first, second, strict=True))
    return bool(first and second) and _near_word("".join(first), "".join(second))


def _without_common_ends(first: Words, second: Words) -> tuple[Words, Words]:
    while first and second and first[0] == second[0]:
        first, second = first[1:], second[1:]
    while first and second and first[-1] == second[-1]:
        first, second = first[:-1], second[:-1]
    return first, second


def _near_word(one: str, other: str) -> bool:
    if min(len(one), len(other)) < SHORTEST or _numbers(one) != _numbers(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


def _numbers(word: str) -> list[str]:
    return [word] if ROMAN.fullmatch(word) else re.findall("[0-9]+", word)


# -- problems -----------------------------------------------------------------------------------------


def _same_nip(group: Sequence[Recipient], heading: str) -> Problem:
    second = group[1]
    return Problem(
        "recipients.same-nip",
        N_("Rows {rows} have the same NIP; each of them gets a letter of its own."),
        N_("Delete the rows too many if they are the same recipient, or correct the NIP."),
        replace(second.place, column=heading, key=second.key),
        {"rows": row_list([recipient.place.row for recipient in group])},
        Severity.WARNING,
    )


def _same_position(group: Sequence[Recipient], heading: str) -> Problem:
    second = group[1]
    return Problem(
        "recipients.same-position",
        N_("Rows {rows} name the same position at the same office: {position}."),
        N_("Delete the rows too many if they are the same recipient."),
        replace(second.place, column=heading, key=second.key),
        {
            "rows": row_list([recipient.place.row for recipient in group]),
            "position": f"{second.fields['jabatan']}, {second.fields['instansi']}",
        },
        Severity.WARNING,
    )


def _nearly_same(first: Recipient, second: Recipient) -> Problem:
    return Problem(
        "recipients.nearly-same",
        N_("Rows {first} and {second} are nearly the same: {first_text} / {second_text}."),
        N_("Delete one of them if they are the same recipient."),
        replace(second.place, key=second.key),
        {
            "first": first.place.row,
            "second": second.place.row,
            "first_text": _text(first),
            "second_text": _text(second),
        },
        Severity.WARNING,
    )


def _text(recipient: Recipient) -> str:
    fields = recipient.fields
    made_of = () if fields.get("jabatan") else (recipient.group, *(fields.get(name, "") for name in AREAS))
    return ", ".join(filter(None, (fields.get("nama"), fields.get("jabatan"), *made_of, fields.get("instansi"))))
