"""What the law lint finds in references and in the words of a letter, and what it leaves alone."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import Problem, Severity
from letters.law import Calendar, LawBook, LetterContext, lint_names, lint_references, lint_text
from letters.messages import problem_text

CASES = tomllib.loads((Path(__file__).parent / "citation_cases.toml").read_text(encoding="utf-8"))["citation_cases"]
BOOK = LawBook.load()
CALENDAR = Calendar.load()
PEMILU, PEMILIHAN = CALENDAR.election("pemilu-2024"), CALENDAR.election("pemilihan-2024")
DAY = date(2024, 9, 24)
VERDICTS = {
    "valid": set(),
    "revoked": {"law.revoked", "law.partly-revoked"},
    "imprecise": {"law.weak-basis", "law.wrong-audience"},
    "weak": {"law.weak-basis"},
    "typo": {"law.number-typo"},
    "wrong_regime": {"law.wrong-regime"},
    "wrong_source": {"law.wrong-source"},
    "no_citation": {"law.no-citation"},
}


def in_text(text: str, on: date = DAY, **known) -> list[Problem]:
    return lint_text(BOOK, text, LetterContext(on, **known))


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def text_codes(text: str, on: date = DAY, **known) -> list[str]:
    return codes(in_text(text, on, **known))


def ref_codes(references: list[str], on: date = DAY, **known) -> list[str]:
    return codes(lint_references(BOOK, references, LetterContext(on, **known)))


# -- the cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_citations_of_real_letters_get_exactly_their_verdict(case):
    day = case.get("document_date") or case["day"]
    assert case.get("period_start", day) <= day <= case.get("period_end", day)
    context = LetterContext(day, regime=case["regime"], groups=tuple(case["groups"]))
    found = codes(lint_text(BOOK, case["text"], context))
    assert sorted(found) == sorted(case["codes"])
    wanted = VERDICTS[case["verdict"]]
    assert bool(wanted & set(found)) == bool(wanted)


def test_every_verdict_has_a_case():
    assert {case["verdict"] for case in CASES} == set(VERDICTS)
    assert len(CASES) == 16


# -- the day


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("UU 5/2014", date(2023, 10, 30), []),
        ("UU 5/2014", date(2023, 10, 31), ["law.revoked"]),
        ("UU 20/2023", date(2023, 10, 30), ["law.not-yet-in-force"]),
        ("UU 20/2023", date(2023, 10, 31), []),
        ("PP 53/2010", date(2021, 8, 30), []),
        ("PP 53/2010", date(2021, 8, 31), ["law.partly-revoked"]),
        ("Pasal 7 ayat (3) PP 53/2010", DAY, ["law.partly-revoked"]),
        ("Pasal 7 ayat (3) PP 53/2010 jo. PP 94/2021", DAY, []),
        ("PP 53/2010 Pasal 4 angka 12 dan PP 94/2021", DAY, ["law.partly-revoked"]),
        ("Perbawaslu 21/2018", date(2022, 10, 11), ["law.revoked"]),
        ("Perppu Nomor 1 Tahun 2022", date(2023, 6, 1), ["law.absorbed"]),
        ("Undang-Undang Nomor 1 Tahun 2023 tentang KUHP", date(2025, 12, 31), ["law.not-yet-in-force"]),
    ],
)
def test_law_of_another_day_is_an_error_in_text(text, day, expected):
    assert text_codes(text, day) == expected
    assert all(problem.severity is Severity.ERROR for problem in in_text(text, day))


@pytest.mark.parametrize(
    ("text", "day", "severity", "words"),
    [
        ("Perbawaslu 12/2024", date(2023, 12, 31), Severity.ERROR, "not before 2024"),
        ("Perbawaslu 12/2024", date(2024, 2, 1), Severity.HINT, "which day of 2024"),
        ("Perbawaslu 12/2024", date(2024, 12, 31), Severity.HINT, "which day of 2024"),
        ("PKPU 13/2024", date(2024, 9, 23), Severity.HINT, "which day of 2024"),
    ],
)
def test_law_whose_first_day_is_not_known_is_told_by_its_year(text, day, severity, words):
    [problem] = in_text(text, day)
    assert (problem.code, problem.severity) == ("law.not-yet-in-force", severity)
    assert words in problem_text(problem, "en")
    assert "Januari" not in problem_text(problem, "id")


@pytest.mark.parametrize(
    ("text", "day"), [("Perbawaslu 12/2024", date(2025, 1, 1)), ("PKPU 13/2024", date(2024, 9, 24))]
)
def test_law_whose_first_day_is_not_known_is_right_once_it_must_stand(text, day):
    assert text_codes(text, day) == []


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        (["uu-5-2014:2f"], ["law.revoked"]),
        (["uu-5-2014:2f | uu-20-2023:2f"], []),
        (["pp-53-2010:7(3)"], ["law.partly-revoked"]),
        (["pp-53-2010:7(3)", "pp-94-2021"], []),
        (["uu-20-2023:99"], ["law.unknown-article"]),
        (["uu-20-2014"], ["law.unknown-law"]),
        (["UU 5"], ["law.bad-reference"]),
        (["pkpu-2-2024"], ["law.title-not-verified"]),
        (["uu-34-2004:39(2)"], ["law.ayat-for-angka"]),
        (["pp-37-2004"], ["law.weak-basis"]),
        (["pp-42-2004:11c"], ["law.weak-basis"]),
        (["pp-42-2004:11c", "skb-2022"], []),
    ],
)
def test_references_are_linted_alike(references, expected):
    assert ref_codes(references) == expected


def test_problem_of_a_reference_says_which():
    [problem] = lint_references(BOOK, ["uu-20-2023:2f", "uu-5-2014:2f"], LetterContext(DAY))
    assert problem.params["written"] == "uu-5-2014:2f"


# -- amendments


CHAIN = "Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum"


def test_law_without_its_amendment_is_a_warning_with_the_full_name():
    [problem] = in_text(f"Berdasarkan {CHAIN}, diminta", date(2024, 1, 5))
    assert (problem.code, problem.severity) == ("law.missing-amendment", Severity.WARNING)
    assert BOOK.formal_name("uu-7-2017", date(2024, 1, 5)) in problem_text(problem, "en")


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        (CHAIN, date(2022, 12, 11), []),
        (f"{CHAIN} sebagaimana telah diubah dengan UU Nomor 7 Tahun 2023", date(2023, 5, 4), []),
        (
            f"{CHAIN} sebagaimana telah diubah dengan UU Nomor 7 Tahun 2023",
            date(2023, 5, 3),
            ["law.not-yet-in-force", "law.missing-amendment"],
        ),
        (f"{CHAIN} sebagaimana telah diubah dengan Perppu Nomor 1 Tahun 2022", date(2023, 5, 3), []),
        (
            f"{CHAIN} sebagaimana telah diubah dengan Perppu Nomor 1 Tahun 2022",
            date(2023, 5, 4),
            ["law.missing-amendment"],
        ),
        ("UU 7/2017 jo. UU 7/2023", date(2024, 1, 5), []),
        ("UU 7/2017 diubah oleh UU 7/2023", date(2024, 1, 5), []),
        ("UU 7/2017 sebagaimana diubah UU 7/2023", date(2024, 1, 5), []),
        ("UU 7/2017 jo. Perpu 1/2022 yang ditetapkan menjadi UU 7/2023", date(2024, 1, 5), []),
        ("UU 6/2014", date(2024, 4, 24), []),
        ("UU 6/2014", date(2024, 4, 25), ["law.missing-amendment"]),
        ("UU 34/2004", date(2025, 3, 26), ["law.missing-amendment"]),
        ("UU 10/2016", DAY, []),
        ("UU 2/2002", DAY, []),
        ("PKPU 8/2024", date(2024, 8, 25), ["law.missing-amendment"]),
    ],
)
def test_chain_of_amendments_is_that_of_the_day(text, day, expected):
    assert text_codes(f"Dasar: {text}.", day) == expected


def test_chain_is_asked_for_once_in_a_letter():
    full = BOOK.formal_name("uu-6-2014", DAY)
    assert text_codes(f"1. Pasal 29 huruf j {full};\n2. Pasal 30 UU Desa.", DAY) == []
    assert text_codes("1. Pasal 29 huruf j UU 6/2014;\n2. Pasal 30 UU Desa.", DAY) == ["law.missing-amendment"]


# -- regime


def test_penal_articles_of_the_other_election_are_errors_and_other_articles_warnings():
    found = in_text("Pasal 490 dan Pasal 283 UU 7/2017", DAY, regime="pemilihan")
    assert ("law.wrong-regime", Severity.ERROR) in [(one.code, one.severity) for one in found]
    found = lint_references(BOOK, ["uu-7-2017:283"], LetterContext(DAY, PEMILIHAN))
    assert [(one.code, one.severity) for one in found] == [("law.wrong-regime", Severity.WARNING)]
    [problem] = lint_references(BOOK, ["uu-1-2015:188"], LetterContext(date(2024, 1, 5), PEMILU))
    assert problem.severity is Severity.ERROR
    assert "uu-7-2017" in problem_text(problem, "en")


def test_law_that_sets_up_the_sender_may_be_named_in_a_pilkada_letter():
    assert ref_codes(["uu-7-2017:101a,102(1)", "uu-10-2016:30"], election=PEMILIHAN, level="kabupaten") == []
    [problem] = lint_references(BOOK, ["uu-7-2017"], LetterContext(DAY, PEMILIHAN))
    assert (problem.code, problem.severity) == ("law.wrong-regime", Severity.HINT)


def test_letter_outside_the_stages_may_cite_either_law():
    assert ref_codes(["uu-7-2017:283", "uu-10-2016:71(1)"], election=CALENDAR.election("nontahapan")) == []


# -- audience and sender


@pytest.mark.parametrize(
    ("reference", "group", "expected"),
    [
        ("pp-94-2021:5n", "pppk", ["law.wrong-audience"]),
        ("pp-94-2021", "pppk", ["law.wrong-audience"]),
        ("pp-94-2021:5n", "camat", []),
        ("uu-6-2014:29j", "lurah", ["law.wrong-audience"]),
        ("uu-6-2014:29j", "kepala_desa", []),
        ("uu-6-2014:29j", "camat", ["law.wrong-audience"]),
        ("uu-10-2016:71(1)", "bpd", ["law.wrong-audience"]),
        ("uu-10-2016:71(1)", "perangkat_desa", ["law.wrong-audience"]),
        ("uu-10-2016:71(1)", "lurah", []),
        ("uu-10-2016:187A", "bpd", []),
        ("uu-10-2016:70(1)b", "camat", ["law.indirect"]),
        ("uu-10-2016:70(1)", "paslon", []),
        ("uu-20-2023:24(1)d", "danramil", ["law.wrong-audience"]),
        ("uu-20-2023:24(1)d", "bupati_walikota", []),
        ("uu-34-2004:39.2", "kapolsek", ["law.wrong-audience"]),
        ("se-menpan-1-2023", "kepala_desa", ["law.wrong-audience"]),
        ("uu-10-2016:30", "danramil", []),
        ("uu-20-2023:24(1)d", "grup-sendiri", []),
    ],
)
def test_article_must_bind_somebody_the_letter_goes_to(reference, group, expected):
    assert ref_codes([reference], election=PEMILIHAN, groups=(group,)) == expected


def test_what_binds_only_those_the_addressee_answers_for_is_told_with_what_binds_the_addressee():
    (found,) = lint_references(
        BOOK, ["uu-6-2014:29j"], LetterContext(DAY, PEMILIHAN, stage="kampanye", groups=("camat",))
    )
    assert (found.code, found.params["group"]) == ("law.wrong-audience", "Camat")
    assert "Pasal 71 ayat (1)" in found.params["better"]
    assert ref_codes(["uu-6-2014:29j", "uu-20-2023:2f"], groups=("camat",)) == []


def test_addressee_whom_nothing_binds_at_that_stage_may_be_told_what_binds_their_staff():
    assert ref_codes(["uu-20-2023:2f"], election=PEMILIHAN, groups=("bupati_walikota",)) == []


def test_article_for_others_is_told_with_what_binds_the_addressee():
    (found,) = lint_references(BOOK, ["uu-6-2014:29j"], LetterContext(DAY, groups=("kapolsek",)))
    assert found.params["better"] == "Pasal 28 ayat (1) Undang-Undang Nomor 2 Tahun 2002"


def test_mixed_letter_is_right_when_one_of_its_groups_is_bound():
    assert ref_codes(["uu-34-2004:39.2", "uu-2-2002:28(1)"], groups=("danramil", "kapolsek")) == []


@pytest.mark.parametrize(("day", "expected"), [(date(2024, 11, 13), ["law.wrong-audience"]), (date(2024, 11, 14), [])])
def test_soldiers_could_not_be_threatened_before_the_ruling(day, expected):
    assert ref_codes(["uu-1-2015:188"], day, groups=("dandim",)) == expected


@pytest.mark.parametrize(
    ("reference", "level", "expected"),
    [
        ("uu-10-2016:30", "kota", []),
        ("uu-10-2016:30", "provinsi", ["law.wrong-sender"]),
        ("uu-10-2016:30", "pemda", []),
        ("uu-10-2016:30", "", []),
        ("uu-1-2015:33", "kecamatan", []),
        ("uu-1-2015:33", "kabupaten", ["law.wrong-sender"]),
        ("uu-7-2017:93f", "kabupaten", []),
        ("uu-7-2017:102(1)", "kecamatan", ["law.wrong-sender"]),
    ],
)
def test_power_must_be_the_senders_own(reference, level, expected):
    assert ref_codes([reference], level=level) == expected


def test_better_power_is_proposed():
    [problem] = lint_references(BOOK, ["uu-10-2016:30"], LetterContext(DAY, PEMILIHAN, level="kecamatan"))
    assert "uu-1-2015:33" in problem_text(problem, "en")


# -- phase


@pytest.mark.parametrize(
    ("reference", "stage", "expected"),
    [
        ("uu-6-2014:29j", "pencalonan", ["law.wrong-phase"]),
        ("uu-6-2014:29j", "jeda-pra-kampanye", ["law.wrong-phase"]),
        ("uu-6-2014:29j", "kampanye", []),
        ("uu-6-2014:29j", "", []),
        ("uu-6-2014:29b", "pencalonan", []),
        ("pp-94-2021:5n", "pencalonan", []),
        ("pp-94-2021:5n1", "pencalonan", ["law.wrong-phase"]),
        ("pp-94-2021:5n5", "pencalonan", []),
        ("uu-10-2016:70", "pencalonan", ["law.wrong-phase"]),
        ("uu-10-2016:70(1)b", "pencalonan", ["law.wrong-phase"]),
        ("uu-10-2016:70(1)b,70(2)", "pencalonan", ["law.wrong-phase", "law.wrong-phase"]),
        ("uu-10-2016:71", "pencalonan", []),
    ],
)
def test_campaign_rule_before_the_campaign_is_a_hint(reference, stage, expected):
    found = lint_references(BOOK, [reference], LetterContext(DAY, PEMILIHAN, stage=stage, groups=("camat",)))
    found = [problem for problem in found if problem.code == "law.wrong-phase"]
    assert codes(found) == expected
    assert all(problem.severity is Severity.HINT for problem in found)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("uu-7-2017:280", ["law.wrong-phase"]),
        ("uu-7-2017:280(2)f", ["law.wrong-phase"]),
        ("uu-7-2017:280(2)", ["law.wrong-phase"]),
        ("uu-7-2017:283", []),
        ("uu-7-2017", []),
    ],
)
def test_place_around_or_in_a_campaign_rule_is_one_too(reference, expected):
    context = LetterContext(date(2023, 9, 1), PEMILU, stage="penetapan-dct", groups=("paslon",))
    found = codes(lint_references(BOOK, [reference], context))
    assert [code for code in found if code == "law.wrong-phase"] == expected


# -- weak, spent


def test_weak_basis_is_a_hint_and_never_called_revoked():
    for text in ("PP 42/2004 Pasal 11 huruf c", "PP 37/2004", "Perbawaslu 6/2018"):
        assert [(one.code, one.severity) for one in in_text(text)] == [("law.weak-basis", Severity.HINT)]


def test_weak_basis_beside_the_stronger_is_right():
    assert text_codes("PP 42/2004 Pasal 11 huruf c dan SKB Netralitas ASN 2022") == []
    assert text_codes("PP 42/2004 dan SKB 2022") == []
    assert text_codes("PP 37/2004 dan Pasal 255 PP 11/2017 sebagaimana telah diubah dengan PP 17/2020") == []


def test_weak_basis_is_the_only_one_before_the_stronger_was_made():
    assert text_codes("PP 37/2004 Pasal 2", date(2016, 1, 1)) == []


@pytest.mark.parametrize(
    ("reference", "election", "day", "expected"),
    [
        ("pkpu-3-2022", "pemilu-2024", date(2023, 1, 1), []),
        ("pkpu-3-2022", "pemilihan-2024", DAY, ["law.wrong-regime", "law.spent"]),
        ("pkpu-3-2022", "pemilu-nasional-2029", date(2027, 8, 1), ["law.spent"]),
        ("pkpu-3-2022", "", date(2023, 1, 1), []),
        ("pkpu-3-2022", "", date(2026, 11, 21), ["law.spent"]),
        ("skb-2020", "", date(2022, 9, 21), []),
        ("skb-2020", "pemilihan-2024", DAY, ["law.spent"]),
        ("se-mendagri-1575-2024", "pemilihan-2024", DAY, []),
        ("se-mendagri-1575-2024", "pemilihan-ulang-2025", date(2025, 7, 1), ["law.spent"]),
    ],
)
def test_rule_of_another_election_is_spent(reference, election, day, expected):
    context = LetterContext(day, CALENDAR.election(election) if election else None)
    assert codes(lint_references(BOOK, [reference], context)) == expected


# -- bodies


@pytest.mark.parametrize(
    "text",
    [
        "Tembusan:\n1. Ketua Komisi Aparatur Sipil Negara;\n2. Bupati.",
        "Tembusan:\n1. KASN",
        "Yth. Ketua KASN\ndi Jakarta",
        "pelanggaran dilaporkan kepada Komisi ASN",
        "kami teruskan kepada Ketua Komisi\nAparatur Sipil Negara",
        "Tembusan: Ketua KASN",
        "Tembusan: KASN",
        "Tembusan Yth. Ketua KASN",
        "Tembusan:\n\n1. Bupati;\n2. Ketua dan Anggota KASN;",
        "Tembusan:\n- Bawaslu Provinsi\n- Arsip dan KASN",
        "cc: BKN, KASN",
        "Kepada: Ketua KASN",
        "Kepada Yth. Bapak/Ibu Pimpinan KASN",
        "Tembusan: Bawaslu Provinsi, KASN, BKN",
        "1. Yth. Bapak Ketua KASN",
        "Dengan hormat.\nBapak Ketua KASN",
        "direkomendasikan ke KASN",
    ],
)
def test_letter_to_a_body_that_ended_is_an_error_from_that_day(text):
    assert "law.dead-body" in text_codes(text, date(2024, 8, 24))
    assert "law.dead-body" not in text_codes(text, date(2024, 8, 23))
    problem = next(one for one in in_text(text, DAY) if one.code == "law.dead-body")
    assert problem.severity is Severity.ERROR
    assert "Badan Kepegawaian Negara (BKN)" in problem_text(problem, "en")


@pytest.mark.parametrize(
    "text",
    [
        "Salinan disampaikan kepada Menteri PANRB, Kepala BKN, dan KASN.",
        "Pelanggaran diproses oleh KASN.",
        "Pelanggaran akan ditindaklanjuti bersama dengan BKN dan KASN.",
    ],
)
def test_dealing_with_a_body_that_ended_is_a_warning(text):
    [problem] = in_text(text, date(2024, 8, 24))
    assert (problem.code, problem.severity) == ("law.dead-body", Severity.WARNING)
    assert text_codes(text, date(2024, 8, 23)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pelanggaran yang semula ditangani oleh KASN kini ditangani oleh BKN.",
        "Laporan disampaikan kepada BKN sebagai pengganti KASN.",
        "Sejak KASN dibubarkan, laporan disampaikan ke BKN.",
        "Tembusan: Kepala BKN (pengganti KASN)",
        "Tugas dari KASN beralih kepada BKN.",
        "KASN dibubarkan dan tugasnya diteruskan BKN.",
        "Tembusan: Bupati.\n\nKasnadi dan kasnya tetap.",
    ],
)
def test_body_of_the_past_may_be_spoken_of(text):
    assert text_codes(text) == []


def test_body_in_the_name_of_a_decree_may_stand():
    name = BOOK.formal_name("skb-2022", DAY)
    assert text_codes(f"Dasar: {name}.") == []
    assert text_codes(f"Dasar: {name.replace(', ', ',' + chr(10))}.") == []
    assert (
        text_codes("SKB Menteri PANRB, Mendagri, Kepala BKN,\nKetua KASN, dan Ketua Bawaslu tentang Netralitas") == []
    )


def test_addressees_and_copies_are_checked_as_a_list():
    names = ["Bupati Jombang", "Ketua KASN", "Kepala BKN"]
    [problem] = lint_names(BOOK, names, LetterContext(DAY))
    assert problem.params["written"] == "KASN"
    assert lint_names(BOOK, names, LetterContext(date(2024, 8, 23))) == []


# -- numbers


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("UU 20 tahun 2014", "Undang-Undang Nomor 20 Tahun 2023"),
        ("PP 94 tahun 2001", "Peraturan Pemerintah Nomor 94 Tahun 2021"),
        ("PP 49 Tahun 2021", "Peraturan Pemerintah Nomor 94 Tahun 2021"),
        ("PP 42 tahun 2024", "Peraturan Pemerintah Nomor 42 Tahun 2004"),
        ("UU 43 Tahun 2004 tentang Tentara Nasional Indonesia", "Undang-Undang Nomor 34 Tahun 2004"),
        ("UU Nomor 12 Tahun 2016 tentang ASN", "Undang-Undang Nomor 20 Tahun 2023"),
        ("UU 20/2023 tentang Pemilihan Umum", "Undang-Undang Nomor 7 Tahun 2017"),
        ("PP 94/2021 tentang Manajemen Pegawai Negeri Sipil", "Peraturan Pemerintah Nomor 11 Tahun 2017"),
        ("PP 11/2017 tentang Disiplin PNS", "Peraturan Pemerintah Nomor 94 Tahun 2021"),
        ("PP 42/2004 tentang Disiplin PNS", "Peraturan Pemerintah Nomor 94 Tahun 2021"),
        ("PP 30/2019 tentang Disiplin PNS", "Peraturan Pemerintah Nomor 94 Tahun 2021"),
    ],
)
def test_number_that_must_be_a_slip_is_an_error_with_the_law_that_was_meant(text, better):
    problem = next(one for one in in_text(f"sesuai {text}.") if one.code == "law.number-typo")
    assert problem.severity is Severity.ERROR
    assert better in problem_text(problem, "en")


@pytest.mark.parametrize(
    "text",
    [
        "UU Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
        "UU 23/2014",
        "UU Nomor 20 Tahun 2014 tentang Standardisasi dan Penilaian Kesesuaian",
        "UU Nomor 1 Tahun 2024",
        "UU Nomor 30 Tahun 2014",
        "Peraturan Pemerintah Nomor 12 Tahun 2017",
        "UU 20/2023 tentang ASN",
        "PP 94/2021 tentang Disiplin PNS",
        "PP 94/2021 tentang Disiplin Pegawai",
        "PP 94/2021 tentang Disiplin Pegawai Negri Sipil",
        "PP 30/2019 tentang Penilaian Kinerja PNS",
        "PP 17/2020 tentang Manajemen PNS",
        "UU 1/2015 tentang Pemilihan Gubernur, Bupati, dan Walikota sebagaimana telah diubah terakhir dengan UU 6/2020",
        "Perbawaslu Nomor 13 Tahun 2020",
    ],
)
def test_number_of_another_law_is_left_alone(text):
    assert text_codes(f"sesuai {text}.") == []


def test_low_number_that_may_be_another_laws_is_only_a_warning():
    for text in ("UU Nomor 5 Tahun 2023", "UU Nomor 7 Tahun 2027"):
        [problem] = in_text(text)
        assert (problem.code, problem.severity) == ("law.number-typo", Severity.WARNING)


def test_law_nobody_knows_is_only_a_hint():
    [problem] = in_text("Undang-Undang Nomor 77 Tahun 1999 tentang Perlayaran Antariksa.")
    assert (problem.code, problem.severity) == ("law.unknown-citation", Severity.HINT)


def test_constitution_is_no_law():
    found = in_text("UUD Nomor 20 Tahun 2023 tentang ASN")
    assert [(one.code, one.severity) for one in found] == [("law.number-typo", Severity.WARNING)]


@pytest.mark.parametrize(
    ("text", "day", "severity", "better"),
    [
        ("UU No. 43 Tahun 1999 tentang Pokok-Pokok Kepegawaian", DAY, Severity.ERROR, "uu-20-2023"),
        ("UU 8/1974", DAY, Severity.ERROR, "uu-20-2023"),
        ("UU 8/1974", date(2014, 1, 15), Severity.ERROR, "uu-5-2014"),
        ("UU 32/2004 tentang Pemerintahan Daerah", DAY, Severity.ERROR, "uu-23-2014"),
        ("UU 32/2004", DAY, Severity.ERROR, "uu-23-2014"),
        ("Perbawaslu 28/2018", DAY, Severity.WARNING, "perbawaslu-11-2023"),
    ],
)
def test_law_known_by_number_alone_may_be_known_to_be_gone(text, day, severity, better):
    [problem] = in_text(f"sesuai {text}.", day)
    assert (problem.code, problem.severity) == ("law.revoked", severity)
    assert better in problem_text(problem, "en")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("UU 8/1974", date(2014, 1, 14)),
        ("Perbawaslu 28/2018", date(2023, 10, 24)),
        ("UU 20/2023 yang menggantikan UU 43/1999", DAY),
    ],
)
def test_law_known_by_number_alone_stood_once(text, day):
    assert text_codes(f"sesuai {text}.", day) == []


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("UU 35/2004 tentang Perkebunan Angkasa", "law.unknown-citation", Severity.HINT),
        ("Perbawaslu 22/2018", "law.number-typo", Severity.WARNING),
        ("PKPU 23/2024", "law.number-typo", Severity.WARNING),
    ],
)
def test_number_that_may_well_be_another_laws_is_no_error(text, code, severity):
    [problem] = in_text(f"sesuai {text}.")
    assert (problem.code, problem.severity) == (code, severity)


def test_paragraph_behind_the_law_is_told_like_one_before_it():
    assert text_codes("Pasal 39 UU 34/2004 ayat (2)") == text_codes("Pasal 39 ayat (2) UU 34/2004") != []


# -- words


@pytest.mark.parametrize(
    "text",
    [
        "pidana kurungan paling lama 1 tahun",
        "penjara paling singkat 1 bulan",
        "denda paling sedikit Rp600.000,00",
        "denda minimal Rp600.000,00",
        "penjara minimum 1 bulan",
        "penjara sekurang-kurangnya 1 bulan",
        "penjara satu sampai enam bulan",
        "penjara 1 (satu) bulan sampai dengan 6 (enam) bulan",
        "penjara 1-6 bulan",
    ],
)
def test_old_penalties_are_a_warning_from_2026_on(text):
    text = f"Pelanggar dipidana dengan {text}."
    assert set(text_codes(text, date(2026, 1, 2))) == {"law.penalty-figures"}
    assert text_codes(text, date(2026, 1, 1)) == []


def test_minimum_that_is_no_penalty_is_left_alone():
    for minimum in ("paling sedikit 10 orang", "minimal 10 orang", "selama 2 sampai 3 bulan"):
        assert text_codes(f"Rapat dihadiri {minimum}. Pidana tidak dibahas.", date(2026, 5, 1)) == []
    assert text_codes("Dipidana dengan penjara paling lama 6 bulan.", date(2026, 5, 1)) == []


def test_resignation_counts_from_being_fixed_under_the_new_law():
    text = "Sesuai UU 20/2023, pegawai ASN wajib mengundurkan diri sejak mendaftar sebagai calon."
    [problem] = in_text(text)
    assert (problem.code, problem.severity) == ("law.resignation", Severity.WARNING)
    for moment in (
        "ketika mendaftar",
        "sejak didaftarkan",
        "sejak yang bersangkutan mendaftarkan diri",
        "saat pendaftaran",
    ):
        assert text_codes(text.replace("sejak mendaftar", moment)) == ["law.resignation"]
    assert text_codes(text.replace("UU 20/2023", "UU 5/2014"), date(2023, 5, 1)) == []
    assert text_codes(text.replace("mendaftar sebagai", "ditetapkan sebagai")) == []
    assert text_codes("Sesuai UU 20/2023, pegawai netral. Meja pendaftaran dibuka sejak pendaftaran.") == []


@pytest.mark.parametrize(
    ("text", "regime", "expected"),
    [
        ("Peserta Pemilu diminta tertib.", "pemilihan", ["law.wrong-words"]),
        ("peserta\npemilu", "pemilihan", ["law.wrong-words"]),
        ("Peserta Pemilihan diminta tertib.", "pemilihan", []),
        ("Peserta Pemilu diminta tertib.", "pemilu", []),
        ("Tidak memihak pasangan calon.", "pemilu", ["law.wrong-words"]),
        ("Calon Presiden: tidak memihak pasangan calon.", "pemilu", []),
        ("tidak memihak kepada pasangan calon tertentu", "pemilu", []),
        ("Tidak memihak pasangan calon.", "pemilihan", []),
        ("Caleg diminta tertib.", "pemilihan", ["law.wrong-words"]),
        ("Ikrar pada Pilkada", "pemilu", ["law.wrong-words"]),
        ("Ikrar pada Pemilu dan Pemilihan, juga Pilkada", "pemilu", []),
        ("Peserta Pemilu, Pilkada", "", []),
        ("Pasangan calon yang menjadi peserta Pemilu.", "pemilihan", []),
        ("Kepada peserta Pemilu. Pasangan calon yang menjadi peserta pemilu.", "pemilihan", ["law.wrong-words"]),
        ("pemilihan umum dan/atau pemilihan kepala daerah", "pemilu", []),
        ("pemilihan umum dan/atau pemilihan kepala daerah. Pada Pilkada ini", "pemilu", ["law.wrong-words"]),
        ("SKB tentang Netralitas dalam Pemilihan Umum dan Pemilihan. Pada Pilkada ini", "pemilu", ["law.wrong-words"]),
        ("pasangan calon Presiden dan Wakil Presiden", "pemilu", []),
        ("Presiden Republik Indonesia telah meminta. Jangan memihak paslon.", "pemilu", ["law.wrong-words"]),
    ],
)
def test_words_of_the_other_election_are_found(text, regime, expected):
    assert text_codes(text, regime=regime) == expected


def test_words_in_the_name_of_a_law_are_no_words_of_the_letter():
    text = "Undang-Undang Nomor 3 Tahun 2028 tentang Pemilihan Kepala Daerah"
    assert "law.wrong-words" not in text_codes(f"Dasar: {text}.", regime="pemilu")
    [problem] = [one for one in in_text(f"Dasar: {text}.\n\nPilkada", regime="pemilu") if "words" in one.code]
    assert (problem.params["written"], problem.place.line) == ("Pilkada", 3)


def test_prison_does_not_come_from_the_village_law():
    text = "Kepala desa yang melanggar UU 6/2014 dipidana penjara."
    assert "law.wrong-source" in text_codes(text, date(2024, 1, 1), groups=("kepala_desa",))
    right = "Kepala desa yang melanggar Pasal 29 huruf j UU 6/2014 diberhentikan. Tindak pidana diatur tersendiri."
    assert text_codes(right, date(2024, 1, 1)) == []
    crime = "Pasal 490 UU 7/2017 sebagaimana telah diubah dengan UU 7/2023"
    both = f"Kepala desa dilarang (Pasal 29 huruf j UU 6/2014) dan dipidana menurut {crime}."
    assert text_codes(both, date(2024, 1, 1), regime="pemilu") == []


def test_ban_without_a_law_is_a_hint_and_a_pledge_is_not():
    assert text_codes("Demi netralitas, pegawai dilarang ikut kampanye.") == ["law.no-citation"]
    assert text_codes("Kami berikrar menjaga netralitas dan menolak politik uang.") == []
    assert text_codes("Dilarang merokok.") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Pejabat diminta menaati Pasal 71 ayat (1).", "Pasal 71 ayat (1)"),
        ("Pelanggaran diancam Pasal 494", "Pasal 494"),
        ("Dasar: UU 20/2023.\n\nPelanggaran diancam Pasal 494.", "Pasal 494"),
    ],
)
def test_article_of_no_law_is_a_hint(text, place):
    [problem] = in_text(text)
    assert (problem.code, problem.severity) == ("law.lone-article", Severity.HINT)
    assert place in problem_text(problem, "en")
    assert problem.params["written"] == place


@pytest.mark.parametrize(
    "text",
    [
        "Sesuai Pasal 5 Perda Nomor 3 Tahun 2020.",
        "Sesuai Peraturan Bupati Nomor 3 Tahun 2020. Pasal 5 berlaku.",
        "Sesuai Pasal 5 KUHP dan Pasal 3 Kode Etik.",
        "Sesuai Pasal 5 tersebut.",
        "kampanye sebagaimana dimaksud dalam Pasal 69 huruf a",
        "Lampiran II",
        "UU Nomor 90 Tahun 2099. Pasal 5 berlaku.",
    ],
)
def test_article_of_another_rule_is_left_alone(text):
    assert "law.lone-article" not in text_codes(text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Dasar: SKB 2022.\n\nNaskah ikrar dimuat dalam Lampiran I dan tidak terpisahkan dari berita acara ini.", []),
        ("Dasar: SKB 2022.\n\nLampiran I Berita Acara\n\nLampiran II Berita Acara", []),
        ("Dasar: Lampiran I SKB 2022.", ["law.wrong-audience"]),
        ("Sesuai SKB 2022, khususnya Lampiran I, pegawai dibina.", ["law.wrong-audience"]),
        ("Dalam Lampiran I, sebagaimana diatur dalam SKB 2022, pegawai dibina.", ["law.wrong-audience"]),
    ],
)
def test_attachment_of_the_letter_is_not_taken_for_that_of_a_law(text, codes):
    assert [code for code in text_codes(text, groups=("pns",)) if code == "law.wrong-audience"] == codes


@pytest.mark.parametrize(
    "text",
    [
        "Pasal 71 ayat (1) UU 10/2016, Pasal 490 UU 7/2017, Pasal 2 huruf f UU 20/2023, dan Pasal 5 huruf n PP 94/2021",
        "Dasar UU 7/2017. Kepala desa dipidana menurut Pasal 490.",
        "Ps 490 UU 7/2017",
        "UU 7/2017, Ps 490",
        "Pasal 490-494 UU 7/2017",
        "Pasal 490 s/d 494 UU 7/2017",
    ],
)
def test_penal_article_of_the_other_election_is_found_wherever_it_stands(text):
    found = [one for one in in_text(text, regime="pemilihan") if one.code == "law.wrong-regime"]
    assert Severity.ERROR in [one.severity for one in found]


# -- places


def test_problem_in_a_text_has_its_line_and_characters():
    text = "Dasar:\n1. UU 20/2023;\n2. Undang-\nUndang Nomor 5 Tahun 2014."
    [problem] = in_text(text)
    assert problem.place.line == 3
    offset, length = problem.params["offset"], problem.params["length"]
    assert text[offset : offset + length] == "Undang-\nUndang Nomor 5 Tahun 2014"
    assert problem.params["law_id"] == "uu-5-2014"


def test_worst_comes_first_and_the_same_fault_is_said_once():
    text = "PP 37/2004, UU 6/2014, UU 5/2014.\nSekali lagi UU 5/2014."
    assert text_codes(text) == ["law.revoked", "law.missing-amendment", "law.weak-basis"]


@given(
    st.sampled_from(CASES),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.sampled_from(["", "pemilu", "pemilihan", "both"]),
    st.sampled_from(sorted(BOOK.groups)),
)
def test_every_problem_can_be_told_in_words(case, day, regime, group):
    for problem in in_text(case["text"], day, regime=regime, groups=(group,), level="kota"):
        for language in ("en", "id"):
            assert "{" not in problem_text(problem, language)
        assert problem.place.line == 1


@given(
    st.text(alphabet="UPDundag-KSB netralitas.,;()0123456789/NomrTahuPsl\nkurngpejdibw"),
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
)
def test_linting_never_fails(text, day):
    for problem in in_text(text, day, election=PEMILIHAN, groups=("camat",), level="kota"):
        assert problem_text(problem, "en")


@pytest.mark.parametrize(
    ("election", "text", "word"),
    [
        ("pemilihan-2024", "pengumuman Daftar Calon Tetap anggota DPRD", "Daftar Calon Tetap anggota"),
        ("pemilihan-2024", "menjelang Pileg", "Pileg"),
        ("pemilu-2024", "menjelang Pilgub", "Pilgub"),
        ("pemilu-2024", "pada Pemilihan Serentak", "Pemilihan Serentak"),
    ],
)
def test_further_words_of_the_other_kind_of_election_are_told(election, text, word):
    context = LetterContext(date(2023, 12, 1), Calendar.load().election(election))
    [problem] = [one for one in lint_text(LawBook.load(), text, context) if one.code == "law.wrong-words"]
    assert problem.params["written"] == word
