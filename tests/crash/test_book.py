"""Commands on the agenda book killed at every step: the same command again ends as if nothing had happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.crash import KILLED, End, Fault, Office, Offices, every_nth
from tests.support.workspace import tree

RENUMBER = "letters.register.book:Register.renumber"
MARK = "letters.register.book:Register.issue_many"
ENTER = "letters.batch.agenda.entering:enter"
FINALS = ("001/PM.00.02/K.JI-08/09/2024", "B-17/2024", "002/PM.00.02/K.JI-08/09/2024", "B-18/2024")

POINTS = {
    "before-the-numbers-change": Fault(RENUMBER),
    "inside-the-transaction": Fault("sql", within=RENUMBER, nth=9),
    "before-the-commit": Fault("commit", within=RENUMBER),
    "after-the-commit": Fault("commit", within=RENUMBER, when="after"),
    "file-half-written": Fault("letters.files:os.write", when="half"),
    "file-renamed": Fault("letters.files:os.replace", when="after"),
    "before-mark": Fault(MARK),
    "after-mark": Fault(MARK, when="after"),
}


@pytest.fixture(scope="module")
def renumbered(offices: Offices) -> dict[str, bytes]:
    """What an office has in the end, whose command was not killed."""
    office = issued(offices)
    assert renumber(office).code == 0
    return tree(office.folder / "out")


def issued(offices: Offices) -> Office:
    office = offices.make(2)
    assert office.issue().code == 0
    return office


def renumber(office: Office, *faults: Fault) -> End:
    return office.launcher.start("-C", office.folder, "register", "renumber", *FINALS, faults=faults).end()


@pytest.mark.parametrize("name", POINTS)
def test_letters_have_their_final_numbers_and_files_after_a_crash_at(
    offices: Offices, renumbered: dict[str, bytes], name: str
) -> None:
    def killed_and_completed(fault: Fault) -> bool:
        office = issued(offices)
        end = renumber(office, fault)
        if not end.reached:
            assert end.code == 0, end
            return False
        assert end.code == KILLED, end
        again = renumber(office)
        assert again.code == 0, again
        assert tree(office.folder / "out") == renumbered
        office.check_tidy()
        return True

    if POINTS[name].at == "sql":
        assert killed_and_completed(POINTS[name])
    else:
        assert every_nth(POINTS[name], killed_and_completed) >= 1


BOOK = "Nomor;Tanggal;Hal;Kepada;Ket\n" + "".join(
    f"{order:03}/PM.00.02/K.JI-08/09/2024;24-09-2024;Surat {order};Camat;{'Batal: salah' if order == 2 else ''}\n"
    for order in range(1, 5)
)


@pytest.mark.parametrize(
    ("fault", "entered"),
    [
        *((Fault("sql", within=ENTER, nth=nth), 0) for nth in (5, 20, 40)),
        (Fault("commit", within=ENTER), 0),
        (Fault("commit", within=ENTER, when="after"), 4),
    ],
)
def test_imported_book_is_there_wholly_or_not_at_all_after_a_crash(
    offices: Offices, fault: Fault, entered: int
) -> None:
    office = offices.make(1)
    book = office.folder.parent / f"{office.folder.name}.csv"
    book.write_text(BOOK, encoding="utf-8")
    command = ("-C", office.folder, "register", "import", book)
    assert office.launcher.start(*command, faults=[fault]).end().code == KILLED
    assert len(office.rows()) == entered

    again = office.launcher.start(*command).end()

    assert again.code == 0, again
    assert [row.state for row in office.rows()] == ["issued", "void", "issued", "issued"]
    Path(office.folder / "out").mkdir()
    office.check_tidy()
