"""Letters with what they cite → every legal fault, with its place in the template, the table or letters.toml.

References are looked at once for each group of a template, finished texts once for each shape and group, addressees and
copies for every letter. What the office has knowingly accepted (`[hukum] terima`) stays as a hint.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from letters.batch.compose import Composed
from letters.batch.drafts import Draft
from letters.batch.facts import Setting
from letters.batch.workspace import SETTINGS_FILE, Workspace
from letters.errors import N_, Place, Problem, Severity
from letters.law import LetterContext, lint_left_over, lint_names, lint_references, lint_text
from letters.merge import AUTOMATIC
from letters.model.letter import Recipient
from letters.writers.text import plain_text

PREFIX = "law."
UNUSABLE = ("law.unknown-law", "law.bad-reference")
"""Faults of a reference that cannot be printed at all; nobody can accept them."""
NOT_OFFERED = ("law.not-yet-in-force",)
"""Faults whose acceptance is never proposed: a letter cannot rest on a law that did not exist."""
ABOUT_LAW = re.compile(
    r"undang|peraturan|keputusan|edaran|pasal|\b(?:UU|PP|SKB|SE|PKPU|KASN)\b|per(?:bawaslu|pres|pu|pol)|komisi aparatur"
    r"|peserta|pasangan|calon|mundur|kurungan",
    re.IGNORECASE,
)
"""What a value says that may concern the law; others cannot make two letters of a shape differ before it."""


class LawLint:
    """Finds legal faults of the letters of one pass, each where it can be mended."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[tuple[object, ...], set[tuple[object, ...]]] = {}
        """What the references of a template and group were blamed for: their printed form needs no second word."""
        self._read: set[tuple[object, ...]] = set()
        self.acceptable: set[str] = set()
        """What the office may write under `[hukum] terima` to keep what was found."""

    def references(self, setting: Setting, groups: tuple[str, ...]) -> list[Problem]:
        """Return the faults of a template's legal bases in letters to recipients of `groups`.

        Raises LawError, as `Setting.bases_for`, when bases cannot be chosen.
        """
        front, context = setting.template.front, _context(setting, groups)
        written = dict.fromkeys(base for group in groups for base in front.bases_for(group) if base != AUTOMATIC)
        found = lint_references(self._workspace.law, tuple(written), context)
        if all(problem.code not in UNUSABLE for problem in found):
            found = lint_references(self._workspace.law, setting.bases_for(groups).references, context)
        self._known[_occasion(setting), groups] = {_about(problem) for problem in found}
        return [self._judged(replace(one, place=_written_at(setting, groups, one))) for one in found]

    def letter(self, draft: Draft, composed: Composed) -> list[Problem]:
        """Return the faults in the words of one letter that no letter of its kind has shown before."""
        groups = tuple(dict.fromkeys(person.group for person in draft.addressees))
        told = self._known.get((_occasion(draft.setting), groups), set())
        found = [*self._names(draft, composed), *self._text(draft, composed, groups)]
        return [self._judged(problem) for problem in found if _about(problem) not in told]

    def _names(self, draft: Draft, composed: Composed) -> Iterator[Problem]:
        """Yield addressees and copies that no longer exist."""
        context = _context(draft.setting, ())
        for person in draft.addressees:
            for column in ("jabatan", "instansi"):
                name = person.fields.get(column, "")
                for problem in lint_names(self._workspace.law, [name] if name else [], context):
                    yield replace(problem, place=replace(person.place, column=column, key=person.key))
        for problem in lint_names(self._workspace.law, composed.facts["surat"]["tembusan"], context):
            yield replace(problem, place=self._place(draft, problem, ""))

    def _text(self, draft: Draft, composed: Composed, groups: tuple[str, ...]) -> Iterator[Problem]:
        values = frozenset(filter(_may_concern_law, composed.values))
        key = (_occasion(draft.setting), composed.shape.digest, groups, values)
        if key in self._read:
            return
        self._read.add(key)
        text = plain_text(composed.shape.document, composed.values)
        own = plain_text(composed.shape.document, [""] * len(composed.values))
        context = _context(draft.setting, groups)
        for problem in (
            *lint_text(self._workspace.law, text, context, _short_forms(composed)),
            *lint_left_over(self._workspace.calendar, text, context),
        ):
            yield replace(problem, place=self._place(draft, problem, own))

    def _place(self, draft: Draft, problem: Problem, own: str) -> Place:
        """Return where the words of `problem` were written; `own` are the letter's words without any value.

        What the template does not say itself comes from the table, from the legal bases, or from its front matter.
        """
        template, words = draft.setting.template, " ".join(str(problem.params.get("written", "")).split())
        place = self._workspace.templates.place_of(template, words)
        if words in " ".join(own.split()) and place.line:
            return place
        return _in_table(draft.addressees, words) or _in_bases(draft, problem) or place

    def _judged(self, problem: Problem) -> Problem:
        """Return `problem`, as a hint when the office has accepted it; note what it could accept."""
        names = acceptances(problem)
        if names & set(self._workspace.settings.accepted_findings):
            remedy = N_("Accepted by the office: [hukum] terima in letters.toml.")
            return replace(problem, severity=Severity.HINT, remedy=remedy)
        if names and problem.severity is not Severity.HINT and problem.code not in NOT_OFFERED:
            self.acceptable.add(max(names, key=len).removeprefix(PREFIX))
        return problem

    def hint(self) -> list[Problem]:
        """Return how the office may keep what was found, once it has looked into it."""
        if not self.acceptable:
            return []
        message = N_("What was found about the law can be kept, if the office has looked into it and knows better.")
        remedy = N_("Write in letters.toml: [hukum] terima = {list}.")
        names = ", ".join(f'"{name}"' for name in sorted(self.acceptable))
        place = Place(file=str(self._workspace.folder / SETTINGS_FILE))
        return [Problem("batch.law-acceptable", message, remedy, place, {"list": f"[{names}]"}, Severity.HINT)]


@lru_cache(maxsize=1024)  # most values of a letter stand in all of them
def _may_concern_law(value: str) -> bool:
    return ABOUT_LAW.search(value) is not None


def acceptances(problem: Problem) -> set[str]:
    """Return what accepts `problem` in letters.toml: its rule, alone or for one law, with and without `law.`."""
    if problem.code in UNUSABLE:
        return set()
    law = problem.params.get("law_id") or ""
    rules = (problem.code, problem.code.removeprefix(PREFIX))
    return {f"{rule}:{law}" for rule in rules} if law else set(rules)


def _short_forms(composed: Composed) -> set[str]:
    """Return what the letter prints of `dasar_singkat`, `.teks_singkat` and `.nama_singkat`."""
    bases = composed.facts["dasar"]
    forms = {basis.get(name, "") for basis in bases for name in ("teks_singkat", "nama_singkat")}
    return (forms | {composed.facts["dasar_singkat"]}) & set(composed.values)


def _context(setting: Setting, groups: tuple[str, ...]) -> LetterContext:
    law = setting.law
    return LetterContext(setting.day, law.election, "", law.stage, groups, law.level)


def _occasion(setting: Setting) -> tuple[object, ...]:
    """Return what the lint of a template depends on besides groups and words."""
    return setting.template.name, setting.day, setting.occasion


def _about(problem: Problem) -> tuple[object, ...]:
    """Return what a problem is about, whether found in a reference or in the words printed for it."""
    return problem.code, problem.params.get("law_id") or problem.params.get("written")


def _written_at(setting: Setting, groups: Sequence[str], problem: Problem) -> Place:
    """Return the line of the front matter that cites the law of `problem`."""
    front = setting.template.front
    law = str(problem.params.get("law_id") or problem.params.get("law") or "")
    for group in groups:
        if _names_law(front.group_bases.get(group, ()), law):
            return setting.template.place(f"dasar_kelompok.{group}")
    return setting.template.place("dasar")


def _names_law(references: Collection[str], law: str) -> bool:
    return any(re.split(r"[:\s]", part.strip())[0] == law for text in references for part in text.split("|"))


def _in_bases(draft: Draft, problem: Problem) -> Place | None:
    """Return the line of the legal bases, if they name the law of `problem`."""
    template = draft.setting.template
    cited = draft.setting.bases_for(person.group for person in draft.addressees).references
    if problem.params.get("law_id") not in {reference.partition(":")[0] for reference in cited}:
        return None
    return template.place("dasar" if template.front.bases else "dasar_kelompok")


def _in_table(people: Sequence[Recipient], words: str) -> Place | None:
    """Return the cell that holds `words`."""
    for person in people:
        for column, value in person.fields.items():
            if words and words in " ".join(value.split()):
                return replace(person.place, column=column, key=person.key)
    return None
