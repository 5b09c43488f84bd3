"""letters.toml → frozen `Settings`: the office, who signs, number series, paper, files; or every problem in it at once.

The file's keys are Indonesian (aliases), the attributes English. Nothing is looked up outside the file: whether a logo
is there, a pattern reads well or a template names a known signatory is asked by the rooms that use it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    field_validator,
)

from letters.errors import N_, Place, Problem, SettingsError
from letters.toml import Rejected, build, key_text, near_name, read_toml, shown, texts_in

# Width and height in millimetres.
GAP = "…"
"""What `letters init` leaves to be filled in."""
PAPER_SIZES = {"A4": (210.0, 297.0), "F4": (215.0, 330.0)}
OWN_SIZE = re.compile(r"([0-9]{2,4}) ?[x×] ?([0-9]{2,4})")
LEAST_SIDE, GREATEST_SIDE = 70, 1200
FONT_NAME = re.compile(r"[^\W_][\w .-]*")


# -- kinds of values ----------------------------------------------------------------------------------


def _printable(text: str) -> str:
    """Refuse control characters: neither DOCX nor PDF can hold them."""
    if any(unicodedata.category(letter) == "Cc" and letter != "\n" for letter in text):
        raise Rejected(N_('"{key}" holds a control character.'), N_("Type the text anew, without copying it."))
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise Rejected(N_('"{key}" must be a single line.'), N_("Write it on one line."))
    return text


def _lines(value: object) -> object:
    """Take one text for a list of its lines."""
    if isinstance(value, str):
        return [line for line in value.splitlines() if line.strip()]
    return value


def _inside(name: str) -> str:
    """Refuse a path that leaves the workspace."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise Rejected(
            N_('"{key}" must be a file in the folder of letters.toml, not {given}.'),
            N_("Copy the file into that folder and write only its name."),
        )
    return name


def _identifier(name: str) -> str:
    """Refuse a name that a template could not say after a dot."""
    if not (name.isascii() and name.isidentifier()):
        raise Rejected(
            N_('"{key}" cannot be named in a template.'),
            N_("Begin with a letter and use only letters, digits and _ in the last part of the name."),
        )
    return name


def _office_fact(name: str) -> str:
    """Refuse a further key of the office that is most likely a slip: it would be lost in silence."""
    known = [field.alias or key for key, field in Office.model_fields.items()]
    if near := near_name(name, known):
        raise Rejected(
            N_('"{key}" is not known here.'),
            N_('Did you mean "{near}"? If it is a fact of your own, choose a name less like it.'),
            near=near,
        )
    return _identifier(name)


def _day_key(name: str) -> str:
    """Refuse a key that is no date."""
    try:
        return date.fromisoformat(name).isoformat()
    except ValueError as error:
        raise Rejected(N_('"{key}" is no date.'), N_("Write it as year-month-day: 2024-09-24.")) from error


def _facts(value: object) -> object:
    """Refuse what a template cannot print: fractions and times; lists and tables are looked through."""
    if isinstance(value, dict):
        return {_identifier(key): _facts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_facts(item) for item in value]
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, datetime) or not isinstance(value, int | date):
        raise Rejected(
            N_('"{key}" has the value {value}, which cannot be printed as it is.'),
            N_("Write it in double quotes, the way it is to be printed."),
            value=shown(value),
        )
    return value


MaybeText = Annotated[str, AfterValidator(_printable)]
Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(_printable)]
Line = Annotated[Text, AfterValidator(_one_line)]
MaybeLine = Annotated[MaybeText, AfterValidator(_one_line)]
Lines = Annotated[tuple[Line, ...], Field(min_length=1), BeforeValidator(_lines)]
Finding = Annotated[str, StringConstraints(pattern=r"^[a-z]+[a-z.-]*(:[a-z0-9_-]+)?$")]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]
Confirmation = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(:[0-9A-Fa-f]+)?$")]
OfficeFact = Annotated[str, AfterValidator(_office_fact)]
Fact = Annotated[Any, AfterValidator(_facts)]
FactName = Annotated[str, AfterValidator(_identifier)]

HijriDay = Annotated[str, AfterValidator(_day_key)]
NameShown = Literal["berpangkat", "semua", "tidak"]
Level = Literal["ri", "provinsi", "kabupaten", "kota", "kecamatan", "pemda"]
TimeZone = Literal["WIB", "WITA", "WIT"]
Acting = Literal["", "Plt.", "Plh.", "Pj."]
PeriodKind = Literal["tahun", "bulan", "tidak"]
Part = Literal["klasifikasi", "kode", "penandatangan"]


class Table(BaseModel):
    """A table of letters.toml: frozen, and strict about its keys; texts lose blanks around them."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, str_strip_whitespace=True)


# -- the tables ---------------------------------------------------------------------------------------


class Office(Table):
    """`[kantor]`: who writes. Any further key is a fact of the office (`telepon`, `kode_pos`) for templates."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[OfficeFact, MaybeText] = Field(init=False)

    name: Line = Field(alias="nama")
    level: Level = Field(alias="tingkat")
    letterhead: Lines = Field(alias="kop")
    """Lines of the letterhead, in capitals as printed."""
    address: Lines = Field(alias="alamat")
    """Small lines below the letterhead; in the file one text (a line each) or a list."""
    city: Line = Field(alias="kota")
    """Place before the date."""
    time_zone: TimeZone = Field(alias="zona_waktu")
    logo: Annotated[MaybeLine, AfterValidator(_inside)] = ""
    """Picture in the workspace; empty = letterhead without a picture."""
    region: MaybeLine = Field(default="", alias="wilayah")
    """Area of the office: `Kabupaten Jombang`."""

    @property
    def extra(self) -> dict[str, str]:
        """Return the further keys as they stand in the file."""
        return dict(self.__pydantic_extra__ or {})


class Signatory(Table):
    """`[penandatangan.<name>]`: who signs, and what the number says for letters signed by this person."""

    title: Line = Field(alias="jabatan")
    """`Ketua`, `Sekretaris Daerah`."""
    name: MaybeLine = Field(default="", alias="nama")
    """Full name; empty = room below the title, to be written in by hand."""
    code: MaybeLine = Field(default="", alias="kode")
    """Part of the letter number: `K.JI-08`; empty for offices whose numbers name nobody."""
    nip: MaybeLine = ""
    """Civil servants only; commissioners have none."""
    rank: MaybeLine = Field(default="", alias="pangkat")
    prefix: MaybeText = Field(default="", alias="atas_nama")
    """In whose name a delegate signs: `Ketua Bawaslu …`; `a.n.` is printed before it, whether it is written or not."""
    delegate: MaybeLine = Field(default="", alias="untuk_beliau")
    """Post that was to sign in that name and has passed it on one level down: printed above the line `u.b.`."""
    acting: Acting = Field(default="", alias="pelaksana")
    """`Plt.`, `Plh.` or `Pj.`, printed before the title."""


class Series(Table):
    """`[deret.<name>]`: a number series. The pattern is kept as text here; the register reads it."""

    pattern: Line = Field(alias="pola")
    period: PeriodKind = Field(default="tahun", alias="periode")
    """When counting starts anew: each year, each month, never."""
    per: tuple[Part, ...] = ()
    """What has a count of its own beside the period."""
    start: Annotated[StrictInt, Field(ge=1)] = Field(default=1, alias="mulai")
    """First number; for an office that begins amid a year, the one after the last used."""


class Paper(Table):
    """`[kertas]`: paper and typeface of all letters."""

    size: Line = Field(default="A4", alias="ukuran")
    """`A4`, `F4` (215 × 330 mm) or width x height in millimetres: `210x330`."""
    font: Line = Field(default="Bookman Old Style", alias="huruf")
    font_size: Annotated[float, Field(ge=6, le=36, strict=True)] = Field(default=12.0, alias="ukuran_huruf")
    """In points."""

    @field_validator("size")
    @classmethod
    def _check_size(cls, size: str) -> str:
        if not all(_sides(size)):
            raise Rejected(
                N_('"{key}" is {given}, which is no paper size.'),
                N_("Write A4, F4, or width x height in millimetres, for example 210x330."),
            )
        return size

    @field_validator("font")
    @classmethod
    def _check_font(cls, font: str) -> str:
        # The name goes into the stylesheet, so nothing in it may end or begin a rule.
        if not FONT_NAME.fullmatch(font):
            raise Rejected(
                N_('"{key}" is {given}, which is no name of a typeface.'),
                N_("Write the name as Word shows it: letters, digits, blanks, full stops and hyphens."),
            )
        return font

    @property
    def width_mm(self) -> float:
        """Return the width of the page in millimetres."""
        return _sides(self.size)[0]

    @property
    def height_mm(self) -> float:
        """Return the height of the page in millimetres."""
        return _sides(self.size)[1]


def _sides(size: str) -> tuple[float, float]:
    """Return width and height in millimetres; two zeros when `size` is no paper size."""
    if size.upper() in PAPER_SIZES:
        return PAPER_SIZES[size.upper()]
    match = OWN_SIZE.fullmatch(size)
    sides = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
    return sides if all(LEAST_SIDE <= side <= GREATEST_SIDE for side in sides) else (0.0, 0.0)


class CalendarChoice(Table):
    """`[kalender]`: which election the office is busy with, and how early letters go out."""

    election: MaybeLine = Field(default="", alias="pemilihan")
    """Id of an election of the calendar; templates that serve several are made for this one."""
    lead_days: Annotated[StrictInt, Field(ge=0, le=365)] = Field(default=1, alias="tenggat_hari")
    """Days before a stage begins on which its letters go out at the latest."""
    not_sent: tuple[Line, ...] = Field(default=(), alias="tidak_dikirim")
    """Names of templates the office does not send: they are due for no stage."""


class Form(Table):
    """`[kelompok.<group>]`: how the office addresses a group; `{wilayah}` = name of the recipient's area."""

    title: MaybeLine = Field(default="", alias="jabatan")
    agency: MaybeLine = Field(default="", alias="instansi")
    address: MaybeLine = Field(default="", alias="sapaan")


class Style(Table):
    """`[naskah]`: choices that the rules for official letters leave to the office."""

    names: NameShown = Field(default="berpangkat", alias="nama_penerima")
    """Whose name stands above the post in the address: those with a rank, all, none."""
    at: StrictBool = Field(default=True, alias="di")
    """Whether `di` stands before the town of the address."""
    hijri: StrictBool = Field(default=False, alias="hijriah")
    """Whether the Hijri date stands below the date."""


class Files(Table):
    """`[berkas]`: files of the workspace that are not where they usually are."""

    recipients: MaybeLine = Field(default="", alias="penerima")


class Pdf(Table):
    """`[pdf]`: how PDF files are made."""

    engine: Literal["weasyprint", "typst"] = "weasyprint"
    """Both make the same pages; Typst is faster and needs no system library."""


class Store(Table):
    """`[register]`: where the register of letters is."""

    url: MaybeLine = ""
    """SQLAlchemy URL (PostgreSQL) or path; empty = register.db in the workspace."""


class Judgement(Table):
    """`[hukum]`: what the office knows better than the checks of the law."""

    accepted: tuple[Finding, ...] = Field(default=(), alias="terima")
    """Findings that stay: a rule for one law, `weak-basis:pp-42-2004`, or one that concerns no law, `no-citation`."""


class Pledges(Table):
    """`[ikrar]`: what the office decided about pledges and oaths."""

    confirmed: tuple[Confirmation, ...] = Field(default=(), alias="disahkan")
    """Spoken texts that the office compared with the official copy, each with the fingerprint of the words it saw."""


class Settings(Table):
    """letters.toml as a whole."""

    office: Office = Field(alias="kantor")
    signatories: Annotated[dict[Name, Signatory], Field(min_length=1)] = Field(alias="penandatangan")
    series: dict[Name, Series] = Field(default={}, alias="deret")
    paper: Paper = Field(default=Paper(), alias="kertas")
    style: Style = Field(default=Style(), alias="naskah")
    groups: dict[Name, Form] = Field(default={}, alias="kelompok")
    copies: dict[Name, tuple[Line, ...]] = Field(default={}, alias="tembusan")
    """`[tembusan]`: who gets copies of letters to a group, `semua` for all, in the place of the package's list."""
    terms: dict[FactName, Line] = Field(default={}, alias="sebutan")
    """`[sebutan]`: what villages, their heads and other bodies are called here: `desa = "pekon"`."""
    hijri_dates: dict[HijriDay, Line] = Field(default={}, alias="hijriah")
    """`[hijriah]`: Hijri dates that were confirmed, by date."""
    files: Files = Field(default=Files(), alias="berkas")
    store: Store = Field(default=Store(), alias="register")
    calendar: CalendarChoice = Field(default=CalendarChoice(), alias="kalender")
    judgement: Judgement = Field(default=Judgement(), alias="hukum")
    pdf: Pdf = Pdf()
    pledges: Pledges = Field(default=Pledges(), alias="ikrar")
    template_facts: dict[FactName, Fact] = Field(default={}, alias="isian")
    """`[isian]`: the office's own facts for templates, as text, whole numbers, dates, lists and tables."""

    @property
    def election(self) -> str:
        """Return the id of the election the office is busy with; empty = not said."""
        return self.calendar.election

    @property
    def accepted_findings(self) -> tuple[str, ...]:
        """Return what the office has knowingly accepted of the findings about the law."""
        return self.judgement.accepted

    @property
    def recipients(self) -> str:
        """Return the file of the recipients table; empty = the usual one."""
        return self.files.recipients

    @property
    def confirmed_texts(self) -> tuple[str, ...]:
        """Return the spoken texts that the office confirmed: `sumpah-pengawas:ab12cd34`."""
        return self.pledges.confirmed

    @property
    def register_url(self) -> str:
        """Return URL or path of the register; empty = register.db in the workspace."""
        return self.store.url


def read_settings(path: Path) -> Settings:
    """Read letters.toml at `path`; raises SettingsError with every problem in it, in order of lines."""
    return build(Settings, read_toml(path, "settings", SettingsError))


def unfilled(path: Path) -> list[Problem]:
    """Return an error for every text of letters.toml at `path` that still holds the `…` of `letters init`.

    Among the office's own texts (`[isian]`) only one that is nothing else counts: a sentence may hold the sign.
    """
    toml = read_toml(path, "settings", SettingsError)
    lines = toml.lines()
    return [
        Problem(
            "settings.unfilled",
            N_('"{key}" still holds "{gap}".'),
            N_("Fill it in, or delete the line if the office does not use it."),
            Place(file=toml.file, line=lines.get(loc, lines.get(loc[:-1], 0))),
            {"key": key_text(loc), "gap": GAP},
        )
        for table in ("kantor", "penandatangan", "deret", "isian")
        for loc, text in texts_in(toml.data.get(table, {}), (table,))
        if text.strip() == GAP or (GAP in text and table != "isian")
    ]
