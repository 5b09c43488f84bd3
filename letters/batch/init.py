"""Empty folder → a workspace to fill in. Files that exist are never touched."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from letters.errors import N_, Place, Problem, SettingsError
from letters.files import atomic_write, ensure_writable

STARTING_FILES = ("letters.toml", "recipients.csv")


def make_workspace(folder: Path) -> list[Path]:
    """Write the starting files of an office into `folder` and return them.

    Raises SettingsError when one of them exists, MachineError when the folder cannot be written.
    """
    existing = [name for name in STARTING_FILES if (folder / name).exists()]
    if existing:
        raise SettingsError(
            Problem(
                "init.exists",
                N_("The folder already holds {names}; nothing was changed."),
                N_("Choose another folder."),
                Place(file=str(folder)),
                {"names": ", ".join(existing)},
            )
        )
    ensure_writable(folder)
    (folder / "templates").mkdir(exist_ok=True)
    source = files("letters") / "data" / "init"
    for name in STARTING_FILES:
        atomic_write(folder / name, (source / name).read_bytes())
    return [folder / name for name in STARTING_FILES]
