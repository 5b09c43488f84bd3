"""An entry and the letter the folder gives today → what changed of all that is printed or entered in the register.

Both are merged, and the results compared: whatever a template reads, and however, no fact that it prints can change
unnoticed, and none that it does not print counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from letters.batch.archive import Archive, look_text
from letters.batch.compose import Composed
from letters.batch.copying import COLUMN, copy_names
from letters.batch.drafts import Letter
from letters.batch.facts import recipient_name
from letters.batch.plan import Composer
from letters.batch.snapshot import ENGINE, LOOK, MARK, TEMPLATE, Change, Snapshot, changes
from letters.errors import LettersError
from letters.register import Entry

NOT_MERGED = (LOOK, ENGINE)
"""Fields of which the merged letter shows nothing."""
ALWAYS_READ = frozenset(("penerima", TEMPLATE, *NOT_MERGED, "jabatan", "instansi", "kantor", "nama"))
"""What counts whatever the template prints: the register and the properties of the files name the recipient and the
office.
"""
ENTERED = ("jenis", "judul", "hal", "sifat", "lampiran", "klasifikasi")
"""Parts of `surat` that the register enters."""
SPOKEN = "teks"
"""Words of a spoken text name facts of their own."""


def printed_changes(
    archive: Archive, composer: Composer, entry: Entry, letter: Letter, snapshot: Snapshot, day: date
) -> list[Change]:
    """Return what makes `letter`, whose snapshot is `snapshot`, another letter than the entry's, both dated `day`."""
    found = changes(entry.snapshot, snapshot)
    unmerged = [_marked(archive, entry, letter, change) for change in found if change.field in NOT_MERGED]
    if len(unmerged) == len(found) or _is_same(archive, composer, replace(entry, day=day), letter):
        return unmerged
    read = composer.workspace.templates.words(letter.first.setting.template)
    merged = [change for change in found if change.field not in NOT_MERGED]
    return [*(list(_read_changes(merged, read)) or merged), *unmerged]


def _marked(archive: Archive, entry: Entry, letter: Letter, change: Change) -> Change:
    """Return `change`; where the look differs by the mark alone, the change of the mark instead."""
    if change.field != LOOK:
        return change
    now = letter.first.setting.look
    try:
        before = archive.look(entry)
    except LettersError:
        return change
    is_mark = before.mark != now.mark and look_text(replace(before, mark=now.mark)) == look_text(now)
    return Change(MARK, before.mark, now.mark) if is_mark else change


def _is_same(archive: Archive, composer: Composer, entry: Entry, letter: Letter) -> bool:
    """Return whether the entry's letter and `letter` come out alike; what cannot be made any more is another one."""
    number = entry.number.text if entry.number else ""
    try:
        before = [_outcome(copy.compose()) for copy in archive.copies(entry)]
    except LettersError:
        return False
    return before == [_outcome(composer.compose(copy, number)) for copy in letter.copies]


def _outcome(copy: Composed) -> tuple[object, ...]:
    """Return all that the files of a copy are made of besides the look, and all that the register enters of it."""
    facts = copy.facts
    entered = [facts["surat"][name] for name in ENTERED]
    people = [(row.get("kode", ""), recipient_name(row)) for row in facts["penerima"]]
    of = facts["penandatangan"]["jabatan"], facts["pemilihan"].get("id"), facts["tahapan"].get("id")
    return copy.shape.digest, copy.values, copy.properties, entered, people, of


def _read_changes(found: Sequence[Change], read: frozenset[str]) -> Iterator[Change]:
    """Yield those of the changes that the template can read, so that no other is told beside them."""
    for change in found:
        *_, last = change.field.split(".")
        if last == COLUMN:
            names = Change("tembusan", copy_names(change.old), copy_names(change.new))
            yield from [names] if names.old != names.new else []
        elif SPOKEN in read or all(part in read | ALWAYS_READ for part in _names(change.field)):
            yield change


def _names(field: str) -> Iterator[str]:
    """Yield the names in a dotted field; what counts items of a list is none, nor is the key of one recipient."""
    first, *rest = field.split(".")
    if first == "penerima":
        yield from rest[-1:]
    else:
        yield from (part for part in (first, *rest) if not part.isdigit())
