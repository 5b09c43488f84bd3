"""Every built-in letter × every stage it serves × every group it is for: built, whole, well written, lawful."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from letters.batch.occasions import KINDS as REGIMES
from letters.batch.occasions import Occasion, Wanted, served
from letters.batch.plan import Choice, Composer, make_plan
from letters.batch.workspace import Workspace, built_in_templates, open_workspace
from letters.errors import Severity
from letters.law import Calendar
from letters.merge import Template, Templates
from letters.model.document import Cell, Field, Heading, List, Numeral, Paragraph, Region
from letters.model.walk import Node, children, inline_text, walk
from letters.writers import WRITERS
from tests.support.docx_rules import broken_rules
from tests.support.pdf_rules import pdf_findings
from tools.specimens import ELECTIONS, OFFICES, REPEATS, letter_day, make_office

KINDS = ("imbauan", "edaran", "undangan", "pengantar")
LIBRARY = Templates([built_in_templates()])
ALL = [t for t in map(LIBRARY.load, (listing.name for listing in LIBRARY.names())) if t.front.kind in KINDS]
NEVER = [
    "{{",
    "{%",
    "{#",
    "himbau",
    "Kepada Yth",
    "terlampir",
    "  ",
    " ,",
    " ;",
    "..",
    ";.",
    ".;",
    "None",
    "\\",
    "…",
    "[]",
    "()",
]
"""What no letter may hold: leftovers of templates and doubled signs."""
FOREIGN = {"Jombang", "Jawa Timur", "Wuluhan", "Cilegon", "Bengkulu"}
ABBREVIATIONS = ["ASN", "PNS", "PPPK", "TNI", "Polri", "BPD", "TPS", "DPD", "RKDK", "LADK", "LPSDK", "LPPDK"]
OBSOLETE = ("KASN", "Walikota ", "Pilkada")
BINDING = ("dilarang", "diancam", "sanksi")
PUBLIC_OFFICES = ("kabupaten", "provinsi", "aceh")


KNOWN = {name: {"law.wrong-audience"} for name in ("imbauan/penggantian-pejabat", "imbauan/pelantikan")}
"""Warnings that stand: the ban binds the regional head, and the letter also goes to those who prepare his decisions."""


@dataclass(frozen=True)
class Made:
    """One letter."""

    occasion: Occasion
    group: str
    text: str
    body: str
    """What the region `isi` says."""
    points: list[list[str]]


@pytest.fixture(scope="module")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    opened = {}
    for name, office in OFFICES.items():
        folder = tmp_path_factory.mktemp(name)
        opened[name] = open_workspace(make_office(folder, office))
    return opened


def sends(office: str, template: Template) -> bool:
    return not template.front.senders or OFFICES[office].level in template.front.senders


def cases(offices: tuple[str, ...]) -> list[object]:
    return [
        pytest.param(office, template.name, id=f"{office}-{template.name}")
        for office in offices
        for template in ALL
        if sends(office, template)
    ]


MADE: dict[tuple[str, str], list[Made]] = {}


def make(workspaces: dict[str, Workspace], office: str, name: str) -> list[Made]:
    """Return the letters of a template to every group, once for each stage it serves."""
    if (office, name) not in MADE:
        workspace = workspaces[office]
        MADE[office, name] = [
            letter for occasion in occasions_of(workspace, name) for letter in make_stage(workspace, name, occasion)
        ]
    return MADE[office, name]


def occasions_of(workspace: Workspace, name: str) -> list[Occasion]:
    found = served(workspace.calendar, workspace.templates.load(name))
    return [occasion for occasion in found if occasion.election in ("", *ELECTIONS, *REPEATS)]


def make_stage(workspace: Workspace, name: str, occasion: Occasion) -> list[Made]:
    day = letter_day(workspace.calendar, occasion.election, occasion.stage)
    composer = Composer(workspace)
    plan = make_plan(composer, Choice((name,), day, wanted=Wanted(occasion.election, occasion.stage)), lambda *_: None)
    warned = {problem.code for problem in plan.notices if problem.severity is not Severity.HINT}
    assert warned <= {"law.stage-begun"} | KNOWN.get(name, set()), [str(problem) for problem in plan.notices]
    audience = set(workspace.templates.load(name).front.audience)
    assert {person.group for draft in plan.drafts() for person in draft.addressees} >= audience
    letters = []
    for draft in plan.drafts():
        composed = composer.compose(draft)
        document, values = composed.shape.document, composed.values
        body = next((node for node in walk(document) if isinstance(node, Region) and "isi" in node.names), document)
        points = [run(node, values) for node in walk(document) if lettered(node)]
        group = draft.addressees[0].group
        letters.append(Made(occasion, group, said(document, values), said(body, values), points))
    return letters


def said(node: Node, values: tuple[str, ...]) -> str:
    """Return what `node` says, a line for each paragraph, heading, cell and field."""
    lines = []
    for part in walk(node):
        if isinstance(part, (Paragraph, Heading, Cell)):
            lines.append(inline_text(part.children, values))
        elif isinstance(part, Field):
            lines.append(" : ".join(inline_text(side, values) for side in (part.label, part.value)))
    return "\n".join(lines)


def lettered(node: Node) -> bool:
    return isinstance(node, List) and node.scheme.numeral is Numeral.LOWER_ALPHA


def run(node: Node, values: tuple[str, ...]) -> list[str]:
    return [said(item, values).split("\n")[-1] for item in children(node)]


# -- every letter ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("office", "name"), cases(("kabupaten", "pemda")))
def test_letters_are_made_for_every_stage_and_group_without_leftovers(workspaces, office, name):
    for letter in make(workspaces, office, name):
        assert [sign for sign in NEVER if sign in letter.text] == [], (letter.occasion, letter.group, letter.text)
        assert [word for word in OBSOLETE if word in requests_of(letter)] == []


@pytest.mark.parametrize(("office", "name"), cases(PUBLIC_OFFICES + ("pemda",)))
def test_letters_name_no_other_office(workspaces, office, name):
    foreign = FOREIGN | {word for other in OFFICES.values() for word in other.own if word not in OFFICES[office].own}
    for letter in make(workspaces, office, name):
        assert [word for word in foreign if re.search(rf"\b{word}\b", letter.text)] == []
        assert OFFICES[office].name in letter.text or OFFICES[office].area.upper() in letter.text


@pytest.mark.parametrize(("office", "name"), cases(("kabupaten",)))
def test_points_of_one_sentence_are_joined_by_semicolons_and_a_last_and(workspaces, office, name):
    for letter in make(workspaces, office, name):
        for points in letter.points:
            assert len(points) > 1, points
            *others, before_last, last = points
            assert [point for point in others if not point.endswith(";")] == []
            assert before_last.endswith(("; dan", "; atau", "; dan/atau")), before_last
            assert last.endswith((".", ":")), last
            assert len({point[0].isupper() for point in points if point.split()[0] not in ABBREVIATIONS}) == 1


@pytest.mark.parametrize(("office", "name"), cases(("kabupaten",)))
def test_abbreviations_are_written_out_where_they_are_first_used(workspaces, office, name):
    for letter in make(workspaces, office, name):
        for short in ABBREVIATIONS:
            used = re.findall(rf"(\()?\b{short}\b(?!/)", letter.body)
            assert used[:1] in ([], ["("]), (letter.occasion, letter.group, short)
            assert used.count("(") <= 1, (letter.occasion, letter.group, short)


@pytest.mark.parametrize(("office", "name"), cases(("kabupaten",)))
def test_letters_threaten_only_those_whom_a_law_binds(workspaces, office, name):
    """Without a basis for the recipient or those below, the letter asks."""
    workspace = workspaces[office]
    for letter in make(workspaces, office, name):
        if letter.occasion.stage and workspace.templates.load(name).front.bases:
            election = workspace.calendar.election(letter.occasion.election)
            day = letter_day(workspace.calendar, *vars_of(letter.occasion))
            bases = workspace.law.bases_for(election, letter.occasion.stage, letter.group, day, "kabupaten")
            if not bases.direct and not bases.staff:
                assert [word for word in BINDING if word in letter.body] == [], (letter.occasion, letter.group)


def vars_of(occasion: Occasion) -> tuple[str, str]:
    return occasion.election, occasion.stage


def requests_of(letter: Made) -> str:
    """Return the letter's own words: its body without the names of laws."""
    return "\n".join(line for line in letter.body.split("\n") if not re.match("(Pasal|Dasar hukum|Lampiran) ", line))


# -- the set as a whole ------------------------------------------------------------------------------

STAGES = {
    "pemilu-2024": {
        "perencanaan", "pendaftaran-peserta", "penetapan-peserta", "dapil", "data-pemilih", "pencalonan-dpd",
        "pencalonan-legislatif", "pencalonan-presiden", "jeda-pra-kampanye", "kampanye", "rapat-umum",
        "dana-kampanye", "logistik", "masa-tenang", "pemungutan", "penghitungan", "rekapitulasi", "penetapan-hasil",
        "pengumuman-dcs", "penetapan-dct", "sumpah-dprd", "sumpah-dpr-dpd", "sumpah-presiden",
    },
    "pemilihan-2024": {
        "perencanaan", "pembentukan-badan-adhoc", "larangan-mutasi", "larangan-program", "perseorangan", "dp4",
        "data-pemilih", "coklit", "pencalonan", "jeda-pra-kampanye", "kampanye", "dana-rkdk", "dana-ladk",
        "dana-lpsdk", "dana-lppdk", "logistik", "masa-tenang", "pemungutan", "hitung-rekap", "penetapan-terpilih",
        "pelantikan", "larangan-mutasi-pascapelantikan",
    },
    "nontahapan": {"kenetralan-umum", "pdpb"},
}  # fmt: skip
"""Stages at which letters go out: those of the calendar with a usual subject."""


def test_every_stage_with_a_usual_letter_has_one_for_everybody_it_concerns(workspaces):
    """The calendar names for each stage whom letters usually go to; somebody's template serves each of them."""
    workspace = workspaces["kabupaten"]
    serving = {template.name: served(workspace.calendar, template) for template in ALL}
    wanting = []
    for election in ELECTIONS:
        for stage in workspace.calendar.election(election).stages:
            if stage.id in STAGES[election]:
                groups = {
                    group
                    for template in ALL
                    if Occasion(election, stage.id) in serving[template.name]
                    for group in template.front.audience
                }
                wanting += [(election, stage.id, group) for group in stage.addressees if group not in groups]
    assert wanting == []


def test_every_template_serves_every_election_of_its_kind_that_has_its_stage():
    """No built-in letter is for one election alone: the next one would get none."""
    calendar = Calendar.load()
    for name in (listing.name for listing in LIBRARY.names()):
        front = LIBRARY.load(name).front
        assert {*front.elections} <= {*REGIMES, "nontahapan"}, name
        found = set(served(calendar, LIBRARY.load(name)))
        for election in (one for one in calendar.elections if one.regime in front.elections):
            stages = [stage.id for stage in election.stages if stage.id in front.stages] if front.stages else [""]
            assert {Occasion(election.id, stage) for stage in stages} <= found, name


def test_a_ban_that_outlasts_the_fixing_of_the_pairs_speaks_of_pairs_too():
    source = (built_in_templates() / "imbauan" / "program-pemerintah.md").read_text("utf-8")
    assert source.count("bakal calon") == source.count("bakal calon atau pasangan calon") > 0


def test_every_template_cites_the_civil_service_law_of_its_day():
    """UU 20/2023 took the place of UU 5/2014 in the middle of an election: whoever cites the new names the old too."""
    for name in (listing.name for listing in LIBRARY.names()):
        front = LIBRARY.load(name).front
        cited = [base for group in ("", *front.group_bases) for base in front.bases_for(group)]
        assert [base for base in cited if base.startswith("uu-20-2023")] == [], name


def test_every_stage_the_calendar_has_a_subject_for_is_looked_at(workspaces):
    calendar = workspaces["kabupaten"].calendar
    for election in ELECTIONS:
        with_subject = {stage.id for stage in calendar.election(election).stages if stage.letter_subject_id}
        assert with_subject <= STAGES[election]


FEW = 4
"""Lines of its own that a template has when it only serves another to more elections."""


def test_no_letter_is_a_copy_of_another():
    """Any two templates share less than half of their own lines."""
    lines = {template.name: own_lines(template.path) for template in ALL}
    for one, own in lines.items():
        for other, others in lines.items():
            if one < other and min(len(own), len(others)) > FEW:
                assert len(own & others) / min(len(own), len(others)) < 0.5, (one, other)


def own_lines(path: Path) -> set[str]:
    body = path.read_text("utf-8").split("+++\n", 2)[-1]
    return {line.strip() for line in body.splitlines() if len(line) > 60}


def test_titles_tell_the_templates_apart():
    titles = [template.front.title for template in ALL]
    assert len(set(titles)) == len(titles)


# -- finished files ----------------------------------------------------------------------------------

SAMPLES = [
    ("kabupaten", "imbauan/kampanye-pemilu", Occasion("pemilu-2024", "kampanye")),
    ("provinsi", "imbauan/masa-tenang", Occasion("pemilihan-2024", "masa-tenang")),
    ("aceh", "edaran/pencegahan", Occasion("pemilihan-2024", "")),
    ("pemda", "edaran/netralitas-pemilu", Occasion("pemilu-2024", "")),
    ("kabupaten", "pengantar/naskah", Occasion()),
    ("kabupaten", "undangan/rapat", Occasion()),
]


@pytest.mark.parametrize(("office", "name", "occasion"), SAMPLES, ids=[sample[1] for sample in SAMPLES])
def test_samples_become_sound_files(workspaces, office, name, occasion):
    workspace = workspaces[office]
    day = letter_day(workspace.calendar, *vars_of(occasion))
    composer = Composer(workspace)
    plan = make_plan(composer, Choice((name,), day, wanted=Wanted(*vars_of(occasion))), lambda *_: None)
    letter = composer.compose(next(plan.drafts()))

    docx, pdf = (
        WRITERS[kind].prepare(letter.shape.document, workspace.look).fill(letter.values, letter.properties)
        for kind in ("docx", "pdf")
    )

    assert not broken_rules(docx)
    assert not pdf_findings(pdf, title=letter.properties.title)


@pytest.mark.parametrize(
    ("office", "code"), [("kabupaten", "PM.00.02"), ("provinsi", "PM.00.01"), ("aceh", "PM.00.02")]
)
def test_filing_code_follows_the_level_of_the_office(workspaces, office, code):
    for letter in make(workspaces, office, "imbauan/masa-tenang"):
        assert f"/{code}/" in letter.text


def test_letter_for_an_oath_without_a_date_in_the_calendar_names_no_day(workspaces):
    made = make(workspaces, "kabupaten", "imbauan/pengucapan-sumpah")
    undated = [letter.body for letter in made if letter.occasion.stage == "sumpah-dprd"]
    assert undated
    assert [body for body in undated if "pada tanggal" in body.split("\n")[0]] == []
    assert all("pada tanggal 20 Oktober 2024" in one.body for one in made if one.occasion.stage == "sumpah-presiden")


@pytest.mark.parametrize(("office", "name"), cases(("kabupaten",)))
def test_days_of_a_stage_are_not_said_to_be_those_of_the_election(workspaces, office, name):
    """*Tahapan … dalam Pemilu yang berlangsung pada …* would say when the election was held."""
    for letter in make(workspaces, office, name):
        assert not re.search(
            r" dalam Pemilihan [^()]*\(selanjutnya disebut \w+\) yang (berlangsung|dimulai)", letter.body
        )


@pytest.mark.parametrize(("office", "name"), cases(("kabupaten",)))
def test_pemilihan_and_pemilu_are_introduced_before_they_stand_alone(workspaces, office, name):
    for letter in make(workspaces, office, name):
        opening = letter.body.split("\n")[0]
        alone = re.search(
            r"(pelanggaran|dalam|peserta|pengawas) (Pemilihan|Pemilu)(?! (Umum|Gubernur|Bupati|Wali|Tahun))\b",
            letter.body,
        )
        if alone and name.startswith(("imbauan/", "undangan/netralitas")):
            assert "(Pemilu)" in opening or "selanjutnya disebut" in opening, (letter.occasion, letter.group, alone[0])
