"""Every example of docs/templates.md works: whole templates, text, settings, filters and references."""

import re
import tomllib
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from letters.batch.choosing import Choice
from letters.batch.occasions import Wanted
from letters.batch.plan import Composer, make_plan
from letters.batch.workspace import open_workspace
from letters.errors import Severity
from letters.law import LawBook
from letters.merge import FrontMatter, Templates
from letters.merge.filters import FILTERS
from letters.reader import read_markdown
from letters.settings import Settings
from tests.batch.offices import office_in
from tests.support.workspace import make_workspace

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/templates.md").read_text("utf-8")
DAY = date(2024, 9, 24)
FACTS = {"tanggal": DAY, "tahapan": {"mulai": date(2024, 9, 25), "selesai": date(2024, 11, 23)}}


def examples(kind: str) -> list[str]:
    return [dedent(found[1]) for found in re.finditer(rf"^ *```{kind}\n(.*?)^ *```$", TEXT, re.M | re.S)]


def section(number: int) -> str:
    return re.split(rf"^## {number}\. ", TEXT, flags=re.M)[1].split("\n## ")[0]


def table(number: int) -> list[tuple[str, str]]:
    """Return the rows of the section's first table with two columns, without its head."""
    first = re.search(r"^\|.*?(?=\n\n)", section(number), re.M | re.S)
    assert first
    rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in first[0].splitlines() if line.startswith("| `")]
    return [(row[0].strip().strip("`").replace("\\|", "|"), row[1].strip()) for row in rows if len(row) == 2]


@pytest.mark.parametrize("text", examples("templat"), ids=lambda text: re.findall('judul = "(.*)"', text)[0])
def test_whole_templates_make_letters(tmp_path, text):
    for name in ("letters.toml", "recipients.csv", "logo.png"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/contoh.md").write_text(text, "utf-8")
    day = date(2023, 2, 6) if "Februari 2023" in text else DAY

    plan = make_plan(Composer(open_workspace(tmp_path)), Choice(("contoh",), day), lambda *_: None)

    assert plan.batches
    assert [str(problem) for problem in plan.notices if problem.severity is not Severity.HINT] == []


def test_table_of_recipients_makes_sound_letters_with_the_addresses_shown(tmp_path):
    rows = re.search(r"```\n(kode;kelompok;.*?)```", section(4), re.S)
    shown = dict(re.findall(r"^\| (\w+) \| (Yth\. .*?) \| ", section(4), re.M))
    assert rows
    settings = (
        (ROOT / "letters.toml")
        .read_text("utf-8")
        .replace('wilayah = "Kabupaten Jombang"', 'wilayah = "Kabupaten Aceh Utara"')
    )
    (tmp_path / "letters.toml").write_text(settings.replace('provinsi = "Jawa Timur"', 'provinsi = "Aceh"'), "utf-8")
    (tmp_path / "logo.png").write_bytes((ROOT / "logo.png").read_bytes())
    (tmp_path / "recipients.csv").write_text(rows[1], "utf-8")
    for name in ("imbauan/kampanye", "undangan/rapat"):
        plan = make_plan(Composer(open_workspace(tmp_path)), Choice((name,), DAY), lambda *_: None)
        for draft in plan.drafts():
            [row] = [person.fields for person in draft.addressees]
            assert f"Yth. {row['tujuan']}\ndi {row['kota']}".replace("\n", " / ") == shown[row["kode"]]
        assert plan.copies == len(shown)


@pytest.mark.parametrize("text", examples("naskah"), ids=lambda text: text.split("\n")[0])
def test_pieces_of_text_are_read(text):
    assert read_markdown(text, "docs/templates.md").blocks


@pytest.mark.parametrize("text", examples("toml"), ids=lambda text: text.split("\n")[0])
def test_settings_are_valid_in_the_worked_example(text):
    own, wanted = tomllib.loads((ROOT / "letters.toml").read_text("utf-8")), tomllib.loads(text)
    settings = Settings.model_validate(own | {name: own.get(name, {}) | more for name, more in wanted.items()})
    assert settings.office.name == own["kantor"]["nama"]


@pytest.mark.parametrize(("written", "printed"), table(5))
def test_filters_print_what_the_table_says(written, printed):
    assert Templates([ROOT / "templates"]).merge_text(written, FACTS) == printed


def test_every_filter_is_named():
    assert [name for name in FILTERS if not re.search(rf"\b{name}\b", section(5))] == []


@pytest.mark.parametrize(("written", "printed"), [row for row in table(8) if ":" in row[0] or "-" in row[0]])
def test_references_print_what_the_table_says(written, printed):
    assert LawBook.load().cite(written, DAY).text == printed


def test_keys_of_the_front_matter_are_those_there_are():
    known = [field.alias for field in FrontMatter.model_fields.values()]
    told = re.findall(r"^\| `\[?(\w+)\]?`", section(3), re.M)
    assert told
    assert [key for key in told if key not in known] == []
    assert {"jenis", "judul", "hal", "untuk", "dasar", "dasar_kelompok", "tembusan", "deret"} <= set(told)


def test_every_letter_of_the_stages_is_named():
    names = [listing.name for listing in Templates([ROOT / "templates"]).names()]
    stages = [name for name in names if name.split("/")[0] in ("imbauan", "edaran", "undangan", "pengantar")]
    assert [name for name in stages if f"`{name}`" not in section(12)] == []


def test_every_block_of_the_frames_is_named():
    for frame in ("surat", "edaran", "ikrar", "pernyataan", "berita-acara"):
        source = (ROOT / f"templates/naskah/{frame}.md").read_text("utf-8")
        assert [name for name in re.findall(r"{% block (\w+)", source) if f"`{name}`" not in section(9)] == []


def test_table_of_addressees_gives_the_letters_it_shows(tmp_path):
    """The recipients of "Alamat dan sapaan menurut kelompok", saved as they stand, get a built-in letter."""
    text = TEXT.split("### Alamat dan sapaan menurut kelompok")[1]
    table = re.search(r"```\n(kode;.*?)```", text, re.S)[1]
    shown = dict(re.findall(r"^\| (\w+) \| Yth\. (.*?) / di Lhoksukon \|", text, re.M))
    make_workspace(tmp_path / "kantor", settings=office_in("Kabupaten Aceh Utara", "Aceh"), recipients=table)

    composer = Composer(open_workspace(tmp_path / "kantor"))
    wanted = Wanted("pemilihan-2024", "kampanye")
    plan = make_plan(composer, Choice(("imbauan/kampanye",), date(2024, 9, 20), wanted=wanted), lambda *_: None)

    made = {draft.recipient.key: " / ".join(draft.recipient.fields["tujuan"].split("\n")) for draft in plan.drafts()}
    assert made == shown


def test_every_group_of_recipients_is_named_with_its_post():
    rows = dict(re.findall(r"^\| `([a-z_]+)` \| [^|]+ \| (?:\*([^*|]+)\*|isi sendiri [^|]+) \|$", TEXT, re.M))
    titles = {group.id: (group.title, group.city.title) for group in LawBook.load().groups.values()}
    assert rows == {name: " / ".join(filter(None, posts)).replace("{wilayah}", "…") for name, posts in titles.items()}
