"""Folder of an office → its settings, templates, law, look: everything a batch needs that is not a recipient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from letters.batch.conventions import Conventions, load_conventions
from letters.errors import N_, MachineError, Place, Problem, SettingsError, UsageError
from letters.law import Calendar, LawBook, OathBook
from letters.merge import Templates
from letters.settings import Paper, Settings, read_settings
from letters.writers import Look
from letters.writers.fonts import paper_css

SETTINGS_FILE = "letters.toml"
STYLESHEET = "surat.css"
LAW_FILE = "hukum.toml"
SQLITE = "sqlite:///"
CALENDAR_FILE = "tahapan.toml"
CONVENTIONS_FILE = "naskah.toml"
OATH_FILE = "ikrar.toml"
DEFAULT_RECIPIENTS = ("recipients.xlsx", "recipients.csv")


@dataclass(frozen=True, slots=True)
class Workspace:
    """An office's folder, opened."""

    folder: Path
    settings: Settings
    templates: Templates
    law: LawBook
    calendar: Calendar
    conventions: Conventions
    oaths: OathBook
    look: Look

    @property
    def register_path(self) -> str:
        """Return the register's URL, or the path of its file."""
        return register_path(self.folder, self.settings)

    def recipients_file(self, given: Path | None) -> Path:
        """Return the table to read: the one given, the one of letters.toml, or the usual file names.

        One given is looked for in the current folder, then in the office's. Raises UsageError when it is in neither.
        """
        if given is not None:
            return self._given_file(given)
        if self.settings.recipients:
            return self.folder / self.settings.recipients
        found = [self.folder / name for name in DEFAULT_RECIPIENTS if (self.folder / name).exists()]
        return found[0] if len(found) == 1 else self._choose_recipients(found)

    def _given_file(self, given: Path) -> Path:
        inside = self.folder / given
        if not given.exists() and inside.exists():
            return inside
        if given.exists() or given.is_absolute():
            return given  # reading it says what is wrong with it
        raise UsageError(
            Problem(
                "workspace.no-table",
                N_("The table {name} was found neither in {here} nor in {folder}."),
                N_("Check the name and the folder of the file, its ending (.csv, .xlsx) too."),
                params={"name": str(given), "here": str(Path.cwd()), "folder": str(self.folder.resolve())},
            )
        )

    def _choose_recipients(self, found: Sequence[Path]) -> Path:
        if not found:
            return self.folder / DEFAULT_RECIPIENTS[-1]  # reading it will say that it is missing
        raise SettingsError(
            Problem(
                "workspace.two-tables",
                N_("The folder holds both {first} and {second}; it is not clear which is the recipients table."),
                N_('Name one with --recipients, or write [berkas] penerima = "…" in letters.toml.'),
                Place(file=str(self.folder)),
                {"first": found[0].name, "second": found[1].name},
            )
        )


def register_path(folder: Path, settings: Settings) -> str:
    """Return the URL of the office's register, or the path of its file; a relative path begins at the workspace."""
    given = settings.register_url or "register.db"
    return given if "://" in given and not given.startswith(SQLITE) else str(folder / given.removeprefix(SQLITE))


def open_workspace(folder: Path, engine: str | None = None) -> Workspace:
    """Return the workspace in `folder`; `engine` makes its PDF instead of the one letters.toml names.

    Raises SettingsError when letters.toml or the logo cannot be used, LawError for the office's own law files.
    """
    settings = read_settings(folder / SETTINGS_FILE)
    folders = template_folders(folder)
    return Workspace(
        folder=folder,
        settings=settings,
        templates=Templates(folders),
        law=LawBook.load(*existing(folder / LAW_FILE)),
        calendar=Calendar.load(*existing(folder / CALENDAR_FILE)),
        conventions=load_conventions(existing(folder / CONVENTIONS_FILE)),
        oaths=OathBook.load(*existing(folder / OATH_FILE)),
        look=Look(
            stylesheet(folders, settings.paper), read_assets(folder, settings), engine=engine or settings.pdf.engine
        ),
    )


def open_calendar(folder: Path) -> tuple[Settings, Calendar]:
    """Return settings and calendar of the workspace in `folder`; raises SettingsError and LawError."""
    return read_settings(folder / SETTINGS_FILE), Calendar.load(*existing(folder / CALENDAR_FILE))


def template_folders(folder: Path) -> list[Path]:
    """Return where templates are looked for: the office's folder first, then the built-in set."""
    own = (folder / "templates").resolve()
    built_in = built_in_templates()
    return [built_in] if own == built_in else [own, built_in]


def built_in_templates() -> Path:
    """Return the folder of the templates that come with the package (in a wheel, or beside it in a checkout)."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def stylesheet(folders: Sequence[Path], paper: Paper) -> str:
    """Return the stylesheet in force with the office's paper and font at its end."""
    sheet = next((path for path in (folder / STYLESHEET for folder in folders) if path.is_file()), None)
    if sheet is None:
        raise MachineError(
            Problem(
                "workspace.no-stylesheet", N_("The stylesheet surat.css is missing."), N_("Install the package again.")
            )
        )
    return sheet.read_text(encoding="utf-8") + paper_css(paper)


def read_assets(folder: Path, settings: Settings) -> dict[str, bytes]:
    """Return the pictures of the letterhead by asset name; a logo that is named must be there and be a PNG or JPEG."""
    if not settings.office.logo:
        return {}
    path = folder / settings.office.logo
    place = Place(file=str(folder / SETTINGS_FILE))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            Problem(
                "workspace.logo-missing",
                N_("The logo {path} cannot be read."),
                N_("Put the picture there, correct [kantor] logo in letters.toml, or remove that line."),
                place,
                {"path": str(path)},
            )
        ) from error
    if not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise SettingsError(
            Problem(
                "workspace.logo-format",
                N_("The logo {path} is neither PNG nor JPEG."),
                N_("Save the logo as PNG and name that file in [kantor] logo."),
                place,
                {"path": str(path)},
            )
        )
    return {"logo": data}


def existing(*paths: Path) -> list[Path]:
    """Return those of `paths` that are there: an office need not have files of its own."""
    return [path for path in paths if path.exists()]
