"""Which legal bases a letter of a phase cites to whom, on its day."""

from datetime import date, timedelta

import pytest

from letters.errors import LawError, Problem, Severity
from letters.law import Calendar, LawBook, LetterContext, lint_references, parse_alternatives, parse_reference
from letters.messages import problem_text

BOOK = LawBook.load()
CALENDAR = Calendar.load()
PEMILU, PEMILIHAN = CALENDAR.election("pemilu-2024"), CALENDAR.election("pemilihan-2024")
OUTSIDE = CALENDAR.election("nontahapan")
OLD_ASN, ASN = "uu-5-2014:2f,9(2)", "uu-20-2023:2f,9(2),24(1)d"
ANNEX = 'skb-2022:"Lampiran II"'

# The matrix as it was laid down, read here a second time from the reference on law and stages: row × column → bases
# (A, D, D5-6, D7, S, P, N, T, L, V, V0 as there). TNI and Polri, and village heads and wards, are columns of their own.
A, D, D56, D7, S = {ASN}, {"pp-94-2021:5n,13g,14i"}, {"pp-94-2021:5n5,5n6"}, {"pp-94-2021:5n7"}, {ANNEX}
P, N, T, L = {"pp-49-2018:51,52,53"}, {"se-menpan-1-2023"}, {"uu-34-2004:39.2"}, {"uu-2-2002:28(1)"}
V_HEAD, V_STAFF = {"uu-6-2014:29j,30"}, {"uu-6-2014:51j,52"}
V0_HEAD, V0_STAFF, V0_COUNCIL = {"uu-6-2014:29b,29g"}, {"uu-6-2014:51b,51g"}, {"uu-6-2014:64h"}


def u7(articles: str) -> set[str]:
    return {f"uu-7-2017:{articles}"}


def u10(articles: str) -> set[str]:
    return {f"uu-10-2016:{articles}"}


U188 = {"uu-1-2015:188"}
E = {"pp-42-2004:11c,15"}
DAY_2024 = date(2024, 1, 5)
PEMILU_ROWS = {
    "pencalonan-dpd": (A | D7 | S, A | S, N, T, L, V0_HEAD, V0_STAFF, V0_COUNCIL, set(), u7("283")),
    "pencalonan-legislatif": (
        A | D56 | S | u7("283"),
        A | S | u7("283"),
        N,
        T,
        L,
        V0_HEAD,
        V0_STAFF,
        V0_COUNCIL,
        {"pp-45-2005:22"},
        u7("283"),
    ),
    "jeda-pra-kampanye": (
        A | D56 | S | E | u7("283"),
        A | S | u7("283"),
        N,
        T,
        L,
        V0_HEAD,
        V0_STAFF,
        V0_COUNCIL,
        set(),
        u7("283"),
    ),
    "kampanye": (
        A | D | S | u7("280(2),280(3),283,494"),
        A | S | P | u7("280(2),280(3),283,494"),
        N,
        T | u7("280(3),306(2),494"),
        L | u7("280(3),306(2),494"),
        V_HEAD | u7("280(3),282,490,494"),
        V_STAFF | u7("280(3),494"),
        u7("280(3),494"),
        u7("280(3),522"),
        u7("281,282,304,547"),
    ),
    "masa-tenang": (
        A | D56 | S | u7("283"),
        A | S | u7("283"),
        N,
        T,
        L,
        V0_HEAD,
        V0_STAFF,
        V0_COUNCIL,
        set(),
        u7("283"),
    ),
    "pemungutan": (
        A | D56 | u7("283"),
        A | u7("283"),
        N,
        T,
        {"uu-2-2002:28(1),28(2)"},
        V0_HEAD,
        V0_STAFF,
        V0_COUNCIL,
        set(),
        u7("283"),
    ),
    "rekapitulasi": (A | D56 | u7("283"), A | u7("283"), N, T, L, V0_HEAD, V0_STAFF, V0_COUNCIL, set(), u7("283")),
}
PEMILIHAN_ROWS = {
    "larangan-mutasi": (
        A | D56 | S,
        A | S,
        N,
        T,
        L,
        V0_HEAD,
        V0_STAFF,
        V0_COUNCIL,
        set(),
        u10("71(2),71(3),71(4),71(5)") | {"uu-1-2015:190"},
    ),
    "perseorangan": (A | D7 | S, A | S, N, T, L, V0_HEAD, V0_STAFF, V0_COUNCIL, set(), set()),
    "data-pemilih": (A, A, N, T, L, V0_HEAD, V0_STAFF, V0_COUNCIL, set(), set()),
    "pencalonan": (
        A | D56 | S | u10("7(2)t"),
        {"uu-20-2023:2f,9(2),24(1)d,59(3)"} | S,
        N,
        T | u10("7(2)t"),
        L | u10("7(2)t"),
        V0_HEAD | u10("7(2)t"),
        V0_STAFF,
        V0_COUNCIL,
        u10("7(2)u"),
        u10("71(3)"),
    ),
    "jeda-pra-kampanye": (
        A | D56 | S,
        A | S,
        N,
        T | u10("71(1)"),
        L | u10("71(1)"),
        u10("71(1)") | U188,
        V0_STAFF,
        V0_COUNCIL,
        set(),
        u10("71(1),71(3)") | U188,
    ),
    "kampanye": (
        A | D | S,
        A | S | P,
        N,
        T | u10("71(1)"),
        L | u10("71(1)"),
        V_HEAD | u10("71(1)") | U188,
        V_STAFF,
        V0_COUNCIL,
        set(),
        u10("70(2),70(3),71(1),71(3)") | U188,
    ),
    "masa-tenang": (
        A | D56 | S,
        A | S,
        N,
        T | u10("71(1)"),
        L | u10("71(1)"),
        V0_HEAD | u10("71(1)"),
        V0_STAFF,
        V0_COUNCIL,
        set(),
        u10("71(1),71(3)"),
    ),
    "pemungutan": (
        A | D56,
        A,
        N,
        T | u10("71(1)"),
        {"uu-2-2002:28(1),28(2)"} | u10("71(1)"),
        V0_HEAD | u10("71(1)"),
        V0_STAFF,
        V0_COUNCIL,
        set(),
        u10("71(1),71(3)"),
    ),
    "pelantikan": (A, A, N, T, L, V0_HEAD, V0_STAFF, V0_COUNCIL, set(), u10("162(3)") | {"uu-1-2015:190"}),
}
COLUMNS = ("pns", "pppk", "non_asn", "tni", "polri", "kepala_desa", "perangkat_desa", "bpd", "bumd", "bupati_walikota")
CELLS = [
    *(
        (PEMILU, stage, column, cell)
        for stage, row in PEMILU_ROWS.items()
        for column, cell in zip(COLUMNS, row, strict=True)
    ),
    *(
        (PEMILIHAN, stage, column, cell)
        for stage, row in PEMILIHAN_ROWS.items()
        for column, cell in zip(COLUMNS, row, strict=True)
    ),
]


@pytest.mark.parametrize(
    ("election", "stage", "group", "expected"), CELLS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_cell_of_the_matrix_says_what_was_laid_down(election, stage, group, expected):
    bases = BOOK.bases_for(election, stage, group, DAY_2024)
    assert set(bases.direct) == expected
    assert bases.none == (not expected)


@pytest.mark.parametrize(
    ("stage", "group", "day", "expected"),
    [
        ("kampanye", "pengadilan", DAY_2024, u7("280(2)a,280(2)b,280(2)c,280(3),522")),
        ("data-pemilih", "disdukcapil", DAY_2024, A | u7("219(1)") | {"pkpu-7-2022"}),
        ("data-pemilih", "kpu", DAY_2024, u7("219(1)") | {"pkpu-7-2022"}),
        ("pencalonan-legislatif", "kpu", DAY_2024, {"pkpu-10-2023"}),
        ("pencalonan-presiden", "kpu", DAY_2024, {"pkpu-19-2023"}),
    ],
)
def test_cell_of_those_beside_the_matrix_says_what_was_laid_down(stage, group, day, expected):
    bases = BOOK.bases_for(PEMILU, stage, group, day)
    assert set(bases.direct) == expected
    found = lint_references(BOOK, bases.direct, LetterContext(day, PEMILU, stage=stage, groups=(group,)))
    assert [one.code for one in found if one.code != "law.title-not-verified"] == []


@pytest.mark.parametrize("group", sorted(BOOK.groups))
def test_candidates_for_the_presidency_bring_no_other_law_than_those_for_parliament(group):
    rules = {"pkpu-10-2023", "pkpu-19-2023"}
    parliament, presidency = (
        set(BOOK.bases_for(PEMILU, stage, group, DAY_2024).direct) - rules
        for stage in ("pencalonan-legislatif", "pencalonan-presiden")
    )
    assert parliament == presidency


def test_every_row_says_something_for_every_column():
    for row in BOOK.matrix.rows.values():
        assert set(row.cells) == set(BOOK.matrix.columns), row.id


def test_every_stage_of_every_election_has_a_row():
    for election in CALENDAR.elections:
        for stage in election.stages:
            assert BOOK.matrix.row_for(election, stage.id).regime == election.regime
        assert BOOK.matrix.row_for(election, "").default


def test_every_reference_of_the_matrix_is_known_to_the_book():
    entries = [entry for row in BOOK.matrix.rows.values() for entry in BOOK.matrix.entries(row, BOOK.matrix.columns)]
    references = {basis.ref for basis, _ in entries}
    references |= {ref for levels in BOOK.matrix.authority.values() for refs in levels.values() for ref in refs}
    for text in references:
        for reference in parse_alternatives(text):
            day = BOOK.law(reference.law).earliest
            found = [p.code for p in BOOK.check(text, day) if p.severity is not Severity.HINT]
            assert found in ([], ["law.title-not-verified"]), text
    assert len(references) > 60


# -- the day


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2023, 10, 30), OLD_ASN), (date(2023, 10, 31), ASN), (date(2024, 1, 1), ASN)]
)
def test_civil_service_law_is_that_of_the_day(day, expected):
    [law] = [
        ref
        for ref in BOOK.bases_for(PEMILU, "pencalonan-legislatif", "pns", day).direct
        if "5-2014" in ref or "20-" in ref
    ]
    assert law == expected


def test_joint_decision_and_what_leans_on_it_are_left_out_before_it_was_made():
    before = BOOK.bases_for(PEMILU, "jeda-pra-kampanye", "pns", date(2022, 9, 21)).listed
    after = BOOK.bases_for(PEMILU, "jeda-pra-kampanye", "pns", date(2022, 9, 22)).listed
    assert not [ref for ref in before if ref.startswith(("skb", "pp-42"))]
    assert len([ref for ref in after if ref.startswith(("skb", "pp-42"))]) == 2


@pytest.mark.parametrize(("day", "threatened"), [(date(2024, 11, 13), False), (date(2024, 11, 14), True)])
@pytest.mark.parametrize("group", ["dandim", "kapolsek"])
def test_soldiers_and_police_are_threatened_only_since_the_ruling(group, day, threatened):
    assert ("uu-1-2015:188" in BOOK.bases_for(PEMILIHAN, "kampanye", group, day).direct) == threatened


def test_group_without_any_law_in_force_has_no_basis():
    assert BOOK.bases_for(PEMILU, "pendaftaran-peserta", "non_asn", date(2022, 8, 1)).none


# -- groups


def test_camat_is_civil_servant_and_office_holder_and_answers_for_villages():
    bases = BOOK.bases_for(PEMILIHAN, "kampanye", "camat", date(2024, 9, 24))
    assert bases.direct == ("uu-1-2015:188", "uu-10-2016:71(1)", ASN, "pp-94-2021:5n,13g,14i", ANNEX)
    assert bases.staff == ("uu-6-2014:29j,30,51j,52", "pp-49-2018:51,52,53", "se-menpan-1-2023")
    assert bases.indirect == ("uu-10-2016:70(1)b,70(1)c",)
    assert not any("70(1)" in ref for ref in bases.listed)


def test_lurah_is_a_civil_servant_and_not_bound_by_the_village_law():
    for election in (PEMILU, PEMILIHAN):
        bases = BOOK.bases_for(election, "kampanye", "lurah", date(2024, 2, 1))
        assert not any(ref.startswith("uu-6-2014") for ref in bases.listed)
        assert ASN in bases.direct


def test_village_council_is_asked_and_not_threatened_in_a_pilkada():
    bases = BOOK.bases_for(PEMILIHAN, "kampanye", "bpd", date(2024, 9, 24))
    assert bases.direct == ("uu-6-2014:64h",)
    assert not bases.binds
    assert BOOK.bases_for(PEMILU, "kampanye", "bpd", date(2023, 12, 1)).binds


@pytest.mark.parametrize("group", ["bumd", "kpu", "dprd", "rumah_ibadah"])
def test_without_direct_basis_the_letter_only_asks(group):
    bases = BOOK.bases_for(PEMILIHAN, "masa-tenang", group, date(2024, 11, 20), "kabupaten")
    assert bases.none
    assert not bases.binds
    assert bases.listed == ("uu-10-2016:30",)


def test_office_without_power_of_its_own_lists_the_bases_alone():
    assert BOOK.authority_for("pemda", "pemilihan") == ()
    bases = BOOK.bases_for(PEMILIHAN, "kampanye", "lurah", date(2024, 9, 24), "pemda")
    assert bases.authority == ()
    assert bases.listed[0] == "uu-1-2015:188"


# -- order


def test_power_of_the_sender_comes_first_then_the_laws_by_rank_year_and_number():
    bases = BOOK.bases_for(PEMILU, "kampanye", "camat", date(2024, 1, 5), "kabupaten")
    assert bases.listed == (
        "uu-7-2017:101a,101d,102(1),280(2),280(3),282,283,490,494",
        "uu-6-2014:29j,30,51j,52",
        ASN,
        "pp-49-2018:51,52,53",
        "pp-94-2021:5n,13g,14i",
        ANNEX,
        "se-menpan-1-2023",
    )
    assert bases.authority == ("uu-7-2017:101a,101d,102(1)",)


def test_references_are_put_in_the_order_of_the_hierarchy():
    given = (
        "se-menpan-1-2023",
        "skb-2022",
        "mk-136-2024",
        "perbawaslu-5-2022",
        "pkpu-3-2022",
        "perpres-116-2022",
        "pp-94-2021:5n",
        "pp-42-2004",
        "uu-20-2023:2f",
        "uu-34-2004",
        "uu-6-2014",
        "uu-5-2014",
        "perppu-1-2022",
        "tap-mpr-vii-2000",
        "uud-1945",
        "uu-20-2023:24(1)d",
    )
    assert BOOK.in_order(given, date(2023, 11, 1)) == (
        "uud-1945",
        "tap-mpr-vii-2000",
        "uu-34-2004",
        "uu-5-2014",
        "uu-6-2014",
        "perppu-1-2022",
        "uu-20-2023:2f,24(1)d",
        "pp-42-2004",
        "pp-94-2021:5n",
        "perpres-116-2022",
        "pkpu-3-2022",
        "perbawaslu-5-2022",
        "skb-2022",
        "mk-136-2024",
        "se-menpan-1-2023",
    )


def test_every_listed_law_stands_once_and_can_be_cited():
    for stage in ("kampanye", "masa-tenang"):
        for group in BOOK.groups:
            listed = BOOK.bases_for(PEMILIHAN, stage, group, date(2024, 11, 20), "kota").listed
            laws = [parse_reference(ref).law for ref in listed]
            assert len(laws) == len(set(laws))
            assert all(BOOK.cite(ref, date(2024, 11, 20)).text for ref in listed)


# -- lint


def day_unknown(problem: Problem) -> bool:
    """A hint: the law stood that year, and nobody knows since when."""
    return problem.code == "law.not-yet-in-force" and problem.severity is Severity.HINT


def test_automatic_bases_pass_the_lint_for_every_group_and_row():
    """A stage of every row; one level and day for each in turn, so that all occur without all being crossed."""
    levels = ("kabupaten", "provinsi", "kecamatan", "ri", "pemda", "kota")
    checked = 0
    for election in CALENDAR.elections:
        rows = {BOOK.matrix.row_for(election, stage.id).id: stage for stage in election.stages}
        for stage in rows.values():
            for group in BOOK.groups:
                first = stage.start or stage.end or date(2026, 11, 21)
                day = first - timedelta(days=7 * (checked % 2))
                level = levels[checked % len(levels)]
                bases = BOOK.bases_for(election, stage.id, group, day, level)
                context = LetterContext(day, election, stage=stage.id, groups=(group,), level=level)
                problems = [one for one in lint_references(BOOK, bases.listed, context) if not day_unknown(one)]
                assert problems == [], (election.id, stage.id, group, day, [str(problem) for problem in problems])
                checked += 1
    assert checked > 1000


# -- refusals


def test_unknown_group_and_stage_are_said_with_near_names():
    with pytest.raises(LawError) as caught:
        BOOK.bases_for(PEMILIHAN, "kampanye", "camatt", DAY_2024)
    assert "camat" in problem_text(caught.value.problems[0], "en")
    with pytest.raises(LawError) as caught:
        BOOK.bases_for(PEMILIHAN, "kampanya", "camat", DAY_2024)
    assert [problem.code for problem in caught.value.problems] == ["law.no-row"]
    assert caught.value.problems[0].severity is Severity.ERROR


def test_office_adds_a_code_a_row_a_group_and_its_own_regulation(tmp_path):
    path = tmp_path / "hukum.toml"
    path.write_text(
        """
        [[laws]]
        id = "perbup-7-2024"
        kind = "perkada"
        title = "Peraturan Bupati Jombang Nomor 7 Tahun 2024 tentang Disiplin PPPK"
        number = "7"
        year = 2024
        in_force = 2024-02-01

        [[groups]]
        id = "guru"
        name = "Guru"
        columns = ["pppk"]

        [codes]
        P = ["pp-49-2018:51", "perbup-7-2024"]

        [[matrix]]
        id = "pemilihan-kampanye"
        [matrix.cells]
        bumn_bumd = ["S"]
        """,
        encoding="utf-8",
    )
    book = LawBook.load(path)
    day = date(2024, 9, 24)
    assert book.bases_for(PEMILIHAN, "kampanye", "guru", day).direct == (ASN, "pp-49-2018:51", "perbup-7-2024", ANNEX)
    assert book.bases_for(PEMILIHAN, "kampanye", "guru", date(2024, 1, 31)).direct == (ASN, "pp-49-2018:51", ANNEX)
    assert book.bases_for(PEMILIHAN, "kampanye", "bumd", day).direct == (ANNEX,)
    assert (
        book.bases_for(PEMILIHAN, "kampanye", "camat", day).direct
        == BOOK.bases_for(PEMILIHAN, "kampanye", "camat", day).direct
    )
    assert [(change.entry, change.key) for change in book.changes()] == [
        ("laws/perbup-7-2024", ""),
        ("groups/guru", ""),
        ("codes", "P"),
        ("matrix/pemilihan-kampanye/cells", "bumn_bumd"),
    ]


def test_new_stage_of_an_office_names_its_row(tmp_path):
    path = tmp_path / "tahapan.toml"
    path.write_text(
        """
        [[elections]]
        id = "pemilihan-2024"
          [[elections.stages]]
          id = "debat"
          name = "Debat"
          row = "pemilihan-kampanye"
        """,
        encoding="utf-8",
    )
    election = Calendar.load(path).election("pemilihan-2024")
    day = date(2024, 10, 1)
    assert BOOK.bases_for(election, "debat", "camat", day) == BOOK.bases_for(PEMILIHAN, "kampanye", "camat", day)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[codes]\nX = ["uu-20-2023:"]', "law.bad-reference"),
        ('[codes]\nX = ["uu-99-2099:1"]', "law.unknown-law"),
        ('[[matrix]]\nid = "x"\nname = "X"\nregime = "pemilu"\ncells = { pns = ["Q q"] }', "law.bad-reference"),
        ('[[matrix]]\nid = "x"\nname = "X"\nregime = "pemilu"\ncells = { guru = [] }', "law.unknown-name"),
        ('[[groups]]\nid = "x"\nname = "X"\ncolumns = ["guru"]', "law.unknown-name"),
        ('[[groups]]\nid = "x"\nname = "X"\naudience = ["guru"]', "law.unknown-name"),
        ('[authority.pemilu]\nkabupaten = ["uu-99-2099"]', "law.unknown-law"),
        ("[authority.pemilu]\nkampung = []", "law.wrong-choice"),
    ],
)
def test_matrix_of_an_office_that_cannot_be_used_is_refused(tmp_path, text, code):
    path = tmp_path / "hukum.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawError) as caught:
        LawBook.load(path)
    assert code in [problem.code for problem in caught.value.problems]


def test_outside_the_stages_voter_data_and_party_membership_are_the_matter():
    assert BOOK.bases_for(OUTSIDE, "pdpb", "kpu", date(2026, 11, 21), "kabupaten").listed == (
        "uu-7-2017:101a,102(1)",
        "pkpu-1-2025",
    )
    pns = BOOK.bases_for(OUTSIDE, "kenetralan-umum", "pns", date(2026, 11, 21)).direct
    assert pns == ("uu-20-2023:2f,9(2),24(1)d,52(3)j", "pp-11-2017:255")
