"""Letters of a plan and what the register has of them → what is to be done for each, and what the user must decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from letters.batch.archive import Archive, Materialized
from letters.batch.comparing import printed_changes
from letters.batch.drafts import Letter
from letters.batch.out import missing_files
from letters.batch.plan import Composer, Plan
from letters.batch.produce import chunks
from letters.batch.snapshot import ENGINE, Change, is_whole, snapshot_of
from letters.errors import N_, Phrases, Problem, Severity
from letters.model.letter import State
from letters.packed import Packed
from letters.register import Entry, Register

LOOKED_UP = 500
"""Letters looked up in the register together; their snapshots are in the memory meanwhile."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register has of one letter of the plan, and how the letter differs from it."""

    entry: Entry | None
    """None for a letter that has no number yet."""
    changes: tuple[Change, ...] = ()
    """What is no longer as it was when the number was taken."""
    is_empty: bool = False
    """Whether a number was taken for the letter without saying what it is made of."""

    @property
    def state(self) -> State | None:
        """Return the entry's state."""
        return self.entry.state if self.entry else None


class Part:
    """Those letters of a plan that stand in one way; they are made each time they are asked for."""

    def __init__(self, plan: Plan, found: Sequence[Standing], is_wanted: Callable[[Standing], bool]) -> None:
        """Choose the letters of `plan` for whose standing in `found` `is_wanted` holds."""
        self._plan = plan
        self._found = found
        self._is_wanted = is_wanted
        self._count = sum(map(is_wanted, found))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[Letter, Standing]]:
        """Yield each letter with its standing, in the order of the table."""
        if self:
            for letter, standing in zip(self._plan.letters(), self._found, strict=True):
                if self._is_wanted(standing):
                    yield letter, standing


def standings(composer: Composer, materials: Materialized, register: Register, plan: Plan) -> Sequence[Standing]:
    """Return where each letter of `plan` stands in the register, entries without their snapshots."""
    archive = Archive(register)
    found: Packed[Standing] = Packed()
    for some in chunks(plan.letters(), LOOKED_UP):
        entries = entries_of(register, some)
        for letter in some:
            found.append(_standing(composer, materials, archive, letter, entries.get(letter.id)))
    return found


def entries_of(register: Register, letters: Iterable[Letter]) -> dict[tuple[str, str], Entry]:
    """Return the entries of `letters`, by (batch, key), snapshots included."""
    keys: dict[str, list[str]] = defaultdict(list)
    for letter in letters:
        keys[letter.first.batch].append(letter.key)
    return {(batch, entry.key): entry for batch, own in keys.items() for entry in register.find(batch, own).values()}


def _standing(
    composer: Composer, materials: Materialized, archive: Archive, letter: Letter, entry: Entry | None
) -> Standing:
    if entry is None:
        return Standing(None)
    changed = tuple(_changes(composer, materials, archive, letter, entry))
    is_empty = entry.state is State.RESERVED and not is_whole(entry.snapshot)
    return Standing(replace(entry, snapshot={}), changed, is_empty)


def snapshot(composer: Composer, materials: Materialized, letter: Letter) -> dict[str, object]:
    """Return the snapshot of `letter` as the workspace is now."""
    setting = letter.first.setting
    copies = [composer.copy(draft) for draft in letter.copies]
    return snapshot_of(setting.shared, copies, materials.of(setting.template, setting.look))


def _changes(
    composer: Composer, materials: Materialized, archive: Archive, letter: Letter, entry: Entry
) -> list[Change]:
    """Return what changed; both sides are looked at under the date the letter was made for."""
    if entry.state is State.VOID or not is_whole(entry.snapshot):
        return []
    facts = entry.snapshot["facts"]
    day = facts.get("tanggal") if isinstance(facts, dict) else None
    day = day if isinstance(day, date) else entry.day
    now = letter.on(composer.dated(letter.first.setting, day))
    found = printed_changes(archive, composer, entry, now, snapshot(composer, materials, now), day)
    if entry.state is State.ISSUED and not has_pdf(entry):
        return [change for change in found if change.field != ENGINE]  # nothing was made with it yet
    return found


def has_pdf(entry: Entry) -> bool:
    """Return whether a PDF of the letter is out."""
    return any(file.format == "pdf" for file in entry.files)


# -- what the user is told -----------------------------------------------------------------------------


def undecided(found: Iterable[Standing]) -> list[Problem]:
    """Return an error for unfinished letters that would no longer be what their number was taken for."""
    changed = [one for one in found if one.changes and one.state is State.RESERVED]
    return [
        Problem(
            "batch.changed-unfinished",
            N_("{numbers}: not finished yet, and no longer what the number was taken for. Changed: {changes}."),
            N_("Undo the change, or make the letters as they are now, under their numbers, with --ganti."),
            params={"numbers": numbers, "changes": told},
        )
        for numbers, told in _grouped(changed)
    ]


def notices(folder: Path, found: Iterable[Standing], *, replace_changed: bool) -> list[Problem]:
    """Return what the user should know of letters that stay as they are."""
    void: list[Problem] = []
    staying: list[Standing] = []
    lacking: list[Problem] = []
    for one in found:
        if one.entry and one.state is State.VOID:
            void.append(is_void(one.entry, Severity.WARNING))
        elif one.entry and one.state is State.ISSUED and not (one.changes and replace_changed):
            staying += [one] if one.changes else []
            lacking += [_lacking(folder, one.entry)] if missing_files(folder, one.entry) else []
    return [*void, *(_stays(*group) for group in _grouped(staying)), *lacking]


def _grouped(found: Iterable[Standing]) -> list[tuple[str, Phrases]]:
    """Return (numbers, changes) of letters with the same changes: a changed template is told once for all."""
    groups: dict[tuple[Change, ...], list[str]] = defaultdict(list)
    for one in found:
        if one.entry:
            groups[one.changes].append(one.entry.label)
    return [(", ".join(numbers), Phrases(tuple(one.words for one in told))) for told, numbers in groups.items()]


def _stays(numbers: str, told: Phrases) -> Problem:
    return Problem(
        "batch.changed",
        N_("{numbers}: issued, and stays as it is. Changed since then: {changes}."),
        N_("To replace it by a new version under its number, add --ganti; the files of the old one are kept."),
        params={"numbers": numbers, "changes": told},
        severity=Severity.WARNING,
    )


def _lacking(folder: Path, entry: Entry) -> Problem:
    paths = [file.path for file in missing_files(folder, entry)]
    return Problem(
        "batch.files-missing",
        N_("Files of the letter {number} are no longer there: {paths}."),
        N_('They can be made again as they were: letters register reprint "{number}", or --all-missing for all.'),
        params={"number": entry.label, "paths": ", ".join(paths)},
        severity=Severity.WARNING,
    )


def is_void(entry: Entry, severity: Severity = Severity.ERROR) -> Problem:
    """Return the problem of a letter that is void, so that none is made under its batch and key."""
    return Problem(
        "batch.void",
        N_("The letter {number} to {recipient} is void; no new one is made for it."),
        N_("To write to this recipient anew, name a second round with --batch."),
        params={"number": entry.label, "recipient": entry.recipient},
        severity=severity,
    )
