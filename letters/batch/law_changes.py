"""What an office's hukum.toml says otherwise than the laws of the package → one hint for `check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from letters.errors import N_, Place, Problem, Severity
from letters.law import Change

LAWS = "laws/"
WORDS = {
    "title": "nama",
    "in_force": "mulai berlaku",
    "revoked_on": "tanggal dicabut",
    "revoked_by": "dicabut dengan",
    "amended_by": "diubah dengan",
}
"""What a user calls the keys that offices change most."""


def law_changes(changes: Sequence[Change]) -> Iterator[Problem]:
    """Yield a hint that counts and names the office's own entries; nothing when it has none."""
    if not changes:
        return
    laws = [change for change in changes if change.entry.startswith(LAWS)]
    added = [_law(change) for change in laws if not change.key and change.entry.count("/") == 1]
    changed: dict[str, list[str]] = {}
    for change in laws:
        if _law(change) not in added:
            changed.setdefault(_law(change), []).append(
                WORDS.get(change.key, change.key) or change.entry.split("/")[-1]
            )
    others = sorted({change.entry for change in changes if change not in laws})
    names = [*added, *(f"{law} ({', '.join(dict.fromkeys(keys))})" for law, keys in changed.items()), *others]
    params = {"added": len(added), "changed": len(changed), "others": len(others), "names": "; ".join(names)}
    message = N_("Law of the office: {added} laws added, {changed} changed, {others} other entries.")
    remedy = N_("These count: {names}.")
    yield Problem("batch.law-changed", message, remedy, Place(file=changes[0].file), params, Severity.HINT)


def _law(change: Change) -> str:
    return change.entry.split("/")[1]
