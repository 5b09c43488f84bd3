"""Matrix of phase × column + a recipient's group + the letter's date → the legal bases to cite, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from letters.errors import N_, LawError, Problem
from letters.law.checks import first_in_force
from letters.law.groups import Column, Group
from letters.law.law_file import Basis, Row
from letters.law.layers import near_names
from letters.law.records import Law
from letters.law.reference import ArticleRef, Reference, format_reference, merge_articles, parse_alternatives
from letters.law.stage_records import Election


@dataclass(frozen=True, slots=True)
class Bases:
    """The legal bases of a letter, as references that `LawBook.cite` reads."""

    listed: tuple[str, ...]
    """What the letter lists: the sender's power first, then direct and staff by rank of law, each law once."""
    authority: tuple[str, ...]
    """What gives the sender the power to write."""
    direct: tuple[str, ...]
    """What binds the addressee's own person."""
    staff: tuple[str, ...]
    """What binds those the addressee answers for or passes the letter on to, and is not in `direct`."""
    indirect: tuple[str, ...]
    """What is addressed to others and hits the addressee or their staff only through them; not in `listed`."""
    binds: bool
    """Whether something in `direct` forbids the addressee to take sides; else the letter asks and does not threaten."""

    @property
    def none(self) -> bool:
        """Return whether no direct basis was found."""
        return not self.direct


Places = dict[str, list[ArticleRef]]
"""Cited places by law; a law without any is cited as a whole."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which references a letter of a phase cites to people of a column."""

    columns: Mapping[str, Column]
    codes: Mapping[str, tuple[Basis, ...]]
    rows: Mapping[str, Row]
    authority: Mapping[str, Mapping[str, tuple[str, ...]]]

    def row_for(self, election: Election, stage_id: str) -> Row:
        """Return the row of a stage, of the stage around it, or without a stage the regime's default.

        Raises LawError when no row names the stage.
        """
        rows = [row for row in self.rows.values() if row.regime == election.regime]
        stages = {stage.id: stage for stage in election.stages}
        stage = stages.get(stage_id)
        if stage and stage.row in self.rows:
            return self.rows[stage.row]
        for name in (stage_id, stage.parent if stage else ""):
            found = next((row for row in rows if (name in row.for_stages if name else row.default)), None)
            if found and (name or not stage_id):
                return found
        raise LawError(_no_row(stage_id, election, rows))

    def entries(self, row: Row, columns: Iterable[str]) -> Iterator[tuple[Basis, bool]]:
        """Yield what the cells of these columns say, and whether it binds directly."""
        for column in columns:
            for entry in row.cells.get(column, ()):
                direct = not (entry.startswith("(") and entry.endswith(")"))
                text = entry if direct else entry[1:-1]
                for basis in self.codes.get(text, (Basis(ref=text),)):
                    yield basis, direct

    def bases_for(
        self, laws: Mapping[str, Law], row: Row, group: Group, on: date, authority: tuple[str, ...] = ()
    ) -> Bases:
        """Return the bases of a letter dated `on` to `group`; what is not in force on that day is left out."""
        own = list(self.entries(row, group.columns))
        others = list(self.entries(row, group.staff))
        direct = _places(laws, (basis for basis, is_direct in own if is_direct), on)
        staff = _places(laws, (basis for basis, is_direct in others if is_direct), on)
        indirect = _places(laws, (basis for basis, is_direct in (*own, *others) if not is_direct), on)
        bans = _places(laws, (basis for basis, is_direct in own if is_direct and basis.bans), on)
        power = _places(laws, (Basis(ref=ref) for ref in authority), on)
        return Bases(
            listed=listed(laws, power, _merged(direct, staff)),
            authority=_references(laws, power),
            direct=_references(laws, direct),
            staff=_references(laws, _without(staff, direct)),
            indirect=_references(laws, _without(_without(indirect, direct), staff)),
            binds=bool(bans),
        )


def _no_row(stage_id: str, election: Election, rows: list[Row]) -> Problem:
    known = [name for row in rows for name in row.for_stages]
    params = {"stage": stage_id, "election": election.id, "near": near_names(stage_id, known)}
    return Problem(
        "law.no-row",
        N_('No legal bases are laid down for the stage "{stage}" of "{election}".'),
        N_('Name the bases in the template, or write row = "…" at the stage in tahapan.toml.'),
        params=params,
    )


def _places(laws: Mapping[str, Law], bases: Iterable[Basis], on: date) -> Places:
    """Return the places of those bases that stand on that day."""
    places: Places = {}
    for basis in bases:
        found = first_in_force(laws, parse_alternatives(basis.ref) or (), on) if basis.holds(on) else None
        if found:
            places.setdefault(found.law, []).extend(found.articles)
    return places


def _merged(first: Places, second: Places) -> Places:
    return {law: [*first.get(law, []), *second.get(law, [])] for law in dict.fromkeys((*first, *second))}


def _without(places: Places, others: Places) -> Places:
    """Return the places that do not lie in others of the same law."""
    left: Places = {}
    for law, articles in places.items():
        rest = [a for a in articles if not any(a.is_within(other) for other in others.get(law, []))]
        if rest or law not in others:
            left[law] = rest
    return left


def _references(laws: Mapping[str, Law], places: Places) -> tuple[str, ...]:
    """Return the places as references, one for each law, by rank of law."""
    ordered = sorted(places, key=lambda law: laws[law].order)
    return tuple(format_reference(Reference(law, merge_articles(places[law]))) for law in ordered)


def listed(laws: Mapping[str, Law], power: Places, bases: Places) -> tuple[str, ...]:
    """Return everything as one list: the laws of the sender's power first, their own articles before the others."""
    listed = []
    for law in sorted(power, key=lambda law: laws[law].order):
        own = merge_articles(power[law])
        rest = merge_articles(_without({law: bases.get(law, [])}, {law: list(own)}).get(law, []))
        listed.append(format_reference(Reference(law, own + rest)))
    rest_of_laws = {law: articles for law, articles in bases.items() if law not in power}
    return (*listed, *_references(laws, rest_of_laws))
