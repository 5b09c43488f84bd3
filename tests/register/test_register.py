from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from letters.errors import RegisterError, SettingsError
from letters.messages import problem_text
from letters.model.letter import LetterNumber, State
from letters.register import Filter, Final, Pattern, Register, Request
from letters.register.schema import CHUNK
from tests.register.making import ACTOR, LETTER, WIB, block, circular, codes, file, label, letter, opened, pledge, texts

# -- reserving -----------------------------------------------------------------------------------------


def test_entry_says_everything_the_request_said(register: Register) -> None:
    (entry,) = register.reserve([LETTER])
    assert entry.number == LetterNumber("surat", "2024", 1, "001/PM.00.02/K.JI-08/09/2024")
    same = {"batch", "key", "day", "recipient", "template", "template_sha256", "kind", "subject", "election"} | {
        *("stage", "signatory", "urgency", "attachment", "snapshot")
    }
    assert {name: getattr(entry, name) for name in same} == {name: getattr(LETTER, name) for name in same}
    assert (entry.classification, entry.code) == ("PM.00.02", "K.JI-08")
    assert (entry.state, entry.suffix, entry.version, entry.files, entry.void_reason) == (State.RESERVED, "", 1, (), "")
    assert entry.created_at == datetime(2026, 11, 22, 9, 0, entry.created_at.second, tzinfo=WIB)
    assert entry.created_at.utcoffset() == WIB.utcoffset(None)
    assert entry.issued_at is None


def test_numbers_follow_the_order_of_the_requests(register: Register) -> None:
    entries = register.reserve([letter(key) for key in ("z", "a", "m")])
    assert [(entry.key, entry.number.order) for entry in entries if entry.number] == [("z", 1), ("a", 2), ("m", 3)]


def test_repeated_request_gets_its_entry_back_whatever_else_it_says(register: Register) -> None:
    first = register.reserve([letter("a"), letter("b")])
    changed = replace(LETTER, day=date(2025, 1, 1), period="2025", recipient="Lurah", snapshot={"x": 1})
    again = register.reserve([replace(changed, key="b"), replace(changed, key="a")])
    assert again == first[::-1]
    assert register.preview_next("surat", "2025", 1) == 1


def test_batch_that_grew_gives_numbers_only_to_the_new_recipients(register: Register) -> None:
    register.reserve([letter("a"), letter("c")])
    entries = register.reserve([letter("a"), letter("b"), letter("c"), letter("d")])
    assert [entry.number.order for entry in entries if entry.number] == [1, 3, 2, 4]


def test_same_key_in_another_batch_is_another_letter(register: Register) -> None:
    register.reserve([LETTER])
    (entry,) = register.reserve([letter(batch="lain")])
    assert entry.number is not None
    assert entry.number.order == 2


def test_counts_of_series_and_periods_do_not_disturb_each_other(register: Register) -> None:
    mixed = [
        letter("a"),
        circular("b", start=1064),
        letter("c", period="2024|PM"),
        pledge("d"),
        circular("e", start=1064),
        letter("f", period="2025", day=date(2025, 1, 2)),
        letter("g"),
    ]
    entries = register.reserve(mixed)
    assert [entry.number.text if entry.number else None for entry in entries] == [
        "001/PM.00.02/K.JI-08/09/2024",
        "NOMOR 1064 TAHUN 2024",
        "001/PM.00.02/K.JI-08/09/2024",
        None,
        "NOMOR 1065 TAHUN 2024",
        "001/PM.00.02/K.JI-08/01/2025",
        "002/PM.00.02/K.JI-08/09/2024",
    ]


def test_documents_without_number_are_entries_too(register: Register) -> None:
    entries = register.reserve([pledge("a"), pledge("b")])
    assert [(entry.number, entry.kind) for entry in entries] == [(None, "ikrar")] * 2
    register.issue_many({entries[0].id: [file("out/ikrar-a.docx")]})
    assert register.show(f"#{entries[0].id}").state is State.ISSUED


def test_empty_key_stands_for_the_one_letter_of_a_batch(register: Register) -> None:
    (entry,) = register.reserve([circular("", batch="edaran")])
    assert register.reserve([circular("", batch="edaran")]) == [entry]
    assert register.find("edaran") == {"": entry}


def test_nothing_happens_when_nothing_is_asked(register: Register) -> None:
    assert register.reserve([]) == []
    register.issue_many({})
    assert list(register.events()) == []


def test_key_twice_in_a_batch_is_refused_before_a_number_is_taken(register: Register) -> None:
    with pytest.raises(RegisterError) as caught:
        register.reserve([letter("a"), letter("a"), letter("b", start=0), letter("c", recipient="x\x00")])
    assert codes(caught) == ["register.asked-twice", "register.start", "register.text"]
    assert register.preview_next("surat", "2024") == 1


def test_text_of_half_a_character_is_refused(register: Register) -> None:
    with pytest.raises(RegisterError) as caught:
        register.reserve([letter("a\udc80", subject="\ud800")])
    assert codes(caught) == ["register.text", "register.text"]


def test_missing_codes_are_told_once_before_a_number_is_taken(register: Register) -> None:
    with pytest.raises(SettingsError) as caught:
        register.reserve([letter(key, parts={"kode": "K"}) for key in "abc"])
    assert codes(caught) == ["register.code-missing"]
    assert texts(register) == []


def test_request_with_series_needs_a_pattern_and_without_series_has_none() -> None:
    with pytest.raises(ValueError, match="series"):
        letter(pattern=None)
    with pytest.raises(ValueError, match="series"):
        pledge(pattern=LETTER.pattern)


def test_number_that_another_letter_bears_is_refused_and_no_number_is_lost(register: Register) -> None:
    """Two patterns of one series meet: `1{urut}` prints 12 where `{urut}` will."""
    register.reserve([letter("a", pattern=Pattern.parse("1{urut}"), start=2)])
    register.reserve([letter(str(key), pattern=Pattern.parse("x{urut}")) for key in range(9)])
    with pytest.raises(RegisterError) as caught:
        register.reserve([letter("b", pattern=Pattern.parse("{urut}"))])
    assert codes(caught) == ["register.number-taken"]
    assert register.preview_next("surat", "2024") == 12


def test_large_block_is_taken_at_once_and_in_order(register: Register) -> None:
    entries = register.reserve(block(1203))
    assert [entry.number.order for entry in entries if entry.number] == list(range(1, 1204))
    assert register.reserve(block(1203)) == entries


def test_every_kind_of_value_comes_back_from_the_snapshot(register: Register) -> None:
    snapshot: dict[str, object] = {
        "text": "Ĉamat “Diwek” \U0001f600 \x00 \ud800",
        "day": date(2024, 9, 24),
        "moment": datetime(2024, 9, 24, 9, 0, tzinfo=WIB),
        "list": [1, 2.5, True, None, {"in": date(1945, 8, 17)}],
        "empty": {},
    }
    register.reserve([letter(snapshot=snapshot)])
    assert register.show("001/PM.00.02/K.JI-08/09/2024").snapshot == snapshot


def test_snapshot_that_cannot_be_kept_takes_no_number(register: Register) -> None:
    with pytest.raises(Exception, match="snapshot cannot hold set"):
        register.reserve([letter(snapshot={"x": {1, 2}})])
    assert texts(register) == []


# -- first number of a count ---------------------------------------------------------------------------


def test_new_count_starts_where_the_paper_book_ended(register: Register) -> None:
    assert register.preview_next("edaran", "2024", 1064) == 1064
    (entry,) = register.reserve([circular(start=1064)])
    assert entry.number is not None
    assert entry.number.text == "NOMOR 1064 TAHUN 2024"
    assert register.preview_next("edaran", "2024", 1064) == 1065


@pytest.mark.parametrize("start", [1, 1064, 1065, 1066])
def test_start_no_longer_matters_when_the_count_has_passed_it(register: Register, start: int) -> None:
    register.reserve([circular("a", start=1064), circular("b", start=1064)])
    (entry,) = register.reserve([circular("c", start=start)])
    assert entry.number is not None
    assert entry.number.order == 1066


def test_start_raised_later_is_refused_because_it_would_leave_a_gap(register: Register) -> None:
    register.reserve([circular("a", start=5)])
    for ask in (lambda: register.reserve([circular("b", start=7)]), lambda: register.preview_next("edaran", "2024", 7)):
        with pytest.raises(RegisterError) as caught:
            ask()
        assert codes(caught) == ["register.late-start"]
    assert register.preview_next("edaran", "2024") == 6


def test_looking_at_the_next_number_takes_none(register: Register) -> None:
    assert [register.preview_next("surat", "2024") for _ in range(3)] == [1, 1, 1]
    assert list(register.events()) == []


# -- issuing -------------------------------------------------------------------------------------------


def test_issued_letter_keeps_its_files(register: Register) -> None:
    (entry,) = register.reserve([LETTER])
    files = [file("out/a.pdf"), file("out/a.docx", "ee" * 32)]
    register.issue_many({entry.id: files})
    issued = register.find(LETTER.batch)[LETTER.key]
    assert issued.state is State.ISSUED
    assert issued.files == (files[1], files[0])
    assert issued.issued_at is not None
    assert issued.issued_at > issued.created_at


def test_issuing_again_changes_nothing(register: Register) -> None:
    (entry,) = register.reserve([LETTER])
    register.issue_many({entry.id: [file()]})
    before = register.find(LETTER.batch), list(register.events())
    register.issue_many({entry.id: [file()]})
    register.issue_many({entry.id: []})
    assert (register.find(LETTER.batch), list(register.events())) == before


def test_further_format_of_an_issued_letter_is_added(register: Register) -> None:
    (entry,) = register.reserve([LETTER])
    register.issue_many({entry.id: [file("out/a.pdf")]})
    issued_at = register.find(LETTER.batch)[LETTER.key].issued_at
    register.issue_many({entry.id: [file("out/a.pdf"), file("out/a.docx")]})
    again = register.find(LETTER.batch)[LETTER.key]
    assert [written.path for written in again.files] == ["out/a.docx", "out/a.pdf"]
    assert again.issued_at == issued_at
    assert [event.what for event in register.events(entry.id)] == ["reserved", "issued", "files-added"]


def test_issuing_refuses_all_when_one_is_void_unknown_or_different(register: Register) -> None:
    good, voided, other = register.reserve([letter("good"), letter("void"), letter("other")])
    register.issue_many({other.id: [file("out/other.pdf")]})
    register.void(f"#{voided.id}", "salah alamat")
    with pytest.raises(RegisterError) as caught:
        register.issue_many(
            {
                good.id: [file("out/good.pdf")],
                voided.id: [file("out/void.pdf")],
                other.id: [file("out/other.pdf", "00" * 32)],
                4711: [],
            }
        )
    assert codes(caught) == ["register.is-void", "register.differs", "register.no-entry"]
    assert register.show(f"#{good.id}").state is State.RESERVED


def test_block_is_issued_at_once(register: Register) -> None:
    entries = register.reserve(block(1203))
    register.issue_many({entry.id: [file(f"out/{entry.id}.pdf")] for entry in entries})
    found = register.list()
    assert {entry.state for entry in found} == {State.ISSUED}
    assert [entry.files for entry in found] == [(file(f"out/{entry.id}.pdf"),) for entry in found]


# -- void ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("issued", [False, True])
def test_void_letter_stays_with_its_reason_and_its_number_is_not_used_again(register: Register, issued: bool) -> None:
    (entry,) = register.reserve([LETTER])
    if issued:
        register.issue_many({entry.id: [file()]})
    voided = register.void("001/PM.00.02/K.JI-08/09/2024", "  salah \n alamat ")
    assert (voided.state, voided.void_reason, voided.number) == (State.VOID, "salah alamat", entry.number)
    assert register.reserve([LETTER]) == [voided]
    assert register.preview_next("surat", "2024") == 2
    event = register.events(entry.id)[-1]
    assert (event.what, event.details) == (
        "void",
        {"reason": "salah alamat", "was": "issued" if issued else "reserved"},
    )


def test_void_again_is_harmless_with_the_same_reason_and_refused_with_another(register: Register) -> None:
    (entry,) = register.reserve([LETTER])
    first = register.void(f"#{entry.id}", "salah alamat")
    assert register.void(f"#{entry.id}", "salah alamat") == first
    with pytest.raises(RegisterError) as caught:
        register.void(f"#{entry.id}", "lain")
    assert codes(caught) == ["register.already-void"]
    assert [event.what for event in register.events(entry.id)] == ["reserved", "void"]


def test_void_without_reason_is_refused(register: Register) -> None:
    (entry,) = register.reserve([LETTER])
    with pytest.raises(RegisterError) as caught:
        register.void(f"#{entry.id}", " \n ")
    assert codes(caught) == ["register.no-reason"]
    assert register.show(f"#{entry.id}").state is State.RESERVED


# -- finding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "001/PM.00.02/K.JI-08/09/2024",
        " 001 / pm.00.02 / k.ji-08 / 09 / 2024 \n",
        "００１/PM.00.02/K.JI-08/09/2024",
    ],
)
def test_number_is_found_in_any_case_and_with_any_blanks(register: Register, typed: str) -> None:
    (entry,) = register.reserve([LETTER])
    assert register.show(typed) == entry


def test_unknown_number_is_told_with_near_ones(register: Register) -> None:
    register.reserve(block(20))
    with pytest.raises(RegisterError) as caught:
        register.show("012/PM.00.02/K.JI-08/10/2024")
    assert codes(caught) == ["register.unknown"]
    assert "012/PM.00.02/K.JI-08/09/2024" in str(caught.value.problems[0].params["near"])
    with pytest.raises(RegisterError) as caught:
        register.void("entah", "x")
    assert caught.value.problems[0].params["near"] == ""
    assert codes(caught) == ["register.unknown"]


@pytest.mark.parametrize("typed", ["#99", "#", "#x", "", "#" + "9" * 30])
def test_id_that_is_not_there_is_told(register: Register, typed: str) -> None:
    register.reserve([LETTER])
    with pytest.raises(RegisterError) as caught:
        register.show(typed)
    assert codes(caught) == ["register.unknown"]


def test_number_that_two_letters_bear_is_told_with_their_ids(register: Register) -> None:
    one, other = register.reserve([letter("a", period="2024|PM"), letter("b", period="2024|KP")])
    with pytest.raises(RegisterError) as caught:
        register.show("001/PM.00.02/K.JI-08/09/2024")
    assert codes(caught) == ["register.ambiguous"]
    ids = str(caught.value.problems[0].params["ids"])
    assert f"#{one.id}" in ids
    assert f"#{other.id}" in ids
    assert register.show(f" #{other.id} ").key == "b"


@pytest.mark.parametrize(("typed", "found"), [("2", 2), ("002", 2), (" 12 ", 12), ("2.1", 2.1), ("2.a", 2.2)])
def test_letter_is_found_by_the_running_part_of_its_number(register: Register, typed: str, found: float) -> None:
    entries = register.reserve(block(12))
    wanted = {entry.number.order: entry for entry in entries if entry.number}
    wanted[2.1] = register.insert(entries[1].label, "angka", letter("s")).entry
    wanted[2.2] = register.insert(entries[1].label, "huruf", letter("t")).entry
    assert register.show(typed) == wanted[found]


def test_running_number_of_two_years_is_asked_back(register: Register) -> None:
    register.reserve([letter("a"), letter("b", period="2025", day=date(2025, 1, 1))])
    with pytest.raises(RegisterError) as caught:
        register.show("1")
    assert codes(caught) == ["register.ambiguous"]
    problem = caught.value.problems[0]
    assert "(#1, 24 September 2024, " in problem_text(problem, "id")
    assert "(#2, 1 Januari 2025, " in problem_text(problem, "id")
    assert "(#2, 2025-01-01, " in problem_text(problem, "en")


def test_running_number_alone_is_not_enough_for_what_cannot_be_undone(register: Register) -> None:
    [entry] = register.reserve([letter("a")])
    for change in (lambda: register.void("1", "salah"), lambda: register.renumber([Final("1", "B-17")])):
        with pytest.raises(RegisterError) as caught:
            change()
        assert codes(caught) == ["register.not-whole"]
        assert entry.label in str(caught.value.problems[0].params["near"])
    assert [one.state for one in register.list()] == [State.RESERVED]


def test_letter_that_is_called_by_digits_alone_comes_before_running_numbers(register: Register) -> None:
    register.reserve(block(2))
    register.renumber([Final(label(1), "2")])
    assert register.show("2").key == "k0"


def test_list_stands_in_the_order_of_the_numbers_with_unnumbered_last(register: Register) -> None:
    register.reserve([pledge("x"), circular("b"), letter("c", period="2025", day=date(2025, 1, 1))])
    register.reserve(block(11, pattern=Pattern.parse("{urut}/{tahun}")))
    assert texts(register) == [
        "NOMOR 1 TAHUN 2024",
        *(f"{order}/2024" for order in range(1, 12)),
        "001/PM.00.02/K.JI-08/01/2025",
        "",
    ]


def test_inserted_numbers_stand_behind_the_number_they_follow(register: Register) -> None:
    register.reserve(block(3))
    for number in range(11):
        register.insert("002/PM.00.02/K.JI-08/09/2024", "angka", letter(f"sisip-{number}"))
    register.insert("002/PM.00.02/K.JI-08/09/2024", "huruf", letter("sisip-a"))
    assert [number.partition("/")[0] for number in texts(register)] == [
        *("001", "002"),
        *("002.1", "002.2", "002.3", "002.4", "002.5", "002.6", "002.7", "002.8", "002.9", "002.A", "002.10", "002.11"),
        "003",
    ]
    assert register.preview_next("surat", "2024") == 4


FILTERS: list[tuple[dict[str, Any], str]] = [
    ({}, "abcdef"),
    ({"year": 2024}, "abcdf"),
    ({"year": 2023}, ""),
    ({"series": "surat"}, "abe"),
    ({"series": ""}, "d"),
    ({"stage": "masa_tenang"}, "b"),
    ({"kind": "edaran"}, "cf"),
    ({"template": "edaran"}, "c"),
    ({"state": State.VOID}, "a"),
    ({"state": "issued"}, "b"),
    ({"state": State.RESERVED, "year": 2024}, "cdf"),
    ({"batch": "tenang"}, "b"),
    ({"recipient": "camat"}, "ade"),
    ({"recipient": "ÉCOLE"}, "c"),
    ({"recipient": "diwek", "state": State.VOID}, "a"),
    ({"recipient": "100%"}, "f"),
    ({"recipient": "b"}, "bc"),
    ({"text": "netralitas"}, "abdef"),
    ({"text": "TENANG nomor"}, "c"),
    ({"text": "salah"}, "a"),
    ({"text": "_"}, "b"),
    ({"text": "k.ji-08/01/2025"}, "e"),
    ({"text": "  "}, "abcdef"),
    ({"limit": 2}, "ef"),
    ({"limit": 0}, ""),
    ({"limit": 2, "year": 2024}, "df"),
]


@pytest.mark.parametrize(("wanted", "keys"), FILTERS)
def test_list_holds_what_the_filter_describes(register: Register, wanted: dict[str, Any], keys: str) -> None:
    a, b, *_ = register.reserve(
        [
            letter("a"),
            letter("b", batch="tenang", stage="masa_tenang", recipient="Lurah Jombang"),
            circular("c", template="edaran", recipient="École Jombang", subject="Masa Tenang"),
            pledge("d"),
            letter("e", period="2025", day=date(2025, 1, 1)),
            circular("f", recipient="Tim 100% netral"),
        ]
    )
    register.void(f"#{a.id}", "salah alamat")
    register.issue_many({b.id: [file()]})
    found = register.list(Filter(**wanted))
    assert "".join(sorted(entry.key for entry in found)) == keys
    assert {id(entry.snapshot) for entry in found if entry.snapshot} == set()
    assert all(entry.files == ((file(),) if entry.key == "b" else ()) for entry in found)


# -- events --------------------------------------------------------------------------------------------


def test_every_change_leaves_an_event_with_who_when_and_what(register: Register) -> None:
    (entry,) = register.reserve([LETTER])
    register.issue_many({entry.id: [file()]})
    register.void(f"#{entry.id}", "salah alamat")
    found = register.events(entry.id)
    assert [(event.what, event.details) for event in found] == [
        ("reserved", {"number": "001/PM.00.02/K.JI-08/09/2024", "batch": LETTER.batch, "key": LETTER.key}),
        ("issued", {"files": {file().path: file().sha256}}),
        ("void", {"reason": "salah alamat", "was": "issued"}),
    ]
    assert {(event.user, event.host, event.program) for event in found} == {(ACTOR.user, ACTOR.host, ACTOR.program)}
    assert [event.at for event in found] == sorted({event.at for event in found})
    assert found[0].at == entry.created_at


def test_events_of_the_whole_register_stand_in_the_order_they_happened(register: Register) -> None:
    entries = register.reserve([letter("a"), letter("b")])
    register.issue_many({entries[1].id: []})
    assert [(event.what, event.entry_id) for event in register.events()] == [
        ("reserved", entries[0].id),
        ("reserved", entries[1].id),
        ("issued", entries[1].id),
    ]


def test_register_says_the_same_when_it_is_opened_again(place: str) -> None:
    with opened(place) as book:
        entries = book.reserve(block(3))
        book.issue_many({entries[0].id: [file()]})
        before = book.find("blok"), list(book.events())
    with opened(place) as book:
        assert (book.find("blok"), list(book.events())) == before
        assert book.preview_next("surat", "2024") == 4


def test_snapshots_of_a_batch_are_asked_for_when_their_rows_are_written(register: Register) -> None:
    asked: list[str] = []

    def asking(key: str) -> Request:
        return letter(key, snapshot=lambda: asked.append(key) or {"facts": {"kode": key}})

    register.enter([asking("a"), asking("b")], [asking("a")])
    assert asked == ["a", "b"]
    assert {key: entry.snapshot for key, entry in register.find(LETTER.batch).items()} == {
        "a": {"facts": {"kode": "a"}},
        "b": {"facts": {"kode": "b"}},
    }
    register.enter([asking("a"), asking("b")], [asking("a")])
    assert asked == ["a", "b"], "what has its number already is not asked again"


def test_snapshot_that_cannot_be_made_takes_no_number(register: Register) -> None:
    def broken() -> dict[str, object]:
        raise SettingsError()

    with pytest.raises(SettingsError):
        register.enter([letter("a"), letter("b", snapshot=broken)], [letter("a")])

    assert register.list() == []
    assert register.preview_next("surat", "2024") == 1
    assert register.verify() == []


def test_requests_that_come_one_by_one_get_the_numbers_a_list_would_get(register: Register) -> None:
    def asked() -> Iterator[Request]:
        for number in range(3 * CHUNK + 7):
            yield letter(f"{number:05}", **({"period": "2023", "day": date(2023, 9, 1)} if number % 3 == 0 else {}))

    heads = [next(asked()), letter("00001")]
    register.enter(asked(), heads)

    entries = register.find(LETTER.batch)
    assert [entries[request.key].number.order for request in asked()] == [
        number // 3 + 1 if number % 3 == 0 else number - number // 3 for number in range(3 * CHUNK + 7)
    ]
    assert list(register.of_batch(LETTER.batch)) == [replace(entries[one.key], snapshot={}) for one in asked()]
    assert register.verify() == []
    register.enter(asked(), heads)
    assert register.find(LETTER.batch) == entries, "said again, nothing is entered"


def test_key_that_comes_twice_far_apart_takes_no_number(register: Register) -> None:
    keys = [*map(str, range(CHUNK + 3)), "7"]
    with pytest.raises(RegisterError, match="7.* stands twice"):
        register.enter(map(letter, keys), [letter("0")])

    assert register.list() == []
    assert register.preview_next("surat", "2024") == 1


def test_request_whose_head_was_not_named_is_counted_all_the_same(register: Register) -> None:
    register.reserve([letter("a")])
    register.enter(map(letter, "abc"), [letter("a")])

    assert [entry.number.order for entry in register.find(LETTER.batch).values()] == [1, 2, 3]
    assert register.verify() == []
    with pytest.raises(RegisterError, match="already stands at 3"):
        register.enter([letter("d", start=9)], [letter("a")])
    assert register.preview_next("surat", "2024") == 4


def test_batch_that_has_nothing_yields_nothing(register: Register) -> None:
    assert list(register.of_batch("tidak ada")) == []
