"""Which law a letter may cite on its date, and under which name."""

import subprocess
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.errors import LawError, Problem, Severity
from letters.law import Calendar, LawBook, LetterContext, lint_text, parse_article
from letters.messages import problem_text

CASES = tomllib.loads((Path(__file__).parent / "citation_cases.toml").read_text(encoding="utf-8"))["citation_cases"]
BOOK = LawBook.load()
EARLY, LATE = date(2023, 2, 6), date(2024, 9, 24)


def codes(reference: str, on: date) -> list[str]:
    return [problem.code for problem in BOOK.check(reference, on)]


def write(folder: Path, text: str) -> Path:
    path = folder / "hukum.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(LawError) as caught:
        LawBook.load(write(folder, text))
    return [(problem.place.line, problem.code) for problem in caught.value.problems]


# -- the data


def test_book_holds_every_law_with_its_sources():
    assert len(BOOK.laws) == 90
    assert sum(len(law.articles) for law in BOOK.laws.values()) == 168
    assert BOOK.as_of == date(2026, 11, 21)
    assert all(law.source for law in BOOK.laws.values())
    assert BOOK.law("uu-7-2017").unverified
    assert not BOOK.law("perpres-116-2022").verified
    article = BOOK.article("uu-20-2023", "Pasal 2 huruf f")
    assert article is not None
    assert article.verified
    assert (article.audience, article.phase) == (("asn", "pns", "pppk"), "always")
    assert BOOK.article("uu-20-2023", "Pasal 99") is None


def test_no_title_holds_a_remark():
    """Titles are printed: what is doubtful about them stands in its own key."""
    assert not [law.id for law in BOOK.laws.values() if law.title_verified and "(" in law.title]
    assert not [law.id for law in BOOK.laws.values() if "dipastikan" in law.title]


def test_dates_of_the_data_fit_together():
    for law in BOOK.laws.values():
        if law.enacted and law.in_force:
            assert law.enacted <= law.in_force, law.id
        if law.revoked_on:
            assert law.earliest < law.revoked_on, law.id
            assert law.revoked_by, law.id
        days = [(name.since, name.until) for name in law.cite]
        for (_, until), (since, _) in zip(days, days[1:], strict=False):
            assert since == until + timedelta(days=1), law.id
        if days:
            assert days[0][0] == law.in_force, law.id
            assert days[-1][1] is None, law.id


@pytest.mark.parametrize("kind", [LawBook, Calendar])
def test_loading_is_quick(kind):
    """In a process of its own, as in the program: in this one the garbage of other tests is collected meanwhile."""
    code = f"import time; from letters.law import {kind.__name__} as Kind; start = time.process_time(); Kind.load(); "
    code += "print(time.process_time() - start)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert 0 < float(done.stdout) < 0.3


def test_unknown_law_is_said_with_near_ids():
    with pytest.raises(LawError) as caught:
        BOOK.law("uu-20-2022")
    assert "uu-20-2023" in problem_text(caught.value.problems[0], "en")


# -- names


PILKADA = (
    "Undang-Undang Nomor 1 Tahun 2015 tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang "
    "Nomor 1 Tahun 2014 tentang Pemilihan Gubernur, Bupati, dan Walikota menjadi Undang-Undang"
)
FIRST = f" sebagaimana telah diubah dengan Undang-Undang Nomor 8 Tahun 2015 tentang Perubahan atas {PILKADA}"


@pytest.mark.parametrize(
    ("day", "ending"),
    [
        (date(2015, 2, 2), ""),
        (date(2015, 3, 17), ""),
        (date(2015, 3, 18), FIRST),
        (date(2016, 6, 30), FIRST),
        (
            date(2016, 7, 1),
            " sebagaimana telah beberapa kali diubah terakhir dengan Undang-Undang Nomor 10 Tahun 2016 "
            f"tentang Perubahan Kedua atas {PILKADA}",
        ),
        (
            date(2020, 5, 4),
            " sebagaimana telah beberapa kali diubah terakhir dengan Peraturan Pemerintah Pengganti Undang-Undang "
            f"Nomor 2 Tahun 2020 tentang Perubahan Ketiga atas {PILKADA}",
        ),
        (
            date(2024, 9, 24),
            " sebagaimana telah beberapa kali diubah terakhir dengan Undang-Undang Nomor 6 Tahun 2020 "
            "tentang Penetapan Peraturan Pemerintah Pengganti Undang-Undang Nomor 2 Tahun 2020 "
            f"tentang Perubahan Ketiga atas {PILKADA} menjadi Undang-Undang",
        ),
    ],
)
def test_name_of_the_pilkada_law_follows_its_amendments(day, ending):
    assert BOOK.formal_name("uu-1-2015", day) == PILKADA + ending


@pytest.mark.parametrize(
    ("law", "day", "part"),
    [
        ("uu-7-2017", date(2022, 12, 11), None),
        ("uu-7-2017", date(2022, 12, 12), "telah diubah dengan Peraturan Pemerintah Pengganti Undang-Undang Nomor 1"),
        ("uu-7-2017", date(2023, 5, 4), "telah diubah dengan Undang-Undang Nomor 7 Tahun 2023"),
        ("uu-6-2014", date(2024, 4, 24), None),
        ("uu-6-2014", date(2024, 4, 25), "terakhir dengan Undang-Undang Nomor 3 Tahun 2024"),
        ("uu-34-2004", date(2025, 3, 25), None),
        ("uu-34-2004", date(2025, 3, 26), "telah diubah dengan Undang-Undang Nomor 3 Tahun 2025"),
        ("pkpu-15-2023", date(2023, 10, 12), None),
        ("pkpu-15-2023", date(2023, 10, 13), "telah diubah dengan Peraturan Komisi Pemilihan Umum Nomor 20 Tahun 2023"),
        ("pkpu-8-2024", date(2024, 8, 25), "telah diubah dengan Peraturan Komisi Pemilihan Umum Nomor 10 Tahun 2024"),
        ("pp-11-2017", date(2024, 1, 1), "telah diubah dengan Peraturan Pemerintah Nomor 17 Tahun 2020"),
        ("perbawaslu-8-2020", date(2024, 9, 30), "Nomor 9 Tahun 2024 tentang Perubahan atas"),
        ("uu-20-2023", date(2025, 12, 1), None),
        ("perppu-1-2022", date(2024, 1, 1), None),
        ("uu-10-2016", date(2024, 9, 24), None),
        ("uu-2-2002", date(2024, 9, 24), None),
    ],
)
def test_name_says_the_amendments_of_its_day(law, day, part):
    """Laws of their own chain, laws by the general rule, and changes (court rulings) that no name says."""
    name = BOOK.formal_name(law, day)
    assert name.startswith(BOOK.law(law).title)
    if part is None:
        assert name == BOOK.law(law).title
    else:
        assert f"sebagaimana {part}" in name or f" {part}" in name


def test_short_name_is_kind_number_and_year():
    assert BOOK.formal_name("uu-7-2017", LATE, long=False) == "Undang-Undang Nomor 7 Tahun 2017"
    assert BOOK.formal_name("perbawaslu-5-2022", LATE, long=False) == (
        "Peraturan Badan Pengawas Pemilihan Umum Nomor 5 Tahun 2022"
    )


@given(st.sampled_from(sorted(BOOK.laws)), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_every_law_has_a_clean_name_on_every_day(law, day):
    name = BOOK.formal_name(law, day)
    assert name.startswith(BOOK.law(law).title)
    assert name == " ".join(name.split())


# -- citations


def test_citation_is_articles_and_name():
    citation = BOOK.cite("uu-20-2023:2f,9(2)", LATE)
    assert citation.law_id == "uu-20-2023"
    assert citation.articles == ("Pasal 2 huruf f", "Pasal 9 ayat (2)")
    assert citation.name == "Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara"
    assert citation.designation == "Undang-Undang Nomor 20 Tahun 2023"
    assert citation.short_name == "UU ASN"
    assert citation.text == (
        "Pasal 2 huruf f dan Pasal 9 ayat (2) Undang-Undang Nomor 20 Tahun 2023 tentang Aparatur Sipil Negara"
    )


def test_citation_of_a_whole_law_is_its_name():
    citation = BOOK.cite("uu-6-2014", EARLY)
    assert citation.articles == ()
    assert citation.text == "Undang-Undang Nomor 6 Tahun 2014 tentang Desa"


@pytest.mark.parametrize("reference", ["uu-20-2014:2f", "uu-20-2023:", "UU 5"])
def test_citation_of_what_is_unknown_is_refused(reference):
    with pytest.raises(LawError):
        BOOK.cite(reference, LATE)


# -- checks


@pytest.mark.parametrize(
    ("reference", "day", "expected"),
    [
        ("uu-5-2014:2f", EARLY, []),
        ("uu-5-2014:2f", date(2023, 10, 30), []),
        ("uu-5-2014:2f", date(2023, 10, 31), ["law.revoked"]),
        ("uu-5-2014:2f", LATE, ["law.revoked"]),
        ("uu-20-2023:2f", LATE, []),
        ("uu-20-2023:2f", date(2023, 10, 31), []),
        ("uu-20-2023:2f", date(2023, 10, 30), ["law.not-yet-in-force"]),
        ("uu-20-2023:2f", EARLY, ["law.not-yet-in-force"]),
        ("uu-1-2023", date(2025, 12, 31), ["law.not-yet-in-force"]),
        ("uu-1-2023", date(2026, 1, 2), []),
        ("perbawaslu-7-2022", date(2021, 12, 31), ["law.not-yet-in-force"]),
        ("pp-53-2010:7(3)", LATE, []),
        ("pp-53-2010", LATE, ["law.partly-revoked"]),
        ("pp-53-2010:4,7(3)", date(2021, 8, 31), ["law.partly-revoked"]),
        ("pp-53-2010:4,7(3)", date(2021, 8, 30), []),
        ("perbawaslu-21-2018", date(2022, 10, 11), ["law.revoked"]),
        ("perppu-1-2022", date(2022, 12, 12), []),
        ("perppu-1-2022", date(2022, 12, 11), ["law.not-yet-in-force"]),
        ("perppu-1-2022", date(2023, 5, 3), []),
        ("perppu-1-2022", date(2023, 5, 4), ["law.absorbed"]),
        ("perppu-2-2020", date(2020, 8, 10), []),
        ("perppu-2-2020", date(2020, 8, 11), ["law.absorbed"]),
        ("uu-20-2023:99", LATE, ["law.unknown-article"]),
        ("uu-20-2023:2", LATE, []),
        ("uu-20-2023:12(1)", LATE, []),
        ("pp-94-2021:5n5", LATE, []),
        ("pp-94-2021:5n9", LATE, ["law.unknown-article"]),
        ("uu-7-2017:280(9)", LATE, ["law.unknown-article"]),
        ("pkpu-25-2023:1", LATE, []),
        ('skb-2022:"Lampiran II disiplin"', LATE, []),
        ('skb-2022:"Lampiran IX"', LATE, ["law.unknown-article"]),
        ("pkpu-2-2024", LATE, ["law.title-not-verified"]),
        ("uu-20-2014:2f", LATE, ["law.unknown-law"]),
        ("UU 20 Tahun 2023", LATE, ["law.bad-reference"]),
    ],
)
def test_reference_is_checked_against_the_day_of_the_letter(reference, day, expected):
    assert codes(reference, day) == expected


def only(reference: str, on: date) -> Problem:
    [problem] = BOOK.check(reference, on)
    return problem


def test_revoked_law_is_said_with_its_day_and_successor():
    text = problem_text(only("uu-5-2014:2f", LATE), "en")
    assert "revoked on 31 Oktober 2023" in text
    assert "the letter is dated 24 September 2024" in text
    assert "Undang-Undang Nomor 20 Tahun 2023 (uu-20-2023)" in text


def test_partly_revoked_law_is_said_with_what_survives():
    assert "except Pasal 7 ayat (3)" in problem_text(only("pp-53-2010", LATE), "en")


def test_law_of_the_future_is_said_with_the_law_of_that_day():
    assert "Undang-Undang Nomor 5 Tahun 2014 (uu-5-2014)" in problem_text(only("uu-20-2023", EARLY), "en")


def test_unknown_article_and_title_only_warn():
    assert only("uu-20-2023:99", LATE).severity is Severity.WARNING
    assert only("pkpu-2-2024", LATE).severity is Severity.WARNING
    assert only("uu-5-2014", LATE).severity is Severity.ERROR


@pytest.mark.parametrize("case", [case for case in CASES if "document_date" in case], ids=lambda case: case["id"])
def test_citations_of_real_letters_get_their_verdict(case):
    """What a careful reader called revoked is an error here; nothing else is an error of the day."""
    revoked = {"law.revoked", "law.partly-revoked"}
    assert bool(revoked & set(codes(case["law"], case["document_date"]))) == (case["verdict"] == "revoked")


@given(st.sampled_from(sorted(BOOK.laws)), st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_every_problem_can_be_told_in_words(law, day):
    for problem in BOOK.check(f"{law}:999", day):
        assert "{" not in problem_text(problem, "en")


def test_every_known_article_can_be_cited_and_is_known():
    for law in BOOK.laws.values():
        for article in law.articles:
            reference = f'{law.id}:"{article.ref}"'
            assert BOOK.cite(reference, LATE).articles in ((article.ref,), ())
            assert "law.unknown-article" not in codes(reference, LATE) or not article.ref.startswith("Pasal")
            assert str(parse_article(article.ref)) == article.ref


# -- an office's own laws


def test_office_adds_a_law(tmp_path):
    text = """
        [[laws]]
        id = "perbup-1-2024"
        title = "Peraturan Bupati Jombang Nomor 1 Tahun 2024 tentang Disiplin"
        year = 2024
        in_force = 2024-03-01
        [[laws.articles]]
        ref = "Pasal 3"
    """
    book = LawBook.load(write(tmp_path, text))
    assert book.cite("perbup-1-2024:3", LATE).text.startswith("Pasal 3 Peraturan Bupati Jombang Nomor 1 Tahun 2024")
    assert book.check("perbup-1-2024:3", LATE) == []
    assert book.check("perbup-1-2024:3", EARLY)[0].code == "law.not-yet-in-force"
    assert len(book.laws) == 91


def test_office_changes_what_it_says_and_keeps_the_rest(tmp_path):
    text = """
        as_of = 2027-01-01
        [audiences]
        guru = { id = "guru" }
        [[laws]]
        id = "uu-20-2023"
        status = "revoked"
        revoked_by = "uu-9-2027"
        revoked_on = 2027-05-01
        [[laws.articles]]
        ref = "Pasal 2 huruf f"
        gist_id = "Asas netralitas."
        [[laws.articles]]
        ref = "Pasal 99"
        audience = ["guru"]
        [[laws]]
        id = "uu-9-2027"
        title = "Undang-Undang Nomor 9 Tahun 2027 tentang Aparatur Sipil Negara"
        year = 2027
        in_force = 2027-05-01
    """
    book = LawBook.load(write(tmp_path, text))
    law = book.law("uu-20-2023")
    assert law.title == BOOK.law("uu-20-2023").title
    assert len(law.articles) == len(BOOK.law("uu-20-2023").articles) + 1
    changed = book.article("uu-20-2023", "Pasal 2 huruf f")
    assert (changed.gist_id, changed.audience) == (
        "Asas netralitas.",
        BOOK.article("uu-20-2023", "Pasal 2 huruf f").audience,
    )
    assert [problem.code for problem in book.check("uu-20-2023:99", date(2027, 5, 1))] == ["law.revoked"]
    assert book.as_of == date(2027, 1, 1)
    assert book.audiences["guru"].id == "guru"
    assert list(book.laws)[:90] == list(BOOK.laws)


def test_later_file_changes_an_earlier_one(tmp_path):
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text('[[laws]]\nid = "perda-1"\ntitle = "Perda 1"\nyear = 2020\n', encoding="utf-8")
    second.write_text('[[laws]]\nid = "perda-1"\ntitle = "Perda Satu"\n', encoding="utf-8")
    assert LawBook.load(first, second).law("perda-1").year == 2020
    assert LawBook.load(first, second).law("perda-1").title == "Perda Satu"


def test_office_file_is_refused_with_every_line(tmp_path):
    text = """[[laws]]
id = "perda-1"
yeer = 2020

[[laws]]
id = "uu-20-2023"
status = "dead"
  [[laws.articles]]
  ref = "Pasal 12"
  phase = "sometimes"
"""
    assert refused(tmp_path, text) == [
        (1, "law.missing-key"),
        (1, "law.missing-key"),
        (3, "law.unknown-key"),
        (7, "law.wrong-choice"),
        (10, "law.wrong-choice"),
    ]


def test_office_file_that_names_nothing_known_is_refused(tmp_path):
    text = """[[laws]]
id = "perda-1"
title = "Perda"
year = 2020
revoked_by = "perda-2"
audiences_bound = ["asn", "guru"]
amended_by = [{ by = "perda-3" }]
  [[laws.articles]]
  ref = "Pasal 1"
  audience = ["pnss"]
"""
    assert refused(tmp_path, text) == [
        (5, "law.unknown-name"),
        (6, "law.unknown-name"),
        (7, "law.unknown-name"),
        (10, "law.unknown-name"),
    ]


def test_same_law_twice_in_a_file_is_refused(tmp_path):
    text = '[[laws]]\nid = "a"\ntitle = "A"\nyear = 2020\n[[laws]]\nid = "a"\ntitle = "B"\nyear = 2020\n'
    assert refused(tmp_path, text) == [(6, "law.duplicate-id")]


@pytest.mark.parametrize(
    "text", ["laws = 1", "laws = [1]", "[[laws]]\nid = 3", "laws = {}", "[laws]", "schema_version = 2"]
)
def test_malformed_file_is_refused_in_words(tmp_path, text):
    assert refused(tmp_path, text)


def test_missing_office_file_is_said(tmp_path):
    with pytest.raises(LawError) as caught:
        LawBook.load(tmp_path / "none.toml")
    assert caught.value.problems[0].code == "law.missing"


@pytest.mark.parametrize(
    ("reference", "day", "end"),
    [
        ("uu-6-2014:29j", date(2024, 9, 24), "terakhir dengan Undang-Undang Nomor 3 Tahun 2024"),
        ("uu-1-2015:188", date(2024, 9, 24), "terakhir dengan Undang-Undang Nomor 6 Tahun 2020"),
        ("uu-34-2004", date(2025, 4, 1), "sebagaimana telah diubah dengan Undang-Undang Nomor 3 Tahun 2025"),
        ("uu-20-2023:2f", date(2024, 9, 24), "tentang Aparatur Sipil Negara"),
    ],
)
def test_compact_form_names_the_last_amendment_by_number_and_is_no_fault(reference, day, end):
    text = BOOK.cite(reference, day).compact_text
    assert text.endswith(end)
    assert lint_text(BOOK, text, LetterContext(day)) == []
